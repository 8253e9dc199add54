"""Which pairs of claims are worth comparing? Those that share a kind of event and a place, a name or a toll at about one time.

Every account gets a few keys; accounts that share a key are neighbours. A key that very many share is cut to the nearest in time, so the
number of pairs grows with the number of claims and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from recoupe.crosscheck.account import Account
from recoupe.model import ClaimRef, EventType

WINDOW = 7  # days to a key's cell of time; each account stands in every cell that its days touch
LONGEST = 28  # days: an account over more is looked up by its names alone
CROWD = 12  # neighbours in one key that each account is compared with on either side
_CELL = 0.5  # degrees
_RAREST, _RARE = 4, 4.0  # words of an account that are keys, and how rare they must be
_WORD, _WORD_CROWD = "w", 4  # a word is no sign of its own, and is looked up without regard to time: fewer neighbours
_VIOLENT: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})


def keys(account: Account) -> tuple[str, ...]:
    """The keys of an account, none where it joins no event."""
    if account.aggregate:
        return ()
    kind = ("v" if account.type in _VIOLENT else "s") + ("+" if account.happened else "?")
    times = tuple(_cells(account))
    found = {f"{_WORD}{kind}|{rare.word}" for rare in account.context[:_RAREST] + account.words[:_RAREST] if rare.rarity >= _RARE}
    for cell in times:
        found.update(f"{kind}|{cell}|{here}" for here in _spots(account))
        found.update(f"{kind}|{cell}|{one.actor or one.name}" for one in account.recipients)
        found.update(f"{kind}|{cell}|{figure.measure}={figure.low}" for figure in account.figures if figure.low and figure.low > 1)
    return tuple(sorted(found))


def _cells(account: Account) -> Iterator[int]:
    first = account.first_day if account.first_day is not None else account.last_day
    last = account.last_day if account.last_day is not None else account.first_day
    if first is not None and last is not None and last - first <= LONGEST:
        yield from range((first - 1) // WINDOW, (last + 1) // WINDOW + 1)


def _spots(account: Account) -> Iterator[str]:
    for place in account.places:
        if place.latitude is None or place.longitude is None:
            yield place.name.casefold()
            continue
        south, west = place.latitude / _CELL, place.longitude / _CELL
        yield from (f"{round(south + north)},{round(west + east)}" for north in (-0.25, 0.25) for east in (-0.25, 0.25))


def candidates(accounts: Iterable[Account]) -> Iterator[tuple[ClaimRef, ClaimRef]]:
    """The pairs of accounts that share a key, each once; in a crowded key, each with the nearest in time on either side."""
    told: list[Account] = sorted(accounts, key=_order)
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, account in enumerate(told):
        for key in keys(account):
            block = blocks[key]
            if not (block and key.startswith(_WORD) and told[block[-1]].ref.document == account.ref.document):
                block.append(place)
    seen: set[int] = set()
    for key, block in blocks.items():
        for left, right in _near(block, _WORD_CROWD if key.startswith(_WORD) else CROWD):
            pair = left * len(told) + right
            if pair not in seen and told[left].ref.document != told[right].ref.document:
                seen.add(pair)
                yield told[left].ref, told[right].ref


def _near(block: Sequence[int], crowd: int) -> Iterator[tuple[int, int]]:
    for at, left in enumerate(block):
        yield from ((left, right) for right in block[at + 1 : at + 1 + crowd])


def _order(account: Account) -> tuple[int, str, ClaimRef]:
    day = account.last_day if account.last_day is not None else account.first_day
    return (day or 0, account.published or "", account.ref)
