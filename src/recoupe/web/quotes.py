"""In which words is an event told? Each passage once, its triggers marked, with who says it and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote

from msgspec import Struct

from recoupe.casebook import Casebook
from recoupe.model import Attribution, Claim, ClaimRef, Document, Event, Reading, Span
from recoupe.web.versions import claim_address
from recoupe.web.wording import Wording

LONGEST = 700  # code points of a passage; a longer sentence is cut about its trigger


class Piece(Struct, frozen=True):
    """A stretch of a passage, marked or not."""

    text: str
    marked: bool


class Saying(Struct, frozen=True):
    """A claim of a passage: its voices, how surely it is said, and its address."""

    ref: str
    voices: tuple[str, ...]
    surely: str
    factuality: str
    address: str


class Passage(Struct, frozen=True):
    """A sentence of an article that tells of the event; offsets are those of the article's text."""

    outlet: str
    published: str
    title: str
    address: str
    language: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    sayings: tuple[Saying, ...]


class _Told(NamedTuple):
    document: Document
    reading: Reading
    claim: Claim


def passages(casebook: Casebook, event: Event, most: int, say: Wording) -> tuple[tuple[Passage, ...], int]:
    """The first passages of an event by the day of their articles, and how many articles are left out."""
    found: list[Passage] = []
    wanted: dict[str, list[str]] = {}
    for ref in event.claims:
        wanted.setdefault(ref.document, []).append(ref.claim)
    references = sorted(event.documents, key=lambda each: (each.published or "9", each.key))
    for place, reference in enumerate(references):
        if len(found) >= most:
            return tuple(found), len(references) - place
        document, reading = casebook.record(reference.id)
        told = [_Told(document, reading, claim) for claim in reading.claims if claim.id in wanted.get(reference.id, ())]
        found.extend(_passages(told, say))
    return tuple(found), 0


def _passages(told: Sequence[_Told], say: Wording) -> Iterable[Passage]:
    by_sentence: dict[Span, list[_Told]] = {}
    for each in sorted(told, key=lambda each: each.claim.trigger):
        by_sentence.setdefault(each.claim.sentence, []).append(each)
    for sentence, inside in by_sentence.items():
        info, text = inside[0].document.info, inside[0].document.text
        shown = _cut(sentence, inside[0].claim.trigger)
        yield Passage(
            info.outlet or info.key, say.day(info.published.value), info.title or "", f"/articles/{quote(info.id)}", info.language, sentence.start,
            sentence.end, pieces(text, shown, [each.claim.trigger for each in inside]), tuple(_saying(each, say) for each in inside),
        )  # fmt: skip


def _cut(sentence: Span, trigger: Span) -> Span:
    if sentence.end - sentence.start <= LONGEST:
        return sentence
    start = max(sentence.start, trigger.start - LONGEST // 2)
    return Span(start, min(sentence.end, start + LONGEST))


def pieces(text: str, whole: Span, marked: Sequence[Span]) -> tuple[Piece, ...]:
    """A stretch of text cut where the marks begin and end.

    >>> [piece.text for piece in pieces("Une frappe a tué.", Span(0, 17), [Span(4, 10), Span(13, 16)])]
    ['Une ', 'frappe', ' a ', 'tué', '.']
    """
    found, at = [], whole.start
    for span in sorted(marked):
        start, end = max(span.start, at), min(span.end, whole.end)
        if start >= end:
            continue
        if start > at:
            found.append(Piece(text[at:start], marked=False))
        found.append(Piece(text[start:end], marked=True))
        at = end
    if at < whole.end:
        found.append(Piece(text[at : whole.end], marked=False))
    return tuple(found)


def _saying(told: _Told, say: Wording) -> Saying:
    identity = told.document.info.id
    return Saying(
        f"{identity}/{told.claim.id}", voices_of(told.claim, told.reading.attributions, told.document.text) or (say("event.own_voice"),),
        say(f"factuality.{told.claim.factuality}"), told.claim.factuality, claim_address(ClaimRef(identity, told.claim.id)),
    )  # fmt: skip


def voices_of(claim: Claim, attributions: Sequence[Attribution], text: str) -> tuple[str, ...]:
    """The voices of a claim from the first relay to its origin, by name or in the words of the text."""
    by_id = {attribution.id: attribution for attribution in attributions}
    return tuple(voice_name(by_id[identity], text) for identity in claim.chain if identity in by_id)


def voice_name(attribution: Attribution, text: str) -> str:
    """A source's name, or else its words; "?" where the text leaves it open."""
    words = " ".join(" ".join(text[span.start : span.end].split()) for span in attribution.source)
    return attribution.source_name or words or "?"
