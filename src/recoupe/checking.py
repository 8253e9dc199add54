"""How does a casebook come by its events? Candidates, links, clusters, records: for what changed since the last check and all that it can touch.

    casebook ── candidates ─▶ possible pairs ─▶ links ─▶ components ── settle ─▶ events ─▶ casebook

A report (what one article says of one occurrence) is known by a number. Its sketch rules most pairs out, many at once; only what is left is
decoded and compared in full. Events are kept in steps, so that others can read and add articles meanwhile.
"""

from __future__ import annotations

import time
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
AT_HAND = 40_000  # articles whose claims the cross-check keeps in memory, some 50 kB each
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
    pairs = None if len(changed) * FEW > casebook.count_documents() else _touched(casebook, desk, changed)
    whole = pairs is None
    pairs = pairs or _everything(casebook, desk)
    stale = None if whole else casebook.events_with(changed)
    replacement = casebook.replacement()
    kept = 0
    for step in _steps(desk.settled(pairs)):
        events = [event for found in step for event in found.events]
        replacement.keep(events, [link for found in step for link in found.links])
        kept += len(events)
    replacement.finish(stale)
    casebook.mark_checked(changed)
    return CheckTally(len(changed), len(np.unique(pairs.reports // REPORTS)), kept)


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


class Pairs(Struct, frozen=True):
    """Reports by number, and the pairs of them that may be linked, by their places in `reports`."""

    reports: Numbers
    left: Numbers
    right: Numbers


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
            keep_told(self.casebook, tell(*self.casebook.record(identity), self._about.get(identity, ())))

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

    def link(self, one: int, other: int) -> Candidate[ClaimRef] | None:
        """The link of two reports, None where there is none."""
        here, there = self.report(one), self.report(other)
        return None if here is None or there is None else link_between(here, there, load_weights())

    def settled(self, pairs: Pairs) -> Iterator[Checked]:
        """The events of every component: of what may be linked first, so that what is compared is loaded once, and then of what is."""
        ties = self._ties(pairs.reports)
        ends = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
        for group, inside in components(len(pairs.reports), ends, [(one, other) for one, others in ties.items() for other in others]):
            numbers = pairs.reports[group].tolist()
            place = {whole: at for at, whole in enumerate(group)}
            between = [(place[one], place[other]) for one, other in (ends[at] for at in inside)]
            found = ((pair, self.link(numbers[pair[0]], numbers[pair[1]])) for pair in between)
            linked = [(pair, link) for pair, link in found if link is not None]
            tied = [(place[one], place[other]) for one in group if one in ties for other in ties[one]]
            for part, links in components(len(group), [pair for pair, _ in linked], tied):
                yield self._settle([numbers[at] for at in part], [linked[at][1] for at in links])

    def _ties(self, reports: Numbers) -> dict[int, list[int]]:
        """The places of reports that a decision of people is about, with that of the other one."""
        if not self.decided:
            return {}
        place = {number: place for place, number in enumerate(reports.tolist())}
        tied = self.tied()
        found: defaultdict[int, list[int]] = defaultdict(list)
        for one in self.decided:
            left, right = (place.get(tied.get(ref, -1)) for ref in (one.left, one.right))
            if left is not None and right is not None:
                found[left].append(right)
        return found

    def _settle(self, numbers: Sequence[int], links: Sequence[Candidate[ClaimRef]]) -> Checked:
        reports = [report for number in numbers if (report := self.report(number)) is not None]
        documents = sorted({number // REPORTS for number in numbers})
        inside = [kept for document in documents if (kept := self._kept(document)) is not None]
        alike = copies(kept.signature for kept in inside) if len(inside) > 1 else ()
        about = {one for kept in inside for one in self._about.get(kept.reference.id, ())} if self.decided else set()
        decided = [one for one in self.decided if one in about] if about else []  # newest first
        return settle(reports, links, decided, alike, {kept.reference.id: kept.reference for kept in inside})


def _everything(casebook: Casebook, desk: Desk) -> Pairs:
    """All reports of the casebook and all pairs that may be linked."""
    desk.tell()
    book = desk.sketchbook()
    if book is None:
        raise CasebookError(
            f"{casebook.path}: another process with another version of recoupe is writing into it: let one of them end, then try again"
        )
    claims = casebook.reports().columns()
    numbers, first = np.unique(claims.report, return_index=True)
    in_time = numbers[np.argsort(first)]  # what is compared stands near each other then, and is loaded once
    rank = np.empty(len(book.reports), np.int64)
    rank[np.searchsorted(book.reports, in_time)] = np.arange(len(in_time))
    found = [np.empty(0, np.int64)]
    for earlier, later in sweep(claims):
        ends = [rank[side] for side in book.possible(claims.report[earlier], claims.report[later])]
        found.append(np.maximum(*ends) << 32 | np.minimum(*ends))
    unique = np.unique(np.concatenate(found))  # two reports may meet by several claims
    return Pairs(in_time, unique & 0xFFFFFFFF, unique >> 32)


def _touched(casebook: Casebook, desk: Desk, changed: Collection[str]) -> Pairs | None:
    """The reports whose events a change can touch, and the links between these: whole components; None where all has to be looked at."""
    reports = casebook.reports()
    seen: set[int] = set()
    linked: set[tuple[int, int]] = set()
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
        ends = [(home[one], home[other]) for one, other in pairs if one in home and other in home]
        places = book.possible(*(np.array([end[side] for end in ends], dtype=np.int64) for side in (0, 1)))
        likely = zip(*(book.reports[side].tolist() for side in places), strict=True)
        fresh = {(one, other) for one, other in likely if desk.link(one, other) is not None}
        linked |= fresh
        edge = {end for pair in fresh for end in pair} | reports.beside(edge) | {end for pair in partners if pair & edge for end in pair}
        edge -= seen
    numbers = np.array(sorted(seen), dtype=np.int64)
    left, right = (np.searchsorted(numbers, np.array([pair[side] for pair in linked], dtype=np.int64)) for side in (0, 1))
    return Pairs(numbers, left, right)


def explain(casebook: Casebook, left: ClaimRef, right: ClaimRef) -> Link:
    """Why two stored claims are one event, or why not."""
    documents = sorted({left.document, right.document})
    told = [account for identity in documents for account in accounts(*casebook.record(identity))]
    missing = [ref for ref in (left, right) if ref not in {account.ref for account in told}]
    if missing:
        raise CasebookError(
            f"{casebook.path}: document {missing[0].document} has no claim {missing[0].claim!r}: `recoupe show` lists an event's claims"
        )
    return explain_accounts(left, right, told, casebook.events_of((left, right)), tuple(casebook.reviews()))


def keep_told(casebook: Casebook, told: Told) -> None:
    """Keep what a stored document gives to the cross-check."""
    casebook.reports().keep(told.reference.id, check_version(), ToldParts(pack(told), sketched(told), told.homes, telling(told)))
