"""How large is the gazetteer, how long does it take to build, and how long to find a name in it?

usage: python -m bench.speed_places [--build]
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from importlib import resources
from pathlib import Path

from recoupe.extract.places import find_places
from recoupe.ingest import Fields, Item, read_items, to_document
from recoupe.knowledge.places import PlaceEntry, build_gazetteer, default_path, open_gazetteer
from recoupe.knowledge.places.gazetteer import Gazetteer
from recoupe.language.parse import parse_all

_NAMES = 20_000
_KNOWN = ("Alep", "Abou Kamal", "Damas", "Deir ez-Zor", "Al-Tanf", "Kiev", "Tripoli", "Guernica", "Washington", "Springfield")


def main(arguments: list[str]) -> None:
    """Print the figures, one a line."""
    if "--build" in arguments:
        with tempfile.TemporaryDirectory() as folder:
            report = build_gazetteer(Path(folder) / "places.sqlite")
        print(
            f"build: {report.seconds:.1f} s, {report.bytes / 1e6:.1f} MB, {sum(report.places.values())} places, {report.names} names {report.places}"
        )
    path = default_path()
    print(f"file: {path} {path.stat().st_size / 1e6:.1f} MB")
    gazetteer = open_gazetteer(path)
    names = _some_names(gazetteer)
    print(f"look-up, {_NAMES} random names, first time: {_microseconds(open_gazetteer(path), names):.1f} µs")
    warm = open_gazetteer(path)
    _microseconds(warm, [name[::-1] for name in names])
    print(f"look-up, the same number of words that are no names: {_microseconds(open_gazetteer(path), [name[::-1] for name in names]):.1f} µs")
    looked_up = _of_texts(path)
    print(f"look-up, the {len(looked_up)} of reading the sample, in their order: {_microseconds(open_gazetteer(path), looked_up, exact=True):.1f} µs")
    print(f"look-up, names of a document again: {_microseconds(gazetteer, list(_KNOWN) * 2000):.1f} µs")


def _some_names(gazetteer: Gazetteer) -> list[str]:
    keys = [key for key in gazetteer.each_key() if key[0].isalpha()]
    return random.Random(1).sample(keys, _NAMES)


class _Listening(Gazetteer):
    """A gazetteer that notes what it is asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.asked: list[str] = []

    def find_exact(self, name: str) -> tuple[PlaceEntry, ...]:
        self.asked.append(name)
        return super().find_exact(name)


def _of_texts(path: Path) -> list[str]:
    """What the reading of places looks up in the articles of the bundled sample."""
    gazetteer = _Listening(path)
    with resources.as_file(resources.files("recoupe") / "sample") as sample:
        documents = [to_document(item) for item in read_items([str(sample)], Fields()) if isinstance(item, Item)]
    for parsed in parse_all(documents):
        find_places(parsed, gazetteer, ())
    return gazetteer.asked


def _microseconds(gazetteer: Gazetteer, names: list[str], *, exact: bool = False) -> float:
    """The median over five runs of the names' fifths, in microseconds a name."""
    step = len(names) // 5
    times = []
    for first in range(0, len(names), step):
        part = names[first : first + step]
        began = time.perf_counter()
        for name in part:
            (gazetteer.find_exact if exact else gazetteer.find)(name)
        times.append((time.perf_counter() - began) / len(part))
    return statistics.median(times) * 1e6


if __name__ == "__main__":
    main(sys.argv[1:])
