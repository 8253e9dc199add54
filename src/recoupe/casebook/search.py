"""Which articles hold the words that someone looks for, and where in them?

Articles are ranked by BM25 with titles counting three times; the excerpt is the stretch with most of the words sought, verbatim, and what was
found in it is given as offsets: no markup ever mixes with the words of an article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from msgspec import Struct, structs

from recoupe.casebook.connection import Store
from recoupe.casebook.counts import Columns, Counts, Numbers
from recoupe.casebook.documents import load_document
from recoupe.casebook.passages import text_blocks, title_words
from recoupe.casebook.query import Term, match_expression, read_query
from recoupe.casebook.scope import Scope, holding, within
from recoupe.casebook.words import Word, stems_of
from recoupe.language.pack import LANGUAGES
from recoupe.model import Document, Language, Span

EXCERPT = 240  # code points, about
LOOKED_THROUGH = 20_000  # code points of a text after which one excerpt is good enough
MOST_RANKED = 4000  # articles that hold the words; of more, the newest come first: words that stand everywhere rank nothing

_SQL = """SELECT document.id, -bm25(search, 3.0, 1.0, 3.0, 1.0) AS score FROM search
          JOIN passage ON passage.number = search.rowid JOIN document ON document.number = passage.document
          WHERE search MATCH ? AND document.current = 1 AND (? IS NULL OR document.language = ?)
          ORDER BY score DESC, document.published DESC, document.id LIMIT ?"""


class Hit(Struct, frozen=True):
    """An article that holds the words; `start` is where the excerpt begins in its text, `found` are stretches of the excerpt."""

    document: str
    key: str
    outlet: str | None
    language: Language
    published: str | None
    title: str | None
    excerpt: str
    start: int
    found: tuple[Span, ...]
    score: float


class Hits(Struct, frozen=True):
    """A page of the articles that hold some words, and how many there are; `ranked`: the best first, and not the newest."""

    total: int
    ranked: bool
    shown: tuple[Hit, ...]


def find(store: Store, counts: Counts, scope: Scope, offset: int, limit: int) -> Hits:
    """A page of the articles of a scope that hold its words; a query of nothing finds nothing.

    The best come first, or, where very many hold the words, the newest.
    """
    terms = read_query(scope.words or "")
    languages = LANGUAGES if scope.language is None else (scope.language,)
    expression = match_expression(terms, languages)
    if expression is None:
        return Hits(0, ranked=True, shown=())
    columns = counts.columns(store)
    held = holding(store, match_expression(terms, languages, weighed=False))
    inside = columns.of_passages(held) & within(store, columns, structs.replace(scope, words=None))
    total, ranked = int(np.count_nonzero(inside)), len(held) <= MOST_RANKED
    scores = _scores(store, columns, expression) if ranked else np.zeros(len(columns.alive))
    places = np.flatnonzero(inside).astype(np.int32)
    order = np.lexsort((-columns.document[places], -columns.day[places], -scores[places]))[offset : offset + limit]
    return Hits(total, ranked, tuple(_at(store, columns, places[order], scores, terms)))


_RANKED = "SELECT rowid, -bm25(search, 3.0, 1.0, 3.0, 1.0) FROM search WHERE search MATCH ?"


def _scores(store: Store, columns: Columns, expression: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How well each document answers, by its place."""
    rows = np.array(list(store.rows(_RANKED, (expression,))), dtype=np.float64).reshape(-1, 2)
    by_passage = np.zeros(int(columns.passage.max(initial=0)) + 1)
    known = rows[rows[:, 0] < len(by_passage)]
    by_passage[known[:, 0].astype(np.int64)] = known[:, 1]
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = by_passage[columns.passage]
    return found


def _at(
    store: Store, columns: Columns, places: Numbers, scores: np.ndarray[tuple[int], np.dtype[np.float64]], terms: tuple[Term, ...]
) -> Iterator[Hit]:
    for place in places:
        identity = store.value("SELECT id FROM document WHERE number = ?", (int(columns.document[place]),))
        yield _hit(load_document(store, identity), terms, float(scores[place]))


