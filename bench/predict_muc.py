"""Which incidents of political violence does a MUC-4 text tell of? The assaults of a text by kind, with their victims and who is held responsible.

Fighting between armed parties is
no incident of the set, nor are deeds of months ago, deeds in general ("the kidnappings") and what aircraft bomb. All that a text says of one kind
of incident on one day is taken for one.

A group that an incident's own words don't hold responsible is taken for responsible "as a fact" where it is named near by: texts speak of "the
guerrillas" where they have named whose these are.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from bench.capitals import in_lower_case
from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.actors import find_actors
from recoupe.extract.claims import join
from recoupe.extract.events import find_events
from recoupe.extract.factuality import assess_all
from recoupe.extract.figures import find_figures
from recoupe.extract.times import find_times
from recoupe.extract.voices import find_voices
from recoupe.knowledge.actors import open_register
from recoupe.language.parsed import Parsed, Token
from recoupe.model import ActorMention, Block, Claim, Document, DocumentInfo, FigureMention, Published

_CONFIDENCE = {
    "fact": "REPORTED AS FACT", "claimed": "CLAIMED OR ADMITTED", "accused-by-authorities": "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "accused": "SUSPECTED OR ACCUSED", "possible": "POSSIBLE",
}  # fmt: skip
OLD = 75  # days after which a deed is history to the set
NEAR = 1200  # characters within which a group that is named is whom the text speaks of
_EFFECTS = {"killed": "DEATH", "wounded": "INJURY"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATELINE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})[a-z]* (\d\d)\b", re.IGNORECASE)
_PRISONERS = re.compile(r"^captur|^prison|prisoner", re.IGNORECASE)
_STATE = re.compile(r"army|force|government|regime|\bair|pilot|plane|military", re.IGNORECASE)
_BANDS = frozenset({"REB", "CRM", "PRM"})
_BAND = re.compile(r"front|movement|cartel|death squad|extraditables|liberation", re.IGNORECASE)
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


class Text(Struct, frozen=True):
    """A text as read: its words, parse, day, claims, and the actors and figures by id."""

    text: str
    parse: Parsed
    day: datetime.date | None
    claims: tuple[Claim, ...]
    mentions: Mapping[str, ActorMention]
    figures: Mapping[str, FigureMention]


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line a text."""
    for item in items:
        read = _read(item)
        groups: dict[tuple[str, str | None], list[Claim]] = {}
        for claim in read.claims:
            kind = _kind(claim, read.text)
            if kind is not None and _counts(claim, kind, read):
                groups.setdefault(_day_group(groups, kind, claim), []).append(claim)
        accused = _accused(read.claims, read.mentions)
        found = [(_incident(kind, group, read, accused), group) for (kind, _), group in groups.items()]
        yield {"id": item["id"], "incidents": [each for each, group in found if each["type"] != "ATTACK" or each["effects"] or _wrecks(group)]}


def _read(item: Row) -> Text:
    text = in_lower_case(item["text"])
    parse = parsed(text, "en")
    named = find_actors(parse, open_register())
    voices = find_voices(parse, named)
    day = _dateline(text)
    published = Published(*(None if day is None else day.isoformat(),) * 3, "dateline")
    info = DocumentInfo(item["id"], item["id"], None, None, None, "en", None, published, len(text), "")
    times = find_times(parse, Document(info, text, (Block("body", 0, len(text)),)))
    figures = find_figures(parse)
    told = find_events(parse, named, (), times, figures)
    claims = join(told, assess_all(parse, told.occurrences, voices, told.actors), voices)
    return Text(text, parse, day, claims, {mention.id: mention for mention in told.actors}, {figure.id: figure for figure in figures})


