"""What is the score of a pair of reports? That of `link.quick_score` from their sketches, many pairs at once, where these suffice to tell.

A level is certain where the details hold all that it comes from, or already what it can't be better than. What they can't tell (a list that is
longer than its row, a word of a name that may be shared, a distance on the very border of two levels) is compared report by report.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recoupe.crosscheck.bound import AT_ONCE, LEVELS, NEVER, Mask, Spots, Table, Values, day, near, tabulated, told_by, words
from recoupe.crosscheck.compare import AGREEMENTS, DIFFERENT
from recoupe.crosscheck.sketch import FIGURES, MEASURES, MODES, PARTIES, PLACES, SENTENCES, Details, Heads, Rows, Sketches, name_hash
from recoupe.crosscheck.weights import Weights

_SLACK_KM = 1e-6  # a distance so near to a bound may fall on its other side when another library computes it
_DIFFERENT = [LEVELS.index(level) for level in DIFFERENT]
_Hashes = npt.NDArray[np.uint64]
_Term = tuple[Values, Mask]  # a weight of every pair, and whether it is certain


def scores(sketches: Sketches, left: Rows, right: Rows, weights: Weights) -> tuple[Values, Mask]:
    """The scores of pairs of reports of different articles, given by their rows, and which of them are certain; -inf for what is never one event."""
    table, rare = tabulated(weights), np.array(sorted(map(name_hash, weights.rare_modes)), dtype=np.uint64)
    found, certain = np.zeros(len(left)), np.ones(len(left), dtype=np.bool_)
    for start in range(0, len(left), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        found[part], certain[part] = _scores(sketches, left[part], right[part], table, rare)
    return found, certain


def _scores(sketches: Sketches, left: Rows, right: Rows, table: Table, rare: _Hashes) -> _Term:
    one, other, here, there = sketches.head(left), sketches.head(right), sketches.detail(left), sketches.detail(right)
    total = table.prior + day(one, other, table)
    certain = np.ones(len(left), dtype=np.bool_)
    first, unknown = here["document"] < there["document"], here["document"] == there["document"]
    for feature, lists in (("words", (sketches.words[left], sketches.words[right])), ("context", (sketches.context(left), sketches.context(right)))):
        by_one, by_other = words(feature, *lists, one, other, table)
        total += np.where(first, by_one, by_other)
        certain &= ~unknown | (by_one == by_other)
    for weight, known in (
        _type(one, other, here, there, table, rare),
        _place(one, other, here, there, table),
        _parties("actors", here["actors"], there["actors"], table),
        _parties("recipients", here["recipients"], there["recipients"], table),
        _figures(one, other, here, there, table),
        _text(one, other, here, there, table),
    ):
        total += weight
        certain &= known
    return total, certain | (total == NEVER)


def _meet(one: _Hashes, other: _Hashes) -> Mask:
    """Which items of one list stand in the other, row by row."""
    found: Mask = ((one[:, :, None] == other[:, None, :]) & (one[:, :, None] > 0)).any(axis=2)
    return found


def _type(one: Heads, other: Heads, here: Details, there: Details, table: Table, rare: _Hashes) -> _Term:
    shared = _meet(here["modes"], there["modes"])
    both = (here["many_modes"] > 0) & (there["many_modes"] > 0)
    alike = one["type"] == other["type"]
    weight = table.weight
    rarely = (shared & np.isin(here["modes"], rare)).any(axis=1)
    by_mode = np.where(
        shared.any(axis=1), np.where(rarely, weight["type", "same_rare_mode"], weight["type", "same_mode"]), weight["type", "other_mode"]
    )
    found = np.where(alike, np.where(both, by_mode, weight["type", "same"]), table.kin[one["type"], other["type"]])
    found[one["aggregate"] | other["aggregate"] | (one["happened"] != other["happened"])] = NEVER
    return found, ~(alike & both) | (np.maximum(here["many_modes"], there["many_modes"]) <= MODES)


def _place(one: Heads, other: Heads, here: Details, there: Details, table: Table) -> _Term:
    nearest, farthest = np.full(len(one), len(LEVELS)), np.full(len(one), len(LEVELS))
    for at in range(PLACES):
        for place in range(PLACES):
            rows = np.flatnonzero((one["placed"] > at) & (other["placed"] > place))
            if len(rows):
                spots = _spot(here, rows, at), _spot(there, rows, place)
                nearest[rows] = np.minimum(nearest[rows], near(*spots, _SLACK_KM))
                farthest[rows] = np.minimum(farthest[rows], near(*spots, -_SLACK_KM))
    more = ((one["placed"] > PLACES) & (other["placed"] > 0)) | ((other["placed"] > PLACES) & (one["placed"] > 0))
    found: Values = table.places[(one["own_place"] & other["own_place"]).astype(np.int64), nearest]
    told = np.isin(nearest, _DIFFERENT) & (told_by(one, other) > 0)
    return found, (nearest == farthest) & (~more | (nearest == 0)) & ~told


def _spot(details: Details, rows: Rows, at: int) -> Spots:
    latitude, longitude, precision, place, name = (details[field][rows, at] for field in ("latitude", "longitude", "precision", "place", "name"))
    return Spots(latitude, longitude, precision, place, name)


def _parties(feature: str, here: Details, there: Details, table: Table) -> _Term:
    actors, others = here["actor"][:, :, None], there["actor"][:, None, :]
    known = (actors > 0) & (others > 0)
    names = (here["name"][:, :, None] == there["name"][:, None, :]) & (here["name"][:, :, None] > 0)
    same = np.where(known, actors == others, names).any(axis=(1, 2))
    shared = (~known & ((here["words"][:, :, None] & there["words"][:, None, :]) > 0)).any(axis=(1, 2))
    both = (here["many"] > 0) & (there["many"] > 0)
    more = np.maximum(here["many"], there["many"]) > PARTIES
    found = np.where(both, np.where(same, table.weight[feature, "same"], table.weight[feature, "differ"]), 0.0)
    return found, ~both | same | ~(shared | more)


def _figures(one: Heads, other: Heads, here: Details, there: Details, table: Table) -> _Term:
    best = np.full((len(one), len(MEASURES) + 1), len(AGREEMENTS))
    for at in range(FIGURES):
        for figure in range(FIGURES):
            rows = np.flatnonzero((here["many_figures"] > at) & (there["many_figures"] > figure))
            rows = rows[here["measure"][rows, at] == there["measure"][rows, figure]]
            if len(rows):
                measure = here["measure"][rows, at].astype(np.int64)
                best[rows, measure] = np.minimum(best[rows, measure], _agreement(here, there, rows, at, figure))
    killed, counts = (np.array([*(table.weight[feature, level] for level in AGREEMENTS), 0.0]) for feature in ("killed", "counts"))
    met = (one["killed"] & other["killed"]) | (one["measures"] & other["measures"] > 0)
    more = np.maximum(here["many_figures"], there["many_figures"]) > FIGURES
    return killed[best[:, 0]] + counts[best[:, 1:]].sum(axis=1), ~(met & more)


def _agreement(here: Details, there: Details, rows: Rows, at: int, figure: int) -> Rows:
    """How well two figures of one measure agree, as an index of AGREEMENTS."""
    one, other = here["value"][rows, at], there["value"][rows, figure]
    small, large = np.minimum(one, other), np.maximum(one, other)
    agree = (here["low"][rows, at] <= there["high"][rows, figure]) & (there["low"][rows, figure] <= here["high"][rows, at])
    differ = np.where((large - small <= 2) | (large <= 1.4 * small), 4, np.where(large <= 4 * small, 5, 6))
    equal = np.where(one >= 10, 0, np.where(one > 1, 1, 2))
    return np.where(one == other, equal, np.where(agree, 3, differ))


def _text(one: Heads, other: Heads, here: Details, there: Details, table: Table) -> _Term:
    same = _meet(here["sentences"], there["sentences"]).any(axis=1)
    more = np.maximum(here["many_sentences"], there["many_sentences"]) > SENTENCES
    certain: Mask = same | ~(more & (one["sentences"] & other["sentences"] > 0))
    return np.where(same, table.weight["text", "same_sentence"], 0.0), certain
