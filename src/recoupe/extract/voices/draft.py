"""What is an attribution before it is known who the source is and inside which other it stands?"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from recoupe.language.cues import CueKind
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Span, Stance, Style

_EDGE = " \t\n\r\u00a0\u202f,;:–—-"


class Draft(Struct, frozen=True):
    """Cue, source words and content, with the head token of the source (an index); `carried` asks for the speaker of what stood before.

    `through` is the draft's own medium: the outlet that questioned or quoted the speaker, as the cue tokens and source of a parent.
    """

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    head: int | None
    content: tuple[Span, ...]
    style: Style
    rule: str
    kind: CueKind = "say"
    stance: Stance = "neutral"
    denial: bool = False
    carried: bool = False
    anchor: int = -1  # index of the cue's head token, -1 where there is none


def spread(spans: Iterable[Span]) -> Span:
    """From the first to the last character of the stretches."""
    inside = list(spans)
    return Span(min(span.start for span in inside), max(span.end for span in inside))


def trimmed(text: str, start: int, end: int, *, stop: bool = True) -> Span | None:
    """The stretch without blanks and marks at its edges (and without a final stop), None when nothing is left."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if stop and end > start and text[end - 1] == "." and not text[max(start, end - 3) : end - 1].endswith("."):
        end -= 1
    return Span(start, end) if end > start else None


def span_of(tokens: Iterable[Token]) -> Span:
    """From the first to the last character of the tokens."""
    inside = list(tokens)
    return Span(min(token.start for token in inside), max(token.end for token in inside))


def stretches(parsed: Parsed, tokens: Iterable[Token]) -> tuple[Span, ...]:
    """The tokens as stretches of neighbours, trimmed at the edges."""
    found: list[Span] = []
    run: list[Token] = []
    for token in sorted(tokens, key=lambda token: token.index):
        if run and token.index != run[-1].index + 1:
            found.extend(_one(parsed, run))
            run = []
        run.append(token)
    return tuple(found + _one(parsed, run))


def _one(parsed: Parsed, run: list[Token]) -> list[Span]:
    if not any(token.pos != "PUNCT" for token in run):
        return []
    span = trimmed(parsed.text, run[0].start, run[-1].end)
    return [span] if span else []


def cut(text: str, span: Span, aside: Span) -> tuple[Span, ...]:
    """The stretch without another: what is left before and behind it, trimmed."""
    if aside.end <= span.start or span.end <= aside.start:
        return (span,)
    behind = aside.end
    while behind < span.end and text[behind] in ".!?…":
        behind += 1
    pieces = (trimmed(text, span.start, aside.start), trimmed(text, behind, span.end))
    return tuple(piece for piece in pieces if piece is not None)
