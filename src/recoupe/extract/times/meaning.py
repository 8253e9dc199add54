"""What does a match mean: which TIMEX3 value, which days, counted from where?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from recoupe.extract.times.anchoring import year_of_day, year_of_month
from recoupe.extract.times.clock import clock, clock_time, part_of_day
from recoupe.extract.times.context import Answer, Context, Parts, integer
from recoupe.extract.times.patterns import Match
from recoupe.language.numerals import read_number
from recoupe.language.times import time_pack
from recoupe.language.timex import days_of, duration, feast, narrowed, period, read_step
from recoupe.model import Anchor, Language

_MORE = {"half": 0.5, "quarter": 0.25, "three-quarters": 0.75}
_NEAR_FEAST = 60  # days within which a feast is the one that is near, whatever the tense of its sentence


def answer(match: Match, context: Context) -> Answer | None:
    """What a match says, None when it says nothing that a calendar knows (31 February)."""
    found = _MEANINGS[match.rule.means](match, context)
    if found is None:
        return None
    if found.start is None:
        days = days_of(found.value) if found.timex in {"DATE", "TIME"} else None
        if days is not None:
            edge = match.parts.get("edge")
            start, end = narrowed(days, edge) if edge else days
            found = Answer(found.timex, found.value, start, end, found.anchor, found.explicit)
    return Answer(match.rule.timex or found.timex, found.value, found.start, found.end, found.anchor, found.explicit)


# ------------------------------------------------------------------------------------------------------------------ days and dates


def _date(match: Match, context: Context) -> Answer | None:
    parts = match.parts
    day, month = integer(parts, "day"), integer(parts, "month") or integer(parts, "month_number")
    weekday = integer(parts, "weekday")
    if month is None:
        return _year(parts, context) if day is None else _day_of_month(parts, day, weekday, context)
    if day is not None and days_of(f"2000-{month:02}-{day:02}") is None:
        return None
    written = _written_year(parts, context)
    if written is not None:
        return _precise(parts, _join(written, month, day), None, explicit=True)
    if "year_shift" in parts:
        counted = context.now.agreed(lambda now: str(now.year + int(parts["year_shift"])))
        return _precise(parts, _join(int(counted), month, day) if counted else f"XXXX-{month:02}", context.now.anchor, explicit=True)
    told = context.year_before()
    if told is not None and told.year is not None and _side(parts) is None and _agrees(told.year, month, day, weekday, context):
        return _precise(parts, _join(told.year, month, day), Anchor(_first_day(told.value), "mention", told.mention))
    tense = _side(parts) or context.tense()
    other = _side(parts) is not None
    year = context.now.agreed(
        lambda now: _text(year_of_day(month, day, weekday, now, tense) if day else year_of_month(month, now, tense, other=other))
    )
    if year is None:
        return _precise(parts, f"XXXX-{month:02}" + (f"-{day:02}" if day else ""), None)
    return _precise(parts, _join(int(year), month, day), context.now.anchor)


def _join(year: int, month: int, day: int | None) -> str:
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")


def _agrees(year: int, month: int, day: int | None, weekday: int | None, context: Context) -> bool:
    """Whether a day can be of a year told of: its weekday is right, and it is not ahead where the tense is past."""
    tense = context.tense()
    if tense == "future" or not _fits(year, month, day, weekday):
        return False
    first = days_of(_join(year, month, day))
    return tense != "past" or context.now.day is None or first is None or first[0] <= context.now.day


def _fits(year: int, month: int, day: int | None, weekday: int | None) -> bool:
    days = days_of(_join(year, month, day))
    return days is not None and (weekday is None or day is None or days[0].isoweekday() == weekday)


def _side(parts: Parts) -> str | None:
    """The direction that "dernier" or "prochain" gives."""
    shift = integer(parts, "shift")
    return None if not shift else "past" if shift < 0 else "future"


def _precise(parts: Parts, value: str, anchor: Anchor | None, *, explicit: bool = False) -> Answer | None:
    """A date, or a time where a part of day or an hour is named with it; None when there is no such day."""
    if value.isascii() and value[:4].isdecimal() and days_of(value) is None:
        return None
    if "hour" in parts:
        return Answer("TIME", value + clock_time(parts), anchor=anchor, explicit=explicit)
    if "part" in parts:
        return Answer("TIME", f"{value}T{parts['part']}", anchor=anchor, explicit=explicit)
    return Answer("DATE", value, anchor=anchor, explicit=explicit)


def _written_year(parts: Parts, context: Context) -> int | None:
    if "year" in parts:
        return int(parts["year"])
    if "short_year" not in parts:
        return None
    short = int(parts["short_year"][-2:])
    if not context.now.days:
        return 1900 + short if short >= 40 else None
    latest = context.now.days[-1].year + 1
    return latest - (latest - short) % 100


def _year(parts: Parts, context: Context) -> Answer | None:
    year = _written_year(parts, context)
    return None if year is None else Answer("DATE", f"{year:04}", explicit=True)


def _day_of_month(parts: Parts, day: int, weekday: int | None, context: Context) -> Answer | None:
    """A day without its month ("samedi 6", "le 3 du mois"): of this month, the last or the next by its weekday and the tense."""
    tense = context.tense()

    def of(now: date) -> str | None:
        months = [period(now, "P1M", shift) for shift in range(-2, 3)]
        days = [days[0] for month in months if month and (days := days_of(f"{month}-{day:02}"))]
        if weekday is not None:
            days = [found for found in days if found.isoweekday() == weekday]
        elif "shift" in parts:
            days = [found for found in days if found.isoformat()[:7] == period(now, "P1M", int(parts["shift"]))]
        elif tense is not None and tense != "present":
            days = [found for found in days if (found <= now if tense == "past" else found >= now)]
        return min(days, key=lambda found: abs((found - now).days)).isoformat() if days else None

    value = context.now.agreed(of)
    return _precise(parts, value, context.now.anchor) if value else _precise(parts, f"XXXX-XX-{day:02}", None)


def _weekday(match: Match, context: Context) -> Answer | None:
    parts, weekday = match.parts, int(match.parts["weekday"])
    shift = integer(parts, "shift")
    tense = context.tense() if shift is None else None
    if "near" in parts and tense is None:
        tense = "present"

    def of(now: date) -> str:
        back = (now.isoweekday() - weekday) % 7
        if shift is not None:
            monday = now - timedelta(days=now.weekday())
            step = -(back or 7) if shift < 0 else (7 - back) if shift > 0 else (weekday - 1 - (now - monday).days)
        elif back == 0 or tense in {"past", None}:
            step = -back
        elif tense == "future":
            step = 7 - back
        else:
            step = -back if back <= 3 else 7 - back
        return (now + timedelta(days=step)).isoformat()

    value = context.now.agreed(of)
    return _precise(parts, value, context.now.anchor) if value else _precise(parts, f"XXXX-WXX-{weekday}", None)


# ------------------------------------------------------------------------------------------------------- so many steps from another day


def _shift(match: Match, context: Context) -> Answer | None:
    """ "Hier", "la semaine dernière", "la veille": a period a given number of steps away."""
    parts = match.parts
    unit, count = parts["unit"], int(parts.get("shift", "0"))
    day = context.now.day
    days = days_of(period(day, unit, count) or "") if day is not None and "by_tense" in parts else None
    if day is not None and days is not None and days[0] > day and context.tense() in {"past", None}:
        count -= 1  # the weekend that a Wednesday's paper tells of is the last one
    return _moved(match, context, unit, count)


def _ago(match: Match, context: Context) -> Answer | None:
    """ "Il y a trois jours", "dans deux mois", "deux ans plus tard"."""
    parts = match.parts
    number, sign = _number(parts, context.language), int(parts["sign"])
    untold = match.rule.base == "told" and context.last(parts["unit"]) is None and "loose" not in parts
    if parts["unit"].startswith("PT") or untold:
        return _duration(match, context)
    if number is None or number != int(number):
        return Answer("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    return _moved(match, context, parts["unit"], sign * int(number))


def _moved(match: Match, context: Context, unit: str, count: int) -> Answer | None:
    told = context.last(unit) if match.rule.base == "told" else None
    days = days_of(told.value) if told is not None else None
    if told is not None and days is not None:
        value, anchor = _stretch(days[0], unit, count, context), Anchor(days[0].isoformat(), "mention", told.mention)
        return _precise(match.parts, value, anchor) if value else None
    if match.rule.base == "told":
        value = context.now.agreed(lambda now: _stretch(now, unit, count, context)) if "loose" in match.parts else None
    else:
        value = context.now.agreed(lambda now: _stretch(now, unit, count, context))
    if value is not None:
        found = _precise(match.parts, value, context.now.anchor)
        return Answer(found.timex, found.value, anchor=found.anchor, explicit=unit == "P1Y") if found else None
    if "part" in match.parts:
        return Answer("TIME", f"XXXX-XX-XXT{match.parts['part']}")
    return Answer("DATE", _unanchored(unit, count))


def _stretch(day: date, unit: str, count: int, context: Context) -> str | None:
    """A period, with the open digits of a decade or century as the language's corpus writes them."""
    value = period(day, unit, count)
    return value + time_pack(context.language).open_digit * (4 - len(value)) if value and len(value) < 4 else value


