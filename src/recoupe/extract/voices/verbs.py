"""Which verbs say something, and what? Reported clauses, and incises ("…, a-t-il ajouté, …") without quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from recoupe.extract.voices.content import Content, before_summing, content_behind, find_content, is_account
from recoupe.extract.voices.draft import Draft, span_of, stretches
from recoupe.extract.voices.misread import BEFORE_INCISE, is_misread, is_misread_participle
from recoupe.extract.voices.scene import Scene, is_finite, is_infinitive, is_speech
from recoupe.extract.voices.subject import find_subject, inverted_pronoun, is_passive, is_relative, noun_phrase, own_subject, speaks, without_relative
from recoupe.language.cues import Cue, CueMatch, known_form, verb_cue
from recoupe.language.parsed import Sentence, Token
from recoupe.model import Span

_SPEAKING = frozenset(
    {"say", "show", "know", "opinion", "predict", "warn", "promise", "threat", "claim", "deny", "hope", "fear", "ask", "judge", "demand"}
)
_VERBAL = frozenset({"VERB", "AUX"})
_LONGEST_INCISE = 30  # tokens
_INCISE_ENDS = frozenset({",", "»", '"', "«", "“", ".", ";", ":", "-", "–", "—", ")"})
_SHORT_TAIL = 5  # tokens behind the verb of an incise in plain order: "…, the colonel said on Friday"


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
    if summed is not None or inverted or _is_aside(scene, verb):
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


def _is_aside(scene: Scene, verb: Token) -> bool:
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


def cue_span(scene: Scene, saying: Saying) -> tuple[Span, ...]:
    """The words of the cue: the verb with its auxiliaries and negation before it, and the rest of a phrase."""
    verb = saying.verb
    first = verb
    for child in scene.parsed.children(verb):
        near = verb.index - child.index
        if 0 < near <= 4 and child.dep.split(":")[0] in ("aux",) and child.pos in ("AUX", "VERB", "PART"):
            first = child if child.index < first.index else first
    between = scene.parsed.tokens[first.index : verb.index]
    if any(token.pos in ("NOUN", "PROPN", "PUNCT") for token in between):
        first = verb
    last = scene.parsed.tokens[saying.match.last - 1]
    return (Span(first.start, last.end),)


def source_of(scene: Scene, saying: Saying) -> tuple[Span, ...]:
    """The words of the source, nothing where the text has none."""
    if saying.subject is None:
        return ()
    span = span_of(without_relative(scene, noun_phrase(scene, saying.subject, saying.verb)))
    name = scene.name_at.get(saying.subject.index)
    if name is not None and name.start < span.start and saying.subject.pos == "PROPN":
        span = Span(name.start, span.end)
    return (span,)


def clause_drafts(scene: Scene, sayings: tuple[Saying, ...]) -> Iterator[Draft]:
    """An attribution for every verb of saying with content of its own, or standing as an incise in what it reports."""
    for saying in sayings:
        cue = saying.match.cue
        if saying.content is not None:
            content, rule = saying.content.tokens, f"{cue.lemma}+{saying.content.shape}"
        else:
            found = incise_content(scene, saying)
            if found is None:
                continue
            content, rule = found, f"{cue.lemma}+incise"
        spans = stretches(scene.parsed, _same_side(scene, saying, content))
        if spans:
            yield make_draft(scene, saying, spans, rule)


def make_draft(scene: Scene, saying: Saying, content: tuple[Span, ...], rule: str) -> Draft:
    """The attribution of a verb of saying."""
    cue = saying.match.cue
    return Draft(
        cue=cue_span(scene, saying),
        source=source_of(scene, saying),
        head=saying.subject.index if saying.subject is not None else None,
        content=content,
        style="indirect",
        rule=rule,
        kind=cue.kind,
        stance=cue.stance,
        denial=cue.denial,
        anchor=saying.verb.index,
    )


def _same_side(scene: Scene, saying: Saying, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """A verb inside a quotation says nothing outside of it."""
    side = scene.within[saying.verb.index]
    if side < 0:
        return tokens
    quotation = scene.quotations[side]
    return tuple(token for token in tokens if quotation.inner.start <= token.start and token.end <= quotation.inner.end)


def incise_content(scene: Scene, saying: Saying) -> tuple[Token, ...] | None:
    """What an incise reports: the rest of its sentence, on its side of the quotation marks."""
    inverted = inverted_pronoun(scene, saying.verb) is not None
    if saying.match.cue.kind not in _SPEAKING or (saying.match.cue.needs in ("quoted", "to", "predicate") and not inverted):
        return None
    bounds = incise_bounds(scene, saying)
    if bounds is None:
        return None
    first, last = bounds
    side = scene.within[saying.verb.index]
    rest = [token for token in scene.parsed.tokens_of(saying.sentence) if not first <= token.index < last and scene.within[token.index] == side]
    if not any(token.pos in _VERBAL for token in rest):
        return None
    if side < 0:
        rest = [token for token in scene.parsed.tokens_of(saying.sentence) if not first <= token.index < last]
    return tuple(rest)


def incise_bounds(scene: Scene, saying: Saying) -> tuple[int, int] | None:
    """First and last+1 token of an incise: between marks, the verb with its subject behind it, or the subject, the verb and nothing more."""
    parsed, verb, sentence = scene.parsed, saying.verb, saying.sentence
    behind = any(child.index > verb.index for child in parsed.children(verb, "nsubj"))
    finite = is_finite(verb) or any(is_finite(child) for child in parsed.children(verb, "aux")) or (behind and known_form(parsed.language, verb.norm))
    if not finite and inverted_pronoun(scene, verb) is None:
        return None
    if is_passive(parsed, verb):
        return None
    subject = saying.subject
    first = verb.index
    like = _is_aside(scene, verb)
    while first > sentence.first:
        before = parsed.tokens[first - 1]
        if before.norm in scene.cues.words.like or (
            before.norm == "que" and first - 2 >= sentence.first and parsed.tokens[first - 2].norm in scene.cues.words.like
        ):
            first -= 1 if before.norm != "que" else 2
            break
        belongs = before.pos in ("AUX", "ADV", "PART") or before.norm in scene.cues.words.object_pronouns or before.norm.startswith("-")
        if not belongs:
            break
        first -= 1
    inverted = (
        subject is None
        or subject.index > verb.index
        or parsed.tokens[verb.index - 1].norm.startswith("-")
        or parsed.tokens[first].norm.startswith("-")
    )
    if not inverted and subject is not None:
        phrase = noun_phrase(scene, subject, verb)
        if subject.index >= first or phrase[-1].index + 1 < first:
            return None
        first = phrase[0].index
        taken = ("xcomp", "ccomp") if saying.match.cue.object == "hearer" else ("xcomp", "obj", "ccomp", "obl:arg")
        busy = any(child.index > verb.index for child in parsed.children(verb, *taken))
        above = any(child.index < first and child.pos in _VERBAL for child in parsed.children(verb, "ccomp", "parataxis"))
        longest = _LONGEST_INCISE if above else _SHORT_TAIL
        if busy or saying.match.cue.needs == "speech" or _incise_end(scene, saying) - saying.match.last > longest:
            return None
    if first > sentence.first and parsed.tokens[first - 1].norm in scene.cues.words.like:
        first, like = first - 1, True
    if first > sentence.first and not like and parsed.tokens[first - 1].pos != "PUNCT":
        return None
    if (first == sentence.first and not like) or (subject is None and not like):
        return None
    return first, _incise_end(scene, saying)


def _incise_end(scene: Scene, saying: Saying) -> int:
    parsed, sentence = scene.parsed, saying.sentence
    last = saying.match.last
    if saying.subject is not None and saying.subject.index >= last:
        last = noun_phrase(scene, saying.subject, saying.verb)[-1].index + 1
    if last + 1 < sentence.last and parsed.tokens[last].norm == "," and is_relative(scene, parsed.tokens[last + 1]):
        clause = parsed.tokens[parsed.tokens[last + 1].head]
        last = min(sentence.last, max(token.index for token in parsed.subtree(clause)) + 1)
    stop = min(sentence.last, last + _LONGEST_INCISE)
    brackets = 0
    while last < stop and (brackets > 0 or parsed.tokens[last].norm not in _INCISE_ENDS):
        brackets += (parsed.tokens[last].norm == "(") - (parsed.tokens[last].norm == ")")
        last += 1
    return last


def is_narration(scene: Scene, saying: Saying) -> bool:
    """French narrative infinitive: "Et X de poursuivre :"."""
    words = scene.cues.words.narration
    before = scene.parsed.tokens[saying.verb.index - 1] if saying.verb.index else None
    return bool(words) and is_infinitive(saying.verb) and before is not None and before.norm in words
