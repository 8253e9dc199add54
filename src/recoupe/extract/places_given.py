"""Which places do given stretches of a text name? For names that others found: the sites of events, and sets with marked names."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from msgspec.structs import replace

from recoupe.extract.places import mention_of, named_countries, resolve_found
from recoupe.extract.places_candidates import Candidate as Found
from recoupe.extract.places_of_adjectives import countries_spoken_of
from recoupe.extract.places_resolve import Answer, kilometres
from recoupe.extract.places_use import is_large
from recoupe.knowledge.places import Gazetteer, PlaceEntry
from recoupe.language.parsed import Parsed
from recoupe.language.places import PlaceWords, place_words
from recoupe.model import PlaceMention, Span

_LOCAL = frozenset(("town", "village", "quarter", "county", "airport", "base", "site", "island", "camp", "port", "crossing"))
_WIDE = frozenset(("country", "continent", "region"))
_AROUND = 161.0  # km within which a part of a longer name is where the text is about


def resolve_given(parsed: Parsed, spans: Sequence[Span], gazetteer: Gazetteer) -> tuple[PlaceMention | None, ...]:
    """The places that given stretches name, resolved together; None where no place bears the name."""
    found, answers = _answers(parsed, spans, gazetteer)
    return tuple(mention_of(parsed, item, answer) if answer.ranked else None for item, answer in zip(found, answers, strict=True))


def resolve_near(parsed: Parsed, spans: Sequence[Span], gazetteer: Gazetteer) -> tuple[PlaceMention | None, ...]:
    """As `resolve_given`, for names that are all known to be places: one that the gazetteer doesn't hold lies by the next one that it holds.

    A street, a school or a club lies in the town that the text names beside it; so does a longer name, of which only a part is known and
    lies elsewhere ("Washington University in St. Louis"). None where the text names no town at all.
    """
    found, answers = _answers(parsed, spans, gazetteer)
    words = place_words(parsed.language)
    spoken = _spoken(parsed, found, words)
    whole = [bool(_whole_entries(item.text, gazetteer, words, spoken)) for item in found]
    towns = [(item, answer.ranked[0][0]) for item, answer, held in zip(found, answers, whole, strict=True) if held and answer.certain]
    towns = [(item, entry) for item, entry in towns if entry.kind in _LOCAL]
    mentions = []
    for item, answer, held in zip(found, answers, whole, strict=True):
        away = not held and not (answer.ranked and _is_about(answer.ranked[0][0], [entry for _, entry in towns]))
        nearest = min(towns, key=lambda town: _letters_between(item, town[0]), default=None) if away else None
        if nearest is not None:
            answer = Answer(((nearest[1], 1.0),), certain=True)
        mentions.append(mention_of(parsed, item, answer) if answer.ranked else None)
    return tuple(mentions)


def _is_about(entry: PlaceEntry, towns: Sequence[PlaceEntry]) -> bool:
    """Whether the place of a part of a name is wide ("Bank of Mexico"), or one that the text is about."""
    return entry.kind in _WIDE or any(kilometres(entry, town) < _AROUND for town in towns)


def _letters_between(item: Found, other: Found) -> int:
    return max(other.start - item.end, item.start - other.end)


def _answers(parsed: Parsed, spans: Sequence[Span], gazetteer: Gazetteer) -> tuple[list[Found], list[Answer]]:
    words = place_words(parsed.language)
    named = [Found(span.start, span.end, span, parsed.text[span.start : span.end], (), "none", None, "", opening=False, exact=True) for span in spans]
    named = [replace(item, entries=_exact_entries(item.text, gazetteer, words)) for item in named]
    spoken = _spoken(parsed, named, words)
    found = [
        replace(item, entries=_whole_entries(item.text, gazetteer, words, spoken) or _part_of_name(item.text, gazetteer, words)) for item in named
    ]
    return found, resolve_found(parsed, found, words, gazetteer)


def _spoken(parsed: Parsed, found: Sequence[Found], words: PlaceWords) -> frozenset[str]:
    """The countries that the text speaks of by adjectives, by name or by a large place of theirs."""
    return frozenset((*countries_spoken_of(parsed, words), *named_countries(found)))


def _whole_entries(text: str, gazetteer: Gazetteer, words: PlaceWords, spoken: Container[str | None]) -> tuple[PlaceEntry, ...]:
    """The places of the whole name; those whose spelling is only alike where the text speaks of their country."""
    entries = _exact_entries(text, gazetteer, words)
    return entries or tuple(entry for entry in gazetteer.find_folded(text) if entry.country in spoken)


def _exact_entries(text: str, gazetteer: Gazetteer, words: PlaceWords) -> tuple[PlaceEntry, ...]:
    code = words.country_of_adjective.get(text.casefold())
    by_id = (gazetteer.by_id(identity) for identity in (*words.abbreviated.get(text, ()), *_of_code(code)))
    held = tuple(entry for entry in by_id if entry is not None)
    if held:
        return held
    for form in (text, text.removesuffix("'s").removesuffix("’s"), text.removeprefix("the ").removeprefix("The ")):
        entries = gazetteer.find_exact(form)
        if entries:
            return entries
    return ()


def _of_code(code: str | None) -> Iterator[str]:
    """The id of the place that an adjective is of: a country by its code, else a place of the gazetteer by its id."""
    if code is not None:
        yield code if ":" in code else f"country:{code}"


def _part_of_name(text: str, gazetteer: Gazetteer, words: PlaceWords) -> tuple[PlaceEntry, ...]:
    """The places of the longest beginning or end of a longer name ("Manila Cathedral", "Bank of Mexico", "Russian Senate")."""
    marks = text.split()
    parts = [marks[:stop] for stop in range(len(marks) - 1, 0, -1)] + [marks[first:] for first in range(1, len(marks))]
    for part in sorted(parts, key=len, reverse=True):
        adjective = tuple(_of_code(words.country_of_adjective.get(part[0].casefold()))) if len(part) == 1 else ()
        entries = tuple(entry for entry in gazetteer.find_exact(" ".join(part)) if is_large((entry,)))
        entries += tuple(entry for identity in adjective if (entry := gazetteer.by_id(identity)) is not None)
        if entries and part[0][0].isupper() and " ".join(part) not in words.never.words:
            return entries
    return ()
