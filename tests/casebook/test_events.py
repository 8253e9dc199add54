from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casebook.made import document, reading

from recoupe.casebook import Box, Casebook, Circle, EventFilter, open_casebook
from recoupe.casebook.distance import distance_km
from recoupe.casebook.events import _around
from recoupe.errors import CasebookError
from recoupe.model import ClaimRef, Dispute, Event, EventPlace, EventType, Language, Link, Position, Positions

TOLD: tuple[tuple[str, str, Language], ...] = (("tombent", "Le Courrier", "fr"), ("volent", "ABC", "fr"), ("burn", "ABC", "en"))
ARTICLES = [
    document(f"Article {number}\n\nDes avions {word}.\n", f"{number}.txt", outlet=outlet, language=language)
    for number, (word, outlet, language) in enumerate(TOLD)
]
IDS = [article.info.id for article in ARTICLES]


def claim(number: int, at: int = 0) -> ClaimRef:
    return ClaimRef(IDS[number], f"ASSAULT:{at}-{at + 1}")


def event(
    identity: str, *claims: ClaimRef, day: str | None = "1937-04-26", place: tuple[float, float] | None = None, origins: int = 1,
    disputed: bool = False, actor: str = "unit:condor", type: EventType = "ASSAULT",  # noqa: A002 - the name of the field
) -> Event:  # fmt: skip
    where = EventPlace(None, "Guernica", "ES", *place, 5.0) if place else None
    said = Positions(actor=(Position(("Bilbao",), 1, claims, value="Légion Condor"),))
    disputes = (Dispute("killed", (0, 1), "22 and 1654 can't both be true"),) if disputed else ()
    return Event(identity, type, "Air/drone strike", day, day, where, (actor,), (), claims, (), (), origins, (), said, disputes)


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with open_casebook(tmp_path / "war.db") as opened:
        for article in ARTICLES:
            opened.add(article, reading(article, place="Guernica", claims=4))
        yield opened


@pytest.fixture
def filled(casebook: Casebook) -> Casebook:
    casebook.store_events(
        [
            event("aa11", claim(0), claim(1), place=(43.31, -2.68), origins=2, disputed=True),
            event("ab22", claim(0, 1), day="1937-05-30", place=(40.42, -3.70), actor="gov:Bilbao", type="COERCE"),
            event("cc33", claim(2), day=None),
            event("dd44", claim(2, 1), day="1937-04-20", place=(0.0, 179.9)),
            event("dd55", claim(1, 1), day="1937-04-19", place=(0.0, -179.9)),
        ]
    )
    return casebook


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EventFilter(), ["ab22", "aa11", "dd44", "dd55", "cc33"]),
        (EventFilter(limit=2), ["ab22", "aa11"]),
        (EventFilter(limit=0), []),
        (EventFilter(since="1937-04-26"), ["ab22", "aa11"]),
        (EventFilter(until="1937-04-26"), ["aa11", "dd44", "dd55"]),
        (EventFilter(since="1937-04-20", until="1937-04-26"), ["aa11", "dd44"]),
        (EventFilter(type="COERCE"), ["ab22"]),
        (EventFilter(disputed=True), ["aa11"]),
        (EventFilter(minimum_origins=2), ["aa11"]),
        (EventFilter(actor="gov:bilbao"), ["ab22"]),
        (EventFilter(actor="Bilbao"), ["ab22"]),
        (EventFilter(actor="legion condor", until="1937-04-19"), ["dd55"]),
        (EventFilter(actor="nobody"), []),
        (EventFilter(outlet="abc"), ["aa11", "dd44", "dd55", "cc33"]),
        (EventFilter(language="en"), ["dd44", "cc33"]),
        (EventFilter(words="tombent"), ["ab22", "aa11"]),
        (EventFilter(words="avions -tombent", type="ASSAULT"), ["aa11", "dd44", "dd55", "cc33"]),
        (EventFilter(words='"AND ('), []),
        (EventFilter(words=""), []),
        (EventFilter(area=Box(43, -3, 44, -2)), ["aa11"]),
        (EventFilter(area=Box(-1, 179, 1, -179)), ["dd44", "dd55"]),
        (EventFilter(area=Circle(43.26, -2.93, 30)), ["aa11"]),
        (EventFilter(area=Circle(43.26, -2.93, 10)), []),
        (EventFilter(area=Circle(0, 180, 30)), ["dd44", "dd55"]),
        (EventFilter(area=Circle(0, -180, 30)), ["dd44", "dd55"]),
        (EventFilter(area=Circle(90, 0, 30_000)), ["ab22", "aa11", "dd44", "dd55"]),
        (EventFilter(area=Circle(43.26, -2.93, 30), disputed=True, since="1937-01-01", actor="condor", words="avions"), ["aa11"]),
    ],
)
def test_which_events_answer_a_filter(filled: Casebook, wanted: EventFilter, found: list[str]) -> None:
    assert [one.id for one in filled.events(wanted)] == found
    assert wanted.limit is not None or filled.count_events(wanted) == len(found)


