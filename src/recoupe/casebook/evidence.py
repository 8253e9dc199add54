"""Which articles, and which words of theirs, stand behind a count?

Every count of voices, labels and outlets is of attributions, claims, labels or articles; those counted are told here, the latest article first,
with an excerpt in which the words that made each count are marked by offsets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import numpy as np
from msgspec import Struct

from recoupe.casebook.connection import Store
from recoupe.casebook.counts import Columns, Entries, Mask, Numbers
from recoupe.casebook.documents import load_record
from recoupe.model import Attribution, Claim, Document, DocumentInfo, Label, Reading, Span

Part = Literal["source", "cue", "content", "trigger", "label"]
BEFORE, LONGEST = 90, 420  # code points before the first marked word, and of an excerpt


class Marked(Struct, frozen=True):
    """A stretch of an excerpt and what it is."""

    part: Part
    start: int
    end: int


class Evidence(Struct, frozen=True):
    """What was counted once: its article, its name there, and the words; `start` is where the excerpt begins in the article's text.

    `more`: the text goes on after it.
    """

    document: DocumentInfo
    name: str
    excerpt: str
    start: int
    marked: tuple[Marked, ...]
    more: bool = False


class Found(Struct, frozen=True):
    """A page of evidence, and how much there is in all, in how many articles."""

    total: int
    articles: int
    shown: tuple[Evidence, ...]


Excerpt = Callable[[Document, Reading, int], Evidence]


def find(store: Store, columns: Columns, entries: Entries, chosen: Mask, excerpt: Excerpt, offset: int, limit: int) -> Found:
    """A page of the chosen entries; `excerpt` makes the evidence of one, given its place in its reading."""
    counts = np.bincount(entries.of[chosen], minlength=len(columns.alive)) if chosen.any() else np.zeros(len(columns.alive), dtype=np.int64)
    articles = newest_first(columns, np.flatnonzero(counts).astype(np.int32))
    passed = np.cumsum(counts[articles])
    begin, end = (int(np.searchsorted(passed, at, side="right")) for at in (offset, offset + limit - 1))
    skipped = offset - (int(passed[begin - 1]) if begin else 0)
    shown: list[Evidence] = []
    for place in articles[begin : end + 1]:
        first, after = (int(at) for at in entries.first(np.array([place, place + 1])))
        document, reading = _load(store, int(columns.document[place]))
        wanted = np.flatnonzero(chosen[first:after])[skipped : skipped + limit - len(shown)]
        shown += [excerpt(document, reading, int(at)) for at in wanted]
        skipped = 0
    return Found(int(passed[-1]) if len(passed) else 0, len(articles), tuple(shown))


def newest_first(columns: Columns, places: Numbers) -> Numbers:
    """Places of documents by their day of publication, the latest first, those without one last."""
    return places[np.lexsort((columns.document[places], -columns.day[places]))]


def said(document: Document, reading: Reading, at: int) -> Evidence:
    """The words of an attribution, with who speaks and what is said."""
    return said_by(document, reading.attributions[at])


def said_by(document: Document, one: Attribution) -> Evidence:
    """The words of an attribution of a document."""
    parts: tuple[tuple[Part, Sequence[Span]], ...] = (("source", one.source), ("cue", one.cue), ("content", one.content))
    return _evidence(document, one.id, [(part, span) for part, spans in parts for span in spans])


def claimed(document: Document, reading: Reading, at: int) -> Evidence:
    """The sentence of a claim, with the word that names the event."""
    claim: Claim = reading.claims[at]
    return _evidence(document, claim.id, [("trigger", claim.trigger)], claim.sentence)


def called(document: Document, reading: Reading, at: int) -> Evidence:
    """A label in its context."""
    label: Label = reading.labels[at]
    return _evidence(document, f"label:{label.start}-{label.end}", [("label", Span(label.start, label.end))])


def whole(document: Document) -> Evidence:
    """An article by the beginning of its text."""
    body = next((block for block in document.blocks if block.kind == "body"), None)
    return _evidence(document, "", [], Span(body.start, body.end) if body else Span(0, 0))


def article(store: Store, number: int) -> Evidence:
    """An article given by its row."""
    return whole(_load(store, number)[0])


def _evidence(document: Document, name: str, parts: Sequence[tuple[Part, Span]], inside: Span | None = None) -> Evidence:
    spans = [span for _, span in parts] or ([inside] if inside else [])
    first = min(span.start for span in spans)
    near = inside is not None and 0 <= first - inside.start <= 2 * BEFORE
    start = inside.start if inside is not None and near else _word_start(document.text, max(0, first - BEFORE))
    end = min(len(document.text), start + LONGEST, max(max(span.end for span in spans) + BEFORE, inside.end if inside else 0))
    end = _word_end(document.text, end, start)
    marked = [Marked(part, span.start - start, min(span.end, end) - start) for part, span in parts if start <= span.start < end]
    marked.sort(key=lambda mark: (mark.start, -mark.end))
    return Evidence(document.info, name, document.text[start:end], start, tuple(marked), end < len(document.text))


def _word_start(text: str, at: int) -> int:
    """The next beginning of a word, where one is near."""
    for step in range(at, min(len(text), at + 20)):
        if step == 0 or text[step - 1].isspace():
            return step
    return at


def _word_end(text: str, at: int, least: int) -> int:
    if at >= len(text):
        return len(text)
    for step in range(at, max(least, at - 20), -1):
        if text[step].isspace():
            return step
    return at


def _load(store: Store, number: int) -> tuple[Document, Reading]:
    identity = store.value("SELECT id FROM document WHERE number = ?", (number,))
    return load_record(store, identity)


def pieces(evidence: Evidence) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The excerpt cut where a mark begins or ends, each piece with what it is part of: spans may stand in one another.

    >>> from recoupe.model import Published
    >>> info = DocumentInfo("a", "a", None, None, None, "fr", None, Published(None, None, None, ""), 9, "a")
    >>> list(pieces(Evidence(info, "", "Il dit oui", 0, (Marked("source", 0, 2), Marked("cue", 3, 6)))))
    [('Il', ('source',)), (' ', ()), ('dit', ('cue',)), (' oui', ())]
    """
    edges = sorted({0, len(evidence.excerpt), *(at for mark in evidence.marked for at in (mark.start, mark.end))})
    for start, end in pairwise(edges):
        yield evidence.excerpt[start:end], tuple(mark.part for mark in evidence.marked if mark.start <= start and end <= mark.end)