def _unanchored(unit: str, count: int) -> str:
    """What remains of "last week" where no day is known to count from."""
    _, name = read_step(unit)
    if count == 0:
        return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX"}.get(name, "PRESENT_REF")
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX"}.get(name, "PAST_REF" if count < 0 else "FUTURE_REF")


# ------------------------------------------------------------------------------------------------------ periods, seasons, holidays


def _period(match: Match, context: Context) -> Answer | None:
    """A decade, a century, a quarter or half of a year."""
    parts = match.parts
    if "decade" in parts:
        digits = re.sub(r"\D", "", parts["decade"])[-4:]
        century = 19 if len(digits) == 2 else int(digits) // 100
        return Answer("DATE", f"{century:02}{digits[-2]}{time_pack(context.language).open_digit}", explicit=True)
    if "century" in parts:
        number = _roman(parts["century"])
        return Answer("DATE", f"{number - 1:02}{time_pack(context.language).open_digit * 2}", explicit=True) if 1 < number <= 21 else None
    year = _written_year(parts, context)
    if year is not None:
        return Answer("DATE", f"{year:04}-{parts['half']}", explicit=True)
    shift = integer(parts, "shift") or 0
    told = context.year_before()
    if told is not None and told.year is not None and not shift:
        return Answer("DATE", f"{told.year:04}-{parts['half']}", anchor=Anchor(_first_day(told.value), "mention", told.mention))
    tense = context.tense()

    def of(now: date) -> str | None:
        days = days_of(f"{now.year + shift:04}-{parts['half']}")
        back = days is not None and not shift and tense == "past" and days[0] > now
        return f"{now.year + shift - back:04}-{parts['half']}"

    return Answer("DATE", context.now.agreed(of) or f"XXXX-{parts['half']}", anchor=context.now.anchor)


