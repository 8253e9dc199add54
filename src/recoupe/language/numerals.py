"""Which number does a numeral write? Digits with the separators of both languages, and number words."""

from __future__ import annotations

import re

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language

# "20.000", "20 000", "5. 000", "20,000" group by threes, "July 15, 126 people" doesn't; "1,5" and "1.5" have a decimal part.
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:(?:\.\s?|,|[ \u00a0\u202f]\s?)\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|(?<![\d.,])\d+(?:[.,]\d{1,2}(?!\d))?")
_WORD = re.compile(r"[^\W\d_]+")


class Numerals(Struct, frozen=True, forbid_unknown_fields=True):
    """`numerals.toml`: units that add, scales that multiply, and the words that join them."""

    join: tuple[str, ...]
    units: dict[str, int]
    scales: dict[str, int]


def numerals(language: Language) -> Numerals:
    """The number words of a language."""
    return load_table(language, "numerals", Numerals)


def read_digits(written: str) -> float | None:
    """The value of digits with separators: a separator before exactly three digits groups, another is decimal; None for anything else.

    >>> read_digits("20.000"), read_digits("5. 000"), read_digits("1,5"), read_digits("20 000")
    (20000.0, 5000.0, 1.5, 20000.0)
    """
    plain = re.sub(r"[\s\u00a0\u202f]+", "", written)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        return float(re.sub(r"[.,]", "", plain))
    mixed = re.fullmatch(r"(\d{1,3}(?:([.,])\d{3})+)([.,])(\d{1,2})", plain)
    if mixed and mixed.group(2) != mixed.group(3):
        return float(re.sub(r"[.,]", "", mixed.group(1)) + "." + mixed.group(4))
    if re.fullmatch(r"\d+(?:[.,]\d{1,2})?", plain):
        return float(plain.replace(",", "."))
    return None


def read_words(written: str, language: Language) -> float | None:
    """The value of a number in words, None when a word of it is no number word.

    >>> read_words("deux cent cinquante-trois mille", "fr"), read_words("quatre-vingt-dix-sept", "fr"), read_words("a dozen", "en")
    (253000.0, 97.0, None)
    """
    table = numerals(language)
    words = [word for word in _WORD.findall(written.casefold()) if word not in table.join]
    if not words:
        return None
    total = group = 0
    for place, word in enumerate(words):
        if word in table.units:
            value = table.units[word]
            four_twenties = language == "fr" and value == 20 and place and group % 100 == 4
            group += 76 if four_twenties else value
        elif word in table.scales:
            scale = table.scales[word]
            if scale == 100:
                group = (group or 1) * 100 if group < 100 else group + 100
            else:
                total += (group or 1) * scale
                group = 0
        else:
            return None
    return float(total + group)


def read_number(written: str, language: Language) -> float | None:
    """The value of a numeral in digits, in words, or mixed ("2 millions", "12 thousand"), None for anything else.

    >>> read_number("2 millions", "fr"), read_number("sept", "fr"), read_number("1.5 million", "en")
    (2000000.0, 7.0, 1500000.0)
    """
    mixed = re.fullmatch(r"([\d.,\s\u00a0\u202f]+?)[\s\u00a0\u202f-]*([^\W\d_]+)", written.strip())
    if mixed:
        value, scale = read_digits(mixed.group(1)), numerals(language).scales.get(mixed.group(2).casefold())
        return value * scale if value is not None and scale else None
    digits = read_digits(written.strip())
    return digits if digits is not None else read_words(written, language)
