"""Which people are named in a public role? Those beside an office or of the register, and their names where they come again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.extract.actors_names import Match
from recoupe.extract.actors_phrases import Phrase, offices
from recoupe.knowledge.actors import ActorEntry, Register
from recoupe.language.actors import word_set
from recoupe.language.parsed import Parsed

_NAMES = frozenset({"PROPN", "NOUN", "X", "ADJ"})


def find_persons(
    parsed: Parsed, register: Register, matches: Sequence[Match], phrases: Sequence[Phrase]
) -> Iterator[tuple[int, int, ActorEntry | None]]:
    """The stretches that name people in public roles, with their entry where the register has one."""
    taken = {index for match in matches for index in range(match.first, match.last)}
    known: set[str] = set()
    for phrase in offices(phrases):
        run = _run_after(parsed, phrase)
        if run is None or run[0] in taken:
            continue
        first, last = run
        start, end = parsed.tokens[first].start, parsed.tokens[last - 1].end
        known.add(parsed.tokens[last - 1].text)
        yield start, end, _entry(register, parsed.text[start:end])
    if not known:
        return
    covered = {index for phrase in phrases for index in range(phrase.first, phrase.last)} | taken
    for name in parsed.names:
        tokens = parsed.tokens_in(name.start, name.end)
        if tokens and tokens[-1].text in known and not any(token.index in covered for token in tokens):
            yield tokens[0].start, tokens[-1].end, _entry(register, name.text)


def _run_after(parsed: Parsed, phrase: Phrase) -> tuple[int, int] | None:
    """The tokens of a person's name after an office, beside it or after a comma."""
    tokens = parsed.tokens
    at = phrase.last
    if at < len(tokens) and tokens[at].norm == ",":
        at += 1
    particles = word_set(parsed.language, "particles")
    first = end = at
    while at < len(tokens) and at - end < 3:
        if tokens[at].text[:1].isupper() and tokens[at].pos in _NAMES and not tokens[at].text.isupper():
            at += 1
            end = at
        elif tokens[at].norm in particles and at > first:
            at += 1
        else:
            break
    if end == first or (end - first == 1 and tokens[first - 1].norm == ","):
        return None
    return first, end


def _entry(register: Register, name: str) -> ActorEntry | None:
    found = [entry for entry in register.find(name) if entry.kind == "person"]
    return found[0] if len(found) == 1 else None
