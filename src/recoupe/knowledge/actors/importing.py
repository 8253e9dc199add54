"""How do more actors come in? A user's table, in the register's columns or as OpenSanctions and Wikidata give theirs, checked row by row.

Rows that are right are kept beside the register, as a file of its own columns named after the source; every other is told as a Problem. The
same file again takes the place of its earlier rows. A row of the register's own columns replaces the entry of the same id; one of a foreign
table whose name the register has already is left out.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from recoupe.errors import KnowledgeError
from recoupe.knowledge.actors.foreign import foreign_table
from recoupe.knowledge.actors.load import COLUMNS, entry_of, open_register, own_folder, read_text
from recoupe.knowledge.actors.register import ActorEntry, Register
from recoupe.language.actors import pieces_of
from recoupe.model import Problem

_SEVERAL = ("names_fr", "names_en", "adjectives_fr", "adjectives_en", "demonyms", "metonyms", "area")


class ActorsImported(Struct, frozen=True):
    """What an import did: the file it keeps (None when no row was right), its entries, how many were known already or no actors, and the Problems."""

    kept_in: Path | None
    entries: tuple[ActorEntry, ...]
    known: int
    passed: int
    problems: tuple[Problem, ...]


def import_actors(source: Path, folder: Path | None = None) -> ActorsImported:
    """Keep the actors of a table in `folder`, by default where `open_register` looks for them.

    Raises KnowledgeError when the source can't be read or has other columns, or when the folder can't be written.
    """
    register = open_register()
    text = read_text(source)
    rows = _Rows(source, text, register)
    entries: dict[str, ActorEntry] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for number, row in rows.rows():
        entry = _checked(row, number, lines)
        if isinstance(entry, str):
            problems.append(Problem("actors", entry, str(source)))
        else:
            entries[entry.id], lines[entry.id] = entry, number
    for id_ in _without_parent(entries, register):
        entry = entries.pop(id_)
        reason = f"line {lines[id_]}: {id_!r} is part of {entry.part_of!r}, which no row and no entry is: add it or correct part_of"
        problems.append(Problem("actors", reason, str(source)))
    problems.extend(Problem("actors", reason, str(source)) for reason in rows.refused)
    kept = tuple(entries.values())
    return ActorsImported(_keep(kept, source, folder or own_folder()) if kept else None, kept, rows.known, rows.passed, tuple(problems))


def _checked(row: Mapping[str, str], number: int, lines: Mapping[str, int]) -> ActorEntry | str:
    """The entry of a row, or what is wrong with it."""
    try:
        entry = entry_of(row, f"line {number}")
    except KnowledgeError as error:
        return str(error)
    if entry.id in lines:
        return f"line {number}: id {entry.id!r} stands on line {lines[entry.id]} already: give every actor its own id"
    return entry


class _Rows:
    """The rows of a table under the register's columns, with counts of what is left out and why rows can't be read."""

    def __init__(self, source: Path, text: str, register: Register) -> None:
        self._register = register
        head = text.partition("\n")[0].rstrip("\r")
        self._delimiter = next((mark for mark in "\t;," if mark in head), ",")
        tabs = self._delimiter == "\t"
        self._reader = csv.reader(
            io.StringIO(text), delimiter=self._delimiter, quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL, strict=not tabs
        )
        self._header = (
            [cell.strip() for cell in head.split(self._delimiter)] if '"' not in head else next(csv.reader([head], delimiter=self._delimiter))
        )
        self._foreign = None if {"id", "name"} <= set(self._header) <= set(COLUMNS) else foreign_table(frozenset(self._header))
        self.known = self.passed = 0
        self.refused: list[str] = []
        unknown = set(self._header) - set(COLUMNS)
        if self._foreign is None and (unknown or not {"id", "name"} <= set(self._header)):
            raise KnowledgeError(
                f"{source}, line 1: unknown columns: use those of the register ({', '.join(COLUMNS)}), OpenSanctions' targets.simple.csv, or a "
                "Wikidata query result with item and itemLabel"
            )

    def rows(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Every row with its line; rows with too many cells are refused, foreign ones that are known or no actors counted."""
        after = 1
        try:
            for cells in self._reader:
                number, after = after, self._reader.line_num + 1
                if number == 1 or not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
                    continue
                if len(cells) > len(self._header):
                    self.refused.append(f"line {number}: {len(cells)} cells under {len(self._header)} columns: remove the extra ones")
                    continue
                row = dict(zip(self._header, (cell.strip() for cell in cells), strict=False))
                ours = self._translated(row)
                if ours is not None:
                    yield number, ours
        except csv.Error as error:
            self.refused.append(f"line {after}: {error}: the rest of the file is not read; mend the quotation marks")

    def _translated(self, row: Mapping[str, str]) -> Mapping[str, str] | None:
        if self._foreign is None:
            return row
        if not self._foreign.columns <= set(row):
            return {"id": "", "name": ""}
        ours = self._foreign.row(row, self._country)
        if ours is None:
            self.passed += 1
        elif self._is_known(ours["name"]):
            self.known += 1
        else:
            return ours
        return None

    def _country(self, written: str) -> str:
        """The code of a country written as a code of two or three letters or by its name; as it is where it is none, so that the check tells."""
        if not written or (len(written) == 3 and written.isupper()):
            return written
        state = self._register.by_id.get(written.casefold())
        found = (state,) if state is not None else self._register.find(written)
        return next((entry.country for entry in found if entry.kind in {"state", "territory"} and entry.country), written)

    def _is_known(self, name: str) -> bool:
        wanted = pieces_of(name)
        return any(
            wanted == pieces_of(form.rstrip("?")) for entry in self._register.find(name) for form in (entry.name, *entry.names_fr, *entry.names_en)
        )


def _without_parent(entries: Mapping[str, ActorEntry], register: Register) -> list[str]:
    """The entries whose parent is nowhere, and those below them."""
    lost: list[str] = []
    while True:
        more = [
            entry.id
            for entry in entries.values()
            if entry.id not in lost
            and entry.part_of
            and entry.part_of not in register.by_id
            and (entry.part_of not in entries or entry.part_of in lost)
        ]
        if not more:
            return lost
        lost.extend(more)


def _keep(entries: tuple[ActorEntry, ...], source: Path, folder: Path) -> Path:
    kept = folder / f"{source.stem}.tsv"
    beside = folder / f".{source.stem}.{os.getpid()}"
    lines = ("\t".join(COLUMNS), *("\t".join(_cells(entry)) for entry in entries))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
        beside.replace(kept)
    except OSError as error:
        raise KnowledgeError(f"{folder}: the actors can't be kept there ({error.strerror}): choose a folder that can be written") from error
    return kept


def _cells(entry: ActorEntry) -> Iterator[str]:
    for column in COLUMNS:
        value = getattr(entry, column)
        written = "|".join(value) if column in _SEVERAL else (value or "")
        yield " ".join(written.split())
