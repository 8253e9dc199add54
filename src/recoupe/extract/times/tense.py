"""Does the verb that governs an expression of time speak of what is past, present or ahead?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from recoupe.language.parsed import Parsed, Token
from recoupe.language.times import Tenses

Tense = Literal["past", "present", "future"]

_VERBAL = frozenset({"VERB", "AUX"})


def tense_at(parsed: Parsed, start: int, end: int, tenses: Tenses, *, opens_span: bool = False) -> Tense | None:
    """The tense of the nearest governing verb, or what "since" and "until" say; None where neither does.

    `opens_span` says that a "du" before it belongs to "du 3 au 5 mars" and not to a noun.

    >>> from recoupe.language.parse import parse_text
    >>> from recoupe.language.times import time_pack
    >>> parsed = parse_text("Le ministre se rendra lundi à Bagdad.", "fr")
    >>> tense_at(parsed, 22, 27, time_pack("fr").tenses)
    'future'
    """
    inside = parsed.tokens_in(start, end)
    before = parsed.text[max(0, start - 12) : start].rstrip().casefold().replace("’", "'")
    if before.endswith(tenses.since):
        return "past"
    governed = _governed(parsed, start, end, inside, tenses)
    if governed == "future" and not opens_span and before.split(" ")[-1] in tenses.of:
        governed = "present"  # "répondra au raid de mardi": the verb's future is not the raid's
    if governed == "present" and parsed.text[end : end + 2] in tenses.owning:
        return None  # "Monday's debate": of what has its day already, most has happened
    if not before.endswith(tenses.until):
        return governed
    return "future" if governed in {"present", None} or _is_postponed(parsed, inside, tenses) else governed


def _is_postponed(parsed: Parsed, inside: Sequence[Token], tenses: Tenses) -> bool:
    """Whether the nearest verb above gives time or puts something off ("gave the island until Monday")."""
    above = (token for inner in inside[-1:] for token in parsed.ancestors(inner) if token.pos in _VERBAL)
    verb = next(above, None)
    return verb is not None and verb.lemma in tenses.postponed


def _governed(parsed: Parsed, start: int, end: int, inside: Sequence[Token], tenses: Tenses) -> Tense | None:
    top = next((token for token in inside if not start <= parsed.tokens[token.head].start < end), inside[0] if inside else None)
    if top is None:
        return None
    if top.pos in _VERBAL:
        return _tense_of(parsed, top, tenses)
    for above in parsed.ancestors(top):
        if above.norm in tenses.ahead or above.lemma in tenses.ahead:
            return "future"
        if above.pos in _VERBAL or parsed.children(above, "cop"):
            tense = _tense_of(parsed, above, tenses)
            if tense is not None:
                return tense
    return None


def _tense_of(parsed: Parsed, verb: Token, tenses: Tenses) -> Tense | None:
    """Future by form or modal; past by form or by a perfect; None for forms without a tense of their own, whose governor decides."""
    below = [child for child in parsed.children(verb, "aux", "cop") if child.dep != "aux:caus"]
    finite = [token for token in (verb, *below) if "VerbForm=Fin" in token.morph or "Mood=" in token.morph]
    if any("Tense=Fut" in token.morph for token in finite):
        return "future"
    if _is_perfect(parsed, verb, below, tenses):
        return "past"
    if any(token.lemma in tenses.modals for token in below):
        return "future"
    if any("Tense=Past" in token.morph or "Tense=Imp" in token.morph for token in finite):
        return "past"
    if any("Mood=Cnd" in token.morph for token in finite):
        return "future"
    if finite:
        return "present"
    if "VerbForm=Inf" in verb.morph:
        return "future" if _plans(parsed, verb, tenses) else None
    return "past" if _is_participle(verb) and not below else None


def _is_participle(token: Token) -> bool:
    return "VerbForm=Part" in token.morph and "Tense=Past" in token.morph


def _is_perfect(parsed: Parsed, verb: Token, below: Sequence[Token], tenses: Tenses) -> bool:
    """ "A été tué", "has been killed", "s'est rendu", "est tombé"; not "est attendu", "is killed"."""
    if any(_is_participle(child) for child in below):
        return True
    if not below or not _is_participle(verb):
        return False
    passive = any(child.dep == "aux:pass" for child in below)
    return not passive or verb.lemma in tenses.perfect_with_be or bool(parsed.children(verb, "expl"))


def _plans(parsed: Parsed, verb: Token, tenses: Tenses) -> bool:
    """Whether an infinitive stands under a modal ("doit se rendre") or under a word that looks ahead ("prévoit de")."""
    above = parsed.head(verb)
    return above is not None and (above.lemma in tenses.modals or above.lemma in tenses.ahead)
