"""How do the pages of voices, labels and outlets look? One table of linked counts, and one list of the words behind a count."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from recoupe.casebook import Evidence, Found, Part, pieces
from recoupe.model import ClaimRef
from recoupe.web.summary import Summary
from recoupe.web.tables import EVIDENCE, SCOPE, Chip, Linked, Paging, Sorted, address, chips, paging, scope_said, scope_values
from recoupe.web.versions import claim_address
from recoupe.web.view import is_fragment, language_of, render
from recoupe.web.wording import wording

_RELATIVES = {"voices": ("labels", "outlets"), "labels": ("voices", "outlets"), "outlets": ("voices", "labels")}


class Line(Struct, frozen=True):
    """A row: what it is about, what there is to say of it, where its evidence is; a name out of an article is `named`, one of ours isn't."""

    name: str
    note: str
    address: str
    named: bool
    cells: tuple[Linked, ...]


class Tab(Struct, frozen=True):
    """Another way to look at the same counts."""

    label: str
    address: str
    chosen: bool


class Select(Struct, frozen=True):
    """A filter with few values."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str | None


class CountsPage(Struct, frozen=True):
    """A table of counts under a filter."""

    section: str
    path: str
    values: dict[str, str]
    outlets: tuple[str, ...]
    hidden: dict[str, str]
    chips: tuple[Chip, ...]
    total: str
    summary: str
    note: str
    heads: tuple[Sorted, ...]
    lines: tuple[Line, ...]
    paging: Paging
    tabs: tuple[Tab, ...]
    selects: tuple[Select, ...]
    csv: str
    others: tuple[Tab, ...]


class Shown(Struct, frozen=True):
    """An excerpt cut into pieces, with where it comes from."""

    address: str
    title: str
    outlet: str
    day: str
    language: str
    pieces: tuple[tuple[str, tuple[Part, ...]], ...]
    before: bool
    after: bool
    event: Summary | None


class EvidencePage(Struct, frozen=True):
    """The words behind a count."""

    section: str
    back: str
    name: str
    counted: str
    articles: int
    chips: tuple[Chip, ...]
    shown: tuple[Shown, ...]
    legend: bool
    paging: Paging


def counts_page(
    section: str, path: str, values: dict[str, str], *, known: tuple[str, ...], said: Mapping[str, str], total: str, summary: str, note: str, heads: tuple[Sorted, ...],
    lines: tuple[Line, ...], paging: Paging, tabs: tuple[Tab, ...] = (), selects: tuple[Select, ...] = (),
) -> CountsPage:  # fmt: skip
    """The page of a table, with what follows from its address."""
    shown = {*SCOPE, *(select.name for select in selects)}
    scope = {name: value for name, value in values.items() if name in SCOPE}
    return CountsPage(
        section, path, values, known, {name: value for name, value in values.items() if name not in shown}, chips(path, values, said), total, summary, note,
        heads, lines, paging, tabs, selects, address(f"{path}.csv", values, view=None),
        tuple(Tab(each, address(f"/{each}", scope), chosen=False) for each in _RELATIVES[section]),
    )  # fmt: skip


def show_counts(request: Request, page: CountsPage) -> Response:
    """The page, or its table with the filters where only that is asked for."""
    return render(request, "parts/counts.html" if is_fragment(request) else "counts.html", page)


def show_evidence(
    request: Request, section: str, path: str, values: dict[str, str], name: str, counted: str, said: Mapping[str, str], found: Found,
    events: Mapping[ClaimRef, Summary] | None = None,
) -> Response:  # fmt: skip
    """The list of words behind a count; `events` are those of the claims that are shown."""
    say = wording(language_of(request))
    scope = scope_values(request.query_params)
    page = EvidencePage(
        section=section,
        back=address(f"/{section}", scope),
        name=name,
        counted=counted,
        articles=found.articles,
        chips=chips(path, values, {**said, **scope_said(scope, say)}),
        shown=tuple(shown(one, say.day(one.document.published.value) or say("events.day_unknown"), events or {}) for one in found.shown),
        legend=any(mark.part == "cue" for one in found.shown for mark in one.marked),
        paging=paging(path, values, int(request.query_params.get("page") or 1), found.total, EVIDENCE),
    )
    return render(request, "evidence.html", page)


def shown(one: Evidence, day: str, events: Mapping[ClaimRef, Summary]) -> Shown:
    """An excerpt as the page shows it."""
    info = one.document
    return Shown(
        _address(one), info.title or info.key, info.outlet or "", day, info.language, tuple((text, parts) for text, parts in pieces(one) if text),
        one.start > 0, one.more, events.get(ClaimRef(info.id, one.name)),
    )  # fmt: skip


def _address(one: Evidence) -> str:
    """Where the words stand in their article."""
    if any(mark.part == "trigger" for mark in one.marked):
        return claim_address(ClaimRef(one.document.id, one.name))
    if not one.marked:
        return article_address(one.document.id)
    return article_address(one.document.id, one.start + one.marked[0].start, one.start + max(mark.end for mark in one.marked))


def article_address(document: str, start: int | None = None, end: int | None = None) -> str:
    """The page of an article, at a stretch of its text where one is given."""
    return f"/articles/{quote(document)}" + (f"?at={start}-{end}#at" if start is not None else "")
