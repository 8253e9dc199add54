"""Of which articles does somebody want the voices, labels and outlets?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from recoupe.casebook.blocks import day_number
from recoupe.casebook.connection import Store, listed
from recoupe.casebook.counts import Columns, Mask
from recoupe.casebook.query import match_expression, read_query
from recoupe.casebook.words import fold
from recoupe.knowledge.actors import open_register
from recoupe.language.pack import LANGUAGES
from recoupe.model import Language


class Scope(Struct, frozen=True):
    """Which articles count; None asks nothing.

    `since` and `until` are days of publication (ISO 8601), both included; `actor` is one that they tell of, a register id or a name; `words` is
    read as in a search.
    """

    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    language: Language | None = None
    actor: str | None = None
    words: str | None = None


def within(store: Store, columns: Columns, scope: Scope) -> Mask:
    """The places of the articles in a scope; raises CasebookError for a day that is none."""
    found = columns.alive.copy()
    if scope.since is not None:
        found &= columns.day >= day_number(store, scope.since)
    if scope.until is not None:
        found &= (columns.day > 0) & (columns.day <= day_number(store, scope.until))
    if scope.outlet is not None:
        named = [row[0] for row in store.rows("SELECT number FROM outlet WHERE name = ? COLLATE NOCASE", (scope.outlet,))]
        found &= np.isin(columns.outlet, named)
    if scope.language is not None:
        found &= columns.language == LANGUAGES.index(scope.language)
    if scope.actor is not None:
        found &= columns.of_documents(numbers(store, _TELLING, listed(dict.fromkeys(_names(scope.actor)))))
    if scope.words is not None:
        found &= columns.of_passages(holding(store, match_expression(read_query(scope.words), LANGUAGES, weighed=False)))
    return found


def holding(store: Store, expression: str | None) -> NDArray[np.int64]:
    """The passages that answer an expression of the full-text index, in order."""
    return numbers(store, "SELECT group_concat(rowid) FROM search WHERE search MATCH ?", expression) if expression else np.zeros(0, dtype=np.int64)


_TELLING = (
    "SELECT group_concat(document) FROM actor_document WHERE actor IN (SELECT number FROM actor WHERE name IN (SELECT value FROM json_each(?)))"
)


def numbers(store: Store, sql: str, *values: str) -> NDArray[np.int64]:
    """The numbers that a query strings together with commas: one text is read off a million rows quicker than so many rows."""
    listing: str | None = store.value(sql, values)
    return np.fromstring(listing, dtype=np.int64, sep=",") if listing else np.zeros(0, dtype=np.int64)


def _names(actor: str) -> Iterator[str]:
    """What an actor may be called in the index of claims: its register ids, or the folded name."""
    yield actor
    yield f"~{fold(actor)}"
    yield from (entry.id for entry in open_register().find(actor))
