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
    Kept,
    Report,
    Sketches,
    Told,
    copies,
    decisions,
    link_between,
    load_sketches,
    load_weights,
    pack,
    settle,
    sketch_count,
    sketched,
    tell,
    telling,
)
from recoupe.model import ClaimRef
from recoupe.versions import check_version

AT_HAND = 3_000  # articles whose claims are kept in memory, some 50 kB each

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

    def ties(self, reports: Numbers) -> list[tuple[int, int]]:
        """The pairs of these reports that a decision of people is about, by their places."""
        if not self.decided:
            return []
        place = {number: place for place, number in enumerate(reports.tolist())}
        tied = self.tied()
        ends = ([place.get(tied.get(ref, -1)) for ref in (one.left, one.right)] for one in self.decided)
        return [(left, right) for left, right in ends if left is not None and right is not None]

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
        found = [self.report(number) for number in numbers]
        ends = ((found[left], found[right], score) for left, right, score in links)
        linked = [Candidate(score, *sorted((left.ref, right.ref))) for left, right, score in ends if left is not None and right is not None]
        documents = sorted({number // REPORTS for number in numbers})
        inside = [kept for document in documents if (kept := self._kept(document)) is not None]
        alike = copies(kept.signature for kept in inside) if len(inside) > 1 else ()
        about = {one for kept in inside for one in self._about.get(kept.reference.id, ())} if self.decided else set()
        decided = [one for one in self.decided if one in about] if about else []  # newest first
        reports = [report for report in found if report is not None]
        return settle(reports, linked, decided, alike, {kept.reference.id: kept.reference for kept in inside})


def keep_told(casebook: Casebook, told: Told) -> None:
    """Keep what a stored document gives to the cross-check."""
    casebook.reports().keep(told.reference.id, check_version(), ToldParts(pack(told), sketched(told), told.homes, telling(told)))
