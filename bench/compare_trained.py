"""Would a trained model tell kinds of events better than the rules, or both together? Cross-validated on the evaluation sets.

The model is a linear one over words, pairs of words and pieces of 3 to 5 letters (TF-IDF, ridge regression to one column a label, solved in its
dual form; Saunders, Gammerman and Vovk 1998). Together: the label of the rules is one more feature. Folds are drawn by a hash of the item's id, or
of the key that keeps near-duplicates together, so that the same command prints the same figures.

    python -m bench.compare_trained
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bench.parses import parsed
from bench.predict_case import predict as predict_case
from bench.predict_plover import main_event
from bench.sets import SHARED, Row
from recoupe.extract.actors import find_actors
from recoupe.extract.events import find_events
from recoupe.knowledge.actors import open_register

FOLDS = 5
RIDGE = 0.3
RULE = 1.0  # weight of the rules' label beside the words', which together have length 1
_QUADS = {
    "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material cooperation": ("COOPERATE", "AID", "RETREAT"),
    "verbal conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}


class Task(Struct, frozen=True):
    """A set with its gold labels, what the rules answer, and how answers are scored."""

    name: str
    items: tuple[Row, ...]
    gold: tuple[str, ...]
    rules: tuple[str, ...]
    score: Callable[[Sequence[str], Sequence[str]], float]


def accuracy(gold: Sequence[str], said: Sequence[str]) -> float:
    """The share of right labels.

    >>> accuracy(["a", "b"], ["a", "a"])
    0.5
    """
    return sum(a == b for a, b in zip(gold, said, strict=True)) / len(gold)


def weighted_f1(gold: Sequence[str], said: Sequence[str]) -> float:
    """The mean of the labels' F1, weighted by the gold's counts.

    >>> weighted_f1(["a", "a", "b"], ["a", "a", "b"])
    1.0
    """
    hits = Counter(a for a, b in zip(gold, said, strict=True) if a == b)
    wanted, given = Counter(gold), Counter(said)
    return sum(count * 2 * hits[label] / (count + given[label]) for label, count in wanted.items()) / len(gold)


def tasks() -> Iterator[Task]:
    """The sets that have one kind an item, with the rules' answers."""
    items = tuple(item for item in _read("case2021_task2") if item["acled"])
    said = {line["id"]: line["label"] or "none" for line in predict_case(items)}
    yield Task("case2021_task2 (weighted F1)", items, tuple(item["acled"] for item in items), tuple(said[item["id"]] for item in items), weighted_f1)
    items = tuple(_read("plover_gsr"))
    yield Task("plover_gsr type (accuracy)", items, tuple(item["type"] for item in items), tuple(_types(items)), accuracy)
    items = tuple(_read("cameo_quad"))
    quad = {kind: name for name, kinds in _QUADS.items() for kind in kinds}
    rules = tuple(quad.get(kind, "neutral") for kind in _types(items))
    yield Task("cameo_quad (accuracy)", items, tuple(item["quad"] for item in items), rules, accuracy)


def _read(name: str) -> list[Row]:
    path = SHARED / "data" / f"{name}.jsonl"
    return [msgspec.json.decode(line, type=Row) for line in path.read_bytes().splitlines() if line.strip()]


def _types(items: Iterable[Row]) -> Iterator[str]:
    register = open_register()
    for item in items:
        parse = parsed(item["text"], "en")
        told = find_events(parse, find_actors(parse, register), (), (), ())
        main = main_event(parse, told)
        yield main.type if main is not None else "none"


def features(text: str) -> Counter[str]:
    """Words, pairs of words, and pieces of 3 to 5 letters of each word with its borders.

    >>> sorted(features("a raid"))[:4]
    [' a ', ' ra', ' rai', ' raid']
    """
    words = "".join(letter.lower() if letter.isalnum() else " " for letter in text).split()
    found = Counter(f"w:{word}" for word in words)
    found.update(f"w:{first} {second}" for first, second in pairwise(words))
    for word in words:
        edged = f" {word} "
        found.update(edged[at : at + size] for size in (3, 4, 5) for at in range(len(edged) - size + 1))
    return found


def matrix(texts: Sequence[str]) -> NDArray[np.float64]:
    """The cosines between all texts over TF-IDF of their features; document frequencies need no labels."""
    counted = [features(text) for text in texts]
    frequency = Counter(name for one in counted for name in one)
    column = {name: at for at, name in enumerate(name for name, count in frequency.items() if count > 1)}
    table = np.zeros((len(texts), len(column)), dtype=np.float32)
    for row, one in enumerate(counted):
        for name, count in one.items():
            if name in column:
                table[row, column[name]] = (1 + math.log(count)) * math.log(len(texts) / frequency[name])
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return (table @ table.T).astype(np.float64)


def fold_of(item: Row) -> int:
    """The fold of an item, the same for all that were kept together when the sets were split."""
    key = str(item.get("split_key") or item["id"])
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def cross_validated(task: Task, kernel: NDArray[np.float64]) -> list[str]:
    """For each item the label that a model of the other folds gives it."""
    labels = sorted(set(task.gold))
    wanted = np.array([[1.0 if gold == label else 0.0 for label in labels] for gold in task.gold])
    folds = np.array([fold_of(item) for item in task.items])
    said = np.empty(len(task.items), dtype=object)
    for fold in range(FOLDS):
        seen, held = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        dual = np.linalg.solve(kernel[np.ix_(seen, seen)] + RIDGE * np.eye(len(seen)), wanted[seen])
        said[held] = [labels[at] for at in (kernel[np.ix_(held, seen)] @ dual).argmax(axis=1)]
    return list(said)


def main() -> int:
    """Prints a row a set: rules, trained, both."""
    if not SHARED.exists():
        print(f"no evaluation sets under {SHARED}: nothing to compare", file=sys.stderr)
        return 2
    print(f"{'set':32s} {'items':>6s} {'rules':>7s} {'trained':>8s} {'both':>6s}")
    for task in tasks():
        words = matrix([item["text"] for item in task.items])
        rules = np.array(task.rules)
        with_rules = words + RULE * (rules[:, None] == rules[None, :])
        figures = [task.score(task.gold, said) for said in (task.rules, cross_validated(task, words), cross_validated(task, with_rules))]
        print(f"{task.name:32s} {len(task.items):6d} " + " ".join(f"{figure:7.3f}" for figure in figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
