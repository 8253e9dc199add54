"""How many does an article say were killed and hurt in all? Its figures weighed by where they stand, else the persons and words of harm.

Everyone dead or hurt counts, the one who did it too: "kills wife, then himself" is two. A figure stands before words about one person; a count of
those shot, less the killed, is the hurt where no figure gives them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct, structs

from recoupe.extract.figures import find_figures, standing_figures, whole_figures
from recoupe.extract.figures_elsewhere import earlier_cases, elsewhere
from recoupe.extract.figures_harm import tells_harm
from recoupe.extract.figures_ledger import Ledger, ledger, spans
from recoupe.extract.figures_told import FADES, Count, Told, opening_of, told
from recoupe.extract.figures_victims import find_victims
from recoupe.language.figures import measure_index
from recoupe.language.parsed import Parsed
from recoupe.model import Claim, EventType, FigureMention, Measure, Span, Stage, TimeMention, Toll

SHOT = 0.8  # what a count of the shot weighs beside one of the hurt: some of them may have died
FEW = 9  # killed beside whom one more person is told of in words; where more died, nobody tells of one hurt
LEAD = 2500  # characters in which an article tells its toll; what follows is often of other days


_FATES: tuple[Measure, Measure] = ("killed", "wounded")
_VIOLENT: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "ACCUSE", "SANCTION"})
_HAPPENED: frozenset[Stage] = frozenset({"accomplished", "ongoing"})


class Answer(Struct, frozen=True):
    """A count, None where nothing gives one, with the stretches of the title and of the text that say so; not `counted` where only words of harm do.

    `doers` are those in it who did it.
    """

    value: int | None
    head: tuple[Span, ...] = ()
    body: tuple[Span, ...] = ()
    counted: bool = False
    doers: int = 0


def find_toll(
    parsed: Parsed,
    whole: Sequence[FigureMention],
    nobody: Sequence[FigureMention],
    claims: Sequence[Claim],
    times: Sequence[TimeMention],
    headline: Parsed | None = None,
) -> Toll | None:
    """The killed and wounded of the event that an article is about, None where it tells of none.

    `whole` are its figures that are no part of another, `nobody` those that say that none was harmed, which stand where no other counts; `headline` is a
    title that the text does not hold. Words of harm without a count are taken for a toll only where the article tells of an assault, or of who was arrested or accused for one.
    """
    about = [claim for claim in claims if claim.type == "ASSAULT" and claim.stage in _HAPPENED and claim.factuality in {"CT+", "PR+"}]
    violent = any(claim.type in _VIOLENT for claim in claims) or (
        headline is not None and tells_harm(headline.tokens, measure_index(headline.language), headline.language)
    )
    counted = (answer if violent or answer.counted else Answer(None) for answer in count_toll(parsed, whole, headline, times, spared=bool(nobody)))
    start = next((sentence.start for sentence in parsed.sentences if sentence.block != "title"), 0)
    opening = opening_of(parsed, start)
    killed, hurt = (_or_nobody(parsed, answer, measure, nobody, opening) for answer, measure in zip(counted, _FATES, strict=True))
    if killed.value is None and hurt.value is None:
        return None
    in_title, evidence = (*killed.head, *hurt.head), (*killed.body, *hurt.body)
    if headline is None:
        in_title, evidence = (), (*in_title, *evidence)
    telling = [claim for claim in about if any(claim.sentence.start <= span.start < claim.sentence.end for span in evidence)]
    names = tuple(claim.id for claim in telling or about[:1])
    return Toll(killed.value, hurt.value, names, tuple(sorted(set(evidence))), tuple(sorted(set(in_title))), killed.doers)


def _or_nobody(parsed: Parsed, answer: Answer, measure: Measure, nobody: Sequence[FigureMention], opening: int) -> Answer:
    """An answer; nought where the text says that nobody was harmed and nothing tells of anybody, or only what follows where its opening says so."""
    said = tuple(Span(figure.start, figure.end) for figure in nobody if figure.measure in (measure, "casualties"))
    if not said:
        return answer
    sentence = parsed.sentence_at(said[0].start)
    first = said[0].start < opening and sentence is not None and not answer.head and all(span.start >= sentence.end for span in answer.body)
    return Answer(0, body=said[:1], counted=True) if answer.value is None or first else answer


def count_toll(
    parsed: Parsed, whole: Sequence[FigureMention], headline: Parsed | None = None, times: Sequence[TimeMention] = (), *, spared: bool = False
) -> tuple[Answer, Answer]:
    """The killed and the hurt that an article counts, in numbers or one by one; `whole` are its figures that are no part of another.

    What it tells of other cases counts where it tells nothing of its own, unless it says that none was harmed (`spared`).

    >>> from recoupe.extract.figures import find_figures, standing_figures, whole_figures
    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("A man was killed, and his wife and son were wounded.", "en")
    >>> [answer.value for answer in count_toll(parsed, whole_figures(parsed, standing_figures(parsed, find_figures(parsed))))]
    [1, 2]
    """
    start = next((sentence.start for sentence in parsed.sentences if sentence.block != "title"), 0)
    victims = find_victims(parsed)
    if headline is not None:
        head = told(
            headline,
            whole_figures(headline, standing_figures(headline, find_figures(headline))),
            find_victims(headline),
            0,
            len(headline.text),
            lead=True,
        )
    else:
        head = told(parsed, whole, victims, 0, start, lead=True)
    for aside in ((*elsewhere(parsed, start, start + LEAD), *earlier_cases(parsed, times)), ()):
        body = told(parsed, whole, victims, start, start + LEAD, aside)
        known = ledger(head.victims, body.victims)
        killed = Answer(None) if _dead_are_others(head, body, max(opening_of(parsed, start), start + FADES)) else _killed(head, body, known)
        hurt = _hurt(head, body, killed.value or 0, known)
        if killed.value is not None or hurt.value is not None or spared:
            break
    return structs.replace(killed, doers=_doers(head, body, killed.value or 0, known)), hurt


def _dead_are_others(head: Told, body: Told, opening: int) -> bool:
    """Whether an article opens with hurt alone, so that the dead whom it comes to later are of another case; "one of them died" is of its own."""
    if head.deaths or head.killed or head.killed_times or any(count.value == 1 and not count.unnumbered for count in body.killed):
        return False
    in_title = bool(head.hurt or head.shot or head.shot_times)
    hurt = min((*_starts((*body.hurt, *body.shot)), *(span.start for span in body.harms)), default=opening)
    dead = min((*_starts((*body.killed, *body.killed_times)), *(span.start for span in body.deaths)), default=opening)
    return dead > opening and (in_title or hurt < opening)


def _starts(counts: Sequence[Count]) -> tuple[int, ...]:
    return tuple(span.start for count in counts for span in count.spans)


def _answer(value: int, head: Sequence[Count], body: Sequence[Count]) -> Answer:
    """A value with the stretches of the counts that have it, or had it before the doer, the killed or another was reckoned in."""

    def spans(counts: Sequence[Count]) -> tuple[Span, ...]:
        exact = [count for count in counts if count.value == value] or counts
        return tuple(span for count in exact for span in count.spans)

    return Answer(value, spans(head), spans(body), counted=True)


def _heaviest(counts: Sequence[Count]) -> int:
    """The value that the counts speak most for, the larger of two as heavy."""
    weights: defaultdict[int, float] = defaultdict(float)
    for count in counts:
        weights[count.value] += count.weight
    return max(weights, key=lambda value: (weights[value], value))


def _killed(head: Told, body: Told, persons: Ledger) -> Answer:
    """The killed: the count that weighs most, else what "double homicide" says, else those killed together, or one where words of death stand."""
    counts = (*head.killed, *body.killed)
    times = (*head.killed_times, *body.killed_times) or [count for count in (*head.charged, *body.charged) if count.value > 1]
    doer = bool(head.doer or body.doer) and not _is_alone(counts, persons)
    together = max((*head.killed_together, *body.killed_together), key=lambda count: count.value, default=None)
    if counts:
        known = _heaviest(counts)
        if max(count.value for count in counts) == 1 and together is not None:
            known = max(known, together.value)
        if any(count.value == known + 1 for count in (*head.killed_ranks, *body.killed_ranks)):
            known += 1  # "a third victim died", where two were counted before
        if head.killed_times or (known == 1 and len(body.killed_times) > 1):
            known = max(known, *(count.value for count in times))
        return _answer(_with_doer(known, counts) if doer else known, (*head.killed, *head.killed_together), (*body.killed, *body.killed_together))
    if times:
        return _answer(max(count.value for count in times), (*head.killed_times, *head.charged), (*body.killed_times, *body.charged))
    deaths = len(body.deaths)
    if head.deaths or deaths >= 2 or (deaths and (body.killed_together or not body.harms)):
        value = max(1 + doer, together.value if together is not None else 0)
        return Answer(value, (*head.deaths[:1], *_spans(head.killed_together)), _spans(body.killed_together) or body.deaths[:2])
    return Answer(None)


def _is_alone(counts: Sequence[Count], persons: Ledger) -> bool:
    """Whether who did it is the only one told to be dead ("wounds an officer, then kills himself")."""
    others = any(count.value > 1 or count.inflicted for count in counts)
    return bool(persons.dead) and len(persons.dead_doers) == len(persons.dead) and not others


def _doers(head: Told, body: Told, killed: int, persons: Ledger) -> int:
    """How many of so many killed did it: all where nobody else is told to be dead, else one whom the words count among them."""
    if _is_alone((*head.killed, *body.killed), persons):
        return min(killed, len(persons.dead))
    return min(killed, int(any((*head.doer, *body.doer, *head.doer_counted, *body.doer_counted))))


def _with_doer(known: int, counts: Sequence[Count]) -> int:
    """The killed with the one who did it and died: counted beside those whom a verb says he killed, inside "three dead"."""
    if any(count.value == known + 1 or (count.value == known and count.apart) for count in counts):
        return known + 1
    inflicted = sum(count.weight for count in counts if count.value == known and count.inflicted)
    total = sum(count.weight for count in counts if count.value == known)
    return known + 1 if known == 1 or 2 * inflicted > total else known


def _less(shot: Count, killed: int) -> Count:
    """The hurt among the shot: those of them who were not killed."""
    value = shot.value if shot.beyond else shot.value - killed
    return structs.replace(shot, value=value, weight=SHOT * shot.weight)


def _of_living(counts: Sequence[Count], persons: Ledger, *, title: bool) -> tuple[Count, ...]:
    """The counts without the persons on them who are told to be dead ("a man was rushed to hospital, where he died", "Ann and her mother were hurt. Ann died")."""
    told = ((count, sum(persons.count_dead(span.start, span.end, title=title) for span in count.spans)) for count in counts)
    return tuple(structs.replace(count, value=count.value - dead) if dead else count for count, dead in told if count.value > dead)


def _spans(counts: Sequence[Count]) -> tuple[Span, ...]:
    return tuple(span for count in counts for span in count.spans)


def _hurt(head: Told, body: Told, killed: int, persons: Ledger) -> Answer:
    """The hurt: their count, else the shot less the killed, else those hurt together, else who was hurt beside all the dead."""
    if killed == 1 and not persons.dead and not (head.killed or body.killed) and _is_one_person(head, body, persons):
        return Answer(None)  # "fatal shooting: police found a man with a gunshot wound"
    if (
        killed == 1 and not persons.hurt and persons.dead and all(count.unnumbered for count in (*head.hurt, *head.shot, *body.hurt, *body.shot))
    ):  # of the one who died
        return _beside(head, body, killed, persons)
    counts = (*_of_living(head.hurt, persons, title=True), *_of_living(body.hurt, persons, title=False))
    told_shot = (*_of_living(head.shot, persons, title=True), *head.shot_times, *_of_living(body.shot, persons, title=False), *body.shot_times)
    shot = [count for count in told_shot if count.value > killed or count.beyond]
    together = max((*head.hurt_together, *body.hurt_together), key=lambda count: count.value, default=None)
    most = max((count.value for count in (*counts, *shot)), default=0)
    if most <= 1 and together is not None and together.value > 1:
        return _answer(together.value, head.hurt_together, body.hurt_together)
    if counts or shot:
        told_of = [*counts, *(_less(count, killed) for count in shot)]
        several = [count for count in told_of if count.value > 1]
        value = _heaviest(several if several and not any(count.value == 1 for count in head.hurt) else told_of)
        if any(count.value == killed + value + 1 for count in (*head.ranks, *body.ranks)):
            value += 1  # "a fifth victim", where four were counted before
        return _answer(value, (*head.hurt, *head.shot, *head.shot_times), (*body.hurt, *body.shot, *body.shot_times))
    attempts = (*head.attempts, *body.attempts)
    if attempts and max(count.value for count in attempts) > 1:
        return _answer(max(count.value for count in attempts), head.attempts, body.attempts)
    if not killed:
        return Answer(1, head.harms[:1], body.harms[:2]) if head.harms or body.harms else Answer(None)
    return _beside(head, body, killed, persons)


def _is_one_person(head: Told, body: Told, persons: Ledger) -> bool:
    """Whether no more than one person is told to be hit."""
    counts = (*head.hurt, *head.shot, *body.hurt, *body.shot, *head.shot_times, *body.shot_times)
    return len(persons.hurt) == 1 and all(count.value == 1 for count in counts)


def _beside(head: Told, body: Told, killed: int, persons: Ledger) -> Answer:
    """Those hurt beside so many dead, in words: by an ordinal, else the persons told of less as many as the dead told of are too few."""
    if killed > FEW:
        return Answer(None)
    rank = max((*head.ranks, *body.ranks), key=lambda count: count.value, default=None)
    if rank is not None and rank.value > killed:
        return _answer(rank.value - killed, head.ranks, body.ranks)
    spared = sum(any(one.spared for one in told) for told in persons.hurt)
    more = max(min(len(persons.hurt), len(persons.dead) + len(persons.hurt) - killed), spared)
    if more > 0:
        return Answer(more, spans(persons.hurt, title=True), spans(persons.hurt, title=False), counted=True)
    return Answer(None)
