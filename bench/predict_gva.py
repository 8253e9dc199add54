"""Which articles of gva tell of one incident, and how many were killed and injured in it?

An article may tell of several events; the one that most of its claims, and of those the first, are of is the one that it is about. The figure of
an incident is the version that most independent origins give, the latest of equals; nobody is asked for one figure elsewhere in the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.crosschecked import crosschecked
from bench.sets import Row
from recoupe.model import Event, Position


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """The event of every article, and the figures of every event that is the one of some article."""
    found = crosschecked(article for incident in items for article in incident["articles"])
    about: dict[str, tuple[tuple[int, int, int], Event]] = {}
    for event in found.checked.events:
        if event.type not in ("ASSAULT", "COERCE", "PROTEST"):
            continue
        for document in event.documents:
            claims = [claim for claim in event.claims if claim.document == document.id]
            told = bool(event.positions.killed) + bool(event.positions.wounded)
            rank = (len(event.documents), told, len(claims))
            if document.id not in about or rank > about[document.id][0]:
                about[document.id] = (rank, event)
    for name, (_, event) in about.items():
        yield {"id": found.article(name), "event": event.id}
    for event in {event.id: event for _, event in about.values()}.values():
        yield {"event": event.id, "killed": _figure(event.positions.killed), "injured": _figure(event.positions.wounded)}


def _figure(positions: tuple[Position, ...]) -> int:
    """The figure that most independent origins give, the latest of equals; 0 where nobody gives one."""
    given = [(position.independent_origins, position.first_said or "", position.low or position.high or 0) for position in positions]
    return round(max(given, default=(0, "", 0.0))[2])
