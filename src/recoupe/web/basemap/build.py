"""How is the basemap made? From packages that carry Natural Earth and GSHHG, and from our gazetteer, into one PMTiles archive that replaces the old one at the end."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from importlib import metadata, resources
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import shapely
from msgspec import Struct
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places import default_path as gazetteer_path
from recoupe.web.basemap.disputes import Dispute, Sides, find_disputed, read_disputes
from recoupe.web.basemap.labels import gather_countries, gather_places
from recoupe.web.basemap.rivers import rank_rivers
from recoupe.web.basemap.shapes import Record
from recoupe.web.basemap.sources import ATTRIBUTION, Shapes, fetch, packages, read_sources
from recoupe.web.basemap.tables import TABLES
from recoupe.web.basemap.tiles import LAST_ZOOM, Layer, Points, Properties, Tile, cut, project

Progress = Callable[[str, int, int], None]
STEPS = ("packages", "shapes", "labels", "tiles", "writing")
LARGEST = 20_000_000  # bytes of the archive
_MODULES = ("build", "disputes", "labels", "rivers", "shapes", "sources", "tables", "tiles")
_TOOLS = ("babel", "mapbox-vector-tile", "pmtiles", "shapely")
_DIVISIONS_ZOOM = 5.0


class BuildReport(Struct, frozen=True):
    """What a build wrote: tiles, lines drawn as disputed, labels by kind, the file's size in bytes, the seconds it took, the hash of its content."""

    tiles: int
    disputed: int
    labels: dict[str, int]
    bytes: int
    seconds: float
    content: str


def build_basemap(path: Path, folder: Path | None = None, progress: Progress | None = None) -> BuildReport:
    """Build the archive at `path` from the packages in `folder`, or from the registry where none is named; `progress` hears (step, done, in all).

    The same packages, tables and gazetteer give the same content. Raises KnowledgeError when the packages can't be had, the gazetteer is missing,
    a disputed line is not found or the file can't be written.
    """
    began = time.perf_counter()
    tell = progress or (lambda step, done, steps: None)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="recoupe-basemap-") as own:
            tell("packages", 0, len(STEPS))
            if folder is None:
                fetch(Path(own))
            tell("shapes", 1, len(STEPS))
            shapes = read_sources(folder or Path(own))
        report = _fill(beside, shapes, tell)
        beside.replace(path)
    except OSError as error:
        raise KnowledgeError(f"can't write the basemap to {path}: {error}") from error
    finally:
        beside.unlink(missing_ok=True)
    return msgspec.structs.replace(report, bytes=path.stat().st_size, seconds=time.perf_counter() - began)


@cache
def recipe(gazetteer: Path) -> str:
    """The hash of what a build is made of: packages, tools, tables, the code, and what the gazetteer gives it. A file of another recipe is out of date.

    Raises KnowledgeError when the gazetteer can't be read.
    """
    tools = "".join(f"{name} {metadata.version(name)}\n" for name in _TOOLS)
    digest = hashlib.sha256(f"{packages()}{tools}".encode())
    here = resources.files("recoupe.web.basemap")
    for file in (*(here.joinpath(f"{module}.py") for module in _MODULES), *(here.joinpath("data", table) for table in TABLES)):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    digest.update(msgspec.msgpack.encode(list(gather_places(gazetteer))))
    return digest.hexdigest()


