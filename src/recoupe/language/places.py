"""Which words of a language tell that a name is a place, what kind of place, and when it stands for those who rule there?"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language

Use = Literal["place", "metonym"]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Words with one effect; `yes` marks places that are found through them, `no` marks names that are no places."""

    words: tuple[str, ...]
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Feature(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say what kind of place the name beside them is; `inside` when they belong to the place's name as it is cited."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    inside: bool = False
    after: bool = False
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a country: the words, and the direction from its middle in degrees clockwise from north."""

    words: tuple[str, ...]
    bearing: int
    name: str


class CountryWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Adjectives and names of the people of a country, and its form at the head of a compound ("syro")."""

    code: str
    adjectives: tuple[str, ...]
    heads: tuple[str, ...] = ()


class Abbreviation(Struct, frozen=True, forbid_unknown_fields=True):
    """Short forms that stand for a division after a comma, or for a country."""

    place: str
    words: tuple[str, ...]


class PlaceWords(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """`places.toml`.

    `locative`: prepositions that make the name after them a place; `standing`: those behind which a name that no gazetteer holds is one too; `of`: those that join it to a noun; `by`, `against`, `with`: those that
    show who acts, unless the noun before is one of `borders` or `attacks`; `ruled`: nouns that belong to a state, not to a territory; `acting`: names
    that stand for a state unless a locative preposition stands before them; `never`: capitalised words that are no places; `people`:
    words before a person's name; `articles` may stand between a preposition and the name, `contracted` are words that hold one; `bare` are kinds of
    places whose names stand without an article; `waters` tell a river from the country of its name; `border_nouns` name a border by the adjective of one country, which `joining` words join to others; `inside` are small words that join the parts of a longer name with hyphens.
    """

    locative: Words
    standing: Words
    of: Words
    by: Words
    against: Words
    accompanied: Words
    attacks: Words
    ruled: Words
    acting: Words
    never: Words
    people: Words
    borders: Words
    waters: Words
    border_nouns: tuple[str, ...]
    joining: tuple[str, ...]
    articles: tuple[str, ...]
    contracted: dict[str, str]
    inside: tuple[str, ...]
    bare: tuple[str, ...]
    features: tuple[Feature, ...]
    parts: tuple[Part, ...]
    countries: tuple[CountryWords, ...]
    abbreviations: tuple[Abbreviation, ...] = ()
    examples: tuple[Words, ...] = ()

    @cached_property
    def feature_of(self) -> dict[str, Feature]:
        """The feature of every feature word that stands before the name."""
        return {word: feature for feature in self.features if not feature.after for word in feature.words}

    @cached_property
    def feature_after(self) -> dict[str, Feature]:
        """The feature of every feature word that stands after the name."""
        return {word: feature for feature in self.features if feature.after for word in feature.words}

    @cached_property
    def country_of_adjective(self) -> dict[str, str]:
        """The country code of every adjective."""
        return {word: entry.code for entry in self.countries for word in entry.adjectives}

    @cached_property
    def country_of_head(self) -> dict[str, str]:
        """The country code of every first half of a compound."""
        return {word: entry.code for entry in self.countries for word in (*entry.heads, *entry.adjectives)}

    @cached_property
    def part_of(self) -> dict[str, Part]:
        """The part of every word for it."""
        return {word: part for part in self.parts for word in part.words}

    @cached_property
    def abbreviated(self) -> dict[str, tuple[str, ...]]:
        """The ids of the divisions and countries that an abbreviation stands for ("WA" is Washington's and Western Australia's)."""
        found: dict[str, tuple[str, ...]] = {}
        for entry in self.abbreviations:
            for word in entry.words:
                found[word] = (*found.get(word, ()), entry.place)
        return found


def place_words(language: Language) -> PlaceWords:
    """The words of a language that tell of places.

    >>> place_words("fr").country_of_head["syro"]
    'SY'
    """
    return load_table(language, "places", PlaceWords)
