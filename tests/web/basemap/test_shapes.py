"""Shapefiles and river files, made here byte by byte."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import KnowledgeError
from recoupe.web.basemap.shapes import read_rivers, read_rows, read_shapes

Ring = list[tuple[float, float]]
COORDINATE = st.floats(-180, 180)


def shapefile(records: list[list[Ring]], kind: int = 3) -> bytes:
    """A .shp file of records of parts; an empty record is a null shape."""
    body = b""
    for number, parts in enumerate(records, 1):
        points = [point for part in parts for point in part]
        starts = [sum(len(part) for part in parts[:n]) for n in range(len(parts))]
        content = struct.pack("<i", 0)
        if parts:
            content = struct.pack("<i4d2i", kind, 0, 0, 0, 0, len(parts), len(points)) + struct.pack(f"<{len(parts)}i", *starts)
            content += b"".join(struct.pack("<2d", *point) for point in points)
        body += struct.pack(">ii", number, len(content) // 2) + content
    return struct.pack(">i", 9994) + bytes(96) + body


@given(st.lists(st.lists(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=5), max_size=3), max_size=4))
def test_what_was_written_is_read(records: list[list[Ring]]) -> None:
    found = [[[tuple(point) for point in part.tolist()] for part in record] for record in read_shapes(shapefile(records), "made")]
    assert found == records


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 200])
def test_what_is_no_shapefile_is_refused(content: bytes) -> None:
    with pytest.raises(KnowledgeError, match="no shapefile"):
        list(read_shapes(content, "made"))


def test_points_are_refused() -> None:
    with pytest.raises(KnowledgeError, match="kind 1"):
        list(read_shapes(shapefile([[[(1.0, 2.0)]]], kind=1), "made"))


def test_rows_are_read_by_column_without_padding() -> None:
    fields = b"".join(name.ljust(11, b"\0") + b"C" + bytes(4) + bytes([width]) + bytes(15) for name, width in ((b"CODE", 3), (b"NAME_FR", 12)))
    rows = b" PSXPalestine   " + b" SYRSyrie\0\0\0\0\0\0\0"
    content = struct.pack("<4xIHH20x", 2, 32 + len(fields) + 1, 16) + fields + b"\r" + rows
    assert list(read_rows(content)) == [{"CODE": "PSX", "NAME_FR": "Palestine"}, {"CODE": "SYR", "NAME_FR": "Syrie"}]


def test_rivers_are_found_by_their_index() -> None:
    lines = [np.array([[35.5, 33.0], [35.6, 32.5]], "<f4"), np.array([[44.0, 36.0], [44.1, 35.5], [44.2, 35.0]], "<f4")]
    index = f"-1 -1 2 32.5 33 0 {lines[0].nbytes} 0\n-1 -1 3 35 36 {lines[0].nbytes} {lines[1].nbytes} 1\n"
    found = list(read_rivers(b"".join(line.tobytes() for line in lines), index))
    assert [line.tolist() for line in found] == [line.astype(float).tolist() for line in lines]
