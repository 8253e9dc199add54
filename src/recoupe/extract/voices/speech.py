"""Who speaks a quotation? The verb of saying after or before it, a colon, a preposition, or whoever spoke last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from recoupe.extract.voices.draft import Draft, span_of
from recoupe.extract.voices.marks import Quotation
from recoupe.extract.voices.reported import asides, is_narration, make_draft
from recoupe.extract.voices.scene import Scene, has_finite, is_finite, is_going_on, is_speech, word_count
from recoupe.extract.voices.subject import has_tense, noun_phrase, speaks
from recoupe.extract.voices.verbs import Saying
from recoupe.language.parsed import Token
from recoupe.model import Span

_FAR = 24  # tokens between a quotation and its verb
_ENDS = frozenset({".", "!", "?", "…", "..."})
_SPOKEN = frozenset(
    {
        "say",
        "show",
        "claim",
        "opinion",
        "warn",
        "promise",
        "threat",
        "deny",
        "ask",
        "demand",
        "accuse",
        "know",
        "fear",
        "hope",
        "judge",
        "predict",
        "doubt",
        "suspect",
    }
)
_SCARE_WORDS = 8


class Spoken(Struct, frozen=True):
    """A quotation with the number of the saying that speaks it; -1 for a colon after a noun, None when nobody near does."""

    quotation: int
    saying: int | None
    colon: Token | None = None


def speech_drafts(scene: Scene, sayings: Sequence[Saying], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts again, with the quotations given to their speakers: joined to a draft, or as drafts of their own."""
    found = list(drafts)
    by_anchor = {draft.anchor: place for place, draft in enumerate(found) if draft.anchor >= 0}
    nearest = _Nearest(scene, sayings)
    spoken = {number: saying for number, saying in _inside(scene, sayings) if nearest.speaker(number) is None}
    last: int | None = None
    for number, quotation in enumerate(scene.quotations):
        if number in spoken:
            last = _spoken_inside(scene, found, by_anchor, spoken[number], quotation)
            continue
        inside = _covered(found, quotation)
        if inside is not None:
            found[inside] = _mixed(scene, found[inside], quotation)
            last = inside
            continue
        if _inside_speech(scene, number):
            continue
        saying = nearest.speaker(number)
        if saying is not None:
            place = by_anchor.get(saying.verb.index)
            if place is None:
                found.append(make_draft(scene, saying, (), f"{saying.match.cue.lemma}+quotation"))
                place = by_anchor[saying.verb.index] = len(found) - 1
            found[place] = _direct(scene, found[place], quotation)
            last = place
            continue
        colon = _colon_source(scene, quotation)
        if colon is not None and is_speech(scene.parsed, quotation):
            found.append(_colon_draft(scene, colon, quotation))
            last = len(found) - 1
        elif is_speech(scene.parsed, quotation) and _floats(scene, quotation):
            bare = nearest.bare_before(number)
            if bare is not None and bare.verb.index not in by_anchor:
                found.append(_direct(scene, make_draft(scene, bare, (), f"{bare.match.cue.lemma}+next sentence"), quotation))
                last = by_anchor[bare.verb.index] = len(found) - 1
            else:
                last = _carry(scene, found, last, quotation)
        elif _is_scare(scene, quotation):
            found.append(Draft((), (), None, (quotation.inner,), "scare", "scare", stance="distancing"))
    return [draft for draft in found if draft.content]


def _inside(scene: Scene, sayings: Sequence[Saying]) -> Iterator[tuple[int, Saying]]:
    """The outermost quotations in which an incise says who speaks: "« Ils tirent, lâche un officier. Nous partons. »", the last incise of each first."""
    for _, saying in reversed(tuple(asides(scene, tuple(sayings)))):
        number = scene.within[saying.verb.index]
        if (
            number < 0
            or scene.quotations[number].depth
            or not is_speech(scene.parsed, scene.quotations[number])
            or saying.match.cue.kind not in _SPOKEN
        ):
            continue
        subject = saying.subject
        first = {word.strip("-") for word in scene.sources.first}
        behind = subject is not None and (subject.index > saying.verb.index or subject.norm.startswith("-"))
        if subject is not None and behind and subject.norm.strip("-").removeprefix("t-") not in first and speaks(scene, subject):
            yield number, saying


def _spoken_inside(scene: Scene, found: list[Draft], by_anchor: dict[int, int], saying: Saying, quotation: Quotation) -> int:
    """Give a quotation to the speaker whom an incise inside it names; the place of the draft."""
    place = by_anchor.get(saying.verb.index)
    if place is None:
        found.append(make_draft(scene, saying, (), f"{saying.match.cue.lemma}+incise"))
        place = by_anchor[saying.verb.index] = len(found) - 1
    found[place] = msgspec.structs.replace(found[place], content=(quotation.inner,), style="direct", denial=False)
    return place


