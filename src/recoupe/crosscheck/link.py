"""How likely are two accounts to be of one occurrence? A sum of log likelihood ratios (Fellegi and Sunter), every term a reason in words.

`apart` comes first: what no score can outweigh (kinds of event that are never one another, plans and deeds, sums over many occurrences, one
article that keeps two occurrences apart).
"""

from __future__ import annotations

from typing import NamedTuple

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.compare import Outcome, compare_across, compare_within, gap
from recoupe.crosscheck.weights import Table, Weights
from recoupe.crosscheck.wording import load_wording
from recoupe.model import EventType, Language, Link, Reason

NEVER = -99.0  # the weight of a reason that no score outweighs
WIDEST_GAP = 400  # days between two accounts' own days beyond which nothing joins them


class Hindrance(NamedTuple):
    """What keeps two accounts apart: the feature that does, the name of the reason in the wording, and the types that it is about."""

    feature: str
    name: str
    types: tuple[EventType, ...] = ()


def score(a: Account, b: Account, weights: Weights, language: Language = "en") -> Link:
    """The link of two accounts with its reasons, strongest first; a positive score holds them to be of one occurrence."""
    left, right = (a, b) if a.ref <= b.ref else (b, a)
    says, hindrance = load_wording(language), apart(left, right, weights)
    table, outcomes = _compared(left, right, weights)
    reasons = [Reason("prior", says.reason("prior"), round(table.prior, 2))]
    for outcome in outcomes:
        weight = table.features[outcome.feature][outcome.level].weight
        reasons.append(Reason(outcome.feature, says.outcome(outcome, within=_within(left, right)), round(weight, 2)))
    if hindrance is not None:
        reasons.append(Reason(hindrance.feature, says.reason(hindrance.name, *hindrance.types), NEVER))
    reasons.sort(key=lambda reason: (-abs(reason.weight), reason.feature))
    return Link(left.ref, right.ref, round(sum(reason.weight for reason in reasons), 2), tuple(reasons))


def quick_score(a: Account, b: Account, weights: Weights) -> float:
    """The score of a link without its reasons."""
    if apart(a, b, weights) is not None:
        return NEVER
    table, outcomes = _compared(a, b, weights)
    weight = table.values
    return table.prior + sum([weight[feature, level] for feature, level, _ in outcomes])


def apart(a: Account, b: Account, weights: Weights) -> Hindrance | None:
    """What keeps two accounts apart whatever else they share, None where nothing does."""
    if a.aggregate or b.aggregate:
        return Hindrance("aggregate", "aggregate")
    if a.happened != b.happened:
        return Hindrance("stage", "stage")
    if a.type != b.type and (a.type, b.type) not in weights.kinship:
        return Hindrance("type", "type", (a.type, b.type))
    days = gap(a, b) or 0 if a.day_basis == b.day_basis == "claim" else 0
    if days > WIDEST_GAP:
        return Hindrance("day", "day")
    return Hindrance("day", "kept_apart") if days and _within(a, b) else None


def _within(a: Account, b: Account) -> bool:
    return a.ref.document == b.ref.document


def _compared(a: Account, b: Account, weights: Weights) -> tuple[Table, list[Outcome]]:
    return (weights.within, compare_within(a, b)) if _within(a, b) else (weights.across, compare_across(a, b))
