"""What can be asked of all articles at once? Searches in pages, voices, labels, outlets: each count with the words behind it."""

from __future__ import annotations

from recoupe.casebook import labels, outlets, search, voices
from recoupe.casebook.connection import Store
from recoupe.casebook.counts import Counts
from recoupe.casebook.evidence import Found
from recoupe.casebook.labels import LabelOrder, LabelTable, Naming
from recoupe.casebook.outlets import OutletOrder, OutletTable, Which
from recoupe.casebook.scope import Scope
from recoupe.casebook.search import Hits
from recoupe.casebook.voices import Certainty, Speaking, VoiceOrder, VoiceTable


class Counted:
    """The articles of a casebook, to be counted; `Casebook.counted` gives one."""

    def __init__(self, store: Store, counts: Counts) -> None:
        self._store, self._counts = store, counts

    def find(self, scope: Scope, *, offset: int = 0, limit: int = 20) -> Hits:
        """A page of the articles of a scope that hold its words, the best first, with how many there are."""
        return search.find(self._store, self._counts, scope, offset, limit)

    def voices(self, scope: Scope, wanted: Speaking, *, order: VoiceOrder = "said", offset: int = 0, limit: int | None = None) -> VoiceTable:
        """Who is quoted in the articles of a scope, how, and by which outlets."""
        return voices.voices(self._store, self._counts, scope, wanted, order, offset, limit)

    def quoted(self, scope: Scope, wanted: Speaking, *, offset: int = 0, limit: int = 20) -> Found:
        """The words behind a count of `voices`, the latest article first."""
        return voices.quoted(self._store, self._counts, scope, wanted, offset, limit)

    def originated(
        self,
        scope: Scope,
        voice: str | None,
        certainty: Certainty | None = None,
        *,
        negated: bool = False,
        denied: bool = False,
        offset: int = 0,
        limit: int = 20,
    ) -> Found:
        """The claims of which a voice is the origin (the articles themselves where none is given), made so surely."""
        return voices.originated(self._store, self._counts, scope, voice, certainty, offset, limit, negated=negated, denied=denied)

    def voice_name(self, key: str) -> tuple[str, str | None] | None:
        """The name of a voice and its id in the register; None where nobody of this key speaks."""
        return voices.voice_name(self._store, key)

    def labels(self, scope: Scope, wanted: Naming, *, order: LabelOrder = "used", offset: int = 0, limit: int | None = None) -> LabelTable:
        """Who is called what in the articles of a scope, in which voice, by which outlets."""
        return labels.labels(self._store, self._counts, scope, wanted, order, offset, limit)

    def labelled(self, scope: Scope, wanted: Naming, *, offset: int = 0, limit: int = 20) -> Found:
        """The words behind a count of `labels`, the latest article first."""
        return labels.labelled(self._store, self._counts, scope, wanted, offset, limit)

    def term_written(self, key: str) -> str | None:
        """A term as it was first met, None where nobody uses it."""
        return labels.term_written(self._store, key)

    def outlets(self, scope: Scope, *, order: OutletOrder = "articles", offset: int = 0, limit: int | None = None) -> OutletTable:
        """What the articles of each outlet are made of."""
        return outlets.outlets(self._store, self._counts, scope, order, offset, limit)

    def articles_of(self, scope: Scope, which: Which = "all", *, offset: int = 0, limit: int = 20) -> Found:
        """The articles behind a count of `outlets`, the latest first."""
        return outlets.articles_of(self._store, self._counts, scope, which, offset, limit)

    def outlet_names(self, limit: int = 300) -> tuple[str, ...]:
        """The names of outlets, those with most documents first: what may be asked for in a scope."""
        return outlets.outlet_names(self._store, limit)
