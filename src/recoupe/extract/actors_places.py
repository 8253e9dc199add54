"""Does a country's name, its capital or its adjective stand for an actor here, or for a place?"""

from __future__ import annotations

from recoupe.extract.actors_names import Match
from recoupe.language.actors import fold, singular, word_set
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Language

_SUBJECT = frozenset({"nsubj", "nsubj:pass", "obl:agent", "csubj", "vocative", "dislocated", "expl"})
_OBJECT = frozenset({"obj", "iobj"})
_PLACES = frozenset({"state", "territory"})


def stands_as_actor(parsed: Parsed, match: Match) -> bool:
    """Whether a match is an actor where it stands: a group or body always, a country or seat when it acts, an adjective on no place noun."""
    if match.has("adjective") and not _is_noun(parsed, match):
        return _adjective_acts(parsed, match)
    if match.has("demonym") or (match.has("adjective") and _is_noun(parsed, match)):
        return parsed.text[match.start].isupper() or match.has("demonym")
    geographic = match.has("metonym") or (match.entry is not None and match.entry.kind in _PLACES)
    if not geographic or (match.entry is None and not match.has("metonym")):
        return True
    return not (match.has("metonym") and not match.has("name") and _is_struck(parsed, match)) and _acts(parsed, match)


def _is_struck(parsed: Parsed, match: Match) -> bool:
    """Whether a capital is what an attack hits, and so a place ("frapper Damas", "le raid du 17 novembre contre Damas")."""
    head = _head(parsed, match)
    striking = word_set(parsed.language, "striking")
    if head.dep in _SUBJECT - {"nsubj:pass"}:
        said = parsed.head(head)  # "Kaboul a été le théâtre d'un attentat"
        return said is not None and bool(parsed.children(said, "cop")) and fold(said.lemma) in striking
    near = [token for _, token in zip(range(3), parsed.ancestors(head), strict=False)]
    near += parsed.tokens[max(match.first - 2, 0) : match.first]  # "mené une dizaine de raids contre Sanaa"
    return any(fold(token.lemma) in striking for token in near)


def _is_noun(parsed: Parsed, match: Match) -> bool:
    """Whether the words stand as a noun ("les Américains", "les US") and not beside one ("bases US")."""
    if not match.has("name") and not match.has("demonym") and not match.has("adjective"):
        return True
    before = _neighbour(parsed, match.first - 1)
    if parsed.language == "en":
        after = _neighbour(parsed, match.last)
        beside = after is not None and after.pos in {"NOUN", "PROPN", "ADJ"} and after.start - match.end <= 1
        return not beside and (match.has("name") or match.has("demonym"))
    if before is None or before.pos in {"PUNCT", "SYM"}:
        return match.has("name") or match.has("demonym") or parsed.text[match.start].isupper()
    small = word_set(parsed.language, "determiners") | word_set(parsed.language, "of") | word_set(parsed.language, "against")
    if before.pos in {"DET", "ADP", "CCONJ", "NUM"} or before.norm.rstrip("'") in small or before.norm in {"aux", "au", "à"}:
        return parsed.text[match.start].isupper() or match.has("demonym")
    return before.pos in {"VERB", "AUX", "PRON", "SCONJ", "ADV"} and parsed.text[match.start].isupper()


def _adjective_acts(parsed: Parsed, match: Match) -> bool:
    text = parsed.text
    if match.start and text[match.start - 1] in "-‑–":
        before = parsed.token_at(match.start - 2)
        head = "" if before is None else fold(before.norm).rstrip("-").split("-")[0]
        if head not in word_set(parsed.language, "prefixes"):
            return False
    if match.end < len(text) and text[match.end] in "-‑" and parsed.language == "en":
        return False
    noun = _modified(parsed, match)
    if noun is None:
        return False
    return singular(fold(noun.norm), parsed.language) not in word_set(parsed.language, "place_nouns")


def _modified(parsed: Parsed, match: Match) -> Token | None:
    """The noun beside which an adjective stands."""
    steps = (
        range(match.first - 1, max(match.first - 5, -1), -1)
        if parsed.language == "fr"
        else range(match.last, min(match.last + 5, len(parsed.tokens)))
    )
    for index in steps:
        token = parsed.tokens[index]
        if token.pos == "PROPN" and parsed.language == "fr":
            return None
        if token.pos in {"NOUN", "PROPN"}:
            if parsed.language == "en":
                following = _neighbour(parsed, index + 1)
                if following is not None and following.pos in {"NOUN", "PROPN"} and following.dep != "appos":
                    continue
            return token
        if token.pos not in {"ADJ", "ADV", "CCONJ", "VERB", "NUM", "X"} and token.norm != "-":
            return None
    head = parsed.head(parsed.tokens[match.last - 1])
    return head if head is not None and head.pos == "NOUN" and parsed.language == "fr" else None


