"""Where are the places that English news texts name? Gold spans given (resolution alone), or our own spans (end to end).

The sets count states that act through their name and names inside longer names as toponyms too, so that all of them are answered with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.places import toponyms
from recoupe.extract.places_given import resolve_near
from recoupe.knowledge.places import open_gazetteer
from recoupe.model import PlaceMention, Span


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """Answer with the gold's own spans: resolution alone is measured."""
    gazetteer = open_gazetteer()
    for item in items:
        spans = [Span(toponym["start"], toponym["end"]) for toponym in item["toponyms"]]
        mentions = resolve_near(parsed(item["text"], "en"), spans, gazetteer)
        rows = [_row(span, mention) for span, mention in zip(spans, mentions, strict=True) if mention is not None]
        yield {"id": item["id"], "toponyms": rows}


def predict_end_to_end(items: Iterable[Row]) -> Iterator[Row]:
    """Answer with spans of our own: finding and resolution are measured together."""
    gazetteer = open_gazetteer()
    for item in items:
        found = toponyms(parsed(item["text"], "en"), gazetteer, ())
        yield {"id": item["id"], "toponyms": [_row(Span(t.mention.start, t.mention.end), t.mention) for t in found if t.use != "embedded"]}


def _row(span: Span, mention: PlaceMention) -> Row:
    """A row of the scorer; where the point is withheld, the likeliest candidate's is given, for the sets ask for one answer."""
    row: Row = {"start": span.start, "end": span.end, "lat": mention.latitude, "lon": mention.longitude, "country": mention.country}
    if mention.latitude is None and mention.candidates:
        first = mention.candidates[0]
        row |= {"lat": first.latitude, "lon": first.longitude, "country": first.country}
    if mention.feature != "country" and mention.latitude is not None:
        del row["country"]
    return row
