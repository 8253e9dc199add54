"""What does the record look like for programs? One JSON object a line: `recoupe/reading/1` and `recoupe/event/1`, as they stand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from recoupe.export.files import new_files
from recoupe.model import Document, Event, Reading

NAMES = ("readings.jsonl", "events.jsonl")


def write_jsonl(records: Iterable[tuple[Document, Reading]], events: Iterable[Event], folder: Path, *, replace: bool = False) -> tuple[Path, ...]:
    """Write readings and events, one object a line, UTF-8; the files written.

    Raises ExportError when a file is there already (unless `replace`) or can't be written.
    """
    with new_files(folder, NAMES, replace=replace) as (readings_file, events_file):
        for _, reading in records:
            readings_file.write(msgspec.json.encode(reading) + b"\n")
        for event in events:
            events_file.write(msgspec.json.encode(event) + b"\n")
    return tuple(folder / name for name in NAMES)
