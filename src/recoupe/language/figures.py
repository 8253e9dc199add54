"""How does a language count? Words that widen or narrow a number, vague quantities, and what the counted are or suffered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from msgspec import Struct

from recoupe.language.actors import fold, pieces_of, singular
from recoupe.language.pack import load_table
from recoupe.model import Language, Measure

Bound = Literal["at-least", "at-most", "about"]
Role = Literal["subject", "recipient"]


class Modifier(Struct, frozen=True, forbid_unknown_fields=True):
    """Words before a number, or `after` what it counts: `at-least` leaves it without an upper bound, `at-most` without a lower, `about` makes it approximate."""

    words: tuple[str, ...]
    bound: Bound
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Vague(Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that is a quantity: its bounds, no upper one where `high` is absent; `each` is what it is worth behind a number ("two dozen")."""

    words: tuple[str, ...]
    low: float
    yes: tuple[str, ...]
    high: float | None = None
    each: float | None = None
    no: tuple[str, ...] = ()


class Turn(Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that say only with their object, or a passive with its place, what befell somebody, and where the counted stand.

    "13 personnes ont perdu la vie": the verb's subject.
    """

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    counted: Role


class Counted(Struct, frozen=True, forbid_unknown_fields=True):
    """What is counted under a measure.

    `nouns` are the counted themselves, `fates` nouns and adjectives that say what befell the counted ("13 morts", "13 people dead"), `verbs` by the
    role in which the counted stand (with a noun, only for that object: "perdre homme"), `turns` those that need their object,
    `headlines` forms of verbs as titles have them ("un raid tue 13 civils"), `deeds` nouns whose complement the counted are ("la mort de 13
    terroristes"), `tolls` nouns whose bare number counts them ("the death toll rose to 86"); `units` are units of measurement.
    """

    measure: Measure
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    fates: tuple[str, ...] = ()
    verbs_object: tuple[str, ...] = ()
    verbs_subject: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    headlines: tuple[str, ...] = ()
    tolls: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


class FigureWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`figures.toml`: modifiers, vague quantities and measures by a name of the entry, and the words around numbers.

    `ranges` stand between two bounds, `between` before two joined by one of `also`, `spanning` before others; `rises` are verbs of a toll that
    changes ("passe de 12 à 17"), `also` and `either` join two words; `definite` are determiners of what is known, `of` stand before whom a number is taken from or a deed befell ("la mort [[de]] 13"), `auxiliaries` are
    verbs of a passive and `participles` the endings of what they govern; `years` stand before a year; `others` stand for the counted ("sept autres"); `uncounted` are nouns that number a thing or measure time;
    `ages` surround an age; `passed` may stand between the counted and what befell them ("13 people were confirmed dead");
    `earlier` are words before the number of an earlier toll ("contre 31", "up from 31"); `joins` join figures to a sum, `together` stand before those told with others ("killed [[along with]] his son"); `oneself` ends a list of those whom its doer harmed; `collectives` are nouns of
    those whom a number behind them counts ("a family of six"); `negations` say that it befell nobody, `attempts` that it was tried only; `among`
    stands before the harmed of whom the counted are a part; `single` are words that count as one where somebody is hurt, `articles` those of them
    that need a noun, `both` those that count as two; `people` are persons in general, `suffered` verbs whose
    subject a fate befalls ("suffer an injury"), `injuries` what they have, or are found with (`carried`), `reflexive` pronouns of who hurts himself, `pronouns` those that take up one person; `mortal` say of a shot or wound that it
    killed, `strikes` are verbs of blows that hurt where they land in the `body` or come from `strikers` (bullets); `doers` are those who harm others, `happenings` what is done to somebody and nobody ("an injury"), `pairs` nouns of two persons, in the number that has them ("parents"), `ordinals` number persons, from the second on ("a third victim").
    """

    ranges: tuple[str, ...]
    between: tuple[str, ...]
    spanning: tuple[str, ...]
    rises: tuple[str, ...]
    also: tuple[str, ...]
    either: tuple[str, ...]
    definite: tuple[str, ...]
    of: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    participles: tuple[str, ...]
    years: tuple[str, ...]
    others: tuple[str, ...]
    uncounted: tuple[str, ...]
    numbered: tuple[str, ...]
    ages: tuple[str, ...]
    passed: tuple[str, ...]
    earlier: tuple[str, ...]
    joins: tuple[str, ...]
    together: tuple[str, ...]
    oneself: tuple[str, ...]
    collectives: tuple[str, ...]
    negations: tuple[str, ...]
    attempts: tuple[str, ...]
    among: tuple[str, ...]
    single: tuple[str, ...]
    articles: tuple[str, ...]
    both: tuple[str, ...]
    people: tuple[str, ...]
    suffered: tuple[str, ...]
    carried: tuple[str, ...]
    injuries: tuple[str, ...]
    reflexive: tuple[str, ...]
    pronouns: tuple[str, ...]
    mortal: tuple[str, ...]
    strikes: tuple[str, ...]
    strikers: tuple[str, ...]
    body: tuple[str, ...]
    ordinals: tuple[str, ...]
    doers: tuple[str, ...]
    happenings: tuple[str, ...]
    pairs: tuple[str, ...]
    currencies: tuple[str, ...]
    modifiers: dict[str, Modifier]
    vague: dict[str, Vague]
    measures: dict[str, Counted]


def figure_words(language: Language) -> FigureWords:
    """The words of counting of a language."""
    return load_table(language, "figures", FigureWords)


ListName = Literal[
    "ranges",
    "between",
    "spanning",
    "rises",
    "also",
    "either",
    "auxiliaries",
    "years",
    "others",
    "uncounted",
    "numbered",
    "ages",
    "passed",
    "earlier",
    "collectives",
    "negations",
    "attempts",
    "among",
    "single",
    "articles",
    "both",
    "people",
    "suffered",
    "carried",
    "injuries",
    "reflexive",
    "mortal",
    "strikes",
    "strikers",
    "body",
    "pronouns",
    "doers",
    "happenings",
    "currencies",
]


@cache
def listed(language: Language, name: ListName) -> frozenset[str]:
    """A list of the table, its words folded and in the singular; phrases keep their blanks, words with a hyphen stand as one too ("beau-frère")."""
    words: tuple[str, ...] = getattr(figure_words(language), name)
    hyphened = (singular(fold(word), language) for word in words if "-" in word.strip("-"))
    return frozenset((*(" ".join(singular(piece, language) for piece in pieces_of(word)) or word for word in words), *hyphened))


@cache
def linking(language: Language, name: Literal["definite", "of"]) -> frozenset[str]:
    """A list of small words as they are, without accents and apostrophes, number kept ("des" is not "de")."""
    words: tuple[str, ...] = getattr(figure_words(language), name)
    return frozenset(fold(word).rstrip("'") for word in words)


def is_of(word: str, language: Language) -> bool:
    """Whether a word stands before whom a number is taken from or a deed befell.

    >>> is_of("d'", "fr"), is_of("to", "en")
    (True, False)
    """
    return fold(word).rstrip("'") in linking(language, "of")


@cache
def _joining(language: Language) -> re.Pattern[str]:
    words = "|".join(map(re.escape, figure_words(language).joins))
    return re.compile(rf"(?:\s*\([^()]*\))?\s*(?:,|&|,?\s(?:{words}))\s*", re.IGNORECASE)


def joins(between: str, language: Language) -> bool:
    """Whether the words between two figures join them to a sum, those in brackets apart.

    >>> joins(" et ", "fr"), joins(" dont ", "fr"), joins(" (une mère et sa fille) ainsi que ", "fr")
    (True, False, True)
    """
    return _joining(language).fullmatch(between) is not None


@cache
def modifier_index(language: Language) -> Mapping[tuple[str, ...], Bound]:
    """The bound of every modifier by its folded words."""
    return {pieces_of(words): modifier.bound for modifier in figure_words(language).modifiers.values() for words in modifier.words}


@cache
def after_index(language: Language) -> Mapping[tuple[str, ...], Bound]:
    """The bound of every modifier that stands behind what is counted."""
    return {pieces_of(words): modifier.bound for modifier in figure_words(language).modifiers.values() for words in modifier.after}


@cache
def vague_index(language: Language) -> Mapping[str, Vague]:
    """Vague quantities by their folded word, number kept ("dizaine" and "dizaines" differ)."""
    return {fold(word): vague for vague in figure_words(language).vague.values() for word in vague.words}


class MeasureIndex(Struct, frozen=True):
    """Every word that tells a measure, folded and in the singular, by what it is; `openings` begin fates in several words, `turns` go by verb and noun."""

    nouns: Mapping[str, Measure]
    fates: Mapping[str, Measure]
    objects: Mapping[str, Measure]
    subjects: Mapping[str, Measure]
    deeds: Mapping[str, Measure]
    tolls: Mapping[str, Measure]
    units: Mapping[str, Measure]
    headlines: Mapping[str, Measure]
    turns: Mapping[tuple[str, str], tuple[Role, Measure]]
    openings: frozenset[str]


@cache
def measure_index(language: Language) -> MeasureIndex:
    """The words of all measures of a language."""
    tables: tuple[dict[str, Measure], ...] = ({}, {}, {}, {}, {}, {}, {})
    headlines: dict[str, Measure] = {}
    turns: dict[tuple[str, str], tuple[Role, Measure]] = {}
    for counted in figure_words(language).measures.values():
        lists = (counted.nouns, counted.fates, counted.verbs_object, counted.verbs_subject, counted.deeds, counted.tolls, counted.units)
        for table, words in zip(tables, lists, strict=True):
            for word in words:
                table[" ".join(singular(piece, language) for piece in pieces_of(word)) or word] = counted.measure
        headlines.update(dict.fromkeys(map(fold, counted.headlines), counted.measure))
        for turn in counted.turns:
            turns.update({(fold(verb), fold(noun)): (turn.counted, counted.measure) for verb in turn.verbs for noun in turn.nouns})
    openings = frozenset(fate.split()[0] for fate in tables[1] if " " in fate)
    nouns, fates, objects, subjects, deeds, tolls, units = tables
    return MeasureIndex(nouns, fates, objects, subjects, deeds, tolls, units, headlines, turns, openings)
