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
from functools import cache, lru_cache
from itertools import combinations
from typing import Literal

from recoupe.knowledge.actors import open_register
from recoupe.knowledge.actors.register import ActorEntry
from recoupe.language.actors import nouns_at, pieces_of
from recoupe.language.pack import LANGUAGES
from recoupe.model import Language

_OWN_VOICE = frozenset({"parliament", "court", "party", "opposition", "media", "religious-body"})
Force = Literal["state", "irregular"]

_FORCES: dict[str | None, Force] = {
    **dict.fromkeys(("GOV", "MIL", "COP", "SPY"), "state"),
    **dict.fromkeys(("REB", "CRM", "PRM"), "irregular"),
}
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


@lru_cache(maxsize=65_536)
def force_of(actor: str | None, name: str) -> Force | None:
    """Whether a party is of a state's forces or of irregular ones: by the register, else by the nouns of its name; None where that can't be told.

    >>> force_of(None, "des rebelles"), force_of(None, "warplanes"), force_of("islamic-state", "Daech"), force_of(None, "a man")
    ('irregular', 'state', 'irregular', None)
    """
    if actor is not None:
        entry = open_register().get(actor)
        return None if entry is None else _FORCES.get("GOV" if entry.kind in _OF_A_STATE else entry.sector)
    found = {force for language in LANGUAGES for sector in _sectors(name, language) if (force := _FORCES.get(sector)) is not None}
    return found.pop() if len(found) == 1 else None


def _sectors(name: str, language: Language) -> Iterator[str]:
    """The sectors of the nouns of a description that say of themselves who is meant ("rebels", "air force", and not "members")."""
    pieces, at = pieces_of(name), 0
    while at < len(pieces):
        telling = next((noun for noun in nouns_at(pieces, at, language) if noun.noun.alone != "never" or noun.noun.role is not None), None)
        if telling is not None:
            yield telling.noun.sector
        at += len(telling.words) if telling is not None else 1


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
