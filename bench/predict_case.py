"""Which ACLED sub-type is a snippet of CASE 2021 about? By the precedence of its events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.actors import find_actors
from recoupe.extract.events import find_events
from recoupe.extract.events.precedence import main_subtype
from recoupe.knowledge.actors import open_register


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line a snippet."""
    register = open_register()
    for item in items:
        parse = parsed(item["text"], "en")
        told = find_events(parse, find_actors(parse, register), (), (), ())
        yield {"id": item["id"], "label": main_subtype(parse, told.occurrences)}
