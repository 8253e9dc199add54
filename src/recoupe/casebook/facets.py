"""What is counted beside the filters, along the time and on the map? Passes over the columns of the event index.

A count beside a value is the number of events that would answer if that value were chosen: all other parts of the filter hold, its own doesn't.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from recoupe.casebook.event_index import TYPES, EventIndex, Mask, Numbers, Pairs, Selection

Unit = Literal["day", "week", "month", "year"]
MOST_VALUES = 12  # of one filter; more are found by typing
MOST_POINTS = 500  # on the map; beyond, those near one another are drawn as one
ORIGINS = (2, 3, 5, 10)
_UNITS: tuple[tuple[int, Unit], ...] = ((100, "day"), (800, "week"), (6_000, "month"))
_CELLS = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)  # degrees
Degrees = NDArray[np.float64]
_EPOCH = 719_163  # 1970-01-01, counted from 0001-01-01 = 1


class Count(Struct, frozen=True):
    """How many events have a value, and the number of one of them, which tells how an actor's name is written."""

    value: str
    count: int
    number: int | None = None


class Facets(Struct, frozen=True):
    """The counts beside the filters; `total` is the number of events that answer all of them, `origins` counts at least so many."""

    total: int
    types: tuple[Count, ...]
    actors: tuple[Count, ...]
    outlets: tuple[Count, ...]
    languages: tuple[Count, ...]
    origins: tuple[Count, ...]
    disputed: int
    unplaced: int
    undated: int


class Bin(Struct, frozen=True):
    """The events whose first day lies in a stretch of days (ISO 8601, both included)."""

    start: str
    end: str
    count: int
    disputed: int


class Timeline(Struct, frozen=True):
    """The selected events along time, days apart; `undated` have no day."""

    unit: Unit
    bins: tuple[Bin, ...]
    undated: int


class Point(Struct, frozen=True):
    """Events at one place, or near one another: their mean position, how many, and the number of the first of them in the index."""

    latitude: float
    longitude: float
    count: int
    disputed: int
    number: int
    one_place: bool


def count_facets(index: EventIndex, selection: Selection) -> Facets:
    """The counts beside every filter."""
    chosen = selection.all()
    kinds = np.bincount(index.type[selection.all("type")], minlength=len(TYPES))
    but_origins = index.origins[selection.all("origins")]
    return Facets(
        total=int(chosen.sum()),
        types=tuple(sorted((Count(name, int(many)) for name, many in zip(TYPES, kinds, strict=True) if many), key=_by_count)),
        actors=_most(index.actors, selection.all("actor")),
        outlets=_most(index.outlets, selection.all("outlet")),
        languages=_most(index.languages, selection.all("language")),
        origins=tuple(Count(str(least), int((but_origins >= least).sum())) for least in ORIGINS),
        disputed=int((selection.all("disputed") & index.disputed).sum()),
        unplaced=count_unplaced(index, selection),
        undated=int((chosen & (index.day_from < 1)).sum()),
    )


def count_unplaced(index: EventIndex, selection: Selection) -> int:
    """How many of the selected events have no known place."""
    return int((selection.all() & np.isnan(index.latitude)).sum())


def _most(pairs: Pairs, mask: Mask) -> tuple[Count, ...]:
    many = pairs.counts(mask)
    best = np.argsort(-many, kind="stable")[: MOST_VALUES * 4]
    found = sorted(
        (Count(pairs.names[place], int(many[place]), int(pairs.first[place])) for place in best if many[place] and pairs.names[place]), key=_by_count
    )
    return tuple(found[:MOST_VALUES])


def _by_count(each: Count) -> tuple[int, str]:
    return -each.count, each.value


def in_order(index: EventIndex, mask: Mask, order: Literal["day", "weight"], first: int, many: int) -> list[int]:
    """The numbers of the chosen events, from the `first` on, at most so many."""
    rows = index.by_weight if order == "weight" else index.by_day
    return [int(number) for number in index.number[rows[mask[rows]][first : first + many]]]


# --------------------------------------------------------------------------------------------------------------------- time


