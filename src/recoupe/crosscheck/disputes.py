"""On what do origins contradict each other? An attribute is disputed when two of them give values that can't all be true.

What counts is what an origin said last: its earlier figures are a history, not a dispute. Values that differ within their precision
("at least 22" and "26", a day and the week it lies in, a village and its district) agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

from recoupe.crosscheck.account import Called, Count, Party, Where
from recoupe.crosscheck.compare import compatible, near, one_side
from recoupe.crosscheck.origins import Independence, first_hand
from recoupe.crosscheck.positions import Days, Held, Value, Version, written
from recoupe.crosscheck.sides import force_of
from recoupe.crosscheck.wording import load_wording
from recoupe.model import Dispute

_SHOWN = 4  # versions that a reason spells out


def disputes(found: Mapping[str, tuple[Version, ...]], same: Independence, *, fought: bool = False) -> tuple[Dispute, ...]:
    """The disputed attributes of an event, each with the versions that are part of it and the reason in words.

    Where two sides `fought` each other, that one account names the one and another account the other is no dispute; that one denies it is.
    """
    made = (_dispute(attribute, versions, same, fought=fought) for attribute, versions in found.items() if attribute != "recipient")
    return tuple(dispute for dispute in made if dispute is not None)


def _dispute(attribute: str, versions: Sequence[Version], same: Independence, *, fought: bool) -> Dispute | None:
    def against_each_other(a: Value, b: Value) -> bool:
        return clash(a, b) and not (fought and isinstance(a, Held) and isinstance(b, Held) and not a.denied and not b.denied)

    current = _current(versions, same)
    against: set[int] = set()
    for one, other in combinations(current.values(), 2):
        if attribute != "occurred" and any(agree(versions[here].value, versions[there].value) for here in one for there in other):
            continue
        pairs = [(here, there) for here in one for there in other if against_each_other(versions[here].value, versions[there].value)]
        against.update(place for pair in pairs for place in pair)
    if len(against) < 2:
        return None
    order = tuple(sorted(against))
    sides = _sides(versions, order)
    return Dispute(attribute, order, _reason(attribute, [[versions[place] for place in side] for side in sides]), sides)


def _sides(versions: Sequence[Version], places: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The disputed versions, those together that hold one side responsible."""
    found: list[list[int]] = []
    for place in places:
        here = versions[place].value
        for side in found:
            if isinstance(here, Held) and all(agree(here, versions[there].value) for there in side):
                side.append(place)
                break
        else:
            found.append([place])
    return tuple(tuple(side) for side in found)


def _current(versions: Sequence[Version], same: Independence) -> dict[Hashable, list[int]]:
    """What each independent origin said last: the versions that it gave on the last day that it spoke."""
    said: dict[Hashable, dict[int, str]] = defaultdict(dict)
    for place, version in enumerate(versions):
        for account in first_hand(version.accounts):
            day = account.published or ""
            said[same.of(account)][place] = max(day, said[same.of(account)].get(place, ""))
    return {origin: [place for place, day in days.items() if day == max(days.values())] for origin, days in said.items()}


def clash(a: Value, b: Value) -> bool:
    """Whether two values can't both be true."""
    if isinstance(a, Held) and isinstance(b, Held):
        if a.denied or b.denied:
            return a.denied != b.denied and one_side(a.party, b.party)
        return not one_side(a.party, b.party) and _are_others(a.party, b.party)
    if isinstance(a, Called) and isinstance(b, Called):
        return a.actor is not None and a.actor == b.actor and {a.polarity, b.polarity} == {"negative", "positive"}
    if isinstance(a, bool) or isinstance(b, bool):
        return a != b
    return not agree(a, b)


def _are_others(a: Party, b: Party) -> bool:
    """Whether two parties can't be one: a mere description ("gunmen") may be of anybody, but a state's forces are no rebels."""
    if _is_named(a) and _is_named(b):
        return True
    forces = {force_of(one.actor, one.name) for one in (a, b)}
    return None not in forces and len(forces) == len((a, b))


def _is_named(one: Party) -> bool:
    return one.actor is not None or one.name != one.name.lower()


def agree(a: Value, b: Value) -> bool:
    """Whether two values are one within their precision."""
    if isinstance(a, Count) and isinstance(b, Count):
        return compatible(a, b)
    if isinstance(a, Days) and isinstance(b, Days):
        return a.first <= b.last and b.first <= a.last
    if isinstance(a, Where) and isinstance(b, Where):
        return near(a, b) not in ("apart", "far")
    if isinstance(a, Held) and isinstance(b, Held):
        return a.denied == b.denied and one_side(a.party, b.party)
    if isinstance(a, Called) and isinstance(b, Called):
        return False
    return a == b


# ---------------------------------------------------------------------------------------------------------------------- reasons

_VERBS = {
    "date": "it is dated to different days: {}",
    "place": "it is placed at different spots: {}",
    "actor": "different parties are held responsible: {}",
    "occurred": "some say that it happened and others that it did not: {}",
    "label": "opposite words are used for the same party: {}",
}


def _reason(attribute: str, sides: Sequence[Sequence[Version]]) -> str:
    shown = [_spoken(side) for side in sides[:_SHOWN]]
    rest = len(sides) - len(shown)
    listed = "; ".join(shown) + (f"; and {rest} more" if rest else "")
    return _VERBS.get(attribute, f"the figures for the {attribute} can't all be true: {{}}").format(listed)


def _spoken(side: Sequence[Version]) -> str:
    texts = (load_wording("en").count(version.value) if isinstance(version.value, Count) else written(version.value) for version in side)
    names = tuple(dict.fromkeys(name for version in side for name in version.position.origins))
    holders = ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
    return f"{' or '.join(texts)} ({holders})"
