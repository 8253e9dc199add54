"""What facts of ours does the basemap rest on? The tables of this package's data folder, each row with its source."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources
from typing import TypeVar

import msgspec
from msgspec import Struct

from recoupe.errors import KnowledgeError

Row = TypeVar("Row", bound=Struct)
TABLES = ("disputed.tsv", "territories.tsv", "town_names.tsv")


def read_table(name: str, kind: type[Row]) -> Iterator[Row]:
    """The rows of a table, whose columns are the fields of `kind`; raises KnowledgeError naming the line that is not as it should be."""
    lines = resources.files("recoupe.web.basemap").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = tuple(next(reader))
    if columns != kind.__struct_fields__:
        raise KnowledgeError(f"{name}: columns are {columns}, want {kind.__struct_fields__}")
    for number, cells in enumerate(reader, 2):
        try:
            yield msgspec.convert(dict(zip(columns, cells, strict=True)), kind, strict=False)
        except (ValueError, msgspec.ValidationError) as error:
            raise KnowledgeError(f"{name} line {number}: {error}") from error
