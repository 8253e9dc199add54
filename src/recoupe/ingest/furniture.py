"""Which lines belong to the site and not to an article? Those that recur over different articles of one outlet.

Every document leaves the fingerprints of its lines; the fingerprints of an outlet's documents together show what recurs. Both steps are pure
and give the same whatever the order, so that they can be done again when a document is added.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from recoupe.ingest.lines import normalised, split_lines
from recoupe.model import Document

LONGEST_FURNITURE = 400  # characters; a legend or a notice may be long, a paragraph is no furniture
_SAME_ARTICLE = 0.5  # share of the shorter one's characters that two documents of one article have in common
_PROSE = re.compile(r"[.!?…»\"]\W*$")
_PROSE_FROM, _SENTENCE_FROM = 80, 4  # characters, or words before a full stop; such a line may be background that an outlet repeats
_PROSE_SHARE = 0.3  # of an outlet's articles, from which on such a sentence is furniture


def line_prints(document: Document) -> tuple[str, ...]:
    """The fingerprints of a document's lines, sorted: `f…` of lines that may be furniture, `p…` of short prose, `b…` of longer ones.

    After the letter stand the line's size in characters and its hash.

    >>> from recoupe.ingest import Item, to_document
    >>> [trace.split(":")[0] for trace in line_prints(to_document(Item("a", None, b"Partager", "0" * 64, "text", language="fr")))]
    ['f8']
    """
    prints = {line_print(document.text[line.start : line.end]) for line in split_lines(document.text)}
    return tuple(sorted(trace for trace in prints if trace))


def line_print(line: str) -> str | None:
    """The fingerprint of one line, None where it has no letter or digit."""
    words = normalised(line)
    if not words:
        return None
    told = (len(line) >= _PROSE_FROM and _PROSE.search(line[-40:])) or (line.rstrip().endswith(".") and len(line.split()) >= _SENTENCE_FROM)
    sort = "b" if len(line) > LONGEST_FURNITURE else "p" if told else "f"
    return f"{sort}{len(words)}:{hashlib.blake2b(words.encode(), digest_size=8).hexdigest()}"


def recurring(prints_by_document: Iterable[tuple[str, ...]], at_least: int = 3) -> frozenset[str]:
    """The fingerprints of lines that stand in at least so many different articles of one outlet.

    Documents that have half of their characters in common are versions of one article and count once; a line that reads like a sentence of
    the article must stand in a third of all articles too, because outlets repeat their background.

    >>> recurring([("b900:1", "f20:a"), ("b900:2", "f20:a"), ("b900:3", "f20:a"), ("b900:3", "f20:a", "f30:c")])
    frozenset({'f20:a'})
    """
    documents = sorted(set(prints_by_document))
    article = _articles(documents)
    standing: defaultdict[str, set[int]] = defaultdict(set)
    for number, prints in enumerate(documents):
        for trace in prints:
            standing[trace].add(article[number])
    articles = len(set(article.values()))
    return frozenset(trace for trace, where in standing.items() if is_furniture(trace, len(where), articles, at_least))


def is_furniture(trace: str, articles: int, of: int, at_least: int = 3) -> bool:
    """Whether a line that stands in so many `of` an outlet's articles is the site's.

    >>> is_furniture("f20:a", 3, 900), is_furniture("p120:a", 3, 900), is_furniture("b900:a", 900, 900)
    (True, False, False)
    """
    if trace.startswith("b"):
        return False
    return articles >= (max(at_least, _PROSE_SHARE * of) if trace.startswith("p") else at_least)


def _articles(documents: list[tuple[str, ...]]) -> dict[int, int]:
    """For every document the number of its article: the first of the documents that share most of its text.

    Candidates are, for every line, the line's first document and each other that has it: a reprint shares lines with its original that nothing
    else has, so the pairs stay few where a site's furniture stands in thousands of documents.
    """
    parent = {number: number for number in range(len(documents))}
    sets = [set(prints) for prints in documents]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, prints in enumerate(documents):
        for trace in prints:
            holders[trace].append(number)
    pairs = Counter((where[0], other) for where in holders.values() for other in where[1:])
    for left, right in sorted(pairs):
        if _shared(sets[left], sets[right]) >= _SAME_ARTICLE:
            _join(parent, left, right)
    return {number: _root(parent, number) for number in parent}


def _shared(left: set[str], right: set[str]) -> float:
    smaller = min(_size(left), _size(right))
    return _size(left & right) / smaller if smaller else 0.0


def _size(prints: Iterable[str]) -> int:
    return sum(int(trace[1 : trace.index(":")]) for trace in prints)


def _root(parent: Mapping[int, int], number: int) -> int:
    while parent[number] != number:
        number = parent[number]
    return number


def _join(parent: dict[int, int], left: int, right: int) -> None:
    first, second = sorted((_root(parent, left), _root(parent, right)))
    parent[second] = first
