"""Which stretches of a text may name a place, and what do the words around them ask for?

A stretch is a run of words that the gazetteer knows, the longest first; where it knows none, a name after a word for a kind of place still
is one. Words are looked at inside hyphens too ("Iran-Irak-Syrie"), so this reads letters and not tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from recoupe.knowledge.places import Gazetteer, PlaceEntry, importance
from recoupe.knowledge.places.names import exact_key, folded_key
from recoupe.language.parsed import Parsed
from recoupe.language.places import Feature, PlaceWords
from recoupe.model import Span

Cue = Literal["locative", "of", "by", "against", "with", "none"]

_PIECE = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][^\W_]*")
_JOINT = re.compile(r"[ \u00a0\u202f]?[-–][ \u00a0]?|[ \u00a0\u202f]{1,2}|['’ʼʻ‘]|\. ")
_ARABIC = frozenset(("al", "el", "ad", "ed", "ar", "er", "as", "es", "ash", "ach", "ech", "esh", "at", "et", "az", "ez", "an", "en", "ul"))
_OWNING = frozenset((
    "abou", "abu", "ain", "aïn", "awlad", "bab", "bani", "banu", "beit", "beni", "bir", "borj", "burj", "dayr", "deir", "jabal", "jebel", "kafr", "khan", "mina", "ouled", "oum", "qasr", "ras", "sidi",
    "souk", "tal", "tall", "tel", "tell", "umm", "wadi",
))  # fmt: skip
_BLANKS = (" ", "\u00a0", "\u202f")
_APOSTROPHES = ("'", "’", "ʼ", "‘")
_HYPHENS = ("-", "‐", "‑", "–")
_SETTLED = ("town", "village", "division", "county")
_KNOWN_TOWN = 100_000
_JOINED_TOWN = 20_000  # inhabitants of a town that is named with another by a hyphen
_WINDOW = 200  # characters before and behind a name that may say something of it
_LONGEST = 6  # words of a name
_SMALL, _MOST = 3, 0.7  # letters of a word that headlines begin without a capital, and the share of the others that they begin with one
_BETWEEN = ("ADJ", "NOUN", "PROPN", "VERB", "NUM", "X")  # what may stand between "base" and "d'al-Tanf"
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
        led = entries and not exact and piece.text.casefold() in words.locative.words  # "À Saada" is no place called so
        if led or _is_of_people(piece, entries, words, stop - at, exact=exact) or (_is_elision(parsed.text, pieces, at, stop, entries, gazetteer)):
            at += 1
            continue
        if entries and _is_common(parsed.text[piece.start : pieces[stop - 1].end], words, pieces, at, stop):
            at = stop
            continue
        if entries and stop - at == 1 and _owns(parsed.text, pieces, at):
            entries = ()
        if not entries:
            stop = _unknown_end(parsed.text, pieces, at)
        candidate = None
        if (entries or piece.capital or article) and not _is_cut_off(parsed.text, pieces, at, stop, gazetteer, words):
            candidate = _candidate(parsed, sentence, pieces, at, stop, entries, words, previous, exact=exact)
            candidate = candidate and _checked(candidate, parsed, gazetteer, words)
        if candidate is None:
            at += 1
            continue
        yield candidate
        previous, at = candidate, stop


def _is_article(text: str, piece: Piece, after: Piece) -> bool:
    """Whether a small word is the Arabic article of the name after it: "al Asad", "ez-Zor", and not "en Irak"."""
    between = text[piece.end : after.start]
    return piece.text in _ARABIC and after.capital and (between in ("-", "‐", "‑", "'", "’") or (between in _BLANKS and piece.text in ("al", "el")))


def _owns(text: str, pieces: tuple[Piece, ...], at: int) -> bool:
    """Whether a known name is the first word of a longer one that is not known: "Bab al-Tabbaneh" is not Bab, "Beni Khaled" not Beni."""
    if pieces[at].text.casefold() not in _OWNING or at + 1 >= len(pieces) or not _joint(text, pieces[at], pieces[at + 1]):
        return False
    return pieces[at + 1].capital or (at + 2 < len(pieces) and _is_article(text, *pieces[at + 1 : at + 3]))


def _is_of_people(piece: Piece, entries: tuple[PlaceEntry, ...], words: PlaceWords, size: int, *, exact: bool) -> bool:
    """Whether a name begins with the adjective or the people of a country and is not a place's for all that ("Georgia", "Des Moines")."""
    if piece.text.casefold() not in words.country_of_adjective:
        return False
    return not (entries and exact and (size > 1 or entries[0].kind == "country"))


