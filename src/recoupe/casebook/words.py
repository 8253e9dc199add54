"""Which words is a text searched by, and where do they stand in it?

Words are folded: lower case without accents (œ → oe, ß → ss), apostrophes and hyphens part them. A stem stands for the forms of a word in the
language of the document ("missiles", "missile"); phrases are sought in the words, single words in the stems. A word has the stem of its form with
accents ("évacuée" and "évacuer": "evacu") and, where it is another, that of its form without: people type both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import Stemmer
from msgspec import Struct

from recoupe.language.pack import PackHead, load_table
from recoupe.model import Language

# Letters and digits, with the marks that may follow one: accents typed apart, soft hyphens, Arabic vowel signs and tatweel.
_WORD = re.compile(r"[^\W_][^\W_\u0300-\u036f\u00ad\u0640\u064b-\u065f\u0670]*(?:[\u0300-\u036f\u00ad\u0640\u064b-\u065f\u0670]+[^\W_]*)*")
_PART = re.compile(r"[^\W_]+")
_UNDECOMPOSED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "ـ": None, "\u00ad": None})
LONGEST = 64  # code points of a word that are kept: what is longer is no word, and no one types it


class Word(Struct, frozen=True):
    """A folded word, the lower-case word as it is written, and the stretch of the text that it stands for."""

    form: str
    written: str
    start: int
    end: int


def fold(word: str) -> str:
    """The word in lower case without accents.

    >>> fold("Œuvrée")
    'oeuvree'
    """
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_UNDECOMPOSED))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The folded words of a stretch of text, in order.

    >>> [word.form for word in words("L’armée d'Al-Tanf")]
    ['l', 'armee', 'd', 'al', 'tanf']
    """
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        first, last = match.span()
        for form, written in _parts(match.group()[: 4 * LONGEST]):
            yield Word(form, written, first, last)


@lru_cache(maxsize=65536)
def _parts(word: str) -> tuple[tuple[str, str], ...]:
    parts = [part[:LONGEST] for part in _PART.findall(fold(word))]
    written = unicodedata.normalize("NFC", word.casefold())
    return ((parts[0], written[:LONGEST]),) if len(parts) == 1 else tuple((part, part) for part in parts)


def stems(found: Iterable[Word], language: Language) -> Iterator[str]:
    """The stems of words in a language.

    >>> list(stems(words("missiles évacuée"), "fr"))
    ['missil', 'evacu', 'evacue']
    """
    for word in found:
        yield from stems_of(word.form, word.written, language)


@lru_cache(maxsize=262144)
def stems_of(form: str, written: str, language: Language) -> tuple[str, ...]:
    """The stems of a word in a language, folded.

    >>> stems_of("missiles", "missiles", "fr") == stems_of("missile", "missile", "fr")
    True
    """
    stemmer = _stemmer(language)
    return tuple(dict.fromkeys((fold(stemmer.stemWord(written)), stemmer.stemWord(form))))


@cache
def _stemmer(language: Language) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(load_table(language, "pack", PackHead).stemmer)
