"""Which words name an actor with a judgement? `labels.toml`."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language, Polarity


class LabelEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A term (lemmas), its polarity, the neutral word for the same, and the register's actor where it can stand for nobody else.

    `when` limits it: written with a `capital`, `owned` by an adjective or complement, as a `noun` only, `alone` without a complement that says of which thing, after "like" (`like`), as a plural of
    people with what they back (`backers`), with a word of the military beside it (`military`), beside "uncontrolled" (`incontrolled`).
    """

    words: str
    polarity: Polarity
    neutral: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    actor: str | None = None
    when: Literal["", "capital", "owned", "noun", "alone", "like", "backers", "military", "incontrolled"] = ""


class LabelTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`labels.toml`; `people` are nouns of those whom an adjective can label, `like` the words of comparison."""

    people: tuple[str, ...]
    like: tuple[str, ...]
    military: tuple[str, ...]
    labels: tuple[LabelEntry, ...]


def label_table(language: Language) -> LabelTable:
    """The labels of a language."""
    return load_table(language, "labels", LabelTable)


@cache
def label_entries(language: Language) -> dict[str, tuple[tuple[LabelEntry, tuple[str, ...]], ...]]:
    """The entries with their words by the first word, longer ones first.

    >>> label_entries("fr")["martyr"][0][0].polarity
    'positive'
    """
    found: dict[str, list[tuple[LabelEntry, tuple[str, ...]]]] = {}
    for entry in label_table(language).labels:
        words = tuple(entry.words.replace("'", "' ").split())
        found.setdefault(words[0].casefold(), []).append((entry, words))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[1]))) for first, entries in found.items()}
