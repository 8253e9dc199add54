"""Which noun before a verb is its subject, though the parser hung it elsewhere? One right before it, behind "et" or a comma, or before "dont"."""

from __future__ import annotations

from recoupe.language.mend_agents import Agents
from recoupe.language.mend_relations import AUXILIARY, PAST, SUBJECT
from recoupe.language.parsed import Token

_ELSEWHERE = frozenset({"conj", "appos", "nmod", "dep", "obl:mod", "obl:arg", "dislocated"})
_WITH_VERB = frozenset({"PRON", "ADV", "AUX", "PART"})


class Subjects(Agents):
    """Mends subjects that stand before their verb."""

    def subject(self, verb: Token) -> None:
        """Find the subject of one verb."""
        self._behind_an_aside(verb)
        self._raised_conjunct(verb)
        self._before_of_whom(verb)
        self._behind_speech(verb)
        self._right_before(verb)
        self._of_the_nearer(verb)

    def finite(self, index: int) -> bool:
        """Whether a verb or one of its auxiliaries has a person."""
        morph = self.verbs[index][1] if index in self.verbs else self.tokens[index].morph
        return "VerbForm=Fin" in morph or any("VerbForm=Fin" in child.morph for child in self.children(index, *AUXILIARY))

    def begin(self, index: int) -> int:
        """Where a verb begins: with its first auxiliary."""
        return min([index, *(child.index for child in self.children(index, *AUXILIARY) if child.index < index)])

    def _right_before(self, verb: Token) -> None:
        """A noun that ends right before a verb without a subject is it ("… de la ville et [[les rebelles]] ont riposté", "…, [[la France]] a fixé …")."""
        if self.words.contact_clauses or not self.finite(verb.index) or self.has(verb.index, *SUBJECT) or self._is_relative(verb):
            return
        at = verb.index - 1
        while at > 0 and self.tokens[at].pos in _WITH_VERB and verb.index in self.above(at):
            at -= 1
        nearest = next((index for index in self.above(at) if self.is_verb(index)), None) if at >= 0 else None
        for index in self.above(at) if at >= 0 and nearest != verb.index else ():
            if index > at or self.is_verb(index):
                return
            if self._could_act(index) and self._agrees(self.tokens[index], verb):
                self._make_subject(index, verb)
                return

    def _behind_an_aside(self, verb: Token) -> None:
        """The noun before a participle or relative clause between commas is subject of the verb behind it ("Selon X, [[le convoi]], escorté par deux
        blindés, est entré", "[[Israël]], qui a mené des raids, répète …")."""
        first = verb.index
        while first > 0 and self.tokens[first - 1].pos in _WITH_VERB and verb.index in self.above(first - 1):
            first -= 1
        if (
            self.words.contact_clauses
            or not self.finite(verb.index)
            or self.has(verb.index, *SUBJECT)
            or first < 2
            or self.tokens[first - 1].norm != ","
        ):
            return
        aside = next((index for index in self.above(first - 2) if self.dep(index) in {"acl", "acl:relcl"} and index < verb.index), None)
        if aside is None or (self.dep(aside) == "acl" and (PAST not in self.tokens[aside].morph or self.has(aside, *AUXILIARY))):
            return
        opening = min((child.index for child in self.children(aside)), default=aside) if self.dep(aside) == "acl:relcl" else aside
        if opening < 2 or self.tokens[opening - 1].norm != ",":
            return
        noun = next((index for index in self.above(opening - 2) if self.tokens[index].pos in {"NOUN", "PROPN"} and self._could_act(index)), None)
        if noun is not None and self._agrees(self.tokens[noun], verb):
            self._make_subject(noun, verb)
            self.hang(aside, noun, self.dep(aside))

    def _raised_conjunct(self, verb: Token) -> None:
        """A verb behind "et" that agrees with the verb of saying and not with what is reported goes on with the first ("Il a assuré que ses forces
        tiendraient la ville et [[a annoncé]] des arrestations")."""
        if self.words.contact_clauses or self.dep(verb.index) != "conj" or not self.has(verb.index, "cc") or self.has(verb.index, *SUBJECT):
            return
        reported = next((index for index in self.above(self.head(verb.index)) if self.dep(index) == "ccomp"), None)
        if reported is None or not self.head(reported) < reported < verb.index:
            return
        if self.has(reported, *AUXILIARY) and not self.has(verb.index, *AUXILIARY):  # "affirme que les missiles ont visé et atteint le dépôt"
            return
        own, below, main = (self._person(index) for index in (verb.index, reported, self.head(reported)))
        if own is not None and own == main and below is not None and own != below:
            self.hang(verb.index, self.head(reported), "conj")

    def _person(self, index: int) -> str | None:
        """Number and person of a finite verb, by its auxiliary where it has one."""
        words = (*self.children(index, *AUXILIARY), self.tokens[index])
        morph = next((word.morph for word in words if "VerbForm=Fin" in word.morph), None)
        return None if morph is None else "|".join(part for part in morph.split("|") if part.startswith(("Number=", "Person=")))

    def _is_relative(self, verb: Token) -> bool:
        words = self.words
        leads = (*words.relative_subject, *words.relative_object, *words.relative_of, *words.relative_where)
        return any(child.index < verb.index and child.norm in leads for child in self.children(verb.index))

    def _could_act(self, index: int) -> bool:
        """Whether a noun hangs where none without a preposition can, behind what joins or parts it from the words before."""
        noun = self.tokens[index]
        if noun.pos not in {"NOUN", "PROPN"} or self.dep(index) not in _ELSEWHERE or self.has(index, "nmod:poss", "nummod", "advmod", "mark"):
            return False
        articles = [case.norm in self.words.partitive and "Number=Plur" in noun.morph for case in self.children(index, "case")]
        if not all(articles):
            return False
        first = min((child.index for child in self.children(index, "det", "amod", "case")), default=index)
        before = self.tokens[min(first, index) - 1] if index else noun
        named = noun.pos == "PROPN" or self.has(index, "det") or bool(articles)
        return named and (before.pos == "CCONJ" or before.norm == ",")

    def _agrees(self, noun: Token, verb: Token) -> bool:
        """Whether noun and verb have one number, where the tagger gave both one."""
        person = next(
            (word for word in (verb, *self.children(verb.index, *AUXILIARY)) if "VerbForm=Fin" in word.morph and "Number=" in word.morph), None
        )
        if person is None or "Number=" not in noun.morph:
            return noun.pos == "PROPN"
        return ("Number=Plur" in noun.morph) == ("Number=Plur" in person.morph)

    def _make_subject(self, noun: int, verb: Token) -> None:
        for joint in list(self.children(noun, "cc")):
            self.hang(joint.index, verb.index, "cc")
        self.hang(noun, verb.index, "nsubj:pass" if self.has(verb.index, "aux:pass") else "nsubj")

    def _before_of_whom(self, verb: Token) -> None:
        """In "[[La France]], dont les avions patrouillent, a frappé …" what stands before "dont" is subject of the main verb."""
        first, *others = self.children(verb.index, "nsubj") if self.has(verb.index, "nsubj") else (None,)
        lead = next((child for child in self.children(others[0].index) if child.norm in self.words.relative_of), None) if others else None
        if first is None or lead is None or not first.index < lead.index < others[0].index:
            return
        later = next(
            (child.index for child in self.children(verb.index, "conj") if self.finite(child.index) and not self.has(child.index, "cc")), None
        )
        main = self.head(verb.index) if later is None else later
        if main <= verb.index or not self.is_verb(main) or self.has(main, *SUBJECT):
            return
        if main == later:
            self.hang(main, main if self.dep(verb.index) == "ROOT" else self.head(verb.index), self.dep(verb.index))
        self.hang(first.index, main, "nsubj:pass" if self.has(main, "aux:pass") else "nsubj")
        self.hang(verb.index, first.index, "acl:relcl")

    def _of_the_nearer(self, verb: Token) -> None:
        """A bare participle behind a comma describes the noun before it where it agrees with that alone ("élu le général, [[soutenu]] par le parti")."""
        main = self.head(verb.index)
        subject = next(self.children(main, *SUBJECT), None) if main < verb.index else None
        if subject is None or self.dep(verb.index) != "advcl" or PAST not in verb.morph or self.has(verb.index, *AUXILIARY, *SUBJECT):
            return
        noun = next((child for child in self.children(main, "obj") if subject.index < child.index < verb.index), None)
        if noun is None or self.tokens[verb.index - 1].norm != "," or verb.index - 2 not in range(noun.index, verb.index):
            return
        if noun.index in self.above(verb.index - 2) and self._alike(noun, verb) and not self._alike(subject, verb):
            self.hang(verb.index, noun.index, "acl")

    def _alike(self, noun: Token, participle: Token) -> bool:
        return ("Number=Plur" in noun.morph) == ("Number=Plur" in participle.morph)

    def _behind_speech(self, verb: Token) -> None:
        """What has a copula is no subject: in "Ce sont eux qui …, a affirmé [[l'hebdomadaire]]" the noun behind the verb is."""
        said = next((child for child in self.children(verb.index, "nsubj") if self.has(child.index, "cop")), None)
        speaker = next((child for child in self.children(verb.index, "obj") if child.index > verb.index), None)
        if said is None or speaker is None or said.index > verb.index or not self.finite(verb.index):
            return
        if self.tokens[self.begin(verb.index) - 1].norm != ",":
            return
        self.hang(said.index, verb.index, "ccomp")
        self.hang(speaker.index, verb.index, "nsubj")
