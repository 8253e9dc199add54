"""Which words of a text are rare enough to tell one event from another?

Rarity comes from general word frequencies (wordfreq), not from the casebook: a weight that changed with every article added would make the
result depend on the order of arrival.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer
from wordfreq import zipf_frequency

from recoupe.language.pack import PackHead, load_table
from recoupe.model import Language

WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_COMMON = 5.0  # zipf: words more frequent than one in ten thousand tell nothing
LEAD = 600  # characters: the title and first sentences
_COMMON_PARTY, _COMMON_CROWD = 4.7, 4.1  # zipf
_UNSTEMMED = 4.5  # rarity
_LEAST = 20  # tenths: the rarity of what is used once in ten thousand
_TOP = 7.0  # zipf of the commonest words; rarity is counted down from it
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)


class RareWord(NamedTuple):
    """A folded, stemmed word and how rare it is: 2 (one in a hundred thousand) to 7 (never counted); `name` when it stands capitalised."""

    word: str
    rarity: float
    name: bool

    @property
    def tenths(self) -> int:
        """How much rarer it is than a word used once in ten thousand, in whole tenths, whose sums are the same in any order."""
        return max(round(10 * self.rarity) - _LEAST, 0)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The word without case, accents and ligatures.

    >>> fold("Œuvré"), fold("Abou-Kamal")
    ('oeuvre', 'abou-kamal')
    """
    plain = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=200_000)
def _known(word: str, language: Language) -> tuple[str, float]:
    """The folded form and the rarity of a word in lower case; rare words, mostly names, are not stemmed, so that both languages spell them alike."""
    rarity = round(_TOP - zipf_frequency(word, language, wordlist="large"), 1)
    stem: str = _stemmer(language).stemWord(word) if rarity < _UNSTEMMED else word
    return fold(stem), rarity


@cache
def _stemmer(language: Language) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(load_table(language, "pack", PackHead).stemmer)


def rare_words(text: str, language: Language, limit: int, without: frozenset[str] = frozenset()) -> tuple[RareWord, ...]:
    """The rarest words of a text, at most `limit`, rarest first; words folded in `without`, or these with an "s", are left out.

    >>> [rare.word for rare in rare_words("La ville de Guernica a été bombardée par des avions.", "fr", 3)]
    ['guernica', 'bombard', 'avion']
    """
    found, _ = _counted(text, language, without)
    return tuple(sorted(found.values(), key=lambda rare: (-rare.rarity, rare.word))[:limit])


def topic_words(text: str, language: Language, limit: int, without: frozenset[str] = frozenset()) -> tuple[RareWord, ...]:
    """The words that tell what an article is about, at most `limit`, rarest first: rare ones that come again or stand at its beginning."""
    found, counts = _counted(text, language, without)
    lead, _ = _counted(text[:LEAD], language, without)

    def weight(rare: RareWord) -> float:
        return (rare.rarity - 1.5) * (1 + math.log(counts[rare.word])) * (1.6 if rare.word in lead else 1.0)

    kept = sorted(found.values(), key=lambda rare: (-weight(rare), rare.word))[:limit]
    return tuple(sorted(kept, key=lambda rare: (-rare.rarity, rare.word)))


def _counted(text: str, language: Language, without: frozenset[str]) -> tuple[dict[str, RareWord], Counter[str]]:
    found: dict[str, RareWord] = {}
    counts: Counter[str] = Counter()
    for written in WORD.findall(text):
        seen = _seen(written, language)
        if seen is None or _left_out(seen.folded, without):
            continue
        rare = seen.rare
        counts[rare.word] += 1
        if rare.word not in found or (rare.name and not found[rare.word].name):
            found[rare.word] = rare
    return found, counts


class _Seen(NamedTuple):
    rare: RareWord
    folded: str


@lru_cache(maxsize=200_000)
def _seen(token: str, language: Language) -> _Seen | None:
    """A word as it stands in a text, None where it is too common or short to tell anything."""
    written = _POSSESSIVE.sub("", _ELIDED.sub("", token))
    word, rarity = _known(written.casefold(), language)
    if len(word) < 3 or rarity < _TOP - _COMMON:
        return None
    return _Seen(RareWord(word, rarity, written[0].isupper()), fold(written))


def _left_out(word: str, without: frozenset[str]) -> bool:
    return word in without or (word.endswith("s") and word[:-1] in without)


def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, folded; articles and one-letter words are left out.

    >>> sorted(name_words("la légion Condor"))
    ['condor', 'legion']
    """
    words = (fold(_ELIDED.sub("", match.group())) for match in WORD.finditer(name))
    return frozenset(word for word in words if len(word) > 2 and not _is_common(word))


@lru_cache(maxsize=100_000)
def telling_words(name: str) -> frozenset[str]:
    """The words of a party's name that tell it from any other: of "people", "women and children" there are none.

    >>> sorted(telling_words("la légion Condor")), telling_words("people")
    (['condor', 'legion'], frozenset())
    """
    words = ((fold(_ELIDED.sub("", match.group())), match.group().casefold()) for match in WORD.finditer(name))
    return frozenset(
        word for word, written in words if len(word) > 2 and max(zipf_frequency(written, "en"), zipf_frequency(written, "fr")) < _COMMON_PARTY
    )


@lru_cache(maxsize=100_000)
def is_crowd(name: str) -> bool:
    """Whether a name is none, but says of what kind people are that are struck everywhere.

    >>> is_crowd("civils"), is_crowd("soldiers"), is_crowd("paramedics"), is_crowd("Peshmerga")
    (True, True, False, False)
    """
    written = [match.group().casefold() for match in WORD.finditer(name)]
    return name == name.lower() and all(max(zipf_frequency(word, "en"), zipf_frequency(word, "fr")) >= _COMMON_CROWD for word in written)


@lru_cache(maxsize=100_000)
def _is_common(word: str) -> bool:
    return len(word) <= 3 and max(zipf_frequency(word, "en"), zipf_frequency(word, "fr")) > 6
