"""Which events does a sentence take for granted? What is over, avenged or a mere scene happened whatever is denied around it."""

from __future__ import annotations

from recoupe.language.hedges import hedge_table
from recoupe.language.mood import negated
from recoupe.language.parsed import Parsed, Token

_VERBAL = frozenset({"VERB", "AUX"})
_CARRIED = ("obj", "nsubj:pass", "obl:arg", "obl", "iobj", "attr")


def is_scene(parsed: Parsed, token: Token) -> bool:
    """Whether a definite noun only says in the course of what something did not happen: "il n'y a pas eu de victimes [[dans le raid]]"."""
    if token.pos in _VERBAL or token.dep not in ("nmod", "obl", "obl:mod", "obl:arg"):
        return False
    led = any(child.norm in hedge_table(parsed.language).tense.scenes for child in parsed.children(token, "case"))
    return led and any("Definite=Def" in child.morph for child in parsed.children(token, "det"))


def did_not_occur(parsed: Parsed, node: Token, head: Token) -> bool:
    """Whether a noun is the subject of what says under a negation that it happened: "l'attaque n'a jamais eu lieu"."""
    if not node.dep.startswith("nsubj") or not negated(parsed, head):
        return False
    occurring = hedge_table(parsed.language).tense.occurring
    return head.lemma in occurring or any(child.lemma in occurring for child in parsed.children(head, "obj"))


def is_over(parsed: Parsed, node: Token) -> bool:
    """Whether a noun stands behind a preposition that takes it for past ("après son anéantissement"), or is what somebody avenges."""
    if _is_answered(parsed, node):
        return True
    if node.dep not in ("obl", "obl:mod", "advcl", "nmod") or node.pos in _VERBAL:
        return False
    leads = hedge_table(parsed.language).tense.past_leads
    return any(child.norm in leads for child in parsed.children(node, "case", "mark"))


def _is_answered(parsed: Parsed, node: Token) -> bool:
    """Whether a noun names what is avenged, claimed or condemned, and so has happened: "vowed revenge for Tuesday's strike", "nobody claimed the attack"."""
    head = parsed.head(node)
    if head is None or node.pos in _VERBAL or node.dep not in (*_CARRIED, "obl:mod", "nmod"):
        return False
    answers = hedge_table(parsed.language).tense.answers
    indefinite = any("Definite=Ind" in child.morph for child in parsed.children(node, "det"))
    beside = (head, *(child for child in parsed.children(head, "obj", "xcomp") if child != node))
    return not indefinite and any(word.lemma in answers for word in beside)
