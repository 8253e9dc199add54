"""What is on each tile of the map? Lines and areas cut to the tile and simplified for its zoom, labels that may show there, as Mapbox Vector Tiles.

Tiles are those of the Web Mercator pyramid; MVT 2.1 with 4096 units to a side, 256 pixels wide on the screen at their own zoom.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely
from msgspec import Struct
from numpy.typing import NDArray

from recoupe.web.basemap.labels import Label

LAST_ZOOM = 7  # the map is drawn beyond it from these tiles: Natural Earth's 1:10m is no finer
EXTENT = 4096
_MARGIN = 96 / EXTENT  # of a tile's side: so much of the neighbours is drawn too, so that lines and circles are not cut at the edge
_TOLERANCE = 6 / EXTENT  # of a tile's side, about a third of a pixel: what simplifying may move
_SMALLEST = 3 / EXTENT  # of a tile's side: areas and lines smaller than it are left out
_NORTHMOST = 85.0511287798  # degrees where Web Mercator ends

Geometries = NDArray[np.object_]
Properties = dict[str, str | float]


class Layer(Struct, frozen=True):
    """Lines (of 1 dimension) or areas (2) in Web Mercator (the world is 1 × 1, y grows southwards), with properties and the zoom from which each shows."""

    name: str
    dimensions: int
    geometries: Geometries
    properties: tuple[Properties, ...]
    zooms: NDArray[np.float64]


class Points(Struct, frozen=True):
    """Labels in Web Mercator, most important first."""

    at: NDArray[np.float64]
    zooms: NDArray[np.float64]
    labels: tuple[Label, ...]


class Tile(Struct, frozen=True):
    """One tile's place in the pyramid and its content."""

    zoom: int
    x: int
    y: int
    content: bytes


def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees (longitude, latitude) to Web Mercator in 0…1, y southwards.

    >>> project(np.array([[0.0, 0.0], [180.0, 85.0511287798]])).round(6).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    latitude = np.radians(np.clip(points[:, 1], -_NORTHMOST, _NORTHMOST))
    return np.column_stack((points[:, 0] / 360 + 0.5, 0.5 - np.log(np.tan(math.pi / 4 + latitude / 2)) / (2 * math.pi)))


def cut(layers: tuple[Layer, ...], points: Points, last: int = LAST_ZOOM) -> Iterator[Tile]:
    """Every tile that holds anything, from the whole world down to zoom `last`."""
    yield from _descend((0, 0, 0), layers, points, last)


def _descend(place: tuple[int, int, int], layers: tuple[Layer, ...], points: Points, last: int) -> Iterator[Tile]:
    zoom, x, y = place
    here = tuple(part for layer in layers if len((part := _clip(layer, place)).geometries))
    labels = _within(points, place)
    content = _encode(here, labels, place, last)
    if content:
        yield Tile(zoom, x, y, content)
    if zoom < last and (here or labels.labels):
        for down, right in ((0, 0), (0, 1), (1, 0), (1, 1)):
            yield from _descend((zoom + 1, 2 * x + right, 2 * y + down), here, labels, last)


def _box(place: tuple[int, int, int]) -> tuple[float, float, float, float]:
    zoom, x, y = place
    side = 2.0**-zoom
    return (x - _MARGIN) * side, (y - _MARGIN) * side, (x + 1 + _MARGIN) * side, (y + 1 + _MARGIN) * side


def _clip(layer: Layer, place: tuple[int, int, int]) -> Layer:
    box = _box(place)
    bounds = shapely.bounds(layer.geometries)
    near = np.flatnonzero((bounds[:, 0] <= box[2]) & (bounds[:, 2] >= box[0]) & (bounds[:, 1] <= box[3]) & (bounds[:, 3] >= box[1]))
    inside, whole = shapely.get_parts(shapely.clip_by_rect(layer.geometries[near], *box), return_index=True)
    # What only touches the box leaves points and, of areas, lines.
    kept = (shapely.get_dimensions(inside) == layer.dimensions) & ~shapely.is_empty(inside)
    of = near[whole[kept]]
    return Layer(layer.name, layer.dimensions, inside[kept], tuple(layer.properties[n] for n in of), layer.zooms[of])


def _within(points: Points, place: tuple[int, int, int]) -> Points:
    west, north, east, south = _box(place)
    kept = np.flatnonzero((points.at[:, 0] >= west) & (points.at[:, 0] < east) & (points.at[:, 1] >= north) & (points.at[:, 1] < south))
    return Points(points.at[kept], points.zooms[kept], tuple(points.labels[n] for n in kept))


def _encode(layers: tuple[Layer, ...], points: Points, place: tuple[int, int, int], last: int) -> bytes:
    zoom, x, y = place
    side = 2.0**-zoom
    shown: dict[str, list[dict[str, Any]]] = {}
    for layer in layers:
        features = shown.setdefault(layer.name, [])
        now = np.flatnonzero(layer.zooms <= (zoom if zoom < last else math.inf))
        drawn = _to_tile(shapely.simplify(layer.geometries[now], _TOLERANCE * side), place)
        big = shapely.length(drawn) >= _SMALLEST * EXTENT
        features.extend({"geometry": drawn[n], "properties": layer.properties[now[n]]} for n in np.flatnonzero(big))
    now = np.flatnonzero(points.zooms <= (zoom + 1 if zoom < last else math.inf))
    at = ((points.at[now] / side - (x, y)) * EXTENT).round().astype(int)
    for (right, down), number in zip(at.tolist(), now, strict=True):
        label = points.labels[number]
        shown.setdefault(label.layer, []).append({"geometry": shapely.Point(right, down), "properties": _properties(label)})
    filled = [{"name": name, "features": features} for name, features in shown.items() if features]
    if not filled:
        return b""
    content: bytes = mapbox_vector_tile.encode(filled, default_options={"y_coord_down": True, "extents": EXTENT})
    return content


def _to_tile(geometries: Geometries, place: tuple[int, int, int]) -> Geometries:
    zoom, x, y = place
    moved: Geometries = shapely.transform(geometries, lambda points: ((points * 2.0**zoom - (x, y)) * EXTENT).round())
    return moved


def _properties(label: Label) -> Properties:
    shown: Properties = {"kind": label.kind, "en": label.en, "zoom": label.zoom}
    if label.fr:
        shown["fr"] = label.fr
    if label.population:
        shown["population"] = label.population
    return shown
