"""How many persons does a list name? "A man, his daughter and six grandchildren": eight, whatever the parse makes of the commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from recoupe.extract.figures_ages import is_aged
from recoupe.extract.figures_harm import is_somebody, measure_of
from recoupe.language.actors import fold, singular, word_set
from recoupe.language.figures import MeasureIndex, figure_words, listed, measure_index
from recoupe.language.numerals import read_digits, read_words
from recoupe.language.parsed import Name, Parsed, Token
from recoupe.language.parts import counts_anybody
from recoupe.language.persons import Sex, person_index, person_words

_TENS = 20
_LEFT = 8  # tokens that a noun's determiner, number and adjectives take
_STOPS = frozenset({",", ";", "(", '"', "“", "«", ":"})
_OUTSIDE = frozenset({"VERB", "AUX", "CCONJ", "SCONJ"})
_POSSESSIVE = frozenset({"nmod:poss", "nummod", "det"})
_INSIDE = frozenset({"-", "'s"})
_OPENING = frozenset({"DET", "NUM", "ADJ", "ADV"})


class Listing(Struct, frozen=True):
    """A list of persons: its characters, and how many they are, who harmed the others among them ("his wife, her son and [[himself]]") or not."""

    start: int
    end: int
    total: int
    with_doer: bool = False


class _Item(Struct, frozen=True):
    start: int
    end: int
    size: int
    named: bool
    bare: bool = False
    introduced: bool = False  # by an article ("a graduate")
    sex: Sex | None = None
    fated: bool = False  # the noun itself says what befell them ("victims")
    apposed: bool = False  # a description behind the name is part of it
    anybody: bool = False  # people of no kind, among whom those behind them may be
    itself: bool = False  # who harmed the others


def find_lists(parsed: Parsed, start: int, end: int) -> tuple[Listing, ...]:
    """The lists of two or more persons that begin in [start, end), each said how many, in order.

    >>> from recoupe.language.parse import parse_text
    >>> text = "Un homme, sa fille et deux voisins sont morts."
    >>> [(text[one.start : one.end], one.total) for one in find_lists(parse_text(text, "fr"), 0, len(text))]
    [('Un homme, sa fille et deux voisins', 4)]
    """
    joins = "|".join(map(re.escape, figure_words(parsed.language).joins))
    again = "|".join(map(re.escape, person_words(parsed.language).repeated))
    joiner = re.compile(rf"\s*(?:(?:,|&)?\s+(?:{joins})|,|&)\s*(?:(?:{again})\s*)?", re.IGNORECASE)
    found: list[Listing] = []
    run: list[_Item] = []
    closed = False  # "a man and two women, police said"
    for item in _items(parsed, start, end):
        between = parsed.text[run[-1].end : item.start] if run else ""
        words = between.strip().strip(",").strip()
        if run and _describes(run[-1], item, between):
            run[-1] = structs.replace(run[-1], end=item.end, apposed=True)  # "John Smith, a graduate and athlete, …"
            continue
        if run and (item.fated or not item.size or not joiner.fullmatch(between) or (closed and not words and not item.named)):
            found += _listing(run, closed=closed)
            run, closed = [], False
        if not item.size:
            continue
        if run and item.named and not run[-1].named and run[-1].size == 1 and between.strip() == ",":
            run[-1] = _Item(run[-1].start, item.end, 1, named=True, sex=run[-1].sex)  # "his father, John Smith, 55, and …"
            continue
        closed = closed or (bool(run) and bool(words))
        run.append(item)
    return (*found, *_listing(run, closed=closed))


def _listing(run: Sequence[_Item], *, closed: bool) -> Iterator[Listing]:
    """A list that an "and" closes or that ends in a number; one that only spells out its first number is that many ("three victims, a man and two women")."""
    if len(run) < 2 or not (closed or run[-1].itself or (run[-1].size > 1 and not run[0].named)):
        return  # "according to John Smith, forty persons"
    if len(run) == 2 and run[1].bare and not run[0].bare and run[0].size == run[1].size == 1 and not _differ(*run):
        return  # "his friend and teammate"
    run = tuple(_unspelled(run))
    first, rest = run[0].size, sum(item.size for item in run[1:])
    holds = len(run) > 2 and (first == rest > 1 or (run[0].anybody and first > rest))
    yield Listing(run[0].start, run[-1].end, first if holds else first + rest, with_doer=any(item.itself for item in run))


def _unspelled(run: Sequence[_Item]) -> Iterator[_Item]:
    """A list without those who only spell out a number before them ("their two children, [[Mia]] and [[Ben]]")."""
    spelled = 0
    for place, item in enumerate(run):
        if spelled:
            spelled -= 1
            continue
        yield item
        behind = run[place + 1 :]
        if item.size > 1 and place and len(behind) == item.size and all(each.named and each.size == 1 for each in behind):
            spelled = item.size


def _describes(named: _Item, item: _Item, between: str) -> bool:
    """Whether a phrase right behind a name says who that is ("John Smith, [[a graduate]]"), and a bare noun more of it ("and [[athlete]]")."""
    if not named.named or item.named or item.size != 1:
        return False
    return between.strip() == "," if item.introduced else named.apposed and item.bare


def _differ(one: _Item, other: _Item) -> bool:
    return None not in (one.sex, other.sex) and one.sex != other.sex


def _items(parsed: Parsed, start: int, end: int) -> Iterator[_Item]:
    """The phrases for persons, in order and apart from one another."""
    index = measure_index(parsed.language)
    people = {name.start: name for name in parsed.names_in(start, end) if name.kind == "person"}
    last = start
    for token in parsed.tokens_in(start, end):
        if token.start < last:
            continue
        name = people.get(token.start)
        item = _named(parsed, name) if name is not None else _described(parsed, token, index, last)
        if item is not None:
            last = item.end
            yield item


def _named(parsed: Parsed, name: Name) -> _Item:
    age = person_index(parsed.language).listed.match(parsed.text, name.end)
    first = parsed.token_at(name.start)
    titled = None if first is None or not first.index else parsed.tokens[first.index - 1]
    start = (
        titled.start if titled is not None and titled.pos in {"NOUN", "PROPN"} and first is not None and titled.head >= first.index else name.start
    )
    return _Item(start, age.end() if age is not None else name.end, 1, named=True)


def _described(parsed: Parsed, token: Token, index: MeasureIndex, after: int) -> _Item | None:
    """A noun for persons with what belongs to it, or "himself"."""
    language = parsed.language
    if token.norm in figure_words(language).oneself:
        return _Item(token.start, token.end, 1, named=False, itself=True)
    person = token.pos in {"NOUN", "PROPN"} and is_somebody(token, index, language)
    if not (person or is_aged(parsed, token)) or token.dep in {"compound", "nmod:poss"}:
        return None
    left = _left(parsed, token, after)
    first = parsed.tokens[left]
    name = next(iter(parsed.names_in(token.end, token.end + 2)), None)
    stop = name.end if name is not None and name.kind == "person" and name.start <= token.end + 1 else _end_of_pair(parsed, token)
    age = person_index(parsed.language).listed.match(parsed.text, stop)
    size = _size(parsed, token, parsed.tokens[left : token.index])
    return _Item(
        first.start,
        age.end() if age is not None else stop,
        size,
        named=name is not None and stop == name.end,
        bare=left == token.index,
        introduced=first.norm in listed(language, "articles") and singular(fold(first.norm), language) not in person_index(language).another,
        fated=measure_of(index.fates, token, language) is not None,
        sex=person_index(language).sexes.get(singular(fold(token.norm), language)),
        anybody=counts_anybody(token.norm, language),
    )


def _end_of_pair(parsed: Parsed, noun: Token) -> int:
    """Where a noun's phrase ends: behind those whom a couple is of ("un couple [[de retraités]]")."""
    if noun.norm not in figure_words(parsed.language).pairs:
        return noun.end
    of = word_set(parsed.language, "of")
    kinds = [
        child
        for child in parsed.children(noun, "nmod")
        if child.index == noun.index + 2 and fold(parsed.tokens[noun.index + 1].norm).rstrip("'") in of
    ]
    return max((child.end for child in kinds), default=noun.end)


