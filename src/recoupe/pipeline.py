"""How does an article become part of the record? The path of a document, readable in one sitting.

    paths ── ingest ─▶ items ─▶ documents ── language ─▶ parsed ── extract ─▶ readings ─▶ casebook

What is said across documents is found afterwards (checking).

A document that fails becomes a `Problem` here and nowhere else, and never stops a run.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TypeVar

from msgspec import Struct

from recoupe.casebook import Added, Casebook
from recoupe.casebook.applied import applied
from recoupe.checking import keep_told
from recoupe.crosscheck import tell
from recoupe.decision import Decision
from recoupe.errors import RecoupeError
from recoupe.extract.reading import read_parsed
from recoupe.ingest import Item, is_furniture, line_prints, recurring, to_document, with_furniture
from recoupe.knowledge.actors import Register, open_register
from recoupe.knowledge.places import Gazetteer, open_gazetteer
from recoupe.language.headline import parse_headline
from recoupe.language.parse import parse_all
from recoupe.model import Document, Problem, Reading
from recoupe.versions import code_version

BATCH = 50  # documents between which furniture is looked for before they are read
REPEATED = 3  # articles of one outlet in which a line stands before it can be furniture

Read = tuple[Document, Reading]
Result = TypeVar("Result")
Step = Callable[[int], None]


class Knowledge(Struct, frozen=True):
    """What is known before reading: the actors and the places of the world."""

    register: Register
    gazetteer: Gazetteer


class Tally(Struct, frozen=True):
    """What became of the items of a run: how many of each outcome, and the problems."""

    outcomes: tuple[tuple[Added, int], ...]
    problems: tuple[Problem, ...]


def open_knowledge() -> Knowledge:
    """The register and the gazetteer; raises KnowledgeError when one is missing, saying what to do."""
    return Knowledge(open_register(), open_gazetteer())


# ---------------------------------------------------------------------------------------------------- one document at a time


def read_document(document: Document, knowledge: Knowledge) -> Reading:
    """Document → Parsed → Reading."""
    (parsed,) = parse_all([document])
    return read_parsed(document, parsed, knowledge.register, knowledge.gazetteer, parse_headline(document))


def read_all(items: Iterable[Item | Problem], knowledge: Knowledge) -> Iterator[Read | Problem]:
    """Items → Documents → Readings, without a casebook; furniture is told apart across the documents of a batch."""
    for batch in _batches(items):
        found = [_ingested(item) for item in batch]
        furniture = _furniture_of(document for document in found if isinstance(document, Document))
        for each in found:
            if isinstance(each, Problem):
                yield each
                continue
            document = with_furniture(each, furniture[each.info.outlet])
            reading = _guarded("read", document.info.key, partial(read_document, document, knowledge))
            yield reading if isinstance(reading, Problem) else (document, reading)


def add_all(items: Iterable[Item | Problem], casebook: Casebook, knowledge: Knowledge, step: Step) -> Tally:
    """Items → Documents → Readings → casebook; what is stored already is not read again. `step` is told of every item done.

    Lines that turn out to be furniture once more articles of their outlet are known are taken out of the earlier ones too, so that the
    record does not depend on the order in which articles come.
    """
    counts: Counter[Added] = Counter()
    problems: list[Problem] = []
    before: dict[str | None, frozenset[str]] = {}

    def keep(found: Read | Problem) -> None:
        if isinstance(found, Problem):
            casebook.add_problem(found)
            problems.append(found)
        else:
            document, reading = found
            counts[casebook.add(document, reading, line_prints(document), code_version=code_version())] += 1
            keep_told(casebook, tell(document, reading))
        step(1)

    for batch in _batches(items):
        fresh = []
        known = casebook.known([item.sha256[:16] for item in batch if isinstance(item, Item)], code_version())
        for item in batch:
            if isinstance(item, Item) and item.sha256[:16] in known:
                counts[casebook.see(item.sha256[:16], item.key)] += 1
                step(1)
            else:
                fresh.append(_ingested(item))
        together = _furniture_of(document for document in fresh if isinstance(document, Document))
        for each in fresh:
            if isinstance(each, Document):
                before.setdefault(each.info.outlet, _furniture_in(casebook, each.info.outlet))
            keep(each if isinstance(each, Problem) else _reading(each, together, before, knowledge))
    for document in _changed_by_furniture(casebook, before):
        reading = read_document(document, knowledge)
        casebook.add(document, reading, line_prints(document), code_version=code_version())
    return Tally(tuple(sorted(counts.items())), tuple(problems))


def _reading(
    document: Document, together: dict[str | None, frozenset[str]], before: dict[str | None, frozenset[str]], knowledge: Knowledge
) -> Read | Problem:
    known = with_furniture(document, together[document.info.outlet] | before[document.info.outlet])
    reading = _guarded("read", known.info.key, partial(read_document, known, knowledge))
    return reading if isinstance(reading, Problem) else (known, reading)


def _ingested(item: Item | Problem) -> Document | Problem:
    return item if isinstance(item, Problem) else _guarded("ingest", item.key, partial(to_document, item))


def _guarded(stage: str, key: str, work: Callable[[], Result]) -> Result | Problem:
    """The document boundary: what goes wrong with one document is kept as its problem, in words, and the run goes on."""
    try:
        return work()
    except RecoupeError as error:
        return Problem(stage, str(error), key)
    except Exception as error:  # noqa: BLE001 - the one place where a fault of ours must not stop a run
        return Problem(stage, f"a fault in Recoupe, please report it: {type(error).__name__}: {error}", key)


def _batches(items: Iterable[Item | Problem]) -> Iterator[tuple[Item | Problem, ...]]:
    waiting = iter(items)
    while batch := tuple(islice(waiting, BATCH)):
        yield batch


def add_reviewed(casebook: Casebook, other: Casebook, reviewer: str | None = None, *, only_decided: bool = False) -> None:
    """Casebook → readings with the last decision of every claim applied → another casebook, which can then be cross-checked.

    The decisions are those of all reviewers or of one; with `only_decided`, claims that nobody decided on are left out.
    """
    decided: defaultdict[str, dict[str, Decision]] = defaultdict(dict)
    standing = {each.decision.id for each in casebook.standings() if each.decision is not None}
    for decision in casebook.decisions(reviewer):
        if decision.id in standing:
            decided[decision.document][decision.claim] = decision  # in their order: the last one stays
    with other.batch():
        for document, read in casebook.records():
            reading = applied(read, document.text, decided[document.info.id].values(), only_decided=only_decided)
            other.add(document, reading, line_prints(document))
            keep_told(other, tell(document, reading))
        for review in casebook.reviews():
            other.add_review(review)


# ------------------------------------------------------------------------------------------------------- furniture of outlets


def _furniture_of(documents: Iterable[Document]) -> defaultdict[str | None, frozenset[str]]:
    """The lines that recur over the articles of each outlet."""
    prints: defaultdict[str | None, list[tuple[str, ...]]] = defaultdict(list)
    for document in documents:
        prints[document.info.outlet].append(line_prints(document))
    return defaultdict(frozenset, {outlet: recurring(found, REPEATED) for outlet, found in prints.items() if outlet})


def _furniture_in(casebook: Casebook, outlet: str | None) -> frozenset[str]:
    """The lines that recur over the articles of an outlet in the casebook."""
    if outlet is None:
        return frozenset()
    found = casebook.recurring_prints(outlet, REPEATED)
    return frozenset(line.print for line in found if is_furniture(line.print, line.articles, line.of, REPEATED))


def _changed_by_furniture(casebook: Casebook, before: dict[str | None, frozenset[str]]) -> Iterator[Document]:
    """The stored documents whose blocks are other ones now that more articles of their outlets are known."""
    for outlet, known in sorted(before.items(), key=lambda each: each[0] or ""):
        now = _furniture_in(casebook, outlet)
        for identity in casebook.holding(outlet, now ^ known) if now != known else ():
            document = casebook.document(identity)
            told = with_furniture(document, now)
            if told != document:
                yield told
