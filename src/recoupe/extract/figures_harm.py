"""What does a word of harm do, given the words beside it? A shot may hurt or kill ("fatally shot", "blessé à mort"), a blow tells by where it lands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recoupe.language.actors import fold, noun_index, singular
from recoupe.language.figures import MeasureIndex, listed
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Language, Measure

_SURVIVABLE: frozenset[Measure] = frozenset({"casualties", "wounded"})
THINGS: frozenset[Measure] = frozenset({"vehicles", "convoys", "aircraft", "drones", "munitions", "attacks"})
_PERSONS: frozenset[Measure] = frozenset({"soldiers", "combatants", "civilians"})
_HURTING: frozenset[Measure] = frozenset({"killed", "wounded", "casualties", "captured", "missing", "displaced", "detainees", "hostages"})
_STRUCK = ("nsubj", "obl", "nmod", "advcl", "xcomp")


def hurts(measure: Measure) -> bool:
    """Whether the measure says what befell people."""
    return measure in _HURTING


def measure_of(table: Mapping[str, Measure], token: Token, language: Language) -> Measure | None:
    """What a word says befell somebody by one of the tables of the measures."""
    return table.get(singular(fold(token.norm), language)) or table.get(singular(fold(token.lemma), language))


def done_to(parsed: Parsed, verb: Token, index: MeasureIndex) -> Measure | None:
    """What a verb does to its object: "wounded", "shot to death", "struck in the leg"."""
    measure = measure_of(index.objects, verb, parsed.language) or ("wounded" if _strikes(parsed, verb) else None)
    return in_the_end(parsed, verb, measure)


def in_the_end(parsed: Parsed, word: Token, measure: Measure | None) -> Measure | None:
    """What a word of harm comes to: who is "fatally wounded", "shot dead", or whom a "deadly shooting" hits, is killed."""
    return "killed" if measure in _SURVIVABLE and _is_mortal(parsed, word) else measure


def is_denied(parsed: Parsed, word: Token) -> bool:
    """Whether a word of harm is negated, or said of none: "were not injured", "aucun des cinq passagers n'a été tué"."""
    negations = listed(parsed.language, "negations")
    return word.norm in negations or any(child.norm in negations for child in parsed.children(word, "advmod", "det", "nsubj"))


def is_somebody(noun: Token, index: MeasureIndex, language: Language) -> bool:
    """Whether a noun is of persons."""
    words = {singular(fold(noun.norm), language), fold(noun.lemma)}
    return any(
        word in listed(language, "people") or word in listed(language, "others") or index.nouns.get(word) in _PERSONS or _is_office(word, language)
        for word in words
    )


def may_be_people(noun: Token, index: MeasureIndex, language: Language) -> bool:
    """Whether a noun can be of people: a name, a noun of persons or of a body of them ("troops"), or one that says what befell them ("victims")."""
    word = singular(fold(noun.norm), language)
    if index.nouns.get(word) in THINGS:
        return False
    return noun.pos == "PROPN" or word in index.fates or word in noun_index(language) or is_somebody(noun, index, language)


def _is_office(word: str, language: Language) -> bool:
    """Whether a noun of actors is of one person ("senator")."""
    return any(phrase.noun.person and len(phrase.words) == 1 for phrase in noun_index(language).get(word, ()))


def tells_harm(tokens: Sequence[Token], index: MeasureIndex, language: Language) -> bool:
    """Whether words have one for harm that somebody does: "shot", "killing", "stabbing"; who "died" may have been ill."""
    tables = (index.objects, index.deeds)
    return any(
        measure_of(table, token, language) in {"killed", "wounded", "casualties"}
        and (table is index.objects or measure_of(index.fates, token, language) is None)
        for token in tokens
        if token.pos in {"VERB", "NOUN"}
        for table in tables
    )


def _is_mortal(parsed: Parsed, word: Token) -> bool:
    """Whether words beside a word of harm say that it was mortal."""
    mortal = listed(parsed.language, "mortal")
    tokens = parsed.tokens
    near = [tokens[at] for at in (word.index - 1, word.index + 1) if 0 <= at < len(tokens)]
    below = parsed.children(word, "advmod", "amod", "xcomp", "acomp", "oprd")
    if any(singular(fold(token.norm), parsed.language) in mortal for token in (*near, *below)):
        return True
    after = tokens[word.index + 1 : word.index + 3]
    phrases = [after, *((*parsed.children(child, "case"), child) for child in parsed.children(word, "obl", "nmod"))]
    return any(" ".join(fold(token.norm) for token in phrase) in mortal for phrase in phrases)


def _strikes(parsed: Parsed, verb: Token) -> bool:
    """Whether a blow is one that hurts: by a bullet ("a stray round hit her"), or into the body ("struck in the leg")."""
    language = parsed.language
    if singular(fold(verb.lemma), language) not in listed(language, "strikes"):
        return False
    strikers, body = listed(language, "strikers"), listed(language, "body")
    above = parsed.head(verb)
    shooting = [above] if above is not None and verb.dep == "advcl" else []
    words = {singular(fold(child.norm), language) for child in (*parsed.children(verb, *_STRUCK), *shooting)}
    return not words.isdisjoint(strikers) or not words.isdisjoint(body)
