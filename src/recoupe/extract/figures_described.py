"""What do the words beside a noun or verb say befell those who are counted? "Two injured officers", "people suffering burns", "was found with a stab wound"."""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.extract.figures_harm import done_to, hurts, is_denied, is_somebody, measure_of
from recoupe.extract.figures_numbers import Quantity
from recoupe.language.actors import fold, singular
from recoupe.language.figures import MeasureIndex, listed
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Measure


def told_before(parsed: Parsed, quantity: Quantity, head: Token, index: MeasureIndex) -> Measure | None:
    """What befell the counted by a word before their noun ("two injured officers")."""
    between = (child for child in parsed.children(head, "amod") if quantity.last <= child.index < head.index)
    return next((measure for child in between if (measure := measure_of(index.fates, child, parsed.language)) in {"killed", "wounded"}), None)


def told_behind(parsed: Parsed, head: Token, index: MeasureIndex) -> Iterator[Measure]:
    """What clauses and phrases behind a noun say befell those it names ("people [[suffering]] burns", "one man, who was [[shot]]", "two men [[with]] stab wounds")."""
    if not is_somebody(head, index, parsed.language) and measure_of(index.fates, head, parsed.language) is None:
        return
    if has_wounds(parsed, head):
        yield "wounded"
    for verb in parsed.children(head, "acl", "acl:relcl"):
        subjects = parsed.children(verb, "nsubj", "nsubj:pass")
        if is_denied(parsed, verb) or any(subject.pos != "PRON" for subject in subjects):
            continue
        measure = suffered(parsed, verb, index) or measure_of(index.subjects, verb, parsed.language)
        if measure is None and parsed.children(verb, "aux:pass", "nsubj:pass"):
            measure = done_to(parsed, verb, index)
        if measure is not None:
            yield measure


def has_wounds(parsed: Parsed, word: Token) -> bool:
    """Whether somebody has wounds, or is found with them ("was taken to hospital [[with a gunshot wound]]")."""
    language = parsed.language
    return any(
        singular(fold(child.norm), language) in listed(language, "injuries")
        and any(mark.norm in listed(language, "carried") for mark in parsed.children(child, "case"))
        for child in parsed.children(word, "obl", "nmod")
    )


def suffered(parsed: Parsed, governor: Token, index: MeasureIndex) -> Measure | None:
    """The harm that a verb gives to its subject ("three others sustained bullet wounds")."""
    if fold(governor.lemma) not in listed(parsed.language, "suffered"):
        return None
    objects = [child for child in parsed.children(governor, "obj") if child.pos == "NOUN"]
    wounds = (*objects, *parsed.children(governor, "obl:arg"))  # "souffrant de brûlures"
    if any(singular(fold(child.norm), parsed.language) in listed(parsed.language, "injuries") for child in wounds):
        return "wounded"
    found = (measure_of(table, child, parsed.language) for child in objects for table in (index.fates, index.deeds))
    return next((measure for measure in found if measure is not None and hurts(measure)), None)
