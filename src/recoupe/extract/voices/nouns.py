"""Which nouns lay words to somebody? "leur prétexte : …", "l'accusation selon laquelle …", "la promesse du ministre de …"."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from recoupe.extract.voices.according import selon_lequel
from recoupe.extract.voices.draft import Draft, span_of, stretches
from recoupe.extract.voices.scene import Scene, is_finite, is_infinitive
from recoupe.extract.voices.subject import agent, find_subject, noun_phrase, speaks
from recoupe.language.cues import CueMatch, noun_cue, verb_cue
from recoupe.language.parsed import Sentence, Token
from recoupe.model import Span

_WHICH = 14  # tokens between a noun and the "selon lequel" that leads in what it says


class Told(Struct, frozen=True):
    """Whose the words of a noun are, what they say, and by which rule; `behind` where "selon lequel" leads the content in."""

    owner: Token | None
    content: tuple[Token, ...]
    rule: str
    behind: tuple[Token, ...] = ()


def noun_drafts(scene: Scene) -> Iterator[Draft]:
    """The attributions by a noun: what follows it as a clause, "selon lequel …", an infinitive, a complement, or after a colon or question mark."""
    which = any(token.norm in scene.cues.words.which and selon_lequel(scene, token.index) for token in scene.parsed.tokens)
    for token in scene.parsed.tokens:
        if token.pos not in ("NOUN", "PROPN"):
            continue
        match = noun_cue(scene.parsed, token)
        told = _noun_content(scene, match, token) if match is not None else _by_which(scene, token) if which else None
        spans = stretches(scene.parsed, told.content) if told is not None else ()
        if told is not None and spans:
            yield _draft(scene, match, token, told, spans)


def _draft(scene: Scene, match: CueMatch | None, token: Token, told: Told, spans: tuple[Span, ...]) -> Draft:
    source = _source(scene, token, told, spans)
    cue = match.cue if match is not None else None
    itself = told.owner is token
    words = [] if itself else [Span(token.start, token.end)]
    return Draft(
        (*words, *((span_of(told.behind),) if told.behind else ())),
        source,
        told.owner.index if told.owner else None,
        spans,
        "indirect",
        f"{cue.lemma if cue else token.lemma}+{told.rule}",
        kind=cue.kind if cue else "say",
        stance=cue.stance if cue else "neutral",
        denial=cue.denial if cue else False,
        anchor=token.index,
    )


def _source(scene: Scene, token: Token, told: Told, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The words of the owner, without what is said."""
    if told.owner is None:
        return ()
    cue = None if told.owner is token else token
    phrase = [word for word in noun_phrase(scene, told.owner, cue) if word.end <= spans[0].start or word.start >= spans[-1].end]
    if told.behind:
        phrase = [word for word in phrase if word.index < told.behind[0].index]
    while phrase and phrase[-1].pos in ("PUNCT", "ADP"):
        phrase.pop()
    if told.rule == "namely":
        marks = scene.cues.words.infinitive_marks
        phrase = phrase[: next((place for place, word in enumerate(phrase) if word.norm in marks and place), len(phrase))]
    return (span_of(phrase),) if phrase else ()


def _by_which(scene: Scene, token: Token) -> Told | None:
    """Any noun before "selon lequel" says what follows: a document itself, another by its owner."""
    sentence = scene.sentence_of(token)
    if not any(selon_lequel(scene, at + 1) for at in range(token.index + 1, min(token.index + _WHICH, sentence.last - 1))):
        return None
    for at in range(token.index + 1, min(token.index + _WHICH, sentence.last - 1)):
        other = scene.parsed.tokens[at]
        if selon_lequel(scene, at + 1):
            itself = token.lemma in scene.words.document or token.lemma in scene.words.unnamed
            owner = token if itself else _owner(scene, token)
            return Told(owner, _clause(scene, token, at + 2, sentence), "which", scene.parsed.tokens[at : at + 2])
        if other.pos in ("NOUN", "PROPN") and not _below(scene, token, other):
            return None
        if is_finite(other) or other.norm in (";", ":"):
            return None
    return None


def _below(scene: Scene, noun: Token, token: Token) -> bool:
    return any(above.index == noun.index for above in scene.parsed.ancestors(token))


def _noun_content(scene: Scene, match: CueMatch, token: Token) -> Told | None:
    parsed, words = scene.parsed, scene.cues.words
    sentence = scene.sentence_of(token)
    owner = _owner(scene, token)
    last = max((below.index for below in parsed.subtree(owner)), default=token.index) if owner is not None else token.index
    last = max(last, token.index) if owner is not None and owner.index > token.index else token.index
    for at in range(token.index + 1, min(sentence.last, max(last, token.index + 6) + 2)):
        other = parsed.tokens[at]
        led = parsed.tokens[at - 1].norm in words.infinitive_marks
        if other.norm in words.complementizers and not _is_object(scene, other) and _belongs(scene, token, other, last):
            return Told(owner, _clause(scene, token, at + 1, sentence), "clause")
        if selon_lequel(scene, at + 1):
            return Told(owner, _clause(scene, token, at + 2, sentence), "clause", parsed.tokens[at : at + 2])
        if owner is not None and other.norm in words.namely and led:
            return Told(owner, parsed.tokens[at + 1 : _clause_stop(scene, at + 1, sentence)], "namely")
        if is_infinitive(other) and other.pos == "VERB" and led and owner is not None:
            return Told(owner, _clause(scene, token, at - 1, sentence), "infinitive")
        whole = at == last + 1 and not any(is_finite(word) for word in parsed.tokens[sentence.first : at])
        if other.norm in (":", "?") and (owner is not None or at == token.index + 1) and whole:
            return _explained(scene, owner, at, sentence)
        if other.norm in (";", ".") or (is_finite(other) and other.dep != "acl:relcl" and at > last):
            break
    return _complement(scene, match, token, owner)