def _left(parsed: Parsed, noun: Token, after: int) -> int:
    """Where a noun's phrase begins."""
    at, of = noun.index, word_set(parsed.language, "of")
    while at > 0 and noun.index - at < _LEFT:
        before = parsed.tokens[at - 1]
        if _joins_numerals(parsed, at - 1):
            at -= 2
            continue
        relative = before.pos == "PRON" and before.dep not in _POSSESSIVE  # "five people, [[of whom]] two …", "dont deux enfants"
        if relative or before.start < after or before.norm in _STOPS or before.pos in _OUTSIDE:
            break
        if not (before.pos in _OPENING or before.norm in _INSIDE or fold(before.norm).rstrip("'") in of or before.index < before.head <= noun.index):
            break
        at -= 1
    while parsed.tokens[at].pos in {"ADP", "ADV", "PUNCT"} and at < noun.index:
        at += 1
    return at


def _joins_numerals(parsed: Parsed, at: int) -> bool:
    """Whether an "and" stands inside a number: "trente [[et]] un", "one hundred [[and]] five"."""
    if parsed.tokens[at].pos != "CCONJ" or not at or at + 1 >= len(parsed.tokens):
        return False
    tens, units = (read_words(parsed.tokens[place].norm, parsed.language) for place in (at - 1, at + 1))
    return tens is not None and units is not None and tens > units and tens >= _TENS


def _size(parsed: Parsed, noun: Token, before: Sequence[Token]) -> int:
    """How many a phrase stands for, 0 for several without a number."""
    written = [token for token in before if token.pos == "NUM" or read_digits(token.text) is not None or _joins_numerals(parsed, token.index + 1)]
    counts = [token for token in written if not _is_of_age(parsed, token)]
    if counts:
        first = counts[0].index
        last = next((token.index for token in before if token.index > first and not _is_numeral(parsed, token)), before[-1].index + 1)
        whole = parsed.text[counts[0].start : parsed.tokens[last - 1].end]
        value = read_digits(whole) or read_words(whole, parsed.language)
        return int(value) if value is not None and value == int(value) else 0
    if noun.norm in figure_words(parsed.language).pairs:
        return 2
    several = singular(fold(noun.norm), parsed.language) != fold(noun.norm) and "Number=Sing" not in noun.morph
    return 0 if several or "Number=Plur" in noun.morph else 1


def _is_numeral(parsed: Parsed, token: Token) -> bool:
    return token.norm == "-" or read_words(token.norm, parsed.language) is not None or _joins_numerals(parsed, token.index)


def _is_of_age(parsed: Parsed, number: Token) -> bool:
    """Whether a number is of an age ("a five-year-old boy", "un garçon de huit ans")."""
    after = [token for token in parsed.tokens[number.index + 1 : number.index + 3] if token.norm != "-"]
    return bool(after) and singular(fold(after[0].norm), parsed.language) in listed(parsed.language, "ages")
