"""What does the record look like as tables? One row a document, mention, attribution, claim, label, event, position, and member of an event.

The columns of `events.csv` have the names and meanings that users of ACLED know (event_date, time_precision, event_type, sub_event_type, actor1,
actor2, location, geo_precision, fatalities …) and PLOVER's type and mode beside them. No number is an average: `fatalities_low` and
`fatalities_high` are the least and the greatest that anybody gives, `positions.csv` says who gives which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from recoupe.export import event_rows, reading_rows
from recoupe.export.files import new_files
from recoupe.export.sheet import Sheet
from recoupe.model import ClaimRef, Document, Event, Reading


class Table(Struct, frozen=True):
    """A file and the names of its columns."""

    name: str
    columns: tuple[str, ...]


TABLES = (
    Table("documents.csv", reading_rows.DOCUMENT),
    Table("mentions.csv", reading_rows.MENTION),
    Table("attributions.csv", reading_rows.ATTRIBUTION),
    Table("claims.csv", reading_rows.CLAIM),
    Table("labels.csv", reading_rows.LABEL),
    Table("events.csv", event_rows.EVENT),
    Table("positions.csv", event_rows.POSITION),
    Table("members.csv", event_rows.MEMBER),
)


def write_csv(
    records: Iterable[tuple[Document, Reading]], events: Iterable[Event], folder: Path, *, replace: bool = False, bom: bool = False
) -> tuple[Path, ...]:
    """Write every table as comma-separated values, UTF-8, with a byte-order mark where Excel must open it; the files written.

    Raises ExportError when a file is there already (unless `replace`) or can't be written.
    """
    names = [table.name for table in TABLES]
    with new_files(folder, names, replace=replace) as files:
        sheets = [Sheet(file, table.columns, bom=bom) for file, table in zip(files, TABLES, strict=True)]
        modes = _write_readings(records, sheets[:5])
        _write_events(events, modes, sheets[5:])
        for sheet in sheets:
            sheet.finish()
    return tuple(folder / name for name in names)


def write_csv_bom(records: Iterable[tuple[Document, Reading]], events: Iterable[Event], folder: Path, *, replace: bool = False) -> tuple[Path, ...]:
    """`write_csv` with a byte-order mark at the head of every file, by which Excel knows that it is UTF-8."""
    return write_csv(records, events, folder, replace=replace, bom=True)


def _write_readings(records: Iterable[tuple[Document, Reading]], sheets: list[Sheet]) -> dict[ClaimRef, str]:
    """The tables of single documents; the PLOVER modes of their claims, which readings know and events don't."""
    documents, mentions, attributions, claims, labels = sheets
    modes: dict[ClaimRef, str] = {}
    for document, reading in records:
        documents.add(*reading_rows.document_row(reading))
        for mention in reading.mentions:
            mentions.add(*reading_rows.mention_row(reading, mention))
        for attribution in reading.attributions:
            attributions.add(*reading_rows.attribution_row(document, attribution))
        for row in reading_rows.claim_rows(document, reading):
            claims.add(*row)
        for label in reading.labels:
            labels.add(*reading_rows.label_row(document, label))
        modes.update((ClaimRef(reading.document.id, claim.id), claim.mode) for claim in reading.claims if claim.mode is not None)
    return modes


def _write_events(events: Iterable[Event], modes: dict[ClaimRef, str], sheets: list[Sheet]) -> None:
    rows, positions, members = sheets
    for event in events:
        counted = Counter(modes[claim] for claim in event.claims if claim in modes)
        mode = min(counted, key=lambda name: (-counted[name], name)) if counted else None
        rows.add(*event_rows.event_row(event, mode))
        for row in event_rows.position_rows(event):
            positions.add(*row)
        for claim in event.claims:
            members.add(event.id, claim.document, claim.claim)
