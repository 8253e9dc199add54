"""Whom does a pronoun, a surname or a short description take up? Somebody who was named or has spoken before; nobody when the text leaves it open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Literal

from msgspec import Struct

from recoupe.extract.voices.draft import Draft
from recoupe.extract.voices.scene import Scene
from recoupe.extract.voices.subject import is_relative, noun_phrase
from recoupe.extract.voices.turns import initials
from recoupe.language.parsed import Token
from recoupe.model import SourceKind

Number = Literal["one", "several", "unknown"]
_INITIALS = 8  # characters of a name given by its initials
_NEAR = 600  # characters within which a mere kind of body or "it" takes up one that spoke
_BARE = 2  # words of a description that says nothing but a kind: "la même agence"
_PREFIXES = ("al-", "el-", "al ", "el ")
_BODIES: frozenset[SourceKind] = frozenset({"named", "media"})
_SMALL = frozenset({"DET", "ADP", "PUNCT"})


class Identity(Struct, frozen=True):
    """Kind, register actor and name of a source; `person` is a key under which the same speaker is known again."""

    kind: SourceKind
    actor: str | None
    name: str | None
    person: str | None


class Known(Struct, frozen=True):
    """Somebody named or described before, where, and the nouns used for them."""

    identity: Identity
    at: int
    nouns: frozenset[str]
    number: Number
    feminine: bool | None
    spoke: bool
    human: bool


OPEN = Identity("unnamed", None, None, None)
OUTLET = Identity("outlet", None, None, None)


def bare(words: Sequence[str]) -> frozenset[str]:
    """Pronouns without the hyphen that ties them to a verb."""
    return frozenset(word.strip("-") for word in words)


def by_pronoun(scene: Scene, head: Token, known: Sequence[Known]) -> Identity:
    """Somebody named before, when only one reading is likely: the last who spoke, of the same number and gender."""
    word = head.norm.strip("-").removeprefix("t-")
    table = scene.sources
    if word in table.thing:
        return next((one.identity for one in _bodies(known, head.start) if one.identity.kind != "document"), OPEN)
    if word in bare(table.masculine) | bare(table.feminine) | bare(table.possessive):
        feminine = word in bare(table.feminine) if word not in table.possessive else None
        several = word in ("leur", "leurs", "their")
        found = last(known, "several" if several else "one", feminine, scene.sentence_of(head).start)
        return _medium(known, head.start) or OPEN if found == OPEN and feminine and not several and not table.thing else found
    if word in bare(table.plural):
        return last(known, "several", None, scene.sentence_of(head).start)
    return OPEN


def last(known: Sequence[Known], number: Number, feminine: bool | None, sentence: int) -> Identity:  # noqa: FBT001
    """The last of a number and gender who spoke, or who is named since a sentence began."""
    for person in reversed(known):
        if person.identity.name is None or person.identity.kind == "media":
            continue
        if person.identity.kind == "document" and not person.spoke:
            continue
        if person.number not in (number, "unknown") or (feminine is not None and person.feminine not in (feminine, None)):
            continue
        if person.spoke or person.at >= sentence:
            return person.identity
    return OPEN


def whole_name(text: str, known: Sequence[Known]) -> Identity | None:
    """The identity whose full name a surname or initials stand for."""
    words = _surname(text).split()
    short = initials(text) if text == text.upper() and len(text) <= _INITIALS else ""
    for person in reversed(known):
        name = person.identity.name
        if name and len(short) > 1 and initials(name) == short:
            return person.identity
        if name and name != text and len(words) < len(name.split()) and _surname(" ".join(name.split()[-len(words) :])) == " ".join(words):
            return person.identity
    return None


def _surname(text: str) -> str:
    """A name without the Arabic article, which a surname alone often loses: "Maliki" for "al-Maliki"."""
    return text[3:] if text[:3].casefold() in _PREFIXES and len(text) > len("al-") else text


def by_noun(scene: Scene, draft: Draft, head: Token, known: Sequence[Known]) -> Identity | None:
    """The person whom a definite description means: one described by the same noun, or for a short one the last person who spoke."""
    people = [
        person
        for person in known
        if person.identity.name and person.identity.kind == "named" and person.number != "several" and person.identity.person
    ]
    for person in reversed(people):
        if head.lemma in person.nouns:
            return person.identity
    short = len(draft.source[0:1]) == 1 and draft.source[0].end - draft.source[0].start < 30
    if head.lemma in scene.words.office and not short:
        return None
    speakers = [person for person in people if person.spoke]
    if short and head.lemma in scene.words.person and speakers and speakers[-1].nouns & (scene.words.person | scene.words.office):
        return speakers[-1].identity
    return None


def by_kind(scene: Scene, head: Token, known: Sequence[Known]) -> Identity | None:
    """The body, medium or nameless source that a bare definite noun means again.

    It is the only one known by that noun or with it in its name ("l'Observatoire", "the ministry", "la source"), the last that spoke where
    the noun says no more than its kind ("la chaîne", "the group"), or whoever spoke last ("la même source").
    """
    person = head.index in scene.person_at and not scene.parsed.children(head, "det")
    if person or head.lemma in scene.words.person | scene.words.office:
        return None
    whole = takewhile(lambda token: token.norm != "," and not is_relative(scene, token), noun_phrase(scene, head))
    phrase = [token for token in whole if token.pos not in _SMALL]
    again = any(token.norm in scene.sources.same for token in phrase)
    if len(phrase) > (_BARE if again else 1) or "Number=Plur" in head.morph or not is_definite(scene, head):
        return None
    spoken = [one for one in known if one.spoke and one.identity.person]
    if again and spoken:
        return spoken[-1].identity
    words = {head.lemma.casefold(), head.norm}
    named = {one.identity for one in spoken if words & one.nouns and not one.human}
    if len(named) == 1:
        return named.pop()
    if words & scene.words.media:
        return _medium(known, head.start)
    if words & scene.words.bodies:
        return next((one.identity for one in _bodies(known, head.start) if one.identity.kind != "media"), None)
    return None


def _medium(known: Sequence[Known], at: int) -> Identity | None:
    return next((one.identity for one in _bodies(known, at) if one.identity.kind == "media"), None)


def _bodies(known: Sequence[Known], at: int) -> Iterator[Known]:
    """The bodies and media that spoke shortly before a place, the last first."""
    return (
        one for one in reversed(known) if one.spoke and one.identity.name and one.identity.kind in _BODIES and not one.human and at - one.at <= _NEAR
    )


def number_of(head: Token) -> Number:
    """Whether a noun is of one or of several."""
    if "Number=Plur" in head.morph:
        return "several"
    return "one" if "Number=Sing" in head.morph else "unknown"


def is_definite(scene: Scene, head: Token) -> bool:
    """Whether a noun has a definite article or an owner, or is a name."""
    return (
        any(child.norm in scene.sources.definite or child.norm in scene.sources.possessive for child in scene.parsed.children(head, "det", "case"))
        or bool(scene.parsed.children(head, "nmod:poss"))
        or head.pos == "PROPN"
    )
