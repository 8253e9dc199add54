"""How does a language speak of actors? Nouns for forces, institutions, groups and officials, and where a country acts or is a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language

_WHOLE = str.maketrans({"œ": "oe", "æ": "ae", "ı": "i", "ł": "l", "đ": "d", "ø": "o"})  # letters that no accent can be taken from
_PIECE = re.compile(r"[^\W_]+")


class ActorNoun(Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns (singular) that head the name or description of an actor.

    `role` is what they name with a country ("armée syrienne": armed-forces), `sector` PLOVER's code of what they describe. `owner` says whether
    whose they are is the actor itself ("combattants de Daech": `same`) or another ("alliés de Daech": `other`). `alone` tells when the noun is an
    actor without its owner ("les manifestants"): `always`, `unqualified` (not before "de" of something else), `definite` (so, and with a definite
    article) or `never`. `several` are actors only in the plural ("leurs soutiens", but "le soutien"). `person` marks offices and professions, after which a person's name may stand. A word with a capital wants one in the text.
    """

    words: tuple[str, ...]
    sector: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    role: str | None = None
    owner: Literal["same", "other"] = "same"
    alone: Literal["never", "always", "unqualified", "definite"] = "never"
    person: bool = False
    several: bool = False


class ActorWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`actors.toml`: nouns for actors by a name of the entry, and the small words around names.

    `of` join a noun to whose it is; `against` introduce a country as an actor, `at` as a place; `place_nouns` make an adjective or a complement
    geography ("frontière syrienne"); `going` are verbs whose object is a place; `striking` verbs
    and nouns of attacks, which hit a capital as a place ("frapper Damas"); `addressing` verbs and nouns of what is said or given to somebody, after
    which a country or capital with one of the prepositions `dative` is who gets it ("livrer des armes à Kiev"); `prefixes` stand before an adjective ("anti-US"); `possessives`
    take up whose a noun is ("ses soldats"); `common` are names that in a text all in capitals are ordinary words; `plural_endings` are taken off a word to compare it, with what takes their place.
    """

    of: tuple[str, ...]
    against: tuple[str, ...]
    at: tuple[str, ...]
    determiners: tuple[str, ...]
    place_nouns: tuple[str, ...]
    going: tuple[str, ...]
    striking: tuple[str, ...]
    addressing: tuple[str, ...]
    dative: tuple[str, ...]
    prefixes: tuple[str, ...]
    possessives: tuple[str, ...]
    common: tuple[str, ...]
    particles: tuple[str, ...]
    plural_endings: tuple[tuple[str, str], ...]
    nouns: dict[str, ActorNoun]


def actor_words(language: Language) -> ActorWords:
    """The words for actors of a language."""
    return load_table(language, "actors", ActorWords)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Lower case without accents, ligatures taken apart.

    >>> fold("Élysée"), fold("œuvre"), fold("Wałęsa")
    ('elysee', 'oeuvre', 'walesa')
    """
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold().translate(_WHOLE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def pieces_of(text: str) -> tuple[str, ...]:
    """The folded words of a text.

    >>> pieces_of("l'État islamique")
    ('l', 'etat', 'islamique')
    """
    return tuple(_PIECE.findall(fold(text)))


@lru_cache(maxsize=65_536)
def singular(word: str, language: Language) -> str:
    """A folded word without its plural ending, to compare words and not to show them.

    >>> singular("generaux", "fr"), singular("militias", "en")
    ('general', 'militia')
    """
    for ending, instead in actor_words(language).plural_endings:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: len(word) - len(ending)] + instead
    return word


class NounPhrase(Struct, frozen=True):
    """A noun of the pack as it is looked for: its words folded and in the singular, the name of its entry, and the entry."""

    words: tuple[str, ...]
    capital: bool
    name: str
    noun: ActorNoun


@cache
def noun_index(language: Language) -> Mapping[str, tuple[NounPhrase, ...]]:
    """Every noun phrase by its first word, longest first; of two entries with the same words, the one that says more comes first."""
    found: dict[str, list[NounPhrase]] = {}
    for name, noun in actor_words(language).nouns.items():
        for phrase in noun.words:
            words = tuple(singular(word, language) for word in pieces_of(phrase))
            found.setdefault(words[0], []).append(NounPhrase(words, phrase[0].isupper(), name, noun))
    return {first: tuple(sorted(phrases, key=lambda phrase: -len(phrase.words))) for first, phrases in found.items()}


def nouns_at(pieces: Sequence[str], at: int, language: Language) -> Iterator[NounPhrase]:
    """The noun phrases that stand in folded words from a place on, longest first.

    >>> [phrase.name for phrase in nouns_at(pieces_of("the rebels fled"), 1, "en")]
    ['armed_groups']
    """
    for phrase in noun_index(language).get(singular(pieces[at], language), ()):
        if tuple(singular(piece, language) for piece in pieces[at : at + len(phrase.words)]) == phrase.words:
            yield phrase


@cache
def word_set(
    language: Language,
    name: Literal[
        "of",
        "against",
        "at",
        "determiners",
        "place_nouns",
        "going",
        "striking",
        "addressing",
        "dative",
        "prefixes",
        "possessives",
        "common",
        "particles",
    ],
) -> frozenset[str]:
    """A list of the table as folded words in the singular."""
    words: tuple[str, ...] = getattr(actor_words(language), name)
    return frozenset(singular(fold(word).rstrip("'"), language) if name == "place_nouns" else fold(word).rstrip("'") for word in words)
