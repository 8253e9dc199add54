"""Who or what underwent the deed that a noun names, though the parser hung it on a verb? "De X" behind the noun, or behind the day of the deed."""

from __future__ import annotations

from functools import cache

from recoupe.language.mend_clauses import Clauses
from recoupe.language.mend_relations import SUBJECT
from recoupe.language.parsed import Token
from recoupe.language.triggers import triggers
from recoupe.model import Language

_LONGEST = 4  # words of the day between a deed and who underwent it
_ON_VERB = frozenset({"obl", "obl:arg", "obl:mod", *SUBJECT})


@cache
def deed_nouns(language: Language) -> frozenset[str]:
    """The nouns that name events by themselves."""
    return frozenset(written for entry in triggers(language) for written in entry.nouns if " " not in written)


class Deeds(Clauses):
    """Mends the complements of deeds."""

    def complement_of_deed(self, noun: Token) -> None:
        """A noun with "de" behind a deed is its complement, not the verb's ("péri dans le bombardement [[d'un camp]]", "L'attaque, lundi, [[d'une base]]")."""
        first = min((child.index for child in self.children(noun.index, "case", "det") if child.index < noun.index), default=noun.index)
        if not first or self.tokens[first].norm not in self.words.of or self.dep(noun.index) not in _ON_VERB:
            return
        deed = self._before_a_day(first) if self.tokens[first - 1].norm == "," else first - 1
        if deed is None or not self._is_deed(deed) or self.head(noun.index) == deed:
            return
        verb, dep = self.head(noun.index), self.dep(noun.index)
        if deed + 1 == first and verb not in self.above(deed):
            return
        aside = [index for index in range(deed + 1, first) if self.head(index) not in range(deed + 1, first)]
        if dep in SUBJECT:
            self.hang(deed, verb, dep)
        for index in (*aside, noun.index):
            self.hang(index, deed, "punct" if self.tokens[index].pos == "PUNCT" else "nmod")

    def _is_deed(self, index: int) -> bool:
        noun = self.tokens[index]
        led = any(case.norm in self.words.of for child in self.children(index, "nmod") for case in self.children(child.index, "case"))
        return noun.pos == "NOUN" and not led and not {noun.norm, noun.lemma}.isdisjoint(deed_nouns(self.parsed.language))

    def _before_a_day(self, end: int) -> int | None:
        """The word before a day between commas that ends before a word ("L'[[attaque]], lundi, d'une base")."""
        start = next((index for index in range(end - 2, max(end - 2 - _LONGEST, 1), -1) if self.tokens[index].norm == ","), None)
        inside = self.tokens[start + 1 : end - 1] if start is not None else ()
        dated = any(self.calendar.weekday(token.norm) is not None or self.calendar.month(token.norm) is not None for token in inside)
        return start - 1 if start is not None and dated else None
