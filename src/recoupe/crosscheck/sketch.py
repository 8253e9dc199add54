"""What of a report suffices to see that it is of another occurrence, and mostly to tell its score? Some hundred bytes for numpy, many at a time.

The head of a sketch is small and tells which pairs can't be one occurrence: sets are 64 bits there, and what it can't tell is granted (bound.py).
The detail and the words hold what `compare` looks at, names and words as hashes of 56 or 64 bits, as far as its rows reach (exact.py).
"""

from __future__ import annotations

import functools
import operator
import zlib
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from recoupe.crosscheck.account import Account, Party, Where
from recoupe.crosscheck.compare import COMPARED, bounds, named, value
from recoupe.crosscheck.words import LEAD, RareWord, fold
from recoupe.model import EventType, Language

Heads = npt.NDArray[np.void]
Details = npt.NDArray[np.void]
Rows = npt.NDArray[np.int64]

PLACES, WORDS, CONTEXT = 4, 24, 30
IDENTITY = 16  # characters of a document's id
MODES, PARTIES, FIGURES, SENTENCES = 3, 4, 6, 12  # how many of each a detail holds; of more than these it can't tell
LONG_AGO, LONG_AFTER = -(2**30), 2**30  # an open end of the days
RARITY_BITS = 6  # the lowest bits of a word: its rarity in tenths
NAME, HASH_SHIFT = 1 << 7, 8  # the bit that marks a name, and where the hash begins; the one bit left is for whose word it is (bound.py)
TYPES: tuple[EventType, ...] = get_args(EventType)
LANGUAGES: tuple[Language, ...] = get_args(Language)
MEASURES = tuple(sorted(COMPARED - {"killed"}))
FILTERS = 2  # sets of 64 bits for the places of an article: two rarely share one by chance in both
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
        ("own_places", "u8", FILTERS),
        ("article_places", "u8", FILTERS),
        ("latitude", "f4", PLACES),
        ("longitude", "f4", PLACES),
        ("precision", "f4", PLACES),
        ("place", "u4", PLACES),
        ("name", "u4", PLACES),
    ]
)
_PARTY = [("actor", "u8", PARTIES), ("name", "u8", PARTIES), ("words", "u8", PARTIES), ("many", "u1")]
DETAIL = np.dtype(
    [
        ("document", f"S{IDENTITY}"),  # the beginning of its id: of two reports the lesser one's is the first (link.py)
        ("modes", "u8", MODES),
        ("many_modes", "u1"),
        ("latitude", "f8", PLACES),
        ("longitude", "f8", PLACES),
        ("precision", "f8", PLACES),
        ("place", "u8", PLACES),
        ("name", "u8", PLACES),
        ("actors", _PARTY),
        ("recipients", _PARTY),
        ("measure", "u1", FIGURES),  # its place in MEASURES, one higher; 0 for those killed
        ("value", "f8", FIGURES),
        ("low", "f8", FIGURES),
        ("high", "f8", FIGURES),
        ("many_figures", "u1"),
        ("sentences", "u8", SENTENCES),
        ("many_sentences", "u1"),
    ]
)
SKETCH = np.dtype([("head", HEAD), ("words", "u8", WORDS), ("detail", DETAIL)])
_CONTEXT = np.dtype(("u8", CONTEXT))  # stands once before the sketches of a document


class Sketches(NamedTuple):
    """Sketches in the order of their reports, in tables: whole rows are copied, and copying is what comparing costs.

    `contexts` has a row for each document, `article` that of each report's.
    """

    heads: npt.NDArray[np.uint8]
    words: npt.NDArray[np.uint64]
    details: npt.NDArray[np.uint8]
    contexts: npt.NDArray[np.uint64]
    article: npt.NDArray[np.int32]

    def head(self, rows: Rows) -> Heads:
        """The heads at these rows."""
        return self.heads[rows].view(HEAD).ravel()

    def detail(self, rows: Rows) -> Details:
        """The details at these rows."""
        return self.details[rows].view(DETAIL).ravel()

    def context(self, rows: Rows) -> npt.NDArray[np.uint64]:
        """The rare words of the articles of these rows."""
        return self.contexts[self.article[rows]]


def sketches(wholes: Iterable[Account]) -> bytes:
    """The sketches of the reports of one document, each told by all its accounts as one, one after the other."""
    told = tuple(wholes)
    rows = [(_head(whole), _words(whole.words, WORDS), _detail(whole)) for whole in told]
    context = np.array(_words(told[0].context, CONTEXT), dtype="u8").tobytes() if told else b""
    return context + np.array(rows, dtype=SKETCH).tobytes()


def sketch_count(size: int) -> int:
    """How many reports `sketches` was given, from the size in bytes of what it made."""
    return max(size - _CONTEXT.itemsize, 0) // SKETCH.itemsize


