"""Which clauses keep their distance by the conditional alone ("La ville serait tombée")?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.extract.voices.draft import Draft
from recoupe.extract.voices.scene import Scene


def conditional_drafts(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The attributions that only a reportative conditional shows, where no voice is named."""
    yield from ()
