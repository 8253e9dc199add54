"""Which places does a text name, and where are they?

`toponyms` finds every name that a place bears and how it is used; `find_places` keeps those that mean the place. Names are resolved
together (places_resolve); what can't be told apart keeps its ranked candidates and gets no point.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from recoupe.extract.places_candidates import Candidate as Found
from recoupe.extract.places_candidates import candidates, is_known, name_key
from recoupe.extract.places_of_adjectives import countries_spoken_of, places_of_adjectives
from recoupe.extract.places_quarters import in_their_towns
from recoupe.extract.places_resolve import Answer, Name, resolve
from recoupe.extract.places_stated import located_places, stated_places
from recoupe.extract.places_use import Use, context_of, is_water, use_of
from recoupe.knowledge.places import Gazetteer
from recoupe.knowledge.places.tables import transcribed_countries
from recoupe.language.parsed import Parsed
from recoupe.language.places import PlaceWords, place_words
from recoupe.model import ActorMention, Candidate, PlaceMention, Span

_INSIDE = re.compile(r"\s*(?:,|\(|, (?:en|au|in)|en|au|in)\s*")
_LAST = re.compile(r",?\s+(?:et|and)\s+")
_LIST = re.compile(r",\s+|,?\s+(?:et|and)\s+")
_COUNTRY = frozenset({"country", "division", "region"})
_LIKE = 4  # letters that a name must have to be looked up by its consonants


class Toponym(Struct, frozen=True):
    """A name that a place bears: its mention resolved, and how the name is used."""

    mention: PlaceMention
    use: Use


def find_places(parsed: Parsed, gazetteer: Gazetteer, actors: tuple[ActorMention, ...]) -> tuple[PlaceMention, ...]:
    """The places of a document in order; states that act through their name, persons and peoples are none.

    `actors` are the mentions already read as actors: a name that stands for one of them is no place.
    """
    return tuple(toponym.mention for toponym in toponyms(parsed, gazetteer, actors) if toponym.use == "place")


def toponyms(parsed: Parsed, gazetteer: Gazetteer, actors: tuple[ActorMention, ...]) -> tuple[Toponym, ...]:
    """Every name that a place bears, in order, with how it is used ("place", "metonym", "embedded")."""
    words = place_words(parsed.language)
    spread = places_of_adjectives(parsed, gazetteer, words)
    taken = [Span(mention.start, mention.end) for mention in spread]
    given = candidates(parsed, gazetteer, words)
    given = tuple(item for item in given if not any(span.start < item.end and item.start < span.end for span in taken))
    spoken = frozenset((*countries_spoken_of(parsed, words), *named_countries(given)))
    found = [_as_said(item, parsed, words) for item in _of_countries(given, spoken)]
    context = context_of(parsed, spoken, found)
    uses = _agree(found, _listed(parsed, found, [use_of(item, parsed, words, actors, context) for item in found]))
    kept = [(item, use) for item, use in zip(found, uses, strict=True) if use != "no"]
    answers = resolve_found(parsed, [item for item, _ in kept], words, gazetteer)
    sure = [(item, use, answer) for (item, use), answer in zip(kept, answers, strict=True) if answer.ranked or _is_named(item, parsed)]
    places = [mention_of(parsed, item, answer) for item, _, answer in sure]
    mentions = in_their_towns(parsed, [item for item, _, _ in sure], [answer for _, _, answer in sure], places, words)
    told = [Toponym(mention, use) for (_, use, _), mention in zip(sure, mentions, strict=True)]
    around = [Toponym(mention, "place") for mention in spread]
    known = [Span(item.mention.start, item.mention.end) for item in (*told, *around)]
    countries = [item.mention for item in (*told, *around) if item.mention.country is not None and item.mention.feature in _COUNTRY]
    taken = [*known, *(Span(one.start, one.end) for one in actors)]
    stated = list(stated_places(parsed, countries, taken, words))
    stated += located_places(parsed, [item.mention for item in told], [*taken, *(Span(one.start, one.end) for one in stated)], words)
    return tuple(sorted((*told, *around, *(Toponym(mention, "place") for mention in stated)), key=lambda toponym: toponym.mention.start))


def _is_named(item: Found, parsed: Parsed) -> bool:
    """Whether a name whose place is not known is a place's for all that: by the word for its kind, or by the sound of it."""
    return item.feature is not None or any(name.kind == "place" and name.end == item.end for name in parsed.names_in(item.start, item.end))


