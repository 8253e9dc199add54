"""What did imports add to the gazetteer, and how does it outlive a rebuild?

A place of an import that the gazetteer has already (the same id, or the same name, country and kind close by) gives it its names. Which names
these are is kept beside them, so that a rebuild from newer packages can add them again, as it does the places.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places.names import exact_key
from recoupe.knowledge.places.store import NewPlace, key_rows, place_row
from recoupe.knowledge.places.tables import precision_of_kind

_SETTLED = ("town", "village")
_KILOMETRES = 111.2  # in a degree of latitude


class Tally(Struct):
    """The gazetteer that an import writes to, and how many of its places were new there or known."""

    link: sqlite3.Connection
    added: int = 0
    known: int = 0


class Carried(Struct, frozen=True):
    """What a rebuild kept of earlier imports: the names of their sources and the count of their places."""

    sources: tuple[str, ...] = ()
    places: int = 0


def add(tally: Tally, place: NewPlace) -> None:
    """Add a place, or its names to the place that it is."""
    held = _held(tally.link, place)
    if held is None:
        number = tally.link.execute("select coalesce(max(number), 0) + 1 from place").fetchone()[0]
        tally.link.execute("insert into place values (?,?,?,?,?,?,?,?,?,?,?,?,?)", place_row(number, place))
        tally.link.executemany("insert or ignore into name values (?, ?, ?)", list(key_rows(number, place)))
        tally.added += 1
    else:
        _add_names(tally.link, held, {exact_key(name) for name in place.names})
        tally.known += 1


def _held(link: sqlite3.Connection, place: NewPlace) -> int | None:
    """The number of the place that this one is, None when it is new."""
    row = link.execute("select number from place where id = ?", (place.id,)).fetchone()
    if row is not None:
        return int(row[0])
    kinds = _SETTLED if place.kind in _SETTLED else (place.kind,)
    far = 2 * precision_of_kind()[place.kind]
    for key in dict.fromkeys(map(exact_key, place.names)):
        near = link.execute(
            "select p.number, p.kind, p.latitude, p.longitude from name n cross join place p on p.number = n.place"
            " where n.key = ? and n.tier < 2 and p.country is ?",
            (key, place.country),
        )
        for number, kind, latitude, longitude in near:
            east = (longitude - place.longitude) * math.cos(math.radians(latitude))
            if kind in kinds and math.hypot(latitude - place.latitude, east) * _KILOMETRES <= far:
                return int(number)
    return None


def _add_names(link: sqlite3.Connection, number: int, keys: set[str]) -> None:
    fresh = {key for key in keys if key.isascii()} - {""}
    fresh = {key for key in fresh if not link.execute("select 1 from name where key = ? and tier < 2 and place = ?", (key, number)).fetchone()}
    if not fresh:
        return
    identity, kind, country = link.execute("select id, kind, country from place where number = ?", (number,)).fetchone()
    link.executemany("insert or ignore into added_name values (?, ?)", [(identity, key) for key in sorted(fresh)])
    named = NewPlace(identity, ("",), kind, country, None, None, 0.0, 0.0, 0.0, 0, "import", tuple(sorted(fresh)))
    link.executemany("insert or ignore into name values (?, ?, ?)", list(key_rows(number, named)))


def carry(old: Path, link: sqlite3.Connection) -> Carried:
    """Add what earlier imports brought into the file `old` to the new one; nothing where there is no such file.

    Raises KnowledgeError when the old file can't be read, for what was imported would be lost unsaid.
    """
    if not old.exists():
        return Carried()
    tally = Tally(link)
    try:
        with closing(sqlite3.connect(f"{old.resolve().as_uri()}?mode=ro", uri=True)) as before:
            if not before.execute("select 1 from sqlite_master where name = 'added_name'").fetchone():
                return Carried()  # of a version that could not import
            sources = before.execute("select hash, name, rows, finished from imported order by name").fetchall()
            link.executemany("insert into imported values (?, ?, ?, ?)", sources)
            for place in _imported(before):
                add(tally, place)
            names: dict[str, set[str]] = defaultdict(set)
            for identity, key in before.execute("select place, key from added_name"):
                names[identity].add(key)
    except sqlite3.DatabaseError as error:
        raise KnowledgeError(f"can't read what was imported into {old} ({error}): build with --fresh to leave it out, and import it again") from error
    for identity, keys in sorted(names.items()):
        row = link.execute("select number from place where id = ?", (identity,)).fetchone()
        if row is not None:
            _add_names(link, row[0], keys)
    return Carried(tuple(source[1] for source in sources), tally.added + tally.known)


def _imported(before: sqlite3.Connection) -> list[NewPlace]:
    """The places of imports with the keys of their names, which fold to the same keys again as the names did."""
    keys: dict[int, list[str]] = defaultdict(list)
    wanted = "select n.place, n.key from name n join place p on p.number = n.place where p.source = 'import' and n.tier < 2 order by n.key"
    for number, key in before.execute(wanted):
        keys[number].append(key)
    held = before.execute(
        "select number, id, name, kind, country, division, county, latitude, longitude, precision, population from place where source = 'import' order by number"
    )
    return [
        NewPlace(identity, (name, *keys[number]), kind, country, division, county, latitude, longitude, precision, population, "import")
        for number, identity, name, kind, country, division, county, latitude, longitude, precision, population in held
    ]
