"""Which claims do people let stand? What the table of reviewed claims is made from."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from recoupe.casebook.casebook import Casebook
from recoupe.decision import Binding, Coding, Decision
from recoupe.model import ClaimRef, Document, Span

CONTEXT = 300  # characters around the trigger of a claim that is not in the reading, where no sentence ends before


class Kept(Struct, frozen=True):
    """A claim that stands: the last decision on it, its article, its sentence, who decided on it, and the fields on which they differ."""

    decision: Decision
    document: Document
    sentence: Span
    reviewers: tuple[str, ...]
    differing: tuple[str, ...]
    binding: Binding


def kept(casebook: Casebook, reviewer: str | None = None) -> Iterator[Kept]:
    """The claims that the last decision on them accepts, corrects or adds, of all reviewers or one, by document and place in the text."""
    standings = [each for each in casebook.standings() if each.decision is not None and reviewer in {None, each.reviewer}]
    order = {decision.id: number for number, decision in enumerate(casebook.decisions(reviewer))}
    by_claim: dict[ClaimRef, list[Decision]] = {}
    for each in standings:
        if each.decision is not None:
            by_claim.setdefault(each.claim, []).append(each.decision)
    for claim, decisions in sorted(by_claim.items(), key=lambda item: (item[0].document, item[1][0].trigger)):
        last = max(decisions, key=lambda decision: order[decision.id])
        if last.coding is not None:
            document, reading = casebook.record(claim.document)
            now = next((found for found in reading.claims if found.id == claim.claim), None)
            names = tuple(sorted(decision.reviewer for decision in decisions))
            yield Kept(
                decision=last,
                document=document,
                sentence=now.sentence if now else sentence_around(document.text, last.coding.trigger),
                reviewers=names,
                differing=_differing(decisions),
                binding=casebook.binding(last),
            )


def sentence_around(text: str, span: Span) -> Span:
    """The stretch between the full stops or line ends around some words.

    >>> text = "Un mot. Ils ont tiré hier ! Fin."
    >>> found = sentence_around(text, Span(16, 20))
    >>> text[found.start : found.end]
    'Ils ont tiré hier !'
    """
    start, end = max(0, span.start - CONTEXT), min(len(text), span.end + CONTEXT)
    before, after = text[start : span.start], text[span.end : end]
    cut = max((before.rfind(mark) + len(mark) for mark in (". ", "! ", "? ", "\n") if mark in before), default=0)
    stop = min((after.find(mark) + 1 for mark in (". ", "! ", "? ", "\n") if mark in after), default=len(after))
    begin, finish = start + cut, span.end + stop
    words = text[begin:finish]
    return Span(begin + len(words) - len(words.lstrip()), finish - len(words) + len(words.rstrip()))


def _differing(decisions: list[Decision]) -> tuple[str, ...]:
    codings = [decision.coding for decision in decisions]
    if None in codings:
        return ("claim",) if any(coding is not None for coding in codings) and len(codings) > 1 else ()
    return tuple(name for name in Coding.__struct_fields__ if len({repr(getattr(coding, name)) for coding in codings}) > 1)
