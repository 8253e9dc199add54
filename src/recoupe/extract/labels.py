"""What does a voice call an actor? Terms of the pack that judge, the actor they are applied to, and the voice that uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recoupe.language.labels import LabelEntry, label_entries, label_table
from recoupe.language.parsed import Parsed, Token
from recoupe.model import ActorMention, Attribution, Label, Span

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_LONGEST = 5  # tokens of a label with its complement


def find_labels(parsed: Parsed, actors: tuple[ActorMention, ...], attributions: tuple[Attribution, ...]) -> tuple[Label, ...]:
    """Every label of a document in order; one that stands in a quotation or reported clause belongs to that voice.

    >>> from recoupe.language.parse import parse_text
    >>> find_labels(parse_text("Les terroristes ont fui.", "fr"), (), ())[0].polarity
    'negative'
    """
    entries = label_entries(parsed.language)
    found: list[Label] = []
    end = -1
    for token in parsed.tokens:
        if token.start < end or token.pos == "PUNCT":
            continue
        for entry, words in _candidates(token, entries):
            last = _matches(parsed, token, words)
            if last is None or not _applies(parsed, token, parsed.tokens[last - 1], entry):
                continue
            span = _extent(parsed, token, last)
            found.append(
                Label(
                    span.start,
                    span.end,
                    _actor(parsed, span, token, entry, actors),
                    entry.polarity,
                    _voice(token, attributions),
                    f"label:{entry.words}",
                )
            )
            end = span.end
            break
    return tuple(found)


def _candidates(
    token: Token, entries: Mapping[str, tuple[tuple[LabelEntry, tuple[str, ...]], ...]]
) -> tuple[tuple[LabelEntry, tuple[str, ...]], ...]:
    """The entries that may begin at a token, by its lemma or a form of its own."""
    return next((entries[form] for form in (token.lemma.casefold(), *_singulars(token.norm)) if form in entries), ())


def _singulars(norm: str) -> tuple[str, ...]:
    """The word as it stands, and without the endings of number and gender that it may have."""
    bare = norm.removesuffix("s")
    return (norm, bare, bare.removesuffix("e"))


def _matches(parsed: Parsed, token: Token, words: Sequence[str]) -> int | None:
    """The index after the last word of the term, None when it doesn't stand here."""
    at = token.index + 1
    for word in words[1:]:
        if at >= len(parsed.tokens):
            return None
        other = parsed.tokens[at]
        if word.casefold() not in (other.lemma.casefold(), *_singulars(other.norm)):
            return None
        at += 1
    return at


def _applies(parsed: Parsed, token: Token, last: Token, entry: LabelEntry) -> bool:
    table = label_table(parsed.language)
    several = len(entry.words.split()) > 1
    if token.pos not in _NOMINAL and token.pos != "VERB" and not several:
        return False
    if entry.when == "capital":
        return token.text[:1].isupper() and not _starts_sentence(parsed, token)
    if entry.when == "noun":
        return token.pos == "NOUN" or (token.pos == "PROPN" and "Number=Plur" in token.morph)
    if entry.when == "owned":
        return _owned(parsed, token)
    if entry.when == "backers":
        return "Number=Plur" in token.morph and bool(parsed.children(token, "nmod"))
    if entry.when == "alone":
        return not any(child.pos == "NOUN" and parsed.children(child, "case") for child in parsed.children(token, "nmod"))
    if entry.when == "like":
        first = max(parsed.sentence_of(token).first, token.index - 3)
        return any(other.norm in table.like for other in parsed.tokens[first : token.index])
    if entry.when in ("military", "incontrolled"):
        near = parsed.tokens[last.index + 1 : last.index + 3]
        return any(other.lemma in table.military or other.norm.startswith("incontrôl") for other in near)
    if several or _is_nominal(parsed, token):
        return True
    return _names_people(parsed, token) if token.pos in ("ADJ", "VERB") or token.dep in ("amod", "compound") else True


def _is_nominal(parsed: Parsed, token: Token) -> bool:
    """Whether a determiner right before it makes a noun of what the model took for a verb ("L'occupant a fermé …")."""
    return token.pos == "VERB" and token.index > 0 and parsed.tokens[token.index - 1].pos == "DET" and token.dep not in ("amod", "acl")


def _starts_sentence(parsed: Parsed, token: Token) -> bool:
    return parsed.sentence_of(token).first == token.index


def _owned(parsed: Parsed, token: Token) -> bool:
    """Said whose: by an adjective of a people, a complement that is a name or a possessive."""
    for child in parsed.children(token, "amod", "nmod", "compound", "nmod:poss", "det"):
        if child.dep in ("amod", "compound") and child.pos in ("ADJ", "PROPN"):
            return True
        if child.dep == "nmod" and (child.pos == "PROPN" or child.text[:1].isupper() or _definite(parsed, child)):
            return True
    return False


def _definite(parsed: Parsed, token: Token) -> bool:
    return any("Definite=Def" in child.morph for child in parsed.children(token, "det"))


def _names_people(parsed: Parsed, token: Token) -> bool:
    """Whether an adjective qualifies people: "groupe terroriste", not "attaque terroriste"."""
    head = parsed.head(token)
    if head is None or token.dep not in ("amod", "acl", "compound", "nmod", "appos", "flat:name", "flat:foreign"):
        return token.pos != "VERB"
    people = label_table(parsed.language).people
    return head.lemma in people or head.norm in people or head.pos == "PROPN" or head.lemma.casefold() in label_entries(parsed.language)


def _extent(parsed: Parsed, token: Token, last: int) -> Span:
    """The term with the noun that it qualifies, its own adjectives and the name in its complement."""
    first = token.index
    head = parsed.head(token)
    if token.dep == "amod" and head is not None and abs(head.index - token.index) <= 2:
        first, last = min(first, head.index), max(last, head.index + 1)
    noun = head if token.dep == "amod" and head is not None else token
    for child in parsed.children(noun, "amod", "nmod"):
        near = child.index - last
        if 0 <= near <= 2 and (child.pos == "ADJ" or child.pos == "PROPN") and child.index - first < _LONGEST:
            last = child.index + 1
    return Span(parsed.tokens[first].start, parsed.tokens[last - 1].end)


def _actor(parsed: Parsed, span: Span, token: Token, entry: LabelEntry, actors: Sequence[ActorMention]) -> str | None:
    """The register's actor of a mention that shares words with the label, else the one it always stands for."""
    meeting = [actor for actor in actors if actor.start < span.end and span.start < actor.end and actor.actor is not None]
    if meeting:
        return max(meeting, key=lambda actor: (actor.start <= token.start < actor.end, actor.end - actor.start)).actor
    return entry.actor


def _voice(token: Token, attributions: Sequence[Attribution]) -> str:
    """The innermost attribution whose content holds the label, else the outlet."""
    holding = [
        (sum(span.end - span.start for span in attribution.content), attribution.id)
        for attribution in attributions
        if attribution.style not in ("scare", "conditional") and any(span.start <= token.start < span.end for span in attribution.content)
    ]
    return min(holding)[1] if holding else "outlet"
