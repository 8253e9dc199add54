"""Whose men are "the guerrillas"? An armed group that the text has named takes up the descriptions of its fighters that follow.

A description is a noun of the pack's class `band` ("rebels", "insurgés") wherever it stands, or of its class `band_again` ("the attackers",
"le groupe armé") shortly after the name and only with a definite article. It has to fit: a nationality
beside it is one of the group's ("Salvadoran guerrillas" are no Colombian group), and whoever is called unknown or other is nobody named before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec
from msgspec import Struct

from recoupe.extract.events.conditions import keys
from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.mentions import MentionIndex
from recoupe.knowledge.actors import ActorEntry, open_register
from recoupe.language.parsed import Token
from recoupe.language.triggers import event_words
from recoupe.model import ActorMention, Language

_SECTORS = frozenset({"REB", "PRM", "CRM", "UAF"})
_SOON = 3  # sentences within which "the attackers" takes up a group
_DEEPEST = 3  # words between a description and the group's name below it
_AFTER = 4  # sentences after a description in which its group may be named first


class _Named(Struct, frozen=True):
    """A group of the register where the text names it."""

    mention: ActorMention
    entry: ActorEntry
    sentence: int


@cache
def _classes(language: Language) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    words = event_words(language)
    return words.members("band"), words.members("band_again"), words.members("band_of"), words.members("unknown")


def identify(grammar: Grammar, mentions: MentionIndex, parties: Iterable[ActorMention]) -> dict[str, ActorMention]:
    """Of some participants those that describe a group named elsewhere in the text, by id, with the group's identity."""
    named = tuple(_named(grammar, mentions))
    found: dict[str, ActorMention] = {}
    for party in parties if named else ():
        meant = None if party.actor is not None else _group_of(grammar, mentions, named, party)
        if meant is not None:
            found[party.id] = msgspec.structs.replace(party, actor=meant.entry.id, name=meant.mention.name)
    return found


def _named(grammar: Grammar, mentions: MentionIndex) -> Iterator[_Named]:
    register = open_register().by_id
    seen = {mention.id: mention for mention in mentions.actors.values()}
    for mention in sorted(seen.values(), key=lambda one: one.start):
        entry = register.get(mention.actor) if mention.actor is not None else None
        head = mentions.head_of(mention)
        if entry is not None and entry.sector in _SECTORS and head is not None:
            yield _Named(mention, entry, grammar.parsed.sentence_of(head).index)


def _group_of(grammar: Grammar, mentions: MentionIndex, named: tuple[_Named, ...], party: ActorMention) -> _Named | None:
    head = mentions.head_of(party)
    if head is None:
        return None
    band, again, part, unknown = _classes(grammar.parsed.language)
    forms = set(keys(head, grammar.words.plurals))
    below = grammar.parsed.children(head)
    if any(key in unknown for child in below for key in keys(child, grammar.words.plurals)):
        return None
    sentence = grammar.parsed.sentence_of(head).index
    whose = next((one for one in named if forms & (band | again | part) and _belongs(grammar, one, head)), None)
    if whose is not None:
        return whose
    named = tuple(one for one in named if not _faces(grammar, mentions, one, head))
    before = [one for one in named if one.mention.end <= party.start and _fits(one.entry, below)]
    if forms & band:
        after = (one for one in named if one.mention.start >= party.end and one.sentence - sentence <= _AFTER and _fits(one.entry, below))
        return before[-1] if before else next(after, None)
    if forms & again and any(child.norm in grammar.words.definite for child in below) and not any(child.dep == "nmod" for child in below):
        return before[-1] if before and sentence - before[-1].sentence <= _SOON else None
    return None


def _faces(grammar: Grammar, mentions: MentionIndex, one: _Named, head: Token) -> bool:
    """Whether a group is named as another part of a verb that a description belongs to ("Daech a chassé les [[rebelles]]", "[[ceux]] qui combattent Daech")."""
    own = mentions.head_of(one.mention)
    if own is None:
        return False
    verbs = {
        clause.index for clause in (grammar.parsed.head(head), *grammar.parsed.children(head, "acl", "acl:relcl")) if clause and clause.pos == "VERB"
    }
    tops = (own, *list(grammar.parsed.ancestors(own))[:_DEEPEST])
    return any(top.head in verbs and top != head and top.dep not in {"conj", "appos"} for top in tops)


def _belongs(grammar: Grammar, one: _Named, head: Token) -> bool:
    """Whether a group's name stands below a description: "guerrillas of the FMLN", "un commando appartenant aux Farc"."""
    inside = grammar.parsed.tokens_in(one.mention.start, one.mention.end)
    top = next((token for token in inside if token.head == token.index or token.head not in {part.index for part in inside}), None)
    path = (top, *list(grammar.parsed.ancestors(top))[:_DEEPEST]) if top is not None else ()
    return head in path[1:] and not any(token.dep.startswith("acl:relcl") for token in path[: path.index(head)])


def _fits(entry: ActorEntry, below: tuple[Token, ...]) -> bool:
    """Whether no nationality beside a description is of a country where the group does not act."""
    countries = {country for child in below if (country := _nationalities().get(child.norm)) is not None}
    return not countries or bool(countries & {entry.country, *entry.area})


@cache
def _nationalities() -> dict[str, str]:
    """The countries of adjectives, in all languages: "salvadorien" and "salvadoran"."""
    states = [entry for entry in open_register().entries if entry.kind == "state" and entry.country is not None]
    return {word.lower(): entry.country for entry in states for word in (*entry.adjectives_fr, *entry.adjectives_en) if entry.country is not None}
