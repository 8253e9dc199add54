"""How are columns of numbers made into the rows of a table?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recoupe.casebook.connection import Store, listed
from recoupe.casebook.counts import Mask, Numbers
from recoupe.casebook.words import fold

MOST_NAMES = 30_000  # that are put into the order of the alphabet; of more, those of a page are, the greatest first
DENSE = 4_000_000  # cells of a table that is made whole to count what is not zero in it; above, sorting is quicker and smaller


def rows_of(first: Numbers, who: Numbers) -> tuple[Numbers, Mask]:
    """The row of each entry that is of one of the first voices, and which entries these are."""
    row_of = np.full(int(max(who.max(initial=0), first.max(initial=0))) + 1, -1, dtype=np.int32)
    row_of[first] = np.arange(len(first), dtype=np.int32)
    rows = row_of[who]
    inside = rows >= 0
    return rows[inside], inside


def table(rows: Numbers, columns: Numbers, height: int, width: int) -> Numbers:
    """How many entries stand in each row and column."""
    counts = np.bincount(rows.astype(np.int64) * width + columns, minlength=height * width)
    return counts.reshape(height, width).astype(np.int32)


def distinct(rows: Numbers, of: Numbers, height: int) -> Numbers:
    """In how many documents the entries of each row stand; the entries are in the order of their documents."""
    small = rows.astype(np.int16) if height < 32_000 else rows
    order = np.argsort(small, kind="stable")
    row, document = rows[order], of[order]
    new = np.ones(len(row), dtype=bool)
    new[1:] = (row[1:] != row[:-1]) | (document[1:] != document[:-1])
    return np.bincount(row[new], minlength=height).astype(np.int32)


def alphabetical(store: Store, sql: str, numbers: Numbers) -> Numbers:
    """The place of each number in the order of the names that a query gives for them: `(number, name)`, asked by a JSON list."""
    named = sorted(store.rows(sql, (listed(map(str, numbers)),)), key=lambda row: (fold(row[1]), row[1], row[0]))
    place_of = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.int32)
    place_of[[row[0] for row in named]] = np.arange(len(named), dtype=np.int32)
    return place_of[numbers]


def counted(values: Numbers) -> tuple[int, ...]:
    """The numbers of one row."""
    return tuple(int(value) for value in values)


def cells_of(rows: Numbers, values: Numbers, height: int, wanted: Sequence[int]) -> Numbers:
    """How many entries of each row have each of the wanted values."""
    place_of = np.full(int(max(values.max(initial=0), max(wanted, default=0))) + 1, -1, dtype=np.int32)
    place_of[list(wanted)] = np.arange(len(wanted), dtype=np.int32)
    places = place_of[values]
    inside = places >= 0
    return table(rows[inside], places[inside], height, len(wanted))


def different(rows: Numbers, values: Numbers, height: int) -> Numbers:
    """How many different values the entries of each row have."""
    width = int(values.max(initial=0)) + 1
    if height * width <= DENSE:
        dense: Numbers = np.count_nonzero(table(rows, values, height, width), axis=1).astype(np.int32)
        return dense
    pairs = np.unique(rows.astype(np.int64) * width + values)
    return np.bincount(pairs // width, minlength=height).astype(np.int32)
