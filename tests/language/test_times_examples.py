from __future__ import annotations

from functools import cache

import pytest
from tests.examples import cases, touches

from recoupe.extract.times import find_times
from recoupe.extract.times.patterns import patterns
from recoupe.language.pack import LANGUAGES, Example, read_example
from recoupe.language.parse import parse_all
from recoupe.language.parsed import Parsed
from recoupe.language.times import time_pack
from recoupe.model import Block, Document, DocumentInfo, Language, Published, Span, TimeMention

RULES = {language: {rule.name: rule for rule in time_pack(language).rule} for language in LANGUAGES}


@cache
def example_documents(language: Language) -> dict[str, tuple[Document, Parsed]]:
    day = time_pack(language).published
    texts = dict.fromkeys(read_example(marked).text for rule in time_pack(language).rule for marked in (*rule.yes, *rule.no))
    documents = []
    for text in texts:
        info = DocumentInfo("x", "x", None, None, None, language, None, Published(day, day, day, "given"), len(text), "")
        documents.append(Document(info, text, (Block("body", 0, len(text)),)))
    return {document.text: (document, parsed) for document, parsed in zip(documents, parse_all(documents), strict=True)}


def times_of(language: Language, text: str) -> tuple[TimeMention, ...]:
    document, parsed = example_documents(language)[text]
    return find_times(parsed, document)


@pytest.mark.parametrize(("language", "name", "example", "fires"), [case for lang in LANGUAGES for case in cases(lang, RULES[lang].items())])
def test_every_example_of_a_rule(language: Language, name: str, example: Example, *, fires: bool) -> None:
    rule = RULES[language][name]
    plain = example.text.lower().replace("’", "'")
    matches = [match for match in patterns(language).matches(plain, 0, len(plain)) if match.rule is rule]
    if not fires:
        ids = {(time.start, time.end) for time in times_of(language, example.text)}
        assert not any((match.start, match.end) in ids for match in matches)
        return
    assert touches([Span(match.start, match.end) for match in matches], example.answers)
    if rule.means == "nothing":
        free = all(time.end <= answer.start or answer.end <= time.start for answer in example.answers for time in times_of(language, example.text))
        assert free


@pytest.mark.parametrize(
    ("language", "marked", "value"),
    [
        pytest.param(language, marked, value, id=f"{language}-{rule.name}-{value}")
        for language in LANGUAGES
        for rule in time_pack(language).rule
        for marked, value in zip(rule.yes, rule.gives, strict=False)
    ],
)
def test_every_example_gives_its_value(language: Language, marked: str, value: str) -> None:
    example = read_example(marked)
    found = {(time.start, time.end): time.value for time in times_of(language, example.text)}
    assert found.get((example.answers[0].start, example.answers[0].end)) == value, found


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_have_names_of_their_own_and_no_more_answers_than_examples(language: Language) -> None:
    rules = time_pack(language).rule
    assert len({rule.name for rule in rules}) == len(rules)
    assert [rule.name for rule in rules if len(rule.gives) > len(rule.yes)] == []
    assert [rule.name for rule in rules if rule.means != "nothing" and not rule.gives] == []
