"""Which words are part of a preposition of several words ("à l'aide de", "au prix de"), and name nothing by themselves?"""

from __future__ import annotations

from recoupe.language.parsed import Parsed
from recoupe.language.triggers import EventWords


def in_locutions(parsed: Parsed, words: EventWords) -> frozenset[int]:
    """The places of the words that stand in one.

    >>> from recoupe.language.parse import parse_text
    >>> from recoupe.language.triggers import event_words
    >>> parsed = parse_text("Ils avancent à l'aide de drones.", "fr")
    >>> [parsed.tokens[place].text for place in sorted(in_locutions(parsed, event_words("fr")))]
    ['à', "l'", 'aide', 'de']
    """
    ends = {*words.of, *words.to, *words.with_words}
    wanted: dict[str, list[tuple[str, ...]]] = {}
    for written in words.locutions:
        first, *rest = written.split()
        wanted.setdefault(first, []).append((first, *rest))
    found: set[int] = set()
    for token in parsed.tokens:
        for locution in wanted.get(token.norm, ()):
            here = tuple(other.norm for other in parsed.tokens[token.index : token.index + len(locution)])
            if here[:-1] == locution[:-1] and here[-1] in ends:
                found.update(range(token.index, token.index + len(locution)))
    return frozenset(found)
