"""What does the process do that reads what somebody adds? Batches come in through a pipe, progress and results go out."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
from msgspec import Struct

from recoupe.casebook import Added, open_casebook
from recoupe.checking import check_casebook
from recoupe.errors import RecoupeError
from recoupe.ingest import Fields, Item, pasted, read_upload
from recoupe.model import Problem
from recoupe.pipeline import Knowledge, add_all, open_knowledge

LARGEST_FILE = 20_000_000  # bytes
NICER = 5  # readers of pages go first


class Upload(Struct, frozen=True):
    """A file that was sent: its name, where it lies for now, its size."""

    name: str
    path: str
    size: int


class Pasted(Struct, frozen=True):
    """A text that was pasted, with what is said about it."""

    text: str
    url: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None


class Batch(Struct, frozen=True):
    """What is added at once; `folder` holds its files."""

    folder: str | None = None
    uploads: tuple[Upload, ...] = ()
    pasted: Pasted | None = None


class Progress(Struct, frozen=True, tag=True):
    """How far a batch is."""

    done: int
    total: int
    checking: bool = False


class Read(Struct, frozen=True, tag=True):
    """A batch is read: how many articles of each outcome, the problems, and the events that the cross-check made or made anew."""

    outcomes: tuple[tuple[Added, int], ...]
    problems: tuple[Problem, ...]
    events: int


class Failed(Struct, frozen=True, tag=True):
    """A batch could not be read."""

    reason: str


Message = Progress | Read | Failed


def work(pipe: Connection, casebook: str) -> None:
    """Read batches until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends this process
    os.nice(NICER)
    knowledge: Knowledge | None = None
    decoder = msgspec.json.Decoder(Batch)
    while True:
        try:
            batch = decoder.decode(pipe.recv_bytes())
        except EOFError:
            return
        try:
            knowledge = knowledge or open_knowledge()
            found: Message = read_batch(batch, Path(casebook), knowledge, pipe)
        except RecoupeError as error:
            found = Failed(str(error))
        pipe.send_bytes(msgspec.json.encode(found))


def read_batch(batch: Batch, casebook: Path, knowledge: Knowledge, pipe: Connection) -> Read:
    """Read a batch into the casebook and cross-check it."""
    items = tuple(items_of(batch))
    done = 0

    def step(many: int) -> None:
        nonlocal done
        done += many
        pipe.send_bytes(msgspec.json.encode(Progress(done, len(items))))

    pipe.send_bytes(msgspec.json.encode(Progress(0, len(items))))
    with open_casebook(casebook) as opened:
        tally = add_all(items, opened, knowledge, step)
        pipe.send_bytes(msgspec.json.encode(Progress(len(items), len(items), checking=True)))
        checked = check_casebook(opened)
    return Read(tally.outcomes, tally.problems, checked.events)


def items_of(batch: Batch) -> Iterator[Item | Problem]:
    """The articles of a batch; a file that is too large or of another kind is a Problem."""
    if batch.pasted is not None:
        given = batch.pasted
        yield pasted(given.text, url=given.url, title=given.title, published=given.published, outlet=given.outlet, language=given.language)
    for upload in batch.uploads:
        if upload.size > LARGEST_FILE:
            reason = f"{upload.name} is larger than {LARGEST_FILE // 1_000_000} MB: use `recoupe add` on the command line"
            yield Problem("ingest", reason, upload.name)
            continue
        with Path(upload.path).open("rb") as stream:
            yield from read_upload(stream, upload.name, Fields())
