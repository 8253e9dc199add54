"""The scripts and styles of others: locked by hash, named with their licences, free of what the Content-Security-Policy refuses."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from recoupe.web.files import static_folder

FRONTEND = Path(__file__).parents[2] / "frontend"
VENDOR = static_folder() / "vendor"
OURS = sorted((static_folder() / "js").glob("*.js"))


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    assert VENDOR.is_dir(), "the workbench's scripts are not built: run `make setup`"


def test_every_package_is_locked_by_hash_and_without_an_address() -> None:
    text = (FRONTEND / "package-lock.json").read_text("utf-8")
    packages = {name: about for name, about in json.loads(text)["packages"].items() if name}
    assert [name for name, about in packages.items() if not re.match(r"sha512-", about.get("integrity", ""))] == []
    assert '"resolved"' not in text


def test_every_package_that_is_bundled_is_named_with_its_licence() -> None:
    told = (VENDOR / "LICENSES.txt").read_text("utf-8")
    for name in ("leaflet", "protomaps-leaflet", "pmtiles", "@observablehq/plot", "htmx.org", "d3-scale", "rbush"):
        assert re.search(rf"^{re.escape(name)} [\d.]+: \S+", told, re.MULTILINE), name


def test_what_is_compressed_is_the_same() -> None:
    packed = sorted(VENDOR.glob("*.gz"))
    assert len(packed) >= 5
    for path in packed:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_the_rules_of_plots_figures_are_in_a_style_sheet() -> None:
    assert "plot-d6a7b5" in (VENDOR / "plot.css").read_text("utf-8")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_scripts_write_no_markup(path: Path) -> None:
    assert not re.search(r"innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|eval\(|new Function", path.read_text("utf-8"))
