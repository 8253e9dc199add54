"""How many does an article on a shooting say were killed and injured, which articles tell of one incident, and what do they say together?

Incidents are the events of the cross-check, all articles read as one pile: that of an article is the one that most articles tell of,
among those that a good part of its claims on violence tell of, in its lead first. The toll of an event is what most of its articles count, later ones a
little more, and what its positions say.

What an article counts is its reading's toll; where that gives nobody, somebody was hurt, or it were no article on a shooting.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from bench.crosschecked import Crosschecked, crosschecked
from bench.sets import Row
from recoupe.model import EventType, Position, Toll

LEADING = 500  # characters in which an article says what it is about
LATER, HALF = 0.3, 0.5  # what the last of an incident's articles, and a position of one, weigh beside the first article's toll
SMALL = 60  # a larger figure is a count of a year or of another event
_VIOLENT: frozenset[EventType] = frozenset({"ASSAULT", "COERCE"})


class Counted(Struct, frozen=True):
    """What an article says of its incident, as the registry has it: numbers, no unknowns."""

    killed: int
    injured: int


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line an article with its killed, injured and event, and one an event with the killed and injured of all its articles."""
    articles = [article for item in items for article in item["articles"]]
    found = crosschecked(articles)
    told_by = {reading.document.key: _counted(reading.toll) for reading in found.readings}
    main = main_events(found)
    for article in articles:
        toll = told_by[article["id"]]
        yield {"id": article["id"], "killed": toll.killed, "injured": toll.injured, "event": main.get(article["id"], article["id"])}
    published = {article["id"]: article.get("published") or "" for article in articles}
    for name, unordered in _members(main).items():
        members = sorted(unordered, key=lambda member: (published[member], member))
        event = next(event for event in found.checked.events if event.id == name)
        killed = _together(event.positions.killed, [told_by[member].killed for member in members])
        injured = _together(event.positions.wounded, [told_by[member].injured for member in members])
        yield {"event": name, "killed": killed, "injured": injured}
    for article in articles:
        if article["id"] not in main:
            toll = told_by[article["id"]]
            yield {"event": article["id"], "killed": toll.killed, "injured": toll.injured}


def _counted(toll: Toll | None) -> Counted:
    killed = 0 if toll is None else toll.killed or 0
    return Counted(killed, int(not killed) if toll is None or toll.wounded is None else toll.wounded)


def main_events(found: Crosschecked) -> dict[str, str]:
    """The event that each article is about; an article without a claim on violence is about none."""
    event_of = {claim: event for event in found.checked.events for claim in event.claims}
    weight: dict[str, Counter[str]] = defaultdict(Counter)
    for account in found.accounts:
        if account.type in _VIOLENT and account.happened and not account.aggregate:
            weight[found.article(account.ref.document)][event_of[account.ref].id] += 3 if account.at < LEADING else 1
    size = {event.id: len(event.documents) for event in found.checked.events}
    return {
        article: max(events, key=lambda event: (3 * events[event] >= max(events.values()), size[event], events[event], event))
        for article, events in weight.items()
    }


def _members(main: dict[str, str]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for article, event in main.items():
        members[event].append(article)
    return members


def _together(positions: Sequence[Position], words: Sequence[int]) -> int:
    """What most articles count, given in the order of their days, half as much again where their claims do, the larger of equals.

    A later article weighs up to a third more: the registry is final, and who was hurt may have died since.
    """
    values: defaultdict[int, float] = defaultdict(float)
    for place, value in enumerate(words):
        values[value] += 1 + LATER * place / len(words)
    for position in positions:
        if position.low is not None and position.low <= SMALL:
            values[int(position.low)] += HALF * len({claim.document for claim in position.claims})
    return max(values, key=lambda value: (values[value], value))
