"""Which pairs of claims are worth a comparison?

Two claims of different current documents that share a block (blocks.py: comparable types, and a place, an actor, or a country with an actor) and
whose days may be the same, or that share a rare word, whatever their days. Under every block, claims stand in the order of their days (then of a number made from their content, so that the
order of arrival plays no part), and each is paired with a number of those next to it on either side: `NEAREST`, for each kind of block. So there
are never more pairs than that number times the rows of the index, and a crowded block (a front, a capital, an army) never makes them quadratic:
there the nearest in time are compared, and a country with an actor parts the crowd. Claims without any day stand last under their blocks, and are
compared with one another and with the latest.

All pairs are found in one pass over columns of numbers (`sweep`), those of a few claims by the index (`near`). A claim that comes into a crowded
block, or goes, changes which of its neighbours are next to each other: `disturbed` tells them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from recoupe.casebook.blocks import RARE_WORD, kind_of, unpack_blocks
from recoupe.casebook.connection import Store, listed
from recoupe.model import ClaimRef

NEAREST = (16, 8, 16, 4)  # under a square, an actor, a country with an actor, a rare word: measured in bench/casebook.py
AT_ONCE = 1 << 13  # claims whose pairs are found together

Pair = tuple[ClaimRef, ClaimRef]
Numbers = npt.NDArray[np.int64]

_COLUMNS = """SELECT claim.number, claim.document, claim.document << 20 | claim.report, coalesce(day_from, -1), coalesce(day_to, 10000000), blocks
              FROM claim JOIN document ON document.number = claim.document WHERE current = 1 ORDER BY day, tie, claim.number"""
_PLACED = """SELECT number, document, blocks, day, tie, coalesce(day_from, -1), coalesce(day_to, 10000000) FROM claim
             WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number"""
_COMPARABLE = """SELECT number FROM claim WHERE number IN (SELECT value FROM json_each(?)) AND document <> ?
                 AND (coalesce(day_from, -1) <= ? AND coalesce(day_to, 10000000) >= ? OR number IN (SELECT value FROM json_each(?))) ORDER BY number"""
_BEFORE = "SELECT claim FROM block WHERE block = ? AND (day, tie, claim) < (?, ?, ?) ORDER BY day DESC, tie DESC, claim DESC LIMIT ?"
_AFTER = "SELECT claim FROM block WHERE block = ? AND (day, tie, claim) > (?, ?, ?) ORDER BY day, tie, claim LIMIT ?"


class Claims(NamedTuple):
    """The claims of all current documents in the order of their days, as columns: of each its number, document, report, days and blocks."""

    number: Numbers
    document: Numbers
    report: Numbers
    first: Numbers
    last: Numbers
    blocks: npt.NDArray[np.uint32]
    many_blocks: Numbers


def load_claims(store: Store) -> Claims:
    """The columns that pairs are found by; they hold a few hundred bytes a claim."""
    rows = store.rows(_COLUMNS)
    parts: list[Numbers] = []
    packed: list[npt.NDArray[np.uint32]] = []
    while page := list(islice(rows, 50_000)):
        parts.append(np.array([(*row[:5], len(row[5]) // 4) for row in page], dtype=np.int64))
        packed.append(np.frombuffer(b"".join(row[5] for row in page), dtype=">u4").astype(np.uint32))
    columns = np.concatenate(parts) if parts else np.empty((0, 6), dtype=np.int64)
    number, document, report, first, last, many = (np.ascontiguousarray(column) for column in columns.T)
    return Claims(number, document, report, first, last, np.concatenate(packed) if packed else np.empty(0, np.uint32), many)


def sweep(claims: Claims) -> Iterator[tuple[Numbers, Numbers]]:
    """All pairs, each once, some thousand claims at a time, as two columns of positions in `claims`, the later claim's second."""
    owner = np.repeat(np.arange(len(claims.number), dtype=np.int64), claims.many_blocks)
    order = np.argsort(claims.blocks.astype(np.int64) << 32 | owner)
    blocks, owners = claims.blocks[order], owner[order]
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    del order, owner
    ends = np.cumsum(claims.many_blocks)
    for start in range(0, len(claims.number), AT_ONCE):
        stop = min(start + AT_ONCE, len(claims.number))
        earlier, later = _behind(claims, blocks, owners, place[(ends[start - 1] if start else 0) : ends[stop - 1]])
        pairs = distinct(later << 32 | earlier)
        yield pairs & 0xFFFFFFFF, pairs >> 32


def distinct(numbers: Numbers) -> Numbers:
    """The numbers in order, each once: numpy's `unique` hashes them, which takes several times as long."""
    found = np.sort(numbers)
    first: Numbers = found[np.concatenate((np.ones(min(len(found), 1), np.bool_), found[1:] != found[:-1]))]
    return first


