"""Is a sentence of sport, trade, film, weather or history, where the words of conflict mean something else, or an event of a fiction or long past?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from recoupe.extract.events.conditions import keys
from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.senses import Found
from recoupe.language.parsed import Sentence, Token
from recoupe.language.triggers import event_words
from recoupe.model import Language

_OLD_YEARS = range(1000, 1950)  # history, not news
_VERBS = frozenset({"VERB", "AUX"})


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
        if not _is_verb(above):
            continue
        slots = grammar.verb(above)
        nouns = (*slots.subject, *slots.object) if one.token in slots.subject else slots.subject
        if any(form in fiction for noun in nouns if noun.index not in counting for form in keys(noun, grammar.words.plurals)):
            return True
    return False


def is_past(grammar: Grammar, one: Found) -> bool:
    """Whether a year of long ago dates the event ("prirent la ville en [[1649]]", "the siege of [[1485]]") or opens its sentence."""
    sentence = grammar.parsed.sentence_of(one.token)
    opening = grammar.parsed.tokens[sentence.first : sentence.last][1:2]
    if any(_is_old_year(year) and _dates(grammar, year) for year in opening):
        return True
    clause = one.token if one.verb else next(filter(_is_verb, grammar.parsed.ancestors(one.token)), one.token)
    for word in (one.token, clause):
        for year in filter(_is_old_year, grammar.parsed.subtree(word)):
            nearest = next(above for above in grammar.parsed.ancestors(year) if above == word or _is_verb(above))
            if (year.head == one.token.index and not one.verb) or (nearest == word and _dates(grammar, year)):
                return True
    return False


def _is_old_year(token: Token) -> bool:
    return len(token.text) == len("1000") and token.text.isdecimal() and int(token.text) in _OLD_YEARS and token.dep != "nummod"


def _dates(grammar: Grammar, year: Token) -> bool:
    """Whether a number stands behind a preposition of years ("en 1649", no "à 1700 GMT")."""
    return any(case.norm in grammar.words.dating for case in grammar.parsed.children(year, "case"))


def _is_verb(token: Token) -> bool:
    return token.pos in _VERBS
