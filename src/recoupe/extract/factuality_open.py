"""Which events does a sentence leave open? Those of a condition, what would follow from one, and what is asked."""

from __future__ import annotations

from recoupe.extract.factuality_scale import View
from recoupe.language.hedges import hedge_table
from recoupe.language.mood import is_condition
from recoupe.language.parsed import Parsed, Token

_VERBAL = frozenset({"VERB", "AUX"})


def in_condition(parsed: Parsed, token: Token, view: View) -> View:
    """A condition, and what would follow from a condition in the same sentence, have not happened."""
    if view.factuality == "Uu":
        return view
    for other in parsed.tokens_of(parsed.sentence_of(token)):
        if not is_condition(parsed, other):
            continue
        if view.stage == "planned" and (parsed.head(other) or other).dep == "advcl":
            return View("Uu", view.stage)
        if other.index < token.index and _verb_of_condition(parsed, other, token):
            return View("Uu", "planned")
    return view


def _verb_of_condition(parsed: Parsed, opener: Token, token: Token) -> bool:
    """Whether a word stands where the verb of a condition does, and the model took it for another: "si l'armée attaque, …"."""
    if token.pos not in ("NOUN", "ADJ"):
        return False
    between = parsed.tokens[opener.index + 1 : token.index]
    behind = next((other for other in parsed.tokens[token.index + 1 : parsed.sentence_of(token).last] if other.pos != "ADV"), None)
    led = parsed.tokens[token.index - 1].pos in ("NOUN", "PROPN", "PRON")
    return led and not any(other.pos in _VERBAL or other.pos == "PUNCT" for other in between) and (behind is None or behind.norm == ",")


def is_asked(parsed: Parsed, token: Token) -> bool:
    """Whether the sentence of an event is a question."""
    sentence = parsed.sentence_of(token)
    last = parsed.tokens[sentence.last - 1]
    before = parsed.tokens[sentence.last - 2] if sentence.last - 2 >= sentence.first else last
    marks = hedge_table(parsed.language).tense.questions
    return last.norm in marks or (before.norm in marks and last.pos == "PUNCT")


def presupposes(parsed: Parsed, verb: Token) -> bool:
    """Whether a question only asks who did something, or why, so that it was done: "on ignore [[qui]] a posé la bombe"."""
    asked = hedge_table(parsed.language).tense.asked
    return any(child.norm in asked and child.index < verb.index for child in parsed.children(verb))
