"""In which words does the interface speak? Data in `wording/fr.toml` and `en.toml`, one key for each thing said.

A text may hold `{names}`; one that counts is a table with the plural forms of its language (`one`, `other`).
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources

from babel import Locale
from babel.dates import format_date, format_interval
from babel.numbers import format_decimal

from recoupe.errors import PackError
from recoupe.model import Language

_PLAIN = 1_000  # smaller whole numbers are written alike everywhere
Text = str | dict[str, str]


class Wording:
    """The words of one language.

    >>> say = wording("en")
    >>> say("count.articles", n=1), say("count.articles", n=1200)
    ('1 article', '1,200 articles')
    >>> say.number(1234.5), wording("fr").day("1937-04-26")
    ('1,234.5', '26 avril 1937')
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._locale = Locale(language)
        self._texts = _texts(language)

    def __call__(self, key: str, *, n: float | None = None, **values: object) -> str:
        """The text of a key, with its names filled in; `n` chooses the plural form. Raises PackError where there is none."""
        text = self._texts.get(key)
        if text is None:
            raise PackError(f"wording/{self.language}.toml has no {key!r}: add it, in both languages")
        if isinstance(text, dict):
            text = text.get(str(self._locale.plural_form(n or 0)), text["other"])
        if n is None and not values:
            return text
        return text.format(n="" if n is None else self.number(n), **values)

    def has(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return key in self._texts

    def number(self, value: float) -> str:
        """A number as it is written in the language."""
        if value == int(value) and abs(value) < _PLAIN:
            return str(int(value))
        return str(format_decimal(value, locale=self._locale))

    def day(self, iso: str | None, length: str = "long") -> str:
        """A day (ISO 8601) as it is written in the language; "" for none."""
        if not iso:
            return ""
        try:
            return str(format_date(date.fromisoformat(iso[:10]), format=length, locale=self._locale))
        except ValueError:
            return iso

    def days(self, start: str | None, end: str | None) -> str:
        """A day, or the first and last of an interval, what they share said once.

        >>> wording("fr").days("1937-04-26", "1937-04-29")
        '26–29 avr. 1937'
        """
        if not start or not end or start == end:
            return self.day(start or end)
        try:
            days = date.fromisoformat(start), date.fromisoformat(end)
        except ValueError:
            return f"{start} – {end}"
        return str(format_interval(*days, skeleton="yMMMMd", locale=self._locale))


@cache
def wording(language: Language) -> Wording:
    """The words of a language."""
    return Wording(language)


def keys(language: Language) -> frozenset[str]:
    """Every key that the words of a language have."""
    return frozenset(_texts(language))


@cache
def _texts(language: Language) -> dict[str, Text]:
    place = resources.files("recoupe.web").joinpath("wording", f"{language}.toml")
    found: dict[str, Text] = {}
    for section, texts in tomllib.loads(place.read_text(encoding="utf-8")).items():
        found.update({f"{section}.{name}": text for name, text in texts.items()})
    return found
