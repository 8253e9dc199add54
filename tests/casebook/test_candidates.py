from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, structs
from tests.casebook.made import document, reading

from recoupe.casebook import Casebook, open_casebook
from recoupe.casebook.blocks import AFTER_DAYS, BEFORE_DAYS, OWN_DAYS, article_place, claim_rows, squares
from recoupe.model import Document, EventType, PlaceMention, Reading

Pairs = set[tuple[str, str]]


class Told(Struct, frozen=True):
    """One article of the tests: when it was published, and what all of its claims say."""

    published: str | None = "1937-04-28"
    day: str | None = "1937-04-26"
    place: str | None = None
    actor: str | None = None
    type: EventType = "ASSAULT"
    claims: int = 1


def made(number: int, told: Told) -> tuple[Document, Reading]:
    article = document(f"Article {number}", f"{number}.txt", published=told.published)
    return article, reading(article, place=told.place, actor=told.actor, day=told.day, type=told.type, claims=told.claims)


def fill(casebook: Casebook, articles: Sequence[tuple[Document, Reading]]) -> None:
    with casebook.batch():
        for article, told in articles:
            casebook.add(article, told)


def keys(casebook: Casebook, documents: list[str] | None = None) -> list[tuple[str, str]]:
    return sorted((f"{a.document}/{a.claim}", f"{b.document}/{b.claim}") for a, b in casebook.candidates(documents))


def paired(tmp_path: Path, *articles: Told) -> bool:
    with open_casebook(tmp_path / "war.db") as casebook:
        fill(casebook, [made(number, told) for number, told in enumerate(articles)])
        return bool(keys(casebook))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (Told(place="Guernica"), Told(place="Guernica"), True),
        (Told(place="Guernica"), Told(place="Bilbao"), True),  # neighbouring cells
        (Told(place="Guernica"), Told(place="Madrid"), False),
        (Told(actor="unit:condor"), Told(actor="unit:condor"), True),
        (Told(actor="des avions"), Told(actor="Des Avions"), True),  # no register id: the same words
        (Told(actor="unit:condor", place="Madrid"), Told(actor="unit:condor", place="Guernica"), True),
        (Told(actor="unit:condor"), Told(actor="unit:other"), False),
        (Told(), Told(), False),  # neither place nor actor: under no block
        (Told(place="Guernica", day="1937-04-26"), Told(place="Guernica", day="1937-04-30"), True),
        (Told(place="Guernica", day="1937-04-26"), Told(place="Guernica", day="1937-05-01"), False),
        (Told(place="Guernica", day=None, published="1937-05-06"), Told(place="Guernica", day="1937-04-26"), True),
        (Told(place="Guernica", day=None, published="1937-06-06"), Told(place="Guernica", day="1937-04-26"), False),
        (Told(place="Guernica", day=None, published=None), Told(place="Guernica", day="1937-04-26"), True),
        (Told(place="Guernica", day=None, published=None), Told(place="Guernica", day=None, published=None), True),
        (Told(place="Guernica", type="MOBILIZE"), Told(place="Guernica", type="RETREAT"), True),
        (Told(place="Guernica", type="ASSAULT"), Told(place="Guernica", type="COERCE"), True),
        (Told(place="Guernica", type="ASSAULT"), Told(place="Guernica", type="CONSULT"), False),
    ],
)
def test_which_claims_are_compared(tmp_path: Path, left: Told, right: Told, expected: bool) -> None:  # noqa: FBT001
    assert paired(tmp_path, left, right) is expected


def test_claims_of_one_article_are_no_pair(tmp_path: Path) -> None:
    assert not paired(tmp_path, Told(place="Guernica", claims=5))


def test_superseded_claims_are_no_pair(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "war.db") as casebook:
        fill(casebook, [made(1, Told(place="Guernica")), made(2, Told(place="Guernica"))])
        assert len(keys(casebook)) == 1
        edited = document("Edited", "1.txt")
        casebook.add(edited, reading(edited))
        assert keys(casebook) == []


def test_an_undated_claim_gets_the_days_before_its_publication_and_is_marked() -> None:
    article, told = made(1, Told(day=None, place="Guernica"))
    (row,) = claim_rows(told)
    assert (row.days.basis, row.placed) == ("published", "own")
    assert row.days.first is not None
    assert row.days.last is not None
    assert row.days.last - row.days.first == BEFORE_DAYS + AFTER_DAYS
    (own,) = claim_rows(made(1, Told())[1])
    assert own.days.last is not None
    assert own.days.first is not None
    assert own.days.last - own.days.first == 2 * OWN_DAYS
    assert article.info.id


