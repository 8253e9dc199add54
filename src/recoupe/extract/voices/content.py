"""What is said? The words that a verb of saying carries: a clause, an infinitive, an object, a colon's right side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from recoupe.extract.voices.scene import Scene, is_finite, is_infinitive
from recoupe.extract.voices.subject import agent, is_passive
from recoupe.language.cues import Cue, CueMatch
from recoupe.language.parsed import Parsed, Token

Shape = Literal["clause", "question", "infinitive", "object", "predicate", "oblique", "colon", "passive"]
_CLAUSAL = (
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "obj",
    "obl",
    "conj",
    "parataxis",
    "csubj",
    "dep",
    "ROOT",
    "appos",
    "nsubj",
    "advmod",
    "nmod",
    "amod",
    "pcomp",
)
_VERBAL = frozenset({"VERB", "AUX"})
_WINDOW = 16  # tokens between a verb of saying and its "que", the addressee in between
_CLOSERS = frozenset({";", ")", "»"})


class Content(Struct, frozen=True):
    """The tokens of what is said, and its shape."""

    tokens: tuple[Token, ...]
    shape: Shape


def find_content(scene: Scene, match: CueMatch) -> Content | None:
    """The content of a verb of saying to its right (or its passive subject), None when nothing that the cue asks for stands there."""
    cue, verb = match.cue, scene.parsed.tokens[match.head]
    if cue.needs == "speech":
        return None
    upward = _upward(scene, match, verb)
    if upward is not None:
        return upward
    found = _clause(scene, match)
    if found is None and cue.needs in ("any", "clause", "infinitive", "to", "predicate", "quoted"):
        found = _infinitive(scene, match)
    if found is None and cue.after:
        found = _oblique(scene, match)
    if found is None and any(
        child.norm in scene.cues.words.object_pronouns for child in scene.parsed.children(verb, "obj") if child.index < verb.index
    ):
        found = _after_colon(scene, match)
    if found is None and cue.needs in ("any", "predicate", "quoted"):
        found = _object(scene, match, verb)
    if found is not None and cue.needs == "quoted" and found.shape in ("object", "predicate") and not _quoted(scene, found.tokens):
        return None
    return found


def content_behind(scene: Scene, match: CueMatch) -> Content | None:
    """The content of a verb that the parser took for another word, by what follows it alone."""
    parsed, verb = scene.parsed, scene.parsed.tokens[match.head]
    if match.last >= limit_of(scene, verb) or match.cue.needs == "speech":
        return None
    follows = parsed.tokens[match.last]
    if follows.norm in scene.cues.words.complementizers:
        return _from(scene, verb, match.last + 1, "clause")
    if follows.norm in scene.cues.words.infinitive_marks or follows.pos == "AUX" or is_infinitive(follows):
        return _from(scene, verb, match.last, "infinitive")
    if follows.pos == "DET" and match.cue.object not in ("no", "hearer") and match.cue.needs in ("any", "predicate"):
        return Content(parsed.tokens[match.last : _object_end(scene, verb, match.last, match.last + 1)], "object")
    return _from(scene, verb, match.last, "infinitive") if match.cue.kind in ("demand", "accuse") else None


def _upward(scene: Scene, match: CueMatch, verb: Token) -> Content | None:
    """What is said stands before: "ce qu'a dit X : …", "l'affaire révélée par X", "des cas qui ont été rapportés"."""
    parsed, cue = scene.parsed, match.cue
    if cue.object in ("hearer", "no", "event", "said") or cue.needs in ("clause", "to", "predicate", "quoted", "infinitive", "that"):
        return None
    object_pronoun = next(
        (child for child in parsed.children(verb, "obj") if child.index < verb.index and child.norm in scene.sources.relative), None
    )
    participle = verb.dep.startswith("acl") and "VerbForm=Part" in verb.morph and agent(parsed, verb) is not None and not is_finite(verb)
    passive = verb.dep == "acl:relcl" and is_passive(parsed, verb)
    if object_pronoun is None and not participle and not passive:
        return None
    head = parsed.head(verb)
    if head is None or head.index > verb.index:
        return None
    if object_pronoun is not None and head.norm == "ce":
        return _after_colon(scene, match)
    if head.pos not in ("NOUN", "PROPN"):
        return None
    tokens = tuple(token for token in parsed.subtree(head) if token.index < (object_pronoun or verb).index)
    tokens = tuple(token for token in tokens if not (token.dep == "case" and token.head == head.index))
    return Content(tokens, "object") if tokens else None


def _after_colon(scene: Scene, match: CueMatch) -> Content | None:
    sentence = scene.sentence_of(scene.parsed.tokens[match.head])
    for at in range(match.last, min(match.last + 20, sentence.last)):
        if scene.parsed.tokens[at].norm == ":" and at + 1 < sentence.last:
            return Content(scene.parsed.tokens[at + 1 : sentence.last], "colon")
        if is_finite(scene.parsed.tokens[at]):
            break
    return None


def _clause(scene: Scene, match: CueMatch) -> Content | None:
    if match.cue.needs in ("infinitive", "to"):
        return None
    parsed, verb = scene.parsed, scene.parsed.tokens[match.head]
    words = scene.cues.words
    sentence = scene.sentence_of(verb)
    for at in range(match.last, min(match.last + _WINDOW, sentence.last)):
        token = parsed.tokens[at]
        if token.norm in words.complementizers and token.pos in ("SCONJ", "PRON", "ADV", "DET"):
            relative = token.pos == "PRON" and (parsed.head(token) or token).dep.startswith("acl")
            if relative and at > match.last:
                break
            if _comparative(parsed, at) or not _reaches(parsed, token, verb, match.last):
                return None
            return _from(scene, verb, at + 1, "clause")
        if (
            token.norm in words.questions
            and not (token.norm == "ce" and parsed.tokens[min(at + 1, sentence.last - 1)].norm not in ("que", "qu'", "qui"))
            and at - match.last < 3
            and token.pos in ("SCONJ", "ADV", "PRON", "DET", "ADJ")
        ):
            if _reaches(parsed, token, verb, match.last):
                return _from(scene, verb, at if parsed.language == "en" else at + (token.norm in ("si", "s'")), "question")
            return None
        if is_infinitive(token) and at > match.last:
            break
        if token.norm in (":", ";", "?") or (is_finite(token) and at > match.last and token.dep not in ("aux", "cop")):
            break
    return _bare_clause(scene, match)


def _bare_clause(scene: Scene, match: CueMatch) -> Content | None:
    """English leaves "that" out."""
    parsed, verb = scene.parsed, scene.parsed.tokens[match.head]
    for child in parsed.children(verb, "ccomp"):
        if child.index > verb.index and child.pos in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
            below = [token for token in parsed.subtree(child) if token.index > verb.index]
            if below and (is_finite(child) or any(is_finite(token) for token in parsed.children(child))):
                return _from(scene, verb, below[0].index, "clause")
    return None


def _comparative(parsed: Parsed, at: int) -> bool:
    before = parsed.tokens[at - 1].norm if at else ""
    return before in ("plus", "moins", "autant", "aussi", "si", "tel", "tels", "telle", "telles", "ne", "autre", "autres")


def _reaches(parsed: Parsed, mark: Token, verb: Token, last: int) -> bool:
    """Whether the clause that `mark` opens belongs to `verb`: by the tree, or because nothing stands between."""
    if all(parsed.tokens[at].pos in ("ADV", "PUNCT", "PART", "PRON") and parsed.tokens[at].norm not in (":", ";") for at in range(last, mark.index)):
        return True
    clause = parsed.head(mark)
    if clause is None:
        return False
    above = parsed.head(clause)
    if above is not None and (above.index == verb.index or (above.dep in ("aux", "aux:tense", "aux:pass") and above.head == verb.index)):
        return True
    near = mark.index - last <= 6 and not any(is_finite(parsed.tokens[at]) or parsed.tokens[at].norm in (":", ";") for at in range(last, mark.index))
    return near and any(other.index == verb.index for other in parsed.ancestors(clause))


def _from(scene: Scene, verb: Token, start: int, shape: Shape) -> Content | None:
    """The clause that begins at token `start`, to its end."""
    parsed = scene.parsed
    sentence = scene.sentence_of(verb)
    if start >= sentence.last:
        return None
    end = _clause_end(scene, verb, start, sentence.last)
    end = _whole_quotation(scene, start, end)
    if shape == "infinitive":
        end = _second_verb(scene, start, end)
    tokens = parsed.tokens[start:end]
    return Content(tokens, shape) if any(token.pos not in ("PUNCT", "SCONJ") for token in tokens) else None


def _whole_quotation(scene: Scene, start: int, end: int) -> int:
    """A clause that begins as a quotation ends with it where "and" or "but" follows."""
    first = scene.parsed.tokens[start]
    for quotation in scene.quotations:
        if quotation.start == first.start or quotation.inner.start == first.start:
            after = next((at for at in range(start, end) if scene.parsed.tokens[at].start >= quotation.end), end)
            if after < end and scene.parsed.tokens[after].pos == "CCONJ":
                return after
    return end


def _second_verb(scene: Scene, start: int, end: int) -> int:
    """An infinitive ends before "and" with a finite verb, which goes on with the main clause."""
    parsed = scene.parsed
    for at in range(start + 1, end - 1):
        if parsed.tokens[at].pos == "CCONJ" and parsed.tokens[at].norm not in ("ou", "ni", "or", "nor"):
            following = parsed.tokens[at + 1 : at + 4]
            verbs = [token for token in following if is_finite(token)]
            if verbs and all(token.pos in ("AUX", "VERB", "PRON", "ADV") for token in following[: following.index(verbs[0]) + 1]):
                return at - 1 if parsed.tokens[at - 1].norm == "," else at
    return end


def _clause_end(scene: Scene, verb: Token, start: int, limit: int) -> int:
    """Where a reported clause ends: with the sentence, unless a main verb, a semicolon or a closing bracket comes first."""
    parsed = scene.parsed
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
        if token.norm == "," and not brackets and _absolute(scene, at, limit):
            return at
        if at > start and _leaves(scene, verb, token, start):
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


def _leaves(scene: Scene, verb: Token, token: Token, start: int) -> bool:
    """Whether a finite verb belongs beside or above the verb of saying, and not to what is said."""
    if token.pos not in _VERBAL or not (is_finite(token) or token.dep == "conj") or token.dep in ("aux", "aux:tense", "aux:pass", "cop"):
        return False
    if token.index == verb.index or token.index < start:
        return False
    above = [other.index for other in scene.parsed.ancestors(verb)]
    if token.index in above:
        return True
    if token.head == verb.index and token.dep == "conj":
        return True
    return token.head in above and token.head < start and token.dep in ("conj", "parataxis", "advcl", "ccomp") and token.index not in above


def _back_over(parsed: Parsed, at: int, start: int) -> int:
    """From a verb that is no longer said back to the first word of its own clause."""
    token = parsed.tokens[at]
    inside = [below.index for below in parsed.subtree(token) if start < below.index <= at]
    first = min(inside, default=at)
    for below in range(first, at + 1):
        if parsed.tokens[below].norm in (",", ";") and below > start:
            return below
    return first


def _infinitive(scene: Scene, match: CueMatch) -> Content | None:
    parsed, verb = scene.parsed, scene.parsed.tokens[match.head]
    below_object = (
        [low for child in parsed.children(verb, "obj", "iobj", "obl") for low in parsed.children(child, "acl")]
        if match.cue.kind in ("demand", "accuse")
        else []
    )
    for child in (*parsed.children(verb, "xcomp", "ccomp", "advcl", "obl", "acl", "pcomp"), *below_object):
        if child.index < match.last or not (is_infinitive(child) or any(is_infinitive(aux) for aux in parsed.children(child, "aux", "cop"))):
            continue
        below = [token for token in parsed.subtree(child) if token.index >= match.last]
        first = below[0].index if below else child.index
        bare = parsed.tokens[first].index == child.index
        if bare and first - match.last > 2:
            continue
        if first - match.last > _WINDOW or (child.dep == "advcl" and parsed.tokens[first].norm in ("pour", "afin", "sans", "avant")):
            continue
        if match.cue.object in ("target", "no", "hearer") and match.cue.kind in ("demand", "accuse", "suspect"):
            first = _with_target(parsed, verb, match.last, first)
        return _from(scene, verb, first, "infinitive")
    token = parsed.tokens[match.last] if match.last < len(parsed.tokens) else None
    if token is not None and is_infinitive(token) and token.dep in ("xcomp", "ccomp") and token.index < scene.sentence_of(verb).last:
        return _from(scene, verb, token.index, "infinitive")
    return None


def _with_target(parsed: Parsed, verb: Token, last: int, first: int) -> int:
    """An order or accusation is about somebody: "[les soldats à partir]"."""
    for child in parsed.children(verb, "obj", "iobj", "obl", "nsubj", "xcomp"):
        if last <= child.index < first:
            return min(token.index for token in parsed.subtree(child) if token.index >= last)
    return first


def _oblique(scene: Scene, match: CueMatch) -> Content | None:
    parsed, verb = scene.parsed, scene.parsed.tokens[match.head]
    words = scene.cues.words
    forms = {form for after in match.cue.after for form in ({"de": words.of, "à": words.to}.get(after, (after,)))}
    for at in range(match.last, min(match.last + 6, scene.sentence_of(verb).last)):
        token = parsed.tokens[at]
        if token.norm in forms:
            return _phrase(scene, verb, at, "oblique")
        if token.pos in ("VERB", "AUX", "PUNCT", "SCONJ"):
            break
    return None


def _phrase(scene: Scene, verb: Token, start: int, shape: Shape) -> Content | None:
    """The phrase after the preposition at `start`, as far as the tree carries it."""
    parsed = scene.parsed
    head = parsed.tokens[start].head
    if head <= start:
        head = start + 1
    if head >= len(parsed.tokens):
        return None
    last = max((token.index for token in parsed.subtree(parsed.tokens[head])), default=head)
    last = min(last, scene.sentence_of(verb).last - 1)
    end = _with_colon(scene, verb, _clause_end(scene, verb, start + 1, last + 1))
    return Content(parsed.tokens[start + 1 : end], shape) if end > start + 1 else None


def _with_colon(scene: Scene, verb: Token, end: int) -> int:
    """What a colon behind the content explains belongs to it, unless it is a quotation of its own."""
    limit = limit_of(scene, verb)
    while end < limit and scene.parsed.tokens[end].norm in ('"', "»", "”"):
        end += 1
    if end + 1 < limit and scene.parsed.tokens[end].norm == ":" and not any(scene.within[at] >= 0 for at in range(end + 1, min(end + 4, limit))):
        return limit
    return end


def _object(scene: Scene, match: CueMatch, verb: Token) -> Content | None:
    parsed, cue = scene.parsed, match.cue
    if is_passive(parsed, verb):
        return _passive(scene, cue, verb)
    if cue.object in ("no", "hearer"):
        return None
    if cue.needs == "predicate" and not _predicate(scene, match, verb):
        return None
    found = [
        child
        for child in parsed.children(verb, "obj", "obl:arg", "iobj", "xcomp", "ccomp", "attr", "oprd")
        if child.index >= match.last and child.pos != "PRON" and _bare(parsed, child, cue)
    ]
    if not found:
        return None
    found += [
        child for child in parsed.children(verb, "advmod", "amod") if child.pos == "ADJ" and child.index >= match.last and cue.needs == "predicate"
    ]
    tokens = [token for child in found for token in parsed.subtree(child) if token.index >= match.last]
    first = min(token.index for token in tokens)
    last = max(token.index for token in tokens)
    end = _object_end(scene, verb, first, last + 1)
    predicate = cue.needs == "predicate"
    end = _with_colon(scene, verb, end)
    return Content(parsed.tokens[first:end], "predicate" if predicate else "object") if end > first else None


def _predicate(scene: Scene, match: CueMatch, verb: Token) -> bool:
    """Whether something is said of the object: an adjective behind the verb, or "comme …"."""
    parsed = scene.parsed
    behind = parsed.tokens[match.last : min(match.last + 6, limit_of(scene, verb))]
    return any(token.pos == "ADJ" and token.head == verb.index for token in behind) or any(
        token.norm in scene.cues.words.like or (token.pos == "ADJ" and token.index + 1 == limit_of(scene, verb) - 1) for token in behind
    )


def limit_of(scene: Scene, verb: Token) -> int:
    """The index after the last token of the verb's sentence."""
    return scene.sentence_of(verb).last


