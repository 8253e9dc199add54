"""How is an event told in one line, in the words of the interface's language?"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from recoupe.decision import Coding
from recoupe.model import Claim, Event, Position
from recoupe.web.names import local_name
from recoupe.web.wording import Wording

FIGURES = ("killed", "wounded", "captured", "missing", "displaced")


class Summary(Struct, frozen=True):
    """An event in one line; `precision_km` tells how sure its place is, `disputed` are the attributes on which origins differ, in words."""

    id: str
    what: str
    type: str
    when: str
    day: str
    where: str
    placed: bool
    precision_km: float | None
    who: str
    whom: str
    killed: tuple[str, ...]
    articles: int
    origins: int
    disputed: tuple[str, ...]


def summarise(event: Event, say: Wording) -> Summary:
    """The line of an event."""
    place = event.place
    return Summary(
        id=event.id,
        what=kind(event, say),
        type=event.type,
        when=say.days(event.date_start, event.date_end),
        day=event.date_start or "",
        where=where(event),
        placed=place is not None and place.latitude is not None,
        precision_km=place.precision_km if place is not None else None,
        who=some([local_name(name, say.language) for name in event.actors], say),
        whom=some([local_name(name, say.language) for name in event.recipients], say),
        killed=tuple(dict.fromkeys(bounds(position, say) for position in event.positions.killed)),
        articles=len(event.documents),
        origins=event.independent_origins,
        disputed=tuple(dict.fromkeys(say(f"attribute.{dispute.attribute}") for dispute in event.disputes)),
    )


def kind(told: Event | Claim | Coding, say: Wording) -> str:
    """What happened: the ACLED sub-type, or the type where there is none."""
    return say(f"acled.{told.acled}") if told.acled else say(f"type.{told.type}")


def where(event: Event) -> str:
    """The place's name with its country; "" where it is unknown."""
    if event.place is None:
        return ""
    return f"{event.place.name} ({event.place.country})" if event.place.country else event.place.name


def some(names: Sequence[str], say: Wording, most: int = 3) -> str:
    """The first names, and how many more there are."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (" " + say("count.more", n=rest) if rest > 0 else "")


def bounds(position: Position, say: Wording) -> str:
    """Bounds in words: "13", "about 13", "12–15", "at least 13", "at most 120"."""
    return count(position.low, position.high, approximate=position.approximate, say=say)


def count(low: float | None, high: float | None, *, approximate: bool, say: Wording) -> str:
    """Two bounds in words, None where one is open; "?" without either."""
    if low is None and high is None:
        return "?"
    if high is None:
        return say("figure.at_least", low=say.number(low or 0))
    if low is None:
        return say("figure.at_most", high=say.number(high))
    number = say.number(low) if low == high else f"{say.number(low)}–{say.number(high)}"
    return say("figure.about", number=number) if approximate else number


def value(position: Position, attribute: str, say: Wording) -> str:
    """A position's value in words."""
    if attribute in FIGURES:
        return bounds(position, say)
    said = position.value or "?"
    if attribute == "occurred" and say.has(f"occurred.{said}"):
        return say(f"occurred.{said}")
    if attribute == "date":
        start, _, end = said.partition("/")
        return say.days(start, end or None)
    if attribute in {"actor", "recipient"}:
        name = local_name(said.removeprefix("not "), say.language)
        return say("figure.not_by", name=name) if said.startswith("not ") else name
    return said
