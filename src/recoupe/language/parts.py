"""Which words say that a figure counts a part of another? "58 dead, including 11 children" is one toll of 58."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language

PART_REACH = 40  # characters on either side of a figure in which a cue is looked for


class PartCue(Struct, frozen=True, forbid_unknown_fields=True):
    """A cue that stands `before` a figure, at most `words` words from it, right `after` it ("two of them"), or `inside` it ("two of the dead").

    `alone` says that it makes a part even where no larger figure stands beside ("two medics were among the dead").
    """

    cue: str
    where: Literal["before", "after", "inside"]
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    words: int = 2
    alone: bool = False


class Parts(Struct, frozen=True, forbid_unknown_fields=True):
    """`parts.toml`: the cues, and the nouns of `anybody` that the first figure of a list counts when it holds the others ("30 [people], 12 soldiers and …")."""

    anybody: tuple[str, ...]
    entry: tuple[PartCue, ...]


class _Pattern(Struct, frozen=True):
    where: Literal["before", "after", "inside"]
    pattern: re.Pattern[str]
    alone: bool


@cache
def _patterns(language: Language) -> tuple[_Pattern, ...]:
    found = []
    for entry in load_table(language, "parts", Parts).entry:
        cue = rf"(?<![^\W_]){re.escape(entry.cue)}(?![^\W_])"
        gap = rf"(?:\W+\w+){{0,{entry.words}}}\W*$"
        written = {"before": cue + gap, "after": rf"^\W*(?:\w+\W+){{0,{entry.words}}}?{cue}", "inside": cue}[entry.where]
        found.append(_Pattern(entry.where, re.compile(written, re.IGNORECASE), entry.alone))
    return tuple(found)


def is_part(before: str, after: str, language: Language, inside: str = "", *, alone: bool = False) -> bool:
    """Whether a figure between these words counts a part of another; with `alone`, whether it does so wherever it stands.

    >>> is_part("tué 58 personnes, dont ", " enfants", "fr"), is_part("a tué ", " personnes", "fr")
    (True, False)
    >>> is_part("", " were among the dead", "en", "two medics", alone=True)
    True
    """
    words = {"before": before, "after": after, "inside": inside}
    return any(each.pattern.search(words[each.where]) for each in _patterns(language) if each.alone or not alone)


def counts_anybody(figure: str, language: Language) -> bool:
    """Whether a figure counts people of no kind, so that those listed behind it may be among them.

    >>> counts_anybody("trente personnes", "fr"), counts_anybody("12 soldiers", "en")
    (True, False)
    """
    nouns = load_table(language, "parts", Parts).anybody
    return any(word in nouns for word in re.findall(r"[^\W\d_]+", figure.casefold()))
