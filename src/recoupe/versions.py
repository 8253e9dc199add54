"""Which version of the code made this? Readings name it, so that what other code read is read again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from recoupe.knowledge.places import open_gazetteer
from recoupe.language.pack import LANGUAGES, PackHead, load_table


@cache
def code_version() -> str:
    """What a reading depends on besides its document: the program's files with packs and knowledge, the models, the gazetteer."""
    digest = hashlib.sha256()
    for part in ("model.py", "language", "knowledge", "ingest", "extract"):
        _feed(digest.update, resources.files("recoupe") / part)
    for language in LANGUAGES:
        for package in load_table(language, "pack", PackHead).models:
            try:
                digest.update(f"{package} {metadata.version(package)}".encode())
            except metadata.PackageNotFoundError:
                continue
    digest.update(repr(sorted(open_gazetteer().about().items())).encode())
    return digest.hexdigest()[:16]


@cache
def check_version() -> str:
    """What the cross-check's view of a document depends on besides its reading."""
    digest = hashlib.sha256(code_version().encode())
    _feed(digest.update, resources.files("recoupe") / "crosscheck")
    return digest.hexdigest()[:16]


def _feed(update: Callable[[bytes], None], part: Traversable) -> None:
    if part.is_dir():
        for inner in sorted(part.iterdir(), key=lambda each: each.name):
            if inner.name != "__pycache__":
                _feed(update, inner)
    else:
        update(part.name.encode())
        update(part.read_bytes())
