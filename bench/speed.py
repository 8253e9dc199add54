"""How fast is it? A whole reading against the bare language model on the same texts, in one run, with the share of each step.

usage: python -m bench.speed [--rounds N]

The texts are the bundled sample, and the seed articles where ../shared is there. Each round reads all texts once with the bare `nlp.pipe` and
once whole; the median round is printed.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import resources
from typing import Any
from unittest.mock import patch

from bench.sets import SHARED
from recoupe.extract import reading as steps
from recoupe.ingest import Fields, Item, read_items, to_document
from recoupe.language.parse import load_model, parse_all, split_paragraphs
from recoupe.model import Document
from recoupe.pipeline import open_knowledge

STEPS = ("find_times", "find_actors", "find_places", "find_figures", "find_voices", "find_events", "assess_all", "join", "find_labels")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the speed of a reading.")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    items = _items()
    documents = [to_document(item) for item in items]  # also warms up: language profiles and tables load once a process
    began = time.perf_counter()
    for item in items:
        to_document(item)
    ingest = time.perf_counter() - began
    characters = sum(len(document.text) for document in documents)
    knowledge = open_knowledge()
    for document in documents:  # loads models, tables and caches before anything is timed
        steps.read_parsed(document, next(parse_all([document])), knowledge.register, knowledge.gazetteer)
    bare, parse, spent, tokens = [], [], defaultdict[str, list[float]](list), 0
    for _ in range(rounds):
        bare.append(_bare(documents))
        began = time.perf_counter()
        parsed = [next(parse_all([document])) for document in documents]
        parse.append(time.perf_counter() - began)
        tokens = sum(len(each.tokens) for each in parsed)
        for name, seconds in _extract(documents, parsed, knowledge).items():
            spent[name].append(seconds)
    _report(documents, characters, tokens, bare, [("ingest", ingest), ("parse", statistics.median(parse))], spent)
    return 0


def _items() -> list[Item]:
    paths = [str(path) for path in sorted((SHARED / "data/seeds").glob("*.txt"))]
    with resources.as_file(resources.files("recoupe") / "sample") as sample:
        return [item for item in read_items([str(sample), *paths], Fields()) if isinstance(item, Item)]


def _bare(documents: list[Document]) -> float:
    """Seconds that the language model alone takes for the same paragraphs."""
    began = time.perf_counter()
    for document in documents:
        for _ in load_model(document.info.language).pipe(paragraph.plain for paragraph in split_paragraphs(document)):
            pass
    return time.perf_counter() - began


def _extract(documents: list[Document], parsed: list[Any], knowledge: Any) -> dict[str, float]:
    """Seconds of each extractor over all documents."""
    seconds: dict[str, float] = dict.fromkeys(STEPS, 0.0)

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            began = time.perf_counter()
            found = function(*arguments)
            seconds[name] += time.perf_counter() - began
            return found

        return run

    replaced: Any = {name: timed(name, getattr(steps, name)) for name in STEPS}
    with patch.multiple(steps, **replaced):
        for document, each in zip(documents, parsed, strict=True):
            steps.read_parsed(document, each, knowledge.register, knowledge.gazetteer)
    return seconds


def _report(
    documents: list[Document], characters: int, tokens: int, bare: list[float], first: list[tuple[str, float]], spent: dict[str, list[float]]
) -> None:
    rows = [*first, *((name, statistics.median(seconds)) for name, seconds in spent.items())]
    whole, alone = sum(seconds for _, seconds in rows), statistics.median(bare)
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"{len(documents)} documents, {characters} characters, {tokens} tokens, median of {len(bare)} rounds\n")
    for name, seconds in rows:
        print(f"{name:14s} {seconds:8.3f} s  {seconds / whole:6.1%}  {tokens / seconds / 1000 if seconds else 0:9.1f} k tokens/s")
    print(f"{'whole reading':14s} {whole:8.3f} s  {1:6.1%}  {tokens / whole / 1000:9.1f} k tokens/s")
    print(f"{'bare model':14s} {alone:8.3f} s          {tokens / alone / 1000:9.1f} k tokens/s")
    print(f"\na whole reading takes {whole / alone:.2f} times the bare language model")


if __name__ == "__main__":
    sys.exit(main())
