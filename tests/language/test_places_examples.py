"""Every example in the packs' words about places: what is marked is found as a place, what is marked in a counter-example is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from tests.examples import cases, touches
from tests.knowledge.gazetteers import gazetteer

from recoupe.extract.places import find_places
from recoupe.language.pack import LANGUAGES, Example
from recoupe.language.parse import parse_text
from recoupe.language.places import Feature, Words, place_words
from recoupe.model import Language, Span


def entries(language: Language) -> Iterator[object]:
    words = place_words(language)
    single = (
        words.locative,
        words.standing,
        words.of,
        words.by,
        words.against,
        words.accompanied,
        words.attacks,
        words.ruled,
        words.acting,
        words.never,
        words.people,
    )
    plain: list[Words | Feature] = [*single, words.borders, *words.features, *words.examples]
    return cases(language, ((entry.words[0].replace(" ", "_"), entry) for entry in plain))


@pytest.mark.parametrize(("language", "name", "example", "fires"), chain.from_iterable(entries(language) for language in LANGUAGES))
def test_example(language: Language, name: str, example: Example, *, fires: bool) -> None:
    mentions = find_places(parse_text(example.text, language), gazetteer(), ())
    found = [Span(mention.start, mention.end) for mention in mentions]
    if fires:
        assert touches(found, example.answers), (name, [mention.text for mention in mentions])
    else:
        assert not any(touches(found, (answer,)) for answer in example.answers), (name, [mention.text for mention in mentions])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_countries_of_a_pack_are_places(language: Language) -> None:
    for entry in place_words(language).countries:
        assert gazetteer().by_id(entry.code if ":" in entry.code else f"country:{entry.code}"), entry.code
    for abbreviation in place_words(language).abbreviations:
        assert gazetteer().by_id(abbreviation.place), abbreviation.place
