"""What was the workbench started with?"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

MEGABYTE = 1_000_000


class Settings(Struct, frozen=True):
    """The casebook's file, the addresses that may be asked for (`host:port`; none: any), and the token that every visitor must know, if any.

    Sizes are bytes: of a posted form, and of what may be uploaded at once.
    """

    casebook: Path
    hosts: frozenset[str] = frozenset()
    token: str | None = None
    largest_form: int = 2 * MEGABYTE
    largest_upload: int = 100 * MEGABYTE
