"""Where does a quotation begin and end, when marks are nested, mismatched or missing?

Paragraph by paragraph with a stack of open marks. A straight mark opens or closes by the blanks beside it, else by what is open. What is
still open at the end of a paragraph goes on where the next paragraph opens again or a later one closes it; otherwise it ends with the
paragraph. A closing mark that nothing opened reaches back to the paragraph's start, or to its sentence's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from recoupe.language.parsed import Parsed
from recoupe.model import Span

LONGEST = 20_000  # characters over which an open quotation looks for its end in later paragraphs
_OPEN = {"«": "»", "“": "”", "„": "“", "‹": "›", "‘": "’"}
_CLOSE = {"»": "«", "”": "“", "›": "‹", "’": "‘"}
_MARKS = re.compile(r"''|``|[«»“”„\"‹›‘’']")
_SENTENCE_END = re.compile(r"[.!?…][\"”»]?\s")


class Quotation(Struct, frozen=True):
    """A quotation with its marks (`start`, `end`) and without (`inner`); `depth` 0 is outermost; `whole` when both marks stand there."""

    start: int
    end: int
    inner: Span
    depth: int
    paragraph: int
    whole: bool


class _Open(Struct, frozen=True):
    mark: str
    start: int
    inner: int


def find_quotations(parsed: Parsed) -> tuple[Quotation, ...]:
    """The quotations of a document in order, the outer before the inner.

    >>> from recoupe.language.parse import parse_text
    >>> text = "Il dit : « Nous partons. "
    >>> [text[quotation.inner.start:quotation.inner.end] for quotation in find_quotations(parse_text(text, "fr"))]
    ['Nous partons.']
    """
    found: list[Quotation] = []
    pending: _Open | None = None
    paragraphs = list(_paragraphs(parsed))
    for number, (start, end) in paragraphs:
        if pending is not None:
            reopened = _reopens(parsed.text, start, pending)
            ended = None if reopened else _close_in(parsed.text, start, end, pending.mark)
            if ended is not None:
                found.append(Quotation(start, ended[1], Span(start, ended[0]), 0, number, whole=False))
                start = ended[1]
            elif not reopened:
                found.append(Quotation(start, end, Span(start, end), 0, number, whole=False))
                continue
            pending = None
        inside, left = _in_paragraph(parsed.text, start, end, number)
        found.extend(inside)
        if left is not None and _ends_later(parsed.text, end, left):
            pending = left
    return tuple(sorted(_shaped(parsed.text, found), key=lambda quotation: (quotation.start, -quotation.end)))


def _paragraphs(parsed: Parsed) -> Iterator[tuple[int, tuple[int, int]]]:
    number, start, end = -1, 0, 0
    for sentence in parsed.sentences:
        if sentence.paragraph != number:
            if number >= 0:
                yield number, (start, end)
            number, start = sentence.paragraph, sentence.start
        end = sentence.end
    if number >= 0:
        yield number, (start, end)


def _in_paragraph(text: str, start: int, end: int, number: int) -> tuple[list[Quotation], _Open | None]:
    found: list[Quotation] = []
    stack: list[_Open] = []
    floor = start
    for match in _MARKS.finditer(text, start, end):
        mark, at = match.group(), match.start()
        role = _role(text, at, match.end(), stack, (start, end))
        if role == "open":
            if stack and stack[-1].mark == mark:  # the one before was never closed: it ends with its sentence
                before = stack.pop()
                stop = _last_sentence_end(text, before.inner, at)
                found.append(Quotation(before.start, stop, Span(before.inner, stop), len(stack), number, whole=False))
            stack.append(_Open(mark, at, match.end()))
        elif role == "close" and stack:
            opened = stack.pop()
            while stack and not _pairs(opened.mark, mark) and any(_pairs(other.mark, mark) for other in stack):
                opened = stack.pop()
            found.append(Quotation(opened.start, match.end(), Span(opened.inner, at), len(stack), number, whole=True))
            floor = match.end()
        elif role == "close" and mark not in ("'", "’"):
            back = start if floor == start and not text[match.end() : end].strip(" .") else _last_sentence_end(text, floor, at - 1, floor)
            found.append(Quotation(back, match.end(), Span(back, at), 0, number, whole=False))
            floor = match.end()
    left = next((opened for opened in stack if opened.mark not in ("'", "‘")), None)
    found.extend(_unclosed(text, stack, end, number))
    return found, left


def _unclosed(text: str, stack: list[_Open], end: int, number: int) -> Iterator[Quotation]:
    for depth, opened in enumerate(stack):
        if opened.mark not in ("'", "‘"):  # a lone apostrophe is no quotation
            yield Quotation(opened.start, end, Span(opened.inner, end), depth, number, whole=False)


def _role(text: str, at: int, after: int, stack: list[_Open], bounds: tuple[int, int]) -> str:
    mark = text[at:after]
    before = text[at - 1] if at > bounds[0] else " "
    behind = text[after] if after < bounds[1] else " "
    opens = (before.isspace() or before in "([{—–-'’/«“") and not behind.isspace() and behind not in ".,;:!?)"
    closes = not before.isspace() and (behind.isspace() or not behind.isalnum())
    inside = any(_pairs(opened.mark, mark) for opened in stack)
    if mark in ("'", "’", "‘"):
        return _single(mark, opens, closes, inside, before, behind)
    if mark in "«„‹":
        return "open"
    if mark in "»›":
        return "close" if inside or closes or not opens else "open"
    if mark == "“":
        return "close" if closes and not opens and inside else "open"
    if mark == "”":
        return "open" if opens and not inside and not closes else "close"
    if mark == "``":
        return "open"
    if before in "'’" and not inside:  # "utile d'" partir "": an elided word leads a quotation in
        return "open"
    if opens and not closes:
        return "open"
    if closes and not opens:
        return "close"
    return "close" if inside or _ends_here(text, at, after, bounds) else "open"


def _ends_here(text: str, at: int, after: int, bounds: tuple[int, int]) -> bool:
    """Whether a mark between blanks, with no other behind it, ends what stands before: something does, and no colon leads in what follows."""
    before = text[bounds[0] : at].rstrip()
    return bool(before) and before[-1] not in ":,([" and text.find(text[at:after], after, bounds[1]) < 0 and len(before) > 20


def _single(mark: str, opens: bool, closes: bool, inside: bool, before: str, behind: str) -> str:  # noqa: FBT001
    if mark == "‘":
        return "open" if opens else ""
    if inside:
        return "close" if closes and not behind.isalnum() else ""
    return "open" if mark == "'" and opens and before != "'" and behind.isalpha() else ""


def _pairs(opening: str, closing: str) -> bool:
    return (
        opening == closing
        or _OPEN.get(opening) == closing
        or (opening in "“„``" and closing in "”“\"''")
        or (opening == "''" and closing == "''")
        or (opening == "‘" and closing == "'")
    )


def _last_sentence_end(text: str, start: int, end: int, otherwise: int | None = None) -> int:
    last = otherwise if otherwise is not None else end
    for match in _SENTENCE_END.finditer(text, start, end):
        last = match.end()
    return last


def _reopens(text: str, start: int, pending: _Open) -> bool:
    return text[start : start + len(pending.mark)] == pending.mark or text[start : start + 1] in '«“"'


def _ends_later(text: str, end: int, left: _Open) -> bool:
    """Whether a guillemet left open is closed in a later paragraph before another one opens, or the next paragraph opens again."""
    later = text[end : end + LONGEST]
    if later.lstrip()[:1] in ("«", "“", '"') and later.lstrip()[:1] == left.mark:
        return True
    if left.mark not in ("«", "“"):
        return False
    close, again = later.find(_OPEN[left.mark]), later.find(left.mark)
    return close >= 0 and (again < 0 or close < again)


def _close_in(text: str, start: int, end: int, mark: str) -> tuple[int, int] | None:
    at = text.find(_OPEN.get(mark, mark), start, end)
    return (at, at + 1) if at >= 0 else None


def _shaped(text: str, found: list[Quotation]) -> Iterator[Quotation]:
    """Quotations with blanks trimmed off their inside, empty ones left out."""
    for quotation in found:
        start, end = quotation.inner.start, quotation.inner.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if any(letter.isalnum() for letter in text[start:end]):
            yield Quotation(quotation.start, quotation.end, Span(start, end), quotation.depth, quotation.paragraph, quotation.whole)
