"""Which place does a name mean that a coder typed and the article's mentions don't have?

The one of that name in the countries that the article speaks of, or the only one there is; where several remain, nothing is guessed and the place
stays a name.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from recoupe.casebook.distance import distance_km
from recoupe.decision import CodedPlace
from recoupe.errors import KnowledgeError
from recoupe.knowledge.places import Gazetteer, PlaceEntry, open_gazetteer

ONE_KM = 25.0  # entries that lie nearer to one another are one place: a town, its district, its airport


@cache
def gazetteer_at_hand() -> Gazetteer | None:
    """The gazetteer, None where there is none to open: `recoupe doctor` says so, and typed places stay names."""
    try:
        return open_gazetteer()
    except KnowledgeError:
        return None


def typed_place(name: str, countries: Collection[str], gazetteer: Gazetteer | None) -> CodedPlace | None:
    """The place that a typed name means in an article that speaks of these countries (ISO 3166-1 alpha-2)."""
    entries = gazetteer.find(name) if gazetteer is not None else ()
    for found in ([entry for entry in entries if entry.country in countries], list(entries)):
        if found:
            return _coded(name, found[0]) if all(_apart(found[0], other) <= ONE_KM for other in found) else None
    return None


def _apart(one: PlaceEntry, other: PlaceEntry) -> float:
    return distance_km(one.latitude, one.longitude, other.latitude, other.longitude) or 0.0


def _coded(name: str, entry: PlaceEntry) -> CodedPlace:
    return CodedPlace(name, entry.id, entry.country, entry.latitude, entry.longitude, entry.precision_km)
