"""What do mood, modals and doubting adverbs make of a verb's event? They hold for a verb joined to theirs too: "aurait saisi des armes et arrêté"."""

from __future__ import annotations

from recoupe.extract.factuality_scale import DOUBTS, View, applied, weaker
from recoupe.extract.factuality_words import adverb
from recoupe.language.hedges import effects
from recoupe.language.mood import SUBJECTS, conditional_kind, shares_auxiliary
from recoupe.language.parsed import Parsed, Token

_VERBAL = frozenset({"VERB", "AUX"})


def by_mood(parsed: Parsed, token: Token, view: View) -> View:
    """What the French conditional makes of a view: reported, still to come, or depending on something."""
    kind = conditional_kind(parsed, token) if token.pos in _VERBAL and parsed.language == "fr" else None
    if kind is None:
        return view
    perfect = any(child.dep == "aux:tense" for child in parsed.children(token, "aux"))
    if kind == "reportative":
        return View(weaker(view.factuality, "PR"), "accomplished" if perfect else "ongoing")
    if kind in ("future-in-past", "forecast"):
        return View(view.factuality, "planned")
    return View("Uu", "planned")


def by_modals(parsed: Parsed, token: Token, view: View) -> View:
    """What English modals make of a view: "may have bombed" is possible and done."""
    auxiliaries = parsed.children(token, "aux") if parsed.language == "en" else ()
    for child in auxiliaries:
        modal = effects(parsed.language, "verbs").get(child.norm)
        if modal is not None:
            over = modal == "possible" and any(other.lemma == "have" for other in auxiliaries)
            view = View(applied(view, modal).factuality, "accomplished") if over else applied(view, modal)
    return view


def as_joined(parsed: Parsed, verb: Token, first: Token, view: View) -> View:
    """What a verb has from the one it is joined to and whose subject it shares: the doubt before it, and the auxiliary where it has none itself."""
    if verb.pos not in _VERBAL or first.pos not in _VERBAL or parsed.children(verb, *SUBJECTS):
        return view
    for child in parsed.children(first, "advmod"):
        said = adverb(parsed, child) if child.index < first.index else None
        if said is not None and said in DOUBTS:
            view = applied(view, said)
    return by_modals(parsed, first, by_mood(parsed, first, view)) if shares_auxiliary(parsed, verb, first) else view
