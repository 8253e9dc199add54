"""Which events do these claims tell of? The path of the cross-check: reports of each article, links between them, clusters, records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.cluster import Candidate, Decision, Scorer, cluster
from recoupe.crosscheck.events import event
from recoupe.crosscheck.link import quick_score, score
from recoupe.crosscheck.origins import Sets
from recoupe.crosscheck.reports import Report, reports
from recoupe.crosscheck.weights import Weights, load_weights
from recoupe.model import ClaimRef, DocumentRef, Event, Link, Review

Pair = tuple[ClaimRef, ClaimRef]


class Checked(Struct, frozen=True):
    """The events, the links that hold their articles' reports together, and the components: sets of claims that no link leaves.

    A component may hold several events; it is what has to be checked anew when something in it changes (increment.py).
    """

    events: tuple[Event, ...]
    links: tuple[Link, ...]
    components: tuple[tuple[ClaimRef, ...], ...] = ()


def check(
    accounts: Iterable[Account],
    pairs: Iterable[Pair],
    copies: Sequence[tuple[str, ...]] = (),
    reviews: Sequence[Review] = (),
    documents: Mapping[str, DocumentRef] | None = None,
    weights: Weights | None = None,
    only: frozenset[ClaimRef] | None = None,
) -> Checked:
    """Cross-check accounts, given by whole articles; the order in which anything comes plays no part.

    `pairs` are claims worth comparing (blocking), `copies` groups of documents with one text, `reviews` what people decided. With `only`,
    whole components, the events of other claims are left out.
    """
    used = weights or load_weights()
    decided = decisions(reviews)
    told = all_reports(accounts, used, decided)
    if only is not None:
        told = [report for report in told if report.ref in only]
    graph = Graph.of(told, pairs, decided, used)
    found = cluster(graph.nodes, graph.candidates, graph.scorer, graph.decisions)
    groups = _groups_of(copies)
    records = [event([account for ref in group for account in graph.reports[ref].accounts], documents or {}, groups) for group in found.groups]
    links = [score(graph.reports[left].whole, graph.reports[right].whole, used) for left, right in found.joined]
    return Checked(
        events=tuple(sorted(records, key=lambda record: (record.date_start or "", record.id))),
        links=tuple(sorted(links, key=lambda link: (link.left, link.right))),
        components=graph.components(),
    )


def _groups_of(copies: Sequence[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {document: group for group in copies for document in group}


class Graph(Struct, frozen=True):
    """The reports as nodes, in the order of their publication, with the likely links between them and what people decided."""

    reports: dict[ClaimRef, Report]
    nodes: tuple[ClaimRef, ...]
    candidates: tuple[Candidate[ClaimRef], ...]
    decisions: tuple[Decision[ClaimRef], ...]
    scorer: Scorer[ClaimRef]

    @classmethod
    def of(cls, told: Sequence[Report], pairs: Iterable[Pair], decided: Sequence[Decision[ClaimRef]], weights: Weights) -> Graph:
        """Score the pairs of reports behind the pairs of claims."""
        by_ref = {report.ref: report for report in told}
        home = {account.ref: report.ref for report in told for account in report.accounts}
        scorer: Scorer[ClaimRef] = Scorer(
            score=lambda left, right: quick_score(by_ref[left].whole, by_ref[right].whole, weights), article=lambda ref: ref.document
        )
        binding = [Decision(home[one.left], home[one.right], one.same) for one in decided if one.left in home and one.right in home]
        nodes = [report.ref for report in sorted(told, key=lambda report: (report.whole.published or "9999", report.ref))]
        return cls(by_ref, tuple(nodes), tuple(_candidates(pairs, home, scorer)), tuple(binding), scorer)

    def components(self) -> tuple[tuple[ClaimRef, ...], ...]:
        """The claims of reports that links or decisions connect, however far, sorted."""
        sets = Sets()
        for node in self.nodes:
            sets.find(node)
        for _, left, right in self.candidates:
            sets.join(left, right)
        for decision in self.decisions:
            sets.join(decision.left, decision.right)
        groups: dict[Hashable, list[ClaimRef]] = defaultdict(list)
        for node in self.nodes:
            groups[sets.find(node)].extend(account.ref for account in self.reports[node].accounts)
        return tuple(sorted(tuple(sorted(group)) for group in groups.values()))


def all_reports(accounts: Iterable[Account], weights: Weights, decided: Sequence[Decision[ClaimRef]] = ()) -> list[Report]:
    """The reports of every article, by their names."""
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


def _candidates(pairs: Iterable[Pair], home: Mapping[ClaimRef, ClaimRef], scorer: Scorer[ClaimRef]) -> Iterator[Candidate[ClaimRef]]:
    """The pairs of reports behind the pairs of claims, each once, that are likelier one occurrence than not."""
    seen = set()
    for one, other in pairs:
        left, right = home.get(one), home.get(other)
        if left is None or right is None or left == right:
            continue
        pair = (left, right) if left < right else (right, left)
        if pair not in seen and left.document != right.document:
            seen.add(pair)
            found = scorer.score(*pair)
            if found > 0:
                yield Candidate(found, *pair)
