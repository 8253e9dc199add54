"""What does a word do to the event that it governs or qualifies, whatever part of speech it is or the model took it for?"""

from __future__ import annotations

from recoupe.language.forms import without_agreement
from recoupe.language.hedges import Effect, effects, hedge_table, verb_forms
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


def hedge_of(parsed: Parsed, word: Token) -> Effect | None:
    """The effect of a governing word: of the verb that it is (with its particle: "call off") or that the model took for another word, of the adjective, of the noun."""
    verbs = effects(parsed.language, "verbs")
    if word.pos in _VERBAL:
        particles = (f"{word.lemma} {child.norm}" for child in parsed.children(word, "compound:prt", "advmod"))
        return next((verbs[phrase] for phrase in particles if phrase in verbs), None) or verbs.get(word.lemma) or adjective(parsed, word)
    if word.pos == "ADP":  # "statistics about", not "about to"
        return None
    table = effects(parsed.language, "nouns")
    found = adjective(parsed, word) or (table.get(word.lemma) if word.pos != "ADJ" else None)
    return found or (verbs.get(verb_forms(parsed.language).get(word.norm, "")) if word.pos == "ADJ" else None)
