"""How did the toll of an event change? Every figure as a range on a scale of numbers, in the order in which it was first said."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from recoupe.model import Position
from recoupe.web.names import local_name
from recoupe.web.summary import bounds
from recoupe.web.wording import Wording

WIDTH, LEFT, RIGHT, ROW = 640, 118, 20, 30
_STEEP = 30  # times between the least and the greatest from which on the scale is logarithmic


class Bar(Struct, frozen=True):
    """A range: where it begins and ends, whether it is open to a side, in the units of the drawing."""

    y: float
    start: float
    end: float
    open_low: bool
    open_high: bool
    when: str
    text: str
    names: str


class Tick(Struct, frozen=True):
    """A number of the scale."""

    x: float
    text: str


class Chart(Struct, frozen=True):
    """The drawing, WIDTH wide; `summary` says it in words."""

    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    summary: str


def chart(positions: Sequence[Position], say: Wording) -> Chart | None:
    """The drawing of the positions on one figure; None where it would show no difference."""
    known = sorted((each for each in positions if each.low is not None or each.high is not None), key=lambda each: each.first_said or "9")
    numbers = [number for each in known for number in (each.low, each.high) if number is not None]
    if len(known) < 2 or max(numbers) <= 0:
        return None
    scale = _Scale(numbers)
    bars = tuple(_bar(each, place, scale, say) for place, each in enumerate(known))
    summary = "; ".join(f"{bar.when or '?'}: {bar.text} ({bar.names})" for bar in bars)
    ticks = tuple(Tick(scale(number), say.number(number)) for number in _round_numbers(numbers))
    return Chart(ROW * len(bars) + 26, bars, ticks, summary)


class _Scale:
    """Where numbers stand in the drawing."""

    def __init__(self, numbers: Sequence[float]) -> None:
        self.most = max(numbers) * 1.12
        self.steep = max(numbers) > _STEEP * max(min(numbers), 1)

    def __call__(self, number: float) -> float:
        part = math.log1p(number) / math.log1p(self.most) if self.steep else number / self.most
        return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)


def _bar(position: Position, place: int, scale: _Scale, say: Wording) -> Bar:
    low, high = position.low, position.high
    start = scale(low) if low is not None else LEFT
    end = scale(high) if high is not None else WIDTH - RIGHT
    names = ", ".join(local_name(name, say.language) for name in position.origins[:2]) + (
        f" +{len(position.origins) - 2}" if len(position.origins) > 2 else ""
    )
    return Bar(place * ROW + 15, start, end, low is None, high is None, say.day(position.first_said, "medium"), bounds(position, say), names)


def _round_numbers(numbers: Sequence[float]) -> list[float]:
    """Some round numbers up to the greatest, whole as people are.

    >>> _round_numbers([1, 2]), _round_numbers([12, 17])
    ([0, 1, 2], [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0])
    """
    most = max(numbers)
    if most > _STEEP * max(min(numbers), 1):
        return [10.0**power for power in range(int(math.log10(most)) + 1)]
    step = 10 ** math.floor(math.log10(most))
    step = step / 5 if most / step < 2 else step / 2 if most / step < 5 else step
    step = max(step, 1)
    return [step * count for count in range(int(most / step) + 1)]
