"""Is a name that a place bears used as a place? Told from persons, parts of longer names, and states that act through their name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import Literal

from msgspec import Struct

from recoupe.extract.places_candidates import Candidate, in_capitals, in_title_case
from recoupe.knowledge.places import PlaceEntry
from recoupe.knowledge.places.tables import transcribed_countries
from recoupe.language.actors import fold, word_set
from recoupe.language.joined import first_joined
from recoupe.language.parsed import Name, Parsed, Token
from recoupe.language.places import PlaceWords
from recoupe.language.triggers import event_words
from recoupe.model import ActorMention

Use = Literal["place", "metonym", "embedded", "no"]

_WIDE = frozenset(("country", "continent", "region", "sea", "strait", "river", "division", "desert", "mountain", "border", "base", "camp", "crossing", "oilfield", "dam", "island", "valley", "plant", "bridge", "site"))  # fmt: skip
_LARGE_TOWN = 100_000  # inhabitants; such a town is meant by its bare name, a smaller one needs a word that says so
_TOWN = 5_000
_OWNED_BY = ("nmod:poss", "poss")
_ACTS = frozenset(("VERB", "AUX", "ADJ"))
_GOES_ON = re.compile(r"(?:['’]s)?(?: | & )[^\W_a-z]")


class Context(Struct, frozen=True):
    """What the whole document says: the countries it speaks of, the parts of the names of its persons, and where names that places bear begin.

    `mostly` are those parts that stand more often in the names of persons than in others.
    """

    spoken: frozenset[str]
    persons: frozenset[str]
    mostly: frozenset[str]
    begin: frozenset[int]


def context_of(parsed: Parsed, spoken: Iterable[str], found: Iterable[Candidate]) -> Context:
    """The context of a document, with the countries that it speaks of and the names that places bear."""
    names = [name.text.split() for name in parsed.names if name.kind == "person"]
    persons = frozenset(part for parts in names if len(parts) > 1 for part in parts)
    times = Counter(part for parts in names for part in parts)
    others = Counter(part for name in parsed.names if name.kind != "person" for part in name.text.split())
    mostly = frozenset(part for part in persons if times[part] > others[part])
    return Context(frozenset(spoken), persons, mostly, frozenset(candidate.start for candidate in found))


def use_of(candidate: Candidate, parsed: Parsed, words: PlaceWords, actors: Sequence[ActorMention], context: Context) -> Use:
    """How the name is used; "no" where nothing says that it is a place at all."""
    token = parsed.token_at(candidate.start)
    if token is None or candidate.text in words.never.words:
        return "no"
    named = _names_over(candidate, parsed)
    if candidate.cue == "locative" and candidate.feature is None:
        if _is_only_person(candidate, named, context):
            return "no"
        if _opens_longer_name(candidate, parsed, named, context):
            return "embedded"
    if candidate.cue != "locative" and candidate.feature is None:
        if _is_person(candidate, parsed, named, words, context) or _is_name_of_person(candidate, context):
            return "no"
        if _in_longer_name(candidate, parsed, token, named, words):
            return "embedded"
    if _is_model(candidate, parsed, token) or not _is_likely(candidate, parsed, token, named, context.spoken):
        return "no"
    if _acts(candidate, parsed, token, words):
        return "metonym"
    acts = any(actor.start == candidate.start and actor.end == candidate.end for actor in actors)
    return "metonym" if acts and (candidate.cue != "locative" or _is_addressed(parsed, token)) else "place"


def _is_model(candidate: Candidate, parsed: Parsed, token: Token) -> bool:
    """Whether the name is of a kind of weapon ("des missiles [[Taurus]]"): it stands bare behind a noun of gear."""
    before = parsed.tokens[token.index - 1] if token.index and candidate.cue == "none" else None
    return before is not None and before.pos == "NOUN" and before.lemma.lower() in event_words(parsed.language).members("gear")


def _names_over(candidate: Candidate, parsed: Parsed) -> tuple[Name, ...]:
    return parsed.names_in(candidate.start, candidate.end)


def _is_person(candidate: Candidate, parsed: Parsed, named: Sequence[Name], words: PlaceWords, context: Context) -> bool:
    before = parsed.text[max(0, candidate.start - 40) : candidate.start].split()[-3:]
    while len(before) > 1 and before[-1][:1].isupper() and before[-1].casefold() not in words.people.words and before[-1][-1].isalpha():
        before.pop()
    if before and before[-1].casefold() in words.people.words:
        return True
    if any(name.start == candidate.start and name.end == candidate.end for name in named) and _is_of(candidate.entries, context.spoken):
        return False
    for name in named:
        if name.kind == "person" and (name.start < candidate.start - 1 or name.end > candidate.end + 1 or not is_large(candidate.entries)):
            return not (name.end == candidate.end and candidate.cue == "of" and is_large(candidate.entries))
    return False


def _is_only_person(candidate: Candidate, named: Sequence[Name], context: Context) -> bool:
    """Whether all that is known of a name after a preposition is that a person has it, or that one has who is named more often than the place."""
    kinds = {name.kind for name in named}
    person = candidate.text in context.mostly if "place" in kinds else "person" in kinds or candidate.text in context.persons
    return person and not is_large(candidate.entries) and not _is_of(candidate.entries, context.spoken)


def _is_name_of_person(candidate: Candidate, context: Context) -> bool:
    """Whether a person of the text has this name ("Michael Jordan", then "Jordan"); a state or its seat is not overruled by it."""
    return candidate.text in context.persons and not any(entry.kind == "country" or entry.capital for entry in candidate.entries[:1])


def _in_longer_name(candidate: Candidate, parsed: Parsed, token: Token, named: Sequence[Name], words: PlaceWords) -> bool:
    if in_capitals(parsed, candidate.start):
        return False
    last = parsed.token_at(candidate.end - 1) or token
    after = parsed.tokens[last.index + 1] if last.index + 1 < len(parsed.tokens) else None
    before = parsed.tokens[token.index - 1] if token.index else None
    gap = parsed.text[candidate.end : after.start] if after else "\n"
    if after is not None and gap in (" ", "\u00a0") and after.pos == "PROPN" and after.text[0].isupper() and last.end == candidate.end:
        return not any(name.kind == "place" and name.end == candidate.end for name in named)
    joined = before is not None and parsed.text[before.end : token.start] in (" ", "\u00a0")
    of_country = before is not None and before.norm in words.country_of_adjective
    if before is not None and joined and not of_country and before.text[0].isupper() and before.pos in ("PROPN", "NOUN", "ADJ", "X"):
        return not any(name.kind == "place" and name.start == candidate.start for name in named)
    return any(
        name.kind == "organisation" and candidate.cue == "none" and (name.start < candidate.start - 4 or name.end > candidate.end) for name in named
    )


def _opens_longer_name(candidate: Candidate, parsed: Parsed, named: Sequence[Name], context: Context) -> bool:
    """Whether a name after a preposition goes on to that of something else ("near [[Mack]] Avenue", "at [[Riley]] Hospital"), and not of where it lies."""
    rests = (parsed.text[candidate.end : name.end] for name in named if name.start <= candidate.start)
    more = any((more := _GOES_ON.match(rest)) is not None and candidate.end + more.end() - 1 not in context.begin for rest in rests)
    return more and not in_title_case(parsed, candidate.start)


def is_large(entries: Sequence[PlaceEntry]) -> bool:
    """Whether a bare name is likely to mean one of these places."""
    return any(entry.kind in _WIDE or entry.capital or (entry.kind == "town" and entry.population >= _LARGE_TOWN) for entry in entries[:3])


def _is_of(entries: Sequence[PlaceEntry], spoken: Container[str]) -> bool:
    """Whether a town of a country that the text speaks of bears the name, where names of towns are no names of persons.

    It is no small one, as far as anybody counted.
    """
    towns = (entry for entry in entries if not entry.population or entry.population >= _TOWN)
    return any(entry.country in spoken and entry.country in transcribed_countries() for entry in towns)


def _is_likely(candidate: Candidate, parsed: Parsed, token: Token, named: Sequence[Name], spoken: Container[str]) -> bool:
    if candidate.feature is not None:
        return True
    ends = [name for name in named if name.kind == "place" and name.end == candidate.end]
    if any(abs(name.start - candidate.start) <= 3 or (candidate.exact and name.start > candidate.start) for name in ends):
        return candidate.exact or candidate.cue != "none" or len(candidate.text) > 5
    proper = any(part.pos in ("PROPN", "X", "NOUN") for part in parsed.tokens_in(candidate.start, candidate.end))
    if candidate.cue == "locative" and proper:
        return candidate.exact or bool(named)
    known = candidate.exact and (is_large(candidate.entries) or _is_of(candidate.entries, spoken))
    return known and proper and (token.pos == "PROPN" or candidate.cue != "none" or bool(named) or " " in candidate.text)


def _acts(candidate: Candidate, parsed: Parsed, token: Token, words: PlaceWords) -> bool:
    """Whether a state or its seat acts, or is acted on, through its name."""
    if candidate.cue == "locative":
        return False
    if candidate.text in words.acting.words:
        return True
    if candidate.feature is not None:
        return False
    if not any(entry.kind == "country" or entry.capital for entry in candidate.entries[:2]):
        return False
    head = parsed.head(first_joined(parsed, token))
    noun = {candidate.noun, head.norm if head is not None and head.pos == "NOUN" else ""}
    above = noun | {ancestor.norm for _, ancestor in zip(range(3), parsed.ancestors(token), strict=False)}
    if candidate.cue == "by":
        return True
    if candidate.cue == "with":
        return not above & set(words.borders.words)
    if candidate.cue == "against":
        return not (above & set(words.attacks.words) and candidate.entries[0].kind != "country")
    if candidate.cue == "of" or token.dep in _OWNED_BY:
        return bool(noun & set(words.ruled.words))
    following = parsed.text[candidate.end : candidate.end + 2].strip()
    seat = candidate.entries[0].kind != "country" and candidate.opening and following[:1].isalpha()
    return _is_agent(parsed, token) or (seat and not _is_stage(parsed, token))


def _is_addressed(parsed: Parsed, token: Token) -> bool:
    """Whether a preposition of those who are given or told something stands before a name, so that the actor there is no place."""
    at = token.index - 1
    while at >= 0 and parsed.tokens[at].pos == "DET":
        at -= 1
    return at >= 0 and fold(parsed.tokens[at].norm) in word_set(parsed.language, "dative")


def is_water(candidate: Candidate, parsed: Parsed, words: PlaceWords) -> bool:
    """Whether the river is meant by a name that a country bears too: by the noun it belongs to, or what is said of it ("est en crue")."""
    if not {"river", "country"} <= {entry.kind for entry in candidate.entries}:
        return False
    token = parsed.token_at(candidate.start)
    if token is None:
        return False
    above = [ancestor for _, ancestor in zip(range(2), parsed.ancestors(token), strict=False)]
    around = {word for one in above for word in (one.norm, one.lemma)} | {candidate.noun}
    if token.dep in ("nsubj", "nsubj:pass") and above:
        around |= {child.norm for child in parsed.children(above[0], "obl", "obl:mod", "obl:arg", "nmod")}
    return bool(around & set(words.waters.words))


def _is_stage(parsed: Parsed, token: Token) -> bool:
    """Whether a name is the subject of what is done to a place, or of what it is said to be ("[[Tripoli]] a été secouée", "[[Kaboul]] a été le théâtre")."""
    head = parsed.head(token)
    if head is None or not token.dep.startswith("nsubj"):
        return False
    return (
        token.dep == "nsubj:pass"
        or any(child.dep == "aux:pass" for child in parsed.children(head))
        or (head.pos == "NOUN" and bool(parsed.children(head, "cop")))
    )


def _is_agent(parsed: Parsed, token: Token) -> bool:
    """Whether the name, or what it is joined to, is the subject of what somebody does."""
    for _ in range(3):
        head = parsed.head(token)
        if head is None:
            return False
        if token.dep in ("nsubj", "nsubj:caus"):
            return head.pos in _ACTS
        if token.dep == "nsubj:pass":
            return head.lemma in event_words(parsed.language).object_control
        if token.dep not in ("conj", "flat:name", "flat", "appos"):
            return False
        token = head
    return False
