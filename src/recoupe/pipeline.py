"""How does an article become part of the record? The path of a document, readable in one sitting.

    paths ── ingest ─▶ items ─▶ documents ── language ─▶ parsed ── extract ─▶ readings ─▶ casebook      one document at a time
    casebook ── candidates ─▶ accounts ── crosscheck ─▶ events, disputes ─▶ casebook                    across documents

A document that fails becomes a `Problem` here and nowhere else, and never stops a run.
"""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, partial
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from itertools import islice
from typing import TypeVar

from msgspec import Struct

from recoupe.casebook import Added, Casebook
from recoupe.crosscheck import (
    Candidate,
    Checked,
    Report,
    Told,
    components,
    copies,
    decisions,
    links_between,
    pack,
    reports_of,
    settle,
    tell,
    telling,
    unpack,
)
from recoupe.crosscheck import explain as explain_accounts
from recoupe.errors import CasebookError, RecoupeError
from recoupe.extract.reading import read_parsed
from recoupe.ingest import Item, is_furniture, line_prints, recurring, to_document, with_furniture
from recoupe.knowledge.actors import Register, open_register
from recoupe.knowledge.places import Gazetteer, open_gazetteer
from recoupe.language.pack import LANGUAGES, PackHead, load_table
from recoupe.language.parse import parse_all
from recoupe.model import ClaimRef, Document, Link, Problem, Reading

BATCH = 50  # documents between which furniture is looked for before they are read
FEW = 20  # with less than one article in so many changed, only what these can touch is checked again
AT_HAND = 8000  # articles whose claims the cross-check keeps in memory
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


class CheckTally(Struct, frozen=True):
    """What a cross-check did: articles that had changed, articles compared with them, and the events that came of it."""

    changed: int
    compared: int
    events: int


def open_knowledge() -> Knowledge:
    """The register and the gazetteer; raises KnowledgeError when one is missing, saying what to do."""
    return Knowledge(open_register(), open_gazetteer())


# ---------------------------------------------------------------------------------------------------- one document at a time


def read_document(document: Document, knowledge: Knowledge) -> Reading:
    """Document → Parsed → Reading."""
    (parsed,) = parse_all([document])
    return read_parsed(document, parsed, knowledge.register, knowledge.gazetteer)


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


# ----------------------------------------------------------------------------------------------------------- across documents


def check_casebook(casebook: Casebook) -> CheckTally:
    """Casebook → candidates → links → events → casebook, for what changed since the last check and all that it can touch."""
    changed = casebook.unchecked()
    if not changed:
        return CheckTally(0, 0, 0)
    desk = Desk(casebook)
    current = casebook.current()
    for identity in changed:
        if identity in current and casebook.told(identity, check_version()) is None:
            _told(casebook, identity)  # the words it is looked up by come with it
    whole = len(changed) * FEW > len(current)
    home, linked = _everything(casebook, desk, current) if whole else _touched(casebook, desk, changed)
    stale = casebook.events_with(current.union(changed)) if whole else {*casebook.events_of(home).values(), *casebook.events_with(changed)}
    kept: list[str] = []

    def settled() -> Iterator[Checked]:
        for refs, links in components(home, linked, desk.decided):
            found = desk.settle(refs, links)
            kept.extend(event.id for event in found.events)
            yield found

    casebook.replace_events(((found.events, found.links) for found in settled()), stale)
    casebook.mark_checked(changed)
    return CheckTally(len(changed), len({ref.document for ref in home}), len(kept))


class Desk:
    """What the cross-check has at hand of a casebook: what people decided, and the reports of the documents that it looked at last."""

    def __init__(self, casebook: Casebook) -> None:
        self.casebook = casebook
        self.decided = decisions(casebook.reviews())
        self._at_hand: OrderedDict[str, tuple[Told, dict[ClaimRef, Report]]] = OrderedDict()

    def document(self, identity: str) -> tuple[Told, dict[ClaimRef, Report]]:
        """What a document gives to the cross-check, and the report of each of its claims."""
        found = self._at_hand.get(identity)
        if found is None:
            told = _told(self.casebook, identity)
            found = told, {account.ref: report for report in reports_of(told, self.decided) for account in report.accounts}
            self._at_hand[identity] = found
            if len(self._at_hand) > AT_HAND:
                self._at_hand.popitem(last=False)
        return found

    def report(self, ref: ClaimRef) -> Report | None:
        """The report that a claim stands in, None where there is no such claim."""
        return self.document(ref.document)[1].get(ref)

    def settle(self, refs: Sequence[ClaimRef], links: Sequence[Candidate[ClaimRef]]) -> Checked:
        """The events of one component, given by its reports' names."""
        inside = [self.document(identity) for identity in sorted({ref.document for ref in refs})]
        reports = [report for ref in refs if (report := self.report(ref)) is not None]
        alike = copies(told.signature for told, _ in inside) if len(inside) > 1 else ()
        return settle(reports, links, self.decided, alike, {told.reference.id: told.reference for told, _ in inside})


