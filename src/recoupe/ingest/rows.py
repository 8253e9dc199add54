"""Which article does a row of JSON Lines hold? Every row becomes an Item or a Problem of its own, so that a broken one stops nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Protocol

import msgspec

from recoupe.errors import InputError
from recoupe.ingest.decode import decode
from recoupe.ingest.item import LARGEST_ITEM, STANDARD_INPUT, Fields, Item, fingerprint
from recoupe.model import Problem

_BOMS = (b"\xff\xfe", b"\xfe\xff")


class Lines(Protocol):
    """A stream of bytes that is read line by line."""

    def readline(self, size: int, /) -> bytes: ...  # noqa: D102


def read_rows(stream: Lines, path: str, fields: Fields) -> Iterator[Item | Problem]:
    """The rows of a JSON Lines stream, one at a time; blank lines are passed over, `path` names the stream in messages."""
    number, rows = 0, 0
    while line := stream.readline(LARGEST_ITEM + 1):
        number += 1
        if number == 1 and line.startswith(_BOMS):
            yield Problem("ingest", f"{path} is JSON in UTF-16, and JSON Lines are UTF-8: save it as UTF-8", path)
            return
        if len(line) > LARGEST_ITEM:
            rows += 1
            _skip_line(stream, line)
            yield _problem(path, number, f"is longer than {LARGEST_ITEM // 1_000_000} MB, which no article is: split it")
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            rows += 1
            yield read_row(line.removeprefix(b"\xef\xbb\xbf").strip(), path, number, fields)
    if not rows:
        yield Problem("ingest", f"{path} is empty: there is nothing to read", path)


def read_array(data: bytes, path: str, fields: Fields) -> Iterator[Item | Problem]:
    """The objects of one JSON array, or one object alone."""
    try:
        head = data.removeprefix(b"\xef\xbb\xbf").lstrip()
        objects = msgspec.json.decode(head, type=list[msgspec.Raw]) if head.startswith(b"[") else [head]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield Problem("ingest", f"{path} is not JSON ({error}): check that it is whole, or give one object a line as .jsonl", path)
        return
    for number, item in enumerate(objects, 1):
        yield read_row(bytes(item), path, number, fields)


def read_row(line: bytes, path: str, number: int, fields: Fields) -> Item | Problem:
    """One row as an Item, or as the Problem that says what is wrong with it.

    >>> read_row(b'{"id": "a7", "text": "Une frappe."}', "news.jsonl", 3, Fields()).key
    'a7'
    >>> read_row(b'{"id": "a7", "text": 5}', "news.jsonl", 3, Fields()).reason
    'news.jsonl, row 3: `text` is a number where a text is wanted: name the column that holds the text'
    """
    try:
        return _read_row(line, path, number, fields)
    except InputError as error:
        return _problem(path, number, str(error))


def _read_row(line: bytes, path: str, number: int, fields: Fields) -> Item:
    columns = _columns(line, path)
    text = columns.get(fields.text)
    if fields.text not in columns:
        found = ", ".join(f"`{name}`" for name in list(columns)[:8]) or "no column at all"
        raise InputError(f"has no column `{fields.text}` (it has {found}): name the column that holds the text")
    if not isinstance(text, str):
        raise InputError(f"`{fields.text}` is {_sort(text)} where a text is wanted: name the column that holds the text")
    if not text.strip():
        raise InputError(f"`{fields.text}` is empty: there is nothing to read")
    url, sha256 = _word(columns, fields.url), fingerprint(line)
    return Item(
        key=_word(columns, fields.id) or url or (f"stdin:{sha256[:16]}" if path == STANDARD_INPUT else f"{path}:{number}"),
        path=None if path == STANDARD_INPUT else path,
        data=text.encode("utf-8", "replace"),
        sha256=sha256,
        kind="row",
        row=number,
        title=_word(columns, fields.title),
        published=_word(columns, fields.published),
        outlet=_word(columns, fields.outlet),
        language=_word(columns, fields.language),
        url=url,
    )


def _columns(line: bytes, path: str) -> dict[str, Any]:
    try:
        row = json.loads(decode(line, path), object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON ({error}): the other rows are read without it") from error
    if not isinstance(row, dict):
        raise InputError(f"is {_sort(row)} where an object with columns is wanted")
    return row


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object's columns; which of two values under one name is meant can't be known, so that raises InputError."""
    columns = dict(pairs)
    if len(columns) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(f"has the column `{twice}` twice: keep one of them")
    return columns


def _word(columns: dict[str, Any], name: str) -> str | None:
    value = columns.get(name)
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return str(value)
    if not isinstance(value, str):
        raise InputError(f"`{name}` is {_sort(value)} where a text is wanted: name another column for it")
    return value.strip().encode("utf-8", "replace").decode() or None


def _sort(value: object) -> str:
    if value is None:
        return "null"
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}
    return kinds.get(type(value), "an object")


def _skip_line(stream: Lines, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(LARGEST_ITEM)


def _problem(path: str, number: int, reason: str) -> Problem:
    mark = " " if reason[0] != "`" else ": "
    return Problem("ingest", f"{path}, row {number}{mark}{reason}", f"{path}:{number}")
