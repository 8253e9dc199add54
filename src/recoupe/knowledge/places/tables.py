"""What facts of ours does the gazetteer rest on? The tables of this package's data folder, each row with its public source."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources

from recoupe.errors import KnowledgeError

_DATA = resources.files("recoupe.knowledge.places").joinpath("data")
TABLES = ("world", "divisions", "levant", "iraq", "gulf", "sahel", "libya", "sudan", "ukraine", "spain", "regions", "borders")


def rows(table: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a table by column; raises KnowledgeError naming the line when a row has another number of cells."""
    lines = _DATA.joinpath(f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    head = tuple(next(reader))
    if head != columns:
        raise KnowledgeError(f"{table}.tsv: columns are {head}, want {columns}")
    for number, cells in enumerate(reader, 2):
        if not cells or cells[0].startswith("#"):
            continue
        if len(cells) != len(columns):
            raise KnowledgeError(f"{table}.tsv line {number}: {len(cells)} cells, want {len(columns)}")
        yield dict(zip(columns, cells, strict=True))


@cache
def transcribed_countries() -> frozenset[str]:
    """Countries whose names reach French and English through a transcription."""
    return frozenset(row["country"] for row in rows("transcribed", ("country", "script")))


@cache
def precision_of_kind() -> dict[str, float]:
    """The radius in km within which the point stands for a place of a kind, where nothing nearer is known."""
    return {row["kind"]: float(row["precision_km"]) for row in rows("kinds", ("kind", "precision_km"))}
