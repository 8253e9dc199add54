"""How does one get a dossier in the browser? A page that says what will be in it, the file to look at and print, and the same to keep."""

from __future__ import annotations

from msgspec import Struct, structs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from recoupe.casebook import Casebook, in_order
from recoupe.model import Event
from recoupe.web.desk import Desk, desk_of
from recoupe.web.dossier import MOST_EVENTS, dossier, style_hash
from recoupe.web.query import AddressError, filter_values, read_filter
from recoupe.web.summary import Summary, summarise
from recoupe.web.tables import scope_said
from recoupe.web.view import language_of, render
from recoupe.web.wording import Wording, wording


class DossierPage(Struct, frozen=True):
    """What a dossier will hold."""

    events: tuple[Summary, ...]
    total: int
    most: int
    chosen: str
    query: str


class _Chosen(Struct, frozen=True):
    events: tuple[Event, ...]
    total: int
    said: str


def show_dossier(request: Request) -> Response:
    """The page before the file."""
    say = wording(language_of(request))
    desk = desk_of(request)
    with desk.reading() as casebook:
        chosen = _chosen(desk, casebook, request, say)
    query = "&".join(part for part in request.url.query.split("&") if part and not part.startswith(("lang=", "download=")))
    page = DossierPage(tuple(summarise(event, say) for event in chosen.events), chosen.total, MOST_EVENTS, chosen.said, query)
    return render(request, "take.html", page)


def dossier_file(request: Request) -> Response:
    """The file itself: shown, or with `download=1` to be kept."""
    language = language_of(request)
    say = wording(language)
    desk = desk_of(request)
    with desk.reading() as casebook:
        chosen = _chosen(desk, casebook, request, say)
        if not chosen.events:
            raise AddressError(say("events.none"))
        html = dossier(casebook, chosen.events, language, left=chosen.total - len(chosen.events), chosen=chosen.said)
    policy = f"default-src 'none'; style-src {style_hash(html)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    headers = {"content-security-policy": policy}
    if request.query_params.get("download") == "1":
        name = f"recoupe-{chosen.events[0].id[:8]}" + (f"-{len(chosen.events)}" if len(chosen.events) > 1 else "")
        headers["content-disposition"] = f'attachment; filename="{name}.html"'
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)


def _chosen(desk: Desk, casebook: Casebook, request: Request, say: Wording) -> _Chosen:
    """The events that are named by `event`, or those of the filter."""
    named = list(dict.fromkeys(name for name in request.query_params.getlist("event") if name))
    if named:
        found = tuple({event.id: event for event in (casebook.event(name) for name in named[:MOST_EVENTS])}.values())
        return _Chosen(found, len(found) + max(0, len(named) - MOST_EVENTS), "")
    wanted = read_filter(request.query_params)
    index = desk.index(casebook)
    mask = casebook.select(index, wanted).all()
    numbers = in_order(index, mask, wanted.order, 0, MOST_EVENTS)
    values = filter_values(structs.replace(wanted, area=None, order="day"))
    said = {
        **scope_said({name: value for name, value in values.items() if name not in {"type", "disputed", "origins"}}, say),
        **_more_said(values, say),
    }
    return _Chosen(
        tuple(casebook.events_at(numbers)), int(mask.sum()), " · ".join([*said.values(), *([say("events.on_the_map")] if wanted.area else [])])
    )


def _more_said(values: dict[str, str], say: Wording) -> dict[str, str]:
    """The parts of a filter that only events have, in words."""
    found = {}
    if "type" in values:
        found["type"] = say(f"type.{values['type']}")
    if "disputed" in values:
        found["disputed"] = say("events.only_disputed")
    if "origins" in values:
        found["origins"] = f"{say('filter.origins')}: {say('events.at_least_origins', n=int(values['origins']))}"
    return found


ROUTES = (Route("/dossier", show_dossier), Route("/dossier/file", dossier_file))
