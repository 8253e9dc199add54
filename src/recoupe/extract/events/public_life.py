"""Is an event of the world of politics and arms, or of everyday life? By who takes part, else by what it is about.

"The union signed a deal with the railway" is of everyday life; "the union demands the release of the prisoners" is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.extract.events.conditions import keys
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.roles import SPOKEN, Roles
from recoupe.extract.events.senses import Found
from recoupe.language.parsed import Token
from recoupe.language.triggers import event_words
from recoupe.model import ActorMention

# What is only done with words can be about something grave; who is helped and who trades is of politics or not.
_SPOKEN_OF = SPOKEN - {"AID", "COOPERATE"}


def is_public(mentions: MentionIndex, found: Found, roles: Roles) -> bool:
    """Whether somebody of politics or arms takes part in an event or stands below it, or those who do speak of something grave."""
    parties = (*roles.actors, *roles.recipients)
    if any(_is_political(mentions, one) for one in parties) or (
        found.entry.kind == "ASSAULT" and any(_is_known(mentions, one) for one in roles.recipients)
    ):
        return True
    around = tuple(_around(mentions, found, parties))
    if any(_is_armed(mentions, token) for token in around):
        return True
    return bool(parties) and found.entry.kind in _SPOKEN_OF and any(_is_grave(mentions, token) for token in around)


def _is_political(mentions: MentionIndex, mention: ActorMention) -> bool:
    """Whether a party is of politics or arms by itself: a court, a union or a town council is so only opposite one that is."""
    if mention.actor is not None:
        return True
    head = mentions.head_of(mention)
    owners = () if head is None else mentions.parsed.children(head, "nmod", "nmod:poss")  # "le secrétaire du [[syndicat]]"
    return head is not None and not any(map(mentions.is_everyday, (head, *owners))) and _is_known(mentions, mention)


def _is_known(mentions: MentionIndex, mention: ActorMention) -> bool:
    """Whether a party is one that the text gives as an actor, of public life, or a place or body that stands for its people."""
    head = mentions.head_of(mention)
    return mention.id in mentions.given or (head is not None and (mentions.is_public(head) or mentions.is_metonym(head)))


def _around(mentions: MentionIndex, found: Found, parties: tuple[ActorMention, ...]) -> Iterator[Token]:
    """The words below a trigger that are of none of its parties."""
    named = [(mention.start, mention.end) for mention in parties]
    for token in mentions.parsed.subtree(found.token):
        if token.index != found.token.index and not any(start <= token.start < end for start, end in named):
            yield token


def _is_armed(mentions: MentionIndex, token: Token) -> bool:
    return mentions.is_force(token) or mentions.is_ruler(token)


def _is_grave(mentions: MentionIndex, token: Token) -> bool:
    words = event_words(mentions.parsed.language)
    return not mentions.is_everyday(token) and not words.members("grave").isdisjoint(keys(token, words.plurals))
