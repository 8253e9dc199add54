"""Who speaks in an interview without quotation marks? Paragraphs that begin with a person's name or initials and a colon."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from recoupe.extract.voices.draft import Draft, span_of
from recoupe.extract.voices.scene import Scene
from recoupe.language.parsed import Token
from recoupe.model import Span

_LONGEST_NAME = 8  # tokens before the colon of a turn
_FEWEST = 2  # turns that make an interview; one alone is a headline's colon


def turn_drafts(scene: Scene) -> tuple[Draft, ...]:
    """The turns of an interview as what their speakers say, nothing where fewer than two paragraphs are turns."""
    found = tuple(_turns(scene))
    return found if len(found) >= _FEWEST else ()


def _turns(scene: Scene) -> Iterator[Draft]:
    tokens = scene.parsed.tokens
    known = {initials(name.text) for name in scene.parsed.names if name.kind == "person"}
    for _, group in groupby(scene.parsed.sentences, key=lambda sentence: sentence.paragraph):
        paragraph = list(group)
        first, last, end = paragraph[0].first, paragraph[-1].last, paragraph[-1].end
        colon = next((at for at in range(first, min(first + _LONGEST_NAME, last)) if tokens[at].norm == ":"), None)
        if colon is None or colon == first or colon + 1 >= last or paragraph[0].block != "body":
            continue
        name = tokens[first:colon]
        text = scene.parsed.text[name[0].start : name[-1].end]
        if _names_a_person(scene, name) or (text == text.upper() and len(text) <= _LONGEST_NAME and initials(text) in known):
            head = next(token for token in name if token.pos != "PUNCT" or token is name[-1])
            yield Draft((), (span_of(name),), head.index, (Span(tokens[colon + 1].start, end),), "direct", "turn")


def _names_a_person(scene: Scene, name: tuple[Token, ...]) -> bool:
    return any(token.index in scene.person_at for token in name) and all(
        token.text[:1].isupper() or token.index in scene.person_at or token.pos == "PUNCT" for token in name
    )


def initials(name: str) -> str:
    """The first letters of a name's parts.

    >>> initials("Fabrice Balanche"), initials("F. B.")
    ('FB', 'FB')
    """
    parts = name.replace(".", " ").replace("-", " ").split()
    return "".join(part[0] for part in parts if part[0].isupper()) if len(parts) > 1 or not name.isupper() else name
