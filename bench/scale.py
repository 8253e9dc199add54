"""How do time and memory of `recoupe check` grow with the number of claims? Synthetic articles with the overlap of a news corpus, none parsed.

Seconds are those of the processor (one core is used), so that what else the machine does plays no part.

Articles of four claims tell of one main occurrence, which two further articles on average tell too, and of two others; occurrences fall on 2,000
towns, a hundred claims a day, a tenth of them on one front line, so that some blocks are crowded. Tolls differ by article, as they do; an
occurrence has three names of its own, among ordinary words.

    python -m bench.scale 10000 100000        one line of figures for each size, and the growth between them
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from wordfreq import top_n_list

from recoupe.casebook import Casebook, open_casebook
from recoupe.checking import check_casebook, keep_told
from recoupe.crosscheck import tell
from recoupe.model import (
    ActorMention,
    Attribution,
    Block,
    Claim,
    Document,
    DocumentInfo,
    EventType,
    FigureMention,
    Mention,
    PlaceMention,
    Published,
    Reading,
    Span,
)

TOWNS, CLAIMS_A_DAY, CLAIMS_AN_ARTICLE = 2_000, 100, 4
_FIRST_DAY = 700_000
_TYPES: tuple[EventType, ...] = ("ASSAULT", "ASSAULT", "ASSAULT", "COERCE", "PROTEST", "MOBILIZE")
_LETTERS = "bcdfgklmnprstvz"


class Occurrence(Struct, frozen=True):
    """What happened, before it is told."""

    number: int
    type: EventType
    day: int
    town: int
    killed: int
    actor: int
    words: tuple[str, ...]


class World:
    """Occurrences, as many as a corpus of so many claims tells of, and the articles that tell of them."""

    def __init__(self, claims: int, seed: int = 1) -> None:
        self.claims, self.chance = claims, random.Random(seed)
        self.common = top_n_list("en", 20_000)[1_000:]
        self.towns = [(self.chance.uniform(30, 38), self.chance.uniform(34, 48)) for _ in range(TOWNS)]
        self.happened = [self._occurrence(number) for number in range(max(claims // 5, 1))]

    def _occurrence(self, number: int) -> Occurrence:
        pick = self.chance
        town = pick.randrange(20 if pick.random() < 0.1 else TOWNS)
        words = tuple(self._name(10 * self.claims) for _ in range(3))
        day = _FIRST_DAY + pick.randrange(max(self.claims // CLAIMS_A_DAY, 1))
        return Occurrence(number, pick.choice(_TYPES), day, town, int(pick.paretovariate(0.9)), pick.randrange(60), words)

    def _name(self, many: int) -> str:
        number, found = self.chance.randrange(many), ""
        for _ in range(7):
            number, letter = divmod(number, len(_LETTERS))
            found += _LETTERS[letter] + "aeiou"[letter % 5]
        return found.capitalize()

    def articles(self) -> Iterator[tuple[Document, Reading]]:
        """Articles with so many claims in all."""
        main = self.happened[: max(self.claims // 12, 1)]
        for number in range(self.claims // CLAIMS_AN_ARTICLE):
            about = self.chance.choice(main)
            yield self._article(number, about, [about, about, self.chance.choice(self.happened), self.chance.choice(self.happened)])

    def _article(self, number: int, about: Occurrence, told: list[Occurrence]) -> tuple[Document, Reading]:
        pick, text = self.chance, ""
        mentions: list[Mention] = []
        claims: list[Claim] = []
        published = about.day + pick.randrange(3)
        for one in told:
            sentence = " ".join((*one.words, *self.chance.choices(self.common, k=45))) + ". "
            claims.append(self._claim(len(text), sentence, one, mentions))
            text += sentence
        day = date.fromordinal(published).isoformat()
        identity = f"{number:016x}"
        info = DocumentInfo(
            identity, identity, None, None, f"Outlet {pick.randrange(300)}", "en", None, Published(day, day, day, "given"), len(text), identity * 4
        )
        said = Attribution(
            "said:0-1", (Span(0, 1),), "named", None, f"Source {pick.randrange(400)}", (), (), "indirect", "neutral", denial=False, parent=None,
            rule="made",
        )  # fmt: skip
        blocks = (Block("body", 0, len(text)),)
        return Document(info, text, blocks), Reading(info, blocks, tuple(mentions), (said,), tuple(claims))

    def _claim(self, start: int, sentence: str, one: Occurrence, mentions: list[Mention]) -> Claim:
        pick, (latitude, longitude) = self.chance, self.towns[one.town]
        place, actor, figure = f"place:{start}", f"actor:{start}", f"figure:{start}"
        killed = one.killed + (pick.randrange(4) if pick.random() < 0.3 else 0)
        mentions += [
            PlaceMention(place, start, start + 3, "town", f"town {one.town}", f"Town {one.town}", "SY", latitude, longitude, "town", 5.0),
            ActorMention(actor, start + 4, start + 8, "who", f"actor-{one.actor}", f"Actor {one.actor}"),
            FigureMention(figure, start + 9, start + 11, "n", "killed", killed, killed, approximate=False),
        ]
        day = date.fromordinal(one.day).isoformat() if pick.random() < 0.6 else None
        return Claim(
            id=f"{one.type}:{start}-{start + 8}", trigger=Span(start, start + 8), sentence=Span(start, start + len(sentence)), type=one.type, mode=None,
            acled=None, actors=(actor,) if pick.random() < 0.5 else (), recipients=(), places=(place,) if pick.random() < 0.6 else (), times=(),
            date_start=day, date_end=day, figures=(figure,) if pick.random() < 0.5 else (), voice="outlet",
            chain=("said:0-1",) if pick.random() < 0.5 else (), factuality="CT+", stage="accomplished", responsibility=None, rule="made",
        )  # fmt: skip


class Run(Struct, frozen=True):
    """What one size cost."""

    claims: int
    adding: float
    events: int
    largest: int
    seconds: float
    added_seconds: float
    megabytes: float


def run(claims: int, place: Path) -> Run:
    """Fill a casebook with so many claims, check it, then add one article and check again."""
    with open_casebook(place) as casebook:
        started = time.process_time()
        with casebook.batch():
            *rest, last = World(claims).articles()
            for document, reading in rest:
                _add(casebook, document, reading)
        adding, started = time.process_time() - started, time.process_time()
        tally = check_casebook(casebook)
        seconds = time.process_time() - started
        started = time.process_time()
        _add(casebook, *last)
        check_casebook(casebook)
        added = time.process_time() - started
        largest = max(len(event.claims) for event in casebook.events())
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Run(claims, adding, tally.events, largest, seconds, added, megabytes)


def _add(casebook: Casebook, document: Document, reading: Reading) -> None:
    casebook.add(document, reading)
    keep_told(casebook, tell(document, reading))


def main() -> None:
    """Print a line for every size."""
    before: Run | None = None
    for size in [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as folder:
            found = run(size, Path(folder) / "scale.casebook")
        growth = f"  ×{found.seconds / before.seconds:.1f}" if before else ""
        print(
            f"{found.claims:>9,} claims (added in {found.adding:.0f} s) {found.events:>8,} events, largest {found.largest:>4}"
            f" {found.seconds:>7.1f} s{growth} {found.megabytes:>6.0f} MB; one more article {found.added_seconds * 1000:.0f} ms",
            flush=True,
        )
        before = found


if __name__ == "__main__":
    main()
