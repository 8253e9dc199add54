"""From when on can a text hold a name? A name is given on some day, and no text is older than the names that it uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from msgspec import Struct

from recoupe.errors import KnowledgeError

_IN_WORD = re.compile(r"[\w-]")


class NamedSince(Struct, frozen=True):
    """A name's first year or month (ISO 8601), what it means, and the public source that says so."""

    since: str
    names: tuple[str, ...]
    meaning: str
    source: str


class NamesInTime(Struct, frozen=True):
    """All rows, and the year in which they were made: what came later they can't know."""

    made: int
    rows: tuple[NamedSince, ...]


@cache
def names_in_time() -> NamesInTime:
    """The table `named_since.tsv`; raises KnowledgeError when a row is not as it should be."""
    where = resources.files("recoupe.knowledge").joinpath("named_since.tsv")
    made, rows = 0, []
    for number, line in enumerate(where.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if cells[0] == "#made":
            made = int(cells[1])
        elif line.startswith("#") or cells[0] == "since":
            continue
        elif len(cells) != 4 or not re.fullmatch(r"\d{4}(-\d\d)?", cells[0]) or not all(cells):
            raise KnowledgeError(f"named_since.tsv, line {number}: write since (2014 or 2014-06), names, meaning and source, with tabs between them")
        else:
            rows.append(NamedSince(cells[0], tuple(cells[1].split(";")), cells[2], cells[3]))
    if not made:
        raise KnowledgeError("named_since.tsv has no line `#made` with the year in which it was made: add it")
    return NamesInTime(made, tuple(rows))


def newest_name(text: str) -> tuple[str, NamedSince] | None:
    """The name in a text that was given last, as the text writes it, with its row; None when it holds none.

    >>> name, row = newest_name("Daech a attaqué les Hachd al-Chaabi.")
    >>> name, row.since
    ('Hachd al-Chaabi', '2014-06')
    """
    owners, pattern = _index()
    plain = text.replace("’", "'")
    starts = (match for match in pattern.finditer(plain) if not match.start() or not _IN_WORD.match(plain[match.start() - 1]))
    found = {match.group(): owners[match.group()] for match in starts}
    return max(found.items(), key=lambda item: item[1].since, default=None)


@cache
def _index() -> tuple[Mapping[str, NamedSince], re.Pattern[str]]:
    owners = {name: row for row in names_in_time().rows for name in row.names}
    names = "|".join(re.escape(name) for name in sorted(owners, key=len, reverse=True))
    return owners, re.compile(rf"(?:{names})(?!\w)")
