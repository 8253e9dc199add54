"""Clusters hold together as wholes, whatever the order, and decisions bind."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from recoupe.crosscheck.cluster import Candidate, Decision, Scorer, cluster

NODES = "abcdefgh"
PAIRS = list(combinations(NODES, 2))
SCORES = st.fixed_dictionaries({pair: st.integers(-6, 6) for pair in PAIRS})


def scorer(scores: dict[tuple[str, str], int]) -> Scorer[str]:
    return Scorer(lambda one, other: float(scores[min(one, other), max(one, other)]), article=lambda node: "ab" if node in "ab" else node)


def candidates(scores: dict[tuple[str, str], int]) -> list[Candidate[str]]:
    return [Candidate(float(score), *pair) for pair, score in scores.items() if score > 0]


@given(SCORES, st.permutations(PAIRS))
def test_a_partition_whatever_the_order(scores: dict[tuple[str, str], int], order: list[tuple[str, str]]) -> None:
    links = {pair: link for link in candidates(scores) for pair in [(link.left, link.right)]}
    found = cluster(NODES, [links[pair] for pair in order if pair in links], scorer(scores))
    assert found == cluster(NODES, candidates(scores), scorer(scores))
    assert sorted(node for group in found.groups for node in group) == sorted(NODES)
    assert len(found.joined) == len(NODES) - len(found.groups)


@given(SCORES)
def test_what_an_article_clearly_keeps_apart_stays_apart(scores: dict[tuple[str, str], int]) -> None:
    scores = scores | {("a", "b"): -3}
    found = cluster(NODES, candidates(scores), scorer(scores))
    assert not any({"a", "b"} <= set(group) for group in found.groups)


@given(SCORES, st.sampled_from(PAIRS), st.sampled_from(PAIRS))
def test_the_newest_decision_holds(scores: dict[tuple[str, str], int], newest: tuple[str, str], older: tuple[str, str]) -> None:
    for same in (True, False):
        found = cluster(NODES, candidates(scores), scorer(scores), [Decision(*newest, same=same), Decision(*older, same=not same)])
        assert any(set(newest) <= set(group) for group in found.groups) is same


def test_a_chain_does_not_run_together() -> None:
    chain = [f"{step:03}" for step in range(300)]
    links = [Candidate(3.0, one, other) for one, other in pairwise(chain)]
    apart: Scorer[str] = Scorer(lambda one, other: 3.0 if abs(int(one) - int(other)) <= 1 else -4.0, article=lambda node: node)
    assert max(map(len, cluster(chain, links, apart).groups)) == 2
