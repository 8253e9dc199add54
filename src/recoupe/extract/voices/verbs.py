"""Which verbs say something, and who is their subject?"""

from __future__ import annotations

from msgspec import Struct

from recoupe.extract.voices.content import Content, before_summing, content_behind, find_content, is_account
from recoupe.extract.voices.misread import BEFORE_INCISE, is_misread, is_misread_participle
from recoupe.extract.voices.scene import Scene, is_finite, is_speech
from recoupe.extract.voices.subject import find_subject, inverted_pronoun, noun_phrase, own_subject, speaks
from recoupe.language.cues import Cue, CueMatch, known_form, verb_cue
from recoupe.language.parsed import Sentence, Token

_VERBAL = frozenset({"VERB", "AUX"})


class Saying(Struct, frozen=True):
    """A verb of saying in the text with its source head, and its content where it has one of its own."""

    match: CueMatch
    verb: Token
    sentence: Sentence
    subject: Token | None
    content: Content | None


def find_sayings(scene: Scene) -> tuple[Saying, ...]:
    """Every verb of saying of a document, in order."""
    found = []
    for sentence in scene.sentences:
        for token in scene.parsed.tokens_of(sentence):
            if token.pos not in ("VERB", "AUX", "NOUN", "ADJ", "ADV"):
                continue
            match = verb_cue(scene.parsed, token)
            if match is None:
                continue
            misread = token.pos not in ("VERB", "AUX") and not scene.parsed.children(token, "aux")
            if misread and not is_misread(scene, match):
                continue
            misread = misread or is_misread_participle(scene, match)
            loose = misread or (token.dep.startswith("acl") and known_form(scene.parsed.language, token.norm) and "Tense=Past" not in token.morph)
            subject = (inverted_pronoun(scene, token) if misread else find_subject(scene, token)) or (
                _beside(scene, token) if loose or _behind_quotation(scene, token) else None
            )
            if (
                subject is not None
                and scene.within[token.index] < 0 <= scene.within[subject.index]
                and is_speech(scene.parsed, scene.quotations[scene.within[subject.index]])
            ):
                subject = _beside(scene, token) if _behind_quotation(scene, token) else None
            if match.cue.negated and not is_negated(scene, token):
                continue
            inverted = _subject_behind(scene, token, subject)
            subject = inverted or subject
            if not (misread or _can_speak(scene, match.cue, token, subject)) or _own_opinion(scene, match.cue, token, subject):
                continue
            content = _content(scene, match, subject, misread=misread, inverted=inverted is not None)
            if content is not None or match.cue.object != "account":
                found.append(Saying(match, token, sentence, subject, content))
    return tuple(found)


def _content(scene: Scene, match: CueMatch, subject: Token | None, *, misread: bool, inverted: bool) -> Content | None:
    """What a verb says of its own: behind it, or before it where "ce que" or a bare name behind it shows so."""
    verb = scene.parsed.tokens[match.head]
    if subject is not None and _names_speaker(scene, verb) is subject:
        return Content(scene.parsed.tokens[scene.sentence_of(verb).first : verb.index], "clause")
    summed = before_summing(scene, verb)
    if summed is not None or inverted or is_aside(scene, verb):
        return summed
    return _allowed(scene, match, subject, misread=misread)


def is_negated(scene: Scene, verb: Token) -> bool:
    """Whether a negation stands before the verb or its auxiliaries, or behind its auxiliary."""
    before = scene.parsed.tokens[max(0, verb.index - 5) : verb.index]
    return any(token.norm in scene.cues.words.negators for token in before)


def _subject_behind(scene: Scene, verb: Token, subject: Token | None) -> Token | None:
    """The noun right behind a verb that itself stands right behind a quotation: "… », explique le directeur", whatever the parser made of it."""
    named = _names_speaker(scene, verb)
    if named is not None:
        return named
    own = own_subject(scene.parsed, verb)
    if subject is not None and own is not None and not _parted_off(scene, own, verb):
        return None
    quoted = _behind_quotation(scene, verb)
    first = verb.index
    while first and scene.parsed.tokens[first - 1].pos in ("AUX", "PART", "ADV"):
        first -= 1
    if first and scene.parsed.tokens[first - 1].norm in scene.cues.words.clitics:
        first -= 1
    if not first or scene.parsed.tokens[first - 1].norm not in BEFORE_INCISE or "VerbForm=Inf" in verb.morph:
        return None
    if not is_finite(verb) and first == verb.index and verb.norm not in scene.cues.irregular:
        return None
    return next(
        (
            child
            for child in scene.parsed.children(verb, "obj", "obl", "iobj", "attr")
            if child.index > verb.index
            and (speaks(scene, child) or (quoted and child.pos in ("NOUN", "PROPN")))
            and not scene.parsed.children(child, "case")
        ),
        None,
    )


def _parted_off(scene: Scene, subject: Token, verb: Token) -> bool:
    """Whether commas part a verb and the noun behind it from the subject that the parser gave it: "Le plan, dit le maire, échoue"."""
    tokens = scene.parsed.tokens
    behind = next((child for child in scene.parsed.children(verb, "obj") if child.index > verb.index), None)
    if behind is None or subject.index > verb.index or not verb.index or tokens[verb.index - 1].norm != ",":
        return False
    end = noun_phrase(scene, behind, verb)[-1].index + 1
    return end < len(tokens) and tokens[end].norm == "," and scene.parsed.language == "fr"


