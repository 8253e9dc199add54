"""The cross-check as a whole: what becomes one event, what stays apart, and that the order of arrival plays no part."""

from __future__ import annotations

import time
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.crosscheck.builders import BILBAO, DURANGO, GUERNICA, SPAIN, account, pairs, speaker, toll

from recoupe.crosscheck import Account, check, explain, score
from recoupe.crosscheck.account import iso_day
from recoupe.crosscheck.weights import load_weights
from recoupe.model import Event, Review

BASQUE, SALAMANCA, STEER = speaker("gouvernement basque"), speaker("quartier général de Salamanque"), speaker("George Steer")


def events(*accounts: Account, copies: tuple[tuple[str, ...], ...] = (), reviews: tuple[Review, ...] = ()) -> tuple[Event, ...]:
    return check(accounts, pairs(accounts), copies, reviews).events


def together(found: tuple[Event, ...], *documents: str) -> bool:
    return any(set(documents) <= {claim.document for claim in event.claims} for event in found)


def test_one_raid_told_by_two_sides_is_one_event() -> None:
    found = events(
        account("a", day="1937-04-26", by=BASQUE, who=("aviation allemande",), killed=1654, text="Guernica bombardée et détruite"),
        account("b", day="1937-04-26", by=SALAMANCA, factuality="CT-", text="Aucun avion n'a survolé Guernica", published="1937-04-29"),
        account("c", day="1937-04-26", by=SALAMANCA, mode="destroy", who=("milices rouges",), text="Guernica incendiée", published="1937-04-29"),
    )
    assert len(found) == 1
    assert [dispute.attribute for dispute in found[0].disputes] == ["actor", "occurred"]
    assert {position.value for position in found[0].positions.occurred} == {"yes", "no"}


def test_the_same_town_a_month_earlier_and_a_near_town_stay_apart() -> None:
    found = events(
        account("a", day="1937-04-26", killed=127),
        account("b", day="1937-03-31", places=(DURANGO,), killed=127, published="1937-04-01"),
        account("c", day="1937-04-26", places=(BILBAO,)),
        account("d", day="1937-03-26", published="1937-03-27"),
    )
    assert len(found) == 4


def test_the_next_day_with_a_similar_toll_stays_apart() -> None:
    found = events(account("a", day="1937-04-26", killed=12), account("b", day="1937-04-27", killed=11))
    assert not together(found, "a", "b")


def test_that_civilians_are_struck_both_times_makes_no_one_event() -> None:
    """The same town on the next day, where only a crowd is named."""
    found = events(
        account("a", day="1937-04-26", killed=12, whom=("civils",), text="Un bombardement vise le marché"),
        account("b", day="1937-04-27", killed=14, whom=("civils",), text="Une frappe détruit l'école"),
    )
    assert len(found) == 2


def test_news_in_the_lead_is_not_what_the_article_recalls_from_long_ago() -> None:
    found = events(
        account("a", "ASSAULT:20-30", published="1937-04-28", text="Guernica bombardée par la légion Condor"),
        account("a", "ASSAULT:900-910", day="1931-05-10", published="1937-04-28", text="Des couvents brûlèrent à Madrid"),
        account("b", day="1937-04-26", text="Guernica bombardée par la légion Condor"),
    )
    assert together(found, "a", "b")
    assert {event.date_start for event in found} == {"1937-04-26", "1931-05-10"}


def test_a_look_back_joins_the_old_event() -> None:
    old = account("a", day="1937-04-26", killed=1654, text="Guernica détruite par la légion Condor")
    later = account("b", day="1937-04-26", published="1957-04-26", text="La destruction de Guernica par la légion Condor")
    assert together(events(old, later), "a", "b")


def test_a_sum_over_years_joins_nothing() -> None:
    raid = account("a", day="1937-04-26", killed=1654)
    total = account("b", first_day=707000, last_day=707365, day_basis="claim", killed=1654, aggregate=True)
    found = events(raid, total)
    assert len(found) == 2
    link = score(raid, total, load_weights())
    assert "sums up" in link.reasons[0].detail


def test_a_plan_is_not_the_deed() -> None:
    deed = account("a", day="1937-04-26")
    plan = account("b", day="1937-04-26", factuality="Uu", stage="planned", published="1937-04-25")
    assert len(events(deed, plan)) == 2


def test_an_article_keeps_two_raids_apart_and_repeats_one() -> None:
    first = account("a", "ASSAULT:10-20", day="1937-04-26", killed=1654)
    again = account("a", "ASSAULT:300-310", day="1937-04-26", killed=1654)
    other = account("a", "ASSAULT:600-610", day="1937-03-31", places=(DURANGO,))
    found = events(first, again, other)
    assert sorted(len(event.claims) for event in found) == [1, 2]


