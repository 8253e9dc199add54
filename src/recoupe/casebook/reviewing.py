"""What can a reviewer do with a casebook? The verbs of decisions on single claims and of their queue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from recoupe.casebook import decisions, queue
from recoupe.casebook.connection import Store
from recoupe.casebook.doubts import Doubt
from recoupe.casebook.queue import Position, QueueFilter, Waiting
from recoupe.casebook.standing import Standing
from recoupe.decision import Binding, Coding, Decision, Rejection, Verdict
from recoupe.model import ClaimRef


class Reviewing:
    """The part of `Casebook` that people's decisions on claims are kept by."""

    _store: Store

    def draft(self, claim: ClaimRef) -> Coding | None:
        """A claim as the program reads it now, as a coder sees it; None where it reads none of this name."""
        return decisions.draft_of(self._store, claim)

    def decide(
        self, claim: ClaimRef, verdict: Verdict, reviewer: str, *, coding: Coding | None = None, reason: Rejection | None = None, note: str = ""
    ) -> Decision:
        """Append a person's decision on one claim: "accepted", "corrected" to a `coding`, "rejected" for a `reason`, or "noted".

        A correction that changes nothing is an acceptance. Raises CasebookError where there is no such claim, ReviewError when it can't be kept.
        """
        return decisions.decide(self._store, claim, verdict, reviewer, coding=coding, reason=reason, note=note)

    def add_claim(self, document: str, coding: Coding, reviewer: str, *, note: str = "") -> Decision:
        """Append a claim that the program missed; raises ReviewError where it has this claim, or the coding can't be kept."""
        return decisions.add_claim(self._store, document, coding, reviewer, note=note)

    def recode_added(self, claim: ClaimRef, coding: Coding, reviewer: str, *, note: str = "") -> Decision:
        """Append another coding of a claim that the same reviewer had added."""
        return decisions.recode_added(self._store, claim, coding, reviewer, note=note)

    def withdraw(self, decision: str, reviewer: str) -> Decision:
        """Undo a decision by a later one; raises ReviewError when it is another's or undone already."""
        return decisions.withdraw(self._store, decision, reviewer)

    def undo(self, reviewer: str) -> Decision | None:
        """Undo the last decision of a reviewer that is not undone; what was undone, None where there is nothing to undo."""
        return decisions.undo(self._store, reviewer)

    def keep_decisions(self, made: Iterable[Decision]) -> int:
        """Append decisions from another copy of the casebook, each once; how many were new."""
        return decisions.keep(self._store, made)

    def decisions(self, reviewer: str | None = None, document: str | None = None) -> Iterator[Decision]:
        """Every decision on single claims in the order in which they came, or those of a reviewer or on a document."""
        return decisions.load(self._store, reviewer, document)

    def latest_decisions(self, reviewer: str, most: int) -> tuple[Decision, ...]:
        """The last decisions of a reviewer that are not undone, the latest first."""
        return decisions.latest(self._store, reviewer, most)

    def standing(self, claim: ClaimRef) -> tuple[Standing, ...]:
        """Where every reviewer stands on a claim; `visible` says what one of them may see of it."""
        return decisions.of_claim(self._store, claim)

    def standings(self) -> tuple[Standing, ...]:
        """Where every reviewer stands on every claim that was decided or noted."""
        return decisions.standings(self._store)

    def reviewers(self) -> dict[str, int]:
        """The reviewers by name, with how many claims each has decided."""
        return decisions.reviewers(self._store)

    def binding(self, decision: Decision) -> Binding:
        """What became of the claim of a decision since: it stands, has changed, is of another type now, is gone, or its article has a newer version."""
        return decisions.binding(self._store, decision)

    def waiting(self, reviewer: str, wanted: QueueFilter | None = None, limit: int = 1, position: Position | None = None) -> tuple[Waiting, ...]:
        """The claims that a reviewer should look at next: the first in the queue's order, or those next to a position."""
        return queue.waiting(self._store, wanted or QueueFilter(), reviewer, limit, position)

    def count_waiting(self, reviewer: str, wanted: QueueFilter | None = None) -> int:
        """How many claims wait for a reviewer; a thousand stands for that many or more."""
        return queue.count_waiting(self._store, wanted or QueueFilter(), reviewer)

    def queued(self, claim: ClaimRef) -> Waiting | None:
        """What a claim weighs in the queue, decided or not."""
        return queue.queued(self._store, claim)

    def reasons(self, claim: ClaimRef) -> tuple[Doubt, ...]:
        """Why a person should look at a claim: what is doubtful in its reading, then what hangs on it."""
        return queue.reasons(self._store, claim)

    def weigh(self, most: int) -> int:
        """Put the claims of documents that an older version stored into the queue, of so many documents at most; how many are left."""
        return queue.weigh_some(self._store, most)
