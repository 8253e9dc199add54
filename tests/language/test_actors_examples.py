"""Every example of actors.toml: the marked words are a mention, with the role of its entry where it has one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.examples import cases

from recoupe.extract.actors import find_actors
from recoupe.knowledge.actors import open_register
from recoupe.language.actors import actor_words
from recoupe.language.pack import LANGUAGES, Example
from recoupe.language.parse import parse_text
from recoupe.model import Language


def every_case() -> Iterator[object]:
    for language in LANGUAGES:
        yield from cases(language, list(actor_words(language).nouns.items()))


@pytest.mark.parametrize(("language", "name", "example", "fires"), every_case())
def test_entry(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    found = find_actors(parse_text(example.text, language), open_register())
    if fires:
        assert {example.text[answer.start : answer.end] for answer in example.answers} <= {mention.text for mention in found}, found
    else:
        assert not found
