"""How does each outlet work? What it shares with others, whom it quotes, what it says in its own voice; and the articles behind every number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from recoupe.casebook import OutletOrder, OutletRow, Which
from recoupe.casebook.tallies import KINDS
from recoupe.export.sheet import Cell
from recoupe.language.pack import LANGUAGES
from recoupe.web.desk import desk_of
from recoupe.web.pages.counted import Line, counts_page, show_counts, show_evidence
from recoupe.web.tables import (
    EVIDENCE,
    MOST_ROWS,
    ROWS,
    UNKNOWN,
    Sorted,
    address,
    choice,
    csv_file,
    heads,
    linked,
    page_number,
    paging,
    part,
    read_scope,
    scope_said,
    scope_values,
)
from recoupe.web.view import language_of
from recoupe.web.wording import Wording, wording

PATH, ARTICLES = "/outlets", "/outlets/articles"
_UNNAMED = KINDS.index("unnamed")


def show_outlets(request: Request) -> Response:
    """The table of outlets."""
    asked, say = request.query_params, wording(language_of(request))
    values, order, page = _values(asked), _order(asked), page_number(asked)
    desk = desk_of(request)
    with desk.reading() as casebook:
        table = casebook.counted(desk.counts).outlets(read_scope(asked), order=order, offset=(page - 1) * ROWS, limit=ROWS)
        known = casebook.counted(desk.counts).outlet_names()
    orders = {name: say(f"outlets.{name}") for name in ("articles", "shared", "later")}
    orders |= {"said": say("outlets.said"), "named": say("outlets.named"), "unnamed": say("outlets.unnamed"), "denials": say("voices.denials")}
    orders |= {"claims": say("outlets.claims"), "own": say("outlets.own"), "labels": say("outlets.labels")}
    known = get_args(OutletOrder)
    context = counts_page(
        "outlets",
        PATH,
        values,
        known=known,
        said=scope_said(scope_values(asked), say),
        total=say("count.outlets", n=table.outlets),
        summary=say("count.articles", n=table.articles),
        note=say("outlets.note"),
        heads=(
            Sorted("name", say("outlets.outlet"), address(PATH, values, order="name", page=None), order == "name"),
            *(
                head if head.name in known else Sorted(head.name, head.label, "", chosen=False)
                for head in heads(PATH, values, orders, order, "articles")
            ),
        ),
        lines=tuple(_lines(table.rows, values, say)),
        paging=paging(PATH, values, page, table.outlets, ROWS),
    )
    return show_counts(request, context)


def download_outlets(request: Request) -> Response:
    """The whole table as a file."""
    asked = request.query_params
    desk = desk_of(request)
    with desk.reading() as casebook:
        table = casebook.counted(desk.counts).outlets(read_scope(asked), order=_order(asked), limit=MOST_ROWS)
    columns = (
        "outlet", "articles", *(f"articles_{language}" for language in LANGUAGES), "shared_text", "shared_later", "quotations",
        *(f"source_{kind}" for kind in KINDS if kind != "outlet"), "denials", "claims", "claims_own_voice", "labels", "first_day", "last_day",
    )  # fmt: skip
    return csv_file("outlets", columns, (_cells(row) for row in table.rows))


def show_articles(request: Request) -> Response:
    """The articles that were counted."""
    asked, say = request.query_params, wording(language_of(request))
    which, page = _which(asked), page_number(asked)
    desk = desk_of(request)
    with desk.reading() as casebook:
        found = casebook.counted(desk.counts).articles_of(read_scope(asked), which, offset=(page - 1) * EVIDENCE, limit=EVIDENCE)
    outlet = asked.get("outlet")
    name = say("scope.no_outlet") if outlet == UNKNOWN else outlet or say("outlets.all")
    said = {"which": say(f"outlets.{which}")} if which != "all" else {}
    return show_evidence(request, "outlets", ARTICLES, _values(asked), name, say("count.articles", n=found.total), said, found)


def _lines(rows: tuple[OutletRow, ...], values: dict[str, str], say: Wording) -> Iterator[Line]:
    most = max((row.articles for row in rows), default=0)
    for row in rows:
        here = {**values, "outlet": row.name or UNKNOWN}
        articles, said = address(ARTICLES, here, order=None, page=None), address("/voices/said", here, order=None, page=None)
        languages = [say(f"language.{language}") for language, count in zip(LANGUAGES, row.languages, strict=True) if count]
        period = say.days(_day(row.first_day), _day(row.last_day)) or say("events.day_unknown")
        unnamed = row.kinds[_UNNAMED]
        yield Line(
            row.name or say("scope.no_outlet"),
            f"{', '.join(languages)} · {period}",
            articles,
            bool(row.name),
            (
                linked(row.articles, articles, of=most),
                part(row.shared, f"{articles}&which=shared", row.articles),
                part(row.later, f"{articles}&which=later", row.articles),
                linked(row.said, said),
                part(row.said - unnamed, f"{said}&named=1", row.said),
                part(unnamed, f"{said}&kind=unnamed", row.said),
                part(row.denials, f"{said}&denial=1", row.said),
                linked(row.claims, articles),
                part(row.own, address("/voices/claims", here, order=None, page=None), row.claims),
                linked(row.labels, address("/labels/used", here, order=None, page=None)),
            ),
        )


def _cells(row: OutletRow) -> tuple[Cell, ...]:
    return (
        row.name or UNKNOWN, row.articles, *row.languages, row.shared, row.later, row.said, *row.kinds[:-1], row.denials, row.claims, row.own, row.labels,
        _day(row.first_day), _day(row.last_day),
    )  # fmt: skip


def _day(number: int) -> str | None:
    return date.fromordinal(number).isoformat() if number else None


def _values(asked: QueryParams) -> dict[str, str]:
    return {**scope_values(asked), **{name: asked[name] for name in ("which", "order") if asked.get(name)}}


def _which(asked: QueryParams) -> Which:
    chosen = choice(asked, "which", get_args(Which))
    return next((each for each in get_args(Which) if each == chosen), "all")


def _order(asked: QueryParams) -> OutletOrder:
    chosen = choice(asked, "order", get_args(OutletOrder))
    return next((each for each in get_args(OutletOrder) if each == chosen), "articles")


ROUTES = (Route(PATH, show_outlets), Route("/outlets.csv", download_outlets), Route(ARTICLES, show_articles))
