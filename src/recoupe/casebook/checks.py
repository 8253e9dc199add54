"""What has the cross-check not seen yet, and what did it find: links between claims, and what people decided about them?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from recoupe.casebook.connection import Store, listed
from recoupe.model import ClaimRef, Link, Review


def count_unchecked(store: Store) -> int:
    """How many documents the cross-check has not seen as they are now."""
    count: int = store.value("SELECT count(*) FROM change")
    return count


def unchecked(store: Store) -> dict[str, int]:
    """The documents added, read again or superseded since the last check, each with the number of its last change, in the order of these."""
    sql = "SELECT document.id, change.number FROM change JOIN document ON document.number = change.document ORDER BY change.number"
    return dict(store.rows(sql))


def mark_checked(store: Store, seen: Mapping[str, int]) -> None:
    """The documents are checked as they were when their last change had this number; one that changed since stays unchecked."""
    with store.transaction():
        store.run_many(
            "DELETE FROM change WHERE number <= ? AND document = (SELECT number FROM document WHERE id = ?)",
            [(number, document) for document, number in seen.items()],
        )
        if store.one("SELECT 1 FROM change") is None:
            store.run("DELETE FROM vacated")


def changes(store: Store) -> dict[int, int]:
    """The number of the last change of every document that was not checked since, by the document's number."""
    return dict(store.rows("SELECT document, number FROM change"))


def events_of(store: Store, claims: Iterable[ClaimRef]) -> dict[ClaimRef, str]:
    """The event of each claim that is in one."""
    sql = """SELECT event.id FROM event_claim JOIN event ON event.number = event_claim.event
             WHERE event_claim.document = (SELECT number FROM document WHERE id = ?) AND event_claim.claim = ?"""
    found = ((claim, store.one(sql, (claim.document, claim.claim))) for claim in claims)
    return {claim: row[0] for claim, row in found if row is not None}


def events_with(store: Store, documents: Collection[str]) -> tuple[str, ...]:
    """The ids of the events that hold a claim of one of the documents."""
    sql = """SELECT DISTINCT event.id FROM document JOIN event_document ON event_document.document = document.number
             JOIN event ON event.number = event_document.event WHERE document.id IN (SELECT value FROM json_each(?)) ORDER BY event.id"""
    return tuple(row[0] for row in store.rows(sql, (listed(documents),)))


def weightiest(store: Store, document: str, limit: int) -> tuple[tuple[str, ...], int]:
    """The ids of the events of a document with most independent origins, and how many it has in all."""
    sql = """SELECT event.id FROM document JOIN event_document ON event_document.document = document.number
             JOIN event ON event.number = event_document.event WHERE document.id = ? ORDER BY event.origins DESC, event.disputed DESC, event.id"""
    found = tuple(row[0] for row in store.rows(sql, (document,)))
    return found[:limit], len(found)


def load_links(store: Store, claims: Collection[ClaimRef]) -> Iterator[Link]:
    """The links that touch one of the claims, each once, by its claims."""
    wanted = frozenset(claims)
    sql = """SELECT a.id, left_claim, b.id, right_claim, score FROM link
             JOIN document AS a ON a.number = left_document JOIN document AS b ON b.number = right_document
             WHERE left_document IN (SELECT number FROM document WHERE id IN (SELECT value FROM json_each(?1)))
                OR right_document IN (SELECT number FROM document WHERE id IN (SELECT value FROM json_each(?1)))
             ORDER BY a.id, left_claim, b.id, right_claim"""
    for one, left, other, right, score in store.rows(sql, (listed(sorted({claim.document for claim in wanted})),)):
        if {ClaimRef(one, left), ClaimRef(other, right)} & wanted:
            yield Link(ClaimRef(one, left), ClaimRef(other, right), score)


def add_review(store: Store, review: Review) -> None:
    """Append a decision of a person; nothing that was decided before is changed."""
    left, right = review.left, review.right
    with store.transaction():
        store.run(
            """INSERT INTO review (left_document, left_claim, right_document, right_claim, judgement, reviewer, decided_at, note)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (left.document, left.claim, right.document, right.claim, review.judgement, review.reviewer, review.decided_at, review.note),
        )
        store.run_many("INSERT OR REPLACE INTO change (document) SELECT number FROM document WHERE id = ?", [(left.document,), (right.document,)])


def load_reviews(store: Store) -> Iterator[Review]:
    """Every decision, in the order in which they were made."""
    sql = """SELECT left_document, left_claim, right_document, right_claim, judgement, reviewer, decided_at, note FROM review ORDER BY number"""
    for one, left, other, right, *rest in store.rows(sql):
        yield Review(ClaimRef(one, left), ClaimRef(other, right), *rest)
