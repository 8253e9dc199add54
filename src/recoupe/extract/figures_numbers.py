"""Which numbers does a text write, with which bounds? Digits, number words, vague quantities, ranges, and the modifiers before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from recoupe.language.actors import fold, singular
from recoupe.language.calendar import calendar
from recoupe.language.counts import source_openers
from recoupe.language.figures import Bound, ListName, after_index, figure_words, is_of, linking, listed, modifier_index, vague_index
from recoupe.language.numerals import NUMBER, numerals, read_digits, read_words
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Language

_MULTIPLES = 1000  # "2 millions": scales that a number in digits may stand before
_CLOCK = re.compile(r"\s?(?:h\b|:\d\d|[ap]\.?m\b)", re.IGNORECASE)
_AFTER = re.compile(r"\s?(?:%|‰|°|º|ème|er\b|e\b|ère\b|st\b|nd\b|rd\b|th\b|['’]?s\b)")
_TITLE_YEARS = range(1000, 2101)
_DAYS = range(1, 32)
_OPENING: tuple[ListName, ...] = ("between", "spanning")


class Quantity(Struct, frozen=True):
    """A number as it is written: its tokens as a half-open range, where its modifiers begin, its bounds.

    `kind` says whether it is written as a number, as a vague noun ("dizaine"), as a noun of a "pair", or as "both" or the article "un" that count only where somebody is hurt.
    """

    first: int
    last: int
    start: int
    end: int
    low: float | None
    high: float | None
    kind: str
    approximate: bool = False
    rising: bool = False


def find_quantities(parsed: Parsed) -> tuple[Quantity, ...]:
    """The numbers of a text in order, without dates, times, ages, ordinals, percentages and numbered things."""
    bare = _joined_ranges(parsed, list(_multiplied(parsed, _bare(parsed))))
    return tuple(_modified(parsed, quantity) for quantity in bare)


def _bare(parsed: Parsed) -> Iterator[Quantity]:
    tokens, language = parsed.tokens, parsed.language
    words, vague, single = numerals(language), vague_index(language), listed(language, "single")
    at, total = 0, len(tokens)
    while at < total:
        token = tokens[at]
        norm = token.norm
        found: Quantity | None = None
        if norm[0].isdigit() or (norm[0] in "$€£" and len(norm) > 1):
            found = _digits(parsed, at)
        elif norm in vague:
            entry = vague[norm]
            if _is_vague(parsed, at):
                found = Quantity(at, at + 1, token.start, token.end, entry.low, entry.high, "vague", approximate=True)
        elif norm in single and not _opens_number(parsed, at):
            if token.pos in {"DET", "NUM", "PRON"}:
                found = Quantity(at, at + 1, token.start, token.end, 1.0, 1.0, "single")
        elif norm in listed(language, "both") and token.pos in {"DET", "PRON"} and not token.dep.startswith("cc"):
            found = Quantity(at, at + 1, token.start, token.end, 2.0, 2.0, "both")
        elif _is_pair(parsed, at):
            found = Quantity(at, at + 1, token.start, token.end, 2.0, 2.0, "pair")
        elif ("-" in norm or norm in words.units or norm in words.scales) and not (norm in single and _opens_vague(parsed, at)):
            found = _spelled(parsed, at)
        if found is None:
            at += 1
        else:
            at = max(found.last, at + 1)
            if found.low is not None:
                yield found


def _is_pair(parsed: Parsed, at: int) -> bool:
    """Whether a noun is of two persons without a number beside it ("his parents", "a couple"), not a few ("a couple of shots")."""
    token, language = parsed.tokens[at], parsed.language
    if token.norm not in figure_words(language).pairs or token.pos != "NOUN":
        return False
    before = [child for child in parsed.children(token, "nummod") if child.norm not in listed(language, "single")]
    after = parsed.tokens[at + 1].norm if at + 1 < len(parsed.tokens) else ""
    return not before and (language != "en" or after != "of" or token.norm.endswith("s"))


def _multiplied(parsed: Parsed, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """A number right before a vague noun says how many of those ("two dozen", "trois centaines")."""
    before: Quantity | None = None
    for quantity in found:
        if before is not None and before.kind == "number" and quantity.kind == "vague" and before.last == quantity.first:
            times = before.low or 1.0
            one = vague_index(parsed.language)[parsed.tokens[quantity.first].norm]
            low, high = (None if bound is None else times * bound for bound in (one.each or one.low, one.each or one.high))
            before = Quantity(before.first, quantity.last, before.start, quantity.end, low, high, "vague", approximate=True)
            continue
        if before is not None:
            yield before
        before = quantity
    if before is not None:
        yield before


def _opens_vague(parsed: Parsed, at: int) -> bool:
    return at + 1 < len(parsed.tokens) and parsed.tokens[at + 1].norm in vague_index(parsed.language)


def _opens_number(parsed: Parsed, at: int) -> bool:
    """Whether "un", "a" or "one" begins a longer number ("une dizaine", "one hundred")."""
    following = parsed.tokens[at + 1].norm if at + 1 < len(parsed.tokens) else ""
    return following in vague_index(parsed.language) or following in numerals(parsed.language).scales


def _digits(parsed: Parsed, at: int) -> Quantity | None:
    """A number in digits; one with `low` None is passed over whole (a date, an ordinal, a numbered thing)."""
    text, token = parsed.text, parsed.tokens[at]
    begin = token.start + (0 if token.norm[0].isdigit() else 1)
    match = NUMBER.match(text, begin)
    if match is None:
        return _passed(parsed, at, token.end)
    end = match.end()
    value = read_digits(match.group())
    last = _token_after(parsed, at, end)
    if value is None or last is None:
        return _passed(parsed, at, max(end, token.end))
    value, last, end = _scaled(parsed, value, last, end)
    if _no_count(parsed, at, last, begin, end, value):
        return Quantity(at, last, token.start, end, None, None, "number")
    return Quantity(at, last, token.start, end, value, value, "number")


def _passed(parsed: Parsed, at: int, end: int) -> Quantity:
    last = at + 1
    while last < len(parsed.tokens) and parsed.tokens[last].start < end:
        last += 1
    return Quantity(at, last, parsed.tokens[at].start, end, None, None, "number")


def _token_after(parsed: Parsed, at: int, end: int) -> int | None:
    """The token after a number, None where the number ends inside a token ("20mm", "3e")."""
    while at < len(parsed.tokens) and parsed.tokens[at].start < end:
        if parsed.tokens[at].end > end and parsed.tokens[at].text[-1:].isalnum() and parsed.text[end] != "$":
            return None
        at += 1
    return at


def _scaled(parsed: Parsed, value: float, last: int, end: int) -> tuple[float, int, int]:
    """A scale after the digits: "2 millions", "1.5 million"."""
    if last < len(parsed.tokens):
        scale = numerals(parsed.language).scales.get(parsed.tokens[last].norm)
        if scale is not None and scale >= _MULTIPLES and parsed.tokens[last].start - end <= 1:
            return value * scale, last + 1, parsed.tokens[last].end
    return value, last, end


def _spelled(parsed: Parsed, at: int) -> Quantity | None:
    tokens, language = parsed.tokens, parsed.language
    table = numerals(language)
    last, value = at, None
    while last < len(tokens):
        norm = tokens[last].norm
        if norm in table.join or norm == "-":
            following = tokens[last + 1].norm if last + 1 < len(tokens) else ""
            if (
                last == at
                or following not in table.units
                or (norm in table.join and not _adds(table.units, table.scales, tokens[last - 1].norm, following, language))
            ):
                break
            last += 1
            continue
        reading = read_words(norm, language)
        if reading is None:
            break
        if value is not None and tokens[last].start - tokens[last - 1].end > 1:
            break
        value = reading
        last += 1
    if last == at:
        return None
    start, end = tokens[at].start, tokens[last - 1].end
    total = read_words(parsed.text[start:end], language)
    if total is None:
        return None
    if tokens[at].norm in table.scales and table.scales[tokens[at].norm] >= _MULTIPLES and last == at + 1 and tokens[at].pos == "NOUN":
        return None
    if _is_ordinal_or_date(parsed, at, last, total):
        return Quantity(at, last, start, end, None, None, "number")
    return Quantity(at, last, start, end, total, total, "number")


def _adds(units: Mapping[str, int], scales: Mapping[str, int], before: str, after: str, language: Language) -> bool:
    """Whether "et" or "and" joins one number ("vingt et un", "two hundred and six") and not two ("dix et douze")."""
    if language == "fr":
        return units.get(before, 0) >= 20 and units.get(after, 99) in {1, 11}
    return before in scales and after in units


def _no_count(parsed: Parsed, first: int, last: int, start: int, end: int, value: float) -> bool:
    """Whether digits are no count: glued to letters, a time, a percentage, an ordinal, a date, a numbered thing."""
    text = parsed.text
    before = text[max(0, start - 5) : start]
    if _AFTER.match(text, end) or _CLOCK.match(text, end) or text[end : end + 1] in {"/", ":"}:
        return True
    if (
        before[-1:] in {"-", "–", "/", ":", ".", "#", "_", "@", "'", "’", "+"}
        and before[-2:-1].strip()
        and not (before[-1:] in "-–" and before[-2:-1].isdigit())
    ):
        return True
    if before[-1:].isalpha() or (before.rstrip()[-1:] in {"#", "°", "№"}):
        return True
    if text[end : end + 1] in {"-", "–"} and text[end + 1 : end + 2].isalpha() and not text[end + 1 : end + 2].isspace():
        return parsed.language == "en" or not _next_counted(parsed, last)
    return _is_ordinal_or_date(parsed, first, last, value) or _is_numbered(parsed, first, last)


def _next_counted(parsed: Parsed, last: int) -> bool:
    return last < len(parsed.tokens) and parsed.tokens[last].pos == "NOUN"


def _is_ordinal_or_date(parsed: Parsed, first: int, last: int, value: float) -> bool:
    tokens, language = parsed.tokens, parsed.language
    names = calendar(language)
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    for near in (before, after):
        if near is None or near.start - tokens[first].end > 3 or tokens[first].start - near.end > 3:
            continue
        month = names.month(near.norm)
        if month is not None and value in (_DAYS if value < 100 else _TITLE_YEARS) and near.text[:1].isupper() >= (language == "en"):
            return True
    if before is not None and names.weekday(before.norm) is not None and value in _DAYS:
        return not (after is not None and after.pos == "NOUN" and names.month(after.norm) is None and language == "fr")
    if value == int(value) and value in _TITLE_YEARS and tokens[first].text.isdigit() and len(tokens[first].text) == 4:
        return not _is_counted_noun(after, language) or (before is not None and before.norm in listed(language, "years"))
    return False


def _is_counted_noun(token: Token | None, language: Language) -> bool:
    return token is not None and token.pos in {"NOUN", "ADJ"} and token.norm != "("


def _is_numbered(parsed: Parsed, first: int, last: int) -> bool:
    """Whether the number names a thing ("résolution 2254", "Route 66", "911 call")."""
    if not first:
        return False
    tokens, language = parsed.tokens, parsed.language
    before = tokens[first - 1]
    after = tokens[last] if last < len(tokens) else None
    if singular(fold(before.norm).rstrip("."), language) in listed(language, "numbered"):
        return after is None or after.pos not in {"NOUN", "ADJ"} or before.pos in {"NOUN", "PROPN"}
    named = before.pos == "PROPN" and before.text[:1].isupper() and not before.text.isupper() and tokens[first].start - before.end <= 1
    return named and (after is None or after.pos not in {"NOUN", "ADJ"}) and tokens[first].dep not in {"nummod"}


def _is_vague(parsed: Parsed, at: int) -> bool:
    """A vague noun counts before "de" or "of", as a pronoun ("wounding dozens"), and in English before a noun ("a dozen soldiers")."""
    tokens = parsed.tokens
    token = tokens[at]
    if at + 1 >= len(tokens):
        return token.dep == "obj"
    following = tokens[at + 1]
    if parsed.language == "fr":
        led = is_of(following.norm, "fr") or following.norm in source_openers("fr")
        return led or following.pos in {"VERB", "AUX", "ADJ", "PUNCT", "ADV"}
    if token.dep == "obj" or singular(following.norm, parsed.language) in listed(parsed.language, "others"):
        return True
    return following.norm == "of" or token.norm == "dozen" or following.pos in {"VERB", "AUX", "NOUN", "ADJ"}


def _joined_ranges(parsed: Parsed, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Two numbers with a range word between are one: "12 à 15", "entre 12 et 15", "12-15"; not where a toll rises from one to the other."""
    at = 0
    while at < len(found):
        here = found[at]
        after = found[at + 1] if at + 1 < len(found) else None
        if after is not None and _is_range(parsed, here, after):
            if _rises(parsed, here):
                yield Quantity(here.first, here.last, here.start, here.end, here.low, here.high, here.kind, here.approximate, rising=True)
                at += 1
                continue
            yield Quantity(here.first, after.last, here.start, after.end, here.low, after.high, "range", here.approximate or after.approximate)
            at += 2
            continue
        yield here
        at += 1


