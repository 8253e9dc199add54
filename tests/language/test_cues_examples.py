"""Every cue fires in its own examples and stays silent in its counter-examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from tests.examples import HasExamples, touches
from tests.language.examples_batch import Case, gather, parse_lines

from recoupe.extract.voices import find_voices
from recoupe.language.cues import cue_table
from recoupe.language.pack import LANGUAGES
from recoupe.model import Attribution, Language


def entries(language: Language) -> Iterator[tuple[str, HasExamples]]:
    table = cue_table(language)
    for phrase in table.according.phrases:
        yield phrase.words, phrase
    for cue in (*table.cues.verbs, *table.cues.nouns):
        yield cue.lemma, cue
    for relay in table.cues.relays:
        yield relay.lemma, relay


@cache
def found(language: Language) -> tuple[Attribution, ...]:
    text, _ = gather(entries(language))
    return find_voices(parse_lines(text, language), ())


def cases() -> Iterator[object]:
    for language in LANGUAGES:
        for case in gather(entries(language))[1]:
            yield pytest.param(language, case, id=f"{language}-{'yes' if case.fires else 'no'}-{case.text[:40]}")


@pytest.mark.parametrize(("language", "case"), list(cases()))
def test_example(language: Language, case: Case) -> None:
    inside = [one for one in found(language) if case.line.start <= (one.cue or one.content)[0].start < case.line.end]
    cues = [span for one in inside for span in one.cue]
    if case.fires:
        assert case.answers
        assert touches(cues, case.answers), [one.rule for one in inside]
    else:
        assert not [one.rule for one in inside if one.style != "scare" and case.name.split()[-1] in one.rule]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lexicon_is_broad_and_says_each_word_once(language: Language) -> None:
    table = cue_table(language)
    verbs = [cue.lemma for cue in table.cues.verbs]
    assert len(verbs) + len(table.cues.nouns) + len(table.according.phrases) >= 150
    assert len(verbs) == len(set(verbs))
    assert all(cue.yes for cue in table.cues.verbs)