def _behind(claims: Claims, blocks: npt.NDArray[np.uint32], owners: Numbers, at: Numbers) -> tuple[Numbers, Numbers]:
    """What stands before these rows under their blocks and may be of one event with them."""
    nearest = np.array(NEAREST)
    found: list[tuple[Numbers, Numbers]] = []
    for step in range(1, max(NEAREST) + 1):
        at = at[(at >= step) & (nearest[blocks[at] >> 30] >= step)]
        at = at[blocks[at - step] == blocks[at]]
        earlier, later = owners[at - step], owners[at]
        meet = (claims.first[later] <= claims.last[earlier]) & (claims.first[earlier] <= claims.last[later])
        kept = (meet | (blocks[at] >> 30 == RARE_WORD)) & (claims.document[earlier] != claims.document[later])
        found.append((earlier[kept], later[kept]))
    return np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found])


def near(store: Store, claims: Collection[int]) -> Iterator[tuple[int, int]]:
    """The pairs that touch one of these claims, by their numbers; one that touches two of them comes once."""
    asked = frozenset(claims)
    for number, document, packed, day, tie, first, last in tuple(store.rows(_PLACED, (str(sorted(asked)),))):
        found: set[int] = set()
        named: set[int] = set()
        for block in unpack_blocks(packed):
            (named if kind_of(block) == RARE_WORD else found).update(chain(*_around(store, block, day, tie, number)))
        for (other,) in store.rows(_COMPARABLE, (str(sorted(found | named)), document, last, first, str(sorted(named)))):
            if number < other or other not in asked:
                yield number, other


def candidates(store: Store, documents: Collection[str] | None) -> Iterator[Pair]:
    """Every pair once, the lesser claim first; given documents, exactly those of the pairs that touch one of them."""
    if documents is not None:
        sql = "SELECT claim.number FROM claim JOIN document ON document.number = claim.document WHERE document.id IN (SELECT value FROM json_each(?))"
        yield from named_pairs(store, near(store, [row[0] for row in store.rows(sql, (listed(documents),))]))
        return
    claims = load_claims(store)
    for earlier, later in sweep(claims):
        yield from named_pairs(store, zip(claims.number[earlier].tolist(), claims.number[later].tolist(), strict=True))


def named_pairs(store: Store, pairs: Iterable[tuple[int, int]]) -> Iterator[Pair]:
    """Pairs of claims given by their numbers, the lesser claim first."""
    found = tuple(pairs)
    names = dict(names_of(store, {number for pair in found for number in pair}))
    for one, other in found:
        left, right = names[one], names[other]
        yield (left, right) if left < right else (right, left)


def names_of(store: Store, numbers: Collection[int]) -> Iterator[tuple[int, ClaimRef]]:
    """The claims of these numbers."""
    sql = """SELECT claim.number, document.id, claim.id FROM claim JOIN document ON document.number = claim.document
             WHERE claim.number IN (SELECT value FROM json_each(?))"""
    return ((number, ClaimRef(document, claim)) for number, document, claim in store.rows(sql, (str(sorted(numbers)),)))


def _around(store: Store, block: int, day: int, tie: int, number: int, but: Collection[int] = ()) -> tuple[list[int], list[int]]:
    """The claims next to a position under a block, before it and after it, those passed over left out."""
    most = NEAREST[kind_of(block)]
    where = (block, day, tie, number, -1 if but else most)
    early, late = ((row[0] for row in store.rows(sql, where) if row[0] not in but) for sql in (_BEFORE, _AFTER))
    return list(islice(early, most)), list(islice(late, most))


def disturbed(store: Store, documents: Collection[str]) -> frozenset[int]:
    """The claims that may be next to other ones than before: neighbours, in a crowded block, of what came with these documents or went.

    Of the neighbours of what came only those that one event holds on both sides: pairs were lost there, and no others matter.
    """
    found: set[int] = set()
    sql = """SELECT claim.number, claim.blocks, claim.day, claim.tie FROM claim JOIN document ON document.number = claim.document
             WHERE document.id IN (SELECT value FROM json_each(?))"""
    came = tuple(store.rows(sql, (listed(documents),)))
    new = frozenset(row[0] for row in came)
    for number, packed, day, tie in came:
        for block in unpack_blocks(packed):
            if sum(map(len, _around(store, block, day, tie, number))) > NEAREST[kind_of(block)]:
                found.update(_torn(store, *_around(store, block, day, tie, number, new)))
    for block, day, tie in tuple(store.rows("SELECT block, day, tie FROM vacated")):
        found.update(chain(*_around(store, block, day, tie, 0)))
    return frozenset(found)


def _torn(store: Store, before: list[int], after: list[int]) -> Iterator[int]:
    if not before or not after:
        return
    sql = """SELECT claim.number, event_claim.event FROM claim JOIN event_claim ON event_claim.document = claim.document AND event_claim.claim = claim.id
             WHERE claim.number IN (SELECT value FROM json_each(?))"""
    early, late = dict[int, int](store.rows(sql, (str(before),))), dict[int, int](store.rows(sql, (str(after),)))
    shared = set(early.values()) & set(late.values())
    yield from (claim for claim, event in (*early.items(), *late.items()) if event in shared)