def _fill(path: Path, shapes: Shapes, tell: Progress) -> BuildReport:
    rows, sides = read_disputes(), Sides(shapes.countries)
    borders = find_disputed("borders", shapes.borders, sides, rows)
    divisions = find_disputed("divisions", shapes.divisions, sides, rows)
    courses, zooms = rank_rivers(project(line) for line in shapes.rivers)
    layers = (
        _areas("land", shapes.land),
        _areas("lakes", shapes.lakes),
        Layer("rivers", 1, courses, tuple({"zoom": zoom} for zoom in zooms.tolist()), zooms - 1),
        _lines("divisions", shapes.divisions, divisions, _DIVISIONS_ZOOM),
        _lines("borders", shapes.borders, borders, 0.0),
    )
    tell("labels", 2, len(STEPS))
    gazetteer = gazetteer_path()
    every = chain(gather_countries(shapes.countries), gather_places(gazetteer))
    labels = sorted(every, key=lambda label: (label.zoom, -label.population, label.en, label.longitude))
    points = Points(
        project(np.array([(label.longitude, label.latitude) for label in labels])), np.array([label.zoom for label in labels]), tuple(labels)
    )
    tell("tiles", 3, len(STEPS))
    tiles = {zxy_to_tileid(tile.zoom, tile.x, tile.y): tile for tile in cut(layers, points)}
    tell("writing", 4, len(STEPS))
    content = _write(path, tiles)
    tell("writing", 5, len(STEPS))
    counted = dict(sorted(Counter(label.kind for label in labels).items()))
    return BuildReport(len(tiles), len(borders) + len(divisions), counted, 0, 0.0, content)


def _write(path: Path, tiles: dict[int, Tile]) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        writer: Any = Writer(file)  # type: ignore[no-untyped-call]
        for number in sorted(tiles):
            packed = gzip.compress(tiles[number].content, 9, mtime=0)
            digest.update(number.to_bytes(8, "big") + tiles[number].content)
            writer.write_tile(number, packed)
        bounds = {"min_lon_e7": -1_800_000_000, "min_lat_e7": -850_000_000, "max_lon_e7": 1_800_000_000, "max_lat_e7": 850_000_000}
        head = {
            "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_zoom": 0, "max_zoom": LAST_ZOOM, **bounds,
            "center_zoom": 3, "center_lon_e7": 200_000_000, "center_lat_e7": 250_000_000,
        }  # fmt: skip
        layers: list[dict[str, Any]] = [
            {"id": name, "fields": {}} for name in ("land", "lakes", "rivers", "divisions", "borders", "places", "labels")
        ]
        about = {
            "name": "Recoupe",
            "attribution": ATTRIBUTION,
            "recipe": recipe(gazetteer_path()),
            "content": digest.hexdigest(),
            "vector_layers": layers,
        }
        writer.finalize(head, about)
    return digest.hexdigest()


def _areas(name: str, records: Iterable[Record]) -> Layer:
    """Each polygon by itself: the rings of a record are its outline and, turning the other way, its holes."""
    held: list[shapely.Geometry] = []
    for record in records:
        rings = [ring for ring in map(project, record) if len(ring) > 3]
        filled = shapely.make_valid([shapely.polygons(ring) for ring in rings])
        # Outlines run clockwise with the north above; here y grows southwards.
        inward = np.array([not shapely.is_ccw(shapely.linearrings(ring)) for ring in rings], dtype=bool)
        holes = shapely.union_all(filled[inward])
        held.extend(filled[~inward] if shapely.is_empty(holes) else shapely.difference(filled[~inward], holes))
    geometries = np.array(held, dtype=object)
    return Layer(name, 2, geometries, ({},) * len(held), np.zeros(len(held)))


def _lines(name: str, records: tuple[Record, ...], disputed: dict[int, Dispute], zoom: float) -> Layer:
    parts = [(n, line) for n, record in enumerate(records) for line in record if len(line) > 1]
    geometries = np.array([shapely.linestrings(project(line)) for _, line in parts], dtype=object)
    kinds = tuple(_told(disputed.get(n)) for n, _ in parts)
    zooms = np.array([0.0 if n in disputed else zoom for n, _ in parts])
    return Layer(name, 1, geometries, kinds, zooms)


def _told(row: Dispute | None) -> Properties:
    return {"kind": "line"} if row is None else {"kind": "disputed", "status": row.status, "fr": row.fr, "en": row.en}
