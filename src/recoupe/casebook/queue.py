"""Which claim should a reviewer look at next?

Every claim of a current document has a weight, doubt times stake (doubts.py), that is kept where claims are kept: `add` sets what its reading
says, the cross-check what its event adds. So the next claim is the first row of an index that a filter lets through. A rare filter would read
far down that index: after `FAR` rows in vain, the claims that answer the filter are looked up and sorted instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from recoupe.casebook.blocks import UNDATED, day_number
from recoupe.casebook.checks import events_of, load_links
from recoupe.casebook.connection import Row, Store, Value, listed
from recoupe.casebook.documents import load_reading
from recoupe.casebook.doubts import SHARE_READ_TWICE, Doubt, doubts, event_stakes, link_doubts, stakes
from recoupe.casebook.events import load_event
from recoupe.casebook.weighing import weigh
from recoupe.casebook.words import fold
from recoupe.knowledge.actors import open_register
from recoupe.model import ClaimRef, EventType

FAR = 1_500  # rows of the index read before a filter counts as rare
MANY = 1_000  # claims are counted up to here: "more than a thousand" is all that a reviewer wants to know
DOCUMENTS_A_STEP = 20  # documents of an older casebook that are weighed when the queue is asked

QueueOrder = Literal["weight", "random", "text"]
Readers = Literal["first", "sample", "all"]
Side = Literal["after", "before"]


class Position(Struct, frozen=True):
    """A place in the queue: on one side of a claim, whether that is still in the queue or decided."""

    side: Side
    claim: ClaimRef


class QueueFilter(Struct, frozen=True):
    """Which claims a reviewer wants; None asks nothing.

    `since` and `until` are days (ISO 8601), both included, of the event or else of the publication; `actor` is a register id, its last part, or a
    name. The order is by "weight", drawn at "random" (the same for everyone), or that of the "text". `reading` says which claims that others have
    decided come again: none ("first"), those of the sample that is read twice ("sample"), or "all".
    """

    type: EventType | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    actor: str | None = None
    document: str | None = None
    order: QueueOrder = "weight"
    reading: Readers = "sample"


class Waiting(Struct, frozen=True):
    """A claim of the queue: its weight, and the doubt and stake that make it, all in hundredths."""

    claim: ClaimRef
    weight: int
    doubt: int
    stake: int
    read_twice: bool


_KEYS: dict[QueueOrder, tuple[str, bool]] = {"weight": ("weight", True), "random": ("draw", False), "text": ("document", False)}
_WAITING = """NOT EXISTS (SELECT 1 FROM standing WHERE standing.document = document.id AND standing.claim = claim.id AND standing.reviewer = ?)"""
_READ_BY_NOBODY = "NOT EXISTS (SELECT 1 FROM standing WHERE standing.document = document.id AND standing.claim = claim.id)"
_ROW = """SELECT document.id, claim.id, queue.weight, queue.doubt + queue.doubt_linked, queue.stake + queue.stake_shared, queue.draw
          FROM {rows} AS queue JOIN claim ON claim.number = queue.claim JOIN document ON document.number = queue.document WHERE {condition}"""


def waiting(store: Store, wanted: QueueFilter, reviewer: str, limit: int, position: Position | None = None) -> tuple[Waiting, ...]:
    """The claims that a reviewer should look at next, in the filter's order: the first of all, or those next to a position."""
    weigh_some(store, DOCUMENTS_A_STEP)
    return tuple(_waiting(row) for row in _asked(store, wanted, reviewer, limit, position))


def count_waiting(store: Store, wanted: QueueFilter, reviewer: str) -> int:
    """How many claims wait for a reviewer, `MANY` where it is that many or more."""
    condition, values = _condition(store, wanted, reviewer, far=True)
    inner = _ROW.format(rows="queue", condition=condition)
    found: int = store.value(f"SELECT count(*) FROM ({inner} LIMIT ?)", (*values, MANY))  # noqa: S608 - constants
    return found


