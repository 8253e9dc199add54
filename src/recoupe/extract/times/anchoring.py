"""From which day are the dates of a text counted?

From the publication day; where that is known to a month or a year only, from the latest day within it that the text itself names in full;
and, in a story, from the day last told of. Where several days remain possible, a date stands only if all of them give the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from recoupe.language.timex import days_of
from recoupe.model import Anchor, Published

_CYCLE = 28  # years after which 29 February falls on the same weekday again
_TOO_FAR_AHEAD = 300  # days; a day so far ahead is named with its year, and one without it is the last
_PRESS = (1000, 9000)  # years outside of which nothing is published, so that counting from a day never leaves the calendar


class Now(Struct, frozen=True):
    """The days that may be the text's own: one when it is known, none when nothing says."""

    days: tuple[date, ...]
    anchor: Anchor | None

    def agreed(self, answer: Callable[[date], str | None]) -> str | None:
        """What `answer` gives for every possible day, None when they differ or there is none."""
        answers = {answer(day) for day in self.days}
        return answers.pop() if len(answers) == 1 else None

    @property
    def day(self) -> date | None:
        """The day, where it is known."""
        return self.days[0] if len(self.days) == 1 else None


class Told(Struct, frozen=True):
    """A day or year that the text has spoken of: the value of its mention, the mention's id, and where it stands."""

    value: str
    mention: str
    start: int
    end: int
    sentence: int
    paragraph: int
    explicit: bool

    @property
    def day(self) -> date | None:
        """The day, where the mention names one."""
        days = days_of(self.value)
        return days[0] if days and days[0] == days[1] else None

    @property
    def year(self) -> int | None:
        """The year that the value states."""
        return int(self.value[:4]) if self.value[:4].isdecimal() else None


def possible_days(published: Published) -> tuple[date, ...]:
    """The publication day; else its candidates; else the ends of the period that it is known to lie in; nothing when it is unknown.

    >>> possible_days(Published("2018-11", "2018-11-01", "2018-11-30", "dateline"))
    (datetime.date(2018, 11, 1), datetime.date(2018, 11, 30))
    """
    stated = [bound for bound in (published.date_start, published.date_end) if bound]
    if len(stated) < 2 and published.value:
        days = days_of(published.value)
        stated = [day.isoformat() for day in days] if days else []
    found = {day for bound in (stated or published.candidates) for day in days_of(bound) or ()}
    return tuple(sorted(day for day in found if _PRESS[0] <= day.year <= _PRESS[1]))


def text_now(published: Published, told: Iterable[tuple[str, str]]) -> Now:
    """The text's own day: the publication day, or the latest day that the text names in full and that may be of its time.

    `told` are values and mention ids of dates that the text gives a weekday and a day for, or a whole date.
    """
    days = possible_days(published)
    if len(days) == 1:
        return Now(days, Anchor(days[0].isoformat(), "published"))
    if not days:
        return Now((), None)
    near = [(value, mention) for value, mention in told if days[0].isoformat() <= value <= days[-1].isoformat()]
    if not near:
        return Now(days, Anchor(days[0].isoformat(), "published"))
    value, mention = max(near)
    return Now((date.fromisoformat(value),), Anchor(value, "mention", mention))


def year_of_day(month: int, day: int, weekday: int | None, now: date, tense: str | None) -> int | None:
    """The year of a day without one: that in which its weekday is right and which is nearest; else the last or next by tense.

    >>> year_of_day(11, 11, 7, date(2018, 11, 14), None), year_of_day(12, 27, None, date(2018, 11, 14), "past")
    (2018, 2017)
    """
    years = [year for year in range(now.year - _CYCLE // 2, now.year + _CYCLE // 2 + 1) if _is(year, month, day, weekday)]
    if weekday is None and tense in {"past", "future"}:
        sided = [year for year in years if (date(year, month, day) <= now if tense == "past" else date(year, month, day) >= now)]
        if tense == "past" or not sided:
            return max(sided, default=None)
        away = (date(min(sided), month, day) - now).days
        return min(sided) - 1 if away > _TOO_FAR_AHEAD and _is(min(sided) - 1, month, day, None) else min(sided)
    return min(years, key=lambda year: abs((date(year, month, day) - now).days), default=None)


def _is(year: int, month: int, day: int, weekday: int | None) -> bool:
    try:
        found = date(year, month, day)
    except ValueError:  # 29 February in a common year, or a year outside of the calendar
        return False
    return weekday is None or found.isoweekday() == weekday


def year_of_month(month: int, now: date, tense: str | None, *, other: bool = False) -> int:
    """The year of a month without one: the last or next by tense, the nearest where the tense is silent.

    This month counts as both, unless it is the `other`, as "last March" in March is.

    >>> year_of_month(12, date(2018, 11, 14), "past"), year_of_month(12, date(2018, 11, 14), None)
    (2017, 2018)
    """
    if tense == "past":
        return now.year if month < now.month + (not other) else now.year - 1
    if tense == "future":
        return now.year if month > now.month - (not other) else now.year + 1
    away = {year: year * 12 + month - now.year * 12 - now.month for year in (now.year - 1, now.year, now.year + 1)}
    return min(away, key=lambda year: -away[year] if away[year] < 0 else 2 * away[year])  # the press looks back more than ahead
