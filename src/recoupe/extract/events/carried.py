"""Whose deed is the attack told before, when somebody claims "the attack" or "this crime", or is accused of it?

A definite noun takes up the last deed of its kind (Prince 1981, "given information"). Where that one has no doer, it takes who is held responsible,
and so do the definite mentions between it and the sentence that told it first. A denial gives nobody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from recoupe.extract.events.blame import Held, held_responsible, suspicion
from recoupe.extract.events.conditions import keys
from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.merging import Part
from recoupe.extract.events.roles import Casting
from recoupe.extract.events.senses import Found
from recoupe.language.parsed import Token
from recoupe.model import ActorMention

_BACK = 100  # events among which the deed is looked for


def carry(grammar: Grammar, casting: Casting, parts: list[Part]) -> list[Part]:
    """The events in order, with those held responsible in later sentences as doers of what these take up."""
    kept = sorted(parts, key=lambda part: part[0].token.index)
    starts = [part[0].token.index for part in kept]
    for first, held, found in [*_claimed(grammar, kept), *_taken_up(grammar, casting, kept), *_merely_accused(grammar, kept)]:
        for number in _antecedents(grammar, casting if held.level is not None else None, kept, bisect_left(starts, first), found):
            one, roles, sentence = kept[number]
            victims = tuple(mention for mention in roles.recipients if mention not in held.parties)
            kept[number] = one, msgspec.structs.replace(roles, actors=held.parties, recipients=victims, responsibility=held.level), sentence
    return kept


def _claimed(grammar: Grammar, parts: Sequence[Part]) -> Iterator[tuple[int, Held, Found | None]]:
    """The deeds that are named anew by a definite noun: where the sentence begins, whom the words around hold responsible, and the deed."""
    for found, roles, sentence in parts:
        if roles.responsibility in {None, "denied", "fact"} or not roles.actors or found.verb or not _is_definite(grammar, found.token):
            continue
        if not _is_of_somebody_new(grammar, found.token):
            yield sentence.first, Held(roles.actors, roles.responsibility), found


def _taken_up(grammar: Grammar, casting: Casting, parts: Sequence[Part]) -> Iterator[tuple[int, Held, Found | None]]:
    """What nouns that name no kind of deed, and pronouns, take up: "the police attributed the crime to the cartel", "blamed it on the cartel"."""
    told = {part[0].token.index for part in parts}
    for token in grammar.parsed.tokens if told else ():
        if token.index in told or not (_is_deed(grammar, token) or _is_it(grammar, token)):
            continue
        held = held_responsible(grammar, casting, token)
        if held is not None and held.level != "denied":
            yield grammar.parsed.sentence_of(token).first, held, None


def _merely_accused(grammar: Grammar, parts: Sequence[Part]) -> Iterator[tuple[int, Held, Found | None]]:
    """Whom somebody suspects right after a deed was told, of nothing else: "Two men died. Investigators suspect the cartel.", "…, but police suspect …"."""
    deeds = {(sentence.index, found.token.index) for found, _, sentence in parts if found.entry.kind == "ASSAULT"}
    for found, roles, sentence in parts:
        if found.entry.kind != "ACCUSE" or not found.verb or not roles.recipients:
            continue
        beside = [index for number, index in deeds if number == sentence.index]
        before = max(beside, default=-1) < found.token.index if found.token.dep == "conj" and beside else not beside
        level = suspicion(grammar, found.token) if before and (beside or any(number == sentence.index - 1 for number, _ in deeds)) else None
        if level is not None:
            yield found.token.index if beside else sentence.first, Held(roles.recipients, level), None


def _is_deed(grammar: Grammar, noun: Token) -> bool:
    return noun.lemma.lower() in grammar.words.deeds and _is_definite(grammar, noun)


def _is_it(grammar: Grammar, pronoun: Token) -> bool:
    """Whether a word is a pronoun of one thing that somebody does something about."""
    return pronoun.pos == "PRON" and pronoun.dep == "obj" and grammar.words.pronouns.get(pronoun.norm) in {"s", "p"}


def _antecedents(grammar: Grammar, casting: Casting | None, parts: Sequence[Part], end: int, found: Found | None) -> Iterator[int]:
    """The places of the deeds without a doer that a definite noun takes up, from the last one before `end` back to the one that is told for the first time.

    Where a `casting` is given, a deed of men without a name counts as one without a doer.
    """
    for number in range(end - 1, max(end - _BACK, 0) - 1, -1):
        other, roles, _ = parts[number]
        if other.entry.kind != "ASSAULT" or other.entry.mutual or (found is not None and not _is_of_one_kind(other, found)):
            continue
        known = roles.actors if casting is None else tuple(one for one in roles.actors if not _is_nameless(grammar, casting, one))
        if known or roles.stage == "planned":
            return
        yield number
        if other.verb or not _is_definite(grammar, other.token):
            return


def _is_nameless(grammar: Grammar, casting: Casting, party: ActorMention) -> bool:
    """Whether somebody is told only as armed men or the like, for the first time: "[[gunmen]] stormed the hotel"."""
    head = casting.mentions.head_of(party)
    if party.actor is not None or head is None or head.pos == "PROPN" or grammar.is_definite(head):
        return False
    return not grammar.words.members("nameless").isdisjoint(keys(head, grammar.words.plurals))


def _is_of_one_kind(told: Found, named: Found) -> bool:
    """Whether two words may name one deed: nothing differs in how it was done, or the later word names no way."""
    return named.entry.mode is None or told.entry.mode is None or told.entry.mode == named.entry.mode


def _is_of_somebody_new(grammar: Grammar, noun: Token) -> bool:
    """Whether an indefinite complement says that a deed is none told before: "the bombing of [[a bank]]"."""
    return any("Definite=Ind" in child.morph for _, part in grammar.obliques(noun) for child in grammar.parsed.children(part, "det"))


def _is_definite(grammar: Grammar, noun: Token) -> bool:
    return grammar.is_definite(noun) and "Number=Plur" not in noun.morph
