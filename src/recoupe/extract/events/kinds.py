"""Of which mode, and which ACLED sub-type? What the trigger says, what the weapon beside it says, then who stands on both sides.

Precedence as ACLED codes it (Codebook 2023, "Event types"): the weapon decides remote violence, armed parties on both sides make a clash, force
used on those who cannot answer is an attack; a withdrawal hands over the place that it leaves, else it is a change of activity; territory is regained by a government's force and overtaken by any other.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from recoupe.extract.events.conditions import keys
from recoupe.extract.events.grammar import Grammar, Slots
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.roles import Roles
from recoupe.extract.events.senses import Found
from recoupe.language.parsed import Sentence, Token
from recoupe.model import AcledType, ActorMention, EventType

# A blast or a raid whose means is named more narrowly is of the narrower kind, and so is shelling that came from the air.
_OPEN = frozenset({"explosives", "aerial", "heavy-weapons", "destroy"})
_NARROWER = frozenset({"Grenade", "Suicide bomb", "Chemical weapon"})
_FROM_AFAR = frozenset({"Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Looting/property destruction"})
_AIR = "Air/drone strike"


class Kind(Struct, frozen=True):
    """Type, mode and sub-type of one event."""

    type: EventType
    mode: str | None
    acled: AcledType | None


def kind_of(grammar: Grammar, mentions: MentionIndex, found: Found, roles: Roles, sentence: Sentence) -> Kind:
    """The kind of an event from its trigger, the instruments of its clause and its parties."""
    entry = found.entry
    kind = Kind(entry.kind, entry.mode, entry.acled)
    if entry.type == "ASSAULT" and (entry.mode is None or entry.mode in _OPEN):
        kind = _by_instrument(grammar, mentions, found, roles, kind)
    if entry.type == "ASSAULT" and kind.acled is None:
        kind = msgspec.structs.replace(kind, acled=_by_parties(grammar, mentions, found, roles))
    if kind.acled in {"Government regains territory", "Non-state actor overtakes territory"}:
        kind = msgspec.structs.replace(kind, acled=_taker(mentions, roles.actors, kind.acled))
    if kind.type == "RETREAT" and kind.acled == "Non-violent transfer of territory" and not _leaves_a_place(grammar, mentions, found):
        kind = msgspec.structs.replace(kind, acled="Change to group/activity")
    return kind


def _leaves_a_place(grammar: Grammar, mentions: MentionIndex, found: Found) -> bool:
    """Whether those who withdraw give up a place smaller than a country: a contingent that goes home changes no map."""
    below = {*grammar.parsed.subtree(found.token), *found.slots.object}
    for noun in below:
        place = mentions.place_at(noun)
        named = noun.pos == "PROPN" and mentions.actor_at(noun) is None
        if place.feature != "country" if place is not None else named or mentions.is_place_like(noun):
            return True
    return False


def _by_instrument(grammar: Grammar, mentions: MentionIndex, found: Found, roles: Roles, kind: Kind) -> Kind:
    forms = {key for token in _clause(grammar, found, roles) for key in keys(token, grammar.words.plurals)}
    for mention in roles.actors:
        forms |= mentions.names_of(mention)
    for instrument in grammar.words.instrument:
        if forms.isdisjoint(instrument.words):
            continue
        if (
            instrument.acled == _AIR
            and kind.acled in _FROM_AFAR
            and kind.mode in {None, "explosives", "heavy-weapons", "destroy"}
            and found.entry.site
        ):
            return Kind(kind.type, instrument.mode, instrument.acled)
        if kind.mode is None:
            return Kind(kind.type, instrument.mode, kind.acled or instrument.acled)
        if instrument.acled in _NARROWER or (kind.mode == "aerial" and instrument.mode == "drone"):
            return Kind(kind.type, instrument.mode, instrument.acled)
    return kind


def _clause(grammar: Grammar, found: Found, roles: Roles) -> list[Token]:
    """The words that can name the means: the trigger's own nouns and those of the verbs that carry it, without what is attacked."""
    aimed = {part.index for noun in _attacked(grammar, found) for part in _named_by(grammar, noun)}
    slots = [found.slots, *(support.slots for support in roles.supports), *_around(grammar, found)]
    nouns = [token for one in slots for token in (*one.subject, *one.object, *(noun for _, noun in one.obliques))]
    below = [child for noun in nouns for child in grammar.parsed.children(noun)]
    deeper = [child for noun in below for child in grammar.parsed.children(noun)]
    beside = list(grammar.parsed.children(found.token))
    named = [token for token in (*beside, *below, *deeper) if token.pos in {"NOUN", "PROPN", "ADJ"}]
    return [found.token, *(token for token in (*nouns, *named) if token.index not in aimed)]


def _around(grammar: Grammar, found: Found) -> list[Slots]:
    """The slots of the verb that a noun's event stands beside, without its other circumstances: "used chlorine in an attack"."""
    head = grammar.parsed.head(found.token)
    if found.verb or head is None or head.pos != "VERB" or not found.token.dep.startswith("obl"):
        return []
    slots = grammar.verb(head)
    means = tuple(pair for pair in slots.obliques if pair[0] in grammar.words.with_words)
    return [msgspec.structs.replace(slots, obliques=means)]


def _attacked(grammar: Grammar, found: Found) -> list[Token]:
    """The nouns of a trigger that undergo it: a base that is shelled is no shell, an air base that is attacked no raid."""
    wanted = found.entry.recipient or ("object", "against")
    nouns = list(found.slots.object) if "object" in wanted and found.verb else []
    prepositions = {*(grammar.words.against if "against" in wanted else ()), *(grammar.words.of if "of" in wanted else ())}
    return nouns + [noun for preposition, noun in found.slots.obliques if preposition in prepositions]


def _named_by(grammar: Grammar, noun: Token) -> list[Token]:
    """A noun with what belongs to it; a complement with another preposition ("au couteau") may be the attack's, however the parser hung it."""
    found = [noun]
    for child in grammar.parsed.children(noun):
        case = grammar.parsed.children(child, "case")
        if not case or case[0].norm in grammar.words.of:
            found += _named_by(grammar, child)
    return found


def _by_parties(grammar: Grammar, mentions: MentionIndex, found: Found, roles: Roles) -> AcledType | None:
    if any(mentions.is_marcher(mention) for mention in roles.recipients) and any(mentions.is_state(mention) for mention in roles.actors):
        return "Excessive force against protesters"
    if any(mentions.is_civilian(mention) for mention in roles.recipients):
        return "Attack"
    if roles.recipients and all(mentions.is_armed(mention) for mention in roles.recipients):
        return "Armed clash"
    if not roles.recipients and (len(roles.actors) > 1 or any(mentions.is_garrison(noun) for noun in _attacked(grammar, found))):
        return "Armed clash"
    return "Attack" if roles.recipients or roles.actors else None


def _taker(mentions: MentionIndex, actors: tuple[ActorMention, ...], said: AcledType) -> AcledType:
    if any(mentions.is_state(mention) for mention in actors):
        return "Government regains territory"
    if any(mentions.is_rebel(mention) for mention in actors):
        return "Non-state actor overtakes territory"
    return said
