"""What does a stretch of an article say of the dead and hurt? Its counts, the persons without a number, and the words of harm, each with its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from recoupe.extract.figures import is_joined
from recoupe.extract.figures_elsewhere import OPENING
from recoupe.extract.figures_governors import is_inflicted, stands_with
from recoupe.extract.figures_harm import hurts
from recoupe.extract.figures_lists import Listing, find_lists
from recoupe.extract.figures_victims import Victim
from recoupe.language.figures import figure_words
from recoupe.language.numerals import read_digits, read_words
from recoupe.language.parsed import Parsed
from recoupe.language.tolls import toll_patterns, toll_words
from recoupe.model import FigureMention, Language, Measure, Span

FADES = 600  # characters in which a count comes to say half as much
TITLE = 3.0  # what a title's count weighs beside the first of the body
ONE_PERSON = 0.5  # what "a man was killed" weighs beside a count: it may tell of one of several
OF_MORE = 0.3  # what "three of the victims" weighs: it tells of a part
SMALL = 60  # a larger figure behind the opening is a count of a year or of another event
_HURT = frozenset({"wounded", "casualties"})


class Count(Struct, frozen=True):
    """A count with how much it says of the article's own event: a title's most, later ones less; `beyond` counts others than those named before.

    `inflicted` says that a verb's object is counted ("killed three"), so that who did it is not among them, `unnumbered` that an article counts ("a man"), `apart` that who did it died beside
    them ("killed three before killing himself").
    """

    value: int
    weight: float
    spans: tuple[Span, ...]
    beyond: bool = False
    inflicted: bool = False
    unnumbered: bool = False
    apart: bool = False


class Told(Struct, frozen=True):
    """What a stretch of an article says: counts of the killed, the hurt and the shot, words of death and harm, and those harmed together.

    `killed_times` and `shot_times` are "double homicide" and "double shooting"; `charged` and `attempts` "two counts of murder" and of its attempt; `doer` are the words that say that who did it died,
    `doer_counted` those that say that he is one of the dead that are counted ("including the gunman"); `killed_together` and `hurt_together` are persons without a number whom one word of harm befalls ("her sister and mother
    were injured"), `ranks` the ordinals of some ("a third victim"), `killed_ranks` those of dead ones, `victims` all persons without a number.
    """

    killed: tuple[Count, ...]
    hurt: tuple[Count, ...]
    shot: tuple[Count, ...]
    deaths: tuple[Span, ...]
    harms: tuple[Span, ...]
    doer: tuple[Span, ...]
    doer_counted: tuple[Span, ...]
    killed_times: tuple[Count, ...]
    shot_times: tuple[Count, ...]
    charged: tuple[Count, ...]
    attempts: tuple[Count, ...]
    killed_together: tuple[Count, ...]
    hurt_together: tuple[Count, ...]
    ranks: tuple[Count, ...]
    killed_ranks: tuple[Count, ...]
    victims: tuple[Victim, ...]


def told(
    parsed: Parsed, whole: Sequence[FigureMention], victims: Sequence[Victim], start: int, end: int, aside: Sequence[Span] = (), *, lead: bool = False
) -> Told:
    """What the characters [start, end) say, given the whole figures and the victims of the text.

    `lead` says that they are the title; what stands `aside` is of other events.
    """
    language = parsed.language
    near = [figure for figure in whole if start <= figure.start < end and not _within(figure.start, aside)]
    opening = end if lead else opening_of(parsed, start)
    here = [
        figure
        for figure in near
        if figure.low is not None and (figure.low <= SMALL or figure.start < opening) and not (figure.approximate and figure.high is None)
    ]
    harmed = [victim for victim in victims if start <= victim.person.start < end and not _within(victim.person.start, aside)]
    dead = {victim.person.key for victim in harmed if victim.measure == "killed"}
    struck = [victim for victim in harmed if victim.measure in _HURT]
    hurt = [_beside_living(victim, struck, dead) for victim in struck if victim.person.key not in dead]
    harmed = list(_contrasted(parsed, harmed, here))
    lists = _listed(parsed, here, harmed, start, min(end, len(parsed.text)))
    killed = tuple(_added(parsed, here, lists, "killed", start, lead=lead))
    plain = _without(parsed.text, start, end, aside)
    words = _blanked("not_fatal", plain, language)
    return Told(
        killed=tuple(_with_others(parsed, killed, [one for one in harmed if one.measure == "killed"])),
        hurt=tuple(_added(parsed, here, lists, "wounded", start, lead=lead)),
        shot=tuple(_added(parsed, here, lists, "casualties", start, lead=lead)),
        deaths=_found("fatal", words, language, start),
        harms=_found("hurt", _blanked("unhurt", words, language), language, start),
        doer=_doer(words, harmed, language, start, others=any(count.inflicted and count.value > 1 for count in killed)),
        doer_counted=_found("included", words, language, start),
        killed_times=_times(words, language, "deaths", start),
        charged=_charges(words, language, "murder_charges", start),
        attempts=_charges(plain, language, "attempt_charges", start),
        shot_times=_times(words, language, "shootings", start),
        killed_together=tuple(_together(harmed, {"killed"})),
        hurt_together=tuple(_together(hurt, _HURT)),
        ranks=tuple(_ranks(harmed, {"killed", *_HURT})),
        killed_ranks=tuple(_ranks(harmed, {"killed"})),
        victims=tuple(victim for victim in harmed if not victim.person.bare),
    )


def _beside_living(victim: Victim, struck: Sequence[Victim], dead: set[str]) -> Victim:
    """A hurt one without those who were hurt beside and died ("Ann and her mother were hurt. Ann died")."""
    died = {
        one.person.key for one in struck if one.person.key in dead and one.person.sentence == victim.person.sentence and one.beside == victim.beside
    }
    return structs.replace(victim, beside=max(victim.beside - len(died), 1)) if died else victim


def _contrasted(parsed: Parsed, harmed: Sequence[Victim], figures: Sequence[FigureMention]) -> Iterator[Victim]:
    """The victims, the hurt `spared` in whose sentence others are killed."""
    deaths: dict[int, set[int]] = defaultdict(set)
    for one in harmed:
        if one.measure == "killed" and not one.person.bare:
            deaths[one.person.sentence].add(one.person.end)
    for figure in figures:
        sentence = parsed.sentence_at(figure.start)
        if figure.measure == "killed" and sentence is not None:
            ends = {one.person.end for one in harmed if figure.start <= one.person.start < figure.end}
            deaths[sentence.index].update(ends or {figure.end})
    for one in harmed:
        others = deaths[one.person.sentence]
        spared = one.measure == "wounded" and not one.person.anybody and bool(others) and one.person.end not in others
        yield structs.replace(one, spared=True) if spared else one


def _within(at: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= at < span.end for span in spans)


def opening_of(parsed: Parsed, start: int) -> int:
    """Where the sentences end that tell an article's own event, of whatever size."""
    ends = [sentence.end for sentence in parsed.sentences if sentence.end > start]
    return ends[min(OPENING, len(ends)) - 1] if ends else start


def _without(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """The characters [start, end), blank where they are of another event."""
    words = text[start:end]
    for span in spans:
        first, last = max(span.start - start, 0), min(span.end - start, len(words))
        words = words[:first] + " " * (last - first) + words[last:]
    return words


def _blanked(name: str, words: str, language: Language) -> str:
    """The words with those of a pattern blanked, so that the places of the others stay."""
    return toll_patterns(language)[name].sub(lambda match: " " * len(match.group()), words)


def _found(name: str, words: str, language: Language, start: int) -> tuple[Span, ...]:
    return tuple(Span(start + match.start(), start + match.end()) for match in toll_patterns(language)[name].finditer(words))


def _doer(words: str, harmed: Sequence[Victim], language: Language, start: int, *, others: bool) -> tuple[Span, ...]:
    """The words that say that who did it died: by his own hand after harming `others`, or as the gunman or attacker whom somebody killed."""
    say = toll_patterns(language)
    killed = tuple(Span(one.person.start, one.person.end) for one in harmed if one.measure == "killed" and one.doer)
    if say["accident"].search(words) or say["included"].search(words) or not (others or say["harm_to_others"].search(words)):
        return ()
    return _found("own_death", words, language, start) or killed


def _times(words: str, language: Language, name: str, start: int) -> tuple[Count, ...]:
    """How many "double homicide" says."""
    multiples = toll_words(language).multiples
    nouns = "|".join(getattr(toll_words(language), name).patterns)
    found = re.finditer(rf"\b({'|'.join(multiples)})[- ](?:{nouns})\b(?! victims? charged)", words, re.IGNORECASE)
    return tuple(Count(multiples[match[1].lower()], 1.0, (Span(start + match.start(), start + match.end()),)) for match in found)


def _charges(words: str, language: Language, name: str, start: int) -> tuple[Count, ...]:
    """For how many deaths somebody is charged ("two counts of murder")."""
    found = toll_patterns(language)[name].finditer(words)
    numbers = ((match, next(group for group in match.groups() if group)) for match in found)
    read = ((match, read_digits(number) or read_words(number.lower(), language)) for match, number in numbers)
    return tuple(Count(int(value), 1.0, (Span(start + match.start(), start + match.end()),)) for match, value in read if value and value <= SMALL)


def _together(harmed: Sequence[Victim], measures: frozenset[str] | set[str]) -> Iterator[Count]:
    for victim in harmed:
        if victim.measure in measures:
            yield Count(victim.beside, 1.0, (Span(victim.person.start, victim.person.end),))


def _ranks(harmed: Sequence[Victim], measures: frozenset[str] | set[str]) -> Iterator[Count]:
    for victim in harmed:
        if victim.person.rank > 1 and victim.measure in measures:
            yield Count(victim.person.rank, 1.0, (Span(victim.person.start, victim.person.end),))


def _listed(parsed: Parsed, figures: Sequence[FigureMention], harmed: Sequence[Victim], start: int, end: int) -> dict[Listing, Measure]:
    """The lists of persons, each with what befell all of them; none where one befell some and another others."""
    found: dict[Listing, Measure] = {}
    told: list[tuple[int, Measure]] = [(figure.start, figure.measure) for figure in figures if hurts(figure.measure)]
    told += [(victim.person.end - 1, victim.measure) for victim in harmed]
    for each in find_lists(parsed, start, end):
        measures = {measure for at, measure in told if each.start <= at < each.end}
        if len(measures) == 1 and each.total <= SMALL:
            found[each] = measures.pop()
    return found


def _added(
    parsed: Parsed, figures: Sequence[FigureMention], lists: Mapping[Listing, Measure], measure: Measure, start: int, *, lead: bool
) -> Iterator[Count]:
    """The counts of a measure, joined ones added ("three women and a man injured") and lists counted ("his wife and two children")."""
    say = toll_patterns(parsed.language)
    for each, befell in lists.items():
        if befell == measure:
            yield Count(
                each.total,
                TITLE if lead else _fading(each.start - start),
                (Span(each.start, each.end),),
                beyond=say["others"].search(parsed.text, each.start, each.end) is not None,
                inflicted=not each.with_doer and is_inflicted(parsed, each.start, each.end),
                apart=_is_apart(parsed, each.end),
            )
    group: list[FigureMention] = []
    for figure in figures:
        if figure.measure != measure or any(each.start <= figure.start < each.end for each in lists):
            continue
        if group and not is_joined(parsed, group[-1], figure):
            yield _counted(parsed, group, start, lead=lead)
            group = []
        group.append(figure)
    if group:
        yield _counted(parsed, group, start, lead=lead)


def _is_apart(parsed: Parsed, end: int) -> bool:
    """Whether the sentence goes on to tell that who did it died too."""
    sentence = parsed.sentence_at(end - 1)
    return sentence is not None and toll_patterns(parsed.language)["besides"].search(parsed.text, end, sentence.end) is not None


def _with_others(parsed: Parsed, counts: Sequence[Count], persons: Sequence[Victim]) -> Iterator[Count]:
    """The counts, those of others with the ones told before them in the sentence ("the mayor was killed and [[eight others]]": nine)."""
    for count in counts:
        sentence = parsed.sentence_at(count.spans[0].start)
        first = count.spans[0].start
        if not count.beyond or sentence is None:
            yield count
            continue
        before = [other for other in counts if sentence.start <= other.spans[0].start < first and not other.beyond]
        named = {
            one.person.key
            for one in persons
            if sentence.start <= one.person.start < first
            and not any(span.start < one.person.end and one.person.start < span.end for other in before for span in other.spans)
        }
        known = max((other.value for other in before), default=0) + len(named)
        yield structs.replace(count, value=count.value + known) if known else count


def _fading(at: int) -> float:
    """How much a count weighs that stands so many characters behind the beginning."""
    return 1.0 / (1.0 + at / FADES)


def _number(figure: FigureMention) -> int:
    """The number of a figure: of one about so many ("une trentaine") the middle of its bounds."""
    low = figure.low or 0
    return int((low + figure.high) / 2) if figure.approximate and figure.high is not None else int(low)


def _counted(parsed: Parsed, group: Sequence[FigureMention], start: int, *, lead: bool) -> Count:
    language, last = parsed.language, group[-1]
    weight = TITLE if lead else _fading(last.start - start)
    say = toll_patterns(language)
    partial = say["partial"].search(" ".join(figure.text for figure in group)) is not None
    single = len(group) == 1 and (say["single"].match(last.text) is not None or last.text.lower() in figure_words(language).pairs)
    return Count(
        value=sum(_number(figure) for figure in group),
        weight=weight * (ONE_PERSON if single else 1.0) * (OF_MORE if partial else 1.0),
        spans=tuple(Span(figure.start, figure.end) for figure in group),
        beyond=say["others"].search(last.text) is not None or stands_with(parsed, group[0].start),
        inflicted=is_inflicted(parsed, group[0].start, group[0].end) or any(say["harmed_only"].search(figure.text) for figure in group),
        unnumbered=single,
        apart=_is_apart(parsed, group[-1].end),
    )
