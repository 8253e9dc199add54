"""Which noun phrases describe an actor, and whose is it? "troupes US", "ministère russe de la Défense", "terroristes de Daech", "hommes armés"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from recoupe.extract.actors_names import Match, Word
from recoupe.extract.actors_owners import COUNTRIES, Owner, person_entry, resolve
from recoupe.knowledge.actors import ActorEntry, Register
from recoupe.language.actors import ActorNoun, NounPhrase, noun_index, singular, word_set
from recoupe.language.calendar import calendar
from recoupe.language.parsed import Parsed, Token

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X", "VERB"})
_MODIFIER = frozenset({"ADJ", "NOUN", "PROPN", "X", "NUM", "VERB"})
_RULED = frozenset({"armed-forces", "air-force", "navy", "special-forces", "security-forces", "government"})  # that a capital can name
_NO_OWNERS = frozenset({"person", "people", "media", "territory"})
_SAME_SENTENCE = 40  # tokens in which the one whose it is stands before a possessive
_OPENED = 3  # nouns behind an adjective, the last of which may be the one that it opens
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
    on: str | None


def find_phrases(parsed: Parsed, words: Sequence[Word], matches: Sequence[Match], register: Register, on: str | None = None) -> tuple[Phrase, ...]:
    """The described actors of a text of a day in order, without overlap."""
    word_at: dict[int, int] = {}
    for place, word in enumerate(words):
        word_at.setdefault(word.token, place)
    text = _Text(parsed, words, word_at, matches, {index: match for match in matches for index in range(match.first, match.last)}, register, on)
    index = noun_index(parsed.language)
    found: list[Phrase] = []
    at = 0
    for place, word in enumerate(words):
        if word.token < at:
            continue
        candidates = index.get(singular(word.piece, parsed.language))
        if candidates is None:
            continue
        if not _heads(text, parsed.tokens[word.token]):
            candidates = tuple(candidate for candidate in candidates if len(candidate.words) > 1 and parsed.language == "en")
        phrase = _best(text, place, candidates)
        if phrase is not None and (not found or phrase.first >= found[-1].last):
            found.append(phrase)
            at = phrase.last
    return tuple(found)


def _heads(text: _Text, token: Token) -> bool:
    """Whether a token may be the head of a phrase: a noun, not an adjective beside one ("a military offensive"), and in English not a noun before another."""
    if token.pos not in _NOMINAL or (token.pos == "ADJ" and token.dep == "amod" and text.parsed.language == "en"):
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
        if candidate.capital and not text.parsed.text[text.words[place].start].isupper():
            continue
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
    if noun.several and "Number=Sing" in parsed.tokens[head].morph:
        return None
    first, owners = head, []
    inner = text.match_at.get(head + 1)
    if inner is not None and inner.last < last and inner.has("adjective"):
        owners.append(Owner(inner.entry, "adjective", inner.last))
    if parsed.language == "en":
        head = last - 1
        if _before_noun(text, last):
            return None
        first, left = _leftwards(text, text.words[place].token)
        owners.extend(left)
    right, end, named_from = _rightwards(text, last, noun)
    owners.extend(right)
    own = noun.role is not None or candidate.name == "members"  # "their fighters" may be those whom they arm
    if own and not owners and not named_from and ("Number=Plur" in parsed.tokens[head].morph or _stands_alone(text, head, end, noun)):
        owners.extend(_possessor(text, head))
    entry = resolve(text.register, noun, owners, text.on)
    if not owners and not (named_from and noun.person) and not _stands_alone(text, head, end, noun):
        return None
    label = " ".join(candidate.words)
    tie = label if entry is not None and candidate.name == "armed_groups" and any(owner.how != "adjective" for owner in owners) else None
    start = parsed.tokens[first].start
    name = parsed.text[parsed.tokens[named_from].start : parsed.tokens[end - 1].end] if named_from and noun.person else None
    if name is not None:
        entry = person_entry(text.register, name, text.on)
        name = name if entry is None else None
    return Phrase(
        first, end, start, _end_of(text, end), head, entry, name, label if candidate.name == "armed_groups" and not owners else None, tie, noun.person
    )


def _end_of(text: _Text, last: int) -> int:
    match = text.match_at.get(last - 1)
    return match.end if match is not None and match.last == last else text.parsed.tokens[last - 1].end


def _stands_alone(text: _Text, head: int, end: int, noun: ActorNoun) -> bool:
    """Whether a noun without its owner is an actor, as its entry says."""
    if noun.alone == "never":
        return False
    parsed, language = text.parsed, text.parsed.language
    token = parsed.tokens[head]
    if token.pos == "ADJ" and token.dep in {"amod", "advmod", "xcomp", "acl", "conj"} and language == "fr":
        return False
    if (
        noun.person
        and language == "en"
        and token.text.islower()
        and token.norm == token.lemma
        and not parsed.children(token, "det", "nmod:poss", "compound", "amod")
    ):
        return False
    if noun.alone == "always":
        return True
    after = parsed.tokens[end] if end < len(parsed.tokens) else None
    if after is not None and after.norm.rstrip("'") in word_set(language, "of") and after.norm != "in":
        return False
    if noun.alone == "unqualified" or (language == "en" and token.norm != token.lemma):
        return True
    return _is_definite(text, head)


def _possessor(text: _Text, head: int) -> Iterator[Owner]:
    """The one country or group that the sentence has named, where a possessive stands before the noun ("Germany … its airmen")."""
    tokens, at = text.parsed.tokens, head - 1
    while at >= 0 and tokens[at].pos in {"ADJ", "NUM"} and head - at < 4:
        at -= 1
    if at < 0 or tokens[at].norm not in word_set(text.parsed.language, "possessives"):
        return
    first = max(text.parsed.sentence_of(tokens[at]).first, at - _SAME_SENTENCE)
    named = {match.entry.id: match.entry for index in range(first, at) if (match := text.match_at.get(index)) and match.entry is not None}
    owners = [entry for entry in named.values() if entry.kind not in _NO_OWNERS]
    if len(owners) == 1:
        yield Owner(owners[0], "of", head + 1)


def _is_definite(text: _Text, head: int) -> bool:
    """Whether a definite article, a demonstrative or a possessive stands before the noun, over adjectives."""
    tokens, at = text.parsed.tokens, head - 1
    while at >= 0 and tokens[at].pos in {"ADJ", "NUM", "PROPN"} and head - at < 4:
        at -= 1
    if at < 0:
        return False
    token = tokens[at]
    indefinite = {"un", "une", "des", "de", "d'", "a", "an", "some", "any", "no", "aucun", "aucune", "tout", "toute"}
    contracted = token.norm in {"du", "au", "aux", "des"} and token.pos == "ADP"
    return (token.pos == "DET" and token.norm not in indefinite) or contracted


def _before_noun(text: _Text, last: int) -> bool:
    """Whether an English noun only qualifies the next ("army base"): the next noun is the head."""
    tokens = text.parsed.tokens
    return last < len(tokens) and tokens[last].pos == "NOUN" and tokens[last - 1].dep == "compound" and tokens[last - 1].head >= last


def _leftwards(text: _Text, head: int) -> tuple[int, list[Owner]]:
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
            owners.append(Owner(match.entry, "adjective", match.last))
            first = at = match.first
            at -= 1
            continue
        if not owners and token.dep == "cc" and tokens[at + 1].dep == "conj" and tokens[at + 1].pos in {"PROPN", "NOUN", "ADJ"}:
            at -= 1
            continue
        if token.pos not in {"ADJ", "NOUN", "PROPN"} or (
            token.dep not in {"amod", "compound", "nmod", "nmod:poss", "nummod", "conj"} and token.norm != "-"
        ):
            break
        at -= 1
    if owners and first and tokens[first].dep in {"nsubj", "obj"} and tokens[first].head < first:
        return head, []
    return first, owners


def _rightwards(text: _Text, at: int, noun: ActorNoun) -> tuple[list[Owner], int, int]:
    """What stands after the noun: adjectives, whose it is, a name; the end of the last that counts, and where a name begins (0: none)."""
    parsed, tokens = text.parsed, text.parsed.tokens
    owners: list[Owner] = []
    end, stop, named_from = at, min(at + _LONGEST, parsed.sentence_of(tokens[at - 1]).last), 0
    adjectives = True
    while at < stop:
        token = tokens[at]
        match = text.match_at.get(at)
        if match is not None and match.first == at:
            if not _fits_beside(text, match, adjectives=adjectives):
                break
            owners.append(Owner(match.entry, "adjective" if match.has("adjective") else "beside", match.last))
            at = end = match.last
            continue
        if token.norm.rstrip("'") in word_set(parsed.language, "of"):
            owner = _of(text, at, seat=noun.owner == "other" or noun.role in _RULED)
            if owner is None or not _says_more(owner.entry, owners) or (owner.bare and "Number=Plur" in tokens[end - 1].morph):
                break
            owners.append(owner)
            at = end = owner.last
            adjectives = False
            continue
        if parsed.language == "fr" and adjectives and (token.pos == "ADJ" or (token.pos == "VERB" and token.dep in {"acl", "amod"})):
            at += 1
            if token.head < at and token.dep in {"amod", "acl"} and token.pos == "ADJ" and _agrees(tokens[token.head], token):
                end = at
            continue
        if (parsed.language == "fr" or noun.person) and token.text[:1].isupper() and token.pos in {"PROPN", "NOUN", "X"} and at == end:
            named_from = at
            at = end = _proper_run(text, at)
        break
    return owners, end, named_from


def _says_more(entry: ActorEntry | None, owners: Sequence[Owner]) -> bool:
    """Whether an owner adds to those known: a force named after an adjective of its country does ("avions allemands de la légion Condor")."""
    known = [owner.entry for owner in owners if owner.entry is not None]
    return not known or (entry is not None and entry.kind not in COUNTRIES and all(one.kind in COUNTRIES for one in known))


def _agrees(noun: Token, adjective: Token) -> bool:
    """Whether a French adjective can belong to a noun; the parser takes verbs for adjectives ("les gangs contrôlent")."""
    plural = "Number=Plur" in noun.morph
    if plural != ("Number=Plur" in adjective.morph) or plural != adjective.norm.endswith(("s", "x")):
        return adjective.norm.endswith(("s", "x")) and plural == ("Number=Plur" in adjective.morph)
    return not ("Gender=Masc" in noun.morph and "Gender=Fem" in adjective.morph)


def _fits_beside(text: _Text, match: Match, *, adjectives: bool) -> bool:
    if match.has("adjective"):
        return adjectives
    if text.parsed.language == "en":
        return match.entry is not None and match.entry.kind == "person"
    return match.entry is not None and match.entry.kind not in {"state", "territory"}


def _of(text: _Text, at: int, *, seat: bool) -> Owner | None:
    """The owner after "de" or "of": a name, or another described actor ("porte-parole du ministère de la Défense"); a capital where it rules (`seat`)."""
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
        if parsed.language == "fr" and match.has("metonym") and not match.has("name") and not seat:
            return None
        described = _described_behind(text, match) if match.has("adjective") or parsed.language == "en" else None
        if described is not None:
            return described
        bare = (
            parsed.language == "fr"
            and place == at + 1
            and tokens[at].norm in {"de", "d'"}
            and match.entry is not None
            and match.entry.kind == "state"
            and match.has("name")
        )
        return Owner(match.entry, "of", match.last, bare)
    word = text.word_at.get(place)
    if word is None or not _heads(text, tokens[place]):
        return None
    candidates = noun_index(parsed.language).get(singular(text.words[word].piece, parsed.language), ())
    phrase = _best(text, word, candidates)
    if phrase is None or phrase.first != place:
        return None
    return Owner(phrase.entry, "of", phrase.last)


def _described_behind(text: _Text, match: Match) -> Owner | None:
    """The described actor that a word of the register opens ("positions of [[the Palestinian security forces]]", "a convoy of [[the Tripoli government]]")."""
    for token in text.parsed.tokens[match.last : match.last + _OPENED]:
        word = text.word_at.get(token.index)
        if word is None or token.pos != "NOUN":
            return None
        phrase = _best(text, word, noun_index(text.parsed.language).get(singular(text.words[word].piece, text.parsed.language), ()))
        if phrase is not None and phrase.first == match.first:
            return Owner(phrase.entry or match.entry, "of", phrase.last)
    return None


def _proper_run(text: _Text, at: int) -> int:
    tokens, particles = text.parsed.tokens, word_set(text.parsed.language, "particles")
    end = at
    while at < len(tokens) and at - end < 3:
        if calendar(text.parsed.language).weekday(tokens[at].norm) is not None:
            break  # "Yasser Arafat Wednesday rejected"
        if tokens[at].text[:1].isupper() and tokens[at].pos in {"PROPN", "NOUN", "X", "ADJ"}:
            at += 1
            end = at
        elif tokens[at].norm in particles:
            at += 1
        else:
            break
    return end
