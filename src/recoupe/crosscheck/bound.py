"""Which pairs of reports can't be one occurrence? An upper bound of their score from their sketches, many pairs at once.

Every term is the weight of the best level that `compare` could come out at, given what the sketches tell; so what stays below the bar by this
bound does so by the score (tested). The words, which cost most, are looked at only where the rest leaves a chance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from recoupe.crosscheck.compare import FAR_KM, FEWEST_WORDS, LATE, NEAR_KM, SAME_SPOT_KM, TOWN_KM, WORD_BOUNDS, WORD_LEVELS
from recoupe.crosscheck.link import WIDEST_GAP
from recoupe.crosscheck.sketch import NOWHERE, PLACES, RARITY_BITS, TYPES, Heads, Rows, Sketches, mode_bit
from recoupe.crosscheck.weights import Weights

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
AT_ONCE = 1 << 15  # pairs: what is looked at together stays in the processor's cache
_NEVER = -np.inf
_SLACK_KM = 0.05  # sketches hold degrees in 32 bits
_EARTH_KM = 12742.0
_BOUNDS = np.array([round(10 * bound) for bound in WORD_BOUNDS])  # tenths
_LEVELS = ("same", "near", "inside", "region", "apart", "far")


def possible(sketches: Sketches, left: Rows, right: Rows, weights: Weights, least: float) -> Mask:
    """Which of the pairs, given by their rows, may score more than `least`."""
    table = _table(weights)
    found = np.zeros(len(left), dtype=np.bool_)
    for start in range(0, len(left), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        found[part] = _possible(sketches, left[part], right[part], table, least)
    return found


def _possible(sketches: Sketches, left: Rows, right: Rows, table: _Table, least: float) -> Mask:
    one, other = sketches.head(left), sketches.head(right)
    total = table.prior + _type(one, other, table)
    for term in (_day, _participants, _figures, _place):
        total += term(one, other, table)
    alive = np.flatnonzero(total + table.words_most + table.context_most > least)
    for feature, told, most_after in (("words", sketches.words, table.context_most), ("context", sketches.context, 0.0)):
        shared = _shared(told[left[alive]], told[right[alive]])
        total[alive] += _words(feature, shared, one, other, alive, table)
        alive = alive[total[alive] + most_after > least]
    found = np.zeros(len(left), dtype=np.bool_)
    found[alive] = True
    return found


class _Table(NamedTuple):
    """The weights as arrays."""

    prior: float
    weight: dict[tuple[str, str], float]
    kin: npt.NDArray[np.float64]
    rare_modes: int
    places: npt.NDArray[np.float64]
    words: dict[str, tuple[Values, float]]
    words_most: float
    context_most: float


def _table(weights: Weights) -> _Table:
    value = weights.across.values
    kin = np.full((len(TYPES), len(TYPES)), _NEVER)
    for one, other in weights.kinship:
        kin[TYPES.index(one), TYPES.index(other)] = value["type", "kin"]
    places = np.array([[value["place", f"{basis}{level}"] for level in _LEVELS] + [0.0] for basis in ("article_", "")])
    places[:, :-1] = np.maximum.accumulate(places[:, -2::-1], axis=1)[:, ::-1]  # a nearer place may be a hash that is no other's by chance
    words = {
        feature: (np.maximum.accumulate(np.array([value[feature, level] for level in WORD_LEVELS])), value[feature, "none_across"])
        for feature in ("words", "context", "background")
    }
    return _Table(
        prior=weights.across.prior,
        weight=value,
        kin=kin,
        rare_modes=sum({mode_bit(mode) for mode in weights.rare_modes}),
        places=places,
        words=words,
        words_most=max(0.0, words["words"][0].max(), words["words"][1]),
        context_most=max(0.0, *(max(values.max(), across) for feature, (values, across) in words.items() if feature != "words")),
    )


def _type(one: Heads, other: Heads, table: _Table) -> Values:
    """The weight of the kinds of event; -inf where nothing can make the two one occurrence (link.apart)."""
    shared = one["modes"] & other["modes"]
    both = (one["modes"] > 0) & (other["modes"] > 0)
    weight = table.weight
    rare = max(weight["type", "same_rare_mode"], weight["type", "same_mode"])
    by_mode = np.where(shared == 0, weight["type", "other_mode"], np.where(shared & table.rare_modes, rare, weight["type", "same_mode"]))
    found = np.where(one["type"] == other["type"], np.where(both, by_mode, weight["type", "same"]), table.kin[one["type"], other["type"]])
    found[one["aggregate"] | other["aggregate"] | (one["happened"] != other["happened"])] = _NEVER
    return found


def _day(one: Heads, other: Heads, table: _Table) -> Values:
    first, last = (one["first"].astype(np.int64), other["first"].astype(np.int64)), (one["last"].astype(np.int64), other["last"].astype(np.int64))
    gap = np.maximum(np.maximum(first[1] - last[0], first[0] - last[1]), 0)
    short = (last[0] - first[0] < 2) & (last[1] - first[1] < 2)
    weight = {level: value for (feature, level), value in table.weight.items() if feature == "day"}
    own = np.where(gap == 0, np.where(short, weight["same"], weight["overlap"]), np.where(gap == 1, weight["next"], weight["near"]))
    own = np.where(gap > WIDEST_GAP, _NEVER, np.where(gap > 3, weight["far"], own))
    news = np.where(gap == 0, weight["news_same"], np.where(gap <= LATE, weight["news_near"], weight["news_far"]))
    before = np.where(one["own_day"], last[1] < first[0], last[0] < first[1])
    late = np.where(before, weight["before"], np.where(gap <= LATE, weight["reported_late"], weight["reported_long_after"]))
    found = np.where(gap == 0, weight["reported"], late)
    found = np.where(one["own_day"] == other["own_day"], np.where(one["own_day"], own, news), found)
    return np.where(one["dated"] & other["dated"], found, weight["unknown"])


def _participants(one: Heads, other: Heads, table: _Table) -> Values:
    found = np.where(one["sentences"] & other["sentences"], max(0.0, table.weight["text", "same_sentence"]), 0.0)
    for feature in ("actors", "recipients"):
        alike = max(table.weight[feature, "same"], table.weight[feature, "share_word"])
        both = (one[feature] > 0) & (other[feature] > 0)
        found += np.where(both, np.where(one[feature] & other[feature], alike, table.weight[feature, "differ"]), 0.0)
    return found


def _figures(one: Heads, other: Heads, table: _Table) -> Values:
    found = np.where(one["killed"] & other["killed"], _best_figure("killed", one["tolls"] & other["tolls"], table), 0.0)
    measures = np.bitwise_count(one["measures"] & other["measures"])
    found += np.where(measures > 0, measures * _best_figure("counts", one["counts"] & other["counts"], table), 0.0)
    return found


def _best_figure(feature: str, equal: npt.NDArray[np.uint64], table: _Table) -> Values:
    levels = {level: weight for (name, level), weight in table.weight.items() if name == feature}
    differing = max(weight for level, weight in levels.items() if not level.startswith("equal"))
    return np.where(equal > 0, max(levels.values()), differing)


def _place(one: Heads, other: Heads, table: _Table) -> Values:
    nearest = np.full(len(one), len(_LEVELS))
    for here in range(PLACES):
        for there in range(PLACES):
            rows = np.flatnonzero((one["placed"] > here) & (other["placed"] > there))
            if len(rows):
                nearest[rows] = np.minimum(nearest[rows], _near(_spot(one, rows, here), _spot(other, rows, there)))
    more = ((one["placed"] > PLACES) & (other["placed"] > 0)) | ((other["placed"] > PLACES) & (one["placed"] > 0))
    nearest[more] = 0
    found: Values = table.places[(one["own_place"] & other["own_place"]).astype(np.int64), nearest]
    return found


class _Spots(NamedTuple):
    latitude: Values
    longitude: Values
    precision: Values
    place: npt.NDArray[np.uint32]
    name: npt.NDArray[np.uint32]


def _spot(heads: Heads, rows: Rows, at: int) -> _Spots:
    """The places that reports name at one position of their lists."""
    latitude, longitude = (heads[field][rows, at].astype(np.float64) for field in ("latitude", "longitude"))
    return _Spots(latitude, longitude, heads["precision"][rows, at], heads["place"][rows, at], heads["name"][rows, at])


def _near(one: _Spots, other: _Spots) -> Rows:
    """How near pairs of places are, as an index of the levels, one more where it can't be known."""
    widest, narrowest = np.maximum(one.precision, other.precision), np.minimum(one.precision, other.precision)
    wide = widest > TOWN_KM
    distance = _kilometres(one, other) - _SLACK_KM
    spot = np.where(distance <= SAME_SPOT_KM, 0, np.where(distance <= np.maximum(widest + narrowest, NEAR_KM), 1, np.where(distance <= FAR_KM, 4, 5)))
    area = np.where((narrowest <= TOWN_KM) & (distance <= widest), 2, np.where(distance <= 2 * widest, 3, 5))
    unknown = (one.latitude == NOWHERE) | (other.latitude == NOWHERE)
    alike = ((one.place == other.place) & (one.place > 0)) | (unknown & (one.name == other.name))
    return np.where(alike, np.where(wide, 3, 0), np.where(unknown, len(_LEVELS), np.where(wide, area, spot)))


