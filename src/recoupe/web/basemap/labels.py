"""What is written on the map, from which zoom? Countries, divisions, disputed territories, waters and deserts, and towns by their population."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel import Locale
from msgspec import Struct

from recoupe.knowledge.places.store import connect
from recoupe.knowledge.places.tables import TABLES, rows
from recoupe.web.basemap.disputes import read_territories
from recoupe.web.basemap.sources import Country
from recoupe.web.basemap.tables import read_table

_TABLE = ("id", "kind", "country", "lat", "lon", "precision_km", "name", "fr", "en", "other", "source")
_TOWN_ZOOMS = ((5_000_000, 3.0), (1_000_000, 4.0), (300_000, 5.0), (100_000, 6.0), (30_000, 7.0), (8_000, 8.0), (2_000, 9.0))
_CAPITAL_ZOOM = 4.0
_SEAT = 100_000  # inhabitants from which a seat of government shows before other towns of its size
_SMALLEST_ZOOM = 10.0  # of places smaller than all these
_LARGE = 300_000  # inhabitants from which CLDR's name of a town is meant, not a namesake's
_DIVISION_ZOOM = 6.0
_WATERS = ("sea", "strait", "lake", "river", "desert", "mountain", "island")
_WIDE = ((3000.0, 1.0), (1000.0, 3.0), (350.0, 5.0), (100.0, 6.0), (30.0, 7.0))  # km of a named water or desert, zoom of its label


class Label(Struct, frozen=True, gc=False):
    """A name at a point, shown from a zoom on; `fr` is None where French says it as English does; `population` 0 where it counts for nothing."""

    layer: str
    kind: str
    longitude: float
    latitude: float
    zoom: float
    en: str
    fr: str | None = None
    population: int = 0


class TownName(Struct, frozen=True):
    """What a town of GeoNames is called in our languages; one without names is not shown, and the source says why."""

    country: str
    name: str
    en: str
    fr: str
    source: str


def gather_countries(countries: Iterable[Country]) -> Iterator[Label]:
    """The labels of countries and of disputed territories."""
    yield from (_country(country) for country in countries if country.iso)
    for row in read_territories():
        yield Label("labels", "disputed", row.longitude, row.latitude, row.zoom, row.en, _other(row.fr, row.en))


def gather_places(gazetteer: Path) -> Iterator[Label]:
    """The labels that the gazetteer's file gives: towns, divisions, waters, deserts. Raises KnowledgeError when it can't be read."""
    link = connect(gazetteer)
    try:
        yield from _places(link)
    finally:
        link.close()


def _country(country: Country) -> Label:
    """Of the two names that CLDR and Natural Earth give, the shorter one: "Chine", "Palestine"."""
    iso = country.iso or ""
    fr, en = (min((_territories(code).get(iso) or name, name), key=len) for code, name in (("fr", country.fr), ("en", country.en)))
    return Label("labels", "country", country.longitude, country.latitude, max(country.zoom, 2.0), en, _other(fr[:1].upper() + fr[1:], en))


def _places(link: sqlite3.Connection) -> Iterator[Label]:
    french, ours = _french_names(), {(row.country, row.name): row for row in read_table("town_names.tsv", TownName)}
    every = "select id, name, kind, country, latitude, longitude, precision, population, capital from place order by population desc, id"
    seats, cities = _french_seats(), _french_cities()
    for key, name, kind, country, latitude, longitude, precision, population, capital in link.execute(every):
        fr, en = french.get(key, (None, None))
        if kind in ("town", "village"):
            told = ours.get((country, name))
            if told is not None and not told.en:
                continue
            national = bool(capital)
            zoom = min(_town_zoom(population), _CAPITAL_ZOOM if national and population >= _SEAT else _SMALLEST_ZOOM)
            fr = (told.fr if told else fr) or seats.get((country, name)) or (cities.get(name) if population >= _LARGE else None)
            en = (told.en if told else en) or name.split(" (")[0]
            yield Label("places", "capital" if national else kind, longitude, latitude, zoom, en, _other(fr, en), population)
        elif kind == "division":
            yield Label("labels", kind, longitude, latitude, _DIVISION_ZOOM, en or name, _other(fr, en or name))
        elif kind in _WATERS:
            zoom = next((zoom for width, zoom in _WIDE if precision >= width), 8.0)
            yield Label("labels", kind, longitude, latitude, zoom, en or name, _other(fr, en or name))


def _town_zoom(population: int) -> float:
    return next((zoom for least, zoom in _TOWN_ZOOMS if population >= least), _SMALLEST_ZOOM)


@cache
def _french_names() -> dict[str, tuple[str | None, str | None]]:
    """The first French and English name of each place of our tables, by its id."""
    named = (row for table in TABLES for row in rows(table, _TABLE))
    return {row["id"]: (row["fr"].split("|")[0] or None, row["en"].split("|")[0] or None) for row in named}


@cache
def _french_seats() -> dict[tuple[str | None, str], str]:
    """What French calls a town after which a division of our tables is named (Alep), by country and English name."""
    named = (row for row in rows("divisions", _TABLE))
    pairs = ((row["country"], row["en"].split("|")[0], row["fr"].split("|")[0]) for row in named)
    return {(country, en): fr for country, en, fr in pairs if fr and en and " " not in fr}


@cache
def _french_cities() -> dict[str, str]:
    """What French calls a large town, by its English name: CLDR's exemplar cities of time zones (Le Caire)."""
    english, french = (Locale(code).time_zones for code in ("en", "fr"))
    cities = {english.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " "): names.get("city") for zone, names in french.items()}
    return {en: fr for en, fr in cities.items() if fr}


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale(language).territories)


def _other(fr: str | None, en: str) -> str | None:
    return fr if fr and fr != en else None
