"""Which country and sector has an actor named in English? PLOVER's codes, read off a name or a description with its context."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from recoupe.knowledge.actors.register import ActorEntry, Form, Register
from recoupe.language.actors import ActorNoun, NounPhrase, nouns_at, pieces_of, word_set

LATEST = "2024"  # the year that an undated name is read in
_FORMER = frozenset({"former", "ex", "disgraced", "ousted", "onetime", "erstwhile", "deposed"})
_COLLECTIVE = frozenset({"members", "bodies", "parties"})
_INSTITUTIONS = frozenset({"institution", "organisation", "parliament", "court", "armed-forces", "police", "intelligence", "company"})
_OFFICES = frozenset({"leaders", "officers", "legislators"})


class Code(Struct, frozen=True):
    """Country (ISO 3166-1 alpha-3, or UNO, EUR, IGO …) and sector of PLOVER, "" where there is none."""

    country: str
    sector: str


class _Part(Struct, frozen=True):
    first: int
    last: int
    form: Form | None = None
    noun: NounPhrase | None = None


def code_actor(
    name: str, register: Register, context: str | None = None, on: str | None = None, country_of: Callable[[str], str | None] | None = None
) -> Code:
    """The country and sector of an actor by its name or description.

    `context` are words from around it, `on` the ISO date of the text, `country_of` looks up a place that the register does not have.

    >>> from recoupe.knowledge.actors import open_register
    >>> code_actor("Spanish Foreign Ministry", open_register())
    Code(country='ESP', sector='GOV')
    """
    day = on or LATEST
    whole = _whole(name, register, context, day)
    if whole is not None:
        return whole
    pieces = pieces_of(name)
    parts = _parts(pieces, name, register, context, day)
    named = [part.form.entry for part in parts if part.form is not None and part.form.entry.kind != "person"]
    entry = _owner(named) if named else None
    set_aside = next((one for one in named if one.kind in _INSTITUTIONS and one is not entry), None)
    person = next((part.form.entry for part in parts if part.form is not None and part.form.entry.kind == "person"), None)
    noun = _head(parts, pieces)
    told = entry or person
    country = told.country if told else None
    if country is None and country_of is not None:
        country = next((found for found in (country_of(words) for words in _capitalised(name)) if found), None)
    return Code(country or "", _sector(noun, entry, set_aside, person, pieces, day))


def _whole(name: str, register: Register, context: str | None, day: str) -> Code | None:
    found = register.find(name)
    if not found:
        return None
    entry = _nearest(found, context, day)
    if entry.kind == "person":
        return Code(entry.country or "", (entry.sector if entry.lived(day) else "ELI") or "")
    plain = pieces_of(name)
    while plain and plain[0] == "the":
        plain = plain[1:]
    if entry.kind == "state" and any(pieces_of(other.rstrip("?")) == plain for other in (*entry.names_en, *entry.names_fr)):
        return Code(entry.country or "", "")
    return Code(entry.country or "", entry.sector or "")


def _nearest(found: Sequence[ActorEntry], context: str | None, day: str) -> ActorEntry:
    alive = [entry for entry in found if entry.lived(day)] or list(found)
    near = set(pieces_of(context)) if context else set()
    for entry in alive:
        states = {entry.country, *entry.area}
        if near and any(state and near & set(pieces_of(state)) for state in states):
            return entry
    return alive[0]


def _parts(pieces: Sequence[str], name: str, register: Register, context: str | None, day: str) -> tuple[_Part, ...]:
    """The names of the register and the nouns of the pack in a description, in order; a longer one covers what lies in it."""
    starts = register.lexicon("en").starts
    capitals = [word[:1].isupper() for word in name.replace("'", " ").replace("’", " ").replace("-", " ").split()]
    parts: list[_Part] = []
    at = 0
    while at < len(pieces):
        form = next(
            (form for form in starts.get(pieces[at], ()) if tuple(pieces[at : at + len(form.pieces)]) == form.pieces and _fits(form, capitals, at)),
            None,
        )
        noun = next(nouns_at(pieces, at, "en"), None)
        if form is not None and (noun is None or len(form.pieces) >= len(noun.words)):
            entries = [other.entry for other in starts[pieces[at]] if other.pieces == form.pieces]
            chosen = _nearest(entries, context, day)
            form = next(other for other in starts[pieces[at]] if other.pieces == form.pieces and other.entry is chosen)
            parts.append(_Part(at, at + len(form.pieces), form=form))
        elif noun is not None:
            parts.append(_Part(at, at + len(noun.words), noun=noun))
        at = parts[-1].last if parts and parts[-1].first == at else at + 1
    return tuple(parts)


def _fits(form: Form, capitals: Sequence[bool], at: int) -> bool:
    if form.guarded and len(form.pieces) == 1 and form.text.lower() in word_set("en", "common"):
        return False
    return not form.capitals[0] or at >= len(capitals) or capitals[at]


def _head(parts: Sequence[_Part], pieces: Sequence[str]) -> NounPhrase | None:
    """The noun that a description is headed by: the last before "of", or the last where that is a mere collective."""
    stop = next((place for place, piece in enumerate(pieces) if piece in {"of", "in", "to", "at", "from"}), len(pieces))
    before = [part.noun for part in parts if part.noun is not None and part.first < stop]
    after = [part.noun for part in parts if part.noun is not None and part.first >= stop]
    if before and (before[-1].name not in _COLLECTIVE or not after):
        head = before[-2] if before[-1].name in {*_COLLECTIVE, "resistance"} and len(before) > 1 else before[-1]
        return after[-1] if head.name in _OFFICES and after and after[-1].name == "firms" else head
    return after[0] if after else None


def _owner(named: Sequence[ActorEntry]) -> ActorEntry:
    """The entry that says most: a body rather than a state, but the state where it is named before another's institution.

    "Chile's Defense Department" is no body of the United States, "Canadian ambassador to the United Nations" none of the United Nations.
    """
    first = named[0]
    body = next((one for one in named if one.kind not in {"state", "people"}), first)
    another = body.country is not None and body.country != first.country
    return first if first.kind == "state" and another and body.kind in _INSTITUTIONS else body


def _sector(
    noun: NounPhrase | None, entry: ActorEntry | None, set_aside: ActorEntry | None, person: ActorEntry | None, pieces: Sequence[str], day: str
) -> str:
    if noun is not None and _FORMER & set(pieces) and noun.name in _OFFICES:
        return "ELI"
    if noun is None:
        if entry is not None and entry.kind == "state" and set_aside is not None:
            return set_aside.sector or ""
        if person is not None:
            return (person.sector if person.lived(day) else "ELI") or ""
        return (entry.sector or "") if entry is not None and entry.kind != "state" else ""
    if entry is not None and entry.kind not in {"state", "people", "territory"} and _inherits(noun.noun, noun.name):
        return entry.sector or noun.noun.sector
    return "" if noun.noun.sector == "UNK" and entry is not None else noun.noun.sector


def _inherits(noun: ActorNoun, name: str) -> bool:
    return name in {"members", "bodies", "armed_groups", "forces", "armies", "agents"} or noun.sector == "UNK"


def _capitalised(name: str) -> tuple[str, ...]:
    """The runs of capitalised words of a name, longest first."""
    runs: list[list[str]] = [[]]
    for word in name.split():
        if word[:1].isupper():
            runs[-1].append(word.rstrip("'s").rstrip("’s") or word)
        else:
            runs.append([])
    whole = [" ".join(run) for run in runs if run]
    return tuple(sorted(whole, key=len, reverse=True))
