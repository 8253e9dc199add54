"""How is a time written in the Extended Date/Time Format (EDTF, ISO 8601-2:2019, levels 0 to 2)?"""

from __future__ import annotations

import re

from recoupe.language.timex import days_of
from recoupe.model import TimeMention

_SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24, "Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36, "H1": 40, "H2": 41}
_DATE = re.compile(r"\d{4}(-\d\d){0,2}|XXXX-\d\d(-\d\d)?")
_PART_OF_YEAR = re.compile(r"(\d{4})-([A-Z][A-Z0-9])")
_DECADE = re.compile(r"\d{2,3}X{0,2}")
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)")


def edtf(time: TimeMention) -> str | None:
    """A date or clock time as an EDTF string, None for what EDTF cannot say: durations, sets, vague references, days without a date.

    Weeks, weekends and "the end of 2018" become intervals of days, parts of a day the day that they are of.

    >>> edtf(TimeMention("time:0-5", 0, 5, "semaine", "DATE", "2018-W45", "2018-11-05", "2018-11-11"))
    '2018-11-05/2018-11-11'
    >>> edtf(TimeMention("time:0-5", 0, 5, "années 60", "DATE", "196X", "1960-01-01", "1969-12-31"))
    '196X'
    """
    if time.timex not in {"DATE", "TIME"}:
        return None
    if clock := _CLOCK.fullmatch(time.value):
        return f"{clock[1]}T{clock[2]}:{clock[3]}:00"
    days = days_of(time.value)
    if days is None:
        return time.value if _DATE.fullmatch(time.value) else None
    if time.date_start and time.date_end and (days[0].isoformat(), days[1].isoformat()) != (time.date_start, time.date_end):
        return f"{time.date_start}/{time.date_end}"
    if part := _PART_OF_YEAR.fullmatch(time.value):
        return f"{part[1]}-{_SEASONS[part[2]]}"
    if _DATE.fullmatch(time.value):
        return time.value
    if _DECADE.fullmatch(time.value):
        return time.value.rstrip("X").ljust(4, "X")
    return days[0].isoformat() if days[0] == days[1] else f"{days[0].isoformat()}/{days[1].isoformat()}"
