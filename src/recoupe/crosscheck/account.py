"""What does the cross-check look at in a claim? One flat record per claim, everything resolved that the reading only points at.

Days are proleptic ordinals (`date.toordinal`). An Account is a pure function of one document and its reading, so it may be stored.
"""

from __future__ import annotations

import math
from datetime import date
from functools import cached_property
from typing import Literal

from msgspec import Struct

from recoupe.crosscheck.sides import side_of
from recoupe.crosscheck.words import RareWord, telling_words
from recoupe.model import AcledType, ClaimRef, EventType, Factuality, Language, Measure, Polarity, Responsibility, SourceKind, Stage

Basis = Literal["claim", "article"]


class Party(Struct, frozen=True, array_like=True, gc=False):
    """An actor or recipient: register id where known, name, the folded words of the name, and the side it acts for (sides.py)."""

    actor: str | None
    name: str
    words: frozenset[str]
    side: str | None = None


class Where(Struct, frozen=True, array_like=True, gc=False):
    """A place that an account names; `precision_km` is the radius that is meant."""

    place: str | None
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision_km: float


class Count(Struct, frozen=True, array_like=True, gc=False):
    """A counted quantity; `part` when it counts a part of another figure of the sentence ("dont 11 enfants"), `of_article` when it is the article's toll.

    Neither tells one event from another: an article's toll is reckoned from many sentences. Nor does `nobody`: that none was harmed is often said
    before anyone knows.
    """

    measure: Measure
    low: float | None
    high: float | None
    approximate: bool
    part: bool = False
    of_article: bool = False

    @property
    def nobody(self) -> bool:
        """Whether it says that nobody was harmed."""
        return self.high == 0

    @property
    def telling(self) -> bool:
        """Whether the count was said of the claim itself, as a whole, and counts somebody."""
        return not self.part and not self.of_article and not self.nobody


class Speaker(Struct, frozen=True, array_like=True, gc=False):
    """A voice by its identity: two voices with one `key` are one speaker, whatever the article.

    `side` is what it speaks for; `described`, a medium without its name ("an English agency"), which may be any that speaks for itself.
    """

    key: str
    name: str
    kind: SourceKind
    side: str | None = None
    described: bool = False


class Called(Struct, frozen=True, array_like=True, gc=False):
    """What the account's voice calls an actor."""

    text: str
    actor: str | None
    polarity: Polarity


class Account(Struct, frozen=True, array_like=True, dict=True):
    """One claim as the cross-check sees it.

    `first_day`/`last_day` are the days the claim gives (`day_basis` "claim") or those that the publication date allows ("article");
    `places` the claim's own, or the article's main place (`place_basis`), `article_places` the ids of all that its article names. `origin` is the last voice of the chain, `relays` the others, the
    outlet first. `words` are the rare words of its sentence, `context` those of its article. `sentences` holds a hash of its sentence,
    `modes` its mode: of a report (reports.py), those of all its claims. `besides` says that its sentence goes over to something else, `of_toll` that it tells of the
    event that its article's toll is of.
    """

    ref: ClaimRef
    type: EventType
    mode: str | None
    modes: frozenset[str]
    acled: AcledType | None
    language: Language
    at: int
    first_day: int | None
    last_day: int | None
    day_basis: Basis
    places: tuple[Where, ...]
    place_basis: Basis
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    figures: tuple[Count, ...]
    factuality: Factuality
    stage: Stage
    responsibility: Responsibility | None
    origin: Speaker
    relays: tuple[Speaker, ...]
    outlet: str | None
    published: str | None
    labels: tuple[Called, ...]
    words: tuple[RareWord, ...]
    context: tuple[RareWord, ...]
    sentences: frozenset[int]
    aggregate: bool
    besides: bool = False
    article_places: frozenset[str] = frozenset()
    of_toll: bool = False

    @cached_property
    def rarity(self) -> dict[str, RareWord]:
        """The rare words of its sentence."""
        return {rare.word: rare for rare in self.words}

    @cached_property
    def context_rarity(self) -> dict[str, RareWord]:
        """The rare words of its article."""
        return {rare.word: rare for rare in self.context}

    @property
    def happened(self) -> bool:
        """Whether the claim is about something done or denied, and not planned, asked for, threatened or supposed."""
        return self.factuality != "Uu" and self.stage != "planned"

    @property
    def denied(self) -> bool:
        """Whether the claim says that it did not happen."""
        return self.factuality.endswith("-")


def day_of(written: str | None) -> int | None:
    """The ordinal of an ISO day, None for None.

    >>> day_of("1937-04-26")
    707225
    """
    return None if written is None else date.fromisoformat(written).toordinal()


def iso_day(day: int) -> str:
    """The ISO day of an ordinal.

    >>> iso_day(707225)
    '1937-04-26'
    """
    return date.fromordinal(day).isoformat()


def party(actor: str | None, name: str) -> Party:
    """An actor with the words of its name that tell it from others."""
    return Party(actor, name, telling_words(name), None if actor is None else side_of(actor))


def kilometres(a: Where, b: Where) -> float | None:
    """The great-circle distance of two places in kilometres, None where one has no coordinates.

    >>> guernica, bilbao = (Where(None, "", "ES", lat, lon, 5) for lat, lon in ((43.317, -2.678), (43.263, -2.935)))
    >>> round(kilometres(guernica, bilbao))
    22
    """
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    north, south = math.radians(a.latitude), math.radians(b.latitude)
    east = math.radians(b.longitude - a.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))
