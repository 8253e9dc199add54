"""When was an article published, and how is that known?

In this order: what the input or the page declares, a date in the address, a line or a dateline that states the date, a date called "today",
and last weekday arithmetic: "dimanche 11 novembre" without a year is a Sunday in few years, and of those the text itself rules out all that
are older than the newest past date it tells or the newest name it uses. Nothing comes out of chrome or links, a past date is never taken for
the day of publication, and neither is the day on which the program runs. What stays open is None, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from recoupe.ingest.blocks import find_marks
from recoupe.ingest.dates import CalendarDate, Told, date_in_address, find_dates, moved, read_declared
from recoupe.ingest.lines import plain, split_lines
from recoupe.ingest.outlet import original_address
from recoupe.ingest.years import Dating, candidate_dates
from recoupe.language.published import SignKind, sign_pattern
from recoupe.model import Block, Language, Published

_READ = frozenset({"title", "body", "caption", "dateline", "byline"})
_CALLED: tuple[tuple[SignKind, int], ...] = (("today", 0), ("yesterday", 1))  # with the days from the date to the day of writing
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|[\r\n]+")


class Stated(Struct, frozen=True):
    """A date of publication as it is declared, and where."""

    written: str
    where: str


def find_published(text: str, blocks: tuple[Block, ...], language: Language, stated: tuple[Stated, ...] = (), url: str | None = None) -> Published:
    """The day of publication, or the month or year where only that is known, with the evidence.

    >>> text = "La ville est prise\\n\\nDaech a attaqué le pont dimanche 11 novembre, dit l'armée."
    >>> found = find_published(text, (Block("body", 0, len(text)),), "fr")
    >>> found.value, found.date_start
    ('2018-11', '2018-11-11')
    """
    notes = []
    for declaration in stated:
        readings = read_declared(declaration.written, language)
        if len(readings) == 1:
            return _known(readings[0], f"{declaration.where}: {declaration.written!r}")
        if readings:
            return _either(readings, f"{declaration.where}: {declaration.written!r}, where day and month can't be told apart")
        notes.append(f"{declaration.where}: {declaration.written[:60]!r} can't be read as a date")
    if url and (found := date_in_address(original_address(url))):
        return _known(found, f"the address: {url}")
    told = tuple(_told(text, blocks, language))
    found_in_text = _stated_line(text, blocks, language) or _called_today(text, told, language)
    published = found_in_text or _by_arithmetic(text, blocks, told, language)
    return Published(published.value, published.date_start, published.date_end, "; ".join([*notes, published.evidence]), published.candidates)


def _known(found: CalendarDate, evidence: str) -> Published:
    return Published(found.value, found.first.isoformat(), found.last.isoformat(), evidence)


def _either(readings: tuple[CalendarDate, ...], evidence: str) -> Published:
    """What two readings of one date share: the year."""
    years = {reading.year for reading in readings}
    value = str(years.pop()) if len(years) == 1 else None
    first, last = min(reading.first for reading in readings), max(reading.last for reading in readings)
    return Published(value, first.isoformat(), last.isoformat(), evidence, tuple(reading.value for reading in sorted(readings, reverse=True)))


def _told(text: str, blocks: tuple[Block, ...], language: Language) -> Iterator[tuple[Told, str, bool]]:
    """Every date in what may be read, with its sentence, and whether that may speak of the future."""
    for block in blocks:
        if block.kind not in _READ:
            continue
        inside = plain(text[block.start : block.end])
        start = 0
        for stop, after in [*(match.span() for match in _SENTENCE.finditer(inside)), (len(inside), len(inside))]:
            sentence = inside[start:stop]
            if any(map(str.isdigit, sentence)):
                future = bool(sign_pattern(language, "future").search(sentence))
                for told in find_dates(sentence, language):
                    yield moved(told, block.start + start), sentence, future
            start = after


def _stated_line(text: str, blocks: tuple[Block, ...], language: Language) -> Published | None:
    """A line such as "Publié le 12 novembre 2018", or a dateline with its year; the day of the last change only where no other is stated."""
    updated = None
    for block in blocks:
        if block.kind not in ("dateline", "byline"):
            continue
        for line in split_lines(text[block.start : block.end]):
            found = next((told.dated for told in find_dates(line.plain, language) if told.dated and told.day), None)
            if found is None:
                continue
            if next((mark.states for mark, _ in find_marks(line.plain, language) if mark.states), None) == "updated":
                updated = updated or _known(found, f"the last change that the article states: {line.plain[:120]!r}")
            else:
                return _known(found, f"the article's {block.kind}: {line.plain[:120]!r}")
    return updated


def _called_today(text: str, told: tuple[tuple[Told, str, bool], ...], language: Language) -> Published | None:
    """A full date that the article calls today, or yesterday."""
    for moment, _, _ in told:
        if moment.dated is None or moment.day is None:
            continue
        before = plain(text[max(0, moment.start - 30) : moment.start])
        words = plain(text[moment.start : moment.end])
        for kind, later in _CALLED:
            called = next((sign for sign in sign_pattern(language, kind).finditer(before + words) if sign.end() == len(before)), None)
            if called:
                day = moment.dated.first + timedelta(days=later)
                found = CalendarDate(day.year, day.month, day.day)
                return _known(found, f"the article calls the date {kind}: {(called.group() + words)!r}")
    return None


def _by_arithmetic(text: str, blocks: tuple[Block, ...], told: tuple[tuple[Told, str, bool], ...], language: Language) -> Published:
    datelines = [block for block in blocks if block.kind == "dateline"]
    lines = [moment for moment, _, _ in told if any(block.start <= moment.start < block.end for block in datelines)]
    readable = "\n".join(plain(text[block.start : block.end]) for block in blocks if block.kind in _READ)
    dating = Dating(
        fresh=tuple(
            (moment, plain(text[moment.start : moment.end]), future)
            for moment, _, future in told
            if moment.weekday and moment.day and not moment.year
        ),
        dateline=next((moment for moment in lines if moment.day and not moment.year), None),
        past=tuple((moment.dated, plain(text[moment.start : moment.end])) for moment, _, future in told if moment.dated and not future),
        readable=readable,
    )
    return candidate_dates(dating)
