"""How do overlapping spans lie over a text? The text is cut wherever one begins or ends; each piece knows all that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from recoupe.model import Block, Document, Reading, Span

LAYERS = ("claim", "source", "cue", "content", "actor", "place", "time", "figure", "label")
LONGEST = 40_000  # code points that one part of an article shows


class Mark(Struct, frozen=True):
    """A span of one layer; `anchor` is its name on the page where it has one."""

    span: Span
    layer: str
    anchor: str | None = None


class Piece(Struct, frozen=True):
    """A stretch of text that is in the same layers from end to end; `lit` where it is evidence of the claim in hand."""

    start: int
    end: int
    text: str
    layers: tuple[str, ...]
    anchors: tuple[str, ...]
    lit: bool


class Shown(Struct, frozen=True):
    """A block with its pieces."""

    kind: str
    pieces: tuple[Piece, ...]


def marks(reading: Reading) -> tuple[Mark, ...]:
    """Every span of a reading with its layer."""
    found = [Mark(claim.trigger, "claim", f"claim-{claim.id}") for claim in reading.claims]
    for attribution in reading.attributions:
        for layer, spans in (("source", attribution.source), ("cue", attribution.cue), ("content", attribution.content)):
            found.extend(Mark(span, layer) for span in spans)
    found.extend(Mark(Span(mention.start, mention.end), _kind(mention.id)) for mention in reading.mentions)
    found.extend(Mark(Span(label.start, label.end), "label") for label in reading.labels)
    return tuple(found)


def _kind(mention: str) -> str:
    return mention.partition(":")[0]


def parts(document: Document) -> tuple[tuple[Block, ...], ...]:
    """The blocks in parts of at most so many characters; a longer block is cut at a blank where there is one."""
    found: list[tuple[Block, ...]] = []
    now: list[Block] = []
    size = 0
    for block in (piece for whole in document.blocks for piece in _cut(document.text, whole)):
        if now and size + block.end - block.start > LONGEST:
            found.append(tuple(now))
            now, size = [], 0
        now.append(block)
        size += block.end - block.start
    return (*found, tuple(now))


def _cut(text: str, block: Block) -> Iterable[Block]:
    start = block.start
    while block.end - start > LONGEST:
        end = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        end = start + LONGEST if end < 0 else end + 1
        yield Block(block.kind, start, end)
        start = end
    yield Block(block.kind, start, block.end)


def part_with(found: Sequence[Sequence[Block]], offset: int) -> int:
    """Which part shows a character."""
    return next((place for place, blocks in enumerate(found) if blocks and offset < blocks[-1].end), 0)


def shown(text: str, blocks: Sequence[Block], found: Sequence[Mark], lit: Sequence[Span]) -> tuple[Shown, ...]:
    """The blocks cut into pieces.

    >>> text, claim = "Une frappe a tué.", Mark(Span(4, 10), "claim", "claim-1")
    >>> (block,) = shown(text, [Block("body", 0, 17)], [claim, Mark(Span(0, 10), "content")], [])
    >>> [(piece.text, piece.layers, piece.anchors) for piece in block.pieces]
    [('Une ', ('content',), ()), ('frappe', ('claim', 'content'), ('claim-1',)), (' a tué.', (), ())]
    """
    first, last = (blocks[0].start, blocks[-1].end) if blocks else (0, 0)
    inside = sorted((mark for mark in found if mark.span.start < last and mark.span.end > first), key=lambda mark: mark.span)
    result, begin = [], 0
    waiting: list[Mark] = []
    for block in blocks:
        waiting = [mark for mark in waiting if mark.span.end > block.start]
        while begin < len(inside) and inside[begin].span.start < block.end:
            if inside[begin].span.end > block.start:
                waiting.append(inside[begin])
            begin += 1
        result.append(Shown(block.kind, tuple(_pieces(text, block, waiting, lit))))
    return tuple(result)


def _pieces(text: str, block: Block, over: Sequence[Mark], lit: Sequence[Span]) -> Iterable[Piece]:
    lights = [span for span in lit if span.start < block.end and span.end > block.start]
    edges = {block.start, block.end}
    edges |= {edge for span in (*(mark.span for mark in over), *lights) for edge in (span.start, span.end) if block.start < edge < block.end}
    ordered = sorted(edges)
    starting = sorted(over, key=lambda mark: mark.span.start)
    active: list[Mark] = []
    place = 0
    for start, end in pairwise(ordered):
        active = [mark for mark in active if mark.span.end > start]
        while place < len(starting) and starting[place].span.start <= start:
            if starting[place].span.end > start:
                active.append(starting[place])
            place += 1
        layers = {mark.layer for mark in active}
        anchors = tuple(dict.fromkeys(mark.anchor for mark in active if mark.anchor is not None and mark.span.start == start))
        bright = any(span.start <= start < span.end for span in lights)
        yield Piece(start, end, text[start:end], tuple(layer for layer in LAYERS if layer in layers), anchors, bright)
