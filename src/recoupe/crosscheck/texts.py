"""Which documents are one text? Reprints, cuts and light edits, found by what they share word for word; translations, by what survives one.

A document's `Signature` holds hashed runs of words, so that documents are compared without their texts. Candidates come from MinHash
(datasketch) for texts that are much alike, and from a sample of shared runs for cuts; each is then judged by how much of the shorter text stands in
the longer. Furniture blocks are left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from itertools import combinations

from datasketch import MinHash, MinHashLSH
from msgspec import Struct

from recoupe.crosscheck.account import day_of
from recoupe.crosscheck.credits import credited
from recoupe.crosscheck.origins import Sets
from recoupe.crosscheck.words import WORD, fold
from recoupe.model import Document, Language

RUN = 4  # words in a run
COPIED = 0.5  # share of the shorter text's runs that stand in the longer
LONG_COPIED, LONG_RUNS = 0.33, 120  # a smaller share is enough where this many runs are shared: no quotation is so long
FEWEST_RUNS = 25  # shared runs below which two texts may share a quotation or a formula and no more
SAMPLED = 8  # one run in so many is looked up
CROWD = 8  # documents with one run that each newcomer is compared with
FEW = 12  # texts that are all compared with one another
_PERMUTATIONS = 64
_ALIKE = 0.4  # Jaccard similarity above which MinHash finds candidates
_READ = ("title", "body", "dateline")
_TOKEN = re.compile(r"[^\W_]+")
_TRANSLATION_DAYS = 3
_NUMBERS_SHARED, _NAMES_SHARED, _TRANSLATED = 4, 6, 0.75


class Signature(Struct, frozen=True, array_like=True):
    """What is kept of a text to find its copies: hashes of its runs, numbers and names, its MinHash, and whom it credits."""

    document: str
    language: Language
    day: int | None
    runs: frozenset[int]
    numbers: frozenset[str]
    names: frozenset[str]
    minhash: tuple[int, ...]
    agencies: tuple[str, ...]


def signature(document: Document) -> Signature:
    """The signature of a document, a pure function of it."""
    text = "\n".join(document.text[block.start : block.end] for block in document.blocks if block.kind in _READ)
    words = [fold(match.group()) for match in _TOKEN.finditer(text)]
    runs = frozenset(_hash(words[at : at + RUN]) for at in range(max(len(words) - RUN + 1, 0)))
    sketch = _blank().copy()
    sketch.update_batch([run.to_bytes(8, "big") for run in sorted(runs)])
    return Signature(
        document=document.info.id,
        language=document.info.language,
        day=day_of(document.info.published.date_start),
        runs=runs,
        numbers=frozenset(re.sub(r"\D", "", number) for number in re.findall(r"\d[\d.,\u00a0\u202f ]*\d|\d", text)),
        names=frozenset(_names(text)),
        minhash=tuple(int(value) for value in sketch.hashvalues) if runs else (),
        agencies=credited(document),
    )


@cache
def _blank() -> MinHash:
    return MinHash(num_perm=_PERMUTATIONS, seed=1)


def _names(text: str) -> Iterator[str]:
    """Words with a capital that stand inside a sentence."""
    for match in WORD.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        if match.group()[0].isupper() and not match.group().isupper() and before[-1:] in (" ", "'", "’") and before[:1].isalpha():
            yield fold(match.group())


def _hash(words: Sequence[str]) -> int:
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), "big")


def copies(documents: Iterable[Signature]) -> tuple[tuple[str, ...], ...]:
    """The groups of documents with one text, each sorted by name; what comes in which order plays no part."""
    known = {each.document: each for each in sorted(documents, key=lambda each: each.document)}
    sets = Sets()
    for left, right in copied_pairs(tuple(known.values())):
        sets.join(left, right)
    groups: dict[object, list[str]] = defaultdict(list)
    for name in known:
        groups[sets.find(name)].append(name)
    return tuple(sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1))


def copied_pairs(known: Sequence[Signature]) -> Iterator[tuple[str, str]]:
    """The candidate pairs that are copies or translations of each other; of a few texts all pairs are candidates."""
    if len(known) <= FEW:
        yield from ((one.document, other.document) for one, other in combinations(known, 2) if is_copy(one, other) or is_translation(one, other))
        return
    by_name = {each.document: each for each in known}
    for candidates, holds in ((_alike, is_copy), (_sharing_runs, is_copy), (_sharing_facts, is_translation)):
        for left, right in _unique(candidates, known):
            if holds(by_name[left], by_name[right]):
                yield left, right


def is_copy(a: Signature, b: Signature) -> bool:
    """Whether most of the shorter text stands word for word in the longer."""
    if not a.runs or not b.runs:
        return False
    shared = len(a.runs & b.runs)
    share = shared / min(len(a.runs), len(b.runs))
    return a.runs == b.runs or (shared >= FEWEST_RUNS and share >= COPIED) or (shared >= LONG_RUNS and share >= LONG_COPIED)


def is_translation(a: Signature, b: Signature) -> bool:
    """Whether two texts in two languages have nearly all numbers and names of the shorter in common, within days of each other."""
    if a.language == b.language or (a.day is not None and b.day is not None and abs(a.day - b.day) > _TRANSLATION_DAYS):
        return False
    return _in_common(a.numbers, b.numbers, _NUMBERS_SHARED) and _in_common(a.names, b.names, _NAMES_SHARED)


def _in_common(a: frozenset[str], b: frozenset[str], fewest: int) -> bool:
    shared = len(a & b)
    return shared >= fewest and shared >= _TRANSLATED * min(len(a), len(b)) and shared >= 0.5 * max(len(a), len(b))


# ------------------------------------------------------------------------------------------------------------------- candidates

Pairs = Iterator[tuple[str, str]]


def _unique(candidates: Callable[[Sequence[Signature]], Pairs], known: Sequence[Signature]) -> Pairs:
    seen = set()
    for left, right in candidates(known):
        pair = (left, right) if left < right else (right, left)
        if left != right and pair not in seen:
            seen.add(pair)
            yield pair


def _alike(known: Sequence[Signature]) -> Pairs:
    """Neighbours in a bucket of MinHash bands, each with the first few of the bucket."""
    buckets: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
    for each in known:
        for band, (start, end) in enumerate(_bands()):
            if each.minhash:
                buckets[band, each.minhash[start:end]].append(each.document)
    yield from _first_few(buckets.values())


@cache
def _bands() -> tuple[tuple[int, int], ...]:
    return tuple(MinHashLSH(threshold=_ALIKE, num_perm=_PERMUTATIONS).hashranges)


def _sharing_runs(known: Sequence[Signature]) -> Pairs:
    """Texts with several of a fixed sample of all runs in common: a cut has them wherever it is taken from."""
    buckets: dict[int, list[str]] = defaultdict(list)
    for each in known:
        for run in each.runs:
            if run % SAMPLED == 0:
                buckets[run].append(each.document)
    counted = Counter(_first_few(buckets.values()))
    yield from (pair for pair, shared in counted.items() if shared > 1)


def _sharing_facts(known: Sequence[Signature]) -> Pairs:
    """Texts with one number of two digits or more and one name in common, where few others have them."""
    buckets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in known:
        for number in sorted(each.numbers):
            if len(number) >= 2 and each.day is not None:
                for name in sorted(each.names)[:40]:
                    buckets[number, name].append(each.document)
    yield from _first_few(buckets.values())


def _first_few(buckets: Iterable[list[str]]) -> Pairs:
    """Each document of a bucket with its first few and its neighbours: enough to bring a group together, few enough to stay linear."""
    for bucket in buckets:
        for at, name in enumerate(bucket):
            for other in (*bucket[: min(at, CROWD)], *bucket[max(at - CROWD, 0) : at]):
                yield other, name
