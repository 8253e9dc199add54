"""Which news agencies does an article credit for its text?

A credit stands in the dateline or byline, in brackets in the lead ("PARIS (AFP) -"), or in a last line that is hardly more than the
agency's name ("avec AFP", "(Reuters)"). A mention inside a sentence is a source, not a credit. The agencies are listed in agencies.tsv.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from recoupe.model import Block, Document

_LEAD = 200  # characters of the body in which an agency in brackets is the text's own dateline
_LAST_LINE = 60  # characters: a longer last line is a sentence


@cache
def _agencies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = resources.files("recoupe.crosscheck").joinpath("agencies.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for row in rows:
        name, forms = row.split("\t")
        found.append((name, re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(form) for form in forms.split('|'))})(?![\w-])")))
    return tuple(found)


def credited(document: Document) -> tuple[str, ...]:
    """The agencies that the document credits, in the order of agencies.tsv.

    >>> from recoupe.model import Block, Document, DocumentInfo, Published
    >>> text = "Deux morts à Alep. L'armée avance.\\nAvec AFP et Reuters"
    >>> info = DocumentInfo("a", "a", None, None, None, "fr", None, Published(None, None, None, ""), len(text), "")
    >>> credited(Document(info, text, (Block("body", 0, len(text)),)))
    ('AFP', 'Reuters')
    """
    stretches = tuple(_stretches(document))
    return tuple(name for name, form in _agencies() if any(form.search(stretch) for stretch in stretches))


def _stretches(document: Document) -> list[str]:
    found = [document.text[block.start : block.end] for block in document.blocks if block.kind in ("dateline", "byline")]
    body = [block for block in document.blocks if block.kind == "body"]
    if body:
        lead = document.text[body[0].start : min(body[0].end, body[0].start + _LEAD)]
        found.extend(re.findall(r"[(\[]([^)\]]{2,40})[)\]]\s*[-–—:]", lead))
        found.extend(_last_line(document, body[-1]))
    return found


def _last_line(document: Document, block: Block) -> list[str]:
    line = document.text[block.start : block.end].rstrip().rpartition("\n")[2].strip()
    if len(line) <= _LAST_LINE:
        return [line]
    return re.findall(r"[(\[]([^)\]]{2,40})[)\]]\s*\.?$", line)
