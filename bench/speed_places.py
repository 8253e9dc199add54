"""How large is the gazetteer, how long does it take to build, and how long to find a name in it?

usage: python -m bench.speed_places [--build]
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from recoupe.knowledge.places import build_gazetteer, default_path, open_gazetteer
from recoupe.knowledge.places.gazetteer import Gazetteer

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
    print(f"look-up, names of a document again: {_microseconds(gazetteer, list(_KNOWN) * 2000):.1f} µs")


def _some_names(gazetteer: Gazetteer) -> list[str]:
    keys = [key for key in gazetteer.each_key() if key[0].isalpha()]
    return random.Random(1).sample(keys, _NAMES)


def _microseconds(gazetteer: Gazetteer, names: list[str]) -> float:
    """The median over five runs of the names' fifths, in microseconds a name."""
    step = len(names) // 5
    times = []
    for first in range(0, len(names), step):
        part = names[first : first + step]
        began = time.perf_counter()
        for name in part:
            gazetteer.find(name)
        times.append((time.perf_counter() - began) / len(part))
    return statistics.median(times) * 1e6


if __name__ == "__main__":
    main(sys.argv[1:])
