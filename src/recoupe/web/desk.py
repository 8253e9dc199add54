"""How do pages reach the casebook? Connections that are lent to one request at a time, and the index of events that all share."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from queue import Empty, LifoQueue
from threading import Lock, Thread

from starlette.requests import Request

from recoupe.casebook import Casebook, Counts, EventIndex, Scope, open_casebook
from recoupe.errors import RecoupeError
from recoupe.web.settings import Settings

_QUICK, _PATIENCE = 0.05, 4  # seconds that following the events may always take; how many times longer it then rests


class Desk:
    """What every request works at; `desk_of(request)` gives it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.counts = Counts()
        self._open = ExitStack()
        self._idle: LifoQueue[Casebook] = LifoQueue()
        self._opening, self._indexing = Lock(), Lock()
        self._index: EventIndex | None = None
        self._next = 0.0  # when the index is looked at again
        self._warming: Thread | None = None

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
        """The index of the casebook's events, brought up to what `casebook` sees.

        While a check writes on and on, following it takes a fifth of the time at most: what is seen is then some seconds old.
        """
        with self._indexing:
            if self._index is None or time.monotonic() >= self._next:
                started = time.monotonic()
                self._index = casebook.event_index(self._index)
                took = time.monotonic() - started
                self._next = time.monotonic() + (_PATIENCE * took if took > _QUICK else 0.0)
            return self._index

    def warm(self) -> None:
        """Begin to read what every page counts from, so that the first visitor needn't wait for it; what fails is said by the page that needs it."""
        self._warming = Thread(target=self._warm, daemon=True)
        self._warming.start()

    def close(self) -> None:
        """Close every connection."""
        if self._warming is not None:
            self._warming.join()
        self._open.close()

    def _warm(self) -> None:
        with suppress(RecoupeError), self.reading() as casebook:
            self.index(casebook)
            casebook.counted(self.counts).find(Scope(words="a"), limit=1)

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
