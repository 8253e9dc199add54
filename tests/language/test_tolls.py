"""Every example of the words that tell tolls: a pattern matches what is marked, and nothing where it says so."""

from __future__ import annotations

import pytest
from tests.examples import cases, touches

from recoupe.language.pack import LANGUAGES, Example
from recoupe.language.tolls import Telling, toll_patterns, toll_words
from recoupe.model import Language, Span


def tellings(language: Language) -> list[tuple[str, Telling]]:
    table = toll_words(language)
    return [(name, value) for name in table.__struct_fields__ if isinstance(value := getattr(table, name), Telling)]


CASES = [case for language in LANGUAGES for case in cases(language, tellings(language))]


@pytest.mark.parametrize(("language", "name", "example", "fires"), CASES)
def test_a_pattern_matches_its_words(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    spans = [Span(found.start(), found.end()) for found in toll_patterns(language)[name].finditer(example.text)]
    assert touches(spans, example.answers) if fires else not spans
