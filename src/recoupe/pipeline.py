"""How does an article become part of the record? The path of a document, readable in one sitting.

    paths ── ingest ─▶ items ─▶ documents ── language ─▶ parsed ── extract ─▶ readings ─▶ casebook      one document at a time
    casebook ── candidates ─▶ accounts ── crosscheck ─▶ events, disputes ─▶ casebook                    across documents

A document that fails becomes a `Problem` here and nowhere else, and never stops a run.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import islice
from typing import TypeVar

from msgspec import Struct

from recoupe.casebook import Casebook
from recoupe.crosscheck import accounts, check, signature
from recoupe.errors import RecoupeError
from recoupe.extract.reading import read_parsed
from recoupe.ingest import Item, line_prints, recurring, to_document, with_furniture
from recoupe.knowledge.actors import Register, open_register
from recoupe.knowledge.places import Gazetteer, open_gazetteer
from recoupe.language.parse import parse_all
from recoupe.model import Document, Problem, Reading

BATCH = 100  # documents read before furniture is looked for across them; also the most that an interrupted run does again

Read = tuple[Document, Reading]
Result = TypeVar("Result")


class Knowledge(Struct, frozen=True):
    """What is known before reading: the actors and the places of the world."""

    register: Register
    gazetteer: Gazetteer


def open_knowledge() -> Knowledge:
    """The register and the gazetteer; raises KnowledgeError when one is missing, saying what to do."""
    return Knowledge(open_register(), open_gazetteer())


# ---------------------------------------------------------------------------------------------------- one document at a time


def read_document(document: Document, knowledge: Knowledge) -> Reading:
    """Document → Parsed → Reading."""
    (parsed,) = parse_all([document])
    return read_parsed(document, parsed, knowledge.register, knowledge.gazetteer)


def read_all(items: Iterable[Item | Problem], knowledge: Knowledge) -> Iterator[Read | Problem]:
    """Items → Documents → Readings, without a casebook; furniture is told apart across the documents of a batch."""
    waiting = iter(items)
    while batch := tuple(islice(waiting, BATCH)):
        found = [_guarded("ingest", item.key, lambda item=item: to_document(item)) if isinstance(item, Item) else item for item in batch]
        furniture = _furniture(document for document in found if isinstance(document, Document))
        for each in found:
            if isinstance(each, Problem):
                yield each
                continue
            document = with_furniture(each, furniture.get(each.info.outlet, frozenset()))
            reading = _guarded("read", document.info.key, lambda document=document: read_document(document, knowledge))
            yield reading if isinstance(reading, Problem) else (document, reading)
