"""Which claims does a document make? Occurrences with their voices; a further sentence on the same event by the same voice is its evidence.

One claim is one event, reported once by one voice (docs/record.md). A later mention joins an earlier one when voice, type and factuality agree,
nothing that both give differs, and what they share names the event: a participant, and with it the place, the day or the trigger's sense. What
the later mention adds (a toll, a recipient) goes to the claim, its words to the claim's evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

import msgspec
from msgspec import Struct

from recoupe.extract.occurrence import Assessment, Occurrence, Told, speaker_of
from recoupe.model import Attribution, Claim, PlaceMention, Span

_NEAR = 2500  # characters; a mention further down is told anew
_FIRED = frozenset({"firearms", "heavy-weapons", "explosives", "aerial", "drone"})  # "les tirs" may be of rockets, "l'attentat" a bomb's
_NEGATIVE = frozenset({"CT-", "PR-", "PS-"})


class Voiced(Struct, frozen=True):
    """An occurrence with its assessment, who speaks, and the identities of its participants and places (register or gazetteer ids, else folded names)."""

    occurrence: Occurrence
    assessment: Assessment
    speaker: str
    actors: frozenset[str]
    recipients: frozenset[str]
    places: frozenset[str]
    countries: frozenset[str]


def join(
    told: Told,
    assessments: tuple[Assessment, ...],
    attributions: tuple[Attribution, ...] = (),
    titles: tuple[Span, ...] = (),
    places: tuple[PlaceMention, ...] = (),
) -> tuple[Claim, ...]:
    """The claims of a document in the order of their triggers; `assessments` answer the occurrences of `told` one by one."""
    speakers = {one.id: speaker_of(one) for one in attributions}
    known = {mention.id: mention.actor or mention.name.casefold() for mention in told.actors}
    where = {mention.id: mention.place or mention.name.casefold() for mention in places}
    countries = {mention.id: mention.country for mention in places if mention.country is not None}
    groups: list[list[Voiced]] = []
    voiced = [
        Voiced(
            one,
            seen,
            speakers.get(seen.voice, seen.voice),
            _identities(one.actors, known),
            _identities(one.recipients, known),
            _identities(one.places, where),
            _identities(one.places, countries),
        )
        for one, seen in zip(told.occurrences, assessments, strict=True)
    ]
    for one in _with_failures(voiced):
        group = next((group for group in _near(groups, one) if all(_same_event(other, one) for other in group)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return _with_ids(_claim(group) for group in _without_headlines(groups, titles))


def _with_failures(voiced: list[Voiced]) -> list[Voiced]:
    """The occurrences, an assault attempted where a definite mention further down says that it failed: "the attack was repelled"."""
    kept = list(voiced)
    for place, later in enumerate(voiced):
        if not later.occurrence.definite or later.assessment.stage != "attempted" or later.occurrence.type != "ASSAULT":
            continue
        number = next((number for number in reversed(range(place)) if kept[number].occurrence.type == "ASSAULT"), None)
        if number is None or later.occurrence.trigger.start - kept[number].occurrence.trigger.start > _NEAR:
            continue
        first = kept[number]
        apart = later.occurrence.mode not in {None, first.occurrence.mode} or (first.actors and later.actors and not first.actors & later.actors)
        if (
            first.assessment.stage in {"accomplished", "ongoing"}
            and not apart
            and not (_differ(first, later, sub_types=False) or _lie_apart(first, later))
        ):
            kept[number] = msgspec.structs.replace(first, assessment=msgspec.structs.replace(first.assessment, stage="attempted"))
    return kept


def _without_headlines(groups: list[list[Voiced]], titles: tuple[Span, ...]) -> list[list[Voiced]]:
    """The claims with those of a title or caption joined to the one of the text that tells the same event, whoever the text has it from."""

    def in_title(one: Voiced) -> bool:
        return any(title.start <= one.occurrence.trigger.start < title.end for title in titles)

    ordered = [sorted(group, key=in_title) for group in groups]
    above = [group for group in ordered if in_title(group[0])]
    below = [group for group in ordered if not in_title(group[0])]
    kept = []
    for group in above:
        told = next((other for other in below if all(_is_headline_of(one, other[0]) for one in group)), None)
        if told is None:
            kept.append(group)
        else:
            told.extend(group)
    return [*kept, *below]


def _is_headline_of(title: Voiced, told: Voiced) -> bool:
    """Whether a title announces an event of the text: nothing differs that both give, and a participant is shared where the title names any."""
    a, b = title.occurrence, told.occurrence
    if a.type != b.type or (title.assessment.factuality in _NEGATIVE) != (told.assessment.factuality in _NEGATIVE) or _differ(title, told):
        return False
    if title.countries and told.countries and not title.countries & told.countries:
        return False
    if (title.assessment.stage == "planned") != (told.assessment.stage == "planned"):
        return False
    pairs = (title.actors, told.actors), (title.recipients, told.recipients)
    if any(x and y and not (x <= y or y <= x) for x, y in pairs):
        return False
    shared = any(x & y for x, y in pairs)
    return shared or (a.rule == b.rule and not (title.actors or title.recipients))


def _differ(first: Voiced, later: Voiced, *, modes: bool = True, sub_types: bool = True) -> bool:
    """Whether two occurrences are of different modes, sub-types or days where both have one."""
    a, b = first.occurrence, later.occurrence
    same = (a.mode, b.mode) if modes else (None, None), (a.acled, b.acled) if sub_types else (None, None), (a.date_start, b.date_start)
    return any(x is not None and y is not None and x != y for x, y in same)


def _lie_apart(first: Voiced, later: Voiced) -> bool:
    """Whether two occurrences have places and share none."""
    return bool(first.places and later.places) and not first.places & later.places


def _near(groups: list[list[Voiced]], one: Voiced) -> Iterator[list[Voiced]]:
    """The claims that began close before an occurrence, the latest first."""
    first = one.occurrence.trigger.start - _NEAR
    return takewhile(lambda group: group[0].occurrence.trigger.start >= first, reversed(groups))


def _identities(ids: Iterable[str], known: Mapping[str, str]) -> frozenset[str]:
    return frozenset(known[name] for name in ids if name in known)


def _same_event(first: Voiced, later: Voiced) -> bool:
    a, b = first.occurrence, later.occurrence
    if a.type != b.type or a.sentence == b.sentence:
        return False
    if _is_only_taken_up(first, later):
        return True
    if first.speaker != later.speaker:
        return False
    if (first.assessment.factuality in _NEGATIVE) != (later.assessment.factuality in _NEGATIVE):
        return False
    if first.assessment.stage != later.assessment.stage and not b.definite:
        return False
    if not 0 <= b.trigger.start - a.trigger.start <= _NEAR:
        return False
    if _differ(first, later) or _lie_apart(first, later):
        return False
    pairs = (first.actors, later.actors), (first.recipients, later.recipients)
    if any(x and y and not (x <= y or y <= x) for x, y in pairs):
        return False
    shared = sum(1 for x, y in pairs if x & y)
    setting = bool(first.places & later.places) + (a.date_start is not None and a.date_start == b.date_start)
    if b.definite and a.rule == b.rule:
        return shared > 0 or not (later.actors or later.recipients)
    return shared == 2 or (shared == 1 and setting > 0 and a.rule == b.rule)


def _is_only_taken_up(first: Voiced, later: Voiced) -> bool:
    """Whether the article itself names an event again, and tells nothing of it ("L'attaque n'a pas été revendiquée", "Paris a condamné l'attaque")."""
    a, b = first.occurrence, later.occurrence
    if not b.definite or later.assessment.voice != "outlet" or not 0 <= b.trigger.start - a.trigger.start <= _NEAR:
        return False
    if b.recipients or b.figures or not all(any(_is_kin(x, y) for y in first.actors) for x in later.actors):
        return False
    if b.mode not in {None, a.mode} and not {a.mode, b.mode} <= _FIRED:
        return False
    if _differ(first, later, modes=False, sub_types=False) or _lie_apart(first, later):
        return False
    return first.assessment.factuality == later.assessment.factuality == "CT+" and first.assessment.stage == later.assessment.stage == "accomplished"


def _is_kin(first: str, second: str) -> bool:
    """Whether two identities are one, or one of them belongs to the other: "il" and "il-air-force"."""
    return first == second or first.startswith(f"{second}-") or second.startswith(f"{first}-")


def _claim(group: list[Voiced]) -> Claim:
    first = group[0].occurrence
    assessment = group[0].assessment
    rest = [one.occurrence for one in group[1:]]
    everything = [first, *rest]
    dated = next((one for one in everything if one.date_start is not None), first)
    return Claim(
        id=f"{first.type}:{first.trigger.start}-{first.trigger.end}",
        trigger=first.trigger,
        sentence=first.sentence,
        type=first.type,
        mode=next((one.mode for one in everything if one.mode is not None), None),
        acled=next((one.acled for one in everything if one.acled is not None), None),
        actors=_first_given(one.actors for one in everything),
        recipients=_first_given(one.recipients for one in everything),
        places=_first_given(one.places for one in everything),
        times=_union(one.times for one in everything),
        date_start=dated.date_start,
        date_end=dated.date_end,
        figures=_union(one.figures for one in everything),
        voice=assessment.voice,
        chain=assessment.chain,
        factuality=assessment.factuality,
        stage=assessment.stage,
        responsibility=next((one.assessment.responsibility for one in group if one.assessment.responsibility is not None), None),
        rule=first.rule,
        evidence=_evidence(everything),
    )


def _first_given(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return next((given for given in lists if given), ())


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for given in lists for name in given))


def _evidence(everything: list[Occurrence]) -> tuple[Span, ...]:
    spans = [*everything[0].evidence, *(span for one in everything[1:] for span in (one.trigger, *one.evidence))]
    return tuple(sorted(set(spans)))


def _with_ids(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Ids made single: the second of two claims on one trigger ends in ".2"."""
    seen: dict[str, int] = {}
    found = []
    for claim in sorted(claims, key=lambda one: (one.trigger, one.type)):
        seen[claim.id] = seen.get(claim.id, 0) + 1
        found.append(claim if seen[claim.id] == 1 else msgspec.structs.replace(claim, id=f"{claim.id}.{seen[claim.id]}"))
    return tuple(found)
