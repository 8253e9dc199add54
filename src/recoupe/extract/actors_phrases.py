"""Which noun phrases describe an actor, and whose is it? "troupes US", "ministère russe de la Défense", "terroristes de Daech", "hommes armés"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from recoupe.extract.actors_names import Match, Word
from recoupe.knowledge.actors import ActorEntry, Register
from recoupe.language.actors import ActorNoun, NounPhrase, noun_index, singular, word_set
from recoupe.language.parsed import Parsed, Token

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X", "VERB"})
_MODIFIER = frozenset({"ADJ", "NOUN", "PROPN", "X", "NUM", "VERB"})
_LONGEST = 9  # tokens that a phrase may reach from its noun


class Phrase(Struct, frozen=True):
    """A described actor.

    `first` and `last` are its tokens as a half-open range, `head` the index of its noun; `label` is the noun as it may be taken up again,
    `tie` the same where the phrase says which actor it names; `office` tells that a person's name may follow.
    """

    first: int
    last: int
    start: int
    end: int
    head: int
    entry: ActorEntry | None
    name: str | None
    label: str | None
    tie: str | None
    office: bool


class _Text(Struct, frozen=True):
    parsed: Parsed
    words: Sequence[Word]
    word_at: Mapping[int, int]
    matches: Sequence[Match]
    match_at: Mapping[int, Match]
    register: Register


class _Owner(Struct, frozen=True):
    """Whose a noun is: an entry, and how it is tied to the noun ("adjective", "of", "beside")."""

    entry: ActorEntry | None
    how: str
    last: int


def find_phrases(parsed: Parsed, words: Sequence[Word], matches: Sequence[Match], register: Register) -> tuple[Phrase, ...]:
    """The described actors of a text in order, without overlap."""
    word_at: dict[int, int] = {}
    for place, word in enumerate(words):
        word_at.setdefault(word.token, place)
    text = _Text(parsed, words, word_at, matches, {index: match for match in matches for index in range(match.first, match.last)}, register)
    index = noun_index(parsed.language)
    found: list[Phrase] = []
    at = 0
    for place, word in enumerate(words):
        if word.token < at:
            continue
        candidates = index.get(singular(word.piece, parsed.language))
        if candidates is None or not _heads(text, parsed.tokens[word.token]):
            continue
        phrase = _best(text, place, candidates)
        if phrase is not None and (not found or phrase.first >= found[-1].last):
            found.append(phrase)
            at = phrase.last
    return tuple(found)


def _heads(text: _Text, token: Token) -> bool:
    """Whether a token may be the head of a phrase: a noun, not an adjective beside one, and in English not a noun before another."""
    if token.pos not in _NOMINAL:
        return False
    match = text.match_at.get(token.index)
    if match is not None and (match.last - match.first > 1 or not match.has("adjective")):
        return False
    before = text.parsed.tokens[token.index - 1] if token.index else None
    if token.pos == "VERB":
        return before is not None and before.pos == "DET" and token.dep not in {"ROOT", "acl", "advcl", "aux"}
    if text.parsed.language == "fr" and token.pos == "ADJ":
        return before is None or before.pos not in {"NOUN", "PROPN", "ADJ"}
    return True


def _best(text: _Text, place: int, candidates: Sequence[NounPhrase]) -> Phrase | None:
    size = 0
    for candidate in candidates:
        last = _reach(text, place, candidate.words)
        if last is None or len(candidate.words) < size:
            continue
        phrase = _phrase(text, place, last, candidate)
        if phrase is not None:
            return phrase
        size = max(size, len(candidate.words))
    return None


def _reach(text: _Text, place: int, wanted: Sequence[str]) -> int | None:
    """The token after the noun's words; an adjective of the register may stand after the first ("ministère russe de la Défense")."""
    words, language = text.words, text.parsed.language
    at = place + 1
    if len(wanted) > 1 and at < len(words):
        match = text.match_at.get(words[at].token)
        if match is not None and match.has("adjective") and singular(words[at].piece, language) != wanted[1]:
            at = text.word_at.get(match.last, len(words))
    for word in wanted[1:]:
        if at >= len(words) or singular(words[at].piece, language) != word or words[at].start - words[at - 1].end > 2:
            return None
        at += 1
    return words[at - 1].token + 1


