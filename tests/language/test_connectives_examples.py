"""Every example of connectives.toml: the words before the marked deed say that something else is told, or don't."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.examples import cases

from recoupe.language.connectives import connectives, tells_besides
from recoupe.language.pack import LANGUAGES, Example
from recoupe.model import Language


def every_case() -> Iterator[object]:
    for language in LANGUAGES:
        yield from cases(language, [("connectives", connectives(language))])


@pytest.mark.parametrize(("language", "name", "example", "fires"), every_case())
def test_entry(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    (deed,) = example.answers
    assert tells_besides(example.text[: deed.start], language) is fires, name
