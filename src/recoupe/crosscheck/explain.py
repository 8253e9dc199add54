"""Why are two claims one event, or why not? The score's reasons, what binds, and what the clusters around them made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.check import all_reports, decisions
from recoupe.crosscheck.cluster import Decision
from recoupe.crosscheck.link import NEVER, score
from recoupe.crosscheck.reports import Report
from recoupe.crosscheck.weights import load_weights
from recoupe.crosscheck.wording import Wording, load_wording
from recoupe.model import ClaimRef, Language, Link, Reason, Review

BINDING = 99.0  # the weight of a person's decision


def explain(
    a: ClaimRef,
    b: ClaimRef,
    accounts: Iterable[Account],
    events: Mapping[ClaimRef, str] | None = None,
    reviews: Sequence[Review] = (),
    language: Language = "en",
) -> Link:
    """The link of two claims with every reason for and against; `accounts` hold at least the two claims' articles.

    With `events`, the event of each claim that is in one, the last reason says whether the two are one event, where that is not what their
    score alone would have it.
    """
    used, says = load_weights(), load_wording(language)
    decided = decisions(reviews)
    told = all_reports(accounts, decided)
    left, right = _report_of(a, told), _report_of(b, told)
    ends = [decision for decision in decided if {decision.left, decision.right} == {a, b}]
    if left is right:
        link = Link(a, b, 0.0, (Reason("report", says.reason("report"), 0.0),))
        if a != b:
            inner = score(_account(a, left), _account(b, left), used, language)
            link = Link(a, b, inner.score, (*link.reasons, *inner.reasons))
    else:
        found = score(left.whole, right.whole, used, language)
        link = Link(a, b, found.score, found.reasons)
    return Link(a, b, link.score, (*_decision(ends, says), *link.reasons, *_outcome(link, events, ends, says)))


def _report_of(ref: ClaimRef, told: Sequence[Report]) -> Report:
    for report in told:
        if any(account.ref == ref for account in report.accounts):
            return report
    raise LookupError(f"claim {ref.claim} of document {ref.document} is not among the accounts: give those of its article")


def _account(ref: ClaimRef, report: Report) -> Account:
    return next(account for account in report.accounts if account.ref == ref)


def _decision(ends: Sequence[Decision[ClaimRef]], says: Wording) -> tuple[Reason, ...]:
    if not ends:
        return ()
    same = ends[0].same
    return (Reason("decision", says.reason("same" if same else "different"), BINDING if same else NEVER),)


def _outcome(link: Link, events: Mapping[ClaimRef, str] | None, ends: Sequence[Decision[ClaimRef]], says: Wording) -> tuple[Reason, ...]:
    if not events or ends:
        return ()
    together = events.get(link.left) == events.get(link.right) is not None
    if together and link.score <= 0:
        return (Reason("cluster", says.reason("together"), 0.0),)
    if not together and link.score > 0:
        return (Reason("cluster", says.reason("parted"), 0.0),)
    return ()
