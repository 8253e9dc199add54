"""Which verb carries a noun's event? "mener une opération", "une attaque a visé", "déjouer un attentat", "l'offensive lancée par X"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from recoupe.extract.events.conditions import keys
from recoupe.extract.events.grammar import Grammar, Slots
from recoupe.language.parsed import Token
from recoupe.language.triggers import Light, event_words
from recoupe.model import Language, Stage

_STAGES: dict[str, Stage] = {"attempted": "attempted", "planned": "planned", "ongoing": "ongoing"}


class Support(Struct, frozen=True):
    """A carrying verb with its slots and what they fill."""

    verb: Token
    light: Light
    slots: Slots


@cache
def lights(language: Language) -> dict[str, tuple[Light, ...]]:
    """The carrying verbs of a language by lemma."""
    found: dict[str, tuple[Light, ...]] = {}
    for light in event_words(language).light:
        for written in light.verbs:
            found[written] = (*found.get(written, ()), light)
    return found


def carrier_of(grammar: Grammar, noun: Token) -> tuple[Token, Stage | None]:
    """The outermost noun that merely carries the event ("une tentative d'infiltration", "une série d'attaques"), with the stage it tells."""
    stage: Stage | None = None
    top = noun
    for _ in range(3):
        head = grammar.parsed.head(top)
        if head is None:
            break
        if top.dep == "conj" and head.pos in {"NOUN", "PROPN"}:
            top = head
            continue
        key = next((key for key in (head.lemma.lower(), head.norm) if key in grammar.words.carriers), None)
        if head.pos == "NOUN" and not {head.norm, head.lemma.lower()}.isdisjoint(grammar.words.collective):
            top = head
            continue
        if key is None or head.pos not in {"NOUN", "PROPN"}:
            break
        stage = _STAGES.get(grammar.words.carriers[key], stage)
        top = head
    return top, stage


def supports(grammar: Grammar, noun: Token) -> Iterator[Support]:
    """The verbs that carry the event of a noun, the nearest first."""
    table = lights(grammar.parsed.language)
    endings = grammar.words.endings
    candidates = list(grammar.parsed.children(noun, "acl", "acl:relcl", "amod"))
    candidates += [other for verb in candidates for other in grammar.parsed.children(verb, "conj")]
    head = grammar.parsed.head(noun)
    if head is not None:
        candidates.append(head)
        if head.lemma in grammar.words.modal:
            candidates += grammar.parsed.children(head, "xcomp")  # "l'attaque pourrait avoir été menée par X"
        candidates += [other for other in grammar.parsed.children(head, "conj") if head.pos == "VERB" and noun in grammar.verb(other).subject]
    before = _verb_before(grammar, noun)
    if before is not None and before not in candidates:
        candidates.append(before)
    for verb in candidates:
        known = next((table[key] for key in keys(verb, endings) if key in table), ())
        if not known:
            continue
        slots = grammar.verb(verb)
        place = _of_relative(grammar, verb, noun) or _place(grammar, slots, noun) or ("object" if verb == before else None)
        for light in known:
            if light.noun == place or (light.noun == "to" and place in grammar.words.to) or (light.noun == "of" and place in grammar.words.of):
                yield Support(verb, light, slots)
                break


def _verb_before(grammar: Grammar, noun: Token) -> Token | None:
    """The verb whose object the noun must be by position, article and adjectives between ("lancé une violente offensive")."""
    for token in reversed(grammar.parsed.tokens[grammar.parsed.sentence_of(noun).first : noun.index]):
        if token.pos == "VERB":
            return token if noun.index - token.index > 1 else None
        if token.pos not in {"DET", "ADJ", "NUM"}:
            return None
    return None


def _place(grammar: Grammar, slots: Slots, noun: Token) -> str | None:
    if noun in slots.object:
        return "object"
    if noun in slots.subject:
        return "subject"
    found = next((preposition for preposition, other in slots.obliques if other == noun), None)
    return "object" if found in grammar.words.partitive else found


def _of_relative(grammar: Grammar, verb: Token, noun: Token) -> str | None:
    """ "of" where a relative clause takes up a noun so ("l'appui [[dont]] bénéficie Daech")."""
    led = verb.dep.startswith("acl") and verb.head == noun.index
    return grammar.words.of[0] if led and any(child.norm in grammar.words.relative_of for child in grammar.parsed.children(verb)) else None
