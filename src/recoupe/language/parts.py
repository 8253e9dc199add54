"""Which words say that a figure counts a part of another? "58 dead, including 11 children" is one toll of 58."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language


class PartCue(Struct, frozen=True, forbid_unknown_fields=True):
    """A cue that stands `before` a figure, at most `words` words from it, or right `after` it ("two of them")."""

    cue: str
    where: Literal["before", "after"]
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    words: int = 2


class Parts(Struct, frozen=True, forbid_unknown_fields=True):
    """`parts.toml`: the cues."""

    entry: tuple[PartCue, ...]


@cache
def _patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for entry in load_table(language, "parts", Parts).entry:
        cue = rf"(?<![^\W_]){re.escape(entry.cue)}(?![^\W_])"
        gap = rf"(?:\W+\w+){{0,{entry.words}}}\W*$"
        found.append((entry.where, re.compile(cue + gap if entry.where == "before" else rf"^\W*(?:\w+\W+){{0,{entry.words}}}?{cue}", re.IGNORECASE)))
    return tuple(found)


def is_part(before: str, after: str, language: Language) -> bool:
    """Whether a figure between these words counts a part of another.

    >>> is_part("tué 58 personnes, dont ", " enfants", "fr"), is_part("a tué ", " personnes", "fr")
    (True, False)
    """
    return any(pattern.search(before if where == "before" else after) for where, pattern in _patterns(language))
