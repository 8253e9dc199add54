"""How do time and memory of `recoupe check` grow with the number of claims? Synthetic articles with the overlap of a news corpus, none parsed.

Seconds are those of the processor, of the check and the processes that help it together, so that what else the machine does plays little part; beside
them stands what the clock said. Memory is the most that all of these held.

How like news is it? Articles of four claims tell of one main occurrence, in two claims, which two further articles on average tell too, and of two
others. Occurrences fall on 2,000 towns, a hundred claims a day, a tenth of them on one front line of twenty towns, between sixty actors, so that
some blocks are crowded; an occurrence has three names of its own among ordinary words; half the claims give a toll, which differs between articles
in three cases of ten; four claims in ten have no day of their own, four no place. Harder than news: the two other occurrences are drawn from the
whole span, so that look-backs reach as far as the corpus does, and all towns are equally busy within the front line and outside it. Easier: there are
no copies, no second language, and texts have a tenth of an article's words. The casebook is filled table by table, because adding is not what is
measured here (`python -m bench.casebook` is); that this gives the same events as adding does is checked at every start.

    python -m bench.scale 10000 100000        one line of figures for each size, and the growth between them
"""

from __future__ import annotations

import random
import resource
import sqlite3
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from msgspec import Struct
from wordfreq import top_n_list

from recoupe.casebook import REPORTS, Casebook, open_casebook
from recoupe.casebook.blocks import claim_rows, ordinal, pack_blocks, word_blocks
from recoupe.checking import check_casebook, keep_told
from recoupe.crosscheck import Told, pack, sketched, tell, telling
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
from recoupe.versions import check_version

TOWNS, CLAIMS_A_DAY, CLAIMS_AN_ARTICLE = 2_000, 100, 4
_SENTENCE = 330  # characters from one claim to the next
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
            sentence = " ".join((*one.words, *self.chance.choices(self.common, k=12))) + ". "
            claims.append(self._claim(len(text), sentence, one, mentions))
            text += sentence.ljust(_SENTENCE)  # what stands in the lead weighs more, so positions are those of an article
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
    events: int
    largest: int
    seconds: float
    waited: float
    megabytes: float
    adding: float
    added: float


