"""Where do names of the register stand in a text? Forms of the lexicon matched over words, and the entry that each means in its context."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from recoupe.knowledge.actors import ActorEntry, Form, Register
from recoupe.language.actors import fold, word_set
from recoupe.language.parsed import Parsed

_PIECE = re.compile(r"[^\W_]+")
_JOINS = frozenset(" \u00a0\u202f\t-‐‑–'’.\u00ad")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_ALIVE = 10.0  # what it counts, in namings of its country, that an entry existed on the day of the text
_DESCRIPTIVE = 3  # words of a name that says what it names, and so is written small, too
_PAST = "2001"  # entries that ended before it are of another era: a bare name of theirs needs support


class Word(Struct, frozen=True, gc=False):
    """A run of letters or digits inside a token, folded."""

    piece: str
    token: int
    start: int
    end: int


class Match(Struct, frozen=True):
    """A form found: its tokens as a half-open range, its code points, the forms that fit, and the entry meant (None when several may be)."""

    first: int
    last: int
    start: int
    end: int
    forms: tuple[Form, ...]
    entry: ActorEntry | None

    def has(self, use: str) -> bool:
        """Whether the entry meant has the words as this use (name, adjective, demonym, metonym)."""
        return any(form.use == use and (self.entry is None or form.entry is self.entry) for form in self.forms)


class _Context(Struct, frozen=True):
    """What the text speaks of: countries of its clear names, and its years; `on` is the day it was published, None where unknown."""

    countries: Counter[str]
    years: tuple[str, ...]
    on: str | None
    eras: tuple[ActorEntry, ...]


def words_of(parsed: Parsed) -> tuple[Word, ...]:
    """The folded words of a parse with their places."""
    found = []
    for token in parsed.tokens:
        norm = token.norm
        if norm.isalnum():
            found.append(Word(fold(norm), token.index, token.start, token.end))
        elif len(norm) > 1:
            exact = token.end - token.start == len(token.text)
            for part in _PIECE.finditer(token.text):
                start, end = (token.start + part.start(), token.start + part.end()) if exact else (token.start, token.end)
                found.append(Word(fold(part.group()), token.index, start, end))
    return tuple(found)


def find_matches(parsed: Parsed, words: Sequence[Word], register: Register, on: str | None = None) -> tuple[Match, ...]:
    """The forms of the register in a text, longest first and without overlap, each with the entry that its context and its day speak for."""
    context = _context(parsed, _scan(parsed, words, register, None), on)
    return tuple(_decided(match, context) for match in _scan(parsed, words, register, context))


def _scan(parsed: Parsed, words: Sequence[Word], register: Register, context: _Context | None) -> list[Match]:
    starts = register.lexicon(parsed.language).starts
    shouting, whispering = parsed.text.isupper(), parsed.text.islower()
    common = word_set(parsed.language, "common")
    found: list[Match] = []
    at, total = 0, len(words)
    while at < total:
        forms = starts.get(words[at].piece)
        size = 0
        if forms is not None:
            fitting: list[Form] = []
            for form in forms:
                length = len(form.pieces)
                if length < size:
                    break
                if at + length > total or any(words[at + step].piece != form.pieces[step] for step in range(1, length)):
                    continue
                if form.guarded if context is None else not _allowed(form, context):
                    continue
                if length == 1 and form.entry.kind == "media" and _inside_name(parsed, words[at].token):
                    continue
                if _joined(parsed.text, words, at, length) and _cased(form, parsed.text, words, at, shouting=shouting, whispering=whispering):
                    if length == 1 and (shouting or whispering) and form.pieces[0] in common:
                        continue
                    size = length
                    fitting.append(form)
            if fitting:
                first, last = words[at], words[at + size - 1]
                found.append(Match(first.token, last.token + 1, first.start, last.end, tuple(fitting), None))
        at += size or 1
    return found


def _inside_name(parsed: Parsed, index: int) -> bool:
    """Whether a word is the later part of a longer name ("Najib Fars")."""
    before = parsed.tokens[index - 1] if index else None
    return before is not None and before.pos == "PROPN" and before.text[:1].isupper() and not before.text.isupper() and before.space


def _joined(text: str, words: Sequence[Word], at: int, length: int) -> bool:
    for here, after in zip(words[at : at + length - 1], words[at + 1 : at + length], strict=True):
        if here.end < after.start and not _JOINS.issuperset(text[here.end : after.start]):
            return False
    return True


def _cased(form: Form, text: str, words: Sequence[Word], at: int, *, shouting: bool, whispering: bool) -> bool:
    if shouting or whispering:
        return True
    if form.text.isupper():
        return text[words[at].start : words[at + len(form.pieces) - 1].end].isupper()
    if len(form.pieces) >= _DESCRIPTIVE and form.use == "name" and not any(form.capitals[1:]):
        return True  # "les forces démocratiques syriennes"
    return all(not capital or text[words[at + step].start].isupper() for step, capital in enumerate(form.capitals))


def _context(parsed: Parsed, raw: Sequence[Match], on: str | None) -> _Context:
    countries: Counter[str] = Counter()
    eras = []
    for match in raw:
        entries = {form.entry.id: form.entry for form in match.forms if not form.guarded}
        if len(entries) != 1:
            continue
        (entry,) = entries.values()
        if _of_past(entry) and len(match.forms[0].pieces) > 1:
            eras.append(entry)
        if entry.country and entry.sector != "JRN":
            countries[entry.country] += 1
    years = {*_YEAR.findall(parsed.text), *([on[:4]] if on else [])}
    return _Context(countries, tuple(sorted(years)), on, tuple(eras))


def _of_past(entry: ActorEntry) -> bool:
    return entry.until is not None and entry.until < _PAST


def _in_era(entry: ActorEntry, context: _Context) -> bool:
    if any(entry.lived(year) for year in context.years):
        return True
    return any(other.lived(entry.since or "1800") or entry.lived(other.since or "1800") for other in context.eras)


def _support(form: Form, context: _Context) -> float:
    entry = form.entry
    here = {entry.country, *entry.area} - {None}
    count = sum(context.countries[country] for country in here if country)
    if _of_past(entry):
        return count + 100 if _in_era(entry, context) else -1
    return count + (_ALIVE if context.on is not None and entry.lived(context.on) else 0.0)


def _to_come(entry: ActorEntry, on: str | None) -> bool:
    """Whether an entry came to be in a later year than a text; a person lived before the office."""
    return on is not None and entry.since is not None and entry.kind != "person" and entry.since[:4] > on[:4]


def _allowed(form: Form, context: _Context) -> bool:
    entry = form.entry
    if _to_come(entry, context.on):
        return False
    bare = (len(form.pieces) == 1 and entry.kind in {"person", "state"}) or form.use == "metonym"
    if _of_past(entry) and (form.guarded or bare):
        return _support(form, context) > 0
    return not form.guarded or _support(form, context) > 0


def _decided(match: Match, context: _Context) -> Match:
    forms = match.forms
    entries = {form.entry.id: form.entry for form in forms}
    if len(entries) == 1:
        chosen: ActorEntry | None = forms[0].entry
    else:
        ranked = sorted(((max(_support(form, context) for form in forms if form.entry is entry), entry) for entry in entries.values()), key=_rank)
        chosen = ranked[0][1] if ranked[0][0] > ranked[1][0] or _kin(ranked[0][1], ranked[1][1]) else None
    return Match(match.first, match.last, match.start, match.end, forms, chosen)


def _rank(scored: tuple[float, ActorEntry]) -> tuple[float, bool, str]:
    return -scored[0], scored[1].kind == "state", scored[1].id


def _kin(left: ActorEntry, right: ActorEntry) -> bool:
    return left.part_of == right.id or right.part_of == left.id
