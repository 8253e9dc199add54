"""What does a title say that the text itself does not hold?"""

from __future__ import annotations

from recoupe.language.parse import parse_text
from recoupe.language.parsed import Parsed
from recoupe.model import Document


def parse_headline(document: Document) -> Parsed | None:
    """The parse of a title that the input gave beside the text, None where there is none or the text has a title block of its own."""
    title = document.info.title
    if not title or any(block.kind == "title" for block in document.blocks):
        return None
    return parse_text(title, document.info.language)