def _roman(written: str) -> int:
    """The value of a roman numeral or of digits."""
    if written.isdecimal():
        return int(written)
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in written.casefold()]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _season(match: Match, context: Context) -> Answer | None:
    parts, season = match.parts, match.parts["season"]
    year = _written_year(parts, context)
    if year is not None:
        return Answer("DATE", f"{year:04}-{season}", explicit=True)
    told = context.year_before()
    if told is not None and told.year is not None and "shift" not in parts:
        return Answer("DATE", f"{told.year:04}-{season}", anchor=Anchor(_first_day(told.value), "mention", told.mention))
    tense = _side(parts) or (context.tense() if "shift" not in parts else None)
    if "shift" not in parts and tense in {"present", None}:
        return Answer("DATE", f"XXXX-{season}")  # what holds in any winter

    def of(now: date) -> str:
        if parts.get("shift") == "0":
            return f"{now.year:04}-{season}"
        days = {year: days_of(f"{year:04}-{season}") for year in (now.year - 1, now.year, now.year + 1)}
        if tense == "future":
            return next(
                f"{year:04}-{season}" for year in sorted(days) if (span := days[year]) and (span[0] > now or (not _side(parts) and span[1] >= now))
            )
        return next(
            f"{year:04}-{season}"
            for year in sorted(days, reverse=True)
            if (span := days[year]) and (span[1] < now or (not _side(parts) and span[0] <= now))
        )

    return Answer("DATE", context.now.agreed(of) or f"XXXX-{season}", anchor=context.now.anchor)


