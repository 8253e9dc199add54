"""Where does a verb belong that other words part from its auxiliary, from the verb that it goes on from, or from the one it is said by?

"L'armée a bouclé les ponts reliant la ville et [[coupé]] l'accès" goes on from the last perfect; in "L'Iran a de son côté [[massé]] des troupes"
the auxiliary is the participle's; what stands behind "que" is said by the verb before, whatever noun stands between.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from recoupe.language.mend_relations import Relations
from recoupe.language.parsed import Token

_PAST = "Tense=Past|VerbForm=Part"
_INSIDE = frozenset({"DET", "ADJ", "NUM"})
_ADVERBIAL = frozenset({"ADP", "ADV"})
_PARTED = 6  # words from an auxiliary to its participle


def mend_parted(relations: Relations, tokens: Sequence[Token], known: Collection[str]) -> None:
    """Hang every such verb of a sentence where it belongs, and the noun right behind it as its object; `known` are infinitives."""
    for token in tokens[2:]:
        _with_auxiliary(relations, token, tokens[0].index)
        _behind_that(relations, token)
        if _goes_on(relations, token, known):
            verb = _last_perfect(relations, tokens, token)
            if verb is not None and (relations.head(token.index), relations.dep(token.index)) != (verb.index, "conj"):
                _join(relations, token, verb, tokens[-1].index)


def _goes_on(relations: Relations, token: Token, known: Collection[str]) -> bool:
    """Whether a word is a participle behind "et", active by what follows it."""
    joint = relations.tokens[token.index - 1]
    if joint.pos == "ADV":
        joint = relations.tokens[token.index - 2]
    bare = "VerbForm=Part" in token.morph and "Tense=Past" in token.morph
    mistaken = token.pos in {"NOUN", "ADJ"} and relations.infinitive(token) in known
    if joint.pos != "CCONJ" or not (bare or mistaken) or "Gender=Fem" in token.morph or "Number=Plur" in token.morph:
        return False
    if relations.has(token.index, "aux", "aux:tense", "aux:pass", "obl:agent", "det") or token.index + 1 >= len(relations.tokens):
        return False
    following = relations.tokens[token.index + 1]
    return following.pos in {"DET", "NUM", "SCONJ"} or following.norm in {*relations.words.of, *relations.words.to}


def _last_perfect(relations: Relations, tokens: Sequence[Token], token: Token) -> Token | None:
    """The nearest verb before a word that has the auxiliary of an active perfect."""
    for verb in reversed(tokens[: token.index - tokens[0].index - 1]):
        auxiliaries = list(relations.children(verb.index, "aux", "aux:tense"))
        reflexive = any(child.norm in relations.words.reflexive for child in relations.children(verb.index))
        if any(reflexive or child.lemma in relations.words.perfect for child in auxiliaries):
            return None if relations.has(verb.index, "aux:pass", "nsubj:pass") else verb
        if auxiliaries or ("VerbForm=Fin" in verb.morph and verb.pos == "VERB" and relations.dep(verb.index) == "ROOT"):
            return None
    return None


def _join(relations: Relations, token: Token, verb: Token, last: int) -> None:
    plain = relations.infinitive(token)
    if token.pos != "VERB" and plain is not None:
        relations.verbs[token.index] = (plain, _PAST)
    relations.hang(token.index, verb.index, "conj")
    for noun in list(relations.children(token.index, "nsubj", "nsubj:pass")):
        if verb.index < noun.index < token.index:
            relations.hang(noun.index, verb.index, "obj")
    _take_object(relations, token, last)


def _take_object(relations: Relations, verb: Token, last: int) -> None:
    """Hang the noun with an article and no preposition right behind a verb on it."""
    noun = next((other for other in relations.tokens[verb.index + 1 : last + 1] if other.pos not in _INSIDE), None)
    if noun is not None and noun.pos in {"NOUN", "PROPN"} and noun.index > verb.index + 1 and not relations.has(noun.index, "case"):
        relations.hang(noun.index, verb.index, "obj")


def _with_auxiliary(relations: Relations, token: Token, first: int) -> None:
    """Give a participle the auxiliary that an adverbial parts it from: "a [[par ailleurs]] rasé"."""
    if "VerbForm=Part" not in token.morph or "Tense=Past" not in token.morph or relations.dep(token.index) not in {"acl", "xcomp", "amod"}:
        return
    before = relations.tokens[max(first, token.index - _PARTED) : token.index]
    have = next((other for other in reversed(before) if other.lemma in relations.words.perfect), None)
    if have is None or have.index + 1 == token.index or relations.tokens[have.index + 1].pos not in _ADVERBIAL:
        return
    if (
        "VerbForm=Fin" not in have.morph
        or have.index not in relations.above(token.index)
        or relations.has(token.index, "aux", "aux:tense", "obl:agent")
    ):
        return
    if any(other.pos in {"PUNCT", "VERB", "CCONJ"} for other in relations.tokens[have.index + 1 : token.index]):
        return
    above, dep = relations.head(have.index), relations.dep(have.index)
    relations.hang(token.index, token.index if above == have.index else above, dep)
    for child in list(relations.children(have.index)):
        relations.hang(child.index, token.index, relations.dep(child.index))
    relations.hang(have.index, token.index, "aux:tense")
    _take_object(relations, token, token.index + _PARTED)


def _behind_that(relations: Relations, token: Token) -> None:
    """Hang a clause with "que" and a subject, that was hung on the noun before it, on the verb that says it: "a reconnu à demi-mot [[que …]]"."""
    noun = relations.tokens[relations.head(token.index)]
    verb = relations.tokens[relations.head(noun.index)]
    led = any(child.norm in relations.words.relative_object for child in relations.children(token.index, "mark"))
    if relations.dep(token.index) != "acl" or not led or noun.pos != "NOUN" or verb.pos != "VERB" or verb.index > noun.index:
        return
    if relations.has(token.index, "nsubj", "nsubj:pass") and relations.has(noun.index, "case") and not relations.has(noun.index, "det"):
        relations.hang(token.index, verb.index, "ccomp")
        _take_object(relations, token, token.index + _PARTED)
