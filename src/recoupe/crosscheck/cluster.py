"""Which accounts are of one occurrence, all taken together? Clusters that hold together as a whole, and not as a chain of likely pairs.

Links are taken from the likeliest down. Two clusters join when the mean score between their members is positive and no article tells a member
of one apart from a member of the other. The mean is taken over the first few members of each, so the work for a link is bounded, and the
order of arrival plays no part: a chain of lookalikes does not run together, and a thousand articles cost no million scores.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

Node = TypeVar("Node", bound=Hashable)

SAMPLE = 5  # members of each cluster that are compared before two clusters join
KEPT_APART = -1.0  # a score within one article that is lower than this means that the article tells of two occurrences
_WORST = -30.0  # a pair that is never one occurrence weighs no more than this in a mean


class Candidate(NamedTuple, Generic[Node]):
    """Two nodes worth joining and their score."""

    score: float
    left: Node
    right: Node


class Decision(Struct, Generic[Node], frozen=True):
    """A person's word on two nodes, which binds whatever the scores say."""

    left: Node
    right: Node
    same: bool


class Scorer(Struct, Generic[Node], frozen=True):
    """How two nodes are compared, and which article a node stands in."""

    score: Callable[[Node, Node], float]
    article: Callable[[Node], Hashable]


class Clustered(Struct, Generic[Node], frozen=True):
    """The clusters, each in the order of the nodes and by their first ones, and the links that made them."""

    groups: tuple[tuple[Node, ...], ...]
    joined: tuple[tuple[Node, Node], ...]


def cluster(
    nodes: Sequence[Node], candidates: Iterable[Candidate[Node]], scorer: Scorer[Node], decisions: Sequence[Decision[Node]] = ()
) -> Clustered[Node]:
    """Partition `nodes`; their order is that of the members, and `decisions` come newest first: a newer one undoes an older.

    >>> near = {("a", "b"): 2.0, ("b", "c"): 2.0, ("a", "c"): -5.0}
    >>> scorer = Scorer(lambda x, y: near[min(x, y), max(x, y)], article=str)
    >>> cluster("abc", [Candidate(2.0, "a", "b"), Candidate(2.0, "b", "c")], scorer).groups
    (('a', 'b'), ('c',))
    """
    state = _State(nodes, scorer)
    joined: list[tuple[Node, Node]] = []
    for decision in decisions:
        if not decision.same:
            state.bar(decision.left, decision.right)
        elif not state.barred(decision.left, decision.right) and state.join(decision.left, decision.right):
            joined.append((decision.left, decision.right))
    rank = state.rank
    for _, left, right in sorted(candidates, key=lambda link: (-link.score, *sorted((rank[link.left], rank[link.right])))):
        if state.holds(left, right) and state.join(left, right):
            joined.append((left, right))
    return Clustered(state.groups(), tuple(joined))


class _State(Generic[Node]):
    """The clusters so far: each node's cluster; of each cluster its members, its first members and its articles, and which it must not join."""

    def __init__(self, nodes: Sequence[Node], scorer: Scorer[Node]) -> None:
        self.nodes = nodes
        self.scorer = scorer
        self.rank = {node: place for place, node in enumerate(nodes)}
        self.home = dict(self.rank)
        self.members: dict[int, list[Node]] = {place: [node] for place, node in enumerate(nodes)}
        self.heads: dict[int, list[Node]] = {place: [node] for place, node in enumerate(nodes)}
        self.articles: dict[int, dict[Hashable, list[Node]]] = {}
        self.bars: dict[int, set[int]] = {}

    def bar(self, left: Node, right: Node) -> None:
        """Keep the clusters of two nodes apart, unless they are one already."""
        here, there = self.home[left], self.home[right]
        if here != there:
            self.bars.setdefault(here, set()).add(there)
            self.bars.setdefault(there, set()).add(here)

    def barred(self, left: Node, right: Node) -> bool:
        """Whether a decision keeps the clusters of two nodes apart."""
        return self.home[right] in self.bars.get(self.home[left], ())

    def holds(self, left: Node, right: Node) -> bool:
        """Whether the clusters of two nodes are one event as wholes."""
        here, there = self.home[left], self.home[right]
        if here == there or self.barred(left, right):
            return False
        scores = [max(self.scorer.score(one, other), _WORST) for one in self.heads[here] for other in self.heads[there]]
        return sum(scores) > 0 and not self._kept_apart(here, there)

    def _kept_apart(self, here: int, there: int) -> bool:
        ours, theirs = self._articles(here), self._articles(there)
        if len(ours) > len(theirs):
            ours, theirs = theirs, ours
        shared = (article for article in ours if article in theirs)
        return any(
            self.scorer.score(one, other) < KEPT_APART for article in shared for one in ours[article][:SAMPLE] for other in theirs[article][:SAMPLE]
        )

    def _articles(self, place: int) -> dict[Hashable, list[Node]]:
        if place not in self.articles:
            self.articles[place] = {self.scorer.article(node): [node] for node in self.members[place]}
        return self.articles[place]

    def join(self, left: Node, right: Node) -> bool:
        """Make one cluster of two; what was barred from either is barred from both."""
        here, there = self.home[left], self.home[right]
        if here == there:
            return False
        if (len(self.members[here]), -here) < (len(self.members[there]), -there):
            here, there = there, here
        ours, theirs = self._articles(here), self._articles(there)
        for article, nodes in theirs.items():
            ours.setdefault(article, []).extend(nodes)
        for node in self.members[there]:
            self.home[node] = here
        self.members[here].extend(self.members[there])
        self.heads[here] = sorted(self.heads[here] + self.heads[there], key=self.rank.__getitem__)[:SAMPLE]
        for kept in (self.members, self.heads, self.articles):
            del kept[there]
        for other in self.bars.pop(there, ()):
            self.bars[other].discard(there)
            self.bars[other].add(here)
            self.bars.setdefault(here, set()).add(other)
        return True

    def groups(self) -> tuple[tuple[Node, ...], ...]:
        """The clusters, by their first members."""
        found = (sorted(group, key=self.rank.__getitem__) for group in self.members.values())
        return tuple(tuple(group) for group in sorted(found, key=lambda group: self.rank[group[0]]))
