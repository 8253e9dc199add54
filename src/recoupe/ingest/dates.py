"""Which calendar dates are written in metadata, in an address, and in a text?"""

from __future__ import annotations

import calendar as days
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from msgspec import Struct

from recoupe.language.calendar import Calendar, calendar
from recoupe.language.pack import LANGUAGES
from recoupe.language.published import sign_pattern
from recoupe.model import Language

EARLIEST, LATEST = 1800, 2100  # years that a press article may have

_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?:[T ]\d.*)?Z?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13})(?:\.\d+)?")
_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,4})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/.-]*\d)")
_IN_ADDRESS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-](\d\d?)[/_-](\d\d?)(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)/(\d\d?)(?=/)()"),
)


class CalendarDate(Struct, frozen=True, order=True):
    """A year, a month or a day of the calendar; `month` and `day` are None where it is not that precise."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def value(self) -> str:
        """The date in ISO 8601, as precise as it is.

        >>> CalendarDate(2018, 11).value
        '2018-11'
        """
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.month or 12
        return date(self.year, month, self.day or days.monthrange(self.year, month)[1])


class Told(Struct, frozen=True):
    """A date as a text tells it, at its place in the text; `weekday` is 1 for Monday, and the year is None where it isn't told."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None = None

    @property
    def dated(self) -> CalendarDate | None:
        """The date, where its year is told."""
        return CalendarDate(self.year, self.month, self.day) if self.year else None


def moved(told: Told, by: int) -> Told:
    """The same date at a place further on in a text."""
    return Told(told.start + by, told.end + by, told.year, told.month, told.day, told.weekday)


def real_date(year: int, month: int | None = None, day: int | None = None) -> CalendarDate | None:
    """A date of the calendar, None where there is no such day or no press article of that year.

    >>> real_date(2018, 2, 30) is None
    True
    """
    if not EARLIEST <= year <= LATEST or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and (month is None or not 1 <= day <= days.monthrange(year, month)[1]):
        return None
    return CalendarDate(year, month, day)


def read_declared(written: str, language: Language) -> tuple[CalendarDate, ...]:
    """The date that metadata declare, in any usual form; several where day and month can't be told apart, none where it can't be read.

    The day is the one that is written: a zone doesn't move it. Seconds since 1970 are read as UTC.

    >>> [found.value for found in read_declared("Mon, 12 Nov 2018 08:00:00 +0100", "en")], [found.value for found in read_declared("1542009600", "fr")]
    (['2018-11-12'], ['2018-11-12'])
    """
    word = written.strip()
    found: CalendarDate | None = None
    if match := _EPOCH.fullmatch(word):
        if not (compact := _COMPACT.fullmatch(word)) or len(word) != 12:
            return _seconds(int(match.group(1)))
        found = real_date(*map(int, compact.groups()))
    elif match := _ISO.fullmatch(word) or _COMPACT.fullmatch(word):
        found = real_date(*(int(part) if part else None for part in match.groups()))  # type: ignore[arg-type]
    elif match := _SLASHED.search(word):
        return _in_either_order(match, language)
    else:
        found = _in_words(word, language)
    return (found,) if found else ()


def _seconds(count: int) -> tuple[CalendarDate, ...]:
    moment = datetime.fromtimestamp(count / 1000 if count > 10**11 else count, UTC)
    found = real_date(moment.year, moment.month, moment.day)
    return (found,) if found else ()


def _in_words(word: str, language: Language) -> CalendarDate | None:
    try:
        moment = parsedate_to_datetime(word)
    except (ValueError, TypeError, IndexError):
        pass  # not as in mail headers; months in words are read below
    else:
        return real_date(moment.year, moment.month, moment.day)
    for pack in (language, *(other for other in LANGUAGES if other != language)):
        for told in find_dates(word, pack):
            if told.year and told.month:
                return told.dated
    return None


