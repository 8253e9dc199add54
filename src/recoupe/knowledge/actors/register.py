"""Whom does a name mean? Entries of the register and the lookup of their names, adjectives, demonyms and metonyms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from recoupe.language.actors import pieces_of
from recoupe.language.pack import LANGUAGES
from recoupe.model import Language

Use = Literal["name", "demonym", "metonym", "adjective"]

_PIECE = re.compile(r"[^\W_]+")
_ARTICLE = frozenset({"le", "la", "les", "l", "the"})
_USES: tuple[Use, ...] = ("name", "demonym", "metonym", "adjective")


class ActorEntry(Struct, frozen=True):
    """A row of the register.

    `country` is ISO 3166-1 alpha-3 or one of PLOVER's for bodies above states (UNO, EUR, IGO, NATO), `sector` PLOVER's code (GOV, MIL, REB, PRM,
    JRN, …), `since` and `until` ISO dates cut anywhere (year, month, day), both included; `area` the countries it acts in.
    A form that ends in "?" counts only where the country or the era of its entry stands elsewhere in the text.
    """

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    part_of: str | None
    since: str | None
    until: str | None
    names_fr: tuple[str, ...]
    names_en: tuple[str, ...]
    adjectives_fr: tuple[str, ...]
    adjectives_en: tuple[str, ...]
    demonyms: tuple[str, ...]
    metonyms: tuple[str, ...]
    area: tuple[str, ...]
    source: str

    def lived(self, day: str) -> bool:
        """Whether it existed (or held its office) on a day, month or year in ISO 8601.

        >>> from recoupe.knowledge.actors import open_register
        >>> open_register().by_id["condor-legion"].lived("1937-04-26")
        True
        """
        since, until = self.since or "", self.until or "9999"
        return since[: len(day)] <= day[: len(since) or None] and day[: len(until)] <= until[: len(day)]


class Form(Struct, frozen=True):
    """One way to name an entry.

    `pieces` are its folded words, `capitals` which of them begin with a capital, `guarded` that it needs support from the text around it.
    """

    text: str
    pieces: tuple[str, ...]
    capitals: tuple[bool, ...]
    use: Use
    entry: ActorEntry
    guarded: bool

    @property
    def is_acronym(self) -> bool:
        """Whether the form is written in capitals only."""
        return self.text.isupper()


class Lexicon(Struct, frozen=True):
    """The forms of one language by their first folded word, longest first."""

    starts: Mapping[str, tuple[Form, ...]]


class Role(Struct, frozen=True):
    """An institution that any state has: its names, with the state's name or adjective to be filled in, and its sector."""

    name: str
    name_fr: str
    sector: str

    def names(self, state: ActorEntry) -> tuple[str, tuple[str, ...]]:
        """The name of a state's institution, and its French ones, none where no French adjective is known.

        >>> from recoupe.knowledge.actors import open_register
        >>> open_register().roles["air-force"].names(open_register().by_id["de"])
        ('German Air Force', ("armée de l'air allemande",))
        """
        adjective = state.adjectives_en[0] if state.adjectives_en else state.name
        name = self.name.format(adjective=adjective, name=state.name)
        if not state.adjectives_fr:
            return name, ()
        masculine, *others = state.adjectives_fr
        feminine = others[0] if others and others[0].endswith("e") else masculine
        return name, (self.name_fr.format(masculine=masculine, feminine=feminine, feminine_plural=f"{feminine}s"),)


