"""How likely are two accounts to be of one occurrence? A sum of log likelihood ratios (Fellegi and Sunter), every term a reason in words.

`apart` comes first: what no score can outweigh (kinds of event that are never one another, plans and deeds, sums over many occurrences, one
article that keeps two occurrences apart).
"""

from __future__ import annotations

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.compare import Outcome, compare_across, compare_within, gap, values
from recoupe.crosscheck.weights import Table, Weights
from recoupe.model import Link, Reason

NEVER = -99.0  # the weight of a reason that no score outweighs
WIDEST_GAP = 400  # days between two accounts' own days beyond which nothing joins them


def score(a: Account, b: Account, weights: Weights) -> Link:
    """The link of two accounts with its reasons, strongest first; a positive score holds them to be of one occurrence."""
    left, right = (a, b) if a.ref <= b.ref else (b, a)
    hindrance = apart(a, b, weights)
    table, outcomes = _compared(left, right, weights)
    reasons = [Reason("prior", "few of the pairs that are compared are of one occurrence", round(table.prior, 2))]
    reasons.extend(_reason(table, outcome) for outcome in outcomes)
    if hindrance is not None:
        reasons.append(hindrance)
    reasons.sort(key=lambda reason: (-abs(reason.weight), reason.feature))
    return Link(left.ref, right.ref, round(sum(reason.weight for reason in reasons), 2), tuple(reasons))


def quick_score(a: Account, b: Account, weights: Weights) -> float:
    """The score of a link without its reasons."""
    if apart(a, b, weights) is not None:
        return NEVER
    table, outcomes = _compared(a, b, weights)
    weight = table.values
    return table.prior + sum([weight[feature, level] for feature, level, _ in outcomes])


def apart(a: Account, b: Account, weights: Weights) -> Reason | None:
    """What keeps two accounts apart whatever else they share, None where nothing does."""
    if a.aggregate or b.aggregate:
        return Reason("aggregate", "one of them sums up many occurrences, or tells of a habit", NEVER)
    if a.happened != b.happened:
        return Reason("stage", "one is told as done or denied, the other as planned, asked for or supposed", NEVER)
    if a.type != b.type and (a.type, b.type) not in weights.kinship:
        return Reason("type", f"{a.type} and {b.type} are never one occurrence", NEVER)
    if a.day_basis == b.day_basis == "claim" and (gap(a, b) or 0) > WIDEST_GAP:
        return Reason("day", "their days lie more than a year apart", NEVER)
    return _kept_apart(a, b) if a.ref.document == b.ref.document else None


def _kept_apart(a: Account, b: Account) -> Reason | None:
    """Whether one article tells two occurrences apart, by days of their own."""
    if a.day_basis == b.day_basis == "claim" and (gap(a, b) or 0) > 0:
        return Reason("day", "the article gives them different days", NEVER)
    return None


def _compared(a: Account, b: Account, weights: Weights) -> tuple[Table, list[Outcome]]:
    if a.ref.document == b.ref.document:
        return weights.within, compare_within(a, b)
    return weights.across, compare_across(a, b)


def _reason(table: Table, outcome: Outcome) -> Reason:
    level = table.features[outcome.feature][outcome.level]
    if "{" not in level.says:
        return Reason(outcome.feature, level.says, round(level.weight, 2))
    compared = values(outcome)
    says = level.says.replace("{}", ", ".join(compared))
    for place, value in enumerate(compared):
        says = says.replace(f"{{{place}}}", value)
    return Reason(outcome.feature, says, round(level.weight, 2))
