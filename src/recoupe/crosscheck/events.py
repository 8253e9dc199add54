"""What is the record of an event? Its claims, documents, origins, versions and disputes, put together from the accounts of one cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from msgspec import structs

from recoupe.crosscheck.account import Account, Party, Where, iso_day
from recoupe.crosscheck.disputes import disputes
from recoupe.crosscheck.origins import Texts, count_independent, independence, origins
from recoupe.crosscheck.positions import Days, Held, Version, versions
from recoupe.crosscheck.words import fold
from recoupe.model import AcledType, ClaimRef, DocumentRef, Event, EventPlace, EventType, Positions


def event_id(accounts: Sequence[Account]) -> str:
    """The event's name: a hash of the claim that was published first, so that later articles don't change it."""
    founding = min(accounts, key=lambda account: (account.published or "9999", account.ref)).ref
    return blake2b(f"{founding.document}/{founding.claim}".encode(), digest_size=8).hexdigest()


def event(accounts: Sequence[Account], documents: Mapping[str, DocumentRef], copies: Mapping[str, tuple[str, ...]]) -> Event:
    """The event of these accounts; `copies` gives the group of documents with one text that a document is in."""
    ordered = sorted(accounts, key=lambda account: (account.published or "9999", account.ref))
    inside = {account.ref.document for account in ordered}
    shared = _shared(inside, copies)
    texts: Texts = {document: group[0] for group in shared for document in group}
    same = independence(ordered, texts)
    found = versions(_without_places(ordered), same)
    kind, acled = _type(ordered)
    first, last = _days(ordered, found.get("date", ()))
    return Event(
        id=event_id(ordered),
        type=kind,
        acled=acled,
        date_start=first,
        date_end=last,
        place=_place(ordered, found.get("place", ())),
        actors=_names(found.get("actor", ())),
        recipients=_names(found.get("recipient", ())),
        claims=tuple(account.ref for account in ordered),
        documents=_documents(ordered, documents),
        origins=origins(ordered, same, {name for held in found.values() for version in held for name in version.position.origins}),
        independent_origins=count_independent(ordered, same),
        copies=shared,
        positions=Positions(**{attribute: tuple(version.position for version in held) for attribute, held in found.items()}),
        disputes=disputes(found, same, fought=acled == "Armed clash" and _fought(ordered)),
    )


def _shared(inside: set[str], copies: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    groups = {tuple(sorted(inside.intersection(copies[document]))) for document in inside if document in copies}
    return tuple(sorted(group for group in groups if len(group) > 1))


def _without_places(accounts: Sequence[Account]) -> list[Account]:
    """The accounts without parties that are named as the event's own places are: a town bombs nobody."""
    places = {fold(place.name) for account in accounts for place in account.places}

    def parties(given: tuple[Party, ...]) -> tuple[Party, ...]:
        return tuple(one for one in given if one.actor is not None or fold(one.name) not in places)

    return [structs.replace(account, actors=parties(account.actors), recipients=parties(account.recipients)) for account in accounts]


def _type(accounts: Sequence[Account]) -> tuple[EventType, AcledType | None]:
    types = Counter(account.type for account in accounts)
    kind = max(types, key=lambda kind: (types[kind], kind))
    subtypes = Counter(account.acled for account in accounts if account.acled is not None and account.type == kind)
    return kind, max(subtypes, key=lambda acled: (subtypes[acled], acled), default=None)


def _fought(accounts: Sequence[Account]) -> bool:
    """Whether a side that acts here is acted on there: two sides fight, and each account tells of one."""
    acting = {one.side for account in accounts for one in account.actors} - {None}
    return any(one.side in acting for account in accounts for one in account.recipients)


def _days(accounts: Sequence[Account], held: Sequence[Version]) -> tuple[str | None, str | None]:
    """The days of the version that most origins give, the narrowest of equals; else those that the publication dates leave."""
    given = [(version.position.independent_origins, version.value) for version in held if isinstance(version.value, Days)]
    if given:
        _, days = max(given, key=lambda found: (found[0], found[1].first - found[1].last, -found[1].first))
        return iso_day(days.first), iso_day(days.last)
    known = [(account.first_day, account.last_day) for account in accounts if account.day_basis == "article"]
    ranges = [(first, last) for first, last in known if first is not None and last is not None]
    if not ranges:
        return None, None
    first, last = max(first for first, _ in ranges), min(last for _, last in ranges)
    return (iso_day(first), iso_day(last)) if first <= last else (iso_day(min(ranges)[0]), iso_day(min(ranges)[1]))


def _place(accounts: Sequence[Account], held: Sequence[Version]) -> EventPlace | None:
    """The place that most origins give, the narrowest of equals; else the one that the articles are about."""
    given = [(version.position.independent_origins, version.value) for version in held if isinstance(version.value, Where)]
    if not given:
        given = [(1, place) for account in accounts for place in account.places]
    if not given:
        return None
    where = max(given, key=lambda found: (found[0], found[1].latitude is not None, -found[1].precision_km, found[1].name))[1]
    return EventPlace(where.place, where.name, where.country, where.latitude, where.longitude, where.precision_km)


def _names(held: Sequence[Version]) -> tuple[str, ...]:
    affirmed = (version for version in held if not (isinstance(version.value, Held) and version.value.denied))
    return tuple(dict.fromkeys(version.position.value or "" for version in affirmed))


def _documents(accounts: Sequence[Account], documents: Mapping[str, DocumentRef]) -> tuple[DocumentRef, ...]:
    found = {account.ref.document: account for account in accounts}
    return tuple(documents.get(name) or DocumentRef(name, name, None, account.outlet, account.published) for name, account in found.items())


def claims_of(events: Sequence[Event]) -> dict[ClaimRef, str]:
    """The event of every claim."""
    return {claim: found.id for found in events for claim in found.claims}