def named_countries(found: Sequence[Found]) -> Iterator[str]:
    """The countries that a text names, and those of its large places."""
    for item in found:
        first = item.entries[0] if item.entries and item.exact else None
        if first is not None and first.country and (first.kind in ("country", "division") or is_known((first,))):
            yield first.country


def _of_countries(found: Sequence[Found], spoken: Container[str]) -> Iterator[Found]:
    """The names with those places alone that are spelt so, or lie in a country that the text speaks of.

    Likeness of spelling alone would make places of "Hamas" (Hamm), "Assad" and "Human" anywhere in the world.
    """
    for item in found:
        entries = item.entries if item.exact else tuple(entry for entry in item.entries if entry.country in spoken)
        if entries or item.feature is not None:
            yield replace(item, entries=entries)


def _as_said(item: Found, parsed: Parsed, words: PlaceWords) -> Found:
    """The name without the country that bears it too, where the word for its kind, or what is said of it, asks for something else."""
    kinds = item.feature.kinds if item.feature is not None else ()
    if any(entry.kind in kinds for entry in item.entries):
        return replace(item, entries=tuple(entry for entry in item.entries if entry.kind != "country" or "country" in kinds))
    rivers = tuple(entry for entry in item.entries if entry.kind == "river")
    return replace(item, entries=rivers) if rivers and is_water(item, parsed, words) else item


def _listed(parsed: Parsed, found: Sequence[Found], uses: Sequence[Use]) -> list[Use]:
    """A name that is listed with places is one of them where a place of their country bears it ("à Hajin, Gharanij et Al Chaafa")."""
    told = list(uses)
    for number, item in enumerate(found[1:], 1):
        before = found[number - 1]
        if told[number] != "no" or told[number - 1] != "place" or not _LIST.fullmatch(parsed.text[before.end : item.start]):
            continue
        last = _LAST.fullmatch(parsed.text[before.end : item.start]) is not None
        goes_on = number + 1 < len(found) and _LIST.fullmatch(parsed.text[item.end : found[number + 1].start]) is not None
        countries = {entry.country for entry in before.entries} & transcribed_countries()
        if (last or goes_on) and any(entry.country in countries for entry in item.entries):
            told[number] = "place"
    return told


def _agree(found: Sequence[Found], uses: Sequence[Use]) -> list[Use]:
    """A name that is a place somewhere in the text is one wherever it stands alone, and "in the Norfolk Police Department" is in Norfolk."""
    places = {name_key(item)[0] for item, use in zip(found, uses, strict=True) if use == "place" and (item.cue == "locative" or item.feature)}
    return [
        "place" if _may_agree(item, use) and item.entries and item.exact and name_key(item)[0] in places else use
        for item, use in zip(found, uses, strict=True)
    ]


def _may_agree(item: Found, use: Use) -> bool:
    return use == "embedded" and item.cue == "locative" if use != "no" else item.cue != "none"


# ------------------------------------------------------------------------------------------------------------------- resolving


def resolve_found(parsed: Parsed, found: Sequence[Found], words: PlaceWords, gazetteer: Gazetteer) -> list[Answer]:
    """The answers for names of one document, resolved together."""
    spoken = countries_spoken_of(parsed, words)
    held = _with_likes(found, spoken, gazetteer)
    within = [tuple(_within(parsed, held, number, words)) for number in range(len(held))]
    groups = _groups(held, within)
    holding = [_holds(parsed, held, number) for number in range(len(held))]
    names = [
        Name(
            held[numbers[0]].entries, key[1], tuple(dict.fromkeys(place for number in numbers for place in within[number])),
            tuple(dict.fromkeys(place for number in numbers for place in holding[number])), len(numbers),
        )
        for key, numbers in groups.items()
    ]  # fmt: skip
    answers: list[Answer] = [Answer((), certain=False)] * len(held)
    for answer, numbers in zip(resolve(names, spoken), groups.values(), strict=True):
        for number in numbers:
            answers[number] = answer
    return answers


