"""How fast does the workbench answer on a large casebook? A real server, real requests, one user and twenty at once while articles are added.

    python -m bench.web make FILE --claims 1000000     a casebook of so many synthetic claims, ten an article, cross-checked by their makers' truth
    python -m bench.web time FILE                      percentiles of each page, alone and with twenty users beside an `add`

The events are stored as the synthetic world has them, not found by the cross-check (bench/scale.py measures that): the pages are what is timed.
"""

from __future__ import annotations

import argparse
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from msgspec.structs import replace

from bench.scale import Occurrence, World
from recoupe.casebook import EventFilter, open_casebook
from recoupe.model import Claim, ClaimRef, Dispute, Document, DocumentInfo, DocumentRef, Event, EventPlace, Origin, Position, Positions, Reading

AN_ARTICLE = 10  # claims
USERS, REQUESTS = 20, 60
KINDS = ("events", "filtered", "map", "timeline", "event", "article", "search", "voices", "labels", "outlets")


class Corpus(World):
    """A world whose articles hold ten claims each: three of a main occurrence, seven of others."""

    def articles(self) -> Iterator[tuple[Document, Reading]]:
        """Articles with so many claims in all."""
        main = self.happened[: max(self.claims // 30, 1)]
        for number in range(self.claims // AN_ARTICLE):
            about = self.chance.choice(main)
            self.told = [about] * 3 + self.chance.choices(self.happened, k=AN_ARTICLE - 3)
            yield self._article(number, about, self.told)


def make(place: Path, claims: int) -> None:
    """Write the casebook."""
    world = Corpus(claims)
    told: dict[int, list[tuple[Document, Claim, float | None, str]]] = defaultdict(list)
    with open_casebook(place) as casebook:
        started = time.monotonic()
        with casebook.batch():
            for number, (document, reading) in enumerate(world.articles()):
                casebook.add(document, reading)
                for claim, one in zip(reading.claims, world.told, strict=True):
                    figure = next((each.low for each in reading.mentions if each.id in claim.figures and hasattr(each, "low")), None)
                    told[one.number].append((document, claim, figure, document.info.outlet or ""))
                if number % 10_000 == 0:
                    print(f"{number:,} articles, {time.monotonic() - started:.0f} s", flush=True)
        print(f"{len(told):,} events", flush=True)
        made = (((_event(world.happened[number], world, claims_told),), ()) for number, claims_told in told.items())
        casebook.replace_events(made, ())
        casebook.mark_checked(casebook.unchecked())
    print(f"{place}: {place.stat().st_size / 1e6:,.0f} MB in {time.monotonic() - started:.0f} s")


def _event(one: Occurrence, world: World, told: list[tuple[Document, Claim, float | None, str]]) -> Event:
    day, (latitude, longitude) = date.fromordinal(one.day).isoformat(), world.towns[one.town]
    refs = tuple(ClaimRef(document.info.id, claim.id) for document, claim, _, _ in told)
    documents = {document.info.id: document.info for document, _, _, _ in told}
    by_outlet: dict[str, list[str]] = defaultdict(list)
    for info in documents.values():
        by_outlet[info.outlet or ""].append(info.id)
    origins = tuple(Origin(name, "outlet", tuple(ids), day) for name, ids in by_outlet.items())
    tolls: dict[float, list[int]] = defaultdict(list)
    for place, (_, _, figure, _) in enumerate(told):
        if figure is not None:
            tolls[figure].append(place)
    killed = tuple(
        Position(tuple({told[place][3] for place in places}), len(places), tuple(refs[place] for place in places), figure, figure, first_said=day)
        for figure, places in tolls.items()
    )
    disputes = (Dispute("killed", tuple(range(len(killed))), "the figures differ"),) if len(killed) > 1 else ()
    happened = Position(tuple(by_outlet), len(by_outlet), refs, value="yes", first_said=day)
    return Event(
        f"{one.number:016x}", one.type, None, day, day, EventPlace(f"town {one.town}", f"Town {one.town}", "SY", latitude, longitude, 5.0),
        (f"Actor {one.actor}",), (), refs, tuple(DocumentRef(info.id, info.key, None, info.outlet, info.published.value) for info in documents.values()),
        origins, len(origins), (), Positions(killed=killed, occurred=(happened,)), disputes,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------------ timing


class Asker:
    """Addresses such as a user would ask for, in a casebook whose events and words are known."""

    def __init__(self, place: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        with open_casebook(place, create=False) as casebook:
            found = list(casebook.events(EventFilter(limit=400)))
            self.words = [word for each in found[:60] for word in casebook.document(each.documents[0].id).text.split()[:40:7]]
        self.found = [each for each in found if each.documents]

    def ask(self, kind: str) -> str:
        """The address of a page of this kind."""
        pick = self.chance.choice
        event, word = pick(self.found), pick(self.words)
        place = event.place
        box = (
            f"{place.latitude - 2},{place.longitude - 3},{place.latitude + 2},{place.longitude + 3}"
            if place and place.latitude and place.longitude
            else ""
        )
        filters = {
            "type": event.type, "actor": event.actors[0] if event.actors else "", "outlet": event.documents[0].outlet or "", "disputed": "1", "origins": "2",
            "since": event.date_start or "", "box": box, "words": word,
        }  # fmt: skip
        scope = urlencode({"outlet": filters["outlet"]} if self.chance.random() < 0.5 else {})
        chosen = urlencode({name: filters[name] for name in self.chance.sample(sorted(filters), self.chance.randint(1, 3))})
        return {
            "events": "/events", "filtered": f"/events?{chosen}", "map": f"/api/events/map?{chosen}", "timeline": f"/api/events/timeline?{chosen}",
            "event": f"/events/{event.id}", "article": f"/articles/{event.documents[0].id}", "search": "/search?" + urlencode({"words": word}),
            "voices": f"/voices?{scope}", "labels": f"/labels?{scope}", "outlets": f"/outlets?{scope}",
        }[kind]  # fmt: skip


def measure(place: Path) -> None:
    """Print the percentiles of each kind of page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from recoupe.cli import main; main()", "serve", "--casebook", str(place), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        started = time.monotonic()
        _wait(base + "/api/openapi.json")
        _get(base + "/events")
        print(f"started, index read: {time.monotonic() - started:.1f} s")
        _report("one user", _user(base, Asker(place, 1), REQUESTS))
        busy = threading.Event()
        adding = threading.Thread(target=_add_all_the_while, args=(place, busy))
        adding.start()
        _report(f"{USERS} users, an add beside them", _users(base, place))
        busy.set()
        adding.join()
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            _get(address)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{address}: no answer")


def _get(address: str) -> float:
    started = time.perf_counter()
    request = urllib.request.Request(address, headers={"accept-encoding": "gzip", "accept-language": "fr"})
    with urllib.request.urlopen(request) as answer:
        answer.read()
    return time.perf_counter() - started


def _user(base: str, asker: Asker, many: int, pause: float = 0.0) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(many):
        for kind in KINDS:
            found[kind].append(_get(base + asker.ask(kind)))
            time.sleep(pause)
    return found


def _users(base: str, place: Path) -> dict[str, list[float]]:
    """Twenty users who look at what they get for a second or two before they ask again."""
    found: dict[str, list[float]] = defaultdict(list)
    askers = [Asker(place, seed) for seed in range(2, 2 + USERS)]
    results: list[dict[str, list[float]]] = []
    threads = [threading.Thread(target=lambda each=each: results.append(_user(base, each, 4, 1.5))) for each in askers]
    for thread in threads:
        thread.start()
        time.sleep(0.07)
    for thread in threads:
        thread.join()
    if len(results) < len(threads):
        raise SystemExit("a user met an error")
    for each in results:
        for kind, seconds in each.items():
            found[kind].extend(seconds)
    return found


def _add_all_the_while(place: Path, busy: threading.Event) -> None:
    """Add articles one by one, as a reading at full speed would, until told to stop."""
    number = 10**9
    with open_casebook(place, create=False) as casebook:
        while not busy.is_set():
            world = Corpus(AN_ARTICLE * 20, seed=number)
            for document, reading in world.articles():
                number += 1
                identity = f"{number:016x}"
                info = _renamed(document, identity)
                casebook.add(Document(info, document.text, document.blocks), Reading(info, *(getattr(reading, name) for name in _REST)))
                if busy.wait(0.05):
                    break


_REST = Reading.__struct_fields__[1:]


def _renamed(document: Document, identity: str) -> DocumentInfo:
    return replace(document.info, id=identity, key=identity, sha256=identity * 4)


def _report(title: str, found: dict[str, list[float]]) -> None:
    print(title)
    for kind in KINDS:
        times = sorted(found[kind])
        p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
        print(
            f"  {kind:<9} {len(times):>4} requests  median {statistics.median(times) * 1000:>6.0f} ms  p95 {p95 * 1000:>6.0f} ms  max {times[-1] * 1000:>6.0f} ms"
        )


def main() -> None:
    """Make a casebook, or time the pages on one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=["make", "time"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000)
    given = parser.parse_args()
    acts: dict[str, Callable[[], None]] = {"make": lambda: make(given.file, given.claims), "time": lambda: measure(given.file)}
    acts[given.act]()


if __name__ == "__main__":
    main()
