"""Which names that no gazetteer holds are places all the same? Those that the text itself puts in a country ("à Khiam, au Liban")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.language.parsed import Parsed, Token
from recoupe.language.places import PlaceWords
from recoupe.language.triggers import event_words
from recoupe.model import PlaceMention, Span

_LINKING = frozenset({"ADP", "DET"})
_NAMING = frozenset({"PROPN", "X", "PUNCT"})
_LONGEST = 5  # tokens of a name


def stated_places(parsed: Parsed, countries: Sequence[PlaceMention], taken: Sequence[Span], words: PlaceWords) -> Iterator[PlaceMention]:
    """A place without coordinates, in its country, for each unknown name right before a country that sounds like one or has a locative
    preposition; none over `taken`.
    """
    for country in countries:
        name = _name_before(parsed, country)
        if not name:
            continue
        start, end = name[0].start, name[-1].end
        led = parsed.text[max(0, start - 30) : start].rstrip().casefold()
        located = any(led.endswith(f" {word}") or led == word for word in words.locative.words)
        sounding = any(one.kind == "place" and one.end == end for one in parsed.names_in(start, end))
        if any(span.start < end and start < span.end for span in taken) or not (located or sounding):
            continue
        text = parsed.text[start:end]
        yield PlaceMention(f"place:{start}-{end}", start, end, text, None, text, country.country, None, None, None, None)


def _name_before(parsed: Parsed, country: PlaceMention) -> Sequence[Token]:
    """The words of the name that stands right before a country, parted from it by a bracket, or a comma and a preposition."""
    token = parsed.token_at(country.start)
    at = token.index - 1 if token is not None else -1
    sides = event_words(parsed.language).members("side")
    while at >= 0 and (parsed.tokens[at].pos in _LINKING or parsed.tokens[at].norm in sides):
        at -= 1
    led = token is not None and any(one.pos == "ADP" for one in parsed.tokens[at + 1 : token.index])
    if at < 1 or not (parsed.tokens[at].norm == "(" or (parsed.tokens[at].norm == "," and led)):
        return ()
    last = first = at - 1
    while first >= 0 and last - first < _LONGEST and _names(parsed.tokens[first]):
        first -= 1
    words = parsed.tokens[first + 1 : last + 1]
    return words if words and words[0].text[0].isupper() and parsed.sentence_of(words[0]) == parsed.sentence_of(parsed.tokens[at]) else ()


def _names(token: Token) -> bool:
    return token.pos in _NAMING and (token.text[0].isupper() or token.text == "-" or token.pos == "PROPN")
