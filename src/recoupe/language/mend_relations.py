"""What hangs on what while a parse is mended? Heads and relations that can be changed, and the parse that comes of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from recoupe.language.calendar import Calendar, calendar
from recoupe.language.parsed import Parsed, Token
from recoupe.language.triggers import EventWords, event_words

SUBJECT = frozenset({"nsubj", "nsubj:pass", "csubj", "expl:subj", "nsubj:caus"})
AUXILIARY = ("aux", "aux:tense", "aux:pass")
PAST, GERUND = "Tense=Past|VerbForm=Part", "Tense=Pres|VerbForm=Part"  # participles, as the models write them


class Relations:
    """The heads and relations of one parse while they are changed."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.tokens = parsed.tokens
        self.words: EventWords = event_words(parsed.language)
        self.calendar: Calendar = calendar(parsed.language)
        self.units = self.words.members("unit")
        self.changed: dict[int, tuple[int, str]] = {}
        self.verbs: dict[int, tuple[str, str]] = {}  # what is a verb for all its tag: its lemma and features
        self.below: dict[int, list[int]] = {}
        self.last = 0

    def result(self) -> Parsed:
        """The parse with all changes made."""
        if not self.changed and not self.verbs:
            return self.parsed
        replaced = list(self.tokens)
        for index, (lemma, morph) in self.verbs.items():
            replaced[index] = msgspec.structs.replace(replaced[index], pos="VERB", lemma=lemma, morph=morph)
        for index, (head, dep) in self.changed.items():
            replaced[index] = msgspec.structs.replace(replaced[index], head=head, dep=dep)
        return msgspec.structs.replace(self.parsed, tokens=tuple(replaced))

    def head(self, index: int) -> int:
        """The index of the word that one hangs on now."""
        return self.changed[index][0] if index in self.changed else self.tokens[index].head

    def dep(self, index: int) -> str:
        """The relation of a word now."""
        return self.changed[index][1] if index in self.changed else self.tokens[index].dep

    def children(self, index: int, *deps: str) -> Iterator[Token]:
        """The words that hang on one now, of some relations if any are given."""
        return (self.tokens[child] for child in self.below.get(index, ()) if not deps or self.dep(child) in deps)

    def above(self, index: int) -> Iterator[int]:
        """A word and those above it, up to the root."""
        while True:
            yield index
            if self.head(index) == index:
                return
            index = self.head(index)

    def is_verb(self, index: int) -> bool:
        """Whether a word is a verb, whatever its tag said."""
        return index in self.verbs or self.tokens[index].pos == "VERB"

    def infinitive(self, participle: Token) -> str | None:
        """The infinitive of what looks like a participle of the past, None for other words: "assiégée" is "assiéger"."""
        word = participle.norm
        return next((word.removesuffix(ending) + plain for ending, plain in self.words.participles if word.endswith(ending)), None)

    def has(self, index: int, *deps: str) -> bool:
        """Whether a word hangs on one now by one of some relations."""
        return next(self.children(index, *deps), None) is not None

    def hang(self, index: int, head: int, dep: str) -> None:
        """Hang a word on another, itself for a root, by a relation; nothing changes where the other stands below it: a tree stays one."""
        if head != index and index in self.above(head):
            return
        before = self.head(index)
        if before != index:
            self.below[before].remove(index)
        if head != index:
            self.below.setdefault(head, []).append(index)
            self.below[head].sort()
        self.changed[index] = (head, dep)