class _Nearest:
    """Looks up the verb of saying that stands next to a quotation."""

    def __init__(self, scene: Scene, sayings: Sequence[Saying]) -> None:
        self._scene = scene
        self._at = {saying.verb.index: saying for saying in sayings if saying.match.cue.kind in _SPOKEN}

    def speaker(self, number: int) -> Saying | None:
        scene, quotation = self._scene, self._scene.quotations[number]
        tokens = scene.parsed.tokens_in(quotation.start, quotation.end)
        if not tokens:
            return None
        after, before = self._after(tokens[-1].index + 1, number), self._before(tokens[0].index - 1, number)
        if after is not None and _is_part(scene, quotation, tokens[0].index, after):
            after = None
        introduced = tokens[0].index > 0 and scene.parsed.tokens[tokens[0].index - 1].norm == ":"
        told = before is not None and before.content is not None and before.content.shape in ("clause", "question")
        if before is not None and (after is None or (introduced and not told)):
            return before
        return after

    def bare_before(self, number: int) -> Saying | None:
        """The verb of saying that ends the sentence before a quotation without saying anything itself: "Le maire confirme. « … »"."""
        scene = self._scene
        tokens = scene.parsed.tokens_in(scene.quotations[number].start, scene.quotations[number].end)
        at = tokens[0].index - 1 if tokens else -1
        if (
            at < 0
            or scene.parsed.tokens[at].norm not in _ENDS
            or scene.sentence_of(scene.parsed.tokens[at]).paragraph != scene.quotations[number].paragraph
        ):
            return None
        for place in range(at - 1, max(at - 6, -1), -1):
            saying = self._at.get(place)
            if saying is not None:
                return saying if saying.content is None and saying.subject is not None and speaks(scene, saying.subject) else None
        return None

    def _after(self, start: int, number: int) -> Saying | None:
        scene = self._scene
        tokens = scene.parsed.tokens
        quotation = scene.quotations[number]
        outer = _outside(scene, number)
        paragraph = quotation.paragraph
        last = scene.parsed.text[max(quotation.inner.start, quotation.inner.end - 1) : quotation.inner.end]
        marked = last in (",", "!", "?", "…") or (start < len(tokens) and tokens[start].norm in (",", "-", "–", "—"))
        for at in range(start, min(start + _FAR, len(tokens))):
            token = tokens[at]
            if token.norm in _ENDS or token.norm in (";", ":") or scene.within[at] != outer:
                return None
            if scene.sentence_of(token).paragraph != paragraph:
                return None
            saying = self._at.get(at)
            if saying is not None and self._follows(saying, start, marked=marked):
                return saying
            if is_finite(token) and token.dep not in ("aux", "aux:tense", "aux:pass", "cop") and saying is None:
                return None
        return None

    def _follows(self, saying: Saying, start: int, *, marked: bool) -> bool:
        """Whether the verb stands behind the quotation as its incise: inverted, or its subject between, and no clause of its own."""
        if saying.content is not None and saying.content.shape in ("clause", "question"):
            return False
        subject = saying.subject
        scene = self._scene
        if subject is None or (subject.pos == "PRON" and not speaks(scene, subject)):
            return False
        if subject.lemma in scene.words.things:
            return False
        between = [
            token
            for token in scene.parsed.tokens[start : saying.verb.index]
            if token.pos != "PUNCT" and token.dep.split(":")[0] not in ("aux", "advmod", "expl")
        ]
        if subject.index > saying.verb.index or subject.norm.startswith("-"):
            return len(between) <= 2
        phrase = noun_phrase(scene, subject, saying.verb)
        return marked and subject.index >= start and phrase[0].index - start <= 3

    def _before(self, start: int, number: int) -> Saying | None:
        scene = self._scene
        tokens = scene.parsed.tokens
        outer = _outside(scene, number)
        quotation = scene.quotations[number]
        introduced = start >= 0 and tokens[start].norm == ":"
        for at in range(start, max(start - (2 * _FAR if introduced else _FAR), -1), -1):
            token = tokens[at]
            sentence = scene.sentence_of(token)
            if sentence.paragraph != quotation.paragraph and not (
                introduced or (sentence.paragraph == quotation.paragraph - 1 and _last_norm(scene, sentence.last) == ":")
            ):
                return None
            if token.norm in _ENDS and at < start + 1 and not _abbreviation(tokens, at):
                return None
            saying = self._at.get(at)
            if saying is not None and scene.within[at] == outer and self._leads(saying, start, quotation, introduced=introduced):
                return saying
        return None

    def _leads(self, saying: Saying, start: int, quotation: Quotation, *, introduced: bool) -> bool:
        scene = self._scene
        predicate = saying.verb.dep == "xcomp" or saying.subject is None
        if predicate and "Tense=Past" in saying.verb.morph and not has_tense(scene.parsed, saying.verb):
            return False
        if introduced or saying.match.last - 1 == start:
            return True
        if is_narration(scene, saying):
            return True
        between = scene.parsed.tokens[saying.match.last : start + 1]
        if between and between[-1].norm in scene.cues.words.complementizers:
            return True
        if between and between[-1].norm == "," and is_speech(scene.parsed, quotation):
            busy = saying.verb.dep == "acl:relcl" or any(child.index > saying.verb.index for child in scene.parsed.children(saying.verb, "obj"))
            return saying.content is None and not busy and not any(is_finite(token) for token in between)
        after = {form for word in saying.match.cue.after for form in ({"de": scene.cues.words.of, "à": scene.cues.words.to}.get(word, (word,)))}
        small = all(token.pos in ("ADV", "PRON", "DET") or token.norm in after for token in between)
        if small and saying.match.cue.needs != "speech" and (saying.match.cue.needs != "that" or is_speech(scene.parsed, quotation)):
            return True
        if len(between) > 1 and between[-1].pos == "CCONJ" and between[-2].norm == ",":
            between = between[:-1]
        resumed = is_speech(scene.parsed, quotation) and between and between[-1].norm in (",", "-", "–", "—", '"', "»", "”")
        return bool(resumed)


