"""Under which blocks is a claim compared with others, and on which days may its event have been?

Two claims are worth a comparison when their types are comparable, their days may be the same, and they share a place, an actor, or a country
and an actor. A block is one such thing shared: a number of 32 bits made from a group of comparable types and

- a square of two cells by two (a cell is half a degree): every place lies in four such squares, and two places share at least one exactly when
  their cells are the same or neighbours;
- an actor or recipient: its register id or, where it has none, its words with accents and case folded;
- a country with an actor, which keeps crowded squares and actors apart, and reaches places known to a country only;
- a rare word of the claim or its article, mostly a name, whatever the day: articles date one occurrence differently, and follow it for years.

A claim without a day of its own gets the days around its article's publication; without a place of its own, the place of its article (the first
in the title, or else the most frequent). Both are marked. With neither place nor actor it is under no block.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from math import floor
from typing import Literal

from msgspec import Struct

from recoupe.casebook.connection import Store
from recoupe.casebook.words import fold
from recoupe.errors import CasebookError
from recoupe.model import ActorMention, Claim, EventType, PlaceMention, Reading, SourceKind

UNDATED = 4_000_000  # the day of a claim that may be of any day: after 9999-12-31
OWN_DAYS = 2  # a date of the claim's own may be off by time zone, night or a day's reading
BEFORE_DAYS, AFTER_DAYS = 10, 2  # an undated event of an article was in the days before it, or is about to be
CELLS_PER_DEGREE = 2
MOST_PLACES, MOST_ACTORS = 3, 5
SQUARE, ACTOR, COUNTRY_AND_ACTOR, RARE_WORD = range(4)  # the kinds of blocks, in the two highest bits
_KIND_SHIFT = 30
EXACT_KM = 75.0  # a place that may be farther off than this is no point: only its country counts

# Types in one group may tell of one occurrence: the same convoy is a move or a retreat, the same arrest coercion or abduction.
_GROUPS: tuple[frozenset[EventType], ...] = (
    frozenset({"ASSAULT", "COERCE", "PROTEST"}),
    frozenset({"MOBILIZE", "RETREAT"}),
    frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}),
    frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"}),
    frozenset({"COERCE", "SANCTION"}),
)
Basis = Literal["own", "published", "document", "none"]


class Days(Struct, frozen=True):
    """The days on which an event may have been, tolerance included, and the one that it stands under."""

    day: int
    first: int | None
    last: int | None
    basis: Basis


class ClaimRow(Struct, frozen=True):
    """A claim in the columns of the index."""

    id: str
    type: EventType
    groups: int
    mode: str | None
    acled: str | None
    days: Days
    place: PlaceMention | None
    placed: Basis
    factuality: str
    stage: str
    voice: SourceKind
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    tie: int
    blocks: tuple[int, ...]


def claim_rows(reading: Reading) -> Iterator[ClaimRow]:
    """The claims of a reading as rows of the index, in order."""
    mentions = {mention.id: mention for mention in reading.mentions}
    kinds = {attribution.id: attribution.source_kind for attribution in reading.attributions}
    fallback = article_place(reading)
    for claim in reading.claims:
        places = [found for name in claim.places if isinstance(found := mentions.get(name), PlaceMention)]
        placed: Basis = "own" if places else "document" if fallback else "none"
        if fallback is not None and all(place.country == fallback.country and (place.precision_km or 0.0) > EXACT_KM for place in places):
            places = [*places, fallback]  # a claim without a place, or with that of a country only, is sought where its article is about
        actors = _names(mentions.get(name) for name in claim.actors)
        recipients = _names(mentions.get(name) for name in claim.recipients)
        groups = groups_of(claim.type)
        yield ClaimRow(
            id=claim.id,
            type=claim.type,
            groups=sum(1 << group for group in groups),
            mode=claim.mode,
            acled=claim.acled,
            days=claim_days(claim, reading),
            place=places[0] if places else None,
            placed=placed,
            factuality=claim.factuality,
            stage=claim.stage,
            voice=kinds.get(claim.voice, "outlet"),
            actors=actors,
            recipients=recipients,
            tie=_number(reading.document.id, claim.id),
            blocks=tuple(sorted(set(_blocks(groups, places, (*actors, *recipients)[:MOST_ACTORS])))),
        )


def groups_of(kind: EventType) -> tuple[int, ...]:
    """The groups of comparable types that a type is in.

    >>> set(groups_of("MOBILIZE")) & set(groups_of("RETREAT"))
    {1}
    """
    return tuple(number for number, group in enumerate(_GROUPS) if kind in group)


def claim_days(claim: Claim, reading: Reading) -> Days:
    """The claim's own days, or else those around the publication, or else none."""
    own = _interval(claim.date_start, claim.date_end)
    if own is not None:
        return Days((own[0] + own[1]) // 2, own[0] - OWN_DAYS, own[1] + OWN_DAYS, "own")
    published = _interval(reading.document.published.date_start, reading.document.published.date_end)
    if published is not None:
        return Days(published[0], published[0] - BEFORE_DAYS, published[1] + AFTER_DAYS, "published")
    return Days(UNDATED, None, None, "none")


def article_place(reading: Reading) -> PlaceMention | None:
    """The place an article is about: the first one in its title, or else the most frequent, or else None.

    Only those on the map count, and regions and countries only where no town or spot is named.
    """
    located = [mention for mention in reading.mentions if isinstance(mention, PlaceMention) and mention.latitude is not None]
    located = [mention for mention in located if (mention.precision_km or 0.0) <= EXACT_KM] or located
    titles = [block for block in reading.blocks if block.kind == "title"]
    for mention in located:
        if any(block.start <= mention.start < block.end for block in titles):
            return mention
    counts = Counter((mention.place, mention.latitude, mention.longitude) for mention in located)
    if not counts:
        return None
    most, _ = counts.most_common(1)[0]
    return next(mention for mention in located if (mention.place, mention.latitude, mention.longitude) == most)


def squares(latitude: float, longitude: float) -> tuple[tuple[int, int], ...]:
    """The four squares of two cells by two that a place lies in.

    >>> len(set(squares(33.49, 38.62)) & set(squares(33.51, 38.62)))
    2
    """
    row, column = floor((latitude + 90) * CELLS_PER_DEGREE), floor((longitude + 180) * CELLS_PER_DEGREE)
    return tuple((row - up, (column - left) % (360 * CELLS_PER_DEGREE)) for up, left in product((0, 1), repeat=2))


def _blocks(groups: Iterable[int], places: list[PlaceMention], actors: tuple[str, ...]) -> Iterator[int]:
    countries = {place.country for place in places[:MOST_PLACES] if place.country is not None}
    for group in groups:
        for place in places[:MOST_PLACES]:
            if place.latitude is not None and place.longitude is not None and (place.precision_km or 0.0) <= EXACT_KM:
                for row, column in squares(place.latitude, place.longitude):
                    yield _block(SQUARE, group, row, column)
        for actor in actors:
            yield _block(ACTOR, group, actor)
            for country in countries:
                yield _block(COUNTRY_AND_ACTOR, group, country, actor)


def word_blocks(groups: int, words: Iterable[str]) -> tuple[int, ...]:
    """The blocks of a claim's rare words, given its groups of comparable types as the index keeps them, one bit each."""
    numbers = [number for number in range(groups.bit_length()) if groups >> number & 1]
    return tuple(sorted({_block(RARE_WORD, number, word) for number in numbers for word in words}))


def _names(mentions: Iterable[object]) -> tuple[str, ...]:
    names = (mention.actor or f"~{fold(mention.name)}" for mention in mentions if isinstance(mention, ActorMention))
    return tuple(dict.fromkeys(names))


def _interval(start: str | None, end: str | None) -> tuple[int, int] | None:
    first, last = ordinal(start), ordinal(end)
    if first is None or last is None:
        only = first or last
        return None if only is None else (only, only)
    return min(first, last), max(first, last)


def ordinal(day: str | None) -> int | None:
    """A day of the calendar (ISO 8601) as a number of days; None where it is unknown or no day.

    >>> ordinal("0001-01-31")
    31
    """
    try:
        return date.fromisoformat(day).toordinal() if day else None
    except ValueError:
        return None


def day_number(store: Store, text: str) -> int:
    """The number of a day (ISO 8601); raises CasebookError for one that is none."""
    day = ordinal(text)
    if day is None:
        raise CasebookError(f"{store.path}: {text!r} is no day: write it as 2019-11-14")
    return day


def kind_of(block: int) -> int:
    """What is shared under a block: SQUARE, ACTOR, COUNTRY_AND_ACTOR or RARE_WORD."""
    return block >> _KIND_SHIFT


def pack_blocks(blocks: Iterable[int]) -> bytes:
    """Blocks as the index keeps them with a claim.

    >>> list(unpack_blocks(pack_blocks([1, 2])))
    [1, 2]
    """
    return b"".join(block.to_bytes(4, "big") for block in blocks)


def unpack_blocks(packed: bytes) -> Iterator[int]:
    """What `pack_blocks` packed."""
    return (int.from_bytes(packed[at : at + 4], "big") for at in range(0, len(packed), 4))


def _block(kind: int, *parts: object) -> int:
    return kind << _KIND_SHIFT | _number(*parts) & (1 << _KIND_SHIFT) - 1


def _number(*parts: object) -> int:
    return zlib.crc32("\0".join(map(str, parts)).encode())
