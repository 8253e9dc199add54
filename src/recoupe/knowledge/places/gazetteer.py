"""Which places bear a name? Read-only look-ups in the gazetteer file."""

from __future__ import annotations

import math
import os
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from recoupe.knowledge.places.entry import PlaceEntry
from recoupe.knowledge.places.filter import read_filter
from recoupe.knowledge.places.names import consonant_key, exact_key, folded_key
from recoupe.knowledge.places.store import CONSONANT, FOLDED, MATCHES, connect

_COLUMNS = "p.id, p.name, p.kind, p.country, p.division, p.county, p.latitude, p.longitude, p.precision, p.population, p.capital"
_FIND = f"select {_COLUMNS}, n.tier from name n cross join place p on p.number = n.place where n.key = ?"  # noqa: S608 - no input in it
_RANK = {"country": 6.0, "continent": 12.0, "sea": 10.0, "region": 8.5, "border": 8.0, "division": -3.0, "river": 8.0, "strait": 8.0, "island": 5.0, "mountain": 3.0, "county": -0.5, "quarter": -2.0, "airport": -3.0}  # fmt: skip
_LARGE = 300_000  # inhabitants
_KEPT = 20_000  # look-ups remembered


class Gazetteer:
    """An open gazetteer; find() is safe from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`; raises KnowledgeError when it is missing or no gazetteer."""
        self.path = path
        self._link: sqlite3.Connection = connect(path)
        self._held = read_filter(self._link)
        self._seen: dict[str, tuple[PlaceEntry, ...]] = {}

    def find(self, name: str) -> tuple[PlaceEntry, ...]:
        """The places of a name, most important first: those spelt so, else those whose spelling folds to the same key."""
        return self._at(exact_key(name)) or self.find_folded(name)

    def find_exact(self, name: str) -> tuple[PlaceEntry, ...]:
        """The places spelt so but for accents, case and marks, most important first."""
        return self._at(exact_key(name))

    def find_folded(self, name: str) -> tuple[PlaceEntry, ...]:
        """The places whose spelling folds to the same key, most important first."""
        key = folded_key(name)
        return self._at(FOLDED + key) if len(key) > 2 else ()

    def find_like(self, name: str, country: str) -> tuple[PlaceEntry, ...]:
        """The places of a country whose names have the same consonants, most important first."""
        key = consonant_key(name)
        return tuple(entry for entry in self._at(CONSONANT + key) if entry.country == country) if len(key) > 2 else ()

    def _at(self, key: str) -> tuple[PlaceEntry, ...]:
        found = self._seen.get(key)
        if found is None:
            if self._held.lacks(key):
                return ()
            entries = [_entry(*row) for row in self._link.execute(_FIND, (key,)).fetchall()]
            if len(entries) > 1:
                entries.sort(key=lambda entry: (-importance(entry), entry.id))
            found = tuple(entries)
            if len(self._seen) >= _KEPT:
                self._seen.clear()
            self._seen[key] = found
        return found

    def by_id(self, place: str) -> PlaceEntry | None:
        """The place of an id, None when there is none."""
        row = self._link.execute(f"select {_COLUMNS} from place p where p.id = ?", (place,)).fetchone()  # noqa: S608
        return None if row is None else _entry(*row, 0)

    def borders_of(self, country: str) -> Mapping[str, PlaceEntry]:
        """The borders of a country by the codes of its neighbours."""
        return self._borders.get(country, {})

    @cached_property
    def _borders(self) -> dict[str, dict[str, PlaceEntry]]:
        found: dict[str, dict[str, PlaceEntry]] = defaultdict(dict)
        for row in self._link.execute(f"select {_COLUMNS} from place p where p.id > 'border:' and p.id < 'border;' order by p.id"):  # noqa: S608
            entry = _entry(*row, 0)
            first, _, second = entry.id.removeprefix("border:").partition("-")
            found[first][second] = found[second][first] = entry
        return dict(found)

    @cached_property
    def openings(self) -> frozenset[str]:
        """The words without a capital that names of places begin with ("mer", "bande")."""
        return frozenset(self.about().get("openings", "").split())

    def each_key(self) -> Iterator[str]:
        """The exact keys of all names, in order."""
        yield from (key for (key,) in self._link.execute("select distinct key from name where tier < 2 order by key"))

    def about(self) -> dict[str, str]:
        """What the file says of itself: format, content hash, packages, and how far which imports were read."""
        imports = self._link.execute("select name, hash, rows from imported order by hash").fetchall()
        return dict(self._link.execute("select key, value from meta order by key").fetchall()) | {
            f"imported:{name}": f"{rows} rows of {digest}" for name, digest, rows in imports
        }

    def close(self) -> None:
        """Close the file."""
        self._link.close()


def _entry(*row: Any) -> PlaceEntry:
    *fields, capital, tier = row
    return PlaceEntry(*(*fields, bool(capital), MATCHES[tier]))


def importance(entry: PlaceEntry) -> float:
    """How likely a bare name means this place before anything else is known: ln of its population, with a bonus by kind.

    Other names of a large city are what other languages call it; those of a small place are mostly former or mistaken ones.
    """
    size = math.log(max(entry.population, 100))
    other = 0.0 if entry.matched != "alternate" else 1.0 if entry.population >= _LARGE else 4.0
    return size + _RANK.get(entry.kind, 0.0) - other


def default_path() -> Path:
    """Where the gazetteer is built: RECOUPE_PLACES, or share/recoupe/places.sqlite of the environment."""
    named = os.environ.get("RECOUPE_PLACES")
    return Path(named) if named else Path(sys.prefix) / "share" / "recoupe" / "places.sqlite"


def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """Open the gazetteer at `path` or the default place; raises KnowledgeError saying what to do when it is missing.

    >>> from pathlib import Path
    >>> open_gazetteer(Path("nowhere.sqlite"))
    Traceback (most recent call last):
    recoupe.errors.KnowledgeError: no gazetteer at nowhere.sqlite: run `recoupe places build`
    """
    return Gazetteer(path or default_path())
