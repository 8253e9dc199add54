"""How does a language say that somebody died or was hurt, without counting? Schema of `tolls.toml`: patterns of words by what they tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language


class Telling(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns (regular expressions of whole words, case aside) that tell one thing; the matched words are marked in the examples."""

    patterns: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


class TollWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`tolls.toml`: `fatal` words tell a death, `not_fatal` only seem to, `hurt` an injury, `unhurt` that there was none; `own_death` that one took
    his own life, or was killed by those whom he met, `besides` that he died beside those counted before, `included` that he is counted in, `harm_to_others` that he harmed others before, `accident` that nobody meant it; `elsewhere` that another event is meant, `aggregate` that many are counted together; `deaths` and `shootings` are counted by
    `multiples` ("double homicide"); `others`, `partial` and `single` are words of a figure, `harmed_only` those of one that counts nobody who did it; `murder_charges` and `attempt_charges` have one group, how many deaths somebody is charged with.
    """

    fatal: Telling
    not_fatal: Telling
    hurt: Telling
    unhurt: Telling
    own_death: Telling
    included: Telling
    besides: Telling
    harm_to_others: Telling
    accident: Telling
    deaths: Telling
    shootings: Telling
    others: Telling
    elsewhere: Telling
    aggregate: Telling
    partial: Telling
    single: Telling
    harmed_only: Telling
    murder_charges: Telling
    attempt_charges: Telling
    multiples: dict[str, int]


def toll_words(language: Language) -> TollWords:
    """The words of a language that tell tolls without counting."""
    return load_table(language, "tolls", TollWords)


@cache
def toll_patterns(language: Language) -> Mapping[str, re.Pattern[str]]:
    """The patterns of a language, one for each thing told.

    >>> toll_patterns("en")["fatal"].search("A man was killed.").group()
    'killed'
    """
    table = toll_words(language)
    named = {name: value for name in table.__struct_fields__ if isinstance(value := getattr(table, name), Telling)}
    return {name: re.compile(rf"\b(?:{'|'.join(telling.patterns)})\b", re.IGNORECASE) for name, telling in named.items()}
