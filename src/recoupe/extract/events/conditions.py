"""Does a noun meet a condition of a sense? By its words, by what it stands for, and by those to whom it belongs.

A pronoun is what it takes up ("[[ils]] ont installé des barrages"), a word that counts or merely belongs to a party is that party
("les [[éléments]] terroristes", "deux [[des]] soldats").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from recoupe.extract.events.antecedents import antecedent
from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.mentions import MentionIndex
from recoupe.language.parsed import Sentence, Token
from recoupe.language.triggers import EventWords

_PROFORM = frozenset({"PRON"})
_THINGS = frozenset({"money", "area", "distance", "other"})  # measures of what is no people
_DEPTH = 2
_REACH = 12  # words from a trigger to one that bars its sense


class Test(Struct, frozen=True):
    """A compiled condition: words, and whether any actor or any place meets it."""

    words: frozenset[str]
    actor: bool
    place: bool
    figure: bool


def compiled(words: EventWords, condition: tuple[str, ...]) -> Test:
    """A condition with its classes spelt out.

    >>> from recoupe.language.triggers import event_words
    >>> "missile" in compiled(event_words("fr"), ("@projectile", "drone")).words
    True
    """
    plain = {word for word in condition if not word.startswith("@")}
    for name in condition:
        if name.startswith("@") and name[1:] in words.classes:
            plain |= words.members(name[1:])
    return Test(frozenset(plain), "@actor" in condition, "@place" in condition, "@figure" in condition)


def keys(token: Token, endings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The dictionary forms that a token may have: its lemma, its form, and its form with an ending exchanged."""
    lemma = token.lemma.lower()
    yield lemma
    if token.norm != lemma:
        yield token.norm
    for ending, plain in endings:
        if token.norm.endswith(ending) and len(token.norm) > len(ending) + 1:
            yield token.norm[: -len(ending)] + plain


class Conditions:
    """The conditions of a language, asked of the words of one document."""

    def __init__(self, grammar: Grammar, mentions: MentionIndex, tests: Mapping[tuple[str, ...], Test]) -> None:
        self.parsed = grammar.parsed
        self.grammar = grammar
        self.words = grammar.words
        self.mentions = mentions
        self.tests = tests
        self._units = self.words.members("unit")
        self._several = frozenset(self.words.collective)
        self._owned = frozenset(self.words.vessels)

    def meets(self, condition: tuple[str, ...], nouns: Iterable[Token]) -> bool:
        """Whether one of the nouns is of the lemmas and classes of a condition."""
        test = self.tests[condition]
        return any(self._is(test, noun) for noun in nouns)

    def near(self, condition: tuple[str, ...], token: Token, sentence: Sentence) -> bool:
        """Whether another word of the sentence is of a condition."""
        return self._is_among(condition, token, self.parsed.tokens[sentence.first : sentence.last])

    def bars(self, condition: tuple[str, ...], token: Token, sentence: Sentence) -> bool:
        """Whether a word of a condition stands near in the sentence, and is no part of a preposition ("au prix de")."""
        first, last = max(sentence.first, token.index - _REACH), min(sentence.last, token.index + _REACH + 1)
        return self._is_among(condition, token, (other for other in self.parsed.tokens[first:last] if other.index not in self.grammar.in_locutions))

    def _is_among(self, condition: tuple[str, ...], token: Token, others: Iterable[Token]) -> bool:
        test = self.tests[condition]
        for other in others:
            if other.index == token.index:
                continue
            if any(key in test.words for key in keys(other, self.words.plurals)) or (test.actor and self.mentions.actor_at(other) is not None):
                return True
            if test.place and self.mentions.place_at(other) is not None:
                return True
        return False

    def _is(self, test: Test, noun: Token, depth: int = 0) -> bool:
        if any(key in test.words for key in keys(noun, self.words.plurals)):
            return True
        if test.actor and self._can_act(noun):
            return True
        if test.place and (self.mentions.place_at(noun) is not None or self.mentions.is_place_like(noun)):
            return True
        if test.figure and self._is_counted(noun):
            return True
        return depth < _DEPTH and any(self._is(test, inner, depth + 1) for inner in self._meant(noun))

    def _meant(self, noun: Token) -> Iterator[Token]:
        """The words that a noun or pronoun stands for or belongs to."""
        if noun.pos == "PRON":
            clause = self.grammar.relative_head(noun)
            if clause is not None:
                yield clause
                return
            taken_up = antecedent(self.grammar, self.mentions, noun) if self._takes_up(noun) else None
            if taken_up is not None:
                yield taken_up
            return
        forms = {noun.lemma.lower(), noun.norm}
        if not forms.isdisjoint(self.words.anaphoric):
            taken_up = antecedent(self.grammar, self.mentions, noun)
            yield from () if taken_up is None else (taken_up,)
        owned = not forms.isdisjoint(self._owned)
        if owned or not forms.isdisjoint(self._several) or noun.pos == "NUM":
            yield from (inner for preposition, inner in self.grammar.obliques(noun) if preposition in self.words.of)
            yield from (child for child in self.parsed.children(noun, "amod") if noun.pos == "NUM" and child.pos == "NOUN")
        if owned:
            yield from filter(self.mentions.is_rebel_noun, self.parsed.children(noun, "amod"))

    def _takes_up(self, pronoun: Token) -> bool:
        """Whether a pronoun is a subject, or an object before its verb ("pour [[les]] transférer"), that the text named before."""
        subject = pronoun.norm in self.words.pronouns and pronoun.dep.startswith("nsubj")
        return subject or (pronoun.norm in self.words.clitics and pronoun.dep == "obj" and pronoun.head > pronoun.index)

    def _is_counted(self, noun: Token) -> bool:
        """Whether a noun is of people by their number: a figure of harm or of people, or a number that no figure of other things holds."""
        if any(key in self._units for key in keys(noun, self.words.plurals)):
            return False
        figure = self.mentions.figure_at(noun)
        if figure is not None:
            return figure.measure not in _THINGS
        if noun.lemma.lower() in self._several or noun.norm in self._several:
            return True
        return any(child.pos == "NUM" for child in self.parsed.children(noun))

    def _can_act(self, noun: Token) -> bool:
        if self.mentions.actor_at(noun) is not None or noun.pos in _PROFORM or self.mentions.is_party(noun):
            return True
        if noun.pos == "NOUN" and noun.text[:1].isupper() and self.parsed.children(noun, "det") and not noun.text.isupper():
            return True  # "une Palestinienne"
        return noun.pos == "PROPN" and (self.mentions.place_at(noun) is None or noun.dep in {"nsubj", "obl:agent"})
