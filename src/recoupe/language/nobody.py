"""How does a language say that nobody was harmed? Schema of `nobody.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from recoupe.language.actors import fold, singular
from recoupe.language.pack import load_table
from recoupe.model import Language, Measure


class NobodyWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`nobody.toml`.

    `killed`, `wounded` and `casualties` are nouns of what is denied ("aucun [[mort]]", "no [[injuries]]"). `determiners` deny what stands behind
    them, `negations` deny over one of the `verbs` what an article of `articles` leads ("[[pas]] [[fait]] [[de]] victimes"), and so does `without` ("[[sans]]
    faire victime"), `either` begins each of a list ("[[ni]] mort [[ni]] blessé"), `joins` stand before its last. `nobody` are pronouns that deny by
    themselves ("nobody"), `silent` those that need a negation beside them ("n'a blessé [[personne]]"), `marks` what makes such a pronoun deny as a
    subject ("personne [[n']]a"), `auxiliaries` leave what a verb says done or not, and no matter of can or would; `people` nouns of anybody behind a determiner ("no [[people]]"). `plain` adjectives leave the whole denied,
    every other denies a part only ("aucun blessé grave"), and so does what stands before one of `partial` ("aucune victime [[parmi]] les civils").
    """

    killed: tuple[str, ...]
    wounded: tuple[str, ...]
    casualties: tuple[str, ...]
    determiners: tuple[str, ...]
    negations: tuple[str, ...]
    articles: tuple[str, ...]
    without: tuple[str, ...]
    verbs: tuple[str, ...]
    either: tuple[str, ...]
    joins: tuple[str, ...]
    nobody: tuple[str, ...]
    silent: tuple[str, ...]
    marks: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    people: tuple[str, ...]
    plain: tuple[str, ...]
    partial: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


def nobody_words(language: Language) -> NobodyWords:
    """The words of denying harm of a language."""
    return load_table(language, "nobody", NobodyWords)


@cache
def denied_nouns(language: Language) -> Mapping[str, Measure]:
    """What each noun measures, by its folded singular."""
    words = nobody_words(language)
    tables: tuple[tuple[Measure, tuple[str, ...]], ...] = (("killed", words.killed), ("wounded", words.wounded), ("casualties", words.casualties))
    return {singular(fold(noun), language): measure for measure, nouns in tables for noun in nouns}
