"""Who was killed or hurt, where no number says how many? Persons named or described one by one, with what befell them.

A person is told apart from another by the last word of the name, else by the describing noun; "her sister and mother were injured" are two.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from recoupe.extract.figures_fates import fate_phrase
from recoupe.extract.figures_governors import alongside, is_cut_off, objects_of
from recoupe.extract.figures_harm import done_to, hurts, in_the_end, is_denied, measure_of
from recoupe.extract.figures_persons import Person, name_of, person_at
from recoupe.language.actors import fold, singular, word_set
from recoupe.language.figures import MeasureIndex, listed, measure_index
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Measure

_NOMINAL = frozenset({"NOUN", "PROPN"})
_VERBAL = frozenset({"VERB", "AUX"})
_CLAUSAL = frozenset({"acl", "acl:relcl", "amod"})
_SHARING = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "advcl:cleft"})
_PREDICATIVE = frozenset({"xcomp", "acomp", "oprd", "attr", "obj", "obl:pred"})
_DEPTH = 5


class Victim(Struct, frozen=True):
    """A person to whom harm was done, what befell, and how many are joined to the person by one word of harm ("his wife and son": 2).

    `doer` says that it is one who harmed others: by the noun ("the gunman"), by what the text says of the name, or because the hand was his own;
    `spared` that one was hurt where the same sentence has another killed ("a man was killed and [[a girl]] wounded").
    """

    person: Person
    measure: Measure
    beside: int = 1
    doer: bool = False
    spared: bool = False


def find_victims(parsed: Parsed) -> tuple[Victim, ...]:
    """The persons without a number whom a text says harm befell, in order, once for each kind of harm.

    >>> from recoupe.language.parse import parse_text
    >>> found = find_victims(parse_text("Jeanne Martin a été tuée et son mari a été blessé.", "fr"))
    >>> [(victim.person.key, victim.measure) for victim in found]
    [('martin', 'killed'), ('mari', 'wounded')]
    """
    index = measure_index(parsed.language)
    doers = _doers(parsed) | listed(parsed.language, "doers")
    found: dict[tuple[int, Measure], Victim] = {}
    for token in parsed.tokens:
        if is_denied(parsed, token):
            continue
        for head, measure in _harmed(parsed, token, index):
            told = ((part, person_at(parsed, part, index)) for part in _joined(parsed, token, head))
            # who is hurt is told in more words than a pronoun elsewhere
            parts = [(part, person) for part, person in told if person is not None and not (person.bare and measure != "killed")]
            beside = len({person.key for _, person in parts})
            for part, person in parts:
                found.setdefault(
                    (part.index, measure),
                    Victim(person, measure, beside, person.key in doers or _is_own(parsed, token) or _harms(parsed, part, index)),
                )
    return tuple(sorted(found.values(), key=lambda victim: (victim.person.start, victim.person.end, victim.measure)))


def _doers(parsed: Parsed) -> frozenset[str]:
    """The last names of those whom a text calls the gunman or suspect."""
    language = parsed.language
    found: set[str] = set()
    for token in parsed.tokens:
        if token.pos not in _NOMINAL or singular(fold(token.norm), language) not in listed(language, "doers"):
            continue
        above = parsed.head(token)
        apposed = (above,) if above is not None and token.dep in {"compound", "appos", "nmod", "flat"} else ()
        people = (*parsed.children(token, "appos", "flat", "nsubj"), *apposed)
        found.update(name[-1] for person in people if person.pos == "PROPN" and (name := name_of(parsed, person)))
    return frozenset(found)


def _harms(parsed: Parsed, person: Token, index: MeasureIndex) -> bool:
    """Whether a clause behind somebody tells whom he harmed ("the man who police believe [[killed]] five people")."""
    clauses = [parsed.subtree_span(child) for child in parsed.children(person, "acl:relcl")]
    verbs = (token for clause in clauses for token in parsed.tokens_in(clause.start, clause.end) if token.pos == "VERB")
    return any(hurts(measure) and parsed.children(verb, "obj") for verb in verbs if (measure := done_to(parsed, verb, index)) is not None)


def _is_own(parsed: Parsed, word: Token) -> bool:
    """Whether a word of harm has its doer for object."""
    return any(child.norm in listed(parsed.language, "reflexive") for child in parsed.children(word, "obj", "expl"))


def _harmed(parsed: Parsed, token: Token, index: MeasureIndex) -> Iterator[tuple[Token, Measure]]:
    """The heads of those whom a word says harm befell."""
    language = parsed.language
    if token.pos in {"VERB", "AUX", "ADJ"}:
        measure = done_to(parsed, token, index)
        if measure is not None and hurts(measure):
            yield from ((head, measure) for head in _undergoing(parsed, token))
        undergoes = measure_of(index.subjects, token, language)
        if undergoes is not None and hurts(undergoes) and token.pos == "VERB":
            yield from ((head, undergoes) for head in _subjects(parsed, token))
    fate = in_the_end(parsed, token, measure_of(index.fates, token, language))
    if fate is None and (phrase := fate_phrase(parsed, token.index, index)) is not None:
        yield from ((head, phrase) for head in _in_state(parsed, token))
    elif fate is not None and token.pos in {"ADJ", "NOUN", "VERB"}:
        yield from ((head, fate) for head in _fated(parsed, token))
    deed = in_the_end(parsed, token, measure_of(index.deeds, token, language)) if token.pos == "NOUN" else None
    if deed is not None:
        yield from ((head, "wounded") for head in _bearing(parsed, token))
        yield from ((head, deed) for head in (*_of_deed(parsed, token), *_fated(parsed, token)))


def _bearing(parsed: Parsed, wound: Token) -> tuple[Token, ...]:
    """Those who have a wound, or are found with it: "a man [[with a stab wound]]", "was found [[with burns]]", "doctors saw a girl [[with a cut]]"."""
    above, language = parsed.head(wound), parsed.language
    if singular(fold(wound.norm), language) not in listed(language, "injuries") or above is None:
        return ()
    if not any(mark.norm in listed(language, "carried") for mark in parsed.children(wound, "case")):
        return ()
    if above.pos in _NOMINAL:
        return (above,)
    direct = () if parsed.children(above, "aux:pass") else tuple(child for child in parsed.children(above, "obj") if child.pos in _NOMINAL)
    return direct or _subjects(parsed, above)


def _joined(parsed: Parsed, word: Token, head: Token) -> tuple[Token, ...]:
    """A noun with those it is joined to; the parser may have hung the rest of a list on the verb ("killing his mother, father and aunt")."""
    if word.dep in _CLAUSAL and parsed.head(word) == head:
        return (head,)
    hung = [child for child in parsed.children(word, "conj") if child.pos == "NOUN"] if head.dep == "obj" else []
    below = [other for part in hung for other in parsed.children(part, "conj")]
    return tuple(dict.fromkeys((head, *parsed.children(head, "conj"), *hung, *below, *_second_subjects(parsed, head), *alongside(parsed, word))))


def _second_subjects(parsed: Parsed, head: Token) -> Iterator[Token]:
    """Subjects that the parser hung on the verb beside one that they are joined to by "and" ("Sa sœur et [[son frère]] ont été blessés")."""
    verb = parsed.head(head)
    if verb is None or not head.dep.startswith("nsubj"):
        return
    for other in parsed.children(verb, head.dep):
        between = parsed.tokens[head.index + 1 : other.index]
        if any(token.pos == "CCONJ" for token in between) and not any(token.pos in _VERBAL for token in between):
            yield other


def _undergoing(parsed: Parsed, verb: Token) -> tuple[Token, ...]:
    """Those whom a verb of harm befalls: the object, the subject of a passive, a headline's "Man shot" or "shot himself", the noun of a participle."""
    below = parsed.children(verb)
    direct = tuple(child for child in below if child.dep == "obj" and not is_cut_off(parsed, verb, child))
    if any(child.norm in listed(parsed.language, "reflexive") for child in direct):
        return _subjects(parsed, verb)
    if direct:
        return direct
    passive = any(child.dep in {"aux:pass", "nsubj:pass"} for child in below)
    if passive or (_is_past(verb) and not any(child.dep in {"aux", "aux:tense"} for child in below)):
        return _subjects(parsed, verb)
    return ()


