"""Every example of figures.toml: the marked figure is found with the measure or bound of its entry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.examples import cases

from recoupe.extract.figures import find_figures
from recoupe.language.figures import figure_words
from recoupe.language.pack import LANGUAGES, Example
from recoupe.language.parse import parse_text
from recoupe.model import Language


def every_case() -> Iterator[object]:
    for language in LANGUAGES:
        words = figure_words(language)
        yield from cases(language, [(f"modifiers.{name}", entry) for name, entry in words.modifiers.items()])
        yield from cases(language, [(f"vague.{name}", entry) for name, entry in words.vague.items()])
        yield from cases(language, [(f"measures.{name}", entry) for name, entry in words.measures.items()])


@pytest.mark.parametrize(("language", "name", "example", "fires"), every_case())
def test_entry(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    words = figure_words(language)
    kind, _, entry = name.partition(".")
    found = []
    for figure in find_figures(parse_text(example.text, language)):
        if kind == "measures":
            right = figure.measure == words.measures[entry].measure
        elif kind == "vague":
            right = (figure.low, figure.high, figure.approximate) == (words.vague[entry].low, words.vague[entry].high, True)
        else:
            bound = words.modifiers[entry].bound
            right = (figure.high is None) if bound == "at-least" else (figure.low is None) if bound == "at-most" else figure.approximate
        if right:
            found.append(figure)
    if fires:
        assert all(any(figure.start < answer.end and answer.start < figure.end for figure in found) for answer in example.answers), found
    else:
        assert not found
