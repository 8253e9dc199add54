"""What governs the counted? The word above them in the parse, past lists, groups and the nouns of quantities."""

from __future__ import annotations

from recoupe.extract.figures_harm import measure_of
from recoupe.extract.figures_numbers import Quantity
from recoupe.language.actors import fold, singular, word_set
from recoupe.language.figures import MeasureIndex, figure_words, listed, measure_index
from recoupe.language.parsed import Parsed, Token
from recoupe.language.persons import person_index

_WITH = 30  # characters before somebody who is told with others
_LISTED = 6  # members of a list before the one that has a number


def governor_of(parsed: Parsed, token: Token, quantity: Quantity, index: MeasureIndex) -> tuple[Token, Token | None]:
    """What governs the counted, past a first conjunct that has no number of its own and past the noun of a quantity."""
    governor = parsed.head(token)
    if governor is not None and governor.pos == "ADJ" and token.dep == "obj" and (verb := parsed.head(governor)) is not None:
        return token, verb  # "shot dead three men"
    if governor is not None and token.dep == "obj":
        return token, _nearer_verb(parsed, governor, token)
    if governor is not None and token.dep == "nummod" and singular(fold(governor.norm), parsed.language) in listed(parsed.language, "others"):
        token, governor = governor, parsed.head(governor)
    group = _group(parsed, quantity)
    if group is not None:
        return group, parsed.head(group)
    if governor is not None and token.dep == "nmod" and quantity.first <= governor.index < quantity.last:
        token, governor = governor, parsed.head(governor)
    if (
        governor is None
        or token.dep not in {"conj", "nmod"}
        or governor.pos not in {"NUM", "NOUN", "DET", "PRON"}
        or governor.index >= quantity.first
    ):
        return token, governor
    for _ in range(_LISTED):
        numbered = governor is None or any(child.dep == "nummod" for child in parsed.children(governor))
        if governor is None or token.dep != "conj" or numbered or measure_of(index.deeds, governor, parsed.language) is not None:
            break
        token, governor = governor, parsed.head(governor)
    return token, governor


def _nearer_verb(parsed: Parsed, verb: Token, noun: Token) -> Token:
    """The verb of an object: one joined to the verb that the parser hung it on, right before it and without another ("a tué deux hommes et [[blessé]] trois autres")."""
    joined = (child for child in parsed.children(verb, "conj") if child.pos == "VERB" and verb.index < child.index < noun.index)
    return next((child for child in joined if not parsed.children(child, "obj")), verb)


def objects_of(parsed: Parsed, verb: Token) -> tuple[Token, ...]:
    """The objects of a verb, those that the parser hung on what becomes of them too ("shot dead [[his wife]]")."""
    results = [child for child in parsed.children(verb, "oprd", "xcomp", "acomp") if child.pos == "ADJ"]
    return (*parsed.children(verb, "obj"), *(below for result in results for below in parsed.children(result, "obj")))


def is_cut_off(parsed: Parsed, verb: Token, noun: Token) -> bool:
    """Whether a comma right behind a verb parts it from a noun that the parser took for its object ("Man killed, [[girl]] wounded")."""
    after = parsed.tokens[verb.index + 1] if verb.index + 1 < len(parsed.tokens) else None
    return after is not None and after.norm == "," and noun.index > after.index


def alongside(parsed: Parsed, verb: Token) -> tuple[Token, ...]:
    """Those told with the ones whom a verb befalls ("killed along with [[his son]]", "tuée ainsi que ses deux [[fils]]")."""
    particles = [child for child in parsed.children(verb) if child.pos in {"ADP", "ADV"}]
    below = (child for word in (verb, *particles) for child in parsed.children(word, "obl", "obl:mod", "nmod", "pobj"))
    return tuple(child for child in below if child.index > verb.index and stands_with(parsed, _phrase_start(parsed, child)))


def _phrase_start(parsed: Parsed, noun: Token) -> int:
    before = parsed.children(noun, "det", "nmod:poss", "nummod", "amod", "compound")
    return min(child.start for child in (noun, *before))


def stands_with(parsed: Parsed, start: int) -> bool:
    """Whether words before a phrase, or its possessive, say that those whom it names are told with others ("along with [[her two sons]]")."""
    words = [token.norm for token in parsed.tokens_in(max(start - _WITH, 0), start) if token.end <= start]
    words = words[:-1] if words and fold(words[-1]) in word_set(parsed.language, "possessives") else words
    together = figure_words(parsed.language).together
    return any(" ".join(words[-size:]) in together for size in range(1, len(words) + 1))


def _group(parsed: Parsed, quantity: Quantity) -> Token | None:
    """The noun of those whom a number behind it counts: "une [[famille]] de six personnes", "a [[family]] of six"."""
    if quantity.first < 2 or fold(parsed.tokens[quantity.first - 1].norm).rstrip("'") not in word_set(parsed.language, "of"):
        return None
    noun = parsed.tokens[quantity.first - 2]
    return noun if singular(fold(noun.norm), parsed.language) in listed(parsed.language, "collectives") else None


def is_object_of_other(parsed: Parsed, first: Token | None, last: Token) -> bool:
    """Whether the first of several nouns belongs to a verb before them, and not to the one behind ("envoyé 20 soldats et trois civils ont été tués")."""
    verb = None if first is None else next((above for above in parsed.ancestors(first) if above.pos == "VERB"), None)
    return verb is not None and verb.index < last.index


def are_of_parent(parsed: Parsed, quantity: Quantity) -> bool:
    """Whether a number only describes one person before it ("a father of [[four]] was killed", "la mère de [[deux enfants]]")."""
    language = parsed.language
    if quantity.first < 2 or fold(parsed.tokens[quantity.first - 1].norm).rstrip("'") not in word_set(language, "of"):
        return False
    noun = parsed.tokens[quantity.first - 2]
    return noun.pos == "NOUN" and "Number=Plur" not in noun.morph and singular(fold(noun.norm), language) in person_index(language).sexes


def is_inflicted(parsed: Parsed, start: int, end: int) -> bool:
    """Whether the counted are the object of a verb or deed of harm, so that who did it is none of them ("killed three officers", "le meurtre de deux agents")."""
    inside = {token.index for token in parsed.tokens_in(start, end)}
    index, language = measure_index(parsed.language), parsed.language
    for place in sorted(inside):
        token = parsed.tokens[place]
        if token.head not in inside:
            above = parsed.tokens[token.head]
            if token.dep == "nmod":
                return measure_of(index.deeds, above, language) is not None and measure_of(index.fates, above, language) is None
            return token.dep == "obj" and measure_of(index.objects, above, language) is not None
    return False
