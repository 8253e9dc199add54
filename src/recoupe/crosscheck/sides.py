"""For which side does an actor act or speak? A part or an instrument of a state, an army or a movement is not another party than the whole.

The register's `part_of` is followed up to a body of its own; parliaments, courts, parties and media speak for themselves. States of one country
are one side (Germany and Nazi Germany) unless they were rivals at one time (Vichy and Free France).

>>> side_of("ribbentrop") == side_of("de-air-force") == side_of("condor-legion") == "state DEU"
True
>>> side_of("aguirre"), side_of("nationalists-spain"), side_of("unknown")
('basque-government', 'nationalists-spain', 'unknown')
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from recoupe.knowledge.actors import open_register
from recoupe.knowledge.actors.register import ActorEntry

_OWN_VOICE = frozenset({"parliament", "court", "party", "opposition", "media", "religious-body"})
_OF_A_STATE = frozenset({"state", "armed-forces", "police", "intelligence"})


@cache
def side_of(actor: str) -> str:
    """The side of an actor of the register; an unknown id is a side of its own."""
    register = open_register()
    entry, passed = register.get(actor), set[str]()
    if entry is None:
        return actor
    while entry.kind not in _OWN_VOICE and entry.part_of is not None and entry.id not in {*passed, *_rivals()}:
        passed.add(entry.id)
        above = register.get(entry.part_of)
        if above is None:
            break
        entry = above
    if entry.kind in _OF_A_STATE and entry.country is not None and entry.id not in _rivals():
        return f"state {entry.country}"
    return entry.id


@cache
def name_of(actor: str) -> str | None:
    """The register's name of an actor, None for an unknown id."""
    entry = open_register().get(actor)
    return None if entry is None else entry.name


@cache
def _rivals() -> frozenset[str]:
    return frozenset(rival for one, other in combinations(_former_states(), 2) if one.country == other.country and _overlap(one, other)
                     for rival in (one.id, other.id))  # fmt: skip


def _former_states() -> Iterator[ActorEntry]:
    return (entry for entry in open_register().entries if entry.kind == "state" and (entry.since or entry.until))


def _overlap(one: ActorEntry, other: ActorEntry) -> bool:
    return (one.since or "") < (other.until or "9999") and (other.since or "") < (one.until or "9999")
