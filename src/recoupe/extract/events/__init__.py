"""What happened, who did it to whom, where, when and with what toll? Triggers of the pack, their roles, and what is tied to them.

>>> from recoupe.language.parse import parse_text
>>> told = find_events(parse_text("Les rebelles ont bombardé la caserne.", "fr"), (), (), (), ())
>>> [(one.type, one.mode) for one in told.occurrences], [actor.text for actor in told.actors]
([('ASSAULT', None)], ['rebelles'])
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from recoupe.extract.events.bands import identify
from recoupe.extract.events.binding import Scene, Setting, bind
from recoupe.extract.events.blame import held_responsible
from recoupe.extract.events.carried import carry
from recoupe.extract.events.contents import with_contents
from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.kinds import kind_of
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.merging import merge
from recoupe.extract.events.public_life import is_public
from recoupe.extract.events.roles import Casting, Roles
from recoupe.extract.events.senses import Found, Senses
from recoupe.extract.events.sites import find_sites
from recoupe.extract.events.weapons import with_owners
from recoupe.extract.events.worlds import is_foreign, is_past, is_told
from recoupe.extract.occurrence import Occurrence, Told
from recoupe.language.parsed import Parsed, Sentence, Token
from recoupe.model import ActorMention, Attribution, EventType, FigureMention, PlaceMention, Span, TimeMention

__all__ = ["find_events", "find_sites"]

_DEEDS: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "PROTEST"})


def find_events(
    parsed: Parsed,
    actors: tuple[ActorMention, ...],
    places: tuple[PlaceMention, ...],
    times: tuple[TimeMention, ...],
    figures: tuple[FigureMention, ...],
    attributions: tuple[Attribution, ...] = (),
) -> Told:
    """The events that a document tells of, in order, with the given actors and those added for participants that no mention covered.

    `attributions` tell who speaks: a place inside a source is where the speaker is, not where the event was, and a quoted "nous" is the speaker.
    """
    grammar = Grammar(parsed, dict(_turned_round(parsed, attributions)))
    mentions = MentionIndex(parsed, actors, places, times, figures, _quoted(attributions))
    senses = Senses(parsed, grammar, mentions)
    casting = Casting(grammar, mentions)
    cast: list[tuple[Found, Roles, Sentence]] = []
    for sentence in parsed.sentences:
        found = _without_overlaps(tuple(_triggers(senses, mentions, sentence)))
        if found and not is_foreign(grammar, mentions, sentence, found):
            amid = _amid_violence(cast, sentence)
            cast += [
                (one, _with_blame(grammar, casting, one, roles), sentence)
                for one in found
                if not is_told(grammar, one) and not is_past(grammar, one) and (roles := _role(casting, mentions, one, amid=amid)) is not None
            ]
    cast = with_contents(grammar, with_owners(grammar, mentions, carry(grammar, casting, merge(grammar, cast))))
    sources = tuple(span for attribution in attributions for span in attribution.source)
    settings = bind(parsed, mentions, sources, [_scene(one, roles, sentence) for one, roles, sentence in cast])
    occurrences = tuple(_occurrence(grammar, mentions, *part, setting) for part, setting in zip(cast, settings, strict=True))
    used = {name for one in occurrences for name in (*one.actors, *one.recipients)}
    added = sorted((mention for mention in casting.parties_of.added.values() if mention.id in used), key=lambda mention: mention.start)
    known = identify(grammar, mentions, (*actors, *added))
    return Told(occurrences, tuple(known.get(mention.id, mention) for mention in (*actors, *added)))


def _quoted(attributions: tuple[Attribution, ...]) -> Iterator[tuple[Span, Span]]:
    """The stretches of quoted words with the words for who speaks them."""
    for one in attributions:
        if one.style in {"direct", "mixed"} and one.source:
            yield from ((content, one.source[0]) for content in one.content)


def _turned_round(parsed: Parsed, attributions: tuple[Attribution, ...]) -> Iterator[tuple[int, Token]]:
    """The verbs of saying by their number, with the speaker who is named behind them: "…, a prévenu [[le ministre]]"."""
    for one in attributions:
        if one.cue and one.source and one.source[0].start >= one.cue[-1].end:
            source = parsed.tokens_in(one.source[0].start, one.source[0].end)
            inside = {token.index for token in source}
            heads = [token for token in source if token.head not in inside or token.head == token.index]
            verbs = [token for span in one.cue for token in parsed.tokens_in(span.start, span.end) if token.pos == "VERB"]
            if heads and verbs and heads[0].pos in {"NOUN", "PROPN"}:
                yield verbs[-1].index, heads[0]


def _triggers(senses: Senses, mentions: MentionIndex, sentence: Sentence) -> Iterator[Found]:
    for token in senses.parsed.tokens[sentence.first : sentence.last]:
        found = None if mentions.is_time(token) else senses.find(token, sentence)
        if found is not None and (found.verb or mentions.actor_at(token) is None or "self" in found.entry.actor):
            yield found


def _without_overlaps(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Of two triggers that share a word, the longer phrase; a phrase's noun is no event beside it."""
    covered: set[int] = set()
    for one in found:
        covered.update(index for index in range(one.first.index, one.last.index + 1) if index != one.token.index)
    kept = {one.token.index: one for one in reversed(found)}
    return tuple(one for index, one in sorted(kept.items()) if index not in covered)


