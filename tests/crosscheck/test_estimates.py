"""ACLED's and UCDP's readings are numbers that somebody gave, in order, and made from what each origin said last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.crosscheck.estimates import estimate
from recoupe.model import Position


def position(low: float | None, high: float | None, *origins: str, day: str | None = None) -> Position:
    return Position(origins, len(origins), (), low=low, high=high, first_said=day)


@pytest.mark.parametrize(
    ("positions", "wanted"),
    [
        ((position(13, 13, "a"),), (13, 13, 13, 13)),
        ((position(13, None, "a"),), (13, 13, 13, 13)),
        ((position(None, 120, "a"),), (120, 120, 120, 120)),
        ((position(12, 15, "a"), position(40, 40, "b", "c")), (12, 12, 40, 40)),
        ((position(12, 12, "a"), position(17, 17, "b")), (12, 12, 12, 17)),
    ],
)
def test_readings(positions: tuple[Position, ...], wanted: tuple[float, ...]) -> None:
    found = estimate(positions)
    assert found is not None
    assert (found.acled, found.ucdp_low, found.ucdp_best, found.ucdp_high) == wanted


def test_a_toll_that_its_origin_replaced_is_history() -> None:
    found = estimate((position(12, 12, "police", day="2018-11-11"), position(17, 17, "police", day="2018-11-12")))
    assert found is not None
    assert (found.acled, found.ucdp_high, found.used, found.given) == (17, 17, 1, 2)


def test_no_number_no_reading() -> None:
    assert estimate(()) is None
    assert estimate((position(None, None, "a"),)) is None


NUMBERS = st.one_of(st.none(), st.integers(0, 500).map(float))
DAYS = st.sampled_from([None, "2018-11-11", "2018-11-12"])
POSITIONS = st.builds(
    lambda low, high, names, day: position(low, high, *names, day=day), NUMBERS, NUMBERS, st.lists(st.sampled_from("abc"), unique=True), DAYS
)


@given(st.lists(POSITIONS, max_size=6))
def test_every_number_was_given_and_they_stand_in_order(positions: list[Position]) -> None:
    found = estimate(positions)
    said = {number for one in positions for number in (one.low, one.high) if number is not None}
    if found is None:
        assert not said
        return
    assert {found.acled, found.ucdp_low, found.ucdp_best, found.ucdp_high} <= said
    assert found.ucdp_low <= found.ucdp_best <= found.ucdp_high
    assert found.used <= found.given
