"""Who is held responsible for an event, by words that are not its own? "X a revendiqué l'attentat", "blamed X for the attack", "tient X pour responsable".

An event without a doer takes the party that claims it, denies it, or is accused of it, and how sure that makes the responsibility on MUC-4's
scale (MUC-4 Conference, 1992, "perpetrator confidence").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from recoupe.extract.events.conditions import keys
from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.roles import Casting
from recoupe.extract.events.support import carrier_of
from recoupe.language.hedges import hedge_table
from recoupe.language.mood import is_only_possible
from recoupe.language.parsed import Parsed, Token
from recoupe.language.sources import source_words
from recoupe.language.triggers import Blame, event_words
from recoupe.model import ActorMention, Language, Responsibility

_VERBAL = frozenset({"VERB", "AUX"})


class Frame(Struct, frozen=True):
    """A verb that an event is the matter of: how the event hangs on it, the word between, and the word that has the verb's slots."""

    verb: Token
    link: str
    clause: Token
    through: Token | None = None


class Held(Struct, frozen=True):
    """The parties held responsible and how surely, None where it is as sure as the voice that tells the deed."""

    parties: tuple[ActorMention, ...]
    level: Responsibility | None


@cache
def _blames(language: Language) -> dict[str, tuple[Blame, ...]]:
    found: dict[str, tuple[Blame, ...]] = {}
    for blame in event_words(language).blame:
        for verb in blame.verbs:
            found[verb] = (*found.get(verb, ()), blame)
    return found


def held_responsible(grammar: Grammar, casting: Casting, event: Token) -> Held | None:
    """The parties that a claim, a denial or an accusation around an event names; None where there is none, or it says nothing when negated."""
    top = event if event.pos == "VERB" else carrier_of(grammar, event)[0]
    table = _blames(grammar.parsed.language)
    for frame in (frame for word in dict.fromkeys((top, event)) for frame in _frames(grammar, word)):
        for blame in (entry for key in keys(frame.verb, grammar.words.endings) for entry in table.get(key, ())):
            if frame.link not in blame.event or not _goes_through(grammar, blame, frame):
                continue
            negated = _is_negated(grammar.parsed, frame.verb, frame.through)
            if negated and (blame.negated is None or _of_nobody(grammar.parsed, frame.verb)):
                continue
            parties = _spoken_for(grammar, casting, frame, top) or _parties(grammar, casting, blame, frame, top)
            if parties:
                level = None if blame.level == "fact" else _level(grammar, blame, frame.verb)
                return Held(parties, blame.negated if negated else level)
    return None


def suspicion(grammar: Grammar, verb: Token) -> Responsibility | None:
    """How surely a verb holds its object responsible that doesn't say of what, None where it says so, is negated, or is no such verb."""
    told = grammar.parsed.children(verb, "xcomp", "ccomp", "advcl", "prep") or any(
        grammar.parsed.children(noun, "prep", "acl") for noun in grammar.verb(verb).object
    )
    if told or _is_negated(grammar.parsed, verb):
        return None
    table = _blames(grammar.parsed.language)
    for blame in (entry for key in keys(verb, grammar.words.endings) for entry in table.get(key, ())):
        if "object" in blame.actor and not blame.through:
            matter = any(preposition in blame.event for preposition, _ in grammar.verb(verb).obliques)
            return None if matter else _level(grammar, blame, verb)
    return None


