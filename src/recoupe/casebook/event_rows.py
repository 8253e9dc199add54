"""What is kept of an event and of a link, and how is much of it written at once? Made ready apart from the file, so that other processes can do it."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from recoupe.casebook.blocks import ordinal
from recoupe.casebook.connection import Store, listed
from recoupe.casebook.doubts import event_stakes, link_doubts, weight
from recoupe.casebook.tallies import denied_claims, keep_copies, keep_denied
from recoupe.casebook.words import fold
from recoupe.errors import CasebookError
from recoupe.model import ClaimRef, Event, Link


class ClaimShare(Struct, frozen=True, array_like=True, gc=False):
    """A claim of an event, and what the event adds to its weight in the queue of the review: that no link ties it firmly, and what hangs on it."""

    document: str
    claim: str
    doubt: int
    stake: int


class EventRow(Struct, frozen=True, array_like=True, gc=False):
    """An event in the columns of its tables; `record` is packed."""

    id: str
    type: str
    day_from: int
    day_to: int
    latitude: float | None
    longitude: float | None
    origins: int
    disputed: bool
    record: bytes
    actors: tuple[str, ...]
    claims: tuple[ClaimShare, ...]
    copies: tuple[tuple[str, ...], ...]
    denied: tuple[ClaimRef, ...]


class LinkRow(Struct, frozen=True, array_like=True, gc=False):
    """A link, the lesser claim first."""

    left_document: str
    left_claim: str
    right_document: str
    right_claim: str
    score: float


class Rows(Struct, frozen=True, array_like=True):
    """Events and the links between their claims, ready to be written."""

    events: tuple[EventRow, ...]
    links: tuple[LinkRow, ...]


def rows_of(events: Sequence[Event], links: Sequence[Link]) -> Rows:
    """Make events and links ready."""
    near = {claim: doubt.weight for claim, doubt in link_doubts(links).items()}
    return Rows(tuple(_event_row(event, near) for event in events), tuple(map(_link_row, links)))


def _event_row(event: Event, near: Mapping[ClaimRef, int]) -> EventRow:
    place, first = event.place, ordinal(event.date_start) or ordinal(event.date_end) or 0
    stake = weight(event_stakes(event))
    return EventRow(
        id=event.id,
        type=event.type,
        day_from=first,
        day_to=ordinal(event.date_end) or first,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        origins=event.independent_origins,
        disputed=bool(event.disputes),
        record=zlib.compress(msgspec.json.encode(event), 6),
        actors=_actor_names(event),
        claims=tuple(ClaimShare(ref.document, ref.claim, near.get(ref, 0), stake) for ref in event.claims),
        copies=event.copies,
        denied=denied_claims(event),
    )


def _actor_names(event: Event) -> tuple[str, ...]:
    said = [position.value for position in (*event.positions.actor, *event.positions.recipient) if position.value is not None]
    names = {fold(name.removeprefix("not ")) for name in (*event.actors, *event.recipients, *said)}  # who is said not to have done it, too
    return tuple(sorted(names | {name.rpartition(":")[2] for name in names}))


def _link_row(link: Link) -> LinkRow:
    left, right = sorted((link.left, link.right))
    return LinkRow(left.document, left.claim, right.document, right.claim, link.score)


# ------------------------------------------------------------------------------------------------------------------------ writing


def insert(store: Store, events: Sequence[EventRow]) -> None:
    """Keep events whose claims are in no other; raises CasebookError when one is, or its document isn't stored."""
    if not events:
        return
    begin: int = store.value("SELECT coalesce(max(number), 0) + 1 FROM event")
    numbered = tuple(enumerate(events, begin))
    documents = numbers_of(store, {share.document for event in events for share in event.claims})
    store.run_many(
        """INSERT INTO event (number, id, type, day_from, day_to, latitude, longitude, origins, disputed, record)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (number, one.id, one.type, one.day_from, one.day_to, one.latitude, one.longitude, one.origins, int(one.disputed), one.record)
            for number, one in numbered
        ),
    )
    store.run_many(
        "INSERT INTO event_place VALUES (?1, ?2, ?2, ?3, ?3)",
        [(number, one.latitude, one.longitude) for number, one in numbered if one.latitude is not None and one.longitude is not None],
    )
    store.run_many("INSERT INTO event_actor (event, name) VALUES (?, ?)", [(number, name) for number, one in numbered for name in one.actors])
    claims = {(documents.get(share.document), share.claim, number) for number, one in numbered for share in one.claims}
    store.run_many("INSERT OR IGNORE INTO event_claim (document, claim, event) VALUES (?, ?, ?)", sorted(row for row in claims if row[0] is not None))
    if store.value("SELECT count(*) FROM event_claim WHERE event >= ?", (begin,)) != len(claims):
        raise CasebookError(f"{store.path}: {_refused(store, events, documents)}")
    store.run_many(
        "INSERT INTO event_document (event, document) VALUES (?, ?)",
        sorted({(event, document) for document, _, event in claims if document is not None}),
    )
    for number, one in numbered:
        keep_copies(store, number, one.copies)
        keep_denied(store, number, one.denied)
    share(store, (each for one in events for each in one.claims), documents)


def numbers_of(store: Store, documents: Collection[str]) -> dict[str, int]:
    """The numbers of those of the documents that are stored."""
    return dict(store.rows("SELECT id, number FROM document WHERE id IN (SELECT value FROM json_each(?))", (listed(sorted(documents)),)))


def share(store: Store, shares: Iterable[ClaimShare], documents: Mapping[str, int]) -> None:
    """Set what events add to the weight of claims."""
    store.run_many(
        """UPDATE queue SET doubt_linked = ?1, stake_shared = ?2 WHERE claim = (SELECT number FROM claim WHERE document = ?3 AND id = ?4)
           AND (doubt_linked <> ?1 OR stake_shared <> ?2)""",
        ((one.doubt, one.stake, documents[one.document], one.claim) for one in shares if one.document in documents),
    )


def unshare(store: Store, claims: Iterable[ClaimRef]) -> None:
    """Claims that are in no event any more weigh what they weigh alone."""
    alone = tuple(ClaimShare(claim.document, claim.claim, 0, 0) for claim in claims)
    share(store, alone, numbers_of(store, {one.document for one in alone}))


def insert_links(store: Store, links: Sequence[LinkRow]) -> None:
    """Keep links, each in place of one between the same claims; raises CasebookError when a document isn't stored."""
    documents = numbers_of(store, {document for link in links for document in (link.left_document, link.right_document)})
    store.run_many(
        "INSERT OR REPLACE INTO link (left_document, left_claim, right_document, right_claim, score) VALUES (?, ?, ?, ?, ?)",
        sorted(_numbered(store, links, documents)),
    )


def _numbered(store: Store, links: Iterable[LinkRow], documents: Mapping[str, int]) -> Iterator[tuple[int, str, int, str, float]]:
    for link in links:
        for document in (link.left_document, link.right_document):
            if document not in documents:
                raise CasebookError(f"{store.path}: a link is to document {document}, which is not stored: add it first")
        yield documents[link.left_document], link.left_claim, documents[link.right_document], link.right_claim, link.score


def _refused(store: Store, events: Iterable[EventRow], documents: Mapping[str, int]) -> str:
    """Why a claim of an event could not be kept with it."""
    sql = """SELECT event.id FROM event_claim JOIN event ON event.number = event_claim.event
             WHERE event_claim.document = ? AND event_claim.claim = ? AND event.id <> ?"""
    for event in events:
        for one in event.claims:
            if one.document not in documents:
                return f"event {event.id} holds claim {one.claim} of document {one.document}, which is not stored: add it first"
            row = store.one(sql, (documents[one.document], one.claim, event.id))
            if row is not None:
                return f"claim {one.claim} of document {one.document} is in event {row[0]} and in event {event.id}: store both without it twice, or remove one"
    return "the claims of these events could not be kept"
