"""`recoupe actors` keeps the right rows of a user's table, tells the wrong ones with their line, and finds what it kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from recoupe.cli import recoupe
from recoupe.knowledge.actors import open_register
from recoupe.knowledge.actors.load import OWN

TABLE = "id\tname\tkind\tcountry\tsector\tnames_fr\nshire-watch\tShire Watch\tpolice\tGBR\tCOP\tGarde de la Comté\n"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the user's own that the register reads."""
    monkeypatch.setenv(OWN, str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    open_register.cache_clear()
    yield tmp_path / "own"
    open_register.cache_clear()


def test_what_is_imported_is_found(tmp_path: Path) -> None:
    source = tmp_path / "mine.tsv"
    source.write_text(TABLE, encoding="utf-8")
    done = CliRunner().invoke(recoupe, ["actors", "import", str(source)], standalone_mode=False)
    assert (done.return_value, done.exception) == (0, None)
    assert "1 actors" in done.output
    open_register.cache_clear()
    found = CliRunner().invoke(recoupe, ["actors", "find", "Garde de la Comté"], standalone_mode=False)
    assert "shire-watch" in found.output


def test_wrong_rows_are_told_with_their_line(tmp_path: Path, own: Path) -> None:
    source = tmp_path / "mine.tsv"
    source.write_text(TABLE + "No Slug\tX\n", encoding="utf-8")
    done = CliRunner().invoke(recoupe, ["actors", "import", str(source)], standalone_mode=False)
    assert done.return_value == 3
    assert "line 3: id 'No Slug' is no slug" in " ".join(done.output.split())
    assert [path.name for path in own.iterdir()] == ["mine.tsv"]


def test_another_folder_may_be_named(tmp_path: Path, own: Path) -> None:
    source = tmp_path / "mine.tsv"
    source.write_text(TABLE, encoding="utf-8")
    CliRunner().invoke(recoupe, ["actors", "import", str(source), "--folder", str(tmp_path / "other")], standalone_mode=False)
    assert (tmp_path / "other" / "mine.tsv").exists()
    assert not list(own.iterdir())