def test_claims_without_day_or_place_stay_alone_and_say_why() -> None:
    bare = [account(name, published=None, places=(), text="") for name in "abc"]
    assert len(events(*bare)) == 3
    assert score(bare[0], bare[1], load_weights()).score < 0


def test_an_undated_claim_of_an_undated_article_needs_more_than_the_sides_and_the_country() -> None:
    dated = account("a", day="1937-04-26", who=("Legion",), whom=("Militia",))
    undated = account("b", published=None, places=(SPAIN,), who=("Legion",), whom=("Militia",))
    assert len(events(dated, undated)) == 2


def test_different_languages_join_by_identity() -> None:
    french = account("a", day="1937-04-26", killed=1654, text="Guernica a été détruite par des bombardiers Heinkel")
    english = account("b", day="1937-04-26", killed=1654, language="en", text="Heinkel bombers destroyed the town of Guernica")
    assert together(events(french, english), "a", "b")


# ------------------------------------------------------------------------------------------------------------------- decisions


def review(left: Account, right: Account, judgement: str, at: str = "2026-01-01") -> Review:
    return Review(left.ref, right.ref, "same" if judgement == "same" else "different", "coder-1", at)


def test_a_person_joins_and_parts_and_the_later_word_counts() -> None:
    one, other = account("a", day="1937-04-26", killed=127), account("b", day="1937-04-26", killed=127)
    far = account("c", day="1937-03-31", places=(DURANGO,))
    assert together(events(one, other), "a", "b")
    assert not together(events(one, other, reviews=(review(one, other, "different"),)), "a", "b")
    assert together(events(one, other, reviews=(review(one, other, "different"), review(other, one, "same", "2026-01-02"))), "a", "b")
    assert together(events(one, far, reviews=(review(one, far, "same"),)), "a", "c")
    assert not together(events(one, far, reviews=(review(one, far, "same"), review(one, far, "different", "2026-01-02"))), "a", "c")


def test_a_decision_on_one_claim_parts_its_own_article() -> None:
    first, second = (account("a", claim, day="1937-04-26", killed=127) for claim in ("ASSAULT:10-20", "ASSAULT:90-99"))
    other = account("b", day="1937-04-26", killed=127)
    assert len(events(first, second)) == 1
    found = events(first, second, other, reviews=(review(first, other, "same"), review(second, other, "different")))
    assert together(found, "a", "b")
    assert [len(event.claims) for event in found] in ([1, 2], [2, 1])
    assert first.ref in next(event.claims for event in found if len(event.claims) == 2)


def test_a_decision_keeps_whole_clusters_apart() -> None:
    told = [account(name, day="1937-04-26", killed=127) for name in "abcd"]
    found = events(*told, reviews=(review(told[0], told[3], "different"),))
    assert not together(found, "a", "d")
    assert len(found) == 2


# ------------------------------------------------------------------------------------------------------------------ explanation


def test_explain_says_what_binds_and_what_the_clusters_made_of_it() -> None:
    one, other = account("a", day="1937-04-26", killed=127), account("b", day="1937-04-26", killed=127)
    told = [one, other]
    plain = explain(one.ref, other.ref, told)
    assert plain.score > 0
    assert any("Guernica" in reason.detail for reason in plain.reasons)
    parted = explain(one.ref, other.ref, told, reviews=(review(one, other, "different"),))
    assert parted.reasons[0].feature == "decision"


def test_explain_of_one_article() -> None:
    first, again = (account("a", claim, day="1937-04-26", killed=127) for claim in ("ASSAULT:10-20", "ASSAULT:90-99"))
    assert explain(first.ref, again.ref, [first, again]).reasons[0].feature == "report"


# ------------------------------------------------------------------------------------------------------------------- bad input


def test_a_chain_of_lookalikes_makes_no_giant_cluster() -> None:
    """Each link is likely, the ends have nothing in common: a village 4 km further and a day later each time."""
    chain = []
    for step in range(120):
        place = structs.replace(GUERNICA, place=f"village {step}", latitude=43.3 + step * 0.036)
        chain.append(account(f"d{step:03}", places=(place,), first_day=707000 + step, last_day=707001 + step, day_basis="claim", published=None))
    found = events(*chain)
    assert max(len(event.claims) for event in found) <= 8


