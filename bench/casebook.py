"""How fast and how large is the casebook? Synthetic articles, claims and events with realistic overlap; no article is parsed.

    PYTHONPATH=src:. python -m bench.casebook [--articles 10000] [--claims 10000 100000] [--events 100000]

Places, actors and words are drawn by Zipf's law, days from two years, six claims tell of each event: crowded places and actors included.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from msgspec import Struct, structs

from recoupe.casebook import Box, Casebook, Circle, EventFilter, open_casebook
from recoupe.model import (
    ActorMention,
    Attribution,
    Block,
    Claim,
    ClaimRef,
    Dispute,
    Document,
    DocumentInfo,
    Event,
    EventPlace,
    EventType,
    Mention,
    PlaceMention,
    Position,
    Positions,
    Published,
    Reading,
    Span,
)

FIRST, DAYS = date(2018, 1, 1), 730
OUTLETS = tuple(f"outlet-{number}" for number in range(40))
TYPES: tuple[EventType, ...] = ("ASSAULT", "ASSAULT", "ASSAULT", "MOBILIZE", "COERCE", "RETREAT", "ACCUSE", "CONSULT", "AID", "THREATEN")
CLAIMS_PER_EVENT = 6
SYLLABLES = tuple(first + second for first in "bcdfglmnprstv" for second in ("a", "e", "i", "o", "u", "an", "on", "é", "er"))


class Happening(Struct, frozen=True):
    """What the synthetic articles tell of."""

    number: int
    type: EventType
    day: date
    place: int
    actors: tuple[int, int]


class World:
    """Happenings, and articles that tell of them."""

    def __init__(self, seed: int, happenings: int, words: int = 400) -> None:
        self.random = Random(seed)
        self.words = words
        self.places = [(self.random.uniform(29, 37), self.random.uniform(35, 47), f"CN{self.random.randrange(8)}"[-2:]) for _ in range(3000)]
        self.place_weights = _zipf(len(self.places))
        self.actor_weights = _zipf(400)
        self.vocabulary = sorted({"".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4))) for _ in range(30_000)})
        self.random.shuffle(self.vocabulary)
        self.word_weights = _zipf(len(self.vocabulary))
        self.happenings = [self._happening(number) for number in range(happenings)]

    def _happening(self, number: int) -> Happening:
        pick = self.random
        place = pick.choices(range(len(self.places)), cum_weights=self.place_weights)[0]
        one, other = pick.choices(range(400), cum_weights=self.actor_weights, k=2)
        return Happening(number, pick.choice(TYPES), FIRST + timedelta(days=pick.randrange(DAYS)), place, (one, other))

    def articles(self, claims: int, per_article: int = 12) -> Iterator[tuple[Document, Reading, tuple[str, ...]]]:
        """Articles with so many claims in all; happenings near in time stand together in an article."""
        told = sorted(self.random.choices(self.happenings, k=claims), key=lambda one: (one.day, self.random.random()))
        for at in range(0, claims, per_article):
            yield self._article(at, told[at : at + per_article])

    def _article(self, number: int, told: Sequence[Happening]) -> tuple[Document, Reading, tuple[str, ...]]:
        pick = self.random
        drawn = pick.choices(self.vocabulary, cum_weights=self.word_weights, k=self.words)
        lines = [" ".join(drawn[at : at + 60]) + "." for at in range(0, self.words, 60)]
        text = " ".join(drawn[:9]) + "\n\n" + "\n".join(lines) + "\nPartager cet article\n"
        digest = hashlib.sha256(f"{number} {text}".encode()).hexdigest()
        day = max(one.day for one in told) + timedelta(days=pick.randrange(2))
        when = Published(str(day), str(day), str(day), "metadata")
        title = len(lines[0])
        info = DocumentInfo(digest[:16], f"{number}.txt", f"{number}.txt", None, pick.choice(OUTLETS), "fr", text[:40], when, len(text), digest)
        blocks = (
            Block("title", 0, text.index("\n")),
            Block("body", text.index("\n") + 2, text.rindex("P")),
            Block("chrome", text.rindex("P"), len(text)),
        )
        document = Document(info, text, blocks)
        prints = tuple(hashlib.blake2b(line.encode(), digest_size=8).hexdigest() for line in text.splitlines() if line)
        return document, self._reading(document, told, title), prints

    def _reading(self, document: Document, told: Sequence[Happening], width: int) -> Reading:
        pick = self.random
        mentions: list[Mention] = []
        claims: list[Claim] = []
        attributions: list[Attribution] = []
        for at, one in enumerate(told):
            start = 20 + at * 100
            latitude, longitude, country = self.places[one.place]
            mentions += [
                PlaceMention(f"place:{start}-{start + 6}", start, start + 6, f"Place{one.place}", f"p:{one.place}", f"Place{one.place}", country,
                             round(latitude, 4), round(longitude, 4), "town", 5.0),
                *(ActorMention(f"actor:{start + gap}-{start + gap + 5}", start + gap, start + gap + 5, f"Actor{name}", f"actor:{name}", f"Actor{name}")
                  for gap, name in zip((10, 30), one.actors, strict=True)),
            ]  # fmt: skip
            attributions.append(
                Attribution(f"said:{start}-{start + 4}", (Span(start, start + 9),), "named", f"actor:{one.actors[0]}", f"Actor{one.actors[0]}",
                            (Span(start, start + 4),), (Span(start + 5, start + 90),), "indirect", "neutral", denial=False, parent=None, rule="made")
            )  # fmt: skip
            day = str(one.day) if pick.random() < 0.6 else None
            placed = (f"place:{start}-{start + 6}",) if pick.random() < 0.8 else ()
            claims.append(
                Claim(
                    id=f"{one.type}:{start}-{one.number}", trigger=Span(start, start + 4), sentence=Span(start, start + 90), type=one.type, mode=None,
                    acled=None, actors=(f"actor:{start + 10}-{start + 15}",), recipients=(f"actor:{start + 30}-{start + 35}",), places=placed,
                    times=(), date_start=day, date_end=day, figures=(), voice=f"said:{start}-{start + 4}", chain=(f"said:{start}-{start + 4}",),
                    factuality="CT+", stage="accomplished", responsibility=None, rule="made",
                )
            )  # fmt: skip
        return Reading(document.info, document.blocks, tuple(mentions), tuple(attributions), tuple(claims))


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def milliseconds(timings: list[float]) -> str:
    """The median and the 95th percentile of some seconds."""
    ordered = sorted(timings)
    return f"median {1000 * ordered[len(ordered) // 2]:.2f} ms, p95 {1000 * ordered[int(len(ordered) * 0.95)]:.1f} ms"


def memory() -> str:
    """The most memory this process has used."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def measure_adding(folder: Path, articles: int) -> Path:
    """Articles a second, alone and in batches, and bytes an article."""
    world = World(7, articles * 2)
    items = list(world.articles(articles * 12))
    place = folder / "articles.db"
    with open_casebook(place) as casebook:
        begun = time.perf_counter()
        for item in items[:300]:
            casebook.add(*item)
        print(f"add, one by one:  {300 / (time.perf_counter() - begun):7.0f} articles/s")
        begun = time.perf_counter()
        with casebook.batch():
            for item in items[300:]:
                casebook.add(*item)
        print(f"add, in batches:  {(articles - 300) / (time.perf_counter() - begun):7.0f} articles/s   ({articles} articles, 12 claims each)")
        begun = time.perf_counter()
        for item in items[:300]:
            casebook.add(*item)
        print(f"add, known:       {300 / (time.perf_counter() - begun):7.0f} articles/s")
    size = place.stat().st_size
    text = sum(len(document.text.encode()) for document, _, _ in items) / articles
    print(f"file: {size / articles:.0f} bytes an article, of which its text raw would be {text:.0f}")
    database = sqlite3.connect(str(place))
    tables = database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 12").fetchall()
    print("      " + ", ".join(f"{name} {size / articles:.0f}" for name, size in tables))
    database.close()
    return place


