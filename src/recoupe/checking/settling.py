"""How is much settled at once? Component by component, some hundred in a batch, by several processes where that is worth their start.

What comes of a batch is a pure function of what is stored; batches come back in their order, so that events are the same whoever settled them.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path
from queue import SimpleQueue

import msgspec
from msgspec import Struct

from recoupe.casebook import REPORTS, Rows, rows_of
from recoupe.checking.desk import Desk
from recoupe.checking.helpers import Helper, helper
from recoupe.checking.links import Linked
from recoupe.crosscheck import components
from recoupe.versions import check_version

BATCH = 600  # reports that are settled together
WORTH = 20_000  # reports for which other processes are started: about ten seconds of work
MOST_PROCESSES = 4  # one process writes what the others find, and can't keep step with more
AHEAD = 2  # batches that wait for each of them


class Part(Struct, frozen=True, array_like=True, gc=False):
    """A component: its reports by number, the links between them by their places there with scores, and a key that is that of its content."""

    reports: tuple[int, ...]
    links: tuple[tuple[int, int, float], ...]
    key: bytes | None


class Settled(Struct, frozen=True, array_like=True):
    """What came of a batch: events and links, and the ids of the events of each component that has a key."""

    rows: Rows
    settled: tuple[tuple[bytes, tuple[str, ...]], ...]


Batch = tuple[Part, ...]


def parts(linked: Linked, ties: Sequence[tuple[int, int]], changes: Mapping[int, int] | None) -> Iterator[Part]:
    """What no link and no decision leaves, by their first reports; given the last changes of documents by number, with the keys of their content."""
    links = list(zip(linked.left.tolist(), linked.right.tolist(), linked.score.tolist(), strict=True))
    numbers = linked.reports.tolist()
    for group, inside in components(len(numbers), links, ties):
        place = {whole: at for at, whole in enumerate(group)}
        reports = tuple(numbers[at] for at in group)
        between = tuple((place[left], place[right], score) for left, right, score in (links[at] for at in inside))
        yield Part(reports, between, None if changes is None else _key(reports, between, changes))


def _key(reports: Sequence[int], links: Sequence[tuple[int, int, float]], changes: Mapping[int, int]) -> bytes:
    """All that the events of a component depend on: its reports as their documents were last changed, its links, the program."""
    content = (check_version(), reports, [changes.get(number // REPORTS, 0) for number in reports], links)
    return blake2b(msgspec.msgpack.encode(content), digest_size=16).digest()


def batches(found: Iterable[Part]) -> Iterator[Batch]:
    """The components in batches, in their order."""
    batch: list[Part] = []
    many = 0
    for part in found:
        batch.append(part)
        many += len(part.reports)
        if many >= BATCH:
            yield tuple(batch)
            batch, many = [], 0
    if batch:
        yield tuple(batch)


def settled(desk: Desk, waiting: Iterable[Batch]) -> Iterator[tuple[Batch, Settled]]:
    """What comes of every batch, in their order."""
    given = tuple(waiting)
    many = helpers_used()
    alone = not many or desk.casebook.writing  # others don't see what is not kept yet
    if alone or sum(len(part.reports) for batch in given for part in batch) < WORTH:
        yield from ((batch, settle_batch(desk, batch)) for batch in given)
    else:
        yield from _elsewhere(desk.casebook.path, given, many)


def settle_batch(desk: Desk, batch: Batch) -> Settled:
    """The events of a batch of components and the links that hold them together, as the casebook keeps them."""
    desk.fetch({number for part in batch for number in part.reports})
    found = [(part, desk.settle(part.reports, part.links)) for part in batch]
    rows = rows_of([event for _, each in found for event in each.events], [link for _, each in found for link in each.links])
    return Settled(rows, tuple((part.key, tuple(event.id for event in each.events)) for part, each in found if part.key is not None))


def helpers_used() -> int:
    """How many processes help with much, one for each processor up to a few; none where there is one processor."""
    many = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(many, MOST_PROCESSES) if many > 1 else 0


def _elsewhere(casebook: Path, given: Sequence[Batch], many: int) -> Iterator[tuple[Batch, Settled]]:
    with ExitStack() as stack:
        helpers = SimpleQueue[Helper]()
        for _ in range(many):
            helpers.put(stack.enter_context(helper(casebook)))
        threads = stack.enter_context(_ended(ThreadPoolExecutor(many)))
        sent: deque[tuple[Batch, Future[bytes]]] = deque()
        for batch in given:
            sent.append((batch, threads.submit(_asked, helpers, msgspec.msgpack.encode(batch))))
            if len(sent) > AHEAD * many:
                yield _received(*sent.popleft())
        while sent:
            yield _received(*sent.popleft())


def _asked(helpers: SimpleQueue[Helper], batch: bytes) -> bytes:
    free = helpers.get()
    try:
        return free.ask(batch)
    finally:
        helpers.put(free)


def _received(batch: Batch, answer: Future[bytes]) -> tuple[Batch, Settled]:
    return batch, msgspec.msgpack.decode(answer.result(), type=Settled)


@contextmanager
def _ended(threads: ThreadPoolExecutor) -> Iterator[ThreadPoolExecutor]:
    try:
        yield threads
    finally:
        threads.shutdown(cancel_futures=True)


def answered(desk: Desk, batch: bytes) -> bytes:
    """What a helper answers: what comes of a batch, both packed."""
    return msgspec.msgpack.encode(settle_batch(desk, msgspec.msgpack.decode(batch, type=Batch)))
