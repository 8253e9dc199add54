"""What is doubtful in the program's reading of a claim, what hangs on the claim, and how much does each weigh?

Doubts are about our reading, not about what the text says: that a source is not sure ("aurait") is no doubt, that no actor was found is one.
Weights are hundredths of the weight of a claim without any; a person's time goes first to what is both doubtful and important.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from recoupe.model import ActorMention, Attribution, Claim, ClaimRef, Event, EventType, FigureMention, Link, Mention, PlaceMention, Reading

DRAWS = 10_000  # claims are drawn by a number below this, made from their content
SHARE_READ_TWICE = 2_000  # of them, a fifth is read by two reviewers unless asked otherwise
WIDE_DAYS = 7  # a time longer than this may be that of the passage
NEAR_SCORE = 2.0  # a pair of claims with a lower score hangs on one reason
LONG_SENTENCE = 350  # characters: parsers lose the thread
CROWDED = 4  # claims of one sentence
CLOSE_CANDIDATES = 0.15  # two places whose scores differ by less may be confused

_ACTS_ON_SOMEBODY: frozenset[EventType] = frozenset(
    {"ASSAULT", "COERCE", "AID", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION", "SUPPORT", "CONSULT"}
)
_HAPPENS_SOMEWHERE: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "AID"})
_HARM = ("killed", "wounded", "casualties", "captured", "missing", "displaced")


class Doubt(Struct, frozen=True):
    """One reason why a person should look at a claim, in words, and its weight in hundredths.

    `feature` names its kind, `what` are the names and numbers that the words hold.
    """

    feature: str
    detail: str
    weight: int
    what: str = ""


def doubts(reading: Reading) -> dict[str, tuple[Doubt, ...]]:
    """The doubts about every claim of a reading, the heaviest first, by the claim's id."""
    mentions: Mapping[str, Mention] = {mention.id: mention for mention in reading.mentions}
    voices = {attribution.id: attribution for attribution in reading.attributions}
    tied = frozenset(name for claim in reading.claims for name in claim.figures)
    loose = [each for each in reading.mentions if isinstance(each, FigureMention) and each.measure in _HARM and each.id not in tied]
    found: dict[str, tuple[Doubt, ...]] = {}
    for claim in reading.claims:
        inside = sum(other.sentence == claim.sentence for other in reading.claims)
        these = (*_missing(claim), *_bound(claim, mentions), *_voiced(claim, voices), *_sentence(claim, inside, loose))
        found[claim.id] = tuple(sorted(these, key=lambda doubt: -doubt.weight))
    return found


def stakes(claim: Claim, reading: Reading) -> tuple[Doubt, ...]:
    """What hangs on a claim by itself: the people harmed, and force used."""
    figures = [mention for mention in reading.mentions if isinstance(mention, FigureMention) and mention.id in claim.figures]
    found = []
    harmed = max((figure.high or figure.low or 0.0 for figure in figures if figure.measure in _HARM), default=0.0)
    dead = max((figure.high or figure.low or 0.0 for figure in figures if figure.measure == "killed"), default=0.0)
    if dead:
        found.append(Doubt("killed", f"{dead:g} killed", _toll(dead, 60), f"{dead:g}"))
    elif harmed:
        found.append(Doubt("harmed", f"{harmed:g} harmed", _toll(harmed, 30), f"{harmed:g}"))
    if claim.type == "ASSAULT":
        found.append(Doubt("force", "force was used", 20))
    return tuple(found)


def link_doubts(links: Iterable[Link]) -> dict[ClaimRef, Doubt]:
    """The claims that no link ties firmly to another of their event, with that doubt."""
    best: dict[ClaimRef, float] = {}
    for link in links:
        for claim in (link.left, link.right):
            best[claim] = max(link.score, best.get(claim, link.score))
    return {
        claim: Doubt("link-near", f"one event with another claim by a score of {score:.1f} only", 60, f"{score:.1f}")
        for claim, score in best.items()
        if score < NEAR_SCORE
    }


