"""Is the file whole, and what does it hold?"""

from __future__ import annotations

from msgspec import Struct

from recoupe.casebook.connection import Store
from recoupe.casebook.schema import latest_version
from recoupe.errors import CasebookError


class Health(Struct, frozen=True):
    """The state of a casebook; `faults` is empty when it is whole. A count that can't be read is None."""

    path: str
    version: int
    latest_version: int
    sqlite: str
    file_bytes: int
    log_bytes: int
    free_bytes: int
    documents: int | None
    superseded: int | None
    keys: int | None
    claims: int | None
    events: int | None
    links: int | None
    reviews: int | None
    decisions: int | None
    problems: int | None
    unchecked: int | None
    faults: tuple[str, ...]


def examine(store: Store) -> Health:
    """Check the whole file (a minute for ten gigabytes) and count what it holds."""
    log = store.path.with_name(store.path.name + "-wal")
    return Health(
        path=str(store.path),
        version=store.value("PRAGMA user_version"),
        latest_version=latest_version(),
        sqlite=store.value("SELECT sqlite_version()"),
        file_bytes=store.path.stat().st_size,
        log_bytes=log.stat().st_size if log.exists() else 0,
        free_bytes=store.value("PRAGMA freelist_count") * store.value("PRAGMA page_size"),
        documents=_count(store, "SELECT count(*) FROM document WHERE current = 1"),
        superseded=_count(store, "SELECT count(*) FROM document WHERE current = 0"),
        keys=_count(store, "SELECT count(*) FROM key"),
        claims=_count(store, "SELECT count(*) FROM claim"),
        events=_count(store, "SELECT count(*) FROM event"),
        links=_count(store, "SELECT count(*) FROM link"),
        reviews=_count(store, "SELECT count(*) FROM review"),
        decisions=_count(store, "SELECT count(*) FROM decision"),
        problems=_count(store, "SELECT count(*) FROM problem"),
        unchecked=_count(store, "SELECT count(*) FROM change"),
        faults=_faults(store),
    )


def _count(store: Store, sql: str) -> int | None:
    try:
        count: int = store.value(sql)
    except CasebookError:  # the doctor goes on: what is damaged stands among the faults
        return None
    return count


def _faults(store: Store) -> tuple[str, ...]:
    found: list[str] = []
    try:
        found += [row[0] for row in store.rows("PRAGMA integrity_check(20)") if row[0] != "ok"]
        found += [f"table {row[0]}: row {row[1]} points to no row of {row[2]}" for row in store.rows("PRAGMA foreign_key_check")]
        found += [row[0] for row in store.rows("SELECT rtreecheck('event_place')") if row[0] != "ok"]
        if not store.read_only:
            store.run("INSERT INTO search (search) VALUES ('integrity-check')")
        blocks, rows = store.value("SELECT coalesce(sum(length(blocks)), 0) / 4 FROM claim"), store.value("SELECT count(*) FROM block")
        if blocks != rows:
            found.append(f"the claims name {blocks} blocks, the index holds {rows}")
        bodies = store.value("SELECT count(*) FROM document LEFT JOIN body ON body.document = document.number WHERE body.document IS NULL")
        if bodies:
            found.append(f"{bodies} documents have no text")
        tallied = """SELECT count(*) FROM document LEFT JOIN tally ON tally.document = document.number
                     WHERE document.current <> (tally.said IS NOT NULL)"""
        uncounted = store.value(tallied)
        if uncounted:
            found.append(f"{uncounted} documents are counted otherwise than they stand: add them again")
    except CasebookError as error:
        found.append(str(error))
    return tuple(found)
