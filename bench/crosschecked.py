"""What does the whole path make of a set's articles? Documents, readings, accounts and events, without a casebook; parses are kept on disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

import msgspec
from msgspec import Struct

from bench.parses import parsed_document
from bench.sets import Row
from recoupe.casebook import Pair, open_casebook
from recoupe.checking import keep_told
from recoupe.crosscheck import Account, Checked, accounts, check, copies, signature, tell
from recoupe.extract.reading import read_parsed
from recoupe.ingest import Item, line_prints, recurring, to_document, with_furniture
from recoupe.ingest.item import fingerprint
from recoupe.language.headline import parse_headline
from recoupe.model import Document, Reading
from recoupe.pipeline import Knowledge, open_knowledge

READINGS = os.environ.get("RECOUPE_READINGS")  # a folder that keeps readings, for work on the cross-check alone


class Crosschecked(Struct, frozen=True, dict=True):
    """The events of a set's articles, with what they were made of."""

    documents: tuple[Document, ...]
    readings: tuple[Reading, ...]
    accounts: tuple[Account, ...]
    copies: tuple[tuple[str, ...], ...]
    checked: Checked

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {document.info.id: document.info.key for document in self.documents}

    def article(self, document: str) -> str:
        """The set's own name of a document."""
        return self._keys[document]


def crosschecked(articles: Iterable[Row]) -> Crosschecked:
    """Read and check articles: rows with `id` and `text`, and where known `title`, `published`, `outlet`, `language`, `url`."""
    documents = _documents(articles)
    readings = tuple(_reading(document) for document in documents)
    told = tuple(account for document, reading in zip(documents, readings, strict=True) for account in accounts(document, reading))
    groups = copies(signature(document) for document in documents)
    return Crosschecked(documents, readings, told, groups, check(told, candidates(zip(documents, readings, strict=True)), groups))


def candidates(read: Iterable[tuple[Document, Reading]]) -> tuple[Pair, ...]:
    """The pairs of claims worth a comparison, from a casebook of these documents."""
    with tempfile.TemporaryDirectory() as folder, open_casebook(Path(folder) / "bench.casebook") as casebook:
        with casebook.batch():
            for document, reading in read:
                casebook.add(document, reading)
                keep_told(casebook, tell(document, reading))
        return tuple(casebook.candidates())


def _documents(articles: Iterable[Row]) -> tuple[Document, ...]:
    found = [to_document(item) for item in _items(articles)]
    by_outlet: dict[str | None, list[Document]] = {}
    for document in found:
        by_outlet.setdefault(document.info.outlet, []).append(document)
    furniture = {outlet: recurring(map(line_prints, documents)) for outlet, documents in by_outlet.items()}
    return tuple(with_furniture(document, furniture[document.info.outlet]) for document in found)


def _items(articles: Iterable[Row]) -> Iterator[Item]:
    """Every article as a row of JSON Lines; its name goes into the hash, so that two with one text stay two."""
    for row in articles:
        data = row["text"].encode()
        name = fingerprint(f"{row['id']} {fingerprint(data)}".encode())
        fields = {field: row.get(field) for field in ("title", "published", "outlet", "language", "url")}
        yield Item(row["id"], None, data, name, "row", **fields)


@cache
def _knowledge() -> Knowledge:
    return open_knowledge()


def _reading(document: Document) -> Reading:
    kept = Path(READINGS) / f"{document.info.id}.json" if READINGS else None
    if kept is not None and kept.exists():
        return msgspec.json.decode(kept.read_bytes(), type=Reading)
    known = _knowledge()
    found = read_parsed(document, parsed_document(document), known.register, known.gazetteer, parse_headline(document))
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(msgspec.json.encode(found))
    return found
