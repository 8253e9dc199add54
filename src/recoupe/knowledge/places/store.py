"""How is the gazetteer kept on disk? One SQLite file: places, and one table of keys for all three ways of matching a name."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places.entry import MatchedBy, PlaceKind
from recoupe.knowledge.places.names import consonant_key, exact_key, folded_key
from recoupe.knowledge.places.tables import transcribed_countries

FORMAT = 2
MATCHES: tuple[MatchedBy, ...] = ("exact", "alternate", "folded", "consonant")
PATIENCE = 5.0  # seconds to wait for another program that writes to the file
FOLDED, CONSONANT = "~", "*"  # what a key of the looser kinds begins with

_SCHEMA = """
create table meta (key text primary key, value text not null) without rowid;
create table place (
  number integer primary key, id text not null unique, name text not null, kind text not null, country text, division text, county text,
  latitude real not null, longitude real not null, precision real not null, population integer not null, capital integer not null,
  source text not null
);
create table name (key text not null, tier integer not null, place integer not null, primary key (key, tier, place)) without rowid;
create table imported (hash text primary key, name text not null, rows integer not null, finished integer not null) without rowid;
create table added_name (place text not null, key text not null, primary key (place, key)) without rowid;
"""


class NewPlace(Struct, frozen=True):
    """A place as a source gives it, with every name it is known by; the first is the main one."""

    id: str
    names: tuple[str, ...]
    kind: PlaceKind
    country: str | None
    division: str | None
    county: str | None
    latitude: float
    longitude: float
    precision_km: float
    population: int
    source: str
    aliases: tuple[str, ...] = ()
    capital: bool = False


def connect(path: Path, *, write: bool = False) -> sqlite3.Connection:
    """The open file, read-only unless `write`; raises KnowledgeError when it is no gazetteer of this format."""
    if not path.is_file():
        raise KnowledgeError(f"no gazetteer at {path}: run `recoupe places build`")
    try:
        link = sqlite3.connect(f"{path.resolve().as_uri()}?mode={'rw' if write else 'ro'}", uri=True, timeout=PATIENCE, check_same_thread=False)
        found = link.execute("select value from meta where key = 'format'").fetchone()
    except sqlite3.DatabaseError as error:
        raise KnowledgeError(f"{path} is no gazetteer ({error}): run `recoupe places build`") from error
    if found is None or found[0] != str(FORMAT):
        link.close()
        raise KnowledgeError(f"{path} has gazetteer format {found and found[0]}, not {FORMAT}: run `recoupe places build`")
    link.executescript("pragma mmap_size = 268435456; pragma cache_size = -32000")
    return link


def create(path: Path) -> sqlite3.Connection:
    """A new empty file, tuned for being written once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    link = sqlite3.connect(path)
    link.executescript("pragma page_size = 4096; pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -200000;" + _SCHEMA)
    link.execute("insert into meta values ('format', ?)", (str(FORMAT),))
    link.commit()
    return link


def place_row(number: int, place: NewPlace) -> tuple[object, ...]:
    """The row of a place."""
    return (
        number, place.id, place.names[0], place.kind, place.country, place.division, place.county,
        round(place.latitude, 5), round(place.longitude, 5), place.precision_km, place.population, int(place.capital), place.source,
    )  # fmt: skip


def key_rows(number: int, place: NewPlace) -> Iterator[tuple[str, int, int]]:
    """The rows (key, tier, place) of a place's names.

    The looser keys are kept only where names reach us through a transcription: elsewhere they would only invent likenesses.
    """
    main = exact_key(place.names[0])
    exact = {key for name in place.names if (key := exact_key(name)) and key.isascii()}
    alternate = {key for name in place.aliases if (key := exact_key(name)) and key.isascii()} - exact
    yield from ((key, 0 if key == main or place.source == "supplement" else 1, number) for key in sorted(exact))
    yield from ((key, 1, number) for key in sorted(alternate))
    if place.country is not None and place.country not in transcribed_countries():
        return
    folded = {_folded(key) for key in exact | alternate}
    yield from ((FOLDED + key, 2, number) for key in sorted(folded) if len(key) > 2)
    if place.kind in ("country", "continent", "border", "region"):
        return
    consonants = {_consonants(key) for key in exact | alternate}
    yield from ((CONSONANT + key, 3, number) for key in sorted(consonants) if len(key) > 2)


@cache
def _folded(key: str) -> str:
    return folded_key(key)


@cache
def _consonants(key: str) -> str:
    return consonant_key(key)


def write(link: sqlite3.Connection, places: Iterable[NewPlace], first: int) -> tuple[int, int]:
    """Write places in their order, numbered from `first`; the next number and the count of names are returned."""
    number, names = first, 0
    rows: list[tuple[object, ...]] = []
    keys: list[tuple[str, int, int]] = []
    for place in places:
        rows.append(place_row(number, place))
        keys.extend(key_rows(number, place))
        number += 1
    keys.sort()
    link.executemany("insert into place values (?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    link.executemany("insert or ignore into name values (?,?,?)", keys)
    names += len(keys)
    return number, names


def content_hash(link: sqlite3.Connection) -> str:
    """SHA-256 of all places and keys: the same packages give the same content wherever the file is built."""
    digest = hashlib.sha256()
    for query in ("select * from place order by number", "select * from name order by key, tier, place"):
        for row in link.execute(query):
            digest.update(repr(row).encode())
    return digest.hexdigest()
