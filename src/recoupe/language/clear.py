"""How do English dependencies come to the scheme of the French ones?

The English model speaks ClearNLP (`dobj`, `prep` + `pobj`, `agent`); rules over both languages want one scheme, so its trees are brought to
Universal Dependencies where the two differ in what a rule looks at: objects, passives, and prepositions, which become `case` marks of their
noun. Copulas stay heads with `attr` below them.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recoupe.language.parsed import Token

_RENAMED = {
    "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dative": "iobj", "relcl": "acl:relcl",
    "poss": "nmod:poss", "npadvmod": "obl:mod", "neg": "advmod", "prt": "compound:prt", "possessive": "case", "nn": "compound",
    "intj": "discourse", "quantmod": "advmod", "predet": "det", "preconj": "cc", "complm": "mark",
}  # fmt: skip
_VERBAL = frozenset({"VERB", "AUX"})
_PREPOSITION = frozenset({"prep", "agent", "dative"})


def to_universal(tokens: Sequence[Token], first: int) -> list[Token]:
    """The same tokens with universal relations; `first` is the index of the first.

    >>> from recoupe.language.parse import parse_text
    >>> [(token.text, token.dep) for token in parse_text("He was killed by soldiers.", "en").tokens][3:5]
    [('by', 'case'), ('soldiers', 'obl:agent')]
    """
    heads = {token.index: token.head for token in tokens}
    deps = {token.index: _RENAMED.get(token.dep, token.dep) for token in tokens}
    for token in tokens:
        preposition = tokens[token.head - first]
        if token.dep != "pobj" or preposition.dep not in _PREPOSITION or preposition.head == preposition.index:
            continue
        governor = tokens[preposition.head - first]
        if governor.dep == "prep" and governor.index in heads and heads[governor.index] != governor.index:
            governor = tokens[heads[governor.index] - first]
        heads[token.index] = governor.index
        verbal = governor.pos in _VERBAL
        agent = preposition.dep == "agent"
        deps[token.index] = "obl:agent" if agent else "iobj" if preposition.dep == "dative" else "obl" if verbal else "nmod"
        heads[preposition.index], deps[preposition.index] = token.index, "case"
    return [
        msgspec.structs.replace(token, head=heads[token.index], dep=deps[token.index]) if _changed(token, heads, deps) else token for token in tokens
    ]


def _changed(token: Token, heads: dict[int, int], deps: dict[int, str]) -> bool:
    return bool(heads[token.index] != token.head or deps[token.index] != token.dep)
