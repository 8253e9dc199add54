"""How do more places come in? Row by row, in batches that a stop can't tear.

Every batch is one transaction that also notes how far the source was read: an import that was stopped goes on there, and a finished one does
nothing. Rows that can't be right are refused with their place and reason; a place that is there already only gains names.
"""

from __future__ import annotations

import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places.entry import ImportReport
from recoupe.knowledge.places.filter import drop_filter, write_filter
from recoupe.knowledge.places.import_rows import from_geonames, from_wof_line, from_wof_record
from recoupe.knowledge.places.import_sources import Row, Source, open_source, rows_of
from recoupe.knowledge.places.imported import Tally, add
from recoupe.knowledge.places.store import NewPlace, connect

Progress = Callable[[int, int], None]

_BATCH = 5_000  # rows of one transaction
_REASONS = 10  # refused rows that are told one by one
_TRIAL = 200  # rows after which a source that gave no place is held to be something else
_READERS: dict[str, Callable[[bytes], NewPlace | None]] = {
    "geonames": from_geonames, "wof-line": from_wof_line, "wof-record": from_wof_record,
}  # fmt: skip


def import_places(path: Path, source: Path, progress: Progress | None = None) -> ImportReport:
    """Add the places of `source` to the gazetteer at `path`; `progress` hears (done, in all) in bytes, or in records.

    Raises KnowledgeError when either can't be read, or when the source is nothing that can be imported.
    """
    opened = open_source(source)
    with closing(connect(path, write=True)) as link, _told(path):
        held = link.execute("select rows, finished from imported where hash = ?", (opened.hash,)).fetchone()
        if held is not None and held[1]:
            return ImportReport(0, 0, 0, 0, (), finished_before=True)
        if held is None:
            with link:
                link.execute("insert into imported values (?, ?, 0, 0)", (opened.hash, opened.name))
        return _read(link, opened, held[0] if held else 0, progress or (lambda done, whole: None))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise KnowledgeError(f"can't write to the gazetteer {path}: {error} (is another import running? is the disk full?)") from error


def _read(link: sqlite3.Connection, source: Source, done: int, progress: Progress) -> ImportReport:
    tally, refused, at = Tally(link), 0, done
    reasons: list[str] = []
    with closing(_rows(source)) as rows:
        for _ in islice(rows, done):
            pass
        while batch := list(islice(rows, _BATCH)):
            with link:
                drop_filter(link)
                for row in batch:
                    try:
                        place = _READERS[source.kind](row.data)
                    except ValueError as error:
                        refused += 1
                        if len(reasons) < _REASONS:
                            reasons.append(f"{row.label}: {error}")
                        continue
                    if place is not None:
                        add(tally, place)
                if not tally.added and not tally.known and refused >= min(_TRIAL, len(batch)):
                    raise KnowledgeError(f"{source.path} gave no place: {reasons[0]}")
                at += len(batch)
                link.execute("update imported set rows = ? where hash = ?", (at, source.hash))
            progress(batch[-1].done, source.size)
    with link:
        write_filter(link)
        link.execute("update imported set finished = 1 where hash = ?", (source.hash,))
    return ImportReport(at - done, tally.added, tally.known, refused, tuple(reasons))


def _rows(source: Source) -> Generator[Row]:
    try:
        yield from rows_of(source)
    except (OSError, EOFError, sqlite3.DatabaseError, zipfile.BadZipFile, zlib.error) as error:
        raise KnowledgeError(f"can't read {source.path} to its end: {error}; what was read is kept, the same command goes on from there") from error
