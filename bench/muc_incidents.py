"""Which claims of a MUC-4 text are one incident of the set?

Fighting between armed parties is no incident of the set, nor are deeds of months ago, deeds in general ("the kidnappings") and what aircraft and artillery do.
All that a text says of one kind of incident on one day is taken for one, unless its words speak of another one, name other persons, or say
that this one failed. An incident counts that is told with particulars: how, to whom, when, how many.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct

from bench.muc_text import Text, is_country
from recoupe.language.hedges import hedge_table
from recoupe.language.triggers import event_words
from recoupe.model import Claim

OLD = 75  # days after which a deed is history to the set
_NEAR = 1500  # characters within which a bare attack is the bombing that the text tells of
_LONG = 3000  # characters; long texts are speeches and comments, in which much is touched on
ENOUGH = 4  # points of particulars of an incident that is worth a template
_PRISONERS = re.compile(r"^captur|^prison|prisoner", re.IGNORECASE)
_STATE = re.compile(r"army|force|government|regime|\bair|pilot|plane|military", re.IGNORECASE)
_FIRE = re.compile(r"\b(burn\w*|fire|torch\w*|arson)\b", re.IGNORECASE)
_DEATH = re.compile(r"\bdeath\b", re.IGNORECASE)
_PLANNING = re.compile(r"plan|intend|vow|prepar|plot", re.IGNORECASE)  # which the set takes for no threat
_ARMED = re.compile(
    r"soldier|troop|patrol|army|battalion|military (?:vehicle|base|unit|post|convoy)|guardsm|brigade|helicopter|convoy|barracks|garrison|national guard",
    re.IGNORECASE,
)
_OUTLAWS = re.compile(
    r"rebel|guerrilla|insurgent|subversive|terrorist|\bcontras?\b|extremist|traffickers?\b|drug (?:lord|dealer)|criminals?\b|gunm[ae]n|kidnappers?\b|hitm[ae]n"
    r"|assailants?|attackers?\b|delinquents?|commandos?\b|fighters?\b|combatants?|mercenar|enemy|smugglers?|bandits?|outlaws?|\b(?:fmln|m-19|farc)\b|shining path",
    re.IGNORECASE,
)
_FIGHT = re.compile(r"clash|fight|battle|combat|skirmish|\bwar\b|confront|exchange|shoot-?out|offensive|operation|ambush", re.IGNORECASE)
_CAMPAIGNS = frozenset({"offensive", "operation", "campaign", "aggression", "invasion", "genocide"})
_FURTHER = frozenset({"another", "other", "second", "third", "new", "similar", "meanwhile", "separately", "elsewhere"})
_TOLL = frozenset({"killed", "wounded", "casualties", "hostages", "detainees", "civilians"})


class Incident(Struct, frozen=True):
    """One incident: its kind, the day that its claims share (None: unknown), the claims, and how particularly it is told (`particulars`)."""

    kind: str
    day: str | None
    claims: tuple[Claim, ...]
    points: int = 0

    @property
    def planned(self) -> bool:
        """Whether it is still to come."""
        return all(claim.stage == "planned" for claim in self.claims)


def incidents(text: Text) -> Iterator[Incident]:
    """The incidents of a text that it tells with enough particulars, and what somebody threatens to do."""
    by_day = tuple(_by_day(text))
    whole = [
        part for one in _with_results(by_day) for named in _by_persons(text, one) for there in _by_towns(text, named) for part in _by_outcome(there)
    ]
    for incident in whole:
        points = particulars(text, incident.claims)
        if points >= ENOUGH and not incident.planned:
            yield msgspec.structs.replace(incident, points=points)
    yield from _threats(text)


def _threats(text: Text) -> Iterator[Incident]:
    """What somebody threatens persons with, by the kind of the deed: an attack where no other is named."""
    found: dict[str, list[Claim]] = {}
    for claim in text.claims:
        if claim.type != "THREATEN" or claim.mode != "violence" or claim.factuality not in {"CT+", "PR+"}:
            continue
        if _PLANNING.search(text.text[claim.trigger.start : claim.trigger.end]):
            continue
        deeds = [other for other in text.claims if other.sentence == claim.sentence and other.stage == "planned" and kind_of(other, text) is not None]
        if (deeds and claim.recipients) or _DEATH.search(text.text[claim.trigger.start : claim.trigger.end]):
            kind = kind_of(deeds[0], text) if deeds else "ATTACK"
            found.setdefault(kind or "ATTACK", []).append(msgspec.structs.replace(claim, stage="planned"))
    return (Incident(kind, claims[0].date_start, tuple(claims)) for kind, claims in found.items())


def kind_of(claim: Claim, text: Text) -> str | None:
    """The set's kind of incident that a claim tells of, None where it is none."""
    if claim.type != "ASSAULT":
        return None
    if claim.mode == "abduct":
        return "KIDNAPPING"
    if claim.mode in {"explosives", "suicide-attack"}:
        return "BOMBING"
    burnt = claim.mode == "destroy" and _FIRE.search(text.text[claim.sentence.start : claim.sentence.end])
    return "ARSON" if burnt else "ATTACK"


