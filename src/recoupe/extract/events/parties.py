"""Whom does a participant's word stand for? The mention that covers it or belongs to it, a pronoun's antecedent, or a new mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from recoupe.extract.events.antecedents import FIRST_PERSON, antecedent, owner
from recoupe.extract.events.conditions import keys
from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.senses import index
from recoupe.knowledge.actors import open_register
from recoupe.language.parsed import Token
from recoupe.model import ActorMention

_DESCRIBING = frozenset({"amod", "compound", "nmod", "conj", "nummod"})
_ACTS = frozenset({"nsubj", "nsubj:caus", "obl:agent"})
_DEEPEST = 2  # nouns below one another of which each names the next by what is done or held
_LEADING = frozenset({"DET", "ADP", "PUNCT"})
_INSIDE = frozenset({"amod", "compound", "flat:name", "flat", "flat:foreign", "nmod", "fixed", "nummod"})


class Parties:
    """The mentions that words stand for; keeps one mention for each noun phrase that it had to add."""

    def __init__(self, grammar: Grammar, mentions: MentionIndex) -> None:
        self.grammar = grammar
        self.parsed = grammar.parsed
        self.words = grammar.words
        self.mentions = mentions
        self.added: dict[tuple[int, int], ActorMention] = {}
        self._offers = self.words.members("offer")

    def of_all(self, tokens: Iterable[Token], *, spoken: bool = False) -> tuple[ActorMention, ...]:
        """The mentions that some words stand for, each once."""
        found: dict[str, ActorMention] = {}
        for token in tokens:
            for mention in self.of(token, spoken=spoken):
                found.setdefault(mention.id, mention)
        return tuple(found.values())

    def of(self, token: Token, depth: int = 0, *, spoken: bool = False) -> Iterator[ActorMention]:
        """The actor mentions that a participant's word stands for; where words are exchanged (`spoken`), a place's name stands for its rulers."""
        if self.mentions.is_time(token) or not any(letter.isalnum() for letter in token.text):
            return
        stands = token.norm in self.words.possessives or self._stands_for_another(token)
        meant = self._meant(token) if stands else self._of_whom(token)
        if stands or meant is not None:
            if meant is not None and depth < 3:
                yield from self.of(meant, depth + 1)
            return
        known = self.mentions.actor_at(token)
        if known is not None:
            yield (self._owned(token, depth) if known.actor is None else None) or known
            yield from self._joined_by_adjective(token, known)
            yield from self._owned_beside(token, known, depth)
            return
        counted = self._counted(token)
        if counted is not None:
            yield from self.of(counted, depth + 1)
            return
        aboard = list(self._aboard(token, depth)) if depth < _DEEPEST else []
        if aboard:
            yield from aboard
            return
        leader = self._owned(token, depth) if self.mentions.is_troops(token) and self._is_ours(token) else None
        inside = (list(self._by_whom(token, depth + 1)) if spoken else []) or list(self._inside(token, depth)) if leader is None else []
        if leader is not None:
            yield leader
        elif inside and (
            not self.mentions.is_party(token) or ((self.mentions.is_troops(token) or self._is_vessel(token)) and inside[0].actor is not None)
        ):
            yield from inside
        elif self._is_participant(token) or (spoken and self._rules(token)):
            yield self._add(token)
        elif inside:
            yield from inside

    def _owned(self, token: Token, depth: int) -> ActorMention | None:
        """The party whose men or means a description names ("[[ses]] troupes")."""
        if depth > 0 or not (self._is_vessel(token) or self.mentions.is_troops(token)):
            return None
        for child in self.parsed.children(token):
            whose = owner(self.grammar, self.mentions, child) if child.norm in self.words.possessives else None
            meant = self.mentions.actor_at(whose) if whose is not None else None
            if meant is not None and meant.actor is not None:
                return meant
        return None

    def _meant(self, token: Token) -> Token | None:
        """The noun that a possessive or a pronoun refers to."""
        refer = owner if token.norm in self.words.possessives else antecedent
        return refer(self.grammar, self.mentions, token)

    def _of_whom(self, token: Token) -> Token | None:
        """The noun whose men or means a word in its relative clause names ("[[la France]], dont les avions patrouillent")."""
        if not self.parsed.children(token, "nmod") or not (self._is_vessel(token) or self.mentions.is_troops(token)):
            return None
        clause = self.parsed.head(token)
        led = any(child.norm in self.words.relative_of for child in self.parsed.children(token, "nmod"))
        return self.parsed.head(clause) if led and clause is not None and clause.dep.startswith("acl") else None

    def _counted(self, token: Token) -> Token | None:
        """The people of whom a noun counts some ("une trentaine de [[filles]]", "dozens of [[miners]]")."""
        if token.norm not in self.words.collective:
            return None
        of = (noun for preposition, noun in self.grammar.obliques(token) if preposition in self.words.of)
        return next((noun for noun in of if noun.index > token.index and self.mentions.is_party(noun)), None)

    def _is_vessel(self, token: Token) -> bool:
        """Whether a noun merely belongs to the party named beside it."""
        return token.lemma.lower() in self.words.vessels or token.norm in self.words.vessels

    def _is_ours(self, token: Token) -> bool:
        """Whether a possessive of the first person stands before a noun ("[[nos]] forces")."""
        return any(self.words.possessives.get(child.norm) == FIRST_PERSON for child in self.parsed.children(token))

    def ruler(self, token: Token) -> ActorMention | None:
        """The state that a country's name stands for where something is given to it ("sent doctors to [[Haiti]]"); None for other places."""
        place = self.mentions.place_at(token)
        if place is None or place.feature != "country":
            return None
        states = [entry for entry in open_register().find(place.text) if entry.kind == "state"]
        if len(states) != 1:
            return None
        key = (place.start, place.end)
        return self.added.setdefault(key, ActorMention(f"actor:{place.start}-{place.end}", *key, place.text, states[0].id, states[0].name))

    def _stands_for_another(self, token: Token) -> bool:
        if token.pos == "PRON":
            return token.norm in self.words.pronouns
        return token.pos in {"ADJ", "NOUN"} and token.lemma.lower() in self.words.anaphoric and not self.parsed.children(token, "nmod")

    def _joined_by_adjective(self, token: Token, known: ActorMention) -> Iterator[ActorMention]:
        """The other party of a noun with two adjectives: "forces syriennes et [[russes]]", "[[U.S.]] and Russian negotiators"."""
        inside = self.parsed.tokens_in(known.start, known.end)
        for joint, beyond in ((inside[0].index - 1, inside[0].index - 2), (inside[-1].index + 1, inside[-1].index + 2)):
            if beyond < 0 or beyond >= len(self.parsed.tokens) or self.parsed.tokens[joint].pos != "CCONJ":
                continue
            adjective = self.parsed.tokens[beyond]
            other = self.mentions.actor_at(adjective)
            above = [adjective, *list(self.parsed.ancestors(adjective))[:2]]
            if other is not None and other != known and adjective.dep in _DESCRIBING and token in above:
                yield other

    def _owned_beside(self, token: Token, known: ActorMention, depth: int) -> Iterator[ActorMention]:
        """The other owners of what merely belongs to parties, or speaks for them: "les positions de l'armée et de la Résistance"."""
        speaking = known.actor is None and token.norm in self.words.delegates
        if depth > 0 or not (speaking or self._is_vessel(token)):
            return
        for preposition, noun in self.grammar.obliques(token):
            if preposition in self.words.of and (speaking or self.parsed.tokens[noun.head] != token) and not known.start <= noun.start < known.end:
                owner = self.ruler(noun)
                yield from self.of(noun, depth + 1) if owner is None else (owner,)

    def _inside(self, token: Token, depth: int = 0) -> Iterator[ActorMention]:
        """The mentions below a noun that merely belongs to a party: "les missiles des Hachd", "les positions de l'armée"."""
        for child in self.parsed.children(token):
            case = self.parsed.children(child, "case")
            if case and case[0].norm not in self.words.of and child.dep != "nmod:poss":
                continue
            if child.dep in _INSIDE or child.dep in {"appos", "nmod:poss", "obl:mod", "obl:arg"} or (case and child.dep == "obl"):
                for part in self.grammar.coordinated(child):
                    known = self.mentions.actor_at(part)
                    if known is not None:
                        yield known
                        yield from self._joined_by_adjective(part, known)
                    elif case and depth_limited(self.parsed.children(part)):
                        deeper = list(self._inside(part))
                        yield from deeper or ([self._add(part)] if self._is_owner(part, token) else [])
                    elif not case and self._qualifies(part):
                        yield self._add(part)
            elif child.norm in self.words.possessives:
                whose = owner(self.grammar, self.mentions, child)
                known = self.mentions.actor_at(whose) if whose is not None else None
                if known is not None:
                    yield known
        if depth < _DEEPEST:
            yield from self._by_whom(token, depth + 1)

    def _is_owner(self, word: Token, thing: Token) -> bool:
        """Whether a noun says whose a thing is ("les positions des [[insurgés]]"); a house or a vehicle is anybody's ("la maison du [[maire]]")."""
        if self.mentions.is_armed_noun(word) or self.mentions.is_ruler(word):
            return True
        owned = thing.lemma.lower() in self._property or thing.norm in self._property
        return owned and self.mentions.is_party(word) and not self.mentions.is_place_like(word)

    @cached_property
    def _property(self) -> frozenset[str]:
        return self.words.members("building") | self.words.members("vehicle")

    def _qualifies(self, word: Token) -> bool:
        """Whether a word without a preposition says whose men a noun belongs to: "[[rebel]] positions", "camps [[jihadistes]]"."""
        named = self.mentions.is_armed_noun(word) if word.dep == "compound" else word.dep == "amod" and self.mentions.is_rebel_noun(word)
        return named and self.mentions.place_at(word) is None

    def _by_whom(self, token: Token, depth: int) -> Iterator[ActorMention]:
        """Those who did the deed that a noun names ("une manifestation [[des étudiants]]", "a march staged by X"), or who hold the place ("tenue par X"),
        and those whom a site is for ("a camp for X")."""
        words = self.words
        for preposition, noun in self.grammar.noun(token).obliques:
            if preposition in words.meant_for or (preposition in words.agent and self.is_deed(token)):
                yield from self.of(noun, depth)
        for clause in self.parsed.children(token, "acl"):
            if clause.lemma in words.belonging:
                for preposition, noun in self.grammar.obliques(clause):
                    yield from self.of(noun, depth) if preposition in words.to else ()
            if clause.pos == "VERB" and (clause.lemma in words.holding or self.is_deed(token)) and self._is_bare(clause):
                for noun in self.grammar.verb(clause).subject:
                    if noun != token:
                        yield from self.of(noun, depth)

    def _is_bare(self, clause: Token) -> bool:
        """Whether a clause is a participle alone ("tenue par X"), and no verb of its own ("selon lesquelles X aurait tué")."""
        return self.grammar.is_participle(clause) and not self.parsed.children(clause, "aux", "aux:tense")

    def _aboard(self, token: Token, depth: int) -> Iterator[ActorMention]:
        """Those whom a site or a vehicle holds ("une base abritant [[des soldats américains]]", "a bus that carried pilgrims")."""
        for clause in self.parsed.children(token, "acl", "acl:relcl"):
            if clause.lemma in self.words.carrying and not self.grammar.is_passive(clause):
                for noun in self.grammar.verb(clause).object:
                    yield from self.of(noun, depth + 1)

    def is_deed(self, noun: Token) -> bool:
        """Whether a noun names something that somebody does or says."""
        table = index(self.parsed.language)
        return noun.pos == "NOUN" and any(key in table.nouns or key in self._offers for key in keys(noun, table.plurals))

    def _rules(self, token: Token) -> bool:
        """Whether a name of a place can stand for those who rule it."""
        return self.mentions.is_metonym(token) and token.pos == "PROPN" and self.mentions.place_at(token) is None

    def _is_participant(self, token: Token) -> bool:
        if self.mentions.is_party(token):
            return True
        if token.pos != "PROPN":
            return False
        if any(case.norm in self.words.leading for case in self.parsed.children(token, "case")):
            return False
        above = self.parsed.tokens[token.head] if token.dep == "conj" else token
        return above.dep in _ACTS or (self.mentions.place_at(token) is None and not self.mentions.is_place_like(token))

    def _add(self, head: Token) -> ActorMention:
        first, last = head.index, head.index
        for child in self.parsed.children(head):
            if (child.dep in _INSIDE or child.dep == "nmod:poss") and self._belongs(child):
                below = self._without_clauses(child)
                marked = any(part.pos == "PUNCT" and part.norm != "-" for part in below)
                if len(below) <= 6 and not self.mentions.is_time(child) and not marked:
                    if below[0].index < first and child.index < head.index:
                        first = below[0].index
                    elif below[0].index == last + 1:
                        last = below[-1].index
        start, end = self.parsed.tokens[first].start, self.parsed.tokens[last].end
        if (start, end) not in self.added:
            text = self.parsed.text[start:end]
            name = self.parsed.text[self._uncounted(first, head).start : end]
            self.added[start, end] = ActorMention(f"actor:{start}-{end}", start, end, text, None, name)
        return self.added[start, end]

    def _without_clauses(self, child: Token) -> tuple[Token, ...]:
        """The words below a noun but for its relative clauses: "base d'Aïn al-Assad" without "qui abrite …"."""
        clauses = {part.index for one in self.parsed.subtree(child) if one.dep.startswith("acl:relcl") for part in self.parsed.subtree(one)}
        return tuple(part for part in self.parsed.subtree(child) if part.index not in clauses) or (child,)

    def _uncounted(self, first: int, head: Token) -> Token:
        """Where the name of a party begins behind how many they are: "at least 27 [[children]]"."""
        before = self.parsed.tokens[first : head.index]
        number = max((token.index for token in before if token.pos == "NUM"), default=first - 1)
        return next((token for token in self.parsed.tokens[number + 1 : head.index] if token.pos not in _LEADING), head)

    def _belongs(self, child: Token) -> bool:
        """Whether a noun below another is part of its name, and not one who acts or is aimed at beside it."""
        case = self.parsed.children(child, "case")
        return not case or case[0].norm not in (*self.words.agent, *self.words.against)


def depth_limited(children: tuple[Token, ...]) -> bool:
    """Whether a noun is small enough to look into for the party it belongs to."""
    return 0 < len(children) <= 8