def test_what_goes_in_comes_out(filled: Casebook) -> None:
    stored = event("aa11", claim(0), claim(1), place=(43.31, -2.68), origins=2, disputed=True)
    assert filled.event("aa11") == stored
    assert next(filled.events(EventFilter(disputed=True))) == stored


def test_an_event_is_named_by_the_beginning_of_its_id(filled: Casebook) -> None:
    assert filled.event("c").id == "cc33"
    with pytest.raises(CasebookError, match="2 events begin with 'a': aa11, ab22: write more"):
        filled.event("a")
    with pytest.raises(CasebookError, match="no event 'zz'"):
        filled.event("zz")
    with pytest.raises(CasebookError, match="no event ''"):
        filled.event("")
    with pytest.raises(CasebookError, match="no event '%'"):
        filled.event("%")


def test_a_day_that_is_none_is_named(filled: Casebook) -> None:
    with pytest.raises(CasebookError, match="'May 1937' is no day"):
        list(filled.events(EventFilter(since="May 1937")))


def test_a_merged_event_answers_to_its_former_id(filled: Casebook) -> None:
    filled.store_events([event("ee66", claim(0), claim(1), claim(0, 1))], removed=["aa11", "ab22"])
    assert filled.event("aa11").id == filled.event("ab").id == "ee66"
    filled.store_events([event("ff77", claim(0)), event("gg88", claim(1), claim(0, 1))], removed=["ee66"])
    assert filled.event("ee66").id == filled.event("aa11").id == "gg88"
    filled.store_events([], removed=["gg88"])
    with pytest.raises(CasebookError, match="'aa11' is no more"):
        filled.event("aa11")
    filled.store_events([event("aa11", claim(1))])
    assert filled.event("aa11").claims == (claim(1),)
    assert filled.health().faults == ()


def test_a_claim_is_in_one_event(filled: Casebook) -> None:
    before = [one.id for one in filled.events()]
    with pytest.raises(CasebookError, match=r"claim ASSAULT:0-1 of document .* is in event aa11 and in event new"):
        filled.store_events([event("first", claim(2, 3)), event("new", claim(0))])
    with pytest.raises(CasebookError, match=r"document absent, which is not stored"):
        filled.store_events([event("new", ClaimRef("absent", "x"))])
    assert [one.id for one in filled.events()] == before


def test_events_of_claims_and_claims_of_events(filled: Casebook) -> None:
    assert filled.members(["aa11", "zz"]) == {"aa11": tuple(sorted((claim(0), claim(1)))), "zz": ()}
    assert filled.events_of([claim(0), claim(0, 3)]) == {claim(0): "aa11"}
    assert filled.events_with([IDS[2]]) == ("cc33", "dd44")


def test_links_come_back_and_go_with_a_reading(filled: Casebook) -> None:
    left, right = sorted((claim(0), claim(1)))
    link = Link(left, right, 7.5)
    filled.store_events([], [Link(link.right, link.left, 1.0), link])
    assert list(filled.links([claim(0)])) == list(filled.links([claim(1)])) == [link]
    assert list(filled.links([claim(0, 1)])) == []
    filled.add(ARTICLES[0], reading(ARTICLES[0]), code_version="2")
    assert list(filled.links([claim(1)])) == []


def test_what_changed_since_the_last_check(casebook: Casebook) -> None:
    assert casebook.unchecked() == tuple(IDS)
    casebook.add(ARTICLES[1], reading(ARTICLES[1]), code_version="2")  # while the check runs
    casebook.mark_checked(IDS)
    assert casebook.unchecked() == (IDS[1],)
    casebook.mark_checked(casebook.unchecked())
    assert casebook.unchecked() == ()
    edited = document("Edited", "0.txt")
    casebook.add(edited, reading(edited))
    assert set(casebook.unchecked()) == {IDS[0], edited.info.id}
    casebook.add(edited, reading(edited))
    assert len(casebook.unchecked()) == 2


coordinates = st.tuples(st.floats(-89.9, 89.9), st.floats(-180, 180))


@given(coordinates, coordinates, st.floats(0.1, 15_000))
def test_a_circle_is_inside_its_box(center: tuple[float, float], place: tuple[float, float], radius: float) -> None:
    distance = distance_km(*center, *place)
    assert distance is not None
    if distance <= radius:
        box = _around(Circle(*center, radius))
        assert box.south - 1e-6 <= place[0] <= box.north + 1e-6
        crossing = box.west > box.east
        assert (place[1] >= box.west - 1e-6 or place[1] <= box.east + 1e-6) if crossing else box.west - 1e-6 <= place[1] <= box.east + 1e-6