def event_stakes(event: Event) -> tuple[Doubt, ...]:
    """What hangs on the claims of an event: disputes, articles, independent origins."""
    found = []
    if event.disputes:
        what = ", ".join(sorted({each.attribute for each in event.disputes}))
        found.append(Doubt("disputed", f"sources differ on {what}", 100, what))
    if len(event.documents) > 1:
        found.append(
            Doubt("articles", f"{len(event.documents)} articles", min(100, round(30 * math.log2(len(event.documents)))), str(len(event.documents)))
        )
    if event.independent_origins > 1:
        found.append(
            Doubt(
                "origins",
                f"{event.independent_origins} independent origins",
                min(80, 20 * (event.independent_origins - 1)),
                str(event.independent_origins),
            )
        )
    return tuple(found)


def weight(found: Iterable[Doubt]) -> int:
    """The weight of doubts together.

    >>> weight([Doubt("no-day", "no day", 50), Doubt("no-place", "no place", 50)])
    100
    """
    return sum(doubt.weight for doubt in found)


def drawn(document: str, claim: str) -> int:
    """A number from 0 to 9999 made from a claim's names: the same on every machine, so that two reviewers read the same sample.

    >>> drawn("a", "ASSAULT:0-4") == drawn("a", "ASSAULT:0-4")
    True
    """
    return zlib.crc32(f"{document}\0{claim}".encode()) % DRAWS


def _missing(claim: Claim) -> Iterator[Doubt]:
    if not claim.actors:
        yield Doubt("no-actor", "nobody was found who did it", 40)
    if not claim.recipients and claim.type in _ACTS_ON_SOMEBODY:
        yield Doubt("no-recipient", "nobody was found to whom it was done", 40)
    if not claim.places and claim.type in _HAPPENS_SOMEWHERE:
        yield Doubt("no-place", "no place was found", 50)
    if claim.date_start is None:
        yield Doubt("no-day", "no day was found", 50)
    elif claim.date_end is not None and _days(claim.date_start, claim.date_end) > WIDE_DAYS:
        yield Doubt("wide-days", f"its time runs from {claim.date_start} to {claim.date_end}", 30, f"{claim.date_start} – {claim.date_end}")


def _bound(claim: Claim, mentions: Mapping[str, Mention]) -> Iterator[Doubt]:
    for name in claim.places:
        place = mentions.get(name)
        if isinstance(place, PlaceMention) and place.latitude is None:
            yield Doubt("place-open", f"{place.name}: not on the map, {len(place.candidates)} candidates", 60, place.name)
        elif isinstance(place, PlaceMention) and _close(place):
            what = f"{place.candidates[0].name} / {place.candidates[1].name}"
            yield Doubt("place-close", f"{place.name}: {what}", 40, what)
    unknown = [found.name for name in (*claim.actors, *claim.recipients) if isinstance(found := mentions.get(name), ActorMention) and not found.actor]
    if unknown:
        what = ", ".join(dict.fromkeys(unknown))
        yield Doubt("actor-unknown", f"not in the register: {what}", 20, what)


def _close(place: PlaceMention) -> bool:
    return len(place.candidates) > 1 and place.candidates[0].score - place.candidates[1].score < CLOSE_CANDIDATES


def _voiced(claim: Claim, voices: Mapping[str, Attribution]) -> Iterator[Doubt]:
    voice = voices.get(claim.voice)
    if voice is not None and voice.source_kind == "unnamed":
        yield Doubt("voice-unnamed", "its source has no name", 20)
    if len(claim.chain) > 2:
        yield Doubt("long-chain", f"{len(claim.chain)} voices stand between the text and the event", 30, str(len(claim.chain)))
    if voice is not None and voice.denial:
        yield Doubt("denied", "it stands inside a denial", 30)


def _sentence(claim: Claim, inside: int, loose: Iterable[FigureMention]) -> Iterator[Doubt]:
    words = [figure.text for figure in loose if claim.sentence.start <= figure.start < claim.sentence.end]
    if words and not claim.figures and claim.type in {"ASSAULT", "COERCE"}:
        what = ", ".join(words)
        yield Doubt("figure-loose", f"belongs to no claim: {what}", 60, what)
    if inside >= CROWDED:
        yield Doubt("crowded", f"{inside} claims in one sentence", 30, str(inside))
    if claim.sentence.end - claim.sentence.start > LONG_SENTENCE:
        what = str(claim.sentence.end - claim.sentence.start)
        yield Doubt("long-sentence", f"a sentence of {what} characters", 20, what)


def _toll(people: float, most: int) -> int:
    """A toll's weight grows with its order of magnitude: one dead 0.3, ten 1, a thousand 3 times `most` hundredths."""
    return round(most * math.log10(1 + people))


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days
