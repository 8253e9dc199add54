"""How can every attribution, claim and label of a casebook be counted under any filter while a page waits?

Their numbers are held in memory, four bytes a column, in the order in which their documents were tallied; what a document was before it was
read again is marked as gone. A million of them are counted in some ten milliseconds, where SQLite would take a second. `Counts` belongs to one
casebook file and may be shared by threads, each with its own connection: what is new in the file is taken in when somebody asks.
"""

from __future__ import annotations

import threading
from typing import Any, Literal

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from recoupe.casebook.connection import Row, Store
from recoupe.language.pack import LANGUAGES

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
What = Literal["said", "claimed", "called"]

_WIDTH: dict[What, int] = {"said": 2, "claimed": 2, "called": 4}
_NEW = """SELECT tally.document, outlet, language, published, said, claimed, called, tally.number, coalesce(passage.number, 0) FROM tally
          JOIN document ON document.number = tally.document LEFT JOIN passage ON passage.document = tally.document
          WHERE tally.number > ? ORDER BY tally.number"""


class Entries(Struct, frozen=True):
    """The attributions, claims or labels of all documents: `of` is the place of the document of each, `columns` are their numbers."""

    of: Numbers
    columns: tuple[Numbers, ...]

    def first(self, places: Numbers) -> Numbers:
        """Where the entries of these documents begin."""
        return np.searchsorted(self.of, places).astype(np.int32)


class Columns(Struct, frozen=True):
    """A casebook's numbers as they were at one moment; documents are told by their place here, `alive` are those that count."""

    alive: Mask
    tally: Numbers
    passage: Numbers
    document: Numbers
    outlet: Numbers
    language: Numbers
    day: Numbers
    said: Entries
    claimed: Entries
    called: Entries

    def of_documents(self, numbers: NDArray[Any]) -> Mask:
        """The places of documents given by their rows in the casebook."""
        if not len(self.document):
            return np.zeros(0, dtype=bool)
        return _flags(numbers, int(self.document.max()) + 1)[self.document]

    def of_passages(self, numbers: NDArray[Any]) -> Mask:
        """The places of documents given by their numbers in the index of words."""
        if not len(self.passage):
            return np.zeros(0, dtype=bool)
        return _flags(numbers, int(self.passage.max()) + 1)[self.passage]


class Counts:
    """The numbers of one casebook, kept up with it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._columns: Columns | None = None
        self._seen = 0
        self._place: dict[int, int] = {}  # of the documents that count
        self._alive = _Growing(np.dtype(np.bool_))
        self._heads = tuple(_Growing(np.dtype(np.int32)) for _ in range(6))
        self._entries: dict[What, tuple[_Growing, ...]] = {
            what: tuple(_Growing(np.dtype(np.int32)) for _ in range(width + 1)) for what, width in _WIDTH.items()
        }

    def columns(self, store: Store) -> Columns:
        """The numbers as the casebook holds them now."""
        with self._lock:
            latest = store.value("SELECT coalesce(max(number), 0) FROM tally")
            if latest > self._seen or self._columns is None:
                self._take(tuple(store.rows(_NEW, (self._seen,))))
                self._columns = self._snapshot()
            if latest < self._seen:  # who asks looks at the casebook as it was before: what has come since is not there
                return structs.replace(self._columns, alive=self._columns.alive & (self._columns.tally <= latest))
            return self._columns

    def _take(self, rows: tuple[Row, ...]) -> None:
        if not rows:
            return
        first = self._alive.size
        self._alive.extend(np.array([row[4] is not None for row in rows]))
        for place, row in enumerate(rows, first):
            gone = self._place.pop(row[0], None)
            if gone is not None:
                self._alive.data[gone] = False
            if row[4] is not None:
                self._place[row[0]] = place
        for column, values in zip(self._heads, _heads(rows), strict=True):
            column.extend(np.array(values, dtype=np.int32))
        for at, (what, width) in enumerate(_WIDTH.items(), 4):
            packed = [row[at] or b"" for row in rows]
            numbers = np.frombuffer(b"".join(packed), dtype="<u4").astype(np.int32).reshape(-1, width)
            lengths = [len(one) // (4 * width) for one in packed]
            of, *columns = self._entries[what]
            of.extend(np.repeat(np.arange(first, first + len(rows), dtype=np.int32), lengths))
            for number, column in enumerate(columns):
                column.extend(numbers[:, number])
        self._seen = rows[-1][7]

    def _snapshot(self) -> Columns:
        said, claimed, called = (
            Entries(of.now(), tuple(column.now() for column in columns)) for of, *columns in (self._entries[what] for what in _WIDTH)
        )
        tally, passage, document, outlet, language, day = (column.now() for column in self._heads)
        return Columns(self._alive.now().copy(), tally, passage, document, outlet, language, day, said, claimed, called)


def _heads(rows: tuple[Row, ...]) -> tuple[list[int], ...]:
    languages = {name: number for number, name in enumerate(LANGUAGES)}
    tally, passage, document, outlet = ([row[at] for row in rows] for at in (7, 8, 0, 1))
    return tally, passage, document, outlet, [languages[row[2]] for row in rows], [row[3] or 0 for row in rows]


def _flags(numbers: NDArray[Any], size: int) -> Mask:
    flags = np.zeros(size, dtype=bool)
    flags[numbers[numbers < size]] = True
    flags[0] = False
    return flags


class _Growing:
    """An array with room at its end: what was handed out before stays as it was while more is added."""

    def __init__(self, kind: np.dtype[Any]) -> None:
        self.data = np.zeros(1024, dtype=kind)
        self.size = 0

    def extend(self, values: NDArray[Any]) -> None:
        needed = self.size + len(values)
        if needed > len(self.data):
            room = np.zeros(max(needed, 2 * len(self.data)), dtype=self.data.dtype)
            room[: self.size] = self.data[: self.size]
            self.data = room
        self.data[self.size : needed] = values
        self.size = needed

    def now(self) -> NDArray[Any]:
        return self.data[: self.size]
