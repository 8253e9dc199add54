"""Which verbs say something, and who is their subject?"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from recoupe.extract.voices.content import Content, before_summing, content_behind, find_content, is_account
from recoupe.extract.voices.inverted import behind_quotation, is_aside, is_bare_aside, is_parenthetic, names_speaker, subject_behind
from recoupe.extract.voices.misread import BEFORE_INCISE, is_misread, is_misread_participle
from recoupe.extract.voices.scene import Scene, is_finite, is_going_on, is_speech
from recoupe.extract.voices.subject import find_subject, has_tense, inverted_pronoun, is_passive, own_subject, speaks, teller
from recoupe.language.cues import Cue, CueMatch, known_form, verb_cue
from recoupe.language.hedges import hedge_table
from recoupe.language.parsed import Sentence, Token

_VERBAL = frozenset({"VERB", "AUX"})
_POSSIBLE = frozenset({"VERB", "AUX", "NOUN", "ADJ", "ADV"})  # what the model takes verbs of saying for
_WISHES = frozenset({"demand", "promise", "hope", "ask"})
_NAMELESS = 8  # tokens of a wish not to be named
_BRACKETED = 14  # tokens in brackets between a subject and its verb


class Saying(Struct, frozen=True):
    """A verb of saying in the text with its source head, and its content where it has one of its own."""

    match: CueMatch
    verb: Token
    sentence: Sentence
    subject: Token | None
    content: Content | None


def find_sayings(scene: Scene) -> tuple[Saying, ...]:
    """Every verb of saying of a document, in order."""
    found: list[Saying] = []
    for sentence in scene.sentences:
        for token in scene.parsed.tokens_of(sentence):
            if token.pos not in _POSSIBLE and not (token.pos in ("PROPN", "X") and token.text.islower()):
                continue
            match = verb_cue(scene.parsed, token)
            saying = _saying(scene, match, sentence, found) if match is not None else None
            if saying is not None:
                found.append(saying)
    return tuple(found)


def _saying(scene: Scene, match: CueMatch, sentence: Sentence, before: Sequence[Saying]) -> Saying | None:
    """What a cue says and who says it; None where the word is no verb of saying here. `before` are the sayings that stand before it."""
    token = scene.parsed.tokens[match.head]
    misread = token.pos not in ("VERB", "AUX") and not scene.parsed.children(token, "aux")
    if misread and not is_misread(scene, match):
        return None
    if match.cue.negated and not is_negated(scene, token):
        return None
    misread = misread or is_misread_participle(scene, match)
    unled = is_asked(scene, token) or is_bare_aside(scene, token)
    subject = teller(scene, token) if unled else _going_on(scene, token, before) or _in_front(scene, token, misread=misread)
    inverted = subject_behind(scene, match.cue, token, subject)
    subject = inverted or subject
    if not (misread or _can_speak(scene, match.cue, token, subject)) or _own_opinion(scene, match.cue, token, subject):
        return None
    content = _content(scene, match, subject, misread=misread, inverted=inverted is not None)
    return Saying(match, token, sentence, subject, content) if content is not None or match.cue.object != "account" else None


def is_asked(scene: Scene, verb: Token) -> bool:
    """Whether a past participle of asking opens its sentence: who speaks in it was asked, and did not ask."""
    match = verb_cue(scene.parsed, verb) if verb.index == scene.sentence_of(verb).first else None
    past = "VerbForm=Part" in verb.morph and ("Tense=Past" in verb.morph or "Aspect=Perf" in verb.morph)
    return match is not None and match.cue.kind in ("ask", "demand") and past and not scene.parsed.children(verb, "aux", "nsubj")


def _in_front(scene: Scene, token: Token, *, misread: bool) -> Token | None:
    """The subject by the tree, or by what stands beside the verb where the tree has none."""
    loose = misread or (token.dep.startswith("acl") and known_form(scene.parsed.language, token.norm) and "Tense=Past" not in token.morph)
    bare = own_subject(scene.parsed, token) is None and not scene.parsed.children(token, "expl", "nsubj")
    loose = loose or (bare and has_tense(scene.parsed, token) and not is_passive(scene.parsed, token) and token.dep != "conj")
    subject = _summing_up(scene, token) or (inverted_pronoun(scene, token) if misread else find_subject(scene, token))
    if subject is None and (loose or behind_quotation(scene, token)):
        subject = _beside(scene, token)
    if (
        subject is not None
        and scene.within[token.index] < 0 <= scene.within[subject.index]
        and is_speech(scene.parsed, scene.quotations[scene.within[subject.index]])
    ):
        return _beside(scene, token) if behind_quotation(scene, token) else None
    return subject


def _summing_up(scene: Scene, verb: Token) -> Token | None:
    """The name between "ce que" and its verb: "…, ce que [[Téhéran]] dément"."""
    before = scene.parsed.tokens[verb.index - 1] if verb.index else verb
    return before if before.pos == "PROPN" and before_summing(scene, verb) is not None else None


def _going_on(scene: Scene, verb: Token, before: Sequence[Saying]) -> Token | None:
    """Who goes on speaking in a participle behind a comma: "… a dit le maire, ajoutant que …"."""
    if not is_going_on(scene, verb):
        return None
    last: Saying | None = before[-1] if before else None
    if last is None or last.sentence.first != scene.sentence_of(verb).first or scene.within[last.verb.index] != scene.within[verb.index]:
        return None
    head = scene.parsed.head(verb)
    if verb.dep.startswith("acl") and head is not None and head.dep.startswith("nsubj") and head.head > verb.index:
        return None
    return last.subject


def _content(scene: Scene, match: CueMatch, subject: Token | None, *, misread: bool, inverted: bool) -> Content | None:
    """What a verb says of its own: behind it, or before it where "ce que" or a bare name behind it shows so."""
    verb = scene.parsed.tokens[match.head]
    if subject is not None and names_speaker(scene, verb) is subject:
        return Content(scene.parsed.tokens[scene.sentence_of(verb).first : verb.index], "clause")
    summed = before_summing(scene, verb)
    if summed is not None or inverted or is_aside(scene, verb) or _turned_round(scene, verb) or is_parenthetic(scene, match, subject):
        return summed
    content = _allowed(scene, match, subject, misread=misread)
    if content is None or (subject in content.tokens and content.shape not in ("passive", "raised")):
        return None
    nameless = len(content.tokens) <= _NAMELESS and any(token.norm in scene.cues.words.nameless for token in content.tokens)
    return None if nameless and match.cue.kind in ("demand", "hope", "ask") else content


def _turned_round(scene: Scene, verb: Token) -> bool:
    """Whether a verb with its pronoun behind it stands between commas in what it says: "Nous savions, reconnaît-il, que …"."""
    tokens, first = scene.parsed.tokens, scene.sentence_of(verb).first
    pronoun = inverted_pronoun(scene, verb)
    if pronoun is None or verb.index - first < 2:
        return False
    at = verb.index - 1
    while at > first and (tokens[at].pos == "AUX" or tokens[at].norm in scene.cues.words.object_pronouns or tokens[at].norm.startswith("-")):
        at -= 1
    return tokens[at].norm in BEFORE_INCISE and any(token.pos in _VERBAL for token in tokens[first:at])


def is_negated(scene: Scene, verb: Token) -> bool:
    """Whether a negation stands before the verb or its auxiliaries, or behind its auxiliary."""
    before = scene.parsed.tokens[max(0, verb.index - 5) : verb.index]
    return any(token.norm in scene.cues.words.negators for token in before)


def _own_opinion(scene: Scene, cue: Cue, verb: Token, subject: Token | None) -> bool:
    """A speaker's "I think" inside a quotation is no further voice."""
    if scene.within[verb.index] < 0 or subject is None or cue.kind not in ("opinion", "know", "doubt", "hope", "fear"):
        return False
    return subject.norm.strip("-") in {word.strip("-") for word in scene.sources.first}


