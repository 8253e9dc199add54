"""Pack examples as test cases: what an entry must find is marked `[[…]]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import pytest

from recoupe.language.pack import read_example
from recoupe.model import Language, Span


class HasExamples(Protocol):
    """An entry of a pack with its examples and counter-examples."""

    @property
    def yes(self) -> tuple[str, ...]: ...

    @property
    def no(self) -> tuple[str, ...]: ...


def cases(language: Language, entries: Iterable[tuple[str, HasExamples]]) -> Iterator[object]:
    """One pytest parameter per example: (language, entry's name, example, whether the entry must fire)."""
    for name, entry in entries:
        for fires, sentences in ((True, entry.yes), (False, entry.no)):
            for number, sentence in enumerate(sentences):
                yield pytest.param(language, name, read_example(sentence), fires, id=f"{language}-{name}-{'yes' if fires else 'no'}{number}")


def touches(spans: Iterable[Span], answers: Iterable[Span]) -> bool:
    """Whether every answer shares a character with one of the spans."""
    found = list(spans)
    return all(any(span.start < answer.end and answer.start < span.end for span in found) for answer in answers)
