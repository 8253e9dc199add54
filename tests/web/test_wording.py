from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest

from recoupe.errors import PackError
from recoupe.language.pack import LANGUAGES
from recoupe.model import AcledType, EventType, Factuality, Measure, SourceKind, Stage
from recoupe.web.summary import FIGURES
from recoupe.web.versions import ATTRIBUTES
from recoupe.web.wording import keys, wording

WEB = Path(str(resources.files("recoupe.web")))
CALL = re.compile(r"""\b(?:t|say)\(\s*["']([a-z_]+\.[\w +/-]+)["']""")


def test_both_languages_say_the_same_things() -> None:
    assert keys("fr") == keys("en")


def test_both_languages_fill_in_the_same_names() -> None:
    def names(text: object) -> set[str]:
        texts = text.values() if isinstance(text, dict) else [text]
        return {name for each in texts for name in re.findall(r"\{(\w*)\}", str(each))}

    found = {language: tomllib.loads((WEB / "wording" / f"{language}.toml").read_text(encoding="utf-8")) for language in LANGUAGES}
    for section, texts in found["fr"].items():
        for key, text in texts.items():
            assert names(text) == names(found["en"][section][key]), f"{section}.{key}"


def test_every_text_that_a_page_asks_for_is_there() -> None:
    sources = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
    asked = {key for source in sources for key in CALL.findall(source.read_text(encoding="utf-8")) if not key.endswith((".", "_"))}
    assert len(asked) > 100
    assert asked <= keys("fr")


@pytest.mark.parametrize(
    ("section", "values"),
    [("type", get_args(EventType)), ("acled", get_args(AcledType)), ("factuality", get_args(Factuality)), ("stage", get_args(Stage)),
     ("measure", get_args(Measure)), ("source", get_args(SourceKind)), ("attribute", (*ATTRIBUTES, *FIGURES)), ("language", LANGUAGES)],
)  # fmt: skip
def test_every_value_of_the_record_has_words(section: str, values: tuple[str, ...]) -> None:
    assert {f"{section}.{value}" for value in values} <= keys("fr")


def test_a_text_that_is_not_there_says_where_to_add_it() -> None:
    with pytest.raises(PackError, match=r"en\.toml has no 'events.nothing'"):
        wording("en")("events.nothing")


def test_plural_forms_are_those_of_the_language() -> None:
    assert [wording("fr")("count.events", n=n) for n in (0, 1, 2)] == ["0 événement", "1 événement", "2 événements"]
    assert [wording("en")("count.events", n=n) for n in (0, 1, 2)] == ["0 events", "1 event", "2 events"]