def _amid_violence(cast: list[tuple[Found, Roles, Sentence]], sentence: Sentence) -> bool:
    """Whether the passage has just told an attack: "Six villageois ont été tués. [[Des greniers ont été brûlés.]]"."""
    last = cast[-1] if cast else None
    return last is not None and last[0].entry.kind == "ASSAULT" and last[2].paragraph == sentence.paragraph and sentence.index - last[2].index == 1


def _role(casting: Casting, mentions: MentionIndex, found: Found, *, amid: bool) -> Roles | None:
    """The participants, None where a weak trigger has no party of the world of politics and arms, and none below it; a deed amid violence needs none."""
    roles = casting.roles(found)
    if not found.entry.weak or (amid and found.entry.kind in _DEEDS and found.slots.passive):
        return roles
    return roles if is_public(mentions, found, roles) else None


def _with_blame(grammar: Grammar, casting: Casting, found: Found, roles: Roles) -> Roles:
    """The roles of a deed without a doer, with whom the words around hold responsible."""
    if found.entry.kind not in _DEEDS or found.entry.mutual:
        return roles
    held = held_responsible(grammar, casting, found.token)
    if held is None or (roles.actors and roles.actors != held.parties and not casting.are_means(roles.actors)):
        return roles
    undergoing = tuple(mention for mention in roles.recipients if mention not in held.parties)
    return msgspec.structs.replace(roles, actors=held.parties, recipients=undergoing, responsibility=held.level)


def _scene(found: Found, roles: Roles, sentence: Sentence) -> Scene:
    anchors = (found.token.index, found.last.index, *(support.verb.index for support in roles.supports), *(one.token.index for one in roles.evidence))
    slots = (found.slots, *(support.slots for support in roles.supports))
    nouns = tuple(noun for one in slots for noun in (*one.object, *(noun for _, noun in one.obliques)))
    return Scene(
        found.token, nouns, tuple(dict.fromkeys(anchors)), sentence.index, sentence.paragraph, found.entry.kind, found.entry.mode, found.slots.object
    )


def _occurrence(grammar: Grammar, mentions: MentionIndex, found: Found, roles: Roles, sentence: Sentence, setting: Setting) -> Occurrence:
    kind = kind_of(grammar, mentions, found, roles, sentence)
    days = [time for time in setting.times if time.timex in {"DATE", "TIME"} and time.date_start is not None]
    return Occurrence(
        trigger=Span(found.first.start, found.last.end),
        token=found.token.index,
        sentence=Span(sentence.start, sentence.end),
        type=kind.type,
        mode=kind.mode,
        acled=kind.acled,
        actors=tuple(mention.id for mention in roles.actors),
        recipients=tuple(mention.id for mention in roles.recipients),
        places=tuple(mention.id for mention in setting.places),
        times=tuple(mention.id for mention in setting.times),
        date_start=days[0].date_start if days else None,
        date_end=days[0].date_end if days else None,
        figures=tuple(mention.id for mention in setting.figures),
        stage=roles.stage,
        rule=found.entry.id,
        evidence=tuple(Span(one.first.start, one.last.end) for one in roles.evidence),
        responsibility=roles.responsibility,
        definite=not found.verb and grammar.is_definite(found.token),
    )