def test_a_claim_without_a_place_is_sought_at_that_of_its_article() -> None:
    _, told = made(1, Told(place="Guernica"))
    bare = structs.replace(told, claims=tuple(structs.replace(claim, places=()) for claim in told.claims))
    assert article_place(bare) is not None
    (row,) = claim_rows(bare)
    assert row.placed == "document"
    assert row.blocks == next(claim_rows(told)).blocks


def test_a_claim_that_names_only_the_country_is_sought_where_its_article_is_about() -> None:
    _, told = made(1, Told(place="Guernica"))
    (town,) = (mention for mention in told.mentions if isinstance(mention, PlaceMention))
    spain = structs.replace(town, id="place:spain", place="es", name="Espagne", latitude=40.0, longitude=-4.0, precision_km=500.0)
    wide = structs.replace(
        told, mentions=(spain, *told.mentions), claims=tuple(structs.replace(claim, places=("place:spain",)) for claim in told.claims)
    )
    (row,) = claim_rows(wide)
    assert (row.placed, row.place) == ("own", spain)
    assert set(row.blocks) == set(next(claim_rows(told)).blocks)
    assert article_place(wide) == town


@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(-1, 1), st.floats(-1, 1))
def test_places_share_a_square_exactly_when_their_cells_touch(latitude: float, longitude: float, north: float, east: float) -> None:
    other = (latitude + north, (longitude + east + 180) % 360 - 180)
    rows = [int((value + 90) * 2) for value in (latitude, other[0])]
    columns = [int((value + 180) * 2) % 720 for value in (longitude, other[1])]
    touch = abs(rows[0] - rows[1]) <= 1 and min((columns[0] - columns[1]) % 720, (columns[1] - columns[0]) % 720) <= 1
    assert bool(set(squares(latitude, longitude)) & set(squares(*other))) is touch


told_articles = st.lists(
    st.builds(
        Told,
        published=st.sampled_from([None, "1937-04-27", "1937-05-20"]),
        day=st.sampled_from([None, "1937-04-26", "1937-04-29", "1937-05-19"]),
        place=st.sampled_from([None, "Guernica", "Bilbao", "Madrid"]),
        actor=st.sampled_from([None, "unit:condor", "gov:basque"]),
        type=st.sampled_from(["ASSAULT", "COERCE", "RETREAT"]),
        claims=st.integers(1, 3),
    ),
    max_size=9,
)


@given(told_articles, st.sampled_from([2, 32]), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_pairs_are_the_same_whatever_the_order_and_for_a_part(articles: list[Told], nearest: int, random: object) -> None:
    items = [made(number, told) for number, told in enumerate(articles)]
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr("recoupe.casebook.candidates.NEAREST", (nearest,) * 4)
        with open_casebook(Path(folder) / "one.db") as one, open_casebook(Path(folder) / "two.db") as two:
            fill(one, items)
            fill(two, shuffled)
            everything = keys(one)
            assert len(set(everything)) == len(everything)
            assert all(left < right and left[:16] != right[:16] for left, right in everything)
            assert keys(two) == everything
            if nearest == 32:
                assert set(everything) == by_force(items)
            for number in range(0, len(items), 2):
                wanted = [items[number][0].info.id, *(item[0].info.id for item in items[number + 2 : number + 3])]
                expected = [pair for pair in everything if pair[0][:16] in wanted or pair[1][:16] in wanted]
                assert keys(one, wanted) == expected
                assert keys(one, wanted) == expected


def by_force(items: Sequence[tuple[Document, Reading]]) -> Pairs:
    rows = [(article.info.id, row) for article, told in items for row in claim_rows(told)]
    found: Pairs = set()
    for (first, left), (second, right) in combinations(rows, 2):
        undated = left.days.first is None or right.days.first is None
        meet = undated or (left.days.first <= right.days.last and right.days.first <= left.days.last)  # type: ignore[operator]
        if first != second and meet and set(left.blocks) & set(right.blocks):
            one, other = sorted((f"{first}/{left.id}", f"{second}/{right.id}"))
            found.add((one, other))
    return found


def test_a_thousand_copies_make_no_square_of_pairs(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "war.db") as casebook:
        fill(casebook, [made(number, Told(place="Guernica", actor="unit:condor")) for number in range(1000)])
        assert 0 < len(keys(casebook)) <= 1000 * 32
