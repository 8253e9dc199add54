"""Names lead to the places that bear them, whatever the spelling, and a bad file says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.knowledge.gazetteers import gazetteer

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places import open_gazetteer


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Alep", "gn:170063"), ("Damas", "gn:170654"), ("Abou Kamal", "gn:174448"), ("Al Bukamal", "gn:174448"), ("Boukamal", "gn:174448"),
        ("Hassaké", "gn:173811"), ("Londres", "gn:2643743"), ("Le Caire", "gn:360630"), ("Irak", "country:IQ"), ("Syrie", "country:SY"),
    ],
)  # fmt: skip
def test_a_name_in_any_spelling_leads_first_to_its_place(name: str, place: str) -> None:
    assert gazetteer().find(name)[0].id == place


@pytest.mark.parametrize("name", ["", " ", "-", "'", "\0", "%", "\U0001f600", "a" * 100_000, "Xyzzyplugh"])
def test_what_is_no_name_has_no_place(name: str) -> None:
    assert gazetteer().find(name) == ()


def test_a_missing_or_broken_file_says_what_to_do(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database at all" * 100)
    for path in (tmp_path / "none.sqlite", broken):
        with pytest.raises(KnowledgeError, match="recoupe places build"):
            open_gazetteer(path)
