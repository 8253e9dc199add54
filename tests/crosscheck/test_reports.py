"""What one article says of several occurrences is kept apart; what its sentences say of one is put together."""

from __future__ import annotations

from tests.crosscheck.builders import account, speaker

from recoupe.crosscheck import load_weights
from recoupe.crosscheck.account import Account, party
from recoupe.crosscheck.link import quick_score
from recoupe.crosscheck.reports import reports

US, IRAN, RUSSIA = (party(actor, name) for actor, name in (("usa", "United States"), ("iran", "Iran"), ("russia", "Russia")))


def told(*accounts: Account) -> list[set[str]]:
    return [{one.ref.claim for one in report.accounts} for report in reports(accounts, load_weights())]


def test_a_blow_and_its_answer_are_two() -> None:
    blow = account("a", "ASSAULT:10-20", actors=(US,), recipients=(IRAN,), by=speaker("Tehran"))
    answer = account("a", "ASSAULT:900-910", actors=(IRAN,), recipients=(US,))
    again = account("a", "ASSAULT:1900-1910", actors=(US,), recipients=(IRAN,))
    assert told(blow, answer, again) == [{"ASSAULT:10-20", "ASSAULT:1900-1910"}, {"ASSAULT:900-910"}]


def test_two_sides_that_fight_each_other_are_one() -> None:
    fight = account("a", "ASSAULT:10-20", actors=(US, IRAN))
    blow = account("a", "ASSAULT:900-910", actors=(IRAN,), recipients=(US,))
    assert told(fight, blow) == [{"ASSAULT:10-20", "ASSAULT:900-910"}]


def test_two_voices_may_differ_on_who_did_it_and_one_tells_of_two_deeds() -> None:
    one = account("a", "ASSAULT:10-20", actors=(US,), place_basis="article")
    other = account("a", "ASSAULT:900-910", actors=(RUSSIA,), place_basis="article")
    weights = load_weights()
    assert quick_score(one, account("a", "ASSAULT:900-910", actors=(RUSSIA,), by=speaker("Tehran"), place_basis="article"), weights) > quick_score(
        one, other, weights
    )
    assert len(told(one, other)) == 2


def test_plans_without_more_in_common_are_two() -> None:
    plan = account("a", "ASSAULT:10-20", factuality="Uu", stage="planned", place_basis="article", mode=None)
    fear = account("a", "ASSAULT:900-910", factuality="Uu", stage="planned", place_basis="article", mode=None)
    assert len(told(plan, fear)) == 2
    news = account("a", "ASSAULT:10-20", place_basis="article", mode=None)
    assert len(told(news, account("a", "ASSAULT:900-910", place_basis="article", mode=None))) == 1
