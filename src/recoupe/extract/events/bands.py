"""Whose men are "the guerrillas"? An armed group that the text has named takes up the descriptions of its fighters that follow.

A description is a noun of the pack's class `band` ("rebels", "insurgés") wherever it stands, or of its class `band_again` ("the attackers",
"le groupe armé") with a definite article, shortly after the name or where the text names no other group, or what belongs to one of these
("ses combattants", "members of the group"). It has to fit: a nationality beside it is one of the group's ("Salvadoran guerrillas" are no
Colombian group), a people's name stands in the group's ("milices kurdes" are not Daech), whoever is called unknown or other is nobody named
before, and "the gunmen" are the gunmen told of last. Of several groups it is the one that the last sentence is most about, the highest in its
tree (Grosz, Joshi and Weinstein 1995, "centering").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec
from msgspec import Struct

from recoupe.extract.events.antecedents import owner
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
_STEM = 4  # letters
_AFTER = 4  # sentences after a description in which its group may be named first


class _Named(Struct, frozen=True):
    """A group of the register where the text names or describes it, and how deep in its sentence's tree it stands."""

    mention: ActorMention
    entry: ActorEntry
    sentence: int
    depth: int


class _Described(Struct, frozen=True):
    """Fighters that the text describes: the noun for them, its dictionary forms, the noun and the words below it."""

    party: ActorMention
    head: Token
    forms: frozenset[str]
    below: tuple[Token, ...]
    sentence: int


class _Classes(Struct, frozen=True):
    """The words of a language for fighters, by how they take up a group."""

    band: frozenset[str]
    again: frozenset[str]
    part: frozenset[str]
    unknown: frozenset[str]
    linked: frozenset[str]


@cache
def _classes(language: Language) -> _Classes:
    words = event_words(language)
    return _Classes(*(words.members(name) for name in ("band", "band_again", "band_of", "unknown", "linked")))


def identify(grammar: Grammar, mentions: MentionIndex, parties: Iterable[ActorMention]) -> dict[str, ActorMention]:
    """Of some participants those that describe a group named elsewhere in the text, by id, with the group's identity."""
    named = [_named(grammar, mentions, *pair) for pair in _groups(mentions)]
    strangers: list[_Described] = []
    found: dict[str, ActorMention] = {}
    for party in sorted(parties, key=lambda one: one.start) if named else ():
        described = None if party.actor is not None else _described(grammar, mentions, party)
        if described is None:
            continue
        meant = _group_of(grammar, mentions, named, strangers, described)
        if meant is None:
            strangers.append(described)
            continue
        known = msgspec.structs.replace(party, actor=meant.entry.id, name=meant.mention.name)
        found[party.id] = known
        named.append(_named(grammar, mentions, known, meant.entry))
        named.sort(key=lambda one: one.mention.start)
    return found


def _groups(mentions: MentionIndex) -> Iterator[tuple[ActorMention, ActorEntry]]:
    """The groups of the register that the text names, in order."""
    register = open_register().by_id
    seen = {mention.id: mention for mention in mentions.actors.values() if mentions.head_of(mention) is not None}
    for mention in sorted(seen.values(), key=lambda one: one.start):
        entry = register.get(mention.actor) if mention.actor is not None else None
        if entry is not None and entry.sector in _SECTORS:
            yield mention, entry


def _named(grammar: Grammar, mentions: MentionIndex, mention: ActorMention, entry: ActorEntry) -> _Named:
    head = mentions.head_of(mention)
    if head is None:
        raise ValueError(f"a mention without words: {mention.id}")
    return _Named(mention, entry, grammar.parsed.sentence_of(head).index, len(tuple(grammar.parsed.ancestors(head))))


def _described(grammar: Grammar, mentions: MentionIndex, party: ActorMention) -> _Described | None:
    """A mention as a description, None for one of other people than fighters; "members of the group" are described as "the group"."""
    head = mentions.head_of(party)
    if head is None:
        return None
    classes = _classes(grammar.parsed.language)
    men = classes.band | classes.again
    if _forms(grammar, head).isdisjoint(men | classes.part):
        return None
    whole = (noun for preposition, noun in grammar.obliques(head) if preposition in grammar.words.of and not men.isdisjoint(_forms(grammar, noun)))
    head = next(whole, head)
    return _Described(party, head, _forms(grammar, head), (head, *grammar.parsed.children(head)), grammar.parsed.sentence_of(head).index)


def _forms(grammar: Grammar, noun: Token) -> frozenset[str]:
    """The dictionary forms of a noun, with those of one that the model took for its adjective: "les [[rebelles]] ougandais"."""
    taken = (child for child in grammar.parsed.children(noun, "amod") if noun.norm in _nationalities())
    return frozenset(key for word in (noun, *taken) for key in keys(word, grammar.words.plurals))


