"""From when on can a text hold a name? A name is given on some day, and no text is older than the names that it uses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

from msgspec import Struct

from recoupe.errors import KnowledgeError

_WORD = re.compile(r"\w+")


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
    plain, index = text.replace("’", "'"), _index()
    found: tuple[str, NamedSince] | None = None
    for word in _WORD.finditer(plain):
        for name, row in index.get(word.group(), ()):
            end = word.start() + len(name)
            newer = found is None or row.since > found[1].since
            if (
                newer
                and plain.startswith(name, word.start())
                and not plain[end : end + 1].isalnum()
                and plain[word.start() - 1 : word.start()] != "-"
            ):
                found = name, row
    return found


@cache
def _index() -> Mapping[str, tuple[tuple[str, NamedSince], ...]]:
    """Names with their rows by their first word, the longest first."""
    index: defaultdict[str, list[tuple[str, NamedSince]]] = defaultdict(list)
    for row in names_in_time().rows:
        for name in sorted(row.names, key=len, reverse=True):
            if first := _WORD.match(name):
                index[first.group()].append((name, row))
    return {first: tuple(names) for first, names in index.items()}