def _phrase(text: _Text, place: int, last: int, candidate: NounPhrase) -> Phrase | None:
    parsed, noun = text.parsed, candidate.noun
    head = text.words[place].token
    first, owners = head, []
    inner = text.match_at.get(head + 1)
    if inner is not None and inner.last < last and inner.has("adjective"):
        owners.append(_Owner(inner.entry, "adjective", inner.last))
    if parsed.language == "en":
        head = last - 1
        if _before_noun(text, last):
            return None
        first, left = _leftwards(text, text.words[place].token)
        owners.extend(left)
    right, end, named = _rightwards(text, last)
    owners.extend(right)
    entry = _resolve(text.register, noun, owners)
    if not owners and not named and not noun.alone:
        return None
    if not owners and not _counts(text, head, noun):
        return None
    label = " ".join(candidate.words)
    tie = label if entry is not None and candidate.name == "armed_groups" and any(owner.how != "adjective" for owner in owners) else None
    start = parsed.tokens[first].start
    return Phrase(
        first, end, start, _end_of(text, end), head, entry, None, label if candidate.name == "armed_groups" and not owners else None, tie, noun.person
    )


def _end_of(text: _Text, last: int) -> int:
    match = text.match_at.get(last - 1)
    return match.end if match is not None and match.last == last else text.parsed.tokens[last - 1].end


def _counts(text: _Text, head: int, noun: ActorNoun) -> bool:
    """Whether a bare noun is an actor: not before "de" of something else, not as the complement that tells a kind ("chef d'œuvre")."""
    parsed = text.parsed
    token = parsed.tokens[head]
    if token.pos == "ADJ" and token.dep in {"amod", "advmod", "xcomp", "acl"}:
        return False
    before = parsed.tokens[head - 1] if head else None
    return not (
        before is not None
        and parsed.language == "fr"
        and before.norm in {"d'", "de"}
        and not noun.person
        and token.text.islower()
        and token.norm == token.lemma
    )


def _before_noun(text: _Text, last: int) -> bool:
    """Whether an English noun only qualifies the next ("army base"): the next noun is the head."""
    tokens = text.parsed.tokens
    return last < len(tokens) and tokens[last].pos == "NOUN" and tokens[last - 1].dep == "compound" and tokens[last - 1].head >= last


def _leftwards(text: _Text, head: int) -> tuple[int, list[_Owner]]:
    """English owners stand before the noun: "Syrian government forces", "Boko Haram fighters", "Syria's army"."""
    tokens = text.parsed.tokens
    first, owners, at = head, [], head - 1
    while at >= 0 and head - at <= 6:
        token = tokens[at]
        match = text.match_at.get(at)
        if token.norm in {"'s", "'"} and text.match_at.get(at - 1) is not None:
            at -= 1
            continue
        if match is not None:
            if match.end < len(text.parsed.text) and text.parsed.text[match.end] in "-‑":
                break
            owners.append(_Owner(match.entry, "adjective", match.last))
            first = at = match.first
            at -= 1
            continue
        if token.pos not in {"ADJ", "NOUN", "PROPN"} or (token.dep not in {"amod", "compound", "nmod", "nmod:poss", "nummod"} and token.norm != "-"):
            break
        at -= 1
    if owners and first and tokens[first].dep in {"nsubj", "obj"} and tokens[first].head < first:
        return head, []
    return first, owners


