"""Which verbs say something, and what? Reported clauses, and incises ("…, a-t-il ajouté, …") without quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from recoupe.extract.voices.content import Content, content_behind, find_content
from recoupe.extract.voices.draft import Draft, span_of, stretches
from recoupe.extract.voices.scene import Scene, is_finite, is_infinitive, is_speech
from recoupe.extract.voices.subject import find_subject, inverted_pronoun, is_passive, is_relative, noun_phrase, own_subject, without_relative
from recoupe.language.cues import Cue, CueMatch, known_form, verb_cue
from recoupe.language.parsed import Sentence, Token
from recoupe.model import Span

_SPEAKING = frozenset(
    {"say", "show", "know", "opinion", "predict", "warn", "promise", "threat", "claim", "deny", "hope", "fear", "ask", "judge", "demand"}
)
_VERBAL = frozenset({"VERB", "AUX"})
_LONGEST_INCISE = 30  # tokens
_BEFORE_INCISE = frozenset({",", '"', "»", "”", "''", "-", "–", "—", "!", "?"})
_WINDOW = 12  # tokens between a verb and the infinitive that it demands
_SHORT_TAIL = 5  # tokens behind the verb of an incise in plain order: "…, the colonel said on Friday"


class Saying(Struct, frozen=True):
    """A verb of saying in the text with its source head, and its content where it has one of its own."""

    match: CueMatch
    verb: Token
    sentence: Sentence
    subject: Token | None
    content: Content | None


def find_sayings(scene: Scene) -> tuple[Saying, ...]:
    """Every verb of saying of a document, in order."""
    found = []
    for sentence in scene.sentences:
        for token in scene.parsed.tokens_of(sentence):
            if token.pos not in ("VERB", "AUX", "NOUN", "ADJ", "ADV"):
                continue
            match = verb_cue(scene.parsed, token)
            if match is None:
                continue
            misread = token.pos not in ("VERB", "AUX")
            if misread and not scene.parsed.children(token, "aux") and not _misread(scene, match):
                continue
            misread = misread or _is_misread_participle(scene, match)
            loose = misread or (token.dep.startswith("acl") and known_form(scene.parsed.language, token.norm) and "Tense=Past" not in token.morph)
            subject = (inverted_pronoun(scene, token) if misread else find_subject(scene, token)) or (
                _beside(scene, token) if loose or _behind_quotation(scene, token) else None
            )
            if (
                subject is not None
                and scene.within[token.index] < 0 <= scene.within[subject.index]
                and is_speech(scene.parsed, scene.quotations[scene.within[subject.index]])
            ):
                subject = _beside(scene, token) if _behind_quotation(scene, token) else None
            if match.cue.negated and not is_negated(scene, token):
                continue
            inverted = _subject_behind(scene, token, subject)
            subject = inverted or subject
            if not (misread or _can_speak(scene, match.cue, token, subject)) or _own_opinion(scene, match.cue, token, subject):
                continue
            content = None if inverted is not None or _is_aside(scene, token) else _allowed(scene, match, subject, misread=misread)
            found.append(Saying(match, token, sentence, subject, content))
    return tuple(found)


def is_negated(scene: Scene, verb: Token) -> bool:
    """Whether a negation stands before the verb or its auxiliaries, or behind its auxiliary."""
    before = scene.parsed.tokens[max(0, verb.index - 5) : verb.index]
    return any(token.norm in scene.cues.words.negators for token in before)


def _subject_behind(scene: Scene, verb: Token, subject: Token | None) -> Token | None:
    """The noun right behind a verb that itself stands right behind a quotation: "… », explique le directeur", whatever the parser made of it."""
    if subject is not None and own_subject(scene.parsed, verb) is not None:
        return None
    quoted = _behind_quotation(scene, verb)
    first = verb.index
    while first and scene.parsed.tokens[first - 1].pos in ("AUX", "PART", "ADV"):
        first -= 1
    if first and scene.parsed.tokens[first - 1].norm in scene.cues.words.clitics:
        first -= 1
    if not first or scene.parsed.tokens[first - 1].norm not in _BEFORE_INCISE or "VerbForm=Inf" in verb.morph:
        return None
    if not is_finite(verb) and first == verb.index:
        return None
    return next(
        (
            child
            for child in scene.parsed.children(verb, "obj", "obl", "iobj", "attr")
            if child.index > verb.index
            and (speaks(scene, child) or (quoted and child.pos in ("NOUN", "PROPN")))
            and not scene.parsed.children(child, "case")
        ),
        None,
    )


def _behind_quotation(scene: Scene, verb: Token) -> bool:
    """Whether nothing but marks and auxiliaries stands between a quotation and the verb."""
    at = verb.index - 1
    while at >= 0 and scene.within[at] < 0 and (scene.parsed.tokens[at].pos in ("PUNCT", "AUX") or scene.parsed.tokens[at].norm in ('"', "»", "”")):
        at -= 1
    return at >= 0 and scene.within[at] >= 0 and scene.within[verb.index] < 0 and verb.index - at > 1


def _is_aside(scene: Scene, verb: Token) -> bool:
    """ "comme l'a annoncé le ministre": what follows the verb is its subject, what it says stands around it."""
    at = verb.index - 1
    while at > 0 and (scene.parsed.tokens[at].pos in ("AUX", "ADV", "PRON") or scene.parsed.tokens[at].norm in scene.cues.words.object_pronouns):
        if scene.parsed.tokens[at].norm in scene.cues.words.like and verb.index - at > 1:
            return True
        at -= 1
    like = scene.parsed.tokens[at].norm in scene.cues.words.like
    joined = at > 0 and scene.parsed.tokens[at].norm in ("que", "qu'") and scene.parsed.tokens[at - 1].norm in scene.cues.words.like
    return joined or (like and verb.index - at >= 2)


def _own_opinion(scene: Scene, cue: Cue, verb: Token, subject: Token | None) -> bool:
    """A speaker's "I think" inside a quotation is no further voice."""
    if scene.within[verb.index] < 0 or subject is None or cue.kind not in ("opinion", "know", "doubt", "hope", "fear"):
        return False
    return subject.norm.strip("-") in {word.strip("-") for word in scene.sources.first}


