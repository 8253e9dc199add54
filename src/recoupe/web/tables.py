"""How is a page of counts asked for, and how does its table go out? The articles it is about, the order, the page; links and CSV.

The names in an address are those of the events' filter, so that one can be carried over to the other. `outlet=?` are the articles of which no
outlet is known.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from urllib.parse import urlencode

from msgspec import Struct
from starlette.datastructures import QueryParams
from starlette.responses import Response

from recoupe.casebook import Scope
from recoupe.export.sheet import BOM, Cell, Sheet
from recoupe.web.query import AddressError, filter_values, read_filter
from recoupe.web.wording import Wording

ROWS = 50  # of one page of a table
EVIDENCE = 20  # excerpts of one page
MOST_ROWS = 100_000  # of a table that is downloaded
UNKNOWN = "?"
SCOPE = ("words", "since", "until", "actor", "outlet", "language")
HEATS = 6  # steps in which a number's share of the greatest is drawn behind it


class Sorted(Struct, frozen=True):
    """The head of a column: what it is called, the address that orders by it, and whether the table is ordered so."""

    name: str
    label: str
    address: str
    chosen: bool
    hint: str = ""


class Linked(Struct, frozen=True):
    """A count, where its evidence is, and its part of a whole or of the greatest: `share` in hundredths, `heat` in steps; `whole`: it is of a whole."""

    count: int
    address: str
    share: int = 0
    heat: int = 0
    whole: bool = False


class Chip(Struct, frozen=True):
    """A part of the filter that is set, and the address without it."""

    label: str
    address: str


class Paging(Struct, frozen=True):
    """Which page of how many, and the addresses of the ones beside it."""

    page: int
    pages: int
    before: str | None
    after: str | None


def read_scope(asked: QueryParams) -> Scope:
    """The articles that an address is about; raises AddressError, saying what is wrong with it."""
    wanted = read_filter(QueryParams([(name, value) for name, value in asked.items() if name in SCOPE]))
    outlet = "" if wanted.outlet == UNKNOWN else wanted.outlet
    return Scope(wanted.since, wanted.until, outlet, wanted.language, wanted.actor, wanted.words)


def scope_values(asked: QueryParams) -> dict[str, str]:
    """The names and values by which an address gives its scope, in order."""
    wanted = filter_values(read_filter(QueryParams([(name, value) for name, value in asked.items() if name in SCOPE])))
    return {name: wanted[name] for name in SCOPE if name in wanted}


def choice(asked: QueryParams, name: str, values: Sequence[str]) -> str | None:
    """One of some values, None where the address has none; raises AddressError for another one."""
    value = asked.get(name) or None
    if value is not None and value not in values:
        raise AddressError(f"{name}={value!r} is none of {', '.join(values)}")
    return value


def page_number(asked: QueryParams) -> int:
    """The page that an address asks for, the first where it says nothing; raises AddressError where it is none."""
    text = asked.get("page") or "1"
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and int(text) > 0):
        raise AddressError(f"page={text!r} is no page: write it as page=2")
    return int(text)


def address(path: str, values: Mapping[str, str], **changes: str | None) -> str:
    """A path with values, some of them changed, None taking one away.

    >>> address("/voices", {"words": "a b", "kind": "named"}, kind=None, page="2")
    '/voices?words=a+b&page=2'
    """
    merged = {name: value for name, value in {**values, **changes}.items() if value}
    return f"{path}?{urlencode(merged)}" if merged else path


def linked(count: int, where: str, *, of: int = 0, whole: bool = False) -> Linked:
    """A count with its evidence and its share of the greatest, or of its own whole."""
    share = round(100 * count / of) if of else 0
    return Linked(count, where, share, min(HEATS, ceil(HEATS * count / of)) if of and count else 0, whole)


def part(count: int, where: str, of: int) -> Linked:
    """A count with its evidence and its share of its own whole."""
    return linked(count, where, of=of, whole=True)


def heads(path: str, values: Mapping[str, str], names: Mapping[str, str], order: str, first: str) -> tuple[Sorted, ...]:
    """The heads of columns that a table can be ordered by; `first` is the order without a word in the address."""
    return tuple(
        Sorted(name, label, address(path, values, order=None if name == first else name, page=None), name == order) for name, label in names.items()
    )


def chips(path: str, values: Mapping[str, str], said: Mapping[str, str]) -> tuple[Chip, ...]:
    """The parts of a filter that are set, as they are `said`, each with the address without it."""
    return tuple(Chip(label, address(path, values, **{name: None})) for name, label in said.items())


def scope_said(values: Mapping[str, str], say: Wording) -> dict[str, str]:
    """The parts of a scope in words."""
    found: dict[str, str] = {}
    for name, value in values.items():
        if name in {"since", "until"}:
            found[name] = say(f"events.{name}_day", day=say.day(value))
        elif name == "language":
            found[name] = say(f"language.{value}")
        elif name == "words":
            found[name] = f"« {value} »"
        else:
            found[name] = say("scope.no_outlet") if value == UNKNOWN else value
    return found


def paging(path: str, values: Mapping[str, str], page: int, total: int, rows: int) -> Paging:
    """The pages of so many rows."""
    pages = max(1, ceil(total / rows))
    before = address(path, values, page=str(page - 1) if page > 2 else None) if page > 1 else None
    return Paging(page, pages, before, address(path, values, page=str(page + 1)) if page < pages else None)


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A table as comma-separated values to be downloaded, UTF-8 with a byte-order mark so that spreadsheets read its accents."""
    file = io.BytesIO(BOM)
    file.seek(0, io.SEEK_END)
    sheet = Sheet(file, columns, bom=False)
    for row in rows:
        sheet.add(*row)
    sheet.finish()
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(file.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)
