from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.casebook.made import document, reading

from recoupe.casebook import Casebook, Counts, Scope, open_casebook
from recoupe.casebook.query import read_query
from recoupe.model import Block, Document, Language

ARTICLES: tuple[tuple[str, str, Language], ...] = (
    ("armee.txt", "L’armée nie\n\nL’armée dément avoir tiré des missiles sur Guernica ; aucun œuvre n’a brûlé.\n", "fr"),
    ("missile.txt", "Un missile tombe\n\nLes habitants d'Al-Tanf ont fui vers la vallée. Cessez le feu, demande Bilbao.\n", "fr"),
    ("raid.txt", "Bombers over Guernica\n\nThe army's bombers were bombing the market town; 1,654 people were killed.\n", "en"),
    ("fuite.txt", "La fuite\n\nLa ville fut e\u0301vacue\u0301e ; deux rues frappées brûlèrent.\n", "fr"),
    ("feu.txt", "Le feu cessez\n\nRien de neuf. Über die Straße, Łódź.\n\nLire aussi : les zeppelins\n", "fr"),
)


def chrome_last(made: Document) -> Document:
    *others, last = made.blocks
    return Document(made.info, made.text, (*others, Block("related", last.start, last.end)))


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with open_casebook(tmp_path_factory.mktemp("search") / "war.db") as opened:
        for key, text, language in ARTICLES:
            made = document(text, key, language=language)
            made = chrome_last(made) if "Lire aussi" in text else made
            opened.add(made, reading(made))
        yield opened


def keys(casebook: Casebook, words: str, language: Language | None = None) -> list[str]:
    return sorted(hit.key for hit in casebook.search(words, 20, language))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("armée", ["armee.txt"]),
        ("ARMEE", ["armee.txt"]),
        ("l'armée", ["armee.txt"]),
        ("l’armée", ["armee.txt"]),
        ("missiles", ["armee.txt", "missile.txt"]),
        ("missile", ["armee.txt", "missile.txt"]),
        ('"missiles"', ["armee.txt"]),
        ("« missiles »", ["armee.txt"]),
        ("bombings", ["raid.txt"]),
        ("army", ["raid.txt"]),
        ("oeuvre", ["armee.txt"]),
        ("œuvre", ["armee.txt"]),
        ("strasse lodz", ["feu.txt"]),
        ("cessez feu", ["feu.txt", "missile.txt"]),
        ('"cessez le feu"', ["missile.txt"]),
        ("cessez-le-feu", ["missile.txt"]),
        ("al-tanf", ["missile.txt"]),
        ("Guernica -market", ["armee.txt"]),
        ('Guernica -"market town"', ["armee.txt"]),
        ("bomb*", ["raid.txt"]),
        ("market guerni*", ["raid.txt"]),
        ("1,654", ["raid.txt"]),
        ("zeppelins", []),
        ("évacuer", ["fuite.txt"]),
        ("evacuee", ["fuite.txt"]),
        ("ÉVACUATION frapper", ["fuite.txt"]),
        ('"ville fut évacuée"', ["fuite.txt"]),
        ("absent", []),
        ("-guernica", []),
        ("", []),
    ],
)
def test_what_is_found(casebook: Casebook, words: str, found: list[str]) -> None:
    assert keys(casebook, words) == found
    paged = casebook.counted(Counts()).find(Scope(words=words))
    assert (sorted(hit.key for hit in paged.shown), paged.total) == (found, len(found))


