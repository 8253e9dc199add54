"""How does a text that is all in capitals look in ordinary letters? Names that the register knows, and words that no dictionary form explains, keep a capital.

A name that stands beside its abbreviation ("ARMY OF NATIONAL LIBERATION (ELN)", "ELN [ARMY OF NATIONAL LIBERATION]") is a name throughout the text,
and so are initials, months, weekdays and places that begin as Spanish ones do. A remark in brackets does not end the sentence that it stands in.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from recoupe.knowledge.actors import open_register
from recoupe.language.parse import load_model

_LETTERS = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(r"(?<=\S)[ ]*\n {0,2}(?=\S)")  # paragraphs begin with three blanks
_SPELLED_AFTER = re.compile(r"\b([A-Z]{2,6}) \[([A-Z0-9][A-Z' -]+ [A-Z' -]+)\]")
_SPELLED_BEFORE = re.compile(r"((?:\b[A-Z][A-Z'-]*,? ){2,8})[(\[]([A-Z]{2,6})[)\]]")
_INITIALS = re.compile(r"\b[A-Z]\.(?:[A-Z]\.)*")
_SPANISH = re.compile(r"\b(?:SAN|SANTA|SANTO|LOS|LAS|EL|LA) (?:(?:LA|EL|LOS|LAS|DE) )?[A-Z]{3,}")
_DAYS = re.compile(rf"\b(?:{'|'.join(calendar.day_name).upper()})S?\b")
_MONTHS = re.compile(rf"(?<=\d )(?:{'|'.join(calendar.month_name[1:]).upper()})\b|\b(?:JANUARY|FEBRUARY|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\b")  # fmt: skip
_TITLES = re.compile(r"\b(?:MR|MRS|DR|MSGR|GEN|COL|LT|CAPT|SGT|MAJ|REV)(?=\.? [A-Z])")
_REMARK = re.compile(r"(?<=[^\s.!?\]\-])( +)\[([^\]\[]{2,90})\](?= +[a-z]|[,.;:])")
_BEGINS = re.compile(r"(^|(?<!\b[A-Z])(?<!\b[A-Z]\.[A-Z])[.!?][\"')\]]*\s+|\]\s+|\n\s*)([\"'(\[]?)([a-z])")
_AFFIXED = re.compile(
    r"(?:anti|counter|narco|ultra|non|sub)([a-z]{4,})|(?:pro|para|re|inter|over|un)([a-z]{5,})|([a-z]{3,}?)(?:guns?|gunned|gunning|ships?|wing|fire|by|body)"
)
_SMALL = frozenset({"OF", "THE", "AND", "FOR", "DE", "LA", "DEL", "Y", "EL", "IN", "A", "AN", "BY"})


def in_lower_case(text: str) -> str:
    """The text with capitals where sentences and names start."""
    known = _capitals()
    joined = _BROKEN.sub(" ", text)
    spelled = _spelled_out(joined)

    def cased(mark: re.Match[str]) -> str:
        word: str = mark[0]
        if any(letter.islower() for letter in word) or word in spelled:
            return word
        return known.get(word) or (word.lower() if _is_ordinary(word.lower()) else word.capitalize())

    named = _phrases().sub(lambda mark: known[mark[0]], joined)
    for name in sorted((name for name in spelled if " " in name), key=len, reverse=True):
        named = named.replace(name, _as_name(name))
    for pattern in (_DAYS, _MONTHS, _SPANISH, _TITLES):
        named = pattern.sub(lambda mark: _as_name(mark[0]), named)
    initials = {mark.start() for mark in _INITIALS.finditer(named)}
    kept = {at + step for at in initials for step in range(0, len(_INITIALS.match(named, at)[0]), 2)}  # type: ignore[index]
    lower = _LETTERS.sub(lambda mark: mark[0] if mark.start() in kept and len(mark[0]) == 1 else cased(mark), named)
    told = _REMARK.sub(lambda mark: f"{mark[1]}({mark[2]})", lower)
    return _BEGINS.sub(lambda mark: mark[1] + mark[2] + mark[3].upper(), told)


def _spelled_out(text: str) -> frozenset[str]:
    """The abbreviations that the text spells out, and the names that they stand for."""
    found: set[str] = set()
    for mark in _SPELLED_AFTER.finditer(text):
        if _abbreviates(mark[1]):
            found |= {mark[1], mark[2]}
    for mark in _SPELLED_BEFORE.finditer(text):
        if _abbreviates(mark[2]):
            words = mark[1].rpartition("THE ")[2].split()[-len(mark[2]) - 1 :]
            while words and words[0] in _SMALL:
                words = words[1:]
            found.add(mark[2])
            if len(words) > 1 and mark[2][0] in {word[0] for word in words}:
                found.add(" ".join(words))
    return frozenset(found)


def _abbreviates(word: str) -> bool:
    """Whether a word can be an abbreviation: one of the register, or no ordinary word."""
    return _capitals().get(word) == word or not _is_ordinary(word.lower(), shortest=0)


def _as_name(words: str) -> str:
    return _LETTERS.sub(lambda mark: mark[0].lower() if mark[0] in _SMALL and mark.start() else mark[0].capitalize(), words)


@cache
def _capitals() -> Mapping[str, str]:
    """The register's forms of one word and of several, by their capitals."""
    found: dict[str, str] = {}
    for entry in open_register().entries:
        for name in (entry.name, *entry.names_en, *entry.adjectives_en, *entry.demonyms, *entry.metonyms):
            plain = name.rstrip("?")
            short = len(plain) in {2, 3} and plain.isupper() and plain.lower() not in _stop_words() and entry.kind != "state"
            worded = plain.isupper() and plain.lower() in _verbs()  # "RAID", "MEND"
            common = entry.kind == "media" and all(_is_ordinary(word.lower()) for word in plain.split())  # "TIME", "THE NATIONAL"
            if (len(plain) > 3 or short) and plain[0].isupper() and not worded and not common:
                found.setdefault(plain.upper(), plain)
    return found


@cache
def _phrases() -> re.Pattern[str]:
    several = sorted((form for form in _capitals() if " " in form), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, several))})\b")


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(load_model("en").Defaults.stop_words)


@cache
def _verbs() -> frozenset[str]:
    return frozenset(_lookups().get_table("lemma_index")["verb"])


@cache
def _dictionary() -> frozenset[str]:
    """The forms that the English lemmatizer knows."""
    tables = [*_lookups().get_table("lemma_index").values(), *_lookups().get_table("lemma_exc").values()]
    return frozenset(word for table in tables for word in table) | _stop_words()


def _lookups() -> Any:
    lemmatizer: Any = load_model("en").get_pipe("lemmatizer")
    return lemmatizer.lookups


def _is_ordinary(word: str, shortest: int = 4) -> bool:
    known = _dictionary()
    stems = (word.removesuffix(end) + more for end in ("", "s", "es", "ed", "d", "ing", "ly", "er", "est") for more in ("", "e"))
    changed = (re.sub(pattern, stem, word) for pattern, stem in ((r"ies$|ied$", "y"), (r"(.)\1(ed|ing)$", r"\1"), (r"men$", "man"), (r"ist$", "y")))
    parts = _AFFIXED.fullmatch(word)
    return (
        len(word) < shortest
        or any(stem in known for stem in (*stems, *changed))
        or (parts is not None and _is_ordinary(next(filter(None, parts.groups())), shortest))
    )
