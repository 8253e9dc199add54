"""How is the weight of a claim in the queue of the review kept up to date? `add` sets what its reading says, the cross-check what its event adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from recoupe.casebook.blocks import ordinal
from recoupe.casebook.connection import Store
from recoupe.casebook.doubts import Doubt, doubts, drawn, event_stakes, stakes, weight
from recoupe.model import ClaimRef, Event, Reading


def weigh(store: Store, reading: Reading, number: int) -> None:
    """Set the weight of every claim of a document that its reading gives; its claims are indexed already."""
    found = doubts(reading)
    claims = {claim.id: claim for claim in reading.claims}
    published = ordinal(reading.document.published.date_start)
    rows = [
        (row, number, claims[name].type, ordinal(claims[name].date_start) or published, drawn(reading.document.id, name), weight(found[name]),
         weight(stakes(claims[name], reading)), number)
        for row, name in store.rows("SELECT number, id FROM claim WHERE document = ?", (number,))
        if name in claims
    ]  # fmt: skip
    store.run_many(
        """INSERT OR REPLACE INTO queue (claim, document, type, day, draw, doubt, stake, outlet)
           SELECT ?, ?, ?, ?, ?, ?, ?, outlet FROM document WHERE number = ?""",
        rows,
    )
    store.run("DELETE FROM unweighed WHERE document = ?", (number,))


def weigh_event(store: Store, event: Event, near: Mapping[ClaimRef, Doubt]) -> None:
    """Set what an event adds to the weight of its claims; `near` are those that no link ties firmly to another."""
    shared = weight(event_stakes(event))
    _share(store, ((claim, near[claim].weight if claim in near else 0, shared) for claim in event.claims))


def unshare(store: Store, claims: Iterable[ClaimRef]) -> None:
    """Claims that are in no event any more weigh what they weigh alone."""
    _share(store, ((claim, 0, 0) for claim in claims))


def _share(store: Store, rows: Iterable[tuple[ClaimRef, int, int]]) -> None:
    store.run_many(
        """UPDATE queue SET doubt_linked = ?1, stake_shared = ?2
           WHERE claim = (SELECT claim.number FROM document JOIN claim ON claim.document = document.number WHERE document.id = ?3 AND claim.id = ?4)
           AND (doubt_linked <> ?1 OR stake_shared <> ?2)""",
        ((near, shared, claim.document, claim.claim) for claim, near, shared in rows),
    )
