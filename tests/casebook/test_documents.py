from __future__ import annotations

from pathlib import Path

import pytest
from tests.casebook.made import document, reading

from recoupe.casebook import Casebook, open_casebook
from recoupe.errors import CasebookError
from recoupe.model import Problem

TEXT = "Guernica bombardée\n\nDes avions ont détruit la ville lundi.\n"
EDITED = "Guernica bombardée (actualisé)\n\nDes avions ont détruit la ville lundi, selon le gouvernement basque.\n"


@pytest.fixture
def casebook(tmp_path: Path) -> object:
    with open_casebook(tmp_path / "war.db") as opened:
        yield opened


def put(casebook: Casebook, text: str, key: str = "a.txt", code: str = "1") -> str:
    made = document(text, key)
    return casebook.add(made, reading(made), (), code_version=code)


def test_what_goes_in_comes_out(casebook: Casebook) -> None:
    made = document(TEXT)
    told = reading(made, place="Guernica", actor="~legion condor", day="1937-04-26", claims=2)
    assert casebook.add(made, told) == "new"
    assert casebook.document(made.info.id) == made
    assert casebook.reading(made.info.id) == told
    assert list(casebook.documents()) == [made]
    assert list(casebook.readings()) == [told]


def test_the_same_bytes_twice_are_one_document(casebook: Casebook) -> None:
    assert [put(casebook, TEXT), put(casebook, TEXT), put(casebook, TEXT, "copy.txt")] == ["new", "known", "known"]
    assert len(list(casebook.documents())) == 1
    assert casebook.keys(document(TEXT).info.id) == ("a.txt", "copy.txt")


def test_an_edited_article_is_a_version_and_the_old_one_is_kept(casebook: Casebook) -> None:
    put(casebook, TEXT)
    assert put(casebook, EDITED) == "version"
    old, new = document(TEXT).info.id, document(EDITED).info.id
    assert [found.info.id for found in casebook.documents()] == [new]
    assert [found.info.id for found in casebook.documents(current_only=False)] == [old, new]
    assert casebook.document(old).text == TEXT
    assert casebook.versions("a.txt") == (old, new)


def test_old_bytes_that_come_back_are_current_again(casebook: Casebook) -> None:
    put(casebook, TEXT)
    put(casebook, EDITED)
    assert put(casebook, TEXT) == "version"
    assert casebook.versions("a.txt") == (document(EDITED).info.id, document(TEXT).info.id)
    assert [found.text for found in casebook.documents()] == [TEXT]
    assert casebook.see(document(EDITED).info.id, "a.txt") == "version"
    assert [found.text for found in casebook.documents()] == [EDITED]


def test_a_document_stays_current_while_one_of_its_keys_has_it(casebook: Casebook) -> None:
    put(casebook, TEXT, "a.txt")
    put(casebook, TEXT, "b.txt")
    put(casebook, EDITED, "a.txt")
    assert {found.text for found in casebook.documents()} == {TEXT, EDITED}
    put(casebook, EDITED, "b.txt")
    assert {found.text for found in casebook.documents()} == {EDITED}


def test_other_code_reads_again_in_place(casebook: Casebook) -> None:
    made = document(TEXT)
    casebook.add(made, reading(made, claims=1), code_version="1")
    better = reading(made, claims=3, place="Guernica")
    assert casebook.known([made.info.id, "absent"], "1") == {made.info.id}
    assert casebook.known([made.info.id], "2") == frozenset()
    assert casebook.add(made, better, code_version="2") == "reread"
    assert casebook.reading(made.info.id) == better
    assert casebook.add(made, better, code_version="2") == "known"


def test_a_problem_vanishes_when_its_input_is_read(casebook: Casebook) -> None:
    casebook.add_problem(Problem("ingest", "not text", "a.txt"))
    casebook.add_problem(Problem("ingest", "not text", "a.txt"))
    casebook.add_problem(Problem("ingest", "not text", "b.txt"))
    assert [found.document for found in casebook.problems()] == ["a.txt", "b.txt"]
    made = document(TEXT)
    casebook.add(made, reading(made, problems=(Problem("extract", "no parse of the caption"),)))
    assert casebook.problems() == (Problem("extract", "no parse of the caption", "a.txt"), Problem("ingest", "not text", "b.txt"))


@pytest.mark.parametrize("text", ["", " \n", "x" * 100_000, "NUL\0 and \ud83d half", "عاجل: قصف", "\u202eright to left"])
def test_odd_texts_come_out_as_they_went_in(casebook: Casebook, text: str) -> None:
    made = document(text).__class__(document("made").info, text, ())
    casebook.add(made, reading(made))
    assert casebook.document(made.info.id).text == text


def test_an_absent_document_is_named(casebook: Casebook) -> None:
    with pytest.raises(CasebookError, match="there is no document 'abc'"):
        casebook.document("abc")
    with pytest.raises(CasebookError, match="abc"):
        casebook.see("abc", "a.txt")


def test_a_failed_addition_leaves_nothing_half(casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    made = document(TEXT)
    monkeypatch.setattr("recoupe.casebook.documents.claim_rows", lambda _: (_ for _ in ()).throw(RuntimeError("stop")))
    with casebook.batch():
        with pytest.raises(RuntimeError):
            casebook.add(made, reading(made))
        monkeypatch.undo()
        put(casebook, EDITED, "b.txt")
    assert [found.text for found in casebook.documents(current_only=False)] == [EDITED]
    assert put(casebook, TEXT) == "new"
