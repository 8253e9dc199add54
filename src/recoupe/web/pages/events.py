"""What happened, in the casebook, under a filter? Map, timeline and list, with the counts beside every filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from recoupe.casebook import Casebook, Count, Facets, count_facets, fold, in_order
from recoupe.casebook.events import EventFilter
from recoupe.model import Event
from recoupe.web.desk import desk_of
from recoupe.web.names import local_name
from recoupe.web.query import filter_values, read_filter, write_filter
from recoupe.web.summary import Summary, summarise
from recoupe.web.tables import page_number
from recoupe.web.view import is_fragment, language_of, render
from recoupe.web.wording import Wording, wording

ROWS = 30  # events of one page of the list


class Option(Struct, frozen=True):
    """One value of a filter: what it is called, how many events have it, and the address that chooses it or lets it go."""

    value: str
    label: str
    count: int
    address: str
    chosen: bool


class Group(Struct, frozen=True):
    """A filter with its values."""

    name: str
    options: tuple[Option, ...]
    chosen: bool


class Chosen(Struct, frozen=True):
    """A part of the filter that is set, and the address without it."""

    name: str
    label: str
    address: str


class EventsPage(Struct, frozen=True):
    """The page of events."""

    values: dict[str, str]
    query: str
    chosen: tuple[Chosen, ...]
    groups: tuple[Group, ...]
    rows: tuple[Summary, ...]
    total: int
    unplaced: int
    undated: int
    disputed: int
    page: int
    pages: int
    unchecked: int
    documents: int


def show_events(request: Request) -> Response:
    """The page, or its part under the map where only that is asked for."""
    wanted, page = read_filter(request.query_params), page_number(request.query_params)
    say = wording(language_of(request))
    desk = desk_of(request)
    with desk.reading() as casebook:
        index = desk.index(casebook)
        selection = casebook.select(index, wanted)
        counted = count_facets(index, selection)
        numbers = in_order(index, selection.all(), wanted.order, (page - 1) * ROWS, ROWS)
        context = EventsPage(
            values=filter_values(wanted),
            query=write_filter(wanted),
            chosen=tuple(_chosen(wanted, say)),
            groups=tuple(_groups(casebook, wanted, counted, say)),
            rows=tuple(summarise(event, say) for event in casebook.events_at(numbers)),
            total=counted.total,
            unplaced=counted.unplaced,
            undated=counted.undated,
            disputed=counted.disputed,
            page=page,
            pages=ceil(counted.total / ROWS),
            unchecked=casebook.count_unchecked(),
            documents=casebook.count_documents(),
        )
    return render(request, "parts/desk.html" if is_fragment(request) else "events.html", context)


def _chosen(wanted: EventFilter, say: Wording) -> Iterator[Chosen]:
    for name, value in filter_values(wanted).items():
        if name != "order":
            yield Chosen(name, _label(name, value, say), write_filter(wanted, **{name: None}))


def _label(name: str, value: str, say: Wording) -> str:
    if name in {"type", "language"}:
        return say(f"{name}.{value}")
    if name in {"since", "until"}:
        return say(f"events.{name}_day", day=say.day(value))
    if name == "origins":
        return say("events.at_least_origins", n=int(value))
    if name == "near":
        return say("events.near", km=say.number(float(value.rpartition(",")[2])))
    return {"disputed": say("events.only_disputed"), "box": say("events.on_the_map"), "words": f"« {value} »"}.get(name, value)


def _groups(casebook: Casebook, wanted: EventFilter, counted: Facets, say: Wording) -> Iterator[Group]:
    values = filter_values(wanted)
    names = _actor_names(casebook, counted.actors, say)
    labels: dict[str, dict[str, str]] = {
        "type": {each.value: say(f"type.{each.value}") for each in counted.types},
        "actor": names,
        "outlet": {},
        "language": {each.value: say(f"language.{each.value}") for each in counted.languages},
        "origins": {each.value: say("events.at_least_origins", n=int(each.value)) for each in counted.origins},
    }
    counts = {"type": counted.types, "actor": counted.actors, "outlet": counted.outlets, "language": counted.languages, "origins": counted.origins}
    for name, found in counts.items():
        now = values.get(name)
        options = tuple(_option(wanted, name, each, labels[name].get(each.value, each.value), now) for each in found if each.count)
        if now is not None and not any(option.chosen for option in options):
            options = (Option(now, _label(name, now, say), 0, write_filter(wanted, **{name: None}), chosen=True), *options)
        yield Group(name, options, now is not None)


def _option(wanted: EventFilter, name: str, each: Count, label: str, now: str | None) -> Option:
    chosen = now is not None and fold(now) == fold(each.value)
    return Option(each.value, label, each.count, write_filter(wanted, **{name: None if chosen else each.value}), chosen)


def _actor_names(casebook: Casebook, counts: Sequence[Count], say: Wording) -> dict[str, str]:
    """How the folded names of actors are written, by an event that has them."""
    events = casebook.events_at([each.number for each in counts if each.number is not None])
    written = {fold(name): local_name(name, say.language) for event in events for name in _named(event)}
    return {each.value: written.get(each.value, each.value) for each in counts}


def _named(event: Event) -> Iterator[str]:
    yield from (*event.actors, *event.recipients)
    yield from (position.value.removeprefix("not ") for position in (*event.positions.actor, *event.positions.recipient) if position.value)


def home(request: Request) -> Response:
    """The events are the first page."""
    return RedirectResponse("/events", 307)


ROUTES = (Route("/", home), Route("/events", show_events))
