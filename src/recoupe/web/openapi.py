"""How is the JSON API described? As OpenAPI 3.1, its records from the types that they are made of."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from recoupe import __version__
from recoupe.casebook import Doubt, Facets, Hit, Order, Timeline, Waiting
from recoupe.casebook.agreement import Agreement
from recoupe.casebook.queue import QueueOrder, Readers
from recoupe.decision import Coding
from recoupe.model import Event, EventType, Language, Reading

_FILTERS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("since", {"type": "string", "format": "date"}, "Events on this day or later."),
    ("until", {"type": "string", "format": "date"}, "Events on this day or earlier."),
    ("box", {"type": "string", "example": "32.3,35.7,37.3,42.4"}, "Events inside a box: south,west,north,east in degrees."),
    ("near", {"type": "string", "example": "34.45,40.92,50"}, "Events near a point: latitude,longitude,km."),
    ("actor", {"type": "string"}, "Events with this actor, by name or id of the register."),
    ("type", {"type": "string", "enum": list(get_args(EventType))}, "Events of a type."),
    ("outlet", {"type": "string"}, "Events that this outlet reports."),
    ("language", {"type": "string", "enum": list(get_args(Language))}, "Events with an article in this language."),
    ("disputed", {"type": "string", "enum": ["1"]}, "Only events on which sources differ."),
    ("origins", {"type": "integer", "minimum": 0}, "Events with at least so many independent origins."),
    ("words", {"type": "string"}, "Events whose articles hold these words."),
)
_ORDER = ("order", {"type": "string", "enum": list(get_args(Order)), "default": "day"}, "The latest first, or those with most origins.")
_QUEUE: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("type", {"type": "string", "enum": list(get_args(EventType))}, "Claims of a type."),
    ("outlet", {"type": "string"}, "Claims of articles of this outlet."),
    ("actor", {"type": "string"}, "Claims with this actor."),
    ("since", {"type": "string", "format": "date"}, "Claims of this day or later."),
    ("until", {"type": "string", "format": "date"}, "Claims of this day or earlier."),
    ("document", {"type": "string"}, "Claims of one document."),
    (
        "order",
        {"type": "string", "enum": list(get_args(QueueOrder)), "default": "weight"},
        "Doubtful and important first, drawn, or as the texts run.",
    ),
    ("readers", {"type": "string", "enum": list(get_args(Readers)), "default": "sample"}, "Which claims that others decided come again."),
)
_PLACE = "#/components/schemas/{name}"


def description() -> dict[str, Any]:
    """The whole description.

    >>> sorted(description()["paths"])[:2]
    ['/api/articles/{id}', '/api/events']
    """
    records = (Event, Reading, Facets, Timeline, Hit, Agreement, Waiting, Coding, Doubt)
    (event, reading, facets, times, hit, agreed, waiting, coding, doubt), components = msgspec.json.schema_components(records, ref_template=_PLACE)
    number, text = {"type": "number"}, {"type": "string"}
    point = _object(
        latitude=number,
        longitude=number,
        count=number,
        disputed=number,
        id={"type": ["string", "null"]},
        precision_km={"type": ["number", "null"]},
        label=text,
    )
    identity = [{"name": "id", "in": "path", "required": True, "schema": text}]
    filters = [_parameter(*each) for each in _FILTERS]
    limits = [_parameter("offset", {"type": "integer", "default": 0}, "Leave out so many."),
              _parameter("limit", {"type": "integer", "default": 100, "maximum": 1000}, "At most so many.")]  # fmt: skip
    view = _parameter("view", {"type": "string"}, "What the map shows: south,west,north,east; within it points are as fine as their number allows.")
    words = [_parameter("words", text, "As on the command line: phrases in quotes, -word, word*.")]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Recoupe", "version": __version__, "description": "What published articles say happened, and who says it."},
        "paths": {
            "/api/events": _get("Events", [*filters, _parameter(*_ORDER), *limits], _object(total=number, facets=facets, events=_list(event))),
            "/api/events/map": _get("Events as points", [*filters, view], _object(points=_list(point), unplaced=number)),
            "/api/events/timeline": _get("Events along time", filters, times),
            "/api/events/{id}": _get("One event", identity, event),
            "/api/articles/{id}": _get("What one article says", identity, reading),
            "/api/search": _get("Articles that hold words", [*words, limits[1]], _object(hits=_list(hit))),
            "/api/review/agreement": _get("How far reviewers agree", [], agreed),
            "/api/review/queue": _get(
                "The claims that wait for the visitor",
                [_parameter(*each) for each in _QUEUE],
                _object(reviewer=text, claims=_list(_object(waiting=waiting, draft=coding, reasons=_list(doubt)))),
            ),
        },
        "components": {"schemas": components},
    }


def _get(summary: str, parameters: list[dict[str, Any]], schema: dict[str, Any]) -> dict[str, Any]:
    found = {"description": summary, "content": {"application/json": {"schema": schema}}}
    failed = {"description": "What was wrong, in words", "content": {"application/json": {"schema": _object(error={"type": "string"})}}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": {"200": found, "400": failed, "404": failed}}}


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _object(**fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(fields)}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def show(_request: Request) -> JSONResponse:
    """The description as JSON."""
    return JSONResponse(description())


ROUTES = (Route("/api/openapi.json", show),)
