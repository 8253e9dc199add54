"""What does a verb say by its object? A noun phrase, a predicate of it, or a passive's subject."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from recoupe.extract.voices.content_bounds import limit_of, object_end, with_colon
from recoupe.extract.voices.scene import Scene, is_finite
from recoupe.extract.voices.subject import is_passive, teller
from recoupe.language.cues import Cue, CueMatch
from recoupe.language.parsed import Parsed, Token

Shape = Literal["clause", "question", "infinitive", "object", "predicate", "oblique", "colon", "passive", "raised"]


class Content(Struct, frozen=True):
    """The tokens of what is said, and its shape."""

    tokens: tuple[Token, ...]
    shape: Shape


def object_content(scene: Scene, match: CueMatch, verb: Token) -> Content | None:
    """What the object of a verb of saying says, or the subject of its passive; None where the cue takes no object or there is none."""
    parsed, cue = scene.parsed, match.cue
    if is_passive(parsed, verb):
        if cue.needs == "predicate" and not _judged(scene, match):
            return None
        return _passive(scene, cue, verb)
    if cue.object in ("no", "hearer"):
        return None
    if cue.needs == "predicate" and not _predicate(scene, match, verb):
        return None
    found = [
        child
        for child in parsed.children(verb, "obj", "obl:arg", "iobj", "xcomp", "ccomp", "attr", "oprd")
        if child.index >= match.last and child.pos != "PRON" and _bare(parsed, child, cue) and not _bracketed(parsed, match.last, child)
    ]
    if not found:
        return _upturned(scene, match, verb)
    found += [
        child for child in parsed.children(verb, "advmod", "amod") if child.pos == "ADJ" and child.index >= match.last and cue.needs == "predicate"
    ]
    tokens = [token for child in found for token in parsed.subtree(child) if token.index >= match.last]
    first = min(token.index for token in tokens)
    last = max(token.index for token in tokens)
    end = object_end(scene, verb, first, last + 1)
    predicate = cue.needs == "predicate"
    end = with_colon(scene, verb, end)
    return Content(parsed.tokens[first:end], "predicate" if predicate else "object") if end > first else None


def _upturned(scene: Scene, match: CueMatch, verb: Token) -> Content | None:
    """The object of a finite verb that the parser hung on its own object: "documente trente exécutions"."""
    head = scene.parsed.head(verb)
    if head is None or verb.dep not in ("dep", "nmod", "amod", "acl") or not match.last <= head.index < match.last + 4 or not is_finite(verb):
        return None
    if head.pos != "NOUN" or any(token.pos not in ("DET", "NUM", "ADJ") for token in scene.parsed.tokens[match.last : head.index]):
        return None
    return Content(scene.parsed.tokens[match.last : object_end(scene, verb, match.last, head.index + 1)], "object")


def _predicate(scene: Scene, match: CueMatch, verb: Token) -> bool:
    """Whether something is said of the object: an adjective behind the verb, quoted or not, or "comme …"."""
    parsed = scene.parsed
    behind = [token for token in parsed.tokens[match.last : min(match.last + 8, limit_of(scene, verb))] if token.pos not in ("PUNCT", "ADV")][:6]
    last = limit_of(scene, verb) - 2
    led = bool(behind) and behind[0].pos in ("ADJ", "VERB") and not is_finite(behind[0]) and behind[0].index <= match.last + 2
    return led or any(
        token.norm in scene.cues.words.like or (token.pos == "ADJ" and (token.head == verb.index or token.index == last)) for token in behind
    )


def _judged(scene: Scene, match: CueMatch) -> bool:
    """Whether an adjective or "comme" follows a passive at once: "est jugée inutile", and not "est jugé pour trahison"."""
    tokens = scene.parsed.tokens[match.last : match.last + 3]
    words = [token for token in tokens if token.pos not in ("PUNCT", "ADV")]
    return bool(words) and (words[0].pos == "ADJ" or words[0].norm in scene.cues.words.like)


def _bracketed(parsed: Parsed, first: int, child: Token) -> bool:
    """Whether a bracket opens before the object: what stands in it is no object."""
    return any(token.norm == "(" for token in parsed.tokens[first : child.index])


def _bare(parsed: Parsed, child: Token, cue: Cue) -> bool:
    """No preposition leads the object in ("de larges activités" has an article, not a preposition)."""
    case = parsed.children(child, "case")
    partitive = case and case[0].norm in ("de", "d'") and parsed.tokens[case[0].index + 1].pos == "ADJ" and cue.object == "content"
    return (
        not case
        or bool(partitive)
        or (cue.object == "target" and cue.kind in ("accuse", "demand", "judge", "opinion"))
        or (child.dep == "obl:arg" and case[0].pos == "DET")
    )


def _passive(scene: Scene, cue: Cue, verb: Token) -> Content | None:
    parsed = scene.parsed
    if cue.object not in ("content", "target", "speaker") or verb.dep.startswith("acl"):
        return None
    if cue.kind in ("opinion", "demand") and cue.needs == "any" and teller(scene, verb) is None:
        return None
    subject = next((child for child in parsed.children(verb, "nsubj:pass") if child.pos in ("NOUN", "PROPN")), None)
    if subject is None:
        return None
    before = tuple(token for token in parsed.subtree(subject) if token.index < verb.index)
    return Content((*before, *_behind_passive(scene, verb)), "passive")


def _behind_passive(scene: Scene, verb: Token) -> tuple[Token, ...]:
    """The place or cause behind a passive without an agent, which belongs to what is said: "ont été signalés [dans le nord]"."""
    at = verb.index + 1
    if (
        at >= limit_of(scene, verb)
        or scene.parsed.tokens[at].pos != "ADP"
        or scene.parsed.tokens[at].norm in scene.cues.words.of
        or teller(scene, verb) is not None
    ):
        return ()
    return scene.parsed.tokens[at : object_end(scene, verb, at, at + 1)]
