"""Who counts, where? Verbs of giving a toll ("parler de 19 morts"), and clauses that leave theirs out (", les rebelles de 40"). Schema of `counts.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from recoupe.language.cues import cue_table
from recoupe.language.forms import regular_forms
from recoupe.language.pack import load_table
from recoupe.language.parsed import Parsed, Sentence, Token
from recoupe.model import Language

_LONGEST = 8  # tokens of who counts
_OUTSIDE = frozenset({"VERB", "AUX", "NUM", "SCONJ"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_OPENING = frozenset({"DET", "NOUN", "PROPN", "ADJ"})
_CLOSING = frozenset({",", ";", ".", "!", "?", "…", ")", ":"})


class Counting(Struct, frozen=True, forbid_unknown_fields=True):
    """A verb that gives a toll; `leads` stand before the number, or nothing does."""

    lemma: str
    yes: tuple[str, ...]
    leads: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class CountWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`counts.toml`: the verbs; `opens` begin a clause without its verb, `leads` stand before its number; `gaps` and `no_gaps` are its examples."""

    verbs: tuple[Counting, ...]
    opens: tuple[str, ...]
    leads: tuple[str, ...]
    gaps: tuple[str, ...]
    no_gaps: tuple[str, ...]


class Gap(Struct, frozen=True):
    """A clause that leaves its verb out: the token that opens it, and who counts in it as a half-open range, empty where a preposition says so."""

    opener: int
    first: int
    last: int


def count_words(language: Language) -> CountWords:
    """The words of giving tolls of a language."""
    return load_table(language, "counts", CountWords)


@cache
def _forms(language: Language) -> Mapping[str, Counting]:
    """The verbs by their lemma, and by their regular forms, for those whose lemma the model got wrong."""
    endings = cue_table(language).endings
    verbs = count_words(language).verbs
    return {form: verb for verb in verbs for form in (*regular_forms(verb.lemma, endings), verb.lemma)}


def counting_verb(verb: Token, language: Language) -> Counting | None:
    """The entry of a verb that may give a toll."""
    return _forms(language).get(verb.lemma) or _forms(language).get(verb.norm)


@cache
def source_openers(language: Language) -> frozenset[str]:
    """The first words of phrases that name a source: "selon", "d'", "according"."""
    first = (phrase.words.split()[0].partition("'") for phrase in cue_table(language).according.phrases)
    return frozenset(word + mark for word, mark, _ in first)


def gap_before(parsed: Parsed, number: tuple[int, int], start: int, sentence: Sentence) -> Gap | None:
    """The clause without a verb whose number has the tokens [first, last); nothing before token `start` belongs to it. None where there is no such clause.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("L'ONU parle de 12 morts, le gouvernement de 40.", "fr")
    >>> at = next(token.index for token in parsed.tokens if token.text == "40")
    >>> gap = gap_before(parsed, (at, at + 1), 0, parsed.sentences[0])
    >>> [token.text for token in parsed.tokens[gap.first : gap.last]]
    ['le', 'gouvernement']
    """
    tokens, words, sources = parsed.tokens, count_words(parsed.language), source_openers(parsed.language)
    first, last = number
    after = tokens[last].norm if last < sentence.last else "."
    if after not in _CLOSING and after not in sources:
        return None
    led = first - 1 if tokens[first - 1].norm in words.leads else first
    opener = next((at for at in range(led - 1, max(start, led - _LONGEST - 2) - 1, -1) if _opens(tokens, at, words.opens, sources)), None)
    if opener is None:
        return None
    inside = tokens[opener + 1 : led]
    if not inside:
        return Gap(opener, first, first) if after in sources else None
    if inside[0].norm in sources:
        return Gap(opener, first, first) if inside[-1].norm == "," and after in {".", ";"} else None
    named = inside[0].pos in _OPENING and any(token.pos in _NOMINAL for token in inside) and not any(token.pos in _OUTSIDE for token in inside)
    return Gap(opener, opener + 1, led) if named and not any(token.norm in _CLOSING for token in inside) else None


def _opens(tokens: tuple[Token, ...], at: int, opens: tuple[str, ...], sources: frozenset[str]) -> bool:
    """Whether a token opens a clause; the comma behind "selon les rebelles," does not."""
    if tokens[at].norm not in opens:
        return False
    before = next((place for place in range(at - 1, max(at - _LONGEST, 0), -1) if tokens[place].norm in opens), None)
    return before is None or tokens[before + 1].norm not in sources
