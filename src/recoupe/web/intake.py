"""How is what somebody adds read while everybody else goes on working? By one process of its own, one batch after the other.

The process starts with the first batch and keeps the language models that it has loaded. It writes into the casebook as `recoupe add` does;
readers never wait for it. What becomes of a batch is told through a pipe, and kept here for the page to show.
"""

from __future__ import annotations

import shutil
import threading
from collections import OrderedDict
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Queue
from typing import Literal

import msgspec
from msgspec import Struct, structs

from recoupe.web.reading import Batch, Failed, Message, Progress, Read, work

KEPT = 50  # batches that are remembered
MOST_WAITING = 20  # batches, each with its files on the disk
State = Literal["waiting", "reading", "checking", "done", "failed"]

_decoder = msgspec.json.Decoder(Message)


class Job(Struct, frozen=True):
    """A batch and what became of it so far; `total` is None until its articles are counted, `reason` says why it failed."""

    number: int
    name: str
    state: State
    given_at: str
    done: int = 0
    total: int | None = None
    result: Read | None = None
    reason: str | None = None

    @property
    def active(self) -> bool:
        """Whether more is to come."""
        return self.state in ("waiting", "reading", "checking")


class Intake:
    """The batches of one casebook, read one after the other."""

    def __init__(self, casebook: Path) -> None:
        self._casebook = casebook
        self._jobs: OrderedDict[int, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting: Queue[tuple[int, Batch] | None] = Queue()
        self._reader: _Reader | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, batch: Batch, name: str) -> Job:
        """Take a batch in; its folder is taken away once it is read."""
        with self._lock:
            number = max(self._jobs, default=0) + 1
            job = Job(number, name, "waiting", datetime.now(UTC).isoformat(timespec="seconds"))
            self._jobs[number] = job
            while len(self._jobs) > KEPT and not next(iter(self._jobs.values())).active:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="intake", daemon=True)
                self._thread.start()
        self._waiting.put((number, batch))
        return job

    def jobs(self) -> tuple[Job, ...]:
        """The batches, the latest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    @property
    def full(self) -> bool:
        """Whether so many batches wait that no other should be taken in."""
        return sum(job.active for job in self.jobs()) >= MOST_WAITING

    def close(self) -> None:
        """Stop reading; what was stored stays."""
        self._closed = True
        self._waiting.put(None)
        reader = self._reader
        if reader is not None:
            reader.stop()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _work(self) -> None:
        while (task := self._waiting.get()) is not None:
            number, batch = task
            try:
                if not self._closed:
                    self._read(number, batch)
            finally:
                if batch.folder:
                    shutil.rmtree(batch.folder, ignore_errors=True)

    def _read(self, number: int, batch: Batch) -> None:
        self._set(number, state="reading")
        if self._reader is None or not self._reader.process.is_alive():
            self._reader = _Reader(self._casebook)
        try:
            self._reader.pipe.send_bytes(msgspec.json.encode(batch))
            while self._follow(number, _decoder.decode(self._reader.pipe.recv_bytes())):
                pass
        except (EOFError, OSError):
            reason = "" if self._closed else "the reading process ended before it was done: what it had stored stays; send the rest again"
            self._set(number, state="failed", reason=reason)
            self._reader.stop()
            self._reader = None

    def _follow(self, number: int, message: Message) -> bool:
        """Note what the process tells; whether more is to come."""
        match message:
            case Progress(done, total, checking):
                self._set(number, state="checking" if checking else "reading", done=done, total=total)
                return True
            case Failed(reason):
                self._set(number, state="failed", reason=reason)
            case Read():
                self._set(number, state="done", result=message)
        return False

    def _set(self, number: int, **changes: object) -> None:
        with self._lock:
            self._jobs[number] = structs.replace(self._jobs[number], **changes)


class _Reader:
    """The process and our end of its pipe."""

    def __init__(self, casebook: Path) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self.pipe: Connection = ours
        self.process: BaseProcess = context.Process(target=work, args=(theirs, str(casebook)), name="recoupe reading", daemon=True)
        self.process.start()
        theirs.close()

    def stop(self) -> None:
        self.process.terminate()
        self.process.join(timeout=5)
        self.pipe.close()
