"""Which lines are disputed, and by what right do we say so? Those that our table finds among Natural Earth's, each row with its public source.

The packages carry the lines without the column that classes them, so that a row names them by where they lie and which countries lie beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
import shapely
from msgspec import Struct
from numpy.typing import NDArray

from recoupe.errors import KnowledgeError
from recoupe.web.basemap.shapes import Line, Record
from recoupe.web.basemap.sources import Country
from recoupe.web.basemap.tables import read_table

_ASIDE = 0.02  # degrees: how far from a line we look for the country beside it
_LOOKS = 25  # places of a line where we look
_STATUS = ("disputed", "ceasefire", "undelimited")


class Dispute(Struct, frozen=True):
    """The lines of a layer that lie in a box and between two countries ("" for any); `status` is disputed, ceasefire or undelimited."""

    id: str
    layer: str
    sides: str
    south: float
    west: float
    north: float
    east: float
    status: str
    fr: str
    en: str
    source: str

    def holds(self, record: Record) -> bool:
        """Whether every point of the record lies in the box."""
        points = np.vstack(record)
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        return bool(self.south <= south and north <= self.north and self.west <= west and east <= self.east)


class Territory(Struct, frozen=True):
    """A territory whose belonging is disputed, with the point and the zoom of its label."""

    id: str
    latitude: float
    longitude: float
    zoom: float
    fr: str
    en: str
    source: str


def read_disputes() -> tuple[Dispute, ...]:
    """The table of disputed lines; raises KnowledgeError when a row is not as it should be.

    >>> next(row.en for row in read_disputes() if row.id == "durand")
    'Durand Line'
    """
    rows = []
    for row in read_table("disputed.tsv", Dispute):
        if row.layer not in ("borders", "divisions") or row.status not in _STATUS or not row.source:
            raise KnowledgeError(f"disputed.tsv: the row {row.id} needs a layer (borders, divisions), a status {_STATUS} and a source")
        rows.append(row)
    return tuple(rows)


def read_territories() -> tuple[Territory, ...]:
    """The table of disputed territories."""
    return tuple(read_table("territories.tsv", Territory))


def find_disputed(layer: str, records: tuple[Record, ...], sides: Sides, rows: Iterable[Dispute]) -> dict[int, Dispute]:
    """The disputed records of a layer by their number; raises KnowledgeError when a row finds none, as it would with other shapes than the locked ones."""
    found: dict[int, Dispute] = {}
    for row in rows:
        if row.layer != layer:
            continue
        numbers = [n for n, record in enumerate(records) if record and row.holds(record) and (not row.sides or sides.of(record) == row.sides)]
        if not numbers:
            raise KnowledgeError(f"disputed.tsv: the row {row.id} finds no line in its box")
        for number in numbers:
            found.setdefault(number, row)
    return found


class Sides:
    """Which two countries lie beside a line."""

    def __init__(self, countries: Iterable[Country]) -> None:
        held = tuple(countries)
        self._codes = tuple(country.code for country in held)
        self._tree = shapely.STRtree([_area(country.outline) for country in held])

    def of(self, record: Record) -> str:
        """The codes of the two countries in the order of the alphabet, with a space between; what lies there most often counts, the sea does not."""
        pairs: Counter[str] = Counter()
        for line in record:
            left, right = (self._at(points) for points in _beside(line))
            pairs.update(" ".join(sorted(pair)) for pair in zip(left, right, strict=True) if all(pair))
        return pairs.most_common(1)[0][0] if pairs else ""

    def _at(self, points: Line) -> list[str]:
        codes = [""] * len(points)
        for point, country in self._tree.query(shapely.points(points), predicate="intersects").T:
            codes[point] = self._codes[country]
        return codes


def _beside(line: Line) -> Iterator[Line]:
    steps = np.diff(line, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    kept = np.flatnonzero(lengths > 0)
    chosen = kept[np.linspace(0, len(kept) - 1, min(len(kept), _LOOKS)).astype(int)]
    middles = (line[chosen] + line[chosen + 1]) / 2
    aside = np.column_stack((-steps[chosen, 1], steps[chosen, 0])) / lengths[chosen, None] * _ASIDE
    yield from (middles + aside, middles - aside)


def _area(outline: Record) -> shapely.Geometry:
    """The polygon of rings: clockwise ones are land, the others holes (as the format has it)."""
    rings = [shapely.polygons(ring) for ring in outline]
    turning: NDArray[np.bool_] = np.array([shapely.is_ccw(shapely.linearrings(ring)) for ring in outline])
    land = shapely.union_all(shapely.make_valid([ring for ring, hole in zip(rings, turning, strict=True) if not hole]))
    holes = [ring for ring, hole in zip(rings, turning, strict=True) if hole]
    area = shapely.difference(land, shapely.union_all(shapely.make_valid(holes))) if holes else land
    shapely.prepare(area)
    return area
