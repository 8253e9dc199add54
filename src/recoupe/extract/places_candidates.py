"""Which stretches of a text may name a place, and what do the words around them ask for?

A stretch is a run of words that the gazetteer knows, the longest first; where it knows none, a name after a word for a kind of place still
is one. Words are looked at inside hyphens too ("Iran-Irak-Syrie"), so this reads letters and not tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from msgspec import Struct

from recoupe.knowledge.places import Gazetteer, PlaceEntry
from recoupe.knowledge.places.names import exact_key, folded_key
from recoupe.language.parsed import Parsed
from recoupe.language.places import Feature, PlaceWords
from recoupe.model import Span

Cue = Literal["locative", "of", "by", "against", "with", "none"]

_PIECE = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][^\W_]*")
_JOINT = re.compile(r"[ \u00a0\u202f]?[-–][ \u00a0]?|[ \u00a0\u202f]{1,2}|['’ʼʻ‘]|\. ")
_ARABIC = frozenset(("al", "el", "ad", "ed", "ar", "er", "as", "es", "ash", "ach", "ech", "esh", "at", "et", "az", "ez", "an", "en", "ul"))
_BLANKS = (" ", "\u00a0", "\u202f")
_LONGEST = 6  # words of a name
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "‐": "-", "‑": "-", "–": "-"})
_LISTED = re.compile(r"\s*(?:,|et|and|ou|or|;)?\s*(?:et |and )?(?:de |d'|du |à |à l'|la |le |l'|the )*")


class Candidate(Struct, frozen=True):
    """A name that may be a place's.

    `start`, `end` are the name's letters, `outer` where the mention begins and ends with the words for its kind; `cue` is the preposition's
    effect, `feature` what kind was asked for, `noun` the word before the preposition; `opening` is whether it begins a sentence.
    """

    start: int
    end: int
    outer: Span
    text: str
    entries: tuple[PlaceEntry, ...]
    cue: Cue
    feature: Feature | None
    noun: str
    opening: bool
    exact: bool


class Piece(Struct, frozen=True):
    """A run of letters: where it stands, and whether it begins with a capital."""

    start: int
    end: int
    text: str
    capital: bool


def candidates(parsed: Parsed, gazetteer: Gazetteer, words: PlaceWords) -> tuple[Candidate, ...]:
    """The names of a document that may be places, in order; they don't overlap."""
    found: list[Candidate] = []
    for _, sentences in groupby(parsed.sentences, key=lambda sentence: sentence.paragraph):
        held = tuple(sentences)
        found.extend(_in_paragraph(parsed, Span(held[0].start, held[-1].end), gazetteer, words))
    return tuple(found)


