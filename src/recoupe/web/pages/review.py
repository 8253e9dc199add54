"""What should a reviewer look at, and what was decided? One claim at a time; every act is a form, so that it works without script.

Who decides has given a name once. Of what others decided on a claim nothing is sent before the reviewer has decided too.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from typing import TypeVar, get_args
from urllib.parse import quote, urlencode

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from recoupe.casebook import Casebook, Position, QueueFilter
from recoupe.casebook.coding import checked_reviewer
from recoupe.casebook.form import FIELDS, filled
from recoupe.casebook.queue import MANY
from recoupe.decision import Coding, Decision, Rejection, Verdict
from recoupe.errors import CasebookError, ReviewError
from recoupe.model import ClaimRef, EventType, Span
from recoupe.web.desk import desk_of
from recoupe.web.query import LONGEST, AddressError, one_of, queue_values, read_queue
from recoupe.web.review_card import Card, Choice, blank, card, names_of, rejections, verdict_of
from recoupe.web.reviewer import COOKIE, named
from recoupe.web.view import is_fragment, language_of, render
from recoupe.web.wording import wording

YEAR = 365 * 86_400
LAST = 6  # decisions listed beside the claim
Text = TypeVar("Text", bound=str)


class ReviewPage(Struct, frozen=True):
    """The page of the review; without a `card` nothing waits, without a `reviewer` the name is asked for."""

    reviewer: str
    suggested: str
    card: Card | None
    waiting: int
    many: bool
    query: str
    values: dict[str, str]
    reasons: tuple[Choice, ...]
    last: tuple[tuple[str, str, str], ...]
    types: tuple[str, ...]
    error: str
    said: str
    address: str


def show_review(request: Request) -> Response:
    """The claim that is named, or the one after or before a named one, or the first of the queue."""
    wanted = read_queue(request.query_params)
    reviewer = named(request)
    if not reviewer:
        return _render(request, _nobody(request))
    with desk_of(request).writing() as casebook:
        claim, position = _asked(request.query_params)
        if claim is None:
            claim = _first(casebook, wanted, reviewer, position)
            if claim is None and position is not None:
                return _page(request, casebook, reviewer, wanted, position.claim, said=f"review.no_{position.side}")
            return _page(request, casebook, reviewer, wanted, claim)
        return _page(request, casebook, reviewer, wanted, claim, typed=_selected(request.query_params))


def _nobody(request: Request) -> ReviewPage:
    return ReviewPage(
        reviewer="", suggested=getpass.getuser(), card=None, waiting=0, many=False, query=request.url.query, values={}, reasons=(), last=(), types=(),
        error="", said="", address="/review",
    )  # fmt: skip


def show_missed(request: Request) -> Response:
    """The form of a claim that the program missed, on words selected in an article: `document` and `span=START-END`."""
    reviewer, asked = named(request), request.query_params
    if not reviewer:
        return RedirectResponse("/review", 303)
    say = wording(language_of(request))
    with desk_of(request).writing() as casebook:
        document, reading = casebook.record(asked.get("document", ""))
        span = _span(asked.get("span", ""), len(document.text))
        return _rendered(request, casebook, reviewer, QueueFilter(), blank(document, reading, span, say))


async def name(request: Request) -> Response:
    """Keep the name of who decides: POST with `name`."""
    form = await request.form()
    given = checked_reviewer(str(form.get("name", "")))
    query = QueryParams(str(form.get("query", "")))
    response = RedirectResponse(f"/review?{_query(read_queue(query), claim=query.get('claim'))}", 303)
    response.set_cookie(COOKIE, quote(given), samesite="strict", httponly=True, max_age=YEAR)
    return response


async def decide(request: Request) -> Response:
    """Keep a decision on a claim and go on to the next one: POST with `claim`, `verdict`, and `reason`, `note` or the fields."""
    return await run_in_threadpool(_decide, request, await request.form(max_fields=60))


async def add(request: Request) -> Response:
    """Keep a claim that the program missed: POST with `document` and the fields."""
    return await run_in_threadpool(_add, request, await request.form(max_fields=60))


async def undo(request: Request) -> Response:
    """Undo the last decision and go back to its claim: POST."""
    return await run_in_threadpool(_undo, request, await request.form())


def _decide(request: Request, form: FormData) -> Response:
    reviewer, claim, wanted = _writer(request), _ref(str(form.get("claim", ""))), read_queue(QueryParams(str(form.get("query", ""))))
    say = wording(language_of(request))
    with desk_of(request).writing() as casebook:
        try:
            made = _made(casebook, claim, form, reviewer)
        except (ReviewError, CasebookError) as error:
            return _page(request, casebook, reviewer, wanted, claim, error=str(error), typed=_typed(form), status=400)
        said = say("review.noted") if made.verdict == "noted" else verdict_of(made, say)
        return _after(request, casebook, reviewer, wanted, claim, said, stay=made.verdict == "noted")


def _made(casebook: Casebook, claim: ClaimRef, form: FormData, reviewer: str) -> Decision:
    verdict, note = _chosen(form, "verdict", get_args(Verdict)), str(form.get("note", ""))
    if verdict is None:
        raise ReviewError("nothing was decided: press one of the buttons")
    if verdict == "corrected":
        document, reading = casebook.record(claim.document)
        own = next((each.decision for each in casebook.standing(claim) if each.reviewer == reviewer), None)
        base = own.coding if own and own.verdict == "added" and own.coding else casebook.draft(claim)
        if base is None:
            raise ReviewError("the claim is read no more: its decision stays as it is")
        coding = filled(base, _typed(form), reading, document.text)
        if own is not None and own.verdict == "added":
            return casebook.recode_added(claim, coding, reviewer, note=note)
        return casebook.decide(claim, "corrected", reviewer, coding=coding, note=note)
    return casebook.decide(claim, verdict, reviewer, reason=_chosen(form, "reason", get_args(Rejection)), note=note)


def _add(request: Request, form: FormData) -> Response:
    reviewer, say, typed = _writer(request), wording(language_of(request)), _typed(form)
    with desk_of(request).writing() as casebook:
        identity = str(form.get("document", ""))
        document, reading = casebook.record(identity)
        span = _span(typed.get("trigger", ""), len(document.text))
        try:
            coding = filled(Coding("ASSAULT", span), typed, reading, document.text)
            made = casebook.add_claim(identity, coding, reviewer, note=str(form.get("note", "")))
        except ReviewError as error:
            again = blank(document, reading, span, say, _typed(form))
            return _rendered(request, casebook, reviewer, QueueFilter(), again, error=str(error), status=400)
        return _after(request, casebook, reviewer, QueueFilter(), ClaimRef(identity, made.claim), verdict_of(made, say), stay=True)


def _undo(request: Request, form: FormData) -> Response:
    reviewer, wanted, say = _writer(request), read_queue(QueryParams(str(form.get("query", "")))), wording(language_of(request))
    with desk_of(request).writing() as casebook:
        undone = casebook.undo(reviewer)
        words = say("review.undone", what=verdict_of(undone, say)) if undone else say("review.nothing_to_undo")
        asked = ClaimRef(undone.document, undone.claim) if undone else _ref(str(form["claim"])) if form.get("claim") else None
        target = asked if asked is not None and _is_there(casebook, asked, reviewer) else _first(casebook, wanted, reviewer)
        if is_fragment(request):
            return _page(request, casebook, reviewer, wanted, target, said=words)
        return RedirectResponse(f"/review?{_query(wanted, claim=_written(target) if target else None)}", 303)


def _is_there(casebook: Casebook, claim: ClaimRef, reviewer: str) -> bool:
    return casebook.draft(claim) is not None or any(each.reviewer == reviewer and each.decision for each in casebook.standing(claim))


def _first(casebook: Casebook, wanted: QueueFilter, reviewer: str, position: Position | None = None) -> ClaimRef | None:
    return next((each.claim for each in casebook.waiting(reviewer, wanted, 1, position)), None)


def _after(request: Request, casebook: Casebook, reviewer: str, wanted: QueueFilter, claim: ClaimRef, said: str, *, stay: bool) -> Response:
    """What comes after a decision: the next claim of the queue, its first again after the last; the same one after a note."""
    target = claim if stay else _first(casebook, wanted, reviewer, Position("after", claim)) or _first(casebook, wanted, reviewer)
    if is_fragment(request):
        return _page(request, casebook, reviewer, wanted, target, said=said)
    return RedirectResponse(f"/review?{_query(wanted, claim=_written(target) if target else None)}", 303)


def _page(
    request: Request, casebook: Casebook, reviewer: str, wanted: QueueFilter, claim: ClaimRef | None, *, error: str = "", said: str = "",
    typed: Mapping[str, str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    say = wording(language_of(request))
    made = card(casebook, claim, reviewer, say, typed) if claim is not None else None
    return _rendered(request, casebook, reviewer, wanted, made, error=error, said=say(said) if say.has(said) else said, status=status)


def _rendered(
    request: Request, casebook: Casebook, reviewer: str, wanted: QueueFilter, made: Card | None, *, error: str = "", said: str = "", status: int = 200
) -> Response:
    say = wording(language_of(request))
    count = casebook.count_waiting(reviewer, wanted)
    page = ReviewPage(
        reviewer=reviewer, suggested=reviewer, card=made, waiting=count, many=count >= MANY, query=_query(wanted), values=queue_values(wanted),
        reasons=rejections(say), last=names_of(casebook.latest_decisions(reviewer, LAST), say), types=get_args(EventType), error=error, said=said,
        address=f"/review?{_query(wanted, claim=made.ref if made and made.ref else None)}",
    )  # fmt: skip
    return _render(request, page, 200 if is_fragment(request) else status)


def _render(request: Request, page: ReviewPage, status: int = 200) -> Response:
    return render(request, "parts/review_card.html" if is_fragment(request) else "review.html", page, status)


# ------------------------------------------------------------------------------------------------------------- what is asked


def _writer(request: Request) -> str:
    reviewer = named(request)
    if not reviewer:
        raise ReviewError("say who you are before you decide: open /review")
    return reviewer


def _query(wanted: QueueFilter, claim: str | None = None) -> str:
    return urlencode({**queue_values(wanted), **({"claim": claim} if claim else {})}, safe="/:")


def _asked(asked: QueryParams) -> tuple[ClaimRef | None, Position | None]:
    if asked.get("claim"):
        return _ref(asked["claim"]), None
    if asked.get("after"):
        return None, Position("after", _ref(asked["after"]))
    return None, Position("before", _ref(asked["before"])) if asked.get("before") else None


def _selected(asked: QueryParams) -> Mapping[str, str] | None:
    """Words selected in the article for a field of the form: `set=FIELD` and `value`."""
    field = asked.get("set")
    return {field: asked.get("value", "")[:LONGEST]} if field in FIELDS else None


def _ref(text: str) -> ClaimRef:
    document, slash, claim = text.partition("/")
    if not slash or not document or not claim:
        raise AddressError(f"{text[:40]!r} names no claim: it is DOCUMENT/CLAIM")
    return ClaimRef(document, claim)


def _written(claim: ClaimRef) -> str:
    return f"{claim.document}/{claim.claim}"


def _span(text: str, length: int) -> Span:
    start, _, end = text.partition("-")
    if not (start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal() and len(text) < 24 and int(start) < int(end) <= length):
        raise AddressError(f"{text[:40]!r} is no stretch of this text: select some words")
    return Span(int(start), int(end))


def _typed(form: FormData) -> dict[str, str]:
    return {field: str(form[f"f-{field}"]) for field in FIELDS if f"f-{field}" in form}


def _chosen(form: FormData, name: str, values: tuple[Text, ...]) -> Text | None:
    return one_of({name: str(form.get(name, ""))}, name, values) if form.get(name) else None


ROUTES = (
    Route("/review", show_review), Route("/review/add", show_missed), Route("/review/add", add, methods=["POST"]),
    Route("/review/name", name, methods=["POST"]), Route("/review/decide", decide, methods=["POST"]), Route("/review/undo", undo, methods=["POST"]),
)  # fmt: skip
