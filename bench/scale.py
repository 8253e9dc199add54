"""How do time and memory of the cross-check grow with the number of claims? Synthetic claims with the overlap of a news corpus.

Articles of four claims tell of one main occurrence, which two further articles on average tell too, and of two others; occurrences fall on 2,000
towns, a hundred claims a day, a tenth of them on one front line, so that some keys are crowded. Tolls differ by article, as they do; new names keep turning up.

    python -m bench.scale 10000 100000        one line of figures for each size, and the growth between them
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator

from msgspec import Struct

from recoupe.crosscheck import Account, candidates, check, likely, touched
from recoupe.crosscheck.account import Count, Speaker, Where, party
from recoupe.crosscheck.words import RareWord
from recoupe.model import ClaimRef, EventType

TOWNS, CLAIMS_A_DAY, CLAIMS_AN_ARTICLE = 2_000, 100, 4
_FIRST_DAY = 700_000
_TYPES: tuple[EventType, ...] = ("ASSAULT", "ASSAULT", "ASSAULT", "COERCE", "PROTEST", "MOBILIZE")


class Occurrence(Struct, frozen=True):
    """What happened, before it is told."""

    number: int
    type: EventType
    day: int
    place: Where
    killed: int
    actor: str
    words: tuple[RareWord, ...]


def occurrences(claims: int, seed: int) -> list[Occurrence]:
    """As many occurrences as a corpus of so many claims tells of."""
    chance = random.Random(seed)
    towns = [Where(f"town {n}", f"Town {n}", "XX", chance.uniform(30, 38), chance.uniform(34, 48), 5.0) for n in range(TOWNS)]
    found = []
    for number in range(max(claims // 5, 1)):
        front = chance.random() < 0.1
        place = towns[chance.randrange(20 if front else TOWNS)]
        words = tuple(RareWord(f"n{chance.randrange(claims)}", chance.choice((2.5, 4.0, 6.0)), name=True) for _ in range(5))
        day = _FIRST_DAY + chance.randrange(max(claims // CLAIMS_A_DAY, 1))
        kind = chance.choice(_TYPES)
        found.append(Occurrence(number, kind, day, place, int(chance.paretovariate(0.9)), f"actor {chance.randrange(60)}", words))
    return found


def accounts(claims: int, seed: int = 1) -> Iterator[Account]:
    """So many claims, by articles."""
    chance = random.Random(seed + 1)
    happened = occurrences(claims, seed)
    main = happened[: max(claims // 12, 1)]
    for article in range(claims // CLAIMS_AN_ARTICLE):
        about = chance.choice(main)
        told = [about, about, chance.choice(happened), chance.choice(happened)]
        outlet = f"outlet {chance.randrange(300)}"
        for at, occurrence in enumerate(told):
            yield _account(f"d{article:07}", at * 300, occurrence, about, outlet, chance)


def _account(document: str, at: int, told: Occurrence, about: Occurrence, outlet: str, chance: random.Random) -> Account:
    own_day, own_place = chance.random() < 0.6, chance.random() < 0.6
    published = about.day + chance.randrange(3)
    voice = Speaker(outlet, outlet, "outlet")
    source = Speaker(f"source {chance.randrange(400)}", "a source", "named")
    noise = tuple(RareWord(f"w{chance.randrange(50_000)}", 3.0, name=False) for _ in range(5))
    killed = told.killed + (chance.randrange(4) if chance.random() < 0.3 else 0)
    return Account(
        ref=ClaimRef(document, f"{told.type}:{at}-{at + 8}"),
        type=told.type,
        mode=None,
        modes=frozenset(),
        acled=None,
        language="en",
        at=at,
        first_day=told.day if own_day else published - 3,
        last_day=told.day if own_day else published,
        day_basis="claim" if own_day else "article",
        places=(told.place if own_place else about.place,),
        place_basis="claim" if own_place else "article",
        actors=(party(told.actor, told.actor),) if chance.random() < 0.5 else (),
        recipients=(),
        figures=(Count("killed", killed, killed, approximate=False),) if chance.random() < 0.5 else (),
        factuality="CT+",
        stage="accomplished",
        responsibility=None,
        origin=source if chance.random() < 0.5 else voice,
        relays=(voice,),
        outlet=outlet,
        published=None,
        labels=(),
        words=told.words + noise,
        context=about.words + noise,
        sentences=frozenset(),
        aggregate=False,
    )


class Run(Struct, frozen=True):
    """What one size cost."""

    claims: int
    pairs: int
    events: int
    largest: int
    seconds: float
    added_seconds: float
    megabytes: float


def run(claims: int) -> Run:
    """Check so many claims, then add one article."""
    told = list(accounts(claims))
    started = time.perf_counter()
    pairs = list(candidates(told))
    checked = check(told, pairs)
    seconds = time.perf_counter() - started
    added = _add_one(told, pairs, {ref: component for component in checked.components for ref in component})
    largest = max(len(event.claims) for event in checked.events)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Run(len(told), len(pairs), len(checked.events), largest, seconds, added, megabytes)


def _add_one(told: list[Account], pairs: list[tuple[ClaimRef, ClaimRef]], component_of: dict[ClaimRef, tuple[ClaimRef, ...]]) -> float:
    """Seconds to check the last article as if it came now, its candidate pairs being at hand."""
    document = told[-1].ref.document
    new = {one.ref for one in told if one.ref.document == document}
    gained = [pair for pair in pairs if pair[0] in new or pair[1] in new]
    by_document: dict[str, list[Account]] = {}
    for one in told:
        by_document.setdefault(one.ref.document, []).append(one)
    started = time.perf_counter()
    near = {ref.document for pair in gained for ref in pair} | {document}
    links = list(likely([one for name in near for one in by_document[name]], gained))
    only = frozenset(ref for component in touched(component_of, new, links, []) for ref in component) | new
    whole = [one for name in {ref.document for ref in only} for one in by_document[name]]
    spent = time.perf_counter() - started
    inside = [pair for pair in pairs if pair[0] in only and pair[1] in only]  # the casebook's index gives these
    started = time.perf_counter()
    check(whole, inside, only=only)
    return spent + time.perf_counter() - started


def main() -> None:
    """Print a line for every size."""
    before: Run | None = None
    for size in [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]:
        found = run(size)
        growth = f"  ×{found.seconds / before.seconds:.1f}" if before else ""
        print(
            f"{found.claims:>9,} claims {found.pairs:>10,} pairs {found.events:>8,} events, largest {found.largest:>4}"
            f" {found.seconds:>7.1f} s{growth} {found.megabytes:>6.0f} MB; one more article {found.added_seconds * 1000:.0f} ms"
        )
        before = found


if __name__ == "__main__":
    main()
