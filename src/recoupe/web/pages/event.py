"""What is said of one event, by whom, and why are these claims held to be of one event? Here it is also parted and joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from recoupe.casebook import Casebook, Circle, EventFilter, in_order
from recoupe.casebook.coding import checked_note
from recoupe.checking import check_casebook, with_reasons
from recoupe.model import ClaimRef, Event, Judgement, Link, Review
from recoupe.web.desk import Desk, desk_of
from recoupe.web.query import AddressError
from recoupe.web.quotes import Passage, passages
from recoupe.web.reviewer import reviewer_of
from recoupe.web.summary import Summary, summarise
from recoupe.web.tolls import Chart, chart
from recoupe.web.versions import Article, Column, Difference, Line, article_of, claim_address, columns, differences, lines
from recoupe.web.view import language_of, render
from recoupe.web.wording import Wording, wording

COLUMNS, PASSAGES, LINKS, NEAR = 10, 30, 12, 6
NEAR_DAYS, NEAR_KM = 2, 60
MOST_PAIRS = 400  # decisions that one parting may make
AT_ONCE = 50  # articles that wait to be checked beyond which a decision waits with them


class Because(Struct, frozen=True):
    """Two claims held to be of one event, with the reasons."""

    left: str
    left_address: str
    right: str
    right_address: str
    score: float
    reasons: tuple[tuple[str, str, float], ...]


class EventPage(Struct, frozen=True):
    """The page of one event."""

    event: Summary
    columns: tuple[Column, ...]
    columns_left: int
    lines: tuple[Line, ...]
    differences: tuple[Difference, ...]
    tolls: Chart | None
    passages: tuple[Passage, ...]
    articles_left: int
    copies: tuple[tuple[Article, ...], ...]
    because: tuple[Because, ...]
    links: int
    near: tuple[Summary, ...]
    latitude: float | None
    longitude: float | None
    waiting: int


def show_event(request: Request) -> Response:
    """The page of an event; an earlier id leads to the present one."""
    say, whole = wording(language_of(request)), request.query_params.get("all") == "1"
    desk = desk_of(request)
    with desk.reading() as casebook:
        event = casebook.event(request.path_params["id"])
        if event.id != request.path_params["id"]:
            return RedirectResponse(f"/events/{event.id}", 307)
        return render(request, "event.html", _page(desk, casebook, event, say, whole=whole))


def _page(desk: Desk, casebook: Casebook, event: Event, say: Wording, *, whole: bool) -> EventPage:
    found = columns(event, say)
    shown = found if whole else found[:COLUMNS]
    told, left = passages(casebook, event, 10**9 if whole else PASSAGES, say)
    links = sorted(casebook.links(event.claims), key=lambda link: -link.score)
    articles = {reference.id: article_of(reference, say) for reference in event.documents}
    copies = (tuple(articles[identity] for identity in group if identity in articles) for group in event.copies)
    return EventPage(
        event=summarise(event, say),
        columns=shown,
        columns_left=len(found) - len(shown),
        lines=lines(event, shown, say),
        differences=differences(event, say),
        tolls=chart(event.positions.killed, say),
        passages=told,
        articles_left=left,
        copies=tuple(group for group in copies if len(group) > 1),
        because=tuple(_because(event, with_reasons(casebook, links[:LINKS], say.language), say)),
        links=len(links),
        near=_near(desk, casebook, event, say),
        latitude=event.place.latitude if event.place else None,
        longitude=event.place.longitude if event.place else None,
        waiting=casebook.count_unchecked(),
    )


def _because(event: Event, links: Iterable[Link], say: Wording) -> Iterator[Because]:
    names = {reference.id: reference.outlet or reference.key for reference in event.documents}
    for link in links:
        reasons = tuple((_feature(reason.feature, say), reason.detail, reason.weight) for reason in link.reasons)
        left, right = link.left, link.right
        yield Because(
            names.get(left.document, left.document), claim_address(left), names.get(right.document, right.document), claim_address(right), link.score,
            reasons,
        )  # fmt: skip


def _feature(name: str, say: Wording) -> str:
    return say(f"reason.{name}") if say.has(f"reason.{name}") else name


def _near(desk: Desk, casebook: Casebook, event: Event, say: Wording) -> tuple[Summary, ...]:
    """Other events of the kind that happened near by about then: what one may want to join."""
    if event.date_start is None or event.place is None or event.place.latitude is None or event.place.longitude is None:
        return ()
    index = desk.index(casebook)
    area = Circle(event.place.latitude, event.place.longitude, NEAR_KM)
    around = timedelta(days=NEAR_DAYS)
    since = date.fromisoformat(event.date_start) - around
    until = date.fromisoformat(event.date_end or event.date_start) + around
    selection = casebook.select(index, EventFilter(since=since.isoformat(), until=until.isoformat(), area=area, type=event.type))
    found = casebook.events_at(in_order(index, selection.all(), "weight", 0, NEAR + 1))
    return tuple(summarise(each, say) for each in found if each.id != event.id)[:NEAR]


async def separate(request: Request) -> Response:
    """Hold the chosen claims apart from the rest of the event: POST with `claim` (DOCUMENT/CLAIM) several times."""
    return await run_in_threadpool(_separate, request, await request.form())


async def join(request: Request) -> Response:
    """Hold this event and another, given by `other` (an id or its address), to be one: POST."""
    return await run_in_threadpool(_join, request, await request.form())


def _separate(request: Request, form: FormData) -> Response:
    with desk_of(request).writing() as casebook:
        event = casebook.event(request.path_params["id"])
        named = [str(each) for each in form.getlist("claim")]
        chosen = [ref for ref in event.claims if f"{ref.document}/{ref.claim}" in named]
        rest = [ref for ref in event.claims if ref not in chosen]
        if not chosen or not rest or len(chosen) < len(set(named)):
            raise AddressError("choose some of the event's claims, but not all of them: those are held apart from the others")
        if len(chosen) * len(rest) > MOST_PAIRS:
            raise AddressError(f"{len(chosen)} claims against {len(rest)} are too many at once: choose fewer")
        return _decided(request, casebook, form, product(chosen, rest), "different")


def _join(request: Request, form: FormData) -> Response:
    with desk_of(request).writing() as casebook:
        event = casebook.event(request.path_params["id"])
        other = casebook.event(str(form.get("other", "")).strip().rstrip("/").rpartition("/")[2] or "?")
        if other.id == event.id:
            raise AddressError("that is this event: give another one's id or address")
        return _decided(request, casebook, form, [(event.claims[0], other.claims[0])], "same")


def _decided(
    request: Request, casebook: Casebook, form: FormData, pairs: Iterable[tuple[ClaimRef, ClaimRef]], judgement: Judgement
) -> RedirectResponse:
    """Keep the decisions and check what they touch, unless so much else waits that this is for `recoupe check`."""
    many, kept = casebook.count_unchecked(), None
    now, reviewer, note = datetime.now(UTC).isoformat(timespec="seconds"), reviewer_of(request), checked_note(str(form.get("note", "")))
    with casebook.batch():
        for left, right in pairs:
            kept = kept or left
            casebook.add_review(Review(left, right, judgement, reviewer, now, note))
    if many <= AT_ONCE:
        check_casebook(casebook)
    home = casebook.events_of([kept]) if kept is not None else {}
    return RedirectResponse(f"/events/{home[kept]}" if kept in home else "/events", 303)


ROUTES = (
    Route("/events/{id}", show_event), Route("/events/{id}/separate", separate, methods=["POST"]), Route("/events/{id}/join", join, methods=["POST"]),
)  # fmt: skip
