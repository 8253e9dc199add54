"""Which places does a text name by adjectives and not by names of their own? Borders by their countries, and parts of a country."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from recoupe.knowledge.places import Gazetteer, PlaceEntry
from recoupe.language.parsed import Parsed
from recoupe.language.places import PlaceWords
from recoupe.model import PlaceMention

_EARTH = 111.2  # km in a degree of latitude


def countries_spoken_of(parsed: Parsed, words: PlaceWords) -> Counter[str]:
    """How often the text speaks of a country by adjectives."""
    codes = (words.country_of_adjective.get(token.norm) for token in parsed.tokens)
    return Counter(code for code in codes if code is not None and ":" not in code)


def places_of_adjectives(parsed: Parsed, gazetteer: Gazetteer, words: PlaceWords) -> tuple[PlaceMention, ...]:
    """The borders and parts of countries that adjectives name; they don't overlap."""
    found = [*_borders(parsed, gazetteer, words), *_parts(parsed, gazetteer, words)]
    alone = [
        mention
        for mention in _borders_of_one(parsed, gazetteer, words)
        if not any(mention.start < other.end and other.start < mention.end for other in found)
    ]
    return tuple(sorted((*found, *alone), key=lambda mention: mention.start))


# ------------------------------------------------------------------------------------------------------------------------- borders


def _borders(parsed: Parsed, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[PlaceMention]:
    nouns = "|".join(sorted(map(re.escape, words.borders.words), key=len, reverse=True))
    heads = "|".join(sorted(map(re.escape, words.country_of_head), key=len, reverse=True))
    tails = "|".join(sorted(map(re.escape, words.country_of_adjective), key=len, reverse=True))
    compound = rf"(?P<first>{heads})[-–‐‑](?P<second>{tails})"
    pattern = re.compile(rf"\b(?:(?P<noun>{nouns})\s+)?{compound}(?:\s+(?P<after>{nouns}))?\b", re.IGNORECASE)
    for mark in pattern.finditer(parsed.text):
        sentence = parsed.sentence_at(mark.start())
        if sentence is None:
            continue
        noun = (
            mark["noun"]
            or mark["after"]
            or next((t for t in parsed.tokens_of(sentence) if t.end <= mark.start() and t.norm in words.borders.words), None)
        )
        codes = sorted((words.country_of_head[mark["first"].casefold()], words.country_of_adjective[mark["second"].casefold()]))
        entry = gazetteer.by_id(f"border:{codes[0]}-{codes[1]}")
        if noun is None or entry is None:
            continue
        country = words.country_of_head[mark["first"].casefold()]
        yield _spread_mention(parsed, mark.start(), mark.end(), entry, country, entry.latitude, entry.longitude, entry.precision_km, "border")


def _borders_of_one(parsed: Parsed, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[PlaceMention]:
    """Borders by one country ("la frontière syrienne") where their sentence speaks of one neighbour alone; elsewhere they are no place."""
    nouns = "|".join(sorted(map(re.escape, words.border_nouns), key=len, reverse=True))
    adjectives = "|".join(sorted(map(re.escape, words.country_of_adjective), key=len, reverse=True))
    listed = rf"(?:{adjectives})(?:(?:,\s+|,?\s+(?:{'|'.join(words.joining)})\s+)(?:{adjectives}))*"
    for mark in re.finditer(
        rf"(?<![\w-])(?:(?:{nouns})\s+(?P<after>{listed})|(?P<before>{listed})\s+(?:{nouns}))(?![\w-])", parsed.text, re.IGNORECASE
    ):
        start, end = mark.span()
        sentence, code = parsed.sentence_at(start), words.country_of_adjective.get((mark["after"] or mark["before"]).casefold())
        following = parsed.text[end : end + 8].split()
        if sentence is None or code is None or (following and following[0] in words.accompanied.words):
            continue  # several countries, or the one named behind "avec" stands for the border
        beside = _countries_in(parsed, sentence.start, start, gazetteer, words) + _countries_in(parsed, end, sentence.end, gazetteer, words)
        near = [entry for other, entry in gazetteer.borders_of(code).items() if beside[other]]
        if len(near) == 1:
            yield _spread_mention(parsed, start, end, near[0], code, near[0].latitude, near[0].longitude, near[0].precision_km, "border")


def _countries_in(parsed: Parsed, start: int, end: int, gazetteer: Gazetteer, words: PlaceWords) -> Counter[str]:
    """How often a stretch of the text speaks of countries, by adjectives or by name."""
    counted: Counter[str] = Counter()
    for token in parsed.tokens_in(start, end):
        code = words.country_of_adjective.get(token.norm) or (_country_named(token.text, gazetteer) if token.text[0].isupper() else None)
        if code is not None and ":" not in code:
            counted[code] += 1
    return counted


# --------------------------------------------------------------------------------------------------------------- parts of countries


def _parts(parsed: Parsed, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[PlaceMention]:
    parts = "|".join(sorted(map(re.escape, words.part_of), key=len, reverse=True))
    adjectives = "|".join(sorted(map(re.escape, words.country_of_adjective), key=len, reverse=True))
    names = parsed.language == "en"
    pattern = re.compile(
        rf"(?<![\w-])(?P<part>{parts})\s+(?P<country>{adjectives if not names else r'[A-Z][a-z]+'})\b", 0 if names else re.IGNORECASE
    )
    for mark in pattern.finditer(parsed.text):
        if parsed.sentence_at(mark.start()) is None:
            continue
        part = words.part_of[mark["part"].casefold()]
        code = words.country_of_adjective.get(mark["country"].casefold()) if not names else _country_named(mark["country"], gazetteer)
        entry = gazetteer.by_id(f"country:{code}") if code else None
        if entry is None:
            continue
        if names and gazetteer.find_exact(mark[0]):
            continue
        far = 0.75 * entry.precision_km / _EARTH
        latitude = entry.latitude + far * math.cos(math.radians(part.bearing))
        longitude = entry.longitude + far * math.sin(math.radians(part.bearing)) / max(math.cos(math.radians(entry.latitude)), 0.1)
        named = replace(entry, id=f"{entry.id}/{part.name}", name=f"{part.name} of {entry.name}")
        yield _spread_mention(parsed, mark.start(), mark.end(), named, entry.country, latitude, longitude, entry.precision_km / 2, "region")


def _country_named(name: str, gazetteer: Gazetteer) -> str | None:
    entries = gazetteer.find_exact(name)
    return entries[0].country if entries and entries[0].kind == "country" else None


def _spread_mention(
    parsed: Parsed, start: int, end: int, entry: PlaceEntry, country: str | None, latitude: float, longitude: float, precision: float, kind: str
) -> PlaceMention:  # fmt: skip
    text = parsed.text[start:end]
    return PlaceMention(
        f"place:{start}-{end}", start, end, text, entry.id, entry.name, country, round(latitude, 4), round(longitude, 4), kind, round(precision, 1)
    )  # fmt: skip
