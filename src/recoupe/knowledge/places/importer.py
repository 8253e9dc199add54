"""How do more places come in? GeoNames country dumps and flattened Who's On First tables, row by row, in batches that a stop can't tear.

Every batch is one transaction that also notes how far the file was read: an import that was stopped goes on there, and a finished one does
nothing. Rows that can't be right are refused with their line and reason; a place that is there already only gains names.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO, Literal, cast, get_args

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places.entry import ImportReport, PlaceKind
from recoupe.knowledge.places.names import exact_key
from recoupe.knowledge.places.sources import division_codes, is_name
from recoupe.knowledge.places.store import NewPlace, connect, key_rows, place_row
from recoupe.knowledge.places.tables import precision_of_kind, rows

SourceKind = Literal["geonames", "wof"]
Progress = Callable[[str, int, int], None]

_BATCH = 5_000  # rows of one transaction
_REASONS = 10  # refused rows that are told one by one
_TRIAL = 200  # rows after which a file that gave no place is held to be something else
_WOF = (
    "wof_id",
    "name",
    "placetype",
    "lat",
    "lon",
    "country",
    "region",
    "county",
    "geonames_id",
    "wikidata_id",
    "population",
    "geom_source",
    "names",
)
_GEONAMES_CELLS = 19


def import_places(path: Path, source_file: Path, kind: SourceKind, progress: Progress | None = None) -> ImportReport:
    """Add the places of `source_file` to the gazetteer at `path`; `progress` hears (file, bytes done, bytes in all).

    Raises KnowledgeError when either file can't be read, or when the source is no file of its kind.
    """
    if kind not in get_args(SourceKind):
        raise KnowledgeError(f"unknown kind of source {kind!r}: want one of {', '.join(get_args(SourceKind))}")
    digest, size = _fingerprint(source_file)
    with closing(connect(path, write=True)) as link, _told(path):
        done = _resume(link, source_file.name, digest, size)
        if done is None:
            return ImportReport(0, 0, 0, 0, ())
        with _lines(source_file) as lines:
            return _read(link, source_file, kind, lines, done, progress or (lambda name, at, whole: None))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise KnowledgeError(f"can't write to the gazetteer {path}: {error} (is another import running? is the disk full?)") from error


def _fingerprint(source: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    try:
        with source.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
        return digest.hexdigest(), source.stat().st_size
    except OSError as error:
        raise KnowledgeError(f"can't read {source}: {error.strerror or error}") from error


def _resume(link: sqlite3.Connection, name: str, digest: str, size: int) -> int | None:
    """The lines of the file that earlier runs have read, None when they have read it all; a changed file is read from its start."""
    held = link.execute("select hash, lines, finished from imported where source = ?", (name,)).fetchone()
    if held is not None and held[0] == digest:
        return None if held[2] else int(held[1])
    with link:
        link.execute("insert or replace into imported values (?, ?, ?, 0, 0)", (name, size, digest))
    return 0


@contextmanager
def _lines(source: Path) -> Iterator[IO[bytes]]:
    """The lines of a file, or of the table inside a zip archive."""
    if source.suffix != ".zip":
        with source.open("rb") as file:
            yield file
        return
    try:
        with zipfile.ZipFile(source) as archive:
            tables = [info for info in archive.infolist() if info.filename.endswith((".txt", ".tsv")) and "readme" not in info.filename.casefold()]
            if not tables:
                raise KnowledgeError(f"{source} holds no .txt or .tsv table")
            with archive.open(max(tables, key=lambda info: info.file_size)) as file:
                yield file
    except zipfile.BadZipFile as error:
        raise KnowledgeError(f"{source} is no zip archive, or a broken one: {error}") from error


def _read(link: sqlite3.Connection, source: Path, kind: SourceKind, lines: IO[bytes], done: int, progress: Progress) -> ImportReport:
    added = known = refused = at = 0
    reasons: list[str] = []
    size = source.stat().st_size
    for _ in islice(lines, done):
        at += 1
    while batch := list(islice(lines, _BATCH)):
        with link:
            number = link.execute("select coalesce(max(number), 0) from place").fetchone()[0] + 1
            for line in batch:
                at += 1
                try:
                    place = _place(line, kind, at)
                except ValueError as error:
                    refused += 1
                    if len(reasons) < _REASONS:
                        reasons.append(f"line {at}: {error}")
                    continue
                if place is None:
                    continue
                fresh = _add(link, place, number)
                number, added, known = number + fresh, added + fresh, known + (not fresh)
            if not added and not known and refused >= min(_TRIAL, len(batch)):
                raise KnowledgeError(f"{source} is no {kind} table: {reasons[0]}")
            link.execute("update imported set lines = ? where source = ?", (at, source.name))
        progress(source.name, min(lines.tell() if source.suffix != ".zip" else 0, size), size)
    with link:
        link.execute("update imported set lines = ?, finished = 1 where source = ?", (at, source.name))
    return ImportReport(at - done, added, known, refused, tuple(reasons))


def _add(link: sqlite3.Connection, place: NewPlace, number: int) -> bool:
    held = link.execute("select number from place where id = ?", (place.id,)).fetchone()
    if held is None:
        link.execute("insert into place values (?,?,?,?,?,?,?,?,?,?,?,?,?)", place_row(number, place))
    link.executemany("insert or ignore into name values (?,?,?)", list(key_rows(number if held is None else held[0], place)))
    return held is None


def _place(line: bytes, kind: SourceKind, at: int) -> NewPlace | None:
    """The place of a row, None for a row that is none (a head line, a kind that is not kept); raises ValueError with the reason."""
    cells = line.decode("utf-8").rstrip("\r\n").split("\t")
    return _geonames(cells) if kind == "geonames" else _wof(cells, at)


def _geonames(cells: list[str]) -> NewPlace | None:
    if len(cells) != _GEONAMES_CELLS:
        raise ValueError(f"{len(cells)} cells, want {_GEONAMES_CELLS}")
    feature = feature_kinds().get(cells[7])
    latitude, longitude = _point(cells[4], cells[5])
    if feature is None:
        return None
    names = tuple(dict.fromkeys(name for name in (cells[1], cells[2], *cells[3].split(",")) if name == cells[1] or is_name(name)))
    division = division_codes().get(f"{_country(cells[8])}.{cells[10]}")
    return _new(f"gn:{int(cells[0])}", names, feature, cells[8], division, latitude, longitude, cells[14])


def _wof(cells: list[str], at: int) -> NewPlace | None:
    if tuple(cells) == _WOF and at == 1:
        return None
    if len(cells) != len(_WOF):
        raise ValueError(f"{len(cells)} cells, want {len(_WOF)}")
    row = dict(zip(_WOF, cells, strict=True))
    feature = feature_kinds().get(row["placetype"])
    latitude, longitude = _point(row["lat"], row["lon"])
    if feature is None:
        return None
    others = (name.partition(":")[2] for name in row["names"].split("|"))
    names = tuple(dict.fromkeys((row["name"], *(name for name in others if is_name(name)))))
    identity = f"gn:{int(row['geonames_id'])}" if row["geonames_id"] else f"wof:{int(row['wof_id'])}"
    return _new(identity, names, feature, row["country"], None, latitude, longitude, row["population"])


def _new(
    identity: str, names: tuple[str, ...], feature: PlaceKind, country: str, division: str | None, latitude: float, longitude: float, population: str
) -> NewPlace:  # fmt: skip
    if not exact_key(names[0]):
        raise ValueError("no name")
    people = int(float(population)) if population else 0
    return NewPlace(
        identity, names, feature, _country(country), division, None, latitude, longitude, precision_of_kind()[feature], max(people, 0), "import"
    )  # fmt: skip


def _country(code: str) -> str:
    if len(code) != 2 or not (code.isalpha() and code.isupper()):
        raise ValueError(f"country {code!r} is no code of two capitals")
    return code


def _point(latitude: str, longitude: str) -> tuple[float, float]:
    point = float(latitude), float(longitude)
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"point {point} lies on no map")
    return point


@cache
def feature_kinds() -> dict[str, PlaceKind]:
    """The kind of place of every feature code of GeoNames and place type of Who's On First that is kept."""
    return {row["code"]: cast("PlaceKind", row["kind"]) for row in rows("features", ("code", "kind"))}
