"""How does a claim of a reading look to a coder, and can what a coder gives be kept?"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import date

import msgspec

from recoupe.decision import MODES, CodedFigure, CodedPlace, Coding, Named
from recoupe.errors import ReviewError
from recoupe.model import ActorMention, Attribution, Claim, FigureMention, Mention, PlaceMention, Reading, Span, TimeMention

LONGEST_NAME, LONGEST_NOTE, LONGEST_REVIEWER = 200, 4_000, 60  # characters
MOST_VALUES = 20  # actors, recipients, places or figures of one claim
MEASURE_MOST = 1e12


def draft(claim: Claim, reading: Reading, text: str) -> Coding:
    """A claim as the program read it, every mention by its name and words; `text` is the document's."""
    mentions: Mapping[str, Mention] = {mention.id: mention for mention in reading.mentions}
    times = [found for name in claim.times if isinstance(found := mentions.get(name), TimeMention)]
    return Coding(
        type=claim.type,
        trigger=claim.trigger,
        mode=claim.mode,
        acled=claim.acled,
        actors=tuple(coded_actor(found) for name in claim.actors if isinstance(found := mentions.get(name), ActorMention)),
        recipients=tuple(coded_actor(found) for name in claim.recipients if isinstance(found := mentions.get(name), ActorMention)),
        places=tuple(coded_place(found) for name in claim.places if isinstance(found := mentions.get(name), PlaceMention)),
        date_start=claim.date_start,
        date_end=claim.date_end,
        time=Span(times[0].start, times[0].end) if times else None,
        figures=tuple(coded_figure(found) for name in claim.figures if isinstance(found := mentions.get(name), FigureMention)),
        factuality=claim.factuality,
        stage=claim.stage,
        responsibility=claim.responsibility,
        voice=next((coded_voice(found, text) for found in reading.attributions if found.id == claim.voice), None),
    )


def coded_actor(mention: ActorMention) -> Named:
    """An actor mention as a coder sees it."""
    return Named(_tidy(mention.name), mention.actor, Span(mention.start, mention.end))


def coded_place(mention: PlaceMention) -> CodedPlace:
    """A place mention as a coder sees it."""
    where = (mention.country, mention.latitude, mention.longitude, mention.precision_km)
    return CodedPlace(_tidy(mention.name), mention.place, *where, Span(mention.start, mention.end))


def coded_figure(mention: FigureMention) -> CodedFigure:
    """A figure as a coder sees it."""
    return CodedFigure(mention.measure, mention.low, mention.high, mention.approximate, Span(mention.start, mention.end))


def coded_voice(voice: Attribution, text: str) -> Named | None:
    """Who says it: by name, or in the words of the source; None for the outlet's own voice."""
    span = voice.source[0] if voice.source else None
    name = voice.source_name or (text[span.start : span.end] if span else "")
    return Named(_tidy(name), voice.source_actor, span) if name.strip() else None


def checked_coding(coding: Coding, text: str, read: Coding | None = None) -> Coding:
    """The coding, its names tidied; raises ReviewError, which says what to write instead, when it can't be kept.

    What is as it was `read` is not the coder's to mend, and not checked.
    """
    _check_values(coding, read)
    if read is None or (coding.date_start, coding.date_end) != (read.date_start, read.date_end):
        _check_days(coding)
    for figure in coding.figures:
        if read is None or figure not in read.figures:
            _check_figure(figure)
    for place in coding.places:
        if not (abs(place.latitude or 0.0) <= 90.0 and abs(place.longitude or 0.0) <= 180.0):
            raise ReviewError(
                f"place {place.name!r}: {place.latitude}, {place.longitude} is nowhere: latitudes are −90 to 90, longitudes −180 to 180"
            )
    named = (*coding.actors, *coding.recipients, *coding.places, *coding.figures, *((coding.voice,) if coding.voice else ()))
    for span in (coding.trigger, coding.time, *(each.span for each in named)):
        if span is not None and not 0 <= span.start < span.end <= len(text):
            raise ReviewError(f"words {span.start}–{span.end}: the text has {len(text)} characters: select the words in the text")
    return msgspec.structs.replace(
        coding,
        actors=tuple(_tidied(each) for each in coding.actors),
        recipients=tuple(_tidied(each) for each in coding.recipients),
        places=tuple(msgspec.structs.replace(each, name=_name(each.name)) for each in coding.places),
        voice=_tidied(coding.voice) if coding.voice else None,
    )