class Register(Struct, frozen=True, dict=True):
    """All entries, by id and by every form; `roles` are the institutions that any state has, by role ("armed-forces")."""

    entries: tuple[ActorEntry, ...]
    roles: Mapping[str, Role]

    @cached_property
    def by_id(self) -> Mapping[str, ActorEntry]:
        """The entries by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _forms(self) -> Mapping[tuple[str, ...], tuple[Form, ...]]:
        found: dict[tuple[str, ...], list[Form]] = {}
        for language in LANGUAGES:
            for form in forms_of(self.entries, language):
                found.setdefault(form.pieces, []).append(form)
        return {pieces: tuple(sorted(forms, key=lambda form: _USES.index(form.use))) for pieces, forms in found.items()}

    def find(self, name: str, on: str | None = None) -> tuple[ActorEntry, ...]:
        """The entries that a name, adjective, demonym or seat may mean, names first; with `on` (ISO date) only those of that time.

        >>> from recoupe.knowledge.actors import open_register
        >>> [entry.id for entry in open_register().find("le Pentagone")]
        ['us-dod']
        """
        pieces = pieces_of(name)
        while pieces and pieces not in self._forms and pieces[0] in _ARTICLE:
            pieces = pieces[1:]
        unique = dict.fromkeys(form.entry.id for form in self._forms.get(pieces, ()))
        entries = (self.by_id[id_] for id_ in unique)
        return tuple(entry for entry in entries if on is None or entry.lived(on))

    def get(self, id_: str) -> ActorEntry | None:
        """The entry of an id, also of an institution that every state has ("fr-police"); None for an unknown id.

        >>> from recoupe.knowledge.actors import open_register
        >>> open_register().get("pt-armed-forces").name
        'Portuguese Armed Forces'
        """
        if id_ in self.by_id:
            return self.by_id[id_]
        state, _, role = id_.partition("-")
        return self.of(self.by_id[state], role) if state in self.by_id else None

    @cached_property
    def _states(self) -> Mapping[str | None, ActorEntry]:
        return {entry.country: entry for entry in self.entries if entry.kind == "state" and entry.until is None}

    def ruled_by(self, person: ActorEntry) -> ActorEntry | None:
        """The state of a person in office, whose government bears the name ("le régime d'Assad")."""
        return self._states.get(person.country) if person.kind == "person" and person.sector == "GOV" else None

    def of(self, owner: ActorEntry, role: str, on: str | None = None) -> ActorEntry | None:
        """The institution of a state by role, under the name that it had on a day; None where the role is unknown or `owner` is no state.

        >>> from recoupe.knowledge.actors import open_register
        >>> register = open_register()
        >>> [register.of(register.by_id["de"], "armed-forces", on).name for on in ("1937-04-26", "2018-11-11")]
        ['German Armed Forces', 'Bundeswehr']
        """
        own = self.by_id.get(f"{owner.id}-{role}")
        if own is not None and on is not None and not own.lived(on):
            own = None
        if own is not None or owner.kind != "state" or role not in self.roles:
            return own
        name, names_fr = self.roles[role].names(owner)
        sector = self.roles[role].sector
        return ActorEntry(
            f"{owner.id}-{role}", name, role, owner.country, sector, owner.id, owner.since, owner.until, names_fr, (name,), (), (), (), (), (),
            owner.source,
        )  # fmt: skip

    @cached_property
    def _lexicons(self) -> Mapping[Language, Lexicon]:
        return {language: _lexicon(self.entries, language) for language in LANGUAGES}

    def lexicon(self, language: Language) -> Lexicon:
        """The forms to look for in texts of a language."""
        return self._lexicons[language]


def _lexicon(entries: Iterable[ActorEntry], language: Language) -> Lexicon:
    starts: dict[str, dict[tuple[tuple[str, ...], tuple[bool, ...], Use, str], Form]] = {}
    for form in forms_of(entries, language):
        starts.setdefault(form.pieces[0], {}).setdefault((form.pieces, form.capitals, form.use, form.entry.id), form)
    return Lexicon({first: tuple(sorted(forms.values(), key=lambda form: -len(form.pieces))) for first, forms in starts.items()})


def forms_of(entries: Iterable[ActorEntry], language: Language) -> Iterable[Form]:
    """Every form of the entries in a language; demonyms and seats count in both."""
    for entry in entries:
        names = (*(entry.names_fr if language == "fr" else entry.names_en), entry.name)
        adjectives = entry.adjectives_fr if language == "fr" else entry.adjectives_en
        by_use: tuple[tuple[Use, tuple[str, ...]], ...] = (
            ("name", names), ("demonym", entry.demonyms), ("metonym", entry.metonyms), ("adjective", adjectives),
        )  # fmt: skip
        for use, texts in by_use:
            for text in texts:
                plain = text.rstrip("?")
                pieces = pieces_of(plain)
                if pieces:
                    yield Form(plain, pieces, tuple(word[0].isupper() for word in _PIECE.findall(plain)), use, entry, text.endswith("?"))