def queued(store: Store, claim: ClaimRef) -> Waiting | None:
    """What a claim weighs in the queue, decided or not; None where it is in none."""
    sql = _ROW.format(rows="queue", condition="document.id = ? AND claim.id = ?")
    row = store.one(sql, (claim.document, claim.claim))
    return None if row is None else _waiting(row)


def weigh_some(store: Store, most: int) -> int:
    """Weigh documents that an older version stored, at most so many; how many are left."""
    if store.read_only or store.one("SELECT 1 FROM unweighed") is None:
        return 0
    with store.transaction():
        sql = "SELECT number, id, current FROM unweighed JOIN document ON document.number = unweighed.document LIMIT ?"
        for number, document, current in tuple(store.rows(sql, (most,))):
            if current:
                weigh(store, load_reading(store, document), number)
            store.run("DELETE FROM unweighed WHERE document = ?", (number,))
    left: int = store.value("SELECT count(*) FROM unweighed")
    return left


def reasons(store: Store, claim: ClaimRef) -> tuple[Doubt, ...]:
    """Why a person should look at a claim: what is doubtful in it, then what hangs on it; each the heaviest first."""
    reading = load_reading(store, claim.document)
    found = next((each for each in reading.claims if each.id == claim.claim), None)
    if found is None:
        return ()
    event = events_of(store, [claim]).get(claim)
    shared = event_stakes(load_event(store, event)) if event is not None else ()
    near = link_doubts(load_links(store, [claim])).get(claim)
    doubtful = (*doubts(reading)[claim.claim], *((near,) if near is not None and shared else ()))
    important = (*stakes(found, reading), *shared)
    return tuple(each for part in (doubtful, important) for each in sorted(part, key=lambda doubt: -doubt.weight))


# ------------------------------------------------------------------------------------------------------------------ the filter


def _waiting(row: Row) -> Waiting:
    document, claim, weight, doubt, stake, draw = row
    return Waiting(ClaimRef(document, claim), weight, doubt, stake, draw < SHARE_READ_TWICE)


def _asked(store: Store, wanted: QueueFilter, reviewer: str, most: int, position: Position | None) -> Iterator[Row]:
    beyond, beyond_values, order = _beyond(store, wanted.order, position)
    if _rare(wanted):
        condition, values = _condition(store, wanted, reviewer, far=False)
        top = f"(SELECT * FROM queue WHERE {beyond} ORDER BY {order} LIMIT {FAR})"  # noqa: S608 - constants
        sql = _ROW.format(rows=top, condition=condition) + f" ORDER BY {order} LIMIT ?"
        near = tuple(store.rows(sql, (*beyond_values, *values, most)))
        if len(near) == most:
            return iter(near)
        order = order.replace("queue.", "+queue.", 1)  # the index in this order would lead far: look the filter up instead
    condition, values = _condition(store, wanted, reviewer, far=True)
    sql = _ROW.format(rows="queue", condition=f"{beyond} AND {condition}") + f" ORDER BY {order} LIMIT ?"
    return store.rows(sql, (*beyond_values, *values, most))


def _beyond(store: Store, by: QueueOrder, position: Position | None) -> tuple[str, list[Value], str]:
    """The condition that leaves the rows on one side of a position, with its values, and the order that begins there."""
    key, falling = _KEYS[by]
    back = position is not None and position.side == "before"
    falls, rises = (not falling, False) if back else (falling, True)
    order = f"queue.{key}{' DESC' if falls else ''}, queue.claim{'' if rises else ' DESC'}"
    sql = f"""SELECT queue.{key}, queue.claim FROM document JOIN claim ON claim.document = document.number JOIN queue ON queue.claim = claim.number
              WHERE document.id = ? AND claim.id = ?"""  # noqa: S608 - constants
    row = store.one(sql, (position.claim.document, position.claim.claim)) if position is not None else None
    if row is None:
        return "1", [], order
    less, more = ("<" if falls else ">"), (">" if rises else "<")
    return f"(queue.{key} {less}= ?) AND (queue.{key} {less} ? OR queue.claim {more} ?)", [row[0], row[0], row[1]], order


