"""How do events come into the casebook, and which of them answer a filter?

An event that was merged into another or made anew keeps answering to its former id: the one that took most of its claims stands for it.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from math import asin, cos, degrees, radians, sin
from typing import Literal

import msgspec
from msgspec import Struct

from recoupe.casebook.blocks import day_number
from recoupe.casebook.connection import Store, Value, listed
from recoupe.casebook.distance import EARTH_KM
from recoupe.casebook.event_rows import insert, rows_of, unshare
from recoupe.casebook.query import match_expression, read_query
from recoupe.casebook.words import fold
from recoupe.errors import NotInCasebookError
from recoupe.language.pack import LANGUAGES
from recoupe.model import ClaimRef, Event, EventType, Language

SHOWN = 5  # ids named in a message
SLACK = 1e-4  # degrees about a box: the tree keeps 32-bit numbers
LOGGED = 200_000  # changes that are remembered; an index in memory that is further behind is made anew

_event = msgspec.json.Decoder(Event)


Order = Literal["day", "weight"]
_ORDERS: dict[Order, str] = {
    "day": "event.day_from DESC, event.origins DESC, event.id",
    "weight": "event.origins DESC, (SELECT count(*) FROM event_document WHERE event = event.number) DESC, event.day_from DESC, event.id",
}


class Box(Struct, frozen=True):
    """A box on the map in degrees; one whose west is greater than its east crosses the date line."""

    south: float
    west: float
    north: float
    east: float


class Circle(Struct, frozen=True):
    """A circle on the map: degrees and kilometres."""

    latitude: float
    longitude: float
    radius_km: float


class EventFilter(Struct, frozen=True):
    """What events are wanted; None asks nothing.

    `since` and `until` are days (ISO 8601), both included; `actor` is a register id, its last part, or a name; `words` is read as in a search;
    `minimum_origins` are independent ones. In the order of "day" the latest come first and undated ones last, in that of "weight" those with
    most independent origins and then most articles.
    """

    since: str | None = None
    until: str | None = None
    area: Box | Circle | None = None
    actor: str | None = None
    type: EventType | None = None
    outlet: str | None = None
    language: Language | None = None
    disputed: bool = False
    minimum_origins: int | None = None
    words: str | None = None
    limit: int | None = None
    order: Order = "day"


# ------------------------------------------------------------------------------------------------------------------ reading


def load_events(store: Store, wanted: EventFilter) -> Iterator[Event]:
    """The events that answer a filter, in its order; raises CasebookError for a day that is none."""
    condition, values = _condition(store, wanted)
    sql = f"SELECT event.record FROM event WHERE {condition} ORDER BY {_ORDERS[wanted.order]} LIMIT ?"  # noqa: S608 - constants
    for (record,) in store.rows(sql, (*values, -1 if wanted.limit is None else max(0, wanted.limit))):
        yield _event.decode(zlib.decompress(record))


def count_events(store: Store, wanted: EventFilter) -> int:
    """How many events answer a filter, its limit apart."""
    condition, values = _condition(store, wanted)
    count: int = store.value(f"SELECT count(*) FROM event WHERE {condition}", values)  # noqa: S608 - constants
    return count


def load_numbered(store: Store, numbers: Sequence[int]) -> tuple[Event, ...]:
    """The events of these rows, in their order; a row that is no more is left out."""
    sql = "SELECT number, record FROM event WHERE number IN (SELECT value FROM json_each(?))"
    found: dict[int, bytes] = dict(store.rows(sql, (listed(str(number) for number in numbers),)))
    return tuple(_event.decode(zlib.decompress(found[number])) for number in numbers if number in found)


def load_event(store: Store, name: str) -> Event:
    """The event of an id, a former id, or the beginning of one; raises NotInCasebookError when there is none or more than one."""
    found = _resolve(store, name)
    record = store.value("SELECT record FROM event WHERE id = ?", (found,))
    return _event.decode(zlib.decompress(record))


def _resolve(store: Store, name: str) -> str:
    sql = """SELECT id, id FROM event WHERE id = ?1 OR (?1 <> '' AND id >= ?1 AND id < ?1 || char(1114111))
             UNION SELECT id, event FROM former_event WHERE id = ?1 OR (?1 <> '' AND id >= ?1 AND id < ?1 || char(1114111))"""
    named: dict[str, str | None] = dict(store.rows(sql, (name,)))
    if name in named:
        named = {name: named[name]}
    alive = sorted({event for event in named.values() if event is not None})
    if len(alive) == 1:
        return alive[0]
    if alive:
        some = ", ".join(alive[:SHOWN]) + (f" and {len(alive) - SHOWN} more" if len(alive) > SHOWN else "")
        raise NotInCasebookError(f"{store.path}: {len(alive)} events begin with {name!r}: {some}: write more of the id")
    if named:
        raise NotInCasebookError(
            f"{store.path}: event {min(named)!r} is no more: none of its claims stands in an event now; `recoupe events` lists those there are"
        )
    raise NotInCasebookError(f"{store.path}: there is no event {name!r}: `recoupe events` lists them")


def _condition(store: Store, wanted: EventFilter) -> tuple[str, list[Value]]:
    parts: list[tuple[str, tuple[Value, ...]]] = [("1", ())]
    if wanted.since is not None:
        parts.append(("event.day_to >= ?", (day_number(store, wanted.since),)))
    if wanted.until is not None:
        parts.append(("event.day_from BETWEEN 1 AND ?", (day_number(store, wanted.until),)))
    if wanted.type is not None:
        parts.append(("event.type = ?", (wanted.type,)))
    if wanted.disputed:
        parts.append(("event.disputed = 1", ()))
    if wanted.minimum_origins is not None:
        parts.append(("event.origins >= ?", (wanted.minimum_origins,)))
    if wanted.actor is not None:
        parts.append(("event.number IN (SELECT event FROM event_actor WHERE name = ?)", (fold(wanted.actor),)))
    if wanted.area is not None:
        parts.append(_within(wanted.area))
    if wanted.outlet is not None or wanted.language is not None:
        parts.append((_TOLD_BY, (wanted.outlet, wanted.language)))
    if wanted.words is not None:
        parts.append((_HELD, (match_expression(read_query(wanted.words), LANGUAGES, weighed=False) or '""',)))
    return " AND ".join(f"({sql})" for sql, _ in parts), [value for _, values in parts for value in values]


_TOLD_BY = """EXISTS (SELECT 1 FROM event_document JOIN document ON document.number = event_document.document
              JOIN outlet ON outlet.number = document.outlet WHERE event_document.event = event.number
              AND outlet.name = coalesce(?, outlet.name) COLLATE NOCASE AND document.language = coalesce(?, document.language))"""
HOLDING = "SELECT passage.document FROM search JOIN passage ON passage.number = search.rowid WHERE search MATCH ?"  # documents that hold words
_HELD = f"event.number IN (SELECT event FROM event_document WHERE document IN ({HOLDING}))"  # noqa: S608 - constants


def _within(area: Box | Circle) -> tuple[str, tuple[Value, ...]]:
    if isinstance(area, Circle):
        box = _around(area)
        sql, values = _within(box)
        return f"{sql} AND distance_km(?, ?, event.latitude, event.longitude) <= ?", (*values, area.latitude, area.longitude, area.radius_km)
    inside = "event.number IN (SELECT number FROM event_place WHERE south >= ? AND north <= ? AND west >= ? AND east <= ?)"
    south, north = area.south - SLACK, area.north + SLACK
    if area.west <= area.east:
        return inside, (south, north, area.west - SLACK, area.east + SLACK)
    return f"({inside} OR {inside})", (south, north, area.west - SLACK, 180.0 + SLACK, south, north, -180.0 - SLACK, area.east + SLACK)


def _around(circle: Circle) -> Box:
    """The box about a circle; where a pole is near, every longitude."""
    height = degrees(circle.radius_km / EARTH_KM)
    south, north = circle.latitude - height, circle.latitude + height
    if south <= -89 or north >= 89:
        return Box(south, -180.0, north, 180.0)
    width = degrees(asin(min(1.0, sin(min(radians(height), radians(90))) / cos(radians(circle.latitude)))))
    if width >= 90:
        return Box(south, -180.0, north, 180.0)
    west, east = circle.longitude - width, circle.longitude + width
    return Box(south, west + 360 if west < -180 else west, north, east - 360 if east > 180 else east)


# ------------------------------------------------------------------------------------------------------------------ writing


def store_events(store: Store, events: Iterable[Event], removed: Collection[str]) -> None:
    """Keep events in place of those with their ids and of the removed ones, all or nothing.

    Raises CasebookError when a claim is in two events, or its document isn't stored.
    """
    with store.transaction():
        gone = {name: members(store, [name])[name] for name in removed}
        for name in gone:
            remove(store, name)
        fresh = tuple(events)
        for event in fresh:
            remove(store, event.id)
            store.run("DELETE FROM former_event WHERE id = ?", (event.id,))
        home = {claim: event.id for event in fresh for claim in event.claims}
        insert(store, rows_of(fresh, ()).events)
        unshare(store, (claim for claims in gone.values() for claim in claims if claim not in home))
        for name, claims in gone.items():
            if all(event.id != name for event in fresh):
                _forward(store, name, Counter(home[claim] for claim in claims if claim in home))
        forget(store)


_FORGET = "DELETE FROM event_log WHERE number <= (SELECT max(number) FROM event_log) - ?"


def forget(store: Store) -> None:
    """Remember no more changes of events than `LOGGED`."""
    store.run(_FORGET, (LOGGED,))


def members(store: Store, events: Collection[str]) -> dict[str, tuple[ClaimRef, ...]]:
    """The claims of events; an unknown id has none."""
    found: dict[str, list[ClaimRef]] = {event: [] for event in events}
    sql = """SELECT event.id, document.id, event_claim.claim FROM event JOIN event_claim ON event_claim.event = event.number
             JOIN document ON document.number = event_claim.document WHERE event.id IN (SELECT value FROM json_each(?))"""
    for event, document, claim in store.rows(sql, (listed(events),)):
        found[event].append(ClaimRef(document, claim))
    return {event: tuple(sorted(claims)) for event, claims in found.items()}


def remove(store: Store, name: str) -> None:
    """Take an event away, if there is one of this id, with the links of its claims."""
    row = store.one("SELECT number FROM event WHERE id = ?", (name,))
    if row is not None:
        store.run("DELETE FROM event_place WHERE number = ?", row)
        store.run("DELETE FROM link WHERE (left_document, left_claim) IN (SELECT document, claim FROM event_claim WHERE event = ?)", row)
        store.run("DELETE FROM event WHERE number = ?", row)


def _forward(store: Store, name: str, takers: Counter[str]) -> None:
    """Let a former id stand for the event that took most of its claims, the least id on a tie."""
    heir = min(takers, key=lambda taker: (-takers[taker], taker)) if takers else None
    store.run("UPDATE former_event SET event = ? WHERE event = ?", (heir, name))
    store.run("INSERT OR REPLACE INTO former_event (id, event) VALUES (?, ?)", (name, heir))
