"""What is counted? The noun of a number and the measure that it, its fate, or what governs it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from recoupe.extract.figures_ages import is_age, is_uncounted, past_age
from recoupe.extract.figures_numbers import Quantity
from recoupe.language.actors import fold, noun_index, singular
from recoupe.language.figures import MeasureIndex, listed, measure_index
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Language, Measure

_HURT: frozenset[Measure] = frozenset({"killed", "wounded", "casualties", "captured", "missing", "displaced", "detainees", "hostages"})
_THINGS: frozenset[Measure] = frozenset({"vehicles", "convoys", "aircraft", "drones", "munitions", "attacks"})
_SKIPPED = frozenset({"ADJ", "ADV", "X"})
_OF = frozenset({"de", "des", "d", "of", "du", "a"})
_TOLL = 10  # tokens in which a toll's number stands
_DESCRIBED = 10  # tokens that an article's noun may stand behind it
_LIGHT = frozenset({"ADV", "PRON", "PART", "AUX"})
_REACH = 6  # tokens between a number's noun and what befell it


class Counting(Struct, frozen=True):
    """What a number counts: the head noun (None for "quatre ont …"), the token after the phrase, its measure, and whether persons are meant."""

    head: Token | None
    last: int
    measure: Measure


def counted_by(parsed: Parsed, quantity: Quantity) -> Counting | None:
    """What a quantity counts; None where it counts nothing (a duration, an age, a number that only stands there)."""
    tokens, language = parsed.tokens, parsed.language
    index = measure_index(language)
    unit = _unit(parsed, quantity, index)
    if unit is not None:
        return unit
    last, other = _past_others(parsed, quantity.last)
    begin = past_age(parsed, last)
    head, end = (_governed(parsed, quantity) if quantity.kind == "single" else None) or _noun(parsed, begin, index)
    if head is None and not other and quantity.kind == "single":
        return None
    if head is not None and quantity.kind == "single":
        fate = _fate(parsed, quantity, head, end, index) if is_person(head, index, language) else None
        return None if fate is None else Counting(head, max(end, fate[1]), fate[0])
    if head is not None and is_uncounted(parsed, head, begin):
        return None
    if is_age(parsed, quantity, head):
        return None
    own = None if head is None else measure_of(index.nouns, head, language)
    if head is not None and own is not None and own in _THINGS:
        return Counting(head, end, own)
    fate = _fate(parsed, quantity, head, end if head is not None else last, index)
    if head is None:
        if fate is not None:
            return Counting(None, fate[1], fate[0])
        return None
    if fate is not None:
        return Counting(head, max(end, fate[1]), fate[0])
    if quantity.kind == "single":
        return None
    if own is None and head.pos == "PROPN":
        return None
    return Counting(head, end, own or "other") if tokens[head.index].pos != "PRON" else None


def _unit(parsed: Parsed, quantity: Quantity, index: MeasureIndex) -> Counting | None:
    tokens = parsed.tokens
    before = parsed.text[max(0, quantity.start - 1) : quantity.start + 1].strip()
    if any(mark in index.units for mark in before) or (
        quantity.first and tokens[quantity.first - 1].norm in index.units and len(tokens[quantity.first - 1].norm) == 1
    ):
        return Counting(None, quantity.last, "money")
    at = quantity.last
    while at < len(tokens) and tokens[at].norm in {"de", "d'", "of"}:
        at += 1
    for size in (3, 2, 1):
        words = " ".join(singular(fold(token.norm), parsed.language) for token in tokens[at : at + size])
        measure = index.units.get(words)
        if measure is not None and at + size <= len(tokens):
            return Counting(tokens[at], at + size, measure)
    return None


def _past_others(parsed: Parsed, at: int) -> tuple[int, bool]:
    """The token after "autres", "others", "more", "d'autres"."""
    tokens, others = parsed.tokens, listed(parsed.language, "others")
    if at + 1 < len(tokens) and tokens[at].norm in {"d'", "de"} and singular(fold(tokens[at + 1].norm), parsed.language) in others:
        return at + 2, True
    if at < len(tokens) and singular(fold(tokens[at].norm), parsed.language) in others:
        return at + 1, True
    return at, False


def _noun(parsed: Parsed, at: int, index: MeasureIndex) -> tuple[Token | None, int]:
    """The counted noun after a number, over adjectives and "de"; and the token after it."""
    tokens, language = parsed.tokens, parsed.language
    steps = 0
    while at < len(tokens) and steps < 5:
        token = tokens[at]
        norm = fold(token.norm)
        known = singular(norm, language)
        if token.pos == "PUNCT" and norm not in {"-", '"', "«", "“"}:
            return None, at
        if known in index.nouns or known in index.fates or known in listed(language, "people"):
            return _compound(parsed, at)
        if norm.rstrip("'") in {"de", "des", "d", "of", "the", "les", "la", "le", "ces", "leurs", "l"} and steps < 3:
            at, steps = at + 1, steps + 1
            continue
        if token.pos == "NOUN" or (token.pos == "PROPN" and steps == 0 and token.text[:1].isupper()):
            return _compound(parsed, at)
        if token.pos not in _SKIPPED and not (token.pos in {"VERB", "PROPN"} and token.dep in {"amod", "compound", "nummod"}) and norm != "-":
            return None, at
        at, steps = at + 1, steps + 1
    return None, at


def _governed(parsed: Parsed, quantity: Quantity) -> tuple[Token, int] | None:
    """The noun of an article, over an age or a description ("a 5-year-old Des Moines boy")."""
    noun = parsed.head(parsed.tokens[quantity.last - 1])
    if noun is None or not quantity.last <= noun.index < quantity.last + _DESCRIBED or noun.pos not in {"NOUN", "PROPN"}:
        return None
    return None if "Number=Plur" in noun.morph else (noun, noun.index + 1)


def _compound(parsed: Parsed, at: int) -> tuple[Token, int]:
    """The last noun of an English compound ("13 police officers"), the first word of a French one."""
    tokens = parsed.tokens
    if parsed.language == "en":
        while (
            at + 1 < len(tokens) and tokens[at + 1].pos == "NOUN" and tokens[at].dep in {"compound", "amod", "nummod"} and tokens[at].head == at + 1
        ):
            at += 1
        return tokens[at], at + 1
    end = at + 1
    while end + 1 < len(tokens) and tokens[end].norm == "-" and tokens[end].start == tokens[end - 1].end and tokens[end + 1].start == tokens[end].end:
        end += 2
    return tokens[at], end


def is_person(head: Token, index: MeasureIndex, language: Language) -> bool:
    """Whether a noun is of people: "a man" counts as one where he is hurt, "a coat" never does."""
    word = singular(fold(head.norm), language)
    if index.nouns.get(word) in _THINGS:
        return False
    return (
        head.pos == "PROPN"
        or word in index.nouns
        or word in index.fates
        or word in listed(language, "people")
        or word in noun_index(language)
        or word in listed(language, "others")
    )


def measure_of(table: Mapping[str, Measure], token: Token, language: Language) -> Measure | None:
    """What a word says befell somebody by one of the tables of the measures."""
    return table.get(singular(fold(token.norm), language)) or table.get(singular(fold(token.lemma), language))


def _fate(parsed: Parsed, quantity: Quantity, head: Token | None, end: int, index: MeasureIndex) -> tuple[Measure, int] | None:
    """What befell the counted, with the token after the word where that stands right behind the number."""
    language = parsed.language
    if head is not None:
        own = measure_of(index.fates, head, language)
        if own is not None:
            told = next(_governing(parsed, quantity, head, index), None) if own == "casualties" else None
            return told or _both(parsed, own, end, index)
    governed = tuple(_governing(parsed, quantity, head, index))
    behind = tuple(_behind(parsed, end, index))
    if governed and behind and governed[0][0] == "killed" and behind[0] == ("wounded", end + 1):
        behind = ()  # "killed 30 people, injured 90" without its comma
    found = (*behind, *governed, *_before(parsed, quantity, index), *_shared(parsed, head, end, index))
    if not found and head is None and _after_toll(parsed, quantity):
        return "killed", end
    return next(iter(found), None)


def _after_toll(parsed: Parsed, quantity: Quantity) -> bool:
    """Whether a bare number is that of a death toll ("the death toll rose to 86")."""
    tolls, tokens = listed(parsed.language, "tolls"), parsed.tokens
    sentence = parsed.sentence_of(tokens[quantity.first])
    if quantity.first <= sentence.first or tokens[quantity.first - 1].pos not in {"ADP", "PUNCT", "PART", "SCONJ"}:
        return False
    between: list[str] = []
    for index in range(quantity.first - 1, max(sentence.first, quantity.first - _TOLL) - 1, -1):
        if tokens[index].norm in {",", ";", "("} or tokens[index].pos == "NUM":
            return False
        between.insert(0, singular(fold(tokens[index].norm), parsed.language))
        if any(" ".join(between[:size]) in tolls for size in (1, 2, 3)):
            return True
    return False


def _shared(parsed: Parsed, head: Token | None, end: int, index: MeasureIndex) -> Iterator[tuple[Measure, int]]:
    """What befell the counted together with those that they are joined to: "[[three women]] and a man injured"."""
    below = [] if head is None else [child for child in parsed.children(head, "conj") if child.pos in {"NOUN", "PROPN"}]
    if below:
        for measure, _ in _behind(parsed, below[-1].index + 1, index):
            yield measure, end


def _both(parsed: Parsed, measure: Measure, end: int, index: MeasureIndex) -> tuple[Measure, int]:
    """ "morts ou blessés", "killed or wounded": casualties."""
    tokens = parsed.tokens
    if end + 1 < len(tokens) and fold(tokens[end].norm) in {"ou", "or"}:
        other = measure_of(index.fates, tokens[end + 1], parsed.language)
        if other is not None and other != measure:
            return "casualties", end + 2
    return measure, end


def _behind(parsed: Parsed, at: int, index: MeasureIndex) -> Iterator[tuple[Measure, int]]:
    """A fate or a passive right behind: "13 people dead", "sept autres étaient blessés", "two were shot and killed"."""
    tokens, language = parsed.tokens, parsed.language
    passive = False
    start = at
    while at < len(tokens) and at - start < _REACH:
        token = tokens[at]
        phrase = fate_phrase(parsed, at, index)
        if phrase is not None:
            yield phrase, start
            return
        fate = measure_of(index.fates, token, language)
        if fate is not None and token.pos in {"ADJ", "VERB", "NOUN", "AUX", "PROPN"}:
            suffered = passive or not (token.pos == "VERB" and parsed.children(token, "obj"))  # "a gunman shot five" is not
            if suffered and (at == start or passive or token.pos == "ADJ" or _is_participle(token)):
                yield _joined_fate(parsed, fate, at, index), at + 1 if at == start and not _second(parsed, fate, at, index) else start
            return
        subject = measure_of(index.subjects, token, language)
        if subject is not None and token.pos in {"VERB", "AUX"}:
            yield subject, start
            return
        if token.lemma in {"be", "être", "get"} or token.dep == "aux:pass":
            passive = True
        elif passive and token.pos == "VERB" and _is_participle(token):
            measure = measure_of(index.objects, token, language)
            if measure is not None:
                yield measure, start
                return
            if token.dep not in {"aux", "aux:pass", "cop", "aux:tense"}:
                return
        elif not (token.pos in _LIGHT or singular(fold(token.norm), language) in listed(language, "passed")):
            return
        at += 1


def _second(parsed: Parsed, fate: Measure, at: int, index: MeasureIndex) -> Measure | None:
    """What the shot suffered in the end ("two were [[shot]] and killed")."""
    tokens = parsed.tokens
    if fate != "casualties" or at + 2 >= len(tokens) or fold(tokens[at + 1].norm) not in {"et", "and"}:
        return None
    return measure_of(index.fates, tokens[at + 2], parsed.language)


def _joined_fate(parsed: Parsed, fate: Measure, at: int, index: MeasureIndex) -> Measure:
    return _second(parsed, fate, at, index) or _both(parsed, fate, at + 1, index)[0]


def fate_phrase(parsed: Parsed, at: int, index: MeasureIndex) -> Measure | None:
    """A fate in several words ("in critical condition")."""
    language = parsed.language
    if singular(fold(parsed.tokens[at].norm), language) not in index.openings:
        return None
    words = [singular(fold(token.norm), language) for token in parsed.tokens[at : at + 4]]
    return next((index.fates[phrase] for size in (4, 3, 2) if (phrase := " ".join(words[:size])) in index.fates), None)


def _is_participle(token: Token) -> bool:
    return "VerbForm=Part" in token.morph or "Tense=Past" in token.morph or token.norm.endswith(("ed", "é", "és", "ée", "ées", "en", "ot", "in"))


def _governing(parsed: Parsed, quantity: Quantity, head: Token | None, index: MeasureIndex) -> Iterator[tuple[Measure, int]]:
    """The verb or noun that governs the counted in the parse: "a tué 13 civils", "la mort de 13 terroristes", "13 soldiers were killed"."""
    language = parsed.language
    token = head if head is not None else parsed.tokens[quantity.last - 1]
    end = token.index + 1
    token, governor = _governor(parsed, token, quantity, index)
    if governor is None:
        return
    if token.dep == "obj":
        measure = index.objects.get(f"{fold(governor.lemma)} {fold(token.lemma)}")
        if measure is not None:
            yield measure, end
    if token.dep in {"obj", "nsubj:pass"} and not (token.dep == "nsubj:pass" and governor.index < token.index and language == "en"):
        measure = measure_of(index.objects, governor, language)
        if measure is not None:
            yield measure, end
    if token.dep.startswith("nsubj"):
        measure = measure_of(index.subjects, governor, language) or _predicate(parsed, governor, index) or _suffered(parsed, governor, index)
        if measure is not None:
            yield measure, end
    if (token.dep == "nmod" or token.dep.startswith("obl")) and governor.index < quantity.first:
        measure = measure_of(index.deeds, governor, language)
        if measure is not None and any(fold(mark.norm).rstrip("'") in _OF for mark in parsed.children(token, "case")):
            yield measure, end


def _governor(parsed: Parsed, token: Token, quantity: Quantity, index: MeasureIndex) -> tuple[Token, Token | None]:
    """What governs the counted, past a first conjunct that has no number of its own and past the noun of a quantity."""
    governor = parsed.head(token)
    if governor is not None and token.dep == "nummod" and singular(fold(governor.norm), parsed.language) in listed(parsed.language, "others"):
        token, governor = governor, parsed.head(governor)
    if governor is not None and token.dep == "nmod" and quantity.first <= governor.index < quantity.last:
        return governor, parsed.head(governor)
    if (
        governor is None
        or token.dep not in {"conj", "nmod"}
        or governor.pos not in {"NUM", "NOUN", "DET", "PRON"}
        or governor.index >= quantity.first
    ):
        return token, governor
    numbered = any(child.dep == "nummod" for child in parsed.children(governor))
    if token.dep == "conj" and not numbered and measure_of(index.deeds, governor, parsed.language) is None:
        return governor, parsed.head(governor)
    return token, governor


def _predicate(parsed: Parsed, governor: Token, index: MeasureIndex) -> Measure | None:
    """A fate as the predicate of a copula ("trois personnes sont mortes", "two are dead")."""
    fate = measure_of(index.fates, governor, parsed.language)
    if fate is not None and (governor.pos in {"ADJ", "NOUN"} or (governor.pos == "VERB" and not parsed.children(governor, "obj"))):
        return fate
    for child in parsed.children(governor, "attr", "acomp", "xcomp", "oprd"):
        found = measure_of(index.fates, child, parsed.language)
        if found is not None:
            return found
    return None


def _suffered(parsed: Parsed, governor: Token, index: MeasureIndex) -> Measure | None:
    """The harm that a verb gives to its subject ("three others sustained bullet wounds")."""
    if fold(governor.lemma) not in listed(parsed.language, "suffered"):
        return None
    found = (
        measure_of(table, child, parsed.language)
        for child in parsed.children(governor, "obj")
        for table in (index.fates, index.deeds)
        if child.pos == "NOUN"
    )
    return next((measure for measure in found if measure is not None and hurts(measure)), None)


def _before(parsed: Parsed, quantity: Quantity, index: MeasureIndex) -> Iterator[tuple[Measure, int]]:
    """A verb or noun right before the number, whatever the parse: "killing 13", "tuant au moins 13", "mort de 13 terroristes"."""
    tokens, language = parsed.tokens, parsed.language
    at = quantity.first - 1
    marks = 0
    while at >= 0 and marks < 3:
        token = tokens[at]
        norm = fold(token.norm).rstrip("'")
        if token.pos == "VERB" or norm.endswith("ing") or (not marks and token.pos == "PROPN" and norm in index.headlines):
            measure = measure_of(index.objects, token, language)
            if measure is not None and not _is_passive(parsed, token):
                yield measure, quantity.last
            return
        if token.pos == "NOUN" and marks:
            deed = measure_of(index.deeds, token, language)
            if deed is not None and marks:
                yield deed, quantity.last
            return
        if norm in {"de", "des", "d", "of", "du"} or token.pos in {"ADV", "DET"}:
            marks += 1
            at -= 1
            continue
        return


def _is_passive(parsed: Parsed, token: Token) -> bool:
    return any(child.dep == "aux:pass" for child in parsed.children(token))


def hurts(measure: Measure) -> bool:
    """Whether the measure says what befell people."""
    return measure in _HURT
