"""All examples of a pack table parsed at once: one line each, so that hundreds of sentences take a second or two."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from msgspec import Struct
from tests.examples import HasExamples

from recoupe.language.pack import Example, read_example
from recoupe.language.parse import parse_text
from recoupe.language.parsed import Parsed
from recoupe.model import Language, Span


class Case(Struct, frozen=True):
    """An example in the text of all: whether the entry must fire, where its line stands, and its answers there."""

    name: str
    fires: bool
    line: Span
    answers: tuple[Span, ...]
    text: str


def gather(entries: Iterable[tuple[str, HasExamples]]) -> tuple[str, tuple[Case, ...]]:
    """The examples of all entries as one text, a line each, and the cases."""
    lines: list[str] = []
    cases = []
    at = 0
    for name, entry in entries:
        for fires, sentences in ((True, entry.yes), (False, entry.no)):
            for sentence in sentences:
                example: Example = read_example(sentence)
                answers = tuple(Span(at + answer.start, at + answer.end) for answer in example.answers)
                cases.append(Case(name, fires, Span(at, at + len(example.text)), answers, sentence))
                lines.append(example.text)
                at += len(example.text) + 1
    return "\n".join(lines), tuple(cases)


@cache
def parse_lines(text: str, language: Language) -> Parsed:
    """The parse of the lines, each a paragraph."""
    return parse_text(text, language)
