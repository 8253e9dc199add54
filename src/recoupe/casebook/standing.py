"""Which decisions stand? Each reviewer's last on a claim that no later one withdraws; undoing the last restores the one before.

Whoever has decided on a claim may see what others decided on it: from then on the two are no longer blind to each other. What stood for a
reviewer at that moment stays what counts for the agreement; later changes of mind count everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from recoupe.decision import Decision, Verdict
from recoupe.model import ClaimRef

DECIDING: frozenset[Verdict] = frozenset({"accepted", "corrected", "rejected", "added"})


class Standing(Struct, frozen=True):
    """Where a reviewer stands on a claim: what decides it, the notes, and what had been decided before anything of others could be seen."""

    reviewer: str
    claim: ClaimRef
    decision: Decision | None
    notes: tuple[Decision, ...]
    blind: Decision | None


def fold(decisions: Iterable[Decision]) -> tuple[Standing, ...]:
    """Where every reviewer stands on every claim, given all decisions on these claims in their order; by claim, then by reviewer."""
    piles: dict[ClaimRef, dict[str, list[Decision]]] = {}
    first: dict[tuple[ClaimRef, str], Decision | None] = {}  # as it was when the reviewer was first not blind
    for decision in decisions:
        ref = ClaimRef(decision.document, decision.claim)
        readers = piles.setdefault(ref, {})
        pile = readers.setdefault(decision.reviewer, [])
        if decision.verdict == "withdrawn":
            readers[decision.reviewer] = [each for each in pile if each.id != decision.withdraws]
        else:
            pile.append(decision)
        decided = {reviewer: found for reviewer, theirs in readers.items() if (found := deciding(theirs)) is not None}
        if len(decided) > 1:
            for reviewer, found in decided.items():
                first.setdefault((ref, reviewer), found)
    return tuple(
        Standing(reviewer, ref, deciding(pile), tuple(each for each in pile if each.verdict == "noted"), first.get((ref, reviewer), deciding(pile)))
        for ref, readers in sorted(piles.items())
        for reviewer, pile in sorted(readers.items())
        if pile or first.get((ref, reviewer)) is not None
    )


def deciding(pile: Iterable[Decision]) -> Decision | None:
    """The decision that stands of those of one reviewer on one claim that are not withdrawn, in their order."""
    return next((each for each in reversed(tuple(pile)) if each.verdict in DECIDING), None)


def visible(standings: Iterable[Standing], reviewer: str | None) -> tuple[Standing, ...]:
    """What a reviewer may see: their own, and of others only what stands on claims that they have decided themselves; None may see everything."""
    given = tuple(standings)
    if reviewer is None:
        return given
    decided = {each.claim for each in given if each.reviewer == reviewer and each.decision is not None}
    return tuple(each for each in given if each.reviewer == reviewer or each.claim in decided)
