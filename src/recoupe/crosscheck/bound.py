"""Which pairs of reports can't be one occurrence? An upper bound of their score from their sketches, many pairs at once.

Every term is the weight of the best level that `compare` could come out at, given what the sketches tell; so what stays below the bar by this
bound does so by the score (tested). The words, which cost most, are looked at only where the rest leaves a chance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from recoupe.crosscheck.compare import FAR_KM, FEWEST_WORDS, LATE, NEAR_KM, SAME_SPOT_KM, TOLD_BY, TOWN_KM, WORD_BOUNDS, WORD_LEVELS
from recoupe.crosscheck.link import WIDEST_GAP
from recoupe.crosscheck.sketch import HASH_SHIFT, NAME, NOWHERE, PLACES, RARITY_BITS, TYPES, Heads, Rows, Sketches, mode_bit
from recoupe.crosscheck.weights import Weights

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
AT_ONCE = 1 << 15  # pairs: what is looked at together stays in the processor's cache
NEVER = -np.inf
_SLACK_KM = 0.05  # sketches hold degrees in 32 bits
EARTH_KM = 12742.0
_BOUNDS = np.array(WORD_BOUNDS)
_OTHER = np.uint64(1 << RARITY_BITS)
LEVELS = ("same", "near", "inside", "region", "apart", "far")


def possible(sketches: Sketches, left: Rows, right: Rows, weights: Weights, least: float) -> Mask:
    """Which of the pairs, given by their rows, may score more than `least`."""
    table = tabulated(weights)
    found = np.zeros(len(left), dtype=np.bool_)
    for start in range(0, len(left), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        found[part] = _possible(sketches, left[part], right[part], table, least)
    return found


def _possible(sketches: Sketches, left: Rows, right: Rows, table: Table, least: float) -> Mask:
    one, other = sketches.head(left), sketches.head(right)
    total = table.prior + _type(one, other, table)
    for term in (day, _participants, _figures, _place):
        total += term(one, other, table)
    alive = np.flatnonzero(total + table.words_most + table.context_most > least)
    total[alive] += np.maximum(*words("words", sketches.words[left[alive]], sketches.words[right[alive]], one[alive], other[alive], table))
    alive = alive[total[alive] + table.context_most > least]
    total[alive] += np.maximum(*words("context", sketches.context(left[alive]), sketches.context(right[alive]), one[alive], other[alive], table))
    found = np.zeros(len(left), dtype=np.bool_)
    found[alive[total[alive] > least]] = True
    return found


class Table(NamedTuple):
    """The weights as arrays; those of words have one level more, for none that is shared across languages."""

    prior: float
    weight: dict[tuple[str, str], float]
    kin: Values
    rare_modes: int
    places: Values
    most_places: Values
    told_by: Values
    words: dict[str, Values]
    words_most: float
    context_most: float


def tabulated(weights: Weights) -> Table:
    """The weights of pairs across articles, made ready for many at once."""
    value = weights.across.values
    kin = np.full((len(TYPES), len(TYPES)), NEVER)
    for one, other in weights.kinship:
        kin[TYPES.index(one), TYPES.index(other)] = value["type", "kin"]
    places = np.array([[value["place", f"{basis}{level}"] for level in LEVELS] + [0.0] for basis in ("article_", "")])
    most_places = places.copy()
    most_places[:, :-1] = np.maximum.accumulate(places[:, -2::-1], axis=1)[:, ::-1]  # a nearer place may be a hash that is no other's by chance
    words = {
        feature: np.array([*(value[feature, level] for level in WORD_LEVELS), value[feature, "none_across"]])
        for feature in ("words", "context", "background")
    }
    return Table(
        prior=weights.across.prior,
        weight=value,
        kin=kin,
        rare_modes=sum({mode_bit(mode) for mode in weights.rare_modes}),
        places=places,
        most_places=most_places,
        told_by=np.maximum.accumulate(np.array([NEVER, *(value["place", level] for level in TOLD_BY)])),
        words=words,
        words_most=max(0.0, words["words"].max()),
        context_most=max(0.0, words["context"].max(), words["background"].max()),
    )


def _type(one: Heads, other: Heads, table: Table) -> Values:
    """The weight of the kinds of event; -inf where nothing can make the two one occurrence (link.apart)."""
    shared = one["modes"] & other["modes"]
    both = (one["modes"] > 0) & (other["modes"] > 0)
    weight = table.weight
    rare = max(weight["type", "same_rare_mode"], weight["type", "same_mode"])
    by_mode = np.where(shared == 0, weight["type", "other_mode"], np.where(shared & table.rare_modes, rare, weight["type", "same_mode"]))
    found = np.where(one["type"] == other["type"], np.where(both, by_mode, weight["type", "same"]), table.kin[one["type"], other["type"]])
    found[one["aggregate"] | other["aggregate"] | (one["happened"] != other["happened"])] = NEVER
    return found


def day(one: Heads, other: Heads, table: Table) -> Values:
    """The weight of the days, exactly as `compare` has it; -inf where they lie too far apart (link.apart)."""
    first, last = (one["first"].astype(np.int64), other["first"].astype(np.int64)), (one["last"].astype(np.int64), other["last"].astype(np.int64))
    gap = np.maximum(np.maximum(first[1] - last[0], first[0] - last[1]), 0)
    short = (last[0] - first[0] < 2) & (last[1] - first[1] < 2)
    weight = {level: value for (feature, level), value in table.weight.items() if feature == "day"}
    own = np.where(gap == 0, np.where(short, weight["same"], weight["overlap"]), np.where(gap == 1, weight["next"], weight["near"]))
    own = np.where(gap > WIDEST_GAP, NEVER, np.where(gap > 3, weight["far"], own))
    news = np.where(gap == 0, weight["news_same"], np.where(gap <= LATE, weight["news_near"], weight["news_far"]))
    before = np.where(one["own_day"], last[1] < first[0], last[0] < first[1])
    late = np.where(before, weight["before"], np.where(gap <= LATE, weight["reported_late"], weight["reported_long_after"]))
    found = np.where(gap == 0, weight["reported"], late)
    found = np.where(one["own_day"] == other["own_day"], np.where(one["own_day"], own, news), found)
    return np.where(one["dated"] & other["dated"], found, weight["unknown"])


def _participants(one: Heads, other: Heads, table: Table) -> Values:
    found = np.where(one["sentences"] & other["sentences"], max(0.0, table.weight["text", "same_sentence"]), 0.0)
    for feature in ("actors", "recipients"):
        alike = max(table.weight[feature, "same"], table.weight[feature, "share_word"])
        both = (one[feature] > 0) & (other[feature] > 0)
        found += np.where(both, np.where(one[feature] & other[feature], alike, table.weight[feature, "differ"]), 0.0)
    return found


def _figures(one: Heads, other: Heads, table: Table) -> Values:
    found = np.where(one["killed"] & other["killed"], _best_figure("killed", one["tolls"] & other["tolls"], table), 0.0)
    measures = np.bitwise_count(one["measures"] & other["measures"])
    found += np.where(measures > 0, measures * _best_figure("counts", one["counts"] & other["counts"], table), 0.0)
    return found


def _best_figure(feature: str, equal: npt.NDArray[np.uint64], table: Table) -> Values:
    levels = {level: weight for (name, level), weight in table.weight.items() if name == feature}
    differing = max(weight for level, weight in levels.items() if not level.startswith("equal"))
    return np.where(equal > 0, max(levels.values()), differing)


def _place(one: Heads, other: Heads, table: Table) -> Values:
    nearest = np.full(len(one), len(LEVELS))
    for here in range(PLACES):
        for there in range(PLACES):
            rows = np.flatnonzero((one["placed"] > here) & (other["placed"] > there))
            if len(rows):
                nearest[rows] = np.minimum(nearest[rows], near(_spot(one, rows, here), _spot(other, rows, there), _SLACK_KM))
    more = ((one["placed"] > PLACES) & (other["placed"] > 0)) | ((other["placed"] > PLACES) & (one["placed"] > 0))
    nearest[more] = 0
    found: Values = table.most_places[(one["own_place"] & other["own_place"]).astype(np.int64), nearest]
    told = told_by(one, other)
    return np.where(told > 0, np.maximum(found, table.told_by[told]), found)


def told_by(one: Heads, other: Heads) -> Rows:
    """How many of the two articles may name a place of the other."""
    by_one, by_other = (
        (here["article_places"] & there["own_places"] > 0).all(axis=1).astype(np.int64) for here, there in ((one, other), (other, one))
    )
    found: Rows = by_one + by_other
    return found


class Spots(NamedTuple):
    """One place of each of many reports: degrees, km, and hashes of its id and its name."""

    latitude: Values
    longitude: Values
    precision: Values
    place: npt.NDArray[np.uint32] | npt.NDArray[np.uint64]
    name: npt.NDArray[np.uint32] | npt.NDArray[np.uint64]


def _spot(heads: Heads, rows: Rows, at: int) -> Spots:
    """The places that reports name at one position of their lists."""
    latitude, longitude = (heads[field][rows, at].astype(np.float64) for field in ("latitude", "longitude"))
    return Spots(latitude, longitude, heads["precision"][rows, at], heads["place"][rows, at], heads["name"][rows, at])


def near(one: Spots, other: Spots, slack_km: float) -> Rows:
    """How near pairs of places are when they may be so much nearer than they look, as an index of the levels, one more where it can't be known."""
    widest, narrowest = np.maximum(one.precision, other.precision), np.minimum(one.precision, other.precision)
    wide = widest > TOWN_KM
    distance = kilometres(one, other) - slack_km
    spot = np.where(distance <= SAME_SPOT_KM, 0, np.where(distance <= np.maximum(widest + narrowest, NEAR_KM), 1, np.where(distance <= FAR_KM, 4, 5)))
    area = np.where((narrowest <= TOWN_KM) & (distance <= widest), 2, np.where(distance <= 2 * widest, 3, 5))
    unknown = (one.latitude == NOWHERE) | (other.latitude == NOWHERE)
    alike = ((one.place == other.place) & (one.place > 0)) | (unknown & (one.name == other.name))
    return np.where(alike, np.where(wide, 3, 0), np.where(unknown, len(LEVELS), np.where(wide, area, spot)))