def _is_past(verb: Token) -> bool:
    return "VerbForm=Part" in verb.morph and "Tense=Pres" not in verb.morph


def _subjects(parsed: Parsed, verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """The subject of a word, shared, controlled, relative or taken up by a pronoun ones included."""
    own = tuple(child for child in parsed.children(verb) if child.dep in {"nsubj", "nsubj:pass"})
    head = parsed.head(verb)
    personal = [child for child in own if child.norm in listed(parsed.language, "pronouns")]
    if personal:
        return tuple(_antecedent(parsed, personal[0]))
    if own and (own[0].pos != "PRON" or verb.dep not in _CLAUSAL):
        return own
    if verb.dep in _CLAUSAL and head is not None:
        aged = parsed.head(head) if head.norm in listed(parsed.language, "ages") else None
        return (aged or head,) if head.pos in _NOMINAL else ()  # "une fillette de 6 ans [[blessée]]"
    if head is None or depth > _DEPTH or verb.dep not in _SHARING:
        return ()
    if head.pos == "ADP":
        head = parsed.head(head) or head
    return _subjects(parsed, head, depth + 1)


def _antecedent(parsed: Parsed, pronoun: Token) -> Iterator[Token]:
    """The nearest singular subject before a pronoun, in its sentence or the one before; the pronoun itself where that is no person."""
    sentence, index = parsed.sentence_of(pronoun), measure_index(parsed.language)
    first = parsed.sentences[sentence.index - 1].first if sentence.index else sentence.first
    for token in reversed(parsed.tokens[first : pronoun.index]):
        if token.dep in {"nsubj", "nsubj:pass"} and token.pos in _NOMINAL and "Number=Plur" not in token.morph and not _speaks_after(parsed, token):
            yield token if person_at(parsed, token, index) is not None else pronoun
            return
    yield pronoun


def _speaks_after(parsed: Parsed, subject: Token) -> bool:
    """Whether somebody is named behind the words that he says ("He was taken to hospital, [[Lee]] said"), so that a pronoun hardly takes him up."""
    verb = parsed.head(subject)
    return verb is not None and any(said.index < subject.index for said in parsed.children(verb, "ccomp", "parataxis"))


def _fated(parsed: Parsed, fate: Token) -> tuple[Token, ...]:
    """Those of whom a fate is said: "Smith is dead", "the slain officer", "was found dead", "left her dead", "suffered an injury"."""
    head = parsed.head(fate)
    if fate.dep == "amod" and head is not None and head.pos in _NOMINAL and fate.pos != "NOUN":
        return (head,)
    if fate.dep == "obj" and head is not None:
        return _subjects(parsed, head) if fold(head.lemma) in listed(parsed.language, "suffered") else ()
    if (fate.dep in _PREDICATIVE or (fate.dep == "advcl" and fate.pos == "ADJ")) and head is not None and head.pos in _VERBAL:
        direct = tuple(child for child in objects_of(parsed, head) if child.pos in _NOMINAL)
        return direct or _subjects(parsed, head)
    if parsed.children(fate, "cop") or (fate.pos == "ADJ" and fate.dep in {"ROOT", "conj", "appos", "acl"}):
        return _subjects(parsed, fate)
    return ()


def _in_state(parsed: Parsed, first: Token) -> tuple[Token, ...]:
    """Those of whom a phrase of several words is said ("in critical condition"): the subject of the verb above, else the noun above."""
    for above in (first, *parsed.ancestors(first)):
        if above.pos in _VERBAL:
            direct = tuple(child for child in parsed.children(above, "obj") if child.pos in _NOMINAL)
            passive = bool(parsed.children(above, "aux:pass"))
            return direct if direct and not passive else _subjects(parsed, above)
    return ()


def _of_deed(parsed: Parsed, deed: Token) -> Iterator[Token]:
    """Those whose death or injury a noun names: "Smith's murder", "the killing of Smith"."""
    of = word_set(parsed.language, "of")
    for child in parsed.children(deed, "nmod"):
        case = parsed.children(child, "case")
        if child.pos in _NOMINAL and (child.dep == "nmod:poss" or (case and fold(case[0].norm).rstrip("'") in of and child.index > deed.index)):
            yield child
