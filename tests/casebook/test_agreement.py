"""Krippendorff's alpha against his own example, and what counts as agreement between reviewers."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casebook.test_decisions import MADE, READ

from recoupe.casebook import Casebook, open_casebook
from recoupe.casebook.agreement import Level, agreement, alpha
from recoupe.decision import CodedFigure, Coding
from recoupe.model import ClaimRef, Span

# The reliability data of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): four observers, twelve units.
OBSERVERS: list[list[float | None]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
PUBLISHED: list[tuple[Level, float]] = [("nominal", 0.743), ("interval", 0.849), ("ratio", 0.797)]


@pytest.mark.parametrize(("level", "published"), PUBLISHED)
def test_alpha_is_that_of_the_published_example(level: Level, published: float) -> None:
    found, why = alpha(OBSERVERS, level)
    assert (round(found or 0.0, 3), why) == (published, None)


def test_names_agree_as_numbers_do() -> None:
    named = [[None if value is None else f"value {value}" for value in row] for row in OBSERVERS]
    assert alpha(named, "nominal") == alpha(OBSERVERS, "nominal")


def test_where_alpha_is_not_defined_it_says_why() -> None:
    assert alpha([["a", "a"], ["a", "a"]], "nominal") == (None, "all values are the same: chance alone would agree as well")
    assert alpha([["a", None], [None, "b"]], "nominal") == (None, "no claim has values of two reviewers")
    assert "more than can be compared" in (alpha([[str(n) for n in range(2_001)]] * 2, "nominal")[1] or "")


@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0, 13.0, 200.0, None]), st.sampled_from([0.0, 1.0, 13.0, 200.0, None])), max_size=20))
def test_a_toll_of_nobody_is_a_toll(pairs: list[tuple[float | None, float | None]]) -> None:
    found, why = alpha([[one for one, _ in pairs], [other for _, other in pairs]], "ratio")
    assert (found is None) == (why is not None)
    assert found is None or found <= 1.0


def claim(number: int) -> ClaimRef:
    return ClaimRef(MADE.info.id, f"ASSAULT:{number}-{number + 1}")


def coded(casebook: Casebook, reviewer: str, number: int, killed: float, kind: str = "ASSAULT") -> None:
    made = Coding(kind, Span(number, number + 1), figures=(CodedFigure("killed", killed, killed),))  # type: ignore[arg-type]
    casebook.decide(claim(number), "corrected", reviewer, coding=made)


def test_fields_units_and_the_list_of_disagreements(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "war.db") as casebook:
        casebook.add(MADE, READ, code_version="1")
        for number, killed in enumerate((3, 10, 100)):
            coded(casebook, "Anne", number, killed)
        coded(casebook, "Bernard", 0, 3)
        coded(casebook, "Bernard", 1, 12, kind="COERCE")
        casebook.decide(claim(2), "rejected", "Bernard", reason="misread", note="a film")
        found = agreement(casebook.standings())
    fields = {each.field: each for each in found.fields}
    assert (found.reviewers, found.claims) == (("Anne", "Bernard"), 3)
    assert (fields["claim"].units, fields["claim"].same) == (3, 0.666667)
    assert (fields["type"].units, fields["type"].same, fields["type"].values) == (2, 0.5, 4)
    assert fields["killed"].level == "ratio"
    assert 0.9 < (fields["killed"].alpha or 0) < 1
    assert fields["factuality"].alpha is None
    assert fields["factuality"].same == 1.0
    told = {(each.claim, each.field): [said.value for said in each.said] for each in found.disagreements}
    assert told == {
        (claim(1), "type"): ["ASSAULT", "COERCE"],
        (claim(1), "killed"): ["10", "12"],
        (claim(2), "claim"): ["kept", "rejected: misread"],
    }
    program = {each.field: (each.right, each.drafts) for each in found.program}
    assert (program["claim"], program["type"], program["factuality"]) == ((5, 6), (4, 5), (5, 5))
    (rejected,) = (said for each in found.disagreements if each.field == "claim" for said in each.said if said.reviewer == "Bernard")
    assert rejected.note == "a film"


def test_what_is_settled_after_both_were_seen_counts_as_it_was(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "war.db") as casebook:
        casebook.add(MADE, READ, code_version="1")
        coded(casebook, "Anne", 0, 3)
        coded(casebook, "Bernard", 0, 30)
        coded(casebook, "Bernard", 0, 3)
        found = agreement(casebook.standings())
        assert [(each.field, each.settled) for each in found.disagreements] == [("killed", True)]
        assert {each.field: each.same for each in found.fields}["killed"] == 0.0
        coded(casebook, "Carla", 0, 3)
        assert agreement(casebook.standings(), ("Anne", "Carla")).disagreements == ()


def test_a_claim_that_one_reader_added_is_listed(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "war.db") as casebook:
        casebook.add(MADE, READ, code_version="1")
        casebook.add_claim(MADE.info.id, Coding("COERCE", Span(19, 25)), "Anne")
        assert agreement(casebook.standings()).added == ()
        casebook.decide(claim(0), "accepted", "Bernard")
        (added,) = agreement(casebook.standings()).added
    assert [(said.reviewer, said.value) for said in added.said] == [("Anne", "COERCE"), ("Bernard", None)]


def test_nobody_has_decided_anything(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "war.db") as casebook:
        found = agreement(casebook.standings())
    assert (found.reviewers, found.claims, {each.alpha for each in found.fields}) == ((), 0, {None})
    assert msgspec.json.encode(found)
