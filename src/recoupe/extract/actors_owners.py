"""Which entry of the register do a noun and those it belongs to name? A group itself, an institution of a state, or a person in office."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from recoupe.knowledge.actors import ActorEntry, Register
from recoupe.language.actors import ActorNoun

COUNTRIES = frozenset({"state", "territory", "people"})


class Owner(Struct, frozen=True):
    """Whose a noun is: an entry, and how it is tied to the noun ("adjective", "of", "beside"); `bare` where a country has no article ("d'Irak")."""

    entry: ActorEntry | None
    how: str
    last: int
    bare: bool = False


def resolve(register: Register, noun: ActorNoun, owners: Sequence[Owner], on: str | None) -> ActorEntry | None:
    """The actor that a noun and its owners name: a group itself, the institution of a state, or the state whose government bears a person's name."""
    if noun.role == "government":
        named = (register.ruled_by(owner.entry) for owner in owners if owner.entry is not None)
        state = next((entry for entry in named if entry is not None), None)
        if state is not None:
            return state
    known = [owner for owner in owners if owner.entry is not None]
    beside = next((owner.entry for owner in known if owner.how == "beside"), None)
    if beside is not None:
        return beside
    # "German airmen of the Condor Legion": a force that is named says more than the country.
    for owner in sorted(known, key=lambda one: one.entry is not None and one.entry.kind in COUNTRIES):
        entry = owner.entry
        if entry is None or (noun.owner == "other" and owner.how == "of"):
            continue
        if entry.kind == "people":
            return None
        if entry.kind != "state":
            return entry
        if noun.role in {"government", "ministry"} or noun.owner == "other":
            return entry
        return register.of(entry, noun.role, on) if noun.role else None
    return None


def person_entry(register: Register, name: str, on: str | None = None) -> ActorEntry | None:
    """The person of the register that a name means, of several the one in office on the day; None when there is none or no telling."""
    found = [entry for entry in register.find(name) if entry.kind == "person"]
    if on is not None and len(found) > 1:
        found = [entry for entry in found if entry.lived(on)]
    return found[0] if len(found) == 1 else None
