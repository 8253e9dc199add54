"""What does a predicate say of the event that is its subject ("l'attaque est imminente"), and a subject of the event that is its predicate?"""

from __future__ import annotations

from recoupe.extract.factuality_scale import View, applied
from recoupe.extract.factuality_words import adjective
from recoupe.language.hedges import Effect, effects, hedge_table, phrases
from recoupe.language.mood import negated
from recoupe.language.parsed import Parsed, Token


def of_subject(parsed: Parsed, copula: Token) -> Effect | None:
    """ "Leur but est de couper la route": the subject of a copula says what the predicate is."""
    if copula.lemma not in hedge_table(parsed.language).tense.copulas:
        return None
    nouns = effects(parsed.language, "nouns")
    return next((nouns[child.lemma] for child in parsed.children(copula, "nsubj") if child.lemma in nouns), None)


def copula_above(parsed: Parsed, adjective: Token) -> Token | None:
    """The copula that an English predicate hangs on: "was able to"."""
    copula = parsed.head(adjective) if adjective.pos == "ADJ" and adjective.dep == "acomp" else None
    return copula if copula is not None and copula.pos == "AUX" else None


def of_ability(parsed: Parsed, copula: Token, view: View) -> View:
    """What somebody was able to do was done, and what he was not able to do was not (Karttunen 1971)."""
    if negated(parsed, copula):
        return View("CT-", view.stage)
    if "Tense=Past" in copula.morph and not any(child.norm == "would" for child in parsed.children(copula, "aux")):
        return View(view.factuality, "accomplished")
    return applied(view, "possible")


def of_predicate(parsed: Parsed, event: Token, head: Token) -> Effect | None:
    """What a copula's predicate says of the event that is its subject: "l'évacuation est en cours", "an attack is imminent"."""
    if not event.dep.startswith("nsubj"):
        return None
    copulas = [child for child in parsed.children(head, "cop") if child.lemma in hedge_table(parsed.language).tense.copulas]
    linked = head.lemma in hedge_table(parsed.language).tense.copulas
    predicates = (head,) if copulas else parsed.children(head, "acomp", "attr", "advmod", "obl", "obl:mod", "obl:arg", "advcl") if linked else ()
    effect = next((found for word in predicates if (found := adjective(parsed, word) or _phrase(parsed, word)) is not None), None)
    if effect is None or not negated(parsed, head):
        return effect
    return "ongoing" if effect == "ended" else None


def _phrase(parsed: Parsed, word: Token) -> Effect | None:
    """The effect of a predicate of several words, by any of them: "en cours", "under way"."""
    for words, effect in phrases(parsed.language, "adjectives"):
        for first in range(max(word.index - len(words) + 1, 0), word.index + 1):
            if tuple(token.norm for token in parsed.tokens[first : first + len(words)]) == words:
                return effect
    return None
