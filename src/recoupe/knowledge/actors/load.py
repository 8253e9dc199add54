"""Where does the register come from? The TSV files beside this module, and a user's own, checked row by row."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from recoupe.errors import KnowledgeError
from recoupe.knowledge.actors.register import ActorEntry, Register, Role

COLUMNS = (
    "id", "name", "kind", "country", "sector", "part_of", "since", "until", "names_fr", "names_en", "adjectives_fr", "adjectives_en", "demonyms",
    "metonyms", "area", "source",
)  # fmt: skip
OWN = "RECOUPE_ACTORS"  # names a file or a folder of files of the user's own, share/recoupe/actors of the environment if not set

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{3,4}")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@cache
def open_register() -> Register:
    """The register of the program with the user's own rows, which replace those of the same id.

    Raises KnowledgeError naming the file and line when a row is not as it should be.
    """
    folder = resources.files("recoupe.knowledge.actors").joinpath("data")
    entries: dict[str, ActorEntry] = {}
    for part in sorted(folder.iterdir(), key=lambda part: part.name):
        if part.name.endswith(".tsv") and part.name != "roles.tsv":
            for entry in parse_actors(part.read_text(encoding="utf-8"), part.name):
                entries[entry.id] = entry
    own = own_folder()
    if OWN in os.environ or own.exists():
        for entry in read_actors(own):
            entries[entry.id] = entry
    _check_parents(entries)
    roles = (line.split("\t") for line in folder.joinpath("roles.tsv").read_text(encoding="utf-8").splitlines()[1:])
    return Register(tuple(entries[id_] for id_ in sorted(entries)), {role: Role(*rest) for role, *rest in roles})


def own_folder() -> Path:
    """Where the user's own actors are kept: RECOUPE_ACTORS, or share/recoupe/actors of the environment."""
    named = os.environ.get(OWN)
    return Path(named) if named else Path(sys.prefix) / "share" / "recoupe" / "actors"


def read_actors(path: Path) -> tuple[ActorEntry, ...]:
    """The rows of a TSV file, or of every .tsv file of a folder; raises KnowledgeError naming the file and line."""
    files = sorted(path.glob("*.tsv")) if path.is_dir() else [path]
    found: list[ActorEntry] = []
    for file in files:
        found.extend(parse_actors(read_text(file), str(file)))
    return tuple(found)


def read_text(file: Path) -> str:
    """The text of a table, without a byte order mark; raises KnowledgeError when it can't be read or is not UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KnowledgeError(f"{file}: can't be read ({error.strerror}): check {OWN} or the path given") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{file}: is not UTF-8 at byte {error.start}: save it as UTF-8") from error


def parse_actors(text: str, where: str) -> Iterator[ActorEntry]:
    """The entries of a TSV's text; several values in a cell stand between "|". Raises KnowledgeError naming `where` and the line.

    >>> [entry.id for entry in parse_actors("id\\tname\\tsector\\nshire-watch\\tShire Watch\\tCOP\\n", "own.tsv")]
    ['shire-watch']
    """
    lines = text.splitlines()
    header = lines[0].split("\t") if lines else []
    missing = {"id", "name"} - set(header)
    if missing:
        raise KnowledgeError(f"{where}, line 1: column {min(missing)!r} is missing: the first line names the columns, separated by tabs")
    unknown = set(header) - set(COLUMNS)
    if unknown:
        raise KnowledgeError(f"{where}, line 1: unknown column {min(unknown)!r}: use {', '.join(COLUMNS)}")
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(header):
            raise KnowledgeError(f"{where}, line {number}: {len(cells)} cells under {len(header)} columns: remove the extra tabs")
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        entry = entry_of(row, f"{where}, line {number}")
        if entry.id in seen:
            raise KnowledgeError(f"{where}, line {number}: id {entry.id!r} stands on line {seen[entry.id]} already: give every actor its own id")
        seen[entry.id] = number
        yield entry


def entry_of(row: Mapping[str, str], where: str) -> ActorEntry:
    """The entry that a row of the register's columns makes; raises KnowledgeError naming `where` and what is wrong."""

    def several(column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.strip() for part in row.get(column, "").split("|") if part.strip()))

    if not _SLUG.fullmatch(row.get("id", "")):
        raise KnowledgeError(f"{where}: id {row.get('id', '')!r} is no slug: use small letters, digits and hyphens (islamic-state)")
    if not row.get("name"):
        raise KnowledgeError(f"{where}: the name of {row['id']!r} is empty: give its neutral English name")
    for column, pattern, example in (("country", _CODE, "SYR"), ("sector", _CODE, "MIL"), ("since", _DATE, "2014-06"), ("until", _DATE, "2014-06")):
        value = row.get(column, "")
        if value and not pattern.fullmatch(value):
            raise KnowledgeError(f"{where}: {column} {value!r} can't be read: write it as {example}")
    since, until = row.get("since") or None, row.get("until") or None
    if since and until and since > until:
        raise KnowledgeError(f"{where}: since {since} is after until {until}: exchange them")
    return ActorEntry(
        id=row["id"], name=row["name"], kind=row.get("kind") or "other", country=row.get("country") or None, sector=row.get("sector") or None,
        part_of=row.get("part_of") or None, since=since, until=until, names_fr=several("names_fr"), names_en=several("names_en"),
        adjectives_fr=several("adjectives_fr"), adjectives_en=several("adjectives_en"), demonyms=several("demonyms"),
        metonyms=several("metonyms"), area=several("area"), source=row.get("source", ""),
    )  # fmt: skip


def _check_parents(entries: dict[str, ActorEntry]) -> None:
    for entry in entries.values():
        if entry.part_of and entry.part_of not in entries:
            raise KnowledgeError(f"actor {entry.id!r} is part of {entry.part_of!r}, which is in no file: add it or correct part_of")