Linked = tuple[dict[ClaimRef, ClaimRef], list[Candidate[ClaimRef]]]


def _everything(casebook: Casebook, desk: Desk, current: Collection[str]) -> Linked:
    """The report of every claim of the casebook, and all links."""
    linked = list(links_between(casebook.candidates(), desk.report))
    home = {ref: report.ref for identity in casebook.in_order(current) for ref, report in desk.document(identity)[1].items()}
    return home, linked


def _touched(casebook: Casebook, desk: Desk, changed: Collection[str]) -> Linked:
    """The claims whose events a change can touch, with their reports, and the links between these: whole components."""
    present = casebook.current()
    home: dict[ClaimRef, ClaimRef] = {}
    linked: dict[tuple[ClaimRef, ClaimRef], Candidate[ClaimRef]] = {}
    own = [ref for identity in changed if identity in present for ref in desk.document(identity)[1]]
    edge = {*own, *casebook.disturbed(changed), *_members(casebook, casebook.events_with(changed))}
    while edge:
        reports = [report for ref in edge if ref.document in present and (report := desk.report(ref)) is not None]
        fresh = {account.ref: report.ref for report in reports for account in report.accounts if account.ref not in home}
        home |= fresh
        found = {(link.left, link.right): link for link in links_between(casebook.neighbours(fresh), desk.report)}
        linked |= found
        edge = {ref for pair in found for ref in pair} | set(_members(casebook, frozenset(casebook.events_of(fresh).values())))
        edge |= {ref for one in desk.decided if one.left in fresh or one.right in fresh for ref in (one.left, one.right)}
        edge -= home.keys()
    return home, list(linked.values())


def _members(casebook: Casebook, events: Collection[str]) -> Iterator[ClaimRef]:
    return (ref for refs in casebook.members(events).values() for ref in refs)


def explain(casebook: Casebook, left: ClaimRef, right: ClaimRef) -> Link:
    """Why two stored claims are one event, or why not."""
    told = [account for identity in sorted({left.document, right.document}) for account in _told(casebook, identity).accounts]
    missing = [ref for ref in (left, right) if ref not in {account.ref for account in told}]
    if missing:
        raise CasebookError(
            f"{casebook.path}: document {missing[0].document} has no claim {missing[0].claim!r}: `recoupe show` lists an event's claims"
        )
    return explain_accounts(left, right, told, casebook.events_of((left, right)), tuple(casebook.reviews()))


def _told(casebook: Casebook, identity: str) -> Told:
    """What a document gives to the cross-check, made and kept where it was not."""
    kept = casebook.told(identity, check_version())
    if kept is not None:
        return unpack(kept)
    made = tell(casebook.document(identity), casebook.reading(identity))
    if not casebook.read_only:
        keep_told(casebook, made)
    return made


def keep_told(casebook: Casebook, told: Told) -> None:
    """Keep what a stored document gives to the cross-check."""
    casebook.keep_told(told.reference.id, pack(told), check_version(), telling(told))


@cache
def check_version() -> str:
    """What the cross-check's view of a document depends on besides its reading."""
    digest = hashlib.sha256(code_version().encode())
    _feed(digest.update, resources.files("recoupe") / "crosscheck")
    return digest.hexdigest()[:16]


# -------------------------------------------------------------------------------------------------------------------- version


@cache
def code_version() -> str:
    """What a reading depends on besides its document: the program's files with packs and knowledge, the models, the gazetteer."""
    digest = hashlib.sha256()
    for part in ("model.py", "language", "knowledge", "ingest", "extract"):
        _feed(digest.update, resources.files("recoupe") / part)
    for language in LANGUAGES:
        for package in load_table(language, "pack", PackHead).models:
            try:
                digest.update(f"{package} {metadata.version(package)}".encode())
            except metadata.PackageNotFoundError:
                continue
    digest.update(repr(sorted(open_gazetteer().about().items())).encode())
    return digest.hexdigest()[:16]


def _feed(update: Callable[[bytes], None], part: Traversable) -> None:
    if part.is_dir():
        for inner in sorted(part.iterdir(), key=lambda each: each.name):
            if inner.name != "__pycache__":
                _feed(update, inner)
    else:
        update(part.name.encode())
        update(part.read_bytes())