def _is_elided(text: str, piece: Piece) -> bool:
    """Whether a letter may be what an elision leaves of a small word: "L'Irak", but "L'Aquila" too."""
    return len(piece.text) == 1 and text[piece.end : piece.end + 1] in _APOSTROPHES


def _is_elision(text: str, pieces: tuple[Piece, ...], at: int, stop: int, entries: tuple[PlaceEntry, ...], gazetteer: Gazetteer) -> bool:
    """Whether a run begins with an elided word and not with a name: nothing bears the whole, or what follows is known far better."""
    if not _is_elided(text, pieces[at]):
        return False
    return not entries or (stop - at > 1 and is_known(gazetteer.find_exact(text[pieces[at + 1].start : pieces[stop - 1].end])))


def is_known(entries: Iterable[PlaceEntry]) -> bool:
    """Whether one of the places is a country, a seat of government or a large town."""
    return any(entry.kind == "country" or entry.capital or entry.population >= _KNOWN_TOWN for entry in entries)


def _is_cut_off(text: str, pieces: tuple[Piece, ...], at: int, stop: int, gazetteer: Gazetteer, words: PlaceWords) -> bool:
    """Whether a stretch is a part of a longer name with hyphens ("Non-Intervention"), and not one of several places ("Homs-Palmyre")."""

    def joined(left: int) -> bool:
        return 0 <= left < len(pieces) - 1 and text[pieces[left].end : pieces[left + 1].start] in _HYPHENS

    def is_place(spans: Iterable[tuple[int, int]]) -> bool:
        names = (text[pieces[first].start : pieces[last].end] for first, last in spans if 0 <= first <= last < len(pieces))
        entries = (entry for name in names if name not in words.never.words for entry in gazetteer.find_exact(name))
        return any(entry.population >= _JOINED_TOWN or entry.kind not in ("town", "village", "quarter") for entry in entries)

    sides = []
    if joined(stop - 1) and pieces[stop].text.casefold() not in words.part_of:  # "Alep-Est"
        sides.append((pieces[stop], [(stop, stop + more) for more in range(3)]))
    if joined(at - 1) and pieces[at - 1].text.casefold() not in _ARABIC:
        sides.append((pieces[at - 1], [(at - 1 - more, at - 1) for more in range(3)]))
    if any(side.text.casefold() in words.inside for side, _ in sides):
        return True
    return any(side.capital and not (is_place(around) and is_place([(at, stop - 1)])) for side, around in sides)


def _checked(candidate: Candidate, parsed: Parsed, gazetteer: Gazetteer, words: PlaceWords) -> Candidate | None:
    """The candidate without the places that can't be meant; None when nothing speaks for a place any more."""
    if not candidate.entries:
        return candidate if _is_nameable(candidate, parsed, words, gazetteer) else None
    article = _article_before(parsed.text[max(0, candidate.start - 12) : candidate.start].translate(_PLAIN), words)
    if article is None or not any(entry.kind in words.bare for entry in candidate.entries):
        return candidate
    kept = tuple(entry for entry in candidate.entries if entry.kind not in words.bare)
    named = {entry.id: entry for opening in (article, *sorted(_ARABIC)) for entry in gazetteer.find_exact(f"{opening} {candidate.text}")}
    entries = tuple(sorted((*kept, *named.values()), key=lambda entry: (-importance(entry), entry.id)))
    if candidate.feature is not None and not named:
        return candidate
    return replace(candidate, entries=entries) if entries else None


def _article_before(left: str, words: PlaceWords) -> str | None:
    """The article right before a name, that of a contraction too ("du" holds "le"); None where there is none."""
    last = re.search(r"(?:^|[^\w'])((\w+)\s+|\w+')$", left)
    if last is None:
        return None
    word = last[1].strip().casefold()
    return word if word in words.articles else words.contracted.get(word)


def _is_nameable(candidate: Candidate, parsed: Parsed, words: PlaceWords, gazetteer: Gazetteer) -> bool:
    """Whether a name that the gazetteer doesn't know can be a place's by the word for its kind: "le village de Qariba", not "the town Monday"."""
    tokens = [token for token in parsed.tokens_in(candidate.start, candidate.end) if token.text[0].isalpha()]
    if any(token.pos not in ("PROPN", "X", "NOUN") or token.norm in words.country_of_adjective for token in tokens if token.norm not in _ARABIC):
        return False
    if candidate.feature is not None and candidate.feature.kinds[0] in _SETTLED and candidate.cue != "of" and not candidate.feature.after:
        return False
    pieces = pieces_of(parsed.text, candidate.start, candidate.end)
    return not any(gazetteer.find_exact(candidate.text[piece.start - candidate.start :]) for piece in pieces[1:])


