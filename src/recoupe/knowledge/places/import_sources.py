"""Where do the rows of an import stand? In a text file, in a zip archive, in a folder of records, or in a SQLite distribution.

What a file is, is told by its content and not by its name, so that nobody has to say it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

from msgspec import Struct

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places.import_rows import GEONAMES_CELLS, WOF_COLUMNS

RowKind = Literal["geonames", "wof-line", "wof-record"]
Packing = Literal["text", "zip", "zip of records", "folder", "sqlite"]

_SQLITE = b"SQLite format 3\0"
_KNOWN = (
    "want a GeoNames country dump (.txt or .zip), or Who's On First data: a folder or .zip of .geojson records, a SQLite distribution "
    "(unpacked), or a table with the columns of docs/places.md"
)


class Source(Struct, frozen=True):
    """A file or folder to import: what its rows are, its fingerprint, and its size in the unit in which `Row.done` counts."""

    path: Path
    name: str
    kind: RowKind
    packing: Packing
    hash: str
    size: int


class Row(Struct, frozen=True):
    """One row with the words that say where it stands, and how much of the source is read with it."""

    label: str
    data: bytes
    done: int


def open_source(path: Path) -> Source:
    """What the rows of `path` are; raises KnowledgeError when it can't be read or is nothing that can be imported."""
    try:
        if path.is_dir():
            records = _records(path)
            if not records:
                raise KnowledgeError(f"{path} holds no .geojson record: {_KNOWN}")
            stats = "".join(f"{file.relative_to(path)} {file.stat().st_size} {file.stat().st_mtime_ns}\n" for file in records)
            return Source(path, path.resolve().name, "wof-record", "folder", hashlib.sha256(stats.encode()).hexdigest(), len(records))
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            start = file.read(len(_SQLITE))
            file.seek(0)
            if start == _SQLITE:
                return Source(path, path.name, "wof-record", "sqlite", digest, _bodies(path))
            if zipfile.is_zipfile(file):
                return _zip(path, digest)
            file.seek(0)
            return Source(path, path.name, _line_kind(path, file.readline()), "text", digest, path.stat().st_size)
    except OSError as error:
        raise KnowledgeError(f"can't read {path}: {error.strerror or error}") from error


def rows_of(source: Source) -> Iterator[Row]:
    """The rows in an order that does not change, so that a count of them says how far an import went."""
    if source.packing == "folder":
        for number, record in enumerate(_records(source.path), 1):
            yield Row(str(record.relative_to(source.path)), record.read_bytes(), number)
    elif source.packing == "sqlite":
        with closing(sqlite3.connect(f"{source.path.resolve().as_uri()}?mode=ro", uri=True)) as link:
            for number, (identity, body) in enumerate(link.execute(f"select id, body {_records_in(link)} order by id"), 1):
                yield Row(f"record {identity}", body.encode() if isinstance(body, str) else bytes(body or b""), number)
    elif source.packing == "text":
        with source.path.open("rb") as file:
            yield from _lines(file)
    else:
        with zipfile.ZipFile(source.path) as archive:
            if source.packing == "zip":
                with archive.open(_table(archive)) as file:
                    yield from _lines(file)
            else:
                yield from (Row(name, archive.read(name), number) for number, name in enumerate(_members(archive), 1))


def _lines(file: Iterator[bytes]) -> Iterator[Row]:
    done = 0
    for number, line in enumerate(file, 1):
        done += len(line)
        yield Row(f"line {number}", line, done)


def _zip(path: Path, digest: str) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive)
            if members:
                return Source(path, path.name, "wof-record", "zip of records", digest, len(members))
            table = _table(archive)
            with archive.open(table) as file:
                return Source(path, path.name, _line_kind(path, file.readline()), "zip", digest, table.file_size)
    except zipfile.BadZipFile as error:
        raise KnowledgeError(f"{path} is a broken zip archive ({error}): get it again") from error


def _table(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The largest table of an archive; the others tell about it."""
    tables = [info for info in archive.infolist() if info.filename.endswith((".txt", ".tsv")) and "readme" not in info.filename.casefold()]
    if not tables:
        raise KnowledgeError(f"{archive.filename} holds no .txt or .tsv table and no .geojson record: {_KNOWN}")
    return max(tables, key=lambda info: info.file_size)


def _members(archive: zipfile.ZipFile) -> list[str]:
    return sorted(name for name in archive.namelist() if name.endswith(".geojson") and "-alt-" not in name)


def _records(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*.geojson") if "-alt-" not in file.name)


def _bodies(path: Path) -> int:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as link:
            count: int = link.execute(f"select count(*) {_records_in(link)}").fetchone()[0]
            return count
    except sqlite3.DatabaseError as error:
        raise KnowledgeError(f"{path} is no Who's On First distribution ({error}): {_KNOWN}") from error


def _records_in(link: sqlite3.Connection) -> str:
    """Where the records are; older distributions don't mark other shapes of a place, they don't hold them."""
    columns = {row[1] for row in link.execute("pragma table_info(geojson)")}
    return "from geojson where is_alt = 0" if "is_alt" in columns else "from geojson"


def _line_kind(path: Path, first: bytes) -> RowKind:
    cells = first.decode("utf-8-sig", "replace").rstrip("\r\n").split("\t")
    if tuple(cells) == WOF_COLUMNS:
        return "wof-line"
    if len(cells) == GEONAMES_CELLS and cells[0].isdecimal():
        return "geonames"
    raise KnowledgeError(f"{path} is no table of places that can be imported: {_KNOWN}")
