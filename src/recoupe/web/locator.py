"""Where is it? A small picture of the place that stands in a page by itself: land, waters, borders, names, and the circle that is meant.

Drawn from the basemap; where there is none, on a net of meridians and parallels alone. Disputed lines are broken ones, as on the map.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from recoupe.model import EventPlace, Language
from recoupe.web.basemap.archive import default_path
from recoupe.web.tiles import LAST_ZOOM, Feature, TileArchive

WIDTH, HEIGHT = 560, 340
WIDEST_VIEW, NARROWEST_VIEW = 6000.0, 380.0  # kilometres across
_EQUATOR = 40_075.0
_NORTHMOST = 85.0
_TILE = 256
_NAMES = 14  # towns that are named
_LETTER, _LINE = 6.3, 13  # pixels that a letter and a line of a name take, about
_SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_AREAS = ("land", "lakes")
_DRAWN = ("land", "rivers", "lakes", "divisions", "borders")


class Shape(Struct, frozen=True):
    """A path of one kind: land, lakes, rivers, divisions, borders, disputed or net."""

    kind: str
    path: str


class Name(Struct, frozen=True):
    """A name and where it stands; a town has a dot there."""

    text: str
    x: float
    y: float
    town: bool


class Locator(Struct, frozen=True):
    """The picture in pixels: shapes from the lowest to the highest, names, the place in the middle, the circle that is meant, and a scale."""

    shapes: tuple[Shape, ...]
    names: tuple[Name, ...]
    radius: float
    scale_km: int
    scale: float
    drawn_from: str

    @property
    def middle(self) -> tuple[float, float]:
        """Where the place is."""
        return WIDTH / 2, HEIGHT / 2


class _View(Struct, frozen=True):
    """Pixels of the picture: the world's width in them, and where its north-western corner lies."""

    world: float
    left: float
    top: float
    km: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        x, y = _mercator(longitude, latitude)
        return x * self.world - self.left, y * self.world - self.top


def open_basemap(path: Path | None = None) -> TileArchive | None:
    """The basemap to draw from, None where there is none; raises KnowledgeError where the file is no basemap."""
    place = path or default_path()
    return TileArchive(place) if place.is_file() else None


def locate(place: EventPlace | None, language: Language, archive: TileArchive | None) -> Locator | None:
    """The picture of a place, None where it isn't known; raises KnowledgeError where the basemap is damaged."""
    if place is None or place.latitude is None or place.longitude is None:
        return None
    view = _view(place.longitude, place.latitude, place.precision_km or 0.0)
    features = tuple(_features(archive, view)) if archive is not None else ()
    shapes = tuple(_shapes(features)) if archive is not None else (Shape("net", _net(view)),)
    middle = _mercator(place.longitude, place.latitude)
    own = (middle[0] * view.world - view.left, middle[1] * view.world - view.top)
    names = tuple(_names(features, language, own))
    scale = max((each for each in _SCALES if each / view.km <= WIDTH / 4), default=_SCALES[0])
    return Locator(
        shapes, names, round((place.precision_km or 0.0) / view.km, 1), scale, round(scale / view.km, 1), "net" if archive is None else "basemap"
    )


class _Placed(Struct, frozen=True):
    """A feature of a tile with its lines in pixels of the picture."""

    feature: Feature
    lines: tuple[tuple[tuple[float, float], ...], ...]


