"""Which rivers show from which zoom? Those of long courses first: the packages carry no rank, so that a course is followed through its confluences.

At a confluence the two pieces that bend least belong to one course (the strokes of cartographic generalisation, Thomson and Richardson 1999).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from recoupe.web.basemap.shapes import Line

ZOOMS = ((0.05, 3.0), (0.025, 4.0), (0.012, 5.0), (0.004, 6.0), (0.001, 7.0))  # length of a course in widths of the world, zoom from which it shows
SHORT_ZOOM = 8.0
_BENT = 0.0  # cosine between the directions away from a confluence: pieces that bend back more than this are of two courses
_REACH = 2e-5  # widths of the world, 800 m at the equator: ends nearer than this meet (the pieces of GSHHG do not quite touch)


def rank_rivers(lines: Iterable[Line]) -> tuple[NDArray[np.object_], NDArray[np.float64]]:
    """The pieces between confluences, from projected lines, and the zoom from which each shows."""
    whole = shapely.line_merge(shapely.multilinestrings([shapely.linestrings(line) for line in lines if len(line) > 1]))
    pieces: NDArray[np.object_] = shapely.get_parts(whole)
    courses = _courses(pieces)
    lengths = np.bincount(courses, weights=shapely.length(pieces))[courses]
    return pieces, np.array([zoom_of(length) for length in lengths.tolist()])


def zoom_of(length: float) -> float:
    """The zoom from which a course of so many widths of the world shows.

    >>> zoom_of(0.1), zoom_of(0.0001)
    (3.0, 8.0)
    """
    return next((zoom for least, zoom in ZOOMS if length >= least), SHORT_ZOOM)


def _courses(pieces: NDArray[np.object_]) -> NDArray[np.int64]:
    """The number of the course that each piece belongs to."""
    points = [shapely.get_coordinates(piece) for piece in pieces]
    ends = np.array([end for line in points for end in (line[0], line[-1])])
    away = np.array([line[at] - end for line in points for at, end in ((min(3, len(line) - 1), line[0]), (max(-4, -len(line)), line[-1]))])
    away /= np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-12)[:, None]
    placed = shapely.points(ends)
    near = shapely.STRtree(placed).query(placed, predicate="dwithin", distance=_REACH)
    one, other = near[:, near[0] // 2 < near[1] // 2]  # end n is of piece n // 2
    bends = np.einsum("ij,ij->i", away[one], away[other])
    parent = list(range(len(pieces)))
    taken: set[int] = set()
    for number in np.lexsort((other, one, bends)):
        first, second = int(one[number]), int(other[number])
        if bends[number] < _BENT and not {first, second} & taken:
            taken |= {first, second}
            parent[_root(parent, first // 2)] = _root(parent, second // 2)
    return np.array([_root(parent, number) for number in range(len(pieces))], dtype=np.int64)


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number
