"""Which words show that something is being said, known, believed, asked or promised? `cues.toml`, and where its entries stand in a text."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from recoupe.language.forms import regular_forms
from recoupe.language.pack import load_table
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Language, Stance

CueKind = Literal[
    "say", "claim", "show", "know", "opinion", "suspect", "fear", "hope", "doubt", "predict", "warn", "threat", "promise", "demand", "ask",
    "deny", "accuse", "judge",
]  # fmt: skip
Needs = Literal["any", "clause", "that", "infinitive", "speech", "quoted", "predicate", "to", "toward"]
ObjectRole = Literal["content", "speaker", "document", "said", "event", "account", "target", "hearer", "no"]

_VERBAL = frozenset({"VERB", "AUX"})
_LOOSE = frozenset({"ADV", "PRON", "DET", "PUNCT"})


class Cue(Struct, frozen=True, forbid_unknown_fields=True):
    """A verb or noun of saying.

    `needs` is what must stand beside it for the word to be a cue at all: anything (`any`), a clause or a quotation (`clause`; `that` bars
    infinitives), a quotation (`speech`), quoted words (`quoted`), an object with its predicate (`predicate`), "à" with what follows (`to`),
    an object and "à" with whom it is laid to (`toward`). `speaker`: only of a subject that can speak, whatever it says.
    `object` says when its object is content: always, when the subject can speak (`speaker`), is a document, when the object is itself
    something said (`said`), a figure or version that is given (`account`) or an event (`event`), together with the complement (`target`),
    never because it is who listens (`hearer`, `no`).
    `after` are the prepositions that lead in the content (behind a noun: of what is no speaker; with `object` `speaker` only where it has an
    owner); `negated`: a cue only under negation ("ne cache pas").
    """

    lemma: str
    kind: CueKind
    yes: tuple[str, ...]
    stance: Stance = "neutral"
    denial: bool = False
    needs: Needs = "any"
    object: ObjectRole = "content"
    after: tuple[str, ...] = ()
    negated: bool = False
    speaker: bool = False
    no: tuple[str, ...] = ()


class According(Struct, frozen=True, forbid_unknown_fields=True):
    """A preposition that names a source: "selon".

    `needs` limits it: `speakers` (several people who can speak, before a comma), `view` (these, and one who holds a view), `bare` (the noun itself is the source), `none` (no noun follows),
    `own` (a possessive in it is the source);
    `speaker`: only before somebody who can speak, at the beginning of a sentence or behind a mark.
    """

    words: str
    yes: tuple[str, ...]
    needs: Literal["", "speakers", "view", "bare", "none", "own"] = ""
    speaker: bool = False
    stance: Stance = "neutral"
    no: tuple[str, ...] = ()


class Relay(Struct, frozen=True, forbid_unknown_fields=True):
    """A verb that names through whom a speaker reaches us: "interrogé par" (`forms`: its past participles), "citant"."""

    lemma: str
    role: Literal["questioned", "quoted"]
    forms: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


class CueWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The small words around cues."""

    complementizers: tuple[str, ...]
    questions: tuple[str, ...]
    infinitive_marks: tuple[str, ...]
    gerund: str
    be: tuple[str, ...]
    going_on: tuple[str, ...]
    elided: tuple[str, ...]
    clitics: tuple[str, ...]
    reflexives: tuple[str, ...]
    inverted: tuple[str, ...]
    narration: tuple[str, ...]
    notes: tuple[str, ...]
    negators: tuple[str, ...]
    which: tuple[str, ...]
    unsaid: tuple[str, ...]
    namely: tuple[str, ...]
    summing: tuple[str, ...]
    said: tuple[str, ...]
    charged: tuple[str, ...]
    ways: tuple[str, ...]
    compared: tuple[str, ...]
    selves: dict[str, str]
    made: tuple[str, ...]
    enacted: tuple[str, ...]
    nameless: tuple[str, ...]
    raising: tuple[str, ...]
    perceived: tuple[str, ...]
    told: tuple[str, ...]
    accounts: tuple[str, ...]
    idioms: tuple[str, ...]
    contrast: tuple[str, ...]
    object_pronouns: tuple[str, ...]
    like: tuple[str, ...]
    by: tuple[str, ...]
    inside: tuple[str, ...]
    to: tuple[str, ...]
    of: tuple[str, ...]


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """The prepositions of a language that name a source."""

    phrases: tuple[According, ...]


class CueLists(Struct, frozen=True, forbid_unknown_fields=True):
    """The verbs and nouns of a language that show that something is said."""

    verbs: tuple[Cue, ...]
    relays: tuple[Relay, ...]
    nouns: tuple[Cue, ...]


class CueTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`cues.toml`; `endings` are those of the regular verbs by the ending of the infinitive, `irregular` other forms."""

    endings: dict[str, tuple[str, ...]]
    irregular: dict[str, str]
    words: CueWords
    according: Phrases
    cues: CueLists


class CueMatch(Struct, frozen=True, gc=False):
    """A cue in a text: the index of its head token, and of the last of its tokens plus one."""

    cue: Cue
    head: int
    last: int


def cue_table(language: Language) -> CueTable:
    """The cues of a language."""
    return load_table(language, "cues", CueTable)


@cache
def _verbs(language: Language) -> dict[str, tuple[tuple[Cue, tuple[str, ...], bool], ...]]:
    """By the lemma of the verb: the cue, the words that must follow, whether it is reflexive; longer ones first."""
    table = cue_table(language)
    found: dict[str, list[tuple[Cue, tuple[str, ...], bool]]] = {}
    for cue in table.cues.verbs:
        spelled = cue.lemma.replace("s'", "se ", 1) if cue.lemma.startswith("s'") else cue.lemma
        words = spelled.replace("'", "' ").split()
        reflexive = words[0] == "se"
        words = words[1:] if reflexive else words
        found.setdefault(words[0], []).append((cue, tuple(words[1:]), reflexive))
    return {lemma: tuple(sorted(cues, key=lambda entry: -len(entry[1]) - entry[2])) for lemma, cues in found.items()}


@cache
def _forms(language: Language) -> dict[str, str]:
    """Regular forms of the verbs of saying, for tokens whose lemma the model got wrong."""
    table = cue_table(language)
    known: dict[str, str] = {form: lemma for form, lemma in table.irregular.items() if lemma in _verbs(language)}
    for lemma in _verbs(language):
        known.update((form, lemma) for form in regular_forms(lemma, table.endings))
    return known


@cache
def _nouns(language: Language) -> dict[str, Cue]:
    return {cue.lemma: cue for cue in cue_table(language).cues.nouns}


def verb_cue(parsed: Parsed, token: Token) -> CueMatch | None:
    """The cue that a verb is, by its words alone; what it needs beside it is not looked at.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Les secours font état de douze morts.", "fr")
    >>> verb_cue(parsed, parsed.tokens[2]).cue.lemma
    'faire état'
    """
    verbs = _verbs(parsed.language)
    entries = verbs.get(token.lemma) if token.pos in _VERBAL else None
    entries = entries or verbs.get(_forms(parsed.language).get(token.norm, "")) or verbs.get(token.lemma)
    if not entries or _idiomatic(parsed, token):
        return None
    reflexive = _is_reflexive(parsed, token)
    for cue, words, wants_reflexive in entries:
        if wants_reflexive and not reflexive:
            continue
        last = _followed_by(parsed, token, words)
        if last:
            if reflexive and not wants_reflexive and not words and cue.needs not in ("speech", "clause"):
                continue
            return CueMatch(cue, token.index, last)
    return None


def _idiomatic(parsed: Parsed, token: Token) -> bool:
    """Whether the word ends a phrase in which nobody says anything: "il va sans dire"."""
    idioms = _idioms(parsed.language).get(token.norm, ())
    if not idioms:
        return False
    before = " ".join(other.norm for other in parsed.tokens[max(0, token.index - 3) : token.index + 1])
    before = before.replace("' ", "'").replace(" -", "-").replace("- ", "-")
    return any(before.endswith(idiom) and not before[: -len(idiom)][-1:].isalpha() for idiom in idioms)


@cache
def _idioms(language: Language) -> dict[str, tuple[str, ...]]:
    """The idioms of a language by their last word."""
    found: dict[str, list[str]] = {}
    for idiom in cue_table(language).words.idioms:
        found.setdefault(idiom.replace("'", "' ").replace("-", " ").split()[-1], []).append(idiom)
    return {last: tuple(idioms) for last, idioms in found.items()}


def known_form(language: Language, norm: str) -> bool:
    """Whether a word could be a form of a verb of saying, whatever the model made of it."""
    return norm in _forms(language)


def noun_cue(parsed: Parsed, token: Token) -> CueMatch | None:
    """The cue that a noun is, by the word alone."""
    cue = _nouns(parsed.language).get(token.lemma) or _nouns(parsed.language).get(token.norm)
    return CueMatch(cue, token.index, token.index + 1) if cue is not None and not _idiomatic(parsed, token) else None


def _is_reflexive(parsed: Parsed, token: Token) -> bool:
    words = cue_table(parsed.language).words
    for other in reversed(parsed.tokens[max(0, token.index - 4) : token.index]):
        if other.norm in words.clitics:
            return True
        before = next((at.norm for at in reversed(parsed.tokens[max(0, other.index - 2) : other.index]) if at.norm not in words.negators), "")
        if other.norm in words.selves and words.selves[other.norm] == before:
            return True
        if other.pos not in ("AUX", "ADV", "PRON"):
            break
    return any(child.norm in words.reflexives for child in parsed.children(token, "obj"))


def _followed_by(parsed: Parsed, token: Token, words: tuple[str, ...]) -> int:
    """The index after the last of `words`, which follow `token` with at most three small words between; 0 when they don't."""
    at = token.index + 1
    for word in words:
        for step in range(at, min(at + 4, len(parsed.tokens))):
            other = parsed.tokens[step]
            if other.norm == word or other.lemma == word:
                at = step + 1
                break
            if other.pos not in _LOOSE and other.dep not in ("aux", "advmod", "expl:comp"):
                return 0
        else:
            return 0
    return at
