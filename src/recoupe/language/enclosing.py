"""Which spans hold a stretch of text? Asked for every event and every source of a document, so that it must not look at all of them each time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from recoupe.model import Span

Item = TypeVar("Item")

_BLOCK = 64  # spans that are passed over at once when none of them reaches far enough


class Enclosing(Generic[Item]):
    """Items by the spans that they stand in.

    >>> quotations = Enclosing([(Span(0, 10), "outer"), (Span(2, 5), "inner"), (Span(20, 30), "other")])
    >>> list(quotations.around(Span(3, 4)))
    ['inner', 'outer']
    >>> list(quotations.around(Span(9, 21)))
    []
    """

    def __init__(self, items: Iterable[tuple[Span, Item]]) -> None:
        self._items = sorted(items, key=lambda pair: (pair[0].start, -pair[0].end))
        self._starts = [span.start for span, _ in self._items]
        self._ends = [span.end for span, _ in self._items]
        self._farthest = [max(self._ends[at : at + _BLOCK]) for at in range(0, len(self._ends), _BLOCK)]

    def around(self, span: Span) -> Iterator[Item]:
        """The items whose span holds the whole of `span`, those that begin last first."""
        at = bisect_right(self._starts, span.start) - 1
        while at >= 0:
            block, place = divmod(at, _BLOCK)
            if self._farthest[block] < span.end:
                at -= place + 1
                continue
            if self._ends[at] >= span.end:
                yield self._items[at][1]
            at -= 1