def _rightwards(text: _Text, at: int) -> tuple[list[_Owner], int, bool]:
    """What stands after the noun: adjectives, whose it is, a name; the end of the last that counts, and whether there was a name."""
    parsed, tokens = text.parsed, text.parsed.tokens
    owners: list[_Owner] = []
    end, stop, named = at, min(at + _LONGEST, len(tokens)), False
    adjectives = True
    while at < stop:
        token = tokens[at]
        match = text.match_at.get(at)
        if match is not None and match.first == at:
            if not _fits_beside(text, match, adjectives=adjectives):
                break
            owners.append(_Owner(match.entry, "adjective" if match.has("adjective") else "beside", match.last))
            at = end = match.last
            continue
        if token.norm.rstrip("'") in word_set(parsed.language, "of"):
            owner = _of(text, at)
            if owner is None:
                break
            owners.append(owner)
            at = end = owner.last
            adjectives = False
            continue
        if parsed.language == "fr" and adjectives and (token.pos == "ADJ" or (token.pos == "VERB" and token.dep in {"acl", "amod"})):
            at += 1
            if token.head < at and token.dep in {"amod", "acl"} and token.pos == "ADJ":
                end = at
            continue
        if (
            parsed.language == "fr"
            and token.text[:1].isupper()
            and token.pos in {"PROPN", "NOUN", "X"}
            and at == end
            and not parsed.tokens[at - 1].pos == "PUNCT"
        ):
            at = end = _proper_run(text, at)
            named = True
        break
    return owners, end, named


def _fits_beside(text: _Text, match: Match, *, adjectives: bool) -> bool:
    if match.has("adjective"):
        return adjectives
    if text.parsed.language == "en":
        return False
    return match.entry is not None and match.entry.kind not in {"state", "territory"}


def _of(text: _Text, at: int) -> _Owner | None:
    """The owner after "de" or "of": a name, or another described actor ("porte-parole du ministère de la Défense")."""
    parsed, tokens = text.parsed, text.parsed.tokens
    place = at + 1
    while place < len(tokens) and tokens[place].pos == "DET" and place - at < 3:
        place += 1
    if place >= len(tokens):
        return None
    match = text.match_at.get(place)
    if match is not None and match.first == place:
        if parsed.language == "en" and tokens[at].norm != "of" and (match.entry is None or match.entry.kind in {"state", "territory"}):
            return None
        if parsed.language == "fr" and match.has("metonym") and not match.has("name"):
            return None
        return _Owner(match.entry, "of", match.last)
    word = text.word_at.get(place)
    if word is None or not _heads(text, tokens[place]):
        return None
    candidates = noun_index(parsed.language).get(singular(text.words[word].piece, parsed.language), ())
    phrase = _best(text, word, candidates)
    if phrase is None or phrase.first != place:
        return None
    return _Owner(phrase.entry, "of", phrase.last)


def _proper_run(text: _Text, at: int) -> int:
    tokens, particles = text.parsed.tokens, word_set(text.parsed.language, "particles")
    end = at
    while at < len(tokens) and at - end < 3:
        if tokens[at].text[:1].isupper() and tokens[at].pos in {"PROPN", "NOUN", "X", "ADJ"}:
            at += 1
            end = at
        elif tokens[at].norm in particles:
            at += 1
        else:
            break
    return end


def _resolve(register: Register, noun: ActorNoun, owners: Sequence[_Owner]) -> ActorEntry | None:
    """The actor that a noun and its owners name: a group itself, or the institution of a state."""
    known = [owner for owner in owners if owner.entry is not None]
    beside = next((owner.entry for owner in known if owner.how == "beside"), None)
    if beside is not None:
        return beside
    for owner in known:
        entry = owner.entry
        if entry is None or (noun.owner == "other" and owner.how == "of"):
            continue
        if entry.kind == "people":
            return None
        if entry.kind != "state":
            return entry
        if noun.role in {"government", "ministry"} or noun.owner == "other":
            return entry
        return register.of(entry, noun.role) if noun.role else None
    return None


def phrase_at(phrases: Sequence[Phrase], start: int) -> Phrase | None:
    """The first phrase that does not end before a code point."""
    at = bisect_left([phrase.end for phrase in phrases], start)
    return phrases[at] if at < len(phrases) else None


def offices(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """The phrases after which a person's name may stand."""
    return (phrase for phrase in phrases if phrase.office)
