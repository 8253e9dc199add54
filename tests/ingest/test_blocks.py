"""Every character that is not blank stands in exactly one block, of the kind that its line has."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.ingest.blocks import split_blocks
from recoupe.ingest.furniture import line_print
from recoupe.model import BlockKind, Language

PROSE = "Les combats ont repris dans la nuit autour du pont, selon des habitants joints par téléphone, et deux familles ont quitté le quartier."
MORE = "L'armée affirme tenir la rive ouest du fleuve ; ses adversaires disent le contraire et montrent des images de la place centrale."


def kinds(text: str, language: Language = "fr", **known: object) -> list[tuple[BlockKind, str]]:
    return [(block.kind, text[block.start : block.end]) for block in split_blocks(text, language, **known)]  # type: ignore[arg-type]


def test_a_whole_page() -> None:
    lines = [
        "Accueil > Monde > Syrie", "INTERNATIONAL", "Le pont de la ville coupé en deux", "Par Jeanne Exemple avec AFP", "Publié le 12 novembre 2018 à 14h30",
        "Des habitants sur la rive est. (Photo d'illustration)", f"ALEP, 12 nov (AFP) - {PROSE}", "Lire aussi : Qui tient le nord du pays ?",
        "Une nuit de peur", MORE, "Sur le même sujet", "La trêve rompue", "Cinq ans de siège", "Partager cet article", "SOURCE: RADIO ALEP",
    ]  # fmt: skip
    found = kinds("\n\n".join(lines))
    assert [kind for kind, _ in found] == [
        "chrome", "title", "byline", "dateline", "caption", "dateline", "body", "related", "body", "related", "related", "related", "chrome",
    ]  # fmt: skip
    assert found[5][1] == "ALEP, 12 nov (AFP) -"
    assert found[8][1].startswith("Une nuit de peur")


def test_an_article_without_a_title_has_none() -> None:
    assert [kind for kind, _ in kinds(f"{PROSE}\n{MORE}")] == ["body"]


def test_a_short_title_with_the_story_below() -> None:
    assert kinds("Alep coupée\nLe pont a sauté.")[0] == ("title", "Alep coupée")


def test_a_lone_word_above_the_title_is_a_section() -> None:
    assert [kind for kind, _ in kinds(f"Radio\n\nLe pont de la ville coupé en deux\n\n{PROSE}")] == ["chrome", "title", "body"]


def test_a_lone_word_above_the_story_is_its_title() -> None:
    assert [kind for kind, _ in kinds(f"Alep\n\n{PROSE}\n\n{MORE}")] == ["title", "body"]


def test_a_declared_title_is_found_where_it_stands() -> None:
    text = f"Le fil\n\nRien de neuf sur le front\n\nLe pont coupé en deux !\n\n{PROSE}"
    assert ("title", "Le pont coupé en deux !") in kinds(text, title="Le pont coupé en deux")


def test_a_subheading_stays_body() -> None:
    text = f"Le pont coupé\n\n{PROSE}\n\nMais pourquoi ce pont ?\n\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["title", "body"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Des soldats sur le pont, en mars. (AFP photo)", "caption"),
        ("Government soldiers walk past a burnt tank on the road to the airport, east of the town. (AFP photo)", "chrome"),
        ("Share this article", "chrome"),
        ("Read more: Who holds the north?", "related"),
        ("http://e.org/x", "chrome"),
        ("jean@example.org", "chrome"),
        ("* * *", "chrome"),
        ("« Nous partirons demain. »", "body"),
        ("© Radio Alep", "caption"),
        ("Mais pourquoi ?", "body"),
    ],
)  # fmt: skip
def test_a_line_inside_the_article(line: str, kind: BlockKind) -> None:
    text = f"Le pont coupé\n\n{PROSE}\n\n{line}\n\n{MORE}"
    assert next(block.kind for block in split_blocks(text, "fr") if text.find(line) in range(block.start, block.end)) == kind


def test_a_link_below_its_label_is_related() -> None:
    assert [kind for kind, _ in kinds(f"{PROSE}\nLire plus :\nhttp://e.org/x\n{MORE}")] == ["body", "related", "related", "body"]


def test_a_label_without_a_link_takes_no_subheading_along() -> None:
    assert [kind for kind, _ in kinds(f"{PROSE}\nLire plus :\nUne nuit de peur\n{MORE}")] == ["body", "related", "body"]


def test_lines_of_the_site_are_chrome_but_never_the_title_nor_most_of_the_article() -> None:
    site = frozenset(filter(None, map(line_print, ["La lettre du soir de Radio Alep", "Le pont coupé en deux", PROSE])))
    text = f"Le pont coupé en deux\n\n{PROSE}\n\nLa lettre du soir de Radio Alep"
    assert [kind for kind, _ in kinds(text, furniture=site)] == ["title", "body", "chrome"]


def test_a_sites_name_above_the_title_is_no_title() -> None:
    site = frozenset(filter(None, [line_print("Radio Alep, la voix du nord")]))
    text = f"Radio Alep, la voix du nord\n\nLe pont coupé en deux\n\n{PROSE}"
    assert [kind for kind, _ in kinds(text)] == ["title", "body"]
    assert [kind for kind, _ in kinds(text, furniture=site)] == ["chrome", "title", "body"]


def test_a_wrapped_text_is_read_by_paragraphs() -> None:
    words = f"{PROSE} {MORE}".split()
    lines = [" ".join(words[at : at + 8]) for at in range(0, len(words), 8)]
    text = "Le pont coupé en deux\n\n" + "\n".join(lines) + "\n\n" + "\n".join(lines) + "\n"
    assert [kind for kind, _ in kinds(text)] == ["title", "body"]


@pytest.mark.parametrize(
    "text", ["", " \n\t", "TV", "Partager cet article", "a\r\nb\rc\u2028d", "LE PONT A SAUTE CETTE NUIT\nDES FAMILLES ONT FUI", "\ufeff"]
)
def test_odd_texts_have_blocks_for_what_is_written(text: str) -> None:
    assert_whole(text, "fr")


@pytest.mark.parametrize(
    "text", ["a" * 10**6, "mot " * 250_000, "Le pont.\n" * 20_000, "(" * 10**5, "Par Jean " * 10**5, "© " * 10**5, "12 novembre " * 50_000]
)
def test_long_texts_take_little_time(text: str) -> None:
    start = time.process_time()
    assert_whole(text, "fr")
    assert time.process_time() - start < 6


def assert_whole(text: str, language: Language) -> None:
    at = 0
    for block in split_blocks(text, language):
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        at = block.end
    assert not text[at:].strip()


LINES = st.sampled_from(
    [
        "Partager",
        "Lire aussi : a",
        "ALEP, 3 mars (AFP) - Un pont.",
        "© AFP",
        "Par Jean Exemple",
        PROSE,
        "TV",
        "",
        " ",
        "Titre sans point",
        "http://e.org",
        "Sur le même sujet",
        "\u00a0x\u00a0",
    ]
)


@settings(max_examples=150)
@given(st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", "\r"]), st.sampled_from(["fr", "en"]))
def test_blocks_cover_every_text(lines: list[str], mark: str, language: Language) -> None:
    assert_whole(mark.join(lines), language)
