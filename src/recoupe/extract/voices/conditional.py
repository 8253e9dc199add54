"""Which clauses keep their distance by the conditional alone ("La ville serait tombée")?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.extract.voices.draft import Draft, span_of, stretches
from recoupe.extract.voices.scene import Scene
from recoupe.language.enclosing import Enclosing
from recoupe.language.mood import conditional_kind, helpers, shares_auxiliary
from recoupe.language.parsed import Token
from recoupe.model import Span

_CLAUSES = frozenset({"ROOT", "conj", "parataxis"})


def conditional_drafts(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The attributions that only a reportative conditional shows: somebody says so, and the text does not say who."""
    if not scene.mood:
        return
    said = Enclosing((span, number) for number, draft in enumerate(drafts) if draft.style != "scare" for span in draft.content)
    for token in scene.parsed.tokens:
        if token.pos not in ("VERB", "AUX", "ADJ", "NOUN") or token.dep not in _CLAUSES or scene.within[token.index] >= 0:
            continue
        if conditional_kind(scene.parsed, token) != "reportative" or any(True for _ in said.around(Span(token.start, token.end))):
            continue
        content = stretches(scene.parsed, _clause(scene, token))
        if content:
            forms = [*helpers(scene.parsed, token), token] if token.pos in ("VERB", "AUX") else helpers(scene.parsed, token)
            yield Draft((span_of(forms),), (), None, content, "conditional", "conditional", anchor=token.index)


def _clause(scene: Scene, verb: Token) -> list[Token]:
    """The verb's clause: all below it but the clauses beside it that have a verb form of their own."""
    parsed = scene.parsed
    beside = (child for child in parsed.children(verb, "conj", "parataxis") if child.pos in ("VERB", "AUX"))
    apart = {below.index for child in beside if not shares_auxiliary(parsed, child, verb) for below in parsed.subtree(child)}
    return [token for token in parsed.subtree(verb) if token.index not in apart and not (token.dep in ("cc", "mark") and token.head == verb.index)]
