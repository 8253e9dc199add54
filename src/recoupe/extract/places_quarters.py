"""In which town does a quarter lie? It is where its town is, as exactly as the town is: no gazetteer holds the quarters of towns at war.

A namesake far away is not meant ("the Salah al-Din district of Aleppo" is no governorate of Iraq).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from recoupe.extract.places_candidates import Candidate as Found
from recoupe.extract.places_resolve import Answer, kilometres
from recoupe.knowledge.places import PlaceEntry
from recoupe.language.parsed import Parsed
from recoupe.language.places import PlaceWords
from recoupe.model import PlaceMention

REACH = 40.0  # km from a town's point within which a place may be a quarter or suburb of it
NEXT = 40  # characters between a quarter and the town that is named after it
_KINDS = frozenset(("quarter", "division"))  # what the words for a quarter ask for; a "district" is one of a town or of a country
_SMALL = frozenset(("ADP", "DET", "ADJ", "SPACE"))  # "in central", "dans la vieille"
_TOWNS = frozenset(("town", "village"))
_OWNED = re.compile(r"['’]s?\s+")


def in_their_towns(
    parsed: Parsed, found: Sequence[Found], answers: Sequence[Answer], mentions: Sequence[PlaceMention], words: PlaceWords
) -> list[PlaceMention]:
    """The mentions, those of quarters that are unknown or lie elsewhere by their name put into the town that the text names beside them."""
    placed = []
    for number, (item, answer, mention) in enumerate(zip(found, answers, mentions, strict=True)):
        town = _town_of(parsed, found, answers, number, words) if item.feature is not None and not _KINDS.isdisjoint(item.feature.kinds) else None
        if town is None or (answer.ranked and kilometres(answer.ranked[0][0], town) <= REACH):
            placed.append(mention)
        else:
            quarter = replace(
                mention, place=None, name=item.text, country=town.country, latitude=town.latitude, longitude=town.longitude, feature="quarter",
                precision_km=town.precision_km, candidates=(),
            )  # fmt: skip
            placed.append(quarter)
    return placed


def _town_of(parsed: Parsed, found: Sequence[Found], answers: Sequence[Answer], number: int, words: PlaceWords) -> PlaceEntry | None:
    """The town that is named right behind a quarter as what it lies in, or right before it as whose it is."""
    item = found[number]
    if number + 1 < len(found) and _leads(parsed, item.outer.end, found[number + 1].start, words):
        return _town(answers[number + 1])
    if number and _OWNED.fullmatch(parsed.text[found[number - 1].end : item.outer.start]):
        return _town(answers[number - 1])
    return None


def _leads(parsed: Parsed, start: int, end: int, words: PlaceWords) -> bool:
    """Whether what stands between a quarter and a town says that it lies in it: a comma or prepositions, with words for their kinds at most."""
    if not 0 < end - start <= NEXT:
        return False
    between = parsed.tokens_in(start, end)
    return all(token.pos in _SMALL or token.text == "," or _is_kind(token.norm, words) for token in between)


def _is_kind(word: str, words: PlaceWords) -> bool:
    return word in words.feature_of or word in words.feature_after or any(word in part.words for part in words.parts)


def _town(answer: Answer) -> PlaceEntry | None:
    best = answer.ranked[0][0] if answer.ranked and answer.certain else None
    return best if best is not None and best.kind in _TOWNS else None
