"""Which words show that a line of a page is no body text: a share button, a link to another article, a photo legend, a byline?"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from msgspec import Struct

from recoupe.errors import PackError
from recoupe.language.calendar import calendar
from recoupe.language.pack import load_table
from recoupe.model import BlockKind, Language

LONGEST_MARKED = 400  # characters that a line with a mark may have


class Mark(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of `blocks.toml`: lines that fit `pattern` are of `kind`.

    The pattern is a regular expression without regard to case; `{date}`, `{place}`, `{name}` and `{agency}` stand for what they say. A group
    `part` marks the stretch that is meant where it is not the whole line. `zone` says where on the page the mark counts, `longest` how many
    characters the line may have; `opens` marks a heading whose following headlines are of the same kind, `links` one that owns a link below it,
    `states` what kind of date the line gives.
    """

    name: str
    kind: BlockKind
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    zone: Literal["page", "head", "foot", "edges"] = "page"
    longest: int = LONGEST_MARKED
    opens: bool = False
    links: bool = False
    states: Literal["published", "updated"] | None = None

    @property
    def in_part(self) -> bool:
        """Whether the mark holds for a part of a line."""
        return "(?P<part>" in self.pattern


class BlockMarks(Struct, frozen=True, forbid_unknown_fields=True):
    """`blocks.toml`: news agencies, names of a site's sections (lower case), and the marks in order of precedence."""

    agencies: tuple[str, ...]
    sections: tuple[str, ...]
    source: str
    marks: tuple[Mark, ...]


@cache
def block_marks(language: Language) -> BlockMarks:
    """The marks of a language.

    >>> any(mark.kind == "related" for mark in block_marks("fr").marks)
    True
    """
    return load_table(language, "blocks", BlockMarks)


@cache
def compiled(language: Language, name: str) -> re.Pattern[str]:
    """A mark's pattern, made ready; raises PackError when it is no regular expression.

    >>> bool(compiled("fr", "read-also").search("Lire aussi : Alep, la ville coupée"))
    True
    """
    mark = next(mark for mark in block_marks(language).marks if mark.name == name)
    return fill(mark.pattern, language, f"{language}/blocks.toml: mark {name!r}")


def may_be_marked(line: str, language: Language) -> bool:
    """Whether any mark that holds for whole lines may fit, in one try for the many lines that none does.

    >>> may_be_marked("Lire aussi : Alep", "fr"), may_be_marked("Le pont a sauté.", "fr")
    (True, False)
    """
    at_start, anywhere = _joined(language)
    return len(line) <= LONGEST_MARKED and bool(at_start.match(line) or anywhere.search(line))


@cache
def _joined(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The patterns that begin at the line's start in one, and the others in another."""
    marks = [mark for mark in block_marks(language).marks if not mark.in_part]
    patterns = [f"(?:{compiled(language, mark.name).pattern})" for mark in marks]
    starting = [len(_alternatives(mark.pattern)) == sum(part.startswith("^") for part in _alternatives(mark.pattern)) for mark in marks]
    at_start = "|".join(pattern for pattern, starts in zip(patterns, starting, strict=True) if starts)
    anywhere = "|".join(pattern for pattern, starts in zip(patterns, starting, strict=True) if not starts)
    return re.compile(at_start or "(?!)", re.IGNORECASE), re.compile(anywhere or "(?!)", re.IGNORECASE)


def _alternatives(pattern: str) -> list[str]:
    """The alternatives at the top of a pattern."""
    parts, depth = [""], 0
    for piece in re.findall(r"\\.|\[(?:\\.|[^\]\\])+\]|.", pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


@cache
def source_pattern(language: Language) -> re.Pattern[str]:
    """The pattern of a source footer; its group `outlet` is the name.

    >>> source_pattern("fr").search("Source : Radio Alep").group("outlet")
    'Radio Alep'
    """
    return fill(block_marks(language).source, language, f"{language}/blocks.toml: source")


def fill(pattern: str, language: Language, where: str) -> re.Pattern[str]:
    """A pattern of a pack with `{date}`, `{place}`, `{name}` and `{agency}` written out; `where` names its place in messages."""
    for slot, expression in _slots(language).items():
        pattern = pattern.replace("{" + slot + "}", expression)
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise PackError(f"{where} is no regular expression: {error}") from error


@cache
def _slots(language: Language) -> dict[str, str]:
    names = calendar(language)
    months = "|".join(sorted((re.escape(name) for row in names.months for name in row), key=len, reverse=True))
    weekdays = "|".join(sorted((re.escape(name) for row in names.weekdays for name in row), key=len, reverse=True))
    ordinal = "(?:" + "|".join(map(re.escape, names.ordinals)) + ")?"
    day = rf"(?:0?[1-9]|[12]\d|3[01]){ordinal}"
    year = r"(?:,? (?:19|20)\d\d)"
    dates = (
        rf"{day} (?:{months})\.?{year}?",
        rf"(?:{months})\.? {day}{year}?(?!\d)",
        r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)(?!\d)",
        r"\d{4}-\d\d-\d\d",
    )
    word = r"(?-i:[A-ZÀ-ÖØ-Þ][\w'.-]*)"
    inside = r"(?:(?:de|du|des|d'|la|le|les|al|el|of|the|and|et|sur|ibn|bin|von|van) ?)"
    agencies = block_marks(language).agencies
    return {
        "date": rf"(?:(?:{weekdays})\.?,? )?(?:{'|'.join(dates)})",
        "place": rf"{word}(?:[ -]{inside}?{word}){{0,4}}",
        "name": rf"{word}(?:[ -]{inside}?{word}){{0,4}}",
        "agency": "(?-i:" + "|".join(sorted(map(re.escape, agencies), key=len, reverse=True)) + r")(?!\w)",
    }