def _counts(claim: Claim, kind: str, text: Text) -> bool:
    """Whether a claim tells of an incident of the set."""
    if kind == "BOMBING" and claim.stage == "attempted" and claim.factuality == "CT-":  # a bomb that did not go off
        claim = msgspec.structs.replace(claim, factuality="CT+", date_end=None)
    if claim.stage == "habitual" or claim.factuality in {"CT-", "PR-", "PS-"} or _is_combat(claim, text):
        return False
    if claim.date_end is not None and text.day is not None and (text.day - datetime.date.fromisoformat(claim.date_end)).days > OLD:
        return False
    doers = tuple(text.actors(claim))
    if doers and all(map(is_country, doers)):  # what countries do is war and policy
        return False
    if _in_general(claim, text) or _befalls_fighters(claim, kind, text):
        return False
    if kind == "KIDNAPPING" and _PRISONERS.search(text.text[claim.trigger.start : claim.trigger.end]):
        return False
    return not (kind == "BOMBING" and any(_STATE.search(actor.text) for actor in text.actors(claim)))


def _befalls_fighters(claim: Claim, kind: str, text: Text) -> bool:
    """Whether all whom a deed befalls carry arms: soldiers, and those whom the state fights where no bomb or fire tells of an attack on others."""
    victims = tuple(map(text.whole, text.recipients(claim)))
    if kind == "KIDNAPPING" or not victims:
        return False
    return all(_ARMED.search(victim) or (kind == "ATTACK" and _OUTLAWS.search(victim)) for victim in victims)


def _in_general(claim: Claim, text: Text) -> bool:
    """Whether a noun names deeds of a kind and no single one: "the kidnappings", "the murder of peasants", or a war."""
    trigger, victims = text.word(claim), tuple(text.recipients(claim))
    if trigger.lemma in hedge_table("en").tense.courses or trigger.lemma in _CAMPAIGNS:
        return True
    if trigger.pos != "NOUN" or claim.figures:
        return False
    if not victims:
        return "Number=Plur" in trigger.morph
    return claim.date_start is None and not any(text.is_told_apart(victim) for victim in victims)


def _is_combat(claim: Claim, text: Text) -> bool:
    """Whether a claim tells of fighting, of a state's force against armed men, or of talk without anybody named."""
    if claim.acled == "Armed clash":
        return _FIGHT.search(text.text[claim.trigger.start : claim.trigger.end]) is not None or not _harms_civilians(claim, text)
    if claim.acled in {"Air/drone strike", "Government regains territory"} or claim.mode == "heavy-weapons":
        return True
    if claim.acled == "Disrupted weapons use":
        return claim.mode != "explosives"
    bare = not claim.actors and not claim.recipients and not claim.evidence
    return bare and claim.mode not in {"explosives", "abduct"}


def _harms_civilians(claim: Claim, text: Text) -> bool:
    """Whether somebody undergoes a deed whom no word tells to carry arms."""
    fighters = event_words("en").members("rebel") | event_words("en").members("state_force")
    return any(not _ARMED.search(text.whole(victim)) and fighters.isdisjoint(text.forms(victim)) for victim in text.recipients(claim))


def _by_day(text: Text) -> Iterator[Incident]:
    """The claims by kind and day; without a day, or where none had one yet, a claim goes to the first of its kind, unless it says that it is another."""
    groups: dict[tuple[str, str | None, int], list[Claim]] = {}
    for claim in text.claims:
        kind = kind_of(claim, text)
        if kind is None or not _counts(claim, kind, text):
            continue
        known = [key for key in groups if key[0] == kind]
        key = (kind, claim.date_start, 0)
        if known and _is_further(text, claim):
            key = (kind, claim.date_start, len(groups))
        elif known and key not in known and (claim.date_start is None or (len(known) == 1 and known[0][1] is None)):
            key = known[0]
        groups.setdefault(key, []).append(claim)
    return (Incident(kind, day, tuple(claims)) for (kind, day, _), claims in groups.items())


