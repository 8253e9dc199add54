"""Which relations do parsers get wrong again and again, and what should they be? Mended before anything reads a parse.

A mend acts on a shape that grammar rules out (a name that is a determiner, two roots side by side, a noun with an article and no preposition
below a noun that has one), so that one done twice changes nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from recoupe.language.mend_nouns import Nouns
from recoupe.language.mend_parted import mend_parted
from recoupe.language.mend_relations import AUXILIARY, GERUND, PAST, SUBJECT
from recoupe.language.parsed import Parsed, Token
from recoupe.language.triggers import event_words, triggers
from recoupe.model import Language

_BEFORE_VERB = frozenset({"det", "advmod", "obj", "dep", "amod", "obl:mod"})
_MODIFYING = frozenset({"acl", "amod", "nmod", "acl:relcl", "conj"})
_NAMES = frozenset({"PROPN", "X", "NOUN"})
_PRESENT = "Mood=Ind|Tense=Pres|VerbForm=Fin"
_NEXT = 4  # words from a verb to the noun that is its object


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


@cache
def known_verbs(language: Language) -> frozenset[str]:
    """The infinitives of the verbs that name events."""
    return frozenset(written.split()[0] for entry in triggers(language) for written in entry.verbs)


def _homograph(language: Language, tokens: Sequence[Token]) -> Token | None:
    """The one word of a sentence without a finite verb that may be one, and was taken for something else: no article, an object behind it."""
    if any("VerbForm=Fin" in token.morph and token.dep != "nmod" for token in tokens):
        return None
    for token, following in pairwise(tokens):
        noun = token.pos in {"NOUN", "ADJ"} or (token.pos == "VERB" and token.dep == "nmod")
        if not noun or not token.text.islower() or token.index == tokens[0].index:
            continue
        object_follows = following.pos == "PROPN" or (following.pos in {"DET", "ADP"} and following.norm in event_words(language).articles)
        below = [other.dep for other in tokens if other.head == token.index and other.index < token.index]
        led = any(dep in {"det", "case", "amod"} for dep in below)
        object_follows = object_follows or (following.norm in event_words(language).partitive and "nsubj" in below)
        if object_follows and not led and any(token.norm + ending in known_verbs(language) for ending in event_words(language).third_person):
            return token
    return None


class _Mender(Nouns):
    """Mends verbs, then nouns, sentence by sentence."""

    def sentence(self, tokens: Sequence[Token]) -> None:
        """Mend one sentence: first who is subject of what, then what hangs too low."""
        self.below = {}
        self.last = tokens[-1].index + 1
        homograph = _homograph(self.parsed.language, tokens)
        for token in tokens:
            if token.head != token.index:
                self.below.setdefault(token.head, []).append(token.index)
        for name in self.parsed.names_in(tokens[0].start, tokens[-1].end):
            self.name(self.parsed.tokens_in(name.start, name.end))
        if homograph is not None:
            self._noun_that_is_verb(homograph, tokens)
        for token in tokens:
            if token.pos == "VERB" or self._mistagged(token):
                self._subject_behind(token)
                self._name_before(token)
                self._clause_below_a_noun(token)
                self._split_perfect(token)
                self._progressive(token)
                self._accused_of(token)
                self._parted_from_subject(token)
                self._first_of_two_subjects(token)
                self._name_before_a_colon(token)
                self._participle_with_subject(token)
                self.clause(token)
        if self.words.participles:
            mend_parted(self, tokens, known_verbs(self.parsed.language))
            self._raised_anew(tokens)
        for token in tokens[1:]:
            self._gerund(token)
        for token in tokens:
            if token.pos == "NOUN" or token.pos == "PROPN" or token.pos == "NUM":
                self.noun(token)
            elif token.pos == "ADJ":
                self.leading_adjective(token)

    def _raised_anew(self, tokens: Sequence[Token]) -> None:
        """The verbs whose auxiliary was given back to them are looked at again: their subject may be the root before them."""
        for verb in tokens:
            if self.is_verb(verb.index) and self.dep(verb.index) in _MODIFYING:
                self._clause_below_a_noun(verb)
                self._parted_from_subject(verb)

    def _name_before(self, verb: Token) -> None:
        """A name right before a finite verb without a subject is its subject, though it be its determiner, or the root of the sentence."""
        name = self._name_that_ends(verb.index)
        if name is None or not self._is_present(verb) or any(self.dep(child.index) in SUBJECT for child in self.children(verb.index)):
            return
        head, dep = self.head(name.index), self.dep(name.index)
        if head == verb.index and dep in _BEFORE_VERB and not self.has(name.index, "case", "det", "mark"):
            self.hang(name.index, verb.index, "nsubj")
        elif dep == "ROOT" and self.head(verb.index) == name.index and self.dep(verb.index) in _MODIFYING:
            self._raise(verb, name)
        elif dep == "ROOT" and self.dep(verb.index) == "ROOT" and not self.has(name.index, "case"):
            self.hang(name.index, verb.index, "nsubj")

    def _mistagged(self, token: Token) -> bool:
        """Whether a word that is tagged as none is a verb: a participle with its auxiliary, or one that governs an infinitive without an article."""
        if token.pos in {"VERB", "AUX", "ADJ"} or not token.text.islower():
            return False
        if token.pos == "NOUN" and self.participle_with_agent(token):
            return True
        if any(child.pos == "AUX" for child in self.children(token.index, "aux:tense")):
            self.verbs[token.index] = (token.lemma, PAST)
        elif token.pos == "NOUN" and self._governs(token) and not self.has(token.index, "det", "case", "amod"):
            self.verbs[token.index] = (self._plain(token), _PRESENT)
        else:
            return False
        behind = next((child for child in self.children(token.index, "dep", "nmod") if child.pos == "NOUN" and child.index > token.index), None)
        if behind is not None and not self.has(behind.index, "case") and self.has(behind.index, "det"):
            self.hang(behind.index, token.index, "obj")
        return True

    def _gerund(self, token: Token) -> None:
        """A gerund that the tagger took for a noun says what its sentence's verb does besides ("… en [[bombardant]] des quartiers")."""
        if not self.words.gerund or token.pos in {"VERB", "AUX"} or self.tokens[token.index - 1].norm != self.words.gerund[0]:
            return
        stem = token.norm.removesuffix(self.words.gerund[1])
        plain = next((stem + ending for ending in self.words.infinitives if stem + ending in known_verbs(self.parsed.language)), None)
        above = next((index for index in self.above(token.index) if index < token.index and self.is_verb(index)), None)
        if stem == token.norm or plain is None or above is None:
            return
        self.verbs[token.index] = (plain, GERUND)
        self.hang(token.index, above, "advcl")
        behind = next((child for child in self.children(token.index, "nmod", "obl:arg") if child.index > token.index), None)
        if behind is not None and all(case.norm in self.words.partitive for case in self.children(behind.index, "case")):
            self._make_object(behind, token)

    def _plain(self, token: Token) -> str:
        """The infinitive of what the tagger took for a noun: "menace" is "menacer"."""
        plain = (token.norm + ending for ending in self.words.third_person)
        return next((word for word in plain if word in known_verbs(self.parsed.language)), token.lemma)

    def _noun_that_is_verb(self, word: Token, tokens: Sequence[Token]) -> None:
        """Make the only verb of a sentence of what looks like a noun: "L'aviation turque [[frappe]] des positions"."""
        colon = max((token.index for token in tokens if token.norm == ":" and token.index < word.index), default=tokens[0].index - 1)
        before = [token for token in tokens if colon < token.index < word.index]
        subject = next((token for token in before if token.pos in {"NOUN", "PROPN"} and self._stands_free(token)), None)
        if subject is None or not self._leads_to(subject, word):
            return
        behind = next((token for token in tokens if token.index > word.index and token.pos in {"NOUN", "PROPN"}), None)
        self.verbs[word.index] = (self._plain(word), _PRESENT)
        if self.dep(subject.index) == "ROOT":
            self._raise(word, subject)
        else:
            root = list(self.above(word.index))[-1]
            self.hang(word.index, word.index, "ROOT")
            self.hang(subject.index, word.index, "nsubj")
            if root not in (word.index, subject.index):
                self.hang(root, word.index, "dep")
        if behind is not None and behind.index - word.index <= _NEXT and self.dep(behind.index) not in {"flat:name", "xcomp"}:
            self._make_object(behind, word)

    def _make_object(self, noun: Token, verb: Token) -> None:
        """Hang a noun on a verb as its object; a "des" that was taken for a preposition is its article."""
        for article in list(self.children(noun.index, "case")):
            self.hang(article.index, noun.index, "det")
        self.hang(noun.index, verb.index, "obj")

    def _stands_free(self, noun: Token) -> bool:
        """Whether a noun has no preposition before it, and an article where it is no name."""
        led = self.has(noun.index, "case")
        return not led and (noun.pos == "PROPN" or self.has(noun.index, "det"))

    def _leads_to(self, subject: Token, word: Token) -> bool:
        """Whether nothing stands between a subject and its verb but its adjectives, or an aside between commas."""
        between = self.tokens[subject.index + 1 : word.index]
        marks = [token for token in between if token.pos == "PUNCT" and token.norm != "-"]
        following = self.tokens[word.index + 1]
        if not marks:
            return all(token.pos in {"ADJ", "PROPN", "PUNCT"} for token in between)
        if len(marks) < 2 or any(token.norm != "," for token in marks) or marks[-1].index != word.index - 1:
            return False
        aside = self.tokens[marks[0].index : word.index]
        return all(token.pos in {"ADJ", "PROPN"} for token in self.tokens[subject.index + 1 : marks[0].index]) and (
            following.pos == "PROPN" or "Definite" in following.morph
        ) and not any("VerbForm=Fin" in token.morph for token in aside)  # fmt: skip

    def _governs(self, noun: Token) -> bool:
        """Whether a word behind a comma or a name has a clause with an infinitive below it ("…, [[menace]] de frapper")."""
        before = self.tokens[noun.index - 1] if noun.index else noun
        clause = next((child for child in self.children(noun.index, "xcomp") if "VerbForm=Inf" in child.morph), None)
        return (
            clause is not None
            and (before.norm == "," or before.pos == "PROPN")
            and self.dep(noun.index) in {"appos", "ROOT", "conj", "nmod", "flat:name"}
        )

    def _parted_from_subject(self, verb: Token) -> None:
        """A finite verb without a subject behind the comma that ends an aside: what the sentence was rooted in is its subject."""
        begins = min([verb.index, *(child.index for child in self.children(verb.index, *AUXILIARY, "advmod") if child.index < verb.index)])
        torn = self.dep(verb.index) in {"acl", "appos", "nmod", "conj", "parataxis"}
        if not (torn and self.finite(verb.index)) or begins < 2 or self.tokens[begins - 1].norm != ",":
            return
        if any(
            self.dep(child.index) in SUBJECT or child.dep in {"mark", "cc", "expl:subj"}
            for child in self.children(verb.index)
            if child.index < verb.index
        ):
            return
        first = self.parsed.sentence_of(verb).first
        root = next((token for token in self.tokens[first : verb.index] if self.dep(token.index) == "ROOT"), None)
        if root is None or root.pos not in {"PROPN", "NOUN"} or self.has(root.index, "cop", "nsubj", "case"):
            return
        if any(token.norm == "," for token in self.tokens[root.index : begins - 1]):
            self._raise(verb, root)

    def _participle_with_subject(self, verb: Token) -> None:
        """A bare participle between commas has no subject of its own: it is the verb's behind it ("Le Hezbollah, [[engagé]] en Syrie, a tiré …")."""
        main = self.tokens[self.head(verb.index)]
        begins = min(verb.index, *(child.index for child in self.children(verb.index, "advmod")), verb.index)
        if "VerbForm=Part" not in verb.morph or main.index <= verb.index or self.tokens[begins - 1].norm != "," or self.dep(verb.index) != "advcl":
            return
        before = (child for child in self.children(verb.index, "nsubj", "nsubj:pass", "obl:mod") if child.index < begins)
        subject = next((child for child in before if self.dep(child.index) in SUBJECT or self._stands_free(child)), None)
        if subject is None or self.has(verb.index, *AUXILIARY) or self.has(main.index, *SUBJECT):
            return
        self.hang(subject.index, main.index, "nsubj:pass" if self.has(main.index, "aux:pass") else "nsubj")
        self.hang(verb.index, subject.index, "acl")

    def _first_of_two_subjects(self, verb: Token) -> None:
        """ "[[Moscou]] et Téhéran ont convenu …": the first of two subjects that was made the root of the sentence."""
        second = next((child for child in self.children(verb.index, "nsubj", "nsubj:pass") if child.index < verb.index), None)
        if second is None:
            return
        begins = min([second.index, *(child.index for child in self.children(second.index, "det", "amod", "nummod"))])
        if begins < 2 or self.tokens[begins - 1].pos != "CCONJ":
            return
        joint, first = self.tokens[begins - 1], self.tokens[begins - 2]
        if self.dep(first.index) != "ROOT" or first.pos not in {"PROPN", "NOUN"} or self.parsed.sentence_of(first).last <= verb.index:
            return
        dep = self.dep(second.index)
        self._raise(verb, first)
        self.hang(first.index, verb.index, dep)
        self.hang(second.index, first.index, "conj")
        self.hang(joint.index, second.index, "cc")

    def _name_before_a_colon(self, verb: Token) -> None:
        """ "[[Irak]] : des roquettes visent une base": what a headline is about is no subject beside the verb's own."""
        first, *others = self.children(verb.index, "nsubj", "nsubj:pass") if self.has(verb.index, "nsubj", "nsubj:pass") else (None,)
        if first is None or not others or first.pos != "PROPN" or others[0].index > verb.index:
            return
        if self.tokens[first.index + 1].norm == ":":
            self.hang(first.index, verb.index, "dep")

    def _name_that_ends(self, verb: int) -> Token | None:
        """The name whose words, names joined to it included, end right before a verb and its clitics."""
        at = verb - 1
        while at >= 0 and self.tokens[at].pos == "PRON" and self.head(at) == verb and self.dep(at) not in SUBJECT:
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
        """Make a verb the root of which its subject was the root; what stands behind it and hung before it is its own."""
        root = next((index for index in self.above(verb.index) if self.head(index) == index), name.index)
        self.hang(verb.index, verb.index, "ROOT")
        for index in range(verb.index + 1, self.last):
            if self.head(index) < verb.index and self.head(index) != index:
                dep = self.dep(index)
                self.hang(index, verb.index, self._complement(index) if dep in {"nmod", "obj", "obl:mod", "obl", "obl:arg"} else dep)
        for child in list(self.children(name.index)):
            if child.pos == "PUNCT":
                self.hang(child.index, verb.index, "punct")
        passive = self.has(verb.index, "aux:pass")
        self.hang(name.index, verb.index, "nsubj:pass" if passive else "nsubj")
        if root not in (name.index, verb.index):
            self.hang(root, verb.index, "obl:mod" if self.has(root, "case") else "dep")

    def _complement(self, index: int) -> str:
        return "obl" if self.has(index, "case") else "obj"

    def _clause_below_a_noun(self, verb: Token) -> None:
        """A finite verb without a relative pronoun is no attribute of a noun, but the verb of the sentence whose root is a noun before it."""
        if self.words.contact_clauses or self.dep(verb.index) not in {"acl", "amod", "punct"} or not self.finite(verb.index):
            return
        if any(self.dep(child.index) in {*SUBJECT, "mark"} or self._is_free_pronoun(child) for child in self.children(verb.index)):
            return
        root = next((index for index in self.above(verb.index) if self.head(index) == index), None)
        if root is None or self.tokens[root].pos not in _NAMES or root > verb.index:
            return
        colon = max((index for index in range(root, verb.index) if self.tokens[index].norm == ":"), default=None)
        behind = [] if colon is None else [index for index in self.above(verb.index) if colon < index]
        behind = [index for index in behind if index < verb.index] or self._free_behind(colon, verb)
        heads = behind[-1:] if colon is not None else [root, *(child.index for child in self.children(root, "conj", "dep", "appos"))]
        free = [index for index in heads if index < verb.index and not self.has(index, "case")]
        if free and sum(token.norm == "," for token in self.tokens[free[0] : verb.index]) != 1:  # "Mensonge, rétorque Damas"
            self._raise(verb, self.tokens[free[0]])

    def _is_free_pronoun(self, word: Token) -> bool:
        return word.pos == "PRON" and word.norm not in self.words.reflexive

    def _free_behind(self, colon: int | None, verb: Token) -> list[int]:
        """The noun without a preposition that stands first behind a colon, no comma between it and a verb ("Syrie : l'[[aviation]] frappe …")."""
        inside = self.tokens[colon + 1 : verb.index] if colon is not None else ()
        if any(token.norm == "," for token in inside):
            return []
        return [token.index for token in inside if token.pos in {"NOUN", "PROPN"} and not self.has(token.index, "case")][:1]

    def _subject_behind(self, verb: Token) -> None:
        """Behind "dont" or "où" and a verb without a subject stands the subject ("le soutien dont bénéficie [[Daech]]")."""
        below = list(self.children(verb.index))
        leads = (*self.words.relative_of, *self.words.relative_where)
        if self.words.contact_clauses or not self._is_present(verb) or any(self.dep(child.index) in SUBJECT for child in below):
            return
        if not any(child.norm in leads and child.index < verb.index for child in below):
            return
        for child in below:
            if child.index > verb.index and self.dep(child.index) == "obj" and child.pos in {"NOUN", "PROPN"}:
                self.hang(child.index, verb.index, "nsubj")
                return

    def _split_perfect(self, verb: Token) -> None:
        """A participle with an auxiliary is no adjective of the noun behind it: that is its object ("had targeted civilians")."""
        noun = self.head(verb.index)
        if self.dep(verb.index) != "amod" or noun < verb.index or not self.has(verb.index, *AUXILIARY):
            return
        above, dep = self.head(noun), self.dep(noun)
        self.hang(verb.index, verb.index if above == noun else above, "ccomp" if dep == "obj" else dep)
        self.hang(noun, verb.index, "obj")
        for auxiliary in list(self.children(verb.index, *AUXILIARY)):
            for child in list(self.children(auxiliary.index)):
                self.hang(child.index, verb.index, self.dep(child.index))

    def _accused_of(self, verb: Token) -> None:
        """An "-ing" form between "of" and a noun is what somebody is accused of, and the noun its object ("accused the army of [[looting]] shops")."""
        noun = self.tokens[self.head(verb.index)]
        above = self.tokens[self.head(noun.index)]
        before = self.tokens[verb.index - 1]
        if self.dep(verb.index) != "amod" or noun.index < verb.index or "Aspect=Prog" not in verb.morph or before.norm not in self.words.of:
            return
        if above.index < verb.index and above.lemma in self.words.object_control and self.head(before.index) == noun.index:
            self.hang(verb.index, above.index, "advcl")
            self.hang(before.index, verb.index, "mark")
            self.hang(noun.index, verb.index, "obj")

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
