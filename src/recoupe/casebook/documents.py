"""How does a document with its reading come into the casebook, and how does it come out?

A document is the bytes that arrived; a key is the name an input gives an article. Other bytes under a known key are a new version: the old one
is kept, superseded, and is current again when its bytes come back. The same bytes under another key are the same document. The same bytes read
by other code are read again in place. Claims, blocks and words are indexed for current documents only.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Literal

import msgspec
from msgspec import Struct

from recoupe.casebook import furniture, passages, tallies
from recoupe.casebook.blocks import ClaimRow, claim_rows, ordinal, pack_blocks, unpack_blocks
from recoupe.casebook.connection import Row, Store, listed
from recoupe.casebook.weighing import weigh
from recoupe.errors import CasebookError, NotInCasebookError
from recoupe.model import Block, Document, DocumentInfo, Problem, Reading

Added = Literal["new", "version", "reread", "known"]
REPORTS = 1 << 20  # more than a document has; a report is known by the number of its document times this, and its place among the reports
PAGE = 100  # documents decoded at once: no query stays open while the caller works


class Head(Struct, frozen=True):
    """What is stored of a document beside its text."""

    info: DocumentInfo
    blocks: tuple[Block, ...]


_STORED = "SELECT document.number, code_version, head FROM document JOIN body ON body.document = document.number WHERE id = ?"

_head = msgspec.json.Decoder(Head)
_reading = msgspec.json.Decoder(Reading)


def add(store: Store, document: Document, reading: Reading, prints: tuple[str, ...], code_version: str) -> Added:
    """Keep a document with its reading, all or nothing; what was there before decides the answer."""
    _check(store, document, reading)
    with store.transaction():
        row = store.one(_STORED, (document.info.id,))
        if row is None:
            outcome: Added = "new"
            number = _insert(store, document, code_version, furniture.article_of(store, document, prints))
        else:
            number = row[0]
            outcome = "known" if row[1] == code_version and _same_head(row[2], document) else "reread"
        if outcome != "known":
            _write(store, number, document, reading, prints, code_version)
        moved = _point(store, document.info.key, number, reindex=outcome != "known")
        _settle(store, document.info.key, reading.problems)
    return "version" if moved else outcome


def replace(store: Store, document: Document, reading: Reading, prints: tuple[str, ...], code_version: str) -> None:
    """Read a stored document anew where it stands: its keys and what is current under them stay."""
    _check(store, document, reading)
    with store.transaction():
        number = number_of(store, document.info.id)
        current = store.value("SELECT current FROM document WHERE number = ?", (number,))
        _write(store, number, document, reading, prints, code_version)
        if current:
            _unindex(store, number)
            _index(store, number)
            _settle(store, document.info.key, reading.problems)


def _check(store: Store, document: Document, reading: Reading) -> None:
    if reading.document.id != document.info.id:
        raise CasebookError(
            f"{store.path}: the reading of document {reading.document.id} was given with document {document.info.id}: nothing was stored"
        )


def _same_head(packed: bytes, document: Document) -> bool:
    """Whether the document was read with the same blocks and metadata, its key apart: furniture may have come to light since."""
    head = _head.decode(zlib.decompress(packed))
    return head.blocks == document.blocks and msgspec.structs.replace(head.info, key=document.info.key, path=document.info.path) == document.info


def see(store: Store, document: str, key: str) -> Added:
    """Note that a stored document came again, under this key, without reading it; raises CasebookError when it isn't stored."""
    with store.transaction():
        moved = _point(store, key, number_of(store, document), reindex=False)
        _settle(store, key, load_reading(store, document).problems)
    return "version" if moved else "known"


def known(store: Store, ids: Collection[str], code_version: str) -> frozenset[str]:
    """Those of the ids that are stored, read by this version of the code."""
    sql = "SELECT id FROM document WHERE id IN (SELECT value FROM json_each(?)) AND code_version = ?"
    return frozenset(row[0] for row in store.rows(sql, (listed(ids), code_version)))


def count(store: Store) -> int:
    """How many current documents there are."""
    found: int = store.value("SELECT count(*) FROM document WHERE current = 1")
    return found


def load_document(store: Store, document: str) -> Document:
    """A stored document, current or superseded."""
    text, head, _ = _body(store, document)
    return _document(text, head)


def load_reading(store: Store, document: str) -> Reading:
    """The reading of a stored document."""
    return _reading.decode(zlib.decompress(_body(store, document)[2]))


def load_record(store: Store, document: str) -> tuple[Document, Reading]:
    """A stored document with its reading."""
    text, head, reading = _body(store, document)
    return _document(text, head), _reading.decode(zlib.decompress(reading))


def load_documents(store: Store, *, current_only: bool) -> Iterator[Document]:
    """The stored documents in the order in which they came."""
    return (_document(text, head) for text, head, _ in _bodies(store, current_only=current_only))


def load_readings(store: Store, *, current_only: bool) -> Iterator[Reading]:
    """The readings of the stored documents in the order in which these came."""
    return (_reading.decode(zlib.decompress(reading)) for _, _, reading in _bodies(store, current_only=current_only))


