"""How many, and of what? Counted quantities of a text with their bounds and their measure.

A figure is the number with its modifiers and its noun ("Quelque 20.000 combattants"). Parts of a sum ("dont 4 enfants") and tolls that the same
sentence replaces ("passe de 12 à 17") are figures too: `standing_figures` and `whole_figures` leave them out, so that nothing is added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from recoupe.extract.figures_ages import is_age
from recoupe.extract.figures_governors import is_object_of_other
from recoupe.extract.figures_harm import hurts, is_somebody, may_be_people, measure_of
from recoupe.extract.figures_measures import Counting, counted_by, governed
from recoupe.extract.figures_numbers import Quantity, find_quantities, widened
from recoupe.language.actors import fold, singular
from recoupe.language.counts import gap_before, source_openers
from recoupe.language.figures import joins, listed, measure_index
from recoupe.language.numerals import read_number
from recoupe.language.parsed import Parsed, Sentence, Token
from recoupe.language.parts import PART_REACH
from recoupe.language.parts import is_part as counts_a_part
from recoupe.model import FigureMention, Measure

_EARLIER = 6  # tokens in which words say that a number is of an earlier toll


def find_figures(parsed: Parsed) -> tuple[FigureMention, ...]:
    """The figures of a text in order.

    >>> from recoupe.language.parse import parse_text
    >>> found = find_figures(parse_text("Le raid a provoqué la mort d'au moins 13 terroristes.", "fr"))
    >>> [(figure.text, figure.measure, figure.low, figure.high) for figure in found]
    [('au moins 13 terroristes', 'killed', 13.0, None)]
    """
    found: list[FigureMention] = []
    heads: list[Token | None] = []
    quantities = find_quantities(parsed)
    for place, quantity in enumerate(quantities):
        counting = counted_by(parsed, quantity)
        if counting is None:
            after = quantities[place + 1] if place + 1 < len(quantities) else None
            counting = _inherited(parsed, quantity, quantities[place - 1] if place else None, after, found)
        if counting is None or (quantity.kind in {"single", "both", "pair"} and not hurts(counting.measure)):
            continue
        counting = msgspec.structs.replace(counting, measure=_listed_with(parsed, quantity, counting, found))
        mention = _mention(parsed, quantity, counting)
        if not found or mention.start >= found[-1].end:
            found.append(mention)
            heads.append(counting.head)
    return tuple(_listed_before(parsed, found, heads))


def is_joined(parsed: Parsed, before: FigureMention, after: FigureMention) -> bool:
    """Whether nothing but a comma or "and" stands between two figures ("trois soldats et deux civils"): of one measure, they are a sum.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Le raid a tué trois soldats et deux civils.", "fr")
    >>> is_joined(parsed, *find_figures(parsed))
    True
    """
    return joins(parsed.text[before.end : after.start], parsed.language) and not _are_wounded_who_died(parsed, after)


def _are_wounded_who_died(parsed: Parsed, figure: FigureMention) -> bool:
    """Whether the killed that a figure counts were wounded first, so that a toll before it holds them ("22 morts, [[cinq blessés]] ayant succombé")."""
    index = measure_index(parsed.language)
    inside = parsed.tokens_in(figure.start, figure.end)
    return figure.measure == "killed" and any(measure_of(index.fates, token, parsed.language) == "wounded" for token in inside)


def is_part(parsed: Parsed, figure: FigureMention, *, alone: bool = False) -> bool:
    """Whether a figure is a part of one before it ("13 morts, dont 4 enfants") and never adds to it; with `alone`, whether its words name the whole.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Treize personnes sont mortes, dont quatre enfants.", "fr")
    >>> [is_part(parsed, figure) for figure in find_figures(parsed)]
    [False, True]
    """
    sentence = parsed.sentence_at(figure.start)
    first = max(figure.start - PART_REACH, 0 if sentence is None else sentence.start)
    last = figure.end + PART_REACH if sentence is None else min(figure.end + PART_REACH, sentence.end)
    before, after = parsed.text[first : figure.start], parsed.text[figure.end : last]
    return counts_a_part(before, after, parsed.language, parsed.text[figure.start : figure.end], alone=alone)


def standing_figures(parsed: Parsed, figures: Iterable[FigureMention]) -> tuple[FigureMention, ...]:
    """The figures that no later one of their sentence replaces ("le bilan passe de 12 à 17 morts": 17).

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Le bilan est passé de 12 à 17 morts, dont quatre enfants.", "fr")
    >>> [figure.low for figure in standing_figures(parsed, find_figures(parsed))]
    [17.0, 4.0]
    """
    rising = {quantity.start for quantity in find_quantities(parsed) if quantity.rising}
    return tuple(figure for figure in figures if figure.start not in rising and not _is_earlier(parsed, figure.start, figure.end))


def whole_figures(parsed: Parsed, standing: Sequence[FigureMention]) -> tuple[FigureMention, ...]:
    """Those of the standing figures that are no part of another.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Le bilan est passé de 12 à 17 morts, dont quatre enfants.", "fr")
    >>> [figure.low for figure in whole_figures(parsed, standing_figures(parsed, find_figures(parsed)))]
    [17.0]
    """
    pairs = ((before, figure) for before, figure in pairwise((None, *standing)) if figure is not None)
    return tuple(figure for before, figure in pairs if not is_part(parsed, figure, alone=_is_fate_of(before, figure)))


def _is_fate_of(before: FigureMention | None, figure: FigureMention) -> bool:
    """Whether a figure says what else befell some of those before it, and so counts them all under its own measure ("13 shot, three of them fatally")."""
    return before is not None and hurts(before.measure) and hurts(figure.measure) and before.measure != figure.measure


def _is_earlier(parsed: Parsed, start: int, end: int) -> bool:
    """Whether words before a number say that it is of an earlier toll ("contre 31 selon un précédent bilan", not "contre 31 selon l'armée")."""
    tokens = [token for token in parsed.tokens_in(max(0, start - 60), start) if token.end <= start][-_EARLIER:]
    words = " ".join(singular(fold(token.norm), parsed.language) for token in tokens)
    if not any(f" {cue} " in f" {words} " for cue in listed(parsed.language, "earlier")):
        return False
    behind = [token for token in parsed.tokens_in(end, end + 60) if token.start >= end][:_EARLIER]
    if not behind or behind[0].norm not in source_openers(parsed.language):
        return True
    return any(singular(fold(token.norm), parsed.language) in measure_index(parsed.language).tolls for token in behind)


def _inherited(parsed: Parsed, quantity: Quantity, earlier: Quantity | None, after: Quantity | None, found: list[FigureMention]) -> Counting | None:
    """What a number without a noun counts: what the next one does ("de 12 à 17 morts"), or the one before ("13 morts et sept blessés dont trois", "12 morts selon X, 40 selon Y")."""
    if quantity.rising and after is not None:
        counting = counted_by(parsed, after)
        return None if counting is None else Counting(None, quantity.last, counting.measure)
    if earlier is not None and earlier.rising and found and found[-1].start == earlier.start:
        return Counting(None, quantity.last, found[-1].measure)
    if not found or quantity.kind == "pair":
        return None
    if quantity.kind == "single":
        return _one_more(parsed, quantity, found[-1])
    if (
        hurts(found[-1].measure)
        and _is_earlier(parsed, quantity.start, quantity.end)
        and parsed.sentence_at(quantity.start) == parsed.sentence_at(found[-1].start)
    ):
        return Counting(None, quantity.last, found[-1].measure)
    before = found[-1]
    measure: Measure = before.measure
    here, there = parsed.sentence_at(quantity.start), parsed.sentence_at(before.start)
    if here is not None and there is not None and hurts(measure) and _is_one_sentence(parsed, there, here):
        gap = gap_before(parsed, (quantity.first, quantity.last), parsed.tokens_in(before.start, before.end)[-1].index + 1, here)
        if gap is not None and (gap.first == gap.last or not is_age(parsed, quantity, None)):
            return Counting(None, quantity.last, measure)
    probe = FigureMention("", quantity.start, quantity.end, "", measure, quantity.low, quantity.high, quantity.approximate)
    if here is None or there is None or here.paragraph != there.paragraph or not is_part(parsed, probe):
        return None
    return Counting(None, quantity.last, measure)


def _is_one_sentence(parsed: Parsed, first: Sentence, later: Sentence) -> bool:
    """Whether two sentences are one, or the model cut one at its semicolon."""
    return first == later or (first.index + 1 == later.index and parsed.tokens[first.last - 1].norm == ";")


def _one_more(parsed: Parsed, quantity: Quantity, before: FigureMention) -> Counting | None:
    """One person listed with those harmed: "a coûté la vie à 12 soldats et à [[un civil]]"."""
    found = governed(parsed, quantity)
    if found is None or found[0].dep != "conj" or not _is_listed(parsed, quantity, found[0], before):
        return None
    return Counting(found[0], found[1], before.measure)


def _listed_with(parsed: Parsed, quantity: Quantity, counting: Counting, found: list[FigureMention]) -> Measure:
    """What befell persons listed with those before: "killed three soldiers and [[two civilians]]" """
    if not found or hurts(counting.measure) or counting.head is None:
        return counting.measure
    return found[-1].measure if _is_listed(parsed, quantity, counting.head, found[-1]) else counting.measure


def _is_listed(parsed: Parsed, quantity: Quantity, head: Token, before: FigureMention) -> bool:
    """Whether persons stand on one list with those harmed before them, and no verb of their own follows ("killed 12 men and two officers fled")."""
    probe = FigureMention("", quantity.start, quantity.end, "", before.measure, quantity.low, quantity.high, quantity.approximate)
    person = head.pos == "NOUN" and may_be_people(head, measure_index(parsed.language), parsed.language)
    acts = head.dep.startswith("nsubj") and head.head > head.index
    return hurts(before.measure) and person and not acts and not _says_fate(parsed, before) and is_joined(parsed, before, probe)


def _listed_before(parsed: Parsed, found: Sequence[FigureMention], heads: Sequence[Token | None]) -> Iterator[FigureMention]:
    """The figures, of persons listed with harmed ones behind them too: "[[Sept rebelles]] et trois soldats ont trouvé la mort"."""
    index = measure_index(parsed.language)
    for place, figure in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        head = heads[place + 1] if after is not None else None
        if after is None or head is None or hurts(figure.measure) or not hurts(after.measure):
            yield figure
            continue
        if _is_row(parsed, figure, after, heads[place], head):
            yield msgspec.structs.replace(figure, measure=after.measure)
            continue
        if head.dep != "conj":
            yield figure
            continue
        below = figure.start <= parsed.tokens[head.head].start < figure.end
        own = heads[place]
        person = own is not None and may_be_people(own, index, parsed.language)
        person = person and not is_object_of_other(parsed, own, head)
        shared = below and person and not _says_fate(parsed, after) and is_joined(parsed, figure, after)
        yield msgspec.structs.replace(figure, measure=after.measure) if shared else figure


def _is_row(parsed: Parsed, figure: FigureMention, after: FigureMention, own: Token | None, other: Token) -> bool:
    """Whether two numbers of persons stand in a row before what befell all of them, as titles have it ("3 men, 1 woman wounded")."""
    index, language = measure_index(parsed.language), parsed.language
    if own is None or measure_of(index.fates, other, language) is not None or parsed.text[figure.end : after.start].strip() != ",":
        return False
    above = parsed.head(other)
    clause = above is not None and bool(parsed.children(above, "aux", "aux:pass"))
    counted = all(read_number(one.text.split()[0], language) is not None for one in (figure, after))
    return counted and not clause and is_somebody(own, index, language) and is_somebody(other, index, language)


def _says_fate(parsed: Parsed, figure: FigureMention) -> bool:
    """Whether the words of a figure say themselves what befell the counted ("13 morts et 20 soldats")."""
    index = measure_index(parsed.language)
    return any(measure_of(index.fates, token, parsed.language) is not None for token in parsed.tokens_in(figure.start, figure.end))


def _mention(parsed: Parsed, quantity: Quantity, counting: Counting) -> FigureMention:
    last, quantity = widened(parsed, quantity, max(counting.last, quantity.last))
    start, end = quantity.start, max(parsed.tokens[last - 1].end, quantity.end)
    text = parsed.text[start:end]
    return FigureMention(f"figure:{start}-{end}", start, end, text, counting.measure, quantity.low, quantity.high, quantity.approximate)