def _misread(scene: Scene, match: CueMatch) -> bool:
    """A verb that the model took for another word: "que" follows and a subject stands before, it stands behind a quotation, or no other verb does."""
    tokens = scene.parsed.tokens
    if match.last >= len(tokens) or not match.head or not known_form(scene.parsed.language, tokens[match.head].norm):
        return False
    follows, before = tokens[match.last], tokens[match.head - 1]
    if inverted_pronoun(scene, tokens[match.head]) is not None:
        return before.pos == "PUNCT"
    if follows.pos == "ADV" and match.last + 1 < len(tokens):
        follows = tokens[match.last + 1]
    if before.norm in _BEFORE_INCISE and follows.pos in ("DET", "PROPN") and match.head > 1:
        return before.norm != "," or scene.within[match.head - 2] >= 0 or tokens[match.head - 2].norm in _BEFORE_INCISE
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


def _is_misread_participle(scene: Scene, match: CueMatch) -> bool:
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


def _beside(scene: Scene, verb: Token) -> Token | None:
    """The subject of a verb that has none in the tree: the noun right before it, or right behind it after a quotation."""
    tokens = scene.parsed.tokens
    if _behind_quotation(scene, verb):
        return next((token for token in tokens[verb.index + 1 : verb.index + 5] if token.pos in ("NOUN", "PROPN")), None)
    at = verb.index - 1
    while at > 0 and tokens[at].pos in ("ADJ", "ADV"):
        at -= 1
    if tokens[at].pos not in ("NOUN", "PROPN", "PRON"):
        return None
    head = tokens[at]
    for above in scene.parsed.ancestors(head):
        if above.index < head.index and above.pos in ("NOUN", "PROPN"):
            head = above
    return head


def _can_speak(scene: Scene, cue: Cue, verb: Token, subject: Token | None) -> bool:
    if verb.dep == "amod" and not is_finite(verb):
        return False
    if subject is not None and subject.lemma in scene.words.things and cue.kind not in ("say", "show"):
        return False
    if subject is not None and subject.lemma in scene.words.quantity and "VerbForm=Part" in verb.morph and not _is_active(scene, verb):
        return False
    head = scene.parsed.head(verb)
    if head is not None and verb.dep in ("xcomp", "ccomp", "obl", "advcl") and head.lemma in scene.cues.words.unsaid:
        return False
    if verb.dep.startswith("acl") and "Tense=Past" in verb.morph and not is_finite(verb) and subject is None:
        return False
    return not (cue.needs == "to" and subject is not None and subject.norm == "ce")


def _is_active(scene: Scene, verb: Token) -> bool:
    """Whether a participle has an auxiliary that makes it a verb: "Hundreds feared dead" has none."""
    return any(child.dep.split(":")[0] == "aux" for child in scene.parsed.children(verb))


def _allowed(scene: Scene, match: CueMatch, subject: Token | None, *, misread: bool) -> Content | None:
    """The content, unless the cue does not take this shape from this subject."""
    behind = _behind_quotation(scene, scene.parsed.tokens[match.head])
    content = (None if behind else content_behind(scene, match)) if misread else find_content(scene, match)
    if content is None or content.shape != "object":
        return content
    role = match.cue.object
    if role == "speaker" and not speaks(scene, subject):
        return None
    if role == "document" and not (subject is not None and subject.lemma in scene.words.document):
        return None
    if role == "said" and not any(token.lemma in _said(scene) for token in content.tokens[:8]):
        return None
    if role == "event" and any(child.norm in scene.cues.words.to for child in content.tokens):
        return None
    return content


