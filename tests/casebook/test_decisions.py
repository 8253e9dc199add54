from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casebook.made import document, reading

from recoupe.casebook import Casebook, open_casebook, visible
from recoupe.casebook.coding import LONGEST_NOTE
from recoupe.casebook.form import filled, written
from recoupe.casebook.standing import DECIDING, fold
from recoupe.decision import MODES, CodedFigure, CodedPlace, Coding, Decision, Named, Rejection, Verdict, corrected_fields
from recoupe.errors import CasebookError, ReviewError
from recoupe.language.pack import LANGUAGES
from recoupe.language.triggers import triggers
from recoupe.model import ActorMention, ClaimRef, FigureMention, Span

TEXT = "Guernica bombardée\n\nDes avions ont détruit la ville, dit Bilbao.\n"
MADE = document(TEXT)
READ = reading(MADE, place="Guernica", actor="unit:condor", day="1937-04-26", claims=3)
FIRST = ClaimRef(MADE.info.id, "ASSAULT:0-1")


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with open_casebook(tmp_path / "war.db") as opened:
        opened.add(MADE, READ, code_version="1")
        yield opened


def decided(casebook: Casebook, reviewer: str, claim: ClaimRef = FIRST) -> Decision | None:
    return next((each.decision for each in casebook.standing(claim) if each.reviewer == reviewer), None)


def test_a_decision_holds_the_draft_and_what_stands_for_it(casebook: Casebook) -> None:
    made = casebook.decide(FIRST, "accepted", "Anne")
    assert made.draft is not None
    assert made.coding == made.draft
    assert (made.draft.type, made.draft.trigger, made.draft.date_start) == ("ASSAULT", Span(0, 1), "1937-04-26")
    assert made.draft.actors == (Named("unit:condor", "unit:condor", Span(4, 7)),)
    assert made.draft.places[0].name == "Guernica"
    assert (made.code_version, made.reviewer, made.decided_at[-6:]) == ("1", "Anne", "+00:00")
    assert list(casebook.decisions()) == [made]


def test_a_correction_says_in_which_fields_and_one_that_changes_nothing_accepts(casebook: Casebook) -> None:
    draft = casebook.decide(FIRST, "accepted", "Anne").draft
    assert draft is not None
    changed = msgspec.structs.replace(draft, factuality="PR+", actors=(), places=(CodedPlace("Durango", latitude=43.17, longitude=-2.63),))
    made = casebook.decide(FIRST, "corrected", "Anne", coding=changed)
    assert (made.verdict, corrected_fields(made)) == ("corrected", ("actors", "places", "factuality"))
    assert casebook.decide(FIRST, "corrected", "Anne", coding=draft).verdict == "accepted"


def test_undo_restores_what_stood_before_and_deletes_nothing(casebook: Casebook) -> None:
    first = casebook.decide(FIRST, "accepted", "Anne")
    second = casebook.decide(FIRST, "rejected", "Anne", reason="no-event")
    assert decided(casebook, "Anne") == second
    assert casebook.undo("Anne") == second
    assert decided(casebook, "Anne") == first
    assert casebook.undo("Anne") == first
    assert decided(casebook, "Anne") is None
    assert casebook.undo("Anne") is None
    assert [each.verdict for each in casebook.decisions()] == ["accepted", "rejected", "withdrawn", "withdrawn"]


def test_nobody_undoes_another_s_decision_or_one_twice(casebook: Casebook) -> None:
    made = casebook.decide(FIRST, "accepted", "Anne")
    with pytest.raises(ReviewError, match="Anne's"):
        casebook.withdraw(made.id, "Bernard")
    casebook.withdraw(made.id, "Anne")
    with pytest.raises(ReviewError, match="undone already"):
        casebook.withdraw(made.id, "Anne")
    with pytest.raises(ReviewError, match="no decision"):
        casebook.withdraw("nonsense", "Anne")
    assert casebook.undo("Bernard") is None


def test_decisions_can_only_be_added(casebook: Casebook, tmp_path: Path) -> None:
    casebook.decide(FIRST, "accepted", "Anne")
    database = sqlite3.connect(tmp_path / "war.db")
    for statement in ("UPDATE decision SET verdict = 'rejected'", "DELETE FROM decision"):
        with pytest.raises(sqlite3.IntegrityError, match="add another"):
            database.execute(statement)
    database.close()