def _is_object(scene: Scene, that: Token) -> bool:
    """Whether "que" stands for the noun itself, as what is made or said: "la promesse que le ministre a faite"."""
    if that.dep not in ("nsubj", "obj", "nsubj:pass"):
        return False
    verb = scene.parsed.head(that)
    if verb is not None and any(child.index != that.index for child in scene.parsed.children(verb, "nsubj")) and that.dep.startswith("nsubj"):
        return False
    if that.pos == "PRON" or verb is None or that.dep != "obj":
        return True
    return not scene.parsed.children(verb, "cop", "aux:pass") and not any(child.index != that.index for child in scene.parsed.children(verb, "obj"))


def _belongs(scene: Scene, noun: Token, that: Token, last: int) -> bool:
    """Whether a clause is the noun's: by the tree, or right behind it and no verb's."""
    clause = scene.parsed.head(that)
    above = scene.parsed.head(clause) if clause is not None else None
    said = (
        above is not None and clause is not None and clause.dep == "ccomp" and above.index < noun.index and verb_cue(scene.parsed, above) is not None
    )
    return _hangs(scene, noun, that) or (that.index <= last + 2 and not said)


def _hangs(scene: Scene, noun: Token, that: Token) -> bool:
    """Whether a clause belongs to the noun in the tree."""
    return any(above.index == noun.index for above in scene.parsed.ancestors(that))


def _complement(scene: Scene, match: CueMatch, noun: Token, owner: Token | None) -> Told | None:
    """What a noun is about, where its complement names no speaker: "l'annonce du retrait", "les accusations de torture portées par …"."""
    if not match.cue.after or (match.cue.object == "speaker" and owner is None):
        return None
    words = scene.cues.words
    led = {form for after in match.cue.after for form in {"de": words.of, "à": words.to}.get(after, (after,))}
    above = scene.parsed.head(noun) or noun
    beside = [child for child in scene.parsed.children(above, "obl") if noun.dep == "obj" and child.index > noun.index]
    for child in (*scene.parsed.children(noun, "nmod", "obl"), *beside):
        case = next((part for part in scene.parsed.children(child, "case") if part.index < child.index), None)
        if case is None or case.norm not in led or child.pos != "NOUN" or speaks(scene, child):
            continue
        if child.head != noun.index and case.index != noun.index + 1:
            continue
        barred = {below.index for mine in (owner,) if mine is not None for below in scene.parsed.subtree(mine)}
        tokens = [below for below in scene.parsed.subtree(child) if below.index > case.index and below.index not in barred]
        tokens = tokens[: next((place for place, below in enumerate(tokens) if below.pos in ("VERB", "AUX") or below.norm in words.by), len(tokens))]
        if tokens:
            return Told(owner, tuple(tokens), "complement")
    return None


def _clause_stop(scene: Scene, start: int, sentence: Sentence) -> int:
    for at in range(start, sentence.last):
        if scene.parsed.tokens[at].norm in (";", ".", ":") and scene.within[at] < 0:
            return at
    return sentence.last


def _explained(scene: Scene, owner: Token | None, at: int, sentence: Sentence) -> Told | None:
    """ "Leur prétexte ? Protéger …": the rest of the sentence, or the next sentence."""
    parsed = scene.parsed
    rest = parsed.tokens[at + 1 : sentence.last]
    if any(token.pos not in ("PUNCT",) for token in rest):
        return Told(owner, rest, "colon")
    following = scene.after(sentence)
    if following is None or following.paragraph != sentence.paragraph:
        return None
    return Told(owner, parsed.tokens_of(following), "colon")


def _owner(scene: Scene, noun: Token) -> Token | None:
    """Whose statement it is: a possessive, the complement of the noun who can speak, who makes it, or the subject of the verb that makes it."""
    parsed, words = scene.parsed, scene.cues.words
    for child in parsed.children(noun):
        if child.norm in scene.sources.possessive or child.dep == "nmod:poss":
            return child
    for child in parsed.children(noun, "nmod", "obl", "appos"):
        case = next((part.norm for part in parsed.children(child, "case")), "")
        if child.index > noun.index and speaks(scene, child) and (not case or case in words.of or case in words.by):
            return child
    for child in (below for part in (noun, *parsed.children(noun, "nmod")) for below in parsed.children(part, "acl")):
        if child.lemma in words.made:
            by = agent(parsed, child)
            if by is not None and speaks(scene, by):
                return by
    verb = parsed.head(noun)
    if verb is not None and noun.dep in ("obj", "obl:arg") and verb.pos == "VERB" and verb.lemma in words.made:
        subject = find_subject(scene, verb)
        return subject if speaks(scene, subject) else None
    return None


def _clause(scene: Scene, noun: Token, start: int, sentence: Sentence) -> tuple[Token, ...]:
    """From `start` as far as the noun's own branch of the tree goes, without a gap; not over the main verb."""
    parsed = scene.parsed
    below = {token.index for token in parsed.subtree(noun)}
    clause = parsed.tokens[start].head if start < len(parsed.tokens) else start
    end = start
    above = {token.index for token in parsed.ancestors(noun)}
    while end < sentence.last and end not in above and parsed.tokens[end].norm != ";":
        if end > clause and end not in below:
            break
        end += 1
    if not any(is_finite(token) for token in parsed.tokens[start:end]):
        end = next((at for at in range(end, sentence.last) if at in above or parsed.tokens[at].norm == ";"), sentence.last)
    return parsed.tokens[start:end]
