import pytest
from tests.examples import cases

from recoupe.language.pack import LANGUAGES, Example, load_table
from recoupe.language.parts import Parts, is_part
from recoupe.model import Language

EXAMPLES = [case for language in LANGUAGES for case in cases(language, [(entry.cue, entry) for entry in load_table(language, "parts", Parts).entry])]


@pytest.mark.parametrize(("language", "name", "example", "fires"), EXAMPLES)
def test_examples(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    assert example.answers, name
    for answer in example.answers:
        before, after = example.text[max(0, answer.start - 40) : answer.start], example.text[answer.end : answer.end + 40]
        inside = example.text[answer.start : answer.end]
        assert is_part(before, after, language, inside) is fires
