"""What do words tell of a person, so that one is told from another? Schema of `persons.toml`: sex, whether grown up, and age."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from msgspec import Struct

from recoupe.language.actors import fold, singular
from recoupe.language.pack import load_table
from recoupe.model import Language

Sex = Literal["female", "male"]


class Ages(Struct, frozen=True, forbid_unknown_fields=True):
    """How an age is written: patterns with one group for the years, `before` the noun or the name and right `after` it; `months` are of an infant.

    `listed` are patterns, without a group, of ages behind persons in a list.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    months: tuple[str, ...]
    listed: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class PersonWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`persons.toml`: nouns of a `female` or a `male` person, of one `grown` up or `young`, words that tell `another` person than those before,
    prepositions `repeated` before each of a list ("d'un homme et d'une femme"), and ages."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    grown: tuple[str, ...]
    young: tuple[str, ...]
    another: tuple[str, ...]
    repeated: tuple[str, ...]
    ages: Ages


class PersonIndex(Struct, frozen=True):
    """The words folded and in the singular, the patterns of ages ready to search."""

    sexes: dict[str, Sex]
    grown: dict[str, bool]
    another: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    months: re.Pattern[str]
    listed: re.Pattern[str]


def person_words(language: Language) -> PersonWords:
    """The words of a language for persons."""
    return load_table(language, "persons", PersonWords)


@cache
def person_index(language: Language) -> PersonIndex:
    """The same, ready to look up.

    >>> person_index("fr").sexes["femme"], person_index("en").before.search("a 23-year-old man")[1]
    ('female', '23')
    """
    words = person_words(language)

    def folded(given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(singular(fold(word), language) for word in given)

    sexes: dict[str, Sex] = {**dict.fromkeys(folded(words.female), "female"), **dict.fromkeys(folded(words.male), "male")}
    grown = {**dict.fromkeys(folded(words.grown), True), **dict.fromkeys(folded(words.young), False)}
    ages = words.ages
    before, after, months, listed = (re.compile("|".join(each), re.IGNORECASE) for each in (ages.before, ages.after, ages.months, ages.listed))
    return PersonIndex(sexes, grown, frozenset(folded(words.another)), before, after, months, listed)
