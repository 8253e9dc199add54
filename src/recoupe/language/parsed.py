"""What does the language model add to a text? Tokens, sentences and names, in our own types and one scheme of dependencies.

The scheme is Universal Dependencies as French UD uses it (`nsubj`, `nsubj:pass`, `obj`, `obl`, `obl:agent`, `nmod`, `case`, `aux:pass`, …);
`parse.py` brings English to it. Token indexes count within one `Parsed`; `start` and `end` are code points into the document's text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from msgspec import Struct

from recoupe.model import BlockKind, Language, Span

NameKind = Literal["person", "organisation", "place", "other"]


class Token(Struct, frozen=True, gc=False):
    """One word or mark.

    `norm` is the lower-case text with typographic apostrophes and hyphens made plain; `pos` a universal part of speech; `head` the index of
    the governing token, its own for a root; `morph` the features as `Mood=Cnd|Tense=Pres`; `space` whether a blank follows.
    """

    index: int
    start: int
    end: int
    text: str
    norm: str
    lemma: str
    pos: str
    dep: str
    head: int
    morph: str
    space: bool


class Sentence(Struct, frozen=True, gc=False):
    """A sentence: its code points, and its tokens as a half-open range of indexes; `block` is the kind of block that it stands in."""

    index: int
    start: int
    end: int
    first: int
    last: int
    paragraph: int
    block: BlockKind


class Name(Struct, frozen=True, gc=False):
    """A name that the model found; trust its extent, not its kind ("Daech" comes out as a place)."""

    start: int
    end: int
    text: str
    kind: NameKind


class Parsed(Struct, frozen=True, dict=True):
    """A document's text with its tokens, sentences and names in order; chrome and related blocks are not parsed."""

    language: Language
    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                below[token.head].append(token.index)
        return tuple(tuple(indexes) for indexes in below)

    @cached_property
    def _token_starts(self) -> tuple[int, ...]:
        return tuple(token.start for token in self.tokens)

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    @cached_property
    def _name_starts(self) -> tuple[int, ...]:
        return tuple(name.start for name in self.names)

    @cached_property
    def _name_ends(self) -> tuple[int, ...]:
        return tuple(name.end for name in self.names)

    def children(self, token: Token, *deps: str) -> tuple[Token, ...]:
        """The tokens that `token` governs, in order, of the relations `deps` if any are given ("obl" matches "obl:arg" too)."""
        below = (self.tokens[index] for index in self._children[token.index])
        if not deps:
            return tuple(below)
        return tuple(child for child in below if child.dep in deps or child.dep.split(":", 1)[0] in deps)

    def head(self, token: Token) -> Token | None:
        """The governing token, None for a root."""
        return None if token.head == token.index else self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The governing tokens from the nearest to the root."""
        seen = {token.index}
        while token.head not in seen:
            token = self.tokens[token.head]
            seen.add(token.index)
            yield token

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """`token` and all below it, in the order of the text."""
        found, queue = [], [token.index]
        while queue:
            index = queue.pop()
            found.append(index)
            queue.extend(self._children[index])
        return tuple(self.tokens[index] for index in sorted(found))

    def subtree_span(self, token: Token) -> Span:
        """From the first to the last character of the subtree."""
        below = self.subtree(token)
        return Span(below[0].start, max(part.end for part in below))

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character, None where none does (chrome, blanks between)."""
        at = bisect_right(self._sentence_starts, offset) - 1
        if at < 0 or offset >= self.sentences[at].end:
            return None
        return self.sentences[at]

    def sentence_of(self, token: Token) -> Sentence:
        """The sentence that `token` stands in."""
        return self.sentences[bisect_right(self._sentence_starts, token.start) - 1]

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that share a character with [start, end)."""
        at = max(bisect_right(self._token_starts, start) - 1, 0)
        found = []
        while at < len(self.tokens) and self.tokens[at].start < end:
            if self.tokens[at].end > start:
                found.append(self.tokens[at])
            at += 1
        return tuple(found)

    def token_at(self, offset: int) -> Token | None:
        """The token that holds the character, None between tokens."""
        at = bisect_right(self._token_starts, offset) - 1
        if at < 0 or offset >= self.tokens[at].end:
            return None
        return self.tokens[at]

    def names_in(self, start: int, end: int) -> tuple[Name, ...]:
        """The names that share a character with [start, end)."""
        return self.names[bisect_right(self._name_ends, start) : bisect_left(self._name_starts, end)]
