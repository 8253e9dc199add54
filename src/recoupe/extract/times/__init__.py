"""When? The expressions of time of a document, with their TIMEX3 values and, where they can be anchored, their calendar days.

Matches of the pack's rules compete sentence by sentence, the longest wins. What is left is given its value in the order of the text, clock
times and bare parts of day after the days of their sentence. Method: rule-based normalisation as in HeidelTime (Strötgen & Gertz 2013).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from recoupe.extract.times.anchoring import Now, Told, text_now
from recoupe.extract.times.context import Answer, Context
from recoupe.extract.times.meaning import answer
from recoupe.extract.times.patterns import Match, patterns
from recoupe.extract.times.tense import Tense, tense_at
from recoupe.language.parsed import Parsed, Sentence
from recoupe.language.times import Tenses, time_pack
from recoupe.model import Document, TimeMention

__all__ = ["find_times"]

_PLAIN = (
    dict.fromkeys(map(ord, "\t\n\r\v\f\u00a0\u2009\u202f\u2028\u2029"), " ")
    | dict.fromkeys(map(ord, "’ʼ‘´`′"), "'")
    | dict.fromkeys(map(ord, "‐‑"), "-")
)
_FINAL = frozenset('.!?…:;»”"')
_LONGEST_STRETCH = 2_000  # characters over which unfinished sentences are joined
_LATER = frozenset({"clock", "part"})
_NEIGHBOURS_PER_SENTENCE = 200  # days of one sentence that a clock time is hung on; no real sentence has so many


def find_times(parsed: Parsed, document: Document) -> tuple[TimeMention, ...]:
    """The times that a document speaks of, in order and without overlap; without a publication day nothing is dated by it.

    >>> from recoupe.language.parse import parse_text
    >>> from recoupe.model import Block, Document, DocumentInfo, Published
    >>> text = "Il a été tué hier."
    >>> info = DocumentInfo("a", "a", None, None, None, "fr", None, Published("2018-11-14", "2018-11-14", "2018-11-14", "given"), 18, "")
    >>> [(time.text, time.value) for time in find_times(parse_text(text, "fr"), Document(info, text, (Block("body", 0, 18),)))]
    [('hier', '2018-11-13')]
    """
    tenses = time_pack(parsed.language).tenses
    chosen = tuple((sentence, tuple(matches)) for sentence, matches in _chosen(parsed) if matches)
    now = text_now(document.info.published, _full_days(parsed, document, chosen, tenses))
    mentions: list[TimeMention] = []
    told: list[Told] = []
    for sentence, matches in chosen:
        found = _read_sentence(parsed, sentence, matches, now, told, tenses)
        for match, meant in found:
            mentions.append(_mention(parsed.text, match, meant))
    return tuple(mentions)


def _chosen(parsed: Parsed) -> Iterator[tuple[Sentence, list[Match]]]:
    """Sentence by sentence the matches that stand: the longest first, then the earlier rule, then the earlier place."""
    plain = _folded(parsed.text)
    compiled = patterns(parsed.language)
    cased = parsed.text.upper() != parsed.text
    for sentence, end in _stretches(parsed):
        candidates = sorted(compiled.matches(plain, sentence.start, end), key=lambda match: (-match.whole, match.order, match.start))
        taken = bytearray(end - sentence.start) if candidates else bytearray()
        kept: list[Match] = []
        for match in candidates:
            first, last = match.start - sentence.start, match.end - sentence.start
            if any(taken[first:last]) or (cased and not _lettered(parsed.text, match)) or (match.rule.alone and not _stands_alone(parsed, match)):
                continue
            taken[first:last] = b"\1" * (last - first)
            kept.append(match)
        yield sentence, sorted((match for match in kept if match.rule.means != "nothing"), key=lambda match: match.start)


def _stretches(parsed: Parsed) -> Iterator[tuple[Sentence, int]]:
    """The sentences with their ends; one that the parser cut off without a final mark runs on into the next of its paragraph."""
    first: Sentence | None = None
    for sentence, after in zip_longest(parsed.sentences, parsed.sentences[1:]):
        first = first or sentence
        whole = after is None or after.paragraph != sentence.paragraph or parsed.text[sentence.end - 1] in _FINAL
        if whole or sentence.end - first.start > _LONGEST_STRETCH:
            yield first, sentence.end
            first = None


def _folded(text: str) -> str:
    """Lower case with plain blanks, apostrophes and hyphens, character for character."""
    plain = text.translate(_PLAIN)
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(low if len(low := letter.lower()) == 1 else letter for letter in plain)


def _lettered(text: str, match: Match) -> bool:
    """Whether the words have the capital, or the small first letter, that their rule asks for."""
    if match.rule.letters == "any":
        return True
    letters = [letter for letter in text[match.start : match.end] if letter.isalpha()]
    return any(letter.isupper() for letter in letters) if match.rule.letters == "capital" else bool(letters) and letters[0].islower()


def _stands_alone(parsed: Parsed, match: Match) -> bool:
    """Whether no noun is counted by the number, as in "de 2000 soldats"; one in the singular isn't ("the 1979 revolution")."""
    number = next((token for token in reversed(parsed.tokens_in(match.start, match.end)) if token.norm[0].isdigit()), None)
    if number is None:
        return True
    head = parsed.head(number)
    return head is None or head.index != number.index + 1 or number.dep != "nummod" or "Number=Sing" in head.morph


