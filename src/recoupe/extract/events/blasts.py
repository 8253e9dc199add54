"""Beside whom did something blow up? "Près d'un convoi", "au passage d'une patrouille", "as a convoy passed"."""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.extract.events.grammar import Grammar
from recoupe.language.parsed import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})


def beside(grammar: Grammar, word: Token) -> Iterator[Token]:
    """The nouns behind words of nearness below a word that tells of a blast, and the subjects of clauses that say who passed.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Une bombe a explosé au passage d'une patrouille.", "fr")
    >>> [noun.text for noun in beside(Grammar(parsed), parsed.tokens[3])]
    ['patrouille']
    """
    parsed, words = grammar.parsed, grammar.words
    for noun in parsed.subtree(word):
        case = parsed.children(noun, "case")
        if noun.pos in _NOMINAL and noun.index > word.index and case and case[0].index:
            before = parsed.tokens[case[-1].index - 1]
            if case[-1].norm in words.beside or before.norm in words.beside or before.lemma in words.passing:
                yield from grammar.coordinated(noun)
    for clause in parsed.children(word, "advcl"):
        if clause.lemma in words.passing:
            yield from grammar.grammatical_subject(clause)
