"""How is the file opened, and in which words do its failures reach the user?

One SQLite file in write-ahead mode: readers never wait for a writer, and a process that is killed between two commits leaves the last
commit whole. Every failure of SQLite becomes a CasebookError that says what to do.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from recoupe.casebook.distance import distance_km
from recoupe.errors import CasebookBusyError, CasebookError

APPLICATION_ID = 0x52434F55  # "RCOU", at byte 68 of every casebook
BATCH_SECONDS = 0.25  # a batch holds the writer's lock for about this long at most between two commits

Row = tuple[Any, ...]  # a row of SQLite: its types are those of the columns asked for
Value = str | int | float | bytes | None
_PRIMARY = 0xFF  # the low byte of an extended result code is its kind

_ADVICE = {
    sqlite3.SQLITE_FULL: "the disk is full: free some space and run the same command again; all that was stored before is kept",
    sqlite3.SQLITE_IOERR: "the disk could not be read or written: check free space and the device, then run the same command again",
    sqlite3.SQLITE_CORRUPT: "the file is damaged: keep a copy, then restore it from a backup or add the articles to a new casebook",
    sqlite3.SQLITE_NOTADB: "the file is not a casebook: give another path, or move the file away",
    sqlite3.SQLITE_READONLY: "it may only be read: make the file and its folder writable, or copy it to a place that is",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened: check that the folder exists and that you may write in it",
    sqlite3.SQLITE_PERM: "you may not open it: check the permissions of the file and its folder",
    sqlite3.SQLITE_AUTH: "you may not open it: check the permissions of the file and its folder",
    sqlite3.SQLITE_TOOBIG: "an item is larger than SQLite can store (1 GB): leave it out",
}
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_UNWRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Within it, a failure of SQLite is raised as the CasebookError that says what to do.

    >>> with translated(Path("war.casebook")):
    ...     raise sqlite3.DatabaseError("file is not a database")
    Traceback (most recent call last):
    recoupe.errors.CasebookError: war.casebook: file is not a database
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if code in _BUSY:
            raise CasebookBusyError(
                f"{path}: another process is writing into it and did not finish in time: wait until it is done, then run the same command again"
            ) from error
        raise CasebookError(f"{path}: {_ADVICE.get(code, error)}") from error


def listed(items: Iterable[str]) -> str:
    """The items as one value of a statement that reads it with `json_each(?)`.

    >>> listed(["a", "b"])
    '["a","b"]'
    """
    return msgspec.json.encode(list(items)).decode()


class Store:
    """An open SQLite file: statements go in, rows come out, failures are CasebookErrors. One thread at a time may use it."""

    def __init__(self, path: Path, database: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._database = database
        database.create_function("distance_km", 4, distance_km, deterministic=True)
        self._batching = False
        self._begun = 0.0
        self._depth = 0

    def rows(self, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """The rows of a query, read as they are asked for."""
        with translated(self.path):
            cursor = self._database.execute(sql, values)
        while True:
            with translated(self.path):
                found = cursor.fetchmany(256)
            if not found:
                return
            yield from found

    def one(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """The first row of a query, or None."""
        with translated(self.path):
            row: Row | None = self._database.execute(sql, values).fetchone()
            return row

    def value(self, sql: str, values: Sequence[Value] = ()) -> Any:
        """The first column of a query's first row; the query must give one."""
        row = self.one(sql, values)
        if row is None:
            raise CasebookError(f"{self.path}: the file is damaged (a row is missing): restore it from a backup")
        return row[0]

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Run a statement; the number of the row it inserted last."""
        with translated(self.path):
            return self._database.execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, values: Iterable[Sequence[Value]]) -> None:
        """Run a statement for every tuple of values."""
        with translated(self.path):
            self._database.executemany(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing: what is written inside is kept together, or undone when an error leaves the block.

        Inside a batch it is a part that can be undone alone, and what is whole is written to the disk about four times a second.
        """
        inner = self._database.in_transaction
        if not inner:
            self.run("BEGIN IMMEDIATE")
            self._begun = time.monotonic()
        self._depth += 1
        name = f"part{self._depth}"
        if inner:
            self.run(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            self._undo(name if inner else None)
            raise
        else:
            if inner:
                self.run(f"RELEASE {name}")
        finally:
            self._depth -= 1
        if self._depth == 0 and (not self._batching or time.monotonic() - self._begun >= BATCH_SECONDS):
            self._commit()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Several transactions share one write to the disk; leaving the block, by an error too, keeps those that are whole.

        Other processes wait meanwhile: nothing slow (parsing, asking a user) belongs inside.
        """
        self._batching = True
        try:
            yield
        finally:
            self._batching = False
            if self._database.in_transaction:
                self._commit()

    @property
    def writing(self) -> bool:
        """Whether something is written that others can't see yet."""
        return self._database.in_transaction

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Within it, all that is read is of one moment, whatever others write meanwhile; nothing may be written."""
        if self.writing:  # others can't write before this is kept
            yield
            return
        self.run("BEGIN DEFERRED")
        try:
            yield
        finally:
            self.run("ROLLBACK")

    def close(self) -> None:
        """Close the file; another process may go on with it."""
        with translated(self.path):
            self._database.close()

    def _commit(self) -> None:
        try:
            self.run("COMMIT")
        except CasebookError:
            self._undo(None)
            raise

    def _undo(self, part: str | None) -> None:
        if not self._database.in_transaction:  # a full disk undoes everything by itself
            return
        if part is None:
            self.run("ROLLBACK")
        else:
            self.run(f"ROLLBACK TO {part}")
            self.run(f"RELEASE {part}")


def connect(path: Path, *, create: bool, wait_seconds: float) -> Store:
    """Open or create the file in write-ahead mode; one that may not be written is opened for reading.

    Raises CasebookError when it is missing (and `create` is false), a folder, no SQLite file, or can't be opened.
    """
    if path.is_dir():
        raise CasebookError(f"{path}: is a folder: name a file in it, such as {path / 'casebook.db'}")
    if not path.exists():
        if not create:
            raise CasebookError(f"{path}: there is no casebook: make one with `recoupe add`, or check the path")
        if not path.parent.is_dir():
            raise CasebookError(f"{path}: the folder {path.parent} does not exist: make it first")
    with translated(path):
        try:
            return Store(path, _writable(path, wait_seconds), read_only=False)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY not in _UNWRITABLE or not path.exists() or _unmerged(path):
                raise
            return Store(path, _frozen(path), read_only=True)


def _writable(path: Path, wait_seconds: float) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=wait_seconds, isolation_level=None, check_same_thread=False)
    try:
        _check_owner(path, database)
        _configure(database, time.monotonic() + wait_seconds)
    except (sqlite3.Error, CasebookError):
        database.close()
        raise
    return database


def _check_owner(path: Path, database: sqlite3.Connection) -> None:
    """Refuse another program's file before anything is written into it."""
    (owner,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if owner != APPLICATION_ID and (owner, version, tables) != (0, 0, 0):
        raise CasebookError(f"{path}: it is an SQLite file of another program: give another path; it was not changed")


def _configure(database: sqlite3.Connection, deadline: float) -> None:
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA synchronous = FULL")  # a commit survives a power cut too
    database.execute("PRAGMA cache_size = -65536")  # 64 MB
    while True:  # SQLite does not wait by itself while another process turns the new file to write-ahead mode
        try:
            database.execute("PRAGMA journal_mode = WAL").fetchone()
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY not in _BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    if database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        database.execute("BEGIN IMMEDIATE").execute("ROLLBACK")  # an unwritable place shows now, not at the first article


def _frozen(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    _check_owner(path, database)
    return database


def _unmerged(path: Path) -> bool:
    """Whether a write-ahead log stands beside the file: without it the file alone may be behind, or not whole."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0