def kilometres(one: Spots, other: Spots) -> Values:
    """The distances of places as `account.kilometres` has them."""
    north, south = np.radians(one.latitude), np.radians(other.latitude)
    east = np.radians(other.longitude - one.longitude)
    half = np.sin((south - north) / 2) ** 2 + np.cos(north) * np.cos(south) * np.sin(east / 2) ** 2
    found: Values = EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return found


class Shared(NamedTuple):
    """What pairs of lists of words have in common: whether anything, and its summed rarity, in tenths, by the forms of the one list and of the other."""

    any: Mask
    here: Rows
    there: Rows


def shared_words(one: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64], across: Mask) -> Shared:
    """The words that two lists share, row by row; across languages names only."""
    words = np.concatenate((one, other | _OTHER), axis=1)
    words.sort(axis=1)
    hashes = words >> HASH_SHIFT
    rows, columns = np.nonzero((hashes[:, 1:] == hashes[:, :-1]) & (hashes[:, 1:] > 0))
    pair = words[rows, columns], words[rows, columns + 1]
    counted = ~across[rows] | (pair[0] & pair[1] & NAME > 0)
    rows, pair = rows[counted], (pair[0][counted], pair[1][counted])
    first = pair[0] & _OTHER == 0
    here, there = (np.where(side, *pair) & (_OTHER - 1) for side in (first, ~first))
    sums = (np.bincount(rows, tenths, len(words)).astype(np.int64) for tenths in (here, there))
    return Shared(np.bincount(rows, minlength=len(words)) > 0, *sums)


def words(feature: str, here: npt.NDArray[np.uint64], there: npt.NDArray[np.uint64], one: Heads, other: Heads, table: Table) -> tuple[Values, Values]:
    """The weight of the words that pairs of reports share, those of their sentences or those of their articles ("context"), by either's forms."""
    across = one["language"] != other["language"]
    shared = shared_words(here, there, across)
    many = "many_words" if feature == "words" else "many_context"
    enough, main = np.minimum(one[many], other[many]) >= FEWEST_WORDS, one["main"] & other["main"]

    def weight(rarity: Rows) -> Values:
        level = np.where(across & ~shared.any, len(WORD_LEVELS), np.searchsorted(_BOUNDS, rarity, side="right"))
        found = table.words[feature][level]
        if feature == "context":
            found = np.where(main, found, table.words["background"][level])
        return np.where(enough, found, 0.0)

    return weight(shared.here), weight(shared.there)