def _group_of(grammar: Grammar, mentions: MentionIndex, named: Sequence[_Named], strangers: Sequence[_Described], one: _Described) -> _Named | None:
    """The group that a description stands for."""
    classes = _classes(grammar.parsed.language)
    if any(key in classes.unknown for child in one.below for key in keys(child, grammar.words.plurals)):
        return None
    whose = next((group for group in named if _belongs(grammar, group, one.head)), None) or _owned(grammar, mentions, named, one)
    if whose is not None:
        return whose
    fitting = [group for group in named if _fits(group.entry, one.below) and not _faces(grammar, mentions, group, one.head)]
    before = [group for group in fitting if group.mention.end <= one.party.start]
    last = _most_spoken_of(before)
    definite = _is_definite(grammar, one.head)
    if last is not None and definite and any(last.mention.start < other.party.start and one.forms & other.forms for other in strangers):
        return None
    if one.forms & classes.band:
        after = (group for group in fitting if group.mention.start >= one.party.end and group.sentence - one.sentence <= _AFTER)
        return last or next(after, None)
    if last is None or one.forms.isdisjoint(classes.again) or not definite or _is_told_apart(grammar, one):
        return None
    alone = len({group.entry.id for group in named}) == 1
    return last if alone or one.sentence - last.sentence <= _SOON else None


def _is_definite(grammar: Grammar, noun: Token) -> bool:
    """Whether a noun has a definite article, also one that a preposition swallowed: "l'attaque [[des]] extrémistes"."""
    merged = any(child.norm in grammar.words.merged for child in grammar.parsed.children(noun, "case"))
    return merged or grammar.is_definite(noun)


def _is_told_apart(grammar: Grammar, one: _Described) -> bool:
    """Whether a complement says which fighters are meant: "the gunmen of the lake", not "le groupe islamiste"."""
    classes = _classes(grammar.parsed.language)
    return any(child.dep == "nmod" and _forms(grammar, child).isdisjoint(classes.band | classes.again) for child in one.below[1:])


def _most_spoken_of(before: Sequence[_Named]) -> _Named | None:
    """The group that the last sentence to name any is most about: the highest in its tree, the later of two as high."""
    if not before:
        return None
    near = [group for group in before if group.sentence == before[-1].sentence]
    return min(reversed(near), key=lambda group: group.depth)


def _owned(grammar: Grammar, mentions: MentionIndex, named: Sequence[_Named], one: _Described) -> _Named | None:
    """The group to which a possessive beside a description refers: "[[its]] fighters", "[[ses]] combattants"."""
    for child in one.below:
        if child.norm in grammar.words.possessives:
            holder = owner(grammar, mentions, child)
            return next(
                (group for group in named if holder is not None and holder.start < group.mention.end and group.mention.start < holder.end), None
            )
    return None


def _faces(grammar: Grammar, mentions: MentionIndex, one: _Named, head: Token) -> bool:
    """Whether a group is named as another part of a verb that a description belongs to ("Daech a chassé les [[rebelles]]", "[[ceux]] qui combattent Daech")."""
    own = mentions.head_of(one.mention)
    if own is None:
        return False
    above = next((word for word in grammar.parsed.ancestors(head) if word.pos != "NOUN"), None)  # "attacked the [[insurgents]]' positions"
    verbs = {clause.index for clause in (above, *grammar.parsed.children(head, "acl", "acl:relcl")) if clause and clause.pos == "VERB"}
    tops = (own, *list(grammar.parsed.ancestors(own))[:_DEEPEST])
    return any(top.head in verbs and top != head and top.dep not in {"conj", "appos"} for top in tops)


def _belongs(grammar: Grammar, one: _Named, head: Token) -> bool:
    """Whether a group's name stands below a description: "guerrillas of the FMLN", "un commando appartenant aux Farc"."""
    inside = grammar.parsed.tokens_in(one.mention.start, one.mention.end)
    top = next((token for token in inside if token.head == token.index or token.head not in {part.index for part in inside}), None)
    path = (top, *list(grammar.parsed.ancestors(top))[:_DEEPEST]) if top is not None else ()
    if head not in path[1:]:
        return False
    linked = _classes(grammar.parsed.language).linked
    between = path[: path.index(head)]
    return not any(token.dep.startswith("acl:relcl") or any(key in linked for key in keys(token, grammar.words.endings)) for token in between)


def _fits(entry: ActorEntry, below: tuple[Token, ...]) -> bool:
    """Whether no nationality beside a description is of a country where the group does not act, and no people's adjective of another people."""
    countries = {country for child in below if (country := _nationalities().get(child.norm)) is not None}
    peoples = [child.norm for child in below if child.norm in _peoples()]
    return (not countries or bool(countries & {entry.country, *entry.area})) and (not peoples or _bears_name(entry, peoples))


def _bears_name(entry: ActorEntry, peoples: Iterable[str]) -> bool:
    """Whether a people's adjective begins as a word of the group's name does: "[[Kurdish]] rebels" of the Kurdistan Workers' Party."""
    names = {word[:_STEM].lower() for name in (*entry.names_fr, *entry.names_en) for word in name.split()}
    return any(people[:_STEM] in names for people in peoples)


@cache
def _peoples() -> frozenset[str]:
    peoples = (entry for entry in open_register().entries if entry.kind == "people")
    return frozenset(word.lower() for entry in peoples for word in (*entry.adjectives_fr, *entry.adjectives_en))


@cache
def _nationalities() -> dict[str, str]:
    """The countries of adjectives, in all languages: "salvadorien" and "salvadoran"."""
    states = [entry for entry in open_register().entries if entry.kind == "state" and entry.country is not None]
    return {word.lower(): entry.country for entry in states for word in (*entry.adjectives_fr, *entry.adjectives_en) if entry.country is not None}
