"""Who stands behind a version, and how many of them are independent? Repeating is not knowing.

The origin of a claim is the last voice of its chain. Voices are one origin when they have one identity or speak for one side (a president and
his government), when they speak in copies of one text without a name of their own, or when an outlet says in its own voice what a source in the
same article told it. A medium that is only described ("an English agency"), and an unnamed voice that it quotes, may be any of those that are heard without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

from msgspec import Struct

from recoupe.crosscheck.account import Account, Speaker
from recoupe.model import ClaimRef, Origin, SourceKind

Texts = Mapping[str, str]  # document → the first document of its group of copies
_MAY_BE: tuple[SourceKind, ...] = ("media", "outlet", "unnamed")  # whom a medium without its name may be, or quote


class Sets:
    """Disjoint sets that are joined two by two (union-find)."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}

    def find(self, item: Hashable) -> Hashable:
        """The item that stands for the set of `item`."""
        above = self._above.setdefault(item, item)
        while above != self._above[above]:
            self._above[above] = self._above[self._above[above]]
            above = self._above[above]
        self._above[item] = above
        return above

    def join(self, one: Hashable, other: Hashable) -> None:
        """Make one set of two."""
        self._above[self.find(one)] = self.find(other)

    def roots(self) -> set[Hashable]:
        """One item of every set."""
        return {self.find(item) for item in list(self._above)}


class Independence(Struct, frozen=True):
    """Which origins of an event are one: what stands for the origin of each of its claims among the independent ones."""

    texts: Texts
    roots: Mapping[ClaimRef, Hashable]

    def of(self, account: Account) -> Hashable:
        """What stands for the account's origin among the independent ones."""
        return self.roots[account.ref]


def voice_node(speaker: Speaker, document: str, texts: Texts) -> Hashable:
    """What identifies a voice: its key, or for a voice without a name of its own the text that it speaks in."""
    if speaker.key.startswith("article "):
        words = speaker.key.partition(": ")[2]
        return ("text", texts.get(document, document), words)
    return ("voice", speaker.key)


def independence(accounts: Iterable[Account], texts: Texts) -> Independence:
    """Find which origins of these accounts are one because their texts are."""
    sets, told = Sets(), tuple(accounts)
    nodes = {account.ref: voice_node(account.origin, account.ref.document, texts) for account in told}
    for account in told:
        node = nodes[account.ref]
        sets.find(node)
        if account.origin.side is not None:
            sets.join(node, ("side", account.origin.side))
        text = texts.get(account.ref.document)
        if text is not None and speaks_for_article(account):
            sets.join(node, ("own voice", text))
    return Independence(texts, {ref: sets.find(node) for ref, node in nodes.items()})


def speaks_for_article(account: Account) -> bool:
    """Whether the account is the article's own voice: the outlet's, or the agency's that it credits."""
    return all(relay.kind == "outlet" for relay in account.relays) and account.origin.kind in ("outlet", "media") and len(account.relays) <= 1


def first_hand(accounts: Sequence[Account]) -> list[Account]:
    """The accounts without those in which an article says in its own voice what a source in it says: it has it from there."""
    if len(accounts) < 2:
        return list(accounts)
    sourced = {account.ref.document for account in accounts if account.origin.kind != "outlet" and account.relays}
    return [account for account in accounts if account.origin.kind != "outlet" or account.ref.document not in sourced]


def origin_name(account: Account) -> str:
    """The origin's name as a reader needs it: a voice without a name of its own is told by its article's outlet."""
    speaker = account.origin
    if speaker.key.startswith("article ") and speaker.kind != "outlet" and account.outlet:
        return f"{speaker.name} ({account.outlet})"
    return speaker.name


def first_said(accounts: Iterable[Account]) -> str | None:
    """The publication date of the first of these accounts."""
    return min((account.published for account in accounts if account.published is not None), default=None)


def origins(accounts: Sequence[Account], same: Independence, holders: Collection[str]) -> tuple[Origin, ...]:
    """The origins of an event, the first to speak first; one that repeats another or speaks for its side names that one in `one_with`.

    Of the outlets that restate what a source of theirs says, those are told that hold a version of their own (`holders`, by name).
    """
    by_voice: dict[Hashable, list[Account]] = defaultdict(list)
    for account in accounts:
        by_voice[voice_node(account.origin, account.ref.document, same.texts)].append(account)
    heard = {account.ref: account for account in first_hand(accounts)}
    voices = sorted(by_voice.values(), key=lambda told: (told[0].origin.described, first_said(told) or "9999", origin_name(told[0]), told[0].ref))
    found, first_of = [], dict[Hashable, str]()
    for told in voices:
        name, own = origin_name(told[0]), [account for account in told if account.ref in heard]
        if own:
            first = first_of.setdefault(same.of(own[0]), name)
            if first == name and own[0].origin.described:
                first = _may_be(own, voices) or first
        elif name in holders:
            first = next(origin_name(account) for account in heard.values() if account.ref.document == told[0].ref.document)
        else:
            continue
        documents = tuple(sorted({account.ref.document for account in told}))
        found.append(Origin(name, told[0].origin.kind, documents, first_said(told), None if first == name else first))
    return tuple(sorted(found, key=lambda origin: (origin.first_said or "9999", origin.name, origin.documents)))


def _may_be(told: Sequence[Account], voices: Sequence[Sequence[Account]]) -> str | None:
    """The voice that one without its name may be: one that gives the same figures rather than others, the first to speak."""
    figures = {(count.measure, count.low, count.high) for account in told for count in account.figures}

    def alike(other: Sequence[Account]) -> bool:
        return any((count.measure, count.low, count.high) in figures for account in other for count in account.figures)

    named = [other for other in voices if other[0].origin.kind in _MAY_BE and not other[0].origin.described]
    return min(((not alike(other), place, origin_name(other[0])) for place, other in enumerate(named)), default=(True, 0, None))[2]


def count_independent(accounts: Sequence[Account], same: Independence) -> int:
    """How many origins that don't repeat one another stand behind these accounts."""
    if len(accounts) < 2:
        return len(accounts)
    heard = first_hand(accounts)
    named = {same.of(account) for account in heard if not account.origin.described}
    medium = any(account.origin.kind in _MAY_BE and not account.origin.described for account in heard)
    return len(named) + (len(named) < len({same.of(account) for account in heard}) and not medium)
