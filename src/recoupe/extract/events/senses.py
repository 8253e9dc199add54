"""Which sense of which trigger does a word have? Lookup by lemma and form, then the conditions of each sense, the narrowest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec
from msgspec import Struct

from recoupe.extract.events.classing import Classing
from recoupe.extract.events.conditions import Conditions, Test, compiled, keys
from recoupe.extract.events.grammar import Grammar, Slots
from recoupe.extract.events.mentions import MentionIndex
from recoupe.language.parsed import Parsed, Sentence, Token
from recoupe.language.triggers import Trigger, event_words, triggers
from recoupe.model import Language

_GAP = 4  # words within a phrase that are not of it
_OBJECT = 8  # words of an object inside a phrase
_VERBAL = frozenset({"VERB", "AUX", "ADJ", "ADP"})
_NOUNISH = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "X"})
_PAIR = 2
_HEDGE = frozenset({"advmod", "fixed"})  # "au moins dix hommes"
_OPEN = frozenset({"NOUN", "PROPN", "VERB"})
_COUNTED = _OPEN | {"NUM"}
_INFLECTED = _OPEN | {"ADJ"}
_PARTICLE = frozenset({"ADP", "PART", "ADV"})


class Word(Struct, frozen=True):
    """One way to write a trigger: the governing word, what follows it in a phrase, and the sense."""

    rest: tuple[str, ...]
    reflexive: bool
    entry: Trigger
    verb: bool


class Index(Struct, frozen=True):
    """The words of a language by their governing lemma, narrowest sense first, and the compiled conditions."""

    verbs: dict[str, tuple[Word, ...]]
    nouns: dict[str, tuple[Word, ...]]
    tests: dict[tuple[str, ...], Test]
    endings: tuple[tuple[str, str], ...]
    plurals: tuple[tuple[str, str], ...]
    units: frozenset[str]


class Found(Struct, frozen=True):
    """A sense that fired: its governing word, the first and last token of its phrase, its slots, and whether it stands as a verb."""

    token: Token
    first: Token
    last: Token
    entry: Trigger
    verb: bool
    slots: Slots


@cache
def index(language: Language) -> Index:
    """The compiled triggers of a language."""
    words = event_words(language)
    tests: dict[tuple[str, ...], Test] = {}
    verbs: dict[str, list[Word]] = {}
    nouns: dict[str, list[Word]] = {}
    for entry in triggers(language):
        parts = (
            entry.object, entry.not_object, entry.subject, entry.not_subject, entry.complement, entry.not_complement, entry.near, entry.not_near,
        )  # fmt: skip
        for condition in parts:
            if condition and condition not in tests:
                tests[condition] = compiled(words, condition)
        for written in _spellings(entry.verbs):
            first, *rest = written.split()
            reflexive = first in words.reflexive
            if reflexive:
                first, *rest = rest
            rest = [word for word in rest if word not in words.articles]
            verbs.setdefault(first, []).append(Word(tuple(rest), reflexive, entry, verb=True))
        for written in _spellings(entry.nouns):
            first, *rest = written.split()
            nouns.setdefault(first, []).append(Word(tuple(rest), reflexive=False, entry=entry, verb=False))
    order = {key: tuple(sorted(found, key=_width, reverse=True)) for key, found in verbs.items()}
    return Index(
        order,
        {key: tuple(sorted(found, key=_width, reverse=True)) for key, found in nouns.items()},
        tests,
        words.endings,
        words.plurals,
        words.members("unit"),
    )


def _spellings(words: Iterable[str]) -> Iterator[str]:
    """Each word as it stands and, where it has a hyphen, as tokenizers may cut it."""
    for word in words:
        yield word
        if "-" in word:
            yield word.replace("-", " - ")


def _width(word: Word) -> int:
    entry = word.entry
    asked = 4 * bool(entry.object) + 4 * bool(entry.complement) + 2 * bool(entry.near) + 3 * bool(entry.subject) + entry.bare
    return 20 * len(word.rest) + 10 * word.reflexive + asked


class Senses:
    """Finds the sense of a word in one parse; holds no state but what it is given."""

    def __init__(self, parsed: Parsed, grammar: Grammar, mentions: MentionIndex) -> None:
        self.parsed = parsed
        self.grammar = grammar
        self.classing = Classing(grammar)
        self.mentions = mentions
        self.index = index(parsed.language)
        self.conditions = Conditions(grammar, mentions, self.index.tests)

    def find(self, token: Token, sentence: Sentence) -> Found | None:
        """The narrowest sense whose conditions hold, None when the word names no event here."""
        for word in () if self._is_attribute(token) else self.candidates(token):
            last = self.phrase(token, word, sentence)
            if last is None:
                continue
            head = last if token.head == last.index else token
            slots = self.verb_slots(head, last, word) if word.verb else self.grammar.noun(head)
            if word.verb and slots.reflexive != word.reflexive and (word.reflexive or not word.rest):
                continue
            if not word.verb and (self._is_any(head, slots) or head.index in self.grammar.in_locutions or self.classing.is_class(head, word.entry)):
                continue
            if self.holds(word.entry, head, slots, sentence, verb=word.verb):
                return Found(head, token, last, word.entry, word.verb, slots)
        return None

    def _is_any(self, noun: Token, slots: Slots) -> bool:
        """Whether a noun means whatever event of its kind may come ("toute attaque sera punie"), none that somebody tells of or denies."""
        if not any(child.norm in self.grammar.words.whatever for child in self.parsed.children(noun, "det", "amod")):
            return False
        head = self.parsed.head(noun)
        above = set() if head is None else {word.entry.kind for word in self.candidates(head) if word.verb and not word.rest}
        denied = "REJECT" in above and "ASSAULT" not in above
        return not denied and not any(preposition in self.grammar.words.agent for preposition, _ in slots.obliques)

    def _is_attribute(self, token: Token) -> bool:
        """Whether a participle only describes its noun ("des drones armés")."""
        if token.dep == "acl" and not self.parsed.children(token, "nsubj") and any(key in self.grammar.words.backed for key in keys(token, ())):
            return True
        below = self.parsed.children(token)
        agentless = token.pos == "ADJ" and not any(child.dep == "obl:agent" or child.dep.startswith("nsubj") for child in below)
        described = token.dep == "amod" or (token.dep == "acl" and (agentless or not any(map(self._is_complement, below))))
        attributes = self.grammar.words.attributes
        return described and any(key in attributes for key in keys(token, self.index.endings))

    def _is_complement(self, child: Token) -> bool:
        """Whether a word below a participle is more than another description ("armed, [[unidentified]] men", "armés [[à moto]]")."""
        described = "VerbForm=Part" in child.morph and not self.parsed.children(child, "obj", "obl", "obl:arg", "obl:mod", "obl:agent")
        return child.pos in _OPEN and not described and child.lemma.lower() not in self.grammar.words.members("vehicle")

    def candidates(self, token: Token) -> Iterator[Word]:
        """The words that a token may be, verbs first where it is tagged as one."""
        tables = []
        if token.pos in _VERBAL or self._mistaken_verb(token):
            tables.append((self.index.verbs, self.index.endings))
        if token.pos in _NOUNISH and not self._rules_a_clause(token):
            tables.append((self.index.nouns, self.index.plurals))
        if token.pos in {"NOUN", "PROPN"}:
            tables.reverse()
        for table, endings in tables:
            seen = set()
            for key in keys(token, endings):
                if key in table and key not in seen:
                    seen.add(key)
                    yield from (word for word in table[key] if word.rest or not self._describes(token))

    def _describes(self, token: Token) -> bool:
        """Whether an adjective right behind or before its noun is one ("un état [[critique]]"), and no noun that the tagger mistook."""
        if token.pos != "ADJ" or token.dep != "amod" or self.parsed.children(token):
            return False
        head = self.parsed.head(token)
        return head is not None and head.pos == "NOUN" and abs(head.index - token.index) == 1

    def _rules_a_clause(self, token: Token) -> bool:
        """Whether a word tagged as a verb, and known as one, has a subject or an object: then it is no noun that the tagger mistook."""
        known = token.pos == "VERB" and any(key in self.index.verbs for key in keys(token, self.index.endings))
        return known and bool(self.parsed.children(token, "nsubj", "obj", "aux"))

    def _mistaken_verb(self, token: Token) -> bool:
        """Whether a word of another tag is used as a verb: it has an auxiliary, or its lemma is a verb's and it is no noun, or no noun ends so."""
        if token.pos in {"ADV", "PROPN"} and not token.text[:1].isupper():
            return True
        if token.pos == "NOUN" and token.norm.endswith(self.grammar.words.finite):
            return True
        if token.pos == "NOUN" and self.parsed.children(token, "nsubj") and not self.parsed.children(token, "cop", "det"):
            return True
        return token.pos in _NOUNISH and bool(self.parsed.children(token, "aux"))

    def verb_slots(self, token: Token, last: Token, word: Word) -> Slots:
        """The slots of a verb; what follows its particle is its object, however the parser hung it ("let in a convoy"), and so is what it governs ("mettre hors
        d'état de nuire [[un chef]]")."""
        slots = self._as_clause(token, word)
        if not slots.object and not slots.passive and word.rest and last != token:
            slots = msgspec.structs.replace(slots, object=self._governed(last))
        if not slots.object and not slots.passive and not word.rest:
            bare = self._bare_object(token) or self._object_of_the_next(token)
            return slots if bare is None else msgspec.structs.replace(slots, object=self.grammar.coordinated(bare))
        if slots.object or not word.rest or last.pos not in {"ADP", "PART"}:
            return slots
        taken = tuple(noun for preposition, noun in slots.obliques if preposition == last.norm)
        return msgspec.structs.replace(slots, object=taken) if taken else slots

    def _governed(self, last: Token) -> tuple[Token, ...]:
        """What the last word of a phrase governs: the object of an infinitive, the noun with "des" behind one with a preposition ("en place [[des barrages]]")."""
        if last.pos == "VERB":
            return self.grammar.verb(last).object
        if last.pos != "NOUN" or not self.parsed.children(last, "case"):
            return ()
        for child in self.parsed.children(last, "nmod", "obj"):
            cases = self.parsed.children(child, "case")
            if child.index > last.index and all(case.norm in self.grammar.words.partitive for case in cases):
                return self.grammar.coordinated(child)
        return ()

    def _as_clause(self, verb: Token, word: Word) -> Slots:
        """The slots of a verb, undone what the parser made of a finite form beside its subject ("l'armée [[encercle]] la ville": no participle).

        "Dozens [[killed]] in the raid" of headlines is a passive: nobody kills without an object.
        """
        slots = self.grammar.verb(verb)
        if slots.passive and not slots.subject and verb.dep in {"acl", "amod"} and self._is_finite_form(verb):
            beside = [*self.parsed.children(verb, "obj"), *self.parsed.children(self.parsed.tokens[verb.head], "nmod", "obj")]
            after = [noun for noun in beside if noun.index > verb.index and not self.parsed.children(noun, "case")]
            taken = self.grammar.coordinated(after[0]) if after else ()
            lower = tuple(pair for pair in self.grammar.obliques(self.parsed.tokens[verb.head]) if pair[1].index > verb.index)
            return msgspec.structs.replace(slots, subject=slots.object, object=taken, obliques=slots.obliques + lower, passive=False)
        told = (word.entry.result or self._is_flung(word.entry, slots.subject)) and word.entry.object and slots.subject
        if (
            told
            and not slots.object
            and not slots.passive
            and "Tense=Past" in verb.morph
            and not self.parsed.children(verb, "aux", "obl:arg", "expl")
        ):
            return msgspec.structs.replace(slots, subject=(), object=slots.subject, passive=True)
        return slots

    def _is_flung(self, entry: Trigger, subject: tuple[Token, ...]) -> bool:
        """Whether the subject is a thing that a sense has for its object ("a [[rocket]] fired from the enclave")."""
        things = [noun for noun in subject if self.mentions.actor_at(noun) is None and not self.mentions.is_party(noun) and noun.pos == "NOUN"]
        return bool(entry.type == "ASSAULT" and entry.object and not entry.subject and things) and self.conditions.meets(entry.object, things)

    def _is_finite_form(self, verb: Token) -> bool:
        """Whether no participle looks like the word: the present of a verb in "-er", or a form with an ending that only finite verbs have."""
        return f"{verb.norm}r" in self.index.verbs or verb.norm.endswith(self.grammar.words.finite)

    def _bare_object(self, verb: Token) -> Token | None:
        """The noun with an article and no preposition right after a verb that the parser took for an adverbial ("ont rompu la trêve"), or its article for a preposition.

        Behind "and" it may hang on the verb before ("ont dispersé la foule et arrêté [[six personnes]]").
        """
        own = self.parsed.children(verb, "obl:mod", "obl:arg", "nmod", "dep", "advmod")
        shared = self.parsed.children(self.parsed.tokens[verb.head], "obj", "nmod") if verb.dep == "conj" else ()
        shared = self.parsed.children(self.parsed.tokens[verb.head], "obl:mod") if verb.dep == "xcomp" else shared
        for child in (*own, *shared):
            between = self.parsed.tokens[verb.index + 1 : child.index]
            cases = self.parsed.children(child, "case")
            if child.pos not in _COUNTED or child.index < verb.index or self.mentions.is_time(child):
                continue
            if any(case.norm not in self.grammar.words.partitive for case in cases):
                continue
            if child.pos == "NUM" and child.index == verb.index + 1:
                return child
            between = self._without_asides(between, child)
            if cases or (any(token.pos in {"DET", "NUM"} for token in between) and all(token.pos in {"DET", "ADJ", "NUM"} for token in between)):
                return None if any(key in self.index.units for key in keys(child, self.index.plurals)) else child
        return None

    def _object_of_the_next(self, verb: Token) -> Token | None:
        """The object that a verb shares with the one joined right behind it ("shot and wounded [[a policeman]]")."""
        for other in self.parsed.children(verb, "conj"):
            if other.pos == "VERB" and other.index == verb.index + 2 and not self.parsed.children(verb, "obl", "obl:arg", "xcomp", "ccomp"):
                return next(iter(self.parsed.children(other, "obj")), None)
        return None

    def _without_asides(self, between: tuple[Token, ...], noun: Token) -> tuple[Token, ...]:
        """The words between a verb and its object without dates, the noun's own hedges and what stands between commas ("arrêté[[, à l'aube,]] dix hommes")."""
        commas = [number for number, token in enumerate(between) if token.norm == ","]
        if len(commas) >= _PAIR and not any(token.pos == "VERB" for token in between):
            between = between[commas[-1] + 1 :]
        return tuple(
            token for token in between if not (self.mentions.is_time(token) or (token.dep in _HEDGE and noun in self.parsed.ancestors(token)))
        )

    def phrase(self, token: Token, word: Word, sentence: Sentence) -> Token | None:
        """The last token of a phrase that starts with `token`, None when its other words don't follow in order.

        What may stand between: small words, the verb's object ("tient [[Israël]] pour responsable"), and what describes the next word.
        """
        at = token.index
        inside = self._objects(token) if word.verb and word.rest else frozenset()
        for wanted in word.rest:
            between: list[Token] = []
            start = at
            for other in self.parsed.tokens[at + 1 : sentence.last]:
                if self._matches(wanted, other, word):
                    at = other.index
                    break
                between += () if other.index in inside else (other,)
                if len(between) > _GAP:
                    return None
            else:
                return None
            if any(other.pos in _OPEN and other.norm != "-" and other.head != at and not self.mentions.is_time(other) for other in between):
                return None
            if at - start - 1 > len(between) and (wanted == word.rest[-1]) and self.parsed.tokens[at].pos in _PARTICLE:
                return None
        return self.parsed.tokens[at]

    def _objects(self, verb: Token) -> frozenset[int]:
        """The words of the direct objects of a verb, where they are few, without what merely stands behind them."""
        found: list[Token] = list(self.parsed.children(verb, "obj"))
        for noun in found:
            found += [child for child in self.parsed.children(noun) if self._is_inside(child)]
        return frozenset(token.index for token in found) if len(found) <= _OBJECT else frozenset()

    def _is_inside(self, child: Token) -> bool:
        case = self.parsed.children(child, "case")
        return not case or case[0].norm in self.grammar.words.of

    def _matches(self, wanted: str, token: Token, word: Word) -> bool:
        """Whether a token is a word of a phrase."""
        if wanted == token.norm or (token.pos == "ADP" and wanted == token.lemma):
            return True
        return token.pos in _INFLECTED and self._is_form(wanted, token) and (word.verb or token.pos != "VERB")

    def _is_form(self, wanted: str, token: Token) -> bool:
        return wanted == token.lemma.lower() or (token.pos != "VERB" and wanted in keys(token, self.index.plurals))

    def holds(self, entry: Trigger, token: Token, slots: Slots, sentence: Sentence, *, verb: bool) -> bool:
        """Whether the conditions of a sense are met where the word stands; what a noun's event undergoes is its complement with "de"."""
        if entry.bare and slots.object:
            return False
        below = tuple(noun for _, noun in slots.obliques)
        objects = slots.object or tuple(noun for preposition, noun in slots.obliques if not verb and preposition in self.grammar.words.of)
        asked = (
            (entry.object, objects), (entry.subject, slots.subject), (entry.complement, self._wider(token, slots)),
        )  # fmt: skip
        if any(condition and not self.conditions.meets(condition, nouns) for condition, nouns in asked):
            return False
        barred = (
            (entry.not_object, objects), (entry.not_subject, slots.subject),
            (entry.not_complement, slots.object + below + (() if verb else self._beside(token))),
        )  # fmt: skip
        if any(condition and self.conditions.meets(condition, nouns) for condition, nouns in barred):
            return False
        if entry.near and not self.conditions.near(entry.near, token, sentence):
            return False
        return not (entry.not_near and self.conditions.bars(entry.not_near, token, sentence))

    def _beside(self, noun: Token) -> tuple[Token, ...]:
        """The complements of the verb that has a noun for its object ("déclarer la guerre [[à la paperasse]]")."""
        head = self.parsed.head(noun)
        if head is None or noun.dep != "obj":
            return ()
        return tuple(other for _, other in self.grammar.verb(head).obliques)

    def _wider(self, token: Token, slots: Slots) -> tuple[Token, ...]:
        """The nouns below a word, those below its object, and the verbs of its subordinate clauses."""
        below = tuple(noun for _, noun in slots.obliques)
        deeper = tuple(noun for part in slots.object + below for _, noun in self.grammar.obliques(part))
        deeper += tuple(noun for part in slots.object for noun in self.parsed.children(part, "compound"))
        return slots.object + below + deeper + self.parsed.children(token, "xcomp", "ccomp", "advcl", "acl", "nmod", "oprd")
