"""How many does an article on a shooting say were killed and injured, which articles tell of one incident, and what do they say together?

Incidents are the events of the cross-check, all articles read as one pile: that of an article is the one that most articles tell of,
among those that a good part of its claims on violence tell of, in its lead first. The toll of an event is the version that most origins hold, the latest of equals; where no claim gives one, what
most of its articles' words say.

The registry counts everyone dead or hurt by a shot, the shooter too: "kills wife, then himself" is two killed. A figure stands before words
about one person; a count of people shot, less the killed, is the injured where no figure gives them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from bench.crosschecked import Crosschecked, crosschecked
from bench.parses import parsed
from bench.sets import Row
from recoupe.extract.figures import find_figures, is_part, is_superseded
from recoupe.language.parsed import Parsed
from recoupe.model import EventType, FigureMention, Position

LEAD = 2500  # characters in which an article tells its toll; what follows is often of other days
FADES = 600  # characters in which a count comes to say half as much
ONE_PERSON = 0.5  # what "a man was killed" weighs beside a count: it may tell of one of several
PAIR = 2  # "Father and two children found dead": a headline's bare noun counts as one more
FEW = 2  # counts that may be those of the others, where the shooter took his own life
LEADING = 500  # characters in which an article says what it is about
_VIOLENT: frozenset[EventType] = frozenset({"ASSAULT", "COERCE"})
SMALL = 60  # a larger figure is a count of a year or of another event

_FATAL = re.compile(
    r"\b(?:killed|kills|killing|dead|died|dies|dying|fatal(?:ly|ities|ity)?|deadly|homicides?|murder(?:ed|s|ing)?|slain|slayings?|manslaughter|deaths?|"
    r"deceased|lost (?:his|her|their) li(?:fe|ves)|took (?:his|her) own life)\b",
    re.IGNORECASE,
)
_NOT_FATAL = re.compile(
    r"attempted (?:\w+[- ]){0,3}(?:murder|homicide)|(?:murder|homicide) (?:attempt|detective|unit|squad|division|investigator)s?|deadly (?:weapon|conduct|force)|"
    r"death (?:penalty|threat)|near[- ]death|intent to (?:kill|murder)|dead[- ]end|assault with intent|(?:not|never|nearly|almost|could have|would have) (?:been )?(?:killed|died|fatal|dead)",
    re.IGNORECASE,
)
_HURT = re.compile(
    r"\b(?:injur(?:ed|ing|es|ies|y)|wound(?:ed|ing|s)?|hurt|hospitali[sz]ed|critical|critically|stable condition|serious condition|recovering|surviv(?:e|ed|or|ing)|"
    r"non-?life[- ]threatening|treated|grazed|in surgery|undergoing)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:another|other|second|third|also|two|both|one of whom|a man and a woman|woman and)\b[^.]{0,60}\b(?:injured|wounded|hurt|hospitali[sz]ed|critical|shot|surviv\w+|struck|hit|graz\w+)\b"
    r"|\b(?:injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt)\b[^.]{0,25}\b(?:another|other|second|one|a|his|her)\b",
    re.IGNORECASE,
)
_OWN_DEATH = re.compile(
    r"murder[-/ ]+suicide|(?:kill(?:s|ed|ing)?|shoots?|shot|shooting)(?: and killed)?,?(?: and)?(?: then)? (?:himself|herself|self\b)|turned? (?:the|a|his|her) (?:gun|weapon|rifle|shotgun|handgun) on (?:himself|herself)|"
    r"tak(?:es|ing) (?:his|her) own life|took (?:his|her) own life|then (?:himself|herself)|before (?:himself|herself)|self-inflicted|committed suicide|commits suicide|(?:turning|turns) (?:the|a) gun on (?:himself|herself)",
    re.IGNORECASE,
)
_ACCIDENT = re.compile(r"accident", re.IGNORECASE)
_AFTER_OTHERS = re.compile(
    r"murder[-/ ]+suicide|then (?:himself|herself)|before (?:himself|herself)|turn\w* (?:the|a|his|her) (?:gun|weapon|rifle|shotgun|handgun) on|"
    r"before (?:kill|shoot|tak)ing|then (?:kill|shot|shoot|t[ao]k|committed)|"
    r"\b(?:kill(?:ed|s|ing)?|murder(?:ed|s|ing)?|sh[oe]t(?: and killed| dead)?|shoots?|shooting|stabb\w+) (?:his|her|their|a|an|the|two|three|four|\d|one)\b(?! (?:head|chest|face|gun|mouth))",
    re.IGNORECASE,
)
_TIMES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
_MULTIPLE = re.compile(
    r"\b(double|triple|quadruple|quintuple)[- ](fatal|homicide|murder|killing|slaying|shooting)\b(?! victims? charged)", re.IGNORECASE
)
_SINGLE = re.compile(r"an? |another ", re.IGNORECASE)
_BARE = re.compile(
    r"\b(?:man|woman|father|dad|mother|mom|girl|boy|infant|teen|teenager|suspect|gunman|wife|husband|child|toddler|baby)(?:,| and) $", re.IGNORECASE
)
_JOINED = re.compile(r"\s*(?:,|and|&|, and)\s*")


class Counted(Struct, frozen=True):
    """A count with how much it says of the article's own event: a title's most, later ones less."""

    value: int
    weight: float


class Told(Struct, frozen=True):
    """What a stretch of an article says: counts of the killed, the injured and the shot, and the words about one person.

    `killed_times` and `shot_times` are "double homicide" and "double shooting", `own_death` that one took his own life after another's.
    """

    killed: tuple[Counted, ...]
    injured: tuple[Counted, ...]
    shot: tuple[Counted, ...]
    fatal: int
    hurt: int
    another: bool
    own_death: bool
    killed_times: int | None
    shot_times: int | None


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line an article with its killed, injured and event, and one an event with the killed and injured of all its articles."""
    articles = [article for item in items for article in item["articles"]]
    told_by = {article["id"]: toll(parsed(f"{article['title']}\n{article['text']}", "en"), len(article["title"])) for article in articles}
    found = crosschecked(articles)
    main = main_events(found)
    for article in articles:
        killed, injured = told_by[article["id"]]
        yield {"id": article["id"], "killed": killed, "injured": injured, "event": main.get(article["id"], article["id"])}
    for name, members in _members(main).items():
        event = next(event for event in found.checked.events if event.id == name)
        killed = _together(event.positions.killed, [told_by[member][0] for member in members])
        injured = _together(event.positions.wounded, [told_by[member][1] for member in members])
        yield {"event": name, "killed": killed, "injured": injured}
    for article in articles:
        if article["id"] not in main:
            killed, injured = told_by[article["id"]]
            yield {"event": article["id"], "killed": killed, "injured": injured}


