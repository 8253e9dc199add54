"""What has a cross-check at hand of a casebook? What people decided, the sketches of reports, and the reports of the documents that it looked at last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from recoupe.casebook import REPORTS, Casebook, ToldParts
from recoupe.crosscheck import (
    Candidate,
    Checked,
    Decision,
    Head,
    Report,
    Signature,
    Sketches,
    Told,
    copies,
    decisions,
    link_between,
    load_sketches,
    load_weights,
    pack,
    read_head,
    read_report,
    read_signature,
    settle,
    sketch_count,
    sketched,
    tell,
    telling,
)
from recoupe.model import ClaimRef
from recoupe.versions import check_version

AT_HAND = 6_000  # reports that are kept in memory, some 20 kB each

Numbers = npt.NDArray[np.int64]


class Sketchbook(Struct, frozen=True):
    """The sketches of reports, which stand in order by number."""

    reports: Numbers
    sketches: Sketches


class Desk:
    """What the cross-check has at hand of a casebook."""

    def __init__(self, casebook: Casebook) -> None:
        self.casebook = casebook
        self.decided = decisions(casebook.reviews())
        self._about: defaultdict[str, list[Decision[ClaimRef]]] = defaultdict(list)
        for one in self.decided:
            for document in {one.left.document, one.right.document}:
                self._about[document].append(one)
        self._heads: dict[int, Head] = {}
        self._reports: dict[int, Report] = {}
        self._signatures: dict[int, Signature] = {}

    def tell(self, documents: Collection[str] | None = None) -> None:
        """Make and keep what the current ones of the documents (all where None are given) give to the cross-check, where that is not kept.

        What people decided on claims of a document parts its reports, so it is made anew where they did.
        """
        decided = {ref.document for ref in self.tied()} if self.decided else set()
        missing = self.casebook.reports().untold(check_version(), documents)
        for identity in {*missing, *(decided if documents is None else decided.intersection(documents))}:
            keep_told(self.casebook, self._told(identity))

    def _told(self, document: str) -> Told:
        return tell(*self.casebook.record(document), self._about.get(document, ()))

    def reports_of(self, claims: Collection[ClaimRef]) -> dict[ClaimRef, Report]:
        """The reports of claims, told anew where another version kept them; a claim that is no more has none."""
        kept, found = self.casebook.reports(), dict[ClaimRef, Report]()
        stale = frozenset(kept.untold(check_version(), {ref.document for ref in claims}))
        for document in stale:
            found |= {account.ref: report for report in self._told(document).reports for account in report.accounts if account.ref in claims}
        numbers = kept.named({ref for ref in claims if ref.document not in stale})
        self.fetch(set(numbers.values()))
        found |= {ref: report for ref, number in numbers.items() if (report := self.report(number)) is not None}
        return found

    def tied(self) -> dict[ClaimRef, int]:
        """The reports of the claims that people decided on."""
        return self.casebook.reports().named({ref for one in self.decided for ref in (one.left, one.right)})

    def ties(self, reports: Numbers) -> list[tuple[int, int]]:
        """The pairs of these reports that a decision of people is about, by their places."""
        if not self.decided:
            return []
        place = {number: place for place, number in enumerate(reports.tolist())}
        tied = self.tied()
        ends = ([place.get(tied.get(ref, -1)) for ref in (one.left, one.right)] for one in self.decided)
        return [(left, right) for left, right in ends if left is not None and right is not None]

    def fetch(self, reports: Collection[int]) -> None:
        """Have these reports at hand, read at once; others may be put away for them."""
        missing = {number for number in reports if number not in self._reports}
        if not missing:
            return
        if len(self._reports) + len(missing) > AT_HAND:
            for shelf in (self._reports, self._heads, self._signatures):
                shelf.clear()
            missing = set(reports)
        kept = self.casebook.reports()
        heads = kept.heads({number // REPORTS for number in missing}.difference(self._heads))
        self._heads.update((document, read_head(packed)) for document, packed in heads.items())
        for number, packed in kept.told(missing).items():
            head = self._heads.get(number // REPORTS)
            if head is not None:
                self._reports[number] = read_report(packed, head)

    def report(self, number: int) -> Report | None:
        """A report, None where it is no more: another process changed its document meanwhile."""
        if number not in self._reports:
            self.fetch((number,))
        return self._reports.get(number)

    def _copies(self, documents: Collection[int]) -> tuple[tuple[str, ...], ...]:
        """The groups of documents with one text among these."""
        if len(documents) < 2:
            return ()
        missing = [document for document in documents if document not in self._signatures]
        packed = self.casebook.reports().signatures(missing) if missing else {}
        self._signatures.update((document, read_signature(each)) for document, each in packed.items())
        return copies(self._signatures[document] for document in documents if document in self._signatures)

    def sketchbook(self, documents: Collection[int] | None = None) -> Sketchbook | None:
        """The sketches of the reports of documents, given by number, or of all; None where one is of an earlier version."""
        sizes = self.casebook.reports().sketch_sizes(documents)
        if any(one.version != check_version() for one in sizes):
            return None
        many = [sketch_count(one.bytes) for one in sizes]
        first = np.repeat(np.array([one.document for one in sizes], dtype=np.int64) * REPORTS - np.cumsum([0, *many])[:-1], many)
        packed = self.casebook.reports().sketches(documents)
        return Sketchbook(first + np.arange(len(first)), load_sketches(packed, [one.bytes for one in sizes]))

    def score(self, one: int, other: int) -> float:
        """The score of two reports, that of what is never one event where one of them is no more."""
        here, there = self.report(one), self.report(other)
        link = None if here is None or there is None else link_between(here, there, load_weights())
        return -np.inf if link is None else link.score

    def settle(self, numbers: Sequence[int], links: Sequence[tuple[int, int, float]]) -> Checked:
        """The events of a component: of reports, given by number, and the links between them, given by their places with scores."""
        self.fetch(numbers)
        found = [self._reports.get(number) for number in numbers]
        ends = ((found[left], found[right], score) for left, right, score in links)
        linked = [Candidate(score, *sorted((left.ref, right.ref))) for left, right, score in ends if left is not None and right is not None]
        documents = sorted({number // REPORTS for number in numbers})
        references = {head.reference.id: head.reference for document in documents if (head := self._heads.get(document)) is not None}
        about = {one for identity in references for one in self._about.get(identity, ())} if self.decided else set()
        decided = [one for one in self.decided if one in about] if about else []  # newest first
        return settle([report for report in found if report is not None], linked, decided, self._copies(documents), references)


def keep_told(casebook: Casebook, told: Told) -> None:
    """Keep what a stored document gives to the cross-check."""
    packed = pack(told)
    parts = ToldParts(packed.head, packed.reports, packed.signature, sketched(told), told.homes, telling(told))
    casebook.reports().keep(told.reference.id, check_version(), parts)