def _holiday(match: Match, context: Context) -> Answer | None:
    """A feast of the year that is written with it, else the near one, else by tense."""
    parts = match.parts
    year = _written_year(parts, context)
    if year is not None:
        return Answer("DATE", feast(parts["holiday"], year).isoformat(), explicit=True)
    tense = context.tense()
    side = _side(parts) or (tense if tense != "present" else None)

    def of(now: date) -> str:
        days = [feast(parts["holiday"], year) for year in (now.year - 1, now.year, now.year + 1)]
        nearest = min(days, key=lambda day: abs((day - now).days))
        sided = [day for day in days if (day < now if side == "past" else day > now)]
        if side is None or (not _side(parts) and abs((nearest - now).days) <= _NEAR_FEAST) or not sided:
            return nearest.isoformat()
        return min(sided, key=lambda day: abs((day - now).days)).isoformat()

    value = context.now.agreed(of)
    if value is not None:
        return Answer("DATE", value, anchor=context.now.anchor)
    return Answer("DATE", "XXXX" if parts["holiday"].startswith("easter") else f"XXXX-{parts['holiday']}")


# --------------------------------------------------------------------------------------------- durations, sets, vague references


def _duration(match: Match, context: Context) -> Answer | None:
    parts = match.parts
    count = _number(parts, context.language)
    if count == 0:
        return None
    more = _MORE.get(parts.get("more", ""), 0.0)
    if more and count is not None and parts["unit"] == "PT1H":
        return Answer("DURATION", f"PT{count:.10g}H{more * 60:.10g}M")
    return Answer("DURATION", duration(parts["unit"], count + more if count is not None else None))


def _number(parts: Parts, language: Language) -> float | None:
    """How many: a numeral, a collective ("une dizaine"), or None for "some"."""
    if "few" in parts:
        return None
    times = float(parts.get("lot", "1"))
    return times * (read_number(parts["number"], language) or 0) if "number" in parts else times


def _set(match: Match, context: Context) -> Answer | None:
    parts = match.parts
    if "value" in parts:
        return Answer("SET", parts["value"])
    if "weekday" in parts:
        return Answer("SET", f"XXXX-WXX-{parts['weekday']}" + (f"T{parts['part']}" if "part" in parts else ""))
    if "part" in parts:
        return Answer("SET", f"XXXX-XX-XXT{parts['part']}")
    if "month" in parts:
        return Answer("SET", f"XXXX-{int(parts['month']):02}")
    if "season" in parts:
        return Answer("SET", f"XXXX-{parts['season']}")
    return Answer("SET", duration(parts["unit"], _number(parts, context.language)))


def _reference(match: Match, context: Context) -> Answer | None:
    return Answer("DATE", match.parts["value"])


def _same(match: Match, context: Context) -> Answer | None:
    """ "Ce jour-là", "cette année-là", "à ce moment-là": the day, the longer stretch or the very time last told of."""
    parts = match.parts
    unit = parts.get("unit", "P1D")
    told = context.last_day() if unit == "P1D" else next((one for one in reversed(context.told) if one.year is not None), None)
    days = days_of(told.value) if told is not None else None
    if told is None or days is None:
        return Answer("DATE", "PAST_REF")
    anchor = Anchor(days[0].isoformat(), "mention", told.mention)
    if unit.startswith("PT"):
        return Answer("TIME" if "T" in told.value else "DATE", told.value, anchor=anchor)
    value = period(days[0], unit, 0)
    return _precise(parts, value, anchor) if value else None


# -------------------------------------------------------------------------------------------------------------- within a day


def _night(match: Match, context: Context) -> Answer | None:
    """ "Dans la nuit de mercredi à jeudi", "la nuit du 3 au 4 mars": the night that begins on the first of two days."""
    parts = match.parts
    first = _weekday(match, context) if "weekday" in parts else _date(match, context)
    if first is None:
        return None
    value = first.value.split("T")[0]
    days = days_of(value)
    if days is None:
        return Answer("TIME", f"{value}TNI")
    return Answer("TIME", f"{value}TNI", days[0], days[0] + timedelta(days=1), first.anchor, first.explicit)


def _nothing(match: Match, context: Context) -> Answer | None:
    return None


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _first_day(value: str) -> str:
    days = days_of(value)
    return days[0].isoformat() if days else value


_MEANINGS: dict[str, Callable[[Match, Context], Answer | None]] = {
    "date": _date, "weekday": _weekday, "shift": _shift, "ago": _ago, "period": _period, "season": _season, "holiday": _holiday,
    "duration": _duration, "set": _set, "reference": _reference, "clock": clock, "part": part_of_day, "night": _night, "same": _same,
    "nothing": _nothing,
}  # fmt: skip
