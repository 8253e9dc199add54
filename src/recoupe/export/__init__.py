"""One function a format."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from recoupe.export.csv import write_csv, write_csv_bom
from recoupe.export.jsonl import write_jsonl
from recoupe.model import Document, Event, Reading

__all__ = ["FORMATS", "Format", "Write", "write_csv", "write_csv_bom", "write_jsonl"]


class Write(Protocol):
    """Writes the record into a folder and tells the files; raises ExportError, and then leaves none of them."""

    def __call__(
        self, records: Iterable[tuple[Document, Reading]], events: Iterable[Event], folder: Path, *, replace: bool = False
    ) -> tuple[Path, ...]:
        """Write current documents with their readings, and events; files that are there already are kept unless `replace`."""


class Format(Struct, frozen=True):
    """A format by the name that a user types, what it is for, and the function that writes it."""

    name: str
    description: str
    write: Write


FORMATS = (
    Format("csv", "tables: events as ACLED's users know them, positions, claims, attributions, mentions, documents", write_csv),
    Format("csv-bom", "the same tables with a byte-order mark, for Excel", write_csv_bom),
    Format("jsonl", "readings and events as they stand, one JSON object a line", write_jsonl),
)
