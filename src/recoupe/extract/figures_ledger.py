"""How many of those told of one by one are dead, and how many only hurt? The fewest persons that the words can be of, each counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from recoupe.extract.figures_persons import are_others
from recoupe.extract.figures_victims import Victim
from recoupe.model import Span

_HARMED = frozenset({"killed", "wounded", "casualties"})


class Ledger(Struct, frozen=True):
    """The dead and the hurt, each as all that is told of one person."""

    dead: tuple[tuple[Victim, ...], ...]
    hurt: tuple[tuple[Victim, ...], ...]

    @property
    def dead_doers(self) -> tuple[tuple[Victim, ...], ...]:
        """The dead who harmed others."""
        return tuple(told for told in self.dead if any(one.doer for one in told))

    def count_dead(self, start: int, end: int, *, title: bool) -> int:
        """Of how many of the dead the characters [start, end) of the title, or of what follows it, hold a phrase."""
        phrases = ((one.person for one in told) for told in self.dead)
        return sum(any(one.start < end and start < one.end and (one.sentence < 0) is title for one in told) for told in phrases)


def ledger(head: Iterable[Victim], body: Iterable[Victim]) -> Ledger:
    """The persons of a title and of what follows it; who was hurt and then died is dead."""
    apart = [structs.replace(victim, person=structs.replace(victim.person, sentence=-1 - victim.person.sentence)) for victim in head]
    found: list[list[Victim]] = []
    for victim in (*apart, *body):
        if victim.measure in _HARMED:
            place = _place(found, victim)
            if place is None:
                found.append([victim])
            else:
                found[place].append(victim)
    dead = tuple(tuple(told) for told in found if any(one.measure == "killed" for one in told))
    hurt = tuple(tuple(told) for told in found if all(one.measure != "killed" for one in told))
    return Ledger(dead, hurt)


def _place(found: Sequence[Sequence[Victim]], victim: Victim) -> int | None:
    """The one told before whom a phrase takes up: by the same words, by name, else the last whom it can be."""
    person = victim.person
    same = [
        place for place, told in enumerate(found) if any((one.person.sentence, one.person.start) == (person.sentence, person.start) for one in told)
    ]
    if same:
        return same[0]
    open_to = [place for place, told in enumerate(found) if not any(are_others(one.person, person) or _is_survivor(one, victim) for one in told)]
    named = [place for place in open_to if person.named and any(one.person.named for one in found[place])]
    return max(named or open_to, default=None)


def _is_survivor(one: Victim, other: Victim) -> bool:
    """Whether one was hurt beside the dead of a sentence, and the other died; a name may be that of one who died later."""
    apart = (one.spared and other.measure == "killed") or (other.spared and one.measure == "killed")
    return apart and not (one.person.named and other.person.named)


def spans(persons: Iterable[Sequence[Victim]], *, title: bool) -> tuple[Span, ...]:
    """The first phrase of each person in the title, or in what follows it."""
    told = (next((one.person for one in each if (one.person.sentence < 0) is title), None) for each in persons)
    return tuple(Span(one.start, one.end) for one in told if one is not None)