def _acts(parsed: Parsed, match: Match) -> bool:
    language, text = parsed.language, parsed.text
    if text[match.start - 1 : match.start] in {"-", "–"} or text[match.end : match.end + 1] in {"-", "–"}:
        return False
    start = match.first - 1
    article = False
    before = _neighbour(parsed, start)
    if before is not None and before.pos == "DET" and before.norm.rstrip("'") in word_set(language, "determiners"):
        article, start = True, start - 1
        before = _neighbour(parsed, start)
    word = "" if before is None else fold(before.norm).rstrip("'")
    head = _head(parsed, match)
    if word in word_set(language, "of"):
        return _acts_after_of(parsed, match, start, contracted=article or word in {"du", "des"})
    if word in word_set(language, "at"):
        return word in word_set(language, "dative") and _is_addressed(parsed, head)
    if word in word_set(language, "against"):
        return not _is_place_noun(_neighbour(parsed, start - 1), language) and not _is_place_noun(parsed.head(head), language)
    after = _neighbour(parsed, match.last)
    if after is not None and after.norm in {"'s", "'"} and language == "en":
        following = _neighbour(parsed, match.last + 1)
        return following is None or not _is_place_noun(following, language)
    return _acts_bare(parsed, match, head, article=article)


def _is_addressed(parsed: Parsed, head: Token) -> bool:
    """Whether what a name hangs on by "à" says that something is said or given to it ("livrer des armes [[à Kiev]]"); "se rendre à" leads there."""
    addressing = word_set(parsed.language, "addressing")
    for _, above in zip(range(3), parsed.ancestors(head), strict=False):
        if fold(above.lemma) in addressing or fold(above.norm) in addressing:
            return above.index < head.index  # "À Paris, des députés ont demandé …" was in Paris
        if above.pos == "VERB":  # "a coupé l'aide à la Syrie", the name hung on the verb
            return any(fold(child.lemma) in addressing for child in parsed.children(above, "obj") if child.index < head.index)
    return False


def _acts_bare(parsed: Parsed, match: Match, head: Token, *, article: bool) -> bool:
    if head.dep in _SUBJECT:
        return True
    governor = parsed.head(head)
    first = _first_conjunct(parsed, head)
    if first is not head and not parsed.children(first, "case"):
        beyond = parsed.head(first)
        return first.dep in _SUBJECT or (first.dep in _OBJECT and (beyond is None or fold(beyond.lemma) not in word_set(parsed.language, "going")))
    if head.dep == "conj" and governor is not None and not parsed.children(head, "case") and parsed.children(governor, "case"):
        marks = {fold(mark.norm).rstrip("'") for mark in parsed.children(governor, "case")}
        beyond = parsed.head(governor)
        return (
            bool(marks & word_set(parsed.language, "against"))
            and not _is_place_noun(beyond, parsed.language)
            and beyond is not None
            and beyond.pos != "ADV"
        )
    if head.dep in _OBJECT or (article and parsed.language == "fr"):
        return governor is None or fold(governor.lemma) not in word_set(parsed.language, "going")
    after = _neighbour(parsed, match.last)
    if parsed.language == "fr" and not parsed.children(head, "case"):
        before = _neighbour(parsed, match.first - 1)
        # An adjective governs no bare name: there the parser took a verb for one ("inquiète Moscou").
        if before is not None and (before.pos == "VERB" or (before.pos == "ADJ" and governor is before and head.dep == "nmod")):
            return fold(before.lemma) not in word_set(parsed.language, "going")
        return after is not None and (after.pos in {"VERB", "AUX"} or after.norm == "/")
    return False


def _first_conjunct(parsed: Parsed, head: Token) -> Token:
    """The first of the names that a name is joined to ("[[Germany]], France and Italy"): it tells what all of them are."""
    for above in parsed.ancestors(head):
        if head.dep != "conj" or above.pos not in {"PROPN", "NOUN"} or parsed.children(head, "case"):
            break
        head = above
    return head


def _acts_after_of(parsed: Parsed, match: Match, preposition: int, *, contracted: bool) -> bool:
    """After "de": with its article a country acts unless the noun is geography ("l'avancée de la Turquie"; "le nord de la Syrie")."""
    if match.has("metonym") and not match.has("name"):
        return False
    if parsed.language == "fr" and not contracted:
        return False
    noun = _neighbour(parsed, preposition - 1)
    if noun is not None and noun.pos == "ADJ" and not _is_place_noun(noun, parsed.language):
        noun = _neighbour(parsed, preposition - 2) or noun
    if noun is None or noun.pos not in {"NOUN", "ADJ"}:
        return False
    if parsed.language == "en" and parsed.tokens[preposition].norm != "of":
        return False
    return not _is_place_noun(noun, parsed.language)


def _is_place_noun(token: Token | None, language: Language) -> bool:
    return token is not None and singular(fold(token.norm), language) in word_set(language, "place_nouns")


def _head(parsed: Parsed, match: Match) -> Token:
    for index in range(match.first, match.last):
        token = parsed.tokens[index]
        if not match.first <= token.head < match.last or token.head == index:
            return token
    return parsed.tokens[match.first]


def _neighbour(parsed: Parsed, index: int) -> Token | None:
    return parsed.tokens[index] if 0 <= index < len(parsed.tokens) else None
