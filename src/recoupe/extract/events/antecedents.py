"""Whom does a pronoun or a possessive stand for? The nearest subject that agrees in number and gender, in its sentence or the two before."""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.mentions import MentionIndex
from recoupe.language.parsed import Token

_SUBJECT = ("nsubj", "nsubj:pass")
_SENTENCES_BACK = 2
FIRST_PERSON = "1"


def antecedent(grammar: Grammar, mentions: MentionIndex, pronoun: Token) -> Token | None:
    """The noun that a personal pronoun stands for, None when none agrees.

    `pronouns` of the pack gives each pronoun its features: gender m or f, number s or p, in that order, either may be missing; other words
    that stand for one ("ces derniers") have their number. "1" is the one who is quoted.
    """
    if grammar.words.pronouns.get(pronoun.norm) == FIRST_PERSON:
        return mentions.speaker_at(pronoun)
    features = grammar.words.pronouns.get(pronoun.norm) or ("p" if "Number=Plur" in pronoun.morph else "s")
    if not features:
        return None
    own = _own_subjects(grammar, pronoun)
    return next((noun for noun in _agreeing(grammar, mentions, pronoun, features) if noun.index not in own), None)


def _own_subjects(grammar: Grammar, pronoun: Token) -> frozenset[int]:
    """The subjects of the verb that a pronoun is no subject of: it can't stand for them ("X est venu pour [[les]] armer")."""
    verb = grammar.parsed.head(pronoun)
    if verb is None or verb.pos != "VERB" or pronoun.dep.startswith(_SUBJECT):
        return frozenset()
    return frozenset(noun.index for noun in grammar.grammatical_subject(verb))


def owner(grammar: Grammar, mentions: MentionIndex, possessive: Token) -> Token | None:
    """The one a possessive refers to: the subject of its clause, else the nearest subject before that agrees."""
    features = grammar.words.possessives[possessive.norm]
    if features == FIRST_PERSON:
        return mentions.speaker_at(possessive)
    noun = grammar.parsed.head(possessive)
    for above in grammar.parsed.ancestors(noun) if noun is not None else ():
        if above.pos in {"VERB", "AUX"}:
            for subject in grammar.grammatical_subject(above):
                if subject.index != (noun.index if noun else -1) and subject.pos != "PRON" and _is_candidate(mentions, subject):
                    return subject
            break
    return next(_agreeing(grammar, mentions, possessive, features), None)


def _agreeing(grammar: Grammar, mentions: MentionIndex, pronoun: Token, features: str) -> Iterator[Token]:
    sentence = grammar.parsed.sentence_of(pronoun)
    near = [token for token in _nouns(grammar, mentions, sentence.index, pronoun.index) if _agrees(token, features)]
    yield from (token for token in near if token.dep.startswith(_SUBJECT))
    for back in range(1, _SENTENCES_BACK + 1):
        if sentence.index - back < 0 or grammar.parsed.sentences[sentence.index - back].paragraph < sentence.paragraph - 1:
            break
        before = [token for token in _nouns(grammar, mentions, sentence.index - back, pronoun.index) if _agrees(token, features)]
        yield from (token for token in before if token.dep.startswith(_SUBJECT))
        if back == 1:
            yield from near
        yield from before


def _nouns(grammar: Grammar, mentions: MentionIndex, sentence: int, before: int) -> list[Token]:
    """The nouns of a sentence that can be parties, the nearest to the pronoun first."""
    where = grammar.parsed.sentences[sentence]
    tokens = grammar.parsed.tokens[where.first : min(where.last, before)]
    return [token for token in reversed(tokens) if token.pos in {"NOUN", "PROPN"} and _is_candidate(mentions, token)]


def _is_candidate(mentions: MentionIndex, token: Token) -> bool:
    known = mentions.actor_at(token)
    if known is not None:
        return mentions.head_of(known) == token
    return mentions.is_party(token)


def _agrees(token: Token, features: str) -> bool:
    plural = "Number=Plur" in token.morph
    if "p" in features and not plural and token.pos != "PROPN":
        return False
    if "s" in features and plural:
        return False
    if "f" in features and "Gender=Masc" in token.morph:
        return False
    return not ("m" in features and "Gender=Fem" in token.morph)
