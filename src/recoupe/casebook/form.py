"""How do the fields that a coder types become a coding, and how is a coding written into such fields?

The same few characters serve the form of the workbench and `recoupe review correct --set FIELD=VALUE`:

    actors, recipients, places, voice   names apart by ";", each with "@START-END" where its words were selected in the text
    figures                             "killed 22-28; wounded >=13; displaced ~4000"
    date_start, date_end                2018-11-11
    trigger, time                       START-END, offsets in the text, or the words themselves
    type, mode, acled, factuality, stage, responsibility    as the codebook writes them

An empty field means that the text does not say. A name that the article mentions gets the id, the coordinates and the words of that mention, an actor
that the register knows by one entry its id, a place that the gazetteer leaves no doubt of its coordinates; words that stand in the text more than
once mean those nearest to the trigger.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import get_args

import msgspec
from msgspec import Struct

from recoupe.casebook.coding import coded_actor, coded_place, coded_voice
from recoupe.casebook.typed_places import gazetteer_at_hand, typed_place
from recoupe.casebook.words import fold
from recoupe.decision import CodedFigure, CodedPlace, Coding, Named
from recoupe.errors import ReviewError
from recoupe.knowledge.actors import open_register
from recoupe.model import ActorMention, Measure, PlaceMention, Reading, Span

NAMED = ("actors", "recipients", "places", "voice")
PLAIN = ("type", "mode", "acled", "date_start", "date_end", "factuality", "stage", "responsibility")
FIELDS = (*PLAIN, *NAMED, "figures", "trigger", "time")
LONGEST_WORDS = 60  # characters of a stretch that is written by its words
_SPAN = re.compile(r"(\d{1,9})\s*[-–:]\s*(\d{1,9})")
_AT = re.compile(r"\s*@\s*(\d{1,9})\s*[-–:]\s*(\d{1,9})\s*$")
_FIGURE = re.compile(
    r"(?P<measure>[a-z]+)\s*(?P<about>~?)\s*(?:(?P<least>≥|>=)\s*(?P<low>[\d.]+)|(?P<most>≤|<=)\s*(?P<high>[\d.]+)"
    r"|(?P<none>\?)|(?P<from>[\d.]+)(?:\s*(?:-|–|\.\.)\s*(?P<to>[\d.]+))?)"
)


def written(coding: Coding, reading: Reading, text: str) -> dict[str, str]:
    """The fields of a coding as a coder would type them.

    >>> from recoupe.decision import Coding, CodedFigure
    >>> _figure(CodedFigure("killed", 13, None))
    'killed ≥13'
    """
    pools = _pools(reading, text)
    known = {each.span for each in (*pools.actors, *pools.voices)} | {each.span for each in pools.places}

    def names(given: tuple[Named | CodedPlace, ...]) -> str:
        return "; ".join(each.name if each.span is None or each.span in known else f"{each.name} @{_span(each.span)}" for each in given)

    plain = {name: getattr(coding, name) or "" for name in PLAIN}
    return plain | {
        "actors": names(coding.actors),
        "recipients": names(coding.recipients),
        "places": names(coding.places),
        "voice": names((coding.voice,) if coding.voice else ()),
        "figures": "; ".join(_figure(each) for each in coding.figures),
        "trigger": _words(coding.trigger, text, coding.trigger),
        "time": _words(coding.time, text, coding.trigger) if coding.time else "",
    }


def filled(base: Coding, fields: Mapping[str, str], reading: Reading, text: str) -> Coding:
    """The coding that a form gives: `base` with the fields that are there; raises ReviewError where one can't be read."""
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise ReviewError(f"{unknown[0]!r} is no field: they are {', '.join(FIELDS)}")
    before = written(base, reading, text)
    changed = {name: value.strip() for name, value in fields.items() if value.strip() != before[name]}
    made: dict[str, object] = {name: changed[name] or None for name in PLAIN if name in changed}
    pools = _pools(reading, text)
    trigger = _read_span(changed["trigger"], text, base.trigger) if "trigger" in changed else base.trigger
    for name in ("actors", "recipients"):
        if name in changed:
            made[name] = tuple(_found(each, (*getattr(base, name), *pools.actors), text, trigger) for each in _parts(changed[name]))
    if "places" in changed:
        pool = (*base.places, *pools.places)
        countries = {each.country for each in pool if each.country is not None}
        made["places"] = tuple(_found_place(each, pool, countries, text, trigger) for each in _parts(changed["places"]))
    if "voice" in changed:
        own = (base.voice,) if base.voice else ()
        voices = tuple(_found(each, (*own, *pools.voices, *pools.actors), text, trigger) for each in _parts(changed["voice"]))
        if len(voices) > 1:
            raise ReviewError("one voice carries a claim: the last of its chain; leave one name")
        made["voice"] = voices[0] if voices else None
    if "figures" in changed:
        made["figures"] = tuple(_read_figure(each, base) for each in _parts(changed["figures"]))
    if "time" in changed:
        made["time"] = _read_span(changed["time"], text, trigger) if changed["time"] else None
    if made.get("type", "") is None:
        raise ReviewError("a claim has a type: choose one, or reject the claim")
    try:
        return msgspec.convert(msgspec.to_builtins(msgspec.structs.replace(base, trigger=trigger, **made)), Coding)
    except msgspec.ValidationError as error:
        raise ReviewError(f"not as the codebook has it: {error}") from error