def _frames(grammar: Grammar, event: Token) -> Iterator[Frame]:
    """The verbs whose matter an event can be, the nearest first."""
    parsed, head = grammar.parsed, grammar.parsed.head(event)
    yield from _described(grammar, event)
    if event.dep == "acl:relcl" and head is not None and event.pos == "VERB" and _is_weapon(grammar, head):
        yield from _frames(grammar, head)  # "claimed the bomb that [[killed]] two people"
    case = parsed.children(event, "case")
    yield from (Frame(copula, case[0].norm, event) for copula in parsed.children(event, "cop")[:1] if case)  # "X est derrière l'attaque"
    if head is None:
        return
    for noun in (event, *parsed.children(event, "nmod", "conj")):  # "the murder of two priests, for which …", hung on the priests
        for clause in parsed.children(noun, "acl:relcl", "acl"):
            yield from _relative(grammar, clause)
    above = parsed.head(head)
    if event.dep == "pcomp" and above is not None:
        yield from _through(grammar, head.norm, above)
    elif case:
        yield from _through(grammar, case[0].norm, head)
    slots = grammar.verb(head) if head.pos in _VERBAL else None
    # The parser may take an object for an adverbial: "a revendiqué dimanche [[quatre attentats]]".
    bare = slots is not None and event.dep.startswith("obl") and not case and not slots.object
    if slots is not None and (bare or event in (*slots.object, *slots.subject)):
        yield Frame(head, "object" if bare or event in slots.object else "subject", head)
    if slots is not None and event in slots.subject:
        beside = (*slots.object, *parsed.children(head, "attr"))
        yield from (Frame(head, "subject", head, noun) for noun in beside)  # "l'attaque porte la marque de X", "was the work of X"
        predicates = parsed.children(head, "xcomp")
        yield from (
            Frame(copula, "subject", head, noun) for noun in predicates for copula in parsed.children(noun, "cop")
        )  # "pourrait être l'œuvre de X"
    if head.pos == "NOUN" and event.dep.startswith("nsubj"):
        yield from (Frame(copula, "subject", head, head) for copula in parsed.children(head, "cop"))  # "the attack was the work of X"


def _is_weapon(grammar: Grammar, noun: Token) -> bool:
    return not grammar.words.members("explosive").isdisjoint({noun.lemma.lower(), noun.norm})


def _described(grammar: Grammar, event: Token) -> Iterator[Frame]:
    """The frames of participles behind an event: "l'attaque imputée à X", and "l'attentat à la bombe attribué à X", hung on the bomb."""
    for noun in (event, *grammar.parsed.children(event, "nmod")):
        for participle in grammar.parsed.children(noun, "acl"):
            if noun in grammar.verb(participle).object:
                yield Frame(participle, "object", participle)


def _relative(grammar: Grammar, clause: Token) -> Iterator[Frame]:
    """The frames of an event that a relative pronoun stands for: "which they blamed on X", "dont ils tiennent X pour responsable", "qui porte la marque de X"."""
    parsed, words = grammar.parsed, grammar.words
    for pronoun in parsed.children(clause):
        case = parsed.children(pronoun, "case")
        if pronoun.norm in words.relative_of:
            links = words.of
        elif pronoun.norm in words.relative_subject and pronoun.dep.startswith("nsubj"):
            links = ("subject",)
        elif pronoun.norm in words.relative_object:
            links = (case[0].norm,) if case else ("object",)
        else:
            continue
        beside = (
            *parsed.children(clause, "ccomp", "xcomp", "attr"),
            *(part for noun in grammar.verb(clause).object for part in (noun, *parsed.children(noun, "nmod"))),
        )
        for link in links:
            yield Frame(clause, link, clause)
            yield from (Frame(clause, link, clause, word) for word in beside)


def _through(grammar: Grammar, link: str, head: Token) -> Iterator[Frame]:
    """The frames of an event that hangs on a word by a preposition: the word's own, and those of the verbs above or beside it."""
    parsed = grammar.parsed
    if head.pos in _VERBAL:
        yield Frame(head, link, head)
        beside = (*grammar.verb(head).object, *parsed.children(head, "xcomp"))
        yield from (Frame(head, link, head, word) for word in beside)  # "a reconnu son rôle dans l'attaque", hung on the verb
        pronoun = parsed.head(head) if head.dep in ("acl", "acl:relcl") else None
        above = None if pronoun is None else parsed.head(pronoun)
        if pronoun is not None and pronoun.pos == "PRON" and above is not None:  # "n'a rien à voir avec l'attaque"
            yield Frame(above, link, above, pronoun)
        return
    yield from (Frame(copula, link, head, head) for copula in parsed.children(head, "cop"))
    for above in list(parsed.ancestors(head))[:2]:
        if above.pos in _VERBAL:
            yield Frame(above, link, above, head)
            yield Frame(above, link, above)  # "blamed X for the attack", hung on X
            return


