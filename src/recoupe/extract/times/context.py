"""What surrounds the match of a time rule, and what is an answer to it?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from recoupe.extract.times.anchoring import Now, Told
from recoupe.extract.times.tense import Tense
from recoupe.model import Anchor, Language, Timex

Parts = Mapping[str, str]
_ANOTHER_TIME = 2  # years from the report beyond which a story's next month is taken to be of the year last told of


class Context(Struct, frozen=True):
    """What surrounds a match: the text's day, what it told of before (latest last), the tense, and the days named in the same sentence."""

    language: Language
    now: Now
    told: tuple[Told, ...]
    sentence: int
    paragraph: int
    tense: Callable[[], Tense | None]
    beside: tuple[Told, ...] = ()

    def year_before(self) -> Told | None:
        """A year stated in the same sentence, or just before in the same paragraph when the story is set in another time."""
        for told in reversed(self.told):
            if self.sentence - told.sentence > 1 or told.paragraph != self.paragraph:
                return None
            if told.explicit and told.year is not None:
                far = self.now.day is not None and abs(told.year - self.now.day.year) > _ANOTHER_TIME
                return told if told.sentence == self.sentence or far else None
        return None

    def last(self, unit: str) -> Told | None:
        """What steps of a unit are counted from in a story: a day for days and weeks, else any date of this paragraph or the one before."""
        if unit in {"P1D", "P1W", "P1WE"}:
            return self.last_day()
        return next((told for told in reversed(self.told) if told.year is not None and self.paragraph - told.paragraph <= 1), None)

    def last_day(self) -> Told | None:
        """The day last told of in this paragraph or the one before."""
        for told in reversed(self.told):
            if told.day is not None:
                return told if self.paragraph - told.paragraph <= 1 else None
        return None


class Answer(Struct, frozen=True):
    """The value of an expression, its days where it has any, and what it was counted from; `explicit` when it states its own year."""

    timex: Timex
    value: str
    start: date | None = None
    end: date | None = None
    anchor: Anchor | None = None
    explicit: bool = False


def integer(parts: Parts, name: str) -> int | None:
    """The number that a part begins with ("1er")."""
    found = re.match(r"-?\d+", parts[name]) if name in parts else None
    return int(found[0]) if found else None
