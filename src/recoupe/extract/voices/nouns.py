"""Which nouns lay words to somebody? "leur prétexte : …", "l'accusation selon laquelle …", "la promesse du ministre de …"."""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.extract.voices.according import selon_lequel
from recoupe.extract.voices.draft import Draft, span_of, stretches
from recoupe.extract.voices.scene import Scene, is_finite, is_infinitive
from recoupe.extract.voices.subject import noun_phrase, speaks
from recoupe.language.cues import CueMatch, noun_cue
from recoupe.language.parsed import Sentence, Token
from recoupe.model import Span


def noun_drafts(scene: Scene) -> Iterator[Draft]:
    """The attributions by a noun: what follows it as a clause, "selon lequel …", an infinitive, or after a colon or question mark."""
    for token in scene.parsed.tokens:
        if token.pos not in ("NOUN", "PROPN"):
            continue
        match = noun_cue(scene.parsed, token)
        if match is None:
            continue
        found = _noun_content(scene, match, token)
        if found is None:
            continue
        owner, content, rule = found
        spans = stretches(scene.parsed, content)
        if spans:
            cue = match.cue
            phrase = (
                [word for word in noun_phrase(scene, owner, token) if word.end <= spans[0].start or word.start >= spans[-1].end]
                if owner is not None
                else []
            )
            phrase = (
                phrase[: next((place for place, word in enumerate(phrase) if word.norm in scene.cues.words.infinitive_marks and place), len(phrase))]
                if rule == "namely"
                else phrase
            )
            source = (span_of(phrase),) if phrase else ()
            yield Draft(
                (Span(token.start, token.end),),
                source,
                owner.index if owner else None,
                spans,
                "indirect",
                f"{cue.lemma}+{rule}",
                kind=cue.kind,
                stance=cue.stance,
                denial=cue.denial,
                anchor=token.index,
            )


def _noun_content(scene: Scene, match: CueMatch, token: Token) -> tuple[Token | None, tuple[Token, ...], str] | None:
    parsed = scene.parsed
    sentence = scene.sentence_of(token)
    owner = _owner(scene, token)
    last = (
        max((below.index for below in parsed.subtree(owner)), default=token.index) if owner is not None and owner.index > token.index else token.index
    )
    at = token.index + 1
    while at < min(sentence.last, max(last, token.index + 6) + 2):
        other = parsed.tokens[at]
        if other.norm in scene.cues.words.complementizers and other.dep not in ("nsubj", "obj", "nsubj:pass"):
            return owner, _clause(scene, token, at + 1, sentence), "clause"
        if selon_lequel(scene, at + 1):
            return owner, _clause(scene, token, at + 2, sentence), "clause"
        if owner is not None and other.norm in scene.cues.words.namely and parsed.tokens[at - 1].norm in scene.cues.words.infinitive_marks:
            return owner, parsed.tokens[at + 1 : _clause_stop(scene, at + 1, sentence)], "namely"
        if is_infinitive(other) and other.pos == "VERB" and parsed.tokens[at - 1].norm in scene.cues.words.infinitive_marks and owner is not None:
            return owner, _clause(scene, token, at - 1, sentence), "infinitive"
        if (
            other.norm in (":", "?")
            and (owner is not None or at == token.index + 1)
            and at == max(last, token.index) + 1
            and not any(is_finite(word) for word in parsed.tokens[sentence.first : at])
        ):
            return _explained(scene, owner, at, sentence)
        if other.norm in (";", ".") or (is_finite(other) and other.dep != "acl:relcl" and at > last):
            break
        at += 1
    if match.cue.kind == "accuse" and owner is not None and owner.index > token.index:
        return None
    return None


def _clause_stop(scene: Scene, start: int, sentence: Sentence) -> int:
    for at in range(start, sentence.last):
        if scene.parsed.tokens[at].norm in (";", ".", ":") and scene.within[at] < 0:
            return at
    return sentence.last


def _explained(scene: Scene, owner: Token | None, at: int, sentence: Sentence) -> tuple[Token | None, tuple[Token, ...], str] | None:
    """ "Leur prétexte ? Protéger …": the rest of the sentence, or the next sentence."""
    parsed = scene.parsed
    rest = parsed.tokens[at + 1 : sentence.last]
    if any(token.pos not in ("PUNCT",) for token in rest):
        return owner, rest, "colon"
    following = scene.after(sentence)
    if following is None or following.paragraph != sentence.paragraph:
        return None
    return owner, parsed.tokens_of(following), "colon"


def _owner(scene: Scene, noun: Token) -> Token | None:
    """Whose statement it is: a possessive, or the complement of the noun who can speak."""
    parsed = scene.parsed
    for child in parsed.children(noun):
        if child.norm in scene.sources.possessive or child.dep == "nmod:poss":
            return child
    for child in parsed.children(noun, "nmod", "obl", "appos"):
        if child.index > noun.index and speaks(scene, child):
            return child
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
    return parsed.tokens[start:end]