def _dateline(text: str) -> datetime.date | None:
    """The day of a dateline: "San Salvador, 3 Jan 90"."""
    found = _DATELINE.search(text[:300])
    if found is None:
        return None
    try:
        return datetime.date(1900 + int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None


def _counts(claim: Claim, kind: str, read: Text) -> bool:
    """Whether a claim tells of an incident of the set."""
    if claim.stage == "habitual" or claim.factuality in {"CT-", "PR-", "PS-"} or _is_combat(claim, read.mentions):
        return False
    if claim.date_end is not None and read.day is not None and (read.day - datetime.date.fromisoformat(claim.date_end)).days > OLD:
        return False
    trigger = next(iter(read.parse.tokens_in(claim.trigger.start, claim.trigger.end)))
    in_general = trigger.pos == "NOUN" and "Number=Plur" in trigger.morph
    if in_general and not claim.recipients and not claim.figures:
        return False
    if kind == "KIDNAPPING" and _PRISONERS.search(read.text[claim.trigger.start : claim.trigger.end]):
        return False
    return not (kind == "BOMBING" and any(_STATE.search(read.mentions[name].text) for name in claim.actors if name in read.mentions))


def _day_group(groups: Mapping[tuple[str, str | None], object], kind: str, claim: Claim) -> tuple[str, str | None]:
    """The incident that a claim is of: that of its day, and without a day, or where none had one yet, the first of its kind."""
    known = [key for key in groups if key[0] == kind]
    if not known:
        return kind, claim.date_start
    if claim.date_start is None or (kind, claim.date_start) in known:
        return (kind, claim.date_start) if (kind, claim.date_start) in known else known[0]
    return known[0] if known[0][1] is None and len(known) == 1 else (kind, claim.date_start)


def _wrecks(group: Iterable[Claim]) -> bool:
    """Whether somebody destroys things, which is an attack without victims."""
    return any(claim.mode == "destroy" and claim.stage in {"accomplished", "ongoing"} and claim.actors for claim in group)


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
    if claim.acled in {"Armed clash", "Air/drone strike", "Government regains territory"}:
        return True
    if claim.acled == "Disrupted weapons use":
        return claim.mode != "explosives"
    bare = not claim.actors and not claim.recipients and not claim.evidence
    return bare and claim.mode not in {"explosives", "abduct"}


def _victims(claim: Claim, kind: str, read: Text) -> Iterator[tuple[str, str | None, str]]:
    """The victims of a claim: what tells them apart, what befell them, and how many they are."""
    counted = [figure for name in claim.figures if (figure := read.figures.get(name)) is not None and figure.measure in _EFFECTS]
    if kind != "KIDNAPPING":
        for figure in counted:
            yield f"{figure.measure} {figure.low} {figure.high}", _EFFECTS[figure.measure], _key_number(figure)
    words = " ".join(read.text[span.start : span.end] for span in (claim.trigger, *claim.evidence))
    effect = None if kind == "KIDNAPPING" else "DEATH" if _KILLED.search(words) else "INJURY" if _HURT.search(words) else None
    for victim in (read.mentions[name] for name in claim.recipients if name in read.mentions):
        told = any(figure.start < victim.end and victim.start < figure.end for figure in counted)
        number = _number(read.parse, victim)
        if not (told and kind != "KIDNAPPING") and not (effect is None and kind == "ATTACK") and not (counted and number == "PLURAL"):
            yield (victim.actor or victim.text).casefold(), effect, number


def _key_number(figure: FigureMention) -> str:
    """A figure as the key writes it: "7", "10-", "- 15", "~30"."""
    if figure.low is None:
        return f"- {int(figure.high or 0)}"
    if figure.high is None:
        return "PLURAL" if not re.search(r"\d", figure.text) and figure.approximate else f"{int(figure.low)}-"
    return f"~{int(figure.low)}" if figure.approximate else str(int(figure.low))


def _incident(kind: str, claims: list[Claim], read: Text, accused: str | None) -> Row:
    victims = {name: (effect, number) for claim in reversed(claims) for name, effect, number in _victims(claim, kind, read)}
    stages = [_STAGES.get(claim.stage, "ACCOMPLISHED") for claim in claims]
    stage = "ACCOMPLISHED" if "ACCOMPLISHED" in stages else "ATTEMPTED" if "ATTEMPTED" in stages else stages[0]
    mentions = read.mentions
    groups = [claim.responsibility for claim in claims if any(_is_group(mentions[name]) for name in claim.actors if name in mentions)]
    confidence = next((_CONFIDENCE[each] for each in groups if each in _CONFIDENCE), accused)
    if confidence is None and _names_a_group(claims, read):
        confidence = _CONFIDENCE["fact"]
    effects = [effect for effect, _ in victims.values() if effect is not None]
    return {"type": kind, "stage": stage, "perp_confidence": confidence, "effects": effects, "numbers": [number for _, number in victims.values()]}


def _names_a_group(claims: Iterable[Claim], read: Text) -> bool:
    """Whether an armed group or a band of criminals is named near an incident."""
    register = open_register().by_id
    for mention in read.mentions.values():
        entry = None if mention.actor is None else register.get(mention.actor)
        if ((entry is not None and entry.sector in _BANDS) or (mention.actor is None and _BAND.search(mention.text))) and any(
            abs(mention.start - claim.trigger.start) < NEAR for claim in claims
        ):
            return True
    return False


def _number(parse: Parsed, victim: ActorMention) -> str:
    inside = parse.tokens_in(victim.start, victim.end)
    for token in (*inside, *(child for noun in inside for child in parse.children(noun, "nummod", "det"))):
        digits = re.fullmatch(r"\d+", token.norm)
        if digits or token.norm in _NUMBERS:
            return _NUMBERS.get(token.norm, token.norm)
    return "PLURAL" if any(_is_plural(token) for token in inside) else "1"


def _is_plural(token: Token) -> bool:
    return "Number=Plur" in token.morph or token.norm in {"people", "police"}