def _beside(scene: Scene, verb: Token) -> Token | None:
    """The subject of a verb that has none in the tree: the noun right before it, or right behind it after a quotation."""
    tokens = scene.parsed.tokens
    before = tokens[verb.index - 1].pos if verb.index else ""
    if behind_quotation(scene, verb) or (before not in ("NOUN", "PROPN") and before_summing(scene, verb) is not None):
        return next((token for token in tokens[verb.index + 1 : verb.index + 5] if token.pos in ("NOUN", "PROPN")), None)
    helpers = [child.index for child in scene.parsed.children(verb, "aux") if child.index < verb.index]
    at = _before_brackets(scene, min([verb.index, *helpers]) - 1)
    at = _before_participle(scene, at)
    while at > 0 and tokens[at].pos in ("ADJ", "ADV"):
        at -= 1
    if tokens[at].pos == "VERB" and tokens[at].text.isupper():  # an agency's initials that the model took for a verb
        return own_subject(scene.parsed, tokens[at]) or tokens[at]
    if tokens[at].pos not in ("NOUN", "PROPN", "PRON"):
        return None
    head = tokens[at]
    for above in scene.parsed.ancestors(head):
        if above.index < head.index and above.pos in ("NOUN", "PROPN"):
            head = above
    return head


def _unclaimed(scene: Scene, cue: Cue, verb: Token, subject: Token | None) -> bool:
    """Whether nobody claims a deed: "personne n'a revendiqué l'attentat", "l'attentat n'a pas été revendiqué"."""
    if subject is None:
        return cue.kind == "claim" and is_negated(scene, verb)
    return cue.object == "speaker" and subject.norm in scene.sources.nobody


def _nobody(scene: Scene, subject: Token | None) -> bool:
    """Whether a subject says that nobody speaks: "aucun groupe n'a revendiqué l'attaque"."""
    none = hedge_table(scene.parsed.language).negation.determiners
    return subject is not None and (subject.norm in none or any(child.norm in none for child in scene.parsed.children(subject, "det")))


