"""How many, and of what? Counted quantities of a text with their bounds and their measure.

A figure is the number with its modifiers and its noun ("Quelque 20.000 combattants"). Parts of a sum ("dont 4 enfants") and tolls that the same
sentence replaces ("passe de 12 à 17") are figures too: `is_part` and `is_superseded` tell them, so that nothing is added up.
"""

from __future__ import annotations

from recoupe.extract.figures_fates import hurts
from recoupe.extract.figures_measures import Counting, counted_by
from recoupe.extract.figures_numbers import Quantity, find_quantities, widened
from recoupe.language.actors import fold, singular
from recoupe.language.figures import listed
from recoupe.language.parsed import Parsed
from recoupe.model import FigureMention, Measure


def find_figures(parsed: Parsed) -> tuple[FigureMention, ...]:
    """The figures of a text in order.

    >>> from recoupe.language.parse import parse_text
    >>> found = find_figures(parse_text("Le raid a provoqué la mort d'au moins 13 terroristes.", "fr"))
    >>> [(figure.text, figure.measure, figure.low, figure.high) for figure in found]
    [('au moins 13 terroristes', 'killed', 13.0, None)]
    """
    found: list[FigureMention] = []
    quantities = find_quantities(parsed)
    for place, quantity in enumerate(quantities):
        counting = counted_by(parsed, quantity)
        if counting is None:
            after = quantities[place + 1] if place + 1 < len(quantities) else None
            counting = _inherited(parsed, quantity, quantities[place - 1] if place else None, after, found)
        if counting is None or (quantity.kind == "single" and not hurts(counting.measure)):
            continue
        mention = _mention(parsed, quantity, counting)
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return tuple(found)


def is_part(parsed: Parsed, figure: FigureMention) -> bool:
    """Whether a figure is a part of one before it ("13 morts, dont 4 enfants") and never adds to it.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Treize personnes sont mortes, dont quatre enfants.", "fr")
    >>> [is_part(parsed, figure) for figure in find_figures(parsed)]
    [False, True]
    """
    tokens = parsed.tokens_in(max(0, figure.start - 40), figure.start)
    words = [singular(fold(token.norm), parsed.language) for token in tokens if token.end <= figure.start][-4:]
    parts = listed(parsed.language, "parts")
    return any(
        " ".join(words[first:last]) in parts for first in range(len(words)) for last in range(first + 1, len(words) + 1) if last >= len(words) - 1
    )


def is_superseded(parsed: Parsed, figure: FigureMention) -> bool:
    """Whether the sentence replaces the figure by a later one ("le bilan passe de 12 à 17 morts": 12).

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Le bilan est passé de 12 à 17 morts.", "fr")
    >>> [(figure.low, is_superseded(parsed, figure)) for figure in find_figures(parsed)]
    [(12.0, True), (17.0, False)]
    """
    return any(quantity.rising and quantity.start == figure.start for quantity in find_quantities(parsed))


def _inherited(parsed: Parsed, quantity: Quantity, earlier: Quantity | None, after: Quantity | None, found: list[FigureMention]) -> Counting | None:
    """What a number without a noun counts: what the next one does ("de 12 à 17 morts"), or the one before ("13 morts et sept blessés dont trois")."""
    if quantity.rising and after is not None:
        counting = counted_by(parsed, after)
        return None if counting is None else Counting(None, quantity.last, counting.measure)
    if earlier is not None and earlier.rising and found and found[-1].start == earlier.start:
        return Counting(None, quantity.last, found[-1].measure)
    if not found or quantity.kind == "single":
        return None
    before = found[-1]
    measure: Measure = before.measure
    here, there = parsed.sentence_at(quantity.start), parsed.sentence_at(before.start)
    probe = FigureMention("", quantity.start, quantity.end, "", measure, quantity.low, quantity.high, quantity.approximate)
    if here is None or there is None or here.paragraph != there.paragraph or not is_part(parsed, probe):
        return None
    return Counting(None, quantity.last, measure)


def _mention(parsed: Parsed, quantity: Quantity, counting: Counting) -> FigureMention:
    last, quantity = widened(parsed, quantity, max(counting.last, quantity.last))
    start, end = quantity.start, max(parsed.tokens[last - 1].end, quantity.end)
    text = parsed.text[start:end]
    return FigureMention(f"figure:{start}-{end}", start, end, text, counting.measure, quantity.low, quantity.high, quantity.approximate)
