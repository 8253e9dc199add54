"""What does a language's `times.toml` hold? Words of time with their values, and rules that say how they combine and what that means.

A rule's pattern is a regular expression over lower-case text (typographic apostrophes and blanks made plain). `{name}` stands for a word
table, a fragment of the pack, or one of the engine's own parts, and captures what a word means under that name; `{other=name}` captures it
under another name (`b` is the other end of a span), and a name with a digit behind it ("part2") counts as the name itself where that is missing. A group called `it` is the
expression where the pattern holds more than it. A blank matches any run of blanks.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language, Timex

Meaning = Literal[
    "date", "weekday", "shift", "ago", "period", "season", "holiday", "duration", "set", "reference", "clock", "part", "night", "same", "nothing"
]


class TimeRule(Struct, frozen=True, forbid_unknown_fields=True):
    """One way to speak of time.

    `given` are parts that the words imply; `base` what a shift counts from: the day of the report or the day last told of. `letters` asks
    for a capital or a small first letter, `alone` that no noun is counted by the number. `gives` are the values of the `yes` answers, in
    order, for a text published on the pack's `published`.
    """

    name: str
    pattern: str
    means: Meaning
    yes: tuple[str, ...]
    gives: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    given: dict[str, str] = {}
    timex: Timex | None = None
    base: Literal["published", "told"] = "published"
    letters: Literal["any", "capital", "small"] = "any"
    alone: bool = False


class Tenses(Struct, frozen=True, forbid_unknown_fields=True):
    """What tells before from after.

    `modals` are lemmas of auxiliaries that put an event ahead, `perfect_with_be` of verbs whose perfect looks like a passive, `since` and
    `until` words right before an expression, `postponed` verbs whose "until" is ahead though they stand in the past ("was delayed until Monday"), `of` words that hang it on a noun ("le raid de mardi"), `ahead` words that look ahead without a future tense ("rendez-vous", "scheduled"),
    `owning` what follows an expression that owns what happened then ("Monday's debate").
    """

    modals: tuple[str, ...]
    perfect_with_be: tuple[str, ...]
    since: tuple[str, ...]
    until: tuple[str, ...]
    postponed: tuple[str, ...]
    of: tuple[str, ...]
    ahead: tuple[str, ...]
    owning: tuple[str, ...]


class TimePack(Struct, frozen=True, forbid_unknown_fields=True):
    """`times.toml`: the publication day of the examples, tenses, word tables (word → value), fragments of patterns, rules.

    `open_digit` stands for each digit that a decade or century leaves open, as the language's reference corpus writes it ("X", or nothing).
    """

    published: str
    open_digit: Literal["", "X"]
    tenses: Tenses
    words: dict[str, dict[str, str]]
    fragments: dict[str, str]
    rule: tuple[TimeRule, ...]


def time_pack(language: Language) -> TimePack:
    """The words and rules of time of a language.

    >>> time_pack("fr").words["part"]["soir"]
    'EV'
    """
    return load_table(language, "times", TimePack)
