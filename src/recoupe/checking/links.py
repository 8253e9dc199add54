"""Which reports are linked? All of a casebook, or those that a change can touch, with the scores of their links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from recoupe.casebook import REPORTS, Casebook, Claims, distinct, sweep
from recoupe.checking.desk import Desk, Numbers, Sketchbook
from recoupe.crosscheck import LIKELY, load_weights, possible, scores
from recoupe.errors import CasebookError

AT_ONCE = 1_000  # pairs that are compared in full together

Pairs = tuple[Numbers, Numbers]


class Linked(Struct, frozen=True):
    """Reports by number, in the order in which they are to be settled, and the links between them: by their places in `reports`, with scores."""

    reports: Numbers
    left: Numbers
    right: Numbers
    score: npt.NDArray[np.float64]


def everything(casebook: Casebook, desk: Desk) -> Linked:
    """All reports of the casebook, in the order of time, so that what is settled together stands together, and all links."""
    desk.tell()
    with casebook.snapshot():
        book = desk.sketchbook()
        if book is None:
            raise CasebookError(
                f"{casebook.path}: another process with another version of recoupe is writing into it: let one of them end, then try again"
            )
        claims = casebook.reports().columns()
        numbers, first = np.unique(claims.report, return_index=True)
        one, other = _unique(_swept(book, claims))
        del claims
        one, other, score = _links(desk, book, one, other)
    in_time = numbers[np.argsort(first)]
    rank = np.empty(len(book.reports), np.int64)
    rank[np.searchsorted(book.reports, in_time)] = np.arange(len(in_time))
    return Linked(in_time, rank[one], rank[other], score)


def _swept(book: Sketchbook, claims: Claims) -> Iterator[Pairs]:
    for earlier, later in sweep(claims):
        yield _likely(book, claims.report[earlier], claims.report[later])


def _likely(book: Sketchbook, left: Numbers, right: Numbers) -> Pairs:
    """Those of the pairs of reports, given by number, that may be linked, as rows of the book, each once."""
    rows = [np.searchsorted(book.reports, side) for side in (np.minimum(left, right), np.maximum(left, right))]
    one, other = _unique([(rows[0], rows[1])])
    kept = possible(book.sketches, one, other, load_weights(), LIKELY)
    return one[kept], other[kept]


def _unique(pairs: Iterable[Pairs]) -> Pairs:
    """The pairs of rows, each once: two reports may meet by several claims."""
    found = distinct(np.concatenate([np.empty(0, np.int64), *(one << 32 | other for one, other in pairs)]))
    return found >> 32, found & 0xFFFFFFFF


def _links(desk: Desk, book: Sketchbook, one: Numbers, other: Numbers) -> tuple[Numbers, Numbers, npt.NDArray[np.float64]]:
    """Those of the pairs that are links, and their scores."""
    found, certain = scores(book.sketches, one, other, load_weights())
    unsure = np.flatnonzero(~certain)
    for start in range(0, len(unsure), AT_ONCE):
        some = unsure[start : start + AT_ONCE]
        left, right = (book.reports[side[some]].tolist() for side in (one, other))
        desk.fetch({*left, *right})
        found[some] = [desk.score(*pair) for pair in zip(left, right, strict=True)]
    linked = found > LIKELY
    return one[linked], other[linked], found[linked]


def touched(casebook: Casebook, desk: Desk, changed: Collection[str]) -> Linked | None:
    """The reports whose events a change can touch, and the links between these: whole components; None where all has to be looked at."""
    desk.tell(changed)
    reports = casebook.reports()
    seen: set[int] = set()
    linked: dict[tuple[int, int], float] = {}
    tied = desk.tied()
    partners = [{tied[ref] for ref in (one.left, one.right) if ref in tied} for one in desk.decided]
    edge = {*reports.in_documents(changed), *reports.of_claims(reports.disturbed(changed)).values(), *reports.with_documents(changed)}
    while edge:
        seen |= edge
        pairs = list(reports.near(list(reports.claims(edge))))
        home = reports.of_claims({number for pair in pairs for number in pair})
        book = desk.sketchbook({report // REPORTS for report in home.values()})
        if book is None:
            return None
        ends = [(home[one], home[other]) for one, other in pairs if one in home and other in home]
        likely = _likely(book, *(np.array([end[side] for end in ends], dtype=np.int64) for side in (0, 1)))
        one, other, score = _links(desk, book, *likely)
        fresh = dict(zip(zip(book.reports[one].tolist(), book.reports[other].tolist(), strict=True), score.tolist(), strict=True))
        linked |= fresh
        edge = {end for pair in fresh for end in pair} | reports.beside(edge) | {end for pair in partners if pair & edge for end in pair}
        edge -= seen
    numbers = np.array(sorted(seen), dtype=np.int64)
    left, right = (np.searchsorted(numbers, np.array([pair[side] for pair in linked], dtype=np.int64)) for side in (0, 1))
    return Linked(numbers, left, right, np.array(list(linked.values())))
