"""Which type, mode and parties do the PLOVER gold records have? The event nearest the root of the sentence, without its clauses of speech."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.actors import find_actors
from recoupe.extract.events import find_events
from recoupe.extract.occurrence import Occurrence, Told
from recoupe.knowledge.actors import open_register
from recoupe.language.parsed import Parsed, Token
from recoupe.model import ActorMention

LONGEST = 8  # words of a complement that the records take into a name
_WHERE = frozenset({"in", "of", "from", "at"})
_BELONGING = frozenset({"compound", "amod", "nmod:poss", "case", "nmod"})


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line a record."""
    register = open_register()
    for item in items:
        parse = parsed(item["text"], "en")
        told = find_events(parse, find_actors(parse, register), (), (), ())
        main = main_event(parse, told)
        if main is None:
            yield {"id": item["id"], "type": None, "actors": [], "recipients": []}
            continue
        text = {mention.id: _phrase(parse, mention) for mention in told.actors}
        yield {
            "id": item["id"],
            "type": main.type,
            "mode": main.mode,
            "actors": [text[name] for name in main.actors],
            "recipients": [text[name] for name in main.recipients] or ([] if len(main.actors) > 1 else list(_places(parse, main, told))),
        }


def _phrase(parse: Parsed, mention: ActorMention) -> str:
    """The words of a mention with those before it that belong to its noun ("Palestinian leader Yasser Arafat"), as the records give them."""
    inside = parse.tokens_in(mention.start, mention.end)
    first = inside[0].index
    indexes = {token.index for token in inside}
    while first and (before := parse.tokens[_before_aside(parse, first)]).head in indexes and before.dep in _BELONGING:
        if (before.dep == "case" and before.norm != "'s") or before.pos == "PRON":
            break
        first = before.index
        indexes.add(first)
    return parse.text[parse.tokens[first].start : _complement_end(parse, inside, mention.end)]


def _before_aside(parse: Parsed, index: int) -> int:
    """The word before another, or before the brackets that stand between them ("Front ([[Party) group]]")."""
    before = index - 1
    if parse.tokens[before].norm != ")":
        return before
    opening = next((at for at in range(before, max(before - LONGEST - 1, 0), -1) if parse.tokens[at].norm == "("), before)
    return max(opening - 1, 0)


def _complement_end(parse: Parsed, inside: tuple[Token, ...], end: int) -> int:
    """Where a short complement right behind the mention ends ("Rebels [[in the Ivory Coast]]"), else where the mention does; a person has none."""
    known = {token.index for token in inside}
    if inside[-1].pos == "PROPN" and inside[-1].dep != "compound":
        return end
    for child in (child for token in inside for child in parse.children(token, "nmod") if child.index > inside[-1].index):
        below = parse.subtree(child)
        first, last = below[0], below[-1]
        named = any(token.pos == "PROPN" for token in below)
        if child.head in known and first.index == inside[-1].index + 1 and first.norm in _WHERE and len(below) <= LONGEST and named:
            return last.end
    return end


def _places(parse: Parsed, main: Occurrence, told: Told) -> Iterator[str]:
    """The places named below the event, which the records take for its recipients where it has none."""
    token = parse.tokens[main.token]
    below = {part.index for part in parse.subtree(token)}
    acting = [mention for mention in told.actors if mention.id in main.actors]
    for name in parse.names:
        inside = parse.tokens_in(name.start, name.end)
        if name.kind == "place" and any(part.index in below for part in inside) and not any(one.start <= name.start < one.end for one in acting):
            yield name.text


def main_event(parse: Parsed, told: Told) -> Occurrence | None:
    """The event of the first sentence that has one whose trigger stands nearest the root; of two as near, the earlier."""
    if not told.occurrences:
        return None

    def depth(one: Occurrence) -> tuple[int, int, int]:
        token = parse.tokens[one.token]
        above = sum(1 for other in parse.ancestors(token) if other.pos in {"VERB", "AUX", "NOUN"})
        return parse.sentence_of(token).index, above, token.index

    return min(told.occurrences, key=depth)
