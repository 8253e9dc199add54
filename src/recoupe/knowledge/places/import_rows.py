"""What does one row of an import say? A line of a GeoNames dump, a line of a flattened Who's On First table, a Who's On First record.

Formats: https://download.geonames.org/export/dump/readme.txt and https://whosonfirst.org/docs/properties/.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import msgspec
from msgspec import Struct, field

from recoupe.knowledge.places.entry import PlaceKind
from recoupe.knowledge.places.names import exact_key
from recoupe.knowledge.places.sources import division_codes, is_name
from recoupe.knowledge.places.store import NewPlace
from recoupe.knowledge.places.tables import precision_of_kind, rows

WOF_COLUMNS = (
    "wof_id", "name", "placetype", "lat", "lon", "country", "region", "county", "geonames_id", "wikidata_id", "population", "geom_source", "names",
)  # fmt: skip
GEONAMES_CELLS = 19
_NO_COUNTRY = ("", "XX", "XY", "XZ")  # Who's On First writes disputed ground and the high seas so


class _Properties(Struct, frozen=True):
    """What is read of a Who's On First record, besides its names."""

    identity: int = field(name="wof:id")
    name: str = field(name="wof:name", default="")
    placetype: str = field(name="wof:placetype", default="")
    latitude: float | None = field(name="geom:latitude", default=None)
    longitude: float | None = field(name="geom:longitude", default=None)
    label_latitude: float | None = field(name="lbl:latitude", default=None)
    label_longitude: float | None = field(name="lbl:longitude", default=None)
    country: str = field(name="iso:country", default="")
    wof_country: str = field(name="wof:country", default="")
    population: int | float | str | None = field(name="wof:population", default=None)
    concordances: dict[str, int | float | str | None] = field(name="wof:concordances", default={})
    superseded_by: tuple[int, ...] = field(name="wof:superseded_by", default=())
    deprecated: str = field(name="edtf:deprecated", default="")
    current: int | str = field(name="mz:is_current", default=1)


class _Record(Struct, frozen=True):
    """A Who's On First record; its properties are read twice, for the names have a key for every language."""

    properties: msgspec.Raw


def from_geonames(line: bytes) -> NewPlace | None:
    """The place of a line of a GeoNames dump, None for a kind that is not kept; raises ValueError with the reason."""
    cells = _cells(line)
    if len(cells) != GEONAMES_CELLS:
        raise ValueError(f"{len(cells)} cells, want {GEONAMES_CELLS}")
    feature = feature_kinds().get(cells[7])
    point = _point(cells[4], cells[5])
    if feature is None:
        return None
    names = (cells[1], *(name for name in (cells[2], *cells[3].split(",")) if is_name(name)))
    division = division_codes().get(f"{cells[8]}.{cells[10]}")
    return _new(f"gn:{int(cells[0])}", names, feature, cells[8], division, point, cells[14])


def from_wof_line(line: bytes) -> NewPlace | None:
    """The place of a line of a flattened Who's On First table, None for its head; raises ValueError with the reason."""
    cells = _cells(line)
    if tuple(cells) == WOF_COLUMNS:
        return None
    if len(cells) != len(WOF_COLUMNS):
        raise ValueError(f"{len(cells)} cells, want {len(WOF_COLUMNS)}")
    row = dict(zip(WOF_COLUMNS, cells, strict=True))
    feature = feature_kinds().get(row["placetype"])
    point = _point(row["lat"], row["lon"])
    if feature is None:
        return None
    others = (name.partition(":")[2] for name in row["names"].split("|"))
    identity = f"gn:{int(row['geonames_id'])}" if row["geonames_id"] else f"wof:{int(row['wof_id'])}"
    return _new(identity, (row["name"], *filter(is_name, others)), feature, row["country"], None, point, row["population"])


def from_wof_record(record: bytes) -> NewPlace | None:
    """The place of a Who's On First record (GeoJSON), None when it is out of date or of no kind that is kept; raises ValueError."""
    try:
        raw = msgspec.json.decode(record, type=_Record).properties
        found = msgspec.json.decode(raw, type=_Properties)
        every: dict[str, Any] = msgspec.json.decode(raw)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error
    feature = feature_kinds().get(found.placetype)
    if feature is None or found.superseded_by or found.deprecated[:1].isdigit() or str(found.current) == "0":
        return None
    labelled = found.label_latitude is not None and found.label_longitude is not None
    pair = (found.label_latitude, found.label_longitude) if labelled else (found.latitude, found.longitude)
    point = _point(*("" if number is None else str(number) for number in pair))
    geonames = str(found.concordances.get("gn:id") or "")
    identity = f"gn:{int(geonames)}" if geonames.isdecimal() else f"wof:{found.identity}"
    names = (found.name, *(name for key, given in every.items() if key.startswith("name:") for name in _texts(given) if is_name(name)))
    return _new(identity, names, feature, found.country or found.wof_country, None, point, str(found.population or ""))


def _texts(given: object) -> Iterator[str]:
    yield from (name.strip() for name in (given if isinstance(given, list) else [given]) if isinstance(name, str) and name.strip())


def _cells(line: bytes) -> list[str]:
    return line.decode("utf-8-sig").rstrip("\r\n").split("\t")


def _new(
    identity: str, names: tuple[str, ...], feature: PlaceKind, country: str, division: str | None, point: tuple[float, float], population: str
) -> NewPlace:  # fmt: skip
    if not exact_key(names[0]):
        raise ValueError("no name")
    people = float(population or 0)
    if not 0 <= people < 1e10:
        raise ValueError(f"population {population!r} is no number of people")
    return NewPlace(
        identity, tuple(dict.fromkeys(names)), feature, _country(country), division, None, *point, precision_of_kind()[feature], int(people), "import"
    )  # fmt: skip


def _country(code: str) -> str | None:
    if code in _NO_COUNTRY:
        return None
    if len(code) != 2 or not (code.isascii() and code.isalpha() and code.isupper()):
        raise ValueError(f"country {code!r} is no code of two capitals")
    return code


def _point(latitude: str, longitude: str) -> tuple[float, float]:
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        raise ValueError(f"({latitude!r}, {longitude!r}) is no point") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180) or not all(map(math.isfinite, point)):
        raise ValueError(f"point {point} lies on no map")
    return point


@cache
def feature_kinds() -> dict[str, PlaceKind]:
    """The kind of place of every feature code of GeoNames and place type of Who's On First that is kept."""
    return {row["code"]: cast("PlaceKind", row["kind"]) for row in rows("features", ("code", "kind"))}
