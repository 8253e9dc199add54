"""Who counts the dead? "Le ministère parle de 19 morts", "medics put the toll at 34", and who counts them otherwise: ", les rebelles de 40"."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from recoupe.extract.voices.draft import Draft, span_of, stretches
from recoupe.extract.voices.scene import Scene, is_finite
from recoupe.extract.voices.subject import find_subject, is_passive, noun_phrase, speaks, without_relative
from recoupe.language.actors import fold, singular
from recoupe.language.counts import Counting, Gap, counting_verb, gap_before
from recoupe.language.figures import measure_index, modifier_index, vague_index
from recoupe.language.numerals import numerals
from recoupe.language.parsed import Token
from recoupe.model import Measure, Span

_REACH = 14  # tokens between a verb and its number
_NAMED = 4  # tokens of a number in which the counted are named
_TOLL: frozenset[Measure] = frozenset({"killed", "wounded", "casualties", "missing"})
_GIVEN = ("+object", "+oblique")  # what a verb gives, not what a clause of its own tells


def count_drafts(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """The attributions with those of verbs that give a toll, and of those who count otherwise without a verb of their own."""
    anchors = {draft.anchor for draft in drafts}
    given = [draft for token in scene.parsed.tokens if token.index not in anchors and (draft := _counted(scene, token)) is not None]
    found: list[Draft] = []
    for draft in (*drafts, *given):
        if draft.style == "according":
            found.append(_narrowed(scene, draft))
            continue
        gap = _gap(scene, draft) if draft.rule.startswith("count:") or draft.rule.endswith(_GIVEN) else None
        found += [draft] if gap is None else [_cut(scene, draft, gap[0].opener), _other(scene, draft, *gap)]
    return found


def _narrowed(scene: Scene, draft: Draft) -> Draft:
    """Of a number that a comma parts from the rest of its sentence, "selon X" behind it says no more: "31 morts, contre [26] selon un précédent bilan"."""
    at = draft.anchor - 1
    if at < 1 or not is_number(scene, scene.parsed.tokens[at]):
        return draft
    sentence, first = scene.sentence_of(scene.parsed.tokens[at]), _modified(scene, at)
    gap = gap_before(scene.parsed, (first, draft.anchor), sentence.first, sentence)
    return draft if gap is None or gap.first < gap.last else replace(draft, content=(span_of(scene.parsed.tokens[first : draft.anchor]),))


def _cut(scene: Scene, draft: Draft, end: int) -> Draft:
    """The draft without what stands from token `end` on."""
    inside = (token for span in draft.content for token in scene.parsed.tokens_in(span.start, span.end) if token.index < end)
    return replace(draft, content=stretches(scene.parsed, inside) or draft.content)


def _counted(scene: Scene, verb: Token) -> Draft | None:
    """The attribution of a verb that gives a toll, None where it gives none or nobody speaks."""
    entry = counting_verb(verb, scene.parsed.language) if verb.pos in ("VERB", "AUX") else None
    if entry is None or is_passive(scene.parsed, verb):
        return None
    end = _toll_end(scene, verb, entry)
    subject = None if end is None else find_subject(scene, verb)
    if end is None or subject is None or not speaks(scene, subject):
        return None
    source = (span_of(without_relative(scene, noun_phrase(scene, subject, verb))),)
    first = verb.index + 1 + (scene.parsed.tokens[verb.index + 1].norm in entry.leads)
    content = stretches(scene.parsed, scene.parsed.tokens[first:end])
    helpers = [child for child in scene.parsed.children(verb, "aux", "aux:tense") if child.index < verb.index]
    cue = (Span(min([verb.start, *(child.start for child in helpers)]), verb.end),)
    return Draft(cue, source, subject.index, content, "indirect", f"count:{entry.lemma}", anchor=verb.index)


def _toll_end(scene: Scene, verb: Token, entry: Counting) -> int | None:
    """The token after the toll that a verb gives."""
    tokens, sentence = scene.parsed.tokens, scene.sentence_of(verb)
    number = None
    for at in range(verb.index + 1, min(verb.index + _REACH, sentence.last)):
        token = tokens[at]
        if is_finite(token) or token.norm in scene.cues.words.complementizers or token.norm in {";", ":", "."}:
            return None
        if is_number(scene, token):
            number = at
            break
    if number is None or not _is_toll(scene, verb.index + 1, number):
        return None
    between = tokens[verb.index + 1 : number]
    if entry.leads and not any(token.norm in entry.leads for token in between):
        return None
    return _number_end(scene, number)


def is_number(scene: Scene, token: Token) -> bool:
    """Whether a token counts: in digits, in words, or vaguely ("une vingtaine")."""
    language = scene.parsed.language
    return token.norm[:1].isdigit() or token.norm in numerals(language).units or token.norm in vague_index(language) or token.pos == "NUM"


def _is_toll(scene: Scene, first: int, number: int) -> bool:
    """Whether the dead or hurt are counted: they are named behind the number, or a toll before it."""
    index, language = measure_index(scene.parsed.language), scene.parsed.language
    tokens = scene.parsed.tokens
    words = [singular(fold(token.norm), language) for token in tokens[first : number + 1 + _NAMED]]
    behind = words[number + 1 - first :]
    if any(index.fates.get(word) in _TOLL for word in behind):
        return True
    before = words[: number - first]
    return any(index.tolls.get(" ".join(before[at : at + size])) in _TOLL for at in range(len(before)) for size in (1, 2, 3, 4))


def _number_end(scene: Scene, number: int) -> int:
    """The token after a number and the counted, up to a mark, a verb or another clause."""
    tokens, sentence = scene.parsed.tokens, scene.sentence_of(scene.parsed.tokens[number])
    at = number + 1
    while at < sentence.last and tokens[at].norm not in {",", ";", ".", ":", "(", ")"} and not is_finite(tokens[at]) and tokens[at].pos != "SCONJ":
        at += 1
    return at


def _gap(scene: Scene, draft: Draft) -> tuple[Gap, int, int] | None:
    """The clause without a verb behind a toll that a draft gives, with the first and last token of its number."""
    tokens = scene.parsed.tokens
    start = max(draft.content[0].start, draft.cue[-1].end if draft.cue else 0)
    inside = scene.parsed.tokens_in(start, draft.content[-1].end)
    numbers = [token.index for token in inside if is_number(scene, token)]
    if not numbers or not inside or not _is_toll(scene, inside[0].index, numbers[0]):
        return None
    sentence = scene.sentence_of(inside[0])
    for at in range(numbers[0] + 1, sentence.last):
        if is_number(scene, tokens[at]) and not is_number(scene, tokens[at - 1]):
            first = _modified(scene, at)
            last = _past_number(scene, at)
            gap = gap_before(scene.parsed, (first, last), numbers[0] + 1, sentence)
            if (
                gap is not None
                and gap.last > gap.first
                and any(speaks(scene, token) for token in tokens[gap.first : gap.last] if token.pos in ("NOUN", "PROPN"))
            ):
                return gap, first, last
    return None


def _modified(scene: Scene, at: int) -> int:
    """The first token of a number with its modifiers."""
    index = modifier_index(scene.parsed.language)
    tokens = scene.parsed.tokens
    at -= tokens[at - 1].pos == "DET" and tokens[at].norm in vague_index(scene.parsed.language)
    sizes = (size for size in (4, 3, 2, 1) if at >= size and tuple(fold(token.norm).rstrip("'") for token in tokens[at - size : at]) in index)
    return at - next(sizes, 0)


def _past_number(scene: Scene, at: int) -> int:
    while at < len(scene.parsed.tokens) and is_number(scene, scene.parsed.tokens[at]):
        at += 1
    return at


def _other(scene: Scene, draft: Draft, gap: Gap, first: int, last: int) -> Draft:
    """The attribution of who counts otherwise."""
    tokens = scene.parsed.tokens
    head = next(token for token in tokens[gap.first : gap.last] if token.pos in ("NOUN", "PROPN"))
    return Draft((), (span_of(tokens[gap.first : gap.last]),), head.index, (span_of(tokens[first:last]),), "indirect", f"{draft.rule}:gap", anchor=-1)
