"""Who acts, is acted upon, or speaks? Named and described actors of a text, with their entry of the register where it is known.

A mention is the head of a noun phrase with what says whose it is ("forces spéciales américaines", "terroristes de Daech"), without its article.
An adjective on any other noun is a mention of its own ("frappe [[américaine]]"); a country or its capital is one where it acts, not as a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from recoupe.extract.actors_names import Match, find_matches, words_of
from recoupe.extract.actors_persons import find_persons
from recoupe.extract.actors_phrases import Phrase, find_phrases
from recoupe.extract.actors_places import stands_as_actor
from recoupe.knowledge.actors import ActorEntry, Register
from recoupe.language.parsed import Parsed
from recoupe.model import ActorMention


class _Found(Struct, frozen=True):
    start: int
    end: int
    entry: ActorEntry | None
    name: str | None
    label: str | None = None


def find_actors(parsed: Parsed, register: Register, on: str | None = None) -> tuple[ActorMention, ...]:
    """The actors of a text, in order and without overlap.

    `on` is the ISO day on which the text was published: names and institutions are those of that time, of any time where it is None.

    >>> from recoupe.knowledge.actors import open_register
    >>> from recoupe.language.parse import parse_text
    >>> found = find_actors(parse_text("Les forces spéciales US ont frappé Daech en Syrie.", "fr"), open_register())
    >>> [(mention.text, mention.actor) for mention in found]
    [('forces spéciales US', 'us-special-forces'), ('Daech', 'islamic-state')]
    """
    words = words_of(parsed)
    matches = find_matches(parsed, words, register, on)
    phrases = find_phrases(parsed, words, matches, register, on)
    inside = [(phrase.start, phrase.end) for phrase in phrases]
    found = [_Found(phrase.start, phrase.end, phrase.entry, phrase.name, phrase.label) for phrase in phrases]
    found.extend(_coordinated(matches, phrases, register, parsed, on))
    found.extend(_Found(match.start, match.end, match.entry, None) for match in _outside(matches, inside) if stands_as_actor(parsed, match))
    found.extend(_Found(start, end, entry, None) for start, end, entry in find_persons(parsed, register, matches, phrases, on))
    found.sort(key=lambda one: (one.start, -one.end))
    return tuple(_mentions(parsed, _named(tuple(_with_short_form(parsed, found)), phrases)))


def _outside(matches: Sequence[Match], taken: Sequence[tuple[int, int]]) -> Iterator[Match]:
    at = 0
    for match in matches:
        while at < len(taken) and taken[at][1] <= match.start:
            at += 1
        if at == len(taken) or match.end <= taken[at][0]:
            yield match


def _coordinated(matches: Sequence[Match], phrases: Sequence[Phrase], register: Register, parsed: Parsed, on: str | None) -> Iterator[_Found]:
    """Another adjective on a described actor is an actor of its own ("forces syriennes et [[irakiennes]]", "[[Syrian]] and Iraqi forces")."""
    described: tuple[Match | Phrase, ...] = (*matches, *phrases)
    ends = {one.last: one.entry for one in described if one.entry is not None}
    starts = {one.first: one.entry for one in described if one.entry is not None}
    for match in matches:
        after = parsed.language == "en"
        entry = starts.get(match.last + 1) if after else ends.get(match.first - 1)
        if (
            entry is None
            or match.entry is None
            or not match.has("adjective")
            or parsed.tokens[match.last if after else match.first - 1].pos != "CCONJ"
        ):
            continue
        owner, _, role = entry.id.partition("-")
        if owner in register.by_id and register.by_id[owner].kind == "state" and role:
            yield _Found(match.start, match.end, register.of(match.entry, role, on), None)


def _with_short_form(parsed: Parsed, found: Sequence[_Found]) -> Iterator[_Found]:
    """A name with its short form in brackets is one mention ("Forces démocratiques syriennes (FDS)")."""
    at = 0
    while at < len(found):
        here = found[at]
        after = found[at + 1] if at + 1 < len(found) else None
        between = parsed.text[here.end : after.start] if after is not None else ""
        if (
            after is not None
            and here.entry is not None
            and after.entry is here.entry
            and between.strip() == "("
            and parsed.text[after.end : after.end + 1] == ")"
        ):
            yield _Found(here.start, after.end + 1, here.entry, None)
            at += 2
            continue
        yield here
        at += 1


def _named(found: Sequence[_Found], phrases: Sequence[Phrase]) -> Iterator[_Found]:
    """Descriptions get the actor that the same text ties to the same words elsewhere ("terroristes de Daech" … "les terroristes")."""
    meant = _labels(phrases)
    for one in found:
        entry = meant.get(one.label) if one.entry is None and one.label else None
        yield one if entry is None else _Found(one.start, one.end, entry, None)


def _labels(phrases: Sequence[Phrase]) -> Mapping[str, ActorEntry]:
    ties: dict[str, Counter[str]] = {}
    entries = {}
    for phrase in phrases:
        if phrase.tie and phrase.entry is not None:
            ties.setdefault(phrase.tie, Counter())[phrase.entry.id] += 1
            entries[phrase.entry.id] = phrase.entry
    return {label: entries[next(iter(counts))] for label, counts in ties.items() if len(counts) == 1}


def _mentions(parsed: Parsed, found: Iterator[_Found]) -> Iterator[ActorMention]:
    at = -1
    for one in found:
        if one.start < at:
            continue
        at = one.end
        text = parsed.text[one.start : one.end]
        name = one.name or (one.entry.name if one.entry else " ".join(text.split()))
        yield ActorMention(f"actor:{one.start}-{one.end}", one.start, one.end, text, one.entry.id if one.entry else None, name)
