"""Who is quoted by whom, in which style, how surely, how often in denial, and does the one who quotes stand by it?"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from recoupe.casebook import evidence
from recoupe.casebook.connection import Store, listed
from recoupe.casebook.counts import Columns, Counts, Mask, Numbers
from recoupe.casebook.scope import Scope, numbers, within
from recoupe.casebook.tabulate import MOST_NAMES, alphabetical, cells_of, counted, different, distinct, rows_of, table
from recoupe.casebook.tallies import (
    DENIAL_SHIFT,
    FACTUALITIES,
    KINDS,
    OWN,
    STANCE_SHIFT,
    STANCES,
    STYLE_SHIFT,
    STYLES,
)
from recoupe.casebook.words import fold
from recoupe.model import SourceKind, Stance, Style

Certainty = Literal["certain", "probable", "possible", "open"]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
VoiceOrder = Literal["said", "name", "denials", "endorsing", "distancing", "claims", "denied"]
_CERTAINTY: dict[str, int] = {"CT": 0, "PR": 1, "PS": 2, "Uu": 3}
_SURENESS = np.array([_CERTAINTY[each[:2]] for each in FACTUALITIES], dtype=np.int32)
_NEGATED = np.array([each.endswith("-") for each in FACTUALITIES])
OUTLETS = 12  # columns of the matrix: those that quote most


class Speaking(Struct, frozen=True):
    """Which attributions count; None asks nothing. `voice` is the key of one, `named` leaves out sources without a name."""

    voice: str | None = None
    kind: SourceKind | None = None
    style: Style | None = None
    stance: Stance | None = None
    denial: bool = False
    named: bool = False


class VoiceRow(Struct, frozen=True):
    """What a voice said, by how it was quoted; `claims` are those of which it is the origin, `cells` are by the outlets of the table.

    `kinds`, `styles` and `certainty` are in the order of KINDS, STYLES and CERTAINTIES; `negated` claims say that something did not happen,
    `denied` ones that it did, where somebody else says that it did not.
    """

    key: str
    name: str
    actor: str | None
    said: int
    articles: int
    outlets: int
    kinds: tuple[int, ...]
    styles: tuple[int, ...]
    denials: int
    endorsing: int
    distancing: int
    claims: int
    certainty: tuple[int, ...]
    negated: int
    denied: int
    cells: tuple[int, ...]


class VoiceTable(Struct, frozen=True):
    """The voices of some articles: `voices` there are, `said` attributions in `articles`; `outlets` are the columns of the matrix."""

    rows: tuple[VoiceRow, ...]
    voices: int
    said: int
    articles: int
    outlets: tuple[str, ...]
    all_outlets: int


def voices(store: Store, counts: Counts, scope: Scope, wanted: Speaking, order: VoiceOrder, offset: int, limit: int | None) -> VoiceTable:
    """The voices that answer, the first by `order` first; of very many voices "name" orders the ones most quoted."""
    columns = counts.columns(store)
    articles = within(store, columns, scope)
    speaking = _chosen(store, columns, articles, wanted)
    who, facets = (column[speaking] for column in columns.said.columns)
    of = columns.said.of[speaking]
    telling = articles[columns.claimed.of]
    origin, claim_facets = (column[telling] for column in columns.claimed.columns)
    told = _Told(origin, claim_facets, _denied(store, columns)[telling])
    said = np.bincount(who, minlength=1)
    weights = _weights(order, who, facets, told, len(said))
    there = np.flatnonzero(said).astype(np.int32)
    if order == "name" and len(there) <= MOST_NAMES:
        weights = np.zeros(len(said), dtype=np.int32)
        weights[there] = -alphabetical(store, _NAMES, there)
    first = _first(said, weights, offset, limit)
    outlet = columns.outlet[of]
    quoting = np.bincount(outlet, minlength=1)
    shown = [int(number) for number in np.argsort(-quoting, kind="stable")[:OUTLETS] if quoting[number]]
    rows = _rows(store, first, _Said(who, facets, of, outlet), told, shown)
    ordered = sorted(rows, key=lambda row: fold(row.name)) if order == "name" else rows
    names: dict[int, str] = dict(store.rows("SELECT number, name FROM outlet"))
    return VoiceTable(
        tuple(ordered), int(np.count_nonzero(said)), len(who), int(np.count_nonzero(np.bincount(of))), tuple(names[number] for number in shown),
        int(np.count_nonzero(quoting)),
    )  # fmt: skip


def quoted(store: Store, counts: Counts, scope: Scope, wanted: Speaking, offset: int, limit: int) -> evidence.Found:
    """The attributions behind a count of `voices`."""
    columns = counts.columns(store)
    chosen = _chosen(store, columns, within(store, columns, scope), wanted)
    return evidence.find(store, columns, columns.said, chosen, evidence.said, offset, limit)


def originated(
    store: Store,
    counts: Counts,
    scope: Scope,
    voice: str | None,
    certainty: Certainty | None,
    offset: int,
    limit: int,
    *,
    negated: bool = False,
    denied: bool = False,
) -> evidence.Found:
    """The claims of which a voice is the origin, the article's own where none is given."""
    columns = counts.columns(store)
    origin, facets = columns.claimed.columns
    chosen = within(store, columns, scope)[columns.claimed.of] & (origin == (OWN if voice is None else _number(store, voice)))
    if certainty is not None:
        chosen &= _SURENESS[facets & 7] == CERTAINTIES.index(certainty)
    if negated:
        chosen &= _NEGATED[facets & 7]
    if denied:
        chosen &= _denied(store, columns)
    return evidence.find(store, columns, columns.claimed, chosen, evidence.claimed, offset, limit)


