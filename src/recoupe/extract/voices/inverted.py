"""Who stands behind a verb that is turned round, or is only named behind it? "…, ont indiqué dimanche à l'AFP des sources sécuritaires"."""

from __future__ import annotations

from recoupe.extract.voices.misread import BEFORE_INCISE
from recoupe.extract.voices.scene import Scene, is_finite
from recoupe.extract.voices.subject import noun_phrase, own_subject, speaks
from recoupe.language.cues import Cue, CueMatch
from recoupe.language.parsed import Token

_FAR = 16  # tokens between an inverted verb and its subject
_STOPS = frozenset({",", ";", ":", ".", "?", "!", "(", ")", "«", "»", "“", "”", '"', "-", "–", "—"})


def subject_behind(scene: Scene, cue: Cue, verb: Token, subject: Token | None) -> Token | None:
    """The noun behind a verb that itself stands behind a mark: "… », explique le directeur", whatever the parser made of it."""
    named = names_speaker(scene, verb)
    if named is not None:
        return named
    own = own_subject(scene.parsed, verb)
    if subject is not None and own is not None and not _parted_off(scene, own, verb):
        return None
    quoted = behind_quotation(scene, verb)
    first = verb.index
    while first and scene.parsed.tokens[first - 1].pos in ("AUX", "PART", "ADV"):
        first -= 1
    if first and scene.parsed.tokens[first - 1].norm in scene.cues.words.clitics:
        first -= 1
    led = first and (scene.parsed.tokens[first - 1].norm in BEFORE_INCISE or is_aside(scene, verb))
    if not led or "VerbForm=Inf" in verb.morph:
        return None
    if not is_finite(verb) and first == verb.index and verb.norm not in scene.cues.irregular:
        return None
    near = next(
        (
            child
            for child in scene.parsed.children(verb, "obj", "obl", "iobj", "attr")
            if child.index > verb.index
            and (speaks(scene, child) or (quoted and child.pos in ("NOUN", "PROPN")))
            and not scene.parsed.children(child, "case")
        ),
        None,
    )
    return near or (_far_behind(scene, verb) if subject is None and cue.needs != "to" else None)


def _far_behind(scene: Scene, verb: Token) -> Token | None:
    """The subject behind the day and the hearer: "…, ont indiqué dimanche à l'AFP des sources sécuritaires"."""
    tokens, words = scene.parsed.tokens, scene.cues.words
    parted = None
    for at in range(verb.index + 1, min(verb.index + _FAR, scene.sentence_of(verb).last)):
        token = tokens[at]
        if token.norm in _STOPS or token.norm in words.complementizers or is_finite(token) or scene.within[at] != scene.within[verb.index]:
            break
        if token.pos not in ("NOUN", "PROPN") or not speaks(scene, token):
            continue
        first = _first_word(scene, token)
        if first <= verb.index + 1 and tokens[first].norm not in words.of:
            return token
        if tokens[first].norm in words.of:
            parted = parted or (token if tokens[first].norm not in words.elided else None)
        elif tokens[first].pos != "ADP" and tokens[first - 1].pos not in ("ADP", "SCONJ"):
            return parted if parted is not None and tokens[first - 1].pos == "CCONJ" else token
    return parted


def _first_word(scene: Scene, noun: Token) -> int:
    """The index of the first word before a noun that belongs to it: article, numeral, adjective, contracted preposition."""
    tokens, words = scene.parsed.tokens, scene.cues.words
    at = noun.index
    name = scene.name_at.get(at)
    while at and (tokens[at - 1].pos in ("DET", "ADJ", "NUM") or (name is not None and tokens[at - 1].start >= name.start)):
        at -= 1
    return at - 1 if at and (tokens[at - 1].norm in words.of or tokens[at - 1].norm in words.to) else at


