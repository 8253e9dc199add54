"""Which of the places of a name is meant? All names of a document are resolved together.

Every reading of a name gets a score: how much the bare name means it, whether the document speaks of its country and division, how many
other names have a reading near by, and whether a word beside it names what it lies in. Scores are turned into shares (soft maximum), and the
readings support one another again with these shares, until they settle.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Container, Sequence

from msgspec import Struct

from recoupe.knowledge.places import PlaceEntry, importance

READINGS = 40  # of a name; no document needs more, and time grows with them
_ROUNDS = 3
_CELL = 1.5  # degrees of a cell in which names support one another
_PRIOR, _COUNTRY, _NEAR, _DIVISION, _WITHIN, _HOLDS = 0.45, 3.0, 2.4, 2.0, 9.0, 3.0
_KIND, _CAPITAL = 6.0, 0.5
_SMALL = 2.0  # what a small town loses that bears the name of a large division of its own country ("Nevada, Iowa")
_MANY, _WORLD = 3, 0.6  # countries that make a text one of the world's news, and how much nearness then tells
_HAMLET, _STATE = 20_000, 300_000  # inhabitants of such a town at most, and of such a division at least
_TIMES, _TIMES_CITY = (
    2.0,
    6.0,
)  # how much likelier the first reading must be than one far away, and than a city abroad where the text names no country
_TOLD = 8  # readings that are told
_HERE = 50.0  # km
_CITY = 100_000  # inhabitants
_FAR = 161.0  # km
_OTHERS = 2  # places of other countries in a text that make a small town abroad unlikely


class Name(Struct, frozen=True):
    """A name of a document: its possible places, the kinds asked for, the ids of what is named right after it as holding it, the ids among
    its own places that hold what is named right before it, and its count."""

    entries: tuple[PlaceEntry, ...]
    kinds: tuple[str, ...]
    within: tuple[str, ...]
    holds: tuple[str, ...]
    count: int


class Answer(Struct, frozen=True):
    """The readings of a name from the likeliest down with their shares (0 to 1), and whether the first can be told from the others."""

    ranked: tuple[tuple[PlaceEntry, float], ...]
    certain: bool


def resolve(names: Sequence[Name], countries: Counter[str]) -> tuple[Answer, ...]:
    """The answer for every name; `countries` counts what the document says of countries by adjectives ("syrien")."""
    readings = [name.entries[:READINGS] for name in names]
    local = _locality(names, countries)
    fixed = [
        [
            _PRIOR * importance(entry)
            - _SMALL * _is_small_namesake(entry, entries)
            + _kind(entry, name.kinds)
            + _WITHIN * _inside(entry, name.within)
            + _HOLDS * (entry.id in name.holds)
            for entry in entries
        ]
        for entries, name in zip(readings, names, strict=True)
    ]
    scores = fixed
    for _ in range(_ROUNDS):
        shares = [_shares(row) for row in scores]
        scores = _supported(names, readings, fixed, shares, countries, local)
    spoken = {*countries, *(name.entries[0].country for name in names if name.entries and name.entries[0].kind == "country")}
    answers = [_answer(entries, row, spoken) for entries, row in zip(readings, scores, strict=True)]
    held = Counter(answer.ranked[0][0].country for answer in answers if answer.ranked)
    return tuple(Answer((), certain=False) if _is_stray(answer, name, held, spoken) else answer for answer, name in zip(answers, names, strict=True))


def _is_stray(answer: Answer, name: Name, held: Counter[str | None], spoken: Container[str | None]) -> bool:
    """Whether all that is known of a name is a small town of a country that nothing else in the text is of."""
    if not answer.ranked or name.within:
        return False
    first = answer.ranked[0][0]
    small = first.country is not None and first.kind not in ("country", "division") and first.population < _CITY
    return small and first.country not in spoken and held[first.country] == 1 and held.total() > _OTHERS


def _locality(names: Sequence[Name], countries: Counter[str]) -> float:
    """How much nearness tells: less in news of the world, where one town says little of where the next is, than in that of one county."""
    spoken = {*countries, *(name.entries[0].country for name in names if name.entries and name.entries[0].kind == "country")}
    return _WORLD if len(spoken) >= _MANY else 1.0


def _is_small_namesake(entry: PlaceEntry, entries: Sequence[PlaceEntry]) -> bool:
    """Whether a small town bears the name of a large division of its country, or of a large seat of government, that it doesn't lie in."""
    if entry.kind != "town" or entry.population > _HAMLET:
        return False
    return any(
        (other.kind == "division" and other.country == entry.country and other.id != entry.division and other.population >= _STATE)
        or (other.capital and other.population >= _STATE)
        for other in entries
    )


