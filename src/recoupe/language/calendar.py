"""What are months and weekdays called? Shared by the reading of dates in text and of publication dates."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language


class Calendar(Struct, frozen=True, forbid_unknown_fields=True):
    """`calendar.toml`: twelve rows of month names, seven of weekday names (Monday first), all in lower case."""

    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    ordinals: tuple[str, ...]
    numeric_order: Literal["dmy", "mdy", "unknown"]

    def month(self, name: str) -> int | None:
        """The number of a month by any of its names, 1 to 12.

        >>> calendar("fr").month("Août")
        8
        """
        wanted = name.casefold().rstrip(".")
        return next((number for number, names in enumerate(self.months, 1) if wanted in names), None)

    def weekday(self, name: str) -> int | None:
        """The number of a weekday by any of its names, Monday 1 to Sunday 7.

        >>> calendar("en").weekday("Sunday")
        7
        """
        wanted = name.casefold().rstrip(".")
        return next((number for number, names in enumerate(self.weekdays, 1) if wanted in names), None)


def calendar(language: Language) -> Calendar:
    """The calendar names of a language."""
    return load_table(language, "calendar", Calendar)
