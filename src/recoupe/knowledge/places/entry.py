"""What does the gazetteer know of a place, and of its own making?"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

PlaceKind = Literal[
    "country", "division", "county", "town", "village", "quarter", "base", "airport", "crossing", "oilfield", "camp", "prison", "river",
    "dam", "lake", "sea", "strait", "island", "mountain", "desert", "valley", "region", "continent", "border", "bridge", "port", "plant", "site",
]  # fmt: skip

MatchedBy = Literal["exact", "alternate", "folded", "consonant"]


class PlaceEntry(Struct, frozen=True, gc=False):
    """A place of the gazetteer.

    `country` is ISO 3166-1 alpha-2, None for what lies in several; `division` and `county` are the ids of the first-level and second-level
    divisions that hold it; `precision_km` is the radius within which the point stands for the place; `population` 0 when unknown; `capital` a seat of government;
    `matched` says by which of its keys a look-up found it.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str | None
    division: str | None
    county: str | None
    latitude: float
    longitude: float
    precision_km: float
    population: int
    capital: bool = False
    matched: MatchedBy = "exact"


class BuildReport(Struct, frozen=True):
    """What a build wrote: places and names by source, the file's size in bytes, the seconds it took, the hash of its content.

    `carried` names the imports that were kept from the file before, `carried_places` counts their places.
    """

    places: dict[str, int]
    names: int
    bytes: int
    seconds: float
    content: str
    carried: tuple[str, ...] = ()
    carried_places: int = 0


class ImportReport(Struct, frozen=True):
    """What an import did with the rows of a source: places added, places already there, and rows refused, the first ones with the reason.

    `finished_before` tells that an earlier run had imported the same source to its end, and nothing was left to do.
    """

    rows: int
    added: int
    known: int
    refused: int
    reasons: tuple[str, ...]
    finished_before: bool = False
