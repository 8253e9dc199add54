"""`recoupe places`: what a user sees of an import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.test_commands import recoupe
from tests.knowledge.small_gazetteer import small_gazetteer
from tests.knowledge.test_places_import import geonames


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECOUPE_PLACES", str(small_gazetteer(tmp_path / "places.sqlite")))
    return tmp_path


def test_an_import_tells_what_came_in_and_its_places_are_found(folder: Path) -> None:
    (folder / "SY.txt").write_text(geonames(7001, "Hajin") + geonames(7002, "Alep", point=(36.2, 37.2)), encoding="utf-8")
    done = recoupe("places", "import", "SY.txt", folder=folder)
    assert (done.returncode, done.stdout.decode()) == (0, "SY.txt: 1 added, 1 known already, 0 refused\n")
    assert not done.stderr
    found = recoupe("places", "find", "--json", "Hajin", folder=folder)
    assert json.loads(found.stdout)["id"] == "gn:7001"
    again = recoupe("places", "import", "SY.txt", folder=folder)
    assert again.stdout.decode() == "SY.txt: imported before, nothing to do\n"


def test_refused_rows_are_told_and_the_exit_code_says_done_in_part(folder: Path) -> None:
    lines = [geonames(7001, "Hajin"), *(geonames(7100 + number, "Nowhere", point=(200, 0)) for number in range(12))]
    (folder / "SY.txt").write_text("".join(lines), encoding="utf-8")
    done = recoupe("places", "import", "SY.txt", folder=folder)
    assert done.returncode == 3
    assert done.stdout.decode() == "SY.txt: 1 added, 0 known already, 12 refused\n"
    told = done.stderr.decode().splitlines()
    assert told[0].strip() == "line 2: point (200.0, 0.0) lies on no map"
    assert told[-1].strip() == "and 2 more"


def test_a_file_that_is_no_gazetteer_fails_with_what_is_wanted(folder: Path) -> None:
    (folder / "a.csv").write_text("name,lat,lon\nAlep,36,37\n", encoding="utf-8")
    done = recoupe("places", "import", "a.csv", folder=folder)
    assert done.returncode == 1
    assert "want a GeoNames country dump" in done.stderr.decode()
    assert recoupe("places", "import", "none.txt", folder=folder).returncode == 2


def test_without_a_gazetteer_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUPE_PLACES", str(tmp_path / "none.sqlite"))
    (tmp_path / "SY.txt").write_text(geonames(7001, "Hajin"), encoding="utf-8")
    done = recoupe("places", "import", "SY.txt", folder=tmp_path)
    assert done.returncode == 1
    assert "recoupe places build" in done.stderr.decode()
