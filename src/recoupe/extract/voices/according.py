"""Which prepositions lay words to somebody? "selon X", "de source militaire", "à en croire X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from recoupe.extract.voices.draft import Draft, span_of, stretches
from recoupe.extract.voices.scene import Scene, is_finite
from recoupe.extract.voices.subject import is_relative, noun_phrase, speaks, without_relative
from recoupe.language.cues import According, cue_table
from recoupe.language.parsed import Parsed, Sentence, Token
from recoupe.model import Language

_VERBAL = frozenset({"VERB", "AUX"})
_SAID = frozenset({"NOUN", "NUM", "VERB", "PROPN"})  # a phrase with words of its own to say holds one of them
_STOPS = frozenset({",", ":", ";", ")", "«", "“", "»", "”", ".", "?", "!", "—", "–"})
_DASHES = frozenset({"-", "–", "—"})


@cache
def _openers(language: Language) -> dict[str, tuple[tuple[According, tuple[str, ...]], ...]]:
    """By the first word: the phrase and all its words; longer ones first."""
    found: dict[str, list[tuple[According, tuple[str, ...]]]] = {}
    for phrase in cue_table(language).according.phrases:
        words = tuple(word for part in phrase.words.split() for word in _pieces(part))
        found.setdefault(words[0], []).append((phrase, words))
    return {first: tuple(sorted(phrases, key=lambda entry: -len(entry[1]))) for first, phrases in found.items()}


def _pieces(part: str) -> tuple[str, ...]:
    head, mark, tail = part.partition("'")
    return (head + mark, tail) if mark and tail else (part,)


def according_drafts(scene: Scene) -> Iterator[Draft]:
    """The attributions by a preposition."""
    openers = _openers(scene.parsed.language)
    tokens = scene.parsed.tokens
    for token in tokens:
        for phrase, words in openers.get(token.norm, ()):
            last = token.index + len(words)
            if tuple(other.norm for other in tokens[token.index : last]) == words:
                draft = None if last < len(tokens) and tokens[last].norm in scene.cues.words.which else _according(scene, phrase, token.index, last)
                if draft is not None:
                    yield draft
                break


def _according(scene: Scene, phrase: According, first: int, last: int) -> Draft | None:
    parsed = scene.parsed
    sentence = scene.sentence_of(parsed.tokens[first])
    if last >= sentence.last and phrase.needs not in ("none", "own"):
        return None
    head, end = _source(scene, phrase, first, last, sentence)
    if phrase.needs not in ("none",) and head is None:
        return None
    if phrase.needs == "own" and head is not None and head.norm in scene.sources.first and scene.within[first] >= 0:
        return None  # a speaker's own "in my view" is no further voice
    if head is not None and (not _fits(scene, phrase, first, head, end, sentence) or _is_way(scene, head, last, end)):
        return None
    begin = last if phrase.needs != "bare" else last - 1
    words = without_relative(scene, parsed.tokens[begin:end]) if phrase.needs != "own" or head is None else (head,)
    end = max(end, _relative_end(scene, end, sentence))
    source = (span_of(words),) if words else ()
    content = stretches(parsed, _scope(scene, first, end, sentence, head))
    if not content:
        return None
    cue = (span_of(parsed.tokens[first : last if phrase.needs != "bare" else last - 1]),)
    return Draft(cue, source, head.index if head else None, content, "according", f"according:{phrase.words}", stance=phrase.stance, anchor=first)


def _relative_end(scene: Scene, end: int, sentence: Sentence) -> int:
    """After the relative clause that follows a source behind a comma: it says nothing of what the source says."""
    tokens = scene.parsed.tokens
    if end + 1 >= sentence.last or tokens[end].norm != "," or not is_relative(scene, tokens[end + 1]) or tokens[end + 1].pos != "PRON":
        return end
    clause = scene.parsed.tokens[tokens[end + 1].head]
    return min(sentence.last, max(token.index for token in scene.parsed.subtree(clause)) + 1) if clause.dep == "acl:relcl" else end


def selon_lequel(scene: Scene, last: int) -> bool:
    """Whether "lequel" at an index has "selon" before it: it opens a clause of the noun before."""
    tokens = scene.parsed.tokens
    if not 0 < last < len(tokens) or tokens[last].norm not in scene.cues.words.which:
        return False
    return any(len(words) == 1 and not phrase.needs for phrase, words in _openers(scene.parsed.language).get(tokens[last - 1].norm, ()))


def _source(scene: Scene, phrase: According, first: int, last: int, sentence: Sentence) -> tuple[Token | None, int]:
    """The head of the source after the preposition, and the index after the source's last token."""
    parsed = scene.parsed
    if phrase.needs == "none":
        return None, last
    if phrase.needs == "own":
        return next((token for token in parsed.tokens[first:last] if _possessive(scene, token)), None), last
    if phrase.needs == "bare":
        head = parsed.tokens[last - 1]
        end = last
        while end < sentence.last and parsed.tokens[end].pos in ("ADJ", "ADV", "PROPN", "NOUN") and parsed.tokens[end].norm not in (",",):
            end += 1
        return (head, end) if end > last else (None, last)
    head = parsed.tokens[last]
    limit = _comma(parsed, last, sentence)
    for at in range(last, min(limit, last + 8)):
        token = parsed.tokens[at]
        if token.pos in ("NOUN", "PROPN", "PRON") or (token.pos == "ADJ" and token.text[:1].isupper()):
            head = token
            break
        if token.pos in _VERBAL or token.pos == "SCONJ":
            return None, last
    if head.pos not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X", "ADV"):
        return None, last
    if head.pos == "PRON" and head.norm in scene.words.pronouns:
        return head, head.index + 1
    phrase_tokens = [token for token in noun_phrase(scene, head) if token.index >= last]
    end = (phrase_tokens[-1].index + 1) if phrase_tokens else head.index + 1
    return head, _source_end(scene, head, end, limit, sentence, starts=first == sentence.first)


