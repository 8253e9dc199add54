"""Who is quoted by whom, how, how surely, how often in denial? A table of voices and outlets, and the words behind every number of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from recoupe.casebook import Certainty, Counted, Speaking, VoiceOrder, VoiceRow, VoiceTable, fold
from recoupe.casebook.tallies import KINDS, STYLES
from recoupe.casebook.voices import CERTAINTIES
from recoupe.export.sheet import Cell
from recoupe.model import ClaimRef, SourceKind, Stance, Style
from recoupe.web.desk import desk_of
from recoupe.web.names import actor_name
from recoupe.web.pages.counted import CountsPage, Line, Select, Tab, counts_page, show_counts, show_evidence
from recoupe.web.summary import summarise
from recoupe.web.tables import (
    EVIDENCE,
    MOST_ROWS,
    ROWS,
    UNKNOWN,
    Linked,
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

PATH, SAID, CLAIMS = "/voices", "/voices/said", "/voices/claims"
_SPEAKERS = tuple(kind for kind in KINDS if kind != "outlet")
_STANCES: tuple[Stance, ...] = ("endorsing", "distancing")


def show_voices(request: Request) -> Response:
    """The table of voices."""
    asked, say = request.query_params, wording(language_of(request))
    values, wanted, order, page = _values(asked), _speaking(asked), _order(asked), page_number(asked)
    desk = desk_of(request)
    with desk.reading() as casebook:
        table = casebook.counted(desk.counts).voices(read_scope(asked), wanted, order=order, offset=(page - 1) * ROWS, limit=ROWS)
        known = casebook.counted(desk.counts).outlet_names()
    view = choice(asked, "view", ("who", "how")) or "who"
    columns, lines = (_quoting, _who) if view == "who" else (_manners, _how)
    shown = tuple(lines(table, values, say))
    context: CountsPage = counts_page(
        "voices",
        PATH,
        values,
        known=known,
        said={**scope_said(scope_values(asked), say), **({"kind": say(f"kind.{wanted.kind}")} if wanted.kind else {})},
        total=say("voices.total", n=table.voices),
        summary=say("voices.summary", said=say("count.quotations", n=table.said), articles=say("count.articles", n=table.articles)),
        note=_note(table, view, say),
        heads=(
            Sorted("name", say("voices.voice"), address(PATH, values, order="name", page=None), order == "name"),
            *columns(table, values, order, say),
        ),
        lines=tuple(sorted(shown, key=lambda line: fold(line.name))) if order == "name" else shown,  # as they are called here
        paging=paging(PATH, values, page, table.voices, ROWS),
        tabs=tuple(Tab(say(f"voices.{each}"), address(PATH, values, view=None if each == "who" else each), each == view) for each in ("who", "how")),
        selects=(Select("kind", say("voices.kind"), tuple((kind, say(f"kind.{kind}")) for kind in _SPEAKERS), wanted.kind),),
    )
    return show_counts(request, context)


def download_voices(request: Request) -> Response:
    """The whole table, with every column, as a file."""
    asked = request.query_params
    desk = desk_of(request)
    with desk.reading() as casebook:
        table = casebook.counted(desk.counts).voices(read_scope(asked), _speaking(asked), order=_order(asked), limit=MOST_ROWS)
    columns = (
        "voice", "name", "actor", "quotations", "articles", "outlets", *(f"source_{kind}" for kind in _SPEAKERS), *(f"style_{style}" for style in STYLES),
        "denials", "endorsing", "distancing", "claims", *CERTAINTIES, "negated", "denied_by_others", *(outlet or UNKNOWN for outlet in table.outlets),
    )  # fmt: skip
    return csv_file("voices", columns, (_cells(row) for row in table.rows))


def show_said(request: Request) -> Response:
    """The words of a voice, or of all, that were counted."""
    asked, say = request.query_params, wording(language_of(request))
    wanted, page = _speaking(asked), page_number(asked)
    desk = desk_of(request)
    with desk.reading() as casebook:
        name = _name(casebook.counted(desk.counts), wanted.voice, say)
        found = casebook.counted(desk.counts).quoted(read_scope(asked), wanted, offset=(page - 1) * EVIDENCE, limit=EVIDENCE)
    facets = {"kind": wanted.kind, "style": wanted.style, "stance": wanted.stance}
    said = {key: say(f"{key}.{value}") for key, value in facets.items() if value}
    said |= {name: say(f"voices.{word}") for name, word, there in (("denial", "denials", wanted.denial), ("named", "named", wanted.named)) if there}
    return show_evidence(request, "voices", SAID, _values(asked), name, say("count.quotations", n=found.total), said, found)


def show_claims(request: Request) -> Response:
    """The claims of which a voice is the origin; without one, those that the articles make themselves."""
    asked, say = request.query_params, wording(language_of(request))
    certainty, page, voice = _certainty(asked), page_number(asked), asked.get("voice") or None
    desk = desk_of(request)
    with desk.reading() as casebook:
        name = _name(casebook.counted(desk.counts), voice, say) if voice else say("voices.own")
        found = casebook.counted(desk.counts).originated(
            read_scope(asked), voice, certainty, negated="negated" in asked, denied="denied" in asked, offset=(page - 1) * EVIDENCE, limit=EVIDENCE
        )
        homes = casebook.events_of(ClaimRef(one.document.id, one.name) for one in found.shown)
        events = {ref: summarise(casebook.event(event), say) for ref, event in homes.items()}
    said = {"certainty": say(f"certainty.{certainty}")} if certainty else {}
    said |= {name: say(f"voices.{name}") for name in ("negated", "denied") if name in asked}
    return show_evidence(request, "voices", CLAIMS, _values(asked), name, say("count.claims", n=found.total), said, found, events)


# -------------------------------------------------------------------------------------------------------------------- the table


def _quoting(table: VoiceTable, values: dict[str, str], order: str, say: Wording) -> Iterator[Sorted]:
    yield from heads(PATH, values, {"said": say("voices.said")}, order, "said")
    for outlet in table.outlets:
        label = outlet or say("scope.no_outlet")
        yield Sorted(
            f"outlet {outlet}", label, address(PATH, values, outlet=outlet or UNKNOWN, page=None), chosen=False, hint=say("voices.only_outlet")
        )


def _who(table: VoiceTable, values: dict[str, str], say: Wording) -> Iterator[Line]:
    most = max((count for row in table.rows for count in row.cells), default=0)
    said = max((row.said for row in table.rows), default=0)
    for row in table.rows:
        cells = (linked(count, _said(values, row, outlet=outlet or UNKNOWN), of=most) for count, outlet in zip(row.cells, table.outlets, strict=True))
        yield _line(row, (linked(row.said, _said(values, row), of=said), *cells), values, say)


def _manners(table: VoiceTable, values: dict[str, str], order: str, say: Wording) -> Iterator[Sorted]:
    orders = dict(
        zip(("said", *(f"style {style}" for style in STYLES)), (say("voices.said"), *(say(f"style.{style}") for style in STYLES)), strict=True)
    )
    orders |= {"denials": say("voices.denials"), "endorsing": say("stance.endorsing"), "distancing": say("stance.distancing")}
    orders |= {
        "claims": say("voices.claims"),
        **{f"certainty {each}": say(f"certainty.{each}") for each in CERTAINTIES},
        "negated": say("voices.negated"),
    }
    known = get_args(VoiceOrder)
    for head in heads(PATH, values, orders, order, "said"):
        yield head if head.name in known else Sorted(head.name, head.label, "", chosen=False)


def _how(table: VoiceTable, values: dict[str, str], say: Wording) -> Iterator[Line]:
    most = max((row.said for row in table.rows), default=0)
    for row in table.rows:
        told = address(CLAIMS, values, voice=row.key, view=None, order=None, page=None)
        yield _line(
            row,
            (
                linked(row.said, _said(values, row), of=most),
                *(part(count, _said(values, row, style=style), row.said) for style, count in zip(STYLES, row.styles, strict=True)),
                part(row.denials, _said(values, row, denial="1"), row.said),
                part(row.endorsing, _said(values, row, stance="endorsing"), row.said),
                part(row.distancing, _said(values, row, stance="distancing"), row.said),
                linked(row.claims, told),
                *(part(count, f"{told}&certainty={each}", row.claims) for each, count in zip(CERTAINTIES, row.certainty, strict=True)),
                part(row.negated, f"{told}&negated=1", row.claims),
                part(row.denied, f"{told}&denied=1", row.claims),
            ),
            values,
            say,
        )


def _line(row: VoiceRow, cells: tuple[Linked, ...], values: dict[str, str], say: Wording) -> Line:
    kinds = [say(f"kind.{kind}") for kind, count in sorted(zip(KINDS, row.kinds, strict=True), key=lambda each: -each[1]) if count]
    spread = say("voices.spread", articles=say("count.articles", n=row.articles), outlets=say("count.outlets", n=row.outlets))
    return Line(
        actor_name(row.actor, row.name, say.language) or say("voices.nobody"),
        f"{', '.join(kinds)} · {spread}",
        _said(values, row),
        bool(row.name),
        cells,
    )


def _note(table: VoiceTable, view: str, say: Wording) -> str:
    rest = table.all_outlets - len(table.outlets)
    return say("voices.more_outlets", n=rest) if view == "who" and rest > 0 else ""


def _cells(row: VoiceRow) -> tuple[Cell, ...]:
    return (
        row.key, row.name, row.actor, row.said, row.articles, row.outlets, *row.kinds[: len(_SPEAKERS)], *row.styles, row.denials, row.endorsing,
        row.distancing, row.claims, *row.certainty, row.negated, row.denied, *row.cells,
    )  # fmt: skip


def _said(values: dict[str, str], row: VoiceRow, **changes: str) -> str:
    return address(SAID, {**values, "voice": row.key, **changes}, view=None, order=None, page=None)


# ------------------------------------------------------------------------------------------------------------------ the address


def _values(asked: QueryParams) -> dict[str, str]:
    own = ("view", "kind", "style", "stance", "denial", "named", "certainty", "negated", "denied", "voice", "order")
    return {**scope_values(asked), **{name: asked[name] for name in own if asked.get(name)}}


def _speaking(asked: QueryParams) -> Speaking:
    kind, style, stance = (choice(asked, name, values) for name, values in (("kind", _SPEAKERS), ("style", STYLES), ("stance", _STANCES)))
    return Speaking(
        asked.get("voice") or None,
        next((each for each in get_args(SourceKind) if each == kind), None),
        next((each for each in get_args(Style) if each == style), None),
        next((each for each in get_args(Stance) if each == stance), None),
        denial="denial" in asked,
        named="named" in asked,
    )


def _order(asked: QueryParams) -> VoiceOrder:
    chosen = choice(asked, "order", get_args(VoiceOrder))
    return next((each for each in get_args(VoiceOrder) if each == chosen), "said")


def _certainty(asked: QueryParams) -> Certainty | None:
    chosen = choice(asked, "certainty", CERTAINTIES)
    return next((each for each in CERTAINTIES if each == chosen), None)


def _name(counted: Counted, key: str | None, say: Wording) -> str:
    if key is None:
        return say("voices.all")
    found = counted.voice_name(key)
    if found is None:
        raise HTTPException(404, say("voices.unknown", voice=key))
    return actor_name(found[1], found[0], say.language) or say("voices.nobody")


ROUTES = (Route(PATH, show_voices), Route("/voices.csv", download_voices), Route(SAID, show_said), Route(CLAIMS, show_claims))
