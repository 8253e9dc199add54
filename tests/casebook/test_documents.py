from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec import structs
from tests.casebook.made import document, reading

from recoupe.casebook import Casebook, open_casebook
from recoupe.errors import CasebookError
from recoupe.model import Block, Document, Problem

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


def test_a_document_read_anew_where_it_stands_takes_no_key_back(casebook: Casebook) -> None:
    put(casebook, TEXT, "a.txt")
    put(casebook, TEXT, "b.txt")
    put(casebook, EDITED, "a.txt")
    made = document(TEXT, "a.txt")
    better = reading(made, claims=2)
    casebook.replace(made, better, (), code_version="2")
    assert casebook.reading(made.info.id) == better
    assert casebook.versions("a.txt")[-1] == document(EDITED).info.id
    assert casebook.known([made.info.id], "2") == {made.info.id}
    put(casebook, EDITED, "b.txt")
    casebook.replace(made, reading(made, place="Guernica"), (), code_version="3")  # superseded by now
    assert [found.text for found in casebook.documents()] == [EDITED]
    assert casebook.health().claims == 1
    with pytest.raises(CasebookError, match="there is no document"):
        casebook.replace(document("absent"), reading(document("absent")))


def test_a_reading_of_another_document_is_refused(casebook: Casebook) -> None:
    with pytest.raises(CasebookError, match="nothing was stored"):
        casebook.add(document(TEXT), reading(document(EDITED)))
    assert list(casebook.documents()) == []


def test_other_blocks_are_another_reading(casebook: Casebook) -> None:
    made = document(TEXT)
    casebook.add(made, reading(made), code_version="1")
    other = Document(made.info, made.text, (*made.blocks[:-1], Block("chrome", made.blocks[-1].start, made.blocks[-1].end)))
    told = structs.replace(reading(made), blocks=other.blocks)
    assert casebook.add(other, told, code_version="1") == "reread"
    assert casebook.document(made.info.id).blocks == other.blocks


def test_records_are_documents_with_their_readings(casebook: Casebook) -> None:
    put(casebook, TEXT, "a.txt")
    put(casebook, EDITED, "b.txt")
    assert list(casebook.records()) == list(zip(casebook.documents(), casebook.readings(), strict=True))
    assert casebook.current() == {document(TEXT).info.id, document(EDITED).info.id}


class Ledger(RuleBasedStateMachine):
    """Whatever comes in whatever order, the casebook says what a plain dictionary says."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.opened = open_casebook(Path(self.folder.name) / "war.db")
        self.casebook = self.opened.__enter__()
        self.current: dict[str, str] = {}
        self.seen: dict[str, str] = {}

    @rule(key=st.sampled_from("abc"), text=st.sampled_from(("one", "two", "three")), code=st.sampled_from("12"))
    def add(self, key: str, text: str, code: str) -> None:
        made = document(text, key)
        expected = "known" if self.seen.get(text) == code else "reread" if text in self.seen else "new"
        if self.current.get(key, text) != text:
            expected = "version"
        assert self.casebook.add(made, reading(made, place="Guernica", claims=2), (), code_version=code) == expected
        self.current[key], self.seen[text] = text, code

    @rule(key=st.sampled_from("abc"), text=st.sampled_from(("one", "two", "three")))
    def see(self, key: str, text: str) -> None:
        if text in self.seen:
            expected = "version" if self.current.get(key, text) != text else "known"
            assert self.casebook.see(document(text).info.id, key) == expected
            self.current[key] = text

    @invariant()
    def holds_what_it_should(self) -> None:
        assert {found.text for found in self.casebook.documents()} == set(self.current.values())
        assert {found.text for found in self.casebook.documents(current_only=False)} == set(self.seen)
        for text in self.seen:
            hits = list(self.casebook.search(text))
            assert bool(hits) is (text in self.current.values())

    def teardown(self) -> None:
        health = self.casebook.health()
        assert health.faults == ()
        assert health.claims == 2 * len(set(self.current.values()))
        self.opened.__exit__(None, None, None)
        self.folder.cleanup()


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