def _is_part(scene: Scene, quotation: Quotation, first: int, saying: Saying) -> bool:
    """Whether a few quoted words belong to the sentence that an incise interrupts: "Le plan « santé », dit le maire, échoue"."""
    if is_speech(scene.parsed, quotation) or saying.sentence.first >= first:
        return False
    before = scene.parsed.tokens[saying.sentence.first : first]
    goes_on = scene.parsed.tokens[saying.match.last : saying.sentence.last]
    return any(token.pos in ("NOUN", "PROPN") for token in before) and any(is_finite(token) for token in goes_on)


def _last_norm(scene: Scene, last: int) -> str:
    return scene.parsed.tokens[last - 1].norm if last else ""


def _abbreviation(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at].start == tokens[at - 1].end and len(tokens[at - 1].text) <= 2


def _outside(scene: Scene, number: int) -> int:
    """The quotation around a quotation, -1 for none."""
    quotation = scene.quotations[number]
    around = [
        other
        for other, outer in enumerate(scene.quotations)
        if other != number and outer.inner.start <= quotation.start and quotation.end <= outer.inner.end
    ]
    return min(around, key=lambda other: scene.quotations[other].end - scene.quotations[other].start, default=-1) if quotation.depth else -1


def _inside_speech(scene: Scene, number: int) -> bool:
    outer = _outside(scene, number)
    return outer >= 0 and not is_speech(scene.parsed, scene.quotations[number])


def _covered(drafts: Sequence[Draft], quotation: Quotation) -> int | None:
    """The draft whose content holds the beginning of the quotation, the smallest of several."""
    holding = [
        (sum(span.end - span.start for span in draft.content), place)
        for place, draft in enumerate(drafts)
        if draft.style in ("indirect", "mixed", "according") and any(span.start <= quotation.inner.start < span.end for span in draft.content)
    ]
    return min(holding)[1] if holding else None


def _mixed(scene: Scene, draft: Draft, quotation: Quotation) -> Draft:
    """Reported content that holds a quotation: what of the quotation goes beyond the sentence belongs to it."""
    content = draft.content
    if quotation.depth == 0 and not any(span.start <= quotation.inner.start and quotation.inner.end <= span.end for span in content):
        content = tuple(
            Span(span.start, max(span.end, quotation.inner.end)) if span.start <= quotation.inner.start < span.end else span for span in content
        )
    whole = any(quotation.start - 2 <= span.start and span.end <= quotation.end + 1 for span in content[:1])
    style = (
        draft.style
        if draft.style == "according"
        else "direct"
        if whole and (quotation.inner.end - quotation.inner.start > 30 or draft.rule.endswith("+incise")) and len(content) == 1
        else "mixed"
    )
    if style == "direct":
        return msgspec.structs.replace(draft, content=(quotation.inner,), style=style, denial=False)
    return msgspec.structs.replace(draft, content=content, style=style)


