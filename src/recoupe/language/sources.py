"""Who can speak? `sources.toml`: the nouns of people, bodies, documents and media that attributions are laid to, and what stands for them."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from recoupe.language.pack import load_table
from recoupe.model import Language


class SourceTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`sources.toml`: lemmas by what they stand for.

    `office` are roles held by one person, `person` other nouns of persons, `unnamed` those that hide who speaks, `body` institutions,
    `document` and `media` say what they are, `outlets` are names of media; `masculine` and `feminine`, `plural` are pronouns that take up a
    person named before, `indefinite` name nobody, `latter` take up the last named, `neuter` stand for no person; `authority` accuse by office (police, courts);
    `press` work for a medium, which is no addressee behind them ("correspondant à Sputnik", but "un officier à l'AFP");
    `bodies` are kinds of bodies that take up one named before ("l'ONG", "the group"), `same` say that it is the one who spoke last ("la même
    source"), `thing` are pronouns that take up a body, `nobody` say that nobody does.
    """

    office: tuple[str, ...]
    person: tuple[str, ...]
    unnamed: tuple[str, ...]
    body: tuple[str, ...]
    document: tuple[str, ...]
    media: tuple[str, ...]
    outlets: tuple[str, ...]
    masculine: tuple[str, ...]
    feminine: tuple[str, ...]
    plural: tuple[str, ...]
    first: tuple[str, ...]
    relative: tuple[str, ...]
    indefinite: tuple[str, ...]
    latter: tuple[str, ...]
    neuter: tuple[str, ...]
    possessive: tuple[str, ...]
    quantity: tuple[str, ...]
    definite: tuple[str, ...]
    titles: tuple[str, ...]
    authority: tuple[str, ...]
    things: tuple[str, ...]
    press: tuple[str, ...]
    bodies: tuple[str, ...]
    same: tuple[str, ...]
    thing: tuple[str, ...]
    nobody: tuple[str, ...]


class SourceWords(Struct, frozen=True):
    """The same as sets, for looking up."""

    office: frozenset[str]
    person: frozenset[str]
    unnamed: frozenset[str]
    body: frozenset[str]
    document: frozenset[str]
    media: frozenset[str]
    outlets: frozenset[str]
    pronouns: frozenset[str]
    taking_up: frozenset[str]
    speakers: frozenset[str]
    quantity: frozenset[str]
    authority: frozenset[str]
    things: frozenset[str]
    press: frozenset[str]
    bodies: frozenset[str]


def source_table(language: Language) -> SourceTable:
    """The source words of a language."""
    return load_table(language, "sources", SourceTable)


@cache
def source_words(language: Language) -> SourceWords:
    """The source words of a language as sets.

    >>> "porte-parole" in source_words("fr").office
    True
    """
    table = source_table(language)
    office, person, unnamed = frozenset(table.office), frozenset(table.person), frozenset(table.unnamed)
    body, document, media = frozenset(table.body), frozenset(table.document), frozenset(table.media)
    pronouns = frozenset(table.masculine + table.feminine + table.plural + table.first + table.indefinite)
    return SourceWords(
        office=office,
        person=person,
        unnamed=unnamed,
        body=body,
        document=document,
        media=media,
        outlets=frozenset(name.casefold() for name in table.outlets),
        pronouns=pronouns,
        taking_up=frozenset(table.masculine + table.feminine + table.plural + table.relative + table.indefinite + table.latter + table.neuter),
        speakers=office | person | unnamed | body | document | media,
        quantity=frozenset(table.quantity),
        authority=frozenset(table.authority),
        things=frozenset(table.things),
        press=frozenset(table.press),
        bodies=frozenset(table.bodies),
    )
