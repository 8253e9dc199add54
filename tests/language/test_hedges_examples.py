"""Every hedge gives the event that its examples mark the factuality that its effect says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from tests.examples import HasExamples
from tests.language.examples_batch import Case, gather, parse_lines

from recoupe.extract.factuality import assess_all
from recoupe.extract.occurrence import Occurrence
from recoupe.language.hedges import OUTCOMES, hedge_table
from recoupe.language.pack import LANGUAGES
from recoupe.language.parsed import Parsed
from recoupe.model import Language, Span


def entries(language: Language) -> Iterator[tuple[str, HasExamples]]:
    hedges = hedge_table(language).hedges
    for part in ("verbs", "nouns", "adverbs", "adjectives", "marks"):
        for hedge in getattr(hedges, part):
            yield f"{part}/{hedge.effect}", hedge


@cache
def parsed(language: Language) -> Parsed:
    return parse_lines(gather(entries(language))[0], language)


def cases() -> Iterator[object]:
    for language in LANGUAGES:
        for case in gather(entries(language))[1]:
            yield pytest.param(language, case, id=f"{language}-{case.text[:50]}")


@pytest.mark.parametrize(("language", "case"), list(cases()))
def test_example(language: Language, case: Case) -> None:
    (answer,) = case.answers
    text = parsed(language)
    token = text.tokens_in(answer.start, answer.end)[-1]
    event = Occurrence(Span(answer.start, answer.end), token.index, case.line, "ASSAULT", None, None, (), (), (), (), None, None, (), None, "example")
    outcome = OUTCOMES[case.name.split("/")[1]]  # type: ignore[index]
    (got,) = assess_all(text, (event,), (), ())
    wanted = (outcome.factuality or "CT+") if case.fires else "CT+"
    assert got.factuality == wanted, got
    if case.fires and outcome.stage in ("planned", "ongoing") and case.name.endswith(("future", "ongoing", "aim")):
        assert got.stage == outcome.stage
