"""Which names must be places by what is said of them? Those that a trigger of places ("bombarder", "the shelling of") undergoes."""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.senses import Senses, Word
from recoupe.language.parsed import Parsed, Token
from recoupe.model import ActorMention, PlaceMention, Span


def find_sites(parsed: Parsed, actors: tuple[ActorMention, ...], places: tuple[PlaceMention, ...]) -> tuple[Span, ...]:
    """Names that no mention covers in the place of a bombed, shelled or captured town; a gazetteer has to confirm them.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Eden favours an inquiry into the bombing of Guernica.", "en")
    >>> [parsed.text[site.start : site.end] for site in find_sites(parsed, (), ())]
    ['Guernica']
    """
    grammar = Grammar(parsed)
    mentions = MentionIndex(parsed, actors, places, (), ())
    senses = Senses(parsed, grammar, mentions)
    found = set()
    for sentence in parsed.sentences:
        for token in parsed.tokens[sentence.first : sentence.last]:
            for word in senses.candidates(token):
                if word.entry.site and (last := senses.phrase(token, word, sentence)) is not None:
                    nouns = _undergoing(grammar, senses, token, last, word)
                    found |= {_name(parsed, noun) for noun in nouns if _is_unknown(mentions, noun)}
    return tuple(sorted(site for site in found if not _is_longer(parsed, site)))


def _undergoing(grammar: Grammar, senses: Senses, token: Token, last: Token, word: Word) -> Iterator[Token]:
    wanted = word.entry.recipient or ("object",)
    slots = senses.verb_slots(token, last, word) if word.verb else grammar.noun(token)
    yield from slots.object
    prepositions = {*(grammar.words.of if not word.verb else ()), *(grammar.words.to if "to" in wanted else ())}
    yield from (noun for preposition, noun in slots.obliques if preposition in prepositions)


def _is_unknown(mentions: MentionIndex, noun: Token) -> bool:
    if not noun.text[:1].isupper() or noun.pos not in {"PROPN", "NOUN", "X"} or mentions.is_time(noun) or mentions.is_party(noun):
        return False
    return mentions.actor_at(noun) is None and mentions.place_at(noun) is None


def _name(parsed: Parsed, noun: Token) -> Span:
    parts = [noun, *(child for child in parsed.children(noun, "flat", "compound") if child.pos == "PROPN" and child.text[:1].isupper())]
    return Span(min(part.start for part in parts), max(part.end for part in parts))


def _is_longer(parsed: Parsed, site: Span) -> bool:
    """Whether the name is part of a longer one ("the capture of Jean Valjean")."""
    return any(name.start <= site.start and site.end <= name.end and " " in name.text and name.kind == "person" for name in parsed.names)
