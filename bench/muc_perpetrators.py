"""Which organisations does a MUC-4 text hold responsible for an incident, and how surely?

A claim's own doers come first, each with the surest word on it. What an office merely reports is a fact to the set, an accusation is what is
called so. An incident without a doer takes whom the text accuses, else the nearest mention of the armed group that the text is about, as surely as that sentence puts it:
texts speak of "the attack" where they have named whose it is.
"""

from __future__ import annotations

import re

from bench.muc_incidents import Incident
from bench.muc_text import Text, is_country
from recoupe.knowledge.actors import open_register
from recoupe.language.sources import source_words
from recoupe.model import ActorMention, Claim

_CONFIDENCE = {
    "claimed": "CLAIMED OR ADMITTED", "fact": "REPORTED AS FACT", "accused-by-authorities": "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "accused": "SUSPECTED OR ACCUSED", "possible": "POSSIBLE",
}  # fmt: skip
_FOREMOST = ("claimed", "accused-by-authorities", "accused", "fact", "possible")  # a suspicion that is told once holds for the whole incident
_MOST = 2  # groups beyond which no one is whom the text speaks of
_NEAR = 1000  # characters from a deed to the nearest mention of the group that the text speaks of
_SPEECH = 4000  # characters; longer texts are speeches and comments
_DEEDS = frozenset({"ASSAULT", "COERCE"})
_BANDS = frozenset({"REB", "CRM", "PRM"})
_BAND = re.compile(r"front|movement|cartel|death squad|extraditables|liberation", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(army|armed forces|air force|front|movement|cartels?|mafias?|death squads?|military|brigades?|command|soldiers?|troops|police\w*|guards?"
    r"|battalions?|government|security forces?|regime|squads?|liberation|militia|contras?|extraditables|paramilitary|path|commandos?|units?|columns?"
    r"|organi[sz]ations?|alliance)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(r"\b(army|armed forces|air force|front|movement|cartel|mafias?|death squads?|military|brigade|command)\b", re.IGNORECASE)
_ACCUSING = re.compile(
    r"accus|admit|acknowledg|alleg|claim|charg|blam|attribut|suspect|believ|denounc|condemn|critici|think|thought|presum", re.IGNORECASE
)
_CLAIMING = re.compile(r"claim\w* (?:responsib|credit)|claimed the|admitted", re.IGNORECASE)
_DENYING = re.compile(r"\bno\b|not", re.IGNORECASE)
_SUSPECTING = re.compile(r"accus|blam|attribut|suspect|alleg|presum|believ|apparent|probabl|thought|implicat|responsible", re.IGNORECASE)
_SUPPOSING = re.compile(r"\b(could|might|may|possib\w*)\b", re.IGNORECASE)
_OPEN = re.compile(r"\b(if|whether|could|might|possib\w*|may have|not rule)\b", re.IGNORECASE)
_DRESSED = re.compile(r"uniform|dressed|disguis", re.IGNORECASE)  # as soldiers: they may be some


def confidence(text: Text, incident: Incident) -> str | None:
    """How surely the first organisation named is held responsible, one known by name before others, in the words of the key."""
    levels: dict[str, list[str]] = {}
    done = (claim for claim in incident.claims if claim.factuality != "Uu" and claim.stage != "planned")
    for claim in done:
        for actor in text.actors(claim):
            level = _level(text, claim, actor)
            if level in _CONFIDENCE and _is_organisation(text, actor):
                levels.setdefault(actor.actor or actor.text.lower(), []).append(level)
    if levels:
        known = next((group for group in levels if group in open_register().by_id), next(iter(levels)))
        return _CONFIDENCE[min(levels[known], key=_FOREMOST.index)]
    return _accused(text) or _spoken_of(text, incident)


def _is_organisation(text: Text, actor: ActorMention) -> bool:
    """Whether a mention names an organisation, or men of one; a country is none."""
    if actor.actor is not None:
        return not is_country(actor)
    return _GROUP.search(text.whole(actor)) is not None


def _level(text: Text, claim: Claim, actor: ActorMention) -> str | None:
    """The responsibility of a claim, with what a voice merely reports taken for a fact, and a suspicion in its words for one."""
    level = claim.responsibility
    if _DRESSED.search(text.whole(actor)):
        return "possible"
    if level == "fact" and _SUSPECTING.search(text.whole(actor)):
        return "accused"
    if claim.voice == "outlet" or level not in {"accused", "accused-by-authorities"}:
        return level
    cue = re.match(r"said:(\d+)-(\d+)", claim.voice)
    if cue and _ACCUSING.search(text.text[int(cue[1]) : int(cue[2])]):
        return level
    said = text.words(text.sentence(claim))
    return "accused" if _SUSPECTING.search(said) else "possible" if _OPEN.search(said) else "fact"


def _accused(text: Text) -> str | None:
    """How surely a group is held responsible by an accusation beside the deed; speeches accuse of much."""
    if len(text.text) > _SPEECH:
        return None
    for claim in text.claims:
        if (
            claim.type == "ACCUSE"
            and claim.mode == "allege"
            and any(party.actor is not None or _ORGANISATION.search(party.text) for party in text.recipients(claim))
        ):
            officials = any(_names_office(actor.text) for actor in text.actors(claim))
            return _CONFIDENCE["accused-by-authorities" if officials else "accused"]
    return None


def _names_office(words: str) -> bool:
    """Whether words name somebody who accuses by office."""
    return not source_words("en").authority.isdisjoint(re.findall(r"[\w-]+", words.lower()))


def _spoken_of(text: Text, incident: Incident) -> str | None:
    """The level of the sentence that names the armed group of the text nearest to an incident, None where it is about none."""
    bands = ((min(abs(band.start - claim.trigger.start) for claim in incident.claims), band.start, band) for band in _bands(text))
    near = min(bands, default=None, key=lambda found: found[:2])
    if near is None or near[0] > _NEAR:
        return None
    said = text.words(text.parse.sentence_of(next(iter(text.parse.tokens_in(near[2].start, near[2].end)))))
    if _CLAIMING.search(said):
        return _CONFIDENCE["fact" if _DENYING.search(said) else "claimed"]
    if _SUSPECTING.search(said):
        return _CONFIDENCE["accused-by-authorities" if _names_office(said) else "accused"]
    return _CONFIDENCE["possible" if _SUPPOSING.search(said) else "fact"]


def _bands(text: Text) -> tuple[ActorMention, ...]:
    """The armed groups and bands of criminals that a text is about: named twice, or doing deeds in it; none where it names more than two."""
    register = open_register().by_id
    doing = {actor.id for claim in text.claims if claim.type in _DEEDS for actor in text.actors(claim)}
    found: dict[str, list[ActorMention]] = {}
    for mention in text.mentions.values():
        entry = None if mention.actor is None else register.get(mention.actor)
        named = mention.id in doing or not mention.text.islower()  # and no mere description
        if (entry is not None and entry.sector in _BANDS and named) or (mention.actor is None and _BAND.search(mention.text)):
            found.setdefault(mention.actor or mention.text, []).append(mention)
    if len(found) > _MOST:
        return ()
    return tuple(band for named in found.values() if len(named) > 1 or named[0].id in doing for band in named)