def _names_speaker(scene: Scene, verb: Token) -> Token | None:
    """The person named right behind a verb that has no subject: what is said stands before, without any mark."""
    following = scene.parsed.tokens[verb.index + 1] if verb.index + 1 < len(scene.parsed.tokens) else verb
    clause = scene.parsed.tokens[scene.sentence_of(verb).first : verb.index]
    if following.dep != "obj" or following.head != verb.index or following.index not in scene.person_at or not is_finite(verb):
        return None
    bare = own_subject(scene.parsed, verb) is None and not any(token.dep.startswith("aux") and token.head == verb.index for token in clause)
    return following if bare and any(is_finite(token) for token in clause) else None


def _behind_quotation(scene: Scene, verb: Token) -> bool:
    """Whether nothing but marks and auxiliaries stands between a quotation and the verb."""
    at = verb.index - 1
    while at >= 0 and scene.within[at] < 0 and (scene.parsed.tokens[at].pos in ("PUNCT", "AUX") or scene.parsed.tokens[at].norm in ('"', "»", "”")):
        at -= 1
    return at >= 0 and scene.within[at] >= 0 and scene.within[verb.index] < 0 and verb.index - at > 1


def is_aside(scene: Scene, verb: Token) -> bool:
    """ "comme l'a annoncé le ministre": what follows the verb is its subject, what it says stands around it."""
    at = verb.index - 1
    while at > 0 and (scene.parsed.tokens[at].pos in ("AUX", "ADV", "PRON") or scene.parsed.tokens[at].norm in scene.cues.words.object_pronouns):
        if scene.parsed.tokens[at].norm in scene.cues.words.like and verb.index - at > 1:
            return True
        at -= 1
    like = scene.parsed.tokens[at].norm in scene.cues.words.like
    joined = at > 0 and scene.parsed.tokens[at].norm in ("que", "qu'") and scene.parsed.tokens[at - 1].norm in scene.cues.words.like
    return joined or (like and verb.index - at >= 2)


def _own_opinion(scene: Scene, cue: Cue, verb: Token, subject: Token | None) -> bool:
    """A speaker's "I think" inside a quotation is no further voice."""
    if scene.within[verb.index] < 0 or subject is None or cue.kind not in ("opinion", "know", "doubt", "hope", "fear"):
        return False
    return subject.norm.strip("-") in {word.strip("-") for word in scene.sources.first}


def _beside(scene: Scene, verb: Token) -> Token | None:
    """The subject of a verb that has none in the tree: the noun right before it, or right behind it after a quotation."""
    tokens = scene.parsed.tokens
    if _behind_quotation(scene, verb) or before_summing(scene, verb) is not None:
        return next((token for token in tokens[verb.index + 1 : verb.index + 5] if token.pos in ("NOUN", "PROPN")), None)
    at = verb.index - 1
    while at > 0 and tokens[at].pos in ("ADJ", "ADV"):
        at -= 1
    if tokens[at].pos not in ("NOUN", "PROPN", "PRON"):
        return None
    head = tokens[at]
    for above in scene.parsed.ancestors(head):
        if above.index < head.index and above.pos in ("NOUN", "PROPN"):
            head = above
    return head


def _can_speak(scene: Scene, cue: Cue, verb: Token, subject: Token | None) -> bool:
    if verb.dep == "amod" and not is_finite(verb):
        return False
    thing = subject is not None and subject.lemma in scene.words.things and subject.lemma not in scene.words.document
    if thing and cue.kind not in ("say", "show"):
        return False
    if subject is not None and subject.lemma in scene.words.quantity and not _is_active(scene, verb) and _before_adjective(scene, verb):
        return False
    head = scene.parsed.head(verb)
    if head is not None and verb.dep in ("xcomp", "ccomp", "obl", "advcl") and head.lemma in scene.cues.words.unsaid:
        return False
    if verb.dep.startswith("acl") and "Tense=Past" in verb.morph and not is_finite(verb) and subject is None:
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
    behind = _behind_quotation(scene, scene.parsed.tokens[match.head])
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
    if role == "said" and not any(token.lemma in _said(scene) for token in content.tokens[:8]):
        return None
    if role == "event" and any(child.norm in scene.cues.words.to for child in content.tokens):
        return None
    return content


def _gives_account(scene: Scene, match: CueMatch, content: Content) -> bool:
    """Whether what is given is a figure or version, and it is given indeed."""
    noun = next((token for token in content.tokens if token.pos in ("NOUN", "PROPN")), None)
    given = noun is not None and is_account(scene, noun) and content.shape in ("object", "passive")
    return given and not is_negated(scene, scene.parsed.tokens[match.head])


def _said(scene: Scene) -> frozenset[str]:
    return frozenset(cue.lemma for cue in scene.cues.cues.nouns) | scene.words.document | frozenset(scene.cues.words.said)
