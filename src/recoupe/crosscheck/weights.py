"""How much does each agreement or difference count? The probabilities of Fellegi and Sunter, from weights.toml.

`m` is how often two accounts of one occurrence show a level, `u` how often two of different occurrences do that were worth comparing;
the weight of the level is ln(m/u). weights.toml says how each was estimated.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache, cached_property
from importlib import resources

import msgspec
from msgspec import Struct

from recoupe.model import EventType

_PARTS = 1 << 20  # of one: a power of two, so that every weight is a number that the machine holds exactly


class Level(Struct, frozen=True, forbid_unknown_fields=True):
    """One outcome of a comparison: its two probabilities."""

    m: float
    u: float

    @property
    def weight(self) -> float:
        """The natural log of the likelihood ratio, to a millionth part: such sums are exact, in whatever order they are made.

        >>> round(Level(m=0.5, u=0.05).weight, 2)
        2.3
        """
        return _exact(math.log(self.m / self.u))


def _exact(value: float) -> float:
    return round(value * _PARTS) / _PARTS


class Table(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The weights of one kind of comparison; `prior` is the log odds of a pair before anything is compared."""

    prior: float
    features: dict[str, dict[str, Level]]

    @cached_property
    def values(self) -> dict[tuple[str, str], float]:
        """The weight of every level by feature and level."""
        return {(feature, name): level.weight for feature, levels in self.features.items() for name, level in levels.items()}


class Weights(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """`weights.toml`: how pairs across articles and within one article are weighed, and which types may tell of one occurrence.

    `rare_modes` are kinds of act so seldom told of that to agree on one is worth more.
    """

    estimated: str
    kin: tuple[tuple[EventType, EventType], ...]
    rare_modes: frozenset[str]
    across: Table
    within: Table

    @cached_property
    def kinship(self) -> frozenset[tuple[EventType, EventType]]:
        """The pairs of types that may tell of one occurrence, both ways round."""
        return frozenset(self.kin) | frozenset((right, left) for left, right in self.kin)


@cache
def load_weights() -> Weights:
    """The weights that are shipped."""
    text = resources.files("recoupe.crosscheck").joinpath("weights.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Weights)
