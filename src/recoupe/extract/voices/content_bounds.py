"""How far does what is said reach? The ends of reported clauses, infinitives and objects."""

from __future__ import annotations

from recoupe.extract.voices.scene import Scene, is_finite, is_going_on
from recoupe.extract.voices.subject import has_tense
from recoupe.language.cues import verb_cue
from recoupe.language.parsed import Parsed, Token

_VERBAL = frozenset({"VERB", "AUX"})
_PHRASE = 9  # tokens of the subject of a clause that follows without a conjunction
_SAID = frozenset({"say", "claim", "warn", "promise", "threat", "deny", "accuse", "judge", "demand", "opinion", "predict"})


def clause_end(scene: Scene, verb: Token, start: int, limit: int) -> int:
    """Where a reported clause ends: with the sentence, unless a main verb, a semicolon or a closing bracket comes first."""
    parsed = scene.parsed
    above = frozenset(other.index for other in parsed.ancestors(verb))
    brackets = 0
    for at in range(start, limit):
        token = parsed.tokens[at]
        brackets += token.norm == "("
        if token.norm == ")":
            if not brackets:
                return at
            brackets -= 1
        if token.norm == ";" and not brackets:
            return at
        if token.norm == ":" and at + 1 < limit and _opens_speech(scene, at + 1):
            return at
        if token.norm == "," and not brackets and (_absolute(scene, at, limit) or _goes_on(scene, at, limit) or _next_speaker(scene, at, limit)):
            return at
        if at > start and _leaves(scene, verb, above, token, start):
            return _back_over(parsed, at, start)
    return limit


def _opens_speech(scene: Scene, at: int) -> bool:
    start = scene.parsed.tokens[at].start
    return any(quotation.start == start and quotation.inner.end - quotation.inner.start > 30 for quotation in scene.quotations)


def _absolute(scene: Scene, comma: int, limit: int) -> bool:
    """A noun with a participle of its own after a comma starts a clause of the outlet: ", le ministre allant jusqu'à …"."""
    parsed = scene.parsed
    for at in range(comma + 1, min(comma + 5, limit - 1)):
        token = parsed.tokens[at]
        if token.pos in ("NOUN", "PROPN"):
            after = parsed.tokens[at + 1]
            return after.pos in _VERBAL and "VerbForm=Part" in after.morph and "Tense=Pres" in after.morph and parsed.language == "fr"
        if token.pos not in ("DET", "ADJ"):
            return False
    return False


def _goes_on(scene: Scene, comma: int, limit: int) -> bool:
    """Whether a participle of saying follows a comma: the speaker goes on in it, ", ajoutant que …"."""
    parsed = scene.parsed
    for at in range(comma + 1, min(comma + 4, limit - 1)):
        token = parsed.tokens[at]
        if token.pos in _VERBAL:
            match = verb_cue(parsed, token) if is_going_on(scene, token) else None
            return match is not None and match.cue.kind in _SAID and not _of_subject(parsed, token)
        if token.norm not in scene.cues.words.going_on:
            return False
    return False


def _next_speaker(scene: Scene, comma: int, limit: int) -> bool:
    """Whether somebody else has the word behind a comma: "Kiev dit avoir abattu vingt drones, Moscou affirme en avoir détruit quinze"."""
    parsed = scene.parsed
    for at in range(comma + 1, min(comma + _PHRASE, limit - 2)):
        token = parsed.tokens[at]
        if token.pos == "VERB" or (token.pos == "AUX" and at > comma + 1):
            verb = token if token.pos == "VERB" else parsed.tokens[at + 1]
            match = verb_cue(parsed, verb) if at > comma + 1 and (is_finite(token)) else None
            behind = parsed.tokens[match.last] if match is not None and match.last < limit else None
            return behind is not None and match is not None and match.cue.kind in _SAID and behind.pos not in ("PUNCT", "CCONJ")
        if token.pos not in ("DET", "NOUN", "PROPN", "ADJ", "ADP", "NUM"):
            return False
    return False


def _of_subject(parsed: Parsed, participle: Token) -> bool:
    """Whether a participle belongs to a subject whose verb is still to come: "le général, estimant que …, a cédé"."""
    head = parsed.head(participle)
    return head is not None and participle.dep.startswith("acl") and head.dep.startswith("nsubj") and head.head > participle.index


def _leaves(scene: Scene, verb: Token, above: frozenset[int], token: Token, start: int) -> bool:
    """Whether a finite verb belongs beside or above the verb of saying, and not to what is said."""
    leading = is_finite(token) or token.dep == "conj" or (token.index in above and has_tense(scene.parsed, token))
    if token.pos not in _VERBAL or not leading or token.dep in ("aux", "aux:tense", "aux:pass", "cop"):
        return False
    if token.index == verb.index or token.index < start or _is_joined_infinitive(scene, token):
        return False
    if token.index in above:
        return True
    if token.head == verb.index and token.dep == "conj":
        return True
    return token.head in above and token.head < start and token.dep in ("conj", "parataxis", "advcl", "ccomp") and token.index not in above