def _possessive(scene: Scene, token: Token) -> bool:
    return token.norm in scene.sources.possessive or token.norm in scene.sources.first


def _source_end(scene: Scene, head: Token, end: int, limit: int, sentence: Sentence, *, starts: bool) -> int:
    """The source stops at the comma before what it says; an apposition between commas stays with it."""
    parsed = scene.parsed
    if _is_inserted(scene, head, limit, sentence):
        end = limit
    elif end > limit and starts:
        end = _past_appositions(scene, head, limit, end, sentence)
    elif (
        not starts
        and not _purpose_follows(parsed, limit, sentence)
        and not any(is_finite(token) for token in parsed.tokens[limit : sentence.last])
        and not (limit + 1 < sentence.last and (_citing(scene, parsed.tokens[limit + 1]) or parsed.tokens[limit].norm in (";", ")")))
        and not any(_opens(scene, at) for at in range(limit, sentence.last))
        and parsed.tokens[limit - 1].index >= head.index
    ):
        end = sentence.last
    elif end < limit < sentence.last and not any(token.pos in _VERBAL and (is_finite(token) or not starts) for token in parsed.tokens[end:limit]):
        end = limit
    while end - 1 > head.index and parsed.tokens[end - 1].pos == "PUNCT" and parsed.tokens[end - 1].norm not in (")", "»", '"'):
        end -= 1
    return min(end, sentence.last)


def _is_inserted(scene: Scene, head: Token, limit: int, sentence: Sentence) -> bool:
    """Whether the source stands between a verb and its object: "porte, selon un diplomate, la marque du groupe"."""
    parsed = scene.parsed
    behind = parsed.tokens[limit + 1 : limit + 4]
    opened = limit + 1 < sentence.last and parsed.tokens[limit].norm == "," and behind[0].pos == "DET"
    noun = next((token for token in behind if token.pos == "NOUN"), None)
    return opened and noun is not None and noun.dep in {"obj", "obl:arg"} and noun.head < head.index


def _purpose_follows(parsed: Parsed, comma: int, sentence: Sentence) -> bool:
    """Whether an infinitive with its preposition goes on behind the comma: "l'opération vise, selon l'amiral, [[à renforcer]] la garde"."""
    behind = parsed.tokens[comma + 1 : min(comma + 3, sentence.last)]
    return len(behind) > 1 and behind[0].pos == "ADP" and "VerbForm=Inf" in behind[1].morph


def _opens(scene: Scene, at: int) -> bool:
    """Whether another phrase of the kind begins at a token: "trente morts selon l'ONU, cent selon l'armée"."""
    tokens = scene.parsed.tokens
    found = _openers(scene.parsed.language).get(tokens[at].norm, ())
    sure = [words for phrase, words in found if not phrase.needs and not phrase.speaker and (len(words) > 1 or tokens[at].pos == "ADP")]
    return any(tuple(token.norm for token in tokens[at : at + len(words)]) == words for words in sure)


def _behind_other(scene: Scene, first: int, sentence: Sentence) -> int:
    """After the comma behind another such phrase before this one: "dix morts selon l'armée, [cent] selon les rebelles"."""
    tokens = scene.parsed.tokens
    other = next((at for at in range(first - 1, sentence.first, -1) if _opens(scene, at)), None)
    comma = None if other is None else next((at for at in range(other + 2, first) if tokens[at].norm in (",", ";")), None)
    return sentence.first if comma is None or not any(token.pos in _SAID for token in tokens[comma + 1 : first]) else comma + 1