def fill(claims: int, place: Path) -> tuple[Document, Reading]:
    """Fill a casebook with so many claims, but for the last article, which is returned."""
    with open_casebook(place):
        pass
    *rest, last = World(claims).articles()
    database = sqlite3.connect(place, isolation_level=None)
    database.execute("BEGIN")
    blocks, number = array("q"), 0
    for article, (document, reading) in enumerate(rest, 1):
        told = tell(document, reading)
        _keep_document(database, article, document, told)
        words, reports = telling(told), told.homes
        for row in claim_rows(reading):
            number += 1
            under = (*row.blocks, *word_blocks(row.groups, words.get(row.id, ())))
            days = row.days
            database.execute(
                """INSERT INTO claim (number, document, id, type, groups, day, day_from, day_to, dated, placed, factuality, stage, voice, tie, blocks, report)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                (number, article, row.id, row.type, row.groups, days.day, days.first, days.last, days.basis, row.placed, row.factuality, row.stage,
                 row.voice, row.tie, pack_blocks(under), reports[row.id]),
            )  # fmt: skip
            for block in under:
                blocks.extend((block, days.day, row.tie, number))
    table = np.asarray(blocks, dtype=np.int64).reshape(-1, 4)
    table = table[np.lexsort(table.T[::-1])]
    for start in range(0, len(table), 100_000):
        database.executemany("INSERT INTO block (block, day, tie, claim) VALUES (?, ?, ?, ?)", table[start : start + 100_000].tolist())
    database.execute("COMMIT")
    database.close()
    return last


def _keep_document(database: sqlite3.Connection, number: int, document: Document, told: Told) -> None:
    info = document.info
    database.execute("INSERT OR IGNORE INTO outlet (name) VALUES (?)", (info.outlet,))
    database.execute(
        """INSERT INTO document (number, id, outlet, language, published, current, article, code_version, added_at)
           VALUES (?, ?, (SELECT number FROM outlet WHERE name = ?), ?, ?, 1, ?, '', '')""",
        (number, info.id, info.outlet, info.language, ordinal(info.published.date_start), number),
    )
    packed = pack(told)
    database.execute("INSERT INTO told (document, head, signature) VALUES (?, ?, ?)", (number, packed.head, packed.signature))
    database.executemany("INSERT INTO report (number, told) VALUES (?, ?)", enumerate(packed.reports, number * REPORTS))
    database.execute("INSERT INTO sketch (document, version, sketches) VALUES (?, ?, ?)", (number, check_version(), sketched(told)))
    database.execute("INSERT INTO change (document) VALUES (?)", (number,))


def measure(claims: int, place: Path, last: tuple[Document, Reading]) -> Run:
    """Check the casebook, then add one article and check again."""
    with open_casebook(place) as casebook:
        started, begun = _processor_seconds(), time.monotonic()
        watch = Watch()
        tally = check_casebook(casebook, watch)
        seconds, waited = _processor_seconds() - started, time.monotonic() - begun
        megabytes = watch.megabytes
        started = _processor_seconds()
        add(casebook, *last)
        adding, started = _processor_seconds() - started, _processor_seconds()
        check_casebook(casebook)
        added = _processor_seconds() - started
        largest = max(len(event.claims) for event in casebook.events())
    return Run(claims, tally.events, largest, seconds, waited, megabytes, adding, added)


def _processor_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    return sum(used.ru_utime + used.ru_stime for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))


class Watch:
    """The most memory that this process and those that it started have held, looked at from time to time; told as a check tells how far it is."""

    def __init__(self) -> None:
        self.helpers: dict[str, int] = {}

    def __call__(self, done: int, much: int) -> None:
        """Look at the processes that help."""
        for task in Path("/proc/self/task").iterdir():
            for child in (task / "children").read_text().split():
                self.helpers[child] = max(_most_kilobytes(child), self.helpers.get(child, 0))

    @property
    def megabytes(self) -> float:
        """All together."""
        return (_most_kilobytes("self") + sum(self.helpers.values())) / 1024


def _most_kilobytes(process: str) -> int:
    """The most that a process has held since its program began (what the system tells of ended ones is no less than what their parent held)."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def add(casebook: Casebook, document: Document, reading: Reading) -> None:
    """Add an article as the pipeline does."""
    casebook.add(document, reading)
    keep_told(casebook, tell(document, reading))


def filling_is_adding(claims: int) -> bool:
    """Whether a casebook filled table by table comes to the events of one to which all articles were added."""
    with tempfile.TemporaryDirectory() as folder, open_casebook(Path(folder) / "added") as added:
        last = fill(claims, Path(folder) / "filled")
        with added.batch():
            for document, reading in World(claims).articles():
                add(added, document, reading)
        with open_casebook(Path(folder) / "filled") as filled:
            add(filled, *last)
            check_casebook(filled)
            check_casebook(added)
            return list(filled.events()) == list(added.events())


def main() -> None:
    """Print a line for every size."""
    if not filling_is_adding(400):
        sys.exit("scale: filling gives other events than adding does: mend `fill` before you measure")
    before: Run | None = None
    for size in [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(1, max_tasks_per_child=1, mp_context=get_context("spawn")) as apart:
            place = Path(folder) / "scale.casebook"
            found = apart.submit(measure, size, place, apart.submit(fill, size, place).result()).result()
        growth = f"  ×{found.seconds / before.seconds:.1f}" if before else ""
        print(
            f"{found.claims:>9,} claims {found.events:>8,} events, largest {found.largest:>4} {found.seconds:>7.1f} s{growth}, {found.waited:.1f} s by the clock,"
            f" {found.megabytes:>6.0f} MB;"
            f" one more article: {found.adding * 1000:.0f} ms to add, {found.added * 1000:.0f} ms to check",
            flush=True,
        )
        before = found


if __name__ == "__main__":
    main()