def _is_range(parsed: Parsed, here: Quantity, after: Quantity) -> bool:
    if after.first != here.last + 1 or here.kind == "single" or here.low is None or after.high is None or after.high < here.low:
        return False
    between = parsed.tokens[here.last]
    word = fold(between.norm)
    if word not in {fold(mark) for mark in listed(parsed.language, "ranges")}:
        return False
    before = fold(parsed.tokens[here.first - 1].norm) if here.first else ""
    if word in listed(parsed.language, "also"):
        return before in listed(parsed.language, "between")
    if word in listed(parsed.language, "either"):
        return after.low is not None and here.high is not None and after.low - here.high == 1
    return after.high > here.low


def _rises(parsed: Parsed, here: Quantity) -> bool:
    tokens, language = parsed.tokens, parsed.language
    if not here.first or tokens[here.first - 1].norm not in figure_words(language).spanning:
        return False
    for index in range(here.first - 2, max(here.first - 7, -1), -1):
        if fold(tokens[index].lemma) in listed(language, "rises") or singular(fold(tokens[index].norm), language) in listed(language, "rises"):
            return True
    return False


def _modified(parsed: Parsed, quantity: Quantity) -> Quantity:
    """The quantity with the modifiers that stand before it: "au moins 13" has no upper bound, "près de 40" is approximate."""
    if quantity.kind == "single" and not quantity.first:
        return quantity
    tokens = parsed.tokens
    first, low, high, approximate = quantity.first, quantity.low, quantity.high, quantity.approximate
    index = modifier_index(parsed.language)
    if first and quantity.kind == "vague" and tokens[first - 1].pos == "DET" and not _is_definite(tokens[first - 1], parsed.language):
        first -= 1
    changed = True
    while changed and first:
        changed = False
        for size in (4, 3, 2, 1):
            if first - size < 0:
                continue
            words = tuple(fold(token.norm).rstrip("'") for token in tokens[first - size : first])
            bound = index.get(words)
            if bound is not None:
                first -= size
                low, high, approximate = _bounded(bound, low, high, approximate=approximate)
                changed = True
                break
    if quantity.kind == "range" and first and any(fold(tokens[first - 1].norm) in listed(parsed.language, name) for name in _OPENING):
        first -= 1
    return Quantity(first, quantity.last, tokens[first].start, quantity.end, low, high, quantity.kind, approximate, quantity.rising)


def widened(parsed: Parsed, quantity: Quantity, last: int) -> tuple[int, Quantity]:
    """The token after what a quantity counts, and the quantity, with a modifier that stands there ("deux personnes au moins", "20 people or more")."""
    index = after_index(parsed.language)
    for size in (3, 2, 1):
        bound = index.get(tuple(fold(token.norm).rstrip("'") for token in parsed.tokens[last : last + size]))
        if bound is not None and last + size <= len(parsed.tokens):
            low, high, approximate = _bounded(bound, quantity.low, quantity.high, approximate=quantity.approximate)
            return last + size, structs.replace(quantity, low=low, high=high, approximate=approximate)
    return last, quantity


def _is_definite(token: Token, language: Language) -> bool:
    """Whether a determiner is definite, so that it is no part of the quantity."""
    return fold(token.norm).rstrip("'") in linking(language, "definite")


def _bounded(bound: Bound, low: float | None, high: float | None, *, approximate: bool) -> tuple[float | None, float | None, bool]:
    if bound == "at-least":
        return low, None, approximate
    if bound == "at-most":
        return None, high, approximate
    return low, high, True
