"""Versions, who holds them, how many are independent, and when they contradict each other."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs
from tests.crosscheck.builders import GUERNICA, SPAIN, account, pairs, speaker, toll

from recoupe.crosscheck import Account, check
from recoupe.crosscheck.account import Called, Count, Speaker, Where, party
from recoupe.model import Event, Position

BASQUE, SALAMANCA, STEER = speaker("gouvernement basque"), speaker("Salamanque"), speaker("George Steer")
OUTLET_A = Speaker("outlet a", "Outlet a", "outlet")


def one_event(*accounts: Account, copies: tuple[tuple[str, ...], ...] = ()) -> Event:
    (found,) = check(accounts, pairs(accounts), copies).events
    return found


def told(name: str, killed: Count | None = None, by: Speaker | None = None, **changes: Any) -> Account:
    return account(name, day=changes.pop("day", "1937-04-26"), killed=killed, by=by, text="Guernica détruite par la légion Condor", **changes)


def disputed(event: Event) -> set[str]:
    return {dispute.attribute for dispute in event.disputes}


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (toll(22, None), toll(26), False),
        (toll(22), toll(35), True),
        (toll(22), toll(22), False),
        (toll(None, 20), toll(22), True),
        (toll(150, 300), toll(200), False),
        (toll(150, 300), toll(1654), True),
        (toll(80, about=True), toll(84), False),
        (toll(80), toll(84), True),
        (toll(0), toll(3), True),
        (toll(0), toll(0), False),
    ],
)
def test_tolls_contradict_beyond_their_precision(one: Count, other: Count, differ: bool) -> None:  # noqa: FBT001
    event = one_event(told("a", one, BASQUE), told("b", other, STEER))
    assert ("killed" in disputed(event)) is differ


def test_who_says_that_nobody_was_harmed_denies_the_dead_and_not_the_deed() -> None:
    denial = structs.replace(told("b", toll(0), STEER), factuality="CT-")
    event = one_event(told("a", toll(3), BASQUE), denial)
    assert {position.low for position in event.positions.killed} == {0, 3}
    assert [position.value for position in event.positions.occurred] == ["yes"]
    assert disputed(event) == {"killed"}


def test_an_update_by_the_same_origin_is_a_history() -> None:
    event = one_event(told("a", toll(800), BASQUE, published="1937-04-28"), told("b", toll(1654), BASQUE, published="1937-05-04"))
    assert [position.low for position in event.positions.killed] == [800, 1654]
    assert "killed" not in disputed(event)


def test_what_an_origin_said_last_is_what_contradicts() -> None:
    event = one_event(
        told("a", toll(800), BASQUE, published="1937-04-28"),
        told("b", toll(1654), BASQUE, published="1937-05-04"),
        told("c", toll(800), STEER, published="1937-05-05"),
    )
    (dispute,) = event.disputes
    assert dispute.attribute == "killed"
    assert "1,654 (gouvernement basque)" in dispute.reason
    assert "800" in dispute.reason


def test_a_part_of_the_dead_is_no_toll() -> None:
    event = one_event(told("a", toll(58)), told("b", Count("killed", 11, 11, approximate=False, part=True)))
    assert [position.low for position in event.positions.killed] == [58]


def test_days_and_places_within_their_precision_agree() -> None:
    week = told("b", by=STEER, first_day=707224, last_day=707228, day_basis="claim")
    event = one_event(told("a", toll(1654), BASQUE), week, told("c", toll(1654), by=SALAMANCA, places=(SPAIN,)))
    assert disputed(event) == set()
    assert {position.value for position in event.positions.date} == {"1937-04-26", "1937-04-25/1937-04-29"}


def test_other_days_and_places_are_disputed() -> None:
    near = Where("es:x", "Ajangiz", "ES", 43.30, -2.665, 0.5)
    here = Where("es:y", "Guernica, place du marché", "ES", 43.317, -2.678, 0.5)
    event = one_event(
        told("a", toll(1654), BASQUE, sentences=frozenset({1}), places=(here,)),
        told("b", toll(1654), STEER, sentences=frozenset({1}), day="1937-04-27", places=(near,)),
    )
    assert "date" in disputed(event)
    assert "place" not in disputed(event)


def test_a_different_party_held_responsible_is_disputed_and_a_denial_too() -> None:
    event = one_event(
        told("a", toll(1654), BASQUE, who=("aviation allemande",)),
        told("b", toll(1654), SALAMANCA, who=("milices rouges",)),
        told("c", toll(1654), speaker("Berlin"), who=("aviation allemande",), factuality="CT-", responsibility="denied"),
    )
    assert {position.value for position in event.positions.actor} == {"aviation allemande", "milices rouges", "not aviation allemande"}
    assert "actor" in disputed(event)
    assert "occurred" not in disputed(event)


def test_a_mere_description_contradicts_no_name_unless_its_kind_of_force_does() -> None:
    named = told("a", toll(9), BASQUE, actors=(party("islamic-state", "Islamic State"),))
    for vague in ("suicide bomber", "gunmen", "un homme", "attackers"):
        assert "actor" not in disputed(one_event(named, told("b", toll(9), STEER, who=(vague,))))
    assert "actor" in disputed(one_event(named, told("b", toll(9), STEER, who=("warplanes",))))
    assert "actor" in disputed(one_event(told("a", toll(9), BASQUE, who=("rebelles",)), told("b", toll(9), STEER, who=("l'armée",))))


def test_two_sides_that_fight_each_other_are_no_dispute_over_who_did_it() -> None:
    basques, rebels = party("basque-government", "Basque government"), party("nationalists-spain", "Nationalists")
    for acled, differ in (("Armed clash", False), ("Air/drone strike", True)):
        one = told("a", toll(9), BASQUE, actors=(basques,), recipients=(rebels,), acled=acled)
        other = told("b", toll(9), STEER, actors=(rebels,), acled=acled)
        assert ("actor" in disputed(one_event(one, other))) is differ
        denied = told("c", toll(9), SALAMANCA, actors=(rebels,), acled=acled, responsibility="denied")
        assert "actor" in disputed(one_event(one, other, denied))


def test_both_sides_of_a_battle_are_no_dispute() -> None:
    event = one_event(told("a", toll(30), BASQUE, who=("milices", "rebelles")), told("b", toll(30), STEER, who=("rebelles",)))
    assert "actor" not in disputed(event)


def test_labels_of_opposite_judgement_are_disputed() -> None:
    event = one_event(
        told("a", toll(9), BASQUE, labels=(Called("résistants", "x", "positive"),)),
        told("b", toll(9), STEER, labels=(Called("terroristes", "x", "negative"),)),
        told("c", toll(9), SALAMANCA, labels=(Called("bandits", "y", "negative"),)),
    )
    (dispute,) = event.disputes
    held = [event.positions.label[place].value for place in dispute.positions]
    assert sorted(filter(None, held)) == ["résistants", "terroristes"]


# ----------------------------------------------------------------------------------------------------------------- independence


def killed(event: Event) -> Position:
    (position,) = event.positions.killed
    return position


def test_ten_articles_that_quote_one_source_have_one_origin() -> None:
    event = one_event(*(told(f"d{n}", toll(1654), BASQUE) for n in range(10)))
    assert event.independent_origins == 1
    assert killed(event).independent_origins == 1
    assert killed(event).origins == ("gouvernement basque",)
    assert len(event.documents) == 10


def test_outlets_that_print_one_text_are_one_origin() -> None:
    accounts = [told("a", toll(1654)), told("b", toll(1654)), told("c", toll(1654))]
    assert killed(one_event(*accounts)).independent_origins == 3
    event = one_event(*accounts, copies=(("a", "b"),))
    assert killed(event).independent_origins == 2
    assert event.copies == (("a", "b"),)


def test_an_unnamed_witness_of_one_text_is_one_witness() -> None:
    witnesses = [Speaker(f"article {name}: un temoin", "un témoin", "unnamed") for name in "ab"]
    accounts = [told(name, toll(1654), by) for name, by in zip("ab", witnesses, strict=True)]
    assert killed(one_event(*accounts)).independent_origins == 2
    assert killed(one_event(*accounts)).origins == ("un témoin (Outlet a)", "un témoin (Outlet b)")
    assert killed(one_event(*accounts, copies=(("a", "b"),))).independent_origins == 1


def test_an_article_that_repeats_its_own_source_adds_no_origin() -> None:
    title = told("a", toll(1654), None, claim="ASSAULT:1-5")
    body = told("a", toll(1654), BASQUE, claim="ASSAULT:200-205")
    assert killed(one_event(title, body)).independent_origins == 1
    assert killed(one_event(title, body)).origins == ("gouvernement basque",)


def test_the_source_of_a_relay_is_the_one_that_speaks_for_itself() -> None:
    agency = Speaker("havas", "Havas", "media")
    own = told("a", toll(1654), origin=Speaker("havas", "Havas", "outlet"), relays=())
    relay = told("b", toll(1654), origin=agency, relays=(Speaker("outlet b", "Outlet b", "outlet"),))
    assert killed(one_event(own, relay)).independent_origins == 1


def test_the_event_knows_its_place_and_day_from_most_origins() -> None:
    event = one_event(told("a", toll(3), BASQUE), told("b", toll(3), STEER), told("c", toll(3), SALAMANCA, places=(SPAIN,)))
    assert event.place is not None
    assert (event.place.name, event.date_start) == (GUERNICA.name, "1937-04-26")
