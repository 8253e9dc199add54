"""What does the cross-check keep of a document, and in which of its reports does a claim stand? Kept in its own formats, by document number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from recoupe.casebook.blocks import RARE_WORD, kind_of, pack_blocks, unpack_blocks, word_blocks
from recoupe.casebook.candidates import Claims, disturbed, load_claims, near
from recoupe.casebook.connection import Row, Store, listed
from recoupe.casebook.documents import REPORTS, forget_told, number_of
from recoupe.model import ClaimRef


class ToldParts(Struct, frozen=True):
    """What the cross-check looks at in a document, in parts, a sketch of every report, and of each claim the place of its report and its rare words."""

    head: bytes
    reports: tuple[bytes, ...]
    signature: bytes
    sketches: bytes
    homes: Mapping[str, int]
    words: Mapping[str, Collection[str]]


class SketchSize(Struct, frozen=True):
    """A document by number, the version of the code that made its sketches, and their size in bytes."""

    document: int
    version: str
    bytes: int


def keep_told(store: Store, document: str, version: str, parts: ToldParts) -> None:
    """Keep what the cross-check looks at in a document until it is read again, and the rare words of each claim as blocks."""
    with store.transaction():
        number = number_of(store, document)
        for claim, groups, day, tie, identity, packed in tuple(
            store.rows("SELECT number, groups, day, tie, id, blocks FROM claim WHERE document = ?", (number,))
        ):
            before = tuple(unpack_blocks(packed))
            after = (*(block for block in before if kind_of(block) != RARE_WORD), *word_blocks(groups, parts.words.get(identity, ())))
            gone, came = set(before).difference(after), set(after).difference(before)
            store.run_many("DELETE FROM block WHERE block = ? AND day = ? AND tie = ? AND claim = ?", [(block, day, tie, claim) for block in gone])
            store.run_many("INSERT INTO block (block, day, tie, claim) VALUES (?, ?, ?, ?)", [(block, day, tie, claim) for block in came])
            store.run("UPDATE claim SET blocks = ?, report = ? WHERE number = ?", (pack_blocks(after), parts.homes.get(identity, 0), claim))
        forget_told(store, number)
        store.run("INSERT INTO told (document, head, signature) VALUES (?, ?, ?)", (number, parts.head, parts.signature))
        first = number * REPORTS
        store.run_many("INSERT INTO report (number, told) VALUES (?, ?)", [(first + place, each) for place, each in enumerate(parts.reports)])
        store.run("INSERT OR REPLACE INTO sketch (document, version, sketches) VALUES (?, ?, ?)", (number, version, parts.sketches))


def _kept(store: Store, sql: str, numbers: Collection[int]) -> dict[int, bytes]:
    return dict(store.rows(sql, (str(sorted(numbers)),)))


def untold(store: Store, documents: Collection[str] | None, version: str) -> tuple[str, ...]:
    """Those of the current documents (of all where None are given) of which nothing is kept by this version of the cross-check."""
    sql = """SELECT document.id FROM document LEFT JOIN sketch ON sketch.document = document.number
             WHERE document.current = 1 AND sketch.version IS NOT ?1 AND (?2 IS NULL OR document.id IN (SELECT value FROM json_each(?2)))"""
    return tuple(row[0] for row in store.rows(sql, (version, None if documents is None else listed(documents))))


def outdated(store: Store, version: str) -> bool:
    """Whether another version of the cross-check made what is kept of a current document."""
    sql = """SELECT 1 FROM sketch JOIN document ON document.number = sketch.document
             WHERE (version < ?1 OR version > ?1) AND document.current = 1 LIMIT 1"""
    return store.one(sql, (version,)) is not None


def sketch_sizes(store: Store, numbers: Collection[int] | None) -> tuple[SketchSize, ...]:
    """How large the sketches of current documents are, by number in order; of all where None are given."""
    return tuple(SketchSize(*row) for row in _of_sketches(store, "sketch.document, sketch.version, length(sketches)", numbers))


def load_sketches(store: Store, numbers: Collection[int] | None) -> Iterator[bytes]:
    """The sketches of the reports of current documents, by number in order; of all where None are given."""
    return (row[0] for row in _of_sketches(store, "sketches", numbers))


def _of_sketches(store: Store, columns: str, numbers: Collection[int] | None) -> Iterator[Row]:
    sql = f"SELECT {columns} FROM sketch WHERE (SELECT current FROM document WHERE number = sketch.document)"  # noqa: S608 - constants
    among = "" if numbers is None else " AND document IN (SELECT value FROM json_each(?))"
    return store.rows(f"{sql}{among} ORDER BY document", () if numbers is None else (str(sorted(numbers)),))


class Reports:
    """What a cross-check works on. Claims, documents and reports are known by number here: a report's is made from its document's (REPORTS)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, document: str, version: str, parts: ToldParts) -> None:
        """Keep what the cross-check looks at in a stored document, made by a version of its code, until the document is read again.

        What shares a rare word with a claim of it is compared with that, whatever its day.
        """
        keep_told(self._store, document, version, parts)

    def told(self, reports: Collection[int]) -> dict[int, bytes]:
        """What was kept of reports, those left out of which nothing was."""
        return _kept(self._store, "SELECT number, told FROM report WHERE number IN (SELECT value FROM json_each(?))", reports)

    def heads(self, documents: Collection[int]) -> dict[int, bytes]:
        """What was kept of documents for all their reports."""
        return _kept(self._store, "SELECT document, head FROM told WHERE document IN (SELECT value FROM json_each(?))", documents)

    def signatures(self, documents: Collection[int]) -> dict[int, bytes]:
        """What was kept of the texts of documents."""
        return _kept(self._store, "SELECT document, signature FROM told WHERE document IN (SELECT value FROM json_each(?))", documents)

    def untold(self, version: str, documents: Collection[str] | None = None) -> tuple[str, ...]:
        """Those of the current documents, all or of the given ids, of which this version of the code has kept nothing."""
        return untold(self._store, documents, version)

    def outdated(self, version: str) -> bool:
        """Whether another version of the code made what is kept of a current document."""
        return outdated(self._store, version)

    def sketch_sizes(self, documents: Collection[int] | None = None) -> tuple[SketchSize, ...]:
        """How large the sketches of the reports of current documents are, in order, and what made them."""
        return sketch_sizes(self._store, documents)

    def sketches(self, documents: Collection[int] | None = None) -> Iterator[bytes]:
        """The sketches of the reports of current documents, in order."""
        return load_sketches(self._store, documents)

    def columns(self) -> Claims:
        """The claims of all current documents as columns, from which `sweep` finds all pairs."""
        return load_claims(self._store)

    def near(self, claims: Collection[int]) -> Iterator[tuple[int, int]]:
        """The pairs worth a comparison that touch one of the claims, each once."""
        return near(self._store, claims)

    def disturbed(self, documents: Collection[str]) -> frozenset[int]:
        """The claims that are next to other ones since these documents came, or others went: what they are compared with has changed."""
        return disturbed(self._store, documents)

    def of_claims(self, claims: Collection[int]) -> dict[int, int]:
        """The report of each claim, given by number."""
        sql = "SELECT number, claim.document << 20 | claim.report FROM claim WHERE number IN (SELECT value FROM json_each(?))"
        return dict(self._store.rows(sql, (str(sorted(claims)),)))

    def named(self, claims: Iterable[ClaimRef]) -> dict[ClaimRef, int]:
        """The reports of those of the claims that stand in a current document."""
        sql = """SELECT claim.document << 20 | claim.report FROM document JOIN claim ON claim.document = document.number
                 WHERE document.id = ? AND claim.id = ?"""
        found = ((claim, self._store.one(sql, (claim.document, claim.claim))) for claim in claims)
        return {claim: row[0] for claim, row in found if row is not None}

    def claims(self, reports: Iterable[int]) -> Iterator[int]:
        """The numbers of the claims of reports."""
        for report in reports:
            yield from (row[0] for row in self._store.rows("SELECT number FROM claim WHERE document = ? AND report = ?", divmod(report, REPORTS)))

    def in_documents(self, documents: Collection[str]) -> frozenset[int]:
        """The reports of the current ones of these documents."""
        sql = """SELECT claim.document << 20 | claim.report FROM document JOIN claim ON claim.document = document.number
                  WHERE document.id IN (SELECT value FROM json_each(?))"""
        return frozenset(row[0] for row in self._store.rows(sql, (listed(documents),)))

    def beside(self, reports: Iterable[int]) -> frozenset[int]:
        """The reports of all claims of the events that hold a claim of one of these reports."""
        sql = """SELECT claim.document << 20 | claim.report FROM event_claim JOIN claim ON claim.document = event_claim.document AND id = claim
                 WHERE event IN (SELECT event FROM claim JOIN event_claim ON event_claim.document = claim.document AND claim = id
                                 WHERE claim.document = ? AND report = ?)"""
        return frozenset(row[0] for report in reports for row in self._store.rows(sql, divmod(report, REPORTS)))

    def with_documents(self, documents: Collection[str]) -> frozenset[int]:
        """The reports of all claims of the events that hold a claim of one of the documents, superseded ones included."""
        sql = """SELECT claim.document << 20 | claim.report FROM event_claim JOIN claim ON claim.document = event_claim.document AND id = claim
                 WHERE event IN (SELECT event FROM event_document JOIN document ON number = event_document.document
                                 WHERE document.id IN (SELECT value FROM json_each(?)))"""
        return frozenset(row[0] for row in self._store.rows(sql, (listed(documents),)))
