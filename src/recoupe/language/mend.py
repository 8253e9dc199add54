"""Which relations do parsers get wrong again and again, and what should they be? Mended before anything reads a parse.

A mend acts on a shape that grammar rules out (a name that is a determiner, two roots side by side, a noun with an article and no preposition
below a noun that has one), so that one done twice changes nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from recoupe.language.calendar import Calendar, calendar
from recoupe.language.parsed import Parsed, Token
from recoupe.language.triggers import EventWords, event_words

_SUBJECT = frozenset({"nsubj", "nsubj:pass", "csubj", "expl:subj", "nsubj:caus"})
_BEFORE_VERB = frozenset({"det", "advmod", "obj", "dep", "amod", "obl:mod"})
_MODIFYING = frozenset({"acl", "amod", "nmod", "acl:relcl", "conj"})
_NAMES = frozenset({"PROPN", "X", "NOUN"})
_AUXILIARY = frozenset({"aux", "aux:tense", "aux:pass"})
_FARTHEST = 4  # nouns between a verb and its late object


def mend(parsed: Parsed) -> Parsed:
    """The same parse with relations put right.

    >>> from recoupe.language.parse import parse_text
    >>> [(token.text, token.dep) for token in parse_text("Ankara menace de frapper.", "fr").tokens][:2]
    [('Ankara', 'nsubj'), ('menace', 'ROOT')]
    """
    mender = _Mender(parsed)
    for sentence in parsed.sentences:
        mender.sentence(parsed.tokens[sentence.first : sentence.last])
    return mender.result()


class _Mender:
    """The heads and relations of one parse while they are changed."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.tokens = parsed.tokens
        self.words: EventWords = event_words(parsed.language)
        self.calendar: Calendar = calendar(parsed.language)
        self.units = self.words.members("unit")
        self.changed: dict[int, tuple[int, str]] = {}
        self.below: dict[int, list[int]] = {}

    def result(self) -> Parsed:
        if not self.changed:
            return self.parsed
        replaced = list(self.tokens)
        for index, (head, dep) in self.changed.items():
            replaced[index] = msgspec.structs.replace(replaced[index], head=head, dep=dep)
        return msgspec.structs.replace(self.parsed, tokens=tuple(replaced))

    def sentence(self, tokens: Sequence[Token]) -> None:
        """Mend one sentence: first who is subject of what, then what hangs too low."""
        self.below = {}
        for token in tokens:
            if token.head != token.index:
                self.below.setdefault(token.head, []).append(token.index)
        for token in tokens:
            if token.pos == "VERB":
                self._name_before(token)
                self._split_perfect(token)
                self._progressive(token)
        for token in tokens:
            if token.pos == "NOUN" or token.pos == "PROPN" or token.pos == "NUM":
                self._below_a_day(token)
                self._late_object(token)
                self._below_a_count(token)

    # -------------------------------------------------------------------------------------------------------------- relations

    def head(self, index: int) -> int:
        return self.changed[index][0] if index in self.changed else self.tokens[index].head

    def dep(self, index: int) -> str:
        return self.changed[index][1] if index in self.changed else self.tokens[index].dep

    def children(self, index: int, *deps: str) -> Iterator[Token]:
        return (self.tokens[child] for child in self.below.get(index, ()) if not deps or self.dep(child) in deps)

    def hang(self, index: int, head: int, dep: str) -> None:
        before = self.head(index)
        if before != index:
            self.below[before].remove(index)
        if head != index:
            self.below.setdefault(head, []).append(index)
            self.below[head].sort()
        self.changed[index] = (head, dep)

    # ------------------------------------------------------------------------------------------------------------------ verbs

    def _name_before(self, verb: Token) -> None:
        """A name right before a finite verb without a subject is its subject, though it be its determiner, or the root of the sentence."""
        name = self._name_that_ends(verb.index)
        if name is None or not self._is_present(verb) or any(self.dep(child.index) in _SUBJECT for child in self.children(verb.index)):
            return
        head, dep = self.head(name.index), self.dep(name.index)
        if head == verb.index and dep in _BEFORE_VERB and next(self.children(name.index, "case", "det", "mark"), None) is None:
            self.hang(name.index, verb.index, "nsubj")
        elif dep == "ROOT" and self.head(verb.index) == name.index and self.dep(verb.index) in _MODIFYING:
            self._raise(verb, name)
        elif dep == "ROOT" and self.dep(verb.index) == "ROOT" and next(self.children(name.index, "case"), None) is None:
            self.hang(name.index, verb.index, "nsubj")

    def _name_that_ends(self, verb: int) -> Token | None:
        """The name whose words, names joined to it included, end right before a verb and its clitics."""
        at = verb - 1
        while at >= 0 and self.tokens[at].pos == "PRON" and self.head(at) == verb and self.dep(at) not in _SUBJECT:
            at -= 1
        if at < 0 or not self.tokens[at].text[:1].isupper() or self.tokens[at].pos not in _NAMES:
            return None
        while self.dep(at) in {"conj", "flat:name", "flat:foreign", "flat"} and self.head(at) < at:
            at = self.head(at)
        name = self.tokens[at]
        return name if name.text[:1].isupper() and name.pos in _NAMES and self.parsed.sentence_of(name).first <= at else None

    def _is_present(self, verb: Token) -> bool:
        """Whether a form is finite, by its features or by its ending where the tagger took it for a participle ("avertit")."""
        if "VerbForm=Fin" in verb.morph or "Mood=" in verb.morph:
            return True
        return any(verb.norm.endswith(form) and verb.lemma == verb.norm[: -len(form)] + plain for form, plain in self.words.present)

    def _raise(self, verb: Token, name: Token) -> None:
        """Make a verb the root of which its subject was the root."""
        self.hang(verb.index, verb.index, "ROOT")
        for child in list(self.children(name.index)):
            if child.index > verb.index or child.pos == "PUNCT":
                dep = self.dep(child.index)
                cased = next(self.children(child.index, "case"), None) is not None
                self.hang(child.index, verb.index, ("obl" if cased else "obj") if dep == "nmod" else dep)
        self.hang(name.index, verb.index, "nsubj")

    def _split_perfect(self, verb: Token) -> None:
        """A participle with an auxiliary is no adjective of the noun behind it: that is its object ("had targeted civilians")."""
        noun = self.head(verb.index)
        if self.dep(verb.index) != "amod" or noun < verb.index or next(self.children(verb.index, *_AUXILIARY), None) is None:
            return
        above, dep = self.head(noun), self.dep(noun)
        self.hang(verb.index, verb.index if above == noun else above, "ccomp" if dep == "obj" else dep)
        self.hang(noun, verb.index, "obj")
        for auxiliary in list(self.children(verb.index, *_AUXILIARY)):
            for child in list(self.children(auxiliary.index)):
                self.hang(child.index, verb.index, self.dep(child.index))

    def _progressive(self, verb: Token) -> None:
        """An "-ing" form after "be" with a name or pronoun for subject is the verb of its clause ("Qatar [[is mediating]]")."""
        be = self.head(verb.index)
        if self.dep(verb.index) != "attr" or "Aspect=Prog" not in verb.morph or be > verb.index or self.tokens[be].pos != "AUX":
            return
        subject = next(self.children(be, "nsubj"), None)
        if subject is None or subject.pos not in {"PROPN", "PRON"}:
            return
        above, dep = self.head(be), self.dep(be)
        self.hang(verb.index, verb.index if above == be else above, dep)
        for child in list(self.children(be)):
            if child.index != verb.index:
                self.hang(child.index, verb.index, self.dep(child.index))
        self.hang(be, verb.index, "aux")

    # ------------------------------------------------------------------------------------------------------------------ nouns

    def _below_a_day(self, noun: Token) -> None:
        """What a day is followed by with a preposition other than "of" belongs to the verb ("s'est entretenu vendredi [[à Mascate avec X]]")."""
        day = self.head(noun.index)
        case = next(self.children(noun.index, "case"), None)
        if day >= noun.index or case is None or case.norm in self.words.of or not self.dep(noun.index).startswith(("nmod", "obl")):
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
        if self.dep(noun.index) != "nmod" or self.head(noun.index) > noun.index or noun.norm in self.units or noun.lemma in self.units:
            return
        first = next(self.children(noun.index), None)
        if first is None or self.dep(first.index) not in {"det", "nummod"} or next(self.children(noun.index, "case", "nmod:poss"), None) is not None:
            return
        at, verb = noun.index, None
        for _ in range(_FARTHEST):
            at = self.head(at)
            if self.tokens[at].pos == "VERB":
                verb = self.tokens[at]
                break
            if next(self.children(at, "case"), None) is None and not self._is_day(at):
                return
        if verb is None or verb.index > noun.index or not self._wants_object(verb):
            return
        if any(token.pos == "PUNCT" for token in self.tokens[verb.index : noun.index]):
            return
        self.hang(noun.index, verb.index, "obj")

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