def load_records(store: Store) -> Iterator[tuple[Document, Reading]]:
    """The current documents with their readings, in the order in which they came."""
    for text, head, reading in _bodies(store, current_only=True):
        yield _document(text, head), _reading.decode(zlib.decompress(reading))


def current(store: Store) -> frozenset[str]:
    """The ids of the documents that are the newest of one of their keys."""
    return frozenset(row[0] for row in store.rows("SELECT id FROM document WHERE current = 1"))


def versions(store: Store, key: str) -> tuple[str, ...]:
    """The ids of the documents that came under a key, the current one last."""
    sql = """SELECT document.id FROM key JOIN version ON version.key = key.number JOIN document ON document.number = version.document
             WHERE key.name = ? ORDER BY version.document = key.document, version.first_at, document.number"""
    return tuple(row[0] for row in store.rows(sql, (key,)))


def keys(store: Store, document: str) -> tuple[str, ...]:
    """The keys under which a document came, in order."""
    sql = """SELECT key.name FROM version JOIN key ON key.number = version.key JOIN document ON document.number = version.document
             WHERE document.id = ? ORDER BY key.number"""
    return tuple(row[0] for row in store.rows(sql, (document,)))


def number_of(store: Store, document: str) -> int:
    """The row of a document; raises NotInCasebookError when it isn't stored."""
    row = store.one("SELECT number FROM document WHERE id = ?", (document,))
    if row is None:
        raise NotInCasebookError(f"{store.path}: there is no document {document!r}: `recoupe search` lists the ids")
    number: int = row[0]
    return number


def add_problem(store: Store, problem: Problem) -> None:
    """Keep a problem of an input; the same one again replaces it."""
    with store.transaction():
        _note(store, problem.document or "", [problem])


def load_problems(store: Store) -> tuple[Problem, ...]:
    """The problems that no later run has settled, by input."""
    rows = store.rows("SELECT stage, reason, document FROM problem ORDER BY document, stage, reason")
    return tuple(Problem(stage, reason, document or None) for stage, reason, document in rows)


# ------------------------------------------------------------------------------------------------------------------- the steps


def _insert(store: Store, document: Document, code_version: str, article: int | None) -> int:
    info = document.info
    store.run("INSERT OR IGNORE INTO outlet (name) VALUES (?)", (info.outlet or "",))
    previous = store.one("SELECT article FROM document JOIN key ON key.document = document.number WHERE key.name = ?", (info.key,))
    same = previous[0] if previous else article
    return store.run(
        """INSERT INTO document (number, id, outlet, language, published, current, article, code_version, added_at)
           SELECT next, ?, (SELECT number FROM outlet WHERE name = ?), ?, ?, 0, coalesce(?, next), ?, ?
           FROM (SELECT coalesce(max(number), 0) + 1 AS next FROM document)""",
        (info.id, info.outlet or "", info.language, ordinal(info.published.date_start), same, code_version, _now()),
    )


def _write(store: Store, number: int, document: Document, reading: Reading, prints: tuple[str, ...], code_version: str) -> None:
    """The body of a document; on a second reading in place of the first, its text too: spans and text belong to one decoding."""
    info = document.info
    head = msgspec.json.encode(Head(info, document.blocks))
    store.run("INSERT OR IGNORE INTO outlet (name) VALUES (?)", (info.outlet or "",))
    store.run(
        """UPDATE document SET code_version = ?, language = ?, published = ?, outlet = (SELECT number FROM outlet WHERE name = ?)
           WHERE number = ?""",
        (code_version, info.language, ordinal(info.published.date_start), info.outlet or "", number),
    )
    store.run(
        "INSERT OR REPLACE INTO body (document, text, head, reading) VALUES (?, ?, ?, ?)",
        (number, _packed(_to_bytes(document.text)), _packed(head), _packed(msgspec.json.encode(reading))),
    )
    furniture.keep(store, number, document, prints)
    passages.keep(store, number, document)


def _point(store: Store, key: str, number: int, *, reindex: bool) -> bool:
    """Make a document the current version of a key; whether the key had another one."""
    row = store.one("SELECT number, document FROM key WHERE name = ?", (key,))
    if row is None:
        key_number = store.run("INSERT INTO key (name, document) VALUES (?, ?)", (key, number))
    else:
        key_number = row[0]
        store.run("UPDATE key SET document = ? WHERE number = ?", (number, key_number))
    store.run("INSERT OR IGNORE INTO version (key, document, first_at) VALUES (?, ?, ?)", (key_number, number, _now()))
    previous = number if row is None else row[1]
    moved = previous != number
    if moved and store.one("SELECT 1 FROM key WHERE document = ?", (previous,)) is None:
        _unindex(store, previous)
    if reindex or store.value("SELECT current FROM document WHERE number = ?", (number,)) == 0:
        _unindex(store, number)
        _index(store, number)
    return moved


