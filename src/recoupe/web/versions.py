"""Who says what about an event? Its versions as columns, one for each independent origin, and its attributes as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from msgspec import Struct

from recoupe.model import ClaimRef, Dispute, DocumentRef, Event, Origin, Position
from recoupe.web.names import local_name
from recoupe.web.summary import FIGURES, value
from recoupe.web.wording import Wording

ATTRIBUTES = ("occurred", *FIGURES, "actor", "recipient", "date", "place", "label")


class Article(Struct, frozen=True):
    """An article that carries an origin: where to read it."""

    outlet: str
    published: str
    address: str


class Relay(Struct, frozen=True):
    """An origin that is counted as one with another, and the articles that carry it."""

    name: str
    kind: str
    first_said: str
    articles: tuple[Article, ...]


class Column(Struct, frozen=True):
    """An independent origin, the articles that carry it, and those that are counted as one with it; `label` is its name as it is shown."""

    name: str
    label: str
    kind: str
    first_said: str
    articles: tuple[Article, ...]
    relays: tuple[Relay, ...]


class Said(Struct, frozen=True):
    """A value in words and the address of the exact words; `more` are the addresses of further passages."""

    text: str
    address: str
    more: tuple[str, ...]


class Line(Struct, frozen=True):
    """An attribute: what every column says of it."""

    attribute: str
    label: str
    disputed: bool
    cells: tuple[tuple[Said, ...], ...]


class Side(Struct, frozen=True):
    """One side of a dispute in words, and who holds it."""

    text: str
    names: tuple[str, ...]


class Difference(Struct, frozen=True):
    """A dispute in words."""

    attribute: str
    label: str
    sides: tuple[Side, ...]


def claim_address(ref: ClaimRef) -> str:
    """The address of the words of a claim in its article."""
    return f"/articles/{quote(ref.document)}?claim={quote(ref.claim)}#claim-{quote(ref.claim)}"


def article_of(reference: DocumentRef, say: Wording) -> Article:
    """How an article is named and where it is read."""
    return Article(reference.outlet or reference.key, say.day(reference.published), f"/articles/{quote(reference.id)}")


def columns(event: Event, say: Wording) -> tuple[Column, ...]:
    """The independent origins in the order in which they first spoke."""
    articles = {reference.id: article_of(reference, say) for reference in event.documents}

    def carried(origin: Origin) -> tuple[Article, ...]:
        return tuple(articles[identity] for identity in origin.documents if identity in articles)

    heads = heads_of(event.origins)
    found = []
    for origin in sorted(event.origins, key=_first):
        if heads[origin.name] != origin.name:
            continue
        behind = sorted((each for each in event.origins if heads[each.name] == origin.name and each is not origin), key=_first)
        relays = tuple(
            Relay(local_name(each.name, say.language), say(f"source.{each.kind}"), say.day(each.first_said), carried(each)) for each in behind
        )
        found.append(
            Column(
                origin.name, local_name(origin.name, say.language), say(f"source.{origin.kind}"), say.day(origin.first_said), carried(origin), relays
            )
        )
    return tuple(found)


def heads_of(origins: Sequence[Origin]) -> dict[str, str]:
    """For every origin the one that it is counted as one with, itself where it stands alone.

    >>> heads_of([Origin("a", "named", (), None), Origin("b", "named", (), None, one_with="a"), Origin("c", "named", (), None, one_with="b")])
    {'a': 'a', 'b': 'a', 'c': 'a'}
    """
    above = {origin.name: origin.one_with for origin in origins}

    def head(name: str) -> str:
        seen = {name}
        while (upper := above.get(name)) is not None and upper not in seen:
            name = upper
            seen.add(name)
        return name

    return {origin.name: head(origin.name) for origin in origins}


def _first(origin: Origin) -> tuple[str, str]:
    return origin.first_said or "9", origin.name


def lines(event: Event, shown: Sequence[Column], say: Wording) -> tuple[Line, ...]:
    """The attributes of which somebody says something, those in dispute first."""
    heads = heads_of(event.origins)
    documents = {origin.name: frozenset(origin.documents) for origin in event.origins}
    disputed = {dispute.attribute for dispute in event.disputes}
    found = []
    for attribute in ATTRIBUTES:
        positions: Sequence[Position] = getattr(event.positions, attribute)
        if not positions:
            continue
        cells = tuple(tuple(_said(positions, attribute, column, heads, documents, say)) for column in shown)
        found.append(Line(attribute, say(f"attribute.{attribute}"), attribute in disputed, cells))
    return tuple(sorted(found, key=lambda line: not line.disputed))


def _said(
    positions: Sequence[Position], attribute: str, column: Column, heads: Mapping[str, str], documents: Mapping[str, frozenset[str]], say: Wording
) -> Iterator[Said]:
    for position in positions:
        names = [name for name in position.origins if heads.get(name) == column.name]
        if not names:
            continue
        carriers = frozenset[str]().union(*(documents[name] for name in names))
        addresses = [claim_address(ref) for ref in position.claims if ref.document in carriers] or [claim_address(ref) for ref in position.claims]
        yield Said(value(position, attribute, say), addresses[0] if addresses else "", tuple(addresses[1:6]))


def differences(event: Event, say: Wording) -> tuple[Difference, ...]:
    """The disputes, each side with how many origins hold it."""
    heads = heads_of(event.origins)
    return tuple(
        Difference(dispute.attribute, say(f"attribute.{dispute.attribute}"), tuple(_sides(event, dispute, heads, say))) for dispute in event.disputes
    )


def _sides(event: Event, dispute: Dispute, heads: Mapping[str, str], say: Wording) -> Iterator[Side]:
    positions: Sequence[Position] = getattr(event.positions, dispute.attribute)
    for side in dispute.sides or tuple((index,) for index in dispute.positions):
        held = [positions[index] for index in side if index < len(positions)]
        names = tuple(dict.fromkeys(name for position in held for name in position.origins))
        many = max(len({heads[name] for name in names if name in heads}), 1)
        said = say("event.or").join(dict.fromkeys(value(position, dispute.attribute, say) for position in held))
        yield Side(say("event.side", n=many, value=said), tuple(local_name(name, say.language) for name in names))
