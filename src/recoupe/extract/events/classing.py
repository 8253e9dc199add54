"""Does a noun that may name an event only say of which kind the noun above it is? "Forces d'occupation", "attack helicopters", "zone de combats"."""

from __future__ import annotations

from functools import cached_property

from recoupe.extract.events.conditions import keys
from recoupe.extract.events.grammar import Grammar
from recoupe.language.parsed import Token
from recoupe.language.triggers import Trigger


class Classing:
    """Tells nouns that class others from those that name events, in one document."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def is_class(self, noun: Token, entry: Trigger) -> bool:
        """Whether a noun only says of which kind the one above it is ("forces d'[[occupation]]", "[[attack]] helicopters", "[[combat]] zone")."""
        head = self.grammar.parsed.head(noun)
        if (
            head is not None
            and noun.norm in self.grammar.words.members("rulers")
            and not set(keys(head, self.grammar.words.plurals)).isdisjoint(self._kinds)
        ):
            return True
        if head is None or head.pos != "NOUN" or noun.dep not in {"nmod", "compound"} or self.grammar.parsed.children(noun, "nummod", "nmod", "acl"):
            return False
        cases = self.grammar.parsed.children(noun, "case")
        if noun.dep == "nmod" and not (cases and cases[0].norm in self.grammar.words.of):
            return False
        forms = set(keys(head, self.grammar.words.plurals))
        if not forms.isdisjoint(self.grammar.words.classed):
            return True
        if entry.plain:
            return False
        bare = (
            not self.grammar.parsed.children(noun, "det")
            and not any("PronType=Art" in case.morph for case in cases)
            and "Number=Plur" not in noun.morph
        )
        return bare and not forms.isdisjoint(self._kinds)

    @cached_property
    def _kinds(self) -> frozenset[str]:
        """The words for forces and their gear."""
        words = self.grammar.words
        return words.members("armed") | words.members("aircraft") | words.members("vehicle") | frozenset(words.vessels)