def _is_joined_infinitive(scene: Scene, token: Token) -> bool:
    """Whether a further infinitive with "de" stands behind "et": "accusé d'avoir tué deux captifs et [[d'en avoir torturé]] dix"."""
    marks = scene.parsed.children(token, "mark", "case")
    return token.dep == "conj" and not is_finite(token) and any(mark.norm in scene.cues.words.of for mark in marks)


def _back_over(parsed: Parsed, at: int, start: int) -> int:
    """From a verb that is no longer said back to the first word of its own clause."""
    token = parsed.tokens[at]
    inside = [below.index for below in parsed.subtree(token) if start < below.index <= at]
    first = min(inside, default=at)
    for below in range(first, at + 1):
        if parsed.tokens[below].norm in (",", ";") and below > start:
            return below
    return first


def whole_quotation(scene: Scene, start: int, end: int) -> int:
    """A clause that begins as a quotation ends with it where "and" or "but" follows."""
    first = scene.parsed.tokens[start]
    for quotation in scene.quotations:
        if quotation.start == first.start or quotation.inner.start == first.start:
            after = next((at for at in range(start, end) if scene.parsed.tokens[at].start >= quotation.end), end)
            if after < end and scene.parsed.tokens[after].pos == "CCONJ":
                return after
    return end


def second_verb(scene: Scene, start: int, end: int) -> int:
    """An infinitive ends before "and" with a finite verb, which goes on with the main clause."""
    parsed = scene.parsed
    for at in range(start + 1, end - 1):
        if parsed.tokens[at].pos == "CCONJ" and parsed.tokens[at].norm not in ("ou", "ni", "or", "nor"):
            following = parsed.tokens[at + 1 : at + 4]
            verbs = [token for token in following if is_finite(token)]
            if verbs and all(token.pos in ("AUX", "VERB", "PRON", "ADV") for token in following[: following.index(verbs[0]) + 1]):
                return at - 1 if parsed.tokens[at - 1].norm == "," else at
    return end


def limit_of(scene: Scene, verb: Token) -> int:
    """The index after the last token of the verb's sentence."""
    return scene.sentence_of(verb).last


def with_colon(scene: Scene, verb: Token, end: int) -> int:
    """What a colon behind the content explains belongs to it, unless it is a quotation of its own."""
    limit = limit_of(scene, verb)
    while end < limit and scene.parsed.tokens[end].norm in ('"', "»", "”"):
        end += 1
    if end + 1 < limit and scene.parsed.tokens[end].norm == ":" and not any(scene.within[at] >= 0 for at in range(end + 1, min(end + 4, limit))):
        return limit
    return end


def _joins_a_clause(parsed: Parsed, joint: Token) -> bool:
    """Whether "et" opens a clause with a subject of its own: "réclament son renvoi [[et]] la coalition entend porter plainte"."""
    verb = parsed.head(joint)
    if joint.pos != "CCONJ" or verb is None or verb.index <= joint.index or not is_finite(verb):
        return False
    return any(joint.index < child.index < verb.index for child in parsed.children(verb, "nsubj", "nsubj:pass"))


def object_end(scene: Scene, verb: Token, first: int, end: int) -> int:
    """The object with the prepositional phrases behind it, which the parser often hangs on the verb; not over a comma or a new clause."""
    parsed = scene.parsed
    limit = scene.sentence_of(verb).last
    above = frozenset(other.index for other in parsed.ancestors(verb))
    for at in range(first + 1, min(end, limit)):
        token = parsed.tokens[at]
        gerund = (
            token.norm == scene.cues.words.gerund
            and at + 1 < limit
            and "VerbForm=Part" in parsed.tokens[at + 1].morph
            and "Tense=Pres" in parsed.tokens[at + 1].morph
        )
        joined = token.pos == "CCONJ" and at + 1 < limit and is_finite(parsed.tokens[at + 1]) and parsed.tokens[at + 1].dep != "aux"
        joined = joined or _joins_a_clause(parsed, token)
        if token.norm == ";" or gerund or joined or (token.index in above and token.pos in _VERBAL):
            return at
    while end < limit:
        token = parsed.tokens[end]
        if (
            token.norm in scene.sources.relative
            or is_finite(token)
            or (token.pos in ("PUNCT", "CCONJ", "SCONJ") and scene.within[end] < 0 and token.norm not in ('"', "»", "”"))
        ):
            break
        if token.pos == "VERB" and not token.dep.startswith("acl"):
            break
        end += 1
    while end > first + 1 and parsed.tokens[end - 1].pos in ("ADP", "PUNCT", "SCONJ") and parsed.tokens[end - 1].norm not in ('"', "»", "”", ")"):
        end -= 1
    return min(end, limit)
