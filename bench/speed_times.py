"""How many characters a second do the rules of time read, the parse not counted?

Run `python -m bench.speed_times`: French over French TimeBank and the seeds, English over MUC-4, each the best of five passes on kept parses.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import msgspec

from bench.parses import parsed_document
from bench.predict_times import as_document
from bench.sets import SHARED, Row
from recoupe.extract.times import find_times
from recoupe.language.parsed import Parsed
from recoupe.model import Document, Language

PASSES = 5
ENGLISH_TEXTS = 300


def kilo_characters_a_second(items: Sequence[tuple[Parsed, Document]]) -> float:
    """The best of several passes, in thousands of characters a second."""
    characters = sum(len(document.text) for _, document in items)
    best = float("inf")
    for _ in range(PASSES):
        start = time.perf_counter()
        for parsed, document in items:
            find_times(parsed, document)
        best = min(best, time.perf_counter() - start)
    return characters / best / 1000


def main() -> int:
    """Print one line a language; 0, or 1 where the data folder is missing."""
    data = SHARED / "data"
    if not data.exists():
        print(f"no evaluation data at {data}: nothing to measure", file=sys.stderr)
        return 1
    lines = (data / "timebank_fr.jsonl").read_text(encoding="utf-8").splitlines()
    french: list[Row] = [msgspec.json.decode(line) for line in lines]
    french += [{"id": path.name, "text": path.read_text(encoding="utf-8"), "dct": "2018-11-14"} for path in sorted((data / "seeds").glob("*.txt"))]
    lines = (data / "muc4.jsonl").read_text(encoding="utf-8").splitlines()[:ENGLISH_TEXTS]
    english: list[Row] = [{**msgspec.json.decode(line), "dct": "1990-01-10"} for line in lines]
    sets: tuple[tuple[Language, list[Row]], ...] = (("fr", french), ("en", english))
    for language, rows in sets:
        documents = [as_document(row["id"], row["text"], language, row["dct"]) for row in rows]
        items = [(parsed_document(document), document) for document in documents]
        size = sum(len(document.text) for document in documents)
        print(f"{language}  {kilo_characters_a_second(items):8.0f} kchar/s  ({len(items)} texts, {size} characters, rules alone)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
