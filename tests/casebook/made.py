"""Documents and readings made for the tests of the casebook."""

from __future__ import annotations

import hashlib

from recoupe.model import (
    ActorMention,
    Attribution,
    Block,
    Claim,
    Document,
    DocumentInfo,
    EventType,
    Language,
    Mention,
    PlaceMention,
    Problem,
    Published,
    Reading,
    Span,
)

PLACES = {"Alep": ("SY", 36.20, 37.16), "Guernica": ("ES", 43.31, -2.68), "Bilbao": ("ES", 43.26, -2.93), "Madrid": ("ES", 40.42, -3.70)}


def document(
    text: str, key: str = "a.txt", *, outlet: str | None = "Le Courrier", published: str | None = "1937-04-27", language: Language = "fr"
) -> Document:
    """A document whose first line is its title; blank lines stand in no block."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    blocks: list[Block] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block("title" if not blocks else "body", at, at + len(line)))
        at += len(line)
    title = text.splitlines()[0] if text.strip() else None
    when = Published(published, published, published, "metadata")
    info = DocumentInfo(digest[:16], key, key, None, outlet, language, title, when, len(text), digest)
    return Document(info, text, tuple(blocks))


def reading(
    of: Document,
    *,
    place: str | None = None,
    actor: str | None = None,
    day: str | None = None,
    type: EventType = "ASSAULT",  # noqa: A002 - the name of the field
    claims: int = 1,
    problems: tuple[Problem, ...] = (),
) -> Reading:
    """A reading with some claims, each with the same place, actor and day."""
    mentions: list[Mention] = []
    if place is not None:
        country, latitude, longitude = PLACES[place]
        mentions.append(PlaceMention("place:0-3", 0, 3, place, f"made:{place}", place, country, latitude, longitude, "town", 5.0))
    if actor is not None:
        mentions.append(ActorMention("actor:4-7", 4, 7, actor, actor if ":" in actor else None, actor))
    said = Attribution(
        "said:0-1", (Span(0, 1),), "named", actor, actor, (), (Span(0, 3),), "direct", "neutral", denial=False, parent=None, rule="made"
    )
    made = tuple(
        Claim(
            id=f"{type}:{number}-{number + 1}", trigger=Span(number, number + 1), sentence=Span(0, 3), type=type, mode=None, acled=None,
            actors=("actor:4-7",) if actor else (), recipients=(), places=("place:0-3",) if place else (), times=(), date_start=day,
            date_end=day, figures=(), voice="said:0-1", chain=("said:0-1",), factuality="CT+", stage="accomplished", responsibility=None,
            rule="made",
        )
        for number in range(claims)
    )  # fmt: skip
    return Reading(of.info, of.blocks, tuple(mentions), (said,), made, problems=problems)