def test_a_decision_stays_when_the_document_is_read_anew_and_says_what_became_of_its_claim(casebook: Casebook) -> None:
    made = [casebook.decide(ClaimRef(MADE.info.id, f"ASSAULT:{n}-{n + 1}"), "accepted", "Anne") for n in range(3)]
    claims = (
        msgspec.structs.replace(READ.claims[0], rule="another"),
        msgspec.structs.replace(READ.claims[1], type="COERCE", id="COERCE:1-2"),
    )
    assert [casebook.binding(each) for each in made] == ["stands"] * 3
    casebook.replace(MADE, msgspec.structs.replace(READ, claims=claims), code_version="2")
    assert [casebook.binding(each) for each in made] == ["stands", "retyped", "gone"]
    casebook.replace(MADE, msgspec.structs.replace(READ, claims=(msgspec.structs.replace(claims[0], date_start=None),)), code_version="3")
    assert casebook.binding(made[0]) == "changed"
    edited = document(TEXT + "Correction.\n")
    casebook.add(edited, reading(edited))
    assert casebook.binding(made[0]) == "superseded"
    assert list(casebook.decisions(document=MADE.info.id)) == made


def test_a_claim_that_the_program_missed(casebook: Casebook) -> None:
    missed = Coding("COERCE", Span(19, 25), actors=(Named("Bilbao"),), figures=(CodedFigure("killed", 3, None),))
    made = casebook.add_claim(MADE.info.id, missed, "Anne", note="second sentence")
    assert (made.verdict, made.claim, made.draft, made.coding) == ("added", "COERCE:19-25", None, missed)
    again = casebook.recode_added(ClaimRef(MADE.info.id, made.claim), msgspec.structs.replace(missed, mode="arrest"), "Anne")
    assert decided(casebook, "Anne", ClaimRef(MADE.info.id, made.claim)) == again
    with pytest.raises(ReviewError, match="not added"):
        casebook.recode_added(ClaimRef(MADE.info.id, made.claim), missed, "Bernard")
    with pytest.raises(ReviewError, match="already"):
        casebook.add_claim(MADE.info.id, Coding("ASSAULT", Span(0, 1)), "Anne")


WRONG = [
    (Coding("ASSAULT", Span(0, 4000)), "the text has"),
    (Coding("ASSAULT", Span(3, 3)), "select the words"),
    (Coding("WAR", Span(0, 1)), "WAR"),  # type: ignore[arg-type]
    (Coding("COERCE", Span(0, 1), mode="bombs"), "is no mode: those of COERCE are seize"),
    (Coding("ASSAULT", Span(0, 1), date_start="yesterday"), "no day"),
    (Coding("ASSAULT", Span(0, 1), date_start="1937-04-27", date_end="1937-04-26"), "exchange"),
    (Coding("ASSAULT", Span(0, 1), figures=(CodedFigure("killed", 5, 3),)), "exchange"),
    (Coding("ASSAULT", Span(0, 1), figures=(CodedFigure("killed", float("nan"), 3),)), "no count"),
    (Coding("ASSAULT", Span(0, 1), figures=(CodedFigure("killed", None, None),)), "no number"),
    (Coding("ASSAULT", Span(0, 1), places=(CodedPlace("x", latitude=91.0, longitude=0.0),)), "nowhere"),
    (Coding("ASSAULT", Span(0, 1), actors=(Named("  "),)), "a name has"),
    (Coding("ASSAULT", Span(0, 1), actors=(Named("x" * 10**6),)), "a name has"),
    (Coding("ASSAULT", Span(0, 1), actors=(Named("x"),) * 1000), "can be kept"),
]


