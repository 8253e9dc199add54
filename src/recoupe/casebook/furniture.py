"""Which lines recur over the articles of one outlet, and how many different articles hold each?

Lines come as fingerprints made by whoever reads pages. Versions of one key are one article; a near copy (a reprint under another address) is
counted with the first: it shares at least four fifths of the fingerprints of one of the documents that hold one of its three longest lines.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Sequence

from msgspec import Struct

from recoupe.casebook.connection import Store, listed
from recoupe.model import Document

SHARED = 0.8  # of the fingerprints of both together
LONGEST_LINES, TRIED = 3, 8  # lines by which a copy is looked for, and earlier documents tried for each


class Recurring(Struct, frozen=True):
    """A line's fingerprint and the number of different articles that hold it, `of` how many the outlet has."""

    print: str
    articles: int
    of: int


def keep(store: Store, number: int, document: Document, prints: Sequence[str]) -> None:
    """Keep the fingerprints of a document's lines in place of those it had."""
    store.run("DELETE FROM line WHERE document = ?", (number,))
    store.run_many("INSERT OR IGNORE INTO line (document, print) VALUES (?, ?)", [(number, one) for one in prints])
    store.run_many("INSERT OR IGNORE INTO long_line (hash, document) VALUES (?, ?)", [(one, number) for one in _long_lines(document)])


def article_of(store: Store, document: Document, prints: Sequence[str]) -> int | None:
    """The article that a document not yet stored is a near copy of, or None."""
    ours = frozenset(prints)
    tried: set[int] = set()
    for line in _long_lines(document) if ours else ():
        for (number,) in tuple(store.rows("SELECT document FROM long_line WHERE hash = ? ORDER BY document LIMIT ?", (line, TRIED))):
            if number in tried:
                continue
            tried.add(number)
            theirs = {row[0] for row in store.rows("SELECT print FROM line WHERE document = ?", (number,))}
            if len(ours & theirs) >= SHARED * len(ours | theirs):
                article: int = store.value("SELECT article FROM document WHERE number = ?", (number,))
                return article
    return None


def recurring(store: Store, outlet: str | None, least: int) -> tuple[Recurring, ...]:
    """The fingerprints that at least `least` different articles of an outlet hold, the most frequent first."""
    sql = """SELECT line.print, count(DISTINCT document.article) AS articles
             FROM document JOIN outlet ON outlet.number = document.outlet JOIN line ON line.document = document.number
             WHERE outlet.name = ? GROUP BY line.print HAVING articles >= ? ORDER BY articles DESC, line.print"""
    total = "SELECT count(DISTINCT document.article) FROM document JOIN outlet ON outlet.number = document.outlet WHERE outlet.name = ?"
    of: int = store.value(total, (outlet or "",))
    return tuple(Recurring(one, articles, of) for one, articles in store.rows(sql, (outlet or "", least)))


def holding(store: Store, outlet: str | None, prints: Collection[str]) -> tuple[str, ...]:
    """The ids of the current documents of an outlet that hold one of the lines."""
    sql = """SELECT DISTINCT document.id FROM document JOIN outlet ON outlet.number = document.outlet JOIN line ON line.document = document.number
             WHERE outlet.name = ? AND line.print IN (SELECT value FROM json_each(?))
               AND document.current = 1 ORDER BY document.id"""
    return tuple(row[0] for row in store.rows(sql, (outlet or "", listed(prints))))


def _long_lines(document: Document) -> tuple[int, ...]:
    """The longest lines, as numbers that hold the outlet too: copies are sought within one."""
    lines = sorted({line.strip() for line in document.text.splitlines()} - {""}, key=lambda line: (-len(line), line))
    return tuple(zlib.crc32(f"{document.info.outlet}\0{line}".encode("utf-8", "replace")) for line in lines[:LONGEST_LINES])
