"""Who calls whom what: which outlets use which terms of which actor, in their own voice or quoting one?"""

from __future__ import annotations

from typing import Literal

import numpy as np
from msgspec import Struct

from recoupe.casebook import evidence
from recoupe.casebook.connection import Store, listed
from recoupe.casebook.counts import Columns, Counts, Mask
from recoupe.casebook.scope import Scope, within
from recoupe.casebook.tabulate import MOST_NAMES, alphabetical, cells_of, counted, different, distinct, rows_of, table
from recoupe.casebook.tallies import OWN, POLARITIES
from recoupe.casebook.words import fold
from recoupe.model import Polarity

LabelOrder = Literal["used", "term", "own", "quoted"]
Saying = Literal["own", "quoted"]
OUTLETS = 12  # columns of the matrix: those that use most labels
UNKNOWN = ""  # stands for an actor that is not known


class Naming(Struct, frozen=True):
    """Which labels count; None asks nothing. `actor` is the register id of the one who is called so, "" where that is not known."""

    term: str | None = None
    actor: str | None = None
    polarity: Polarity | None = None
    voice: Saying | None = None


class LabelRow(Struct, frozen=True):
    """A term, whom it is said of, and how often: `own` by the articles themselves, `quoted` by voices in them; `cells` by outlet.

    `actor` is a register id, None where it is not known; `polarities` are in the order of POLARITIES.
    """

    term: str
    written: str
    language: str
    actor: str | None
    used: int
    articles: int
    outlets: int
    own: int
    quoted: int
    polarities: tuple[int, ...]
    cells: tuple[int, ...]


class LabelTable(Struct, frozen=True):
    """The labels of some articles: `terms` are pairs of a term and an actor, `used` how often in how many `articles`."""

    rows: tuple[LabelRow, ...]
    terms: int
    used: int
    articles: int
    outlets: tuple[str, ...]
    all_outlets: int


def labels(store: Store, counts: Counts, scope: Scope, wanted: Naming, order: LabelOrder, offset: int, limit: int | None) -> LabelTable:
    """The terms that answer, with the actors that they are said of, the first by `order` first; of very many "term" orders the ones most used."""
    columns = counts.columns(store)
    naming = _chosen(store, columns, within(store, columns, scope), wanted)
    term, actor, by, polarity = (column[naming].astype(np.int64) for column in columns.called.columns)
    of = columns.called.of[naming]
    pairs, pair = np.unique(term << 32 | actor, return_inverse=True)
    used = np.bincount(pair, minlength=len(pairs))
    own = np.bincount(pair[by == OWN], minlength=len(pairs))
    weights = {"own": own, "quoted": used - own}.get(order, used)
    if order == "term" and len(pairs) <= MOST_NAMES:
        weights = -alphabetical(store, _WRITTEN, (pairs >> 32).astype(np.int32))
    first = np.lexsort((pairs, -used, -weights))[offset : None if limit is None else offset + limit].astype(np.int32)
    outlet = columns.outlet[of]
    using = np.bincount(outlet, minlength=1)
    shown = [int(number) for number in np.argsort(-using, kind="stable")[:OUTLETS] if using[number]]
    at, inside = rows_of(first, pair.astype(np.int32))
    cells, used_by = cells_of(at, outlet[inside], len(first), shown), different(at, outlet[inside], len(first))
    kinds = table(at, polarity[inside].astype(np.int32), len(first), len(POLARITIES))
    articles = distinct(at, of[inside], len(first))
    terms: dict[int, tuple[str, str, str]] = {row[0]: row[1:] for row in store.rows(_TERMS, (listed(str(pairs[row] >> 32) for row in first),))}
    actors: dict[int, str] = dict(store.rows(_ACTORS, (listed(str(pairs[row] & 0xFFFFFFFF) for row in first),)))
    rows = tuple(
        LabelRow(
            *terms[int(pairs[pair] >> 32)], actors.get(int(pairs[pair] & 0xFFFFFFFF)), int(used[pair]), int(articles[row]),
            int(used_by[row]), int(own[pair]), int(used[pair] - own[pair]), counted(kinds[row]),
            counted(cells[row]),
        )
        for row, pair in enumerate(first)
    )  # fmt: skip
    ordered = tuple(sorted(rows, key=lambda row: fold(row.written))) if order == "term" else rows
    names: dict[int, str] = dict(store.rows("SELECT number, name FROM outlet"))
    return LabelTable(
        ordered, len(pairs), len(pair), int(np.count_nonzero(np.bincount(of))), tuple(names[number] for number in shown), int(np.count_nonzero(using))
    )  # fmt: skip


def labelled(store: Store, counts: Counts, scope: Scope, wanted: Naming, offset: int, limit: int) -> evidence.Found:
    """The labels behind a count of `labels`."""
    columns = counts.columns(store)
    chosen = _chosen(store, columns, within(store, columns, scope), wanted)
    return evidence.find(store, columns, columns.called, chosen, evidence.called, offset, limit)


def term_written(store: Store, key: str) -> str | None:
    """A term as it was first met, None where nobody uses it."""
    row = store.one("SELECT written FROM term WHERE key = ?", (key,))
    return None if row is None else str(row[0])


_WRITTEN = "SELECT number, written FROM term WHERE number IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
_TERMS = "SELECT number, key, written, language FROM term WHERE number IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
_ACTORS = "SELECT number, name FROM actor WHERE number IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"


def _chosen(store: Store, columns: Columns, articles: Mask, wanted: Naming) -> Mask:
    term, actor, by, polarity = columns.called.columns
    chosen = articles[columns.called.of]
    if wanted.term is not None:
        chosen &= term == _number(store, "SELECT number FROM term WHERE key = ?", wanted.term)
    if wanted.actor is not None:
        chosen &= actor == (OWN if wanted.actor == UNKNOWN else _number(store, "SELECT number FROM actor WHERE name = ?", wanted.actor))
    if wanted.polarity is not None:
        chosen &= polarity == POLARITIES.index(wanted.polarity)
    if wanted.voice is not None:
        chosen &= (by == OWN) == (wanted.voice == "own")
    return chosen


def _number(store: Store, sql: str, value: str) -> int:
    row = store.one(sql, (value,))
    return -1 if row is None else int(row[0])
