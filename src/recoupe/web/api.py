"""Which questions does the JSON API answer? The same filters as the pages and the command line, the same records as `--json`."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from recoupe.casebook import count_facets, count_unplaced, in_order, points, timeline
from recoupe.model import Event, EventPlace
from recoupe.web.desk import desk_of
from recoupe.web.query import AddressError, read_filter
from recoupe.web.summary import kind, where
from recoupe.web.view import language_of
from recoupe.web.wording import Wording, wording

LIMIT, MOST = 100, 1_000


def answer(record: Any) -> Response:
    """A record as JSON."""
    return Response(msgspec.json.encode(record), media_type="application/json")


def events(request: Request) -> Response:
    """The events that answer a filter, the facets and the total: `{"total", "facets", "events"}`."""
    wanted = read_filter(request.query_params)
    first, many = _number(request, "offset", 0, 10**9), _number(request, "limit", LIMIT, MOST)
    desk = desk_of(request)
    with desk.reading() as casebook:
        index = desk.index(casebook)
        selection = casebook.select(index, wanted)
        found = casebook.events_at(in_order(index, selection.all(), wanted.order, first, many))
        counted = count_facets(index, selection)
    return answer({"total": counted.total, "facets": counted, "events": found})


def event(request: Request) -> Response:
    """One event, as `recoupe show --json` prints it."""
    with desk_of(request).reading() as casebook:
        return answer(casebook.event(request.path_params["id"]))


def reading(request: Request) -> Response:
    """What one article says, as `recoupe read --json` prints it."""
    with desk_of(request).reading() as casebook:
        return answer(casebook.reading(request.path_params["id"]))


def on_the_map(request: Request) -> Response:
    """The events of a filter as at most some 500 points: `{"points", "unplaced"}`; `view=south,west,north,east` is what the map shows."""
    wanted = read_filter(request.query_params)
    desk, say = desk_of(request), wording(language_of(request))
    with desk.reading() as casebook:
        index = desk.index(casebook)
        selection = casebook.select(index, wanted)
        found = points(index, selection, _view(request))
        single = [point for point in found if point.one_place]
        named = dict(zip([point.number for point in single], casebook.events_at([point.number for point in single]), strict=False))
    return answer(
        {
            "points": [
                {
                    "latitude": point.latitude, "longitude": point.longitude, "count": point.count, "disputed": point.disputed,
                    "id": named[point.number].id if point.count == 1 and point.number in named else None,
                    "precision_km": place.precision_km if (place := _place(named.get(point.number))) else None,
                    "label": _title(named.get(point.number), point.count, say),
                }
                for point in found
            ],
            "unplaced": count_unplaced(index, selection),
        }
    )  # fmt: skip


def _place(found: Event | None) -> EventPlace | None:
    return found.place if found is not None else None


def _title(found: Event | None, count: int, say: Wording) -> str:
    if found is None:
        return say("count.events", n=count)
    return (
        f"{kind(found, say)} · {where(found)} · {say.days(found.date_start, found.date_end)}"
        if count == 1
        else f"{where(found)} · {say('count.events', n=count)}"
    )


def in_time(request: Request) -> Response:
    """The events of a filter along time, the filter's own days left out: `{"unit", "bins", "undated"}`."""
    desk = desk_of(request)
    with desk.reading() as casebook:
        index = desk.index(casebook)
        return answer(timeline(index, casebook.select(index, read_filter(request.query_params))))


def search(request: Request) -> Response:
    """The articles that hold words, as `recoupe search --json` prints them: `{"hits"}`."""
    with desk_of(request).reading() as casebook:
        return answer({"hits": list(casebook.search(request.query_params.get("words", ""), _number(request, "limit", 20, 100)))})


def _number(request: Request, name: str, otherwise: int, most: int) -> int:
    text = request.query_params.get(name, str(otherwise))
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        raise AddressError(f"{name}={text!r} is no number: write it as {name}=20")
    return min(int(text), most)


def _view(request: Request) -> tuple[float, float, float, float] | None:
    text = request.query_params.get("view")
    if not text:
        return None
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        raise AddressError(f"view={text!r} is not view=south,west,north,east") from None
    return south, west, north, east


ROUTES = (
    Route("/api/events", events), Route("/api/events/map", on_the_map), Route("/api/events/timeline", in_time), Route("/api/events/{id}", event),
    Route("/api/articles/{id}", reading), Route("/api/search", search),
)  # fmt: skip
