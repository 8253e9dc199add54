"""How are columns of numbers made into the rows of a table?"""

from __future__ import annotations

import numpy as np

from recoupe.casebook.counts import Mask, Numbers


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


def counted(values: Numbers) -> tuple[int, ...]:
    """The numbers of one row."""
    return tuple(int(value) for value in values)
