"""Which mention does a word belong to? Actors, places, times and figures by token, and the nouns that can stand for a party or a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from recoupe.knowledge.actors import open_register
from recoupe.language.calendar import calendar
from recoupe.language.enclosing import Enclosing
from recoupe.language.nobody import nobody_words
from recoupe.language.parsed import NameKind, Parsed, Token
from recoupe.language.triggers import event_words
from recoupe.model import ActorMention, FigureMention, PlaceMention, Span, TimeMention

_ARMED = frozenset({"MIL", "REB", "PRM", "COP", "GOV", "PRE", "UAF"})
_STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
_REBEL = frozenset({"REB", "PRM", "PRE", "UAF"})
_ACTS = frozenset({"nsubj", "obl:agent"})
Kind = TypeVar("Kind", ActorMention, PlaceMention, TimeMention, FigureMention)


class MentionIndex:
    """The mentions of one document by the tokens that they cover; built once, then only read."""

    def __init__(
        self,
        parsed: Parsed,
        actors: Iterable[ActorMention],
        places: Iterable[PlaceMention],
        times: Iterable[TimeMention],
        figures: Iterable[FigureMention],
        quoted: Iterable[tuple[Span, Span]] = (),
    ) -> None:
        self.parsed = parsed
        self.actors = _by_token(parsed, actors)
        self.places = _by_token(parsed, places)
        self._quoted = Enclosing((content, source) for content, source in quoted)
        self.times = tuple(times)
        self._timed = frozenset(_by_token(parsed, self.times))
        self._calendar = calendar(parsed.language)
        self.given = frozenset(mention.id for mention in self.actors.values())
        self.figures = tuple(figures)
        self._counted = _by_token(parsed, self.figures)
        words = event_words(parsed.language)
        self._nobody = frozenset((*nobody_words(parsed.language).nobody, *nobody_words(parsed.language).silent))
        self._parties = words.members("party")
        self._register = open_register().by_id
        self._rulers = words.members("rulers")
        self._shown = frozenset(words.demonstrative)
        self._areas = words.members("area")
        self._armed = words.members("armed")
        self._troops = words.members("troops")
        self._civilians = words.members("civilian")
        self._civil = words.members("civil")
        self._state = words.members("state_force")
        self._rebels = words.members("rebel")
        self._garrisons = words.members("garrison")
        self._public = words.members("public")
        self._everyday = words.members("everyday")
        self._marchers = words.members("marcher")
        self._place_names = _named(parsed, "place")
        self._bodies = _named(parsed, "organisation")

    def actor_at(self, token: Token) -> ActorMention | None:
        """The actor mention that covers a token, the shortest of several."""
        return self.actors.get(token.index)

    def speaker_at(self, token: Token) -> Token | None:
        """The word for who speaks in the innermost quotation around a token: whom its "nous" stands for."""
        for source in self._quoted.around(Span(token.start, token.end)):
            named = (self.actors.get(part.index) for part in self.parsed.tokens_in(source.start, source.end))
            first = next((mention for mention in named if mention is not None), None)
            return self.head_of(first) if first is not None else None
        return None

    def is_fighter(self, token: Token) -> bool:
        """Whether a token belongs to an actor that is a force, by its words or its sector."""
        mention = self.actors.get(token.index)
        return mention is not None and self.has_arms(mention)

    def place_at(self, token: Token) -> PlaceMention | None:
        """The place mention that covers a token."""
        return self.places.get(token.index)

    def figure_at(self, token: Token) -> FigureMention | None:
        """The figure that covers a token."""
        return self._counted.get(token.index)

    def is_time(self, token: Token) -> bool:
        """Whether a word belongs to a date or names a weekday or month."""
        if token.index in self._timed or self._calendar.weekday(token.norm) is not None:
            return True
        return token.pos == "PROPN" and self._calendar.month(token.norm) is not None

    def is_party(self, token: Token) -> bool:
        """Whether a noun can name people, a body or a force; a bare "personne" names nobody."""
        if token.norm in self._nobody and not any(self.parsed.children(token, "det", "nummod", "amod")):
            return False
        return token.lemma.lower() in self._parties or token.norm in self._parties or self.is_ruler(token)

    def is_foreign_party(self, token: Token) -> bool:
        """Whether a noun names a party whose country is not where it acts: no civilians, who live there, and no troops that may leave it."""
        if token.lemma.lower() in self._civilians or token.norm in self._civilians:
            return False
        return (token.index in self.actors or self.is_party(token)) and (token.dep in _ACTS or not self.is_troops(token))

    def is_ruler(self, token: Token) -> bool:
        """Whether a deed stands for those who do it ("l'occupation a démoli deux maisons")."""
        below = self.parsed.children(token)
        return (
            token.norm in self._rulers
            and all(child.dep in {"det", "case", "punct"} for child in below)
            and any(child.dep == "det" and child.norm not in self._shown for child in below)
        )

    def is_armed_noun(self, token: Token) -> bool:
        """Whether a noun names people who carry arms."""
        return token.lemma.lower() in self._armed or token.norm in self._armed

    def is_rebel_noun(self, token: Token) -> bool:
        """Whether a word names armed men who are no government's."""
        return token.lemma.lower() in self._rebels or token.norm in self._rebels

    def is_troops(self, token: Token) -> bool:
        """Whether a noun names the men or units of some force."""
        return token.lemma.lower() in self._troops or token.norm in self._troops

    def is_force(self, token: Token) -> bool:
        """Whether a word names an armed party, by itself or as a name of the register."""
        known = self.actor_at(token)
        return self.is_armed_noun(token) if known is None else self.has_arms(known)

    def is_named_force(self, token: Token) -> bool:
        """Whether a word belongs to an armed party that the register knows."""
        known = self.actor_at(token)
        return known is not None and known.actor is not None and self.has_arms(known)

    def is_place_like(self, token: Token) -> bool:
        """Whether a noun names a kind of place, or is a name that the model takes for one and no actor mention claims."""
        if token.lemma.lower() in self._areas or token.norm in self._areas:
            return True
        return token.pos == "PROPN" and token.index in self._place_names and token.index not in self.actors

    def is_public(self, token: Token) -> bool:
        """Whether a noun names somebody of politics, arms or a movement, or a deed that stands for them."""
        return token.lemma.lower() in self._public or token.norm in self._public or self.is_ruler(token)

    def is_everyday(self, token: Token) -> bool:
        """Whether a noun names somebody of everyday life, who may have a part in politics ("union", "mayor", "school")."""
        return token.lemma.lower() in self._everyday or token.norm in self._everyday

    def is_garrison(self, token: Token) -> bool:
        """Whether a noun names a place that armed men hold ("caserne", "police post")."""
        words = (token, *self.parsed.children(token, "compound", "amod"))
        return any(word.lemma.lower() in self._garrisons or word.norm in self._garrisons for word in words)

    def is_metonym(self, token: Token) -> bool:
        """Whether a name is of a place or body, which as a participant stands for those who rule it."""
        return token.index in self._place_names or token.index in self._bodies

    def is_armed(self, mention: ActorMention) -> bool:
        """Whether an actor carries arms: by its words, else by its sector in the register (a state at war stands for its army)."""
        if self._names(mention, self._civil):
            return False
        return self._names(mention, self._armed) or (self.sector(mention) in _ARMED and not self._names(mention, self._civilians))

    def has_arms(self, mention: ActorMention) -> bool:
        """Whether an actor is a force by its own words or sector; a state is none merely by its name."""
        return self._names(mention, self._armed) or self.sector(mention) in _ARMED - {"GOV"}

    def is_civilian(self, mention: ActorMention) -> bool:
        """Whether an actor's words say that it carries no arms."""
        return self._names(mention, self._civilians) and not self._names(mention, self._armed)

    def is_marcher(self, mention: ActorMention) -> bool:
        """Whether an actor's words say that it demonstrates."""
        return self._names(mention, self._marchers)

    def is_state(self, mention: ActorMention) -> bool:
        """Whether an actor is a government or its force."""
        return self.sector(mention) in _STATE or (self.sector(mention) is None and self._names(mention, self._state))

    def is_rebel(self, mention: ActorMention) -> bool:
        """Whether an actor is an armed group that is no government's."""
        return self.sector(mention) in _REBEL or (self.sector(mention) is None and self._names(mention, self._rebels))

    def sector(self, mention: ActorMention) -> str | None:
        """PLOVER's sector of an actor that the register knows."""
        entry = self._register.get(mention.actor) if mention.actor is not None else None
        return entry.sector if entry is not None else None

    def names_of(self, mention: ActorMention) -> frozenset[str]:
        """The words of an actor's mention and of its names in the register: "légion Condor" is known as "aviation allemande"."""
        found = {form for token in self.parsed.tokens_in(mention.start, mention.end) for form in (token.norm, token.lemma.lower())}
        entry = self._register.get(mention.actor) if mention.actor is not None else None
        if entry is not None and entry.sector in _ARMED:
            names = entry.names_fr if self.parsed.language == "fr" else entry.names_en
            found.update(word for name in (entry.name, *names) for word in name.rstrip("?").lower().split())
        return frozenset(found)

    def _names(self, mention: ActorMention, words: frozenset[str]) -> bool:
        return any(token.lemma.lower() in words or token.norm in words for token in self.parsed.tokens_in(mention.start, mention.end))

    def head_of(self, mention: ActorMention | PlaceMention | TimeMention | FigureMention) -> Token | None:
        """The token of a mention that governs its others."""
        inside = self.parsed.tokens_in(mention.start, mention.end)
        indexes = {token.index for token in inside}
        for token in inside:
            if token.head == token.index or token.head not in indexes:
                return token
        return inside[0] if inside else None


def _named(parsed: Parsed, kind: NameKind) -> frozenset[int]:
    return frozenset(token.index for name in parsed.names if name.kind == kind for token in parsed.tokens_in(name.start, name.end))


def _by_token(parsed: Parsed, mentions: Iterable[Kind]) -> dict[int, Kind]:
    found: dict[int, Kind] = {}
    for mention in sorted(mentions, key=lambda one: (one.start - one.end, one.start)):
        for token in parsed.tokens_in(mention.start, mention.end):
            found[token.index] = mention
    return found
