"""How does a casebook come by its events? Candidates, links, clusters, records: for what changed since the last check and all that it can touch.

    casebook ── candidates ─▶ possible pairs ─▶ links ─▶ components ── settle ─▶ events ─▶ casebook

A report (what one article says of one occurrence) is known by a number. Sketches rule most pairs of them out and score the others, many at once;
only what they can't tell is decoded to be compared. What no link leaves is settled by itself, in other processes where there is much to do, and
its events are kept in steps, so that others can read and add articles meanwhile, and a check that was stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from msgspec import Struct

from recoupe.casebook import REPORTS, Casebook
from recoupe.checking.desk import Desk, keep_told
from recoupe.checking.links import everything, touched
from recoupe.checking.settling import Part, batches, parts, settled
from recoupe.crosscheck import accounts, load_weights, score
from recoupe.crosscheck import explain as explain_accounts
from recoupe.errors import CasebookError
from recoupe.model import ClaimRef, Language, Link
from recoupe.versions import check_version

__all__ = ["CheckTally", "check_casebook", "explain", "keep_told", "with_reasons"]

FEW = 20  # with less than one article in so many changed, only what these can touch is checked again


class CheckTally(Struct, frozen=True):
    """What a cross-check did: articles that had changed, articles compared with them, and the events that came of it."""

    changed: int
    compared: int
    events: int


def check_casebook(casebook: Casebook, tell: Callable[[int, int], None] | None = None) -> CheckTally:
    """Find the events of what changed since the last check and of all that it can touch, and keep them; `tell` hears what is done, of how much.

    What another version of the cross-check found is found anew.
    """
    changed, outdated = casebook.unchecked(), casebook.reports().outdated(check_version())
    changes, replacement = casebook.changes(), casebook.replacement()
    if not changed and not outdated and not replacement.begun:
        return CheckTally(0, 0, 0)
    desk = Desk(casebook)
    much = outdated or replacement.begun or len(changed) * FEW > casebook.count_documents()
    linked = None if much else touched(casebook, desk, changed)
    stale = None if linked is None else casebook.events_with(changed)
    if linked is None:
        replacement.begin()
        linked = everything(casebook, desk)
    done, fresh = 0, list[Part]()
    for part in parts(linked, desk.ties(linked.reports), changes if stale is None else None):
        if replacement.again(part.key):
            done += len(part.reports)
        else:
            fresh.append(part)
    for batch, found in settled(desk, batches(fresh)):
        replacement.keep_rows(found.rows, found.settled)
        done += sum(len(part.reports) for part in batch)
        if tell is not None:
            tell(done, len(linked.reports))
    replacement.finish(stale)
    casebook.mark_checked(changed)
    return CheckTally(len(changed), len(np.unique(linked.reports // REPORTS)), replacement.kept)


def with_reasons(casebook: Casebook, links: Sequence[Link], language: Language = "en") -> Iterator[Link]:
    """Links of the casebook with the reasons for their scores, strongest first, in words of a language; without any where a claim is no more."""
    told = Desk(casebook).reports_of({ref for link in links for ref in (link.left, link.right)})
    for link in links:
        left, right = told.get(link.left), told.get(link.right)
        yield link if left is None or right is None else score(left.whole, right.whole, load_weights(), language)


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
