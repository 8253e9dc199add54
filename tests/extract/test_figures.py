"""Figures have the bounds and the measure that the words give, and numbers that count nothing are none."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.extract.figures import find_figures, is_part, standing_figures, whole_figures
from recoupe.language.parse import parse_text
from recoupe.model import FigureMention, Language


def figures(text: str, language: Language = "fr") -> tuple[FigureMention, ...]:
    return find_figures(parse_text(text, language))


def short(text: str, language: Language = "fr") -> list[tuple[str, float | None, float | None]]:
    return [(figure.measure, figure.low, figure.high) for figure in figures(text, language)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("L'explosion a fait entre 12 et 15 morts.", [("killed", 12, 15)]),
        ("Le raid a fait 12 à 15 blessés.", [("wounded", 12, 15)]),
        ("Le bilan passe de 12 à 17 morts.", [("killed", 12, 12), ("killed", 17, 17)]),
        ("Treize civils, dont quatre enfants, ont été tués.", [("killed", 13, 13), ("civilians", 4, 4)]),
        ("Un raid a tué 1 654 personnes et blessé 889 autres.", [("killed", 1654, 1654), ("wounded", 889, 889)]),
        ("Moins de 30 manifestants ont été arrêtés.", [("detainees", None, 30)]),
        ("Plus de 2 millions de dollars ont disparu.", [("money", 2000000, None)]),
        ("Une vingtaine de soldats ont péri.", [("killed", 16, 24)]),
        ("Il a 34 ans et habite à Lyon depuis 2012.", []),
        ("Le 26 avril 1937 à 16 h 30, l'avion F-16 a suivi la résolution 2254 à 45 %.", []),
    ],
)
def test_french(text: str, wanted: list[tuple[str, float | None, float | None]]) -> None:
    found = short(text)
    if "dont" in text:
        assert found[0] == wanted[0]
        parsed = parse_text(text, "fr")
        assert [is_part(parsed, figure) for figure in find_figures(parsed)] == [False, True]
    else:
        assert found == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("At least 13 people were killed and seven others wounded.", [("killed", 13, None), ("wounded", 7, 7)]),
        ("A bomb killed 20,000 soldiers.", [("killed", 20000, 20000)]),
        ("Dozens of rebels died.", [("killed", 24, None)]),
        ("One person was killed and four others were injured.", [("killed", 1, 1), ("wounded", 4, 4)]),
        ("Between 12 and 15 fighters were captured.", [("captured", 12, 15)]),
        ("He is 34 years old and lives at 4200 Main Street.", []),
        ("The vote on H.R. 1 was on March 8, 2019 at 3:30 p.m.", []),
        ("A 16-year-old boy took Flight 370.", []),
    ],
)
def test_english(text: str, wanted: list[tuple[str, float | None, float | None]]) -> None:
    assert short(text, "en") == wanted


def test_an_earlier_toll_is_superseded() -> None:
    parsed = parse_text("Le bilan est passé de 12 à 17 morts.", "fr")
    figures = find_figures(parsed)
    assert whole_figures(parsed, standing_figures(parsed, figures)) == figures[1:]


@pytest.mark.parametrize(
    "text", ["", " ", "1", "1 2 3 4 5", "12-", "-12", "…12…", "$", "$5", "1.2.3.4", "12 12 12 12 12", "06 12 34 56 78", "une", "de 12 à"]
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_odd_texts(text: str, language: Language) -> None:
    for figure in figures(text, language):
        assert text[figure.start : figure.end] == figure.text


def test_a_long_text_takes_time_in_proportion() -> None:
    parsed = parse_text("Au moins 13 terroristes ont été tués et sept autres blessés, dont 4 chefs. " * 500, "fr")
    began = time.process_time()
    assert len(find_figures(parsed)) >= 900
    assert time.process_time() - began < 3


WORDS = [
    "13",
    "20.000",
    "une",
    "dizaine",
    "de",
    "à",
    "entre",
    "et",
    "morts",
    "blessés",
    "dont",
    "soldats",
    "tués",
    "ont",
    "été",
    "au",
    "moins",
    "-",
    ",",
    "deux",
    "cent",
    "5.",
    "000",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_figures_stand_in_the_text_in_order_with_sane_bounds(words: list[str]) -> None:
    text = " ".join(words)
    found = figures(text)
    assert all(text[figure.start : figure.end] == figure.text and figure.id == f"figure:{figure.start}-{figure.end}" for figure in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(figure.low is not None or figure.high is not None for figure in found)
    assert all(figure.low is None or figure.high is None or figure.low <= figure.high for figure in found)
