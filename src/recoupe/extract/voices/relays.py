"""Through whom does a speaker reach us? "Interrogé par Sputnik, l'expert …", "selon la radio, citant le maire"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import msgspec
from msgspec import Struct

from recoupe.extract.voices.draft import Draft, cut, span_of
from recoupe.extract.voices.marks import Quotation
from recoupe.extract.voices.scene import Scene, is_finite
from recoupe.extract.voices.subject import is_relative, noun_phrase, speaks
from recoupe.language.cues import Relay
from recoupe.language.parsed import Token
from recoupe.model import Span


class Relayed(Struct, frozen=True):
    """Two drafts by their places: what `outer` passes on is said by `inner`; `lasting` when it holds for all that the speaker says later."""

    outer: int
    inner: int
    lasting: bool


def relay_drafts(scene: Scene, drafts: Sequence[Draft]) -> tuple[list[Draft], list[Relayed]]:
    """The drafts with those of the relays added, and which passes on which."""
    found, links = list(drafts), []
    roles = {relay.lemma: relay.role for relay in scene.cues.cues.relays}
    forms = {form: relay for relay in scene.cues.cues.relays for form in relay.forms}
    for token in scene.parsed.tokens:
        participle = not is_finite(token) and ("Tense=Pres" in token.morph or "Aspect=Prog" in token.morph)
        if token.norm in forms and _after_by(scene, token) is not None:
            link = _by(scene, token, forms[token.norm], found)
        elif token.pos == "VERB" and token.lemma in roles and (participle or _in_relative(scene, token)):
            link = _citing(scene, token, found)
        else:
            continue
        if link is not None:
            links.append(link)
    return found, links


def _by(scene: Scene, verb: Token, relay: Relay, found: list[Draft]) -> Relayed | None:
    """ "Interrogé par X, le maire …": X passes on what the maire says in this sentence."""
    through = _after_by(scene, verb)
    if through is None:
        return None
    phrase = [token for token in noun_phrase(scene, through, verb) if token.index > verb.index]
    phrase = _upto_comma(phrase)
    if not phrase:
        return None
    sentence = scene.sentence_of(verb)
    cue = (span_of(scene.parsed.tokens[verb.index : verb.index + 2]),)
    inner = _said_in(found, Span(sentence.start, sentence.end), verb)
    if inner is None:
        inner = _verbless(scene, verb, phrase[-1], found)
    if inner is None:
        return None
    aside = Span(verb.start, phrase[-1].end)
    said = found[inner] = _without(scene, found[inner], aside)
    source_kind = said.style if said.style in ("direct", "mixed") else "indirect"
    found.append(Draft(cue, (span_of(phrase),), through.index, said.content, source_kind, f"{relay.lemma}+relay", anchor=verb.index))
    return Relayed(len(found) - 1, inner, lasting=relay.role == "questioned")


def _after_by(scene: Scene, verb: Token) -> Token | None:
    following = list(takewhile(lambda token: not is_finite(token), scene.parsed.tokens[verb.index + 1 : verb.index + 8]))
    if not following or following[0].norm not in scene.cues.words.by:
        return None
    led = max(place for place, token in enumerate(following) if token.norm in scene.cues.words.by)  # "joint par téléphone par l'AFP"
    return next((token for token in following[led + 1 :] if token.pos in ("PROPN", "NOUN") and speaks(scene, token)), None)


def _upto_comma(tokens: Sequence[Token]) -> list[Token]:
    stop = next((place for place, token in enumerate(tokens) if token.norm == ","), len(tokens))
    return list(tokens[:stop])


def _said_in(found: Sequence[Draft], sentence: Span, verb: Token) -> int | None:
    """The draft whose cue stands in the same sentence, nearest after the relay."""
    near = [
        (abs(draft.cue[0].start - verb.start), place)
        for place, draft in enumerate(found)
        if draft.cue and sentence.start <= draft.cue[0].start < sentence.end and draft.source
    ]
    return min(near)[1] if near else None


def _verbless(scene: Scene, verb: Token, last: Token, found: list[Draft]) -> int | None:
    """ "Cité par X, le commandant, « … »": a quotation follows the speaker without a verb."""
    sentence = scene.sentence_of(verb)
    quotation = next((q for q in scene.quotations if last.end <= q.start < sentence.end and q.depth == 0), None)
    if quotation is None:
        return None
    between = [token for token in scene.parsed.tokens[last.index + 1 : sentence.last] if token.start < quotation.start]
    head = next((token for token in between if token.pos in ("NOUN", "PROPN")), None)
    if head is None:
        return None
    place = _drop_scare(found, quotation)
    source = _stripped(between)
    draft = Draft(
        (Span(verb.start, verb.end),), (span_of(source),), head.index, (quotation.inner,), "direct", f"{verb.lemma}+quotation", anchor=verb.index
    )
    if place is None:
        found.append(draft)
        return len(found) - 1
    found[place] = draft
    return place


def _drop_scare(found: Sequence[Draft], quotation: Quotation) -> int | None:
    return next((place for place, draft in enumerate(found) if draft.content == (quotation.inner,) and not draft.source), None)


def _stripped(tokens: Sequence[Token]) -> list[Token]:
    inside = list(tokens)
    while inside and inside[0].pos == "PUNCT":
        inside.pop(0)
    while inside and inside[-1].pos == "PUNCT":
        inside.pop()
    return inside


def _in_relative(scene: Scene, verb: Token) -> bool:
    """ "…, selon l'agence, qui cite des survivants": a relative clause of the voice itself."""
    return verb.dep == "acl:relcl" and any(is_relative(scene, child) for child in scene.parsed.children(verb, "nsubj"))


def _citing(scene: Scene, verb: Token, found: list[Draft]) -> Relayed | None:
    """ "…, selon la radio, citant le maire": the maire says it, the radio passes it on."""
    quoted = next((child for child in scene.parsed.children(verb, "obj", "obl") if child.index > verb.index and child.pos in ("NOUN", "PROPN")), None)
    if quoted is None:
        return None
    outer = min(
        (place for place, draft in enumerate(found) if draft.cue and draft.source and draft.anchor != verb.index and _near(scene, draft, verb)),
        key=lambda place: abs(found[place].cue[0].start - verb.start),
        default=None,
    )
    if outer is None:
        return None
    phrase = noun_phrase(scene, quoted, verb)
    aside = Span(verb.start, phrase[-1].end)
    said = found[outer] = _without(scene, found[outer], aside)
    cited = msgspec.structs.replace(
        said,
        cue=(Span(verb.start, verb.end),),
        source=(span_of(phrase),),
        head=quoted.index,
        style="indirect" if said.style == "according" else said.style,
        rule=f"{verb.lemma}+relay",
        stance="neutral",
        anchor=verb.index,
    )
    inner = next((place for place, draft in enumerate(found) if draft.anchor == verb.index), None)
    if inner is None:
        found.append(cited)
        return Relayed(outer, len(found) - 1, lasting=False)
    found[inner] = cited
    return Relayed(outer, inner, lasting=False)


def _without(scene: Scene, draft: Draft, aside: Span) -> Draft:
    """The draft with the words that name whom it cites taken out of its content and its source."""
    content = tuple(part for span in draft.content for part in cut(scene.parsed.text, span, aside))
    source = tuple(part for span in draft.source for part in cut(scene.parsed.text, span, aside)[:1])
    return msgspec.structs.replace(draft, content=content or draft.content, source=source or draft.source)


def _near(scene: Scene, draft: Draft, verb: Token) -> bool:
    sentence = scene.sentence_of(verb)
    return sentence.start <= draft.cue[0].start < sentence.end
