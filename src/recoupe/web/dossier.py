"""What does one take away? An event, or a selection, as one HTML file that needs nothing else: to read, to print, to keep.

It holds every version with who stands behind it, what is disputed in words, the quoted words with their places, who repeats whom, the articles
with their addresses, the day on which it was made and the version of the program. It loads nothing and runs nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct

from recoupe.casebook import Casebook
from recoupe.model import DocumentRef, Event, Language
from recoupe.web.locator import Locator, locate, open_basemap
from recoupe.web.quotes import Passage, passages
from recoupe.web.summary import Summary, summarise
from recoupe.web.tolls import Chart, chart
from recoupe.web.versions import Column, Difference, Line, columns, differences, lines
from recoupe.web.view import written
from recoupe.web.wording import Wording, wording

MOST_EVENTS = 40  # of a selection
COLUMNS, PASSAGES, SOURCES = 60, 80, 300  # of one event


class Source(Struct, frozen=True):
    """An article: where it came from, and by what it can be told that it is the same."""

    id: str
    outlet: str
    title: str
    published: str
    evidence: str
    address: str
    language: str
    characters: int
    sha256: str


class Called(Struct, frozen=True):
    """A label, and who uses it."""

    text: str
    names: tuple[str, ...]


class Sheet(Struct, frozen=True):
    """One event of a dossier."""

    event: Summary
    latitude: float | None
    longitude: float | None
    locator: Locator | None
    differences: tuple[Difference, ...]
    columns: tuple[Column, ...]
    columns_left: int
    lines: tuple[Line, ...]
    tolls: Chart | None
    labels: tuple[Called, ...]
    passages: tuple[Passage, ...]
    articles_left: int
    copies: tuple[tuple[Source, ...], ...]
    sources: tuple[Source, ...]
    sources_left: int


class Dossier(Struct, frozen=True):
    """The whole file; `left` is how many events of the selection are not in it, `chosen` says in words by what they were selected."""

    title: str
    sheets: tuple[Sheet, ...]
    left: int
    chosen: str
    casebook: str
    made_at: str
    made_on: str


def dossier(casebook: Casebook, events: Sequence[Event], language: Language, *, left: int = 0, chosen: str = "", made: datetime | None = None) -> str:
    """The HTML file of some events; raises KnowledgeError where the basemap is damaged."""
    say, now = wording(language), (made or datetime.now(UTC)).astimezone(UTC)
    basemap = open_basemap()
    sheets = tuple(_sheet(casebook, event, locate(event.place, language, basemap), say) for event in events)
    title = _title(sheets[0].event, say) if len(sheets) == 1 else say("count.events", n=len(sheets))
    page = Dossier(title, sheets, left, chosen, casebook.path.name, now.isoformat(timespec="minutes"), say.day(now.date().isoformat()))
    return written("dossier.html", page, language)


def style_hash(html: str) -> str:
    """The source expression of a Content-Security-Policy that lets the file's own style through, and no other."""
    style = html.partition("<style>")[2].partition("</style>")[0]
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def _title(event: Summary, say: Wording) -> str:
    return " · ".join(part for part in (event.what, event.where or say("events.place_unknown"), event.when) if part)


def _sheet(casebook: Casebook, event: Event, locator: Locator | None, say: Wording) -> Sheet:
    found = columns(event, say)
    shown = found[:COLUMNS]
    told, left = passages(casebook, event, PASSAGES, say)
    by_day = sorted(event.documents, key=lambda reference: (reference.published or "9", reference.key))
    sources = {reference.id: _source(casebook, reference, say) for reference in by_day[:SOURCES]}
    copies = (tuple(sources[identity] for identity in group if identity in sources) for group in event.copies)
    place = event.place
    return Sheet(
        summarise(event, say),
        place.latitude if place else None,
        place.longitude if place else None,
        locator,
        differences(event, say),
        shown,
        len(found) - len(shown),
        tuple(line for line in lines(event, shown, say) if line.attribute != "label"),
        chart(event.positions.killed, say),
        tuple(Called(position.value or "?", position.origins) for position in event.positions.label),
        told,
        left,
        tuple(group for group in copies if len(group) > 1),
        tuple(sources.values()),
        len(by_day) - len(sources),
    )


def _source(casebook: Casebook, reference: DocumentRef, say: Wording) -> Source:
    info = casebook.document(reference.id).info
    return Source(
        info.id, info.outlet or "", info.title or info.key, say.day(info.published.value), info.published.evidence, info.url or info.key, info.language,
        info.characters, info.sha256,
    )  # fmt: skip
