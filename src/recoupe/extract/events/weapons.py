"""Whose are the missiles? A definite weapon that strikes is that of the party told to have used its like before.

"Les Hachd ont tiré des missiles … Les missiles ont atteint un entrepôt": the second sentence names no doer of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.roles import Roles
from recoupe.extract.events.senses import Found
from recoupe.language.parsed import Sentence, Token
from recoupe.model import ActorMention

Part = tuple[Found, Roles, Sentence]
Kinds = Mapping[str, frozenset[str]]

_CLASSES = ("projectile", "aircraft")
_OF_MODE = {"aerial": "aircraft", "drone": "aircraft", "heavy-weapons": "projectile"}
_BACK = 6  # sentences in which a weapon is still that of the party that used it


def with_owners(grammar: Grammar, mentions: MentionIndex, cast: Iterable[Part]) -> list[Part]:
    """The events in the order of the text, those whose doer is but a definite weapon done by whom the text told to use such a weapon last."""
    kinds = {kind: grammar.words.members(kind) for kind in _CLASSES}
    used: dict[str, tuple[int, tuple[ActorMention, ...]]] = {}
    told = []
    for found, roles, sentence in sorted(cast, key=lambda part: part[0].token.index):
        doers = tuple(mention for mention in roles.actors if not _is_weapon(kinds, mentions, mention))
        named = {kind for noun in found.slots.subject if grammar.is_definite(noun) for kind in _classes(kinds, noun)}
        last = next((used[kind] for kind in sorted(named) if kind in used and sentence.index - used[kind][0] <= _BACK), None)
        if found.entry.kind == "ASSAULT" and not doers and last is not None:
            undergoing = tuple(mention for mention in roles.recipients if mention not in last[1])
            roles = msgspec.structs.replace(roles, actors=last[1], recipients=undergoing)
        elif found.entry.kind == "ASSAULT" and doers:
            for kind in _weapons_of(kinds, found):
                used[kind] = (sentence.index, doers)
        told.append((found, roles, sentence))
    return told


def _weapons_of(kinds: Kinds, found: Found) -> Iterator[str]:
    """The kinds of weapon that an event is told to be done with: by its words, else by its mode."""
    nouns = (*found.slots.object, *found.slots.subject, *(noun for _, noun in found.slots.obliques))
    yield from {kind for noun in nouns for kind in _classes(kinds, noun)} | {_OF_MODE.get(found.entry.mode or "", "")} - {""}


def _classes(kinds: Kinds, noun: Token) -> Iterator[str]:
    return (kind for kind, words in kinds.items() if noun.lemma.lower() in words)


def _is_weapon(kinds: Kinds, mentions: MentionIndex, mention: ActorMention) -> bool:
    head = mentions.head_of(mention)
    return mention.actor is None and head is not None and any(_classes(kinds, head))
