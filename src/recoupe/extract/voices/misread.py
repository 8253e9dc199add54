"""Which words are verbs of saying that the model took for something else? By what stands beside them."""

from __future__ import annotations

from recoupe.extract.voices.content import before_summing
from recoupe.extract.voices.scene import Scene, is_finite, is_infinitive
from recoupe.extract.voices.subject import inverted_pronoun, speaks
from recoupe.language.cues import CueMatch, known_form
from recoupe.language.parsed import Token

BEFORE_INCISE = frozenset({",", '"', "»", "”", "''", "-", "–", "—", "!", "?"})
_WINDOW = 12  # tokens between a verb and the infinitive that it demands


def is_misread(scene: Scene, match: CueMatch) -> bool:
    """A verb that the model took for another word: "que" follows and a subject stands before, it stands behind a quotation, or no other verb does."""
    tokens = scene.parsed.tokens
    if match.last >= len(tokens) or not match.head or not known_form(scene.parsed.language, tokens[match.head].norm):
        return False
    follows, before = tokens[match.last], tokens[match.head - 1]
    at = match.head
    if before.norm in scene.cues.words.clitics and at > 1:
        at, before = at - 1, tokens[at - 2]
    if inverted_pronoun(scene, tokens[match.head]) is not None:
        return before.pos == "PUNCT"
    if follows.pos == "ADV" and match.last + 1 < len(tokens):
        follows = tokens[match.last + 1]
    if before.norm in BEFORE_INCISE and follows.pos in ("DET", "PROPN") and at > 1:
        return before.norm != "," or scene.within[at - 2] >= 0 or tokens[at - 2].norm in BEFORE_INCISE
    if before_summing(scene, tokens[match.head]) is not None:
        return True
    if before.pos not in ("NOUN", "PROPN", "PRON", "ADJ") or before.norm in scene.sources.definite:
        return False
    if follows.norm in scene.cues.words.complementizers or _opens(scene, match.last):
        return True
    if not _verbless(scene, tokens[match.head]):
        return False
    led = follows.norm in scene.cues.words.infinitive_marks or follows.pos in ("DET", "AUX") or is_infinitive(follows) or _addressed(scene, match)
    sentence = scene.sentence_of(tokens[match.head])
    return led and any(speaks(scene, token) for token in tokens[sentence.first : match.head])


def _opens(scene: Scene, at: int) -> bool:
    """Whether a quotation opens at a token."""
    tokens = scene.parsed.tokens
    return tokens[at].pos == "PUNCT" and at + 1 < len(tokens) and scene.within[at] < 0 <= scene.within[at + 1]


def _verbless(scene: Scene, verb: Token) -> bool:
    sentence = scene.sentence_of(verb)
    return not any(is_finite(token) for token in scene.parsed.tokens_of(sentence) if token.index != verb.index)


def _addressed(scene: Scene, match: CueMatch) -> bool:
    """Whether a hearer and an infinitive follow: "enjoint aux habitants de partir"."""
    tokens = scene.parsed.tokens
    words = scene.cues.words
    last = scene.sentence_of(tokens[match.head]).last
    if match.last >= last or tokens[match.last].norm not in words.to or match.cue.kind not in ("demand", "accuse", "promise"):
        return False
    return any(
        tokens[at].norm in words.infinitive_marks and (is_infinitive(tokens[at + 1]) or tokens[at + 1].pos == "AUX")
        for at in range(match.last + 1, min(match.last + _WINDOW, last - 1))
    )


def is_misread_participle(scene: Scene, match: CueMatch) -> bool:
    """A finite verb that the model took for a participle of the noun before it, in a sentence without another: "L'ONU avertit que …"."""
    verb = scene.parsed.tokens[match.head]
    if not verb.dep.startswith("acl") or "Tense=Past" not in verb.morph or match.last >= scene.sentence_of(verb).last or not verb.index:
        return False
    led = scene.parsed.tokens[match.last].norm in scene.cues.words.complementizers
    before = scene.parsed.tokens[verb.index - 1]
    return before.index == verb.head and (led or _addressed(scene, match)) and known_form(scene.parsed.language, verb.norm) and _sole(scene, verb)


def _sole(scene: Scene, verb: Token) -> bool:
    """Whether no finite verb stands before the verb or above it."""
    sentence = scene.sentence_of(verb)
    above = {token.index for token in scene.parsed.ancestors(verb)}
    return not any(is_finite(token) for token in scene.parsed.tokens_of(sentence) if token.index < verb.index or token.index in above)