def timeline(index: EventIndex, selection: Selection) -> Timeline:
    """How many of the selected events begin in each day, week, month or year, whatever days are asked for."""
    mask = selection.all("days")
    dated = mask & (index.day_from >= 1)
    days = index.day_from[dated]
    if not len(days):
        return Timeline("day", (), int(mask.sum()))
    unit = _unit(days)
    steps = _steps(days, unit)
    first = int(steps.min())
    many = np.bincount(steps - first)
    disputed = np.bincount((steps - first)[index.disputed[dated]], minlength=len(many))
    bins = tuple(Bin(*_bounds(int(first + place), unit), int(many[place]), int(disputed[place])) for place in np.flatnonzero(many))
    return Timeline(unit, bins, int((mask & (index.day_from < 1)).sum()))


def _unit(days: Numbers) -> Unit:
    """The unit for the span that most of the events lie in: a look back to another century makes no years of a month's news."""
    low, high = np.quantile(days, [0.01, 0.99])
    return next((unit for most, unit in _UNITS if high - low <= most), "year")


def _steps(days: Numbers, unit: Unit) -> Numbers:
    if unit == "day":
        return days
    if unit == "week":
        return (days - 1) // 7  # day 1 is a Monday
    dates = (days - _EPOCH).astype("datetime64[D]")
    return dates.astype("datetime64[M]" if unit == "month" else "datetime64[Y]").astype(np.int64)


def _bounds(step: int, unit: Unit) -> tuple[str, str]:
    """The first and last day of a step."""
    if unit in {"month", "year"}:
        months = step if unit == "month" else step * 12
        start, after = (np.datetime64(months + more, "M").astype("datetime64[D]") for more in (0, 1 if unit == "month" else 12))
        return str(start), str(after - np.timedelta64(1, "D"))
    first, width = (step, 1) if unit == "day" else (step * 7 + 1, 7)
    return str(np.datetime64(first - _EPOCH, "D")), str(np.datetime64(first + width - 1 - _EPOCH, "D"))


# ---------------------------------------------------------------------------------------------------------------------- map


def points(index: EventIndex, selection: Selection, view: tuple[float, float, float, float] | None = None) -> tuple[Point, ...]:
    """The selected events that have a place, in at most some 500 points: exact ones, or one for each cell of a grid.

    `view` (south, west, north, east) is what the map shows: within it the grid is as fine as its own number of points allows.
    """
    mask = selection.all() & (index.spots.of >= 0)
    many = np.bincount(index.spots.of[mask], minlength=len(index.spots.latitude))
    shown = many > 0
    if view is not None:
        south, west, north, east = view
        shown &= (index.spots.latitude >= south) & (index.spots.latitude <= north)
        shown &= (index.spots.longitude >= west) & (index.spots.longitude <= east)
    rows = np.flatnonzero(mask)
    disputed = np.bincount(index.spots.of[mask & index.disputed], minlength=len(many))
    example = np.zeros(len(many), dtype=np.int64)
    example[index.spots.of[rows[::-1]]] = index.number[rows[::-1]]
    spots = np.flatnonzero(shown)
    latitude, longitude, weight = index.spots.latitude[spots], index.spots.longitude[spots], many[spots]
    first, home = _grouped(latitude, longitude)
    count = np.bincount(home, weights=weight)
    middle = [np.bincount(home, weights=each * weight) / count for each in (latitude, longitude)]
    together = np.bincount(home)
    amid = np.bincount(home, weights=disputed[spots])
    return tuple(
        Point(float(middle[0][place]), float(middle[1][place]), int(count[place]), int(amid[place]), int(example[spots[first[place]]]),
              bool(together[place] == 1))
        for place in range(len(first))
    )  # fmt: skip


def _grouped(latitude: Degrees, longitude: Degrees) -> tuple[Numbers, Numbers]:
    """The first spot of each group, and the group of each spot: alone while there are few, else those of a cell of the finest grid that will do."""
    first = home = np.arange(len(latitude))
    for size in _CELLS:
        if len(first) <= MOST_POINTS:
            break
        cells = np.floor((latitude + 90) / size).astype(np.int64) * 1_000_000 + np.floor((longitude + 180) / size).astype(np.int64)
        _, first, home = np.unique(cells, return_index=True, return_inverse=True)
    return first, home
