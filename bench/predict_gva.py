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
_TIMES = {"double": 2, "triple": 3, "quadruple": 4}
_MULTIPLE = re.compile(r"\b(double|triple|quadruple)[- ](?:fatal|homicide|murder|killing|slaying|shooting)\b(?! victims? charged)", re.IGNORECASE)


class Told(Struct, frozen=True):
    """What a stretch of an article says: figures of the killed, the injured and the shot, and the words about one person."""

    killed: tuple[int, ...]
    injured: tuple[int, ...]
    shot: tuple[int, ...]
    fatal: int
    hurt: int
    another: bool
    own_death: bool
    times: int | None


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
    head = told(document, figures, 0, title)
    body = told(document, figures, title, title + LEAD)
    killed = read_killed(head, body)
    return killed, read_injured(head, body, killed)


def told(document: Parsed, figures: Sequence[FigureMention], start: int, end: int) -> Told:
    """What the characters [start, end) say."""
    text = _NOT_FATAL.sub(" ", document.text[start:end])
    here = [figure for figure in figures if start <= figure.start < end and figure.low is not None and figure.low <= SMALL]

    def values(measure: str) -> tuple[int, ...]:
        return tuple(int(figure.low or 0) for figure in here if figure.measure == measure)

    times = _MULTIPLE.search(text)
    return Told(
        values("killed"), values("wounded"), values("casualties"), len(_FATAL.findall(text)), len(_HURT.findall(text)), bool(_ANOTHER.search(text)),
        bool(_OWN_DEATH.search(text)), _TIMES[times.group(1).lower()] if times else None,
    )  # fmt: skip


def read_killed(head: Told, body: Told) -> int:
    """The killed: the figure of the title or of most of the text; one where only words about one person stand."""
    counts = Counter((*head.killed, *head.killed, *body.killed[:6]))
    if counts:
        most = max(counts.values())
        known = max(value for value, count in counts.items() if count >= most - 1)
        return max(known, head.times or 0, body.times or 0, 2 if (head.own_death or body.own_death) and known == 1 and _murder(head, body) else 0)
    if head.times or body.times:
        return head.times or body.times or 0
    if head.fatal or body.fatal >= 2 or (body.fatal and not body.hurt):
        return 2 if (head.own_death or body.own_death) and _murder(head, body) else 1
    return 0


def _murder(head: Told, body: Told) -> bool:
    return head.fatal + body.fatal >= 3


def read_injured(head: Told, body: Told, killed: int) -> int:
    """The injured: their figure, else the shot less the killed, else one where the words speak of one more person or nobody was killed."""
    counts = Counter((*head.injured, *head.injured, *body.injured[:6]))
    if counts:
        most = max(counts.values())
        return max(value for value, count in counts.items() if count >= most - 1)
    shot = [value for value in (*head.shot, *body.shot[:3]) if value > killed]
    if shot:
        return max(shot) - killed
    if not killed:
        return 1
    return int(body.another or head.hurt > 0)
