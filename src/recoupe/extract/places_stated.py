"""Which names that no gazetteer holds are places all the same? Those that the text puts in a country ("à Khiam, au Liban"), and those that sound
like a place and stand where one must ("à Barsalogho").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from recoupe.language.parsed import Name, Parsed, Token
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
        yield unknown_place(parsed, Span(start, end), country.country)


def located_places(parsed: Parsed, known: Sequence[PlaceMention], taken: Sequence[Span], words: PlaceWords) -> Iterator[PlaceMention]:
    """A place for each name that sounds like one right behind a preposition of where something is; none over `taken`.

    It is the one of `known` that has its name behind an article ("al-Qardaha", then "in Qardaha"); else nothing is known of it.
    """
    for name in parsed.names:
        if name.kind != "place" or any(span.start < name.end and name.start < span.end for span in taken):
            continue
        led = parsed.text[max(0, name.start - 30) : name.start].casefold().replace("’", "'")
        stands = any(led.endswith(word if word[-1] == "'" else f"{word} ") for word in words.standing.words)
        if stands and _is_whole(parsed, name) and name.text not in words.never.words:
            unknown = unknown_place(parsed, Span(name.start, name.end))
            same = next((place for place in known if place.text.endswith((f"-{name.text}", f" {name.text}"))), None)
            yield unknown if same is None else replace(same, id=unknown.id, start=unknown.start, end=unknown.end, text=unknown.text)


def unknown_place(parsed: Parsed, span: Span, country: str | None = None) -> PlaceMention:
    """The mention of a place that no gazetteer holds."""
    text = parsed.text[span.start : span.end]
    return PlaceMention(f"place:{span.start}-{span.end}", span.start, span.end, text, None, text, country, None, None, None, None)


def _is_whole(parsed: Parsed, name: Name) -> bool:
    """Whether a name is written as one, and goes on neither before nor behind."""
    behind = parsed.text[name.end : name.end + 2]
    inside = parsed.tokens_in(name.start, name.end)
    proper = all(token.pos in _NAMING or not token.text[0].isupper() for token in inside)
    return proper and name.text[0].isupper() and not name.text.isupper() and not (behind[:1] in " -'’" and behind[1:].isupper())


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
