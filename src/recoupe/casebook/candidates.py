"""Which pairs of claims are worth a comparison?

Two claims of different current documents that share a block (blocks.py: comparable types, and a place, an actor, or a country with an actor) and
whose days may be the same. Under every block, claims stand in the order of their days (then of a number made from their content, so that the
order of arrival plays no part), and each is paired with a number of those next to it on either side: `NEAREST`, for each kind of block. So there
are never more pairs than that number times the rows of the index, and a crowded block (a front, a capital, an army) never makes them quadratic:
there the nearest in time are compared, and a country with an actor parts the crowd. Claims without any day stand last under their blocks, and are
compared with one another and with the latest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from sys import intern

from recoupe.casebook.blocks import kind_of
from recoupe.casebook.connection import Store, listed
from recoupe.model import ClaimRef

NEAREST = (32, 16, 32)  # under a square, an actor, a country with an actor: measured in bench/casebook.py
FEW = 20  # with less than one document in so many, each is looked up; with more, one pass over all is quicker

Pair = tuple[ClaimRef, ClaimRef]

_CLAIM = """SELECT document.id, claim.id, coalesce(claim.day_from, -1), coalesce(claim.day_to, 10000000), claim.blocks,
                   claim.day, claim.tie, claim.number
            FROM claim JOIN document ON document.number = claim.document """
_ALL = _CLAIM + "ORDER BY claim.day, claim.tie, claim.number"
_OF_DOCUMENTS = _CLAIM + "WHERE document.id IN (SELECT value FROM json_each(?)) ORDER BY document.id, claim.number"  # noqa: S608 - constants
_NEAR = """SELECT claim FROM (SELECT claim FROM block WHERE block = ?1 AND (day, tie, claim) < (?2, ?3, ?4)
                              ORDER BY day DESC, tie DESC, claim DESC LIMIT ?5)
           UNION ALL
           SELECT claim FROM (SELECT claim FROM block WHERE block = ?1 AND (day, tie, claim) > (?2, ?3, ?4)
                              ORDER BY day, tie, claim LIMIT ?5)"""
_COMPARABLE = (
    _CLAIM
    + """WHERE claim.number IN (SELECT value FROM json_each(?)) AND document.id <> ?
         AND coalesce(claim.day_from, -1) <= ? AND coalesce(claim.day_to, 10000000) >= ? ORDER BY document.id, claim.id"""  # noqa: S608 - constants
)


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
    latest: dict[bytes, deque[int]] = {}
    passed: list[tuple[ClaimRef, int, int]] = []
    for number, (document, claim, first, last, packed, *_) in enumerate(store.rows(_ALL)):
        ref = ClaimRef(intern(document), claim)
        found: set[int] = set()
        for at in range(0, len(packed), 4):
            block = packed[at : at + 4]
            nearest = latest.get(block)
            if nearest is None:
                nearest = latest[block] = deque(maxlen=NEAREST[block[0] >> 6])
            found.update(nearest)
            nearest.append(number)
        passed.append((ref, first, last))
        for earlier in found:
            other, begin, end = passed[earlier]
            if first <= end and begin <= last and other.document != document:
                yield (ref, other) if ref < other else (other, ref)


def _near(store: Store, documents: frozenset[str]) -> Iterator[Pair]:
    """The neighbours of each claim under its blocks, read off the index."""
    for document, claim, first, last, packed, day, tie, number in tuple(store.rows(_OF_DOCUMENTS, (listed(documents),))):
        ref = ClaimRef(document, claim)
        found: set[int] = set()
        for at in range(0, len(packed), 4):
            block = int.from_bytes(packed[at : at + 4], "big")
            found.update(row[0] for row in store.rows(_NEAR, (block, day, tie, number, NEAREST[kind_of(block)])))
        for row in store.rows(_COMPARABLE, (str(sorted(found)), document, last, first)):
            other = ClaimRef(row[0], row[1])
            if ref < other:
                yield ref, other
            elif other.document not in documents:
                yield other, ref
