"""Which words change whether an event happened, how surely, or how far it went? `hedges.toml`."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from recoupe.language.cues import cue_table
from recoupe.language.forms import regular_forms
from recoupe.language.pack import load_table
from recoupe.model import Factuality, Language, Stage

Effect = Literal[
    "possible", "probable", "aim", "attempt", "tried", "obligation", "negative", "failed", "missed", "averted", "failed_event", "ended", "achieved", "ongoing",
    "future", "open",
]  # fmt: skip


class Outcome(Struct, frozen=True):
    """The factuality and stage that an effect gives an event; None leaves what the event's own form says."""

    factuality: Factuality | None
    stage: Stage | None


OUTCOMES: dict[Effect, Outcome] = {
    "possible": Outcome("PS+", "planned"),
    "probable": Outcome("PR+", None),
    "aim": Outcome("Uu", "planned"),
    "attempt": Outcome("Uu", "attempted"),
    "tried": Outcome("CT+", "attempted"),
    "obligation": Outcome("Uu", "planned"),
    "negative": Outcome("CT-", None),
    "failed": Outcome("CT-", "attempted"),
    "missed": Outcome("CT-", "attempted"),
    "averted": Outcome("CT-", None),
    "failed_event": Outcome("CT+", "attempted"),
    "ended": Outcome("CT+", "accomplished"),
    "achieved": Outcome("CT+", "accomplished"),
    "ongoing": Outcome("CT+", "ongoing"),
    "future": Outcome("CT+", "planned"),
    "open": Outcome("Uu", "planned"),
}


class Hedge(Struct, frozen=True, forbid_unknown_fields=True):
    """A word or phrase and its effect on the event that it governs, qualifies or opens."""

    words: str
    effect: Effect
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


class NegationWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Negation: particles that need a closer beside them (French *ne … pas*), closers that negate, verbs that the particle alone negates, pronouns that negate as subject."""

    particles: tuple[str, ...]
    closers: tuple[str, ...]
    alone: tuple[str, ...]
    determiners: tuple[str, ...]
    subjects: tuple[str, ...]
    without: tuple[str, ...]
    restricting: tuple[str, ...]
    clauses: tuple[str, ...]


class ConditionalWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The conditional mood: endings that tell it, words that open conditions (`not_after` others), and the verbs in which it is politeness, forecast or necessity."""

    endings: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    conditions: tuple[str, ...]
    not_after: tuple[str, ...]
    condition_phrases: tuple[str, ...]
    polite: tuple[str, ...]
    forecast: tuple[str, ...]
    necessity: tuple[str, ...]
    first: tuple[str, ...]
    impersonal: tuple[str, ...]


class TenseWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell habits, and prepositions before events that are over or go on; `answers` are words whose matter has happened, whether they are denied or not ("avenge", "claim"), `charged` stand before gerunds of what somebody is charged with; `gerunds` put a verb's matter behind it ("prevented them from [taking]"), `mechanisms` are what weapons do by themselves, `fulfilling` makes a threat or plan come true; `courses` are nouns of what lasts, `occurring` say that something
    happened ("n'a jamais eu [lieu]"), `scenes` lead in what something else happened in ("[dans] le raid"); `copulas` link a subject to what it is, `states` to
    what has been done to it and lasts ("restent [déployés]")."""

    habit: tuple[str, ...]
    past_leads: tuple[str, ...]
    answers: tuple[str, ...]
    occurring: tuple[str, ...]
    scenes: tuple[str, ...]
    charged: tuple[str, ...]
    during: tuple[str, ...]
    gerunds: tuple[str, ...]
    mechanisms: tuple[str, ...]
    fulfilling: tuple[str, ...]
    courses: tuple[str, ...]
    copulas: tuple[str, ...]
    states: tuple[str, ...]
    imperfect_endings: tuple[str, ...]
    no_imperfect: tuple[str, ...]
    future_endings: tuple[str, ...]
    questions: tuple[str, ...]
    asked: tuple[str, ...]  # words of a question that takes for granted that it was done


class HedgeLists(Struct, frozen=True, forbid_unknown_fields=True):
    """Hedges by what they are in the sentence."""

    verbs: tuple[Hedge, ...]
    nouns: tuple[Hedge, ...]
    adverbs: tuple[Hedge, ...]
    adjectives: tuple[Hedge, ...]
    marks: tuple[Hedge, ...]


class HedgeTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`hedges.toml`; `agreement` are the endings that an adjective takes from its noun, `elided` the whole form of cut or contracted prepositions."""

    agreement: tuple[str, ...]
    elided: dict[str, str]
    negation: NegationWords
    conditional: ConditionalWords
    tense: TenseWords
    hedges: HedgeLists


def hedge_table(language: Language) -> HedgeTable:
    """The hedges of a language."""
    return load_table(language, "hedges", HedgeTable)


@cache
def effects(language: Language, part: Literal["verbs", "nouns", "adverbs", "adjectives", "marks"]) -> dict[str, Effect]:
    """The effect of each word of one part of the table.

    >>> effects("fr", "verbs")["tenter"]
    'attempt'
    """
    hedges: tuple[Hedge, ...] = getattr(hedge_table(language).hedges, part)
    return {hedge.words: hedge.effect for hedge in hedges}


@cache
def phrases(language: Language, part: Literal["adverbs", "adjectives", "marks"]) -> tuple[tuple[tuple[str, ...], Effect], ...]:
    """The entries of more than one word, as the tokens that the parser makes of them, longer ones first.

    >>> dict(phrases("fr", "adjectives"))["soi", "disant"]
    'probable'
    """
    found = [(pieces(words), effect) for words, effect in effects(language, part).items()]
    return tuple(sorted((entry for entry in found if len(entry[0]) > 1), key=lambda entry: -len(entry[0])))


def pieces(words: str) -> tuple[str, ...]:
    """A phrase cut at blanks, hyphens and behind apostrophes; hyphens stay out.

    >>> pieces("semble-t-il")
    ('semble', 't', 'il')
    """
    return tuple(piece for piece in words.replace("'", "' ").replace("-", " ").split() if piece)


@cache
def verb_forms(language: Language) -> dict[str, str]:
    """The lemma of each regular form of a hedging verb, for tokens whose lemma the model got wrong."""
    endings = cue_table(language).endings
    return {form: lemma for lemma in effects(language, "verbs") for form in regular_forms(lemma, endings)}
