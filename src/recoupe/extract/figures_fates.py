"""What befell the counted? The word that says so: the noun itself, what stands behind it, what governs it, or the verb right before the number."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from recoupe.extract.figures_ages import past_age_behind
from recoupe.extract.figures_described import has_wounds, suffered, told_before, told_behind
from recoupe.extract.figures_governors import alongside, are_of_parent, governor_of, is_object_of_other, objects_of
from recoupe.extract.figures_harm import done_to, in_the_end, is_denied, is_somebody, measure_of
from recoupe.extract.figures_numbers import Quantity
from recoupe.language.actors import fold, singular, word_set
from recoupe.language.figures import MeasureIndex, figure_words, is_of, listed
from recoupe.language.parsed import Parsed, Token
from recoupe.language.parts import counts_anybody, is_part
from recoupe.model import Language, Measure

_LIGHT = frozenset({"ADV", "PRON", "PART", "AUX"})
_REACH = 6  # tokens between a number's noun and what befell it
_ASIDE = 16  # tokens of an aside on a part of the counted
_TOLL = 10  # tokens in which a toll's number stands

Fate = tuple[Measure, int]


def fate_of(parsed: Parsed, quantity: Quantity, head: Token | None, end: int, index: MeasureIndex) -> Fate | None:
    """What befell the counted, with the token after the word where that stands right behind the number."""
    if _is_of_none(parsed, head if head is not None else parsed.tokens[quantity.last - 1]) or are_of_parent(parsed, quantity):
        return None
    if head is not None:
        own = measure_of(index.fates, head, parsed.language)
        described = told_before(parsed, quantity, head, index) if own in {None, "casualties"} else None
        if described is not None:
            return described, end
        if own is not None:
            return _final(parsed, quantity, head, end, own, index) or _both(parsed, own, end, index)
    governed_by = tuple(_governing(parsed, quantity, head, index))
    behind = tuple(_behind(parsed, end, index, head))
    if governed_by and behind and governed_by[0][0] == "killed" and behind[0] == ("wounded", end + 1):
        behind = ()  # "killed 30 people, injured 90" without its comma
    asides = () if head is None else tuple((measure, end) for measure in told_behind(parsed, head, index))
    died = tuple(told for told in asides if told[0] == "killed")  # "three victims who died had wounds"
    found = (*died, *behind, *governed_by, *_before(parsed, quantity, index), *_shared(parsed, head, end, index), *asides)
    if not found and head is None:
        toll = _after_toll(parsed, quantity, index)
        return None if toll is None else (toll, end)
    return next(iter(found), None)


def _final(parsed: Parsed, quantity: Quantity, head: Token, end: int, own: Measure, index: MeasureIndex) -> Fate | None:
    """What victims or wounded suffered in the end ("three victims were taken to hospital", "four of the wounded died")."""
    if own == "casualties":
        behind = _behind(parsed, end, index) if head.pos == "NOUN" else ()
        died = ((measure, end) for measure in told_behind(parsed, head, index) if measure == "killed")  # "three victims who died had wounds"
        return next(iter((*died, *_governing(parsed, quantity, head, index), *behind)), None)
    if own == "wounded":
        behind = ((measure, end) for measure in told_behind(parsed, head, index))  # "cinq blessés ayant succombé"
        return next((told for told in (*_governing(parsed, quantity, head, index), *behind) if told[0] == "killed"), None)
    return None


def _after_toll(parsed: Parsed, quantity: Quantity, index: MeasureIndex) -> Measure | None:
    """What a toll counts whose bare number this is ("the death toll rose to 86", "le bilan atteint 72")."""
    tokens = parsed.tokens
    sentence = parsed.sentence_of(tokens[quantity.first])
    if quantity.first <= sentence.first:
        return None
    verb = parsed.head(tokens[quantity.last - 1])
    if verb is not None and verb.pos == "VERB" and verb.index < quantity.first:
        above = parsed.head(verb) if verb.dep.startswith("acl") else None
        subjects = (*parsed.children(verb, "nsubj"), *((above,) if above is not None else ()))
        measure = next((one for subject in subjects if (one := _toll_named(parsed, subject, index)) is not None), None)
        if measure is not None:
            return measure
    before = tokens[quantity.first - 1]
    if before.pos not in {"ADP", "PUNCT", "PART", "SCONJ", "VERB"} or before.norm in {",", ";", "("}:
        return None
    between: list[str] = []
    for at in range(quantity.first - 1, max(sentence.first, quantity.first - _TOLL) - 1, -1):
        if tokens[at].norm in {",", ";", "("} or tokens[at].pos == "NUM":
            return None
        between.insert(0, singular(fold(tokens[at].norm), parsed.language))
        for size in (4, 3, 2, 1):
            measure = index.tolls.get(" ".join(between[:size])) if size <= len(between) else None
            if measure is not None:
                return measure
    return None


def _toll_named(parsed: Parsed, noun: Token, index: MeasureIndex) -> Measure | None:
    """What a toll counts that a noun names with the words beside it ("death toll", "nombre de blessés")."""
    words = [singular(fold(token.norm), parsed.language) for token in parsed.tokens[max(noun.index - 1, 0) : noun.index + 4]]
    at = min(noun.index, 1)
    stretches = (" ".join(words[first : first + size]) for first in range(at + 1) for size in (4, 3, 2, 1) if first + size > at)
    return next((index.tolls[stretch] for stretch in stretches if stretch in index.tolls), None)


def _shared(parsed: Parsed, head: Token | None, end: int, index: MeasureIndex) -> Iterator[Fate]:
    """What befell the counted together with those that they are joined to: "[[three women]] and a man injured"."""
    below = [] if head is None else [child for child in parsed.children(head, "conj") if child.pos in {"NOUN", "PROPN"}]
    if below and not is_object_of_other(parsed, head, below[-1]):
        for measure, _ in _behind(parsed, below[-1].index + 1, index):
            yield measure, end


def _both(parsed: Parsed, measure: Measure, end: int, index: MeasureIndex) -> Fate:
    """ "morts ou blessés", "killed or wounded": casualties."""
    tokens = parsed.tokens
    if end + 1 < len(tokens) and tokens[end].norm in listed(parsed.language, "either"):
        other = measure_of(index.fates, tokens[end + 1], parsed.language)
        if other is not None and other != measure:
            return "casualties", end + 2
    return measure, end


def _behind(parsed: Parsed, at: int, index: MeasureIndex, counted: Token | None = None) -> Iterator[Fate]:
    """A fate or a passive right behind those `counted`: "13 people dead", "sept autres étaient blessés", "two were shot and killed"."""
    tokens, language = parsed.tokens, parsed.language
    passive = False
    start, at = at, _past_aside(parsed, past_age_behind(parsed, at), counted)
    last = min(at + _REACH, len(tokens))
    while at < last:
        token = tokens[at]
        if token.norm in listed(language, "negations"):
            return
        if (told := _told_at(parsed, at, start, index, passive=passive)) is not None:
            yield from told
            return
        if fold(token.lemma) in listed(language, "auxiliaries") or token.dep == "aux:pass":
            passive = True
        elif passive and "Tense=Pres" in token.morph and "VerbForm=Part" in token.morph:
            return  # "two boys were shooting at crows"
        elif passive and token.pos == "VERB" and _is_participle(token, language):
            measure = _struck(parsed, counted, token, index)
            if measure is not None:
                yield measure, start
                return
            if token.dep not in {"aux", "aux:pass", "cop", "aux:tense"} and singular(fold(token.norm), language) not in listed(language, "passed"):
                return
        elif not (token.pos in _LIGHT or singular(fold(token.norm), language) in listed(language, "passed")):
            return
        at += 1


def _struck(parsed: Parsed, counted: Token | None, verb: Token, index: MeasureIndex) -> Measure | None:
    """What a verb did to those counted before it; a blow hurts people ("twelve others were hit"), not things ("trois maisons ont été frappées")."""
    measure = done_to(parsed, verb, index)
    if measure not in {None, "casualties"} or singular(fold(verb.lemma), parsed.language) not in listed(parsed.language, "strikes"):
        return measure
    return "casualties" if counted is None or is_somebody(counted, index, parsed.language) else None


def _past_aside(parsed: Parsed, at: int, counted: Token | None) -> int:
    """The token after an aside on the counted ("five people, [[including an infant,]] were injured", "three people, [[a man and two boys,]] were"), else the same."""
    tokens = parsed.tokens
    if at + 3 >= len(tokens) or tokens[at].norm != ",":
        return at
    if counted is not None and counts_anybody(counted.norm, parsed.language):
        inside = list(takewhile(lambda token: token.pos not in {"VERB", "AUX"}, tokens[at + 1 : at + _ASIDE]))
        if len(inside) > 1 and inside[-1].norm == "," and any(token.pos == "CCONJ" for token in inside):
            return inside[-1].index + 1
    if not is_part(parsed.text[tokens[at].start : tokens[at + 3].start], "", parsed.language):
        return at
    close = next((place for place in range(at + 2, min(at + _ASIDE, len(tokens))) if tokens[place].norm == ","), None)
    return at if close is None else close + 1


def _told_at(parsed: Parsed, at: int, start: int, index: MeasureIndex, *, passive: bool) -> tuple[Fate, ...] | None:
    """The fate that a token says of the counted before it: none where it says one of others ("a gunman shot five"), None where it says no fate."""
    token, language = parsed.tokens[at], parsed.language
    active = token.pos == "VERB" and _harms_somebody(parsed, token, index)
    phrase = fate_phrase(parsed, at, index)
    if phrase is not None:
        verb = parsed.head(token) if token.pos == "ADV" else None  # "a gunman [[fatally]] shot his neighbour"
        return () if active or (verb is not None and not passive and _harms_somebody(parsed, verb, index)) else ((phrase, start),)
    fate = in_the_end(parsed, token, measure_of(index.fates, token, language))
    if fate is not None and token.pos in {"ADJ", "VERB", "NOUN", "AUX", "PROPN"}:
        if (passive or not active) and (at == start or passive or token.pos == "ADJ" or _is_participle(token, language)):
            return ((_joined_fate(parsed, fate, at, index), at + 1 if at == start and not _second(parsed, fate, at, index) else start),)
        return ()
    subject = measure_of(index.subjects, token, language)
    return ((subject, start),) if subject is not None and token.pos in {"VERB", "AUX"} else None


def _harms_somebody(parsed: Parsed, verb: Token, index: MeasureIndex) -> bool:
    """Whether a verb's object is somebody or has an article, so that it is active: "a gunman shot five", not a title's "four people shot outside bar"."""
    people = listed(parsed.language, "people")
    return any(
        child.pos in {"NUM", "PRON", "PROPN"}
        or bool(parsed.children(child, "det", "nmod:poss"))
        or singular(fold(child.norm), parsed.language) in people
        or any(measure_of(table, child, parsed.language) is not None for table in (index.nouns, index.fates))
        for child in objects_of(parsed, verb)
    )


def _second(parsed: Parsed, fate: Measure, at: int, index: MeasureIndex) -> Measure | None:
    """What the shot suffered in the end ("two were [[shot]] and killed")."""
    tokens = parsed.tokens
    if fate != "casualties" or at + 2 >= len(tokens) or tokens[at + 1].norm not in listed(parsed.language, "also"):
        return None
    return measure_of(index.fates, tokens[at + 2], parsed.language)


def _joined_fate(parsed: Parsed, fate: Measure, at: int, index: MeasureIndex) -> Measure:
    return _second(parsed, fate, at, index) or _both(parsed, fate, at + 1, index)[0]


def fate_phrase(parsed: Parsed, at: int, index: MeasureIndex) -> Measure | None:
    """A fate in several words ("in critical condition")."""
    language = parsed.language
    if singular(fold(parsed.tokens[at].norm), language) not in index.openings:
        return None
    words = [singular(fold(token.norm).rstrip("'"), language) for token in parsed.tokens[at : at + 4]]
    return next((index.fates[phrase] for size in (4, 3, 2) if (phrase := " ".join(words[:size])) in index.fates), None)


def _is_participle(token: Token, language: Language) -> bool:
    return "VerbForm=Part" in token.morph or "Tense=Past" in token.morph or token.norm.endswith(figure_words(language).participles)


def _governing(parsed: Parsed, quantity: Quantity, head: Token | None, index: MeasureIndex) -> Iterator[Fate]:
    """The verb or noun that governs the counted in the parse: "a tué 13 civils", "la mort de 13 terroristes", "13 soldiers were killed"."""
    token = head if head is not None else parsed.tokens[quantity.last - 1]
    end = token.index + 1
    token, governor = governor_of(parsed, token, quantity, index)
    if governor is None or is_denied(parsed, governor):
        return
    measures = (
        *_turned(parsed, token, governor, index),
        *_done(parsed, token, governor, index),
        *_befallen(parsed, token, governor, index),
        *_with_others(parsed, token, governor, index),
    )
    yield from ((measure, end) for measure in measures)
    if (token.dep == "nmod" or token.dep.startswith("obl")) and governor.index < quantity.first and not _is_attempt(parsed, governor):
        measure = in_the_end(parsed, governor, measure_of(index.deeds, governor, parsed.language))
        if measure is not None and any(_links(mark.norm, parsed.language) for mark in parsed.children(token, "case")):
            yield measure, end


def _turned(parsed: Parsed, token: Token, governor: Token, index: MeasureIndex) -> Iterator[Measure]:
    """What a verb says with its object, or a passive with its place: "ont perdu la vie", "a coûté la vie à", "were taken to hospital"."""
    role = "subject" if token.dep.startswith("nsubj") else "recipient" if token.dep.startswith(("obl", "iobj", "nmod")) else None
    kinds = ("obl",) if token.dep == "nsubj:pass" else ("obj",)
    for child in parsed.children(governor, *kinds):
        turn = index.turns.get((fold(governor.lemma), fold(child.lemma).lower()))
        if turn is not None and turn[0] == role:
            yield turn[1]


def _done(parsed: Parsed, token: Token, governor: Token, index: MeasureIndex) -> Iterator[Measure]:
    """What a verb does to its object, or to the subject of its passive: "killed 13 civilians", "shot dead three men", "13 hommes ont été tués"."""
    language = parsed.language
    if token.dep not in {"obj", "nsubj:pass"}:
        return
    pair = index.objects.get(" ".join(singular(fold(word.lemma), language) for word in (governor, token)))
    if pair is not None:
        yield pair
    if token.dep == "nsubj:pass" and governor.index < token.index and language == "en":
        return
    result = _result(parsed, governor, index) if token.dep == "obj" else None
    measure = result or done_to(parsed, governor, index)
    if measure == "casualties" and token.pos == "NOUN" and not is_somebody(token, index, language):
        return  # "a frappé un site militaire"
    if measure == "casualties":
        measure = next(
            (later for one in parsed.children(governor, "conj") if (later := measure_of(index.objects, one, language)) == "killed"), measure
        )
    if measure is not None:
        yield measure


def _result(parsed: Parsed, verb: Token, index: MeasureIndex) -> Measure | None:
    """What the object of a verb is in the end ("shot dead three officers", "left 13 people dead")."""
    found = (measure_of(index.fates, child, parsed.language) for child in parsed.children(verb, "acomp", "oprd", "xcomp") if child.pos == "ADJ")
    return next((measure for measure in found if measure is not None), None)


def _befallen(parsed: Parsed, token: Token, governor: Token, index: MeasureIndex) -> Iterator[Measure]:
    """What befalls the subject of a verb: "13 soldats ont péri", "two are dead", "three sustained wounds", "eight children were among the dead"."""
    if token.dep.startswith("nsubj"):
        measure = (
            measure_of(index.subjects, governor, parsed.language)
            or _said_to(parsed, governor, index)
            or _predicate(parsed, governor, index)
            or suffered(parsed, governor, index)
            or _among(parsed, governor, index)
            or ("wounded" if has_wounds(parsed, governor) else None)
        )
        if measure is not None:
            yield measure


def _with_others(parsed: Parsed, token: Token, governor: Token, index: MeasureIndex) -> Iterator[Measure]:
    """What befell those told with others ("a woman was killed along with [[her two sons]]")."""
    above = parsed.head(governor) if governor.pos in {"ADP", "ADV"} else governor
    if above is None or token not in alongside(parsed, above):
        return
    passive = bool(parsed.children(above, "aux:pass"))
    measure = done_to(parsed, above, index) if passive or parsed.children(above, "obj") else measure_of(index.subjects, above, parsed.language)
    if measure is not None:
        yield measure


def _said_to(parsed: Parsed, governor: Token, index: MeasureIndex) -> Measure | None:
    """What is said or feared to have befallen the subject ("are said to have died", "are believed to have been killed")."""
    for child in parsed.children(governor, "xcomp"):
        table = index.objects if parsed.children(child, "aux:pass") else index.subjects
        if child.pos == "VERB" and (measure := measure_of(table, child, parsed.language)) is not None:
            return measure
    return None


def _among(parsed: Parsed, governor: Token, index: MeasureIndex) -> Measure | None:
    """What befell those among whom the counted are ("figurent parmi les morts", "were among those killed")."""
    language = parsed.language
    for child in parsed.children(governor, "obl", "nmod"):
        if any(mark.norm in listed(language, "among") for mark in parsed.children(child, "case")):
            for token in (child, *parsed.children(child, "acl", "amod")):
                measure = measure_of(index.fates, token, language)
                if measure is not None:
                    return measure
    return None


def _is_of_none(parsed: Parsed, counted: Token) -> bool:
    """Whether none of the counted are meant ("none of the five passengers")."""
    head = parsed.head(counted)
    return head is not None and counted.dep == "nmod" and head.norm in listed(parsed.language, "negations")


def _is_attempt(parsed: Parsed, deed: Token) -> bool:
    """Whether a deed was tried only: "the attempted murder of", "la tentative d'assassinat de"."""
    attempts = listed(parsed.language, "attempts")
    head = parsed.head(deed)
    near = (*parsed.children(deed, "amod", "compound"), *((head,) if head is not None else ()))
    return any(singular(fold(token.norm), parsed.language) in attempts for token in near)


def _predicate(parsed: Parsed, governor: Token, index: MeasureIndex) -> Measure | None:
    """A fate as the predicate of a copula ("trois personnes sont mortes", "two are dead")."""
    fate = in_the_end(parsed, governor, measure_of(index.fates, governor, parsed.language))
    if parsed.children(governor, "obj"):
        return None
    if fate is not None and governor.pos in {"ADJ", "NOUN", "VERB"}:
        return fate
    for child in parsed.children(governor, "attr", "acomp", "xcomp", "oprd"):
        found = in_the_end(parsed, child, measure_of(index.fates, child, parsed.language))
        if found is not None:
            return found
    return None


def _before(parsed: Parsed, quantity: Quantity, index: MeasureIndex) -> Iterator[Fate]:
    """A verb or noun right before the number, whatever the parse: "killing 13", "tuant au moins 13", "mort de 13 terroristes"."""
    tokens, language = parsed.tokens, parsed.language
    at = quantity.first - 1
    marks = 0
    toward = at >= 0 and fold(tokens[at].norm) in word_set(language, "dative")  # "injuries to five", not "evacuated to two towns"
    while at >= 0 and marks < 3:
        token = tokens[at]
        norm = fold(token.norm).rstrip("'")
        if not marks and norm in index.headlines and not _is_marked(parsed, at):
            yield index.headlines[norm], quantity.last
            return
        if token.pos == "VERB" or norm.endswith("ing"):
            measure = done_to(parsed, token, index)
            if measure is not None and not toward and not _is_passive(parsed, token) and not is_denied(parsed, token):
                yield measure, quantity.last
            return
        if token.pos == "NOUN" and marks:
            deed = in_the_end(parsed, token, measure_of(index.deeds, token, language))
            if deed is not None and not _is_attempt(parsed, token) and (deed == "wounded" or not toward):
                yield deed, quantity.last
            return
        if _links(token.norm, language) or token.pos in {"ADV", "DET"}:
            marks += 1
            at -= 1
            continue
        return


def _links(word: str, language: Language) -> bool:
    """Whether a word stands between a deed and those it befell ("la mort [[de]] 13", "injuries [[to]] five")."""
    return is_of(word, language) or fold(word) in word_set(language, "dative")


def _is_marked(parsed: Parsed, at: int) -> bool:
    """Whether a determiner before a word shows it to be a noun ("la tue")."""
    return at > 0 and parsed.tokens[at - 1].pos == "DET"


def _is_passive(parsed: Parsed, token: Token) -> bool:
    return any(child.dep == "aux:pass" for child in parsed.children(token))
