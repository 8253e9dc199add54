"""How many does a passage say were killed and hurt in all? Its figures weighed by where they stand, else the persons and words of harm.

Everyone dead or hurt counts, the one who did it too: "kills wife, then himself" is two. A figure stands before words about one person; a count of
those shot, less the killed, is the hurt where no figure gives them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from recoupe.extract.figures import find_figures, is_part, is_superseded
from recoupe.extract.figures_victims import Victim, find_victims
from recoupe.language.parsed import Parsed
from recoupe.language.tolls import toll_patterns, toll_words
from recoupe.model import FigureMention, Language

LEAD = 2500  # characters in which an article tells its toll; what follows is often of other days
FADES = 600  # characters in which a count comes to say half as much
ONE_PERSON = 0.5  # what "a man was killed" weighs beside a count: it may tell of one of several
PAIR = 2  # "Father and two children found dead": a headline's bare noun counts as one more
FEW = 2  # counts that may be those of the others, where the one who did it took his own life
SMALL = 60  # a larger figure is a count of a year or of another event
_JOINED = re.compile(r"\s*(?:,|and|&|, and|et|, et)\s*")


class Toll(Struct, frozen=True):
    """The killed and the hurt of one event."""

    killed: int
    hurt: int


class Counted(Struct, frozen=True):
    """A count with how much it says of the article's own event: a title's most, later ones less; `beyond` counts others than those named before."""

    value: int
    weight: float
    beyond: bool = False


class Told(Struct, frozen=True):
    """What a stretch of an article says: counts of the killed, the hurt and the shot, the words about one person, and those harmed together.

    `killed_times` and `shot_times` are "double homicide" and "double shooting", `own_death` that one took his own life after another's;
    `together_killed` and `together_hurt` are how many persons without a number one word of harm befalls ("her sister and mother were injured"),
    `rank` the highest ordinal of one ("a third victim").
    """

    killed: tuple[Counted, ...]
    hurt: tuple[Counted, ...]
    shot: tuple[Counted, ...]
    words_of_death: int
    words_of_hurt: int
    another: bool
    own_death: bool
    killed_times: int
    shot_times: int
    together_killed: int
    together_hurt: int
    rank: int


def find_toll(parsed: Parsed, title: int = 0) -> Toll:
    """The killed and hurt of the event that an article is about; its title ends at the character `title`.

    >>> from recoupe.language.parse import parse_text
    >>> find_toll(parse_text("A man was killed, and his wife and son were wounded.", "en"))
    Toll(killed=1, hurt=2)
    """
    figures = [figure for figure in find_figures(parsed) if not is_part(parsed, figure) and not is_superseded(parsed, figure)]
    victims = find_victims(parsed)
    head = _told(parsed.text, parsed.language, figures, victims, 0, title)
    body = _told(parsed.text, parsed.language, figures, victims, title, title + LEAD)
    killed = _killed(head, body)
    return Toll(killed, _hurt(head, body, killed))


def _told(text: str, language: Language, figures: Sequence[FigureMention], victims: Sequence[Victim], start: int, end: int) -> Told:
    """What the characters [start, end) say."""
    say = toll_patterns(language)
    here = [figure for figure in figures if start <= figure.start < end and figure.low is not None and figure.low <= SMALL]
    harmed = [victim for victim in victims if start <= victim.start < end]
    dead = {victim.key for victim in harmed if victim.measure == "killed"}
    hurt = [victim for victim in harmed if victim.measure in {"wounded", "casualties"} and victim.key not in dead]
    words = say["not_fatal"].sub(" ", text[start:end])
    return Told(
        killed=tuple(_added(text, language, here, "killed", start)),
        hurt=tuple(_added(text, language, here, "wounded", start)),
        shot=tuple(_added(text, language, here, "casualties", start)),
        words_of_death=len(say["fatal"].findall(words)),
        words_of_hurt=len(say["hurt"].findall(words)),
        another=bool(say["another"].search(words)),
        own_death=bool(say["own_death"].search(words) and say["harm_to_others"].search(words) and not say["accident"].search(words)),
        killed_times=_times(words, language, "deaths"),
        shot_times=_times(words, language, "shootings"),
        together_killed=max((victim.beside for victim in harmed if victim.measure == "killed"), default=0),
        together_hurt=max((victim.beside for victim in hurt), default=0),
        rank=max((victim.rank for victim in harmed if victim.measure in {"killed", "wounded", "casualties"}), default=0),
    )


def _times(words: str, language: Language, name: str) -> int:
    """How many "double homicide" says, 0 where nothing of the kind is said."""
    multiples = toll_words(language).multiples
    nouns = "|".join(getattr(toll_words(language), name).patterns)
    found = re.search(rf"\b({'|'.join(multiples)})[- ](?:{nouns})\b(?! victims? charged)", words, re.IGNORECASE)
    return 0 if found is None else multiples[found[1].lower()]


def _added(text: str, language: Language, figures: Sequence[FigureMention], measure: str, start: int) -> Iterator[Counted]:
    """The counts of a measure, joined ones added ("three women and a man injured")."""
    before: FigureMention | None = None
    total = parts = 0
    for figure in figures:
        if figure.measure != measure:
            continue
        joined = before is not None and _JOINED.fullmatch(text[before.end : figure.start]) is not None
        if total and before is not None and not joined:
            yield _counted(before, language, start, total, parts)
            total = parts = 0
        bare = not start and not joined and figure.low == PAIR and _stands_bare(text[: figure.start], language)
        total, parts = total + int(figure.low or 0) + bare, parts + 1
        before = figure
    if total and before is not None:
        yield _counted(before, language, start, total, parts)


def _stands_bare(before: str, language: Language) -> bool:
    """Whether a person without an article is joined to what follows ("Father and [[two children]] found dead")."""
    last = re.search(r"(\w+)(?:,| and| et) $", before)
    return last is not None and toll_patterns(language)["bare"].fullmatch(last[1]) is not None


def _counted(figure: FigureMention, language: Language, start: int, total: int, parts: int) -> Counted:
    weight = 3.0 if not start else 1.0 / (1.0 + (figure.start - start) / FADES)
    single = parts == 1 and toll_patterns(language)["single"].match(figure.text) is not None
    return Counted(total, weight * (ONE_PERSON if single else 1.0), toll_patterns(language)["others"].search(figure.text) is not None)


def _heaviest(counts: Sequence[Counted]) -> int:
    """The value that the counts speak most for, the larger of two as heavy."""
    weights: defaultdict[int, float] = defaultdict(float)
    for count in counts:
        weights[count.value] += count.weight
    return max(weights, key=lambda value: (weights[value], value))


def _killed(head: Told, body: Told) -> int:
    """The killed: the count that weighs most, else what "double homicide" says, else those killed together, or one where words of death stand."""
    own = int(head.own_death or body.own_death)
    counts = (*head.killed, *body.killed)
    together = max(head.together_killed, body.together_killed)
    if counts:
        known = _heaviest(counts)
        if max(count.value for count in counts) == 1:
            known = max(known, together)
        return max(known, head.killed_times, known + own if known <= FEW else known)
    times = head.killed_times or body.killed_times
    if times:
        return times
    if head.words_of_death or body.words_of_death >= 2 or (body.words_of_death and not body.words_of_hurt):
        return max(1 + own, together)
    return 0


def _hurt(head: Told, body: Told, killed: int) -> int:
    """The hurt: their count, else the shot less the killed, else those hurt together, else one where the words speak of one more person."""
    counts = (*head.hurt, *body.hurt)
    together = max(head.together_hurt, body.together_hurt)
    shot = [count for count in (*head.shot, *body.shot) if count.value > killed or count.beyond]
    if max((count.value for count in (*counts, *shot)), default=0) <= 1 and together > 1:
        return together
    if counts:
        return _heaviest(counts)
    if shot:
        return _heaviest([Counted(count.value + killed, count.weight) if count.beyond else count for count in shot]) - killed
    times = head.shot_times or body.shot_times
    if times > killed:
        return times - killed
    if not killed:
        return 1
    rank = max(head.rank, body.rank)
    if rank > killed:
        return rank - killed
    return int((body.another and body.words_of_hurt >= 3) or (head.words_of_hurt > 0 and body.words_of_hurt >= 2))
