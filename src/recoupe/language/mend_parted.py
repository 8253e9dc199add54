"""Where does a verb belong that other words part from its auxiliary, from the verb that it goes on from, or from the one it is said by?

"L'armée a bouclé les ponts reliant la ville et [[coupé]] l'accès" goes on from the last perfect; in "L'Iran a de son côté [[massé]] des troupes"
the auxiliary is the participle's; what stands behind "que" is said by the verb before, whatever noun stands between; what has a passive auxiliary
is a passive.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from recoupe.language.mend_relations import AUXILIARY, PAST, SUBJECT, Relations
from recoupe.language.parsed import Token

_INSIDE = frozenset({"DET", "ADJ", "NUM"})
_ADVERBIAL = frozenset({"ADP", "ADV"})
_PARTED = 6  # words from an auxiliary to its participle


def mend_parted(relations: Relations, tokens: Sequence[Token], known: Collection[str]) -> None:
    """Hang every such verb of a sentence where it belongs, and the noun right behind it as its object; `known` are infinitives."""
    for token in tokens[2:]:
        _with_auxiliary(relations, token, tokens[0].index)
        _auxiliary_before_aside(relations, token, tokens[0].index)
        _passive(relations, token, known)
        _behind_that(relations, token)
        _second_behind_that(relations, token)
        _infinitive_behind_aside(relations, token, tokens[0].index)
        if _goes_on(relations, token, known):
            verb = _last_perfect(relations, tokens, token)
            if verb is not None and (relations.head(token.index), relations.dep(token.index)) != (verb.index, "conj"):
                _join(relations, token, verb, tokens[-1].index)


def _goes_on(relations: Relations, token: Token, known: Collection[str]) -> bool:
    """Whether a word is a participle behind "et", or in a list that "et" ends, active by what follows it."""
    joint = relations.tokens[token.index - 1]
    if joint.pos == "ADV":
        joint = relations.tokens[token.index - 2]
    bare = "VerbForm=Part" in token.morph and "Tense=Past" in token.morph
    mistaken = token.pos in {"NOUN", "ADJ"} and relations.infinitive(token) in known
    enumerated = joint.norm == "," and relations.has(token.index, "obj") and _joined_later(relations, token)
    if not (joint.pos == "CCONJ" or enumerated) or not (bare or mistaken) or "Gender=Fem" in token.morph or "Number=Plur" in token.morph:
        return False
    if relations.has(token.index, *AUXILIARY, "obl:agent", "det") or token.index + 1 >= len(relations.tokens):
        return False
    following = relations.tokens[token.index + 1]
    return following.pos in {"DET", "NUM", "SCONJ"} or following.norm in {*relations.words.of, *relations.words.to}


def _joined_later(relations: Relations, token: Token) -> bool:
    """Whether a participle behind "et" ends the list of deeds that this one is in ("a fermé …, [[rappelé]] … et supplié …")."""
    later = [*relations.children(token.index, "conj"), *relations.children(relations.head(token.index), "conj")]
    return any(other.index > token.index and PAST in other.morph and relations.has(other.index, "cc") for other in later)


def _last_perfect(relations: Relations, tokens: Sequence[Token], token: Token) -> Token | None:
    """The nearest verb before a word that has the auxiliary of an active perfect."""
    for verb in reversed(tokens[: token.index - tokens[0].index - 1]):
        auxiliaries = list(relations.children(verb.index, "aux", "aux:tense"))
        reflexive = any(child.norm in relations.words.reflexive for child in relations.children(verb.index))
        if any(reflexive or child.lemma in relations.words.perfect for child in auxiliaries):
            if not relations.has(verb.index, "aux:pass", "nsubj:pass"):
                return verb
            if _agrees(token, verb):
                return None
            continue
        if auxiliaries or ("VerbForm=Fin" in verb.morph and verb.pos == "VERB" and relations.dep(verb.index) == "ROOT"):
            return None
    return None


def _agrees(first: Token, second: Token) -> bool:
    """Whether two participles have one gender and number, so that the second may be passive as the first is."""
    features = [{part for part in one.morph.split("|") if part.startswith(("Gender=", "Number="))} for one in (first, second)]
    return features[0] == features[1]


def _passive(relations: Relations, token: Token, known: Collection[str]) -> None:
    """Make a passive of a participle that was hung as a predicate ("a été [[profané]]"), or taken for a noun ("étaient [[entrées]] dans la ville")."""
    if token.pos == "VERB" and PAST in token.morph:
        for auxiliary in list(relations.children(token.index, "cop")):
            relations.hang(auxiliary.index, token.index, "aux:pass")
            for subject in list(relations.children(token.index, "nsubj")):
                relations.hang(subject.index, token.index, "nsubj:pass")
    elif token.pos == "NOUN" and relations.has(token.index, "aux:pass") and not relations.has(token.index, "det", "case"):
        plain = relations.infinitive(token)
        if plain is not None and plain in known:
            relations.verbs[token.index] = (plain, PAST)


def _join(relations: Relations, token: Token, verb: Token, last: int) -> None:
    plain = relations.infinitive(token)
    if token.pos != "VERB" and plain is not None:
        relations.verbs[token.index] = (plain, PAST)
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


def _auxiliary_before_aside(relations: Relations, token: Token, first: int) -> None:
    """Give a participle the auxiliary that an aside between commas parts it from: "Les rebelles ont, [[avec l'appui de l'armée,]] repris …"."""
    if "VerbForm=Part" not in token.morph or relations.tokens[token.index - 1].norm != "," or relations.has(token.index, *AUXILIARY):
        return
    comma = next((other for other in reversed(relations.tokens[first : token.index - 1]) if other.norm == ","), None)
    have = relations.tokens[comma.index - 1] if comma is not None and comma.index > first else token
    aside = relations.tokens[have.index + 2 : token.index - 1]
    if have.lemma not in relations.words.perfect or "VerbForm=Fin" not in have.morph or any(other.pos in {"VERB", "AUX"} for other in aside):
        return
    root = relations.head(have.index)
    relations.hang(token.index, token.index, "ROOT")
    for child in list(relations.children(have.index)):
        relations.hang(child.index, token.index, "obl:mod" if relations.dep(child.index) == "conj" else relations.dep(child.index))
    relations.hang(have.index, token.index, "aux:tense")
    if root < have.index and relations.tokens[root].pos in {"NOUN", "PROPN"} and not relations.has(root, "case"):
        relations.hang(root, token.index, "nsubj")
    for noun in (relations.tokens[index] for index in range(token.index + 1, min(token.index + _PARTED, relations.last))):
        if relations.dep(noun.index) == "nmod" and relations.has(noun.index, "det") and not relations.has(noun.index, "case"):
            relations.hang(noun.index, token.index, "obj")
            return


def _behind_that(relations: Relations, token: Token) -> None:
    """Hang a clause with "que" and a subject, that was hung on the noun before it, on the verb that says it: "a dit à l'agence [[que …]]"."""
    noun = relations.tokens[relations.head(token.index)]
    verb = relations.tokens[relations.head(noun.index)]
    led = any(child.norm in relations.words.relative_object for child in relations.children(token.index, "mark"))
    if relations.dep(token.index) != "acl" or not led or noun.pos != "NOUN" or verb.pos != "VERB" or verb.index > noun.index:
        return
    case = next(relations.children(noun.index, "case"), None)
    told = case is not None and (case.norm in relations.words.to or not relations.has(noun.index, "det"))
    if told and relations.has(token.index, "nsubj", "nsubj:pass"):
        relations.hang(token.index, verb.index, "ccomp")
        _take_object(relations, token, token.index + _PARTED)


def _second_behind_that(relations: Relations, token: Token) -> None:
    """Hang a finite verb without a subject on the clause with "que" before it, where it has that clause's tense and person and not the main verb's."""
    main = relations.head(token.index)
    own = _person(token)
    if relations.dep(token.index) != "conj" or not own or relations.has(token.index, *SUBJECT, *AUXILIARY):
        return
    clauses = [clause for clause in relations.children(main, "ccomp") if main < clause.index < token.index]
    if clauses and _person(clauses[-1]) == own and _person(relations.tokens[main]) != own:
        relations.hang(token.index, clauses[-1].index, "conj")


def _person(verb: Token) -> frozenset[str]:
    """Tense, number and person of a finite form, nothing of another."""
    finite = verb.pos == "VERB" and "VerbForm=Fin" in verb.morph
    return frozenset(part for part in verb.morph.split("|") if finite and part.startswith(("Tense=", "Number=", "Person=")))


def _infinitive_behind_aside(relations: Relations, token: Token, first: int) -> None:
    """Hang an infinitive that an aside between commas parts from its modal verb on that verb ("pourra, sans encombre, [[livrer]] des armes")."""
    if "VerbForm=Inf" not in token.morph or relations.tokens[token.index - 1].norm != "," or relations.has(token.index, "mark", "case", "cc"):
        return
    opening = next((index for index in range(token.index - 2, first, -1) if relations.tokens[index].norm == ","), None)
    if opening is None or not opening < relations.head(token.index) < token.index:
        return
    modal = relations.tokens[opening - 1]
    if modal.pos in {"VERB", "AUX"} and modal.lemma in relations.words.modal and "VerbForm=Fin" in modal.morph:
        relations.hang(token.index, modal.index, "xcomp")
