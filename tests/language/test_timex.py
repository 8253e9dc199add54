from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.language.timex import days_of, duration, feast, narrowed, period, read_step

STEPS = ("P1D", "P1W", "P1WE", "P1M", "P3M", "P1Q", "P6M", "P1Y", "P10Y", "P1DE", "P100Y", "P1CE")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2018-11-11", "2018-11-11", "2018-11-11"),
        ("2018-11-11TNI", "2018-11-11", "2018-11-11"),
        ("2018-W01", "2018-01-01", "2018-01-07"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2018-W45-WE", "2018-11-10", "2018-11-11"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2018-Q4", "2018-10-01", "2018-12-31"),
        ("2018-H2", "2018-07-01", "2018-12-31"),
        ("2018-WI", "2018-12-01", "2019-02-28"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("196", "1960-01-01", "1969-12-31"),
        ("196X", "1960-01-01", "1969-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
    ],
)
def test_the_days_that_a_value_covers(value: str, first: str, last: str) -> None:
    assert days_of(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "value",
    ["", "PAST_REF", "P2Y", "XXXX-11-11", "2018-02-30", "2018-13", "2018-W54", "0000", "0000-01-01", "20018", "T18:00", "1", "19X", "2018X", "99-12"],
)
def test_what_names_no_days_covers_none(value: str) -> None:
    assert days_of(value) is None


@given(st.dates(date(1000, 1, 1)), st.sampled_from(STEPS))
def test_the_period_around_a_day_holds_it(day: date, step: str) -> None:
    value = period(day, step, 0)
    days = days_of(value or "")
    if days is not None and step != "P1WE":  # the last days of the calendar have no whole week
        assert days[0] <= day <= days[1]


@given(st.dates(date(1000, 1, 1), date(3000, 1, 1)), st.sampled_from(STEPS), st.integers(-8, 40))
def test_periods_follow_one_another(day: date, step: str, count: int) -> None:
    before, after = (days_of(period(day, step, number) or "") for number in (count, count + 1))
    assert before is not None
    assert after is not None
    assert before[1] < after[0]
    if step != "P1WE":
        assert before[1] + timedelta(days=1) == after[0]


@given(st.integers(-(10**12), 10**12))
def test_a_period_outside_of_the_calendar_is_none(count: int) -> None:
    value = period(date(2018, 11, 14), "P1Y", count)
    assert (value is None) == (not 1 <= 2018 + count <= 9999)


@given(st.dates(date(1000, 1, 1), date(3000, 1, 1)), st.integers(1, 400), st.sampled_from(["START", "MID", "END"]))
def test_a_narrowed_stretch_stays_inside_and_is_no_longer_than_about_half(day: date, size: int, edge: str) -> None:
    last = day + timedelta(days=size - 1)
    first_part, last_part = narrowed((day, last), edge)
    assert day <= first_part <= last_part <= last
    assert (last_part - first_part).days + 1 <= size // 2 + 2


@pytest.mark.parametrize(
    ("year", "day"), [(1818, "1818-03-22"), (1943, "1943-04-25"), (2000, "2000-04-23"), (2018, "2018-04-01"), (2038, "2038-04-25")]
)
def test_easter_of_known_years(year: int, day: str) -> None:
    assert feast("easter+0", year) == date.fromisoformat(day)


def test_feasts_by_weekday() -> None:
    assert feast("05/1/-1", 2018) == date(2018, 5, 28)
    assert feast("09/1/1", 2018) == date(2018, 9, 3)


def test_a_step_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no step"):
        read_step("two days")


def test_durations_count_in_their_own_unit() -> None:
    assert [duration("P1M", 24), duration("P3M", 2), duration("P1DE", 2), duration("PT15M", 3)] == ["P24M", "P6M", "P2DE", "PT45M"]
