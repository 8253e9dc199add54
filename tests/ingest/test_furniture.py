"""What recurs over different articles is the site's; versions and reprints of one article count once, in whatever order they come."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.ingest import Item, line_prints, recurring, to_document, with_furniture
from recoupe.ingest.furniture import line_print
from recoupe.model import Document

FOOT = ["La lettre du soir de Radio Alep", "Écrire à la rédaction de Radio Alep"]
BACKGROUND = "La guerre a fait plus de trois cent mille morts en dix ans et jeté des millions de personnes sur les routes du pays."
WORDS = ("pont", "fleuve", "armée", "ville", "nuit", "route", "convoi", "rive", "place", "camp", "usine", "gare", "école", "marché")


def article(seed: int, *, extra: tuple[str, ...] = (), foot: bool = True) -> Document:
    chance = random.Random(seed)
    sentences = [
        f"Le {' et le '.join(chance.choices(WORDS, k=9))} ont changé de mains {chance.randint(2, 9999)} fois, dit l'armée." for _ in range(6)
    ]
    text = "\n\n".join([f"Le {chance.choice(WORDS)} perdu numéro {seed}", *sentences, *extra, *(FOOT if foot else [])])
    return to_document(Item(str(seed), None, text.encode(), f"{seed:064}", "text", language="fr"))


def prints(*documents: Document) -> list[tuple[str, ...]]:
    return [line_prints(document) for document in documents]


def known(*lines: str) -> frozenset[str]:
    return frozenset(filter(None, map(line_print, lines)))


def test_lines_of_three_articles_are_furniture_and_those_of_two_not() -> None:
    assert recurring(prints(article(1), article(2), article(3))) == known(*FOOT)
    assert recurring(prints(article(1), article(2), article(3, foot=False))) == frozenset()


def test_one_article_many_times_makes_nothing_furniture() -> None:
    versions = [article(1), article(1, extra=("Le maire a été tué dans la nuit.",)), article(1, foot=False), article(1, extra=("Mis à jour.",))]
    assert recurring(prints(*versions, article(2))) == frozenset()
    assert recurring(prints(*versions, article(2), article(3))) == known(*FOOT)


def test_a_short_first_version_is_the_same_article_as_the_long_one() -> None:
    long = article(1)
    short = to_document(Item("s", None, "\n\n".join(long.text.split("\n\n")[:3]).encode(), "0" * 64, "text", language="fr"))
    assert recurring(prints(long, short, article(2))) == frozenset()


def test_background_that_an_outlet_repeats_is_no_furniture_unless_it_stands_everywhere() -> None:
    some = [article(seed, extra=(BACKGROUND,)) for seed in range(3)]
    others = [article(seed) for seed in range(10, 20)]
    assert recurring(prints(*some, *others)) == known(*FOOT)
    assert recurring(prints(*some)) == known(*FOOT, BACKGROUND)


def test_case_marks_and_blanks_make_no_difference() -> None:
    assert line_print("PARTAGER  cet article !") == line_print("Partager cet\u00a0article")
    assert line_print(" — ") is None


def test_furniture_found_later_is_marked_in_a_document_already_read() -> None:
    documents = [article(seed) for seed in range(4)]
    found = recurring(prints(*documents))
    for document in documents:
        marked = with_furniture(document, found)
        assert marked.text == document.text
        assert marked.blocks[-1].kind == "chrome"
        assert marked.text[marked.blocks[-1].start :] == "\n\n".join(FOOT)
        assert marked.info == document.info
        assert with_furniture(marked, found) == marked
        assert with_furniture(document, frozenset()) is document
        item = Item(document.info.key, None, document.text.encode(), document.info.sha256, "text", language="fr")
        assert to_document(item, found) == marked


@pytest.mark.parametrize(
    ("line", "kind"), [("Publié le 12 novembre 2018", "dateline"), ("Par Jeanne Exemple", "byline"), ("Lire aussi : Le pont perdu", "related")]
)
def test_what_recurs_with_the_day_the_author_or_the_subject_is_no_furniture(line: str, kind: str) -> None:
    documents = [article(seed, extra=(line,)) for seed in range(3)]
    marked = with_furniture(documents[0], recurring(prints(*documents)))
    assert next(block.kind for block in marked.blocks if marked.text[block.start : block.end] == line) == kind
    assert marked.info == documents[0].info


def test_a_date_out_of_a_line_that_is_the_sites_counts_no_more() -> None:
    line = "Nouveau depuis le dimanche 11 novembre : la radio Daech"
    documents = [article(seed, extra=(line,)) for seed in range(3)]
    assert documents[0].info.published.value == "2018-11"
    assert with_furniture(documents[0], recurring(prints(*documents))).info.published.value is None


@given(
    st.lists(
        st.lists(st.sampled_from([f"{sort}{size}:{number}" for sort in "fpb" for size in (5, 90) for number in range(4)]), max_size=6, unique=True),
        max_size=9,
    ),
    st.randoms(),
)
def test_the_order_makes_no_difference(documents: list[list[str]], chance: random.Random) -> None:
    found = recurring(map(tuple, map(sorted, documents)))
    chance.shuffle(documents)
    assert recurring(map(tuple, map(sorted, documents))) == found


@pytest.mark.parametrize("count", [2000])
def test_many_articles_of_one_outlet_take_little_time(count: int) -> None:
    shared = [f"f{20 + number}:s{number}" for number in range(10)]
    documents = [tuple(sorted([*shared, *(f"b900:{number}-{line}" for line in range(8))])) for number in range(count)]
    assert recurring(documents) == frozenset(shared)
