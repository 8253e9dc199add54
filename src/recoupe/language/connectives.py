"""Which words say that something else is told now? "Par ailleurs", "dans un autre incident", "separately", and "another" right before a deed."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language


class Connectives(Struct, frozen=True, forbid_unknown_fields=True):
    """`connectives.toml`: phrases of `besides` stand anywhere before a deed in its sentence, words of `other` right before it; deeds are marked in the examples."""

    besides: tuple[str, ...]
    other: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


def connectives(language: Language) -> Connectives:
    """The words of telling something else of a language."""
    return load_table(language, "connectives", Connectives)


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    words = connectives(language)
    besides, other = ("|".join(map(re.escape, phrases)) for phrases in (words.besides, words.other))
    return re.compile(rf"(?<!\w)(?:(?:{besides})(?!\w)|(?:{other})\W+$)", re.IGNORECASE)


def tells_besides(before: str, language: Language) -> bool:
    """Whether the words of a sentence before a deed say that it is another than those told before.

    >>> tells_besides("Des avions ont, par ailleurs, ", "fr"), tells_besides("Des avions ont ", "fr")
    (True, False)
    """
    return _pattern(language).search(before) is not None
