"""How do finished files come into a folder? Written beside and renamed once all are whole; what is there is not overwritten unasked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from recoupe.errors import ExportError


@contextmanager
def new_files(folder: Path, names: Sequence[str], *, replace: bool) -> Iterator[tuple[IO[bytes], ...]]:
    """Files of these names that appear in the folder, all at once, when the block ends well; otherwise nothing of them remains.

    Raises ExportError when one is there already (unless `replace`), or the folder can't be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}: the folder can't be made ({error.strerror}): name another one") from error
    there = [name for name in names if (folder / name).exists()]
    if there and not replace:
        raise ExportError(f"{folder}: {', '.join(there)} is there already: name another folder, or ask for it to be replaced")
    beside = [folder / f".{name}.{os.getpid()}.part" for name in names]
    opened: list[IO[bytes]] = []
    try:
        for path in beside:
            opened.append(path.open("wb"))  # noqa: PERF401 - those opened before one that fails must be closed
        yield tuple(opened)
        for file in opened:
            file.flush()
            os.fsync(file.fileno())
            file.close()
        for path, name in zip(beside, names, strict=True):
            path.replace(folder / name)
    except OSError as error:
        raise ExportError(
            f"{folder}: the tables could not be written ({error.strerror}): free space or name another folder; nothing is left there"
        ) from error
    finally:
        for file in opened:
            _give_up(file)
        for path in beside:
            path.unlink(missing_ok=True)


def _give_up(file: IO[bytes]) -> None:
    try:
        file.close()
    except OSError:  # a full disk: what could not be flushed is thrown away just below
        return
