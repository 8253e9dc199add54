"""What part of a page is each line: title, body, legend, link to another article, dateline, byline, or the site's own furniture?

The marks of the language packs decide line by line; the place on the page decides what they leave open. CODEBOOK §1 has the kinds.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from recoupe.ingest.furniture import line_print
from recoupe.ingest.identify import in_other_language
from recoupe.ingest.lines import Line, normalised, split_lines
from recoupe.language.blocks import Mark, block_marks, compiled, may_be_marked
from recoupe.language.pack import LANGUAGES
from recoupe.model import Block, BlockKind, Language

_LINK = re.compile(r"^\W*(?:https?://|www\.)\S+\W*$", re.IGNORECASE)
# An address, a telephone number or a handle that stands alone.
_CONTACT = re.compile(r"^\W*(?:[\w.+-]+@[\w-]+\.[\w.-]+|@\w{2,30}|\+?[\d\s().-]{7,20}\d)\W*$")
_ENDED = re.compile(r"(?<!\.)[.;,:]\W*$")
_SENTENCE_END = re.compile(r"[.!?…]\W*$")
_LONGEST_TITLE = 250
_LONGEST_HEADLINE = 160
_FOREIGN = frozenset({"chrome", "related", "caption"})  # kinds that other packs' marks find as well
_STANDING = frozenset({"related", "dateline", "byline"})  # kinds of lines that recur with the day, the author, the subject
_PREFIX = 400  # characters of a line in which a dateline may stand
_PROSE = 80  # characters from which on a line with a sentence's end is prose
_HEAD = 3  # lines of prose that the head of a page may reach over
_FOOT = 8  # lines at the end of a page


class _Page:
    """The lines of one document while their kinds are found; `parts` are stretches at the start of a line that have another kind."""

    def __init__(self, text: str, language: Language) -> None:
        self.language = language
        self.lines = split_lines(text)
        self.kinds: list[BlockKind | None] = [None] * len(self.lines)
        self.marks: list[Mark | None] = [None] * len(self.lines)
        self.parts: dict[int, tuple[BlockKind, int]] = {}
        prose = [number for number, line in enumerate(self.lines) if is_prose(line)]
        self.first_prose = prose[0] if prose else len(self.lines)
        self.head = prose[_HEAD - 1] if len(prose) >= _HEAD else len(self.lines) - 1
        self.foot = len(self.lines) - _FOOT

    def in_zone(self, number: int, zone: str) -> bool:
        head, foot = number <= self.head, number >= self.foot
        return zone == "page" or (head and zone in ("head", "edges")) or (foot and zone in ("foot", "edges"))


def is_prose(line: Line) -> bool:
    """Whether a line reads like a paragraph: long, with the end of a sentence; titles ask and exclaim, but don't end in a full stop."""
    return line.size > _LONGEST_TITLE or (line.size >= _PROSE and bool(_ENDED.search(line.plain[-40:])))


def split_blocks(
    text: str,
    language: Language,
    *,
    title: str | None = None,
    furniture: frozenset[str] = frozenset(),
    legends: frozenset[str] = frozenset(),
) -> tuple[Block, ...]:
    """The blocks of a text in order; every character that is not blank stands in exactly one.

    `title` is the declared one, `furniture` holds fingerprints of the site's lines, `legends` normalised lines that the page marks as legends.

    >>> [block.kind for block in split_blocks("Alep coupée en deux\\n\\nLe pont a sauté.\\n\\nPartager cet article", "fr")]
    ['title', 'body', 'chrome']
    """
    page = _Page(text, language)
    _find_marks(page, legends)
    _close_sections(page)
    _find_title(page, title, _furniture(page, text, furniture))
    _sort_head(page)
    _sort_legends(page)
    if page.lines and not {"body", "title", "caption", None} & set(page.kinds):
        page.kinds = ["body"] * len(page.lines)  # a text of nothing but marks is all there is to read
    return _merge(page)


def _find_marks(page: _Page, legends: frozenset[str]) -> None:
    for number, line in enumerate(page.lines):
        if legends and normalised(line.plain) in legends:
            page.kinds[number] = "caption"
        elif not any(map(str.isalnum, line.plain)) or _CONTACT.match(line.plain[:_PREFIX]):
            page.kinds[number] = "chrome"
        elif _LINK.match(line.plain[:_PREFIX]) and " " not in line.plain:
            above = page.marks[number - 1] if number else None
            page.kinds[number] = "related" if above and above.links else "chrome"
        else:
            _find_mark(page, number, line)


def _find_mark(page: _Page, number: int, line: Line) -> None:
    for mark, whole in find_marks(line.plain, page.language):
        if not page.in_zone(number, mark.zone):
            continue
        if whole is None:
            page.kinds[number] = mark.kind
            page.marks[number] = mark
            return
        if number <= page.head and number not in page.parts:
            page.parts[number] = (mark.kind, whole)
            return


