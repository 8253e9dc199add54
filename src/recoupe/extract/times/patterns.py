"""Where do a pack's rules of time match?

Rules are compiled once per language. A sentence is only tried against the rules whose words it holds: every pattern has words, or digits,
without which it cannot match, and these are found by reading the pattern.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from recoupe.errors import PackError
from recoupe.language.calendar import calendar
from recoupe.language.numerals import numerals
from recoupe.language.times import TimePack, TimeRule, time_pack
from recoupe.model import Language

_PLACE = re.compile(r"\{([a-z_]\w*)(?:=([a-z_]\w*))?\}")
_WORD = re.compile(r"[^\W\d_]+|\d")
_ITEM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|<[=!]|[:=!]))?|\)|\||[?*+]\??|\{\d*,?\d*\}|.", re.DOTALL)
_DIGIT = "#"


class CompiledRule(Struct, frozen=True):
    """A rule ready to run: `needs` are sets of words (# for a digit), of each of which a sentence must hold one."""

    rule: TimeRule
    order: int
    regex: re.Pattern[str]
    tables: Mapping[str, Mapping[str, str]]
    needs: tuple[frozenset[str], ...]


class Match(Struct, frozen=True):
    """A stretch that a rule matched, with what its parts mean; `whole` is the length of all that the pattern covered."""

    start: int
    end: int
    whole: int
    order: int
    rule: TimeRule
    parts: Mapping[str, str]


class Patterns(Struct, frozen=True):
    """The compiled rules of a language, and by each word those that may match where it stands."""

    rules: tuple[CompiledRule, ...]
    by_word: Mapping[str, tuple[int, ...]]
    vocabulary: frozenset[str]

    def matches(self, plain: str, start: int, end: int) -> Iterator[Match]:
        """All matches within [start, end) of a folded text, overlapping ones included."""
        words = set(_WORD.findall(plain, start, end))
        held = {_DIGIT if word.isdigit() else word for word in words} & self.vocabulary
        if not held:
            return
        tried = {index for word in held for index in self.by_word.get(word, ())}
        for index in sorted(tried):
            compiled = self.rules[index]
            if all(not need.isdisjoint(held) for need in compiled.needs):
                for found in compiled.regex.finditer(plain, start, end):
                    yield _match(compiled, found)


def _match(compiled: CompiledRule, found: re.Match[str]) -> Match:
    parts = dict(compiled.rule.given)
    start, end = found.span()
    for name, text in found.groupdict().items():
        if text is None:
            continue
        if _plain_name(name) == "it":
            start, end = found.span(name)
            continue
        table = compiled.tables.get(name)
        meant = text if table is None else table[_key(text)]
        parts[name] = meant
        parts.setdefault(_plain_name(name), meant)
    return Match(start, end, found.end() - found.start(), compiled.order, compiled.rule, parts)


def _plain_name(name: str) -> str:
    return name.rstrip("0123456789_")


def _key(text: str) -> str:
    return re.sub(r"\s+", " ", text.rstrip("."))


@cache
def patterns(language: Language) -> Patterns:
    """The compiled rules of a language; raises PackError naming the rule that does not compile."""
    pack = time_pack(language)
    tables = {**_calendar_tables(language), **pack.words}
    rules = tuple(_compile(rule, order, pack, tables, language) for order, rule in enumerate(pack.rule))
    by_word: dict[str, list[int]] = {}
    for compiled in rules:
        if not compiled.needs:
            raise PackError(f"{language}/times.toml: the rule {compiled.rule.name!r} has no word that it needs: name one outside of optional parts")
        rarest = min(compiled.needs, key=lambda need: (_DIGIT in need, len(need)))
        for word in rarest:
            by_word.setdefault(word, []).append(compiled.order)
    vocabulary = frozenset(word for compiled in rules for need in compiled.needs for word in need)
    return Patterns(rules, {word: tuple(orders) for word, orders in by_word.items()}, vocabulary)


def _calendar_tables(language: Language) -> dict[str, dict[str, str]]:
    names = calendar(language)
    return {
        "month": {name: str(number) for number, row in enumerate(names.months, 1) for name in row},
        "weekday": {name: str(number) for number, row in enumerate(names.weekdays, 1) for name in row},
        "full_month": {name: str(number) for number, row in enumerate(names.months, 1) for name in row if _bare(name) == _bare(row[0])},
        "full_weekday": {row[0]: str(number) for number, row in enumerate(names.weekdays, 1)},
    }


def _bare(name: str) -> str:
    """A name without its accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))


def _dots(language: Language) -> dict[str, str]:
    """What forbids an abbreviation's dot behind a full name of a month or weekday, where it ends the sentence."""
    names = calendar(language)
    rows = {"month": names.months, "weekday": names.weekdays}
    return {part: "".join(f"(?<!{re.escape(row[0])})" for row in table) for part, table in rows.items()}


def _engine_parts(language: Language) -> dict[str, str]:
    words = numerals(language)
    word, scale, join = _alternatives([*words.units, *words.scales]), _alternatives(words.scales), _alternatives(words.join)
    odd = _alternatives([name for name, value in words.units.items() if value % 10 == 1])
    # "a hundred and five", "vingt et un"; not "two and three"
    part = rf"(?:{scale})[- ](?:{join})[- ](?:{word})|(?:{word})(?:[- ](?:{join})[- ](?:{odd}))?"
    ordinals = _alternatives(calendar(language).ordinals)
    return {
        "year": r"(?:1[0-9]|20)\d\d",
        "late_year": r"1[5-9]\d\d|20[0-4]\d",
        "short_year": r"'?\d\d",
        "day": rf"(?:3[01]|[12]\d|0?[1-9])(?:{ordinals})?",
        "month_number": r"1[0-2]|0?[1-9]",
        "number": rf"\d+(?:[.,]\d+)*(?: (?:{scale}))?|(?<!\d\s)(?:{part})(?:[- ](?:{part})){{0,7}}",
        "hour": r"2[0-4]|[01]?\d",
        "minute": r"[0-5]\d",
    }


def _alternatives(words: object) -> str:
    return "|".join(re.escape(word).replace(r"\-", "-").replace(r"\ ", " ") for word in sorted(words, key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


def _compile(rule: TimeRule, order: int, pack: TimePack, tables: Mapping[str, Mapping[str, str]], language: Language) -> CompiledRule:
    used: dict[str, Mapping[str, str]] = {}
    seen: dict[str, int] = {}
    engine, dots = _engine_parts(language), _dots(language)

    def expand(found: re.Match[str]) -> str:
        name, part = found[1], found[2] or found[1]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}_{seen[name]}"
        if part in pack.fragments:
            return f"(?:{_PLACE.sub(expand, pack.fragments[part])})"
        if part in tables:
            used[name] = tables[part]
            dotted = dots.get(part)
            return f"(?P<{name}>{_alternatives(tables[part])})" + (rf"(?:{dotted}\.)?" if dotted else "")
        if part in engine:
            return f"(?P<{name}>{engine[part]})"
        raise PackError(f"{language}/times.toml: the rule {rule.name!r} uses {{{part}}}, which is no word table, fragment or part of the engine")

    pattern = _PLACE.sub(expand, rule.pattern)
    try:
        regex = re.compile(rf"(?:(?<![\w-])(?<!\d[.,])|(?!\w))(?:{_wide_blanks(pattern)})(?![\w%])(?![.,]\d)")
    except re.error as error:
        raise PackError(f"{language}/times.toml: the pattern of {rule.name!r} is no regular expression: {error}") from error
    return CompiledRule(rule, order, regex, used, tuple(_needs(pattern)))


def _wide_blanks(pattern: str) -> str:
    wide = "".join("\0" if item == " " else item for item in _ITEM.findall(pattern))
    return re.sub("\0[?*]", " *", wide).replace("\0", " +")


# ------------------------------------------------------------------------------------------------ what a pattern cannot match without


def _needs(pattern: str) -> list[frozenset[str]]:
    """The sets of words that every match holds one of, read off the pattern's required parts."""
    items = _ITEM.findall(pattern)
    needs, at = _read(items, 0)
    if at != len(items):
        raise PackError(f"the pattern {pattern!r} closes a bracket that it did not open")
    return needs


def _read(items: list[str], at: int) -> tuple[list[frozenset[str]], int]:
    """Read alternatives up to the closing bracket: a need of the whole is what every alternative needs one of."""
    branches: list[list[frozenset[str]]] = []
    needs: list[frozenset[str]] = []
    run, broken = "", False
    while at < len(items) and items[at] != ")":
        item = items[at]
        optional = at + 1 < len(items) and items[at + 1][0] in "?*"
        if item.isalpha() and not optional and not broken:
            run += item
            at += 1
            continue
        broken = item.isalpha() or item[0] == "[" or item in {".", r"\w"}  # a word that the pattern leaves open is no key
        if run and not broken:
            needs.append(frozenset([run]))
        run = ""
        if item.startswith("("):
            inner, at = _read(items, at + 1)
            skipped = item in {"(?=", "(?!", "(?<=", "(?<!"} or (at + 1 < len(items) and items[at + 1][0] in "?*")
            needs.extend([] if skipped else inner)
        elif item == "|":
            branches.append(needs)
            needs = []
        elif not optional and (item == r"\d" or item.isdecimal() or re.fullmatch(r"\[[0-9-]+\]", item)):
            needs.append(frozenset([_DIGIT]))
        at += 1
    if run:
        needs.append(frozenset([run]))
    branches.append(needs)
    if len(branches) == 1:
        return needs, at
    if not all(branches):
        return [], at
    return [frozenset().union(*(max(branch, key=lambda need: max(map(len, need))) for branch in branches))], at
