"""Which calendar days does a TIMEX3 value cover, and which value names the period around a day?

Values are written as TimeML writes them: 2018-11-11, 2018-W45, 2018-W45-WE, 2018-11, 2018-Q1, 2018-H1, 2018-SU, 2018, 196 or 196X (the
sixties), 19 or 19XX (the years 19xx), each with T and a clock time or part of day behind a day. A step is an ISO 8601 duration: P1D, P1W, P3M, P10Y, PT1H.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?(?:T.*)?")
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:T.*)?")
_PART_OF_YEAR = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")
_YEARS = re.compile(r"(\d{2,4})X{0,2}")
_STEP = re.compile(r"P(T?)(\d+)([A-Z]+)")
_MONTHS_OF = {
    "Q1": (1, 3),
    "Q2": (4, 3),
    "Q3": (7, 3),
    "Q4": (10, 3),
    "H1": (1, 6),
    "H2": (7, 6),
    "SP": (3, 3),
    "SU": (6, 3),
    "FA": (9, 3),
    "WI": (12, 3),
}

Days = tuple[date, date]


def days_of(value: str) -> Days | None:
    """The first and the last day that a value covers, None where it names no place on the calendar; seasons are the northern ones.

    >>> days_of("2018-W45")
    (datetime.date(2018, 11, 5), datetime.date(2018, 11, 11))
    >>> days_of("XXXX-WXX-5") is None, days_of("2018-02-31") is None
    (True, True)
    """
    try:
        return _days_of(value)
    except (ValueError, OverflowError):  # no such day, week or year
        return None


def _days_of(value: str) -> Days | None:
    if found := _DAY.fullmatch(value):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return day, day
    if found := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday + timedelta(days=5 if found[3] else 0), monday + timedelta(days=6)
    if found := _MONTH.fullmatch(value):
        return _months(int(found[1]), int(found[2]), 1)
    if found := _PART_OF_YEAR.fullmatch(value):
        first, count = _MONTHS_OF[found[2]]
        return _months(int(found[1]), first, count)
    if (found := _YEARS.fullmatch(value)) and len(value) in {len(found[1]), 4}:
        span = 10 ** (4 - len(found[1]))
        first = int(found[1]) * span
        return date(first, 1, 1), date(first + span - 1, 12, 31)
    return None


def _months(year: int, first: int, count: int) -> Days:
    after = first - 1 + count
    return date(year, first, 1), date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)


def narrowed(days: Days, edge: str) -> Days:
    """The half of a period that "the beginning", "the middle" or "the end" of it surely lies in: START, MID or END.

    >>> narrowed((date(2018, 1, 1), date(2018, 12, 31)), "END")
    (datetime.date(2018, 7, 2), datetime.date(2018, 12, 31))
    """
    first, last = days
    size = (last - first).days + 1
    if edge == "START":
        return first, first + timedelta(days=(size - 1) // 2)
    if edge == "END":
        return last - timedelta(days=(size - 1) // 2), last
    return first + timedelta(days=size // 4), last - timedelta(days=size // 4)


def read_step(step: str) -> tuple[int, str]:
    """How many of which unit a step holds: Y M W D WE, TimeML's DE CE Q, and TH TM TS for hours, minutes and seconds.

    >>> read_step("P10Y"), read_step("PT30M"), read_step("P1WE")
    ((10, 'Y'), (30, 'TM'), (1, 'WE'))
    """
    found = _STEP.fullmatch(step)
    if found is None:
        raise ValueError(f"{step!r} is no step: write P1D, P1W, P3M, P10Y, PT1H, P1WE")
    return int(found[2]), found[1] + found[3]


def period(day: date, step: str, count: int) -> str | None:
    """The value of the period of a step's size that lies `count` steps from the one that holds `day`; None outside of the calendar.

    >>> period(date(2018, 11, 14), "P1W", -1), period(date(2018, 11, 14), "P3M", -1), period(date(2018, 1, 3), "P1Y", 1)
    ('2018-W45', '2018-Q3', '2019')
    """
    size, unit = read_step(step)
    longer = {"DE": (10, "Y"), "CE": (100, "Y"), "Q": (3, "M")}.get(unit)
    if longer is not None:
        size, unit = size * longer[0], longer[1]
    try:
        return _period(day, size, unit, count)
    except (ValueError, OverflowError):
        return None


def _period(day: date, size: int, unit: str, count: int) -> str:
    if unit == "D":
        return (day + timedelta(days=size * count)).isoformat()
    if unit in {"W", "WE"}:
        year, week, _ = (day + timedelta(weeks=size * count)).isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return _period_of_months(day, size, count)
    if unit == "Y":
        year = day.year // size * size + size * count if size in {10, 100} else day.year + size * count
        if not MINYEAR <= year <= MAXYEAR:
            raise ValueError(year)
        return f"{year:04}"[: {10: 3, 100: 2}.get(size, 4)]
    return f"{day.isoformat()}TXX:XX"


def _period_of_months(day: date, size: int, count: int) -> str:
    part = size if size in {3, 6} else 1
    months = (day.year * 12 + day.month - 1) // part * part + size * count
    year, month = divmod(months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(year)
    if part == 1:
        return f"{year:04}-{month + 1:02}"
    return f"{year:04}-{'Q' if part == 3 else 'H'}{month // part + 1}"


def feast(code: str, year: int) -> date:
    """The day of a feast in a year, by its code.

    `12-25` is a fixed day, `11/4/4` the fourth Thursday of November (-1: the last), `easter+39` counted from western Easter Sunday.

    Easter by the anonymous Gregorian algorithm (Meeus 1991).

    >>> feast("12-25", 2018), feast("easter+0", 2018), feast("11/4/4", 2018)
    (datetime.date(2018, 12, 25), datetime.date(2018, 4, 1), datetime.date(2018, 11, 22))
    """
    if "/" in code:
        month, weekday, which = map(int, code.split("/"))
        first, last = _months(year, month, 1)
        if which < 0:
            return last - timedelta(days=(last.isoweekday() - weekday) % 7)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (which - 1))
    if not code.startswith("easter"):
        month, day = map(int, code.split("-"))
        return date(year, month, day)
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1) + timedelta(days=int(code.removeprefix("easter")))


def duration(step: str, count: float | None) -> str:
    """The TIMEX3 duration of `count` steps, X for an unknown number.

    >>> duration("P1Y", 2), duration("P10Y", 2), duration("PT1H", None), duration("PT1S", 30.4)
    ('P2Y', 'P20Y', 'PTXH', 'PT30.4S')
    """
    size, unit = read_step(step)
    number = "X" if count is None else f"{size * count:.10g}"
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"
