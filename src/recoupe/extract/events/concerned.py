"""Whom does what is said, promised or demanded concern? The parties of the clause or noun that says what, where the word itself addresses nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from recoupe.extract.events.antecedents import owner
from recoupe.extract.events.grammar import Grammar, Slots
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.parties import Parties
from recoupe.extract.events.senses import Found
from recoupe.extract.events.support import Support
from recoupe.language.parsed import Token
from recoupe.model import ActorMention

_BESIDE = frozenset({"amod", "compound", "nmod", "flat:name", "flat", "appos", "obl:mod"})
_DEEPEST = 6  # levels of the tree in which what a protest is about names a party
_CLAUSES = 2  # clauses behind a word of speech that can say what is meant
_SEVERAL = 2  # who agree with one another
_DOING = ("xcomp", "ccomp", "acl", "advcl")
_CAUSES = ("xcomp", "advcl", "acl", "ccomp", "obl", "nmod", "conj")


class Concern:
    """Finds the parties that the content of a promise, refusal, threat or protest is about."""

    def __init__(self, grammar: Grammar, mentions: MentionIndex, parties: Parties) -> None:
        self.grammar = grammar
        self.parsed = grammar.parsed
        self.words = grammar.words
        self.mentions = mentions
        self.parties = parties

    def of_content(self, found: Found, acting: tuple[ActorMention, ...]) -> tuple[ActorMention, ...]:
        """Whom a promise, demand, refusal or threat is about: the parties of the clause or noun that says what, else of its condition."""
        mine = {mention.id for mention in acting}
        said = self._of_said(found)
        if said:
            return said
        below = (clause for clause in self.parsed.children(found.token, *_DOING) if clause.index > found.token.index)
        clauses = [clause for clause in below if clause.lemma not in self.words.grounds]
        for clause in clauses[:_CLAUSES]:
            others = self._of_clause(found, clause, mine)
            if others:
                return others
        topics = found.slots.object or tuple(noun for preposition, noun in found.slots.obliques if preposition in self._dealing)
        nouns = [noun for part in topics for preposition, noun in self.grammar.obliques(part) if preposition in self._dealing]
        owners = [noun for part in topics for noun in self.modifiers(part)]
        about = self.parties.of_all([*owners, *nouns], spoken=True)
        if about:
            return about
        if len(mine) >= _SEVERAL:
            return ()
        tops = (*found.slots.object, *clauses[:_CLAUSES])
        nearest = (party for top in tops if (party := self._nearest_party(top)) is not None and party.id not in mine)
        first = next(nearest, None)
        return (first,) if first is not None else self._of_condition(found, clauses, mine)

    def _of_said(self, found: Found) -> tuple[ActorMention, ...]:
        """Who did or said what is denounced or refused ("dénonce l'usage [[par l'armée]] de mines", "rejected [[Sudan]]'s claim that …")."""
        below = [pair for noun in found.slots.object for pair in self.grammar.noun(noun).obliques]
        doers = [noun for preposition, noun in below if preposition in self.words.agent] if found.entry.kind == "ACCUSE" else []
        deeds = [noun for noun in found.slots.object if self.parties.is_deed(noun)]
        if found.entry.kind == "REJECT" and deeds:
            doers = [noun for deed in deeds for noun in self.modifiers(deed)] or [noun for preposition, noun in below if preposition in self.words.of]
        return self.parties.of_all(doers, spoken=True)

    def _of_condition(self, found: Found, clauses: Iterable[Token], mine: set[str]) -> tuple[ActorMention, ...]:
        """Who has to meet the condition of a threat or promise ("… de fermer le détroit si les [[États-Unis]] attaquaient")."""
        above = (found.token, *clauses)
        marked = (clause for top in above for clause in self.parsed.children(top, "advcl", "ccomp", "parataxis"))
        for clause in marked:
            if any(mark.norm in self.words.conditions for mark in self.parsed.children(clause, "mark")):
                parties = self.parties.of_all(self.grammar.verb(clause).subject, spoken=True)
                return tuple(one for one in parties if one.id not in mine)
        return ()

    def _of_clause(self, found: Found, clause: Token, mine: set[str]) -> tuple[ActorMention, ...]:
        slots = self.grammar.verb(clause)
        subject = [noun for noun in slots.subject if not self._is_ours(found, noun)]
        acting = tuple(one for one in self.parties.of_all(subject, spoken=True) if one.id not in mine)
        if acting:
            return acting
        given = [noun for noun in slots.object if noun.lemma not in self._gear or self.mentions.is_fighter(noun)]
        if clause.lemma in self.words.sending:
            given = []
        below = [*given, *self._dealt_with(slots)]
        deeper = [noun for part in slots.object for preposition, noun in self.grammar.obliques(part) if preposition in self._dealing]
        return self.parties.of_all([noun for noun in (*below, *deeper) if not self._is_ours(found, noun)], spoken=True)

    def _dealt_with(self, slots: Slots) -> Iterator[Token]:
        yield from (noun for preposition, noun in slots.obliques if preposition in self._dealing)

    def _is_ours(self, found: Found, noun: Token) -> bool:
        """Whether a party belongs to the one who speaks ("Morocco denied that [[its soldiers]] crossed the border into Algeria")."""
        for child in self.parsed.children(noun):
            if child.norm in self.words.possessives:
                whose = owner(self.grammar, self.mentions, child)
                return whose is not None and whose in found.slots.subject
        return False

    def of_cause(self, found: Found, carried: Iterable[Support]) -> tuple[ActorMention, ...]:
        """Whom a protest is against: the nearest party in what it demands or denounces ("[[Sweden]]'s decision", "the resignation of the president")."""
        verbs = (found.token, *(support.verb for support in carried), *list(self.parsed.ancestors(found.token))[:1])
        for word in dict.fromkeys(verbs):
            for child in self.parsed.children(word, *_CAUSES):
                case = self.parsed.children(child, "case")
                against = bool(case) and case[0].norm in self.words.against
                if child.index > found.token.index and (against or child.lemma.lower() in self.words.demanding):
                    party = self._nearest_party(child)
                    if party is not None:
                        return (party,)
        return ()

    def _nearest_party(self, top: Token) -> ActorMention | None:
        """The party that stands highest below a word, the earlier of two as high."""
        level = [top]
        for _ in range(_DEEPEST):
            level = [child for token in level for child in self.parsed.children(token)]
            for token in level:
                known = self.mentions.actor_at(token)
                if known is not None and known.id in self.mentions.given and not self.mentions.is_time(token):
                    return known
        return None

    def modifiers(self, noun: Token) -> list[Token]:
        """Words before or beside a noun that name whose it is: "frappe américaine", "US strike", "Israel's raid", "leurs attaques"."""
        return [child for child in self.parsed.children(noun) if self._modifies(child)]

    def _modifies(self, child: Token) -> bool:
        if child.dep in {"nmod:poss", "poss"} or child.norm in self.words.possessives:
            return True
        if child.dep == "amod" and not self.words.members("band").isdisjoint(
            {child.lemma.lower(), child.norm}
        ):  # "a [[rebel]] attack", "une attaque [[rebelle]]"
            return True
        return child.dep in _BESIDE and self.mentions.actor_at(child) is not None and not self.parsed.children(child, "case")

    @cached_property
    def _dealing(self) -> frozenset[str]:
        words = self.words
        return frozenset((*words.to, *words.with_words, *words.against, *words.of, *words.origin, *words.between))

    @cached_property
    def _gear(self) -> frozenset[str]:
        return self.words.members("gear")
