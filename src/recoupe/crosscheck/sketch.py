"""What of a report suffices to see that it is of another occurrence? A few hundred bytes that numpy compares by the hundred thousand.

A sketch holds what `compare` looks at: numbers as they are, names and words as hashes, sets of them as 64 bits. What it can't tell it grants
(bound.py), so that nothing is lost by it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from recoupe.crosscheck.account import Account, Party, Where
from recoupe.crosscheck.compare import COMPARED, named, value
from recoupe.crosscheck.words import LEAD, RareWord, fold
from recoupe.model import EventType, Language

Heads = npt.NDArray[np.void]
Rows = npt.NDArray[np.int64]

PLACES, WORDS, CONTEXT = 4, 24, 30
LONG_AGO, LONG_AFTER = -(2**30), 2**30  # an open end of the days
RARITY_BITS = 7  # the lowest bits of a word: its rarity in tenths
TYPES: tuple[EventType, ...] = get_args(EventType)
LANGUAGES: tuple[Language, ...] = get_args(Language)
MEASURES = tuple(sorted(COMPARED - {"killed"}))
NOWHERE = 999.0  # the latitude of a place that is not on the map

HEAD = np.dtype(
    [
        ("type", "u1"),
        ("happened", "?"),
        ("aggregate", "?"),
        ("language", "u1"),
        ("main", "?"),  # it stands at the beginning of its article
        ("dated", "?"),
        ("own_day", "?"),
        ("placed", "u1"),  # how many places it has
        ("own_place", "?"),
        ("killed", "?"),
        ("many_words", "u1"),
        ("many_context", "u1"),
        ("measures", "u2"),
        ("modes", "u4"),
        ("first", "i4"),
        ("last", "i4"),
        ("actors", "u8"),
        ("recipients", "u8"),
        ("tolls", "u8"),
        ("counts", "u8"),
        ("sentences", "u8"),
        ("latitude", "f4", PLACES),
        ("longitude", "f4", PLACES),
        ("precision", "f4", PLACES),
        ("place", "u4", PLACES),
        ("name", "u4", PLACES),
    ]
)
SKETCH = np.dtype([("head", HEAD), ("words", "u4", WORDS), ("context", "u4", CONTEXT)])


class Sketches(NamedTuple):
    """Sketches in the order of their reports, in three tables: whole rows are copied, and copying is what comparing costs."""

    heads: npt.NDArray[np.uint8]
    words: npt.NDArray[np.uint32]
    context: npt.NDArray[np.uint32]

    def head(self, rows: Rows) -> Heads:
        """The heads at these rows."""
        return self.heads[rows].view(HEAD).ravel()


def sketches(wholes: Iterable[Account]) -> bytes:
    """The sketches of reports, each told by all its accounts as one, one after the other."""
    rows = [(_head(whole), _words(whole.words, WORDS), _words(whole.context, CONTEXT)) for whole in wholes]
    return np.array(rows, dtype=SKETCH).tobytes()


def sketch_count(packed: bytes) -> int:
    """How many reports `sketches` was given."""
    return len(packed) // SKETCH.itemsize


def load_sketches(packed: Sequence[bytes]) -> Sketches:
    """What `sketches` gave for some documents, as one.

    >>> len(load_sketches([b""]).heads)
    0
    """
    many = [sketch_count(each) for each in packed]
    found = Sketches(
        np.empty((sum(many), HEAD.itemsize), np.uint8), np.empty((sum(many), WORDS), np.uint32), np.empty((sum(many), CONTEXT), np.uint32)
    )
    start = 0
    for each, rows in zip(packed, many, strict=True):
        told, part = np.frombuffer(each, dtype=SKETCH), slice(start, start + rows)
        found.heads[part] = np.ascontiguousarray(told["head"]).view(np.uint8).reshape(rows, HEAD.itemsize)
        found.words[part], found.context[part] = told["words"], told["context"]
        start += rows
    return found


def _head(whole: Account) -> tuple[object, ...]:
    places = whole.places[:PLACES]
    counted = [count for count in whole.figures if count.measure in COMPARED and count.telling]
    return (
        TYPES.index(whole.type),
        whole.happened,
        whole.aggregate,
        LANGUAGES.index(whole.language),
        whole.at < LEAD,
        whole.first_day is not None or whole.last_day is not None,
        whole.day_basis == "claim",
        min(len(whole.places), PLACES + 1),
        whole.place_basis == "claim",
        any(count.measure == "killed" for count in counted),
        min(len(whole.words), 255),
        min(len(whole.context), 255),
        sum(1 << MEASURES.index(measure) for measure in {count.measure for count in counted} - {"killed"}),
        sum({mode_bit(mode) for mode in whole.modes}),
        LONG_AGO if whole.first_day is None else whole.first_day,
        LONG_AFTER if whole.last_day is None else whole.last_day,
        _bits(_named(named(whole.actors))),
        _bits(_named(named(whole.recipients))),
        _bits(str(float(value(count))) for count in counted if count.measure == "killed"),
        _bits(f"{count.measure} {float(value(count))}" for count in counted if count.measure != "killed"),
        _bits(str(sentence) for sentence in whole.sentences),
        _padded([NOWHERE if place.latitude is None or place.longitude is None else place.latitude for place in places], NOWHERE),
        _padded([0.0 if place.longitude is None else place.longitude for place in places], 0.0),
        _padded([place.precision_km for place in places], 0.0),
        _padded([0 if place.place is None else _hash(place.place) | 1 for place in places], 0),
        _padded([_name(place) for place in places], 0),
    )


def mode_bit(mode: str) -> int:
    """The bit that stands for a kind of act, one of 32."""
    return 1 << _hash(mode) % 32


def _name(place: Where) -> int:
    return _hash(fold(place.name))


def _padded(values: list[float] | list[int], filler: float) -> tuple[float, ...]:
    return (*values, *[filler] * (PLACES - len(values)))


def _named(parties: Sequence[Party]) -> set[str]:
    return {one.actor for one in parties if one.actor is not None} | {word for one in parties for word in one.words}


def _bits(names: Iterable[str]) -> int:
    found = 0
    for name in names:
        found |= 1 << _hash(name) % 64
    return found


def _words(words: Sequence[RareWord], most: int) -> tuple[int, ...]:
    """The words as hashes with their rarity; fillers are 0."""
    found = [_word(rare.word) << RARITY_BITS | round(10 * rare.rarity) for rare in words[:most]]
    return (*found, *[0] * (most - len(found)))


@lru_cache(maxsize=200_000)
def _word(word: str) -> int:
    return (zlib.crc32(word.encode()) >> RARITY_BITS) | 1  # never that of a filler


def _hash(name: str) -> int:
    return zlib.crc32(name.encode())
