"""How does each outlet work: how much of its text stands elsewhere too, whom does it quote, and how much does it say in its own voice?"""

from __future__ import annotations

from typing import Literal

import numpy as np
from msgspec import Struct

from recoupe.casebook import evidence
from recoupe.casebook.connection import Store
from recoupe.casebook.counts import Columns, Counts, Mask, Numbers
from recoupe.casebook.scope import Scope, numbers, within
from recoupe.casebook.tabulate import counted, table
from recoupe.casebook.tallies import DENIAL_SHIFT, KINDS, OWN
from recoupe.language.pack import LANGUAGES

OutletOrder = Literal["articles", "name", "shared", "later", "named", "unnamed", "own"]
Which = Literal["all", "shared", "later"]


class OutletRow(Struct, frozen=True):
    """What an outlet's articles are made of; `name` is "" where no outlet is known.

    `shared` articles have their text in common with another article of an event, `later` ones came out after it; `kinds` counts its
    attributions in the order of KINDS (unnamed sources are one of them), `own` the claims that it makes in its own voice.
    """

    name: str
    articles: int
    languages: tuple[int, ...]
    shared: int
    later: int
    said: int
    kinds: tuple[int, ...]
    denials: int
    claims: int
    own: int
    labels: int
    first_day: int
    last_day: int


class OutletTable(Struct, frozen=True):
    """The outlets of some articles."""

    rows: tuple[OutletRow, ...]
    outlets: int
    articles: int


def outlets(store: Store, counts: Counts, scope: Scope, order: OutletOrder, offset: int, limit: int | None) -> OutletTable:
    """The outlets that answer, the first by `order` first; shares are ordered by share."""
    columns = counts.columns(store)
    articles = within(store, columns, scope)
    shared, later = _copies(store, columns)
    size = int(columns.outlet.max(initial=0)) + 1
    of = columns.outlet[articles]
    many = np.bincount(of, minlength=size)
    languages = table(of, columns.language[articles], size, len(LANGUAGES))
    common, after = (np.bincount(columns.outlet[articles & mask], minlength=size) for mask in (shared, later))
    facets, quoting = _inside(columns, articles)
    kinds = table(quoting, facets & 7, size, len(KINDS))
    denials = np.bincount(quoting[facets >> DENIAL_SHIFT & 1 == 1], minlength=size)
    telling = columns.outlet[columns.claimed.of[articles[columns.claimed.of]]]
    alone = columns.claimed.columns[0][articles[columns.claimed.of]] == OWN
    claims, own = np.bincount(telling, minlength=size), np.bincount(telling[alone], minlength=size)
    used = np.bincount(columns.outlet[columns.called.of[articles[columns.called.of]]], minlength=size)
    first, last = _days(columns, articles, size)
    names: dict[int, str] = dict(store.rows("SELECT number, name FROM outlet"))
    rows = [
        OutletRow(
            names[number], int(many[number]), counted(languages[number]), int(common[number]), int(after[number]), int(kinds[number].sum()),
            counted(kinds[number]), int(denials[number]), int(claims[number]), int(own[number]), int(used[number]), int(first[number]),
            int(last[number]),
        )
        for number in map(int, np.flatnonzero(many))
    ]  # fmt: skip
    rows.sort(key=lambda row: _rank(row, order))
    return OutletTable(tuple(rows[offset : None if limit is None else offset + limit]), len(rows), int(many.sum()))


def articles_of(store: Store, counts: Counts, scope: Scope, which: Which, offset: int, limit: int) -> evidence.Found:
    """The articles behind a count of `outlets`."""
    columns = counts.columns(store)
    chosen = within(store, columns, scope)
    if which != "all":
        shared, later = _copies(store, columns)
        chosen &= shared if which == "shared" else later
    places = evidence.newest_first(columns, np.flatnonzero(chosen).astype(np.int32))
    shown = tuple(evidence.article(store, int(columns.document[place])) for place in places[offset : offset + limit])
    return evidence.Found(len(places), len(places), shown)


def outlet_names(store: Store, limit: int) -> tuple[str, ...]:
    """The names of outlets, those with most documents first."""
    sql = """SELECT outlet.name FROM outlet JOIN document ON document.outlet = outlet.number WHERE outlet.name <> '' GROUP BY outlet.number
             ORDER BY count(*) DESC, outlet.name LIMIT ?"""
    return tuple(row[0] for row in store.rows(sql, (limit,)))


def _copies(store: Store, columns: Columns) -> tuple[Mask, Mask]:
    """The articles that share their text with another one, and those of them that are not the first."""
    shared = numbers(store, "SELECT group_concat(document) FROM event_copy")
    later = numbers(store, "SELECT group_concat(document) FROM event_copy WHERE rank > 0")
    return columns.of_documents(shared), columns.of_documents(later)


def _inside(columns: Columns, articles: Mask) -> tuple[Numbers, Numbers]:
    """The attributions to others of some articles: how they speak, in which outlet."""
    who, facets = columns.said.columns
    chosen = articles[columns.said.of] & (who != OWN)
    return facets[chosen], columns.outlet[columns.said.of[chosen]]


def _days(columns: Columns, articles: Mask, size: int) -> tuple[Numbers, Numbers]:
    """The first and the last day of publication of each outlet, 0 where none is known."""
    dated = articles & (columns.day > 0)
    first, last = np.full(size, np.iinfo(np.int32).max, dtype=np.int32), np.zeros(size, dtype=np.int32)
    np.minimum.at(first, columns.outlet[dated], columns.day[dated])
    np.maximum.at(last, columns.outlet[dated], columns.day[dated])
    first[last == 0] = 0
    return first, last


def _rank(row: OutletRow, order: OutletOrder) -> tuple[float, int, str]:
    unnamed = row.kinds[KINDS.index("unnamed")]
    shares = {
        "shared": (row.shared, row.articles), "later": (row.later, row.articles), "named": (row.said - unnamed, row.said),
        "unnamed": (unnamed, row.said), "own": (row.own, row.claims),
    }  # fmt: skip
    part, whole = shares.get(order, (0, 0))
    return (-part / whole if whole else 0.0, 0 if order == "name" else -row.articles, row.name.casefold())
