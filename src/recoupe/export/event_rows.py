"""Which cells does one event give the tables, in the terms of ACLED and PLOVER?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from babel import Locale

from recoupe.export.reading_rows import Row, between
from recoupe.export.sheet import joined
from recoupe.model import AcledType, Event, Position

EVENT = (
    "event_id", "event_date", "event_date_end", "year", "time_precision", "event_type", "sub_event_type", "plover_type", "plover_mode",
    "actor1", "actor2", "actors", "recipients", "country", "iso2", "location", "latitude", "longitude", "geo_precision", "precision_km",
    "sources", "documents", "independent_origins", "origins", "fatalities_low", "fatalities_high", "fatalities", "wounded_low", "wounded_high",
    "occurred", "disputed", "notes",
)  # fmt: skip
POSITION = (
    "event_id", "attribute", "position", "value", "low", "high", "approximate", "independent_origins", "origins", "first_said", "claims",
    "disputed", "dispute",
)  # fmt: skip
MEMBER = ("event_id", "document_id", "claim_id")

# ACLED's event type of each of its sub-types (codebook 2023).
_EVENT_TYPES: Final[dict[str, tuple[AcledType, ...]]] = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    ),
}  # fmt: skip
_TYPE_OF = {sub_type: kind for kind, sub_types in _EVENT_TYPES.items() for sub_type in sub_types}
TOWN_KM, REGION_KM = 10.0, 75.0  # up to these a place is ACLED's geo_precision 1 (the place itself) and 2 (near it, part of a region)
WEEK, MONTH = 7, 31  # days


def event_row(event: Event, mode: str | None) -> Row:
    """An event as ACLED's users know it; `mode` is PLOVER's, the most frequent of its claims."""
    place = event.place
    dead, hurt, occurred = event.positions.killed, event.positions.wounded, event.positions.occurred
    values = {position.value for position in occurred}
    return (
        event.id, event.date_start, event.date_end, int(event.date_start[:4]) if event.date_start else None,
        time_precision(event.date_start, event.date_end), acled_event_type(event.acled), event.acled, event.type, mode,
        next(iter(event.actors), None), next(iter(event.recipients), None) or next(iter(event.actors[1:]), None),
        joined(event.actors), joined(event.recipients),
        country_name(place.country) if place and place.country else None, place.country if place else None, place.name if place else None,
        place.latitude if place else None, place.longitude if place else None, geo_precision(place.precision_km) if place else None,
        place.precision_km if place else None, joined(document.outlet or document.key for document in event.documents), len(event.documents),
        event.independent_origins, joined(origin.name for origin in event.origins), least(dead), greatest(dead), _summed_up(dead), least(hurt),
        greatest(hurt), "disputed" if len(values) > 1 else next(iter(values), None), joined(dispute.attribute for dispute in event.disputes),
        joined(f"{dispute.attribute}: {dispute.reason}" for dispute in event.disputes),
    )  # fmt: skip


def position_rows(event: Event) -> Iterator[Row]:
    """Every version of every attribute, and who stands behind it."""
    for attribute in event.positions.__struct_fields__:
        disputes = [dispute for dispute in event.disputes if dispute.attribute == attribute]
        positions: tuple[Position, ...] = getattr(event.positions, attribute)
        for number, position in enumerate(positions):
            reasons = [dispute.reason for dispute in disputes if number in dispute.positions]
            yield (
                event.id, attribute, number, position.value, position.low, position.high, position.approximate, position.independent_origins,
                joined(position.origins), position.first_said, joined(f"{claim.document}/{claim.claim}" for claim in position.claims),
                bool(reasons), joined(reasons),
            )  # fmt: skip


def time_precision(start: str | None, end: str | None) -> int | None:
    """ACLED's precision of a date: 1 a day, 2 a week, 3 a month or more; None without a date.

    >>> time_precision("1937-04-26", "1937-04-26"), time_precision("1937-04-01", "1937-04-30")
    (1, 3)
    """
    if start is None:
        return None
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1 if end else 1
    return 1 if days <= 1 else 2 if days <= WEEK else 3


def geo_precision(kilometres: float | None) -> int | None:
    """ACLED's precision of a place: 1 the place itself, 2 near it or part of a region, 3 a region or more; None where it is unknown.

    >>> geo_precision(5), geo_precision(40), geo_precision(300)
    (1, 2, 3)
    """
    if kilometres is None:
        return None
    return 1 if kilometres <= TOWN_KM else 2 if kilometres <= REGION_KM else 3


def least(positions: tuple[Position, ...]) -> float | None:
    """The least number that anybody gives."""
    return min((number for position in positions for number in (position.low, position.high) if number is not None), default=None)


def greatest(positions: tuple[Position, ...]) -> float | None:
    """The greatest number that anybody gives."""
    return max((number for position in positions for number in (position.low, position.high) if number is not None), default=None)


def acled_event_type(sub_type: AcledType | None) -> str | None:
    """ACLED's event type of one of its sub-types.

    >>> acled_event_type("Air/drone strike")
    'Explosions/Remote violence'
    """
    return _TYPE_OF[sub_type] if sub_type else None


@cache
def country_name(code: str) -> str:
    """A country's English name (Unicode CLDR), or its code where that has none.

    >>> country_name("SY"), country_name("XX")
    ('Syria', 'XX')
    """
    return Locale("en").territories.get(code) or code


def _summed_up(positions: tuple[Position, ...]) -> str | None:
    """Every number with the origins behind it: `22–28 (3 origins) | 35 (1 origin)`."""
    given = (
        f"{'~' if one.approximate else ''}{between(one.low, one.high)} ({one.independent_origins} origin{'s'[: one.independent_origins != 1]})"
        for one in positions
    )
    return " | ".join(given) or None
