"""Every example of nobody.toml: what is marked counts nobody, and nothing does in a counter-example."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.examples import cases, touches

from recoupe.extract.figures_nobody import find_nobody
from recoupe.language.nobody import nobody_words
from recoupe.language.pack import LANGUAGES, Example
from recoupe.language.parse import parse_text
from recoupe.model import Language, Span


def every_case() -> Iterator[object]:
    for language in LANGUAGES:
        yield from cases(language, [("nobody", nobody_words(language))])


@pytest.mark.parametrize(("language", "name", "example", "fires"), every_case())
def test_entry(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    found = [Span(figure.start, figure.end) for figure in find_nobody(parse_text(example.text, language))]
    if fires:
        assert len(found) == len(example.answers)
        assert touches(found, example.answers), found
    else:
        assert not found
