"""Which people are named in a public role? Those beside an office or of the register, and their names where they come again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.extract.actors_names import Match
from recoupe.extract.actors_owners import person_entry
from recoupe.extract.actors_phrases import Phrase
from recoupe.knowledge.actors import ActorEntry, Register
from recoupe.language.actors import word_set
from recoupe.language.parsed import Parsed

_NAMES = frozenset({"PROPN", "NOUN", "X", "ADJ"})


def find_persons(
    parsed: Parsed, register: Register, matches: Sequence[Match], phrases: Sequence[Phrase], on: str | None = None
) -> Iterator[tuple[int, int, ActorEntry | None]]:
    """The stretches that name people in public roles, with their entry where the register has one."""
    taken = {index for match in matches for index in range(match.first, match.last)}
    known = {phrase.name.split()[-1] for phrase in phrases if phrase.office and phrase.name}
    for phrase in (one for one in phrases if one.office):
        run = _run_after(parsed, phrase)
        if run is None or run[0] in taken:
            continue
        first, last = run
        start, end = parsed.tokens[first].start, parsed.tokens[last - 1].end
        known.add(parsed.tokens[last - 1].text)
        yield start, end, person_entry(register, parsed.text[start:end], on)
    if not known:
        return
    covered = {index for phrase in phrases for index in range(phrase.first, phrase.last)} | taken
    for name in parsed.names:
        tokens = parsed.tokens_in(name.start, name.end)
        if tokens and tokens[-1].text in known and not any(token.index in covered for token in tokens):
            yield tokens[0].start, tokens[-1].end, person_entry(register, name.text, on)


def _run_after(parsed: Parsed, phrase: Phrase) -> tuple[int, int] | None:
    """The tokens of a person's name beside an office: right behind, after a comma, or before one ("Najib Fars, directeur général")."""
    tokens = parsed.tokens
    behind = _run(parsed, phrase.last)
    if behind is not None:
        return behind
    for at in range(phrase.last, min(phrase.last + 9, len(tokens))):
        if tokens[at].pos in {"VERB", "AUX"} or tokens[at].norm in {".", ";", ":"}:
            break
        if tokens[at].norm == ",":
            found = _run(parsed, at + 1)
            if found is not None and found[1] - found[0] > 1:
                return found
            break
    if phrase.first > 2 and tokens[phrase.first - 1].norm == ",":
        first = phrase.first - 1
        while first and tokens[first - 1].text[:1].isupper() and tokens[first - 1].pos in _NAMES:
            first -= 1
        if phrase.first - 1 - first > 1:
            return first, phrase.first - 1
    return None


def _run(parsed: Parsed, at: int) -> tuple[int, int] | None:
    tokens, particles = parsed.tokens, word_set(parsed.language, "particles")
    first = end = at
    while at < len(tokens) and at - end < 3:
        if tokens[at].text[:1].isupper() and tokens[at].pos in _NAMES and not tokens[at].text.isupper():
            at += 1
            end = at
        elif tokens[at].norm in particles and at > first:
            at += 1
        else:
            break
    return None if end == first else (first, end)
