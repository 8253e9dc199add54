"""Is a sentence of sport, trade, film, weather or history, where the words of conflict mean something else?"""

from __future__ import annotations

from functools import cache

from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.senses import Found, keys
from recoupe.language.parsed import Sentence
from recoupe.language.triggers import event_words
from recoupe.model import Language


@cache
def _foreign(language: Language) -> dict[str, str]:
    return {word: context.id for context in event_words(language).context for word in context.words}


@cache
def _earnest(language: Language) -> frozenset[str]:
    return event_words(language).members("earnest")


def is_foreign(grammar: Grammar, mentions: MentionIndex, sentence: Sentence, found: tuple[Found, ...]) -> bool:
    """Whether words of another world stand in the sentence and nothing in it shows that it is meant in earnest (weapons, dead, armed parties)."""
    language = grammar.parsed.language
    table, earnest = _foreign(language), _earnest(language)
    strange = 0
    serious = 0
    for token in grammar.parsed.tokens[sentence.first : sentence.last]:
        forms = tuple(keys(token, grammar.words.plurals))
        strange += any(form in table for form in forms)
        serious += any(form in earnest for form in forms)
        known = mentions.actor_at(token)
        serious += known is not None and known.actor is not None and mentions.is_armed(known)
    return strange > 0 and strange > serious
