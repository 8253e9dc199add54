from __future__ import annotations

import pytest
from edtf import parse_edtf

from recoupe.export.edtf import edtf
from recoupe.language.timex import days_of
from recoupe.model import TimeMention, Timex


def mention(value: str, timex: Timex = "DATE", days: tuple[str, str] | None = None) -> TimeMention:
    covered = days_of(value)
    start, end = days or ((covered[0].isoformat(), covered[1].isoformat()) if covered else (None, None))
    return TimeMention("time:0-1", 0, 1, "x", timex, value, start, end)


@pytest.mark.parametrize(
    ("value", "timex", "written"),
    [
        ("2018-11-11", "DATE", "2018-11-11"),
        ("2018-11", "DATE", "2018-11"),
        ("2018", "DATE", "2018"),
        ("196", "DATE", "196X"),
        ("19XX", "DATE", "19XX"),
        ("2018-W45", "DATE", "2018-11-05/2018-11-11"),
        ("2018-W45-WE", "DATE", "2018-11-10/2018-11-11"),
        ("2018-SU", "DATE", "2018-22"),
        ("2018-Q3", "DATE", "2018-35"),
        ("2018-H1", "DATE", "2018-40"),
        ("XXXX-11-11", "DATE", "XXXX-11-11"),
        ("2018-11-11TNI", "TIME", "2018-11-11"),
        ("2018-11-11T18:30", "TIME", "2018-11-11T18:30:00"),
    ],
)
def test_dates_are_written_so_that_a_reader_of_edtf_takes_them(value: str, timex: Timex, written: str) -> None:
    assert edtf(mention(value, timex)) == written
    assert parse_edtf(written) is not None


@pytest.mark.parametrize(
    ("value", "timex"),
    [("P2Y", "DURATION"), ("P1D", "SET"), ("PAST_REF", "DATE"), ("XXXX-WXX-5", "DATE"), ("XXXX-WXX", "DATE"), ("XXXX", "DATE"), ("TNI", "TIME")],
)
def test_what_edtf_cannot_say_is_none(value: str, timex: Timex) -> None:
    assert edtf(mention(value, timex)) is None


def test_the_night_between_two_days_and_the_end_of_a_year_are_intervals() -> None:
    assert edtf(mention("2018-11-11TNI", "TIME", ("2018-11-11", "2018-11-12"))) == "2018-11-11/2018-11-12"
    assert edtf(mention("2018", "DATE", ("2018-07-02", "2018-12-31"))) == "2018-07-02/2018-12-31"
