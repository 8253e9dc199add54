from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.casebook.made import document, reading

from recoupe.casebook import Casebook, Counts, Scope, Speaking, open_casebook
from recoupe.casebook.connection import APPLICATION_ID
from recoupe.casebook.schema import latest_version, migrations
from recoupe.errors import CasebookError, CasebookTooNewError
from recoupe.model import ClaimRef, Problem, Review

OLD = Path(__file__).parent / "old"


def old(tmp_path: Path, version: int) -> Path:
    place = tmp_path / "old.db"
    database = sqlite3.connect(place)
    database.executescript((OLD / f"version{version}.sql").read_text(encoding="utf-8"))
    database.close()
    return place


def version_of(place: Path) -> tuple[int, int]:
    database = sqlite3.connect(place)
    found: tuple[int, int] = (database.execute("PRAGMA user_version").fetchone()[0], database.execute("PRAGMA application_id").fetchone()[0])
    database.close()
    return found


def shape(place: Path) -> list[tuple[str, str]]:
    database = sqlite3.connect(place)
    found = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    database.close()
    return found


def test_a_new_casebook_says_what_it_is(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "new.db"):
        pass
    assert version_of(tmp_path / "new.db") == (latest_version(), APPLICATION_ID)


def test_a_casebook_of_version_1_is_brought_to_this_one_with_all_it_held(tmp_path: Path) -> None:
    place = old(tmp_path, 1)
    assert version_of(place) == (1, APPLICATION_ID)
    with open_casebook(place) as casebook:
        everything = list(casebook.documents(current_only=False))
        assert [found.info.key for found in everything] == ["a.txt", "a.txt", "b.txt"]
        assert len(casebook.versions("a.txt")) == 2
        current = [found.info.id for found in casebook.documents()]
        assert list(casebook.unchecked()) == current
        assert [hit.key for hit in casebook.search("avions bilbao")] == ["a.txt"]
        assert len(list(casebook.candidates())) == 4
        assert casebook.problems() == (Problem("ingest", "no text", "c.pdf"),)
        assert list(casebook.reviews()) == [Review(ClaimRef("a", "b"), ClaimRef("c", "d"), "same", "Anne", "1937-05-01")]
        assert casebook.health().faults == ()
        edited = document("Guernica, encore\n\nDit Bilbao.\n", "a.txt")
        assert casebook.add(edited, reading(edited)) == "version"
    with open_casebook(tmp_path / "new.db"):
        pass
    assert version_of(place) == version_of(tmp_path / "new.db")
    assert shape(place) == shape(tmp_path / "new.db")


def test_a_casebook_made_before_anything_was_counted_is_counted(tmp_path: Path) -> None:
    with open_casebook(old(tmp_path, 2)) as casebook:
        fresh = [(document, casebook.reading(document.info.id)) for document in casebook.documents()]
        before = casebook.counted(Counts()).voices(Scope(), Speaking()), casebook.counted(Counts()).outlets(Scope())
    with open_casebook(tmp_path / "new.db") as again:
        for document, read in fresh:
            again.add(document, read)
        assert (again.counted(Counts()).voices(Scope(), Speaking()), again.counted(Counts()).outlets(Scope())) == before
    assert before[0].said > 0


def test_every_version_before_this_one_is_frozen() -> None:
    assert {file.name for file in OLD.iterdir()} == {f"version{number}.sql" for number in range(1, latest_version())}


def test_a_failing_step_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = old(tmp_path, 1)
    before = shape(place)
    broken = (migrations()[0], "CREATE TABLE half (a);\nINSERT INTO nowhere VALUES (1);")
    monkeypatch.setattr("recoupe.casebook.schema.migrations", lambda: broken)
    with pytest.raises(CasebookError, match="nowhere"), open_casebook(place):
        pass
    assert (shape(place), version_of(place)[0]) == (before, 1)


def test_a_later_version_is_left_alone_and_named(tmp_path: Path) -> None:
    place = tmp_path / "late.db"
    with open_casebook(place):
        pass
    database = sqlite3.connect(place)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(CasebookTooNewError, match=rf"version 99.* up to {latest_version()}.*update recoupe"), open_casebook(place):
        pass
    assert version_of(place)[0] == 99


def test_reviews_can_only_be_added(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "war.db") as casebook:
        review = Review(ClaimRef("a", "b"), ClaimRef("c", "d"), "different", "Anne", "2020-01-01T10:00:00+00:00", "another town")
        casebook.add_review(review)
        casebook.add_review(review)
        assert list(casebook.reviews()) == [review, review]
    database = sqlite3.connect(tmp_path / "war.db")
    for statement in ("UPDATE review SET judgement = 'same'", "DELETE FROM review"):
        with pytest.raises(sqlite3.IntegrityError, match="add another"):
            database.execute(statement)
    database.close()


def test_the_public_names_are_those_of_the_package() -> None:
    import recoupe.casebook as package

    assert all(hasattr(package, name) for name in package.__all__)
    assert package.Casebook is Casebook