def _before_other(scene: Scene, end: int, sentence: Sentence) -> int:
    """The last comma before another such phrase behind this one, where that phrase has words of its own."""
    tokens = scene.parsed.tokens
    other = next((at for at in range(end + 1, sentence.last) if _opens(scene, at)), None)
    if other is None:
        return sentence.last
    comma = next((at for at in range(other - 1, end - 1, -1) if tokens[at].norm in (",", ";")), None)
    return sentence.last if comma is None else comma


def _past_appositions(scene: Scene, head: Token, limit: int, end: int, sentence: Sentence) -> int:
    """From comma to comma as long as what stands between is an apposition of the source and a verb still follows."""
    parsed = scene.parsed
    while limit < end and limit < sentence.last:
        following = _comma(parsed, limit + 1, sentence)
        between = parsed.tokens[limit + 1 : following]
        apposed = any(token.dep in ("appos", "acl", "acl:relcl", "nmod", "flat:name") and token.head <= limit for token in between)
        if following >= sentence.last or not apposed or not any(is_finite(token) for token in parsed.tokens[following : sentence.last]):
            return limit
        if any(is_finite(token) and token.dep not in ("acl:relcl",) for token in between[:6]) and not any(
            token.norm in scene.sources.relative for token in between[:2]
        ):
            return limit
        limit = following
    return limit


def _comma(parsed: Parsed, start: int, sentence: Sentence) -> int:
    """The index of the first mark that ends a stretch, those inside brackets passed over: "selon l'Observatoire (OSDH), …"."""
    depth = 0
    for at in range(start, sentence.last):
        mark = parsed.tokens[at].norm
        depth += mark == "("
        if mark == ")" and depth:
            depth -= 1
        elif not depth and mark in _STOPS:
            return at
    return sentence.last


def _fits(scene: Scene, phrase: According, first: int, head: Token, end: int, sentence: Sentence) -> bool:
    if phrase.speaker:
        apart = first == sentence.first or scene.parsed.tokens[first - 1].pos in ("PUNCT", "CCONJ")
        return apart and speaks(scene, head)
    return phrase.needs not in ("speakers", "view") or _holds_view(scene, phrase, first, head, end, sentence)


def _holds_view(scene: Scene, phrase: According, first: int, head: Token, end: int, sentence: Sentence) -> bool:
    """Whether somebody holds the view that a clause tells: "for many analysts, …", "pour le maire, …", and not "pour les habitants, des tentes …"."""
    tokens = scene.parsed.tokens[first + 1 : end]
    told = scene.parsed.tokens[end + 1 : sentence.last]
    comma = end < sentence.last and scene.parsed.tokens[end].norm == ","
    if first != sentence.first or not tokens or not comma or not any(is_finite(token) for token in told):
        return False
    several = (tokens[0].norm in scene.words.quantity or tokens[0].pos == "NUM") and tokens[0].norm not in ("un", "une", "les", "des", "l'un")
    several = several or (len(tokens) > 1 and tokens[0].norm in ("de", "la", "bien", "the") and tokens[1].norm in scene.words.quantity)
    known = any(token.lemma in scene.words.person | scene.words.unnamed or token.norm in scene.words.person for token in tokens)
    return (several and known) or (phrase.needs == "view" and _has_a_view(scene, head) and not _is_served(told))


def _has_a_view(scene: Scene, head: Token) -> bool:
    """Whether a noun names one whose view counts: a person, an office, a body, a capital."""
    if head.pos == "PROPN":
        return head.index in scene.name_at and not any(token.pos in _VERBAL for token in scene.parsed.children(head))
    return head.lemma in scene.words.authority or (head.lemma in scene.words.speakers and "Number=Sing" in head.morph)


def _is_served(clause: Sequence[Token]) -> bool:
    """Whether something is done for somebody: a passive of something that was not known before ("des tentes ont été montées")."""
    subject = next((token for token in clause if token.dep.startswith("nsubj")), None)
    if subject is None or not subject.dep.endswith("pass"):
        return False
    return any(token.head == subject.index and ("Definite=Ind" in token.morph or token.pos == "NUM") for token in clause)


def _is_way(scene: Scene, head: Token, first: int, end: int) -> bool:
    """Whether the noun says how something is done or by what it varies, and not who says so: "selon des critères stricts", "selon les sources"."""
    bare = [token for token in scene.parsed.tokens[first:end] if token.pos != "PUNCT"]
    varying = head.lemma in scene.words.unnamed and "Number=Plur" in head.morph and len(bare) == 2 and "Definite=Def" in bare[0].morph
    return head.lemma in scene.cues.words.ways or (varying and head.lemma not in scene.words.person and first - 1 > scene.sentence_of(head).first)


