"""Every label is found in its examples with its polarity, and not in its counter-examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from tests.examples import HasExamples, touches
from tests.language.examples_batch import Case, gather, parse_lines

from recoupe.extract.labels import find_labels
from recoupe.language.labels import label_table
from recoupe.language.pack import LANGUAGES
from recoupe.model import Label, Language, Span


def entries(language: Language) -> Iterator[tuple[str, HasExamples]]:
    for entry in label_table(language).labels:
        yield f"{entry.polarity}/{entry.words}", entry


@cache
def found(language: Language) -> tuple[Label, ...]:
    return find_labels(parse_lines(gather(entries(language))[0], language), (), ())


def cases() -> Iterator[object]:
    for language in LANGUAGES:
        for case in gather(entries(language))[1]:
            yield pytest.param(language, case, id=f"{language}-{'yes' if case.fires else 'no'}-{case.text[:50]}")


@pytest.mark.parametrize(("language", "case"), list(cases()))
def test_example(language: Language, case: Case) -> None:
    inside = [label for label in found(language) if case.line.start <= label.start < case.line.end]
    if case.fires:
        assert touches([Span(label.start, label.end) for label in inside], case.answers)
        assert case.name.split("/")[0] in {label.polarity for label in inside}
    else:
        assert not [label for label in inside if label.rule == f"label:{case.name.split('/', 1)[1]}"]
