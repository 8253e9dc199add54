"""How does the address of a page name a filter? The same names as the command line's options, so that a view can be shared.

>>> read_filter(QueryParams("since=1937-04-01&disputed=1&type=ASSAULT")).type
'ASSAULT'
>>> write_filter(read_filter(QueryParams("actor=Germany&page=3&origins=2")))
'actor=Germany&origins=2'
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from recoupe.casebook import Box, Circle, EventFilter, Order, QueueFilter
from recoupe.casebook.queue import QueueOrder, Readers
from recoupe.errors import RecoupeError
from recoupe.model import EventType, Language

Value = TypeVar("Value", bound=str)
LONGEST = 400  # code points of a value; no one types more


class AddressError(RecoupeError):
    """An address asks for something that is none."""


def read_filter(asked: QueryParams) -> EventFilter:
    """The filter that an address names; raises AddressError, saying what is wrong with it."""
    given = {name: value.strip()[:LONGEST] for name, value in asked.items() if value.strip()}
    origins = given.get("origins")
    if origins is not None and not (origins.isascii() and origins.isdecimal() and len(origins) < 7):
        raise AddressError(f"origins={origins!r} is no number: write it as origins=2")
    return EventFilter(
        since=day_of(given, "since"),
        until=day_of(given, "until"),
        area=_area(given),
        actor=given.get("actor"),
        type=one_of(given, "type", get_args(EventType)),
        outlet=given.get("outlet"),
        language=one_of(given, "language", get_args(Language)),
        disputed=given.get("disputed") in {"1", "on", "true"},
        minimum_origins=int(origins) if origins is not None else None,
        words=given.get("words"),
        order=one_of(given, "order", get_args(Order)) or "day",
    )


def filter_values(wanted: EventFilter) -> dict[str, str]:
    """The names and values that an address gives a filter by, in order."""
    values = {
        "words": wanted.words, "since": wanted.since, "until": wanted.until, "actor": wanted.actor, "type": wanted.type, "outlet": wanted.outlet,
        "language": wanted.language, "disputed": "1" if wanted.disputed else None,
        "origins": None if wanted.minimum_origins is None else str(wanted.minimum_origins), "order": None if wanted.order == "day" else wanted.order,
    }  # fmt: skip
    found = {name: value for name, value in values.items() if value is not None}
    match wanted.area:
        case Box(south, west, north, east):
            found["box"] = ",".join(_short(each) for each in (south, west, north, east))
        case Circle(latitude, longitude, radius):
            found["near"] = ",".join(_short(each) for each in (latitude, longitude, radius))
    return found


def write_filter(wanted: EventFilter, **changes: str | None) -> str:
    """The address of a filter with some of its values changed, None taking one away."""
    values: dict[str, str | None] = {**filter_values(wanted), **changes}
    return urlencode({name: value for name, value in values.items() if value})


def _short(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")


def read_queue(asked: QueryParams) -> QueueFilter:
    """The filter of the review's queue that an address names; raises AddressError, saying what is wrong with it."""
    given = {name: value.strip()[:LONGEST] for name, value in asked.items() if value.strip()}
    return QueueFilter(
        type=one_of(given, "type", get_args(EventType)),
        outlet=given.get("outlet"),
        since=day_of(given, "since"),
        until=day_of(given, "until"),
        actor=given.get("actor"),
        document=given.get("document"),
        order=one_of(given, "order", get_args(QueueOrder)) or "weight",
        reading=one_of(given, "readers", get_args(Readers)) or "sample",
    )


def queue_values(wanted: QueueFilter) -> dict[str, str]:
    """The names and values that an address gives a filter of the queue by, in order."""
    values = {
        "type": wanted.type, "outlet": wanted.outlet, "since": wanted.since, "until": wanted.until, "actor": wanted.actor, "document": wanted.document,
        "order": None if wanted.order == "weight" else wanted.order, "readers": None if wanted.reading == "sample" else wanted.reading,
    }  # fmt: skip
    return {name: value for name, value in values.items() if value}


def day_of(given: Mapping[str, str], name: str) -> str | None:
    """The day (ISO 8601) that a name is given, None where it is not; raises AddressError for one that is none."""
    value = given.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise AddressError(f"{name}={value[:40]!r} is no day: write it as {name}=2018-11-11") from None


def one_of(given: Mapping[str, str], name: str, values: tuple[Value, ...]) -> Value | None:
    """The one of some values that a name is given, None where it is not; raises AddressError for another."""
    value = given.get(name)
    if value is None:
        return None
    for each in values:
        if each.lower() == value.lower():
            return each
    raise AddressError(f"{name}={value[:40]!r} is none of {', '.join(values)}")


def _area(given: dict[str, str]) -> Box | Circle | None:
    for name, names in (("box", ("south", "west", "north", "east")), ("near", ("latitude", "longitude", "km"))):
        if name not in given:
            continue
        try:
            numbers = tuple(float(part) for part in given[name].split(","))
        except ValueError:
            numbers = ()
        if len(numbers) != len(names) or any(not abs(each) < 1e6 for each in numbers):
            raise AddressError(f"{name}={given[name]!r} is not {name}={','.join(names)}")
        return Box(*numbers) if name == "box" else Circle(*numbers)
    return None
