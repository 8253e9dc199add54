"""Which articles hold some words, and in which words? The excerpts lead to the articles, and to the events that these tell of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from recoupe.casebook import Casebook, Hit
from recoupe.web.desk import desk_of
from recoupe.web.pages.counted import article_address
from recoupe.web.summary import Summary, summarise
from recoupe.web.tables import EVIDENCE, Chip, Paging, chips, page_number, paging, read_scope, scope_said, scope_values
from recoupe.web.view import is_fragment, language_of, render
from recoupe.web.wording import Wording, wording

PATH = "/search"
EVENTS = 3  # of an article that are named beside its excerpt


class Result(Struct, frozen=True):
    """An article that was found; `pieces` are the excerpt cut at what was found in it."""

    address: str
    title: str
    outlet: str
    day: str
    language: str
    pieces: tuple[tuple[str, bool], ...]
    before: bool
    events: tuple[Summary, ...]
    more_events: int


class SearchPage(Struct, frozen=True):
    """The page of a search."""

    values: dict[str, str]
    outlets: tuple[str, ...]
    path: str
    asked: bool
    total: int
    ranked: bool
    chips: tuple[Chip, ...]
    results: tuple[Result, ...]
    paging: Paging
    documents: int


def show_search(request: Request) -> Response:
    """The page, or its results where only these are asked for."""
    asked, say = request.query_params, wording(language_of(request))
    scope, values, page = read_scope(asked), scope_values(asked), page_number(asked)
    desk = desk_of(request)
    with desk.reading() as casebook:
        found = casebook.counted(desk.counts).find(scope, offset=(page - 1) * EVIDENCE, limit=EVIDENCE)
        context = SearchPage(
            values=values,
            outlets=casebook.counted(desk.counts).outlet_names(),
            path=PATH,
            asked=scope.words is not None,
            total=found.total,
            ranked=found.ranked,
            chips=chips(PATH, values, {name: said for name, said in scope_said(values, say).items() if name != "words"}),
            results=tuple(_result(casebook, hit, say) for hit in found.shown),
            paging=paging(PATH, values, page, found.total, EVIDENCE),
            documents=casebook.count_documents(),
        )
    return render(request, "parts/found.html" if is_fragment(request) else "search.html", context)


def _result(casebook: Casebook, hit: Hit, say: Wording) -> Result:
    events, many = casebook.weightiest(hit.document, EVENTS)
    first = hit.start + (hit.found[0].start if hit.found else 0)
    last = hit.start + (hit.found[-1].end if hit.found else 0)
    return Result(
        article_address(hit.document, first, last) if hit.found else article_address(hit.document),
        hit.title or hit.key, hit.outlet or "", say.day(hit.published), hit.language, tuple(_pieces(hit)), hit.start > 0,
        tuple(summarise(casebook.event(event), say) for event in events), many - len(events),
    )  # fmt: skip


def _pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    """The excerpt cut where what was found begins and ends; where finds overlap, they are one."""
    marked = [False] * len(hit.excerpt)
    for span in hit.found:
        marked[span.start : span.end] = [True] * (span.end - span.start)
    edges = [at for at in range(1, len(marked)) if marked[at] != marked[at - 1]]
    start = 0
    for end in chain(edges, [len(marked)]):
        if end > start:
            yield hit.excerpt[start:end], marked[start]
        start = end


ROUTES = (Route(PATH, show_search),)
