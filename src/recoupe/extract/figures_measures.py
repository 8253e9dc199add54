"""What is counted? The noun of a number and the measure that it, its fate, or what governs it gives."""

from __future__ import annotations

from msgspec import Struct

from recoupe.extract.figures_ages import is_age, is_aged, is_uncounted, past_age
from recoupe.extract.figures_fates import fate_of
from recoupe.extract.figures_harm import THINGS, hurts, is_somebody, may_be_people, measure_of
from recoupe.extract.figures_numbers import Quantity
from recoupe.language.actors import fold, singular, word_set
from recoupe.language.figures import MeasureIndex, is_of, linking, listed, measure_index
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Measure

_SKIPPED = frozenset({"ADJ", "ADV", "X"})
_DESCRIBED = 10  # tokens that an article's noun may stand behind it


class Counting(Struct, frozen=True):
    """What a number counts: the head noun (None for "quatre ont …"), the token after the phrase, its measure, and whether persons are meant."""

    head: Token | None
    last: int
    measure: Measure


def counted_by(parsed: Parsed, quantity: Quantity) -> Counting | None:
    """What a quantity counts; None where it counts nothing (a duration, an age, a number that only stands there)."""
    tokens, language = parsed.tokens, parsed.language
    index = measure_index(language)
    if quantity.kind == "pair":
        return _two(parsed, quantity, index)
    unit = _unit(parsed, quantity, index)
    if unit is not None:
        return unit
    last, other = _past_others(parsed, quantity.last)
    begin = past_age(parsed, last)
    head, end = (governed(parsed, quantity) if quantity.kind == "single" else None) or _noun(parsed, begin, index)
    if head is None and not other and quantity.kind == "single":
        return _one(parsed, quantity, index)
    if head is not None and quantity.kind == "single":
        return _person(parsed, quantity, head, end, index)
    if head is not None and is_uncounted(parsed, head, begin):
        return None
    if is_age(parsed, quantity, head):
        return None
    own = None if head is None else _named(parsed, head, index)
    if head is not None and own is not None and own in THINGS and not _are_hurt(quantity, head, index):
        return Counting(head, end, own)
    fate = fate_of(parsed, quantity, head, end if head is not None else last, index)
    if head is None:
        if fate is not None:
            return Counting(None, fate[1], fate[0])
        return None
    if fate is not None:
        return Counting(head, max(end, fate[1]), fate[0])
    own = _described(parsed, begin, head, index) or own
    if quantity.kind == "single" or (own is None and head.pos == "PROPN"):
        return None
    return Counting(head, end, own or "other") if tokens[head.index].pos != "PRON" else None


def _named(parsed: Parsed, head: Token, index: MeasureIndex) -> Measure | None:
    """The measure of a noun, or of a compound of two words ("suicide bombers" are no aircraft)."""
    words = [singular(fold(token.norm), parsed.language) for token in parsed.tokens[max(head.index - 1, 0) : head.index + 1]]
    return index.nouns.get(" ".join(words)) or measure_of(index.nouns, head, parsed.language)


def _person(parsed: Parsed, quantity: Quantity, head: Token, end: int, index: MeasureIndex) -> Counting | None:
    """One person who is harmed: "a man was killed", not "a family of six" or "a wound"."""
    language = parsed.language
    noun = singular(fold(head.norm), language)
    nobody = noun in listed(language, "collectives")
    nobody = nobody or (noun in listed(language, "happenings") and parsed.tokens[quantity.first].norm in listed(language, "articles"))
    somebody = head.pos == "PROPN" or noun in index.fates or is_somebody(head, index, language) or is_aged(parsed, head)
    fate = None if nobody or not somebody else fate_of(parsed, quantity, head, end, index)
    return None if fate is None else Counting(head, max(end, fate[1]), fate[0])


def _two(parsed: Parsed, quantity: Quantity, index: MeasureIndex) -> Counting | None:
    """Two persons whom one noun names and who are harmed: "his parents were killed"."""
    noun = parsed.tokens[quantity.first]
    fate = fate_of(parsed, quantity, noun, quantity.last, index)
    return None if fate is None else Counting(noun, max(quantity.last, fate[1]), fate[0])


def _described(parsed: Parsed, begin: int, head: Token, index: MeasureIndex) -> Measure | None:
    """What an adjective between a number and its noun says befell the counted ("40 [[wounded]] people")."""
    said = (measure_of(index.fates, token, parsed.language) for token in parsed.tokens[begin : head.index] if token.pos in {"ADJ", "VERB"})
    found = next((measure for measure in said if measure is not None), None)
    return found if may_be_people(head, index, parsed.language) else None