def _kilometres(one: _Spots, other: _Spots) -> Values:
    """The distances of places as `account.kilometres` has them."""
    north, south = np.radians(one.latitude), np.radians(other.latitude)
    east = np.radians(other.longitude - one.longitude)
    half = np.sin((south - north) / 2) ** 2 + np.cos(north) * np.cos(south) * np.sin(east / 2) ** 2
    found: Values = _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return found


def _shared(one: npt.NDArray[np.uint32], other: npt.NDArray[np.uint32]) -> Rows:
    """The summed rarity, in tenths above that of words used once in ten thousand, of the words that two lists share, row by row."""
    words = np.concatenate((one, other), axis=1)
    words.sort(axis=1)
    hashes = words >> RARITY_BITS
    rows, columns = np.nonzero((hashes[:, 1:] == hashes[:, :-1]) & (hashes[:, 1:] > 0))
    tenths = (words[rows, columns + 1] & (1 << RARITY_BITS) - 1).astype(np.int64) - 20
    return np.bincount(rows, tenths, len(words)).astype(np.int64)


def _words(feature: str, shared: Rows, one: Heads, other: Heads, alive: Rows, table: _Table) -> Values:
    level = np.searchsorted(_BOUNDS, shared, side="right")
    across = one["language"][alive] != other["language"][alive]
    many = "many_words" if feature == "words" else "many_context"
    found = _by_level(feature, level, across, table)
    if feature == "context":
        main = one["main"][alive] & other["main"][alive]
        found = np.where(main, found, _by_level("background", level, across, table))
    return np.where(np.minimum(one[many][alive], other[many][alive]) >= FEWEST_WORDS, found, 0.0)


def _by_level(feature: str, level: Rows, across: Mask, table: _Table) -> Values:
    values, none_across = table.words[feature]
    found: Values = np.where(across, np.maximum(values[level], none_across), values[level])
    return found