def _joint(text: str, left: Piece, right: Piece) -> bool:
    between = text[left.end : right.start]
    return _JOINT.fullmatch(between) is not None and (between != ". " or len(left.text) <= 3)


def _longest(text: str, pieces: tuple[Piece, ...], at: int, gazetteer: Gazetteer) -> tuple[int, tuple[PlaceEntry, ...], bool]:
    """The end of the longest run from `at` that the gazetteer knows, its places, and whether it is spelt as the gazetteer spells it."""
    reach = at + 1
    while reach < len(pieces) and reach - at < _LONGEST and _joint(text, pieces[reach - 1], pieces[reach]):
        reach += 1
    lone_article = pieces[at].text.casefold() in _ARABIC
    for stop in range(reach, at, -1):
        last = pieces[stop - 1]
        if stop - at == 1 and (lone_article or not pieces[at].capital):
            break
        if not last.capital and not any(piece.capital for piece in pieces[at:stop]):
            continue
        entries = gazetteer.find_exact(text[pieces[at].start : last.end])
        if last.text == "s" and text[last.start - 1] in _APOSTROPHES:
            entries = tuple(entry for entry in entries if entry.name.endswith(("'s", "’s")))  # "St. John's", but not the Malis of "Mali's"
        if entries:
            return stop, entries, True
    if _is_elided(text, pieces[at]):
        return at + 1, (), False
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


def in_capitals(parsed: Parsed, at: int) -> bool:
    """Whether the sentence around is written in capitals throughout, so that they tell nothing."""
    sentence = parsed.sentence_at(at)
    return sentence is not None and parsed.text[sentence.start : sentence.end].isupper()


def in_title_case(parsed: Parsed, at: int) -> bool:
    """Whether most words of the sentence around, but for its first, begin with a capital, as in headlines ("Six Killed in Aleppo Bombing")."""
    sentence = parsed.sentence_at(at)
    if sentence is None:
        return False
    words = [token.text for token in parsed.tokens_in(sentence.start, sentence.end)[1:] if len(token.text) > _SMALL and token.text.isalpha()]
    return sum(word[0].isupper() for word in words) > _MOST * len(words)


def _candidate(
    parsed: Parsed, sentence: Span, pieces: tuple[Piece, ...], at: int, stop: int,
    entries: tuple[PlaceEntry, ...], words: PlaceWords, previous: Candidate | None, *, exact: bool,
) -> Candidate | None:  # fmt: skip
    start, end = pieces[at].start, pieces[stop - 1].end
    window = max(sentence.start, start - _WINDOW)
    left = parsed.text[window:start].translate(_PLAIN)
    if stop - at == 1 and left.strip() and _is_acronym(parsed.text[start:end], entries) and not in_capitals(parsed, start):
        return None
    cue, rest = _cue(left, words)
    feature, begins, noun = _feature_before(rest if cue != "none" else _without_article(left, words), words, parsed, window)
    if cue not in ("locative", "of", "none"):
        feature, begins = None, len(left)
    if feature is None:
        feature, after = _feature_after(parsed.text[end : min(end + _WINDOW, sentence.end)].translate(_PLAIN), words)
    else:
        after = 0
    if feature is None and previous is not None and previous.feature is not None and previous.end <= start < previous.end + _WINDOW:
        between = parsed.text[previous.end : start].translate(_PLAIN)
        if _LISTED.fullmatch(between) and between.strip() and not between.strip().startswith("("):
            feature, cue = previous.feature, previous.cue
            begins = len(left)
    if not entries and feature is None:
        return None
    inside = feature is not None and feature.inside
    outer = Span(window + begins if inside and not after else start, end + after if inside else end)
    if not parsed.text[outer.start : start].strip():
        outer = Span(start, outer.end)
    opening = window == sentence.start and not left.strip(" \"'«“(-")
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


def _feature_before(rest: str, words: PlaceWords, parsed: Parsed, start: int) -> tuple[Feature | None, int, str]:
    """The word for a kind of place that ends `rest`, up to two adjectives before its end, where it begins, and the noun itself."""
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
        elided = marks[last][0].rfind("'") + 1
        token = parsed.token_at(start + marks[last].start() + elided)
        apart = last and rest[marks[last - 1].end() : marks[last].start()].strip()
        if apart or token is None or token.pos not in _BETWEEN or "VerbForm=Fin" in token.morph:
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