def voice_name(store: Store, key: str) -> tuple[str, str | None] | None:
    """The name of a voice and its id in the register; None where nobody of this key speaks."""
    row = store.one("SELECT name, actor FROM voice WHERE key = ?", (key,))
    return None if row is None else (row[0], row[1])


# ------------------------------------------------------------------------------------------------------------------- counting


class _Said(Struct, frozen=True):
    """The attributions that count: who speaks, how, in which document, of which outlet."""

    who: Numbers
    facets: Numbers
    of: Numbers
    outlet: Numbers


class _Told(Struct, frozen=True):
    """The claims that count: whose they are, how they are made, and whether somebody else denies them."""

    origin: Numbers
    facets: Numbers
    denied: Mask


def _denied(store: Store, columns: Columns) -> Mask:
    """The claims that somebody else denies."""
    found = np.zeros(len(columns.claimed.of), dtype=bool)
    documents, claims = numbers(store, "SELECT group_concat(document || ',' || claim) FROM event_denied").reshape(-1, 2).T
    place_of = np.full(int(columns.document.max(initial=0)) + 1, -1, dtype=np.int32)
    alive = np.flatnonzero(columns.alive)
    place_of[columns.document[alive]] = alive
    known = documents < len(place_of)
    places, claims = place_of[documents[known]], claims[known]
    claims, places = claims[places >= 0], places[places >= 0]
    at = columns.claimed.first(places) + claims
    inside = at < columns.claimed.first(places + 1)  # read again since, a document may hold fewer
    found[at[inside]] = True
    return found


def _chosen(store: Store, columns: Columns, articles: Mask, wanted: Speaking) -> Mask:
    who, facets = columns.said.columns
    chosen: Mask = articles[columns.said.of] & (who != OWN)
    if wanted.voice is not None:
        chosen &= who == _number(store, wanted.voice)
    if wanted.kind is not None:
        chosen &= facets & 7 == KINDS.index(wanted.kind)
    if wanted.style is not None:
        chosen &= facets >> STYLE_SHIFT & 7 == STYLES.index(wanted.style)
    if wanted.stance is not None:
        chosen &= facets >> STANCE_SHIFT & 3 == STANCES.index(wanted.stance)
    if wanted.named:
        chosen &= facets & 7 != KINDS.index("unnamed")
    if wanted.denial:
        chosen &= facets >> DENIAL_SHIFT & 1 == 1
    return chosen


def _number(store: Store, voice: str) -> int:
    row = store.one("SELECT number FROM voice WHERE key = ?", (voice,))
    return -1 if row is None else int(row[0])


def _weights(order: VoiceOrder, who: Numbers, facets: Numbers, told: _Told, size: int) -> Numbers | None:
    """How often each voice has what it is ordered by, None for what all are ordered by in the end."""
    if order in ("claims", "denied"):
        return np.bincount(told.origin[told.denied] if order == "denied" else told.origin, minlength=size)[:size].astype(np.int32)
    if order == "denials":
        return np.bincount(who[facets >> DENIAL_SHIFT & 1 == 1], minlength=size).astype(np.int32)
    if order in ("endorsing", "distancing"):
        return np.bincount(who[facets >> STANCE_SHIFT & 3 == STANCES.index(order)], minlength=size).astype(np.int32)
    return None


def _first(said: NDArray[np.intp], weights: Numbers | None, offset: int, limit: int | None) -> Numbers:
    """The numbers of the voices of a page."""
    there = np.flatnonzero(said)
    keys = (there, -said[there]) if weights is None else (there, -said[there], -weights[there])
    return there[np.lexsort(keys)][offset : None if limit is None else offset + limit].astype(np.int32)


def _rows(store: Store, first: Numbers, said: _Said, told: _Told, outlets: list[int]) -> list[VoiceRow]:
    size = len(first)
    at, inside = rows_of(first, said.who)
    facets, of, outlet = said.facets[inside], said.of[inside], said.outlet[inside]
    owner, mine = rows_of(first, told.origin)
    claims = told.facets[mine] & 7
    kinds, styles = table(at, facets & 7, size, len(KINDS)), table(at, facets >> STYLE_SHIFT & 7, size, len(STYLES))
    stances = table(at, facets >> STANCE_SHIFT & 3, size, len(STANCES))
    denials = np.bincount(at[facets >> DENIAL_SHIFT & 1 == 1], minlength=size)
    certainty = table(owner, _SURENESS[claims], size, len(CERTAINTIES))
    negated, denied = (np.bincount(owner[mask], minlength=size) for mask in (_NEGATED[claims], told.denied[mine]))
    quoting, quoted_by, articles = cells_of(at, outlet, size, outlets), different(at, outlet, size), distinct(at, of, size)
    named: dict[int, tuple[str, str, str | None]] = {row[0]: row[1:] for row in store.rows(_NAMED, (listed(map(str, first)),))}
    return [
        VoiceRow(
            *named[int(number)], int(kinds[row].sum()), int(articles[row]), int(quoted_by[row]), counted(kinds[row]),
            counted(styles[row]), int(denials[row]), int(stances[row, 1]), int(stances[row, 2]), int(certainty[row].sum()), counted(certainty[row]),
            int(negated[row]), int(denied[row]), counted(quoting[row]),
        )
        for row, number in enumerate(first)
    ]  # fmt: skip


_NAMES = "SELECT number, name FROM voice WHERE number IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
_NAMED = "SELECT number, key, name, actor FROM voice WHERE number IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
