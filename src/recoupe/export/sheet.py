"""How is a value written into a cell that a spreadsheet will open? Text that would run as a formula is kept from it by an apostrophe.

Spreadsheets run a cell that begins with `=`, `+`, `-` or `@` (also behind blanks or as a full-width sign); articles are other people's words.
Numbers are written as numbers, unknown values as empty cells, several values in one cell apart by "; ".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO

BOM = "\ufeff".encode()
_RUNS = frozenset("=+-@\t\r\n＝＋－＠﹢﹣−")
_UNSAFE = {number: None for number in range(32) if chr(number) not in "\t\n\r"}

Cell = str | int | float | None


class Sheet:
    """A table of comma-separated values that grows row by row."""

    def __init__(self, file: IO[bytes], columns: Sequence[str], *, bom: bool) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=True)
        self._width = len(columns)
        if bom:
            file.write(BOM)
        self._rows = csv.writer(self._text)
        self._rows.writerow(columns)

    def add(self, *cells: Cell) -> None:
        """Write one row; there must be a cell for every column."""
        if len(cells) != self._width:
            raise ValueError(f"{len(cells)} cells for {self._width} columns")
        self._rows.writerow([guarded(cell) for cell in cells])

    def finish(self) -> None:
        """Hand the file back, whole."""
        self._text.flush()
        self._text.detach()


def guarded(cell: Cell) -> Cell:
    """The cell as it is written: text that a spreadsheet would run gets an apostrophe before it, control characters go.

    >>> guarded("=HYPERLINK(1)"), guarded(-2.5), guarded(3.0), guarded(True), guarded(None)
    ("'=HYPERLINK(1)", -2.5, 3, 'yes', None)
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if not isinstance(cell, str):
        return cell
    text = cell.translate(_UNSAFE)
    first = text.lstrip(" \u00a0\u200b\ufeff")[:1]
    return f"'{text}" if first in _RUNS and first else text


def joined(values: Iterable[str | None]) -> str | None:
    """Several values in one cell, those that are known, each once; None when there are none.

    >>> joined(["Le Courrier", None, "ABC", "ABC"])
    'Le Courrier; ABC'
    """
    return "; ".join(dict.fromkeys(value for value in values if value)) or None