def _kind(entry: PlaceEntry, kinds: tuple[str, ...]) -> float:
    if not kinds:
        if entry.capital:
            return _CAPITAL
        return -2.0 if entry.kind in ("airport", "bridge", "prison", "crossing") else 0.0
    return _KIND - kinds.index(entry.kind) if entry.kind in kinds else 0.0


def _inside(entry: PlaceEntry, within: tuple[str, ...]) -> bool:
    return any(place in (f"country:{entry.country}", entry.division, entry.county) and place != entry.id for place in within)


def _shares(row: Sequence[float]) -> list[float]:
    best = max(row, default=0.0)
    weights = [math.exp(max(score - best, -30.0)) for score in row]
    total = sum(weights)
    return [weight / total for weight in weights]


def _cell(entry: PlaceEntry) -> tuple[int, int]:
    return math.floor(entry.latitude / _CELL), math.floor(entry.longitude / _CELL)


def _supported(
    names: Sequence[Name], readings: Sequence[Sequence[PlaceEntry]], fixed: Sequence[Sequence[float]],
    shares: Sequence[Sequence[float]], countries: Counter[str], local: float,
) -> list[list[float]]:  # fmt: skip
    by_country: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    by_division: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    by_cell: dict[tuple[int, int], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for number, (entries, row) in enumerate(zip(readings, shares, strict=True)):
        for entry, share in zip(entries, row, strict=True):
            if share < 0.01:
                continue
            if entry.country:
                by_country[entry.country][number] += share
            division = entry.id if entry.kind == "division" else entry.division
            if division:
                by_division[division][number] += share
            if entry.kind not in ("country", "continent", "region", "sea", "border"):
                by_cell[_cell(entry)][number] += share
    said = {code: math.log1p(count) for code, count in countries.items()}
    whole = sum(_weight(name) for name in names) + sum(said.values()) + 1e-9
    scores = []
    for number, (entries, row) in enumerate(zip(readings, fixed, strict=True)):
        own = _weight(names[number])
        line = []
        for entry, base in zip(entries, row, strict=True):
            country = 0.0
            if entry.country:
                votes = by_country[entry.country]
                country = sum(_weight(names[other]) * share for other, share in votes.items() if other != number) + said.get(entry.country, 0.0)
            same = sum(share for other, share in by_division.get(entry.division or "", {}).items() if other != number)
            near = _near(entry, number, by_cell)
            rest = max(whole - own, 0.5)
            line.append(base + _COUNTRY * country / rest + local * _NEAR * math.log1p(near) + _DIVISION * math.log1p(same) / 2)
        scores.append(line)
    return scores


def _weight(name: Name) -> float:
    return 1.0 + math.log(name.count)


def _near(entry: PlaceEntry, number: int, by_cell: dict[tuple[int, int], dict[int, float]]) -> float:
    row, column = _cell(entry)
    best: dict[int, float] = defaultdict(float)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            for other, share in by_cell.get((row + down, column + right), {}).items():
                if other != number:
                    best[other] += share
    return sum(min(share, 1.0) for share in best.values())


def _answer(entries: Sequence[PlaceEntry], row: Sequence[float], spoken: Container[str | None]) -> Answer:
    if not entries:
        return Answer((), certain=False)
    shares = _shares(row)
    told: list[tuple[PlaceEntry, float]] = []
    for index in sorted(range(len(entries)), key=lambda index: (-row[index], entries[index].id))[:_TOLD]:
        entry = entries[index]
        same = next((number for number, (other, _) in enumerate(told) if other.country == entry.country and kilometres(other, entry) <= _HERE), None)
        if same is None:
            told.append((entry, shares[index]))
        else:  # a town and the district around it are no rivals
            told[same] = (told[same][0], told[same][1] + shares[index])
    told.sort(key=lambda pair: (-pair[1], pair[0].id))
    first, lead = told[0]
    rivals = [other for other, share in told[1:] if lead < _times(first, other, spoken) * share and kilometres(first, other) > _FAR]
    return Answer(tuple((entry, round(share, 4)) for entry, share in told), certain=not rivals)


def _times(first: PlaceEntry, rival: PlaceEntry, spoken: Container[str | None]) -> float:
    """How many times as likely the first reading must be to stand against another far from it."""
    abroad = rival.country != first.country and rival.kind == "town" and rival.population >= _CITY
    return _TIMES_CITY if abroad and first.country not in spoken else _TIMES


def kilometres(first: PlaceEntry, second: PlaceEntry) -> float:
    """The distance of two places on a sphere."""
    a, b, c, d = map(math.radians, (first.latitude, first.longitude, second.latitude, second.longitude))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))