def _rare(wanted: QueueFilter) -> bool:
    """Whether a filter is served by no index in the order of the queue."""
    return any(value is not None for value in (wanted.since, wanted.until, wanted.actor, wanted.document))


class _Part(Struct, frozen=True):
    """A condition of a filter: by an index (`driving`) or looked at row by row (`plain`), and how its rows are counted."""

    driving: str
    plain: str
    values: tuple[Value, ...]
    table: str = "queue"


def _condition(store: Store, wanted: QueueFilter, reviewer: str, *, far: bool) -> tuple[str, list[Value]]:
    """The condition of a filter; where it is looked up (`far`), by the index of its rarest part."""
    parts = tuple(_parts(store, wanted))
    driving = min(parts, key=lambda part: _count(store, part)) if far and _rare(wanted) else None
    chosen = [(part.driving if part is driving or not _rare(wanted) else part.plain, part.values) for part in parts]
    chosen.append((_WAITING, (reviewer,)))
    if wanted.reading != "all":
        chosen.append((_READ_BY_NOBODY, ()) if wanted.reading == "first" else (f"(queue.draw < {SHARE_READ_TWICE} OR {_READ_BY_NOBODY})", ()))
    return " AND ".join(f"({sql})" for sql, _ in chosen), [value for _, values in chosen for value in values]


def _count(store: Store, part: _Part) -> int:
    """How many rows a part lets through, as far as they are worth counting."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {part.table} WHERE {part.driving if part.table == 'queue' else _IS_ACTOR} LIMIT ?)"  # noqa: S608
    found: int = store.value(sql, (*part.values, 10 * MANY))
    return found


def _parts(store: Store, wanted: QueueFilter) -> Iterator[_Part]:
    if wanted.type is not None:
        yield _Part("queue.type = ?", "+queue.type = ?", (wanted.type,))
    if wanted.outlet is not None:
        row = store.one("SELECT number FROM outlet WHERE name = ? COLLATE NOCASE", (wanted.outlet,))
        yield _Part("queue.outlet = ?", "+queue.outlet = ?", (row[0] if row else -1,))
    if wanted.document is not None:
        row = store.one("SELECT number FROM document WHERE id = ?", (wanted.document,))
        yield _Part("queue.document = ?", "+queue.document = ?", (row[0] if row else -1,))
    if wanted.since is not None or wanted.until is not None:
        since = day_number(store, wanted.since) if wanted.since is not None else 0
        until = day_number(store, wanted.until) if wanted.until is not None else UNDATED
        yield _Part("queue.day BETWEEN ? AND ?", "+queue.day BETWEEN ? AND ?", (since, until))
    if wanted.actor is not None:
        yield _Part(_WITH_ACTOR, _HAS_ACTOR, (str(_actors(store, wanted.actor)),), "claim_actor")


_IS_ACTOR = "actor IN (SELECT value FROM json_each(?))"
_WITH_ACTOR = f"queue.claim IN (SELECT claim FROM claim_actor WHERE {_IS_ACTOR})"  # noqa: S608 - constants
_HAS_ACTOR = f"EXISTS (SELECT 1 FROM claim_actor WHERE claim = queue.claim AND {_IS_ACTOR})"  # noqa: S608 - constants


def _actors(store: Store, name: str) -> list[int]:
    """The actors that a name means: an id of the register or its last part, a name or form of the register, or a name that it doesn't know."""
    folded = fold(name)
    names = [name, folded, f"~{folded}", *(entry.id for entry in open_register().find(name))]
    sql = "SELECT number FROM actor WHERE name IN (SELECT value FROM json_each(?)) OR (name < '~' AND name LIKE '%:' || ?)"  # ids stand before "~"
    return [number for (number,) in store.rows(sql, (listed(names), folded))]
