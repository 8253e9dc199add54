"""Which is the first of the words that a word is joined to by "and" or commas? Its preposition and its place in the clause hold for all of them."""

from __future__ import annotations

from recoupe.language.parsed import Parsed, Token


def first_joined(parsed: Parsed, token: Token) -> Token:
    """The first word of the list that a word stands in, the word itself where it stands in none.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Les Kurdes d'Irak et de Syrie protestent.", "fr")
    >>> first_joined(parsed, next(token for token in parsed.tokens if token.text == "Syrie")).text
    'Irak'
    """
    while token.dep == "conj" and token.head < token.index:
        token = parsed.tokens[token.head]
    return token
