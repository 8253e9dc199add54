"""Which actors stand in another project's table? Rows of OpenSanctions' simple CSV and of Wikidata query results, as rows of the register.

A name of one word counts only where the actor's country stands in the text too, and one in another script is left out: a register is matched
against every word of every article, and what is rare in a table of the sanctioned may be common in the news.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from msgspec import Struct

from recoupe.language.actors import pieces_of

_KINDS = {
    "Person": ("person", ""), "Organization": ("organisation", ""), "LegalEntity": ("organisation", ""), "PublicBody": ("institution", "GOV"),
    "Company": ("company", "BUS"),
}  # fmt: skip
_SHORT = 3  # letters that a name of one word has at least
_DAY = re.compile(r"-?\d{4}-\d\d-\d\d")


class ForeignTable(Struct, frozen=True):
    """How a project writes its table: the columns that tell it, and what stands where."""

    name: str
    columns: frozenset[str]
    row: Callable[[Mapping[str, str], Callable[[str], str]], dict[str, str] | None]


def foreign_table(header: frozenset[str]) -> ForeignTable | None:
    """The table whose columns a head line has, None for any other.

    >>> foreign_table(frozenset({"item", "itemLabel", "country"})).name
    'Wikidata'
    """
    return next((table for table in (_OPENSANCTIONS, _WIKIDATA) if table.columns <= header), None)


def _opensanctions(row: Mapping[str, str], country: Callable[[str], str]) -> dict[str, str] | None:
    """A row of targets.simple.csv; None for what is no actor (a ship, a wallet)."""
    if row["schema"] not in _KINDS:
        return None
    kind, sector = _KINDS[row["schema"]]
    where = country(row.get("countries", "").split(";")[0].strip())
    names = _names((row["name"], *row.get("aliases", "").split(";")), has_country=bool(where))
    return {
        "id": _slug(row["id"]), "name": row["name"], "kind": kind, "country": where, "sector": sector, "names_fr": names, "names_en": names,
        "source": "OpenSanctions",
    }  # fmt: skip


def _wikidata(row: Mapping[str, str], country: Callable[[str], str]) -> dict[str, str]:
    """A row of a query result: `item`, `itemLabel`, and what there is of `itemAltLabel`, `country`, `inception`, `dissolved`, `kind`, `sector`."""
    where = country(row.get("countryLabel") or row.get("country", ""))
    names = _names((row["itemLabel"], *row.get("itemAltLabel", "").split(",")), has_country=bool(where))
    return {
        "id": _slug(row["item"].rstrip("/").rpartition("/")[2]), "name": row["itemLabel"], "kind": row.get("kind", ""), "country": where,
        "sector": row.get("sector", ""), "since": _day(row.get("inception", "")), "until": _day(row.get("dissolved", "")), "names_fr": names,
        "names_en": names, "source": "Wikidata",
    }  # fmt: skip


_OPENSANCTIONS = ForeignTable("OpenSanctions", frozenset({"id", "schema", "name", "aliases", "countries"}), _opensanctions)
_WIKIDATA = ForeignTable("Wikidata", frozenset({"item", "itemLabel"}), _wikidata)


def _slug(written: str) -> str:
    return "-".join(pieces_of(written))


def _day(written: str) -> str:
    """The day of a time value ("1987-06-01T00:00:00Z"); the first of a year's January stands for the year."""
    day = written[:10] if _DAY.match(written) else written
    return day[:4] if day.endswith("-01-01") else day


def _names(names: tuple[str, ...], *, has_country: bool) -> str:
    """The names that can be looked for, those of one word guarded."""
    kept: dict[str, None] = {}
    for name in (" ".join(name.split()).replace("|", " ").rstrip("?") for name in names):
        pieces = pieces_of(name)
        if not pieces or not _is_latin(name) or (len(pieces) == 1 and (len(pieces[0]) < _SHORT or not has_country)):
            continue
        kept[name if len(pieces) > 1 else f"{name}?"] = None
    return "|".join(kept)


def _is_latin(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