def _index(store: Store, number: int) -> None:
    sql = "SELECT reading, text, document.language FROM body JOIN document ON document.number = body.document WHERE body.document = ?"
    for packed, text, language in tuple(store.rows(sql, (number,))):
        reading = _reading.decode(zlib.decompress(packed))
        for row in claim_rows(reading):
            _index_claim(store, number, row)
        weigh(store, reading, number)
        tallies.keep(store, number, language, reading, zlib.decompress(text).decode("utf-8", "surrogatepass"))
    store.run("UPDATE document SET current = 1 WHERE number = ?", (number,))
    store.run("INSERT OR REPLACE INTO change (document) VALUES (?)", (number,))


def _index_claim(store: Store, document: int, row: ClaimRow) -> None:
    days = row.days
    place = row.place if row.placed == "own" else None
    where = (place.place, place.country, place.latitude, place.longitude) if place else (None, None, None, None)
    claim = store.run(
        """INSERT INTO claim (document, id, type, groups, mode, acled, day, day_from, day_to, dated, place, country, latitude, longitude,
                              placed, factuality, stage, voice, tie, blocks)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (document, row.id, row.type, row.groups, row.mode, row.acled, days.day, days.first, days.last, days.basis,
         *where, row.placed, row.factuality, row.stage, row.voice, row.tie, pack_blocks(row.blocks)),
    )  # fmt: skip
    store.run_many("INSERT INTO block (block, day, tie, claim) VALUES (?, ?, ?, ?)", [(block, days.day, row.tie, claim) for block in row.blocks])
    for role, names in (("actor", row.actors), ("recipient", row.recipients)):
        for name in names:
            store.run("INSERT OR IGNORE INTO actor (name) VALUES (?)", (name,))
            store.run(
                "INSERT INTO claim_actor (claim, actor, role) VALUES (?, (SELECT number FROM actor WHERE name = ?), ?)",
                (claim, name, role),
            )


def forget_told(store: Store, number: int) -> None:
    """Keep nothing of a document, given by number, for the cross-check."""
    store.run("DELETE FROM told WHERE document = ?", (number,))
    store.run("DELETE FROM sketch WHERE document = ?", (number,))
    store.run("DELETE FROM report WHERE number >= ? AND number < ?", (number * REPORTS, (number + 1) * REPORTS))


def _unindex(store: Store, number: int) -> None:
    tallies.drop(store, number)
    gone = [
        (block, day, tie, claim)
        for claim, day, tie, packed in store.rows("SELECT number, day, tie, blocks FROM claim WHERE document = ?", (number,))
        for block in unpack_blocks(packed)
    ]
    store.run_many("DELETE FROM block WHERE block = ? AND day = ? AND tie = ? AND claim = ?", gone)
    store.run_many("INSERT OR IGNORE INTO vacated (block, day, tie) VALUES (?, ?, ?)", [position[:3] for position in gone])
    store.run("DELETE FROM claim WHERE document = ?", (number,))
    forget_told(store, number)  # its words are blocks of claims that are gone
    store.run("DELETE FROM link WHERE left_document = ?", (number,))
    store.run("DELETE FROM link WHERE right_document = ?", (number,))
    store.run("UPDATE document SET current = 0 WHERE number = ?", (number,))
    store.run("INSERT OR REPLACE INTO change (document) VALUES (?)", (number,))


def _settle(store: Store, key: str, problems: tuple[Problem, ...]) -> None:
    """What earlier runs could not do with an input is done: only the problems of its reading remain."""
    store.run("DELETE FROM problem WHERE document = ?", (key,))
    _note(store, key, problems)


def _note(store: Store, key: str, problems: Iterable[Problem]) -> None:
    rows = [(key, problem.stage, problem.reason, _now()) for problem in problems]
    store.run_many("INSERT OR REPLACE INTO problem (document, stage, reason, at) VALUES (?, ?, ?, ?)", rows)


def _body(store: Store, document: str) -> Row:
    row = store.one("SELECT text, head, reading FROM body WHERE document = ?", (number_of(store, document),))
    if row is None:
        raise CasebookError(f"{store.path}: the text of document {document!r} is missing: restore the file from a backup")
    return row


def _bodies(store: Store, *, current_only: bool) -> Iterator[Row]:
    last = 0
    while True:
        sql = """SELECT text, head, reading, body.document FROM body JOIN document ON document.number = body.document
                 WHERE body.document > ? AND document.current >= ? ORDER BY body.document LIMIT ?"""
        rows = tuple(store.rows(sql, (last, int(current_only), PAGE)))
        if not rows:
            return
        last = rows[-1][3]
        yield from (row[:3] for row in rows)


def _document(text: bytes, head: bytes) -> Document:
    found = _head.decode(zlib.decompress(head))
    return Document(found.info, zlib.decompress(text).decode("utf-8", "surrogatepass"), found.blocks)


def _to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half a surrogate pair out of a broken page must not stop the storing


def _packed(raw: bytes) -> bytes:
    return zlib.compress(raw, 6)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
