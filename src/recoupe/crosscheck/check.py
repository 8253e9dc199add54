"""Which events do these claims tell of? The path of the cross-check: reports of each article, links between them, clusters, records.

    accounts ─▶ reports (one article) ─▶ links (likely pairs) ─▶ components (what no link leaves) ─▶ clusters ─▶ events

Clusters only grow along links, so an event lies within one component: each component is settled for itself, and only those that a change
touches are settled again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.cluster import Candidate, Decision, Scorer, cluster
from recoupe.crosscheck.events import event
from recoupe.crosscheck.link import quick_score
from recoupe.crosscheck.reports import Report, reports
from recoupe.crosscheck.weights import Weights, load_weights
from recoupe.model import ClaimRef, DocumentRef, Event, Link, Review

Pair = tuple[ClaimRef, ClaimRef]
Decided = Sequence[Decision[ClaimRef]]
LIKELY = 1.0  # score above which a pair links two reports: weaker ones only tie far occurrences into one component


class Checked(Struct, frozen=True):
    """The events, and the links that hold their articles' reports together."""

    events: tuple[Event, ...]
    links: tuple[Link, ...]


def check(
    accounts: Iterable[Account],
    pairs: Iterable[Pair],
    copies: Sequence[tuple[str, ...]] = (),
    reviews: Sequence[Review] = (),
    documents: Mapping[str, DocumentRef] | None = None,
) -> Checked:
    """Cross-check accounts, given by whole articles; the order in which anything comes plays no part.

    `pairs` are claims worth comparing (blocking), `copies` groups of documents with one text, `reviews` what people decided.
    """
    decided = decisions(reviews)
    told = all_reports(accounts, decided)
    home = {account.ref: place for place, report in enumerate(told) for account in report.accounts}
    linked = _linked({(home[one], home[other]) for one, other in pairs if one in home and other in home}, told)
    ties = [(home[one.left], home[one.right]) for one in decided if one.left in home and one.right in home]
    settled = [
        settle([told[place] for place in group], [linked[place] for place in inside], decided, copies, documents)
        for group, inside in components(len(told), [(home[link.left], home[link.right]) for link in linked], ties)
    ]
    return Checked(
        events=tuple(sorted((found for each in settled for found in each.events), key=lambda record: (record.date_start or "", record.id))),
        links=tuple(sorted((link for each in settled for link in each.links), key=lambda link: (link.left, link.right))),
    )


def _linked(pairs: Iterable[tuple[int, int]], told: Sequence[Report]) -> list[Candidate[ClaimRef]]:
    unique = {(min(pair), max(pair)) for pair in pairs}
    found = (link_between(told[one], told[other], load_weights()) for one, other in sorted(unique))
    return [link for link in found if link is not None]


def link_between(one: Report, other: Report, weights: Weights) -> Candidate[ClaimRef] | None:
    """The link of two reports of different articles, None where they are not likelier one occurrence than not."""
    if one.ref.document == other.ref.document:
        return None
    left, right = (one, other) if one.ref < other.ref else (other, one)
    value = quick_score(left.whole, right.whole, weights)
    return Candidate(value, left.ref, right.ref) if value > LIKELY else None


def components(
    many: int, links: Sequence[tuple[int, int] | tuple[int, int, float]], ties: Iterable[tuple[int, int]] = ()
) -> Iterator[tuple[list[int], list[int]]]:
    """The sets of so many reports that no link and no tie leaves, each with the places of its links in `links`, by their first members.

    >>> list(components(4, [(1, 3)], [(2, 0)]))
    [([0, 2], []), ([1, 3], [0])]
    """
    above = list(range(many))

    def find(item: int) -> int:
        while above[item] != item:
            above[item] = above[above[item]]
            item = above[item]
        return item

    for left, right, *_ in chain(links, ties):
        one, other = sorted((find(left), find(right)))
        above[other] = one
    linked_in: dict[int, list[int]] = {}
    for place, (left, *_) in enumerate(links):
        linked_in.setdefault(find(left), []).append(place)
    members: dict[int, list[int]] = {}
    for item in range(many):
        members.setdefault(find(item), []).append(item)
    for root, group in members.items():
        yield group, linked_in.get(root, [])


def settle(
    told: Sequence[Report],
    linked: Sequence[Candidate[ClaimRef]],
    decided: Decided = (),
    copies: Sequence[tuple[str, ...]] = (),
    documents: Mapping[str, DocumentRef] | None = None,
) -> Checked:
    """The events of one component: its reports in clusters, and each cluster's record."""
    weights = load_weights()
    by_ref = {report.ref: report for report in told}
    home = {account.ref: report.ref for report in told for account in report.accounts}
    known = {(link.left, link.right): link.score for link in linked}

    def scored(one: ClaimRef, other: ClaimRef) -> float:
        pair = (one, other) if one < other else (other, one)
        if pair not in known:
            known[pair] = quick_score(by_ref[pair[0]].whole, by_ref[pair[1]].whole, weights)
        return known[pair]

    scorer: Scorer[ClaimRef] = Scorer(score=scored, article=lambda ref: ref.document)
    binding = [Decision(home[one.left], home[one.right], one.same) for one in decided if one.left in home and one.right in home]
    nodes = [report.ref for report in sorted(told, key=lambda report: (report.whole.published or "9999", report.ref))]
    found = cluster(nodes, linked, scorer, binding)
    groups = {document: group for group in copies for document in group}
    records = tuple(event([account for ref in refs for account in by_ref[ref].accounts], documents or {}, groups) for refs in found.groups)
    return Checked(records, tuple(Link(left, right, round(scored(left, right), 2)) for left, right in found.joined))


def all_reports(accounts: Iterable[Account], decided: Decided = ()) -> list[Report]:
    """The reports of every article, by their names."""
    weights = load_weights()
    by_document: dict[str, dict[ClaimRef, Account]] = defaultdict(dict)
    for account in accounts:
        by_document[account.ref.document][account.ref] = account
    by_decision: dict[str, list[Decision[ClaimRef]]] = defaultdict(list)
    for one in decided:
        if one.left.document == one.right.document:
            by_decision[one.left.document].append(one)
    found = [reports(told.values(), weights, by_decision.get(name, ())) for name, told in sorted(by_document.items())]
    return sorted((report for told in found for report in told), key=lambda report: report.ref)


def decisions(reviews: Iterable[Review]) -> list[Decision[ClaimRef]]:
    """What people decided, newest first, one word a pair; with what follows for two claims of one article.

    Where a claim is the same event as another article's and its neighbour is not, the two are told apart in their own article.
    """
    newest: dict[Pair, Decision[ClaimRef]] = {}
    for review in sorted(reviews, key=lambda review: (review.decided_at, review.left, review.right, review.judgement, review.reviewer), reverse=True):
        pair = (review.left, review.right) if review.left <= review.right else (review.right, review.left)
        newest.setdefault(pair, Decision(*pair, same=review.judgement == "same"))
    follow = [
        Decision(apart, other, same=False)
        for one in newest.values()
        if not one.same
        for apart, shared in ((one.left, one.right), (one.right, one.left))
        for other in _same_as(shared, newest.values())
        if other.document == apart.document and other != apart
    ]
    return [*newest.values(), *follow]


def _same_as(ref: ClaimRef, decided: Iterable[Decision[ClaimRef]]) -> Iterator[ClaimRef]:
    for one in decided:
        if one.same and ref in (one.left, one.right):
            yield one.right if one.left == ref else one.left