def search(store: Store, text: str, limit: int, language: Language | None) -> Iterator[Hit]:
    """The articles that hold what a user typed, the best first; a query of nothing finds nothing."""
    terms = read_query(text)
    expression = match_expression(terms, LANGUAGES if language is None else (language,))
    if expression is None:
        return
    for identity, score in tuple(store.rows(_SQL, (expression, language, language, limit))):
        yield _hit(load_document(store, identity), terms, score)


def _hit(document: Document, terms: tuple[Term, ...], score: float) -> Hit:
    info = document.info
    places: list[Sequence[Word]] = []
    found: list[tuple[Span, ...]] = []
    for place in chain((title_words(document),), text_blocks(document)):
        places.append(place)
        found.append(_marked(place, terms, info.language))
        if place and place[-1].end > LOOKED_THROUGH and any(found[1:]):
            break
    block, spans = _best(places[1:], found[1:]) or _best(places, found) or (None, ())
    start, end = _window(document.text, block, spans)
    inside = tuple(Span(span.start - start, span.end - start) for span in spans if start <= span.start and span.end <= end)
    return Hit(info.id, info.key, info.outlet, info.language, info.published.value, info.title, document.text[start:end], start, inside, score)


def _marked(place: Sequence[Word], terms: tuple[Term, ...], language: Language) -> tuple[Span, ...]:
    """The stretches of a block that answer a term, in order."""
    spans: set[Span] = set()
    for term in terms:
        if not term.wanted:
            continue
        fitting = _fitting(place, term, language)
        for at in range(len(place) - len(term.words) + 1):
            if place[at].form in fitting and _goes_on(place, at, term):
                spans.add(Span(place[at].start, place[at + len(term.words) - 1].end))
    return tuple(sorted(spans))


def _fitting(place: Sequence[Word], term: Term, language: Language) -> set[str]:
    """The words of a block with which an answer to the term may begin."""
    first = term.words[0]
    forms = {word.form for word in place}
    if term.written is not None:
        wanted = set(stems_of(first, term.written, language))
        return {word.form for word in place if word.form == first or not wanted.isdisjoint(stems_of(word.form, word.written, language))}
    if term.prefix and len(term.words) == 1:
        return {form for form in forms if form.startswith(first)}
    return forms & {first}


def _goes_on(place: Sequence[Word], at: int, term: Term) -> bool:
    last = len(term.words) - 1
    for step, asked in enumerate(term.words[1:], start=1):
        form = place[at + step].form
        if form != asked and not (term.prefix and step == last and form.startswith(asked)):
            return False
    return True


def _best(places: Sequence[Sequence[Word]], found: Sequence[tuple[Span, ...]]) -> tuple[Sequence[Word], tuple[Span, ...]] | None:
    """The block with the densest group of found stretches, cut to those that fit into one excerpt."""
    best: tuple[int, int, int] | None = None
    for number, spans in enumerate(found):
        ends = [span.end for span in spans]
        for first, span in enumerate(spans):
            group = bisect_right(ends, span.start + EXCERPT * 2 // 3) - first
            if best is None or group > best[0]:
                best = (group, number, first)
    if best is None:
        return None
    _, number, first = best
    return places[number], found[number][first:]


def _window(text: str, block: Sequence[Word] | None, spans: Sequence[Span]) -> tuple[int, int]:
    """Where the excerpt begins and ends: at whole words of its block, with some words before the first one found."""
    if not block:
        return 0, 0
    wanted = max(block[0].start, (spans[0].start if spans else 0) - EXCERPT // 4)
    start = min((word.start for word in block if word.start >= wanted), default=block[0].start)
    start = min(start, spans[0].start) if spans else start
    end = max((word.end for word in block if word.end <= start + EXCERPT), default=start)
    while end < len(text) and text[end] in ".!?…»”)" and end < start + EXCERPT + 3:
        end += 1
    return start, max(end, min(spans[0].end, start + EXCERPT) if spans else end)
