"""What is an event before it is known who says it? The answer of `events`, which `claims` joins with voices and factuality."""

from __future__ import annotations

from msgspec import Struct

from recoupe.model import AcledType, ActorMention, Attribution, EventType, Factuality, Responsibility, Span, Stage


class Occurrence(Struct, frozen=True):
    """An event that a passage tells of, its participants as mention ids; `token` is the index of the trigger's head word.

    `stage` is what the words of the event themselves say ("repoussé": attempted) and None where only its surroundings can tell.
    `responsibility` is what words around it say of the doer ("X claimed the attack") and None where it is for the voice to tell.
    `definite` is a noun with an article that takes up what was told ("cette offensive"). `evidence` are further stretches of the same passage that add to it.
    """

    trigger: Span
    token: int
    sentence: Span
    type: EventType
    mode: str | None
    acled: AcledType | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    times: tuple[str, ...]
    date_start: str | None
    date_end: str | None
    figures: tuple[str, ...]
    stage: Stage | None
    rule: str
    evidence: tuple[Span, ...] = ()
    responsibility: Responsibility | None = None
    definite: bool = False


class Told(Struct, frozen=True):
    """What `events` found: the occurrences in order, and the actors given to it with those that it had to add for participants no mention covered."""

    occurrences: tuple[Occurrence, ...]
    actors: tuple[ActorMention, ...]


class Assessment(Struct, frozen=True):
    """Who says an occurrence happened, through whom, how surely, at which stage, and how sure the responsibility is (`factuality`'s answer)."""

    voice: str
    chain: tuple[str, ...]
    factuality: Factuality
    stage: Stage
    responsibility: Responsibility | None


def speaker_of(attribution: Attribution) -> str:
    """Who speaks in an attribution: two whose sources are one actor or bear one name are one voice."""
    return attribution.source_actor or (attribution.source_name or attribution.id).casefold()
