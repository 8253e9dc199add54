"""Every example of the trigger packs: an entry fires where it says it does, and not where it says it doesn't."""

from __future__ import annotations

from functools import cache

import pytest
from tests.examples import cases, touches

from recoupe.extract.events import find_events
from recoupe.language.pack import LANGUAGES, Example
from recoupe.language.parse import parse_text
from recoupe.language.triggers import event_words, triggers
from recoupe.model import Language, Span


@cache
def fired(language: Language, text: str) -> tuple[tuple[str, Span], ...]:
    told = find_events(parse_text(text, language), (), (), (), ())
    return tuple((one.rule, span) for one in told.occurrences for span in (one.trigger, *one.evidence))


ENTRIES = [case for language in LANGUAGES for case in cases(language, [(entry.id, entry) for entry in triggers(language)])]
LIGHTS = [case for language in LANGUAGES for case in cases(language, [(light.id, light) for light in event_words(language).light])]
INSTRUMENTS = [case for language in LANGUAGES for case in cases(language, [(one.id, one) for one in event_words(language).instrument])]

BLAMES = [case for language in LANGUAGES for case in cases(language, [(one.id, one) for one in event_words(language).blame])]


@pytest.mark.parametrize(("language", "name", "example", "fires"), BLAMES)
def test_words_of_blame_give_a_deed_its_doer(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    blame = next(one for one in event_words(language).blame if one.id == name)
    levels = {None if level == "fact" else level for level in (blame.level, blame.negated or blame.level)}  # a fact is as sure as the voice
    told = find_events(parse_text(example.text, language), (), (), (), ())
    parties = {mention.id: mention for mention in told.actors}
    held = [parties[one] for event in told.occurrences if event.responsibility in levels for one in event.actors]
    assert touches([Span(one.start, one.end) for one in held], example.answers) if fires else not held


@pytest.mark.parametrize(("language", "name", "example", "fires"), ENTRIES)
def test_an_entry_fires_where_its_examples_say(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    spans = [span for rule, span in fired(language, example.text) if rule == name]
    assert touches(spans, example.answers) if fires else not spans


@pytest.mark.parametrize(("language", "name", "example", "fires"), LIGHTS)
def test_a_carrying_verb_leaves_the_event_to_its_noun(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    assert touches([span for _, span in fired(language, example.text)], example.answers) is fires


@pytest.mark.parametrize(("language", "name", "example", "fires"), INSTRUMENTS)
def test_an_instrument_gives_its_mode(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    wanted = next(one.mode for one in event_words(language).instrument if one.id == name)
    told = find_events(parse_text(example.text, language), (), (), (), ())
    assert any(one.mode == wanted and touches([one.trigger], example.answers) for one in told.occurrences) is fires


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_has_its_words(language: Language) -> None:
    words = [(entry.type, word) for entry in triggers(language) for word in (*entry.verbs, *entry.nouns)]
    assert len(words) > 350
    assert len({kind for kind, _ in words}) == 16
