"""How fast is the review on a large casebook? The next claim under every kind of filter, and a decision, at the casebook and by the page.

    PYTHONPATH=src:. python -m bench.review CASEBOOK        milliseconds: median and 95th percentile of 40 turns each

Decisions are written into the casebook that is given: give a copy, or one that bench.scale made.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from recoupe.casebook import Casebook, Position, QueueFilter, open_casebook
from recoupe.model import ClaimRef
from recoupe.web import Settings, make_app

TURNS = 40
REVIEWER = "bench"


def timed(name: str, work: Callable[[int], object], turns: int = TURNS) -> None:
    """Print a line: what was done, and how long it took."""
    times = []
    for turn in range(turns):
        begun = time.perf_counter()
        work(turn)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    print(f"{name:44} {times[len(times) // 2]:8.1f} {times[int(len(times) * 0.95)]:8.1f}", flush=True)


def filters(casebook: Casebook) -> dict[str, QueueFilter]:
    """A filter of every kind, common and rare, made from what the casebook holds."""
    some = [each.claim for each in casebook.waiting(REVIEWER, QueueFilter(order="random"), 3)]
    document = casebook.document(some[0].document).info
    actor = next((name.name for claim in some if (found := casebook.draft(claim)) for name in found.actors if name.id is None), None)
    known = next((name.id for claim in some if (found := casebook.draft(claim)) for name in found.actors if name.id), None)
    day = document.published.date_start
    return {
        "no filter": QueueFilter(),
        "type": QueueFilter(type="ASSAULT"),
        "a type that no claim has": QueueFilter(type="AID"),
        "outlet": QueueFilter(outlet=document.outlet),
        "one day": QueueFilter(since=day, until=day),
        "days that no claim has": QueueFilter(since="2999-01-01"),
        "actor": QueueFilter(actor=known or actor),
        "an actor that no claim has": QueueFilter(actor="nobody at all"),
        "actor, type and day": QueueFilter(actor=known or actor, type="PROTEST", since=day, until=day),
        "one document": QueueFilter(document=document.id),
        "drawn at random": QueueFilter(order="random"),
        "as the texts run": QueueFilter(order="text"),
    }


def main() -> None:
    """Measure."""
    place = Path(sys.argv[1])
    with open_casebook(place, create=False) as casebook:
        print(f"{place}: {casebook.count_waiting(REVIEWER)} or more claims wait; median and p95 in ms")
        for name, wanted in filters(casebook).items():
            timed(f"next: {name}", lambda _, wanted=wanted: casebook.waiting(REVIEWER, wanted))  # type: ignore[misc]
            timed(f"count: {name}", lambda _, wanted=wanted: casebook.count_waiting(REVIEWER, wanted), 10)  # type: ignore[misc]
        rows = [each.claim for each in casebook.waiting(REVIEWER, None, 8 * TURNS) if casebook.draft(each.claim)]
        timed("after the hundredth", lambda _: casebook.waiting(REVIEWER, None, 1, Position("after", rows[99])))
        timed("reasons", lambda turn: casebook.reasons(rows[turn]))
        timed("decide", lambda turn: casebook.decide(rows[turn], "accepted", REVIEWER))
    by_page(place, rows[TURNS:])


def by_page(place: Path, rows: list[ClaimRef]) -> None:
    """A decision that answers with the next claim, as the browser asks for it."""
    with TestClient(make_app(Settings(place))) as client:
        client.post("/review/name", data={"name": REVIEWER})

        def decide(turn: int) -> None:
            claim = f"{rows[turn].document}/{rows[turn].claim}"
            answer = client.post("/review/decide", data={"claim": claim, "verdict": "accepted"}, headers={"hx-request": "true"})
            assert answer.status_code == 200, answer.text[-600:]

        timed("page: a decision, with the next claim", decide)
        timed("page: the first claim", lambda _: client.get("/review").raise_for_status())


if __name__ == "__main__":
    main()