def _view(longitude: float, latitude: float, precision: float) -> _View:
    across = min(WIDEST_VIEW, max(NARROWEST_VIEW, 5 * precision))
    km = across / WIDTH
    world = _EQUATOR * math.cos(math.radians(max(-_NORTHMOST, min(_NORTHMOST, latitude)))) / km
    x, y = _mercator(longitude, latitude)
    return _View(world, x * world - WIDTH / 2, y * world - HEIGHT / 2, km)


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees in Web Mercator, where the world is 1 by 1 and y grows southwards.

    >>> _mercator(0.0, 0.0)
    (0.5, 0.5)
    """
    held = math.radians(max(-_NORTHMOST, min(_NORTHMOST, latitude)))
    return longitude / 360 + 0.5, round(0.5 - math.log(math.tan(math.pi / 4 + held / 2)) / (2 * math.pi), 12)


def _features(archive: TileArchive, view: _View) -> Iterator[_Placed]:
    zoom = max(0, min(LAST_ZOOM, round(math.log2(view.world / _TILE))))
    many = 1 << zoom
    side = view.world / many
    for x in range(math.floor(view.left / side), math.floor((view.left + WIDTH) / side) + 1):
        for y in range(max(0, math.floor(view.top / side)), min(many - 1, math.floor((view.top + HEIGHT) / side)) + 1):
            for feature in archive.features(zoom, x % many, y):
                factor = side / feature.extent
                lines = tuple(
                    tuple((right * factor + x * side - view.left, down * factor + y * side - view.top) for right, down in line)
                    for line in feature.lines
                )
                yield _Placed(feature, lines)


def _shapes(features: Iterable[_Placed]) -> Iterator[Shape]:
    paths: dict[str, list[str]] = {kind: [] for kind in (*_DRAWN, "disputed")}
    for placed in features:
        layer = placed.feature.layer
        if layer not in _DRAWN:
            continue
        kind = "disputed" if placed.feature.properties.get("kind") == "disputed" else layer
        paths[kind].extend(_path(line, closed=layer in _AREAS) for line in placed.lines if _seen(line))
    return (Shape(kind, "".join(parts)) for kind, parts in paths.items() if parts)


def _seen(line: Iterable[tuple[float, float]]) -> bool:
    """Whether a line may show in the picture."""
    points = tuple(line)
    return (
        min(x for x, _ in points) <= WIDTH
        and max(x for x, _ in points) >= 0
        and min(y for _, y in points) <= HEIGHT
        and max(y for _, y in points) >= 0
    )


def _path(line: Iterable[tuple[float, float]], *, closed: bool) -> str:
    """A line as SVG writes it, rounded to half pixels, without the steps that are then none."""
    found: list[str] = []
    for x, y in line:
        step = f"{round(2 * x) / 2:g} {round(2 * y) / 2:g}"
        if not found or found[-1] != step:
            found.append(step)
    return "M" + "L".join(found) + ("Z" if closed else "")


def _names(features: Iterable[_Placed], language: Language, own: tuple[float, float]) -> Iterator[Name]:
    """The greatest towns and the countries, as many as find room; what lies at the place itself is left to its own name."""
    wanted = []
    for placed in features:
        properties, layer = placed.feature.properties, placed.feature.layer
        text = str(properties.get(language) or properties.get("en") or "")
        kind = properties.get("kind")
        if text and placed.lines and (layer == "places" or (layer == "labels" and kind == "country")):
            (x, y) = placed.lines[0][0]
            wanted.append((-(float(properties.get("population") or 0)), text, x, y, layer == "places"))
    taken = [(own[0] - 60, own[1] - 14, own[0] + 60, own[1] + 14)]
    shown = 0
    for _, text, x, y, town in sorted(set(wanted)):
        width = len(text) * _LETTER
        box = (x - 4, y - _LINE / 2, x + width + 8, y + _LINE / 2) if town else (x - width / 2, y - _LINE / 2, x + width / 2, y + _LINE / 2)
        inside = box[0] > 4 and box[2] < WIDTH - 4 and box[1] > 4 and box[3] < HEIGHT - 22
        if inside and shown < _NAMES and not any(_meet(box, other) for other in taken):
            taken.append(box)
            shown += 1
            yield Name(text, round(x, 1), round(y, 1), town)


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _net(view: _View) -> str:
    """Meridians and parallels, as many as say where one is."""
    degrees = WIDTH / view.world * 360
    step = next((each for each in (0.25, 0.5, 1, 2, 5, 10, 15, 30) if degrees / each <= 8), 45)
    west = view.left / view.world * 360 - 180
    lines = [f"M{view.at(step * n, 0)[0]:.1f} 0V{HEIGHT}" for n in range(math.ceil(west / step), math.floor((west + degrees) / step) + 1)]
    parallels = (view.at(0, step * n)[1] for n in range(-int(_NORTHMOST / step), int(_NORTHMOST / step) + 1))
    return "".join((*lines, *(f"M0 {y:.1f}H{WIDTH}" for y in parallels if 0 <= y <= HEIGHT)))
