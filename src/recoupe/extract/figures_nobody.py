"""Where does a text say that nobody was harmed? Figures of nought: "aucun mort", "pas fait de victimes", "ni mort ni blessé", "no one was hurt".

Only what denies the whole counts: "aucun blessé grave" and "no casualties among the troops" leave others open.
"""

from __future__ import annotations

from recoupe.extract.figures_fates import fate_of
from recoupe.extract.figures_harm import done_to
from recoupe.extract.figures_numbers import Quantity
from recoupe.language.actors import fold, singular
from recoupe.language.figures import measure_index
from recoupe.language.mood import negated
from recoupe.language.nobody import NobodyWords, denied_nouns, nobody_words
from recoupe.language.parsed import Parsed, Token
from recoupe.model import FigureMention, Measure

_HARM: frozenset[Measure] = frozenset({"killed", "wounded", "casualties"})
_REACH = 3  # words between a negation and what it denies: "n'ont [[pas encore fait]] de victimes"


def find_nobody(parsed: Parsed) -> tuple[FigureMention, ...]:
    """The figures of a text that count nobody, in order.

    >>> from recoupe.language.parse import parse_text
    >>> found = find_nobody(parse_text("Le tir n'a causé ni mort ni blessé.", "fr"))
    >>> [(figure.text, figure.measure, figure.low, figure.high) for figure in found]
    [('ni mort', 'killed', 0.0, 0.0), ('ni blessé', 'wounded', 0.0, 0.0)]
    """
    words = nobody_words(parsed.language)
    found: list[FigureMention] = []
    for token in parsed.tokens:
        figure = _denied_noun(parsed, words, token, found) or _nobody(parsed, words, token)
        if figure is not None and (not found or figure.start >= found[-1].end):
            found.append(figure)
    return tuple(found)


def _denied_noun(parsed: Parsed, words: NobodyWords, noun: Token, before: list[FigureMention]) -> FigureMention | None:
    measure = denied_nouns(parsed.language).get(singular(fold(noun.norm), parsed.language))
    if measure is None:
        return None
    first = _denied_from(parsed, words, noun)
    if first is None and before and _is_joined(parsed, words, noun, before[-1]):
        first = noun.index
    return None if first is None or _is_part(parsed, words, noun) else _figure(parsed, first, noun.index, measure)


def _denied_from(parsed: Parsed, words: NobodyWords, noun: Token) -> int | None:
    """The token from which a noun is denied: its determiner, or a negation or "without" over a verb."""
    tokens, first = parsed.tokens, parsed.sentence_of(noun).first
    at = noun.index - 1
    led = at >= first and tokens[at].norm in words.articles
    at -= led
    if at >= first and tokens[at].norm in (words.either if led else (*words.determiners, *words.either)):
        return at
    if led and at >= first and tokens[at].norm in words.determiners:
        return None
    for index in range(at, max(at - _REACH, first) - 1, -1):
        norm = tokens[index].norm
        if norm in words.without or (norm in words.negations and led):
            return index
        if tokens[index].pos != "ADV" and tokens[index].lemma not in words.verbs:
            return None
    return None


def _is_joined(parsed: Parsed, words: NobodyWords, noun: Token, before: FigureMention) -> bool:
    """Whether a noun is the next of a list of what is denied ("no deaths or [[injuries]]")."""
    between = parsed.tokens_in(before.end, noun.start)
    return bool(between) and between[0].norm in words.joins and all(token.norm in words.articles for token in between[1:])


def _is_part(parsed: Parsed, words: NobodyWords, noun: Token) -> bool:
    """Whether words beside a noun say whose harm is denied, or which."""
    following = parsed.tokens[noun.index + 1] if noun.index + 1 < len(parsed.tokens) else None
    if following is not None and (following.norm in words.partial or (following.pos == "ADJ" and following.norm not in words.plain)):
        return True
    return any(child.norm not in words.plain and child.pos == "ADJ" for child in parsed.children(noun, "amod", "compound"))


def _nobody(parsed: Parsed, words: NobodyWords, token: Token) -> FigureMention | None:
    """Nobody, or no people, to whom a word of harm happens; or a verb of harm that is denied of anybody."""
    tokens, index = parsed.tokens, measure_index(parsed.language)
    last = _pronoun(parsed, words, token)
    if last is not None:
        if not tokens[last - 1].dep.startswith("nsubj") or _is_else(parsed, words, last):
            return None
        quantity = Quantity(token.index, last, token.start, tokens[last - 1].end, 0.0, 0.0, "single")
        fate = fate_of(parsed, quantity, None, last, index)
        return _figure(parsed, token.index, last - 1, fate[0]) if fate is not None and fate[0] in _HARM else None
    verb = parsed.head(token)
    if token.norm not in words.silent or verb is None or token.dep != "obj" or _is_else(parsed, words, token.index + 1):
        return None
    measure = done_to(parsed, verb, index) if _is_denied(parsed, words, verb) else None
    return _figure(parsed, token.index, token.index, measure) if measure in _HARM else None


def _is_else(parsed: Parsed, words: NobodyWords, at: int) -> bool:
    """Whether a word behind a pronoun leaves somebody out ("no one [[else]]")."""
    return at < len(parsed.tokens) and parsed.tokens[at].norm in words.partial


def _pronoun(parsed: Parsed, words: NobodyWords, token: Token) -> int | None:
    """The token after what means nobody: "nobody", "no one", "no people", "personne n'"."""
    if token.norm in words.nobody:
        return token.index + 1
    following = parsed.tokens[token.index + 1] if token.index + 1 < len(parsed.tokens) else None
    if following is None:
        return None
    if token.norm in words.silent and following.norm in words.marks:
        return token.index + 1
    denied = token.norm in words.determiners and singular(fold(following.norm), parsed.language) in words.people
    return token.index + 2 if denied or f"{token.norm} {following.norm}" in words.nobody else None


def _is_denied(parsed: Parsed, words: NobodyWords, verb: Token) -> bool:
    """Whether a verb did not happen ("did [[not]] hurt anyone", "[[sans]] tuer personne"): what could not, or was not meant to, is left open."""
    done = all(child.lemma in words.auxiliaries for child in parsed.children(verb, "aux"))
    return done and verb.dep != "xcomp" and negated(parsed, verb)


def _figure(parsed: Parsed, first: int, last: int, measure: Measure) -> FigureMention:
    start, end = parsed.tokens[first].start, parsed.tokens[last].end
    return FigureMention(f"figure:{start}-{end}", start, end, parsed.text[start:end], measure, 0.0, 0.0, approximate=False)
