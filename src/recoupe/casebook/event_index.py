"""How many events answer a filter, and how many would with another one? Columns in memory, kept in step with the file.

A page that shows a count beside every filter asks some forty questions at once; over columns each is a pass of microseconds, whatever the number
of filters. What an index tells is what `events.load_events` tells (tested on generated filters).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, get_args

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from recoupe.casebook.blocks import day_number
from recoupe.casebook.connection import Row, Store, listed
from recoupe.casebook.distance import EARTH_KM
from recoupe.casebook.events import HOLDING, SLACK, Circle, EventFilter
from recoupe.casebook.query import match_expression, read_query
from recoupe.casebook.words import fold
from recoupe.language.pack import LANGUAGES
from recoupe.model import EventType

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
MOST_CHANGED = 20_000  # with more changes than these, making the index anew is quicker
TYPES = get_args(EventType)


class Pairs(Struct, frozen=True):
    """Events with one of their values each: `row` of the event in the index, `value` an index into `names`; `first`: an event of each value."""

    event: Numbers
    row: Numbers
    value: Numbers
    first: Numbers
    names: tuple[str, ...]

    def rows_of(self, names: Collection[str]) -> Numbers:
        """The rows of the events that have one of the names."""
        wanted = [number for number, name in enumerate(self.names) if name in names]
        return self.row[np.isin(self.value, wanted)]

    def counts(self, mask: Mask) -> Numbers:
        """How many of the events under a mask have each name."""
        return np.bincount(self.value[mask[self.row]], minlength=len(self.names))


class Told(Struct, frozen=True):
    """Events with the numbers of the documents that tell of them; `row` of the event in the index."""

    event: Numbers
    row: Numbers
    document: Numbers


class Spots(Struct, frozen=True):
    """The different positions of events: which one each event has (-1 for none), and where they are."""

    of: Numbers
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]


class EventIndex(Struct, frozen=True):
    """Every event of a casebook in columns, by its number; `stamp` is the entry of the log that it has seen last.

    `type` is an index into TYPES.
    """

    stamp: int
    number: Numbers
    id: NDArray[np.bytes_]
    day_from: Numbers
    day_to: Numbers
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    origins: Numbers
    articles: Numbers
    disputed: Mask
    type: Numbers
    by_day: Numbers
    by_weight: Numbers
    spots: Spots
    actors: Pairs
    outlets: Pairs
    languages: Pairs
    documents: Told

    def __len__(self) -> int:
        return len(self.number)


def follow(store: Store, index: EventIndex | None) -> EventIndex:
    """The index of the events as they are now, made from an earlier one where that is less work."""
    stamp, first = store.one("SELECT coalesce(max(number), 0), coalesce(min(number), 1) FROM event_log") or (0, 1)
    if index is not None and stamp == index.stamp:
        return index
    if index is None or stamp < index.stamp or index.stamp < first - 1:
        return _loaded(store, stamp, None)
    changed = frozenset(event for (event,) in store.rows("SELECT event FROM event_log WHERE number > ?", (index.stamp,)))
    return _loaded(store, stamp, None) if len(changed) > MOST_CHANGED else _merged(index, _loaded(store, stamp, changed), changed)


# ------------------------------------------------------------------------------------------------------------------- selecting


class Selection(Struct, frozen=True):
    """Which events each part of a filter leaves, so that every count can leave its own part out."""

    parts: dict[str, Mask]
    size: int

    def all(self, but: str | None = None) -> Mask:
        """The events that answer every part, but one."""
        found = np.ones(self.size, dtype=bool)
        for name, mask in self.parts.items():
            if name != but:
                found &= mask
        return found


def select(store: Store, index: EventIndex, wanted: EventFilter) -> Selection:
    """The events that answer each part of a filter; raises CasebookError for a day that is none."""
    parts: dict[str, Mask] = {}
    if wanted.since is not None or wanted.until is not None:
        since = day_number(store, wanted.since) if wanted.since is not None else 0
        until = day_number(store, wanted.until) if wanted.until is not None else None
        parts["days"] = index.day_to >= since
        if until is not None:
            parts["days"] &= (index.day_from >= 1) & (index.day_from <= until)
    if wanted.area is not None:
        parts["area"] = _inside(index, wanted)
    if wanted.type is not None:
        parts["type"] = index.type == TYPES.index(wanted.type)
    if wanted.disputed:
        parts["disputed"] = index.disputed
    if wanted.minimum_origins is not None:
        parts["origins"] = index.origins >= wanted.minimum_origins
    if wanted.actor is not None:
        parts["actor"] = _at(index, index.actors.rows_of({fold(wanted.actor)}))
    if wanted.outlet is not None:
        asked = wanted.outlet.lower()
        parts["outlet"] = _at(index, index.outlets.rows_of({name for name in index.outlets.names if name.lower() == asked}))
    if wanted.language is not None:
        parts["language"] = _at(index, index.languages.rows_of({wanted.language}))
    if wanted.words is not None:
        expression = match_expression(read_query(wanted.words), LANGUAGES, weighed=False) or '""'
        holding = np.fromiter((document for (document,) in store.rows(HOLDING, (expression,))), dtype=np.int64)
        parts["words"] = _at(index, index.documents.row[np.isin(index.documents.document, holding)])
    return Selection(parts, len(index))


def _at(index: EventIndex, rows: Numbers) -> Mask:
    found = np.zeros(len(index), dtype=bool)
    found[rows] = True
    return found


def _inside(index: EventIndex, wanted: EventFilter) -> Mask:
    area = wanted.area
    if area is None:
        return np.ones(len(index), dtype=bool)
    if isinstance(area, Circle):
        return _distances_km(index, area.latitude, area.longitude) <= area.radius_km
    south_north = (index.latitude >= area.south - SLACK) & (index.latitude <= area.north + SLACK)
    east_of, west_of = index.longitude >= area.west - SLACK, index.longitude <= area.east + SLACK
    return south_north & (east_of & west_of if area.west <= area.east else east_of | west_of)


def _distances_km(index: EventIndex, latitude: float, longitude: float) -> NDArray[np.float64]:
    """The great-circle distance of every event from a point; not a number where the place of the event is unknown."""
    here, there = np.radians(latitude), np.radians(index.latitude)
    half = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(np.radians(index.longitude - longitude) / 2) ** 2
    found: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return found


# ------------------------------------------------------------------------------------------------------------------ making


def _loaded(store: Store, stamp: int, only: Collection[int] | None) -> EventIndex:
    """The index of some events, or of all."""
    among, values = ("", ()) if only is None else (" WHERE {} IN (SELECT value FROM json_each(?))", (listed(str(number) for number in only),))

    def rows(sql: str, column: str) -> list[Row]:
        return list(store.rows(sql + among.format(column), values))

    found = rows("SELECT number, day_from, day_to, latitude, longitude, origins, disputed, type, id FROM event", "number")
    told = rows(_TOLD, "event_document.event")
    number = np.array([row[0] for row in found], dtype=np.int64)
    order = np.argsort(number, kind="stable")
    columns: list[NDArray[Any]] = [np.array(values, dtype=kind)[order] for values, kind in zip(_columns(found), _KINDS, strict=True)]
    number, day_from, day_to, latitude, longitude, origins, disputed, types, identities = columns
    events, by = (np.array([row[place] for row in told], dtype=np.int64) for place in (0, 3))
    outlets = _pairs(dict.fromkeys((row[0], row[1]) for row in told))
    languages = _pairs(dict.fromkeys((row[0], row[2]) for row in told))
    actors = _pairs(rows("SELECT event, name FROM event_actor", "event"))
    articles = np.bincount(np.searchsorted(number, events), minlength=len(number)) if len(number) else number
    return _ordered(
        EventIndex(
            stamp, number, identities, day_from, day_to, latitude, longitude, origins, articles, disputed, types, number, number, _NOWHERE, actors, outlets,
            languages, Told(events, events, by),
        )
    )  # fmt: skip


_KINDS = (np.int64, np.int64, np.int64, np.float64, np.float64, np.int64, np.bool_, np.int64, np.bytes_)


def _columns(found: list[Row]) -> list[list[Any]]:
    columns = [list(values) for values in zip(*found, strict=True)] or [[] for _ in _KINDS]
    codes = {name: code for code, name in enumerate(TYPES)}
    columns[7] = [codes[name] for name in columns[7]]
    return columns


_TOLD = """SELECT event_document.event, outlet.name, document.language, document.number FROM event_document
           JOIN document ON document.number = event_document.document JOIN outlet ON outlet.number = document.outlet"""


def _pairs(found: Iterable[tuple[int, str]]) -> Pairs:
    """Pairs without the rows of their events, which `_ordered` fills in."""
    names: dict[str, int] = {}
    pairs = [(event, names.setdefault(name, len(names))) for event, name in found]
    event = np.array([event for event, _ in pairs], dtype=np.int64)
    return Pairs(event, event, np.array([value for _, value in pairs], dtype=np.int64), event, tuple(names))


_NOWHERE = Spots(np.array([], dtype=np.int64), np.array([]), np.array([]))


def _spots(index: EventIndex) -> Spots:
    placed = ~np.isnan(index.latitude)
    where = np.round((index.latitude[placed] + 90) * 1e5) * 1e8 + np.round((index.longitude[placed] + 180) * 1e5)
    _, first, home = np.unique(where, return_index=True, return_inverse=True)
    of = np.full(len(index), -1, dtype=np.int64)
    of[placed] = home
    return Spots(of, index.latitude[placed][first], index.longitude[placed][first])


def _merged(old: EventIndex, fresh: EventIndex, changed: Collection[int]) -> EventIndex:
    """The old index with the changed events as they are in the fresh one, or gone."""
    gone = np.fromiter(changed, dtype=np.int64, count=len(changed))
    kept = ~np.isin(old.number, gone)
    number = np.concatenate([old.number[kept], fresh.number])
    order = np.argsort(number, kind="stable")

    def column(before: NDArray[Any], after: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([before[kept], after])[order]

    def pairs(before: Pairs, after: Pairs) -> Pairs:
        stays = ~np.isin(before.event, gone)
        names = {name: place for place, name in enumerate(before.names)}
        values = np.array([names.setdefault(name, len(names)) for name in after.names], dtype=np.int64)[after.value]
        event = np.concatenate([before.event[stays], after.event])
        return Pairs(event, event, np.concatenate([before.value[stays], values]), event, tuple(names))

    stays = ~np.isin(old.documents.event, gone)
    events = np.concatenate([old.documents.event[stays], fresh.documents.event])
    told = Told(events, events, np.concatenate([old.documents.document[stays], fresh.documents.document]))
    return _ordered(
        EventIndex(
            fresh.stamp, number[order], column(old.id, fresh.id), column(old.day_from, fresh.day_from), column(old.day_to, fresh.day_to),
            column(old.latitude, fresh.latitude), column(old.longitude, fresh.longitude), column(old.origins, fresh.origins),
            column(old.articles, fresh.articles), column(old.disputed, fresh.disputed), column(old.type, fresh.type), number, number, _NOWHERE,
            pairs(old.actors, fresh.actors), pairs(old.outlets, fresh.outlets), pairs(old.languages, fresh.languages), told,
        )
    )  # fmt: skip


def _ordered(index: EventIndex) -> EventIndex:
    """The index with its two orders and the rows of its pairs."""

    def placed(pairs: Pairs) -> Pairs:
        first, late_to_early = np.zeros(len(pairs.names), dtype=np.int64), np.argsort(-pairs.event, kind="stable")
        first[pairs.value[late_to_early]] = pairs.event[late_to_early]
        return replace(pairs, row=np.searchsorted(index.number, pairs.event), first=first)

    return replace(
        index,
        spots=_spots(index),
        by_day=np.lexsort((index.id, -index.origins, -index.day_from)),
        by_weight=np.lexsort((index.id, -index.day_from, -index.articles, -index.origins)),
        documents=replace(index.documents, row=np.searchsorted(index.number, index.documents.event)),
        actors=placed(index.actors), outlets=placed(index.outlets), languages=placed(index.languages),
    )  # fmt: skip
