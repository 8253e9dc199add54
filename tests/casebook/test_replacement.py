"""Events take the place of earlier ones step by step; what a reader sees between two steps is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebook.made import document, reading
from tests.casebook.test_events import event

from recoupe.casebook import Casebook, open_casebook
from recoupe.errors import CasebookError
from recoupe.model import ClaimRef

ARTICLES = [document(f"Article {number}\n\nDes avions.\n", f"{number}.txt") for number in range(4)]


def claim(number: int, at: int = 0) -> ClaimRef:
    return ClaimRef(ARTICLES[number].info.id, f"ASSAULT:{at}-{at + 1}")


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with open_casebook(tmp_path / "war.db") as opened:
        for article in ARTICLES:
            opened.add(article, reading(article, place="Guernica", claims=2))
        opened.store_events([event("old1", claim(0), claim(1), claim(2)), event("old2", claim(3))])
        opened.store_events([event("old3", claim(3))], removed=["old2"])
        yield opened


def test_between_two_steps_each_claim_is_in_one_event_at_most(casebook: Casebook) -> None:
    replacement = casebook.replacement()
    replacement.keep([event("new1", claim(0))], [])
    assert casebook.events_of([claim(0), claim(1), claim(3)]) == {claim(0): "new1", claim(3): "old3"}
    assert casebook.event("old1").id == "new1"
    replacement.keep([event("new2", claim(1), claim(2))], [])
    assert casebook.event("old1").id == "new2"  # which took most of its claims
    replacement.finish(None)
    assert [found.id for found in casebook.events()] == ["new1", "new2"]
    with pytest.raises(CasebookError, match="is no more"):
        casebook.event("old3")
    assert casebook.health().faults == ()


def test_an_event_that_is_found_again_answers_to_its_names(casebook: Casebook) -> None:
    replacement = casebook.replacement()
    replacement.keep([event("new", claim(3, 1))], [])
    replacement.keep([event("old3", claim(3))], [])
    replacement.keep([event("old1", claim(0))], [])
    replacement.finish([])
    assert {name: casebook.event(name).id for name in ("old1", "old2", "old3")} == {"old1": "old1", "old2": "old3", "old3": "old3"}


def test_a_claim_in_two_events_of_a_step_undoes_the_step(casebook: Casebook) -> None:
    with pytest.raises(CasebookError, match="is in event"):
        casebook.replacement().keep([event("new1", claim(0)), event("new2", claim(0))], [])
    assert sorted(found.id for found in casebook.events()) == ["old1", "old3"]
