"""Which versions of an event are there, attribute by attribute, and who holds each? Nothing is averaged and nothing decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

from msgspec import Struct

from recoupe.crosscheck.account import Account, Called, Count, Party, Where, iso_day
from recoupe.crosscheck.compare import value
from recoupe.crosscheck.origins import Independence, count_independent, first_hand, first_said, origin_name
from recoupe.model import Position

COUNTED = ("killed", "wounded", "captured", "missing", "displaced")


class Days(Struct, frozen=True):
    """The days that an account gives an event, both included."""

    first: int
    last: int


class Held(Struct, frozen=True):
    """A party held responsible or, with `denied`, said not to be."""

    party: Party
    denied: bool


Value = Count | Days | Where | Held | Party | Called | bool


class Version(Struct, frozen=True):
    """A value of one attribute, the accounts that give it, and how the record writes it down."""

    value: Value
    accounts: tuple[Account, ...]
    position: Position


def versions(accounts: Sequence[Account], same: Independence) -> dict[str, tuple[Version, ...]]:
    """The versions of an event by attribute, those with most independent origins first."""
    found: dict[str, tuple[Version, ...]] = {}
    for attribute, values in _ATTRIBUTES.items():
        grouped: dict[Hashable, tuple[Value, list[Account]]] = {}
        for account in accounts:
            for key, given in values(account):
                grouped.setdefault(key, (given, []))[1].append(account)
        made = (_version(given, tuple({account.ref: account for account in told}.values()), same) for given, told in grouped.values())
        ranked = sorted(
            made, key=lambda version: (-version.position.independent_origins, version.position.first_said or "9999", written(version.value))
        )
        if ranked:
            found[attribute] = tuple(ranked)
    return found


def _version(given: Value, told: tuple[Account, ...], same: Independence) -> Version:
    by_origin: dict[str, list[Account]] = defaultdict(list)
    for account in first_hand(told):
        by_origin[origin_name(account)].append(account)
    names = sorted(by_origin, key=lambda name: (first_said(by_origin[name]) or "9999", name))
    position = Position(
        origins=tuple(names),
        independent_origins=count_independent(told, same),
        claims=tuple(sorted({account.ref for account in told})),
        low=given.low if isinstance(given, Count) else None,
        high=given.high if isinstance(given, Count) else None,
        approximate=isinstance(given, Count) and given.approximate,
        value=None if isinstance(given, Count) else written(given),
        first_said=first_said(told),
    )
    return Version(given, told, position)


def written(given: Value) -> str:
    """A value as the record writes it.

    >>> written(Days(707225, 707225)), written(True), written(Days(707225, 707226))
    ('1937-04-26', 'yes', '1937-04-26/1937-04-27')
    """
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, Days):
        return iso_day(given.first) if given.first == given.last else f"{iso_day(given.first)}/{iso_day(given.last)}"
    if isinstance(given, Count):
        return f"{value(given):012.1f}"
    if isinstance(given, Held):
        return f"not {given.party.name}" if given.denied else given.party.name
    return given.text if isinstance(given, Called) else given.name


# ------------------------------------------------------------------------------------------------------- what an account gives

Given = Iterator[tuple[Hashable, Value]]


def _counts(measure: str) -> Callable[[Account], Given]:
    def given(account: Account) -> Given:
        for count in account.figures:
            if count.measure == measure and not count.part and (count.nobody or not account.denied):
                yield (count.low, count.high, count.approximate), count

    return given


def _days(account: Account) -> Given:
    if account.day_basis == "claim" and account.first_day is not None and account.last_day is not None:
        days = Days(account.first_day, account.last_day)
        yield days, days


def _places(account: Account) -> Given:
    if account.place_basis == "claim":
        for place in account.places:
            yield place.place or place.name.casefold(), place


def _actors(account: Account) -> Given:
    denied = account.denied or account.responsibility == "denied"
    for one in account.actors:
        yield (_who(one), denied), Held(one, denied)


def _recipients(account: Account) -> Given:
    for one in account.recipients:
        yield _who(one), one


def _who(one: Party) -> Hashable:
    return one.actor or one.words or one.name


def _occurred(account: Account) -> Given:
    """Whether it happened; who denies having done it, or that anybody was harmed, does not deny that it happened."""
    unharmed = account.denied and any(count.nobody for count in account.figures)
    if account.happened and not unharmed and not (account.denied and account.responsibility == "denied" and account.actors):
        yield not account.denied, not account.denied


def _labels(account: Account) -> Given:
    for label in account.labels:
        yield (label.text.casefold(), label.actor), label


_ATTRIBUTES: dict[str, Callable[[Account], Given]] = {
    **{measure: _counts(measure) for measure in COUNTED},
    "date": _days,
    "place": _places,
    "actor": _actors,
    "recipient": _recipients,
    "occurred": _occurred,
    "label": _labels,
}