def _are_hurt(quantity: Quantity, head: Token, index: MeasureIndex) -> bool:
    """Whether a word that names a thing too says what befell several: "five shot" are people, "five shots" are not."""
    return quantity.low != 1 and head.norm in index.fates and head.norm in index.nouns


def _one(parsed: Parsed, quantity: Quantity, index: MeasureIndex) -> Counting | None:
    """One person without a noun: "killing one", "l'un d'eux a été tué"."""
    token = parsed.tokens[quantity.first]
    stands_alone = token.dep.startswith("nsubj")  # "and [[another]] is in a coma"
    if not stands_alone and (token.pos not in {"NUM", "PRON"} or token.norm in listed(parsed.language, "articles")):
        return None
    fate = fate_of(parsed, quantity, None, quantity.last, index)
    return Counting(None, fate[1], fate[0]) if fate is not None and hurts(fate[0]) else None


def _unit(parsed: Parsed, quantity: Quantity, index: MeasureIndex) -> Counting | None:
    tokens = parsed.tokens
    before = parsed.text[max(0, quantity.start - 1) : quantity.start + 1]
    if not listed(parsed.language, "currencies").isdisjoint(before):
        return Counting(None, quantity.last, "money")
    at = quantity.last
    while at < len(tokens) and is_of(tokens[at].norm, parsed.language):
        at += 1
    for size in (3, 2, 1):
        words = " ".join(singular(fold(token.norm), parsed.language) for token in tokens[at : at + size])
        measure = index.units.get(words)
        if measure is not None and at + size <= len(tokens):
            return Counting(tokens[at], at + size, measure)
    return None


def _past_others(parsed: Parsed, at: int) -> tuple[int, bool]:
    """The token after "autres", "others", "more", "d'autres"."""
    tokens, others = parsed.tokens, listed(parsed.language, "others")
    if at + 1 < len(tokens) and is_of(tokens[at].norm, parsed.language) and singular(fold(tokens[at + 1].norm), parsed.language) in others:
        return at + 2, True
    if at < len(tokens) and singular(fold(tokens[at].norm), parsed.language) in others:
        return at + 1, True
    return at, False


def _noun(parsed: Parsed, at: int, index: MeasureIndex) -> tuple[Token | None, int]:
    """The counted noun after a number, over adjectives and "de"; and the token after it."""
    tokens, language = parsed.tokens, parsed.language
    linked = linking(language, "of") | linking(language, "definite")
    steps = 0
    while at < len(tokens) and steps < 5:
        token = tokens[at]
        norm = fold(token.norm)
        known = singular(norm, language)
        if token.pos == "PUNCT" and norm not in {"-", '"', "«", "“"}:
            return None, at
        if known in index.nouns or known in index.fates or known in listed(language, "people"):
            return _compound(parsed, at)
        owned = norm in word_set(language, "possessives") and tokens[at - 1].norm in word_set(language, "of")
        if token.pos == "DET" and singular(fold(tokens[at - 1].norm), language) in listed(language, "others"):
            return None, at  # "two others [[the]] previous day"
        if (owned or norm.rstrip("'") in linked) and steps < 3:
            at, steps = at + 1, steps + 1
            continue
        if token.pos == "NOUN" or (token.pos == "PROPN" and steps == 0 and token.text[:1].isupper()):
            return _compound(parsed, at)
        if token.pos not in _SKIPPED and not (token.pos in {"VERB", "PROPN"} and token.dep in {"amod", "compound", "nummod"}) and norm != "-":
            return None, at
        at, steps = at + 1, steps + 1
    return None, at


def governed(parsed: Parsed, quantity: Quantity) -> tuple[Token, int] | None:
    """The noun of an article, over an age or a description ("a 5-year-old Des Moines boy")."""
    noun = parsed.head(parsed.tokens[quantity.last - 1])
    if noun is None or not quantity.last <= noun.index < quantity.last + _DESCRIBED or not (noun.pos in {"NOUN", "PROPN"} or is_aged(parsed, noun)):
        return None
    return None if "Number=Plur" in noun.morph else (noun, noun.index + 1)


def _compound(parsed: Parsed, at: int) -> tuple[Token, int]:
    """The last noun of an English compound ("13 police officers"), the first word of a French one."""
    tokens = parsed.tokens
    if parsed.language == "en":
        while (
            at + 1 < len(tokens) and tokens[at + 1].pos == "NOUN" and tokens[at].dep in {"compound", "amod", "nummod"} and tokens[at].head == at + 1
        ):
            at += 1
        return tokens[at], at + 1
    end = at + 1
    while end + 1 < len(tokens) and tokens[end].norm == "-" and tokens[end].start == tokens[end - 1].end and tokens[end + 1].start == tokens[end].end:
        end += 2
    return tokens[at], end
