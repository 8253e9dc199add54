"""How does a casebook come by its events? Candidates, links, clusters, records: for what changed since the last check and all that it can touch.

    casebook ── candidates ─▶ possible pairs ─▶ links ─▶ components ── settle ─▶ events ─▶ casebook

A report (what one article says of one occurrence) is known by a number. Its sketch rules most pairs out, many at once; only what is left is
decoded and compared in full. Events are kept in steps, so that others can read and add articles meanwhile.
"""

from __future__ import annotations

import time
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from recoupe.casebook import REPORTS, Casebook, ToldParts, sweep
from recoupe.crosscheck import (
    LIKELY,
    Candidate,
    Checked,
    Decision,
    Kept,
    Report,
    Sketches,
    Told,
    accounts,
    components,
    copies,
    decisions,
    link_between,
    load_sketches,
    load_weights,
    pack,
    possible,
    settle,
    sketch_count,
    sketched,
    tell,
    telling,
)
from recoupe.crosscheck import explain as explain_accounts
from recoupe.errors import CasebookError
from recoupe.model import ClaimRef, Link
from recoupe.versions import check_version

FEW = 20  # with less than one article in so many changed, only what these can touch is checked again
AT_HAND = 8000  # articles whose claims the cross-check keeps in memory
STEP_SECONDS, STEP_EVENTS = 0.5, 500  # what is found in a step is kept together

Numbers = npt.NDArray[np.int64]


class CheckTally(Struct, frozen=True):
    """What a cross-check did: articles that had changed, articles compared with them, and the events that came of it."""

    changed: int
    compared: int
    events: int


