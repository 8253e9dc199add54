"""A gazetteer of a few places, made in milliseconds, for tests of what is done to the file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from recoupe.knowledge.places.store import NewPlace, create, write

ALEPPO = NewPlace("gn:170063", ("Aleppo", "Alep"), "town", "SY", "iso:SY-HL", None, 36.2, 37.16, 10.0, 1602264, "geonames")
TANF = NewPlace("rc:sy-al-tanf", ("Al-Tanf", "Tanf"), "base", "SY", None, None, 33.51, 38.62, 5.0, 0, "supplement")
PARIS = NewPlace("gn:2988507", ("Paris",), "town", "FR", None, None, 48.85, 2.35, 10.0, 2138551, "geonames", capital=True)


def small_gazetteer(path: Path) -> Path:
    """The file at `path`, with Aleppo, al-Tanf and Paris."""
    with closing(create(path)) as link:
        write(link, (ALEPPO, TANF, PARIS), 1)
        link.commit()
    return path
