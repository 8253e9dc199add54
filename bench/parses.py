"""Parses of evaluation texts, kept on disk as the model gives them, so that a change to an extractor is measured without parsing again."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from recoupe.language.mend import mend
from recoupe.language.parse import load_model, model_parse, model_parses
from recoupe.language.parsed import Parsed
from recoupe.model import Document, Language

FOLDER = Path(os.environ.get("RECOUPE_PARSES", "build/parses"))


def parsed(text: str, language: Language) -> Parsed:
    """The parse of a bare text, from the folder where it was made before by the same code and model."""
    return _kept(text, language, None)


def parsed_document(document: Document) -> Parsed:
    """The parse of a document, by its blocks."""
    return _kept(document.text + "\0" + repr(document.blocks), document.info.language, document)


def _kept(key: str, language: Language, document: Document | None) -> Parsed:
    place = FOLDER / _version(language) / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.msgpack"
    if place.exists():
        return mend(msgspec.msgpack.decode(place.read_bytes(), type=Parsed))
    found = model_parse(key, language) if document is None else next(model_parses([document]))
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(f".{os.getpid()}")
    beside.write_bytes(msgspec.msgpack.encode(found))
    beside.rename(place)
    return mend(found)


@cache
def _version(language: Language) -> str:
    code = b"".join(resources.files("recoupe.language").joinpath(f"{name}.py").read_bytes() for name in ("parse", "parsed", "clear"))
    meta = load_model(language).meta
    return hashlib.sha256(code + f"{meta['name']} {meta['version']}".encode()).hexdigest()[:12]
