"""Which sentences tell of police killing, arresting or using force? Events whose actors are police or troops; what was only planned or asked for is some action."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.actors import find_actors
from recoupe.extract.events import find_events
from recoupe.extract.factuality import assess_all
from recoupe.extract.occurrence import Occurrence
from recoupe.extract.voices import find_voices
from recoupe.knowledge.actors import open_register

_FORCE = re.compile(
    r"\b(police\w*|cops?|army|troops?|soldiers?|jawans?|constables?|security|raf|crpf|bsf|srp|paramilitary|inspector|commandos?|forces?|personnel)\b"
)

_SURE = frozenset({"CT+", "PR+"})


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One list of labels a sentence."""
    register = open_register()
    for item in items:
        parse = parsed(item["text"], "en")
        named = find_actors(parse, register)
        told = find_events(parse, named, (), (), ())
        assessed = assess_all(parse, told.occurrences, find_voices(parse, named), told.actors)
        done = [one for one, seen in zip(told.occurrences, assessed, strict=True) if seen.factuality in _SURE and seen.stage != "planned"]
        names = {mention.id: mention.text.casefold() for mention in told.actors}
        labels: list[list[str]] = []
        for sentence in item["sentences"]:
            inside = [one for one in told.occurrences if sentence["start"] <= one.trigger.start < sentence["end"]]
            words = item["text"][sentence["start"] : sentence["end"]]
            labels.append(sorted({name for one in inside for name in _labels(one, names, words.casefold()) if one in done or name == "ANY_ACTION"}))
        yield {"id": item["id"], "labels": labels}


def _labels(one: Occurrence, names: dict[str, str], sentence: str) -> Iterator[str]:
    by_police = any(_FORCE.search(names[name]) for name in one.actors)
    if one.type == "COERCE" and one.mode == "arrest":
        yield "ARREST"
        yield "ANY_ACTION"
    if one.type == "ASSAULT" and (one.mode == "crowd-control" or by_police):
        yield "FORCE"
        yield "ANY_ACTION"
        if "kill" in one.rule or "death" in one.rule or re.search(r"\b(kill|dead|died|death|perish)", sentence):
            yield "KILL"
    elif by_police:
        yield "ANY_ACTION"
