from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from tests.casebook.made import document, reading
from tests.casebook.test_events import event

from recoupe.casebook import Casebook, Position, QueueFilter, open_casebook
from recoupe.casebook.doubts import SHARE_READ_TWICE, doubts, drawn
from recoupe.errors import CasebookError
from recoupe.model import ClaimRef, FigureMention, Link, PlaceMention, Reading

PLAIN = document("Une ville\n\nRien.\n", "plain.txt", outlet="Le Courrier")
VAGUE = document("Une autre ville\n\nRien.\n", "vague.txt", outlet="The Courier", published="1937-05-03")


def with_toll(of: Reading, killed: float) -> Reading:
    figure = FigureMention("figure:1-2", 1, 2, "n", "killed", killed, killed, approximate=False)
    claims = (msgspec.structs.replace(of.claims[0], figures=("figure:1-2",)), *of.claims[1:])
    return msgspec.structs.replace(of, mentions=(*of.mentions, figure), claims=claims)


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with open_casebook(tmp_path / "war.db") as opened:
        opened.add(PLAIN, reading(PLAIN, place="Guernica", actor="unit:condor", day="1937-04-26", claims=2))
        opened.add(VAGUE, with_toll(reading(VAGUE, claims=2), 1000))
        yield opened


def keys(casebook: Casebook, wanted: QueueFilter | None = None, reviewer: str = "Anne", limit: int = 9) -> list[str]:
    return [f"{each.claim.document[:4]}/{each.claim.claim}" for each in casebook.waiting(reviewer, wanted, limit)]


def test_what_is_doubtful_and_important_comes_first(casebook: Casebook) -> None:
    plain, vague = PLAIN.info.id[:4], VAGUE.info.id[:4]
    assert keys(casebook) == [f"{vague}/ASSAULT:0-1", f"{vague}/ASSAULT:1-2", f"{plain}/ASSAULT:0-1", f"{plain}/ASSAULT:1-2"]
    first = casebook.waiting("Anne")[0]
    assert first.weight == (100 + first.doubt) * (100 + first.stake) // 100
    assert casebook.queued(first.claim) == first
    features = [each.feature for each in casebook.reasons(first.claim)]
    assert features == ["no-place", "no-day", "no-actor", "no-recipient", "killed", "force"]
    assert sum(each.weight for each in casebook.reasons(first.claim)) == first.doubt + first.stake


def test_what_is_decided_leaves_the_queue_and_comes_back_when_it_is_undone(casebook: Casebook) -> None:
    first = casebook.waiting("Anne")[0].claim
    casebook.decide(first, "accepted", "Anne")
    assert first not in {each.claim for each in casebook.waiting("Anne", limit=9)}
    assert casebook.count_waiting("Anne") == 3
    casebook.undo("Anne")
    assert casebook.waiting("Anne")[0].claim == first
    casebook.decide(first, "noted", "Anne", note="later")
    assert casebook.waiting("Anne")[0].claim == first


def test_next_and_previous_without_deciding(casebook: Casebook) -> None:
    for order in ("weight", "random", "text"):
        wanted = QueueFilter(order=order)
        rows = [each.claim for each in casebook.waiting("Anne", wanted, 9)]
        assert len(rows) == 4
        for one, other in pairwise(rows):
            assert casebook.waiting("Anne", wanted, 1, Position("after", one))[0].claim == other
            assert casebook.waiting("Anne", wanted, 1, Position("before", other))[0].claim == one
        assert casebook.waiting("Anne", wanted, 1, Position("after", rows[-1])) == ()
        assert casebook.waiting("Anne", wanted, 1, Position("before", rows[0])) == ()
        assert casebook.waiting("Anne", wanted, 9, Position("before", rows[3]))[-1].claim == rows[0]
    rows = [each.claim for each in casebook.waiting("Anne", limit=9)]
    casebook.decide(rows[1], "accepted", "Anne")
    assert casebook.waiting("Anne", None, 1, Position("after", rows[1]))[0].claim == rows[2]
    rare = QueueFilter(actor="condor")
    assert casebook.waiting("Anne", rare, 1, Position("before", rows[3]))[0].claim == rows[2]
    assert casebook.waiting("Anne", rare, 1, Position("before", rows[2])) == ()