def _is_further(text: Text, claim: Claim) -> bool:
    """Whether a claim says that it tells of another event: "another bomb exploded", "meanwhile"."""
    trigger = text.word(claim)
    below = text.parse.children(trigger)
    beside = (part for child in below if child.dep.startswith("nsubj") for part in text.parse.children(child))
    return any(token.norm in _FURTHER for token in (trigger, *below, *beside))


def _with_results(found: tuple[Incident, ...]) -> Iterator[Incident]:
    """The incidents with bare attacks joined to the bombing beside them that they result from, or mean."""
    bombings = [incident for incident in found if incident.kind == "BOMBING"]
    joined: dict[int, int] = {}
    for number, incident in enumerate(found):
        if incident.kind != "ATTACK" or any(claim.mode is not None for claim in incident.claims):
            continue
        of = next((bombing for bombing in bombings if _is_same_day(incident, bombing) and _is_near(incident, bombing)), None)
        if of is not None:
            joined[number] = found.index(of)
    for number, incident in enumerate(found):
        if number not in joined:
            results = (claim for other, into in joined.items() if into == number for claim in found[other].claims)
            claims = sorted((*incident.claims, *results), key=lambda claim: claim.trigger.start)
            yield msgspec.structs.replace(incident, claims=tuple(claims))


def _is_same_day(first: Incident, other: Incident) -> bool:
    return first.day is None or other.day is None or first.day == other.day


def _is_near(attack: Incident, bombing: Incident) -> bool:
    return all(min(abs(claim.trigger.start - other.trigger.start) for other in bombing.claims) < _NEAR for claim in attack.claims)


def _by_persons(text: Text, incident: Incident) -> Iterator[Incident]:
    """An incident parted where its claims name other persons in other sentences."""
    return _parted(text, incident, lambda claim: frozenset(name for person in text.recipients(claim) for name in text.names(person)))


def _parted(text: Text, incident: Incident, named: Callable[[Claim], frozenset[str]]) -> Iterator[Incident]:
    """An incident parted where its claims name nothing that they share; those of one sentence stay together."""
    parts: list[tuple[list[Claim], set[str]]] = []
    for claim in incident.claims:
        names = named(claim)
        home = next((part for part in parts if not names or not part[1] or names & part[1]), None)
        if home is None:
            home = next((part for part in parts if any(text.sentence(other) == text.sentence(claim) for other in part[0])), None)
        if home is None:
            parts.append(([claim], set(names)))
        else:
            home[0].append(claim)
            home[1].update(names)
    return (msgspec.structs.replace(incident, claims=tuple(claims)) for claims, _ in parts)


def _by_towns(text: Text, incident: Incident) -> Iterator[Incident]:
    """Bombings parted where their claims name other towns in other sentences."""
    if incident.kind != "BOMBING":
        yield incident
        return
    yield from _parted(text, incident, text.towns)


def _by_outcome(incident: Incident) -> Iterator[Incident]:
    """An incident parted into what failed and what did not."""
    for failed in (False, True):
        claims = tuple(claim for claim in incident.claims if (claim.stage == "attempted") is failed)
        if claims:
            yield msgspec.structs.replace(incident, claims=claims)


def particulars(text: Text, claims: Iterable[Claim]) -> int:
    """How particularly claims tell of an incident, in points: how it was done, on which day, to whom, with what toll, that it is done, how often."""
    told = tuple(claims)
    persons = [person for claim in told for person in text.recipients(claim)]
    known = any(text.names(person) or text.number(person) not in {"1", "PLURAL"} for person in persons)
    described = any(text.number(person) == "1" and not text.names(person) for person in persons)
    points = (
        (3, any(claim.mode is not None for claim in told)),
        (2, any(claim.date_start is not None for claim in told)),
        (2, any(figure.measure in _TOLL for claim in told for figure in text.counted(claim))),
        (2, any(claim.stage in {"accomplished", "attempted"} and claim.factuality in {"CT+", "PR+"} for claim in told)),
        (2, known),
        (1, described),
        (1, len(told) > 1),
        (2, len(told) > 3),
        (-2, len(text.text) > _LONG),
        (-2, len(text.text) > _LONG + 2000),
    )
    return sum(worth for worth, holds in points if holds)
