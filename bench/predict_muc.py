"""Which incidents of political violence does a MUC-4 text tell of? The assaults of a text by kind, with their victims and who is held responsible.

The texts are in capitals: words that the register knows capitalised keep their capitals, all others lose them. Fighting between armed parties is
no incident of the set, and all that a text says of one kind of incident is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.actors import find_actors
from recoupe.extract.claims import join
from recoupe.extract.events import find_events
from recoupe.extract.factuality import assess_all
from recoupe.extract.voices import find_voices
from recoupe.knowledge.actors import open_register
from recoupe.language.parsed import Parsed, Token
from recoupe.model import ActorMention, Claim

_CONFIDENCE = {
    "fact": "REPORTED AS FACT", "claimed": "CLAIMED OR ADMITTED", "accused-by-authorities": "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "accused": "SUSPECTED OR ACCUSED", "possible": "POSSIBLE",
}  # fmt: skip
_STAGES = {"planned": "THREATENED", "attempted": "ATTEMPTED"}
_KILLED = re.compile(r"\b(kill\w*|murder\w*|dead|died|deaths?|assassinat\w*|massacr\w*|execut\w*|slain|slaughter\w*)\b", re.IGNORECASE)
_HURT = re.compile(r"\b(wound\w*|injur\w*|hurt)\b", re.IGNORECASE)
_FIRE = re.compile(r"\b(burn\w*|fire|torch\w*|arson)\b", re.IGNORECASE)
_NUMBERS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
            "ten": "10", "eleven": "11", "twelve": "12"}  # fmt: skip


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line a text."""
    for item in items:
        text = _in_lower_case(item["text"])
        parse = parsed(text, "en")
        named = find_actors(parse, open_register())
        voices = find_voices(parse, named)
        told = find_events(parse, named, (), (), ())
        claims = join(told, assess_all(parse, told.occurrences, voices, told.actors), voices)
        mentions = {mention.id: mention for mention in told.actors}
        groups: dict[str, list[Claim]] = {}
        for claim in claims:
            kind = _kind(claim, text)
            if kind is not None and claim.factuality not in {"CT-", "PR-", "PS-"} and not _is_combat(claim, mentions):
                groups.setdefault(kind, []).append(claim)
        if "ATTACK" in groups and "BOMBING" in groups and not any(_victims(claim, mentions) for claim in groups["ATTACK"]):
            del groups["ATTACK"]
        yield {"id": item["id"], "incidents": [_incident(kind, found, parse, mentions) for kind, found in groups.items()]}


@cache
def _capitals() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry in open_register().entries:
        for name in (entry.name, *entry.names_en, *entry.adjectives_en, *entry.demonyms, *entry.metonyms):
            for word in re.findall(r"[^\W\d_]+", name):
                if word[0].isupper() and len(word) > 2:
                    found.setdefault(word.upper(), word)
    return found


def _in_lower_case(text: str) -> str:
    """The text with capitals where sentences start and where the register has them."""
    capitals = _capitals()
    ordinary = {"THE", "AND", "ARMED", "FORCES", "NATIONAL", "ARMY", "FRONT", "POLICE", "PEOPLE", "GOVERNMENT", "PARTY", "GROUP", "STATE", "FOR"}
    lower = re.sub(r"[^\W\d_]+", lambda mark: capitals.get(mark[0], mark[0].lower()) if mark[0] not in ordinary else mark[0].lower(), text)
    lower = re.sub(r"(?<=\S)\n(?=\S)", " ", lower)
    return re.sub(r"(^|[.!?\]]\s+|\n\s*)([a-z])", lambda mark: mark[1] + mark[2].upper(), lower)


def _kind(claim: Claim, text: str) -> str | None:
    if claim.type != "ASSAULT":
        return None
    sentence = text[claim.sentence.start : claim.sentence.end]
    if claim.mode == "abduct":
        return "KIDNAPPING"
    if claim.mode in {"explosives", "suicide-attack"}:
        return "BOMBING"
    if claim.mode == "destroy":
        return "ARSON" if _FIRE.search(sentence) else "ATTACK"
    return "ATTACK"


def _is_combat(claim: Claim, mentions: Mapping[str, ActorMention]) -> bool:
    """Whether a claim tells of fighting, of a state's force against armed men, or of talk without anybody named."""
    if claim.acled in {"Armed clash", "Air/drone strike", "Disrupted weapons use", "Government regains territory"}:
        return True
    bare = not claim.actors and not claim.recipients and not claim.evidence
    return bare and claim.mode not in {"explosives", "abduct"}


def _victims(claim: Claim, mentions: Mapping[str, ActorMention]) -> list[ActorMention]:
    return [mentions[name] for name in claim.recipients if name in mentions]


def _incident(kind: str, claims: list[Claim], parse: Parsed, mentions: Mapping[str, ActorMention]) -> Row:
    effects: list[str] = []
    numbers: list[str] = []
    seen: set[str] = set()
    for claim in claims:
        words = " ".join(parse.text[span.start : span.end] for span in (claim.trigger, *claim.evidence))
        for victim in _victims(claim, mentions):
            name = (victim.actor or victim.text).casefold()
            if name in seen:
                continue
            seen.add(name)
            numbers.append(_number(parse, victim))
            if kind != "KIDNAPPING" and _KILLED.search(words):
                effects.append("DEATH")
            elif kind != "KIDNAPPING" and _HURT.search(words):
                effects.append("INJURY")
    stages = [_STAGES.get(claim.stage, "ACCOMPLISHED") for claim in claims]
    stage = "ACCOMPLISHED" if "ACCOMPLISHED" in stages else stages[0]
    groups = [claim.responsibility for claim in claims if any(mentions[name].actor is not None for name in claim.actors if name in mentions)]
    confidence = next((_CONFIDENCE[each] for each in groups if each in _CONFIDENCE), None)
    return {"type": kind, "stage": stage, "perp_confidence": confidence, "effects": effects, "numbers": numbers}


def _number(parse: Parsed, victim: ActorMention) -> str:
    inside = parse.tokens_in(victim.start, victim.end)
    for token in (*inside, *(child for token in inside for child in parse.children(token, "nummod", "det"))):
        digits = re.fullmatch(r"\d+", token.norm)
        if digits or token.norm in _NUMBERS:
            return _NUMBERS.get(token.norm, token.norm)
    return "PLURAL" if any(_is_plural(token) for token in inside) else "1"


def _is_plural(token: Token) -> bool:
    return "Number=Plur" in token.morph or token.norm in {"people", "police"}
