"""Whose words are these? The noun phrase that is the source of a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.extract.voices.scene import Scene, is_finite, is_infinitive
from recoupe.language.cues import cue_table
from recoupe.language.parsed import Parsed, Token

_SUBJECT = ("nsubj", "csubj")
_VERBAL = frozenset({"VERB", "AUX"})
_DEEPEST = 6
_TORN = 6  # words between an auxiliary and its participle


def find_subject(scene: Scene, verb: Token) -> Token | None:
    """The head of the noun phrase that says, thinks or asks, through control, coordination and relative clauses; None when it isn't there."""
    return _before_auxiliary(scene.parsed, verb) or _subject(scene, verb, 0)


def _subject(scene: Scene, verb: Token, depth: int) -> Token | None:
    parsed = scene.parsed
    if depth > _DEEPEST:
        return None
    if is_passive(parsed, verb):
        return teller(scene, verb)
    if verb.index and parsed.tokens[verb.index - 1].norm == scene.cues.words.gerund and not is_finite(verb):
        return _of_main_clause(scene, verb)
    own = _beside_verb(scene, verb)
    if own is not None:
        return _antecedent(scene, own, verb) if own.norm in scene.sources.relative and own.pos == "PRON" else own
    head = parsed.head(verb)
    if head is None:
        return None
    if verb.dep == "conj":
        return _of_first(scene, head, verb, depth)
    if verb.dep.startswith("acl") and head.pos in ("NOUN", "PROPN", "PRON"):
        return _of_participle(scene, head, verb)
    if head.pos in _VERBAL or own_subject(parsed, head) is not None:
        words = scene.cues.words
        led = parsed.tokens[verb.index - 1].norm in words.infinitive_marks or head.lemma in words.perceived
        if verb.dep in ("xcomp", "advcl", "ccomp") and is_infinitive(verb) and led:
            controlled = next(
                (child for child in parsed.children(head, "obj", "iobj") if head.index < child.index < verb.index and child.pos != "PRON"), None
            )
            if controlled is not None:
                return controlled
        if not has_tense(parsed, verb) or verb.dep in ("xcomp", "aux", "cop"):
            return _subject(scene, head, depth + 1)
    return _controller(scene, head, depth) if not has_tense(parsed, verb) else None


def _before_auxiliary(parsed: Parsed, verb: Token) -> Token | None:
    """The noun before an auxiliary that the parser tore from its participle ("les groupes [[ont]], par ailleurs, proclamé leur existence")."""
    if verb.dep != "ROOT" or parsed.children(verb, "aux", *_SUBJECT):
        return None
    sentence = parsed.sentence_of(verb)
    for token in reversed(parsed.tokens[max(sentence.first + 1, verb.index - _TORN) : verb.index]):
        if token.pos == "AUX" and is_finite(token) and parsed.tokens[token.head].pos not in _VERBAL:
            before = parsed.tokens[token.index - 1]
            return before if before.pos in ("NOUN", "PROPN") else None
    return None


