"""What does a person decide about one claim of one reading? The nouns of the review: what a coder codes, and each decision.

A decision holds both what the program had read (`draft`) and what the person says (`coding`), in full and in words, so that it can be understood
without the program that made the reading, and stays as it was when the document is read anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from recoupe.model import AcledType, EventType, Factuality, Measure, Responsibility, Span, Stage

Verdict = Literal["accepted", "corrected", "rejected", "noted", "added", "withdrawn"]
Rejection = Literal["no-event", "duplicate", "not-article", "misread", "out-of-scope", "other"]
MODES: Mapping[EventType, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": ("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"),
    "ASSAULT": (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives", "suicide-attack", "aerial", "drone",
        "heavy-weapons", "crowd-control", "unconventional",
    ),
}  # fmt: skip
Binding = Literal["stands", "changed", "retyped", "gone", "superseded"]


class Named(Struct, frozen=True):
    """An actor or a voice by name, with its id in the register and the words that name it, where these are known."""

    name: str
    id: str | None = None
    span: Span | None = None


class CodedPlace(Struct, frozen=True):
    """A place by name; coordinates are degrees, `precision_km` the radius that is meant."""

    name: str
    id: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision_km: float | None = None
    span: Span | None = None


class CodedFigure(Struct, frozen=True):
    """A counted quantity; "au moins 13" has low 13 and no high."""

    measure: Measure
    low: float | None
    high: float | None
    approximate: bool = False
    span: Span | None = None


class Coding(Struct, frozen=True):
    """Every field of a claim as a coder gives it; None, or an empty tuple, means that the text does not say.

    `date_start` and `date_end` are days (ISO 8601), both included; `time` are the words that give them; `voice` is None for the outlet's own.
    """

    type: EventType
    trigger: Span
    mode: str | None = None
    acled: AcledType | None = None
    actors: tuple[Named, ...] = ()
    recipients: tuple[Named, ...] = ()
    places: tuple[CodedPlace, ...] = ()
    date_start: str | None = None
    date_end: str | None = None
    time: Span | None = None
    figures: tuple[CodedFigure, ...] = ()
    factuality: Factuality = "CT+"
    stage: Stage = "accomplished"
    responsibility: Responsibility | None = None
    voice: Named | None = None


class Decision(Struct, frozen=True, tag_field="schema", tag="recoupe/decision/1"):
    """What one person decided on one claim; decisions are appended, and a later one that `withdraws` an earlier undoes it.

    `id` is made from the content. `claim` names the claim as it was read by `code_version`; `trigger` and `type` find it again in a later reading.
    `draft` is what the program had read, None for a claim that it had missed; `coding` is what stands for the reviewer, None where the decision
    gives none (rejected, noted, withdrawn). `decided_at` is UTC (ISO 8601).
    """

    id: str
    document: str
    claim: str
    trigger: Span
    type: EventType
    verdict: Verdict
    reviewer: str
    decided_at: str
    code_version: str
    draft: Coding | None = None
    coding: Coding | None = None
    reason: Rejection | None = None
    note: str = ""
    withdraws: str | None = None


def corrected_fields(decision: Decision) -> tuple[str, ...]:
    """The fields in which a reviewer's coding differs from the draft, in the order of `Coding`.

    >>> draft = Coding("ASSAULT", Span(0, 4), factuality="CT+")
    >>> made = Coding("ASSAULT", Span(0, 4), factuality="PR+")
    >>> corrected_fields(Decision("", "d", "ASSAULT:0-4", Span(0, 4), "ASSAULT", "corrected", "Anne", "", "", draft, made))
    ('factuality',)
    """
    draft, coding = decision.draft, decision.coding
    if draft is None or coding is None:
        return ()
    return tuple(name for name in Coding.__struct_fields__ if getattr(draft, name) != getattr(coding, name))
