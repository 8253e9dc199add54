"""Which incidents of political violence does a MUC-4 text tell of? The assaults of a text by kind, with their victims and who is held responsible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bench.muc_incidents import Incident, incidents
from bench.muc_perpetrators import confidence
from bench.muc_text import Text, read
from bench.sets import Row
from recoupe.model import Claim, FigureMention

_VAGUE = 5  # points up to which an attack that harms nobody is not worth a template
_EFFECTS = {"killed": "DEATH", "wounded": "INJURY"}
_STAGES = {"planned": "THREATENED", "attempted": "ATTEMPTED"}
_KILLED = re.compile(r"\b(kill\w*|murder\w*|dead|died|deaths?|assassinat\w*|massacr\w*|execut\w*|slain|slaughter\w*)\b", re.IGNORECASE)
_HURT = re.compile(r"\b(wound\w*|injur\w*|hurt)\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"\b(?:no|without|any) (?:\w+ )?(?:casualties|victims|injuries|deaths|fatalities|loss of life|personal injur\w+|one was (?:hurt|injured|killed|wounded"
    r"|harmed))|\bnobody was (?:hurt|injured|killed)",
    re.IGNORECASE,
)
_UNHURT = re.compile(
    r"\b(?:unhurt|unharmed|unscathed|uninjured|(?:not|n't) (?:\w+ )?(?:hurt|injured|harmed|wounded|killed)|escap\w+ (?:\w+ )?(?:injury|death|alive))\b",
    re.IGNORECASE,
)


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line a text."""
    for item in items:
        text = read(item)
        yield {"id": item["id"], "incidents": [row for incident in incidents(text) if (row := _row(text, incident)) is not None]}


def _row(text: Text, incident: Incident) -> Row | None:
    """An incident as the scorer wants it, None for an attack that harms nobody and is told without particulars."""
    victims = {name: (effect, number) for claim in reversed(incident.claims) for name, effect, number in _victims(claim, incident.kind, text)}
    effects = [effect for effect, _ in victims.values() if effect is not None]
    if incident.kind != "KIDNAPPING":
        effects += _escapes(text, incident)
    elif _is_freed(text, incident):
        effects.append("REGAINED FREEDOM")
    if incident.kind == "ATTACK" and not (effects or incident.planned or _wrecks(incident)) and incident.points <= _VAGUE:
        return None
    numbers = [number for _, number in victims.values() if number != "PLURAL"]
    if not numbers and any(number == "PLURAL" and (effect is not None or incident.planned) for effect, number in victims.values()):
        numbers = ["PLURAL"]
    stages = [_STAGES.get(claim.stage, "ACCOMPLISHED") for claim in incident.claims]
    return {
        "type": incident.kind,
        "stage": min(stages, key=("ACCOMPLISHED", "ATTEMPTED", "THREATENED").index),
        "perp_confidence": confidence(text, incident),
        "effects": [] if incident.planned else effects,
        "numbers": numbers,
    }


def _wrecks(incident: Incident) -> bool:
    """Whether somebody destroys things, which is an attack without victims."""
    return any(claim.mode == "destroy" and claim.stage in {"accomplished", "ongoing"} and claim.actors for claim in incident.claims)


def _is_freed(text: Text, incident: Incident) -> bool:
    """Whether the text tells that those who were kidnapped were let go: a release of nobody else."""
    held = {word for claim in incident.claims for person in text.recipients(claim) for word in person.text.casefold().split()}
    for claim in text.claims:
        if claim.type == "RETREAT" and claim.mode == "release" and claim.stage == "accomplished" and claim.factuality in {"CT+", "PR+"}:
            freed = {word for person in text.recipients(claim) for word in person.text.casefold().split()}
            if not freed or freed & held:
                return True
    return False


def _victims(claim: Claim, kind: str, text: Text) -> Iterator[tuple[str, str | None, str]]:
    """The victims of a claim: what tells them apart, what befell them, and how many they are."""
    counted = [figure for figure in text.counted(claim) if figure.measure in _EFFECTS]
    if kind != "KIDNAPPING":
        for figure in counted:
            yield f"{figure.measure} {figure.low} {figure.high}", _EFFECTS[figure.measure], _key_number(figure)
    words = " ".join(text.text[span.start : span.end] for span in (claim.trigger, *claim.evidence))
    effect = None if kind == "KIDNAPPING" else "DEATH" if _KILLED.search(words) else "INJURY" if _HURT.search(words) else None
    for victim in text.recipients(claim):
        told = any(figure.start < victim.end and victim.start < figure.end for figure in counted)
        number = text.number(victim)
        if not (told and kind != "KIDNAPPING") and not (effect is None and kind == "ATTACK") and not (counted and number == "PLURAL"):
            yield (victim.actor or victim.text).casefold(), effect, number


def _escapes(text: Text, incident: Incident) -> Iterator[str]:
    """That nobody was hurt, and that somebody was not, where the paragraphs of an incident say so."""
    paragraphs = {text.sentence(claim).paragraph for claim in incident.claims}
    said = [text.words(sentence) for sentence in text.parse.sentences if sentence.paragraph in paragraphs]
    for words in (_NOBODY, _UNHURT):
        if any(words.search(sentence) for sentence in said):
            yield "NO INJURY OR DEATH"


def _key_number(figure: FigureMention) -> str:
    """A figure as the key writes it: "7", "10-", "- 15", "~30"."""
    if figure.low is None:
        return f"- {int(figure.high or 0)}"
    if figure.high is None:
        return "PLURAL" if not re.search(r"\d", figure.text) and figure.approximate else f"{int(figure.low)}-"
    return f"~{int(figure.low)}" if figure.approximate else str(int(figure.low))
