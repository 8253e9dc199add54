"""The table of names in time is whole, and a name found in a text bounds its age."""

from __future__ import annotations

import re

from recoupe.knowledge.named_since import names_in_time, newest_name


def test_every_row_has_a_plausible_date_and_a_source() -> None:
    rows = names_in_time().rows
    assert len(rows) >= 60
    assert [row.since for row in rows] == sorted(row.since for row in rows)
    for row in rows:
        assert 1900 <= int(row.since[:4]) <= names_in_time().made
        assert re.search(r"\w{4}", row.source)


def test_no_name_stands_twice() -> None:
    names = [name for row in names_in_time().rows for name in row.names]
    assert len(names) == len(set(names))


def test_a_name_inside_a_word_is_none() -> None:
    assert newest_name("Le hamasien et les Natoïens") is None


def test_the_newest_name_counts() -> None:
    found = newest_name("L’OTAN, Daech et l’Alliance des États du Sahel.")
    assert found is not None
    assert found[1].since == "2023-09"