def main_events(found: Crosschecked) -> dict[str, str]:
    """The event that each article is about; an article without a claim on violence is about none."""
    event_of = {claim: event for event in found.checked.events for claim in event.claims}
    weight: dict[str, Counter[str]] = defaultdict(Counter)
    for account in found.accounts:
        if account.type in _VIOLENT and account.happened and not account.aggregate:
            weight[found.article(account.ref.document)][event_of[account.ref].id] += 3 if account.at < LEADING else 1
    size = {event.id: len(event.documents) for event in found.checked.events}
    return {
        article: max(events, key=lambda event: (3 * events[event] >= max(events.values()), size[event], events[event], event))
        for article, events in weight.items()
    }


def _members(main: dict[str, str]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for article, event in main.items():
        members[event].append(article)
    return members


def _together(positions: Sequence[Position], words: Sequence[int]) -> int:
    """The version of most origins, or else what most articles' words say, the larger of equals."""
    values = Counter(words)
    for position in positions:
        if position.low is not None and position.low <= SMALL:
            values[int(position.low)] += len(position.claims)
    return max(values, key=lambda value: (values[value], value))


def toll(document: Parsed, title: int) -> tuple[int, int]:
    """The killed and injured of the shooting that an article is about; its title ends at the character `title`."""
    figures = [figure for figure in find_figures(document) if not is_part(document, figure) and not is_superseded(document, figure)]
    return read_toll(document.text, figures, title)


def read_toll(text: str, figures: Sequence[FigureMention], title: int) -> tuple[int, int]:
    """The killed and injured that the figures and words of a text give."""
    head = told(text, figures, 0, title)
    body = told(text, figures, title, title + LEAD)
    killed = read_killed(head, body)
    return killed, read_injured(head, body, killed)


def told(text: str, figures: Sequence[FigureMention], start: int, end: int) -> Told:
    """What the characters [start, end) say."""
    here = [figure for figure in figures if start <= figure.start < end and figure.low is not None and figure.low <= SMALL]
    words = _NOT_FATAL.sub(" ", text[start:end])
    times = {match.group(2).lower() == "shooting": _TIMES[match.group(1).lower()] for match in _MULTIPLE.finditer(words)}
    return Told(
        tuple(_added(text, here, "killed", start)), tuple(_added(text, here, "wounded", start)), tuple(_added(text, here, "casualties", start)),
        len(_FATAL.findall(words)), len(_HURT.findall(words)), bool(_ANOTHER.search(words)),
        bool(_OWN_DEATH.search(words) and _AFTER_OTHERS.search(words) and not _ACCIDENT.search(words)), times.get(False), times.get(True),
    )  # fmt: skip


def _added(text: str, figures: Sequence[FigureMention], measure: str, start: int) -> Iterator[Counted]:
    """The counts of a measure, joined ones added ("three women and a man injured")."""
    before: FigureMention | None = None
    total = parts = 0
    for figure in figures:
        if figure.measure != measure:
            continue
        joined = before is not None and _JOINED.fullmatch(text[before.end : figure.start]) is not None
        if total and before is not None and not joined:
            yield _counted(before, start, total, parts)
            total = parts = 0
        bare = not start and not joined and figure.low == PAIR and _BARE.search(text[: figure.start]) is not None
        total, parts = total + int(figure.low or 0) + bare, parts + 1
        before = figure
    if total and before is not None:
        yield _counted(before, start, total, parts)


def _counted(figure: FigureMention, start: int, total: int, parts: int) -> Counted:
    weight = 3.0 if not start else 1.0 / (1.0 + (figure.start - start) / FADES)
    single = parts == 1 and _SINGLE.match(figure.text) is not None
    return Counted(total, weight * (ONE_PERSON if single else 1.0))


def _heaviest(counts: Sequence[Counted]) -> int:
    """The value that the counts speak most for, the larger of two as heavy."""
    weights: defaultdict[int, float] = defaultdict(float)
    for count in counts:
        weights[count.value] += count.weight
    return max(weights, key=lambda value: (weights[value], value))


def read_killed(head: Told, body: Told) -> int:
    """The killed: the count that weighs most, else what "double homicide" says, else one where only words about one person stand."""
    own = int(head.own_death or body.own_death)
    counts = (*head.killed, *body.killed)
    if counts:
        known = _heaviest(counts)
        return max(known, head.killed_times or 0, known + own if known <= FEW else known)
    times = head.killed_times or body.killed_times
    if times:
        return times
    if head.fatal or body.fatal >= 2 or (body.fatal and not body.hurt):
        return 1 + own
    return 0


def read_injured(head: Told, body: Told, killed: int) -> int:
    """The injured: their count, else the shot less the killed, else one where the words speak of one more person or nobody was killed."""
    counts = (*head.injured, *body.injured)
    if counts:
        return _heaviest(counts)
    shot = [count for count in (*head.shot, *body.shot) if count.value > killed]
    if shot:
        return _heaviest(shot) - killed
    times = head.shot_times or body.shot_times or 0
    if times > killed:
        return times - killed
    if not killed:
        return 1
    return int((body.another and body.hurt >= 3) or (head.hurt > 0 and body.hurt >= 2))
