"""Which pairs of claims are worth a comparison?

Two claims of different current documents that share a block (blocks.py: comparable types, and a place, an actor, or a country with an actor) and
whose days may be the same, or that share a rare word, whatever their days. Under every block, claims stand in the order of their days (then of a number made from their content, so that the
order of arrival plays no part), and each is paired with a number of those next to it on either side: `NEAREST`, for each kind of block. So there
are never more pairs than that number times the rows of the index, and a crowded block (a front, a capital, an army) never makes them quadratic:
there the nearest in time are compared, and a country with an actor parts the crowd. Claims without any day stand last under their blocks, and are
compared with one another and with the latest.

A claim that comes into a crowded block, or goes, changes which of its neighbours are next to each other: `disturbed` tells them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from sys import intern

from recoupe.casebook.blocks import RARE_WORD, kind_of
from recoupe.casebook.connection import Row, Store, listed
from recoupe.model import ClaimRef

NEAREST = (16, 8, 16, 4)  # under a square, an actor, a country with an actor, a rare word: measured in bench/casebook.py
FEW = 20  # with less than one document in so many, each is looked up; with more, one pass over all is quicker

Pair = tuple[ClaimRef, ClaimRef]

_CLAIM = """SELECT document.id, claim.id, coalesce(claim.day_from, -1), coalesce(claim.day_to, 10000000), claim.blocks,
                   claim.day, claim.tie, claim.number
            FROM claim JOIN document ON document.number = claim.document"""
_ALL = f"{_CLAIM} ORDER BY claim.day, claim.tie, claim.number"
_OF_DOCUMENTS = "\n".join((_CLAIM, "WHERE document.id IN (SELECT value FROM json_each(?)) ORDER BY document.id, claim.number"))
_COMPARABLE = "\n".join(
    (
        _CLAIM,
        "WHERE claim.number IN (SELECT value FROM json_each(?)) AND document.id <> ?",
        "AND (coalesce(claim.day_from, -1) <= ? AND coalesce(claim.day_to, 10000000) >= ? OR claim.number IN (SELECT value FROM json_each(?)))",
        "ORDER BY document.id, claim.id",
    )
)
_BEFORE = "SELECT claim FROM block WHERE block = ? AND (day, tie, claim) < (?, ?, ?) ORDER BY day DESC, tie DESC, claim DESC LIMIT ?"
_AFTER = "SELECT claim FROM block WHERE block = ? AND (day, tie, claim) > (?, ?, ?) ORDER BY day, tie, claim LIMIT ?"


def candidates(store: Store, documents: Collection[str] | None) -> Iterator[Pair]:
    """Every pair once, the lesser claim first; given documents, exactly those of the pairs that touch one of them."""
    if documents is None:
        return _sweep(store)
    wanted = frozenset(documents)
    current = store.value("SELECT count(*) FROM document WHERE current = 1")
    if len(wanted) * FEW > current:
        return (pair for pair in _sweep(store) if pair[0].document in wanted or pair[1].document in wanted)
    return _near(store, tuple(store.rows(_OF_DOCUMENTS, (listed(wanted),))))


def neighbours(store: Store, claims: Collection[ClaimRef]) -> Iterator[Pair]:
    """The pairs that touch one of these claims, each once, the lesser claim first."""
    wanted = frozenset(claims)
    rows = store.rows(_OF_DOCUMENTS, (listed({claim.document for claim in wanted}),))
    return _near(store, tuple(row for row in rows if ClaimRef(row[0], row[1]) in wanted))


def _sweep(store: Store) -> Iterator[Pair]:
    """One pass over all claims in the order of their days, with the latest of each block at hand."""
    latest: dict[bytes, list[int]] = {}
    passed: list[tuple[ClaimRef, int, int]] = []
    for number, (document, claim, first, last, packed, *_) in enumerate(store.rows(_ALL)):
        ref = ClaimRef(intern(document), claim)
        found: set[int] = set()
        named: set[int] = set()
        for at in range(0, len(packed), 4):
            block = packed[at : at + 4]
            most = NEAREST[block[0] >> 6]
            nearest = latest.setdefault(block, [])
            (named if block[0] >> 6 == RARE_WORD else found).update(nearest[-most:])
            nearest.append(number)
            if len(nearest) > 2 * most:
                del nearest[:-most]
        passed.append((ref, first, last))
        for earlier in found | named:
            other, begin, end = passed[earlier]
            if other.document != document and (earlier in named or (first <= end and begin <= last)):
                yield (ref, other) if ref < other else (other, ref)


def _near(store: Store, rows: Iterable[Row]) -> Iterator[Pair]:
    """The neighbours of each claim under its blocks, read off the index."""
    claims = tuple(rows)
    asked = frozenset(ClaimRef(row[0], row[1]) for row in claims)
    for document, claim, first, last, packed, day, tie, number in claims:
        ref = ClaimRef(document, claim)
        found: set[int] = set()
        named: set[int] = set()
        for at in range(0, len(packed), 4):
            block = int.from_bytes(packed[at : at + 4], "big")
            (named if kind_of(block) == RARE_WORD else found).update(*_around(store, block, day, tie, number))
        for row in store.rows(_COMPARABLE, (str(sorted(found | named)), document, last, first, str(sorted(named)))):
            other = ClaimRef(row[0], row[1])
            if ref < other:
                yield ref, other
            elif other not in asked:
                yield other, ref


def _around(store: Store, block: int, day: int, tie: int, number: int, but: Collection[int] = ()) -> tuple[list[int], list[int]]:
    """The claims next to a position under a block, before it and after it, those passed over left out."""
    most = NEAREST[kind_of(block)]
    where = (block, day, tie, number, -1 if but else most)
    early, late = ((row[0] for row in store.rows(sql, where) if row[0] not in but) for sql in (_BEFORE, _AFTER))
    return list(islice(early, most)), list(islice(late, most))


def disturbed(store: Store, documents: Collection[str]) -> tuple[ClaimRef, ...]:
    """The claims that may be next to other ones than before: neighbours, in a crowded block, of what came with these documents or went.

    Of the neighbours of what came only those that one event holds on both sides: pairs were lost there, and no others matter.
    """
    found: set[int] = set()
    came = tuple(store.rows(_OF_DOCUMENTS, (listed(documents),)))
    new = frozenset(row[-1] for row in came)
    for _, _, _, _, packed, day, tie, number in came:
        for at in range(0, len(packed), 4):
            block = int.from_bytes(packed[at : at + 4], "big")
            if sum(map(len, _around(store, block, day, tie, number))) > NEAREST[kind_of(block)]:
                found.update(_torn(store, *_around(store, block, day, tie, number, new)))
    for block, day, tie in tuple(store.rows("SELECT block, day, tie FROM vacated")):
        found.update(chain(*_around(store, block, day, tie, 0)))
    sql = "SELECT document.id, claim.id FROM claim JOIN document ON document.number = claim.document WHERE claim.number IN (SELECT value FROM json_each(?))"
    return tuple(ClaimRef(*row) for row in store.rows(sql, (str(sorted(found)),)))


def _torn(store: Store, before: list[int], after: list[int]) -> Iterator[int]:
    if not before or not after:
        return
    sql = """SELECT claim.number, event_claim.event FROM claim JOIN event_claim ON event_claim.document = claim.document AND event_claim.claim = claim.id
             WHERE claim.number IN (SELECT value FROM json_each(?))"""
    early, late = dict[int, int](store.rows(sql, (str(before),))), dict[int, int](store.rows(sql, (str(after),)))
    shared = set(early.values()) & set(late.values())
    yield from (claim for claim, event in (*early.items(), *late.items()) if event in shared)