def _said(scene: Scene) -> frozenset[str]:
    return frozenset(cue.lemma for cue in scene.cues.cues.nouns) | scene.words.document | frozenset(scene.cues.words.said)


def speaks(scene: Scene, head: Token | None) -> bool:
    """Whether a noun or pronoun can be who speaks."""
    if head is None:
        return False
    if head.pos == "PRON":
        return head.norm.strip("-") not in ("ce", "c'", "cela", "ça", "it")
    return head.index in scene.name_at or head.pos == "PROPN" or head.lemma in scene.words.speakers or head.text[:1].isupper()


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
    if name is not None and name.start < span.start and saying.subject.pos == "PROPN":
        span = Span(name.start, span.end)
    return (span,)


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
    rest = [token for token in scene.parsed.tokens_of(saying.sentence) if not first <= token.index < last and scene.within[token.index] == side]
    if not any(token.pos in _VERBAL for token in rest):
        return None
    if side < 0:
        rest = [token for token in scene.parsed.tokens_of(saying.sentence) if not first <= token.index < last]
    return tuple(rest)


def incise_bounds(scene: Scene, saying: Saying) -> tuple[int, int] | None:
    """First and last+1 token of an incise: between marks, the verb with its subject behind it, or the subject, the verb and nothing more."""
    parsed, verb, sentence = scene.parsed, saying.verb, saying.sentence
    finite = is_finite(verb) or any(is_finite(child) for child in parsed.children(verb, "aux"))
    if not finite and inverted_pronoun(scene, verb) is None:
        return None
    if is_passive(parsed, verb):
        return None
    subject = saying.subject
    first = verb.index
    like = _is_aside(scene, verb)
    while first > sentence.first:
        before = parsed.tokens[first - 1]
        if before.norm in scene.cues.words.like or (
            before.norm == "que" and first - 2 >= sentence.first and parsed.tokens[first - 2].norm in scene.cues.words.like
        ):
            first -= 1 if before.norm != "que" else 2
            break
        belongs = before.pos in ("AUX", "ADV", "PART") or before.norm in scene.cues.words.object_pronouns or before.norm.startswith("-")
        if not belongs:
            break
        first -= 1
    inverted = (
        subject is None
        or subject.index > verb.index
        or parsed.tokens[verb.index - 1].norm.startswith("-")
        or parsed.tokens[first].norm.startswith("-")
    )
    if not inverted and subject is not None:
        phrase = noun_phrase(scene, subject, verb)
        if subject.index >= first or phrase[-1].index + 1 < first:
            return None
        first = phrase[0].index
        taken = ("xcomp", "ccomp") if saying.match.cue.object == "hearer" else ("xcomp", "obj", "ccomp", "obl:arg")
        busy = any(child.index > verb.index for child in parsed.children(verb, *taken))
        above = any(child.index < first and child.pos in _VERBAL for child in parsed.children(verb, "ccomp", "parataxis"))
        longest = _LONGEST_INCISE if above else _SHORT_TAIL
        if busy or saying.match.cue.needs == "speech" or _incise_end(scene, saying) - saying.match.last > longest:
            return None
    if first > sentence.first and parsed.tokens[first - 1].norm in scene.cues.words.like:
        first, like = first - 1, True
    if first > sentence.first and not like and parsed.tokens[first - 1].pos != "PUNCT":
        return None
    if (first == sentence.first and not like) or (subject is None and not like):
        return None
    return first, _incise_end(scene, saying)


def _incise_end(scene: Scene, saying: Saying) -> int:
    parsed, sentence = scene.parsed, saying.sentence
    last = saying.match.last
    if saying.subject is not None and saying.subject.index >= last:
        last = noun_phrase(scene, saying.subject, saying.verb)[-1].index + 1
    if last + 1 < sentence.last and parsed.tokens[last].norm == "," and is_relative(scene, parsed.tokens[last + 1]):
        clause = parsed.tokens[parsed.tokens[last + 1].head]
        last = min(sentence.last, max(token.index for token in parsed.subtree(clause)) + 1)
    stop = min(sentence.last, last + _LONGEST_INCISE)
    while last < stop and parsed.tokens[last].norm not in (",", "»", '"', "«", "“", ".", ";", ":", "-", "–", "—", ")"):
        last += 1
    return last


def is_narration(scene: Scene, saying: Saying) -> bool:
    """French narrative infinitive: "Et X de poursuivre :"."""
    words = scene.cues.words.narration
    before = scene.parsed.tokens[saying.verb.index - 1] if saying.verb.index else None
    return bool(words) and is_infinitive(saying.verb) and before is not None and before.norm in words
