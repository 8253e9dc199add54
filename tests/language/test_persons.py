"""Every example of persons.toml: the marked age is read, and no sentence without one gives any."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.examples import cases

from recoupe.extract.figures_persons import Person, are_others, person_at
from recoupe.language.figures import measure_index
from recoupe.language.pack import LANGUAGES, Example
from recoupe.language.parse import parse_text
from recoupe.language.persons import person_words
from recoupe.model import Language


def every_case() -> Iterator[object]:
    for language in LANGUAGES:
        yield from cases(language, [("ages", person_words(language).ages)])


def persons(text: str, language: Language) -> list[Person]:
    parsed = parse_text(text, language)
    found = (person_at(parsed, token, measure_index(language)) for token in parsed.tokens)
    return [person for person in found if person is not None]


@pytest.mark.parametrize(("language", "name", "example", "fires"), every_case())
def test_ages(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    ages = {str(person.age) for person in persons(example.text, language) if person.age is not None}
    assert ages == {example.text[answer.start : answer.end] for answer in example.answers}, name
    assert bool(ages) is fires


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_of_one_sex_and_age(language: Language) -> None:
    words = person_words(language)
    assert not set(words.female) & set(words.male)
    assert not set(words.grown) & set(words.young)


@pytest.mark.parametrize(
    ("text", "language", "others"),
    [
        ("A man was shot. The victim died.", "en", False),
        ("A man was shot. A woman died.", "en", True),
        ("A 19-year-old man was shot. A 45-year-old man died.", "en", True),
        ("A man was shot. Another man died.", "en", True),
        ("A boy was shot. The man died.", "en", True),
        ("Un homme a été blessé. La victime est morte.", "fr", False),
        ("Un homme a été blessé. Une femme est morte.", "fr", True),
        ("Un homme de 19 ans a été blessé. Un homme de 45 ans est mort.", "fr", True),
        ("Un homme a été blessé. Un autre homme est mort.", "fr", True),
    ],
)
def test_who_is_another(text: str, language: Language, others: bool) -> None:  # noqa: FBT001
    first, *_, last = persons(text, language)
    assert are_others(first, last) is others