@pytest.mark.parametrize(("coding", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_can_t_be_kept_is_refused_with_words(casebook: Casebook, coding: Coding, words: str) -> None:
    with pytest.raises(ReviewError, match=words):
        casebook.decide(FIRST, "corrected", "Anne", coding=coding)
    assert list(casebook.decisions()) == []


def test_what_the_program_read_never_stands_in_the_way_of_a_correction(tmp_path: Path) -> None:
    """A reading may hold what no coder could type: a name over two lines or of a thousand characters, a figure without a number, odd days."""
    figure = FigureMention("figure:1-2", 1, 2, "n", "killed", None, None, approximate=False)
    actor = ActorMention("actor:3-4", 3, 4, "e", None, f"Pre\u0301sident\n  {'x' * 1000}")
    odd = msgspec.structs.replace(
        READ.claims[0], figures=("figure:1-2",), actors=("actor:3-4",), mode="odd", date_start="1937-04-27", date_end="1937-04-26"
    )
    with open_casebook(tmp_path / "odd.db") as casebook:
        casebook.add(MADE, msgspec.structs.replace(READ, mentions=(*READ.mentions, figure, actor), claims=(odd,)))
        draft = casebook.draft(FIRST)
        assert draft is not None
        made = casebook.decide(FIRST, "corrected", "Anne", coding=msgspec.structs.replace(draft, factuality="PR+"))
        assert corrected_fields(made) == ("factuality",)
        fields = written(draft, casebook.reading(MADE.info.id), TEXT)
        assert filled(draft, fields, casebook.reading(MADE.info.id), TEXT) == draft
        assert fields["figures"].startswith("killed ?")


def test_a_note_of_a_million_characters_is_refused_with_words(casebook: Casebook) -> None:
    with pytest.raises(ReviewError, match=r"1,000,000 characters, 4,000 can be kept"):
        casebook.decide(FIRST, "noted", "Anne", note="n" * 10**6)
    assert casebook.decide(FIRST, "noted", "Anne", note="n" * LONGEST_NOTE).note == "n" * LONGEST_NOTE


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x00b", "a\u202eb"])
def test_a_reviewer_has_a_name(casebook: Casebook, name: str) -> None:
    with pytest.raises(ReviewError, match="name"):
        casebook.decide(FIRST, "accepted", name)


def test_a_rejection_has_a_reason_and_nothing_else_has_one(casebook: Casebook) -> None:
    wrong: list[tuple[Verdict, Rejection | None]] = [("rejected", None), ("accepted", "misread")]
    for verdict, reason in wrong:
        with pytest.raises(ReviewError, match="reason"):
            casebook.decide(FIRST, verdict, "Anne", reason=reason)
    with pytest.raises(ReviewError, match="empty note"):
        casebook.decide(FIRST, "noted", "Anne", note=" \n")
    with pytest.raises(CasebookError, match="has no claim 'ASSAULT:9-10' now"):
        casebook.decide(ClaimRef(MADE.info.id, "ASSAULT:9-10"), "accepted", "Anne")


def test_a_second_reader_is_blind_until_both_have_decided(casebook: Casebook) -> None:
    first = casebook.decide(FIRST, "accepted", "Anne")
    assert visible(casebook.standing(FIRST), "Bernard") == ()
    casebook.decide(FIRST, "noted", "Bernard", note="hm")
    assert [each.reviewer for each in visible(casebook.standing(FIRST), "Bernard")] == ["Bernard"]
    second = casebook.decide(FIRST, "rejected", "Bernard", reason="misread")
    assert [each.reviewer for each in visible(casebook.standing(FIRST), "Bernard")] == ["Anne", "Bernard"]
    after = casebook.decide(FIRST, "accepted", "Bernard")
    (anne, bernard) = casebook.standing(FIRST)
    assert (anne.blind, bernard.blind, bernard.decision) == (first, second, after)


def test_decisions_of_another_copy_are_taken_over_once(tmp_path: Path, casebook: Casebook) -> None:
    casebook.decide(FIRST, "accepted", "Anne")
    with open_casebook(tmp_path / "other.db") as other:
        other.add(MADE, READ, code_version="1")
        other.decide(FIRST, "rejected", "Bernard", reason="duplicate")
        other.undo("Bernard")
        last = other.decide(FIRST, "accepted", "Bernard")
        sent = tuple(other.decisions())
    assert (casebook.keep_decisions(sent), casebook.keep_decisions(sent)) == (3, 0)
    assert decided(casebook, "Bernard") == last
    with pytest.raises(ReviewError, match="changed after it was made"):
        casebook.keep_decisions([msgspec.structs.replace(last, reviewer="Carla")])


def test_two_reviewers_at_once(tmp_path: Path) -> None:
    place = tmp_path / "both.db"
    with open_casebook(place) as casebook:
        casebook.add(MADE, READ, code_version="1")
    faults: list[Exception] = []

    def work(name: str) -> None:
        try:
            with open_casebook(place) as mine:
                for turn in range(20):
                    mine.decide(ClaimRef(MADE.info.id, f"ASSAULT:{turn % 3}-{turn % 3 + 1}"), "accepted", name)
                    if turn % 4 == 3:
                        mine.undo(name)
        except Exception as error:  # noqa: BLE001 - told to the test
            faults.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("Anne", "Bernard")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with open_casebook(place) as casebook:
        assert [sum(each.reviewer == name for each in casebook.decisions()) for name in ("Anne", "Bernard")] == [25, 25]
        assert casebook.reviewers() == {"Anne": 3, "Bernard": 3}
        assert casebook.health().faults == ()


def test_every_mode_that_a_pack_gives_is_one_of_the_codebook() -> None:
    known = {mode for modes in MODES.values() for mode in modes}
    for language in LANGUAGES:
        assert {entry.mode for entry in triggers(language) if entry.mode} <= known


# ------------------------------------------------------------------------------------------------------------------ the fold

VERDICTS: list[Verdict] = ["accepted", "corrected", "rejected", "noted", "withdrawn"]
steps = st.lists(st.tuples(st.sampled_from(["A", "B"]), st.integers(0, 1), st.sampled_from(VERDICTS)), max_size=25)


def story(drawn: list[tuple[str, int, Verdict]]) -> list[Decision]:
    """Decisions as the casebook would take them: only what stands is withdrawn, by its own maker."""
    made: list[Decision] = []
    piles: dict[tuple[str, str], list[Decision]] = {}
    for number, (reviewer, claim, verdict) in enumerate(drawn):
        pile = piles.setdefault((reviewer, f"ASSAULT:{claim}-{claim + 1}"), [])
        if verdict == "withdrawn" and not pile:
            continue
        undone = pile.pop() if verdict == "withdrawn" else None
        decision = Decision(
            str(number), "d", f"ASSAULT:{claim}-{claim + 1}", Span(claim, claim + 1), "ASSAULT", verdict, reviewer, str(number), "",
            withdraws=undone.id if undone else None,
        )  # fmt: skip
        made.append(decision)
        if undone is None:
            pile.append(decision)
    return made


@given(steps)
def test_the_last_decision_stands_and_undo_restores_the_one_before(drawn: list[tuple[str, int, Verdict]]) -> None:
    made = story(drawn)
    undone = {each.withdraws for each in made}
    for standing in fold(made):
        mine = [each for each in made if each.reviewer == standing.reviewer and each.claim == standing.claim.claim and each.id not in undone]
        left = [each for each in mine if each.verdict in DECIDING]
        assert standing.decision == (left[-1] if left else None)
        assert list(standing.notes) == [each for each in mine if each.verdict == "noted"]


@given(steps)
def test_what_one_reviewer_does_changes_nothing_for_another(drawn: list[tuple[str, int, Verdict]]) -> None:
    made = story(drawn)
    alone = {each.claim: each.decision for each in fold([each for each in made if each.reviewer == "A"])}
    assert {each.claim: each.decision for each in fold(made) if each.reviewer == "A" and each.claim in alone} == alone


@given(steps)
def test_what_counts_for_the_agreement_was_decided_before_the_other_was_seen(drawn: list[tuple[str, int, Verdict]]) -> None:
    made = story(drawn)
    for number in range(len(made)):
        before, after = fold(made[:number]), {(each.reviewer, each.claim): each for each in fold(made)}
        by_claim: dict[ClaimRef, int] = {}
        for each in before:
            by_claim[each.claim] = by_claim.get(each.claim, 0) + (each.decision is not None)
        for each in before:
            if by_claim[each.claim] > 1 and each.decision is not None:
                assert after[each.reviewer, each.claim].blind == each.blind


@given(steps)
def test_the_index_of_what_stands_is_what_the_fold_says(drawn: list[tuple[str, int, Verdict]]) -> None:
    with open_casebook(":memory:") as casebook:
        casebook.add(MADE, READ, code_version="1")
        for reviewer, number, verdict in drawn:
            claim = ClaimRef(MADE.info.id, f"ASSAULT:{number}-{number + 1}")
            if verdict == "withdrawn":
                casebook.undo(reviewer)
            else:
                casebook.decide(claim, verdict, reviewer, reason="misread" if verdict == "rejected" else None, note="n")
        counted: dict[str, int] = {}
        for each in casebook.standings():
            counted[each.reviewer] = counted.get(each.reviewer, 0) + (each.decision is not None)
        assert casebook.reviewers() == {name: count for name, count in counted.items() if count}
        for reviewer in ("A", "B"):
            left = {each.claim.claim for each in casebook.waiting(reviewer, limit=9)}
            assert not left & {each.claim.claim for each in casebook.standings() if each.reviewer == reviewer and each.decision is not None}