def _scope(scene: Scene, first: int, end: int, sentence: Sentence, head: Token | None) -> list[Token]:
    """What the preposition covers: the rest of its sentence from its comma on, or the clause around it."""
    parsed = scene.parsed
    side = scene.within[first]
    tokens = [token for token in parsed.tokens_of(sentence) if (side < 0 or scene.within[token.index] == side)]
    leading = [token for token in tokens if token.index < first and token.pos not in ("PUNCT", "CCONJ", "ADV")]
    if not leading or (
        first and parsed.tokens[first - 1].norm in (":", ";", "(") and any(is_finite(token) for token in parsed.tokens[end : sentence.last])
    ):
        return _until_semicolon([token for token in tokens if end <= token.index < _before_other(scene, end + 1, sentence)])
    bracket = _bracket(parsed, first, sentence) if end < sentence.last and parsed.tokens[end].norm == ")" else _dash(parsed, first, end, sentence)
    if bracket is not None:
        return [token for token in tokens if bracket < token.index < first] or [token for token in tokens if token.index < first]
    start = max(_clause_start(scene, first, sentence, head), _behind_other(scene, first, sentence))
    before = [token for token in tokens if start <= token.index < first]
    stop = _before_other(scene, end, sentence)
    after = [token for token in tokens if end <= token.index < stop]
    if not after or after[0].norm in (";", ")", ":") or (after[0].norm == "," and len(after) > 1 and _citing(scene, after[1])):
        return before
    return before + _until_semicolon(after)


def _citing(scene: Scene, token: Token) -> bool:
    return token.pos == "VERB" and any(token.lemma == relay.lemma for relay in scene.cues.cues.relays) and not is_finite(token)


def _bracket(parsed: Parsed, first: int, sentence: Sentence) -> int | None:
    """The opening bracket that is still open before the preposition."""
    depth = 0
    for at in range(first - 1, sentence.first - 1, -1):
        depth += (parsed.tokens[at].norm == ")") - (parsed.tokens[at].norm == "(")
        if depth < 0:
            return at
    return None


def _dash(parsed: Parsed, first: int, end: int, sentence: Sentence) -> int | None:
    """The dash that opens an aside which the preposition ends: "cette crainte – infondée, selon les experts – …"."""
    if end >= sentence.last or parsed.tokens[end].norm not in _DASHES:
        return None
    return next((at for at in range(first - 1, sentence.first, -1) if parsed.tokens[at].norm in _DASHES and at < first - 1), None)


def _until_semicolon(tokens: list[Token]) -> list[Token]:
    stop = next((place for place, token in enumerate(tokens) if token.norm == ";"), len(tokens))
    return tokens[:stop]


def _clause_start(scene: Scene, first: int, sentence: Sentence, head: Token | None) -> int:
    """Where the clause around a preposition begins: after the relative pronoun or conjunction that opens it, after a contrasting clause before it."""
    parsed = scene.parsed
    clause = _own_clause(scene, first, sentence, head)
    if clause is not None:
        return clause
    for at in range(first - 1, max(sentence.first - 1, first - 4), -1):
        token = parsed.tokens[at]
        if token.norm in scene.sources.relative or token.norm in scene.cues.words.complementizers:
            return at if token.pos == "PRON" else at + 1
        if token.norm not in (",",) and token.pos not in ("CCONJ", "ADV", "PUNCT"):
            break
    start = sentence.first
    if parsed.tokens[start].norm in scene.cues.words.contrast:
        comma = _after_contrast(scene, sentence, first)
        start = comma if comma is not None else start
    for at in range(first - 1, start, -1):
        if parsed.tokens[at].norm == ";":
            return at + 1
    return start


def _own_clause(scene: Scene, first: int, sentence: Sentence, head: Token | None) -> int | None:
    """The start of the relative or "que" clause in which the preposition stands, where the tree shows one."""
    parsed = scene.parsed
    if head is None:
        return None
    verb = next((above for above in parsed.ancestors(head) if above.pos in _VERBAL or above.dep in ("acl:relcl", "ccomp")), None)
    if verb is None or verb.dep not in ("acl:relcl", "ccomp") or verb.index < first - 25:
        return None
    for below in parsed.subtree(verb):
        if below.index >= first:
            break
        if below.norm in scene.sources.relative or below.norm in scene.cues.words.complementizers:
            return below.index if below.pos == "PRON" else below.index + 1
    return None


def _after_contrast(scene: Scene, sentence: Sentence, first: int) -> int | None:
    """After the comma that ends "Alors que …," where a main clause follows."""
    parsed = scene.parsed
    for at in range(sentence.first + 2, first):
        if (
            parsed.tokens[at].norm == ","
            and any(is_finite(token) for token in parsed.tokens[at + 1 : first])
            and any(is_finite(token) for token in parsed.tokens[sentence.first : at])
        ):
            return at + 1
    return None
