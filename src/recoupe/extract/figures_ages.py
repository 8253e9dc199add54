"""Is a number an age or a time, and no count? "Jean Martin, 34", "two [[16-year-old]] boys", "13 years"."""

from __future__ import annotations

from recoupe.extract.figures_harm import is_somebody
from recoupe.extract.figures_numbers import Quantity
from recoupe.language.actors import fold, singular
from recoupe.language.figures import is_of, listed, measure_index
from recoupe.language.parsed import Parsed, Token

_SPAN = 8  # tokens in which ages are listed
_AFTER_AGE = frozenset({",", ")", ".", "-", "–", "—", "|", ";"})


def past_age(parsed: Parsed, at: int) -> int:
    """The token after an age that stands before the counted ("two [[16-year-old]] boys")."""
    tokens = parsed.tokens
    marks = [index for index in range(at, min(at + 6, len(tokens))) if tokens[index].norm != "-"]
    if len(marks) < 3 or tokens[marks[0]].pos != "NUM" or tokens[marks[0]].start == tokens[at - 1].end:
        return at
    ages = listed(parsed.language, "ages")
    return marks[2] + 1 if all(singular(tokens[index].norm, parsed.language) in ages for index in marks[1:3]) else at


def past_age_behind(parsed: Parsed, at: int) -> int:
    """The token after an age that stands behind the counted ("un jeune [[de 19 ans]]", "un homme [[âgé de 40 ans]]")."""
    tokens, ages = parsed.tokens, listed(parsed.language, "ages")
    first = at + 1 if at < len(tokens) and singular(fold(tokens[at].norm), parsed.language) in ages else at
    if first + 2 >= len(tokens) or not is_of(tokens[first].norm, parsed.language) or tokens[first + 1].pos != "NUM":
        return at
    return first + 3 if singular(fold(tokens[first + 2].norm), parsed.language) in ages else at


def is_aged(parsed: Parsed, token: Token) -> bool:
    """Whether a word ends an age that stands for who is so old ("a [[19-year-old]] was killed"), and describes nobody behind it."""
    tokens, ages = parsed.tokens, listed(parsed.language, "ages")
    marks = [tokens[at] for at in range(max(token.index - 4, 0), token.index + 1) if tokens[at].norm != "-"][-3:]
    if len(marks) < 3 or token.pos not in {"ADJ", "NOUN"} or token.start != tokens[token.index - 1].end:
        return False
    if marks[0].pos != "NUM" or any(singular(mark.norm, parsed.language) not in ages for mark in marks[1:]):
        return False
    followed = token.index + 1 < len(tokens) and tokens[token.index + 1].pos == "CCONJ"  # "a 3-year-old and four adults"
    return followed or token.head <= token.index or token.dep.startswith("nsubj")


def is_age(parsed: Parsed, quantity: Quantity, head: Token | None) -> bool:
    """Whether a number is somebody's age: beside a word of age, or alone behind a name."""
    tokens, language = parsed.tokens, parsed.language
    ages = listed(language, "ages")
    near = [tokens[index].norm for index in (quantity.first - 1, quantity.last) if 0 <= index < len(tokens)]
    if any(singular(fold(norm), language) in ages for norm in near) or _among_ages(parsed, quantity):
        return True
    if quantity.kind != "number" or (head is not None and head.index == quantity.last):
        return False
    before = tokens[quantity.first - 1] if quantity.first else None
    after = tokens[quantity.last] if quantity.last < len(tokens) else None
    bracketed = before is not None and before.norm in {",", "("} and (after is None or after.norm in _AFTER_AGE or after.pos == "SPACE")
    if not bracketed or quantity.first < 2:
        return False
    aged = tokens[quantity.first - 2]
    return aged.pos == "PROPN" or is_somebody(aged, measure_index(language), language)


def _among_ages(parsed: Parsed, quantity: Quantity) -> bool:
    """Whether a number goes on a list or span of ages ("between the ages of 21 and 58", "aged 17, 19 and 23")."""
    tokens = parsed.tokens
    after = tokens[quantity.last] if quantity.last < len(tokens) else None
    if after is not None and (
        after.pos in {"NOUN", "PROPN", "ADJ"} or singular(fold(after.norm), parsed.language) in listed(parsed.language, "others")
    ):
        return False
    for at in range(quantity.first - 1, max(quantity.first - _SPAN, -1), -1):
        if singular(fold(tokens[at].norm), parsed.language) in listed(parsed.language, "ages"):
            return at < quantity.first - 1
        if tokens[at].pos not in {"NUM", "CCONJ", "ADP"} and tokens[at].norm != ",":
            return False
    return False


def is_uncounted(parsed: Parsed, head: Token, begin: int) -> bool:
    """Whether a noun measures time or numbers a thing, so that its number counts nobody."""
    words = listed(parsed.language, "uncounted")
    if singular(fold(head.norm), parsed.language) in words:
        return True
    between = parsed.tokens[begin : head.index]
    return any(singular(fold(token.norm), parsed.language) in words for token in between)