def _object_end(scene: Scene, verb: Token, first: int, end: int) -> int:
    """The object with the prepositional phrases behind it, which the parser often hangs on the verb; not over a comma or a new clause."""
    parsed = scene.parsed
    limit = scene.sentence_of(verb).last
    for at in range(first + 1, min(end, limit)):
        token = parsed.tokens[at]
        gerund = (
            token.norm == scene.cues.words.gerund
            and at + 1 < limit
            and "VerbForm=Part" in parsed.tokens[at + 1].morph
            and "Tense=Pres" in parsed.tokens[at + 1].morph
        )
        if token.norm == ";" or gerund or (token.index in {above.index for above in parsed.ancestors(verb)} and token.pos in _VERBAL):
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


def _bare(parsed: Parsed, child: Token, cue: Cue) -> bool:
    """No preposition leads the object in ("de larges activités" has an article, not a preposition)."""
    case = parsed.children(child, "case")
    partitive = case and case[0].norm in ("de", "d'") and parsed.tokens[case[0].index + 1].pos == "ADJ" and cue.object == "content"
    return (
        not case
        or bool(partitive)
        or (cue.object == "target" and cue.kind in ("accuse", "demand", "judge", "opinion"))
        or (child.dep == "obl:arg" and case[0].pos == "DET")
    )


def _passive(scene: Scene, cue: Cue, verb: Token) -> Content | None:
    parsed = scene.parsed
    if cue.object not in ("content", "target", "speaker") or verb.dep.startswith("acl"):
        return None
    subject = next((child for child in parsed.children(verb, "nsubj:pass") if child.pos in ("NOUN", "PROPN")), None)
    return Content(tuple(token for token in parsed.subtree(subject) if token.index < verb.index), "passive") if subject is not None else None


def _quoted(scene: Scene, tokens: Iterable[Token]) -> bool:
    return any(scene.within[token.index] >= 0 for token in tokens)
