"""What must be checked anew when articles come, change or go? Only the components that they touch; the rest stands as it is.

A component is a set of claims that no likely link and no decision leaves; events lie within components, because clusters only grow along
links. So when a pair of claims becomes comparable, or stops being so, or a claim or a decision changes, the components at its ends are
checked together, and the result is what checking everything would give:

1. `changed`: the claims of the articles that came, changed, went or were decided on.
2. `gained`: the candidate pairs with an end in them; `lost`: pairs that are candidates no longer (a crowded key compares only neighbours).
3. `touched` names the components; load their claims' articles and pairs, and run `check(…, only=…)`.

>>> from recoupe.model import ClaimRef
>>> old, new, other = (ClaimRef(document, "ASSAULT:1-2") for document in ("a", "b", "c"))
>>> touched({old: "one", other: "two"}, changed=[new], gained=[(old, new)], lost=[])
frozenset({'one'})
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.check import Graph, Pair, all_reports, decisions
from recoupe.crosscheck.weights import Weights, load_weights
from recoupe.model import ClaimRef, Review

Name = TypeVar("Name")


def touched(component_of: Mapping[ClaimRef, Name], changed: Iterable[ClaimRef], gained: Iterable[Pair], lost: Iterable[Pair]) -> frozenset[Name]:
    """The components that these claims and pairs reach; `gained` may be narrowed by `likely` first."""
    refs = [*changed, *(ref for pair in gained for ref in pair), *(ref for pair in lost for ref in pair)]
    return frozenset(component_of[ref] for ref in refs if ref in component_of)


def likely(accounts: Iterable[Account], pairs: Iterable[Pair], reviews: Sequence[Review] = (), weights: Weights | None = None) -> Iterator[Pair]:
    """The pairs that are likelier one occurrence than not, as the first claims of their reports; accounts are given by whole articles."""
    used = weights or load_weights()
    decided = decisions(reviews)
    graph = Graph.of(all_reports(accounts, used, decided), pairs, decided, used)
    yield from ((link.left, link.right) for link in graph.candidates)