def measure_search(place: Path, articles: int) -> None:
    """Milliseconds of searches of each kind."""
    world = World(7, 10)
    common, rare = world.vocabulary[:60], world.vocabulary[500:3000]
    pick = Random(3)
    kinds: dict[str, Callable[[], str]] = {
        "rare word": lambda: pick.choice(rare),
        "common word": lambda: pick.choice(common),
        "three words": lambda: " ".join(pick.choices(rare[:800], k=3)),
        "phrase": lambda: f'"{pick.choice(common)} {pick.choice(common)}"',
        "prefix": lambda: pick.choice(rare)[:3] + "*",
        "with not": lambda: f"{pick.choice(rare)} -{pick.choice(common)}",
    }
    with open_casebook(place) as casebook:
        for name, make in kinds.items():
            timings, hits = [], 0
            for _ in range(60):
                begun = time.perf_counter()
                hits += len(list(casebook.search(make(), 20)))
                timings.append(time.perf_counter() - begun)
            print(f"search {name:12} {milliseconds(timings)}   ({hits / 60:.1f} hits shown of {articles} articles)")


def measure_candidates(folder: Path, claims: int) -> None:
    """Pairs, seconds and memory; how many of the pairs of one happening are among them; the cost of adding one article."""
    world = World(11, claims // CLAIMS_PER_EVENT, words=30)
    with open_casebook(folder / f"claims{claims}.db") as casebook:
        with casebook.batch():
            for item in world.articles(claims):
                casebook.add(*item)
        begun = time.perf_counter()
        pairs = same = 0
        for left, right in casebook.candidates(None):
            pairs += 1
            same += left.claim.rpartition("-")[2] == right.claim.rpartition("-")[2]
        seconds = time.perf_counter() - begun
        true = _true_pairs(casebook)
        print(f"candidates of {claims} claims: {pairs} pairs ({pairs / claims:.1f} a claim) in {seconds:.1f} s, memory {memory()}")
        print(f"    pairs of one happening: {same} of {true} are among them ({same / true:.3f})")
        timings = []
        for document in [reading.document.id for reading in casebook.readings()][:: max(1, claims // 600)]:
            begun = time.perf_counter()
            list(casebook.candidates([document]))
            timings.append(time.perf_counter() - begun)
        print(f"    for one article of 12 claims: {milliseconds(timings)}")


def _true_pairs(casebook: Casebook) -> int:
    tellings: dict[str, dict[str, int]] = {}
    for reading in casebook.readings():
        for claim in reading.claims:
            by_document = tellings.setdefault(claim.id.rpartition("-")[2], {})
            by_document[reading.document.id] = by_document.get(reading.document.id, 0) + 1
    total = 0
    for by_document in tellings.values():
        everyone = sum(by_document.values())
        total += (everyone**2 - sum(count**2 for count in by_document.values())) // 2
    return total


def measure_events(folder: Path, count: int) -> None:
    """Milliseconds of filters over many events, and of showing one."""
    world = World(13, count, words=40)
    pick = Random(5)
    with open_casebook(folder / "events.db") as casebook:
        with casebook.batch():
            for item in world.articles(count):
                casebook.add(*item)
        claims = [ClaimRef(reading.document.id, claim.id) for reading in casebook.readings() for claim in reading.claims]
        pick.shuffle(claims)
        claims = list(dict.fromkeys(claims))
        begun = time.perf_counter()
        casebook.store_events(_event(world, one, claim) for one, claim in zip(world.happenings, claims, strict=False))
        stored = casebook.count_events()
        print(f"store {stored} events: {time.perf_counter() - begun:.1f} s")
        filters: dict[str, Callable[[], EventFilter]] = {
            "nothing asked": EventFilter,
            "a week": lambda: EventFilter(since=str(day := _day(pick)), until=str(day + timedelta(days=7))),
            "radius 50 km": lambda: EventFilter(area=Circle(pick.uniform(30, 36), pick.uniform(36, 46), 50)),
            "actor": lambda: EventFilter(actor=f"actor{pick.randrange(400)}"),
            "type, disputed": lambda: EventFilter(type=pick.choice(TYPES), disputed=True),
            "outlet, 3 origins": lambda: EventFilter(outlet=pick.choice(OUTLETS), minimum_origins=3),
            "words": lambda: EventFilter(words=pick.choice(world.vocabulary[500:3000])),
            "all at once": lambda: EventFilter(
                since=str(day := _day(pick)), until=str(day + timedelta(days=90)), area=Box(31, 36, 35, 44), actor=f"actor{pick.randrange(40)}",
                type="ASSAULT", minimum_origins=2, language="fr",
            ),
        }  # fmt: skip
        for name, make in filters.items():
            listed, counted = [], []
            for _ in range(40):
                wanted = make()
                begun = time.perf_counter()
                list(casebook.events(structs.replace(wanted, limit=50)))
                listed.append(time.perf_counter() - begun)
                begun = time.perf_counter()
                casebook.count_events(wanted)
                counted.append(time.perf_counter() - begun)
            print(f"events {name:18} 50 of them: {milliseconds(listed)}; counting: {milliseconds(counted)}")
        timings = []
        for one in pick.choices(world.happenings[:stored], k=200):
            begun = time.perf_counter()
            casebook.event(_name(one)[:10])
            timings.append(time.perf_counter() - begun)
        print(f"event by the beginning of its id: {milliseconds(timings)}")


def _day(pick: Random) -> date:
    return FIRST + timedelta(days=pick.randrange(DAYS - 90))


def _name(one: Happening) -> str:
    return hashlib.sha256(str(one.number).encode()).hexdigest()[:16]


def _event(world: World, one: Happening, claim: ClaimRef) -> Event:
    latitude, longitude, country = world.places[one.place]
    origins = 1 + one.number % 4
    killed = tuple(Position((f"origin {rank}",), 1, (claim,), low=rank, high=rank + 3) for rank in range(origins))
    disputes = (Dispute("killed", (0, origins - 1), "they can't both be true"),) if origins == 4 else ()
    return Event(
        _name(one), one.type, None, str(one.day), str(one.day), EventPlace(f"p:{one.place}", f"Place{one.place}", country, latitude, longitude, 5.0),
        (f"Actor{one.actors[0]}",), (f"Actor{one.actors[1]}",), (claim,), (), (), origins, (), Positions(killed=killed), disputes,
    )  # fmt: skip


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--claims", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--events", type=int, default=100_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for claims in chosen.claims:
            measure_candidates(folder, claims)
        if chosen.events:
            measure_events(folder, chosen.events)
        if chosen.articles:
            measure_search(measure_adding(folder, chosen.articles), chosen.articles)


if __name__ == "__main__":
    main()
