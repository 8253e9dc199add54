"""How do the events that a check found take the place of earlier ones? Some at a time, so that others can read and write meanwhile.

After every step each claim is in one event at most, and an earlier event's name is answered by the event that took most of its claims so far.
A check that is stopped between two steps leaves a whole casebook; what it had to do is done by the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

import msgspec

from recoupe.casebook.checks import store_links
from recoupe.casebook.connection import Store, listed
from recoupe.casebook.doubts import link_doubts
from recoupe.casebook.events import forget, insert, members, remove
from recoupe.casebook.weighing import unshare, weigh_event
from recoupe.model import ClaimRef, Event, Link

AT_ONCE = 100  # events that are taken away in one step


class Replacement:
    """The events of one check, kept step by step."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._before = store.one("SELECT 1 FROM event") is not None
        self._kept: set[str] = set()
        self._left: dict[ClaimRef, str] = {}  # claims of events that were taken away, until they are in another
        self._takers: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._answers: dict[str, tuple[str, ...]] = {}  # the names that an event which was taken away answered to, its own first

    def keep(self, events: Iterable[Event], links: Iterable[Link]) -> None:
        """Keep events with their links in place of all that hold one of their claims, all or nothing.

        Raises CasebookError when a claim is in two of them, or its document isn't stored.
        """
        with self._store.transaction():
            found, ties = tuple(events), tuple(links)
            near = link_doubts(ties)
            gone = self._take_away(self._in_the_way(found)) if self._before else set()
            for event in found:
                insert(self._store, event)
                weigh_event(self._store, event, near)
                self._kept.add(event.id)
                gone |= self._hand_over(event)
                self._name(event.id, self._answers.get(event.id, (event.id,))[1:])
                self._store.run("DELETE FROM former_event WHERE id = ?", (event.id,))
            self._forward(gone)
            store_links(self._store, ties)

    def finish(self, stale: Collection[str] | None) -> None:
        """Take away those of the stale events, or of all where None are given, that were not kept."""
        if self._before:
            names = [row[0] for row in self._store.rows("SELECT id FROM event")] if stale is None else stale
            old = sorted(name for name in names if name not in self._kept)
            for start in range(0, len(old), AT_ONCE):
                with self._store.transaction():
                    self._forward(self._take_away(old[start : start + AT_ONCE]))
        with self._store.transaction():
            unshare(self._store, self._left)
            forget(self._store)

    def _take_away(self, names: Iterable[str]) -> set[str]:
        """Remove those of the events that exist."""
        sql = "SELECT id FROM event WHERE id IN (SELECT value FROM json_each(?))"
        found = {row[0] for row in self._store.rows(sql, (listed(set(names) - self._kept),))}
        for name, claims in members(self._store, found).items():
            followers = self._store.rows("SELECT id FROM former_event WHERE event = ?", (name,))
            self._answers[name] = (name, *(row[0] for row in followers))
            remove(self._store, name)
            self._left |= dict.fromkeys(claims, name)
        return found

    def _forward(self, gone: Iterable[str]) -> None:
        for name in gone:
            if name not in self._kept:
                takers = self._takers[name]
                self._name(min(takers, key=lambda taker: (-takers[taker], taker), default=None), self._answers[name])

    def _name(self, heir: str | None, names: Iterable[str]) -> None:
        self._store.run_many("INSERT OR REPLACE INTO former_event (id, event) VALUES (?, ?)", [(name, heir) for name in names])

    def _in_the_way(self, found: Sequence[Event]) -> set[str]:
        """The events that hold a claim of these, or have the name of one."""
        sql = """SELECT DISTINCT event.id FROM json_each(?) AS one JOIN document ON document.id = one.value ->> 0
                 JOIN event_claim ON event_claim.document = document.number AND event_claim.claim = one.value ->> 1
                 JOIN event ON event.number = event_claim.event"""
        pairs = msgspec.json.encode([(claim.document, claim.claim) for event in found for claim in event.claims]).decode()
        return {row[0] for row in self._store.rows(sql, (pairs,))} | {event.id for event in found}

    def _hand_over(self, event: Event) -> set[str]:
        """Note which earlier events the claims of a new one come from."""
        before = [self._left.pop(claim) for claim in event.claims if claim in self._left]
        for name in before:
            self._takers[name][event.id] += 1
        return set(before)
