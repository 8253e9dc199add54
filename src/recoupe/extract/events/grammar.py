"""Who stands where around a word that names an event? The slots of a verb or noun, its voice undone, from the parse alone.

Covers active, passive and agentless verbs, relative clauses, infinitives under subject and object control, gerunds and participles, apposition,
and subjects shared by coordinated verbs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec
from msgspec import Struct

from recoupe.extract.events.displaced import displaced_subject, is_finite
from recoupe.extract.events.locutions import in_locutions
from recoupe.language.parsed import Parsed, Token
from recoupe.language.triggers import EventWords, event_words

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"})
_VERBAL = frozenset({"VERB", "AUX"})
_PARSED = frozenset({"VERB", "AUX", "ADJ", "ADP"})
_SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:caus"})
_MADE_TO = frozenset({"obj", "iobj", "obl:arg"})
_CLAUSE = frozenset({"xcomp", "advcl", "ccomp", "advcl:cleft", "csubj", "obl", "obl:arg", "obl:mod", "dep", "parataxis"})
_DEPTH = 6


class Slots(Struct, frozen=True):
    """The logical arguments of a word: `subject` acts and `object` undergoes, whatever the voice; `obliques` are (preposition, noun) pairs."""

    subject: tuple[Token, ...] = ()
    object: tuple[Token, ...] = ()
    obliques: tuple[tuple[str, Token], ...] = ()
    passive: bool = False
    reflexive: bool = False


class Grammar(Struct, frozen=True, dict=True):
    """The parse of a document with the grammar words of its language; `speakers` are the subjects of verbs turned round ("…, a prévenu [[le ministre]]").

    >>> from recoupe.language.parse import parse_text
    >>> grammar = Grammar(parse_text("Les rebelles ont été repoussés par l'armée.", "fr"))
    >>> slots = grammar.verb(grammar.parsed.tokens[4])
    >>> [token.text for token in slots.subject + slots.object]
    ['armée', 'rebelles']
    """

    parsed: Parsed
    speakers: Mapping[int, Token] = msgspec.field(default_factory=dict)

    @cached_property
    def words(self) -> EventWords:
        """The grammar words of the language."""
        return event_words(self.parsed.language)

    @cached_property
    def in_locutions(self) -> frozenset[int]:
        """The words that are part of a preposition ("à l'aide de", "au prix de")."""
        return in_locutions(self.parsed, self.words)

    @cached_property
    def _known(self) -> dict[int, Slots]:
        return {}

    def verb(self, verb: Token) -> Slots:
        """The slots of a verb or participle."""
        found = self._known.get(verb.index)
        if found is None:
            found = self._known[verb.index] = self._verb_slots(verb)
        return found

    def arguments(self, verb: Token) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
        """Those who act and those who undergo among the words of the verb's own clause, as PropBank numbers them.

        The subject of a copula or of "exister" undergoes; shared, controlled and relative subjects are left to `verb`.
        """
        head = self.parsed.head(verb)
        if verb.dep in {"cop", "aux:pass"} and head is not None and verb.lemma in self.words.undergoing:
            return (), tuple(child for child in self.parsed.children(head) if child.dep in _SUBJECT or child.dep == "expl:subj")
        below = self.parsed.children(verb)
        clause = self.parsed.children(head) if verb.dep == "xcomp" and head is not None and head.lemma in self.words.modal else below
        subject = tuple(child for child in clause if child.dep in _SUBJECT or child.dep == "expl:subj")
        direct = tuple(child for child in below if child.dep == "obj" and self._argument(child))
        if self.is_passive(verb):
            return (), direct
        undergoing = self.words.undergoing_reflexive if self.is_reflexive(verb) else self.words.undergoing
        if verb.lemma in undergoing and not direct:
            return (), subject
        return subject, direct

    def _verb_slots(self, verb: Token) -> Slots:
        if verb.pos not in _PARSED and not self.parsed.children(verb, "nsubj", "obj", "aux"):
            return self._linear(verb)
        passive = self.is_passive(verb)
        subject = self.grammatical_subject(verb)
        partitive = () if passive else self._partitive_objects(verb)
        direct = tuple(part for child in (*self._direct(verb, subject), *partitive) for part in self.coordinated(child))
        direct = direct or self._relative_object(verb) or self._raised_object(verb)
        obliques = tuple(pair for pair in self.obliques(verb) if pair[1] not in direct)
        agent = tuple(noun for preposition, noun in obliques if preposition in self.words.agent and self._acts(noun)) if passive else ()
        if passive:
            obliques = tuple(pair for pair in obliques if pair[1] not in agent)
            return Slots(agent, subject or direct, obliques, passive=True, reflexive=False)
        return Slots(subject, direct, obliques, passive=False, reflexive=self.is_reflexive(verb))

    def _direct(self, verb: Token, subject: tuple[Token, ...]) -> tuple[Token, ...]:
        return tuple(child for child in self.parsed.children(verb, "obj") if self._argument(child) and child not in subject)

    def _partitive_objects(self, verb: Token) -> tuple[Token, ...]:
        """Nouns whose indefinite article the parser took for a preposition ("ils lancent [[des attaques]]")."""
        if self.parsed.children(verb, "obj", "nsubj:pass"):
            return ()
        found = []
        for child in self.parsed.children(verb, "obl:arg", "obl:mod", "obl"):
            case = self.parsed.children(child, "case")
            if child.index > verb.index and len(case) == 1 and "Definite=Ind" in case[0].morph and "PronType=Art" in case[0].morph:
                found.append(child)
        return tuple(found[:1])

    def _linear(self, verb: Token) -> Slots:
        """The nouns around a verb that the parser did not take for one: the nearest before acts, the nearest after undergoes."""
        sentence = self.parsed.sentence_of(verb)
        before = [token for token in self.parsed.tokens[sentence.first : verb.index] if token.pos in {"NOUN", "PROPN"}]
        after = [token for token in self.parsed.tokens[verb.index + 1 : min(verb.index + 6, sentence.last)] if token.pos in {"NOUN", "PROPN"}]
        object_ = [token for token in after[:1] if not self.parsed.children(token, "case")]
        return Slots(tuple(before[:1]), tuple(object_), tuple(self.obliques(verb)))

    def _argument(self, token: Token) -> bool:
        return token.norm not in self.words.reflexive

    def _acts(self, noun: Token) -> bool:
        return noun.dep in {"obl:agent", "obl", "obl:arg", "obl:mod", "nmod"}

    def is_participle(self, token: Token) -> bool:
        """Whether it is a past participle that stands without an auxiliary of tense, or one that the tagger took for an adjective."""
        if "VerbForm=Part" in token.morph:
            return "Tense=Pres" not in token.morph or "Aspect=Perf" in token.morph
        return token.pos in {"ADJ", "ADP"} and token.dep in {"acl", "amod", "xcomp"}

    def is_passive(self, verb: Token) -> bool:
        """Whether the grammatical subject undergoes: passive auxiliaries, bare participles, "se faire" with a verb."""
        below = self.parsed.children(verb)
        if verb.index in self.speakers or verb.lemma in self.words.unaccusative or self.is_reflexive(verb):
            return False
        if any(child.dep == "aux:pass" for child in below):
            return True
        auxiliaries = [child for child in below if child.dep in {"aux", "aux:tense"}]
        if any(child.dep == "nsubj:pass" for child in below):
            return not any(child.lemma in self.words.perfect for child in auxiliaries)
        if auxiliaries:
            return False
        if verb.dep in {"acl", "amod", "advcl", "acl:relcl", "appos"} and self.is_participle(verb):
            return not any(child.dep in _SUBJECT for child in below) or verb.dep == "acl"
        if verb.dep == "conj" and self.is_participle(verb) and not any(child.dep in _SUBJECT for child in below):
            head = self.parsed.head(verb)
            return head is not None and head.index != verb.index and self.is_participle(head) and self.is_passive(head)
        if verb.dep in {"ROOT", "parataxis"} and self.is_participle(verb) and not any(child.dep in {"obj", *_SUBJECT} for child in below):
            return True
        causative = self.parsed.head(verb)
        if verb.dep == "xcomp" and causative is not None:
            return self.is_participle(verb) or (causative.lemma in self.words.causative and self.is_reflexive(causative))
        return False

    def is_reflexive(self, verb: Token) -> bool:
        """Whether a reflexive pronoun belongs to the verb."""
        for token in reversed(self.parsed.tokens[max(verb.index - 4, 0) : verb.index]):
            if token.pos == "PRON" and self._reflects(token):
                return True
            if token.pos not in {"AUX", "ADV"}:
                break
        return any(self._reflects(child) and child.index < verb.index for child in self.parsed.children(verb))

    def _reflects(self, pronoun: Token) -> bool:
        """Whether it is no subject: in "nous nous retirons" the second "nous"."""
        if pronoun.norm not in self.words.reflexive or pronoun.dep == "mark":
            return False
        doubled = pronoun.index > 0 and self.parsed.tokens[pronoun.index - 1].norm == pronoun.norm
        return doubled or pronoun.dep not in _SUBJECT

    def grammatical_subject(self, verb: Token, depth: int = 0) -> tuple[Token, ...]:
        """The subject as grammar has it, shared, controlled or relative ones included."""
        if verb.index in self.speakers:
            return self.coordinated(self.speakers[verb.index])
        adverbs = (child for child in self.parsed.children(verb, "advmod") if self.parsed.children(child, "fixed"))  # hung on the "d'" of "d'abord"
        own = [child for holder in (verb, *adverbs) for child in self.parsed.children(holder) if child.dep in _SUBJECT]
        if own:
            return tuple(part for child in own for part in self.coordinated(self._antecedent(child, verb)) if not self._impersonal(part, verb))
        head = self.parsed.head(verb)
        bare = displaced_subject(self.parsed, verb)
        if bare is not None or head is None or depth > _DEPTH:
            return self.coordinated(bare) if bare is not None else ()
        if head.norm in self.words.purpose and head.pos in {"ADV", "ADP"}:
            governor = self.parsed.head(head)
            return self.grammatical_subject(governor, depth + 1) if governor is not None else ()
        if verb.dep in {"acl", "amod", "acl:relcl", "appos"}:
            return self._noun_subject(verb, head, depth)
        if verb.dep == "pcomp":
            governor = self.parsed.head(head)
            if governor is None:
                return ()
            # In "suspect [the cartel] of ordering the murder" the gerund is hung on the cartel.
            return self.coordinated(governor) if self._is_made_to(governor) else self._controlled(governor, depth)
        if verb.dep == "conj" and (head.pos in _VERBAL or self.is_participle(head) or self.parsed.children(head, "cop")):
            return self.grammatical_subject(head, depth + 1)
        if verb.dep in _CLAUSE and (head.pos in _VERBAL or head.pos == "ADJ") and not is_finite(self.parsed, verb):
            shared = self._is_purpose(verb) or (verb.dep == "advcl" and verb.index < head.index)
            return self.grammatical_subject(head, depth + 1) if shared else self._controlled(head, depth)
        if verb.dep in {"xcomp", "aux"}:
            return self._controlled(head, depth)
        return ()

    def _is_purpose(self, verb: Token) -> bool:
        """Whether an infinitive says what the deed above is for, by whoever does it ("ils ont tout fait [[pour retarder]] l'offensive")."""
        return any(child.norm in self.words.purpose for child in self.parsed.children(verb, "mark", "case", "advmod"))

    def _controlled(self, governor: Token, depth: int) -> tuple[Token, ...]:
        if governor.lemma in self.words.object_control:
            if self.is_passive(governor):
                return self.grammatical_subject(governor, depth + 1)
            for dep in ("obj", "iobj", "obl"):
                below = [
                    child
                    for child in self.parsed.children(governor, dep)
                    if self._argument(child) and (child.pos != "VERB" or child.text[0].isupper())
                ]
                if below:
                    return self.coordinated(below[0])
            given = [noun for preposition, noun in self.obliques(governor) if preposition in self.words.to]
            if given:  # "reproche à [[Washington]] de soutenir les rebelles"
                return tuple(given)
        if governor.pos == "NOUN":
            return self._owner(governor, depth)
        return self.grammatical_subject(governor, depth + 1)

    def _noun_subject(self, verb: Token, noun: Token, depth: int) -> tuple[Token, ...]:
        """The subject of a clause that hangs on a noun: the noun, or for "la tentative de franchir" the one whose attempt it is."""
        if noun.pos in _VERBAL:
            return self._controlled(noun, depth)
        infinitive = "VerbForm=Inf" in verb.morph
        if infinitive and verb.dep == "acl":
            return self.coordinated(noun) if self._is_made_to(noun) else self._owner(noun, depth)
        if verb.dep != "amod" and self._relative_object(verb):
            return ()
        if noun.lemma.lower() in self.words.documents and noun.dep not in _SUBJECT and not self.is_participle(verb):
            return self._owner(noun, depth)
        return self.coordinated(noun)

    def _is_made_to(self, noun: Token) -> bool:
        """Whether a noun is whom a verb asks or accuses, so that an infinitive hung on it is its deed: "demandé à [[l'armée]] de boucler la ville"."""
        governor = self.parsed.head(noun)
        return noun.dep in _MADE_TO and governor is not None and governor.lemma in self.words.object_control

    def _owner(self, noun: Token, depth: int) -> tuple[Token, ...]:
        for preposition, owner in self.obliques(noun):
            if preposition in self.words.of or preposition in self.words.agent:  # "an attempt by [the rebels] to seize the bridge"
                return self.coordinated(owner)
        possessor = self.parsed.children(noun, "nmod:poss")
        if possessor:
            return possessor
        governor = self.parsed.head(noun)
        if governor is not None and governor.pos in _VERBAL and depth <= _DEPTH:
            return self.grammatical_subject(governor, depth + 1)
        return ()

    def _antecedent(self, pronoun: Token, verb: Token) -> Token:
        """The noun that a relative pronoun stands for, else the token itself."""
        if pronoun.norm not in self.words.relative_subject:
            return pronoun
        for above in (verb, *self.parsed.ancestors(verb)):
            if above.dep in {"acl:relcl", "acl"}:
                noun = self.parsed.head(above)
                return noun if noun is not None and noun.pos not in _VERBAL else pronoun
            if above.dep not in {"conj", "xcomp", "cop", "ccomp"}:
                break
        before = self.parsed.tokens[pronoun.index - 1] if pronoun.index else pronoun
        if before.norm == "," and before.index:
            before = self.parsed.tokens[before.index - 1]
        return before if before.pos in {"NOUN", "PROPN"} else pronoun

    def relative_head(self, pronoun: Token) -> Token | None:
        """The noun that an object or complement pronoun opens a clause of ("la station [[dont]] il s'est emparé", "la base [[qu']]ils ont construite")."""
        if pronoun.norm not in self.words.relative_object and pronoun.norm not in self.words.relative_of:
            return None
        verb = self.parsed.head(pronoun)
        noun = self.parsed.head(verb) if verb is not None and verb.dep.startswith("acl") else None
        return noun if noun is not None and noun.pos in {"NOUN", "PROPN"} and noun.index < pronoun.index else None

    def _relative_object(self, verb: Token) -> tuple[Token, ...]:
        """The noun that "que" stands for: "la ville que les rebelles ont prise"."""
        if verb.dep not in {"acl:relcl", "acl"}:
            return ()
        noun = self.parsed.head(verb)
        if noun is None or noun.pos in _VERBAL:
            return ()
        below = self.parsed.children(verb)
        own_subject = any(child.dep in _SUBJECT and child.norm not in self.words.relative_subject for child in below)
        relative = any(child.norm in self.words.relative_object and child.index < verb.index for child in below)
        if relative and own_subject:
            return self.coordinated(noun)
        reduced = verb.dep == "acl:relcl" and own_subject and not any(child.dep == "obj" for child in below)
        return self.coordinated(noun) if reduced and self.words.contact_clauses else ()

    def _raised_object(self, verb: Token) -> tuple[Token, ...]:
        """The subject of an infinitive under a verb that acts on it: "allowed inspectors to enter"."""
        if verb.lemma not in self.words.object_control:
            return ()
        for clause in self.parsed.children(verb, "ccomp"):
            if not is_finite(self.parsed, clause) or "VerbForm=Inf" in clause.morph:
                return tuple(part for child in self.parsed.children(clause, "nsubj") for part in self.coordinated(child))
        return ()

    def _impersonal(self, token: Token, verb: Token) -> bool:
        return token.norm in self.words.impersonal and (token.dep.startswith("expl") or verb.lemma in self.words.impersonal_verbs)

    def is_definite(self, noun: Token) -> bool:
        """Whether a noun has a definite article or demonstrative, so that it takes up what is known."""
        return any(child.norm in self.words.definite for child in self.parsed.children(noun, "det"))

    def coordinated(self, token: Token) -> tuple[Token, ...]:
        """A noun and those coordinated with it."""
        joined = tuple(child for child in self.parsed.children(token, "conj") if child.pos in _NOMINAL)
        joined += tuple(self._joined_lower(token)) if token.pos in {"NOUN", "PROPN"} else ()
        return (token, *(part for child in joined for part in self.coordinated(child)))

    def _joined_lower(self, token: Token) -> Iterator[Token]:
        """Nouns with an article or a preposition of their own that the parser joined to an adjective ("des forces syriennes et [[du Hezbollah]]")."""
        case = self.parsed.children(token, "case")
        for adjective in self.parsed.children(token, "amod"):
            for child in self.parsed.children(adjective, "conj"):
                if child.pos not in {"NOUN", "PROPN"}:
                    continue
                own = self.parsed.children(child, "case")
                if (own and case and own[0].lemma == case[0].lemma) or (not own and self.parsed.children(child, "det")):
                    yield child

    def obliques(self, token: Token) -> list[tuple[str, Token]]:
        """(preposition, noun) for each noun that hangs on the token by a preposition, coordinated nouns included."""
        found: list[tuple[str, Token]] = []
        for child in self.parsed.children(token):
            if child.pos not in _NOMINAL or child.dep in {"nsubj", "nsubj:pass", "obj", "conj", "appos", "amod", "det"}:
                continue
            case = self.parsed.children(child, "case")
            if case and case[0].index < child.index:
                found.extend((self._preposition(case[0]), part) for part in self.coordinated(child))
            elif child.dep == "iobj":
                found.extend((self.words.to[0], part) for part in self.coordinated(child))
        return found

    def _preposition(self, case: Token) -> str:
        """A preposition, with the word before it where the two are one ("according to")."""
        before = self.parsed.tokens[case.index - 1] if case.index else case
        return f"{before.norm} {case.norm}" if before.norm in self.words.prepositional else case.norm

    def noun(self, noun: Token) -> Slots:
        """The complements of a noun: those by prepositions, whoever acts, though hung a noun lower, and of what it is said ("[[Haftar]] est en visite")."""
        own = self.obliques(noun)
        agents = [pair for _, part in own for pair in self.obliques(part) if pair[0] in self.words.agent]
        subject = self.grammatical_subject(noun) if self.parsed.children(noun, "cop") else ()
        return Slots(subject, obliques=(*own, *agents))
