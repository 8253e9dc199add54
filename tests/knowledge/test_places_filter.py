"""The filter of keys misses no name that is held, leaves nearly all other words out, and knows what an import adds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.knowledge.gazetteers import gazetteer
from tests.knowledge.small_gazetteer import small_gazetteer
from tests.knowledge.test_places_import import geonames

from recoupe.knowledge.places import import_places, importer, open_gazetteer
from recoupe.knowledge.places.filter import KeyFilter, filter_bits, read_filter, write_filter


@given(st.sets(st.text(st.characters(codec="utf-8"))))
def test_no_key_that_is_held_is_lacking(keys: set[str]) -> None:
    held = KeyFilter(filter_bits(keys, len(keys)))
    assert not any(held.lacks(key) for key in keys)


def test_few_keys_that_are_not_held_have_to_be_looked_up() -> None:
    held = KeyFilter(filter_bits((f"name {number}" for number in range(20_000)), 20_000))
    assert sum(not held.lacks(f"word {number}") for number in range(10_000)) < 300


def test_the_filter_of_the_gazetteer_misses_no_name_of_it() -> None:
    with closing(sqlite3.connect(gazetteer().path)) as link:
        held = read_filter(link)
        assert not any(held.lacks(key) for (key,) in link.execute("select key from name"))


def test_a_gazetteer_without_a_filter_is_looked_up_all_the_same(tmp_path: Path) -> None:
    file = small_gazetteer(tmp_path / "places.sqlite")
    assert [entry.id for entry in open_gazetteer(file).find("Alep")] == ["gn:170063"]


def test_what_an_import_adds_is_found_whether_it_ended_or_was_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = small_gazetteer(tmp_path / "places.sqlite")
    with closing(sqlite3.connect(file)) as link, link:
        write_filter(link)
    assert open_gazetteer(file).find("Harad") == ()
    dump = tmp_path / "SY.txt"
    dump.write_text(geonames(1, "Harad") + geonames(2, "Qariba", point=(35.0, 39.0)), encoding="utf-8")
    monkeypatch.setattr(importer, "_BATCH", 1)

    def stop(done: int, whole: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_places(file, dump, stop)
    assert [entry.id for entry in open_gazetteer(file).find("Harad")] == ["gn:1"]
    import_places(file, dump)
    opened = open_gazetteer(file)
    assert [opened.find(name)[0].id for name in ("Harad", "Qariba", "Alep")] == ["gn:1", "gn:2", "gn:170063"]
    assert opened.find("Quatorze") == ()
