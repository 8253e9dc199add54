"""Is a key surely in no gazetteer? A Bloom filter over all keys, kept in the gazetteer file: most words of a text are no names of places.

Source: B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 13 (1970). With 16 bits a key and two probes about one
key in seventy that is not there has to be looked up all the same; none that is there is missed.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable

_BITS_A_KEY = 16
_LEAST = 1 << 13  # bits of the filter of a very small gazetteer
_SECOND = 0x9E3779B9  # where the second hash starts


class KeyFilter:
    """Tells of keys that they are not held; a filter without bits tells nothing."""

    def __init__(self, bits: bytes) -> None:
        """Of the bits that `filter_bits` gave, a power of two of them; empty where a gazetteer has none."""
        self._bits = bits
        self._mask = len(bits) * 8 - 1

    def lacks(self, key: str) -> bool:
        """Whether the key is surely not held.

        >>> held = KeyFilter(filter_bits(["alep", "damas"], 2))
        >>> held.lacks("alep"), held.lacks("quatorze"), KeyFilter(b"").lacks("quatorze")
        (False, True, False)
        """
        bits = self._bits
        if not bits:
            return False
        raw = key.encode()
        at = zlib.crc32(raw) & self._mask
        if not bits[at >> 3] >> (at & 7) & 1:
            return True
        at = zlib.crc32(raw, _SECOND) & self._mask
        return not bits[at >> 3] >> (at & 7) & 1


def filter_bits(keys: Iterable[str], count: int) -> bytes:
    """The bits of a filter over some `count` keys: for a million keys 2 MB."""
    size = _LEAST
    while size < _BITS_A_KEY * count:
        size *= 2
    bits, mask = bytearray(size // 8), size - 1
    for key in keys:
        raw = key.encode()
        for at in (zlib.crc32(raw) & mask, zlib.crc32(raw, _SECOND) & mask):
            bits[at >> 3] |= 1 << (at & 7)
    return bytes(bits)


def read_filter(link: sqlite3.Connection) -> KeyFilter:
    """The filter of an open gazetteer; one that knows nothing where an import was stopped, or the file is older than filters."""
    row = link.execute("select bits from key_filter").fetchone() if _has_filter(link) else None
    return KeyFilter(row[0] if row is not None else b"")


def drop_filter(link: sqlite3.Connection) -> None:
    """Forget the filter before keys are added that it doesn't hold."""
    if _has_filter(link):
        link.execute("delete from key_filter")


def write_filter(link: sqlite3.Connection) -> None:
    """Make the filter of all keys that the gazetteer holds now."""
    link.execute("create table if not exists key_filter (bits blob not null)")
    link.execute("delete from key_filter")
    (count,) = link.execute("select count(*) from name").fetchone()
    keys = (key for (key,) in link.execute("select distinct key from name"))
    link.execute("insert into key_filter values (?)", (filter_bits(keys, count),))


def _has_filter(link: sqlite3.Connection) -> bool:
    return link.execute("select 1 from sqlite_master where name = 'key_filter'").fetchone() is not None