def load_sketches(packed: Iterable[bytes], sizes: Sequence[int]) -> Sketches:
    """What `sketches` gave for some documents, as one; `sizes` are theirs in bytes, so that each is looked at when it comes and not kept.

    >>> len(load_sketches([b""], [0]).heads)
    0
    """
    many = [sketch_count(size) for size in sizes]
    found = Sketches(
        np.empty((sum(many), HEAD.itemsize), np.uint8),
        np.empty((sum(many), WORDS), np.uint64),
        np.empty((sum(many), DETAIL.itemsize), np.uint8),
        np.zeros((len(many), CONTEXT), np.uint64),
        np.repeat(np.arange(len(many), dtype=np.int32), many),
    )
    start = 0
    for place, (each, rows) in enumerate(zip(packed, many, strict=True)):
        if rows:
            told, part = np.frombuffer(each, dtype=SKETCH, offset=_CONTEXT.itemsize), slice(start, start + rows)
            found.heads[part] = np.ascontiguousarray(told["head"]).view(np.uint8).reshape(rows, HEAD.itemsize)
            found.details[part] = np.ascontiguousarray(told["detail"]).view(np.uint8).reshape(rows, DETAIL.itemsize)
            found.words[part], found.contexts[place] = told["words"], np.frombuffer(each, dtype="u8", count=CONTEXT)
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
        _filters([place.place for place in whole.places if place.place is not None]),
        _filters(whole.article_places),
        _padded([NOWHERE if place.latitude is None or place.longitude is None else place.latitude for place in places], NOWHERE),
        _padded([0.0 if place.longitude is None else place.longitude for place in places], 0.0),
        _padded([place.precision_km for place in places], 0.0),
        _padded([0 if place.place is None else _hash(place.place) | 1 for place in places], 0),
        _padded([_name(place) for place in places], 0),
    )


def _detail(whole: Account) -> tuple[object, ...]:
    places = whole.places[:PLACES]
    counted = [count for count in whole.figures if count.measure in COMPARED and count.telling]
    kept = counted[:FIGURES]
    return (
        whole.ref.document.encode()[:IDENTITY],
        _filled([name_hash(mode) for mode in sorted(whole.modes)[:MODES]], MODES),
        min(len(whole.modes), 255),
        _filled([NOWHERE if place.latitude is None or place.longitude is None else place.latitude for place in places], PLACES),
        _filled([place.longitude or 0.0 for place in places], PLACES),
        _filled([place.precision_km for place in places], PLACES),
        _filled([0 if place.place is None else name_hash(place.place) for place in places], PLACES),
        _filled([name_hash(fold(place.name)) for place in places], PLACES),
        _parties(named(whole.actors)),
        _parties(named(whole.recipients)),
        _filled([0 if count.measure == "killed" else MEASURES.index(count.measure) + 1 for count in kept], FIGURES),
        _filled([value(count) for count in kept], FIGURES),
        *(_filled([end[side] for end in map(bounds, kept)], FIGURES) for side in (0, 1)),
        min(len(counted), 255),
        _filled(sorted(whole.sentences)[:SENTENCES], SENTENCES),
        min(len(whole.sentences), 255),
    )


def _parties(parties: Sequence[Party]) -> tuple[object, ...]:
    kept = parties[:PARTIES]
    return (
        _filled([0 if one.actor is None else name_hash(one.actor) for one in kept], PARTIES),
        _filled([name_hash(" ".join(sorted(one.words))) if one.words else 0 for one in kept], PARTIES),
        _filled([_bits(one.words) for one in kept], PARTIES),
        min(len(parties), 255),
    )


def _filled(values: Sequence[float], many: int) -> tuple[float, ...]:
    return (*values, *[0] * (many - len(values)))


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


def _filters(names: Iterable[str]) -> tuple[int, ...]:
    hashes = [name_hash(name) for name in names]
    return tuple(functools.reduce(operator.or_, (1 << (each >> 8 * at) % 64 for each in hashes), 0) for at in range(FILTERS))


def _words(words: Sequence[RareWord], most: int) -> tuple[int, ...]:
    """The words as hashes with their rarity and whether they are names; fillers are 0."""
    found = [name_hash(rare.word) >> HASH_SHIFT << HASH_SHIFT | (NAME if rare.name else 0) | rare.tenths for rare in words[:most]]
    return (*found, *[0] * (most - len(found)))


@functools.lru_cache(maxsize=200_000)
def name_hash(name: str) -> int:
    """A name or a word as a number of 64 bits; its highest is set, so that it is never a filler."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") | 1 << 63


def _hash(name: str) -> int:
    return zlib.crc32(name.encode())
