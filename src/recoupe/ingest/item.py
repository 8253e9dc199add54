"""What is an item? One article as it arrived: its bytes, and what the input declares about it."""

from __future__ import annotations

import hashlib
from typing import Literal

from msgspec import Struct

ItemKind = Literal["text", "html", "row"]

STANDARD_INPUT = "standard input"  # its name in messages
LARGEST_ITEM = 50_000_000  # bytes; no article is that long, and a file is read into memory whole


class Fields(Struct, frozen=True):
    """The names of the columns that JSON Lines rows use.

    >>> Fields(text="content", published="date").outlet
    'outlet'
    """

    text: str = "text"
    id: str = "id"
    title: str = "title"
    published: str = "published"
    outlet: str = "outlet"
    language: str = "language"
    url: str = "url"


class Item(Struct, frozen=True):
    """An article's bytes and what the input declares; `data` of a row is its text in UTF-8, `sha256` is of the bytes as they arrived.

    `row` is the line of a JSON Lines file (from 1), `charset` an encoding that the carrier declared.
    """

    key: str
    path: str | None
    data: bytes
    sha256: str
    kind: ItemKind
    row: int | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    charset: str | None = None

    @property
    def where(self) -> str:
        """The item's place in the input, for messages."""
        if self.row is None:
            return self.path or self.key
        return f"{self.path or self.key}, row {self.row}"


def fingerprint(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal.

    >>> fingerprint(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()