def test_a_long_chain_that_hangs_together_is_settled_in_bounded_time() -> None:
    """Six articles in a row share three made-up names, and the next six two of these: links lead from the first of two thousand to the last."""
    letters = str.maketrans("0123456789", "abcdefghij")
    texts = [" ".join(f"Zorg{name}ax Vrel{name}on" for name in range(at // 2, at // 2 + 3)).translate(letters) for at in range(2000)]
    days = [iso_day(700_000 + at // 3) for at in range(2000)]
    told = [account(f"d{at:06}", day=days[at], published=days[at], text=text, killed=at % 7) for at, text in enumerate(texts)]
    started = time.process_time()
    found = check(told, pairs(told, nearest=12)).events
    assert time.process_time() - started < 10
    assert max(len(event.claims) for event in found) <= 20


def test_a_thousand_copies_of_one_text_are_one_event_of_one_origin_in_bounded_time() -> None:
    told = [account(f"d{number:04}", day="1937-04-26", killed=127, text="Guernica détruite par la légion Condor") for number in range(1000)]
    started = time.process_time()
    (found,) = events(*told, copies=(tuple(one.ref.document for one in told),))
    assert time.process_time() - started < 8
    assert found.independent_origins == 1
    assert found.positions.killed[0].independent_origins == 1
    assert len(found.copies[0]) == 1000


# ------------------------------------------------------------------------------------------------------------------- properties

PLACES = (GUERNICA, DURANGO, BILBAO, SPAIN)


@st.composite
def many(draw: st.DrawFn) -> list[Account]:
    """Up to 14 accounts of up to 6 articles, of few places, days, tolls and voices, so that many are alike."""
    made = {}
    for number in range(draw(st.integers(2, 14))):
        name, at = f"d{draw(st.integers(0, 5))}", number * 100
        day = draw(st.sampled_from([None, "1937-04-26", "1937-04-27", "1937-03-31"]))
        found = account(
            name,
            f"ASSAULT:{at}-{at + 5}",
            day=day,
            places=(draw(st.sampled_from(PLACES)),),
            killed=draw(st.sampled_from([None, 12, 127, 1654])),
            by=draw(st.sampled_from([None, BASQUE, SALAMANCA, STEER])),
            published=draw(st.sampled_from(["1937-04-27", "1937-04-28", None])) if False else "1937-04-28",
            text=draw(st.sampled_from(["Guernica détruite par la légion Condor", "Durango bombardée, le couvent Sainte-Suzanne touché", ""])),
        )
        made[found.ref] = found
    return list(made.values())


REVIEWS = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13), st.sampled_from(["same", "different"]), st.integers(1, 9)), max_size=4)


def reviewed(told: list[Account], drawn: list[tuple[int, int, str, int]]) -> tuple[Review, ...]:
    inside = [(told[a], told[b], word, day) for a, b, word, day in drawn if max(a, b) < len(told) and a != b]
    return tuple(review(one, other, word, f"2026-01-0{day}") for one, other, word, day in inside)


@settings(max_examples=60, deadline=None)
@given(many(), REVIEWS, st.randoms())
def test_the_order_of_arrival_plays_no_part(told: list[Account], drawn: list[tuple[int, int, str, int]], random: object) -> None:
    decided = reviewed(told, drawn)
    expected = check(told, pairs(told), (), decided)
    shuffled, turned = list(told), [(right, left) for left, right in pairs(told)]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert check(shuffled, turned, (), tuple(reversed(decided))) == expected


@settings(max_examples=60, deadline=None)
@given(many(), REVIEWS)
def test_every_claim_is_in_one_event_and_decisions_hold(told: list[Account], drawn: list[tuple[int, int, str, int]]) -> None:
    decided = reviewed(told, drawn)
    found = events(*told, reviews=decided)
    claims = [claim for event in found for claim in event.claims]
    assert sorted(claims) == sorted(one.ref for one in told)
    if decided:
        last = max(decided, key=lambda one: one.decided_at)
        if sum(one.decided_at == last.decided_at for one in decided) == 1:
            home = {claim: event.id for event in found for claim in event.claims}
            assert (home[last.left] == home[last.right]) is (last.judgement == "same")


def test_scores_are_symmetric() -> None:
    told = [account("a", day="1937-04-26", killed=127), account("b", places=(SPAIN,), killed=toll(100, None)), account("c", who=("Condor",))]
    for one, other in combinations(told, 2):
        assert score(one, other, load_weights()) == score(other, one, load_weights())


def test_two_places_that_one_article_names_speak_less_against_one_event_and_those_that_both_name_for_it() -> None:
    here, there = account("a", places=(GUERNICA,)), account("b", places=(BILBAO,))
    both = frozenset({"es:guernica", "es:bilbao"})
    apart, one, either = (
        score(structs.replace(here, article_places=mine), structs.replace(there, article_places=theirs), load_weights()).score
        for mine, theirs in ((frozenset[str](), frozenset[str]()), (both, frozenset[str]()), (both, both))
    )
    assert apart < one < either
