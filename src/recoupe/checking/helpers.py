"""How does another process help with a check? It is asked over its standard input and answers over its standard output, one batch at a time.

A program of its own, and not a copy of the one that checks: that may be a server with threads, or a script that would run twice.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import recoupe
from recoupe.errors import CasebookError

_SIZE = 8  # bytes before every message that tell how long it is


class Helper:
    """A process that settles batches of a casebook; one thread at a time may ask it."""

    def __init__(self, casebook: Path, process: subprocess.Popen[bytes]) -> None:
        self._casebook = casebook
        self._process = process

    def ask(self, batch: bytes) -> bytes:
        """Its answer; raises CasebookError when it was ended."""
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("a helper needs two pipes")
        try:
            send(self._process.stdin, batch)
            found = receive(self._process.stdout)
        except BrokenPipeError:
            found = None
        if found is None:
            raise CasebookError(
                f"{self._casebook}: a process of the check was ended, perhaps for want of memory: check again, and it goes on where it stopped"
            )
        return found


@contextmanager
def helper(casebook: Path) -> Iterator[Helper]:
    """A process that helps until the end of the block; it ends too when this process does."""
    command = [sys.executable, "-m", "recoupe.checking.help", str(casebook)]
    paths = os.pathsep.join(filter(None, (str(Path(recoupe.__file__).parent.parent), os.environ.get("PYTHONPATH"))))  # the same program
    environment = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:  # noqa: S603 - our own program
        try:
            yield Helper(casebook, process)
        finally:
            process.terminate()


def send(stream: IO[bytes], message: bytes) -> None:
    """Write a message and how long it is."""
    stream.write(len(message).to_bytes(_SIZE, "big") + message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message, None where there is no whole one any more."""
    size = stream.read(_SIZE)
    if len(size) < _SIZE:
        return None
    long = int.from_bytes(size, "big")
    message = stream.read(long)
    return message if len(message) == long else None
