"""How does a casebook of an earlier version become one of this version?

`migrations/` holds one numbered SQL file a version; `user_version` of the file says how far it is. Each step is one transaction: a process
that is killed in between leaves the file as it was before the step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources

from recoupe.casebook.connection import APPLICATION_ID, Store
from recoupe.casebook.tallies import fill, fill_denied
from recoupe.errors import CasebookError, CasebookTooNewError

_FILLED: dict[str, Callable[[Store], None]] = {"0004.sql": fill, "0007.sql": fill_denied}  # what SQL can't make, code does, in the same step


@cache
def migrations() -> tuple[str, ...]:
    """The SQL of every step, the first creating version 1.

    >>> len(migrations()) == latest_version()
    True
    """
    folder = resources.files("recoupe.casebook").joinpath("migrations")
    return tuple(folder.joinpath(name).read_text(encoding="utf-8") for name in _names())


@cache
def _names() -> tuple[str, ...]:
    folder = resources.files("recoupe.casebook").joinpath("migrations")
    return tuple(sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql")))


def latest_version() -> int:
    """The version of the schema that this program writes."""
    return len(migrations())


def migrate(store: Store) -> None:
    """Bring an open file to the latest version; raises CasebookTooNewError for a later one."""
    version = _version(store)
    if version < latest_version() and store.read_only:
        raise CasebookError(
            f"{store.path}: it has version {version} and must be brought to {latest_version()}, but may only be read: copy it to a place that is writable"
        )
    while _version(store) < latest_version():
        with store.transaction():
            version = _version(store)  # another process may have been quicker
            if version >= latest_version():
                return
            for statement in statements(migrations()[version]):
                store.run(statement)
            if _names()[version] in _FILLED:
                _FILLED[_names()[version]](store)
            store.run(f"PRAGMA application_id = {APPLICATION_ID}")
            store.run(f"PRAGMA user_version = {version + 1}")


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, so that all can stand in one transaction.

    >>> list(statements("CREATE TABLE a (b);\\nDROP TABLE a;"))
    ['CREATE TABLE a (b);', 'DROP TABLE a;']
    """
    begun = ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            yield begun.strip()
            begun = ""


def _version(store: Store) -> int:
    version: int = store.value("PRAGMA user_version")
    if version > latest_version():
        raise CasebookTooNewError(
            f"{store.path}: it has version {version}, this program knows versions up to {latest_version()}: update recoupe; the file was not changed"
        )
    return version
