"""What can be done with a casebook? Every verb in one place; the modules beside it answer one question each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from recoupe.casebook import (
    candidates,
    checks,
    documents,
    event_index,
    events,
    furniture,
    health,
    search,
)
from recoupe.casebook.candidates import Pair
from recoupe.casebook.connection import Store, connect
from recoupe.casebook.counted import Counted
from recoupe.casebook.counts import Counts
from recoupe.casebook.documents import Added
from recoupe.casebook.event_index import EventIndex, Selection
from recoupe.casebook.event_rows import insert_links, rows_of
from recoupe.casebook.events import EventFilter
from recoupe.casebook.furniture import Recurring
from recoupe.casebook.health import Health
from recoupe.casebook.replacement import Replacement
from recoupe.casebook.reviewing import Reviewing
from recoupe.casebook.schema import migrate
from recoupe.casebook.search import Hit
from recoupe.casebook.told import Reports
from recoupe.model import ClaimRef, Document, Event, Language, Link, Problem, Reading, Review


@contextmanager
def open_casebook(path: Path | str, *, create: bool = True, wait_seconds: float = 30.0) -> Iterator[Casebook]:
    """An open casebook, brought to this version and closed at the end; on a place that can't be written it is opened for reading.

    Raises CasebookTooNewError for one of a later version, CasebookBusyError when another process writes for longer than `wait_seconds`,
    CasebookError for a file that is missing (and `create` is false), damaged, or no casebook.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open_casebook(Path(folder) / "war.db") as casebook:
    ...     list(casebook.documents())
    []
    """
    store = connect(Path(path), create=create, wait_seconds=wait_seconds)
    try:
        migrate(store)
        yield Casebook(store)
    finally:
        store.close()


class Casebook(Reviewing):
    """An open casebook; `open_casebook` gives one. What reviewers do with it is in `Reviewing`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[str, int] = {}  # the changes that `unchecked` told of

    @property
    def path(self) -> Path:
        """Its file."""
        return self._store.path

    @property
    def read_only(self) -> bool:
        """Whether it may only be read."""
        return self._store.read_only

    @property
    def writing(self) -> bool:
        """Whether something is written that others can't see yet."""
        return self._store.writing

    def snapshot(self) -> AbstractContextManager[None]:
        """Within it, all that is read is of one moment, whatever other processes write meanwhile; nothing may be written."""
        return self._store.snapshot()

    # ------------------------------------------------------------------------------------------------------------ documents

    def add(self, document: Document, reading: Reading, prints: tuple[str, ...] = (), *, code_version: str = "") -> Added:
        """Keep a document with its reading and the fingerprints of its lines, all or nothing.

        "new": never seen; "version": other bytes than its key had (the old ones are kept, superseded; bytes that come back are current again);
        "reread": the same bytes, read by another `code_version` or with other blocks, in place; "known": nothing to do. The same bytes under
        another key are one document. Settles the problems that earlier runs had with the key.
        """
        return documents.add(self._store, document, reading, prints, code_version)

    def replace(self, document: Document, reading: Reading, prints: tuple[str, ...] = (), *, code_version: str = "") -> None:
        """Keep another reading of a stored document: what its keys stand for stays, also where a newer version has one of them.

        Raises CasebookError when it isn't stored.
        """
        documents.replace(self._store, document, reading, prints, code_version)

    def see(self, document: str, key: str) -> Added:
        """Note that the bytes of a stored document came again under a key, without reading them: "known", or "version" when the key had others."""
        return documents.see(self._store, document, key)

    def known(self, ids: Collection[str], code_version: str = "") -> frozenset[str]:
        """Those of the document ids that are stored, read by the same version of the code: they need not be read again, only `see`n."""
        return documents.known(self._store, ids, code_version)

    def batch(self) -> AbstractContextManager[None]:
        """Within it, several additions share one write to the disk (four a second at least); nothing slow belongs inside: others wait.

        A document is whole or absent all the same: killed inside, the last quarter of a second is to be added again.
        """
        return self._store.batch()

    def document(self, document: str) -> Document:
        """A stored document, current or superseded."""
        return documents.load_document(self._store, document)

    def reading(self, document: str) -> Reading:
        """The reading of a stored document."""
        return documents.load_reading(self._store, document)

    def record(self, document: str) -> tuple[Document, Reading]:
        """A stored document with its reading, read at once."""
        return documents.load_record(self._store, document)

    def documents(self, *, current_only: bool = True) -> Iterator[Document]:
        """The documents in the order in which they came."""
        return documents.load_documents(self._store, current_only=current_only)

    def readings(self, *, current_only: bool = True) -> Iterator[Reading]:
        """The readings in the order in which their documents came."""
        return documents.load_readings(self._store, current_only=current_only)

    def records(self) -> Iterator[tuple[Document, Reading]]:
        """The current documents with their readings, in the order in which they came."""
        return documents.load_records(self._store)

    def current(self) -> frozenset[str]:
        """The ids of the documents that no newer version supersedes."""
        return documents.current(self._store)

    def count_documents(self) -> int:
        """How many current documents there are."""
        return documents.count(self._store)

    def versions(self, key: str) -> tuple[str, ...]:
        """The ids of the documents that came under a key; the current one is the last."""
        return documents.versions(self._store, key)

    def keys(self, document: str) -> tuple[str, ...]:
        """The keys under which a document came."""
        return documents.keys(self._store, document)

    def add_problem(self, problem: Problem) -> None:
        """Keep a problem with an input, until a later run reads it."""
        documents.add_problem(self._store, problem)

    def problems(self) -> tuple[Problem, ...]:
        """The problems that no later run has settled, those inside readings too."""
        return documents.load_problems(self._store)

    def recurring_prints(self, outlet: str | None, least: int = 2) -> tuple[Recurring, ...]:
        """The line fingerprints that at least `least` different articles of an outlet hold; versions and near copies count once."""
        return furniture.recurring(self._store, outlet, least)

    def holding(self, outlet: str | None, prints: Collection[str]) -> tuple[str, ...]:
        """The ids of the current documents of an outlet that hold one of the lines."""
        return furniture.holding(self._store, outlet, prints)

    def search(self, words: str, limit: int = 20, language: Language | None = None) -> Iterator[Hit]:
        """The current articles that hold the words in their title or text, the best first.

        All forms of a word count, accents and case don't; `"…"` is a phrase, `-word` must not be there, `word*` begins so. Any input is right.
        """
        return search.search(self._store, words, limit, language)

    def counted(self, counts: Counts) -> Counted:
        """What can be asked of all articles at once: searches in pages, voices, labels, outlets; `counts` belongs to this casebook's file."""
        return Counted(self._store, counts)

    # --------------------------------------------------------------------------------------------------------- across documents

    def candidates(self, documents: Collection[str] | None = None) -> Iterator[Pair]:
        """The pairs of claims of different current documents worth a comparison, each once; given documents, those that touch one of them."""
        return candidates.candidates(self._store, documents)

    def reports(self) -> Reports:
        """What a cross-check works on: the reports of documents, and which pairs of claims are worth a comparison."""
        return Reports(self._store)

    def count_unchecked(self) -> int:
        """How many documents the cross-check has not seen as they are now."""
        return checks.count_unchecked(self._store)

    def unchecked(self) -> tuple[str, ...]:
        """The ids of the documents added, read again or superseded since the last check, in that order."""
        self._seen = checks.unchecked(self._store)
        return tuple(self._seen)

    def changes(self) -> dict[int, int]:
        """The number of the last change of every document that was not checked since, by the document's number."""
        return checks.changes(self._store)

    def mark_checked(self, documents: Collection[str]) -> None:
        """The documents are checked as they were at the last call of `unchecked`; one that changed since stays unchecked."""
        checks.mark_checked(self._store, {document: self._seen[document] for document in documents if document in self._seen})

    def store_events(self, found: Iterable[Event], links: Iterable[Link] = (), removed: Collection[str] = ()) -> None:
        """Keep events and links in place of those of the same ids and claims, and take the removed events away, all or nothing.

        A removed id goes on answering: the event that took most of its claims stands for it. Links of a document go when it is read again or
        superseded. Raises CasebookError when a claim would be in two events, or its document isn't stored.
        """
        with self._store.transaction():
            events.store_events(self._store, found, removed)
            insert_links(self._store, rows_of((), tuple(links)).links)

    def replace_events(self, found: Iterable[tuple[Iterable[Event], Iterable[Link]]], stale: Collection[str]) -> None:
        """Keep events with their links in place of the stale ones, all or nothing; otherwise as `store_events` does."""
        with self._store.transaction():
            replacement = self.replacement()
            for fresh, links in found:
                replacement.keep(fresh, links)
            replacement.finish(stale)

    def replacement(self) -> Replacement:
        """A way to keep events in place of earlier ones, some at a time."""
        return Replacement(self._store)

    def events(self, wanted: EventFilter | None = None) -> Iterator[Event]:
        """The events that answer a filter, in its order."""
        return events.load_events(self._store, wanted or EventFilter())

    def count_events(self, wanted: EventFilter | None = None) -> int:
        """How many events answer a filter, its limit apart."""
        return events.count_events(self._store, wanted or EventFilter())

    def event(self, name: str) -> Event:
        """The event of an id, a former id, or the beginning of one; raises CasebookError when there is none or more than one."""
        return events.load_event(self._store, name)

    def event_index(self, earlier: EventIndex | None = None) -> EventIndex:
        """The columns that every count is made from, brought up to date from an earlier state where there is one."""
        return event_index.follow(self._store, earlier)

    def select(self, index: EventIndex, wanted: EventFilter) -> Selection:
        """Which events of the index answer a filter, part by part."""
        return event_index.select(self._store, index, wanted)

    def events_at(self, numbers: Sequence[int]) -> tuple[Event, ...]:
        """The events of an index's numbers, in their order; what is there no more is left out."""
        return events.load_numbered(self._store, numbers)

    def members(self, wanted: Collection[str]) -> dict[str, tuple[ClaimRef, ...]]:
        """The claims of events by id, in order; an unknown id has none."""
        return events.members(self._store, wanted)

    def events_of(self, claims: Iterable[ClaimRef]) -> dict[ClaimRef, str]:
        """The id of the event of each claim that is in one."""
        return checks.events_of(self._store, claims)

    def events_with(self, documents: Collection[str]) -> tuple[str, ...]:
        """The ids of the events that hold a claim of one of the documents, superseded ones too."""
        return checks.events_with(self._store, documents)

    def weightiest(self, document: str, limit: int) -> tuple[tuple[str, ...], int]:
        """The ids of the events of a document with most independent origins, and how many it has in all."""
        return checks.weightiest(self._store, document, limit)

    def links(self, claims: Collection[ClaimRef]) -> Iterator[Link]:
        """The links that touch one of the claims."""
        return checks.load_links(self._store, claims)

    # -------------------------------------------------------------------------------------------------------- people, doctor

    def add_review(self, review: Review) -> None:
        """Append a decision of a person, to be taken into account by the next check; nothing decided before is changed."""
        checks.add_review(self._store, review)

    def reviews(self) -> Iterator[Review]:
        """Every decision, in the order in which they were made; a later one on the same claims undoes an earlier."""
        return checks.load_reviews(self._store)

    def health(self) -> Health:
        """Check the whole file, and count what it holds."""
        return health.examine(self._store)
