"""Who calls whom what? A table of terms, actors and outlets, and the words behind every number of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from recoupe.casebook import LabelOrder, LabelRow, LabelTable, Naming, Saying
from recoupe.casebook.tallies import POLARITIES
from recoupe.export.sheet import Cell
from recoupe.knowledge.actors import open_register
from recoupe.model import Polarity
from recoupe.web.desk import desk_of
from recoupe.web.names import actor_name
from recoupe.web.pages.counted import Line, Select, counts_page, show_counts, show_evidence
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

PATH, USED = "/labels", "/labels/used"
_SAYING: tuple[Saying, ...] = get_args(Saying)


def show_labels(request: Request) -> Response:
    """The table of labels."""
    asked, say = request.query_params, wording(language_of(request))
    values, wanted, order, page = _values(asked), _naming(asked), _order(asked), page_number(asked)
    desk = desk_of(request)
    with desk.reading() as casebook:
        table = casebook.counted(desk.counts).labels(read_scope(asked), wanted, order=order, offset=(page - 1) * ROWS, limit=ROWS)
        known = casebook.counted(desk.counts).outlet_names()
    rest = table.all_outlets - len(table.outlets)
    orders = {"used": say("labels.used"), "own": say("voice.own"), "quoted": say("voice.quoted")}
    context = counts_page(
        "labels",
        PATH,
        values,
        known=known,
        said={**scope_said(scope_values(asked), say), **_said(wanted, say)},
        total=say("labels.total", n=table.terms),
        summary=say("labels.summary", used=say("count.labels", n=table.used), articles=say("count.articles", n=table.articles)),
        note=say("labels.more_outlets", n=rest) if rest > 0 else "",
        heads=(
            Sorted("term", say("labels.term"), address(PATH, values, order="term", page=None), order == "term"),
            *heads(PATH, values, orders, order, "used"),
            *_outlets(table, values, say),
        ),
        lines=tuple(_lines(table, values, say)),
        paging=paging(PATH, values, page, table.terms, ROWS),
        selects=(
            Select("polarity", say("labels.polarity"), tuple((each, say(f"polarity.{each}")) for each in POLARITIES), wanted.polarity),
            Select("voice", say("labels.voice"), tuple((each, say(f"voice.{each}")) for each in _SAYING), wanted.voice),
        ),
    )
    return show_counts(request, context)


def download_labels(request: Request) -> Response:
    """The whole table as a file."""
    asked = request.query_params
    desk = desk_of(request)
    with desk.reading() as casebook:
        table = casebook.counted(desk.counts).labels(read_scope(asked), _naming(asked), order=_order(asked), limit=MOST_ROWS)
    columns = ("term", "written", "language", "actor", "actor_name", "used", "articles", "outlets", "own_voice", "quoted", *POLARITIES)
    return csv_file("labels", (*columns, *(outlet or UNKNOWN for outlet in table.outlets)), (_cells(row) for row in table.rows))


def show_used(request: Request) -> Response:
    """The labels that were counted, where they stand."""
    asked, say = request.query_params, wording(language_of(request))
    wanted, page = _naming(asked), page_number(asked)
    desk = desk_of(request)
    with desk.reading() as casebook:
        written = casebook.counted(desk.counts).term_written(wanted.term) if wanted.term else None
        found = casebook.counted(desk.counts).labelled(read_scope(asked), wanted, offset=(page - 1) * EVIDENCE, limit=EVIDENCE)
    name = f"« {written} »" if written else say("labels.all")
    return show_evidence(request, "labels", USED, _values(asked), name, say("count.labels", n=found.total), _said(wanted, say), found)


def _called(actor: str | None, say: Wording) -> str:
    return say("labels.actor_unknown") if actor is None else actor_name(actor, actor, say.language)


def _outlets(table: LabelTable, values: dict[str, str], say: Wording) -> Iterator[Sorted]:
    for outlet in table.outlets:
        label = outlet or say("scope.no_outlet")
        yield Sorted(
            f"outlet {outlet}", label, address(PATH, values, outlet=outlet or UNKNOWN, page=None), chosen=False, hint=say("voices.only_outlet")
        )


def _lines(table: LabelTable, values: dict[str, str], say: Wording) -> Iterator[Line]:
    most = max((count for row in table.rows for count in row.cells), default=0)
    used = max((row.used for row in table.rows), default=0)
    for row in table.rows:
        here = {**values, "term": row.term, "of": row.actor or UNKNOWN}

        def where(here: dict[str, str] = here, **changes: str) -> str:
            return address(USED, {**here, **changes}, order=None, page=None)

        kinds = [say(f"polarity.{each}") for each, count in zip(POLARITIES, row.polarities, strict=True) if count]
        cells = (linked(count, where(outlet=outlet or UNKNOWN), of=most) for count, outlet in zip(row.cells, table.outlets, strict=True))
        yield Line(
            row.written,
            f"→ {_called(row.actor, say)} · {', '.join(kinds)} · {say('count.articles', n=row.articles)}",
            where(),
            named=True,
            cells=(
                linked(row.used, where(), of=used),
                part(row.own, where(voice="own"), row.used),
                part(row.quoted, where(voice="quoted"), row.used),
                *cells,
            ),
        )


def _cells(row: LabelRow) -> tuple[Cell, ...]:
    entry = open_register().get(row.actor) if row.actor else None
    return (
        row.term, row.written, row.language, row.actor, entry.name if entry else None, row.used, row.articles, row.outlets, row.own, row.quoted,
        *row.polarities, *row.cells,
    )  # fmt: skip


def _values(asked: QueryParams) -> dict[str, str]:
    return {**scope_values(asked), **{name: asked[name] for name in ("term", "of", "polarity", "voice", "order") if asked.get(name)}}


def _naming(asked: QueryParams) -> Naming:
    polarity, voice, of = choice(asked, "polarity", POLARITIES), choice(asked, "voice", _SAYING), asked.get("of") or None
    return Naming(
        asked.get("term") or None,
        "" if of == UNKNOWN else of,
        next((each for each in get_args(Polarity) if each == polarity), None),
        next((each for each in _SAYING if each == voice), None),
    )


def _said(wanted: Naming, say: Wording) -> dict[str, str]:
    """What is asked of the labels, in words."""
    found: dict[str, str] = {}
    if wanted.actor is not None:
        found["of"] = f"→ {_called(wanted.actor or None, say)}"
    if wanted.polarity is not None:
        found["polarity"] = say(f"polarity.{wanted.polarity}")
    if wanted.voice is not None:
        found["voice"] = say(f"voice.{wanted.voice}")
    return found


def _order(asked: QueryParams) -> LabelOrder:
    chosen = choice(asked, "order", get_args(LabelOrder))
    return next((each for each in get_args(LabelOrder) if each == chosen), "used")


ROUTES = (Route(PATH, show_labels), Route("/labels.csv", download_labels), Route(USED, show_used))
