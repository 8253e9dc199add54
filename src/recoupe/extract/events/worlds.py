"""Is a sentence of sport, trade, film, weather or history, where the words of conflict mean something else?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from recoupe.extract.events.conditions import keys
from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.senses import Found
from recoupe.language.parsed import Sentence
from recoupe.language.triggers import event_words
from recoupe.model import Language


@cache
def _foreign(language: Language) -> tuple[frozenset[str], tuple[str, ...]]:
    """Single words and phrases of other worlds."""
    words = [word for context in event_words(language).context for word in context.words]
    return frozenset(word for word in words if " " not in word), tuple(f" {word} " for word in words if " " in word)


@cache
def _fiction(language: Language) -> frozenset[str]:
    return frozenset(word for context in event_words(language).context if context.tells for word in context.words)


@cache
def _earnest(language: Language) -> frozenset[str]:
    return event_words(language).members("earnest")


def is_foreign(grammar: Grammar, mentions: MentionIndex, sentence: Sentence, found: tuple[Found, ...]) -> bool:
    """Whether words of another world stand in the sentence and too little shows that it is meant in earnest (weapons, people killed, armed parties).

    Who says it and who suffers it are of no world: a historian may tell of a raid's dead, and a footballer be shot.
    """
    language = grammar.parsed.language
    table, phrases = _foreign(language)
    earnest = _earnest(language)
    triggers = {one.token.index for one in found if one.verb}
    tokens = grammar.parsed.tokens[sentence.first : sentence.last]
    text = f" {' '.join(token.norm for token in tokens)} "
    strange = sum(phrase in text for phrase in phrases)
    serious = 0
    beside = {index for one in found for index in (*_speakers(grammar, one), *_victims(grammar, one), *_counting(grammar, one))}
    for token in tokens:
        if token.index in beside:
            continue
        forms = tuple(keys(token, grammar.words.plurals))
        known = mentions.actor_at(token)
        # "The Arab League" plays in none, and who storms out of talks is no weather.
        plain = token.index not in triggers and (known is None or known.actor is None)
        strange += plain and any(form in table for form in forms)
        armed = known is not None and known.actor is not None and mentions.has_arms(known) and mentions.head_of(known) == token
        serious += armed or (token.index not in triggers and any(form in earnest for form in forms))
    serious += sum(one.entry.result or one.entry.plain for one in found)
    return strange > 0 and strange > serious


def _speakers(grammar: Grammar, one: Found) -> Iterator[int]:
    """The indexes of the subjects of verbs that have the event in their complement clause."""
    below = one.token
    for above in grammar.parsed.ancestors(one.token):
        if below.dep == "ccomp":
            yield from (noun.index for noun in grammar.verb(above).subject)
        below = above


def _counting(grammar: Grammar, one: Found) -> Iterator[int]:
    """The index of a noun that merely counts the event below it ("une [[série]] d'attaques")."""
    head = grammar.parsed.head(one.token)
    if head is not None and not one.verb and not {head.norm, head.lemma.lower()}.isdisjoint(grammar.words.collective):
        yield head.index


def _victims(grammar: Grammar, one: Found) -> Iterator[int]:
    """The indexes of the words for those whom a trigger that can hardly be meant otherwise befalls."""
    if one.entry.result or one.entry.plain:
        for noun in one.slots.object:
            yield from (token.index for token in grammar.parsed.subtree(noun))


def is_told(grammar: Grammar, one: Found) -> bool:
    """Whether a work of fiction tells of the event: it is the subject of a verb above it, or the object of the event's own verb ("ouvre ce film")."""
    fiction = _fiction(grammar.parsed.language)
    counting = frozenset(_counting(grammar, one))
    for above in grammar.parsed.ancestors(one.token):
        if above.pos not in {"VERB", "AUX"}:
            continue
        slots = grammar.verb(above)
        nouns = (*slots.subject, *slots.object) if one.token in slots.subject else slots.subject
        if any(form in fiction for noun in nouns if noun.index not in counting for form in keys(noun, grammar.words.plurals)):
            return True
    return False
