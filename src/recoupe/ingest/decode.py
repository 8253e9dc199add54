"""Which characters do the bytes stand for?

Tried in this order: a byte-order mark, UTF-8, the encoding that the carrier or the page declares, UTF-16 without a mark, and last what the
letters make likely, where Windows-1252 is preferred to its rare cousins. UTF-8 stands before the declaration because text in another
encoding is hardly ever valid UTF-8 by accident, while wrong declarations are common.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from recoupe.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:<\?xml[^>]{0,200}?encoding|<meta[^>]{0,200}?charset)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x7fELF",
    b"SQLite format 3",
    b"\xd0\xcf\x11\xe0",
)
_SAMPLE = 60_000  # bytes that decide which encoding a long text has
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_WESTERN = re.compile("[A-Za-zÀ-ÖØ-öø-ÿŒœŸÿ€«»’‘“”–—…°\\s\\d!-/:-@\u00a0]")


def decode(data: bytes, where: str, *, charset: str | None = None, page: bool = False) -> str:
    """The characters of a text or a page, without a byte-order mark; raises InputError when the bytes are no text.

    A byte that its encoding doesn't know, and NUL, which no text holds, become U+FFFD.

    >>> decode("Coût : 5 €".encode("cp1252"), "a.txt")
    'Coût : 5 €'
    """
    if data.startswith(_BINARY):
        raise InputError(f"{where} is not text but a binary file: give the article as text, HTML or JSON Lines")
    text = _decode(data, charset or (_declared(data) if page else None))
    beginning = text[:_SAMPLE]
    if len(_CONTROL.findall(beginning)) > 0.02 * len(beginning) + 2:
        raise InputError(f"{where} is not text but binary or damaged: give the article as text, HTML or JSON Lines")
    return text.replace("\0", "\ufffd")


def _decode(data: bytes, declared: str | None) -> str:
    for mark, unicode in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(unicode, "replace")
    if b"\0" not in data[:_SAMPLE]:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start and _slips(data) * 4 < _letters_of_utf8(data):
                return data.decode("utf-8", "replace")  # UTF-8 with a few broken places, or cut in the middle of a letter
    elif encoding := _unmarked_utf16(data):
        return data.decode(encoding, "replace")
    if declared and (text := _try(data, declared)) is not None:
        return text
    return data.decode(_likely(data), "replace")


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    return found.group(1).decode("ascii", "replace") if found else None


def _try(data: bytes, name: str) -> str | None:
    """The text in a declared encoding; browsers read Latin-1 as Windows-1252, and so do we. None when the declaration can't be right."""
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        return None
    if encoding in ("ascii", "iso8859-1"):
        encoding = "cp1252"
    if encoding == "cp1252" and (b"\0" in data or not _reads_western(data)):
        return None
    try:
        return codecs.decode(data, encoding)
    except (UnicodeError, LookupError, TypeError, ValueError):
        return None


def _slips(data: bytes) -> int:
    return data.decode("utf-8", "replace").count("\ufffd")


def _letters_of_utf8(data: bytes) -> int:
    """How many letters of several bytes stand in valid UTF-8; text of another encoding has next to none."""
    return sum(1 for letter in data.decode("utf-8", "ignore") if letter > "\x7f")


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of western text is NUL."""
    sample = data[:_SAMPLE]
    even, odd, half = sample[::2].count(0), sample[1::2].count(0), len(sample) / 2
    if odd > 0.6 * half > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half > 10 * odd else None


def _reads_western(data: bytes) -> bool:
    high = [letter for letter in data[:_SAMPLE].decode("cp1252", "replace") if letter > "\x7f"]
    return sum(1 for letter in high if _WESTERN.match(letter)) >= 0.8 * len(high)


def _likely(data: bytes) -> str:
    """The encoding that the letters make likely: Windows-1252 where it gives western letters, else the best guess of charset-normalizer."""
    if _reads_western(data) and b"\0" not in data:
        letters = data[:_SAMPLE].decode("cp1252", "replace")
        if sum(1 for letter in letters if letter > "\x7f") < 0.25 * len(letters):
            return "cp1252"
    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else "cp1252"