def _parted_off(scene: Scene, subject: Token, verb: Token) -> bool:
    """Whether commas part a verb and the noun behind it from the subject that the parser gave it: "Le plan, dit le maire, échoue"."""
    tokens = scene.parsed.tokens
    behind = next((child for child in scene.parsed.children(verb, "obj") if child.index > verb.index), None)
    if behind is None or subject.index > verb.index or not verb.index or tokens[verb.index - 1].norm != ",":
        return False
    end = noun_phrase(scene, behind, verb)[-1].index + 1
    return end < len(tokens) and tokens[end].norm == "," and scene.parsed.language == "fr"


def names_speaker(scene: Scene, verb: Token) -> Token | None:
    """The person named right behind a verb that has no subject: what is said stands before, without any mark."""
    following = scene.parsed.tokens[verb.index + 1] if verb.index + 1 < len(scene.parsed.tokens) else verb
    clause = scene.parsed.tokens[scene.sentence_of(verb).first : verb.index]
    if following.dep != "obj" or following.head != verb.index or following.index not in scene.person_at or not is_finite(verb):
        return None
    bare = own_subject(scene.parsed, verb) is None and not any(token.dep.startswith("aux") and token.head == verb.index for token in clause)
    return following if bare and any(is_finite(token) for token in clause) else None


def behind_quotation(scene: Scene, verb: Token) -> bool:
    """Whether nothing but marks and auxiliaries stands between a quotation and the verb."""
    at = verb.index - 1
    while at >= 0 and scene.within[at] < 0 and (scene.parsed.tokens[at].pos in ("PUNCT", "AUX") or scene.parsed.tokens[at].norm in ('"', "»", "”")):
        at -= 1
    return at >= 0 and scene.within[at] >= 0 and scene.within[verb.index] < 0 and verb.index - at > 1


def is_aside(scene: Scene, verb: Token) -> bool:
    """ "comme l'a annoncé le ministre": what follows the verb is its subject, what it says stands around it."""
    at = verb.index - 1
    while at > 0 and (scene.parsed.tokens[at].pos in ("AUX", "ADV", "PRON") or scene.parsed.tokens[at].norm in scene.cues.words.object_pronouns):
        if scene.parsed.tokens[at].norm in scene.cues.words.like and verb.index - at > 1:
            return True
        at -= 1
    like = scene.parsed.tokens[at].norm in scene.cues.words.like
    joined = at > 0 and scene.parsed.tokens[at].norm in ("que", "qu'") and scene.parsed.tokens[at - 1].norm in scene.cues.words.like
    return joined or (like and verb.index - at >= 2)


def is_parenthetic(scene: Scene, match: CueMatch, subject: Token | None) -> bool:
    """Whether commas part the verb and its subject from what stands before and behind: "The museum, the mayor said, would open"."""
    tokens, sentence = scene.parsed.tokens, scene.sentence_of(scene.parsed.tokens[match.head])
    if subject is None or subject.index > match.head or match.last + 1 >= sentence.last or tokens[match.last].norm != ",":
        return False
    first = noun_phrase(scene, subject, tokens[match.head])[0].index
    before, behind = tokens[sentence.first : first], tokens[match.last + 1 : sentence.last]
    parted = len(before) > 2 and before[-1].norm == "," and scene.within[before[-1].index] == scene.within[match.head]
    goes_on = any(is_finite(token) for token in behind) and behind[0].pos not in ("VERB", "CCONJ", "SCONJ")
    return parted and goes_on and not any(token.pos == "PUNCT" for token in tokens[first : match.head])


def is_bare_aside(scene: Scene, verb: Token) -> bool:
    """ "comme annoncé", "as promised": a past participle right behind "comme", with what is said around it."""
    past = "VerbForm=Part" in verb.morph and ("Tense=Past" in verb.morph or "Aspect=Perf" in verb.morph)
    before = scene.parsed.tokens[verb.index - 1] if verb.index else verb
    led = before.norm in scene.cues.words.like and (verb.index < 2 or scene.parsed.tokens[verb.index - 2].pos != "VERB")
    return past and led and not scene.parsed.children(verb, "obj", "xcomp", "ccomp", "aux")
