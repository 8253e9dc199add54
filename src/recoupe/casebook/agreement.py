"""How far do reviewers agree, field by field, and where do they differ?

Krippendorff's alpha (Content Analysis, 4th ed., 2019, ch. 12) by the library `krippendorff`: 1 is full agreement, 0 what chance would give. It
counts the claims that two or more reviewers decided, each with what stood for a reviewer before anything of the others could be seen. Drafts bias
towards agreement: two who both accept a wrong draft agree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal

import krippendorff
import numpy as np
from msgspec import Struct

from recoupe.casebook.blocks import ordinal
from recoupe.casebook.standing import Standing
from recoupe.casebook.words import fold
from recoupe.decision import CodedPlace, Coding, Decision, Named
from recoupe.model import ClaimRef

MOST_CATEGORIES = 2_000  # the library compares every value with every other: more would not fit into the memory of a laptop

Level = Literal["nominal", "interval", "ratio"]
Value = str | float | None  # None: this reviewer gave none, which is no value of its own


class Field(Struct, frozen=True):
    """A field on which reviewers can agree: how far apart two values are, how a coding gives one, and how it is shown."""

    name: str
    level: Level
    value: Callable[[Coding], Value]
    shown: Callable[[Coding], str | None]


class FieldAgreement(Struct, frozen=True):
    """The agreement on one field: `units` are claims with two values or more, `same` the share of pairs of equal values; 0 to 1.

    `alpha` is None where it is not defined, and `why` says why.
    """

    field: str
    level: Level
    units: int
    values: int
    same: float | None
    alpha: float | None
    why: str | None = None


class Judged(Struct, frozen=True):
    """How often the program had a field as reviewers have it: of so many `drafts`, so many were `right`.

    The field "claim" counts the drafts that were not rejected, the others compare what was kept. Only decisions on claims drawn at random speak for all
    claims: the queue gives doubtful ones first.
    """

    field: str
    drafts: int
    right: int


class Said(Struct, frozen=True):
    """What one reviewer has for a field, and by which decision."""

    reviewer: str
    value: str | None
    decision: str
    note: str = ""


class Disagreement(Struct, frozen=True):
    """A field of a claim on which reviewers differed while they were blind to each other; `settled` where they no longer do."""

    claim: ClaimRef
    field: str
    said: tuple[Said, ...]
    settled: bool


class Agreement(Struct, frozen=True, tag_field="schema", tag="recoupe/agreement/1"):
    """How far reviewers agree; `claims` is how many claims two or more of them decided, `added` the claims that only one of them added.

    `program` compares the drafts with what every reviewer made of them.
    """

    reviewers: tuple[str, ...]
    claims: int
    fields: tuple[FieldAgreement, ...]
    disagreements: tuple[Disagreement, ...]
    added: tuple[Disagreement, ...]
    program: tuple[Judged, ...]


def agreement(standings: Iterable[Standing], reviewers: Collection[str] = ()) -> Agreement:
    """The agreement of all reviewers, or of the named ones."""
    found = [each for each in standings if not reviewers or each.reviewer in reviewers]
    names = tuple(sorted({each.reviewer for each in found if each.blind or each.decision}))
    blind = _by_claim(found, lambda each: each.blind)
    now = _by_claim(found, lambda each: each.decision)
    units = {claim: said for claim, said in blind.items() if len(said) > 1}
    differing = tuple(
        Disagreement(claim, field.name, _said(said, field), not _differ(now.get(claim, {}), field))
        for claim, said in units.items()
        for field in FIELDS
        if _differ(said, field)
    )
    measured = tuple(_agreement_on(field, names, units) for field in FIELDS)
    return Agreement(names, len(units), measured, differing, tuple(_added(now)), tuple(_judged(field, now) for field in FIELDS))


def alpha(table: Sequence[Sequence[Value]], level: Level) -> tuple[float | None, str | None]:
    """Krippendorff's alpha of a table with a row for each reviewer and a column for each claim; None with the reason where it is not defined.

    >>> alpha([["a", "b", "b"], ["a", "b", "b"]], "nominal")
    (1.0, None)
    """
    columns = [column for column in zip(*table, strict=True) if sum(value is not None for value in column) > 1]
    values = sorted({value for column in columns for value in column if value is not None}, key=lambda value: (str(type(value)), value))
    if not columns:
        return None, "no claim has values of two reviewers"
    if len(values) < 2:
        return None, "all values are the same: chance alone would agree as well"
    if len(values) > MOST_CATEGORIES:
        return None, f"{len(values)} different values: more than can be compared"
    codes = {value: number for number, value in enumerate(values)}
    numbers: dict[Value, float] = {value: float(value) if isinstance(value, float | int) else float(codes[value]) for value in values}
    data = np.array([[math.nan if value is None else numbers[value] for value in row] for row in zip(*columns, strict=True)])
    return round(float(krippendorff.alpha(reliability_data=data, level_of_measurement=level)), 6), None


# ------------------------------------------------------------------------------------------------------------------ the fields


def _text(name: str) -> Field:
    def given(coding: Coding) -> str | None:
        found: str | None = getattr(coding, name)
        return found

    return Field(name, "nominal", lambda coding: given(coding) or "", given)


def _key(named: Named | CodedPlace) -> str:
    return named.id or fold(named.name)


def _names(name: str) -> Field:
    def given(coding: Coding) -> Sequence[Named | CodedPlace]:
        found: Sequence[Named | CodedPlace] = getattr(coding, name)
        return found

    return Field(
        name,
        "nominal",
        lambda coding: "; ".join(sorted({_key(each) for each in given(coding)})),
        lambda coding: "; ".join(each.name for each in given(coding)) or None,
    )


def _day(name: str) -> Field:
    def given(coding: Coding) -> str | None:
        found: str | None = getattr(coding, name)
        return found

    def number(coding: Coding) -> float | None:
        day = ordinal(given(coding))
        return None if day is None else float(day)

    return Field(name, "interval", number, given)


def _toll(measure: str) -> Field:
    def given(coding: Coding) -> float | None:
        figure = next((each for each in coding.figures if each.measure == measure), None)
        return None if figure is None else figure.low if figure.low is not None else figure.high

    def shown(coding: Coding) -> str | None:
        number = given(coding)
        return None if number is None else f"{number:g}"

    return Field(measure, "ratio", given, shown)


_VERDICT = "claim"  # whether there is such a claim at all
FIELDS = (
    Field(_VERDICT, "nominal", lambda _: "kept", lambda _: "kept"), _text("type"), _text("mode"), _text("acled"), _names("actors"), _names("recipients"), _names("places"), _day("date_start"), _day("date_end"),
    _toll("killed"), _toll("wounded"), _text("factuality"), _text("stage"), _text("responsibility"),
    Field("voice", "nominal", lambda coding: _key(coding.voice) if coding.voice else "", lambda coding: coding.voice.name if coding.voice else None),
    Field(
        "trigger", "nominal", lambda coding: f"{coding.trigger.start}-{coding.trigger.end}",
        lambda coding: f"{coding.trigger.start}–{coding.trigger.end}",
    ),
)  # fmt: skip


def _value(decision: Decision, field: Field) -> Value:
    if decision.coding is None:
        return "rejected" if field.name == _VERDICT else None
    return field.value(decision.coding)


def _shown(decision: Decision, field: Field) -> str | None:
    if decision.coding is None:
        return f"rejected: {decision.reason}" if field.name == _VERDICT else None
    return field.shown(decision.coding)


# ------------------------------------------------------------------------------------------------------------------- the steps

Given = Mapping[str, Decision]


def _by_claim(standings: Iterable[Standing], chosen: Callable[[Standing], Decision | None]) -> dict[ClaimRef, dict[str, Decision]]:
    found: dict[ClaimRef, dict[str, Decision]] = {}
    for each in standings:
        decision = chosen(each)
        if decision is not None:
            found.setdefault(each.claim, {})[each.reviewer] = decision
    return found


def _agreement_on(field: Field, names: Sequence[str], units: Mapping[ClaimRef, Given]) -> FieldAgreement:
    table = [[_value(said[name], field) if name in said else None for said in units.values()] for name in names]
    columns = [[value for value in column if value is not None] for column in zip(*table, strict=True)] if table else []
    pairs = [one == other for column in columns for one, other in combinations(column, 2)]
    paired = [column for column in columns if len(column) > 1]
    found, why = alpha(table, field.level) if table else (None, "nobody has decided anything")
    return FieldAgreement(
        field.name, field.level, len(paired), sum(map(len, paired)), round(sum(pairs) / len(pairs), 6) if pairs else None, found, why
    )


def _judged(field: Field, now: Mapping[ClaimRef, Given]) -> Judged:
    made = [decision for said in now.values() for decision in said.values() if decision.draft is not None]
    if field.name == _VERDICT:
        return Judged(field.name, len(made), sum(decision.coding is not None for decision in made))
    kept = [(decision.draft, decision.coding) for decision in made if decision.draft is not None and decision.coding is not None]
    return Judged(field.name, len(kept), sum(field.value(draft) == field.value(coding) for draft, coding in kept))


def _differ(said: Given, field: Field) -> bool:
    values = [_value(decision, field) for decision in said.values() if decision.coding is not None or field.name == _VERDICT]
    return len(set(values)) > 1


def _said(said: Given, field: Field) -> tuple[Said, ...]:
    return tuple(Said(name, _shown(decision, field), decision.id, decision.note) for name, decision in sorted(said.items()))


def _added(now: Mapping[ClaimRef, Given]) -> Iterator[Disagreement]:
    """The claims that one reviewer added to a document in which another decided something too, without adding it."""
    readers: dict[str, set[str]] = {}
    for claim, said in now.items():
        readers.setdefault(claim.document, set()).update(said)
    for claim, said in now.items():
        makers = {name for name, decision in said.items() if decision.verdict == "added"}
        others = readers[claim.document] - said.keys()
        if makers and others:
            silent = tuple(Said(name, None, "") for name in sorted(others))
            kind = next(field for field in FIELDS if field.name == "type")
            yield Disagreement(claim, "added", (*_said({name: said[name] for name in makers}, kind), *silent), settled=False)
