"""Whose count is a toll that stands alone? "Medics put the toll at 34, the ministry said 19 had died": the assault told before, counted anew.

A count of the dead or wounded that no event governs retells the assault of its passage, in the voice that gives it. The same voice adds what it had not
counted yet to what it told; another voice makes a claim of its own. What is said of another time ("since 2011") counts something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from recoupe.extract.occurrence import Occurrence, Told, speaker_of
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
    voice_of, passages = _Voices(attributions), _Passages(parsed, told.occurrences, times)
    measured = {figure.id: figure for figure in figures if _is_toll(figure)}
    occurrences = [_own(one, measured, voice_of) for one in told.occurrences]
    helped = [one.sentence for one in occurrences if one.type == "AID"]
    retold: dict[tuple[int, str | None], int] = {}
    for figure in _bare(occurrences, figures):
        place = passages.retold(figure)
        if place is None:
            continue
        voice = voice_of.at(figure)
        own = place if voice == voice_of.at(occurrences[place].trigger) else retold.get((place, voice))
        counted = {measured[name].measure for name in occurrences[own].figures if name in measured} if own is not None else set()
        if own is None and figure.measure == "wounded" and any(span.start <= figure.start < span.end for span in helped):
            continue  # "l'hôpital a soigné six blessés" tells of no attack
        if own is None or (own != place and figure.measure in counted):
            retold[place, voice] = len(occurrences)
            occurrences.append(_again(parsed, occurrences[place], figure))
        elif figure.measure not in counted:
            told_of = occurrences[own]
            evidence = tuple(sorted({*told_of.evidence, Span(figure.start, figure.end)}))
            occurrences[own] = replace(told_of, figures=(*told_of.figures, figure.id), evidence=evidence)
    return replace(told, occurrences=tuple(sorted(occurrences, key=lambda one: (one.trigger, one.token))))


def _own(one: Occurrence, measured: Mapping[str, FigureMention], voice_of: _Voices) -> Occurrence:
    """An event without the tolls that another voice gives where its own voice gives one ("12 personnes ont été tuées ; selon les rebelles, 40")."""
    given = [measured[name] for name in one.figures if name in measured]
    own = voice_of.at(one.trigger)
    theirs = {
        figure.id
        for figure in given
        if voice_of.at(figure) != own and any(other.measure == figure.measure and voice_of.at(other) == own for other in given)
    }
    return replace(one, figures=tuple(name for name in one.figures if name not in theirs)) if theirs else one


def _bare(occurrences: Iterable[Occurrence], figures: Iterable[FigureMention]) -> Iterator[FigureMention]:
    """The tolls that no event governs."""
    bound = {name for one in occurrences for name in one.figures}
    for figure in figures:
        if _is_toll(figure) and figure.id not in bound and figure.low is not None and figure.low <= WAR:
            yield figure


def _is_toll(figure: FigureMention) -> bool:
    return figure.measure in TOLLS or figure.low == 0


class _Passages:
    """The assaults and times of a text by the sentences that they stand in."""

    def __init__(self, parsed: Parsed, occurrences: Sequence[Occurrence], times: Iterable[TimeMention]) -> None:
        self._parsed = parsed
        self._occurrences = occurrences
        self._assaults: defaultdict[int, list[int]] = defaultdict(list)
        self._times: defaultdict[int, list[TimeMention]] = defaultdict(list)
        for place, one in enumerate(occurrences):
            sentence = parsed.sentence_at(one.trigger.start)
            if sentence is not None and one.type == "ASSAULT" and one.stage not in {"attempted", "planned", "habitual"}:
                self._assaults[sentence.index].append(place)
        for time in times:
            sentence = parsed.sentence_at(time.start)
            if sentence is not None:
                self._times[sentence.index].append(time)

    def retold(self, figure: FigureMention) -> int | None:
        """The place of the assault that a bare toll counts: of the nearest sentence before, else of those right after; None where it is of another time."""
        sentence = self._parsed.sentence_at(figure.start)
        if sentence is None:
            return None
        here = sentence.index
        nearest = (*range(here, here - BACK - 1, -1), *range(here + 1, here + AHEAD + 1))
        place = next((self._assaults[other][0] for other in nearest if other in self._assaults), None)
        if place is None:
            return None
        return None if any(_is_elsewhen(time, self._occurrences[place]) for time in self._times.get(here, ())) else place


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
    """Who speaks where: the innermost attribution's actor or name, None for the outlet, and where nobody is named ("aucune victime n'a été signalée")."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        self._said: Enclosing[Attribution] = Enclosing((span, said) for said in attributions if said.source for span in said.content)

    def at(self, stretch: Span | FigureMention) -> str | None:
        """The voice in whose words a stretch stands."""
        said = next(self._said.around(Span(stretch.start, stretch.end)), None)
        return None if said is None else speaker_of(said)