def _direct(scene: Scene, draft: Draft, quotation: Quotation) -> Draft:
    spans = [span for span in draft.content if not (quotation.start <= span.start and span.end <= quotation.end)]
    style = "direct" if all(_is_quoted(scene, span) for span in spans) else "mixed"
    content = tuple(sorted((*spans, quotation.inner)))
    return msgspec.structs.replace(draft, content=content, style=style, denial=draft.denial and style != "direct")


def _is_quoted(scene: Scene, span: Span) -> bool:
    return any(quotation.start <= span.start and span.end <= quotation.end for quotation in scene.quotations)


def _colon_source(scene: Scene, quotation: Quotation) -> Token | None:
    """The noun that a colon before a quotation belongs to, where no verb of saying stands: "Un témoin : « … »"."""
    tokens = scene.parsed.tokens_in(quotation.start, quotation.end)
    at = tokens[0].index - 1 if tokens else -1
    if at < 1 or scene.parsed.tokens[at].norm != ":":
        return None
    sentence = scene.sentence_of(scene.parsed.tokens[at])
    inside = scene.parsed.tokens[sentence.first : at]
    if any(is_finite(token) for token in inside):
        subjects = [
            token
            for token in inside
            if token.dep == "nsubj" and speaks(scene, token) and token.norm not in scene.words.pronouns and scene.within[token.index] < 0
        ]
        return subjects[-1] if subjects and is_speech(scene.parsed, quotation) else None
    if len(inside) > 12:
        return None
    return next((token for token in inside if token.pos in ("NOUN", "PROPN") and speaks(scene, token)), None)


def _colon_draft(scene: Scene, head: Token, quotation: Quotation) -> Draft:
    tokens = [token for token in noun_phrase(scene, head) if token.start < quotation.start]
    return Draft((), (span_of(tokens or [head]),), head.index, (quotation.inner,), "direct", "colon")


def _floats(scene: Scene, quotation: Quotation) -> bool:
    """Whether the quotation is all there is of its sentences."""
    first, last = scene.parsed.sentence_at(quotation.inner.start), scene.parsed.sentence_at(quotation.inner.end - 1)
    if first is None or last is None:
        return False
    outside = [
        token
        for token in scene.parsed.tokens[first.first : last.last]
        if (token.end <= quotation.start or token.start >= quotation.end) and token.pos not in ("PUNCT", "SYM", "SPACE")
    ]
    return len(outside) <= 1 or (not has_finite(scene.parsed, first.start, quotation.start) and len(outside) <= 3)


def _carry(scene: Scene, found: list[Draft], last: int | None, quotation: Quotation) -> int:
    """A floating quotation goes on where the last speaker stopped: in the same paragraph it is more of the same, later a draft without source words."""
    last = _latest(scene, found, quotation, last)
    before = None if last is None else found[last]
    if before is not None and last is not None and before.style != "scare" and before.content:
        ended = scene.parsed.sentence_at(max(span.end for span in (*before.content, *before.cue)) - 1)
        here = scene.parsed.sentence_at(quotation.inner.start)
        if ended is not None and here is not None and ended.paragraph == here.paragraph:
            style = before.style if before.style in ("direct", "according") else "mixed"
            found[last] = msgspec.structs.replace(before, content=(*before.content, quotation.inner), style=style)
            return last
    found.append(Draft((), (), None, (quotation.inner,), "direct", "floating", carried=True))
    return len(found) - 1


def _latest(scene: Scene, found: Sequence[Draft], quotation: Quotation, last: int | None) -> int | None:
    """The draft that was said last before the quotation, not inside another quotation."""
    paragraph = quotation.paragraph
    ended = []
    for place, draft in enumerate(found):
        if not draft.cue or not draft.content or draft.style == "scare" or draft.kind not in _SPOKEN:
            continue
        at = max(span.end for span in (*draft.cue, *draft.content))
        token = scene.parsed.token_at(draft.cue[0].start)
        if token is not None and is_going_on(scene, token):
            continue
        if at <= quotation.start and token is not None and scene.within[token.index] < 0 and scene.sentence_of(token).paragraph == paragraph:
            ended.append((at, -draft.cue[0].start, place))
    return max(ended)[2] if ended else last


def _is_scare(scene: Scene, quotation: Quotation) -> bool:
    """Words that the text keeps away from: a few, with a small letter among them, and no name or title."""
    words = word_count(scene.parsed, quotation.inner.start, quotation.inner.end)
    if not quotation.whole or words > _SCARE_WORDS or quotation.depth:
        return False
    tokens = [token for token in scene.parsed.tokens_in(quotation.inner.start, quotation.inner.end) if token.pos != "PUNCT"]
    capitals = sum(token.text[:1].isupper() or token.text[:1].isdigit() for token in tokens)
    return bool(tokens) and tokens[0].text[:1].islower() and capitals < len(tokens) / 2