def pieces_of(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """The runs of letters of a stretch."""
    return tuple(Piece(m.start(), m.end(), m[0], m[0][0].isupper()) for m in _PIECE.finditer(text, start, end))


def _in_paragraph(parsed: Parsed, sentence: Span, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[Candidate]:
    pieces = pieces_of(parsed.text, sentence.start, sentence.end)
    previous: Candidate | None = None
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        article = at + 1 < len(pieces) and _is_article(parsed.text, piece, pieces[at + 1])
        if not (piece.capital or article or piece.text in gazetteer.openings):
            at += 1
            continue
        stop, entries, exact = _longest(parsed.text, pieces, at, gazetteer)
        if entries and _is_common(parsed.text[piece.start : pieces[stop - 1].end], words, pieces, at, stop):
            at = stop
            continue
        if not entries:
            stop = _unknown_end(parsed.text, pieces, at)
        candidate = None
        if entries or piece.capital or article:
            candidate = _candidate(parsed, sentence, pieces, at, stop, entries, words, previous, exact=exact)
        if candidate is None:
            at += 1
            continue
        yield candidate
        previous, at = candidate, stop


def _is_article(text: str, piece: Piece, after: Piece) -> bool:
    """Whether a small word is the Arabic article of the name after it: "al Asad", "ez-Zor", and not "en Irak"."""
    between = text[piece.end : after.start]
    return piece.text in _ARABIC and after.capital and (between in ("-", "‐", "‑", "'", "’") or (between in _BLANKS and piece.text in ("al", "el")))


def _joint(text: str, left: Piece, right: Piece) -> bool:
    between = text[left.end : right.start]
    return _JOINT.fullmatch(between) is not None and (between != ". " or len(left.text) <= 3)


def _longest(text: str, pieces: tuple[Piece, ...], at: int, gazetteer: Gazetteer) -> tuple[int, tuple[PlaceEntry, ...], bool]:
    """The end of the longest run from `at` that the gazetteer knows, its places, and whether it is spelt as the gazetteer spells it."""
    reach = at + 1
    while reach < len(pieces) and reach - at < _LONGEST and _joint(text, pieces[reach - 1], pieces[reach]):
        reach += 1
    lone_article = pieces[at].text in _ARABIC
    for stop in range(reach, at, -1):
        last = pieces[stop - 1]
        if stop - at == 1 and (lone_article or not pieces[at].capital):
            break
        if not last.capital and not any(piece.capital for piece in pieces[at:stop]):
            continue
        entries = gazetteer.find_exact(text[pieces[at].start : last.end])
        if entries:
            return stop, entries, True
    for stop in range(reach, at, -1):
        if not pieces[stop - 1].capital or (stop - at == 1 and lone_article):
            continue
        surface = text[pieces[at].start : pieces[stop - 1].end]
        entries = gazetteer.find_folded(surface) if len(folded_key(surface)) > 3 else ()
        if entries:
            return stop, entries, False
    return at + 1, (), False


def _unknown_end(text: str, pieces: tuple[Piece, ...], at: int) -> int:
    stop = at + 1
    while stop < len(pieces) and stop - at < _LONGEST and _joint(text, pieces[stop - 1], pieces[stop]):
        if not (pieces[stop].capital or pieces[stop].text in _ARABIC):
            break
        stop += 1
    while stop > at + 1 and not pieces[stop - 1].capital:
        stop -= 1
    return stop


def _is_common(name: str, words: PlaceWords, pieces: tuple[Piece, ...], at: int, stop: int) -> bool:
    if name in words.never.words:
        return True
    single = stop - at == 1
    return single and len(name) < 3 and not name.isupper()


def _is_acronym(name: str, entries: tuple[PlaceEntry, ...]) -> bool:
    return len(name) <= 5 and name.isupper() and not any(entry.kind in ("country", "region", "site") for entry in entries[:1])


def _candidate(
    parsed: Parsed, sentence: Span, pieces: tuple[Piece, ...], at: int, stop: int,
    entries: tuple[PlaceEntry, ...], words: PlaceWords, previous: Candidate | None, *, exact: bool,
) -> Candidate | None:  # fmt: skip
    start, end = pieces[at].start, pieces[stop - 1].end
    left = parsed.text[sentence.start : start].translate(_PLAIN)
    if stop - at == 1 and left.strip() and _is_acronym(parsed.text[start:end], entries):
        return None
    cue, rest = _cue(left, words)
    feature, begins, noun = _feature_before(rest if cue != "none" else _without_article(left, words), words)
    if cue not in ("locative", "of", "none"):
        feature, begins = None, len(left)
    if feature is None:
        feature, after = _feature_after(parsed.text[end : sentence.end].translate(_PLAIN), words)
    else:
        after = 0
    if feature is None and previous is not None and previous.feature is not None and previous.end <= start:
        between = parsed.text[previous.end : start].translate(_PLAIN)
        if _LISTED.fullmatch(between) and between.strip() and not between.strip().startswith("("):
            feature, cue = previous.feature, previous.cue
            begins = len(left)
    if not entries and feature is None:
        return None
    inside = feature is not None and feature.inside
    outer = Span(sentence.start + begins if inside and not after else start, end + after if inside else end)
    if not parsed.text[outer.start : start].strip():
        outer = Span(start, outer.end)
    opening = not left.strip(" \"'«“(-")
    return Candidate(start, end, outer, parsed.text[start:end], entries, cue, feature, noun, opening, exact)


def _without_article(left: str, words: PlaceWords) -> str:
    plain = left.rstrip()
    for article in words.articles:
        if plain.casefold().endswith(article) and (article.endswith("'") or plain[: -len(article)].endswith(" ") or plain.casefold() == article):
            return plain[: -len(article)].rstrip()
    return plain


def _cue(left: str, words: PlaceWords) -> tuple[Cue, str]:
    """The effect of the preposition at the end of `left`, and what stands before it."""
    bare = _without_article(left, words)
    for text in dict.fromkeys((left.rstrip(), bare)):
        lowered = text.casefold()
        for cue, prepositions in _cues(words):
            for word in prepositions:
                if lowered.endswith(word) and (len(lowered) == len(word) or not lowered[-len(word) - 1].isalnum()):
                    return cue, text[: len(text) - len(word)].rstrip()
    return "none", bare


def _cues(words: PlaceWords) -> tuple[tuple[Cue, tuple[str, ...]], ...]:
    return (
        ("locative", tuple(sorted(words.locative.words, key=len, reverse=True))), ("with", words.accompanied.words), ("against", words.against.words),
        ("by", words.by.words), ("of", words.of.words),
    )  # fmt: skip


def _feature_before(rest: str, words: PlaceWords) -> tuple[Feature | None, int, str]:
    """The word for a kind of place that ends `rest`, up to two words before its end, where it begins, and the noun itself."""
    marks = list(re.finditer(r"[^\W_][\w'-]*", rest))[-5:]
    if not marks or rest[marks[-1].end() :].strip(' "«“'):
        return None, len(rest), ""
    noun = marks[-1][0].casefold()
    for skipped in range(min(3, len(marks))):
        last = len(marks) - 1 - skipped
        for size in (3, 2, 1):
            first = last - size + 1
            if first < 0:
                continue
            phrase = rest[marks[first].start() : marks[last].end()].casefold().split("'")[-1]
            found = words.feature_of.get(phrase)
            if found is not None:
                begins = marks[first].start() + len(rest[marks[first].start() : marks[last].end()]) - len(phrase)
                return found, begins, phrase
        if not (marks[last][0].islower() or marks[last][0].isupper()):
            break
    return None, len(rest), noun


def _feature_after(right: str, words: PlaceWords) -> tuple[Feature | None, int]:
    """The word for a kind of place that follows a name, and how many letters lie between the name's end and its own."""
    marks = list(re.finditer(r"[ ]([^\W\d_]+)", right[:60]))[:3]
    if not marks or marks[0].start() != 0:
        return None, 0
    for size in (3, 2, 1):
        if size <= len(marks) and all(marks[n].end() == marks[n + 1].start() for n in range(size - 1)):
            found = words.feature_after.get(right[marks[0].start(1) : marks[size - 1].end()].casefold())
            if found is not None:
                return found, marks[size - 1].end()
    return None, 0


def name_key(candidate: Candidate) -> tuple[str, tuple[str, ...]]:
    """What two mentions of one place in a document share: the spelling without marks, and the kind asked for."""
    return exact_key(candidate.text), candidate.feature.kinds if candidate.feature else ()