def test_pages_of_a_search_are_in_one_order_and_can_be_narrowed(casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counts()
    whole = [hit.key for hit in casebook.counted(counts).find(Scope(words="feu*")).shown]
    assert whole == [hit.key for hit in casebook.search("feu*")]
    assert [casebook.counted(counts).find(Scope(words="feu*"), offset=at, limit=1).shown[0].key for at in range(len(whole))] == whole
    assert casebook.counted(counts).find(Scope(words="guernica", language="en")).total == 1
    assert casebook.counted(counts).find(Scope(words="guernica", outlet="nobody")).total == 0
    assert casebook.counted(counts).find(Scope(words="guernica", since="1937-04-28")).total == 0
    monkeypatch.setattr("recoupe.casebook.search.MOST_RANKED", 1)
    common = casebook.counted(counts).find(Scope(words="guernica"))
    assert (common.ranked, common.total) == (False, 2)


def test_a_beginning_of_one_letter_is_none(casebook: Casebook) -> None:
    assert keys(casebook, "bo*") == []
    assert keys(casebook, "bom*") == ["raid.txt"]


def test_a_very_long_word_is_searched_and_shown_without_delay(tmp_path: Path) -> None:
    made = document("Titre\n\nUn obus. " + "x" * 10**6 + " fin.\n")
    with open_casebook(tmp_path / "war.db") as opened:
        opened.add(made, reading(made))
        (hit,) = opened.counted(Counts()).find(Scope(words="obus")).shown
    assert hit.excerpt.startswith("Un obus")
    assert len(hit.excerpt) < 300


def test_only_one_language(casebook: Casebook) -> None:
    assert keys(casebook, "guernica", "en") == ["raid.txt"]
    assert keys(casebook, "guernica", "fr") == ["armee.txt"]


@pytest.mark.parametrize(
    "words",
    ['"', '""', "AND (", "NOT", "a OR", "*", "**", "-", "--", '-"', "NEAR(a b)", "text:missile", "\0", "mis\0sile", "^armée", "{title}:x", "'",
     "; DROP TABLE document", "(" * 5000, "armée " * 3000, '"armée' * 200, "\ud83d", "𞤀", "ـ" * 1000, "\u0301", "%", "missile -" + "x" * 10**5],
)  # fmt: skip
def test_no_input_is_an_error(casebook: Casebook, words: str) -> None:
    assert [hit.key for hit in casebook.search(words)] == [hit.key for hit in casebook.counted(Counts()).find(Scope(words=words)).shown]


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_input_is_a_query(words: str) -> None:
    for term in read_query(words):
        assert term.words
        assert term.written is None or (not term.prefix and len(term.words) == 1)


@given(st.text(alphabet="abé -\"*'’()\0^:AND", max_size=24))
@settings(max_examples=200, deadline=None)
def test_any_input_is_searched(casebook: Casebook, words: str) -> None:
    assert [hit.key for hit in casebook.search(words)] == [hit.key for hit in casebook.counted(Counts()).find(Scope(words=words)).shown]


def test_the_excerpt_is_verbatim_and_marks_what_was_found(casebook: Casebook) -> None:
    for words, marked in (("missile", ["missiles"]), ('"tiré des" missile', ["tiré des", "missiles"]), ("dem*", ["dément"])):
        (hit,) = [found for found in casebook.search(words) if found.key == "armee.txt"]
        text = casebook.document(hit.document).text
        assert text[hit.start : hit.start + len(hit.excerpt)] == hit.excerpt
        assert [hit.excerpt[span.start : span.end] for span in hit.found] == marked


def test_a_word_of_the_title_is_found_and_shown(casebook: Casebook) -> None:
    (hit,) = casebook.search("nie")
    assert [hit.excerpt[span.start : span.end] for span in hit.found] == ["nie"]


def test_the_excerpt_of_a_long_article_is_short_and_shows_the_densest_place(tmp_path: Path) -> None:
    filler = "Rien ne se passe dans la plaine. " * 200
    made = document(f"Titre\n\nUn obus. {filler}Un obus, deux obus, et encore un obus tombent.{filler}")
    with open_casebook(tmp_path / "war.db") as casebook:
        casebook.add(made, reading(made))
        (hit,) = casebook.search("obus")
    assert len(hit.excerpt) < 300
    assert len(hit.found) == 3
    assert "encore un obus tombent" in hit.excerpt


def test_superseded_words_are_found_no_more_and_a_second_reading_changes_nothing(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "war.db") as casebook:
        old, new = document("Titre\n\nUn zeppelin.\n"), document("Titre\n\nUn dirigeable.\n")
        casebook.add(old, reading(old), code_version="1")
        casebook.add(old, reading(old), code_version="2")
        assert keys(casebook, "zeppelin") == ["a.txt"]
        casebook.add(new, reading(new))
        assert keys(casebook, "zeppelin") == []
        casebook.add(old, reading(old))
        assert (keys(casebook, "zeppelin"), keys(casebook, "dirigeable")) == (["a.txt"], [])
        hidden = Document(old.info, old.text, (Block("title", 0, 5), Block("chrome", 6, len(old.text))))
        casebook.add(hidden, reading(hidden), code_version="3")
        assert keys(casebook, "zeppelin") == []