def check_casebook(casebook: Casebook) -> CheckTally:
    """Find the events of what changed since the last check and of all that it can touch, and keep them."""
    changed = casebook.unchecked()
    if not changed:
        return CheckTally(0, 0, 0)
    desk = Desk(casebook)
    desk.tell(changed)
    linked = None if len(changed) * FEW > casebook.count_documents() else _touched(casebook, desk, changed)
    whole = linked is None
    linked = linked or _everything(casebook, desk)
    stale = None if whole else casebook.events_with(changed)
    replacement = casebook.replacement()
    kept = 0
    for step in _steps(desk.settled(linked)):
        events = [event for found in step for event in found.events]
        replacement.keep(events, [link for found in step for link in found.links])
        kept += len(events)
    replacement.finish(stale)
    casebook.mark_checked(changed)
    return CheckTally(len(changed), len(np.unique(linked.reports // REPORTS)), kept)


def _steps(settled: Iterable[Checked]) -> Iterator[list[Checked]]:
    """What is found in about half a second, together."""
    step: list[Checked] = []
    events, begun = 0, time.monotonic()
    for found in settled:
        step.append(found)
        events += len(found.events)
        if events >= STEP_EVENTS or time.monotonic() - begun >= STEP_SECONDS:
            yield step
            step, events, begun = [], 0, time.monotonic()
    yield step


class Linked(Struct, frozen=True):
    """Reports by number in order, and the links between them: of each its ends, as places in `reports`, and its score."""

    reports: Numbers
    left: Numbers
    right: Numbers
    scores: npt.NDArray[np.float64]


class Sketchbook(Struct, frozen=True):
    """The sketches of reports, which stand in order by number."""

    reports: Numbers
    sketches: Sketches

    def possible(self, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
        """Those of the pairs of reports, given by number, that may be linked, as places, each once."""
        places = [np.searchsorted(self.reports, side) for side in (np.minimum(left, right), np.maximum(left, right))]
        pairs = np.unique(places[0] << 32 | places[1])
        one, other = pairs >> 32, pairs & 0xFFFFFFFF
        kept = possible(self.sketches, one, other, load_weights(), LIKELY)
        return one[kept], other[kept]


class Desk:
    """What the cross-check has at hand of a casebook: what people decided, and the reports of the documents that it looked at last."""

    def __init__(self, casebook: Casebook) -> None:
        self.casebook = casebook
        self.decided = decisions(casebook.reviews())
        self._about: defaultdict[str, list[Decision[ClaimRef]]] = defaultdict(list)
        for one in self.decided:
            for document in {one.left.document, one.right.document}:
                self._about[document].append(one)
        self._at_hand: dict[int, Kept] = {}

    def tell(self, documents: Collection[str] | None = None) -> None:
        """Make and keep what the current ones of the documents (all where None are given) give to the cross-check, where that is not kept.

        What people decided on claims of a document parts its reports, so it is made anew where they did.
        """
        decided = {ref.document for ref in self.tied()} if self.decided else set()
        missing = self.casebook.reports().untold(check_version(), documents)
        for identity in {*missing, *(decided if documents is None else decided.intersection(documents))}:
            keep_told(self.casebook, tell(self.casebook.document(identity), self.casebook.reading(identity), self._about.get(identity, ())))

    def tied(self) -> dict[ClaimRef, int]:
        """The reports of the claims that people decided on."""
        return self.casebook.reports().named({ref for one in self.decided for ref in (one.left, one.right)})

    def report(self, number: int) -> Report | None:
        """A report, None where it is no more: another process changed its document meanwhile."""
        document, place = divmod(number, REPORTS)
        kept = self._kept(document)
        return kept.report(place) if kept is not None and place < len(kept) else None

    def _kept(self, document: int) -> Kept | None:
        found = self._at_hand.get(document)
        if found is None:
            packed = self.casebook.reports().told(document)
            if packed is None:
                return None
            found = self._at_hand[document] = Kept(packed)
            if len(self._at_hand) > AT_HAND:
                del self._at_hand[next(iter(self._at_hand))]
        return found

    def sketchbook(self, documents: Collection[int] | None = None) -> Sketchbook | None:
        """The sketches of the reports of documents, given by number, or of all; None where one is of an earlier version."""
        numbers: list[Numbers] = []
        packed: list[bytes] = []
        for document, version, sketches in self.casebook.reports().sketches(documents):
            if version != check_version():
                return None
            packed.append(sketches)
            numbers.append(document * REPORTS + np.arange(sketch_count(sketches)))
        return Sketchbook(np.concatenate(numbers) if numbers else np.empty(0, np.int64), load_sketches(packed))

    def links(self, book: Sketchbook, left: Numbers, right: Numbers) -> Iterator[tuple[int, int, float]]:
        """The links among these pairs of reports, given by number: the places of their ends, and their scores."""
        for one, other in zip(*(side.tolist() for side in book.possible(left, right)), strict=True):
            here, there = self.report(int(book.reports[one])), self.report(int(book.reports[other]))
            link = link_between(here, there, load_weights()) if here is not None and there is not None else None
            if link is not None:
                yield one, other, link.score

    def settled(self, linked: Linked) -> Iterator[Checked]:
        """The events of every component."""
        place = {number: place for place, number in enumerate(linked.reports.tolist())} if self.decided else {}
        tied = self.tied() if self.decided else {}
        ends = [(place.get(tied.get(one.left, -1)), place.get(tied.get(one.right, -1))) for one in self.decided]
        ties = [(left, right) for left, right in ends if left is not None and right is not None]
        for group, inside in components(len(linked.reports), list(zip(linked.left.tolist(), linked.right.tolist(), strict=True)), ties):
            yield self._settle(group, inside, linked)

    def _settle(self, group: Sequence[int], links: Sequence[int], linked: Linked) -> Checked:
        reports = {place: report for place in group if (report := self.report(int(linked.reports[place]))) is not None}
        ends = ((reports.get(int(linked.left[link])), reports.get(int(linked.right[link])), float(linked.scores[link])) for link in links)
        candidates = [Candidate(score, left.ref, right.ref) for left, right, score in ends if left is not None and right is not None]
        documents = sorted({int(linked.reports[place]) // REPORTS for place in reports})
        inside = [kept for document in documents if (kept := self._kept(document)) is not None]
        alike = copies(kept.signature for kept in inside) if len(inside) > 1 else ()
        decided = list(dict.fromkeys(one for kept in inside for one in self._about.get(kept.reference.id, ()))) if self.decided else []
        decided.sort(key=self.decided.index)  # newest first
        return settle(tuple(reports.values()), candidates, decided, alike, {kept.reference.id: kept.reference for kept in inside})


def _everything(casebook: Casebook, desk: Desk) -> Linked:
    """All reports of the casebook and all links."""
    desk.tell()
    book = desk.sketchbook()
    if book is None:
        raise CasebookError(
            f"{casebook.path}: another process with another version of recoupe is writing into it: let one of them end, then try again"
        )
    claims = casebook.reports().columns()
    pairs, scores = array("q"), array("d")
    for earlier, later in sweep(claims):
        for one, other, score in desk.links(book, claims.report[earlier], claims.report[later]):
            pairs.append(one << 32 | other)
            scores.append(score)
    unique, first = np.unique(np.asarray(pairs, dtype=np.int64), return_index=True)  # two reports may meet by several claims
    return Linked(book.reports, unique >> 32, unique & 0xFFFFFFFF, np.asarray(scores)[first])


def _touched(casebook: Casebook, desk: Desk, changed: Collection[str]) -> Linked | None:
    """The reports whose events a change can touch, and the links between these: whole components; None where all has to be looked at."""
    reports = casebook.reports()
    seen: set[int] = set()
    linked: dict[tuple[int, int], float] = {}
    tied = desk.tied()
    partners = [{tied[ref] for ref in (one.left, one.right) if ref in tied} for one in desk.decided]
    edge = {*reports.in_documents(changed), *reports.of_claims(reports.disturbed(changed)).values(), *reports.with_documents(changed)}
    while edge:
        seen |= edge
        pairs = list(reports.near(list(reports.claims(edge))))
        home = reports.of_claims({number for pair in pairs for number in pair})
        book = desk.sketchbook({report // REPORTS for report in home.values()})
        if book is None:
            return None
        left, right = (np.array([home[pair[side]] for pair in pairs], dtype=np.int64) for side in (0, 1))
        fresh = {(int(book.reports[one]), int(book.reports[other])): score for one, other, score in desk.links(book, left, right)}
        linked |= fresh
        beside = reports.beside(edge)
        edge = {end for pair in fresh for end in pair} | beside | {end for pair in partners if pair & edge for end in pair}
        edge -= seen
    numbers = np.array(sorted(seen), dtype=np.int64)
    left, right = (np.searchsorted(numbers, np.array([pair[side] for pair in linked], dtype=np.int64)) for side in (0, 1))
    return Linked(numbers, left, right, np.array(list(linked.values()), dtype=np.float64))


def explain(casebook: Casebook, left: ClaimRef, right: ClaimRef) -> Link:
    """Why two stored claims are one event, or why not."""
    documents = sorted({left.document, right.document})
    told = [account for identity in documents for account in accounts(casebook.document(identity), casebook.reading(identity))]
    missing = [ref for ref in (left, right) if ref not in {account.ref for account in told}]
    if missing:
        raise CasebookError(
            f"{casebook.path}: document {missing[0].document} has no claim {missing[0].claim!r}: `recoupe show` lists an event's claims"
        )
    return explain_accounts(left, right, told, casebook.events_of((left, right)), tuple(casebook.reviews()))


def keep_told(casebook: Casebook, told: Told) -> None:
    """Keep what a stored document gives to the cross-check."""
    casebook.reports().keep(told.reference.id, check_version(), ToldParts(pack(told), sketched(told), told.homes, telling(told)))
