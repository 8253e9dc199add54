"""Which words name an event, of which type, and under which conditions? Schema of `triggers_<type>.toml` and `event_words.toml` of a pack.

An entry is a sense: words that name one kind of event, and what must stand around them. Words are lemmas; a phrase starts with the word that
governs ("prendre la fuite"), its other words follow within a few tokens. A condition is a list of lemmas and of classes of `event_words.toml`
written `@class`; `@actor` and `@place` are also met by an actor or a place that the text names. docs/language-packs.md says more.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

import msgspec
from msgspec import Struct

from recoupe.errors import PackError
from recoupe.language.pack import load_table
from recoupe.model import AcledType, EventType, Language, Responsibility, Stage

FILES: tuple[EventType, ...] = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip


class Trigger(Struct, frozen=True, forbid_unknown_fields=True):
    """One sense of some words: the event they name, what must (and must not) stand around them, and who plays which part.

    `actor` and `recipient` list the slots that fill the part, the first that is filled wins: "subject", "object", "de" (a noun's complement
    with that preposition), "adjective", "self" (the word itself names the one who acts). Conditions: `object`, `subject`, `complement` (any
    noun below the word), `near` (any word of the sentence; `not_near` a dozen words around); `bare` = without object; `weak` = only where a political or armed actor takes part;
    `mutual` = both sides act; `site` = a name that undergoes it is a place unless the text makes it a party ("bombarder"); `result` = what an attack did ("tuer"), which is no event of its own beside the attack;
    `plain` = meant in earnest also among words of sport, trade or film ("an explosion at a concert").
    """

    id: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    type: EventType | None = None
    mode: str | None = None
    acled: AcledType | None = None
    object: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    not_complement: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    stage: Stage | None = None
    bare: bool = False
    weak: bool = False
    mutual: bool = False
    site: bool = False
    result: bool = False
    plain: bool = False

    @property
    def kind(self) -> EventType:
        """The type, which `triggers` fills in from the file's name where an entry doesn't give its own."""
        if self.type is None:
            raise PackError(f"entry {self.id!r} has no type: load it by `triggers`")
        return self.type


class TriggerFile(Struct, frozen=True, forbid_unknown_fields=True):
    """`triggers_<type>.toml`: the senses of one PLOVER type."""

    entry: tuple[Trigger, ...]


class Light(Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that carry a noun's event: where the noun stands (`noun`: "object", "subject" or a preposition), and what their own slots fill.

    `also` are slots that hold the other side of those in `actor` ("des combats opposent X [[à Y]]").
    """

    id: str
    verbs: tuple[str, ...]
    noun: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    stage: Stage | None = None


