"""What does a reviewer see of one claim? Its words in their context, the draft, why it is asked, and where the reviewer stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args
from urllib.parse import quote

from msgspec import Struct

from recoupe.casebook import Casebook, Standing, visible
from recoupe.casebook.coding import draft
from recoupe.casebook.form import written
from recoupe.casebook.reviewed import sentence_around
from recoupe.decision import MODES, Coding, Decision, Rejection, corrected_fields
from recoupe.errors import NotInCasebookError
from recoupe.model import (
    AcledType,
    Block,
    Claim,
    ClaimRef,
    Document,
    EventType,
    Factuality,
    Measure,
    Reading,
    Responsibility,
    Span,
    Stage,
)  # fmt: skip
from recoupe.web.layers import Mark, Shown, shown
from recoupe.web.summary import count, kind
from recoupe.web.wording import Wording

AROUND, MOST_AROUND = 900, 3_000  # code points of context on either side of the trigger: as a rule, and of a long sentence
LONGEST_HEAD = 80  # code points of the trigger that are said aloud
SHOWN = ("type", "mode", "acled", "actors", "recipients", "places", "days", "figures", "factuality", "stage", "responsibility", "voice")
FORM = (
    "type", "mode", "acled", "actors", "recipients", "places", "date_start", "date_end", "figures", "voice", "factuality", "stage", "responsibility",
    "trigger", "time",
)  # fmt: skip
MOST_NAMES = 60  # names of the article offered in a field


class Row(Struct, frozen=True):
    """A field of the draft in words; `empty` where the text does not say."""

    field: str
    label: str
    value: str
    empty: bool


class Choice(Struct, frozen=True):
    """A value that a field may have, and what it is called."""

    value: str
    label: str


class Input(Struct, frozen=True):
    """A field of the form: `choices` of a list, or `names` offered while typing; `hint` says how to write it."""

    name: str
    label: str
    value: str
    kind: str
    choices: tuple[Choice, ...] = ()
    names: tuple[str, ...] = ()
    hint: str = ""


class Because(Struct, frozen=True):
    """Why the claim is asked: in words, and its weight in hundredths."""

    text: str
    weight: int


class Opinion(Struct, frozen=True):
    """Where a reviewer stands: the verdict in words, the fields corrected with both values, and the notes."""

    reviewer: str
    verdict: str
    changes: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


class Card(Struct, frozen=True):
    """One claim as it is reviewed; `ref` is DOCUMENT/CLAIM, `added` where a reviewer added it, `gone` where the program reads it no more."""

    ref: str
    heading: str
    announce: str
    article: str
    title: str
    outlet: str
    published: str
    language: str
    document: str
    blocks: tuple[Shown, ...]
    rows: tuple[Row, ...]
    inputs: tuple[Input, ...]
    because: tuple[Because, ...]
    weight: int
    read_twice: bool
    event: str | None
    mine: Opinion | None
    others: tuple[Opinion, ...]
    hidden: bool
    added: bool
    gone: bool


def card(casebook: Casebook, ref: ClaimRef, reviewer: str, say: Wording, typed: Mapping[str, str] | None = None) -> Card:
    """The card of a claim for a reviewer; `typed` is what a form held that could not be kept. Raises NotInCasebookError where there is none."""
    document, reading = casebook.record(ref.document)
    claim = next((each for each in reading.claims if each.id == ref.claim), None)
    standings = casebook.standing(ref)
    own = next((each for each in standings if each.reviewer == reviewer), None)
    base = _base(document, reading, claim, own)
    if base is None:
        raise NotInCasebookError(f"{casebook.path}: document {ref.document} has no claim {ref.claim!r} now: it was read anew since")
    current = own.decision.coding if own and own.decision and own.decision.coding else base
    waiting = casebook.queued(ref)
    event = casebook.events_of([ref]).get(ref)
    heading = kind(base, say)
    trigger = _words(document.text, base.trigger)
    seen = visible(standings, reviewer)
    return Card(
        ref=f"{ref.document}/{ref.claim}", heading=heading, announce=f"{heading} : {trigger}",
        article=f"/articles/{quote(ref.document)}" + (f"?claim={quote(ref.claim)}#claim-{quote(ref.claim)}" if claim else ""),
        title=document.info.title or document.info.key, outlet=document.info.outlet or "", published=say.day(document.info.published.value),
        language=document.info.language, document=ref.document, blocks=context(document, reading, base, claim),
        rows=tuple(rows(base, say)), inputs=tuple(inputs(current, reading, document.text, say, typed or {})),
        because=tuple(Because(said(each.feature, each.what, say), each.weight) for each in casebook.reasons(ref)),
        weight=waiting.weight if waiting else 0, read_twice=waiting.read_twice if waiting else False, event=event,
        mine=opinion(own, say) if own and (own.decision or own.notes) else None,
        others=tuple(opinion(each, say) for each in seen if each.reviewer != reviewer and each.decision),
        hidden=len(seen) < len(standings) and own is not None and own.decision is not None,
        added=claim is None and own is not None and own.decision is not None and own.decision.verdict == "added", gone=claim is None,
    )  # fmt: skip


def _base(document: Document, reading: Reading, claim: Claim | None, own: Standing | None) -> Coding | None:
    """What the reviewer starts from: the draft as it is read now, or what was decided on a claim that is read no more."""
    if claim is not None:
        return draft(claim, reading, document.text)
    return (own.decision.coding or own.decision.draft) if own and own.decision else None


def blank(document: Document, reading: Reading, span: Span, say: Wording, typed: Mapping[str, str] | None = None) -> Card:
    """The card of a claim that the program missed, its trigger selected in the text."""
    start = Coding("ASSAULT", span)
    trigger = _words(document.text, span)
    fields = {"type": "", **(typed or {})}
    return Card(
        ref="", heading=say("review.missed"), announce=f"{say('review.missed')} : {trigger}", article=f"/articles/{quote(document.info.id)}",
        title=document.info.title or document.info.key, outlet=document.info.outlet or "", published=say.day(document.info.published.value),
        language=document.info.language, document=document.info.id, blocks=context(document, reading, start, None), rows=(),
        inputs=tuple(inputs(start, reading, document.text, say, fields)), because=(), weight=0, read_twice=False, event=None, mine=None, others=(),
        hidden=False, added=True, gone=False,
    )  # fmt: skip


def _words(text: str, span: Span) -> str:
    return " ".join(text[span.start : min(span.end, span.start + LONGEST_HEAD)].split())


def context(document: Document, reading: Reading, coding: Coding, claim: Claim | None) -> tuple[Shown, ...]:
    """The blocks around a claim, cut, with its evidence lit and what it is made of marked."""
    sentence = claim.sentence if claim else sentence_around(document.text, coding.trigger)
    near = Span(coding.trigger.start, min(coding.trigger.end, coding.trigger.start + AROUND))
    first = max(min(sentence.start, near.start - AROUND), near.start - MOST_AROUND)
    last = min(max(sentence.end, near.end + AROUND), near.end + MOST_AROUND)
    shown_blocks = [block for block in document.blocks if block.start < last and block.end > first]
    blocks = [Block(block.kind, max(block.start, first), min(block.end, last)) for block in shown_blocks]
    lit = [sentence, *(claim.evidence if claim else ())]
    return shown(document.text, blocks, tuple(_marks(reading, coding, claim)), lit)


def _marks(reading: Reading, coding: Coding, claim: Claim | None) -> Iterator[Mark]:
    yield Mark(coding.trigger, "claim", "trigger")
    for layer, named in (("actor", (*coding.actors, *coding.recipients)), ("place", coding.places), ("figure", coding.figures)):
        yield from (Mark(each.span, layer) for each in named if each.span is not None)
    if coding.time is not None:
        yield Mark(coding.time, "time")
    chain = set(claim.chain) if claim else set()
    for attribution in reading.attributions:
        if attribution.id in chain:
            yield from (Mark(span, "source") for span in attribution.source)
            yield from (Mark(span, "cue") for span in attribution.cue)


def rows(coding: Coding, say: Wording) -> Iterator[Row]:
    """The fields of a coding in words."""
    for field in SHOWN:
        value = shown_value(coding, field, say)
        yield Row(field, say(f"field.{field}"), value or say("review.not_said"), not value)


def shown_value(coding: Coding, field: str, say: Wording) -> str:
    """One field in words, "" where the text does not say."""
    if field in {"actors", "recipients", "places"}:
        return "; ".join(each.name for each in getattr(coding, field))
    if field == "days":
        return say.days(coding.date_start, coding.date_end)
    if field == "figures":
        return "; ".join(
            f"{count(each.low, each.high, approximate=each.approximate, say=say)} {say('measure.' + each.measure)}" for each in coding.figures
        )
    if field == "voice":
        return coding.voice.name if coding.voice else say("event.own_voice")
    if field in {"trigger", "time"}:
        span: Span | None = getattr(coding, field)
        return f"{span.start}–{span.end}" if span else ""
    value: str | None = getattr(coding, field)
    return say(f"{field}.{value}") if value and say.has(f"{field}.{value}") else value or ""


def inputs(coding: Coding, reading: Reading, text: str, say: Wording, typed: Mapping[str, str]) -> Iterator[Input]:
    """The fields of the form: filled with the coding, or with what was typed."""
    values = {**written(coding, reading, text), **typed}
    names = _names(reading)
    for field in FORM:
        yield Input(
            name=field,
            label=say(f"field.{field}"),
            value=values[field],
            kind="list" if field in _LISTS else "day" if field.startswith("date_") else "text",
            choices=tuple(_choices(field, values[field], say)),
            names=names.get(field, ()),
            hint=say(f"hint.{field}") if say.has(f"hint.{field}") else "",
        )


_LISTS: Mapping[str, tuple[str, ...]] = {
    "type": get_args(EventType), "mode": tuple(dict.fromkeys(mode for modes in MODES.values() for mode in modes)), "acled": get_args(AcledType),
    "factuality": get_args(Factuality), "stage": get_args(Stage), "responsibility": get_args(Responsibility),
}  # fmt: skip
_MAY_BE_EMPTY = frozenset({"mode", "acled", "responsibility"})


def _choices(field: str, value: str, say: Wording) -> Iterator[Choice]:
    if field in _LISTS and (field in _MAY_BE_EMPTY or not value):
        yield Choice("", say("review.not_said") if field in _MAY_BE_EMPTY else "—")
    for each in _LISTS.get(field, ()):
        words = say(f"{field}.{each}") if say.has(f"{field}.{each}") else ""
        yield Choice(each, f"{each} — {words}" if words and words != each else each)


def _names(reading: Reading) -> dict[str, tuple[str, ...]]:
    """The names of the article, those it mentions first before the others."""
    found: dict[str, dict[str, None]] = {"actor": {}, "place": {}}
    for mention in reading.mentions:
        kind = mention.id.partition(":")[0]
        if kind in found:
            found[kind][str(getattr(mention, "name", mention.text))] = None
    voices = tuple(dict.fromkeys(each.source_name for each in reading.attributions if each.source_name))
    actors, places = tuple(found["actor"])[:MOST_NAMES], tuple(found["place"])[:MOST_NAMES]
    return {"actors": actors, "recipients": actors, "places": places, "voice": voices[:MOST_NAMES], "figures": get_args(Measure)}


def opinion(standing: Standing, say: Wording) -> Opinion:
    """Where a reviewer stands, in words."""
    decision = standing.decision
    verdict = verdict_of(decision, say) if decision else ""
    notes = [each.note for each in standing.notes] + ([decision.note] if decision and decision.note else [])
    return Opinion(standing.reviewer, verdict, tuple(_changes(decision, say)) if decision else (), tuple(notes))


def verdict_of(decision: Decision, say: Wording) -> str:
    """What was decided, in words."""
    words = say(f"verdict.{decision.verdict}")
    return f"{words} : {say(f'rejection.{decision.reason}')}" if decision.reason else words


def _changes(decision: Decision, say: Wording) -> Iterator[tuple[str, str, str]]:
    if decision.draft is None or decision.coding is None:
        return
    nothing = say("review.not_said")
    fields = ["days" if field.startswith("date_") else field for field in corrected_fields(decision)]
    for field in dict.fromkeys(fields):
        before, after = (shown_value(coding, field, say) or nothing for coding in (decision.draft, decision.coding))
        yield say(f"field.{field}"), before, after


def said(feature: str, what: str, say: Wording) -> str:
    """A reason of the queue in the words of the interface."""
    if feature == "disputed":
        what = ", ".join(say(f"attribute.{each}") for each in what.split(", "))
    return say(f"doubt.{feature}", what=what)


def rejections(say: Wording) -> tuple[Choice, ...]:
    """The reasons of a rejection, in the order of their keys 1 to 6."""
    return tuple(Choice(each, say(f"rejection.{each}")) for each in get_args(Rejection))


def names_of(decisions: Iterable[Decision], say: Wording) -> tuple[tuple[str, str, str], ...]:
    """Decisions as (words, address, time) for the list of the last ones."""
    return tuple(
        (f"{verdict_of(each, say)} · {kind(each.coding or each.draft or Coding(each.type, each.trigger), say)}",
         f"/review?claim={quote(f'{each.document}/{each.claim}', safe='/:')}", each.decided_at)
        for each in decisions
    )  # fmt: skip