class _Pools(Struct, frozen=True):
    """What the article mentions, by the kind of field that it can fill."""

    actors: tuple[Named, ...]
    places: tuple[CodedPlace, ...]
    voices: tuple[Named, ...]


def _pools(reading: Reading, text: str) -> _Pools:
    actors = tuple(coded_actor(each) for each in reading.mentions if isinstance(each, ActorMention))
    places = tuple(coded_place(each) for each in reading.mentions if isinstance(each, PlaceMention))
    voices = tuple(found for each in reading.attributions if (found := coded_voice(each, text)) is not None)
    return _Pools(actors, places, voices)


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _found(written_as: str, pool: tuple[Named, ...], text: str, near: Span) -> Named:
    """The mention that a typed name means, nearest to the trigger, or the name alone, with its words where they stand in the text."""
    name, span = _at(written_as)
    if span is not None:
        known = next((each for each in pool if fold(each.name) == fold(name)), None)
        return Named(name, known.id if known else None, span)
    alike = [each for each in pool if fold(each.name) == fold(name) or each.id == name]
    if alike:
        return min(alike, key=lambda each: _apart(each.span, near))
    entries = open_register().find(name)
    return Named(name, entries[0].id if len(entries) == 1 else None, nearest(name, text, near))


def _found_place(written_as: str, pool: tuple[CodedPlace, ...], countries: Collection[str], text: str, near: Span) -> CodedPlace:
    name, span = _at(written_as)
    alike = [each for each in pool if fold(each.name) == fold(name) or each.id == name]
    if not alike:
        known = typed_place(name, countries, gazetteer_at_hand()) or CodedPlace(name)
        return msgspec.structs.replace(known, span=span or nearest(name, text, near))
    known = min(alike, key=lambda each: _apart(each.span, near))
    return known if span is None else msgspec.structs.replace(known, span=span)


def _apart(span: Span | None, near: Span) -> int:
    return 10**9 if span is None else abs(span.start - near.start)


def _at(written_as: str) -> tuple[str, Span | None]:
    found = _AT.search(written_as)
    return (written_as, None) if found is None else (written_as[: found.start()], Span(int(found[1]), int(found[2])))


def _words(span: Span, text: str, near: Span) -> str:
    """The words of a stretch where they name it, or else its offsets."""
    words = text[span.start : span.end]
    plain = words == " ".join(words.split()) and len(words) <= LONGEST_WORDS and _SPAN.fullmatch(words) is None
    return words if plain and nearest(words, text, near) == span else _span(span)


def _span(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _read_span(value: str, text: str, near: Span) -> Span:
    found = _SPAN.fullmatch(value)
    if found is not None:
        return Span(int(found[1]), int(found[2]))
    span = nearest(value, text, near)
    if span is None:
        raise ReviewError(f"{value[:40]!r} does not stand in the text: select the words there, or write START-END")
    return span


def nearest(words: str, text: str, near: Span) -> Span | None:
    """Where some words stand in the text, nearest to a place; None where they don't.

    >>> nearest("tir", "un tir, puis un tir", Span(14, 19))
    Span(start=16, end=19)
    """
    if not words:
        return None
    before, after = text.rfind(words, 0, near.end), text.find(words, near.start)
    starts = [start for start in (before, after) if start >= 0]
    start = min(starts, key=lambda each: abs(each - near.start), default=None)
    return None if start is None else Span(start, start + len(words))


def _figure(figure: CodedFigure) -> str:
    at = f" @{_span(figure.span)}" if figure.span else ""
    return f"{figure.measure} {'~' if figure.approximate else ''}{_range(figure.low, figure.high)}{at}"


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return "?" if high is None else f"≤{high:.12g}"
    return f"≥{low:.12g}" if high is None else f"{low:.12g}" if low == high else f"{low:.12g}–{high:.12g}"


def _read_figure(value: str, base: Coding) -> CodedFigure:
    plain, span = _at(value)
    found = _FIGURE.fullmatch(plain.strip())
    if found is None or found["measure"] not in get_args(Measure):
        raise ReviewError(
            f"{value[:40]!r} is no figure: write a measure and a number, such as killed 13, killed 22-28, wounded >=13 or civilians ~40"
        )
    measure: Measure = found["measure"]  # type: ignore[assignment]
    try:
        low, high = _bounds(found)
    except ValueError as error:
        raise ReviewError(f"{value[:40]!r}: the number can't be read: write 4000, not 4.000") from error
    made = CodedFigure(measure, low, high, bool(found["about"]), span)
    alike = (each for each in base.figures if msgspec.structs.replace(each, span=None) == made)
    return made if span is not None else next(alike, made)


def _bounds(found: re.Match[str]) -> tuple[float | None, float | None]:
    if found["least"]:
        return float(found["low"]), None
    if found["most"]:
        return None, float(found["high"])
    if found["none"]:
        return None, None
    low = float(found["from"])
    return low, float(found["to"]) if found["to"] else low
