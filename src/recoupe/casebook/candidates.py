"""Which pairs of claims are worth a comparison?

Two claims of different current documents that share a block (blocks.py: comparable types, and a place, an actor, or a country with an actor) and
whose days may be the same. Under every block, claims stand in the order of their days (then of a number made from their content, so that the
order of arrival plays no part), and each is paired with at most the `NEAREST` before it and after it. The number of pairs is therefore at most
`NEAREST` times that of the rows of the index, and a crowded block (a front, a capital) never makes it quadratic: there the nearest in time are
compared, and a country with an actor parts the crowd. Claims without any day stand last and are compared with one another and the latest.

>>> from recoupe.casebook.candidates import NEAREST
>>> NEAREST
48
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator

from recoupe.casebook.connection import Row, Store, listed
from recoupe.model import ClaimRef

NEAREST = 48
Pair = tuple[ClaimRef, ClaimRef]

FEW = 20  # with less than one document in so many, each is looked up; with more, one pass over all is quicker

_ALL = """SELECT document.id, claim.id, claim.day_from, claim.day_to, claim.blocks FROM claim
          JOIN document ON document.number = claim.document ORDER BY claim.day, claim.tie, claim.number"""
_OF_DOCUMENTS = """SELECT document.id, claim.id, claim.day_from, claim.day_to, claim.blocks, claim.day, claim.tie, claim.number
                   FROM claim JOIN document ON document.number = claim.document
                   WHERE document.id IN (SELECT value FROM json_each(?)) ORDER BY document.id, claim.number"""
_NEAR = """SELECT document.id, claim.id, claim.day_from, claim.day_to FROM (
               SELECT claim FROM (SELECT claim FROM block WHERE block = ?1 AND (day, tie, claim) < (?2, ?3, ?4)
                                  ORDER BY day DESC, tie DESC, claim DESC LIMIT ?5)
               UNION ALL
               SELECT claim FROM (SELECT claim FROM block WHERE block = ?1 AND (day, tie, claim) > (?2, ?3, ?4)
                                  ORDER BY day, tie, claim LIMIT ?5)
           ) AS near JOIN claim ON claim.number = near.claim JOIN document ON document.number = claim.document"""


def candidates(store: Store, documents: Collection[str] | None) -> Iterator[Pair]:
    """Every pair once, the lesser claim first; given documents, exactly those of the pairs that touch one of them."""
    if documents is None:
        return _sweep(store)
    wanted = frozenset(documents)
    current = store.value("SELECT count(*) FROM document WHERE current = 1")
    if len(wanted) * FEW > current:
        return (pair for pair in _sweep(store) if pair[0].document in wanted or pair[1].document in wanted)
    return _near(store, wanted)


def _sweep(store: Store) -> Iterator[Pair]:
    """One pass over all claims in the order of their days, with the latest of each block at hand."""
    latest: defaultdict[bytes, deque[Row]] = defaultdict(lambda: deque(maxlen=NEAREST))
    for row in store.rows(_ALL):
        found: dict[int, Row] = {}
        for block in _blocks(row[4]):
            earlier = latest[block]
            found.update((id(other), other) for other in earlier)
            earlier.append(row)
        for other in found.values():
            if _comparable(row, other):
                yield _pair(row, other)


def _near(store: Store, documents: frozenset[str]) -> Iterator[Pair]:
    """The neighbours of each claim under its blocks, read off the index."""
    for row in tuple(store.rows(_OF_DOCUMENTS, (listed(documents),))):
        found: set[Row] = set()
        for block in _blocks(row[4]):
            found.update(store.rows(_NEAR, (int.from_bytes(block, "big"), row[5], row[6], row[7], NEAREST)))
        for other in sorted(found, key=lambda one: one[:2]):
            if _comparable(row, other) and (other[0] not in documents or row[:2] < other[:2]):
                yield _pair(row, other)


def _comparable(row: Row, other: Row) -> bool:
    if row[0] == other[0]:
        return False
    undated = row[2] is None or other[2] is None
    return undated or bool(row[2] <= other[3] and other[2] <= row[3])


def _pair(row: Row, other: Row) -> Pair:
    left, right = sorted((row[:2], other[:2]))
    return ClaimRef(*left), ClaimRef(*right)


def _blocks(packed: bytes) -> list[bytes]:
    return [packed[at : at + 4] for at in range(0, len(packed), 4)]
