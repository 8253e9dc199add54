"""What does one article say? Its text with layers, and its claims in the margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from recoupe.casebook import Casebook
from recoupe.model import Attribution, Block, Claim, ClaimRef, Document, Mention, Reading, Span
from recoupe.web.desk import desk_of
from recoupe.web.layers import LAYERS, Mark, Shown, marks, part_with, parts, shown
from recoupe.web.query import AddressError
from recoupe.web.quotes import voices_of
from recoupe.web.summary import kind
from recoupe.web.view import language_of, render
from recoupe.web.wording import Wording, wording


class Margin(Struct, frozen=True):
    """A claim in the margin: what, who, where, when, how many, by whom and how surely; `spans` are its evidence and its voices."""

    id: str
    what: str
    type: str
    trigger: str
    who: str
    whom: str
    where: str
    when: str
    figures: str
    voices: tuple[str, ...]
    surely: str
    stage: str
    event: str | None
    address: str
    evidence: str
    chain: str
    chosen: bool


class Layer(Struct, frozen=True):
    """A layer that can be switched, and how many spans it has."""

    name: str
    count: int


class ArticlePage(Struct, frozen=True):
    """The page of one article; `link` is its address where that is one of the web."""

    id: str
    title: str
    outlet: str
    published: str
    evidence: str
    key: str
    link: str | None
    language: str
    characters: int
    layers: tuple[Layer, ...]
    blocks: tuple[Shown, ...]
    claims: tuple[Margin, ...]
    chosen: str | None
    part: int
    parts: int
    problems: tuple[str, ...]


def show_article(request: Request) -> Response:
    """The page of an article, or of one part of it where it is long."""
    say = wording(language_of(request))
    with desk_of(request).reading() as casebook:
        document, reading = casebook.record(request.path_params["id"])
        return render(request, "article.html", _page(casebook, document, reading, request, say))


def _page(casebook: Casebook, document: Document, reading: Reading, request: Request, say: Wording) -> ArticlePage:
    info, found = document.info, parts(document)
    chosen = next((claim for claim in reading.claims if claim.id == request.query_params.get("claim")), None)
    pointed = _pointed(request, info.characters)
    start = chosen.trigger.start if chosen else pointed.start if pointed else 0
    part = _part(request, len(found)) or part_with(found, start) + 1
    blocks = found[part - 1]
    every = marks(reading)
    counts = {name: sum(mark.layer == name for mark in every) for name in LAYERS}
    lit = [*evidence_of(chosen), *_chain_spans(chosen, reading.attributions)] if chosen else [pointed] if pointed else []
    return ArticlePage(
        id=info.id, title=info.title or info.key, outlet=info.outlet or "", published=say.day(info.published.value), evidence=info.published.evidence,
        key=info.key, link=web_address(info.url) or web_address(info.key), language=info.language, characters=info.characters,
        layers=tuple(Layer(name, count) for name, count in counts.items()),
        blocks=shown(document.text, blocks, (*every, *([Mark(pointed, "pointed", "at")] if pointed else ())), lit),
        claims=_margin(casebook, document, reading, blocks, chosen, say),
        chosen=chosen.id if chosen else None, part=part, parts=len(found),
        problems=tuple(f"{problem.stage}: {problem.reason}" for problem in reading.problems),
    )  # fmt: skip


def _part(request: Request, many: int) -> int | None:
    text = request.query_params.get("part")
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= many):
        raise AddressError(f"part={text!r} is none of the {many} parts of this article")
    return int(text)


def _pointed(request: Request, characters: int) -> Span | None:
    """The stretch that `at=START-END` points at."""
    text = request.query_params.get("at")
    if text is None:
        return None
    start, _, end = text.partition("-")
    if not all(each.isascii() and each.isdecimal() and len(each) < 10 for each in (start, end)) or not int(start) < int(end) <= characters:
        raise AddressError(f"at={text!r} is no stretch of this article: write it as at=120-180")
    return Span(int(start), int(end))


def web_address(text: str | None) -> str | None:
    """An address that may be followed: of the web and nothing else.

    >>> web_address("javascript:alert(1)"), web_address("https://example.org/a")
    (None, 'https://example.org/a')
    """
    if not text:
        return None
    try:
        found = urlsplit(text)
    except ValueError:
        return None
    return text if found.scheme in {"http", "https"} and found.netloc else None


def evidence_of(claim: Claim) -> tuple[Span, ...]:
    """Where a claim stands: its trigger and the further evidence joined to it."""
    return (claim.trigger, *claim.evidence)


def _chain_spans(claim: Claim, attributions: Sequence[Attribution]) -> list[Span]:
    by_id = {attribution.id: attribution for attribution in attributions}
    return [span for identity in claim.chain if identity in by_id for span in (*by_id[identity].source, *by_id[identity].cue)]


def _margin(
    casebook: Casebook, document: Document, reading: Reading, blocks: Sequence[Block], chosen: Claim | None, say: Wording
) -> tuple[Margin, ...]:
    first, last = (blocks[0].start, blocks[-1].end) if blocks else (0, 0)
    inside = sorted((claim for claim in reading.claims if first <= claim.trigger.start < last), key=lambda claim: claim.trigger)
    identity = document.info.id
    homes = casebook.events_of([ClaimRef(identity, claim.id) for claim in inside])
    mentions = {mention.id: mention for mention in reading.mentions}
    return tuple(
        _claim(document, reading, claim, mentions, homes.get(ClaimRef(identity, claim.id)), chosen, say) for claim in inside
    )  # fmt: skip


def _claim(
    document: Document,
    reading: Reading,
    claim: Claim,
    mentions: Mapping[str, Mention],
    event: str | None,
    chosen: Claim | None,
    say: Wording,
) -> Margin:
    text = document.text
    voices = voices_of(claim, reading.attributions, text)
    return Margin(
        id=claim.id, what=kind(claim, say), type=claim.type,
        trigger=" ".join(text[claim.trigger.start : claim.trigger.end].split()), who=_names(claim.actors, mentions), whom=_names(claim.recipients, mentions),
        where=_names(claim.places, mentions), when=say.days(claim.date_start, claim.date_end), figures=_figures(claim, mentions, say),
        voices=voices or (say("event.own_voice"),), surely=say(f"factuality.{claim.factuality}"), stage=say(f"stage.{claim.stage}"), event=event,
        address=f"?claim={quote(claim.id)}#claim-{quote(claim.id)}", evidence=_written(evidence_of(claim)),
        chain=_written(_chain_spans(claim, reading.attributions)), chosen=claim is chosen,
    )  # fmt: skip


def _names(wanted: Sequence[str], mentions: Mapping[str, Mention]) -> str:
    found = (mentions[identity] for identity in wanted if identity in mentions)
    return ", ".join(dict.fromkeys(str(getattr(mention, "name", "") or " ".join(mention.text.split())) for mention in found))


def _figures(claim: Claim, mentions: Mapping[str, Mention], say: Wording) -> str:
    found = [mentions[identity] for identity in claim.figures if identity in mentions]
    return ", ".join(f"{' '.join(each.text.split())} ({say('measure.' + getattr(each, 'measure', 'other'))})" for each in found)


def _written(spans: Sequence[Span]) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in spans)


ROUTES = (Route("/articles/{id}", show_article),)