class Blame(Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that hold a party responsible for an event: the slots in which the event (`event`) and the party (`actor`) stand, and how surely;
    `negated` is how surely when the verb is negated, None where that says nothing ("did not accuse X").

    `through` are words between the verb and the event ("claim [[responsibility]] for"), none where the event is the verb's own. The party is marked
    in the examples.
    """

    id: str
    verbs: tuple[str, ...]
    event: tuple[str, ...]
    actor: tuple[str, ...]
    level: Responsibility
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    negated: Responsibility | None = None


class Context(Struct, frozen=True, forbid_unknown_fields=True):
    """A world in which the words of conflict mean something else (sport, trade, film): words that show it.

    What is below a verb whose subject is such a word is only told where the world `tells` ("le film raconte l'attaque d'un train").
    """

    id: str
    words: tuple[str, ...]
    tells: bool = False
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Instrument(Struct, frozen=True, forbid_unknown_fields=True):
    """Means of an assault: words that name them, and the mode and sub-type that they make of it."""

    id: str
    words: tuple[str, ...]
    mode: str
    yes: tuple[str, ...]
    acled: AcledType | None = None
    no: tuple[str, ...] = ()


class EventWords(Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """`event_words.toml`: classes of nouns, light verbs, foreign contexts and the grammar words that the roles need."""

    classes: dict[str, tuple[str, ...]]
    light: tuple[Light, ...]
    blame: tuple[Blame, ...]
    instrument: tuple[Instrument, ...]
    context: tuple[Context, ...]
    endings: tuple[tuple[str, str], ...]
    plurals: tuple[tuple[str, str], ...]
    finite: tuple[str, ...]
    present: tuple[tuple[str, str], ...]
    gerund: tuple[str, ...]  # its preposition and its ending, none where the tagger can't mistake it
    participles: tuple[tuple[str, str], ...]
    infinitives: tuple[str, ...]
    third_person: tuple[str, ...]
    contact_clauses: bool
    before_nouns: tuple[str, ...]
    whatever: tuple[str, ...]
    partitive: tuple[str, ...]
    agent: tuple[str, ...]
    against: tuple[str, ...]
    between: tuple[str, ...]
    of: tuple[str, ...]
    to: tuple[str, ...]
    where: tuple[str, ...]
    with_words: tuple[str, ...]
    origin: tuple[str, ...]
    vessels: tuple[str, ...]
    delegates: tuple[str, ...]
    patronage: tuple[str, ...]
    grounds: tuple[str, ...]
    collective: tuple[str, ...]
    carriers: dict[str, str]
    attributes: tuple[str, ...]
    classed: tuple[str, ...]
    backed: tuple[str, ...]
    reflexive: tuple[str, ...]
    clitics: tuple[str, ...]
    stressed: tuple[str, ...]
    outcome: tuple[str, ...]
    hundreds: tuple[str, ...]
    giving: tuple[str, ...]
    conditions: tuple[str, ...]
    sending: tuple[str, ...]
    within_phrases: tuple[str, ...]
    unaccusative: tuple[str, ...]
    perfect: tuple[str, ...]
    undergoing: tuple[str, ...]
    undergoing_reflexive: tuple[str, ...]
    modal: tuple[str, ...]
    impersonal: tuple[str, ...]
    impersonal_verbs: tuple[str, ...]
    causative: tuple[str, ...]
    object_control: tuple[str, ...]
    purpose: tuple[str, ...]
    documents: tuple[str, ...]
    proxies: tuple[str, ...]
    deeds: tuple[str, ...]
    aiming: tuple[str, ...]
    through: tuple[str, ...]
    belonging: tuple[str, ...]
    carrying: tuple[str, ...]
    holding: tuple[str, ...]
    meant_for: tuple[str, ...]
    beside: tuple[str, ...]
    passing: tuple[str, ...]
    likening: tuple[str, ...]
    leading: tuple[str, ...]
    definite: tuple[str, ...]
    merged: tuple[str, ...]  # prepositions that hold a definite article
    since: tuple[str, ...]
    dating: tuple[str, ...]
    demonstrative: tuple[str, ...]
    onsets: tuple[str, ...]
    prepositional: tuple[str, ...]
    locutions: tuple[str, ...]
    failed: tuple[str, ...]
    demanding: tuple[str, ...]
    relative_subject: tuple[str, ...]
    relative_object: tuple[str, ...]
    relative_of: tuple[str, ...]
    relative_where: tuple[str, ...]
    background: tuple[str, ...]
    articles: tuple[str, ...]
    anaphoric: tuple[str, ...]
    pronouns: dict[str, str]
    possessives: dict[str, str]

    def members(self, name: str) -> frozenset[str]:
        """The words of a class, with those of the classes it names."""
        return self._members[name]

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(self._gathered(name)) for name in self.classes}

    def _gathered(self, name: str) -> Iterator[str]:
        for word in self.classes[name]:
            yield from self._gathered(word[1:]) if word.startswith("@") else (word,)


def event_words(language: Language) -> EventWords:
    """The classes and grammar words of a language.

    >>> "missile" in event_words("fr").members("projectile")
    True
    """
    return load_table(language, "event_words", EventWords)


@cache
def carrying_verbs(language: Language) -> frozenset[str]:
    """The verbs whose subject does what their object names: "launch" an attack.

    >>> "launch" in carrying_verbs("en")
    True
    """
    return frozenset(
        verb
        for light in event_words(language).light
        if light.noun == "object" and "subject" in light.actor and light.stage is None
        for verb in light.verbs
    )


@cache
def triggers(language: Language) -> tuple[Trigger, ...]:
    """Every sense of a language, its type filled in from its file; raises PackError when two share an id or name an unknown class.

    >>> next(entry.type for entry in triggers("fr") if "bombarder" in entry.verbs)
    'ASSAULT'
    """
    found = [
        msgspec.structs.replace(entry, type=entry.type or kind)
        for kind in FILES
        for entry in load_table(language, f"triggers_{kind.lower()}", TriggerFile).entry
    ]
    _check(language, found)
    return tuple(found)


def _check(language: Language, entries: list[Trigger]) -> None:
    known = set(event_words(language).classes) | {"actor", "place", "figure"}
    seen: set[str] = set()
    for entry in entries:
        where = f"{language}/triggers_{(entry.type or '').lower()}.toml: entry {entry.id!r}"
        if entry.id in seen:
            raise PackError(f"{where}: another entry has this id: give it its own")
        seen.add(entry.id)
        for word in conditions(entry):
            if word.startswith("@") and word[1:] not in known:
                raise PackError(f"{where}: no class {word!r} in event_words.toml: add it or correct the name")


def conditions(entry: Trigger) -> Iterator[str]:
    """Every word and class that an entry's conditions name."""
    for part in (
        entry.object, entry.not_object, entry.subject, entry.not_subject, entry.complement, entry.not_complement, entry.near, entry.not_near,
    ):  # fmt: skip
        yield from part