def _before_participle(scene: Scene, at: int) -> int:
    """The index before a clause with a participle that a comma ends at a token: "the agency, citing a source, said"."""
    tokens = scene.parsed.tokens
    if at <= 0 or tokens[at].norm != ",":
        return at
    first = scene.sentence_of(tokens[at]).first
    opening = next((place for place in range(at - 1, max(at - _BRACKETED, first), -1) if is_going_on(scene, tokens[place])), None)
    return at if opening is None else opening - 2


def _before_brackets(scene: Scene, at: int) -> int:
    """The index before an aside in brackets that ends at a token: "l'Observatoire (OSDH) dit"."""
    tokens = scene.parsed.tokens
    if at <= 0 or tokens[at].norm != ")":
        return at
    opening = next((place for place in range(at - 1, max(at - _BRACKETED, 0), -1) if tokens[place].norm == "("), at + 1)
    return opening - 1


def _can_speak(scene: Scene, cue: Cue, verb: Token, subject: Token | None) -> bool:
    if (verb.dep == "amod" and not is_finite(verb)) or _nobody(scene, subject) or _unclaimed(scene, cue, verb, subject):
        return False
    thing = subject is not None and subject.lemma in scene.words.things and subject.lemma not in scene.words.document
    if thing and cue.kind not in ("say", "show"):
        return False
    if (
        (cue.kind == "show" or cue.speaker or is_aside(scene, verb))
        and subject is not None
        and not speaks(scene, subject)
        and subject.norm not in scene.words.pronouns
    ):
        return False
    if subject is not None and subject.lemma in scene.words.quantity and not _is_active(scene, verb) and _before_adjective(scene, verb):
        return False
    head = scene.parsed.head(verb)
    if head is not None and verb.dep in ("xcomp", "ccomp", "obl", "advcl") and head.lemma in scene.cues.words.unsaid:
        return False
    bare = verb.dep.startswith("acl") and "Tense=Past" in verb.morph and not has_tense(scene.parsed, verb) and subject is None
    if bare and verb.lemma not in scene.cues.words.told:
        return False
    return not (cue.needs == "to" and subject is not None and subject.norm == "ce")


def _is_active(scene: Scene, verb: Token) -> bool:
    """Whether a verb has an auxiliary: "Hundreds feared dead" has none."""
    return any(child.dep.split(":")[0] == "aux" for child in scene.parsed.children(verb))


def _before_adjective(scene: Scene, verb: Token) -> bool:
    """Whether an adjective or participle follows at once."""
    following = scene.parsed.tokens[verb.index + 1] if verb.index + 1 < len(scene.parsed.tokens) else verb
    return following is not verb and (following.pos == "ADJ" or "VerbForm=Part" in following.morph)


def _allowed(scene: Scene, match: CueMatch, subject: Token | None, *, misread: bool) -> Content | None:
    """The content, unless the cue does not take this shape from this subject."""
    behind = behind_quotation(scene, scene.parsed.tokens[match.head])
    content = (None if behind else content_behind(scene, match)) if misread else find_content(scene, match)
    role = match.cue.object
    if role == "account":
        return content if content is not None and _gives_account(scene, match, content) else None
    if content is None or content.shape != "object":
        return content
    if role == "speaker" and not speaks(scene, subject):
        return None
    if role == "document" and not (subject is not None and subject.lemma in scene.words.document):
        return None
    if role == "said" and not any(token.lemma in _said(scene, match.cue) for token in content.tokens[:8]):
        return None
    return None if role == "event" and not _is_event(scene, content) else content


def _is_event(scene: Scene, content: Content) -> bool:
    """Whether an object is no person, and nobody is sentenced to something."""
    people = scene.words.person | scene.words.office | scene.words.unnamed
    head = next((token for token in content.tokens if token.pos in ("NOUN", "PROPN")), None)
    return head is not None and head.lemma not in people and not any(child.norm in scene.cues.words.to for child in content.tokens)


def _gives_account(scene: Scene, match: CueMatch, content: Content) -> bool:
    """Whether what is given is a figure or version, and it is given indeed."""
    noun = next((token for token in content.tokens if token.pos in ("NOUN", "PROPN")), None)
    given = noun is not None and is_account(scene, noun) and content.shape in ("object", "passive")
    return given and not is_negated(scene, scene.parsed.tokens[match.head])


def _said(scene: Scene, cue: Cue) -> frozenset[str]:
    """The nouns of what somebody said, which a denial turns down: accusations, versions and figures, not demands and plans."""
    nouns = scene.cues.cues.nouns
    if not cue.denial:
        return frozenset(noun.lemma for noun in nouns) | scene.words.document | frozenset(scene.cues.words.said)
    return frozenset(noun.lemma for noun in nouns if noun.kind not in _WISHES) | scene.words.document | frozenset(scene.cues.words.charged)