def test_filters(casebook: Casebook) -> None:
    both = [f"{PLAIN.info.id[:4]}/ASSAULT:0-1", f"{PLAIN.info.id[:4]}/ASSAULT:1-2"]
    for wanted in (
        QueueFilter(actor="condor"), QueueFilter(actor="unit:condor"), QueueFilter(outlet="le courrier"), QueueFilter(until="1937-04-30"),
        QueueFilter(document=PLAIN.info.id), QueueFilter(since="1937-04-26", until="1937-04-26", type="ASSAULT"),
    ):  # fmt: skip
        assert keys(casebook, wanted) == both, wanted
        assert casebook.count_waiting("Anne", wanted) == 2
    assert keys(casebook, QueueFilter(since="1937-05-01")) == keys(casebook, QueueFilter(document=VAGUE.info.id))
    assert keys(casebook, QueueFilter(type="AID")) == []
    assert len(keys(casebook, QueueFilter(order="random"))) == 4
    assert keys(casebook, QueueFilter(order="text", document=PLAIN.info.id)) == both
    with pytest.raises(CasebookError, match="is no day"):
        casebook.waiting("Anne", QueueFilter(since="spring"))


def test_what_another_has_decided_comes_again_for_the_sample_only(tmp_path: Path) -> None:
    many = document("Une ville\n\n" + "x" * 200, "many.txt")
    with open_casebook(tmp_path / "war.db") as casebook:
        casebook.add(many, reading(many, claims=100))
        for waiting in casebook.waiting("Anne", limit=100):
            casebook.decide(waiting.claim, "accepted", "Anne")
        again = casebook.waiting("Bernard", limit=100)
        expected = {f"ASSAULT:{n}-{n + 1}" for n in range(100) if drawn(many.info.id, f"ASSAULT:{n}-{n + 1}") < SHARE_READ_TWICE}
        assert {each.claim.claim for each in again} == expected
        assert all(each.read_twice for each in again)
        assert 5 < len(expected) < 40
        assert casebook.waiting("Bernard", QueueFilter(reading="first"), limit=9) == ()
        assert casebook.count_waiting("Bernard", QueueFilter(reading="all")) == 100


def test_the_cross_check_adds_what_hangs_on_the_event(casebook: Casebook) -> None:
    one, other = ClaimRef(PLAIN.info.id, "ASSAULT:0-1"), ClaimRef(VAGUE.info.id, "ASSAULT:1-2")
    before = casebook.queued(one)
    assert before is not None
    told = event("e1", one, other, disputed=True)
    casebook.store_events([told])
    after = casebook.queued(one)
    assert after is not None
    assert after.stake > before.stake + 99
    assert {"disputed"} <= {each.feature for each in casebook.reasons(one)}
    casebook.replace_events([([told], [Link(one, other, 1.2)])], ["e1"])
    near = casebook.queued(one)
    assert near is not None
    assert near.doubt > after.doubt
    assert sum(each.weight for each in casebook.reasons(one)) == near.doubt + near.stake
    casebook.store_events([], removed=["e1"])
    assert casebook.queued(one) == before


def test_a_document_read_anew_is_weighed_anew(casebook: Casebook) -> None:
    better = reading(VAGUE, place="Bilbao", actor="unit:condor", day="1937-04-26")
    casebook.replace(VAGUE, better, code_version="2")
    assert casebook.count_waiting("Anne") == 3
    edited = document("Une autre ville\n\nCorrigé.\n", "vague.txt", outlet="The Courier")
    casebook.add(edited, reading(edited, claims=5))
    assert VAGUE.info.id not in {each.claim.document for each in casebook.waiting("Anne", limit=9)}
    assert casebook.count_waiting("Anne") == 7
    assert casebook.health().faults == ()


def test_doubts_are_about_our_reading() -> None:
    read = reading(PLAIN, place="Guernica", actor="unit:condor", day="1937-04-26")
    sure = {each.feature for each in doubts(read)["ASSAULT:0-1"]}
    hedged = msgspec.structs.replace(read, claims=(msgspec.structs.replace(read.claims[0], factuality="PS+"),))
    assert {each.feature for each in doubts(hedged)["ASSAULT:0-1"]} == sure == {"no-recipient"}
    place = read.mentions[0]
    assert isinstance(place, PlaceMention)
    lost = msgspec.structs.replace(read, mentions=(msgspec.structs.replace(place, latitude=None, longitude=None), *read.mentions[1:]))
    assert "place-open" in {each.feature for each in doubts(lost)["ASSAULT:0-1"]}


def test_an_older_casebook_is_weighed_when_it_is_asked(tmp_path: Path) -> None:
    import sqlite3

    place = tmp_path / "old.db"
    database = sqlite3.connect(place)
    database.executescript((Path(__file__).parent / "old" / "version2.sql").read_text(encoding="utf-8"))
    database.close()
    with open_casebook(place) as casebook:
        assert casebook.waiting("Anne", limit=9) != ()
        assert casebook.weigh(9) == 0
        assert casebook.count_waiting("Anne") == casebook.health().claims
