"""Are the articles that count other dead than the rest listed with their versions? Over the incidents of American shootings told by several articles.

usage: python -m bench.gva_versions SET.jsonl

An article's toll is of the event that holds the claims it is of, else of the one that the article is about. The article differs where its toll is not
that of most articles of the event; it is listed where a version of the killed other than theirs stands under its name.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.crosschecked import Crosschecked, crosschecked
from bench.predict_gva import main_events
from recoupe.model import ClaimRef


def main() -> None:
    """Print how many articles differ, and how many of them are listed."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    found = crosschecked(article for row in rows for article in row["articles"])
    told = {reading.document.key: reading.toll.killed if reading.toll is not None else None for reading in found.readings}
    members: defaultdict[str, list[str]] = defaultdict(list)
    for article, name in {**main_events(found), **dict(_events_of_tolls(found))}.items():
        if told[article] is not None:
            members[name].append(article)
    differ = listed = 0
    for event in found.checked.events:
        counts = Counter(told[article] for article in members[event.id])
        if len(counts) < 2:
            continue
        most = max(counts, key=lambda value: (counts[value], value or 0))
        held = {found.article(claim.document) for position in event.positions.killed if position.low != most for claim in position.claims}
        others = [article for article in members[event.id] if told[article] != most]
        differ += len(others)
        listed += sum(article in held for article in others)
    print(f"{listed} of {differ} articles whose toll is not their event's are listed with another version ({listed / max(differ, 1):.3f})")


def _events_of_tolls(found: Crosschecked) -> Iterator[tuple[str, str]]:
    """The event of each article's toll: of those that hold claims which it is of, the one that holds most, the first of equals."""
    event_of = {claim: event.id for event in found.checked.events for claim in event.claims}
    for reading in found.readings:
        claims = [ClaimRef(reading.document.id, claim) for claim in reading.toll.claims] if reading.toll is not None else []
        events = Counter(event_of[claim] for claim in claims if claim in event_of)
        if events:
            yield reading.document.key, events.most_common(1)[0][0]


if __name__ == "__main__":
    main()
