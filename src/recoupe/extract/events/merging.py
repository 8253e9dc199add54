"""Which triggers of a sentence tell one event? What an attack did ("tuant 13 soldats") is no event beside the attack."""

from __future__ import annotations

import msgspec

from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.roles import Roles
from recoupe.extract.events.senses import Found
from recoupe.language.parsed import Sentence

Part = tuple[Found, Roles, Sentence]


def merge(grammar: Grammar, cast: list[Part]) -> list[Part]:
    """The events with their results joined to them: a result gives its victims, and lends its words as an anchor for figures."""
    kept: list[Part] = []
    by_sentence: dict[int, list[Part]] = {}
    for part in cast:
        by_sentence.setdefault(part[2].index, []).append(part)
    for parts in by_sentence.values():
        kept += _merge_sentence(grammar, parts)
    return kept


def _merge_sentence(grammar: Grammar, parts: list[Part]) -> list[Part]:
    attacks = [part for part in parts if part[0].entry.type == "ASSAULT" and not part[0].entry.result]
    kept = list(parts)
    for part in parts:
        if not part[0].entry.result:
            continue
        cause = _cause(grammar, part, attacks)
        if cause is None:
            continue
        kept.remove(part)
        place = next(number for number, other in enumerate(kept) if other[0].token == cause[0].token)
        kept[place] = _joined(kept[place], part)
    return kept


def _cause(grammar: Grammar, result: Part, attacks: list[Part]) -> Part | None:
    """The attack that a result belongs to: its subject, or an event above it in the same clause chain, or one that its clause follows."""
    token = result[0].token
    subjects = {noun.index for noun in result[0].slots.subject} | {noun.index for preposition, noun in result[0].slots.obliques}
    above = {other.index for other in grammar.parsed.ancestors(token)}
    below = {other.index for other in grammar.parsed.subtree(token)}
    for attack in attacks:
        anchors = {attack[0].token.index, *(support.verb.index for support in attack[1].supports)}
        if anchors & subjects or anchors & above or attack[0].token.index in below:
            return attack
    return None


def _joined(attack: Part, result: Part) -> Part:
    found, roles, sentence = attack
    victims = roles.recipients or tuple(mention for mention in result[1].recipients if mention not in roles.actors)
    doers = roles.actors or tuple(mention for mention in result[1].actors if mention not in victims)
    return found, msgspec.structs.replace(roles, actors=doers, recipients=victims, evidence=(*roles.evidence, result[0])), sentence
