"""Which words are agent and patient of French verbs? The slots of the role reader on the gold's own predicates (heads only)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.events.grammar import Grammar
from recoupe.language.parsed import Token


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line a sentence."""
    for item in items:
        grammar = Grammar(parsed(item["text"], "fr"))
        yield {"id": item["id"], "predicates": [_predicate(grammar, gold) for gold in item["predicates"]]}


def _predicate(grammar: Grammar, gold: Row) -> Row:
    token = grammar.parsed.token_at(gold["start"])
    arguments: list[Row] = []
    if token is not None:
        agents, patients = grammar.arguments(token)
        arguments += [_argument("A0", noun) for noun in agents]
        arguments += [_argument("A1", noun) for noun in patients]
    return {"start": gold["start"], "end": gold["end"], "arguments": arguments}


def _argument(role: str, noun: Token) -> Row:
    return {"role": role, "start": noun.start, "end": noun.end}
