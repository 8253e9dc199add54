"""Which articles of event_groups share an event, which tolls does each give, and which are copies of one text?

The event that a group is about is what most of its articles tell; of several, the one that more of them lead with, and say more of there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from bench.crosschecked import Crosschecked, crosschecked
from bench.predict_gva import LEADING
from bench.sets import Row
from recoupe.model import ClaimRef, Event, Position


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """The events of every article, the positions of every event, and the pairs of copies, all groups read as one pile."""
    groups = list(items)
    found = crosschecked(article for group in groups for article in group["articles"])
    events_of: dict[str, list[str]] = {found.article(document.info.id): [] for document in found.documents}
    for event in found.checked.events:
        for document in event.documents:
            events_of[found.article(document.id)].append(event.id)
    yield from ({"id": article, "events": events} for article, events in events_of.items())
    yield from ({"event": event.id, "positions": list(_positions(event, found))} for event in found.checked.events)
    for group in groups:
        about = _about(group, found)
        if about is not None:
            yield {"group": group["group"], "positions": list(_positions(about, found))}
    pairs = [pair for group in found.copies for pair in combinations(map(found.article, group), 2)]
    yield {"recycled": [list(pair) for pair in pairs]}


def _about(group: Row, found: Crosschecked) -> Event | None:
    """The event that a group of articles is about, None where they tell of none."""
    members = {article["id"] for article in group["articles"]}
    event_of = {claim: event.id for event in found.checked.events for claim in event.claims}
    leading = [account.ref for account in found.accounts if account.at < LEADING and found.article(account.ref.document) in members]
    said = Counter(event_of[ref] for ref in leading)
    led = Counter(event for event, _ in {(event_of[ref], ref.document) for ref in leading})
    told = Counter(event.id for event in found.checked.events for document in event.documents if found.article(document.id) in members)
    return max(
        (event for event in found.checked.events if told[event.id]),
        key=lambda event: (told[event.id], led[event.id], said[event.id], event.id),
        default=None,
    )


def _positions(event: Event, found: Crosschecked) -> Iterator[Row]:
    for measure, positions in (("killed", event.positions.killed), ("wounded", event.positions.wounded)):
        for position in positions:
            yield {"measure": measure, "low": position.low, "high": position.high, "articles": _articles(position, found)}


def _articles(position: Position, found: Crosschecked) -> list[str]:
    claims: tuple[ClaimRef, ...] = position.claims
    return sorted({found.article(claim.document) for claim in claims})
