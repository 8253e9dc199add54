"""Do sport, trade, films, history, weather, hypotheses and figures of speech stay without claims? At most three in a hundred may slip through,
and an attack on a concert must not be lost for it.

The sentences are our own, one a line, in `counterexamples/`. A claim counts as false unless nobody commits to it (`Uu`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from recoupe.extract.actors import find_actors
from recoupe.extract.claims import join
from recoupe.extract.events import find_events
from recoupe.extract.factuality import assess_all
from recoupe.extract.figures import find_figures
from recoupe.extract.voices import find_voices
from recoupe.knowledge.actors import open_register
from recoupe.language.pack import LANGUAGES
from recoupe.language.parse import parse_text
from recoupe.model import Language

FOLDER = Path(__file__).with_name("counterexamples")
ALLOWED = 0.03


@cache
def sentences(language: Language, kind: str = "") -> tuple[str, ...]:
    lines = (FOLDER / f"{kind}{language}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def claims_of(language: Language, sentence: str) -> list[str]:
    parsed = parse_text(sentence, language)
    named = find_actors(parsed, open_register())
    voices = find_voices(parsed, named)
    told = find_events(parsed, named, (), (), find_figures(parsed))
    claims = join(told, assess_all(parsed, told.occurrences, voices, told.actors), voices)
    return [f"{claim.rule}: {sentence}" for claim in claims if claim.factuality != "Uu"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_two_hundred_sentences_and_none_twice(language: Language) -> None:
    assert len(sentences(language)) >= 200
    assert len(set(sentences(language))) == len(sentences(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_false_claims(language: Language) -> None:
    false = [found for sentence in sentences(language) if (found := claims_of(language, sentence))]
    assert len(false) <= ALLOWED * len(sentences(language)), "\n".join(name for names in false for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_real_events_among_such_words_are_told(language: Language) -> None:
    lost = [sentence for sentence in sentences(language, "earnest_") if not claims_of(language, sentence)]
    assert not lost, "\n".join(lost)
