"""Which articles of event_groups share an event, which tolls does each give, and which are copies of one text?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from bench.crosschecked import Crosschecked, crosschecked
from bench.sets import Row
from recoupe.model import ClaimRef, Event, Position


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """The events of every article, the positions of every event, and the pairs of copies, all groups read as one pile."""
    found = crosschecked(article for group in items for article in group["articles"])
    events_of: dict[str, list[str]] = {found.article(document.info.id): [] for document in found.documents}
    for event in found.checked.events:
        for document in event.documents:
            events_of[found.article(document.id)].append(event.id)
    yield from ({"id": article, "events": events} for article, events in events_of.items())
    yield from ({"event": event.id, "positions": list(_positions(event, found))} for event in found.checked.events)
    pairs = [pair for group in found.copies for pair in combinations(map(found.article, group), 2)]
    yield {"recycled": [list(pair) for pair in pairs]}


def _positions(event: Event, found: Crosschecked) -> Iterator[Row]:
    for measure, positions in (("killed", event.positions.killed), ("wounded", event.positions.wounded)):
        for position in positions:
            yield {"measure": measure, "low": position.low, "high": position.high, "articles": _articles(position, found)}


def _articles(position: Position, found: Crosschecked) -> list[str]:
    claims: tuple[ClaimRef, ...] = position.claims
    return sorted({found.article(claim.document) for claim in claims})
