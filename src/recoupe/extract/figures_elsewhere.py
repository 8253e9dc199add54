"""Which words of an article tell of another case than its own? Sentences that say so ("in a separate shooting"), and what happened on an earlier day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from recoupe.extract.figures_harm import tells_harm
from recoupe.language.figures import measure_index
from recoupe.language.parsed import Parsed, Sentence
from recoupe.language.tolls import toll_patterns
from recoupe.model import Span, TimeMention

OPENING = 2  # sentences that tell the article's own event: where they look back, so does the article
_TELLING = 3  # sentences that tell of harm in which the day of the article's own event is looked for
_A_DAY = timedelta(days=1)
_APART = timedelta(days=3)  # between a shooting and what is told of it without another case being meant


def elsewhere(parsed: Parsed, start: int, end: int) -> tuple[Span, ...]:
    """The sentences that count many cases together ("so far this year"), or are of another ("last month"), unless an article opens with such."""
    say = toll_patterns(parsed.language)
    stretch = [Span(sentence.start, sentence.end) for sentence in parsed.sentences if start <= sentence.start < end]
    many = [one for one in stretch[1:] if say["aggregate"].search(parsed.text, one.start, one.end)]
    other = [one for one in stretch if say["elsewhere"].search(parsed.text, one.start, one.end)]
    index = measure_index(parsed.language)
    telling = [one for one in stretch if tells_harm(parsed.tokens_in(one.start, one.end), index, parsed.language)]
    return tuple(many) if set(other) & {*stretch[:OPENING], *telling[:1]} else (*many, *other)


def earlier_cases(parsed: Parsed, times: Iterable[TimeMention]) -> tuple[Span, ...]:
    """The stretches that tell of harm done days before the article's own case: a sentence, or what is nearer to the earlier day in it."""
    dated = [_Dated(Span(time.start, time.end), *bounds) for time in times if (bounds := _bounds(time)) is not None]
    index = measure_index(parsed.language)
    telling = [one for one in parsed.sentences if tells_harm(parsed.tokens_of(one), index, parsed.language)]
    near_the_top = [time for one in telling[:_TELLING] for time in _inside(dated, one)]
    days = [time for time in near_the_top if time.last - time.first <= _A_DAY] or near_the_top  # "in April" looks back from "on Friday"
    own = min((time.first for time in days), default=None)
    if own is None:
        return ()
    near = {sentence: _inside(dated, sentence) for sentence in telling[1:]}
    return tuple(Span(sentence.start, sentence.end) for sentence, times in near.items() if times and all(time.last < own - _APART for time in times))


class _Dated(Struct, frozen=True):
    """A time with its first and last day."""

    span: Span
    first: date
    last: date


def _bounds(time: TimeMention) -> tuple[date, date] | None:
    if time.timex not in {"DATE", "TIME"} or time.date_start is None or time.date_end is None:
        return None
    return date.fromisoformat(time.date_start), date.fromisoformat(time.date_end)


def _inside(times: Sequence[_Dated], sentence: Sentence) -> list[_Dated]:
    return [time for time in times if sentence.start <= time.span.start < sentence.end]
