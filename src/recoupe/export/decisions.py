"""What did people decide? The log of all decisions, and a table of what they say happened, in the shape that users of ACLED and PLOVER know.

The log loses nothing: `decisions.jsonl` can be taken over into another copy of the casebook. The table has one row a claim that a person accepted,
corrected or added, with the corrections applied; rejected claims are not in it. Where reviewers differ, the row is the last decision's and
`differing` names the fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from recoupe.decision import Binding, CodedFigure, Coding, Decision, corrected_fields
from recoupe.export.event_rows import acled_event_type, country_name, geo_precision, time_precision
from recoupe.export.files import new_files
from recoupe.export.reading_rows import between
from recoupe.export.sheet import Cell, Sheet, joined
from recoupe.model import DocumentInfo, Span

DECISION = (
    "decision_id", "document_id", "claim_id", "verdict", "reason", "corrected", "reviewer", "decided_at", "note", "withdraws", "code_version",
    "trigger_start", "trigger_end", "plover_type", "draft", "coding",
)  # fmt: skip
REVIEWED = (
    "event_id", "document_id", "claim_id", "event_date", "event_date_end", "year", "time_precision", "event_type", "sub_event_type", "plover_type",
    "plover_mode", "actor1", "actor2", "actors", "recipients", "country", "iso2", "location", "latitude", "longitude", "geo_precision",
    "precision_km", "source", "source_date", "voice", "factuality", "stage", "responsibility", "fatalities_low", "fatalities_high", "wounded_low",
    "wounded_high", "figures", "trigger", "notes", "verdict", "corrected", "reviewer", "decided_at", "reviewers", "differing", "reviewer_note",
    "claim_now",
)  # fmt: skip

Row = tuple[Cell, ...]


class Reviewed(Struct, frozen=True):
    """A claim that a person lets stand: the last decision on it, what is known of its article, its words, and who else decided on it."""

    decision: Decision
    info: DocumentInfo
    words: str
    sentence: str
    event: str | None
    reviewers: tuple[str, ...]
    differing: tuple[str, ...]
    binding: Binding


def write_decisions(
    decisions: Iterable[Decision], reviewed: Iterable[Reviewed] | None, folder: Path, *, replace: bool = False, tables: bool, bom: bool = False
) -> tuple[Path, ...]:
    """Write `decisions.jsonl`, with `tables` also `decisions.csv`, and `reviewed.csv` where `reviewed` claims are given; the files written.

    Raises ExportError when a file is there already (unless `replace`) or can't be written.
    """
    names = ["decisions.jsonl", *(["decisions.csv"] if tables else []), *(["reviewed.csv"] if reviewed is not None else [])]
    with new_files(folder, names, replace=replace) as files:
        by_name = dict(zip(names, files, strict=True))
        sheets = {name: Sheet(by_name[name], DECISION if name == "decisions.csv" else REVIEWED, bom=bom) for name in names[1:]}
        for decision in decisions:
            by_name["decisions.jsonl"].write(msgspec.json.encode(decision) + b"\n")
            if "decisions.csv" in sheets:
                sheets["decisions.csv"].add(*decision_row(decision))
        for each in reviewed or ():
            sheets["reviewed.csv"].add(*reviewed_row(each))
        for sheet in sheets.values():
            sheet.finish()
    return tuple(folder / name for name in names)


def decision_row(decision: Decision) -> Row:
    """One decision; the codings as JSON."""
    return (
        decision.id, decision.document, decision.claim, decision.verdict, decision.reason, joined(corrected_fields(decision)), decision.reviewer,
        decision.decided_at, decision.note or None, decision.withdraws, decision.code_version, decision.trigger.start, decision.trigger.end,
        decision.type, _json(decision.draft), _json(decision.coding),
    )  # fmt: skip


def reviewed_row(each: Reviewed) -> Row:
    """One claim as a person has it, in the columns of `events.csv` where they mean the same."""
    decision, info, coding = each.decision, each.info, each.decision.coding
    if coding is None:
        raise ValueError(f"decision {decision.id} gives no coding: it is no row")
    place = coding.places[0] if coding.places else None
    dead, hurt = _range(coding, "killed"), _range(coding, "wounded")
    return (
        each.event, decision.document, decision.claim, coding.date_start, coding.date_end, int(coding.date_start[:4]) if coding.date_start else None,
        time_precision(coding.date_start, coding.date_end), acled_event_type(coding.acled), coding.acled, coding.type, coding.mode,
        _first(coding, 0), _first(coding, 1), joined(actor.name for actor in coding.actors), joined(actor.name for actor in coding.recipients),
        country_name(place.country) if place and place.country else None, place.country if place else None, place.name if place else None,
        place.latitude if place else None, place.longitude if place else None, geo_precision(place.precision_km) if place else None,
        place.precision_km if place else None, info.outlet or info.key, info.published.value, coding.voice.name if coding.voice else info.outlet,
        coding.factuality, coding.stage, coding.responsibility, *dead, *hurt, joined(_counted(figure) for figure in coding.figures), each.words,
        each.sentence, decision.verdict, joined(corrected_fields(decision)), decision.reviewer, decision.decided_at, joined(each.reviewers),
        joined(each.differing), decision.note or None, each.binding,
    )  # fmt: skip


def words_at(text: str, span: Span) -> str:
    """The words of a stretch on one line."""
    return " ".join(text[span.start : span.end].split())


def _first(coding: Coding, number: int) -> str | None:
    """ACLED's actor1 and actor2: who did it and to whom; two sides of a fight where nobody attacked first."""
    sides = [*(actor.name for actor in coding.actors[:1]), *(actor.name for actor in (coding.recipients or coding.actors[1:])[:1])]
    if not coding.actors:
        sides.insert(0, "")
    return sides[number] or None if number < len(sides) else None


def _range(coding: Coding, measure: str) -> tuple[float | None, float | None]:
    found = [figure for figure in coding.figures if figure.measure == measure]
    return (found[0].low, found[0].high) if found else (None, None)


def _counted(figure: CodedFigure) -> str:
    return f"{figure.measure} {'~' if figure.approximate else ''}{between(figure.low, figure.high)}"


def _json(coding: Coding | None) -> str | None:
    return None if coding is None else msgspec.json.encode(coding).decode()
