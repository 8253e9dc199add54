"""Which person does a noun or a name stand for? Its name, sex and age as the words beside it tell them, and how many different persons several such are at least."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

from recoupe.extract.figures_ages import is_aged
from recoupe.extract.figures_harm import is_somebody, measure_of
from recoupe.language.actors import fold, singular, word_set
from recoupe.language.figures import MeasureIndex, figure_words, listed
from recoupe.language.parsed import Parsed, Token
from recoupe.language.parts import counts_anybody
from recoupe.language.persons import Sex, person_index
from recoupe.model import Language

Known = TypeVar("Known", Sex, bool)

_NOMINAL = frozenset({"NOUN", "PROPN"})
_BEFORE = 6  # tokens before a noun in which its determiners and adjectives stand
_AFTER = 24  # characters behind a noun or name in which its age begins
_GROWN = 20  # years from which one is surely grown up
_YOUNG = 13  # years under which one is surely a child


class Person(Struct, frozen=True):
    """A person as a phrase tells it: its characters and sentence, a key (the surname, else the noun), and what is known.

    `new` says that the words bring the person in ("a man", "his wife") and do not take one up ("the man"), `other` that they say that it is not one
    of those before ("another man"); `rank` is how many an ordinal says there are at least ("a third victim"), `bare` that no more is told than a pronoun does, `anybody` that the noun is of no kind ("the victim"). None stands for unknown.
    """

    start: int
    end: int
    sentence: int
    key: str
    given: str | None
    named: bool
    new: bool
    other: bool
    rank: int
    sex: Sex | None
    grown: bool | None
    age: int | None
    bare: bool = False
    anybody: bool = False


def person_at(parsed: Parsed, head: Token, index: MeasureIndex) -> Person | None:
    """The person that a noun names or describes, that a personal pronoun takes up or an ordinal numbers, None for a thing, or those whom a number counts."""
    language = parsed.language
    if head.norm in listed(language, "pronouns"):
        return _barely(parsed, head, rank=1)
    if head.dep.startswith("nsubj") and head.norm in figure_words(language).ordinals and _is_brought_in(parsed, head):
        return _barely(parsed, head, rank=figure_words(language).ordinals.index(head.norm) + 2)
    aged = is_aged(parsed, head)
    if not (head.pos in _NOMINAL or aged) or "Number=Plur" in head.morph or parsed.children(head, "nummod"):
        return None
    appositions = [child for child in parsed.children(head, "appos", "flat") if child.pos == "PROPN"]
    name = head if head.pos == "PROPN" else next(iter(appositions), None)
    words = () if name is None else name_of(parsed, name)
    if not words and not aged and (head.pos != "NOUN" or not is_somebody(head, index, language) or _is_fate(head, index, language)):
        return None
    before = [parsed.tokens[at].norm for at in range(max(head.index - _BEFORE, 0), head.index) if parsed.tokens[at].head == head.index]
    bare = not parsed.children(head, "det", "nmod:poss") and head.pos == "NOUN"
    ordinals = figure_words(language).ordinals
    known = person_index(language)
    said = {singular(fold(token.norm), language) for token in (head, *parsed.children(head, "compound", "amod", "appos", "nmod:poss"))}
    age = _age(parsed, head, name)
    return Person(
        start=min(token.start for token in (head, *parsed.children(head, "det", "amod", "compound", "nmod:poss")) if token.index <= head.index),
        end=head.end,
        sentence=parsed.sentence_of(head).index,
        key=words[-1] if words else singular(fold(head.norm), language),
        given=words[0] if len(words) > 1 else None,
        named=bool(words),
        new=bare or any(word in listed(language, "single") or word in word_set(language, "possessives") for word in before),
        other=any(singular(fold(word), language) in known.another for word in before),
        rank=max((ordinals.index(word) + 2 for word in before if word in ordinals), default=1),
        sex=_only(known.sexes[word] for word in said if word in known.sexes),
        grown=_is_grown(age) if age is not None else _only(known.grown[word] for word in said if word in known.grown),
        age=age,
        anybody=not words and counts_anybody(head.norm, language),
    )


def _barely(parsed: Parsed, word: Token, rank: int) -> Person:
    """Somebody of whom a pronoun tells no more than the sex, or an ordinal no more than a number ("a fifth died")."""
    sex = person_index(parsed.language).sexes.get(word.norm)
    sentence, known = parsed.sentence_of(word).index, rank > 1
    return Person(
        word.start,
        word.end,
        sentence,
        word.norm,
        None,
        named=False,
        new=known,
        other=known,
        rank=rank,
        sex=sex,
        grown=None,
        age=None,
        bare=not known,
        anybody=True,
    )


def _is_brought_in(parsed: Parsed, word: Token) -> bool:
    """Whether an article brings somebody in ("[[a]] fifth", "[[un]] cinquième")."""
    return any(child.norm in listed(parsed.language, "single") for child in parsed.children(word, "det"))


def _is_fate(head: Token, index: MeasureIndex, language: Language) -> bool:
    """Whether a noun is what befell somebody and nobody: "a death", where "a victim" is somebody."""
    return measure_of(index.deeds, head, language) is not None and singular(fold(head.norm), language) not in listed(language, "people")


def name_of(parsed: Parsed, head: Token) -> tuple[str, ...]:
    """The words of a person's name, none where the words name no person."""
    person = next((name for name in parsed.names_in(head.start, head.end) if name.kind == "person"), None)
    if person is None:
        return ()
    return tuple(fold(token.norm) for token in parsed.tokens_in(person.start, person.end) if token.pos == "PROPN" and len(token.norm) > 2)


def _only(values: Iterable[Known]) -> Known | None:
    """The one value that all are, None for none or several."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _age(parsed: Parsed, head: Token, name: Token | None) -> int | None:
    """The years that stand before a noun or right behind it or its name."""
    known = person_index(parsed.language)
    left = min((parsed.subtree_span(child).start for child in parsed.children(head) if child.index < head.index), default=head.start)
    before = parsed.text[left : head.end]
    if known.months.search(before):
        return 0
    last = max(head.end, *(child.end for child in (() if name is None else (name, *parsed.children(name, "flat")))), 0)
    found = known.before.search(before) or known.after.match(parsed.text, last, last + _AFTER)
    return None if found is None else next((int(group) for group in found.groups() if group), None)


def _is_grown(age: int) -> bool | None:
    return True if age >= _GROWN else False if age < _YOUNG else None


def are_others(one: Person, other: Person) -> bool:
    """Whether two phrases can't stand for one person: other names, sexes or ages, two told in one sentence, or "another" than those before."""
    if one.named and other.named:
        return not _same_name(one, other)
    if None not in (one.sex, other.sex) and one.sex != other.sex:
        return True
    if one.age is not None and other.age is not None and one.age != other.age:
        return True
    if None not in (one.grown, other.grown) and one.grown != other.grown:
        return True
    if one.sentence == other.sentence and one.start != other.start and one.new and other.new:
        return True
    if one.sentence == other.sentence and one.key != other.key and not (one.named or other.named or one.anybody or other.anybody):
        return True  # "a boy was killed and the brother hit"
    return other.other and not (one.other and one.key == other.key)


def _same_name(one: Person, other: Person) -> bool:
    """Whether two names can be of one person: the same last word, and no two first words; or one's last is the other's first ("Anna")."""
    if one.key == other.key:
        return one.given is None or other.given is None or one.given == other.given
    return (one.key == other.given and one.given is None) or (other.key == one.given and other.given is None)
