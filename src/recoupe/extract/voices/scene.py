"""What do all rules about voices look at? The parse, its quotations, and for every token the quotation that it stands in."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from recoupe.extract.voices.marks import Quotation, find_quotations
from recoupe.language.cues import CueTable, cue_table
from recoupe.language.hedges import hedge_table
from recoupe.language.parsed import Parsed, Sentence, Token
from recoupe.language.sources import SourceTable, SourceWords, source_table, source_words
from recoupe.model import ActorMention, Span

_FINAL = frozenset({".", "!", "?", "…", "...", ";"})
_QUOTES = frozenset({'"', "»", "”", "''", "'", "’", "«", "“"})
_LONGEST_SENTENCE = 400  # tokens up to which sentences are joined: text without marks stays in pieces
_FINITE = ("VerbForm=Fin", "Mood=")


class Scene(Struct, frozen=True, dict=True):
    """A document as the rules see it; `within` gives each token the number of its innermost quotation, -1 outside."""

    parsed: Parsed
    actors: tuple[ActorMention, ...]
    quotations: tuple[Quotation, ...]
    within: tuple[int, ...]
    cues: CueTable
    sources: SourceTable
    words: SourceWords

    @property
    def mood(self) -> bool:
        """Whether the language has a conditional that reports what others say."""
        return bool(hedge_table(self.parsed.language).conditional.endings)

    @cached_property
    def _merged(self) -> tuple[Sentence, ...]:
        """The model's sentences joined where it cut without a final mark: at a quotation mark, before a small letter."""
        merged: list[Sentence] = []
        for sentence in self.parsed.sentences:
            if merged and sentence.last - merged[-1].first <= _LONGEST_SENTENCE and _runs_on(self.parsed, merged[-1], sentence):
                sentence = replace(merged[-1], end=sentence.end, last=sentence.last)
                merged[-1] = sentence
            else:
                merged.append(sentence)
        return tuple(merged)

    @cached_property
    def _merged_at(self) -> tuple[int, ...]:
        return tuple(sentence.first for sentence in self._merged)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, joined where the model cut one in two."""
        return self._merged

    def sentence_of(self, token: Token) -> Sentence:
        """The sentence that the token stands in."""
        return self._merged[bisect_right(self._merged_at, token.index) - 1]

    def after(self, sentence: Sentence) -> Sentence | None:
        """The next sentence of the same paragraph."""
        at = bisect_right(self._merged_at, sentence.first)
        return self._merged[at] if at < len(self._merged) and self._merged[at].paragraph == sentence.paragraph else None

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before."""
        at = bisect_right(self._merged_at, sentence.first) - 2
        return self._merged[at] if at >= 0 else None

    @cached_property
    def actor_at(self) -> dict[int, ActorMention]:
        """For each token index inside an actor's mention, the first such mention."""
        found: dict[int, ActorMention] = {}
        for mention in self.actors:
            for token in self.parsed.tokens_in(mention.start, mention.end):
                found.setdefault(token.index, mention)
        return found

    @cached_property
    def model_name_at(self) -> dict[int, Span]:
        """For each token index of a name of the model's, its extent, which may be shorter than the mention that holds it."""
        return {token.index: Span(name.start, name.end) for name in self.parsed.names for token in self.parsed.tokens_in(name.start, name.end)}

    @cached_property
    def person_at(self) -> frozenset[int]:
        """The token indexes of the names that the model takes for persons'."""
        people = (name for name in self.parsed.names if name.kind == "person")
        return frozenset(token.index for name in people for token in self.parsed.tokens_in(name.start, name.end))

    @cached_property
    def name_at(self) -> dict[int, Span]:
        """For each token index of a name, the name's extent: actors' mentions first, then the model's names."""
        found: dict[int, Span] = {}
        extents = [Span(name.start, name.end) for name in self.parsed.names] + [Span(actor.start, actor.end) for actor in self.actors]
        for extent in extents:
            for token in self.parsed.tokens_in(extent.start, extent.end):
                found[token.index] = extent
        return found


def set_scene(parsed: Parsed, actors: tuple[ActorMention, ...]) -> Scene:
    """The document with its quotations found."""
    quotations = find_quotations(parsed)
    within = [-1] * len(parsed.tokens)
    for number, quotation in enumerate(quotations):
        for token in parsed.tokens_in(quotation.inner.start, quotation.inner.end):
            within[token.index] = number
    language = parsed.language
    return Scene(parsed, actors, quotations, tuple(within), cue_table(language), source_table(language), source_words(language))


def _runs_on(parsed: Parsed, before: Sentence, sentence: Sentence) -> bool:
    if before.paragraph != sentence.paragraph:
        return False
    last = parsed.tokens[before.last - 1]
    if last.norm in _QUOTES and before.last - before.first > 1:
        last = parsed.tokens[before.last - 2] if last.norm != "«" else last
    ended = last.norm in _FINAL or last.norm.endswith("...")
    first = parsed.tokens[sentence.first]
    return not ended or (first.text[:1].islower() and parsed.tokens[before.last - 1].norm in _QUOTES)


def is_finite(token: Token) -> bool:
    """Whether the verb form is finite."""
    return token.pos in ("VERB", "AUX") and any(feature in token.morph for feature in _FINITE)


def is_infinitive(token: Token) -> bool:
    """Whether the verb is an infinitive."""
    return "VerbForm=Inf" in token.morph


def is_going_on(scene: Scene, verb: Token) -> bool:
    """Whether the verb is a participle behind a comma: ", ajoutant que …", ", tout en précisant …"."""
    if is_finite(verb) or "VerbForm=Part" not in verb.morph or "Tense=Pres" not in verb.morph:
        return False
    at = verb.index - 1
    while at > 0 and scene.parsed.tokens[at].norm in scene.cues.words.going_on:
        at -= 1
    return at > 0 and scene.parsed.tokens[at].norm == "," and (at == verb.index - 1 or at < verb.index - 2 or scene.parsed.language == "en")


def has_finite(parsed: Parsed, start: int, end: int) -> bool:
    """Whether a finite verb stands in the stretch."""
    return any(is_finite(token) for token in parsed.tokens_in(start, end))


def word_count(parsed: Parsed, start: int, end: int) -> int:
    """How many words stand in the stretch, marks not counted."""
    return sum(1 for token in parsed.tokens_in(start, end) if token.pos not in ("PUNCT", "SYM"))


def is_speech(parsed: Parsed, quotation: Quotation) -> bool:
    """Whether a quotation is a statement by its own shape, and not only a word or a name between marks."""
    words = word_count(parsed, quotation.inner.start, quotation.inner.end)
    if words >= 8 or (words >= 3 and has_finite(parsed, quotation.inner.start, quotation.inner.end)):
        return True
    last = parsed.text[max(quotation.inner.start, quotation.inner.end - 1) : quotation.inner.end]
    return last in (".", "!", "?", ",") and words >= 1


def sentence_tokens(scene: Scene, sentence: Sentence, quotation: int) -> tuple[Token, ...]:
    """The tokens of a sentence that stand in the same quotation (or outside all)."""
    return tuple(token for token in scene.parsed.tokens_of(sentence) if scene.within[token.index] == quotation)
