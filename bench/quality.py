"""How good is it? One table over every evaluation set, against the floors that may only rise.

usage: python -m bench.quality [--only SET]… [--raise] [--misses N]

The reference scorers and the data stand beside the project in ../shared; where they are not there, this says so and measures nothing.
`--raise` writes the floors anew where a figure is higher than its floor by more than noise; a floor never falls.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from bench.kept_apart import kept_apart
from bench.sets import SETS, SHARED, EvaluationSet, Row
from recoupe.ingest import Fields, read_items
from recoupe.model import Problem
from recoupe.pipeline import open_knowledge, read_all

FLOORS = Path(__file__).with_name("floors.toml")
MARGIN = 0.005  # a floor stands this much below the figure that set it: another processor rounds otherwise

_WRONG = frozenset({"linked, cross-group"})  # figures that should be small: turned round, so that their floor rises too


class Figure(Struct, frozen=True):
    """One measured figure with what it counts; `floor` is None where none is set yet."""

    name: str
    value: float
    count: str
    floor: float | None


def main() -> int:
    """Measure, print one table, and fail when a figure is below its floor."""
    options = _options()
    if not (SHARED / "data").exists():
        print("quality: not measured, because the evaluation data (../shared/data) is not here.")
        return 0
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    figures = [
        Figure(f"{group} · {name}", value, count, floors.get(group, {}).get(name))
        for group, name, value, count in _measure(options.only, options.misses)
    ]
    print(f"\n{platform.processor() or platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    for figure in figures:
        floor = "     –" if figure.floor is None else f"{figure.floor:6.3f}"
        below = "  BELOW ITS FLOOR" if figure.floor is not None and figure.value < figure.floor else ""
        print(f"{figure.name:95s} {figure.value:6.3f}  floor {floor}   {figure.count}{below}")
    if options.raise_floors:
        _raise(floors, figures)
        return 0
    fallen = [figure for figure in figures if figure.floor is not None and figure.value < figure.floor]
    if fallen:
        print(f"\n{len(fallen)} of {len(figures)} figures are below their floor in {FLOORS.name}.", file=sys.stderr)
    return 1 if fallen else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure quality on the evaluation sets.")
    parser.add_argument("--only", action="append", help="a set's name (seeds, timebank_fr, …); may be given several times")
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--misses", type=int, default=0, help="print up to N examples of every kind of miss")
    return parser.parse_args()


def _measure(only: list[str] | None, misses: int) -> Iterator[tuple[str, str, float, str]]:
    if not only or "seeds" in only:
        yield from _seeds()
    for each in SETS:
        if not only or each.name in only:
            yield from _public_set(each, misses)


def _seeds() -> Iterator[tuple[str, str, float, str]]:
    """The five seed articles, read together as a user would, by the reference scorer for readings."""
    knowledge = open_knowledge()
    paths = [str(path) for path in sorted((SHARED / "data/seeds").glob("*.txt"))]
    readings = [found for found in read_all(read_items(paths, Fields()), knowledge) if not isinstance(found, Problem)]
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "readings.jsonl"
        answers.write_bytes(msgspec.json.Encoder().encode_lines([reading for _, reading in readings]))
        report = _run("score_readings.py", str(SHARED / "data/seeds/gold"), str(answers), "--json")
    for name, row in json.loads(report).items():
        yield (
            "seeds",
            name,
            row["f1"],
            f"P {row['precision']:.3f} R {row['recall']:.3f}, {row['hits']} of {row['gold']}, {row['predicted']} predicted",
        )
    apart, pairs = kept_apart(readings, SHARED / "data/seeds/gold")
    yield "seeds", "events: claims of one voice and type kept apart", apart / pairs, f"{apart} of {pairs}"


def _public_set(each: EvaluationSet, misses: int) -> Iterator[tuple[str, str, float, str]]:
    gold = SHARED / "data" / each.gold
    try:
        predict = each.predict()
    except ModuleNotFoundError as error:
        if error.name != f"bench.{each.module}":
            raise
        print(f"{each.name}: nothing answers this set yet (bench/{each.module}.py)")
        return
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.jsonl"
        answers.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in predict(_rows(gold))), encoding="utf-8")
        name = each.scored_as or each.name
        if misses:
            print(_run("score_sets.py", name, str(gold), str(answers), "--misses", str(misses)))
        report = json.loads(_run("score_sets.py", name, str(gold), str(answers), "--json"))
    for measure, row in report["results"].items():
        value, count = _value(row)
        if value is not None and measure in _WRONG:
            yield each.name, f"{measure}, not", 1 - value, count
        elif value is not None:
            yield each.name, measure, value, count


def _value(row: Row) -> tuple[float | None, str]:
    if "f1" in row:
        precision, recall = (f"{row[part]:.3f}" if row[part] is not None else "–" for part in ("precision", "recall"))
        return row["f1"], f"P {precision} R {recall}, {row['found']:g} of {row['gold']}, {row['predicted']} predicted"
    if "share" in row:
        return row["share"], f"{row['hits']:g} of {row['of']}"
    return row["value"], f"{row['items']} items"


def _rows(path: Path) -> Iterable[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _run(tool: str, *words: str) -> str:
    done = subprocess.run([sys.executable, str(SHARED / "tools" / tool), *words], check=True, capture_output=True, text=True)
    return done.stdout


def _raise(floors: dict[str, dict[str, float]], figures: list[Figure]) -> None:
    for figure in figures:
        group, _, name = figure.name.partition(" · ")
        floor = round(max(figure.value - MARGIN, 0.0), 3)
        if figure.floor is None or floor > figure.floor:
            floors.setdefault(group, {})[name] = floor
    lines = ["# What each figure of bench/quality.py must reach. A floor only rises: `python -m bench.quality --raise`."]
    for group in sorted(floors):
        lines += ["", f"[{group}]", *(f"{json.dumps(name, ensure_ascii=False)} = {value}" for name, value in floors[group].items())]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"\nfloors raised in {FLOORS}")


if __name__ == "__main__":
    sys.exit(main())
