"""Which incidents of political violence does a MUC-4 text tell of? The assaults of a text by kind, with their victims and who is held responsible.

The texts are in capitals: words that the register knows capitalised, and words that no English dictionary form explains, keep a capital. Fighting between armed parties is
no incident of the set, and all that a text says of one kind of incident is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.actors import find_actors
from recoupe.extract.claims import join
from recoupe.extract.events import find_events
from recoupe.extract.factuality import assess_all
from recoupe.extract.voices import find_voices
from recoupe.knowledge.actors import open_register
from recoupe.language.parse import load_model
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
_GROUP = re.compile(r"\b(army|armed forces|air force|front|movement|cartel|mafias?|death squads?|military|brigade|command)\b", re.IGNORECASE)
_OFFICIAL = re.compile(
    r"\b(police|government|minister|ministry|army|authorit\w*|president|officials?|military|commander|general|colonel)\b", re.IGNORECASE
)
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
            if kind is not None and claim.stage != "habitual" and claim.factuality not in {"CT-", "PR-", "PS-"} and not _is_combat(claim, mentions):
                groups.setdefault(kind, []).append(claim)
        accused = _accused(claims, mentions)
        found = [_incident(kind, group, parse, mentions, accused) for kind, group in groups.items()]
        yield {"id": item["id"], "incidents": [each for each in found if each["type"] != "ATTACK" or each["effects"]]}


def _accused(claims: Iterable[Claim], mentions: Mapping[str, ActorMention]) -> str | None:
    """How surely a group is held responsible by an accusation beside the deed."""
    for claim in claims:
        if claim.type == "ACCUSE" and any(_is_group(mentions[name]) for name in claim.recipients if name in mentions):
            officials = any(_OFFICIAL.search(mentions[name].text) for name in claim.actors if name in mentions)
            return "SUSPECTED OR ACCUSED BY AUTHORITIES" if officials else "SUSPECTED OR ACCUSED"
    return None


def _is_group(mention: ActorMention) -> bool:
    """Whether a mention names an organisation, which the key wants, and not merely men ("guerrillas")."""
    return mention.actor is not None or _GROUP.search(mention.text) is not None


@cache
def _capitals() -> Mapping[str, str]:
    """The register's forms of one word and of several, by their capitals."""
    found: dict[str, str] = {}
    for entry in open_register().entries:
        for name in (entry.name, *entry.names_en, *entry.adjectives_en, *entry.demonyms, *entry.metonyms):
            plain = name.rstrip("?")
            if len(plain) > 3 and plain[0].isupper():
                found.setdefault(plain.upper(), plain)
    return found


@cache
def _phrases() -> re.Pattern[str]:
    several = sorted((form for form in _capitals() if " " in form), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, several))})\b")


@cache
def _dictionary() -> frozenset[str]:
    """The forms that the English lemmatizer knows."""
    lemmatizer: Any = load_model("en").get_pipe("lemmatizer")
    lookups = lemmatizer.lookups
    tables = [*lookups.get_table("lemma_index").values(), *lookups.get_table("lemma_exc").values()]
    return frozenset(word for table in tables for word in table) | frozenset(load_model("en").Defaults.stop_words)


def _is_ordinary(word: str) -> bool:
    known = _dictionary()
    stems = (word.removesuffix(end) + more for end in ("", "s", "es", "ed", "d", "ing", "ly", "er", "est") for more in ("", "e"))
    return len(word) < 4 or any(stem in known for stem in (*stems, re.sub("ies$|ied$", "y", word), re.sub(r"(.)\1(ed|ing)$", r"\1", word)))


def _in_lower_case(text: str) -> str:
    """The text with capitals where sentences start and where the register has them."""
    capitals = _capitals()

    def cased(mark: re.Match[str]) -> str:
        word: str = mark[0]
        if any(letter.islower() for letter in word):
            return word
        return capitals.get(word) or (word.lower() if _is_ordinary(word.lower()) else word.capitalize())

    joined = re.sub(r"(?<=\S)\n(?=\S)", " ", text)
    named = _phrases().sub(lambda mark: capitals[mark[0]], joined)
    lower = re.sub(r"[^\W\d_]+", cased, named)
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


def _incident(kind: str, claims: list[Claim], parse: Parsed, mentions: Mapping[str, ActorMention], accused: str | None) -> Row:
    effects: list[str] = []
    numbers: list[str] = []
    seen: set[str] = set()
    for claim in claims:
        words = " ".join(parse.text[span.start : span.end] for span in (claim.trigger, *claim.evidence))
        for victim in _victims(claim, mentions):
            name = (victim.actor or victim.text).casefold()
            if name in seen:
                continue
            effect = None if kind == "KIDNAPPING" else "DEATH" if _KILLED.search(words) else "INJURY" if _HURT.search(words) else None
            if effect is None and kind == "ATTACK":
                continue
            seen.add(name)
            numbers.append(_number(parse, victim))
            effects += [effect] if effect is not None else []
    stages = [_STAGES.get(claim.stage, "ACCOMPLISHED") for claim in claims]
    stage = "ACCOMPLISHED" if "ACCOMPLISHED" in stages else stages[0]
    groups = [claim.responsibility for claim in claims if any(_is_group(mentions[name]) for name in claim.actors if name in mentions)]
    confidence = next((_CONFIDENCE[each] for each in groups if each in _CONFIDENCE), accused)
    return {"type": kind, "stage": stage, "perp_confidence": confidence, "effects": effects, "numbers": numbers}


def _number(parse: Parsed, victim: ActorMention) -> str:
    inside = parse.tokens_in(victim.start, victim.end)
    for token in (*inside, *(child for noun in inside for child in parse.children(noun, "nummod", "det"))):
        digits = re.fullmatch(r"\d+", token.norm)
        if digits or token.norm in _NUMBERS:
            return _NUMBERS.get(token.norm, token.norm)
    return "PLURAL" if any(_is_plural(token) for token in inside) else "1"


def _is_plural(token: Token) -> bool:
    return "Number=Plur" in token.morph or token.norm in {"people", "police"}
