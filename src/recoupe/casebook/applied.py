"""How does a reading look once what people decided is applied? Rejected claims are gone, corrected ones as corrected, missed ones added.

A claim keeps its name, so that what refers to it still does; a claim that a person changed or added is by the rule "reviewer". What is not decided
stays as it was read. The text is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from recoupe.casebook.coding import draft
from recoupe.casebook.reviewed import sentence_around
from recoupe.decision import CodedFigure, CodedPlace, Coding, Decision, Named
from recoupe.model import ActorMention, Attribution, Claim, FigureMention, Mention, PlaceMention, Reading, Span, TimeMention

RULE = "reviewer"
_BESIDE = frozenset({"id", "candidates", "feature", "anchor"})  # what a coding does not hold of a mention
Kind = TypeVar("Kind", ActorMention, PlaceMention, TimeMention, FigureMention)


def applied(reading: Reading, text: str, decisions: Iterable[Decision], *, only_decided: bool = False) -> Reading:
    """The reading with decisions applied, one of each claim; with `only_decided`, claims that nobody decided on are left out."""
    by_claim = {decision.claim: decision for decision in decisions}
    if not by_claim:
        return msgspec.structs.replace(reading, claims=()) if only_decided else reading
    made = _Made(reading, text)
    claims: list[Claim] = []
    for claim in reading.claims:
        decision = by_claim.pop(claim.id, None)
        if decision is None:
            claims += [] if only_decided else [claim]
        elif decision.coding is not None:
            claims.append(claim if decision.coding == draft(claim, reading, text) else made.claim(claim.id, claim, decision.coding))
    claims += [made.claim(name, None, decision.coding) for name, decision in by_claim.items() if decision.coding is not None]
    return msgspec.structs.replace(
        reading,
        mentions=(*reading.mentions, *made.mentions),
        attributions=(*reading.attributions, *made.attributions),
        claims=tuple(sorted(claims, key=lambda claim: claim.trigger)),
    )


class _Made:
    """The claims that people made, with the mentions and attributions that these need and the reading lacks."""

    def __init__(self, reading: Reading, text: str) -> None:
        self._reading, self._text = reading, text
        self._by_id: Mapping[str, Attribution] = {each.id: each for each in reading.attributions}
        self._taken = {each.id for each in (*reading.mentions, *reading.attributions)}
        self.mentions: list[Mention] = []
        self.attributions: list[Attribution] = []

    def claim(self, name: str, base: Claim | None, coding: Coding) -> Claim:
        """A claim as coded; `base` is what it was read as, None where it was not."""
        near = coding.trigger
        read = draft(base, self._reading, self._text) if base else None
        kept = base is not None and read is not None and read.voice == coding.voice
        sentence = base.sentence if base is not None and base.sentence.start <= near.start < base.sentence.end else sentence_around(self._text, near)
        voice, chain = (base.voice, base.chain) if kept and base is not None else self._voice(coding.voice, sentence)
        return Claim(
            id=name,
            trigger=coding.trigger,
            sentence=sentence,
            type=coding.type,
            mode=coding.mode,
            acled=coding.acled,
            actors=tuple(self._actor(each, near) for each in coding.actors),
            recipients=tuple(self._actor(each, near) for each in coding.recipients),
            places=tuple(self._place(each, near) for each in coding.places),
            times=self._times(coding, base),
            date_start=coding.date_start,
            date_end=coding.date_end,
            figures=tuple(self._figure(each, near) for each in coding.figures),
            voice=voice,
            chain=chain,
            factuality=coding.factuality,
            stage=coding.stage,
            responsibility=coding.responsibility,
            rule=RULE,
            evidence=base.evidence if base is not None else (),
        )

    def _actor(self, named: Named, near: Span) -> str:
        span = named.span or near
        return self._mention(ActorMention(self._new("actor", span), span.start, span.end, self._words(span), named.id, named.name))

    def _place(self, place: CodedPlace, near: Span) -> str:
        span = place.span or near
        where = (place.id, place.name, place.country, place.latitude, place.longitude, None, place.precision_km)
        return self._mention(PlaceMention(self._new("place", span), span.start, span.end, self._words(span), *where))

    def _figure(self, figure: CodedFigure, near: Span) -> str:
        span = figure.span or near
        count = (figure.measure, figure.low, figure.high, figure.approximate)
        return self._mention(FigureMention(self._new("figure", span), span.start, span.end, self._words(span), *count))

    def _times(self, coding: Coding, base: Claim | None) -> tuple[str, ...]:
        if base is not None and (base.date_start, base.date_end) == (coding.date_start, coding.date_end):
            return base.times
        if coding.time is None or coding.date_start is None:
            return ()
        span, value = coding.time, coding.date_start
        times = TimeMention(self._new("time", span), span.start, span.end, self._words(span), "DATE", value, coding.date_start, coding.date_end)
        return (self._mention(times),)

    def _voice(self, named: Named | None, sentence: Span) -> tuple[str, tuple[str, ...]]:
        if named is None:
            return "outlet", ()
        known = next((each for each in self._reading.attributions if self._is(each, named)), None)
        if known is None:
            span = named.span or Span(sentence.start, sentence.start)
            known = Attribution(
                self._new("said", span), (span,) if named.span else (), "named", named.id, named.name, (), (sentence,), "indirect", "neutral",
                denial=False, parent=None, rule=RULE,
            )  # fmt: skip
            self._taken.add(known.id)
            self.attributions.append(known)
        chain, parent = [known.id], known.parent
        while parent is not None and parent in self._by_id and parent not in chain:
            chain.insert(0, parent)
            parent = self._by_id[parent].parent
        return known.id, tuple(chain)

    @staticmethod
    def _is(attribution: Attribution, named: Named) -> bool:
        return named.span in attribution.source if named.span is not None else attribution.source_name == named.name

    def _mention(self, made: Kind) -> str:
        """The id of the mention that says just this, or of the new one."""
        for each in (*self._reading.mentions, *self.mentions):
            if isinstance(each, type(made)) and _same(each, made):
                return each.id
        self._taken.add(made.id)
        self.mentions.append(made)
        return made.id

    def _new(self, kind: str, span: Span) -> str:
        name, number = f"{kind}:{span.start}-{span.end}", 1
        while name in self._taken:
            number += 1
            name = f"{kind}:{span.start}-{span.end}.{number}"
        return name

    def _words(self, span: Span) -> str:
        return self._text[span.start : span.end]


def _same(one: Mention, other: Mention) -> bool:
    """Whether two mentions say the same at the same place, whatever they are called and how sure the reading was."""
    return all(getattr(one, name) == getattr(other, name) for name in one.__struct_fields__ if name not in _BESIDE)
