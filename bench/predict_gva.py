"""How many does an article on a shooting say were killed and injured, which articles tell of one incident, and what do they say together?

Incidents are the events of the cross-check, all articles read as one pile: that of an article is the one that most articles tell of, among those that
its claims on violence tell of; of equals the one that more of them do, in its lead and with its toll first. The toll of an event is what most of its articles count in all or stand
behind among its positions, each article once for a number, of equals what was told last.

What an article counts is its reading's toll; where that gives nobody, somebody was hurt, or it were no article on a shooting.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from bench.crosschecked import Crosschecked, crosschecked
from bench.sets import Row
from recoupe.model import EventType, Position, Toll

LEADING = 500  # characters in which an article says what it is about
LEADS = 3  # what a claim there, or one that the article's toll is of, weighs beside one that is neither
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
    for name, members in _members(main).items():
        event = next(event for event in found.checked.events if event.id == name)
        killed = {(member, told_by[member].killed) for member in members} | _standing(found, event.positions.killed)
        injured = {(member, told_by[member].injured) for member in members} | _standing(found, event.positions.wounded)
        yield {"event": name, "killed": _prevailing(killed, published), "injured": _prevailing(injured, published)}
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
    tolls = {reading.document.id: reading.toll.claims for reading in found.readings if reading.toll is not None}
    weight: dict[str, Counter[str]] = defaultdict(Counter)
    for account in found.accounts:
        document, claim = account.ref.document, account.ref.claim
        if account.type in _VIOLENT and account.happened and not account.aggregate:
            leads = (account.at < LEADING) + (claim in tolls.get(document, ()))
            weight[found.article(document)][event_of[account.ref].id] += LEADS * leads or 1
    size = {event.id: len(event.documents) for event in found.checked.events}
    return {article: max(events, key=lambda event: (size[event], events[event], event)) for article, events in weight.items()}


def _members(main: dict[str, str]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for article, event in main.items():
        members[event].append(article)
    return members


def _standing(found: Crosschecked, positions: Sequence[Position]) -> set[tuple[str, int]]:
    """The articles behind each position, with its number."""
    return {
        (found.article(claim.document), int(position.low))
        for position in positions
        if position.low is not None and position.low <= SMALL
        for claim in position.claims
    }


def _prevailing(told: Collection[tuple[str, int]], published: Mapping[str, str]) -> int:
    """The number that most articles tell, of equals the one told last, then the larger; an article may tell several."""
    times = Counter(number for _, number in told)
    return max(told, key=lambda each: (times[each[1]], published[each[0]], each[1]))[1]
