"""Which noun is the subject of a verb to which the parser gave none? One that it hung elsewhere: inverted, bare, cut off, or made an object of."""

from __future__ import annotations

from recoupe.language.parsed import Parsed, Token

_VERBAL = frozenset({"VERB", "AUX"})


def displaced_subject(parsed: Parsed, verb: Token) -> Token | None:
    """The subject of a verb that has none in the parse, None where no noun looks like it.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Comme l'a promis le président, l'armée se retire.", "fr")
    >>> [noun.text for verb in parsed.tokens if verb.text == "promis" and (noun := displaced_subject(parsed, verb))]
    ['président']
    """
    return _described(parsed, verb) or _inverted(parsed, verb) or _bare(parsed, verb)


def _described(parsed: Parsed, verb: Token) -> Token | None:
    """The noun before a verb whose participle the parser made a clause of ("[[retreating militiamen]] had set fire to the town")."""
    for clause in parsed.children(verb, "csubj"):
        for noun in parsed.children(clause, "obj"):
            between = parsed.tokens[clause.index + 1 : noun.index]
            if noun.index < verb.index and "Number=Plur" in noun.morph and all(token.pos in {"ADJ", "PROPN", "NOUN"} for token in between):
                return noun
    return None


def _inverted(parsed: Parsed, verb: Token) -> Token | None:
    """The noun behind a verb that has a pronoun for its object already ("comme l'a promis [[le président]]")."""
    objects = parsed.children(verb, "obj")
    if len(objects) < 2 or not is_finite(parsed, verb) or objects[0].pos != "PRON" or objects[0].index > verb.index:
        return None
    return objects[1] if objects[1].index > verb.index and objects[1].pos in {"NOUN", "PROPN"} else None


def _bare(parsed: Parsed, verb: Token) -> Token | None:
    """The noun with an article and no preposition before a finite verb that the parser took for an adverbial."""
    if not is_finite(parsed, verb):
        return None
    for child in parsed.children(verb, "obj"):
        if child.index < verb.index and child.pos in {"NOUN", "PROPN"} and not parsed.children(child, "advmod", "mark"):
            return child
    for child in parsed.children(verb, "obl:mod", "obl:arg", "dislocated"):
        if child.index > verb.index or child.pos != "NOUN" or parsed.children(child, "case"):
            continue
        if parsed.children(child, "det") and not any(part.pos == "NUM" for part in parsed.children(child)):
            return child
    return _cut_off(parsed, verb)


def _cut_off(parsed: Parsed, verb: Token) -> Token | None:
    """The noun before a main verb that the parser made a root of its own, or a sentence ("Les convois militaires US fuient")."""
    if verb.dep != "ROOT":
        return None
    sentence = parsed.sentence_of(verb)
    before = parsed.sentences[sentence.index - 1] if sentence.index else sentence
    torn = sentence.start - before.end <= 1 and "\n" not in parsed.text[before.end : sentence.start]
    for token in reversed(parsed.tokens[before.first if torn else sentence.first : verb.index]):
        if token.pos in _VERBAL or (token.pos == "PUNCT" and token.norm != "-"):
            return None
        if token.dep == "ROOT" and token.pos in {"NOUN", "PROPN"} and not parsed.children(token, "case"):
            return token
    return None


def is_finite(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb is finite, or its auxiliary."""
    if "VerbForm=Fin" not in verb.morph:
        return any("VerbForm=Fin" in child.morph for child in parsed.children(verb, "aux"))
    return True
