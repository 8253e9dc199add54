"""Every verb of counts.toml gives a toll in its own examples, and every gap has its number counted."""

from __future__ import annotations

import pytest
from tests.examples import cases

from recoupe.extract.figures import find_figures, is_part
from recoupe.extract.voices import find_voices
from recoupe.language.counts import count_words
from recoupe.language.pack import LANGUAGES, Example, read_example
from recoupe.language.parse import parse_text
from recoupe.model import Language

VERBS = [case for language in LANGUAGES for case in cases(language, [(verb.lemma, verb) for verb in count_words(language).verbs])]
GAPS = [
    (language, text, fires)
    for language in LANGUAGES
    for fires, texts in ((True, count_words(language).gaps), (False, count_words(language).no_gaps))
    for text in texts
]


@pytest.mark.parametrize(("language", "name", "example", "fires"), VERBS)
def test_verbs(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    found = find_voices(parse_text(example.text, language), ())
    if fires:
        assert [span for one in found if one.source for span in one.cue] == list(example.answers), name
    else:
        assert not [one.rule for one in found if one.rule == f"count:{name}"]


@pytest.mark.parametrize(("language", "text", "fires"), GAPS)
def test_gaps(language: Language, text: str, fires: bool) -> None:  # noqa: FBT001
    example = read_example(text)
    parsed = parse_text(example.text, language)
    counted = [figure for figure in find_figures(parsed) if figure.measure == "killed" and not is_part(parsed, figure)]
    for answer in example.answers:
        assert any((figure.start, figure.end) == (answer.start, answer.end) for figure in counted) is fires
