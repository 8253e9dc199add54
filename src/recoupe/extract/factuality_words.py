"""What does a word do to the event that it governs or qualifies, whatever part of speech it is or the model took it for?"""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.language.forms import without_agreement
from recoupe.language.hedges import Effect, effects, hedge_table, verb_forms
from recoupe.language.mood import negated, own_stage
from recoupe.language.parsed import Parsed, Token

_VERBAL = frozenset({"VERB", "AUX"})


def adverb(parsed: Parsed, word: Token) -> Effect | None:
    """The effect of an adverb: "probablement"."""
    table = effects(parsed.language, "adverbs")
    return table.get(word.lemma) or table.get(word.norm)


def adjective(parsed: Parsed, word: Token) -> Effect | None:
    """The effect of an adjective in any of its forms: "présumées"."""
    table = effects(parsed.language, "adjectives")
    forms = (word.lemma, *without_agreement(word.norm, hedge_table(parsed.language).agreement))
    return next((table[form] for form in forms if form in table), None)


def _phrases(parsed: Parsed, verb: Token) -> Iterator[str]:
    """A verb with each word that may make a phrase of it, the verb alone last: "call off", "mettre en échec", "mettre fin"."""
    for child in parsed.children(verb, "compound:prt", "advmod", "obj", "obl", "obl:arg", "obl:mod"):
        case = parsed.children(child, "case")
        yield " ".join((verb.lemma, *(part.norm for part in case), child.norm))
    yield verb.lemma


def hedge_of(parsed: Parsed, word: Token) -> Effect | None:
    """The effect of a governing word: of the verb that it is or that the model took for another word, of the adjective, of the noun."""
    verbs = effects(parsed.language, "verbs")
    if word.pos in _VERBAL:
        return next((verbs[phrase] for phrase in _phrases(parsed, word) if phrase in verbs), None) or adjective(parsed, word)
    if word.pos == "ADP":  # "statistics about", not "about to"
        return None
    table = effects(parsed.language, "nouns")
    found = adjective(parsed, word) or (table.get(word.lemma) if word.pos != "ADJ" else None)
    return found or (verbs.get(verb_forms(parsed.language).get(word.norm, "")) if word.pos == "ADJ" else None)


def is_fulfilled(parsed: Parsed, noun: Token) -> bool:
    """Whether what a noun announces has been done: "[[mis à exécution]] sa menace", "[[carried out]] its threat"."""
    verb = parsed.head(noun)
    if verb is None or verb.pos not in _VERBAL or noun.dep not in ("obj", "nsubj:pass") or negated(parsed, verb):
        return False
    fulfilling = hedge_table(parsed.language).tense.fulfilling
    return own_stage(parsed, verb) == "accomplished" and any(phrase in fulfilling for phrase in _phrases(parsed, verb))
