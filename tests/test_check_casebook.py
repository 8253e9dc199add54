"""The cross-check of a casebook: adding articles step by step gives what checking everything would, in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.casebook.made import document, reading

from recoupe.casebook import Casebook, open_casebook
from recoupe.checking import check_casebook, explain, with_reasons
from recoupe.checking.helpers import helper
from recoupe.errors import CasebookError
from recoupe.model import ClaimRef, Document, Event, EventType, Judgement, Reading, Review, Span

Article = tuple[Document, Reading]


def article(
    number: int,
    day: str | None = "1937-04-26",
    place: str | None = "Guernica",
    actor: str | None = "condor-legion",
    kind: EventType = "ASSAULT",
    claims: int = 1,
) -> Article:
    names = ("Heinkel", "Rheindorf", "Ajangiz", "Leizaola")
    made = document(
        f"Article {number}\n\nSelon {names[number % 4]}, une ville fut bombardée, dit {names[number % 3]}.\n", f"{number}.txt", outlet=f"o{number}"
    )
    told = reading(made, place=place, actor=actor, day=day, type=kind, claims=claims)
    sentences = tuple(structs.replace(claim, sentence=Span(0, made.info.characters)) for claim in told.claims)
    return made, structs.replace(told, claims=sentences)


@contextmanager
def opened() -> Iterator[Casebook]:
    with TemporaryDirectory() as folder, open_casebook(Path(folder) / "war.db") as casebook:
        yield casebook


def state(casebook: Casebook) -> tuple[list[Event], list[tuple[ClaimRef, ClaimRef]]]:
    found = sorted(casebook.events(), key=lambda event: event.id)
    claims = [claim for event in found for claim in event.claims]
    return found, sorted((link.left, link.right) for link in casebook.links(claims))


def whole(articles: Sequence[Article], reviews: Sequence[Review] = ()) -> tuple[list[Event], list[tuple[ClaimRef, ClaimRef]]]:
    """What one check of everything finds."""
    with opened() as casebook:
        for each in articles:
            casebook.add(*each)
        for review in reviews:
            casebook.add_review(review)
        check_casebook(casebook)
        return state(casebook)


drawn = st.lists(
    st.builds(
        lambda day, place, actor, kind, claims: {"day": day, "place": place, "actor": actor, "kind": kind, "claims": claims},
        day=st.sampled_from([None, "1937-04-26", "1937-04-27", "1937-04-29"]),
        place=st.sampled_from([None, "Guernica", "Guernica", "Bilbao"]),
        actor=st.sampled_from([None, "condor-legion", "nationalists-spain"]),
        kind=st.sampled_from(["ASSAULT", "ASSAULT", "COERCE"]),
        claims=st.integers(1, 2),
    ),
    min_size=2,
    max_size=9,
)


@given(drawn, st.randoms(use_true_random=False), st.sampled_from([1, 2, 16]), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_checking_step_by_step_equals_checking_everything(told: list[dict[str, object]], random: object, nearest: int, edited: int) -> None:
    """Crowded blocks (few are next to each other) and an article that is taken back included."""
    articles = [article(number, **each) for number, each in enumerate(told)]  # type: ignore[arg-type]
    order = list(articles)
    random.shuffle(order)  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch, opened() as casebook:
        patch.setattr("recoupe.casebook.candidates.NEAREST", (nearest,) * 4)
        for each in order:
            casebook.add(*each)
            patch.setattr("recoupe.checking.FEW", 0)
            check_casebook(casebook)
        patch.setattr("recoupe.checking.FEW", 20)
        assert state(casebook) == whole(articles)
        last = articles[edited % len(articles)]
        bare = document("Rien\n\nRien.\n", last[0].info.key)
        casebook.add(bare, reading(bare, claims=0))
        patch.setattr("recoupe.checking.FEW", 0)
        check_casebook(casebook)
        patch.setattr("recoupe.checking.FEW", 20)
        assert state(casebook) == whole([each for each in articles if each is not last])


@given(drawn, st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from(["same", "different"])), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_decisions_bind_later_runs_until_a_later_one(told: list[dict[str, object]], decided: list[tuple[int, int, str]]) -> None:
    articles = [article(number, **each) for number, each in enumerate(told)]  # type: ignore[arg-type]
    refs = [ClaimRef(made.info.id, found.claims[0].id) for made, found in articles]
    pairs = [(refs[a], refs[b], word) for a, b, word in decided if a < len(refs) and b < len(refs) and a != b]
    reviews = [Review(left, right, word, "coder-1", f"2026-01-0{day}") for day, (left, right, word) in enumerate(pairs, 1)]  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch, opened() as casebook:
        patch.setattr("recoupe.checking.FEW", 0)
        for each in articles[:-1]:
            casebook.add(*each)
        check_casebook(casebook)
        for review in reviews:
            casebook.add_review(review)
            check_casebook(casebook)
        casebook.add(*articles[-1])
        check_casebook(casebook)
        patch.setattr("recoupe.checking.FEW", 20)
        assert state(casebook) == whole(articles, reviews)
        if reviews:
            left, right, word = pairs[-1]
            home = casebook.events_of((left, right))
            assert (home[left] == home[right]) is (word == "same")
            assert explain(casebook, left, right).reasons[0].feature == "decision"


def test_a_kept_link_says_why_also_where_another_version_kept_its_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as casebook:
        for number in range(3):
            casebook.add(*article(number))
        check_casebook(casebook)
        links = list(casebook.links([claim for event in casebook.events() for claim in event.claims]))
        told = list(with_reasons(casebook, links))
        monkeypatch.setattr("recoupe.checking.desk.check_version", lambda: "another")
        assert links
        assert list(with_reasons(casebook, links)) == told
    assert [(one.left, one.right) for one in told] == [(one.left, one.right) for one in links]
    assert all(abs(one.score - kept.score) < 0.05 for one, kept in zip(told, links, strict=True))
    assert all("both name Guernica" in [reason.detail for reason in one.reasons] for one in told)


def test_claims_of_one_article_that_come_between_two_others_part_them() -> None:
    """In a crowded block both claims of the new article stand between two that were next to each other."""
    articles = [article(0, day=None, actor=None), article(1, actor=None), article(2, day=None, place="Bilbao", actor=None, claims=2)]
    with pytest.MonkeyPatch.context() as patch, opened() as casebook:
        patch.setattr("recoupe.casebook.candidates.NEAREST", (1,) * 4)
        patch.setattr("recoupe.checking.FEW", 0)
        for each in articles:
            casebook.add(*each)
            check_casebook(casebook)
        patch.setattr("recoupe.checking.FEW", 20)
        assert state(casebook) == whole(articles)


def test_a_decision_is_undone_by_a_later_one_only() -> None:
    one, other = article(0), article(3)
    left, right = (ClaimRef(made.info.id, told.claims[0].id) for made, told in (one, other))
    with opened() as casebook:
        for each in (one, other):
            casebook.add(*each)
        check_casebook(casebook)

        def together() -> bool:
            check_casebook(casebook)
            return len(set(casebook.events_of([left, right]).values())) == 1

        before = together()
        words: tuple[Judgement, ...] = ("different", "same", "different")
        for day, word in enumerate(words, 1):
            casebook.add_review(Review(left, right, word, "coder-1", f"2026-01-0{day}"))
            assert together() is (word == "same")
            casebook.add(*article(5 + day, day="1937-04-20", place="Bilbao"))
            assert together() is (word == "same")
        casebook.add_review(Review(left, right, "same", "coder-2", "2025-01-01"))
        assert not together()
        assert before in (True, False)


def test_nothing_new_changes_nothing() -> None:
    with opened() as casebook:
        casebook.add(*article(0))
        assert check_casebook(casebook).events == 1
        assert check_casebook(casebook) == check_casebook(casebook)
        assert check_casebook(casebook).events == 0


def test_what_another_version_found_is_found_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as casebook:
        with monkeypatch.context() as older:
            made_by_another_version(older)
            casebook.add(*article(0))
            assert check_casebook(casebook).events == 1
        assert check_casebook(casebook).events == 1
        assert check_casebook(casebook).events == 0


def test_a_check_that_is_stopped_goes_on_where_it_stopped() -> None:
    articles = [article(number, day=f"1937-04-{number % 6 + 10}", actor=None) for number in range(24)]
    heard: list[list[int]] = []

    def stop(done: int, _: int) -> None:
        if done > 8:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch, opened() as casebook:
        patch.setattr("recoupe.checking.settling.BATCH", 1)
        for each in articles:
            casebook.add(*each)
        with pytest.raises(KeyboardInterrupt):
            check_casebook(casebook, stop)
        late = article(30, day="1937-04-15", place="Bilbao", actor=None)
        casebook.add(*late)
        check_casebook(casebook, lambda done, much: heard.append([done, much]))
        assert state(casebook) == whole([*articles, late])
        assert heard[0][0] > 8
        assert heard[-1][0] == heard[-1][1]


def made_by_another_version(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for module in ("recoupe.checking", "recoupe.checking.desk"):
        monkeypatch.setattr(f"{module}.check_version", lambda: "older")
    return monkeypatch


@pytest.mark.parametrize("late", [(), (article(30, day="1937-05-15", place="Bilbao"),)], ids=["nothing new", "something new"])
def test_a_check_of_what_another_version_found_goes_on_too(monkeypatch: pytest.MonkeyPatch, late: tuple[Article, ...]) -> None:
    articles = [article(number, day=f"1937-04-{number % 6 + 10}", actor=None) for number in range(24)]

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with opened() as casebook:
        with monkeypatch.context() as older:
            made_by_another_version(older)
            for each in articles:
                casebook.add(*each)
            check_casebook(casebook)
        for each in late:
            casebook.add(*each)
        with pytest.raises(KeyboardInterrupt):
            check_casebook(casebook, stop)
        assert check_casebook(casebook).compared == len(articles) + len(late)
        assert state(casebook) == whole([*articles, *late])
        assert check_casebook(casebook).events == 0


def test_other_processes_find_what_one_finds() -> None:
    articles = [article(number, day=f"1937-04-{number % 6 + 10}", actor=None) for number in range(30)]
    with pytest.MonkeyPatch.context() as patch, opened() as casebook:
        patch.setattr("recoupe.checking.settling.BATCH", 4)
        patch.setattr("recoupe.checking.settling.WORTH", 0)
        patch.setattr("recoupe.checking.settling.helpers_used", lambda: 2)
        for each in articles:
            casebook.add(*each)
        check_casebook(casebook)
        assert state(casebook) == whole(articles)


def test_a_helper_that_is_gone_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CasebookError, match="check again"), helper(tmp_path / "there is none.db") as gone:
        gone.ask(b"")


# ------------------------------------------------------------------------------------------------------------------- bad input


def test_claims_without_date_or_place_stay_alone() -> None:
    events, _ = whole([article(number, day=None, place=None, actor=None) for number in range(6)])
    assert len(events) == 6


def test_the_same_text_under_two_addresses_is_one_article() -> None:
    with opened() as casebook:
        made, told = article(0)
        casebook.add(made, told)
        twin = structs.replace(made, info=structs.replace(made.info, key="elsewhere.txt"))
        casebook.add(twin, structs.replace(told, document=twin.info))
        check_casebook(casebook)
        (event,) = casebook.events()
        assert (len(event.documents), event.independent_origins) == (1, 1)


def test_contradictory_days_in_one_article_are_two_occurrences() -> None:
    made, told = article(0, claims=2)
    first, second = told.claims
    told = structs.replace(told, claims=(first, structs.replace(second, date_start="1937-05-20", date_end="1937-05-20")))
    events, _ = whole([(made, told)])
    assert [event.date_start for event in sorted(events, key=lambda event: event.date_start or "")] == ["1937-04-26", "1937-05-20"]


def test_a_thousand_copies_are_checked_in_bounded_time() -> None:
    text = "Article\n\nSelon Rheindorf, la ville d'Ajangiz fut bombardée par trois Heinkel, dit Leizaola, qui compte neuf maisons brûlées et douze morts parmi les habitants du bourg, presque tous des femmes et des enfants qui revenaient du marché.\n"
    with opened() as casebook, casebook.batch():
        for number in range(1000):
            made = document(text + f"{number}\n", f"{number}.txt", outlet=f"o{number}")
            casebook.add(made, reading(made, place="Guernica", actor="condor-legion", day="1937-04-26"))
        tally = check_casebook(casebook)
        assert tally.events == 1
        (event,) = casebook.events()
        assert (len(event.documents), event.independent_origins) == (1000, 1)
