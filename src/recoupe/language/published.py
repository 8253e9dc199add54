"""Which words around a date tell whether it is the day of writing, a past date or one to come?"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from msgspec import Struct

from recoupe.errors import PackError
from recoupe.language.pack import load_table
from recoupe.model import Language

SignKind = Literal["stated", "today", "yesterday", "future", "year"]


class Sign(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of `published.toml`: words that stand before a date, or in its sentence.

    `stated` stands right before a date and says that it is the day of publication; `today` and `yesterday` stand right before the date and make it the day of writing, or the day before; `year` stands right before four digits
    and makes them a year; `future` stands anywhere in the sentence and shows that its dates may be still to come.
    """

    kind: SignKind
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


class PublishedSigns(Struct, frozen=True, forbid_unknown_fields=True):
    """`published.toml`: the signs of a language."""

    signs: tuple[Sign, ...]


@cache
def sign_pattern(language: Language, kind: SignKind) -> re.Pattern[str]:
    """The patterns of one kind as one; raises PackError when one is no regular expression.

    >>> bool(sign_pattern("fr", "future").search("Le retrait sera achevé fin 2014."))
    True
    """
    patterns = [sign.pattern for sign in load_table(language, "published", PublishedSigns).signs if sign.kind == kind]
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)", re.IGNORECASE)
    except re.error as error:
        raise PackError(f"{language}/published.toml: a pattern of kind {kind!r} is no regular expression: {error}") from error
