"""Which ACLED sub-type has a passage as a whole? Precedence among its events, as ACLED's codebook orders them (2023, "Event types").

A demonstration is what happened at it: violent when demonstrators were, put down with force when people were hurt, with intervention when it was
broken up. Sides that change a place's owner outrank their fight, a named weapon outranks a bare attack, and violence outranks what leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable

from recoupe.extract.occurrence import Occurrence
from recoupe.language.parsed import Parsed
from recoupe.language.triggers import event_words
from recoupe.model import AcledType

_ORDER: tuple[AcledType, ...] = (
    "Chemical weapon", "Suicide bomb", "Sexual violence", "Mob violence", "Grenade", "Government regains territory",
    "Non-state actor overtakes territory", "Abduction/forced disappearance", "Air/drone strike", "Shelling/artillery/missile attack",
    "Disrupted weapons use", "Armed clash", "Remote explosive/landmine/IED", "Looting/property destruction", "Attack", "Agreement", "Arrests",
    "Headquarters or base established", "Non-violent transfer of territory", "Change to group/activity", "Other",
)  # fmt: skip
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
_VAGUE = frozenset({"Attack", "Armed clash"})  # what a later sentence of the passage may say more of
_PROTEST: frozenset[AcledType] = frozenset(
    {"Peaceful protest", "Protest with intervention", "Excessive force against protesters", "Violent demonstration"}
)


def main_subtype(parsed: Parsed, occurrences: Iterable[Occurrence]) -> AcledType | None:
    """The sub-type of a short passage, None where no event has one; what only explains or dates another event does not count beside it.

    >>> from recoupe.extract.events import find_events
    >>> from recoupe.language.parse import parse_text
    >>> text = "Police fired tear gas as thousands of people demonstrated against the government."
    >>> parsed = parse_text(text, "en")
    >>> main_subtype(parsed, find_events(parsed, (), (), (), ()).occurrences)
    'Protest with intervention'
    """
    every = list(occurrences)
    told = [one for one in every if one.acled is not None and not _is_background(parsed, one)] or every
    protest = of_protest(told)
    if protest is not None:
        return protest
    known = [one for one in told if one.acled is not None]
    if not known:
        return "Agreement" if any(one.type in {"AGREE", "CONSULT"} for one in told) else None
    first = known[0].sentence
    near = [one for one in known if one.sentence == first]
    best = _foremost(near)
    return _foremost(known) if best in _VAGUE else best


def _foremost(told: Iterable[Occurrence]) -> AcledType:
    return min((one.acled for one in told if one.acled is not None), key=lambda kind: _RANK.get(kind, len(_RANK)))


def _is_background(parsed: Parsed, one: Occurrence) -> bool:
    """Whether an event stands in a relative clause, or after a word that relates another to it ("after", "à la suite de")."""
    words = event_words(parsed.language).background
    token = parsed.tokens[one.token]
    for above in (token, *parsed.ancestors(token)):
        if above.dep == "acl:relcl":
            return True
        marks = (mark.norm for mark in parsed.children(above, "case", "mark", "advmod"))
        if above.dep not in {"ROOT", "parataxis"} and any(mark in words for mark in marks):
            return True
    return False


def of_protest(told: list[Occurrence]) -> AcledType | None:
    """The sub-type of a demonstration by what happened at it, None where there was none."""
    kinds = {one.acled for one in told}
    if not kinds & _PROTEST:
        return None
    if "Violent demonstration" in kinds:
        return "Violent demonstration"
    if "Excessive force against protesters" in kinds:
        return "Excessive force against protesters"
    hurt = any(one.type == "ASSAULT" and (one.acled == "Attack" or one.evidence) for one in told)
    if hurt and "Protest with intervention" in kinds:
        return "Excessive force against protesters"
    if "Protest with intervention" in kinds or "Arrests" in kinds:
        return "Protest with intervention"
    return "Peaceful protest" if kinds <= _PROTEST | {None, "Other", "Change to group/activity"} or told[0].type == "PROTEST" else None