def _goes_through(grammar: Grammar, blame: Blame, frame: Frame) -> bool:
    if not blame.through:
        return frame.through is None
    return frame.through is not None and any(key in blame.through for key in keys(frame.through, grammar.words.plurals))


def _parties(grammar: Grammar, casting: Casting, blame: Blame, frame: Frame, event: Token) -> tuple[ActorMention, ...]:
    """The mentions in the slots of the verb, or where the parser hung them: on the word between, or on the event."""
    judged = frame.through if "object" in blame.actor else None
    found: tuple[ActorMention, ...] = ()
    if judged is not None and grammar.parsed.children(judged, "nsubj"):  # "hold [the army] responsible", hung on the adjective
        found = casting.parties(("subject",), grammar.verb(judged), judged)
    if not found:
        found = casting.parties(blame.actor, grammar.verb(frame.clause), frame.clause)
    if not found and frame.through is not None and not {"subject", "object"} & set(blame.actor):
        found = casting.parties(blame.actor, grammar.noun(frame.through), frame.through)
    if not found and not {"subject", "object"} & set(blame.actor):
        found = casting.parties(blame.actor, grammar.noun(event), event)
    return found


def _spoken_for(grammar: Grammar, casting: Casting, frame: Frame, event: Token) -> tuple[ActorMention, ...]:
    """For whom a deed is claimed: "on behalf of X", or whose statement claims it."""
    holders = (frame.clause, event, *((frame.through,) if frame.through is not None else ()))
    beside = (noun for holder in holders for noun in grammar.parsed.children(holder, "obl", "obl:arg", "obl:mod", "nmod"))
    for noun in beside:
        if noun.lemma.lower() in grammar.words.proxies:
            return casting.parties(("of",), grammar.noun(noun), noun)
    for noun in grammar.verb(frame.clause).subject:
        if noun.lemma.lower() in grammar.words.documents:
            signed = (
                party for part in grammar.parsed.children(noun, "acl") for party in casting.parties(("agent", "subject"), grammar.verb(part), part)
            )
            return tuple(signed) or casting.parties(("of", "from"), grammar.noun(noun), noun)
    return ()


def _is_negated(parsed: Parsed, verb: Token, through: Token | None = None) -> bool:
    """Whether a verb is negated, itself or by what it says that there is none of: "was not claimed", "bore [[no]] responsibility", "n'a [[rien]] à voir"."""
    negation = hedge_table(parsed.language).negation
    if _of_nobody(parsed, verb):
        return True
    beside = parsed.children(verb, "obl", "obl:agent", "obl:mod", "obl:arg")
    below = [verb, *parsed.children(verb), *(part for child in beside for part in parsed.children(child))]
    below += parsed.children(through) if through is not None else ()
    return any(token.norm in negation.closers or token.norm in negation.determiners for token in below)


def _of_nobody(parsed: Parsed, verb: Token) -> bool:
    """Whether nobody is a verb's subject or agent: "no group", "par aucun groupe"."""
    negation = hedge_table(parsed.language).negation
    parties = parsed.children(verb, "nsubj", "obl:agent")
    without = (child.norm for party in parties for child in parsed.children(party, "det", "advmod"))
    return any(party.norm in negation.subjects for party in parties) or any(word in negation.determiners for word in without)


def _level(grammar: Grammar, blame: Blame, verb: Token) -> Responsibility:
    """The entry's level; what only may be so is possible, an accusation by those who accuse by office is of their level."""
    head = grammar.parsed.head(verb) if verb.dep == "cop" else None
    governor = grammar.parsed.head(head) if head is not None and head.dep == "xcomp" else None
    if blame.level == "accused" and any(is_only_possible(grammar.parsed, one) for one in (verb, governor) if one is not None):
        return "possible"
    if blame.level != "accused" or "subject" in blame.actor:
        return blame.level
    authority = source_words(grammar.parsed.language).authority
    slots = grammar.verb(verb)
    accusers = [token for noun in slots.subject for token in (noun, *grammar.parsed.children(noun))]
    return "accused-by-authorities" if any(key in authority for token in accusers for key in keys(token, grammar.words.plurals)) else "accused"