def _full_days(parsed: Parsed, document: Document, chosen: Sequence[tuple[Sentence, Sequence[Match]]], tenses: Tenses) -> Iterable[tuple[str, str]]:
    """The days that the text names with a year, or with a weekday that fixes it, and that are not ahead."""
    bounds = text_now(document.info.published, ())
    if len(bounds.days) == 1:
        return
    for sentence, matches in chosen:
        for match in matches:
            if match.rule.means == "date" and "day" in match.parts and ("year" in match.parts or "weekday" in match.parts):
                tense = _tense(parsed, match, tenses)
                meant = answer(match, Context(parsed.language, bounds, (), sentence.index, sentence.paragraph, tense))
                if meant is not None and meant.start is not None and tense() != "future":
                    yield meant.start.isoformat(), _id(match)


def _tense(parsed: Parsed, match: Match, tenses: Tenses) -> Callable[[], Tense | None]:
    return lambda: tense_at(parsed, match.start, match.end, tenses, opens_span="b" in match.parts)


def _read_sentence(
    parsed: Parsed, sentence: Sentence, matches: Sequence[Match], now: Now, told: list[Told], tenses: Tenses
) -> list[tuple[Match, Answer]]:
    """The matches of a sentence with their answers; `told` grows by the days and years that it speaks of."""
    answers: dict[int, Answer] = {}
    beside: list[Told] = []
    before = list(told)
    for later in (False, True):
        for number, match in enumerate(matches):
            if (match.rule.means in _LATER) is not later:
                continue
            context = Context(
                parsed.language, now, tuple(before[-20:] if later else told[-20:]), sentence.index, sentence.paragraph, _tense(parsed, match, tenses),
                tuple(beside[:_NEIGHBOURS_PER_SENTENCE]) if later else (),
            )  # fmt: skip
            meant = answer(match, context)
            if meant is None:
                continue
            answers[number] = meant
            if meant.timex in {"DATE", "TIME"} and meant.start is not None:
                told.append(Told(meant.value, _id(match), match.start, match.end, sentence.index, sentence.paragraph, meant.explicit))
                if not later:
                    beside.append(told[-1])
    return [(matches[number], answers[number]) for number in sorted(answers)]


def _id(match: Match) -> str:
    return f"time:{match.start}-{match.end}"


def _mention(text: str, match: Match, meant: Answer) -> TimeMention:
    start, end = (day.isoformat() if day else None for day in (meant.start, meant.end))
    return TimeMention(_id(match), match.start, match.end, text[match.start : match.end], meant.timex, meant.value, start, end, meant.anchor)
