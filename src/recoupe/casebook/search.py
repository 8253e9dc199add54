"""Which articles hold the words that someone looks for, and where in them?

Articles are ranked by BM25 with titles counting three times; the excerpt is the stretch with most of the words sought, verbatim, and what was
found in it is given as offsets: no markup ever mixes with the words of an article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from recoupe.casebook.connection import Store
from recoupe.casebook.documents import load_document
from recoupe.casebook.passages import text_blocks, title_words
from recoupe.casebook.query import Term, match_expression, read_query
from recoupe.casebook.words import Word, stems_of
from recoupe.language.pack import LANGUAGES
from recoupe.model import Document, Language, Span

EXCERPT = 240  # code points, about

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
    places = [title_words(document), *text_blocks(document)]
    found = [_marked(place, terms, info.language) for place in places]
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
