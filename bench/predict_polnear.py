"""Who says what in PolNeAR's articles? Attributions without scare quotes, which the corpus does not mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.parses import parsed
from bench.predict_framenet import as_row
from bench.sets import Row
from recoupe.extract.voices import find_voices


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line an article."""
    for item in items:
        found = find_voices(parsed(item["text"], "en"), ())
        yield {"id": item["id"], "attributions": [as_row(one) for one in found if one.style not in ("scare", "conditional")]}
