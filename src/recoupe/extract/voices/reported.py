"""What do the verbs of saying report? Their clauses, and the incises ("…, a-t-il ajouté, …") that stand in what they report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.extract.voices.draft import Draft, span_of, stretches
from recoupe.extract.voices.inverted import is_aside, is_bare_aside, is_parenthetic
from recoupe.extract.voices.scene import Scene, is_finite, is_going_on, is_infinitive
from recoupe.extract.voices.subject import has_tense, inverted_pronoun, is_passive, is_relative, noun_phrase, speaks, without_relative
from recoupe.extract.voices.verbs import Saying, is_asked
from recoupe.language.cues import known_form, verb_cue
from recoupe.language.parsed import Parsed, Token
from recoupe.model import Span

_SPEAKING = frozenset(
    {"say", "show", "know", "opinion", "predict", "warn", "promise", "threat", "claim", "deny", "hope", "fear", "ask", "judge", "demand"}
)
_VERBAL = frozenset({"VERB", "AUX"})
_LONGEST_INCISE = 30  # tokens
_INCISE_ENDS = frozenset({",", "»", '"', "«", "“", ".", ";", ":", "-", "–", "—", ")"})
_SHORT_TAIL = 5  # tokens behind the verb of an incise in plain order: "…, the colonel said on Friday"


def cue_span(scene: Scene, saying: Saying) -> tuple[Span, ...]:
    """The words of the cue: the verb with its auxiliaries and negation before it, and the rest of a phrase."""
    verb = saying.verb
    first = verb
    for child in scene.parsed.children(verb):
        near = verb.index - child.index
        if 0 < near <= 4 and child.dep.split(":")[0] in ("aux",) and child.pos in ("AUX", "VERB", "PART"):
            first = child if child.index < first.index else first
    between = scene.parsed.tokens[first.index : verb.index]
    if any(token.pos in ("NOUN", "PROPN", "PUNCT") for token in between):
        first = verb
    last = scene.parsed.tokens[saying.match.last - 1]
    return (Span(first.start, last.end),)


def source_of(scene: Scene, saying: Saying) -> tuple[Span, ...]:
    """The words of the source, nothing where the text has none."""
    if saying.subject is None:
        return ()
    span = span_of(without_relative(scene, noun_phrase(scene, saying.subject, saying.verb)))
    name = scene.name_at.get(saying.subject.index)
    if name is not None and saying.subject.pos == "PROPN":
        apart = name.end <= saying.verb.start or name.start >= saying.verb.end
        span = Span(min(name.start, span.start), max(name.end, span.end) if apart else span.end)
    return (span,)


def asides(scene: Scene, sayings: tuple[Saying, ...]) -> Iterator[tuple[Span, Saying]]:
    """The incises of a document, each with its verb: no part of what anybody else says around them."""
    first = {word.strip("-") for word in scene.sources.first}
    for saying in sayings:
        own = scene.within[saying.verb.index] >= 0 and saying.subject is not None and saying.subject.norm.strip("-") in first
        if saying.content is None and saying.match.cue.kind in _SPEAKING and not own:
            bounds = incise_bounds(scene, saying)
            if bounds is not None:
                words = [token for token in scene.parsed.tokens[bounds[0] : bounds[1]] if token.pos != "PUNCT"]
                yield span_of(words), saying


def clause_drafts(scene: Scene, sayings: tuple[Saying, ...]) -> Iterator[Draft]:
    """An attribution for every verb of saying with content of its own, or standing as an incise in what it reports."""
    for saying in sayings:
        cue = saying.match.cue
        if saying.content is not None:
            content, rule = saying.content.tokens, f"{cue.lemma}+{saying.content.shape}"
        else:
            found = incise_content(scene, saying)
            if found is None:
                continue
            content, rule = found, f"{cue.lemma}+incise"
        spans = stretches(scene.parsed, _same_side(scene, saying, content))
        if spans:
            yield make_draft(scene, saying, spans, rule)


def make_draft(scene: Scene, saying: Saying, content: tuple[Span, ...], rule: str) -> Draft:
    """The attribution of a verb of saying."""
    cue = saying.match.cue
    return Draft(
        cue=cue_span(scene, saying),
        source=source_of(scene, saying),
        head=saying.subject.index if saying.subject is not None else None,
        content=content,
        style="indirect",
        rule=rule,
        kind=cue.kind,
        stance=cue.stance,
        denial=cue.denial,
        anchor=saying.verb.index,
    )


def _same_side(scene: Scene, saying: Saying, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """A verb inside a quotation says nothing outside of it."""
    side = scene.within[saying.verb.index]
    if side < 0:
        return tokens
    quotation = scene.quotations[side]
    return tuple(token for token in tokens if quotation.inner.start <= token.start and token.end <= quotation.inner.end)


def incise_content(scene: Scene, saying: Saying) -> tuple[Token, ...] | None:
    """What an incise reports: the rest of its sentence, on its side of the quotation marks."""
    inverted = inverted_pronoun(scene, saying.verb) is not None
    if saying.match.cue.kind not in _SPEAKING or (saying.match.cue.needs in ("quoted", "to", "predicate") and not inverted):
        return None
    bounds = incise_bounds(scene, saying)
    if bounds is None:
        return None
    first, last = bounds
    side = scene.within[saying.verb.index]
    said = scene.parsed.tokens[_behind_opening(scene, saying, first) : saying.sentence.last]
    rest = [token for token in said if not first <= token.index < last and scene.within[token.index] == side]
    if not any(token.pos in _VERBAL for token in rest) and not _exclaimed(scene, saying, first) and not _interwoven(scene, rest):
        return None
    if side < 0:
        rest = [token for token in said if not first <= token.index < last]
    if side < 0 and _is_closed(scene, rest, first):
        rest = [token for token in rest if token.index < first]
    return tuple(rest)


def _is_closed(scene: Scene, rest: Sequence[Token], first: int) -> bool:
    """Whether all before an incise is quoted and nothing behind it: the outlet goes on ("« Nous partons », a dit le chef, en visite à Bagdad")."""
    before = [token for token in rest if token.index < first and token.pos != "PUNCT"]
    behind = [token for token in rest if token.index > first]
    quoted = all(scene.within[token.index] >= 0 for token in before)
    return bool(before) and quoted and not any(scene.within[token.index] >= 0 for token in behind)


def _behind_opening(scene: Scene, saying: Saying, first: int) -> int:
    """The index behind "Interrogé sur la trêve, …" or "Asked about the truce, …" at the beginning of a sentence, which the speaker does not say."""
    start = saying.sentence.first
    opening = scene.parsed.tokens[start]
    asked = any(opening.norm in relay.forms for relay in scene.cues.cues.relays) or is_asked(scene, opening)
    comma = next((at for at in range(start + 1, first) if scene.parsed.tokens[at].norm == ","), None)
    return comma + 1 if asked and comma is not None else start


def _interwoven(scene: Scene, rest: Sequence[Token]) -> bool:
    """Whether a quotation without its subject goes on what stands unquoted before it: "The country "has changed," he said"."""
    words = [token for token in rest if token.pos in ("NOUN", "PROPN", "PRON")]
    if not words or any(token.norm == ":" for token in rest):
        return False
    follows = scene.parsed.tokens_in(words[-1].end, scene.parsed.tokens[rest[-1].index].end + 1)
    number = next((scene.within[token.index] for token in follows if scene.within[token.index] >= 0), -1)
    return number >= 0 and scene.parsed.text[scene.quotations[number].inner.start].islower()


def _exclaimed(scene: Scene, saying: Saying, first: int) -> bool:
    """A word or two without a verb before the incise that ends a sentence: "Mensonge, rétorque Damas." """
    tokens = scene.parsed.tokens
    before = [token for token in tokens[saying.sentence.first : first] if token.pos != "PUNCT"]
    named = saying.subject is not None and saying.subject.index > saying.verb.index and speaks(scene, saying.subject)
    return named and bool(before) and saying.match.cue.kind in ("say", "deny", "opinion") and _incise_end(scene, saying) >= saying.sentence.last - 1


def incise_bounds(scene: Scene, saying: Saying) -> tuple[int, int] | None:
    """First and last+1 token of an incise: between marks, the verb with its subject behind it, or the subject, the verb and nothing more."""
    parsed, verb, sentence, subject = scene.parsed, saying.verb, saying.sentence, saying.subject
    if is_bare_aside(scene, verb):
        return verb.index - 1, _incise_end(scene, saying)
    if not _has_tense(scene, verb) or is_passive(parsed, verb):
        return None
    like = is_aside(scene, verb)
    first = _first_of(scene, saying)
    turned = parsed.tokens[verb.index - 1].norm.startswith("-") or parsed.tokens[first].norm.startswith("-")
    if subject is not None and subject.index < verb.index and not turned:
        phrase = noun_phrase(scene, subject, verb)
        if subject.index >= first or phrase[-1].index + 1 < first:
            return None
        first = phrase[0].index
        if is_parenthetic(scene, saying.match, subject):
            return first, saying.match.last
        if not like and not _stands_alone(scene, saying, first):
            return None
    if first > sentence.first and parsed.tokens[first - 1].norm in scene.cues.words.like:
        first, like = first - 1, True
    if like:
        return first, _incise_end(scene, saying)
    if first == sentence.first or subject is None or parsed.tokens[first - 1].pos != "PUNCT":
        return None
    return first, _incise_end(scene, saying)


def _has_tense(scene: Scene, verb: Token) -> bool:
    """Whether the verb is finite by its form, its auxiliary, its subject, or a pronoun tied to it."""
    subjects = scene.parsed.children(verb, "nsubj")
    behind = any(child.index > verb.index for child in subjects)
    finite = has_tense(scene.parsed, verb)
    known = bool(subjects) and (not behind or known_form(scene.parsed.language, verb.norm)) and not is_infinitive(verb)
    return finite or known or inverted_pronoun(scene, verb) is not None or (bool(subjects) and scene.parsed.language == "en")


def _first_of(scene: Scene, saying: Saying) -> int:
    """The index of the first word of a verb with its auxiliaries, adverbs and object pronouns, and of the "comme" before them."""
    tokens, words = scene.parsed.tokens, scene.cues.words
    first, start = saying.verb.index, saying.sentence.first
    while first > start:
        before = tokens[first - 1]
        if before.norm in words.like:
            return first - 1
        if before.norm in words.complementizers and first - 2 >= start and tokens[first - 2].norm in words.like:
            return first - 2
        own = saying.subject is not None and before.index == saying.subject.index and not before.norm.startswith("-")
        belongs = before.pos in ("AUX", "ADV", "PART") or before.norm in words.object_pronouns or before.norm.startswith("-")
        if not belongs or own:
            break
        first -= 1
    return first


def _stands_alone(scene: Scene, saying: Saying, first: int) -> bool:
    """Whether a verb behind its subject has nothing of its own behind it, so that what stands before is what it says."""
    parsed, verb, cue = scene.parsed, saying.verb, saying.match.cue
    taken = ("xcomp", "ccomp") if cue.object == "hearer" else ("xcomp", "obj", "ccomp", "obl:arg")
    busy = any(child.index > verb.index for child in parsed.children(verb, *taken))
    above = any(child.index < first and child.pos in _VERBAL for child in parsed.children(verb, "ccomp", "parataxis"))
    longest = _LONGEST_INCISE if above else _SHORT_TAIL
    return not busy and cue.needs != "speech" and _incise_end(scene, saying) - saying.match.last <= longest


def _incise_end(scene: Scene, saying: Saying) -> int:
    parsed, sentence = scene.parsed, saying.sentence
    last = saying.match.last
    if saying.subject is not None and saying.subject.index >= last:
        last = noun_phrase(scene, saying.subject, saying.verb)[-1].index + 1
    if last + 1 < sentence.last and parsed.tokens[last].norm == "," and is_relative(scene, parsed.tokens[last + 1]):
        clause = parsed.tokens[parsed.tokens[last + 1].head]
        last = min(sentence.last, max(token.index for token in parsed.subtree(clause)) + 1)
    stop = min(sentence.last, last + _LONGEST_INCISE)
    brackets = 0
    while last < stop and (brackets > 0 or parsed.tokens[last].norm not in _INCISE_ENDS or _glues(parsed, last)):
        brackets += (parsed.tokens[last].norm == "(") - (parsed.tokens[last].norm == ")")
        last += 1
    return sentence.last if _followed_up(scene, saying, last) else last


def _glues(parsed: Parsed, at: int) -> bool:
    """Whether a hyphen stands inside a word that the model cut: "état-major"."""
    mark, before = parsed.tokens[at], parsed.tokens[at - 1]
    return mark.norm == "-" and not mark.space and before.end == mark.start


def _followed_up(scene: Scene, saying: Saying, comma: int) -> bool:
    """Whether the speaker's own participle follows an incise at the end of a sentence: "…, a dit le maire, ajoutant que …", "…, joint par …"."""
    tokens = scene.parsed.tokens
    if comma + 1 >= saying.sentence.last or tokens[comma].norm != "," or saying.verb.index - saying.sentence.first < _SHORT_TAIL:
        return False
    following = next((token for token in tokens[comma + 1 : comma + 4] if token.norm not in scene.cues.words.going_on), None)
    if following is None or is_finite(following) or "VerbForm=Part" not in following.morph or following.index >= saying.sentence.last:
        return False
    if any(is_finite(token) and token.dep == "ROOT" for token in tokens[comma + 1 : saying.sentence.last]):
        return False
    if is_going_on(scene, following):
        cited = any(following.lemma == relay.lemma for relay in scene.cues.cues.relays)
        return cited or verb_cue(scene.parsed, following) is not None
    return any(following.norm in relay.forms for relay in scene.cues.cues.relays)


def is_narration(scene: Scene, saying: Saying) -> bool:
    """French narrative infinitive: "Et X de poursuivre :"."""
    words = scene.cues.words.narration
    before = scene.parsed.tokens[saying.verb.index - 1] if saying.verb.index else None
    return bool(words) and is_infinitive(saying.verb) and before is not None and before.norm in words
