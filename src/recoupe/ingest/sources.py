"""Which items do files, folders, globs and standard input hold? Found and read one at a time, in a fixed order."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Literal, Protocol, cast

import msgspec

from recoupe.ingest.item import LARGEST_ITEM, STANDARD_INPUT, Fields, Item, ItemKind, fingerprint
from recoupe.ingest.page import looks_like_page
from recoupe.ingest.rows import read_array, read_rows
from recoupe.model import Problem

Sort = Literal["text", "html", "rows", "json", "unknown"]

SUFFIXES: dict[str, Sort] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "rows", ".ndjson": "rows", ".json": "json",
}  # fmt: skip
_READABLE = ".txt, .html, .htm, .jsonl, .ndjson or .json"
_SNIFFED = 65_536  # bytes that tell what standard input, or a file without a suffix, holds
_BLANK = b" \t\r\n\xef\xbb\xbf\xfe\xff\0"
_JSON_STARTS = (b'{"', b"{\n", b"{\r\n", b'[{"', b"[\n", b"[ {")
_TOO_LARGE = f"is larger than {LARGEST_ITEM // 1_000_000} MB, which no article is: give many articles as JSON Lines, one a line"


class Stream(Protocol):
    """A buffered stream of bytes, whose beginning can be looked at before it is read."""

    def peek(self, size: int, /) -> bytes: ...  # noqa: D102
    def read(self, size: int, /) -> bytes: ...  # noqa: D102
    def readline(self, size: int, /) -> bytes: ...  # noqa: D102


def read_items(paths: Sequence[str], fields: Fields) -> Iterator[Item | Problem]:
    """The items behind paths in the order given, folders and globs in the order of their names; what can't be read is a Problem.

    A path is a file, a folder (read with all below it, hidden names left out), a glob, or "-" for standard input.

    >>> [problem] = read_items(["missing.txt"], Fields())
    >>> problem.reason
    'missing.txt: there is no such file or folder: check the name'
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path == "-":
            yield from _read_stream(cast("Stream", sys.stdin.buffer), STANDARD_INPUT, "unknown", fields)
        elif glob.has_magic(path) and not os.path.lexists(path):
            yield from _read_glob(path, fields, seen)
        else:
            yield from _read_path(path, fields, seen, named=True)


def read_upload(stream: Stream, name: str, fields: Fields) -> Iterator[Item | Problem]:
    """The items of a file that came under a name and lies nowhere; their keys are the name with the beginning of the file's fingerprint.

    Rows keep the ids that they have. What is not read is a Problem.

    >>> from io import BufferedReader, BytesIO
    >>> [item] = read_upload(BufferedReader(BytesIO(b"Guernica burns.")), "raid.txt", Fields())
    >>> item.key, item.path
    ('raid.txt 32da1223', None)
    """
    sort = _sort(name, named=True)
    if sort is None:
        yield _problem(name, f"files named *{PurePath(name).suffix} are not read: give {_READABLE}")
        return
    for item in _read_stream(stream, name, sort, fields):
        if isinstance(item, Item) and item.row is None:
            yield msgspec.structs.replace(item, key=f"{name} {item.sha256[:8]}", path=None)
        elif isinstance(item, Item):
            key = f"{name} {item.sha256[:8]}" if item.key == f"{name}:{item.row}" else item.key
            yield msgspec.structs.replace(item, key=key, path=None)
        else:
            yield item


def pasted(
    text: str,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    language: str | None = None,
) -> Item | Problem:
    """A text, or the source of a page, that somebody pasted, with what they say about it; its address is its key, where it has one."""
    data = text.encode("utf-8", "replace")
    sha256 = fingerprint(data)
    key = url or f"pasted:{sha256[:16]}"
    if not data.strip(_BLANK):
        return _problem(key, "is empty: there is nothing to read")
    kind: ItemKind = "html" if looks_like_page(data[:_SNIFFED]) else "text"
    return Item(key, None, data, sha256, kind, title=title, published=published, outlet=outlet, language=language, url=url, charset="utf-8")


def _read_glob(pattern: str, fields: Fields, seen: set[tuple[int, int]]) -> Iterator[Item | Problem]:
    found = sorted(glob.iglob(pattern, recursive=True))
    if not found:
        yield _problem(pattern, "no file fits this pattern: check it, and whether the shell has quoted it")
    for path in found:
        yield from _read_path(path, fields, seen, named=False)


