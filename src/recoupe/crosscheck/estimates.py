"""Which death toll would ACLED and UCDP write down? Their readings of an event's positions, on request and beside them, never instead.

Both start from what every origin said last. ACLED takes the most conservative report. UCDP gives a low, a best and a high estimate: the best is
the count with most independent origins behind it, and the lower one of two with as many. What a coder would weigh besides, an origin's
reliability, is not known here, and no number is an average.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from recoupe.model import Position


class Estimates(Struct, frozen=True):
    """The readings of a toll: ACLED's one number, UCDP's three, and from how many positions of how many they were made."""

    acled: float
    ucdp_low: float
    ucdp_best: float
    ucdp_high: float
    used: int
    given: int


def estimate(positions: Sequence[Position]) -> Estimates | None:
    """ACLED's and UCDP's readings of the positions on one count; None where nobody gives a number.

    "At least 13" counts as 13, "at most 120" as 120, and a range by both its ends.

    >>> bilbao = Position(("Bilbao",), 1, (), low=1654.0, high=1654.0, first_said="1937-05-20")
    >>> historians = Position(("Salas", "Herzog"), 2, (), low=150.0, high=300.0, first_said="1997-04-27")
    >>> estimate((bilbao, historians))
    Estimates(acled=150.0, ucdp_low=150.0, ucdp_best=150.0, ucdp_high=1654.0, used=2, given=2)
    """
    last = tuple(_last_said(positions))
    numbers = [number for position in last for number in (position.low, position.high) if number is not None]
    if not numbers:
        return None
    best = min(last, key=lambda position: (-position.independent_origins, _least(position)))
    return Estimates(min(map(_least, last)), min(numbers), _least(best), max(numbers), len(last), len(positions))


def _last_said(positions: Sequence[Position]) -> Iterator[Position]:
    """The positions that are the last word of one of their origins, where they are dated; those with a number only."""
    counted = [position for position in positions if position.low is not None or position.high is not None]
    latest: dict[str, str] = {}
    for position in counted:
        for origin in position.origins:
            latest[origin] = max(latest.get(origin, ""), position.first_said or "")
    for position in counted:
        if not position.origins or any((position.first_said or "") == latest[origin] for origin in position.origins):
            yield position


def _least(position: Position) -> float:
    """The least that a position says, its upper bound where it says no other."""
    number = position.low if position.low is not None else position.high
    return 0.0 if number is None else number