def checked_reviewer(name: str) -> str:
    """A reviewer's name without blanks around it; raises ReviewError where it is none.

    >>> checked_reviewer("  Anne  B. ")
    'Anne B.'
    """
    found = " ".join(unicodedata.normalize("NFC", name).split())
    if not found:
        raise ReviewError("no name: say who decides, so that decisions can be told apart")
    if len(found) > LONGEST_REVIEWER or not found.isprintable():
        raise ReviewError(f"the name of a reviewer has at most {LONGEST_REVIEWER} characters, all of them printable: {found[:20]!r} … has not")
    return found


def checked_note(note: str) -> str:
    """A note as it is kept; raises ReviewError when it is too long."""
    found = "".join(mark for mark in note if mark in "\n\t" or unicodedata.category(mark) not in {"Cc", "Cs"}).strip()
    if len(found) > LONGEST_NOTE:
        raise ReviewError(f"the note has {len(found):,} characters, {LONGEST_NOTE:,} can be kept: shorten it, or keep it in a file of your own")
    return found


def _check_values(coding: Coding, read: Coding | None) -> None:
    try:
        msgspec.convert(msgspec.to_builtins(coding), Coding)
    except msgspec.ValidationError as error:
        raise ReviewError(f"not as the codebook has it: {error}") from error
    for what, values in (("actors", coding.actors), ("recipients", coding.recipients), ("places", coding.places), ("figures", coding.figures)):
        if len(values) > max(MOST_VALUES, len(getattr(read, what, ()))):
            raise ReviewError(f"{len(values)} {what} of one claim: {MOST_VALUES} can be kept")
    if (
        coding.mode is not None
        and (read is None or coding.mode != read.mode)
        and coding.mode not in {mode for modes in MODES.values() for mode in modes}
    ):
        known = ", ".join(MODES.get(coding.type, ())) or "none"
        raise ReviewError(f"{coding.mode[:40]!r} is no mode: those of {coding.type} are {known}")


def _check_days(coding: Coding) -> None:
    for day in (coding.date_start, coding.date_end):
        try:
            if day is not None and date.fromisoformat(day).isoformat() != day:
                raise ReviewError(f"{day!r} is no day: write it as 2018-11-11")
        except ValueError as error:
            raise ReviewError(f"{day[:40]!r} is no day: write it as 2018-11-11" if day else "no day") from error
    if coding.date_start and coding.date_end and coding.date_end < coding.date_start:
        raise ReviewError(f"the days end ({coding.date_end}) before they begin ({coding.date_start}): exchange them")


def _check_figure(figure: CodedFigure) -> None:
    for number in (figure.low, figure.high):
        if number is not None and not (math.isfinite(number) and 0 <= number <= MEASURE_MOST):
            raise ReviewError(f"{figure.measure}: {number} is no count: write 0 or more")
    if figure.low is not None and figure.high is not None and figure.low > figure.high:
        raise ReviewError(f"{figure.measure}: the least ({figure.low:g}) is more than the most ({figure.high:g}): exchange them")
    if figure.low is None and figure.high is None:
        raise ReviewError(f"{figure.measure}: no number: give the least, the most, or both")


def _tidy(name: str) -> str:
    """A name of the reading as a coder could have typed it."""
    return " ".join(unicodedata.normalize("NFC", name).split())[:LONGEST_NAME].strip() or "?"


def _tidied(named: Named) -> Named:
    return msgspec.structs.replace(named, name=_name(named.name))


def _name(name: str) -> str:
    found = " ".join(unicodedata.normalize("NFC", name).split())
    if not found or len(found) > LONGEST_NAME:
        raise ReviewError(f"a name has 1 to {LONGEST_NAME} characters, {found[:20]!r} has {len(found)}")
    return found
