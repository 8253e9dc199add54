"""Which ACLED sub-type is a snippet of CASE 2021 about? The first event that has one, violence before the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.actors import find_actors
from recoupe.extract.events import find_events
from recoupe.extract.occurrence import Occurrence
from recoupe.knowledge.actors import open_register


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line a snippet."""
    register = open_register()
    for item in items:
        parse = parsed(item["text"], "en")
        told = find_events(parse, find_actors(parse, register), (), (), ())
        yield {"id": item["id"], "label": label(told.occurrences)}


def label(occurrences: tuple[Occurrence, ...]) -> str | None:
    """The sub-type of the main event: the first that has one."""
    known = [one for one in occurrences if one.acled is not None]
    return known[0].acled if known else None
