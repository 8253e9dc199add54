"""Who published the article? What the input declares, else the page's site, else the address, else a source footer."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from recoupe.ingest.lines import split_lines
from recoupe.language.blocks import block_marks, source_pattern
from recoupe.language.pack import LANGUAGES
from recoupe.model import Block, Language

_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/(?:web/)?\d{4,14}(?:[a-z]{2}_)?|archive\.(?:is|ph|today|org)/(?:o/\w+|\d{4,14}))/(?P<address>https?://.+)"
)
_ACRONYM = 3  # letters; a shorter word in capitals is left as it stands when it has no vowel or stands alone


def original_address(address: str) -> str:
    """The address behind a web archive's, whose own host and day say nothing about the article.

    >>> original_address("https://web.archive.org/web/20170129120000/http://example.org/a.html")
    'http://example.org/a.html'
    """
    archived = _ARCHIVED.match(address)
    return archived.group("address") if archived else address


def outlet_of(address: str | None) -> str | None:
    """The host of an address.

    >>> outlet_of("https://www.example.org/2018/11/12/alep.html")
    'example.org'
    """
    try:
        host = urlsplit(original_address(address or "")).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def footer_outlet(text: str, blocks: tuple[Block, ...], language: Language) -> str | None:
    """The outlet that a source footer names; an agency there is the article's source, not its outlet.

    >>> text = "SOURCE: RADIO ALEP TV"
    >>> footer_outlet(text, (Block("chrome", 0, len(text)),), "fr")
    'Radio Alep TV'
    """
    footers = [line.plain for block in blocks if block.kind == "chrome" for line in split_lines(text[block.start : block.end])]
    for footer in reversed(footers):
        for pack in (language, *(other for other in LANGUAGES if other != language)):
            found = source_pattern(pack).search(footer) if len(footer) <= 100 else None
            if found and (name := found.group("outlet").strip()) and name.casefold() not in _agencies():
                return _in_title_case(name)
    return None


def _agencies() -> frozenset[str]:
    return frozenset(name.casefold() for language in LANGUAGES for name in (*block_marks(language).agencies, "agences", "agencies"))


def _in_title_case(name: str) -> str:
    words = name.split()
    if not name.isupper() or max(map(len, words)) <= _ACRONYM:
        return name
    return " ".join(word if len(word) <= _ACRONYM and not set(word) & set("AEIOUY") else word.capitalize() for word in words)
