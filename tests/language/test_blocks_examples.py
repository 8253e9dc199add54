"""Every example of the packs' marks of blocks and of dates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.examples import cases

from recoupe.ingest.blocks import find_marks, split_blocks
from recoupe.ingest.dates import find_dates
from recoupe.language.blocks import block_marks, compiled
from recoupe.language.pack import LANGUAGES, Example, load_table
from recoupe.language.published import PublishedSigns, sign_pattern
from recoupe.model import Language

PROSE = {
    "fr": "Les combats ont repris dans la nuit autour du pont, selon des habitants joints par téléphone, et deux familles ont quitté le quartier.",
    "en": "Fighting resumed overnight around the bridge, residents reached by telephone said, and two families have left the quarter for good.",
}  # fmt: skip


def marks() -> Iterator[object]:
    for language in LANGUAGES:
        yield from cases(language, ((mark.name, mark) for mark in block_marks(language).marks))


def signs() -> Iterator[object]:
    for language in LANGUAGES:
        yield from cases(
            language, ((f"{number}-{sign.kind}", sign) for number, sign in enumerate(load_table(language, "published", PublishedSigns).signs))
        )


@pytest.mark.parametrize(("language", "name", "example", "fires"), marks())
def test_a_mark_fits_what_it_says(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    found = {mark.name: end for mark, end in find_marks(example.text, language) if mark in block_marks(language).marks}
    if not fires:
        assert name not in found
        return
    (answer,) = example.answers
    assert answer.start == 0
    mark = next(mark for mark in block_marks(language).marks if mark.name == name)
    assert compiled(language, name).search(example.text)
    assert found[name] == (answer.end if "(?P<part>" in mark.pattern else None)


@pytest.mark.parametrize(("language", "name", "example", "fires"), marks())
def test_a_marked_line_gets_its_kind_on_a_page(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    mark = next(mark for mark in block_marks(language).marks if mark.name == name)
    above = f"{PROSE[language]}\n" * 3 if mark.zone in ("page", "foot") else ""
    below = f"\n{PROSE[language]}" * 3 if mark.zone != "foot" else ""
    blocks = split_blocks(f"{above}{example.text}{below}", language)
    at = len(above)
    kind = next(block.kind for block in blocks if block.start <= at < block.end)
    assert (kind == mark.kind) == fires


@pytest.mark.parametrize(("language", "name", "example", "fires"), signs())
def test_a_sign_tells_how_a_date_is_meant(language: Language, name: str, example: Example, fires: bool) -> None:  # noqa: FBT001
    kind = name.split("-")[1]
    (answer,) = example.answers
    told = [date for date in find_dates(example.text, language) if date.start < answer.end and answer.start < date.end]
    before = [sign.end() for sign in sign_pattern(language, kind).finditer(example.text)]
    if kind == "year":
        assert bool(told) == fires
    elif kind == "future":
        assert told
        assert bool(before) == fires
    else:
        assert told
        assert (answer.start in before) == fires
