"""Which lines does a text have, and what do they look like to the marks of a pack?"""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

_BREAK = re.compile(r"\r\n?|[\n\u2028\u2029\x85\f]")
_PARAGRAPH = re.compile(r"(?:(?:\r\n?|[\n\u2028\u2029\x85\f])[^\S\r\n\u2028\u2029\x85\f]*){2,}")
_UNENDED = re.compile(r"[^.!?…:;»”\"')\]]\s*$")
_WRAPPED_AT = 120  # characters; texts that are broken by hand or by a mail program have no longer lines
_PLAIN = dict.fromkeys(map(ord, "’ʼ‘´`′"), "'") | dict.fromkeys(map(ord, "\u00a0\u202f\u2009\t"), " ") | dict.fromkeys(map(ord, "‐‑"), "-")


class Line(Struct, frozen=True):
    """A line without the blanks around it; `plain` has as many characters, with simple apostrophes, hyphens and blanks."""

    start: int
    end: int
    plain: str

    @property
    def size(self) -> int:
        """Its length in characters."""
        return self.end - self.start


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that aren't blank, or its paragraphs where it is wrapped at a fixed width.

    >>> [line.plain for line in split_lines("Titre\\r\\n\\r\\nL’armée avance.")]
    ['Titre', "L'armée avance."]
    """
    lines = _cut(text, _BREAK)
    unended = sum(1 for line in lines if _UNENDED.search(line.plain))
    wrapped = len(lines) > 3 and all(line.size <= _WRAPPED_AT for line in lines) and unended >= 0.6 * len(lines)
    paragraphs = _cut(text, _PARAGRAPH) if wrapped else lines
    if wrapped and len(paragraphs) > 1 and any(line.size > _WRAPPED_AT for line in paragraphs):
        return paragraphs
    return lines


def _cut(text: str, at: re.Pattern[str]) -> tuple[Line, ...]:
    found, start = [], 0
    for stop, after in [*(match.span() for match in at.finditer(text)), (len(text), len(text))]:
        piece = text[start:stop]
        inner = piece.strip()
        if inner:
            begin = start + len(piece) - len(piece.lstrip())
            found.append(Line(begin, begin + len(inner), plain(inner)))
        start = after
    return tuple(found)


def plain(text: str) -> str:
    """A text with simple apostrophes, hyphens and blanks, as many characters as before."""
    return text.translate(_PLAIN)


def normalised(line: str) -> str:
    """A line without case, accents, marks and repeated blanks, for comparing.

    >>> normalised("Partager  cet article !"), normalised("PARTAGER CET ARTICLE")
    ('partager cet article', 'partager cet article')
    """
    letters = unicodedata.normalize("NFKD", line.casefold())
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter)).split())