def _in_either_order(match: re.Match[str], language: Language) -> tuple[CalendarDate, ...]:
    """12/11/2018: the day first as the language writes, both readings where it writes either."""
    first, middle, last = int(match.group(1)), int(match.group(3)), int(match.group(4))
    if len(match.group(1)) == 4:
        found = real_date(first, middle, last)
        return (found,) if found else ()
    if len(match.group(1)) == 3:
        return ()
    year = last if len(match.group(4)) == 4 else last + (1900 if last >= 70 else 2000)
    orders = {"dmy": [(middle, first)], "mdy": [(first, middle)], "unknown": [(middle, first), (first, middle)]}
    readings = [real_date(year, month, day) for month, day in orders[calendar(language).numeric_order]]
    kept = tuple(dict.fromkeys(found for found in readings if found))
    if kept:
        return kept
    turned = real_date(year, first, middle)
    return (turned,) if turned else ()


def date_in_address(address: str) -> CalendarDate | None:
    """The date in the path of an address.

    >>> date_in_address("https://example.org/2018/11/12/alep.html").value
    '2018-11-12'
    """
    path = re.sub(r"^\w+://[^/]*", "", address).partition("?")[0]
    for pattern in _IN_ADDRESS:
        for match in pattern.finditer(path):
            year, month, day = match.groups()
            if found := real_date(int(year), int(month), int(day) if day else None):
                return found
    return None


def find_dates(text: str, language: Language) -> Iterator[Told]:
    """The dates with a month in words or in figures, and the years, that a text tells, in order.

    >>> [(told.day, told.month, told.year, told.weekday) for told in find_dates("Le dimanche 11 novembre, puis en 2014.", "fr")]
    [(11, 11, None, 7), (None, None, 2014, None)]
    """
    names = calendar(language)
    taken = 0
    for match in _in_text(language).finditer(text):
        if match.start() < taken:
            continue
        told = _told(match, names, language)
        if told:
            taken = told.end
            yield told


def _told(match: re.Match[str], names: Calendar, language: Language) -> Told | None:
    parts = match.groupdict()
    weekday = names.weekday(parts["weekday"]) if parts["weekday"] else None
    month = next((names.month(parts[name]) for name in ("m1", "m2", "m3") if parts[name]), None)
    day = next((int(parts[name]) for name in ("d1", "d2") if parts[name]), None)
    year = next((int(parts[name]) for name in ("y1", "y2", "y3", "y4") if parts[name]), None)
    if parts["slashed"]:
        slashed = _SLASHED.fullmatch(parts["slashed"])
        found = _in_either_order(slashed, language) if slashed else ()
        if len(found) != 1:
            return None
        year, month, day = found[0].year, found[0].month, found[0].day
    if day and month and not real_date(year or 2000, month, day):
        return None
    start = match.start("y4") if parts["y4"] else match.start()
    return Told(start, match.end(), year, month, day, weekday)


@cache
def _in_text(language: Language) -> re.Pattern[str]:
    names = calendar(language)
    months = "|".join(sorted((re.escape(name) for row in names.months for name in row), key=len, reverse=True))
    weekdays = "|".join(sorted((re.escape(name) for row in names.weekdays for name in row), key=len, reverse=True))
    ordinals = "|".join(map(re.escape, names.ordinals))
    year = r"(?:1[89]|20)\d\d(?![\d.,/]\d|\d)"
    return re.compile(
        rf"(?<!\w)(?:(?P<weekday>{weekdays})\.?,?\s(?:le\s|the\s)?)?(?:"
        rf"(?P<d1>[12]?\d|3[01]|0\d)\s?(?:{ordinals})?\s(?:of\s)?(?P<m1>{months})\b(?:\.?,?\s(?P<y1>{year}))?"
        rf"|(?P<m2>{months})\.?\s(?P<d2>[12]?\d|3[01]|0\d)(?!\d)(?:{ordinals})?\b(?:,?\s(?P<y2>{year}))?"
        rf"|(?P<m3>{months})\b\.?,?\s(?:of\s)?(?P<y3>{year})"
        rf"|(?P<slashed>\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}(?!\d)|\d{{4}}-\d\d-\d\d(?!\d))"
        rf"|(?:{sign_pattern(language, 'year').pattern})(?P<y4>{year}))",
        re.IGNORECASE,
    )
