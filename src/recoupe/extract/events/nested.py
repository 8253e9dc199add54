"""Which places and days of a sentence are not an event's own? Those of an aside, of a comparison, and those in which another of them lies."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from recoupe.language.joined import first_joined
from recoupe.language.parsed import Parsed, Token
from recoupe.language.triggers import EventWords, event_words
from recoupe.model import PlaceMention

_SUBJECT = frozenset({"nsubj", "nsubj:pass"})
_LINKING = frozenset({"ADP", "DET", "PUNCT", "ADJ"})
_FARTHEST = 7  # words between a place and the one that says where it lies
_ADDRESS = frozenset({",", "(", "-", "–"})


def in_aside(parsed: Parsed, head: Token, anchors: Container[int]) -> bool:
    """Whether a word stands in a relative clause without an event, on something that is none ("the road that was cut on Thursday")."""
    for above in parsed.ancestors(head):
        if above.index in anchors:
            return False
        if above.dep.startswith("acl:relcl"):
            return _says_nothing(parsed, above, anchors)
    return False


def on_another(parsed: Parsed, head: Token, anchors: Container[int], named: Container[int]) -> bool:
    """Whether a place stands in a clause on another place ("Anbar, située sur la frontière") or on who acts ("les forces basées à Tanf ont tiré").

    `named` are the words that places cover.
    """
    for above in parsed.ancestors(head):
        if above.index in anchors:
            return False
        if above.dep.startswith("acl:relcl") or (above.dep == "acl" and above.pos == "VERB"):
            noun = parsed.tokens[above.head]
            words = (noun, *(child for child in parsed.children(noun, "nmod", "appos", "flat:name") if child.index < above.index))
            return (noun.dep in _SUBJECT or any(word.index in named for word in words)) and _says_nothing(parsed, above, anchors)
    return False


def whose_it_is(parsed: Parsed, head: Token, parties: Callable[[Token], bool]) -> bool:
    """Whether a name only says whose a party is, or for whom or under whom something is done ("les Kurdes [[d'Irak]]", "au profit [[d'Israël]]")."""
    words = event_words(parsed.language)
    head = first_joined(parsed, head)
    noun = parsed.head(head)
    if noun is None or noun.pos != "NOUN" or not any(case.norm in words.of for case in parsed.children(head, "case")):
        return False
    return noun.lemma.lower() in words.patronage or noun.norm in words.patronage or parties(noun)


def _says_nothing(parsed: Parsed, clause: Token, anchors: Container[int]) -> bool:
    noun = parsed.tokens[clause.head]
    return (noun.pos == "VERB" or noun.index not in anchors) and not any(token.index in anchors for token in parsed.subtree(clause))


def in_comparison(parsed: Parsed, head: Token, anchors: Container[int]) -> bool:
    """Whether a place is only likened to that of the event ("comme en Irak", "à l'image de ce qu'ils ont fait en Irak")."""
    likening = event_words(parsed.language).likening
    for token in (head, *parsed.ancestors(head)):
        if token.index in anchors:
            return False
        if token.norm in likening or any(child.norm in likening for child in parsed.children(token, "case", "mark", "advmod")):
            return True
    return False


def innermost(parsed: Parsed, places: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The places without repetitions and without countries that only say where the one before them lies ("à Hassaké, dans le nord-est de la Syrie").

    Where a way leads from one to the other ("de Hassaké vers l'Irak") both stay.
    """
    words = event_words(parsed.language)
    kept: list[PlaceMention] = []
    before: PlaceMention | None = None
    for place in sorted(places, key=lambda one: one.start):
        holds = before is not None and _holds(parsed, words, before, place)
        before = place
        if not holds and not any(_same(place, one) for one in kept):
            kept.append(place)
    return tuple(kept)


def _same(place: PlaceMention, other: PlaceMention) -> bool:
    return place.name == other.name if place.place is None or other.place is None else place.place == other.place


def _holds(parsed: Parsed, words: EventWords, inner: PlaceMention, outer: PlaceMention) -> bool:
    """Whether a country is named right behind a place to say where that lies."""
    if outer.start < inner.end or outer.feature != "country" or inner.feature == "country" or not _lies_in(inner, outer):
        return False
    between = parsed.tokens_in(inner.end, outer.start)
    sides = words.members("side")
    if len(between) > _FARTHEST or not between:
        return False
    return all(
        (token.pos in _LINKING and token.norm not in words.leading and (token.pos != "PUNCT" or token.norm in _ADDRESS))
        or token.lemma.lower() in sides
        or token.norm in sides
        for token in between
    )


def _lies_in(inner: PlaceMention, outer: PlaceMention) -> bool:
    return inner.country is None or outer.country is None or inner.country == outer.country
