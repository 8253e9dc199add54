"""What of a document can be searched: its title and text as folded words and stems, without chrome and links to other articles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from recoupe.casebook.connection import Store
from recoupe.casebook.words import Word, stems, words
from recoupe.model import Document

UNSEARCHED = frozenset({"chrome", "related"})
GAP = "¶"  # stands between blocks, so that no phrase runs over what was left out


def title_words(document: Document) -> tuple[Word, ...]:
    """The words of the title blocks, in order."""
    return tuple(word for block in document.blocks if block.kind == "title" for word in words(document.text, block.start, block.end))


def text_blocks(document: Document) -> Iterator[tuple[Word, ...]]:
    """The words of every searched block but the title, block by block."""
    kinds = UNSEARCHED | {"title"}
    return (tuple(words(document.text, block.start, block.end)) for block in document.blocks if block.kind not in kinds)


def keep(store: Store, number: int, document: Document) -> None:
    """Index the words of a document, unless they are those that are indexed already."""
    language = document.info.language
    titled = title_words(document) or tuple(words(document.info.title or ""))
    blocks = tuple(text_blocks(document))
    columns = (
        " ".join(word.form for word in titled),
        f" {GAP} ".join(" ".join(word.form for word in block) for block in blocks),
        " ".join(stems(titled, language)),
        " ".join(stem for block in blocks for stem in stems(block, language)),
    )
    digest = hashlib.blake2b("\n".join(columns).encode(), digest_size=8).digest()
    if store.one("SELECT 1 FROM passage WHERE document = ? AND hash = ?", (number, digest)) is not None:
        return
    store.run("DELETE FROM passage WHERE document = ?", (number,))
    passage = store.run("INSERT INTO passage (document, hash) VALUES (?, ?)", (number, digest))
    store.run("INSERT INTO search (rowid, title, text, title_stems, text_stems) VALUES (?, ?, ?, ?, ?)", (passage, *columns))
