"""Which clauses are torn from their subject, and what should hang there? Roots that are participles, subjects behind "si", pronouns."""

from __future__ import annotations

from recoupe.language.mend_relations import AUXILIARY, GERUND, PAST, SUBJECT
from recoupe.language.mend_subjects import Subjects
from recoupe.language.parsed import Token


class Clauses(Subjects):
    """Mends clauses and their subjects."""

    def clause(self, verb: Token) -> None:
        """Put the clause of one verb right."""
        self._subject_of_auxiliary(verb)
        self._behind_a_cleft(verb)
        self._perfect_infinitive(verb)
        self._participle_before_subject(verb)
        self._subject_behind_mark(verb)
        self._taken_up_by_pronoun(verb)
        self._clitic(verb)
        self._second_subject(verb)
        self._outcome(verb)
        self.agents(verb)
        self.subject(verb)

    def _subject_of_auxiliary(self, verb: Token) -> None:
        """What hangs on an auxiliary as its subject is the verb's ("[[Egypt]] and Qatar are mediating")."""
        for auxiliary in list(self.children(verb.index, *AUXILIARY)):
            for subject in list(self.children(auxiliary.index, *SUBJECT)):
                self.hang(subject.index, verb.index, self.dep(subject.index))

    def _behind_a_cleft(self, verb: Token) -> None:
        """In "C'est contre l'armée que les rebelles ont [[lancé]] …" the clause behind "que" is the sentence, what stands before it its complement."""
        noun, that = self.head(verb.index), next((child for child in self.children(verb.index, "mark") if child.index < verb.index), None)
        if not self.dep(verb.index).startswith(("acl", "advcl")) or that is None or that.norm not in self.words.relative_object:
            return
        it = next(self.children(noun, "nsubj", "expl:subj"), None)
        led = it is not None and it.norm in self.words.impersonal and self.has(noun, "cop") and self.has(noun, "case")
        if led and self.dep(noun) == "ROOT" and self.has(verb.index, *SUBJECT):
            self.hang(verb.index, verb.index, "ROOT")
            self.hang(noun, verb.index, "obl:mod")

    def _perfect_infinitive(self, have: Token) -> None:
        """A participle behind "avoir" that the tagger took for a noun is the verb ("d'avoir [[violé]] le cessez-le-feu")."""
        if have.norm not in self.words.perfect or have.index + 1 >= self.last:
            return
        verb = self.tokens[have.index + 1]
        plain = self.infinitive(verb)
        if plain is None or verb.pos in {"VERB", "AUX"} or self.head(verb.index) != have.index:
            return
        self.verbs[verb.index] = (plain, PAST)
        above, dep = self.head(have.index), self.dep(have.index)
        self.hang(verb.index, verb.index if above == have.index else above, dep)
        for child in list(self.children(have.index)):
            self.hang(child.index, verb.index, self.dep(child.index))
        self.hang(have.index, verb.index, "aux:tense")

    def _participle_before_subject(self, verb: Token) -> None:
        """A participle that opens a sentence belongs to the subject behind it ("[[Tué]] par une frappe, il dirigeait …")."""
        if self.dep(verb.index) != "ROOT" or PAST not in verb.morph or self.has(verb.index, *AUXILIARY, *SUBJECT):
            return
        if verb.index > self.parsed.sentence_of(verb).first + 1:
            return
        for main in list(self.children(verb.index, "advcl", "ccomp", "conj", "parataxis", "acl")):
            subject = next((child for child in self.children(main.index, "nsubj", "nsubj:pass") if verb.index < child.index < main.index), None)
            if subject is None or not self.finite(main.index) or self.has(main.index, "mark") or subject.pos not in {"NOUN", "PROPN"}:
                continue
            self.hang(main.index, main.index, "ROOT")
            self.hang(verb.index, subject.index, "acl")
            return

    def _subject_behind_mark(self, verb: Token) -> None:
        """The noun between a conjunction and its verb is the verb's subject ("si les [[États-Unis]] attaquaient l'Iran")."""
        if not self.finite(verb.index) or self.has(verb.index, *SUBJECT):
            return
        for index in self.above(verb.index - 1) if verb.index else ():
            mark = next((child for child in self.children(index, "mark") if child.index < index), None)
            if index >= verb.index or self.is_verb(index):
                return
            if mark is None and index == self._first_behind_mark(verb):
                mark = next(self.children(verb.index, "mark"))
            if mark is not None and self.tokens[index].pos in {"NOUN", "PROPN"} and not self.has(index, "case"):
                self.hang(index, verb.index, "nsubj:pass" if self.has(verb.index, "aux:pass") else "nsubj")
                self.hang(mark.index, verb.index, "mark")
                return

    def _first_behind_mark(self, verb: Token) -> int | None:
        """The word to which all between a verb's conjunction and the verb belongs, None where it belongs to several or to the verb."""
        mark = next((child for child in self.children(verb.index, "mark") if child.index < verb.index), None)
        inside = range(mark.index + 1, verb.index) if mark is not None else range(0)
        tops = [index for index in inside if self.head(index) not in inside]
        return tops[0] if len(tops) == 1 and self.head(tops[0]) != verb.index else None

    def _taken_up_by_pronoun(self, verb: Token) -> None:
        """A noun that a stressed pronoun takes up is the subject, not the pronoun ("L'[[armée]], elle, parle de …")."""
        pronoun = next((child for child in self.children(verb.index, "nsubj") if child.pos == "PRON" and child.index < verb.index), None)
        if pronoun is None or pronoun.norm not in self.words.stressed or pronoun.index < 2:
            return
        before, after = self.tokens[pronoun.index - 1], self.tokens[pronoun.index + 1]
        if before.norm != "," or after.norm != "," or not self.finite(verb.index):
            return
        first = self.parsed.sentence_of(verb).first
        noun = next((index for index in self.above(before.index - 1) if self.tokens[index].pos in {"NOUN", "PROPN"} and index >= first), None)
        while noun is not None and self.head(noun) < before.index and self.head(noun) not in (noun, verb.index) and not self.is_verb(self.head(noun)):
            noun = self.head(noun)
        if noun is None or self.has(noun, "case"):
            return
        if noun in self.above(verb.index):
            above, dep = self.head(noun), self.dep(noun)
            self.hang(verb.index, verb.index if above == noun else above, dep)
        self.hang(noun, verb.index, "nsubj")
        self.hang(pronoun.index, noun, "appos")

    def _clitic(self, verb: Token) -> None:
        """A pronoun that looks like an article is an object ("[[l']]ont attribuée"), and of two subjects the clitic is none ("[[leur]] ont infligé")."""
        for pronoun in list(self.children(verb.index, "nsubj")):
            if pronoun.pos == "PRON" and pronoun.norm in self.words.articles and pronoun.norm not in self.words.possessives:
                self.hang(pronoun.index, verb.index, "obj")
        subjects = [child for child in self.children(verb.index, "nsubj", "nsubj:pass") if child.index < verb.index]
        for pronoun in subjects[1:]:
            if pronoun.norm in self.words.clitics:
                self.hang(pronoun.index, verb.index, "iobj")

    def _second_subject(self, verb: Token) -> None:
        """Of two subjects around a verb the one right behind it is the object ("les roquettes ont atteint [[Haïfa]]")."""
        subjects = list(self.children(verb.index, "nsubj"))
        if len(subjects) != 2 or not subjects[0].index < verb.index < subjects[1].index or self.has(verb.index, "obj", "aux:pass", "cop"):
            return
        if subjects[0].pos in {"NOUN", "PROPN"} and subjects[1].index - verb.index <= 2 and self.tokens[verb.index + 1].pos != "PUNCT":
            self.hang(subjects[1].index, verb.index, "obj")

    def _outcome(self, verb: Token) -> None:
        """A gerund of outcome behind a comma says what the deed did, not what its place does ("… raids sur Saada, [[faisant]] neuf morts")."""
        if self.dep(verb.index) != "acl" or GERUND not in verb.morph or self.tokens[verb.index - 1].norm != ",":
            return
        if verb.lemma not in self.words.aiming and verb.lemma not in self.words.outcome:
            return
        noun = self.head(verb.index)
        above = next((index for index in self.above(noun) if self.is_verb(index)), None)
        if noun < verb.index and above is not None and above < verb.index and self.has(noun, "case"):
            self.hang(verb.index, above, "advcl")
