"""In which year was an article written that tells weekdays and days, but no year?

A weekday with its day and month falls in every fifth, sixth or eleventh year. Lower bound: the newest past date that the text tells and the
newest name that it uses; upper bound: the year in which the table of names was made. One year left is an answer, several are candidates.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from recoupe.ingest.dates import CalendarDate, Told, real_date
from recoupe.knowledge.named_since import names_in_time, newest_name
from recoupe.model import Published

FRESH = 14  # days after which a day is no longer told by its weekday without the year; news mostly come within the week
# Of several years the first is taken when it lies this near to the newest date told (right in 10 of 10 press articles), in days; where only two
# years are left, up to half of the shortest gap between two years in which a day falls on the same weekday (right in 2 of 2, beyond that in 0 of 2).
NEXT, NEAR = 365, 913
_LISTED = 12  # candidates that are listed at most; more say nothing
_OLDEST = 1900


class Dating(Struct, frozen=True):
    """What a text says about its time: days by their weekday without a year (with their words, and whether they may be to come), the day of its
    dateline, past dates with their words, and the text itself, in which names are looked up.
    """

    fresh: tuple[tuple[Told, str, bool], ...]
    dateline: Told | None
    past: tuple[tuple[CalendarDate, str], ...]
    readable: str


class _Bound(Struct, frozen=True):
    """The first day on which the text can have been written, and why; `newest` is the newest past date it tells."""

    day: date
    reason: str
    newest: CalendarDate | None


def candidate_dates(dating: Dating) -> Published:
    """The month or year of publication by weekday arithmetic, or None with the candidates and the reason."""
    bound = _lower_bound(dating)
    if not dating.fresh:
        return _without_weekday(dating, bound)
    words = ", ".join(dict.fromkeys(repr(words) for _, words, _ in dating.fresh[:3]))
    upper = names_in_time().made
    years = [year for year in range(max(_OLDEST, bound.day.year - 1), upper + 1) if all(_falls(told, year) for told, _, _ in dating.fresh)]
    fitting = [found for year in years if (found := _published_in(dating, year)) and found.last + timedelta(days=FRESH) >= bound.day]
    if not fitting:
        return _unknown(f"{words} fall together in no year {_between(bound, upper)}")
    listed = tuple(found.first.isoformat()[:7] for found in reversed(fitting))
    how = f"{words}: of the years {_between(bound, upper)}"
    if len(fitting) == 1:
        return _told_as_fresh(fitting[0], dating, f"{how}, only {fitting[0].year} has the weekday on that day", ())
    near = NEAR if len(fitting) == 2 else NEXT
    if bound.newest and (fitting[0].first - bound.newest.last).days <= near:
        why = f"{how}, the weekday fits {', '.join(str(found.year) for found in fitting)}; the first lies next to the newest date told ({bound.newest.value})"
        return _told_as_fresh(fitting[0], dating, why, listed[:_LISTED])
    return _unknown(f"{how}, the weekday fits {len(fitting)} years, and nothing tells which", listed[:_LISTED])


def _lower_bound(dating: Dating) -> _Bound:
    newest = max(dating.past, key=lambda item: item[0].first, default=None)
    named = newest_name(dating.readable)
    day, reason = date(_OLDEST, 1, 1), ""
    if newest:
        day, reason = newest[0].first, f"the text tells {newest[1]!r}"
    if named:
        since = CalendarDate(*map(int, named[1].since.split("-"))).first
        if since > day:
            day, reason = since, f"the text names {named[0]}, so called since {named[1].since} ({named[1].source})"
    return _Bound(day, reason, newest[0] if newest else None)


def _between(bound: _Bound, upper: int) -> str:
    if not bound.reason:
        return f"up to {upper} (when the table of names was made)"
    return f"from {bound.day.year} ({bound.reason}) to {upper} (when the table of names was made)"


def _falls(told: Told, year: int) -> bool:
    found = real_date(year, told.month, told.day)
    return found is not None and found.first.isoweekday() == told.weekday


def _newest_day(dating: Dating, year: int) -> date:
    """The newest day told that isn't to come, or the first of those to come."""
    days = [(real_date(year, told.month, told.day), future) for told, _, future in dating.fresh]
    past = [found.first for found, future in days if found and not future]
    return max(past) if past else min(found.first for found, _ in days if found)


def _published_in(dating: Dating, year: int) -> CalendarDate | None:
    """The day, month or year of publication when the days told by weekday fall in `year`; None where even the year stays open."""
    newest = _newest_day(dating, year)
    if dating.dateline:
        for near in (year, year + 1):
            found = real_date(near, dating.dateline.month, dating.dateline.day)
            if found and -FRESH <= (found.first - newest).days <= 2 * FRESH:
                return found
    if all(future for _, _, future in dating.fresh):
        return CalendarDate(year)
    return CalendarDate(year, newest.month) if (newest + timedelta(days=2)).month == newest.month else CalendarDate(year)


def _told_as_fresh(found: CalendarDate, dating: Dating, why: str, candidates: tuple[str, ...]) -> Published:
    if found.day:
        return Published(found.value, found.value, found.value, f"the dateline's day, and {why}", candidates)
    newest = _newest_day(dating, found.year)
    start, end = (newest, found.last) if found.month else (newest, min(newest + timedelta(days=FRESH), date(found.year + 1, 1, FRESH)))
    if not found.month and all(future for _, _, future in dating.fresh):
        start, end = found.first, newest
    note = "told as news without a year; the exact day of publication isn't stated"
    return Published(found.value, start.isoformat(), end.isoformat(), f"{why}; {note}", candidates)


def _without_weekday(dating: Dating, bound: _Bound) -> Published:
    if dating.dateline and dating.dateline.month and dating.dateline.day:
        years = range(bound.day.year, names_in_time().made + 1)
        found = [day for year in years if (day := real_date(year, dating.dateline.month, dating.dateline.day)) and day.last >= bound.day]
        why = f"the dateline tells the day and no year; {_not_before(bound)}"
        return _unknown(why, tuple(day.value for day in reversed(found)) if len(found) <= _LISTED else ())
    return _unknown(f"nothing in the input or the text states when it was published; {_not_before(bound)}")


def _not_before(bound: _Bound) -> str:
    return (
        f"it is not older than {bound.day.isoformat()[:7]}, because {bound.reason}" if bound.reason else "no date or name in it gives a bound either"
    )


def _unknown(reason: str, candidates: tuple[str, ...] = ()) -> Published:
    return Published(None, None, None, reason, candidates)
