"""Which nouns do parsers hang too low, and where do they belong? Days, names torn apart, objects far behind their verb, counts."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.language.mend_deeds import Deeds
from recoupe.language.mend_relations import PAST, SUBJECT
from recoupe.language.parsed import Token

_FARTHEST = 4  # nouns between a verb and its late object


class Nouns(Deeds):
    """Mends nouns."""

    def noun(self, token: Token) -> None:
        """Put one noun right."""
        self._counted_by_a_noun(token)
        self._bare_day(token)
        self._torn_name(token)
        self._torn_compound(token)
        self._among_whom(token)
        self._below_a_day(token)
        self._late_object(token)
        self._below_a_count(token)
        self._bare_object(token)
        self._behind_a_dative(token)
        self._articled_object(token)
        self._apposition(token)
        self._joined_by_its_preposition(token)
        self.complement_of_deed(token)

    def leading_adjective(self, adjective: Token) -> None:
        """An adjective that stands before its noun is none itself ("chassé les derniers [[insurgés]]")."""
        if adjective.lemma not in self.words.before_nouns or self.dep(adjective.index) == "amod":
            return
        noun = next((child for child in self.children(adjective.index, "amod", "acl") if child.index == adjective.index + 1), None)
        if noun is None:
            return
        self.hang(noun.index, self.head(adjective.index), self.dep(adjective.index))
        for child in list(self.children(adjective.index)):
            self.hang(child.index, noun.index, self.dep(child.index))
        self.hang(adjective.index, noun.index, "amod")

    def name(self, words: Sequence[Token]) -> None:
        """The words of one name stay together, whatever each was hung on ("les insurgés de Boko [[Haram]] ont …")."""
        inside = {token.index for token in words}
        free = [token for token in words if self.head(token.index) not in inside or self.head(token.index) == token.index]
        if len(free) < 2 or self.dep(free[0].index) == "compound" or any(token.pos not in {"PROPN", "X", "PUNCT"} for token in words):
            return
        top = free[0]
        acting = next((token for token in free if self.dep(token.index) in SUBJECT), None)
        if acting is not None and not self.has(top.index, "case"):
            self.hang(top.index, self.head(acting.index), self.dep(acting.index))
        for token in free[1:]:
            if self.head(token.index) != token.index:
                self.hang(token.index, top.index, "flat:name")

    def _articled_object(self, noun: Token) -> None:
        """A noun with an article and no preposition behind its verb is the object, unless it says when ("a mené lundi soir plusieurs [[raids]]")."""
        if self.words.contact_clauses or not self.dep(noun.index).startswith("obl") or self.has(noun.index, "case") or self._is_day(noun.index):
            return
        verb = self.tokens[self.head(noun.index)]
        if (
            verb.pos != "VERB"
            or verb.index > noun.index
            or not self.words.members("moment").isdisjoint({noun.lemma, noun.norm})
            or not self.has(noun.index, "det")
        ):
            return
        led = any(child.norm in self.words.to for child in self.children(noun.index, "det"))
        if not led and self._wants_object(verb) and not any(token.pos == "PUNCT" for token in self.tokens[verb.index : noun.index]):
            self.hang(noun.index, verb.index, "obj")

    def _apposition(self, noun: Token) -> None:
        """A bare noun between commas says what the one before is, and is none beside it ("Les FDS, [[alliance]] arabo-kurde, ont …")."""
        head = self.head(noun.index)
        if (
            self.dep(noun.index) != "conj"
            or noun.pos != "NOUN"
            or self.dep(head) not in SUBJECT
            or self.has(noun.index, "cc", "det", "case", "nummod")
        ):
            return
        inside = [index for index in range(head, self.last) if noun.index in self.above(index) and self.tokens[index].pos != "PUNCT"]
        marks = [self.tokens[at] for at in (inside[0] - 1, inside[-1] + 1)]
        if all(mark.norm == "," for mark in marks) and self.tokens[marks[1].index + 1].pos in {"VERB", "AUX"}:
            self.hang(noun.index, head, "appos")

    def _joined_by_its_preposition(self, noun: Token) -> None:
        """A noun with "de" is joined to one with "de" ("les représentants de la Russie, de l'Iran et de la [[Turquie]]")."""
        head = self.head(noun.index)
        if self.dep(noun.index) != "conj" or not self._is_of(noun.index) or self._is_of(head) or noun.lemma in self.units:
            return
        before = [child for child in self.children(head, "nmod") if child.index < noun.index and self._is_of(child.index)]
        if before:
            self.hang(noun.index, before[-1].index, "conj")

    def _is_of(self, index: int) -> bool:
        return any(case.norm in self.words.of for case in self.children(index, "case"))

    def _bare_day(self, noun: Token) -> None:
        """A day without an article is no object ("ont enlevé [[mardi]] deux employés"), and rules no verb ("ont été tués [[lundi]] à Rafah")."""
        if not self.calendar.weekday(noun.norm) or self.has(noun.index, "det", "case"):
            return
        if self.dep(noun.index) in {"obj", "xcomp"} and self.tokens[self.head(noun.index)].pos == "VERB":
            self.hang(noun.index, self.head(noun.index), "obl:mod")
        verb = next((child.index for child in self.children(noun.index) if child.index < noun.index and self.finite(child.index)), None)
        if self.dep(noun.index) == "ROOT" and verb is not None and self.is_verb(verb):
            self.hang(verb, verb, "ROOT")
            self.hang(noun.index, verb, "obl:mod")
            for child in [*self.children(noun.index)]:
                self.hang(child.index, verb, self.dep(child.index))

    def _torn_name(self, name: Token) -> None:
        """A name between a preposition and a noun with its number belongs to the preposition ("à [[Kirkouk]] deux employés")."""
        noun = self.head(name.index)
        if name.pos != "PROPN" or self.dep(name.index) != "det" or noun < name.index or self.tokens[noun].pos != "NOUN" or not name.index:
            return
        case, above = name.index - 1, self.head(noun)
        if self.dep(case) != "case" or self.head(case) != noun or self.tokens[above].pos != "VERB" or above > case:
            return
        self.hang(case, name.index, "case")
        self.hang(name.index, above, "obl:mod")
        self.hang(noun, above, "obj" if self._wants_object(self.tokens[above]) else self.dep(noun))

    def _torn_compound(self, name: Token) -> None:
        """The parts of a name with a hyphen stay together ("à la Croix-[[Rouge]] les corps")."""
        if name.pos != "PROPN" or self.dep(name.index) != "obj" or name.index < 2:
            return
        hyphen, first = self.tokens[name.index - 1], self.tokens[name.index - 2]
        if hyphen.text == "-" and not hyphen.space and not first.space and first.pos == "PROPN" and self.head(hyphen.index) == self.head(name.index):
            self.hang(hyphen.index, first.index, "flat:name")
            self.hang(name.index, first.index, "flat:name")

    def _among_whom(self, noun: Token) -> None:
        """In "douze civils, [[dont cinq enfants]], ont péri" the subject is the noun before, not the part of it."""
        lead = next((child for child in self.children(noun.index) if child.norm in self.words.relative_of), None)
        if lead is None or self.dep(noun.index) not in SUBJECT or lead.index < 2 or self.tokens[lead.index - 1].norm != ",":
            return
        verb, whole = self.head(noun.index), lead.index - 2
        while whole != verb and self.head(whole) != verb and self.head(whole) != whole:
            whole = self.head(whole)
        if self.head(verb) == whole and self.dep(verb) == "acl:relcl" and self.finite(verb) and self.tokens[self.begin(verb) - 1].norm == ",":
            self.hang(verb, verb if self.head(whole) == whole else self.head(whole), self.dep(whole))
            self.hang(whole, verb, "obl")
        if self.head(whole) == verb and self.tokens[whole].pos in {"NOUN", "PROPN"} and self.dep(whole) not in SUBJECT:
            self.hang(whole, verb, self.dep(noun.index))
            self.hang(noun.index, whole, "nmod")

    def _below_a_day(self, noun: Token) -> None:
        """What a day is followed by belongs to the verb, unless it is of the calendar ("s'est entretenu vendredi [[à Mascate avec X]]")."""
        day = self.head(noun.index)
        case = next(self.children(noun.index, "case"), None)
        if day >= noun.index or case is None or not self.dep(noun.index).startswith(("nmod", "obl")):
            return
        if case.norm in self.words.of and (not self.has(noun.index, "det", "nummod") or noun.lemma in self.units):
            return
        top = self._top_of_day(day)
        if top is not None and self.tokens[top].pos == "VERB":
            self.hang(noun.index, top, "obl:mod")

    def _top_of_day(self, index: int) -> int | None:
        """What a date hangs on, None where the word belongs to none."""
        if not self._is_day(index):
            return None
        while self._is_day(index) and self.head(index) != index:
            index = self.head(index)
        return index

    def _is_day(self, index: int) -> bool:
        token = self.tokens[index]
        if self.calendar.weekday(token.norm) is not None:
            return True
        dated = self.calendar.month(token.norm) is not None
        return dated or (token.norm.isdigit() and any(self.calendar.month(child.norm) for child in self.children(index)))

    def _late_object(self, noun: Token) -> None:
        """A noun with an article and no preposition, hung on one that has its own, is the object of the verb ("a annoncé à Damas [[la mort]] de X")."""
        if not self._hangs_low(noun.index) or noun.norm in self.units or noun.lemma in self.units:
            return
        first = next(self.children(noun.index), None)
        if first is None or self.dep(first.index) not in {"det", "nummod"} or self.has(noun.index, "case", "nmod:poss"):
            return
        at, verb = noun.index, None
        for _ in range(_FARTHEST):
            at = self.head(at)
            if self.tokens[at].pos == "VERB" and self.dep(at) in {"acl", "amod"} and "VerbForm=Part" in self.tokens[at].morph:
                continue
            if self.is_verb(at):
                verb = self.tokens[at]
                break
            if not self.has(at, "case") and not self._is_day(at):
                return
        if verb is None or verb.index > noun.index or not self._wants_object(verb):
            return
        if any(token.pos == "PUNCT" for token in self.tokens[verb.index : noun.index]):
            return
        self.hang(noun.index, verb.index, "obj")

    def _hangs_low(self, index: int) -> bool:
        """Whether a noun hangs on one before it, or is the object of a past participle that describes one ("à la voiture piégée [[un poste]]")."""
        head = self.head(index)
        if head > index or self.dep(index) not in {"nmod", "obj", "appos"}:
            return False
        return self.dep(index) != "obj" or (self.dep(head) in {"acl", "amod"} and PAST in self.tokens[head].morph)

    def _wants_object(self, verb: Token) -> bool:
        """Whether a verb can have an object and has none: it is no passive, none of motion, no reflexive."""
        taken = {"obj", "aux:pass", "nsubj:pass", "expl:comp", "expl:pass", "xcomp", "ccomp", "cop"}
        if verb.lemma in self.words.unaccusative or verb.lemma in self.words.undergoing:
            return False
        return not any(self.dep(child.index) in taken for child in self.children(verb.index))

    def _below_a_count(self, noun: Token) -> None:
        """Whose the counted things are hangs on them, not on the count ("une douzaine de raids [[de la coalition]]")."""
        count = self.head(noun.index)
        if self.dep(noun.index) != "nmod" or count > noun.index or self.tokens[count].norm not in self.words.collective:
            return
        case = next(self.children(noun.index, "case"), None)
        counted = next((child for child in self.children(count, "nmod") if child.index < noun.index), None)
        if case is not None and case.norm in self.words.of and counted is not None and counted.index == count + 2:
            self.hang(noun.index, counted.index, "nmod")

    def _counted_by_a_noun(self, noun: Token) -> None:
        """A number that was made the noun counts it ("Trois cents [[soldats]] ont été acheminés")."""
        number = self.head(noun.index)
        if noun.index != number + 1 or self.dep(noun.index) not in {"amod", "nmod", "flat:name", "appos"} or self.has(noun.index, "case"):
            return
        if self.tokens[number].norm not in self.words.hundreds:
            return
        above, dep = self.head(number), self.dep(number)
        self.hang(noun.index, noun.index if above == number else above, dep)
        self.hang(number, noun.index, "nummod")
        for child in list(self.children(number)):
            if child.pos != "NUM":
                self.hang(child.index, noun.index, self.dep(child.index))

    def _bare_object(self, noun: Token) -> None:
        """A name, or a counted noun, right behind a verb without a preposition is its object ("encerclé [[Raqqa]]", "mené au moins douze [[raids]]")."""
        if not self.dep(noun.index).startswith(("obl", "nmod")) or self.has(noun.index, "case", "nmod:poss", "det") or self._is_day(noun.index):
            return
        counted = self.has(noun.index, "nummod") and noun.lemma not in self.units and noun.norm not in self.units
        if noun.pos != "PROPN" and not counted:
            return
        verb = self.head(noun.index)
        if noun.pos == "PROPN" and not self.is_verb(verb) and self._completes(verb):
            verb = self.head(verb)
        if self.tokens[verb].pos != "VERB" or verb > noun.index or not self._wants_object(self.tokens[verb]):
            return
        begins = min((index for index in range(verb + 1, noun.index + 1) if noun.index in self.above(index)), default=noun.index)
        if all(self._completes(index) or self.head(index) == begins - 1 for index in range(verb + 1, begins)):
            self.hang(noun.index, verb, "obj")

    def _completes(self, index: int) -> bool:
        """Whether a noun with its preposition and no article is part of a phrase with its verb ("mettre en [[garde]]")."""
        if self.tokens[index].pos == "ADP":
            return self._completes(self.head(index))
        led = any(case.norm in self.words.within_phrases for case in self.children(index, "case"))
        return self.tokens[index].pos == "NOUN" and led and not self.has(index, "det", "amod") and self.head(index) < index

    def _behind_a_dative(self, noun: Token) -> None:
        """A noun with "des" below one with "à" is the object of the verb ("livré aux rebelles des [[missiles]]")."""
        above = self.head(noun.index)
        article = next(self.children(noun.index, "case"), None)
        if article is None or article.norm not in self.words.partitive or self.dep(noun.index) != "nmod" or above > noun.index:
            return
        verb = self.tokens[self.head(above)]
        led = any(case.norm in self.words.to for case in self.children(above, "case"))
        often = self.tokens[above].lemma in self.units
        led = (led and verb.lemma in self.words.giving) or (often and self.has(above, "case"))
        if led and verb.index < above and "Number=Plur" in noun.morph and self._wants_object(verb):
            self.hang(article.index, noun.index, "det")
            self.hang(noun.index, verb.index, "obj")
            for child in list(self.children(above, "nmod")):
                if child.index > noun.index and often:
                    self.hang(child.index, verb.index, "obl:arg")
