"""Whose count is a toll that stands alone? "Medics put the toll at 34, the ministry said 19 had died": the assault told before, counted anew.

A count of the dead or wounded that no event governs retells the assault of its passage, in the voice that gives it. The same voice adds what it had not
counted yet to what it told; another voice makes a claim of its own. What is said of another time ("since 2011") counts something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from recoupe.extract.occurrence import Occurrence, Told
from recoupe.language.enclosing import Enclosing
from recoupe.language.parsed import Parsed
from recoupe.model import Attribution, FigureMention, Measure, Span, TimeMention

TOLLS: frozenset[Measure] = frozenset({"killed", "wounded", "missing"})
BACK = 4  # sentences behind an assault in which a bare toll still counts its victims
AHEAD = 2  # sentences before the one that names the assault ("Le bilan est de 17 morts. L'attentat …")
WAR = 1_000  # a larger toll without an event beside it is that of a war


def with_tolls(
    parsed: Parsed, told: Told, figures: Sequence[FigureMention], times: Sequence[TimeMention], attributions: Sequence[Attribution]
) -> Told:
    """The events with those that bare tolls retell, in order; `figures` are those of the text that count a whole."""
    voice_of = _Voices(attributions)
    measures = {figure.id: figure.measure for figure in figures}
    occurrences = list(told.occurrences)
    for figure in _bare(told.occurrences, figures):
        place = _retold(parsed, told.occurrences, figure, times)
        if place is None:
            continue
        first = occurrences[place]
        counted = {measures.get(name) for name in first.figures}
        if voice_of.at(figure) != voice_of.at(first.trigger):
            occurrences.append(_again(parsed, first, figure))
        elif figure.measure not in counted:
            occurrences[place] = replace(
                first, figures=(*first.figures, figure.id), evidence=tuple(sorted({*first.evidence, Span(figure.start, figure.end)}))
            )
    return replace(told, occurrences=tuple(sorted(occurrences, key=lambda one: (one.trigger, one.token))))


def _bare(occurrences: Iterable[Occurrence], figures: Iterable[FigureMention]) -> Iterator[FigureMention]:
    """The tolls that no event governs."""
    bound = {name for one in occurrences for name in one.figures}
    for figure in figures:
        if figure.measure in TOLLS and figure.id not in bound and figure.low is not None and 0 < figure.low <= WAR:
            yield figure


def _retold(parsed: Parsed, occurrences: Sequence[Occurrence], figure: FigureMention, times: Sequence[TimeMention]) -> int | None:
    """The place of the assault that a bare toll counts: the nearest of the sentences before, else of those right after; None where its sentence is of another time."""
    sentence = parsed.sentence_at(figure.start)
    if sentence is None:
        return None
    found: list[tuple[int, int, int]] = []
    for place, one in enumerate(occurrences):
        other = parsed.sentence_at(one.trigger.start)
        if other is None or one.type != "ASSAULT" or one.stage in {"attempted", "planned", "habitual"}:
            continue
        back = sentence.index - other.index
        if 0 <= back <= BACK or 0 < -back <= AHEAD:
            found.append((back < 0, abs(back), place))
    if not found:
        return None
    place = min(found)[2]
    said = [time for time in times if sentence.start <= time.start < sentence.end]
    return None if any(_is_elsewhen(time, occurrences[place]) for time in said) else place


def _is_elsewhen(time: TimeMention, one: Occurrence) -> bool:
    """Whether a time is a long one, or lies apart from the day of an event."""
    if time.timex in {"DURATION", "SET"} or time.date_start is None:
        return time.timex in {"DURATION", "SET"}
    if time.date_end is None:
        return True
    return one.date_start is not None and one.date_end is not None and (time.date_end < one.date_start or one.date_end < time.date_start)


def _again(parsed: Parsed, first: Occurrence, figure: FigureMention) -> Occurrence:
    """The assault as the toll tells it."""
    tokens = parsed.tokens_in(figure.start, figure.end)
    sentence = parsed.sentence_of(tokens[-1])
    return replace(
        first, trigger=Span(figure.start, figure.end), token=tokens[-1].index, sentence=Span(sentence.start, sentence.end), actors=(), recipients=(),
        figures=(figure.id,), stage="accomplished", rule="bare-toll", evidence=(), responsibility=None, definite=True,
    )  # fmt: skip


class _Voices:
    """Who speaks where: the innermost attribution's actor or name, None for the outlet."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        self._said: Enclosing[Attribution] = Enclosing((span, said) for said in attributions for span in said.content)

    def at(self, stretch: Span | FigureMention) -> str | None:
        """The voice in whose words a stretch stands."""
        said = next(self._said.around(Span(stretch.start, stretch.end)), None)
        return None if said is None else said.source_actor or (said.source_name or said.id).casefold()
