"""Disputed lines: which rows there are, what they find, and that a row that finds nothing is told."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from recoupe.errors import KnowledgeError
from recoupe.web.basemap.disputes import Dispute, Sides, find_disputed, read_disputes, read_territories
from recoupe.web.basemap.shapes import Line, Record
from recoupe.web.basemap.sources import Country

ROW = Dispute("here", "borders", "AAA BBB", -1, 0, 11, 2, "disputed", "ici", "here", "a source")


def square(west: float, south: float, side: float = 1.0) -> Record:
    """A square as the format has it: clockwise, closed."""
    return (np.array([[west, south], [west, south + side], [west + side, south + side], [west + side, south], [west, south]]),)


def country(code: str, outline: Record) -> Country:
    return Country(code, code[:2], code, code, outline, 0.0, 0.0, 2.0)


def line(*points: tuple[float, float]) -> Record:
    made: Line = np.array(points, dtype=np.float64)
    return (made,)


BESIDE = Sides((country("AAA", square(0, 0)), country("BBB", square(1, 0))))


def test_a_line_lies_between_two_countries() -> None:
    assert BESIDE.of(line((1, 0.1), (1, 0.9))) == "AAA BBB"
    assert BESIDE.of(line((0.5, 0.1), (0.5, 0.9))) == "AAA AAA"
    assert BESIDE.of(line((0.0, 0.1), (0.0, 0.9))) == "", "a coast lies beside one country"
    assert BESIDE.of(line((1, 0.5), (1, 0.5))) == "", "a line without length lies nowhere"


def test_a_hole_is_not_of_the_country() -> None:
    (outline,) = square(0, 0, 4)
    (hole,) = square(1, 1, 2)
    holder = country("AAA", (outline, hole[::-1]))
    assert Sides((holder, country("BBB", square(1, 1, 2)))).of(line((1, 1.1), (1, 2.9))) == "AAA BBB"


def test_a_row_finds_lines_by_box_and_sides() -> None:
    records = (line((1, 0.1), (1, 0.9)), line((0.5, 0.1), (0.5, 0.9)), (), line((50, 50), (51, 51)))
    assert list(find_disputed("borders", records, BESIDE, (ROW,))) == [0]
    assert list(find_disputed("borders", records, BESIDE, (replace(ROW, sides=""),))) == [0, 1]
    assert find_disputed("divisions", records, BESIDE, (ROW,)) == {}


def test_a_row_that_finds_nothing_is_told() -> None:
    with pytest.raises(KnowledgeError, match="the row here finds no line"):
        find_disputed("borders", (line((50, 50), (51, 51)),), BESIDE, (ROW,))


def test_the_first_row_that_finds_a_line_names_it() -> None:
    records = (line((1, 0.1), (1, 0.9)),)
    found = find_disputed("borders", records, BESIDE, (ROW, replace(ROW, id="wider", sides="")))
    assert found[0].id == "here"


def test_every_row_of_ours_is_whole() -> None:
    rows = read_disputes()
    assert len({row.id for row in rows}) == len(rows)
    assert all(row.south < row.north and row.west < row.east and row.fr and row.en and row.source for row in rows)
    wanted = {"western-sahara-berm", "crimea", "golan", "kashmir-control", "kosovo-serbia", "abyei", "halaib", "green-line", "abkhazia", "somaliland"}
    assert wanted <= {row.id for row in rows}
    assert {"south-ossetia", "transnistria", "northern-cyprus"} <= {territory.id for territory in read_territories()}