def _read_path(path: str, fields: Fields, seen: set[tuple[int, int]], *, named: bool) -> Iterator[Item | Problem]:
    try:
        state = os.stat(path)
    except OSError as error:
        yield _problem(path, _why(error))
        return
    if stat.S_ISDIR(state.st_mode):
        yield from _read_folder(path, fields, seen, ())
    elif sort := _sort(path, named=named):
        if named or stat.S_ISREG(state.st_mode):
            yield from _read_file(path, sort, fields)
    elif named:
        suffix = PurePath(path).suffix
        yield _problem(path, f"files named *{suffix} are not read: give {_READABLE}, or the text on standard input")


def _read_folder(path: str, fields: Fields, seen: set[tuple[int, int]], above: tuple[tuple[int, int], ...]) -> Iterator[Item | Problem]:
    """A folder and all below it; links are followed, but no folder is read twice, and one that holds itself is a Problem."""
    try:
        state = os.stat(path)
        names = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
    except OSError as error:
        yield _problem(path, _why(error))
        return
    here = (state.st_dev, state.st_ino)
    if here in above:
        yield _problem(path, "this link leads back to a folder that holds it: it was not followed")
        return
    if here in seen:
        return
    seen.add(here)
    for name in names:
        below = os.path.join(path, name)
        if os.path.isdir(below):
            yield from _read_folder(below, fields, seen, (*above, here))
        else:
            yield from _read_path(below, fields, seen, named=False)


def _sort(path: str, *, named: bool) -> Sort | None:
    suffix = PurePath(path).suffix.lower()
    return SUFFIXES.get(suffix) or ("unknown" if named and not suffix else None)


def _read_file(path: str, sort: Sort, fields: Fields) -> Iterator[Item | Problem]:
    name = _storable(path)
    try:
        with open(path, "rb", buffering=_SNIFFED) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > LARGEST_ITEM and sort not in ("rows", "unknown", "json"):
                yield _problem(name, _TOO_LARGE)
            else:
                yield from _read_stream(cast("Stream", stream), name, sort, fields)
    except OSError as error:
        yield _problem(name, _why(error))


def _read_stream(stream: Stream, path: str, sort: Sort, fields: Fields) -> Iterator[Item | Problem]:
    sort = _sniff(stream.peek(_SNIFFED), sort) if sort in ("unknown", "json") else sort
    if sort == "rows":
        yield from read_rows(stream, path, fields)
        return
    data = stream.read(LARGEST_ITEM + 1)
    if len(data) > LARGEST_ITEM:
        yield _problem(path, _TOO_LARGE)
    elif not data.strip(_BLANK):
        yield _problem(path, "is empty: there is nothing to read")
    elif sort == "json":
        yield from read_array(data, path, fields)
    else:
        sha256 = fingerprint(data)
        key, place = (f"stdin:{sha256[:16]}", None) if path == STANDARD_INPUT else (path, path)
        yield Item(key, place, data, sha256, "html" if sort == "html" else "text")


def _sniff(head: bytes, sort: Sort) -> Sort:
    """What the first bytes show: rows where the first line is an object, one JSON value, a page, or text."""
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if sort == "json" or plain.startswith(_JSON_STARTS):
        line, ended, _ = plain.partition(b"\n")
        whole = line.rstrip().endswith(b"}") if ended else len(line) > 1
        return "rows" if plain.startswith(b"{") and whole else "json"
    return "html" if looks_like_page(plain) else "text"


def _storable(path: str) -> str:
    """A path in letters that can be written anywhere: names that are no UTF-8 lose what can't be shown."""
    return os.fsencode(path).decode("utf-8", "replace")


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder: check the name"
    if isinstance(error, PermissionError):
        return "it may not be read: allow it (`chmod +r`, for a folder `chmod +rx`), or run as its owner"
    return f"it can't be read ({error.strerror or error}): check the name, the link and the disk"


def _problem(path: str, reason: str) -> Problem:
    name = _storable(path)
    return Problem("ingest", f"{name}{' ' if reason.startswith('is ') else ': '}{reason}", name)