def _groups(found: Sequence[Found], within: Sequence[tuple[str, ...]]) -> dict[tuple[str, tuple[str, ...], int], list[int]]:
    """The mentions of each name that mean one place; "San Jose, Costa Rica" and "San Jose, California" are two, and what follows is the last."""
    groups: dict[tuple[str, tuple[str, ...], int], list[int]] = defaultdict(list)
    stated: dict[tuple[str, tuple[str, ...]], list[set[str]]] = defaultdict(list)
    for number, item in enumerate(found):
        key, holders = name_key(item), set(within[number])
        known = stated[key]
        if holders and known and not known[-1] & holders:
            same = next((old for old in known if old & holders), None)
            known.append(same if same is not None else holders)
        elif holders and not known:
            known.append(holders)
        first = next((place for place, old in enumerate(known) if old == known[-1]), 0) if known else 0
        groups[(*key, first)].append(number)
    return groups


def _with_likes(found: Sequence[Found], spoken: Counter[str], gazetteer: Gazetteer) -> list[Found]:
    """Names that no key matches are looked up by their consonants in the countries that the text speaks of."""
    countries = Counter(spoken)
    countries.update(entry.country for item in found for entry in item.entries[:1] if entry.country and entry.kind == "country")
    likely = [code for code, _ in countries.most_common(3)]
    held = []
    for item in found:
        if not item.entries and len(item.text) >= _LIKE:
            like = tuple(entry for code in likely for entry in gazetteer.find_like(item.text, code))
            wanted = tuple(entry for entry in like if item.feature is None or entry.kind in item.feature.kinds)
            held.append(replace(item, entries=wanted if len(wanted) == 1 else ()))
        else:
            held.append(item)
    return held


def _within(parsed: Parsed, found: Sequence[Found], number: int, words: PlaceWords) -> Iterator[str]:
    """The ids of countries and divisions that the text names right after a place as what it lies in."""
    item = found[number]
    right = parsed.text[item.end : item.end + 12]
    mark = re.match(r",?\s*\(?((?:[A-Z]\.){2,}|[A-Z][a-z]{1,4}\.|[A-Z]{2}\b)", right)
    if mark and mark[1] in words.abbreviated and right[0] in ", (":
        yield from words.abbreviated[mark[1]]
    if number + 1 < len(found):
        after = found[number + 1]
        if 0 < after.start - item.end < 12 and _INSIDE.fullmatch(parsed.text[item.end : after.start]):
            yield from (entry.id for entry in after.entries[:3] if entry.kind in ("country", "division", "county"))


def _holds(parsed: Parsed, found: Sequence[Found], number: int) -> tuple[str, ...]:
    """The ids of the divisions and countries among the readings of a name that hold a reading of the name right before it."""
    if not number or not _INSIDE.fullmatch(parsed.text[found[number - 1].end : found[number].start]):
        return ()
    around = {place for entry in found[number - 1].entries for place in (entry.division, f"country:{entry.country}")}
    return tuple(entry.id for entry in found[number].entries if entry.kind in ("division", "country") and entry.id in around)


# ------------------------------------------------------------------------------------------------------------------- mentions


def mention_of(parsed: Parsed, item: Found, answer: Answer) -> PlaceMention:
    """The mention of a name: with its point where that is certain, else with ranked candidates."""
    start, end = item.outer.start, item.outer.end
    identity, text = f"place:{start}-{end}", parsed.text[start:end]
    ranked = tuple(
        Candidate(entry.id, entry.name, entry.country, entry.latitude, entry.longitude, share) for entry, share in answer.ranked[:5] if share >= 0.01
    )
    if not answer.ranked:
        return PlaceMention(identity, start, end, text, None, item.text, None, None, None, item.feature.kinds[0] if item.feature else None, None)
    best = answer.ranked[0][0]
    if not answer.certain:
        codes = {candidate.country for candidate in ranked}
        country = best.country if len(codes) == 1 else None
        return PlaceMention(identity, start, end, text, None, item.text, country, None, None, None, None, ranked)
    rest = ranked if len(ranked) > 1 else ()
    return PlaceMention(
        identity, start, end, text, best.id, best.name, best.country, best.latitude, best.longitude, best.kind, best.precision_km, rest
    )  # fmt: skip
