"""How do the events that a check found take the place of earlier ones? Some at a time, so that others can read and write meanwhile.

After every step each claim is in one event at most, and an earlier event's name is answered by the event that took most of its claims so far.
A check that is stopped between two steps leaves a whole casebook. What it settled is noted with a key of all that it depends on, so that the next
one need not do it again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

import msgspec

from recoupe.casebook.connection import Store, listed
from recoupe.casebook.event_rows import EventRow, Rows, insert, insert_links, rows_of, unshare
from recoupe.casebook.events import forget, members, remove
from recoupe.model import ClaimRef, Event, Link

AT_ONCE = 100  # events that are taken away in one step


class Replacement:
    """The events of one check, kept step by step."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._before = store.one("SELECT 1 FROM event") is not None
        self._kept: set[str] = set()
        self._settled: dict[bytes, str] = dict(store.rows("SELECT key, events FROM settled"))
        self._left: dict[ClaimRef, str] = {}  # claims of events that were taken away, until they are in another
        self._takers: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._answers: dict[str, tuple[str, ...]] = {}  # the names that an event which was taken away answered to, its own first

    def keep(self, events: Iterable[Event], links: Iterable[Link]) -> None:
        """Keep events with their links in place of all that hold one of their claims, all or nothing.

        Raises CasebookError when a claim is in two of them, or its document isn't stored.
        """
        self.keep_rows(rows_of(tuple(events), tuple(links)))

    def keep_rows(self, rows: Rows, settled: Iterable[tuple[bytes, tuple[str, ...]]] = ()) -> None:
        """Keep events and links that were made ready, and note what was settled by them: keys with the ids of events."""
        with self._store.transaction():
            gone = self._take_away(self._in_the_way(rows.events)) if self._before else set()
            insert(self._store, rows.events)
            for event in rows.events:
                self._kept.add(event.id)
                gone |= self._hand_over(event)
                self._name(event.id, self._answers.get(event.id, (event.id,))[1:])
            self._store.run("DELETE FROM former_event WHERE id IN (SELECT value FROM json_each(?))", (listed(event.id for event in rows.events),))
            self._forward(gone)
            insert_links(self._store, rows.links)
            self._store.run_many("INSERT OR REPLACE INTO settled (key, events) VALUES (?, ?)", ((key, listed(ids)) for key, ids in settled))

    @property
    def begun(self) -> bool:
        """Whether a check of everything was begun and not finished: the next one has to be of everything too."""
        return bool(self._settled)

    def begin(self) -> None:
        """Note that a check of everything has begun."""
        self._store.run("INSERT OR IGNORE INTO settled (key, events) VALUES (x'', '[]')")

    def again(self, key: bytes | None) -> bool:
        """Whether a check that was stopped has settled what has this key: its events are kept then."""
        found = self._settled.get(key) if key is not None else None
        if found is None:
            return False
        self._kept.update(msgspec.json.decode(found))
        return True

    @property
    def kept(self) -> int:
        """How many events were kept so far."""
        return len(self._kept)

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
            self._store.run("DELETE FROM settled")
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

    def _name(self, heir: str | None, names: Collection[str]) -> None:
        if names:
            self._store.run_many("INSERT OR REPLACE INTO former_event (id, event) VALUES (?, ?)", [(name, heir) for name in names])

    def _in_the_way(self, found: Sequence[EventRow]) -> set[str]:
        """The events that hold a claim of these, or have the name of one."""
        sql = """SELECT DISTINCT event.id FROM json_each(?) AS one JOIN document ON document.id = one.value ->> 0
                 JOIN event_claim ON event_claim.document = document.number AND event_claim.claim = one.value ->> 1
                 JOIN event ON event.number = event_claim.event"""
        pairs = msgspec.json.encode([(claim.document, claim.claim) for event in found for claim in event.claims]).decode()
        return {row[0] for row in self._store.rows(sql, (pairs,))} | {event.id for event in found}

    def _hand_over(self, event: EventRow) -> set[str]:
        """Note which earlier events the claims of a new one come from."""
        if not self._left:
            return set()
        claims = [ClaimRef(one.document, one.claim) for one in event.claims]
        before = [self._left.pop(claim) for claim in claims if claim in self._left]
        for name in before:
            self._takers[name][event.id] += 1
        return set(before)