def find_marks(line: str, language: Language) -> list[tuple[Mark, int | None]]:
    """The marks that fit a line, best first, each with the end of its part or None where it holds for the whole line.

    Sites put their furniture in their own language, so marks of other packs count too, after those of the article's.

    >>> [(mark.kind, end) for mark, end in find_marks("ALEP, 3 mars (AFP) - Un pont a sauté.", "fr")]
    [('dateline', 20)]
    """
    found: list[tuple[Mark, int | None]] = []
    for pack in (language, *(other for other in LANGUAGES if other != language)):
        foreign = pack != language
        possible = may_be_marked(line, pack)
        for mark in block_marks(pack).marks:
            if mark.in_part and not foreign:
                match = compiled(pack, mark.name).match(line[:_PREFIX])
                if match and match.end("part") < len(line.rstrip()):
                    found.append((mark, match.end("part")))
            elif mark.in_part or not possible or len(line) > mark.longest or (foreign and mark.kind not in _FOREIGN):
                continue
            elif compiled(pack, mark.name).search(line):
                found.append((mark, None))
    return found


def _close_sections(page: _Page) -> None:
    """Headlines below a heading such as "Sur le même sujet" are links too, up to the first line that reads like prose."""
    for number, mark in enumerate(page.marks):
        if not mark or not mark.opens:
            continue
        for below in range(number + 1, len(page.lines)):
            line = page.lines[below]
            if page.kinds[below] is not None or line.size > _LONGEST_HEADLINE or _ENDED.search(line.plain):
                break
            page.kinds[below] = mark.kind


def _furniture(page: _Page, text: str, furniture: frozenset[str]) -> frozenset[int]:
    """The numbers of lines that the site repeats; a line that is most of the article is never one."""
    if not furniture:
        return frozenset()
    half = sum(line.size for line in page.lines) / 2
    return frozenset(
        number
        for number, line in enumerate(page.lines)
        if line.size < half and line_print(text[line.start : line.end]) in furniture and page.kinds[number] not in _STANDING
    )


def _find_title(page: _Page, title: str | None, furniture: frozenset[int]) -> None:
    """Set the title, and make furniture of the lines that recur; a title that recurs stays one unless another stands right below it."""
    found = _declared_title(page, title) if title else _first_title(page, frozenset())
    if found is not None and found in furniture and not title:
        below = _first_title(page, furniture)
        found = found if below is None else below
    for number in furniture - {found}:
        page.kinds[number] = "chrome"
        page.parts.pop(number, None)
    if found is not None:
        page.kinds[found] = "title"
        page.parts.pop(found, None)


def _declared_title(page: _Page, title: str) -> int | None:
    wanted = normalised(title)
    for number, line in enumerate(page.lines[: page.head + 1]):
        if line.size <= 2 * _LONGEST_TITLE and wanted and fuzz.ratio(normalised(line.plain), wanted) >= 85:
            return number
    return None


def _first_title(page: _Page, furniture: frozenset[int]) -> int | None:
    """The first line that can be a title: above the first prose, without a sentence's end, with something to head below it."""
    candidates = [
        number
        for number in range(min(page.first_prose, len(page.lines)))
        if page.kinds[number] is None and number not in page.parts and number not in furniture
    ]
    for place, number in enumerate(candidates):
        line = page.lines[number]
        if line.size > _LONGEST_TITLE or _ENDED.search(line.plain) or not _has_story(page, number):
            return None
        following = candidates[place + 1] if place + 1 < len(candidates) else None
        if following is None or not _is_section(page, number, following):
            return number
    return None


def _has_story(page: _Page, number: int) -> bool:
    """Whether a line below reads like the text that a title heads."""
    size = page.lines[number].size
    return any(
        page.kinds[below] in (None, "body") and (_SENTENCE_END.search(line.plain[-40:]) or line.size > 1.5 * size)
        for below, line in enumerate(page.lines[number + 1 :], number + 1)
    )


def _is_section(page: _Page, number: int, following: int) -> bool:
    """Whether a line is the lone name of a section ("TV", "Moyen-Orient") above the real title."""
    words = page.lines[number].plain.split()
    below = page.lines[following]
    title_below = len(below.plain.split()) >= 3 and below.size <= _LONGEST_TITLE and not _ENDED.search(below.plain)
    return title_below and (page.lines[number].plain.casefold().strip(" :|>-") in _sections() or len(words) == 1)


def _sections() -> frozenset[str]:
    return frozenset(name for language in LANGUAGES for name in block_marks(language).sections)


def _sort_head(page: _Page) -> None:
    """What stands open above the title is the site's: a section's name, a counter, a menu."""
    title = next((number for number, kind in enumerate(page.kinds) if kind == "title"), None)
    for number in range(title or 0):
        if page.kinds[number] is None and page.lines[number].size <= _LONGEST_HEADLINE and not is_prose(page.lines[number]):
            page.kinds[number] = "chrome"


def _sort_legends(page: _Page) -> None:
    """A legend with a credit in another language than the article is left over from another article."""
    for number, line in enumerate(page.lines):
        if page.kinds[number] == "caption" and in_other_language(line.plain, page.language):
            page.kinds[number] = "chrome"


def _merge(page: _Page) -> tuple[Block, ...]:
    """Blocks of neighbouring lines of one kind; titles, legends and links stay apart, one a line."""
    blocks: list[Block] = []
    for number, line in enumerate(page.lines):
        start, kind = line.start, page.kinds[number] or "body"
        if number in page.parts and kind == "body":
            part, size = page.parts[number]
            blocks.append(Block(part, start, start + size))
            start += size + len(line.plain[size:]) - len(line.plain[size:].lstrip())
        last = blocks[-1] if blocks else None
        if last and last.kind == kind and kind in ("body", "chrome") and number not in page.parts:
            blocks[-1] = Block(kind, last.start, line.end)
        else:
            blocks.append(Block(kind, start, line.end))
    return tuple(blocks)
