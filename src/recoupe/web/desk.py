"""How do pages reach the casebook? Connections that are lent to one request at a time, and the index of events that all share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from queue import Empty, LifoQueue
from threading import Lock

from starlette.requests import Request

from recoupe.casebook import Casebook, Counts, EventIndex, open_casebook
from recoupe.web.settings import Settings


class Desk:
    """What every request works at; `desk_of(request)` gives it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.counts = Counts()
        self._open = ExitStack()
        self._idle: LifoQueue[Casebook] = LifoQueue()
        self._opening, self._indexing = Lock(), Lock()
        self._index: EventIndex | None = None

    @contextmanager
    def reading(self) -> Iterator[Casebook]:
        """The casebook as it is at this moment: what others write meanwhile isn't seen."""
        with self.writing() as casebook, casebook.snapshot():
            yield casebook

    @contextmanager
    def writing(self) -> Iterator[Casebook]:
        """The casebook, to write into."""
        casebook = self._lend()
        try:
            yield casebook
        finally:
            self._idle.put(casebook)

    def index(self, casebook: Casebook) -> EventIndex:
        """The index of the casebook's events, brought up to what `casebook` sees."""
        with self._indexing:
            self._index = casebook.event_index(self._index)
            return self._index

    def close(self) -> None:
        """Close every connection."""
        self._open.close()

    def _lend(self) -> Casebook:
        try:
            return self._idle.get_nowait()
        except Empty:
            with self._opening:
                return self._open.enter_context(open_casebook(self.settings.casebook))


def desk_of(request: Request) -> Desk:
    """The desk of the application that a request came to."""
    desk: Desk = request.app.state.desk
    return desk
