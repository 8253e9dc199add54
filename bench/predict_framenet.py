"""Who says what in the French FrameNet sentences? Attributions without scare quotes, which the corpus does not mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.voices import find_voices
from recoupe.model import Attribution, Span


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line a sentence."""
    for item in items:
        found = find_voices(parsed(item["text"], "fr"), ())
        yield {"id": item["id"], "attributions": [as_row(one) for one in found if one.style not in ("scare", "conditional")]}


def as_row(attribution: Attribution) -> Row:
    """Source, cue and content as the scorer wants them."""
    return {"source": _spans(attribution.source), "cue": _spans(attribution.cue), "content": _spans(attribution.content)}


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