def has_tense(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb is finite, by itself or by its auxiliary."""
    before = parsed.tokens[verb.index - 1] if verb.index else verb
    return is_finite(verb) or any(is_finite(child) for child in parsed.children(verb, "aux")) or (before.pos == "AUX" and is_finite(before))


def _of_first(scene: Scene, head: Token, verb: Token, depth: int) -> Token | None:
    """The subject of the first of two joined verbs, which for an active verb behind a passive is who it happened to."""
    if is_passive(scene.parsed, head) and not is_passive(scene.parsed, verb):
        return next(iter(scene.parsed.children(head, "nsubj:pass")), None)
    return _subject(scene, head, depth + 1) if head.pos in _VERBAL else _controller(scene, head, depth)


def _of_participle(scene: Scene, noun: Token, verb: Token) -> Token | None:
    """Who speaks in a clause hung on a noun: the noun, or the agent of a past participle ("l'attaque annoncée par le ministère")."""
    parsed = scene.parsed
    past = "VerbForm=Part" in verb.morph and ("Aspect=Perf" in verb.morph or ("Tense=Past" in verb.morph and parsed.language == "fr"))
    if not past:
        if not is_finite(verb) and parsed.tokens[verb.index - 1].norm == "," and not speaks(scene, noun):
            return _of_main_clause(scene, verb)
        if not is_finite(verb):
            return _enactor(scene, noun) or noun
        return _top(parsed, noun) if verb.dep == "acl" else None  # a finite verb hung like a participle says it itself
    following = parsed.tokens[verb.index + 1].norm if verb.index + 1 < len(parsed.tokens) else ""
    return noun if parsed.language == "en" and following in scene.cues.words.complementizers else teller(scene, verb)


def _enactor(scene: Scene, document: Token) -> Token | None:
    """Who speaks by a document that it adopts: "[[le Parlement]] a adopté une loi exigeant …"."""
    verb = scene.parsed.head(document)
    if verb is None or document.dep != "obj" or document.lemma not in scene.sources.document or verb.lemma not in scene.cues.words.enacted:
        return None
    return own_subject(scene.parsed, verb)


def _top(parsed: Parsed, noun: Token) -> Token:
    """The head of the whole phrase that a noun ends: "Chacun des deux camps"."""
    for above in parsed.ancestors(noun):
        if above.index > noun.index or above.pos not in ("NOUN", "PROPN", "PRON", "NUM"):
            break
        noun = above
    return noun


def _of_main_clause(scene: Scene, verb: Token) -> Token | None:
    """A gerund has the subject of the clause around it."""
    for above in scene.parsed.ancestors(verb):
        if above.pos in _VERBAL:
            found = _subject(scene, above, _DEEPEST - 1)
            if found is not None:
                return found
    return None


def _controller(scene: Scene, head: Token, depth: int) -> Token | None:
    own = own_subject(scene.parsed, head)
    if own is not None:
        return own
    above = scene.parsed.head(head)
    return _subject(scene, above, depth + 1) if above is not None and above.pos in _VERBAL else None


def own_subject(parsed: Parsed, verb: Token) -> Token | None:
    """The subject that hangs on the verb itself, the noun before its pronoun."""
    subjects = [
        child
        for child in parsed.children(verb, *_SUBJECT)
        if child.dep != "nsubj:pass" and (child.text[:1].isalnum() or (child.norm.startswith("-") and len(child.norm) > 2))
    ]
    if not subjects and not _impersonal(parsed, verb):
        subjects = [child for child in parsed.children(verb) if child.dep == "expl:subj" and child.norm.strip("-") not in ("t", "ce", "c'")]
    return next((child for child in subjects if child.pos in ("NOUN", "PROPN")), subjects[0] if subjects else None)


def _impersonal(parsed: Parsed, verb: Token) -> bool:
    """ "Il est reproché au général …": nobody is the subject of a passive that has "il" before it."""
    words, below = cue_table(parsed.language).words, parsed.children(verb)
    return any(child.dep.startswith("aux") and child.lemma in words.be for child in below) and not any(child.norm in words.clitics for child in below)


def inverted_pronoun(scene: Scene, verb: Token) -> Token | None:
    """The pronoun that a hyphen ties to the verb or its auxiliary, whatever the parser made of it: "ajoute-t-il", "a-t-il ajouté"."""
    tokens = scene.parsed.tokens
    helpers = [child for child in scene.parsed.children(verb, "aux") if child.index < verb.index]
    for first in (*helpers[:1], verb):
        for at in (first.index + 1, first.index + 2):
            if at >= len(tokens) or not tokens[at].norm.startswith("-"):
                break
            if tokens[at].norm in scene.cues.words.inverted:
                return tokens[at]
    return None


def _beside_verb(scene: Scene, verb: Token) -> Token | None:
    """The verb's own subject, or the pronoun behind it where a mark parts the noun before from it."""
    own, behind = _including(scene, own_subject(scene.parsed, verb)), inverted_pronoun(scene, verb)
    return behind if behind is not None and (own is None or _parted(scene.parsed, own, behind)) else own


def _including(scene: Scene, subject: Token | None) -> Token | None:
    """The noun before ", dont …,", where the parser took one of those that it stands for for the subject."""
    tokens = scene.parsed.tokens
    if subject is None or subject.index < 3:
        return subject
    relative = tokens[scene.parsed.subtree(subject)[0].index]
    led = relative.norm in scene.sources.relative and relative.dep == "nmod" and relative.index > 1 and tokens[relative.index - 1].norm == ","
    before = tokens[relative.index - 2]
    return before if led and before.pos in ("NOUN", "PROPN") else subject


def _parted(parsed: Parsed, noun: Token, pronoun: Token) -> bool:
    """Whether a mark stands between: then the noun belongs to what is said."""
    return any(token.pos == "PUNCT" for token in parsed.tokens[noun.index + 1 : pronoun.index])


def _antecedent(scene: Scene, pronoun: Token, verb: Token) -> Token | None:
    for above in scene.parsed.ancestors(verb):
        if above.pos in ("NOUN", "PROPN", "PRON") and above.index < pronoun.index:
            return above
        if above.pos in _VERBAL and is_finite(above) and above.index < pronoun.index:
            break
    before = scene.parsed.tokens[pronoun.index - 1] if pronoun.index else None
    while before is not None and before.pos in ("PUNCT", "ADJ", "ADP", "DET") and before.index:
        before = scene.parsed.tokens[before.index - 1]
    return before if before is not None and before.pos in ("NOUN", "PROPN") else None


def is_passive(parsed: Parsed, verb: Token) -> bool:
    """Whether the verb is a passive, by its auxiliary, its subject or its agent."""
    return any(child.dep in ("aux:pass", "nsubj:pass") for child in parsed.children(verb))


def agent(parsed: Parsed, verb: Token) -> Token | None:
    """The agent of a passive."""
    return next((child for child in parsed.children(verb) if child.dep == "obl:agent"), None)


def teller(scene: Scene, verb: Token) -> Token | None:
    """Who or what a passive or participle is said by: its agent, or the document in which it stands ("signalés dans le rapport")."""
    words, by = scene.cues.words, agent(scene.parsed, verb)
    if by is not None:
        return by
    inside = (child for child in scene.parsed.children(verb, "obl", "nmod") if child.lemma in scene.words.document)
    return next((child for child in inside if any(case.norm in words.inside for case in scene.parsed.children(child, "case"))), None)


def noun_phrase(scene: Scene, head: Token, cue: Token | None = None) -> tuple[Token, ...]:
    """The words of a source: the head with what belongs to it, without the preposition before it, the cue and all that hangs on the cue."""
    parsed = scene.parsed
    if head.pos in _VERBAL:
        return (head,)
    barred = _branch(parsed, head, cue) if cue is not None and head.index in _above(parsed, cue) else set()
    for child in parsed.children(head):
        if child.index > head.index and _is_addressed(scene, head, child):
            barred = barred | {token.index for token in parsed.subtree(child)}
    start, end = head.index, head.index
    tree = [token for token in parsed.subtree(head) if token.index not in barred and not _outside(parsed, head, token)]
    kept = {token.index for token in tree} | {head.index}
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept:
        end += 1
    while (
        start < head.index
        and (parsed.tokens[start].dep in ("case", "cc", "mark") or parsed.tokens[start].pos in ("PUNCT", "ADP", "CCONJ"))
        and parsed.tokens[start].head == head.index
    ):
        start += 1
    start = _glued_before(parsed, start)
    tokens = list(parsed.tokens[start : _glued(parsed, _with_name(scene, head, end)) + 1])
    while len(tokens) > 1 and ((tokens[-1].pos == "PUNCT" and tokens[-1].norm not in (")", "»", '"')) or tokens[-1].dep in ("case", "mark", "cc")):
        tokens.pop()
    return tuple(_within_marks(scene, head, tokens))


def _glued(parsed: Parsed, end: int) -> int:
    """The index of the last word of a compound that the model cut at its hyphens: "état-major"."""
    tokens = parsed.tokens
    while end + 2 < len(tokens) and tokens[end + 1].text in ("-", "‑", "–") and tokens[end].end == tokens[end + 1].start:
        if tokens[end + 2].start != tokens[end + 1].end or not tokens[end + 2].text[:1].isalpha():
            break
        end += 2
    return end


def _glued_before(parsed: Parsed, start: int) -> int:
    """The index of the first word of such a compound, or of the article before it."""
    tokens, first = parsed.tokens, start
    while first > 1 and tokens[first - 1].text in ("-", "‑") and tokens[first - 2].end == tokens[first - 1].start:
        if tokens[first - 1].end != tokens[first].start or not tokens[first - 2].text[-1:].isalpha():
            break
        first -= 2
    return first - 1 if first < start and first and tokens[first - 1].pos == "DET" else first


def _with_name(scene: Scene, head: Token, end: int) -> int:
    """The index of the last word of the name that stands right behind somebody's role: "l'historien militaire Jesús Salas"."""
    tokens = scene.parsed.tokens
    following = tokens[end + 1] if end + 1 < len(tokens) else None
    if following is None or following.pos != "PROPN" or following.dep.startswith("nsubj") or head.pos != "NOUN":
        return end
    if "\n" in scene.parsed.text[tokens[end].end : following.start]:
        return end
    if head.lemma not in scene.words.person | scene.words.office or scene.within[following.index] != scene.within[head.index]:
        return end
    name = scene.name_at.get(following.index)
    last = end + 1
    while name is not None and last + 1 < len(tokens) and tokens[last + 1].end <= name.end:
        last += 1
    return last


def without_relative(scene: Scene, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The words of a source up to the comma before a relative clause."""
    for place in range(1, len(tokens) - 1):
        if tokens[place].norm == "," and is_relative(scene, tokens[place + 1]):
            return tuple(tokens[:place])
    return tuple(tokens)


def is_relative(scene: Scene, token: Token) -> bool:
    """Whether a word is a relative pronoun."""
    return token.pos in ("PRON", "SCONJ") and token.norm in scene.sources.relative


def _within_marks(scene: Scene, head: Token, tokens: list[Token]) -> list[Token]:
    """Only the words on the head's side of a quotation mark."""
    side = scene.within[head.index]
    start = next(
        (
            place
            for place in range(len(tokens) - 1, -1, -1)
            if tokens[place].index < head.index
            and scene.within[tokens[place].index] not in (side, -1)
            and side == -1
            and _speechy(scene, tokens[place])
        ),
        -1,
    )
    kept = tokens[start + 1 :]
    end = next(
        (place for place, token in enumerate(kept) if token.index > head.index and scene.within[token.index] != side and _speechy(scene, token)),
        len(kept),
    )
    return kept[:end]


def _speechy(scene: Scene, token: Token) -> bool:
    number = scene.within[token.index]
    if number < 0:
        return True
    inner = scene.quotations[number].inner
    return inner.end - inner.start > 40


def _above(parsed: Parsed, token: Token) -> set[int]:
    return {above.index for above in parsed.ancestors(token)}


def _branch(parsed: Parsed, head: Token, cue: Token) -> set[int]:
    """The child of `head` that leads to `cue`, with all below it."""
    at = cue
    for above in parsed.ancestors(cue):
        if above.index == head.index:
            return {token.index for token in parsed.subtree(at)}
        at = above
    return set()


def _is_addressed(scene: Scene, head: Token, child: Token) -> bool:
    """Whether a complement is the medium that somebody spoke to ("a déclaré un officier [[à l'AFP]]"), and not the one that he works for."""
    medium = child.lemma in scene.words.media or child.text.casefold() in scene.words.outlets
    led = any(case.norm in scene.cues.words.to for case in scene.parsed.children(child, "case"))
    return medium and led and head.lemma not in scene.words.press and head.lemma not in scene.words.media


def _outside(parsed: Parsed, head: Token, token: Token) -> bool:
    """Whether a token hangs on the noun only because a clause was attached to it by mistake or stands in parentheses after a verb."""
    if token.index == head.index:
        return False
    for above in (token, *parsed.ancestors(token)):
        if above.index == head.index:
            return False
        if (
            above.head == head.index
            and above.dep in ("parataxis", "punct", "ccomp", "cop", "nsubj", "aux", "aux:tense", "aux:pass", "advcl", "mark")
            and above.pos in ("VERB", "AUX", "SCONJ", "NOUN", "PRON")
        ):
            return True
    return False


def speaks(scene: Scene, head: Token | None) -> bool:
    """Whether a noun or pronoun can be who speaks."""
    if head is None:
        return False
    if head.pos == "PRON":
        return head.norm.strip("-") not in scene.sources.neuter
    known = head.index in scene.name_at or head.pos == "PROPN" or head.lemma in scene.words.speakers or head.text[:1].isupper()
    return known or any(child.index in scene.person_at and child.index > head.index for child in scene.parsed.children(head, "appos", "flat"))
