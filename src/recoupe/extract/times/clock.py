"""On which day is a clock time or a part of day, and how is it written?"""

from __future__ import annotations

from recoupe.extract.times.context import Answer, Context, Parts
from recoupe.extract.times.patterns import Match
from recoupe.model import Anchor


def clock_time(parts: Parts) -> str:
    """The TIMEX3 time of an hour with its minutes and half of the day."""
    hour, minute = int(parts["hour"]), int(parts.get("minute", "0"))
    if parts.get("half_day") == "PM" and hour < 12:
        hour += 12
    if parts.get("half_day") == "AM" and hour == 12:
        hour = 0
    return f"T{hour:02}:{minute:02}"


def clock(match: Match, context: Context) -> Answer | None:
    """A clock time on its day."""
    return _on_a_day(match, context, clock_time(match.parts))


def part_of_day(match: Match, context: Context) -> Answer | None:
    """A morning, evening or night on its day."""
    return _on_a_day(match, context, f"T{match.parts['part']}")


def _on_a_day(match: Match, context: Context, time: str) -> Answer | None:
    """The day of a clock time: the nearest that its sentence names, one before it rather than one behind; else the last told; else today."""
    near = [told for told in context.beside if told.day is not None]
    told = (
        min(near, key=lambda one: match.start - one.end if one.end <= match.start else 20 + one.start - match.end, default=None) or context.last_day()
    )
    if told is not None and told.day is not None:
        return Answer("TIME", f"{told.day.isoformat()}{time}", anchor=Anchor(told.day.isoformat(), "mention", told.mention))
    day = context.now.agreed(lambda now: now.isoformat())
    return Answer("TIME", f"{day}{time}", anchor=context.now.anchor) if day else Answer("TIME", f"XXXX-XX-XX{time}")
