"""The archive: what it tells of itself, how a browser gets ranges of it, what is said where there is none."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from pmtiles.reader import MmapSource, Reader
from starlette.testclient import TestClient
from tests.web.basemap.test_tiles import decoded

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places import default_path as gazetteer_path
from recoupe.web import Settings, make_app
from recoupe.web.basemap.archive import default_path, read_about
from recoupe.web.basemap.build import LARGEST, recipe
from recoupe.web.basemap.tiles import Tile


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return TestClient(make_app(Settings(tmp_path / "empty.casebook")))


@pytest.fixture(scope="module")
def built() -> Path:
    path = default_path()
    assert path.is_file(), f"there is no basemap at {path}: run `recoupe basemap build`"
    return path


def test_the_built_archive_tells_what_it_is(built: Path) -> None:
    about = read_about(built)
    assert about is not None
    assert "GeoNames" in about.attribution
    assert len(about.content) == 64
    assert built.stat().st_size <= LARGEST


def test_the_built_archive_holds_the_levant_in_both_languages(built: Path) -> None:
    with built.open("rb") as file:
        archive: Any = Reader(MmapSource(file))  # type: ignore[no-untyped-call]
        found = decoded(Tile(7, 76, 51, gzip.decompress(archive.get(7, 76, 51))))
    named = {feature["properties"]["en"]: feature["properties"].get("fr") for feature in found["places"]["features"]}
    assert named["Damascus"] == "Damas"
    assert named["Beirut"] == "Beyrouth"
    assert {"land", "borders", "divisions", "rivers"} <= set(found)
    assert any(feature["properties"]["kind"] == "disputed" for feature in found["borders"]["features"])


def test_a_range_is_answered_as_it_is(client: TestClient, built: Path) -> None:
    answer = client.get("/basemap.pmtiles", headers={"range": "bytes=0-126", "accept-encoding": "gzip"})
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes 0-126/{built.stat().st_size}"
    assert answer.headers["etag"]
    assert answer.content == built.read_bytes()[:127]


def test_without_an_archive_the_answer_says_what_to_do(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUPE_BASEMAP", "nowhere.pmtiles")
    answer = client.get("/basemap.pmtiles")
    assert answer.status_code == 404
    assert "recoupe basemap build" in answer.text


@pytest.mark.parametrize("content", [b"", b"PMTiles\x02" + bytes(200), b"PMTiles\x03" + bytes(200), b"<html>" * 100])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.pmtiles"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError, match="recoupe basemap build"):
        read_about(path)


def test_the_recipe_is_of_everything_a_build_is_made_of() -> None:
    assert len(recipe(gazetteer_path())) == 64
