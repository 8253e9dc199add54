"""What is said? The words that a verb of saying carries: a clause, an infinitive, an object, a colon's right side."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from recoupe.extract.voices.content_bounds import clause_end, limit_of, object_end, second_verb, whole_quotation, with_colon
from recoupe.extract.voices.content_object import Content as Content
from recoupe.extract.voices.content_object import Shape, object_content
from recoupe.extract.voices.scene import Scene, is_finite, is_infinitive
from recoupe.extract.voices.subject import is_passive, teller
from recoupe.language.cues import CueMatch
from recoupe.language.parsed import Parsed, Token

_VERBAL = frozenset({"VERB", "AUX"})
_OPENING = 6  # tokens before a verb that points forward, at the beginning of its sentence
_SUMMED = 9  # tokens between "ce que" and the verb, its subject in between
_WINDOW = 16  # tokens between a verb of saying and its "que", the addressee in between


def find_content(scene: Scene, match: CueMatch) -> Content | None:
    """The content of a verb of saying to its right (or its passive subject), None when nothing that the cue asks for stands there."""
    cue, verb = match.cue, scene.parsed.tokens[match.head]
    if cue.needs == "speech":
        return None
    if cue.needs == "toward":
        return _laid(scene, match, verb)
    if cue.needs == "to" and is_passive(scene.parsed, verb) and teller(scene, verb) is None:
        return None
    upward = _upward(scene, match, verb)
    if upward is not None:
        return upward
    found = _clause(scene, match)
    if found is None and cue.needs in ("any", "clause", "infinitive", "to", "predicate", "quoted") and cue.object != "event":
        found = _infinitive(scene, match)
    if found is None and cue.after:
        found = _oblique(scene, match)
    if found is None and any(
        child.norm in scene.cues.words.object_pronouns for child in scene.parsed.children(verb, "obj") if child.index < verb.index
    ):
        found = _after_colon(scene, match)
    if found is None and cue.needs in ("any", "predicate", "quoted"):
        found = object_content(scene, match, verb)
    if found is None and cue.needs == "any" and match.last > match.head + 1:
        found = _behind_phrase(scene, match, verb)
    if found is None and cue.needs in ("any", "clause") and cue.kind == "say":
        found = _misread_clause(scene, match, verb)
    return found if found is None or cue.needs != "quoted" else _in_marks(scene, match, found)


def _behind_phrase(scene: Scene, match: CueMatch, verb: Token) -> Content | None:
    """The object behind a cue of several words, which the parser often hangs on its last: "montre du doigt les milices"; or what a colon leads in."""
    if match.last >= limit_of(scene, verb):
        return None
    follows = scene.parsed.tokens[match.last]
    if follows.norm == ":":
        return _after_colon(scene, match)
    if follows.pos not in ("DET", "NUM", "PROPN") or match.cue.object in ("no", "hearer"):
        return None
    return Content(scene.parsed.tokens[match.last : object_end(scene, verb, match.last, match.last + 1)], "object")


def _in_marks(scene: Scene, match: CueMatch, found: Content) -> Content | None:
    """The content of a cue that needs quoted words, None where none are quoted and it does not name, ask for or tell of something new."""
    cue, verb = match.cue, scene.parsed.tokens[match.head]
    if _quoted(scene, found.tokens):
        return found
    if found.shape in ("object", "predicate"):
        return found if cue.object == "target" and _named_so(scene.parsed, verb) else None
    if found.shape == "oblique" and cue.kind == "say":
        return found if "Definite=Ind" in found.tokens[0].morph else None
    return None if found.shape == "infinitive" and scene.parsed.tokens[match.last].norm not in cue.after else found


def _laid(scene: Scene, match: CueMatch, verb: Token) -> Content | None:
    """What is laid to somebody, object and "à" together: "attribue l'attaque aux séparatistes", "l'attaque attribuée aux séparatistes"."""
    to = scene.cues.words.to
    if not any(part.norm in to for child in scene.parsed.children(verb, "obl", "iobj", "nmod") for part in scene.parsed.children(child, "case")):
        behind = scene.parsed.tokens[match.last : limit_of(scene, verb)]
        if not any(token.norm in to and token.pos == "ADP" for token in behind[:_WINDOW]):
            return None
    return _upward(scene, match, verb) or object_content(scene, match, verb)


def _named_so(parsed: Parsed, verb: Token) -> bool:
    """Whether an object has a noun beside it that says what it is called: "called the raid a crime"."""
    return any(child.pos in ("NOUN", "ADJ") and child.index > verb.index for child in parsed.children(verb, "oprd"))


def content_behind(scene: Scene, match: CueMatch) -> Content | None:
    """The content of a verb that the parser took for another word, by what follows it alone."""
    parsed, verb = scene.parsed, scene.parsed.tokens[match.head]
    if match.last >= limit_of(scene, verb) or match.cue.needs == "speech":
        return None
    follows = parsed.tokens[match.last]
    if follows.pos == "ADV" and match.last + 1 < limit_of(scene, verb):
        match = replace(match, last=match.last + 1)
        follows = parsed.tokens[match.last]
    if follows.norm in scene.cues.words.complementizers:
        return _from(scene, verb, match.last + 1, "clause")
    if follows.norm in scene.cues.words.infinitive_marks or follows.pos == "AUX" or is_infinitive(follows):
        return _from(scene, verb, match.last, "infinitive")
    if match.cue.needs == "predicate" and scene.within[match.last] < 0 <= scene.within[min(match.last + 1, len(scene.within) - 1)]:
        quotation = scene.quotations[scene.within[match.last + 1]]
        behind = next((at for at in range(match.last, limit_of(scene, verb)) if parsed.tokens[at].start >= quotation.end), match.last)
        last = object_end(scene, verb, behind, behind + 1) if parsed.tokens[behind].pos == "DET" else behind
        return Content(parsed.tokens[match.last : last], "predicate")
    if follows.pos == "DET" and match.cue.object not in ("no", "hearer") and match.cue.needs in ("any", "predicate"):
        return Content(parsed.tokens[match.last : object_end(scene, verb, match.last, match.last + 1)], "object")
    return _from(scene, verb, match.last, "infinitive") if match.cue.kind in ("demand", "accuse") else None


def _upward(scene: Scene, match: CueMatch, verb: Token) -> Content | None:
    """What is said stands before: "ce qu'a dit X : …", "l'affaire révélée par X", "des cas qui ont été rapportés"."""
    parsed, cue = scene.parsed, match.cue
    if cue.object in ("hearer", "no", "event", "said") or cue.needs in ("clause", "to", "predicate", "quoted", "infinitive", "that"):
        return None
    object_pronoun = next(
        (child for child in parsed.children(verb, "obj") if child.index < verb.index and child.norm in scene.sources.relative), None
    )
    told = teller(scene, verb) is not None or (verb.lemma in scene.cues.words.told and "Tense=Past" in verb.morph)
    participle = verb.dep.startswith("acl") and "VerbForm=Part" in verb.morph and told and not is_finite(verb)
    passive = verb.dep == "acl:relcl" and is_passive(parsed, verb)
    if object_pronoun is None and not participle and not passive:
        return None
    head = parsed.head(verb)
    if head is None or head.index > verb.index:
        return None
    if object_pronoun is not None and head.norm in scene.cues.words.summing:
        return _after_colon(scene, match)
    if head.pos not in ("NOUN", "PROPN") or head.lemma in scene.words.person or (cue.object == "account" and not is_account(scene, head)):
        return None
    head = _agreeing(parsed, head, verb)
    apart = {
        below.index for child in parsed.children(head, "nsubj", "cop", "mark", "advmod", "punct", "case", "cc") for below in parsed.subtree(child)
    }
    apart |= {below.index for below in parsed.subtree(verb)}
    tokens = tuple(token for token in parsed.subtree(head) if token.index < (object_pronoun or verb).index and token.index not in apart)
    return Content(tokens, "object") if tokens else None


def _agreeing(parsed: Parsed, noun: Token, participle: Token) -> Token:
    """The noun that a participle agrees with: in "son appartenance au parti affirmée par" the first."""
    for above in (noun, *parsed.ancestors(noun)):
        if above.pos not in ("NOUN", "PROPN") or above.index > noun.index:
            break
        if all(_feature(above, name) in (_feature(participle, name), "") for name in ("Gender", "Number")):
            return above
    return noun


def _feature(token: Token, name: str) -> str:
    """One feature of a word's form, empty where the model gives none."""
    return next((part.partition("=")[2] for part in token.morph.split("|") if part.startswith(name + "=")), "")


def before_summing(scene: Scene, verb: Token) -> Content | None:
    """ "La ville est prise, ce que dément Moscou", "… Ce que Moscou dément.": the clause or sentence before "ce que", None where none leads the verb in."""
    tokens, words, sentence = scene.parsed.tokens, scene.cues.words, scene.sentence_of(verb)
    at = verb.index - 1
    while at > sentence.first and verb.index - at < _SUMMED and tokens[at].norm not in words.complementizers and not is_finite(tokens[at]):
        at -= 1
    while at > sentence.first and tokens[at].pos == "AUX":
        at -= 1
    if at <= sentence.first or tokens[at].norm not in words.complementizers or tokens[at - 1].norm not in words.summing:
        return None
    if at - 1 == sentence.first:
        before = scene.parsed.tokens_of(scene.before(sentence) or sentence) if sentence.first else ()
    else:
        before = tokens[sentence.first : at - 2] if tokens[at - 2].pos == "PUNCT" else ()
    return Content(before, "clause") if any(token.pos in _VERBAL for token in before) else None


def is_account(scene: Scene, token: Token) -> bool:
    """Whether a noun is a figure or version that somebody answers for."""
    return token.lemma in scene.cues.words.accounts


def _after_colon(scene: Scene, match: CueMatch) -> Content | None:
    """What stands behind a colon, or behind the comma right after a verb that "le" points forward with: "Je le répète, nous partons"."""
    sentence = scene.sentence_of(scene.parsed.tokens[match.head])
    behind = scene.parsed.tokens[match.last + 1 : sentence.last]
    if match.last < sentence.last and scene.parsed.tokens[match.last].norm == "," and any(is_finite(token) for token in behind):
        opened = match.head - sentence.first <= _OPENING
        return Content(behind, "clause") if opened and behind[0].pos not in ("CCONJ", "SCONJ", "VERB") else None
    for at in range(match.last, min(match.last + 20, sentence.last)):
        if scene.parsed.tokens[at].norm == ":" and at + 1 < sentence.last:
            return Content(scene.parsed.tokens[at + 1 : sentence.last], "colon")
        if is_finite(scene.parsed.tokens[at]):
            break
    return None


def _clause(scene: Scene, match: CueMatch) -> Content | None:
    if match.cue.needs in ("infinitive", "to"):
        return None
    parsed, verb = scene.parsed, scene.parsed.tokens[match.head]
    words = scene.cues.words
    sentence = scene.sentence_of(verb)
    for at in range(match.last, min(match.last + _WINDOW, sentence.last)):
        token = parsed.tokens[at]
        if token.norm in words.complementizers and token.pos in ("SCONJ", "PRON", "ADV", "DET"):
            relative = token.pos == "PRON" and (parsed.head(token) or token).dep.startswith("acl")
            if relative and at > match.last and not _is_hearer(scene, match.last, at):
                break
            if _comparative(scene, at) or not _reaches(parsed, token, verb, match.last):
                return None
            found = _from(scene, verb, at + 1, "clause")
            return found if found is not None and _predicates(scene, found) else None
        if (
            token.norm in words.questions
            and not (token.norm == "ce" and parsed.tokens[min(at + 1, sentence.last - 1)].norm not in ("que", "qu'", "qui"))
            and (at - match.last < 3 or (at - match.last < 8 and _of_clause_below(parsed, token, verb)))
            and token.pos in ("SCONJ", "ADV", "PRON", "DET", "ADJ")
        ):
            if _reaches(parsed, token, verb, match.last) and not _describes(parsed, token, match.last):
                return _from(scene, verb, at if parsed.language == "en" else at + (token.norm in ("si", "s'")), "question")
            return None
        if is_infinitive(token) and at > match.last:
            break
        if token.norm in (":", ";", "?") or (is_finite(token) and at > match.last and token.dep not in ("aux", "cop")):
            break
    return _bare_clause(scene, match)


def _is_hearer(scene: Scene, first: int, last: int) -> bool:
    """Whether what stands between a verb and "que" is whom it is said to: "a affirmé [[à la radio Cham FM]] que …"."""
    between = scene.parsed.tokens[first:last]
    nominal = all(token.pos in ("ADP", "DET", "NOUN", "PROPN", "ADJ") for token in between)
    return nominal and between[0].norm in scene.cues.words.to


def _predicates(scene: Scene, clause: Content) -> bool:
    """Whether a clause has a verb, or the model took it for another word in a clause of some length."""
    return any(token.pos in _VERBAL for token in clause.tokens) or len(clause.tokens) > 3


def _describes(parsed: Parsed, pronoun: Token, last: int) -> bool:
    """Whether a word of asking is the relative of a noun behind the verb: "said Joseph, who has four children"."""
    clause = parsed.head(pronoun)
    return pronoun.index > last and clause is not None and clause.dep.startswith("acl") and clause.head >= last


def _of_clause_below(parsed: Parsed, mark: Token, verb: Token) -> bool:
    """Whether a word of asking stands in a clause that hangs on the verb: "ignore pour l'heure qui a tiré"."""
    clause = parsed.head(mark)
    return clause is not None and clause.head == verb.index and clause.dep == "ccomp" and clause.index > mark.index


def _misread_clause(scene: Scene, match: CueMatch, verb: Token) -> Content | None:
    """A "que" that the parser took for a relative, where the verb would say nothing otherwise: "fait savoir par un communiqué qu'il part"."""
    for at in range(match.last, min(match.last + _WINDOW, limit_of(scene, verb))):
        token = scene.parsed.tokens[at]
        if token.norm in scene.cues.words.complementizers and token.pos in ("SCONJ", "PRON"):
            found = _from(scene, verb, at + 1, "clause") if at > match.last else None
            return found if found is not None and any(is_finite(part) for part in found.tokens) else None
        if token.pos in _VERBAL or token.pos == "PUNCT":
            return None
    return None


def _bare_clause(scene: Scene, match: CueMatch) -> Content | None:
    """English leaves "that" out."""
    parsed, verb = scene.parsed, scene.parsed.tokens[match.head]
    for child in parsed.children(verb, "ccomp"):
        if any(verb.index < other.index < child.index and is_infinitive(other) for other in parsed.children(verb, "xcomp")):
            break
        if child.index > verb.index and child.pos in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
            below = [token for token in parsed.subtree(child) if token.index > verb.index]
            led = bool(below) and below[0].pos == "SCONJ" and below[0].norm not in (*scene.cues.words.complementizers, *scene.cues.words.questions)
            if below and not led and (is_finite(child) or any(is_finite(token) for token in parsed.children(child))):
                return _from(scene, verb, below[0].index, "clause")
    return None


def _comparative(scene: Scene, at: int) -> bool:
    """Whether "que" belongs to a comparison or another conjunction: "plus grand que", "parce que"."""
    before = scene.parsed.tokens[max(0, at - 2) : at]
    words = scene.cues.words.compared
    return bool(before) and (before[-1].norm in words or (len(before) > 1 and before[-1].pos in ("ADJ", "ADV") and before[0].norm in words))


def _reaches(parsed: Parsed, mark: Token, verb: Token, last: int) -> bool:
    """Whether the clause that `mark` opens belongs to `verb`: by the tree, or because nothing stands between."""
    if all(parsed.tokens[at].pos in ("ADV", "PUNCT", "PART", "PRON") and parsed.tokens[at].norm not in (":", ";") for at in range(last, mark.index)):
        return True
    clause = parsed.head(mark)
    if clause is None:
        return False
    above = parsed.head(clause)
    if above is not None and (verb.index <= above.index < last or (above.dep in ("aux", "aux:tense", "aux:pass") and above.head == verb.index)):
        return True
    near = mark.index - last <= 6 and not any(is_finite(parsed.tokens[at]) or parsed.tokens[at].norm in (":", ";") for at in range(last, mark.index))
    return near and any(other.index == verb.index for other in parsed.ancestors(clause))


def _from(scene: Scene, verb: Token, start: int, shape: Shape) -> Content | None:
    """The clause that begins at token `start`, to its end."""
    parsed = scene.parsed
    sentence = scene.sentence_of(verb)
    if start >= sentence.last:
        return None
    end = clause_end(scene, verb, start, sentence.last)
    end = whole_quotation(scene, start, end)
    if shape == "infinitive":
        end = second_verb(scene, start, end)
    tokens = parsed.tokens[start:end]
    return Content(tokens, shape) if any(token.pos not in ("PUNCT", "SCONJ") for token in tokens) else None


def _infinitive(scene: Scene, match: CueMatch) -> Content | None:
    parsed, verb = scene.parsed, scene.parsed.tokens[match.head]
    targets = parsed.children(verb, "obj", "iobj", "obl", "xcomp", "conj") if match.cue.kind in ("demand", "accuse") else ()
    below_object = [low for child in targets if child.pos in ("NOUN", "PROPN", "PRON") for low in parsed.children(child, "acl")]
    for child in (*parsed.children(verb, "xcomp", "ccomp", "advcl", "obl", "acl", "pcomp"), *below_object):
        if child.index < match.last or not (is_infinitive(child) or any(is_infinitive(aux) for aux in parsed.children(child, "aux", "cop"))):
            continue
        below = [token for token in parsed.subtree(child) if token.index >= match.last]
        first = below[0].index if below else child.index
        bare = parsed.tokens[first].index == child.index
        if bare and first - match.last > 2:
            continue
        if first - match.last > _WINDOW or (child.dep == "advcl" and parsed.tokens[first].norm in ("pour", "afin", "sans", "avant")):
            continue
        about = match.cue.object in ("target", "no", "hearer") and match.cue.kind in ("demand", "accuse", "suspect")
        if about or match.cue.kind == "show":
            first = _with_target(scene, verb, match.last, first)
        found = _from(scene, verb, first, "infinitive")
        return _raised(scene, verb, found) if found is not None else None
    token = parsed.tokens[match.last] if match.last < len(parsed.tokens) else None
    if token is not None and is_infinitive(token) and token.dep in ("xcomp", "ccomp") and token.index < scene.sentence_of(verb).last:
        return _from(scene, verb, token.index, "infinitive")
    return None


def _raised(scene: Scene, verb: Token, found: Content) -> Content:
    """The infinitive with its subject, which a passive lifts out of it: "[The town] is believed [to have fallen]"."""
    if verb.lemma not in scene.cues.words.raising or not is_passive(scene.parsed, verb):
        return found
    subject = next((child for child in scene.parsed.children(verb, "nsubj:pass") if child.index < verb.index), None)
    before = [token for token in scene.parsed.subtree(subject) if token.index < verb.index] if subject is not None else []
    return Content((*before, *found.tokens), "raised") if before else found


def _with_target(scene: Scene, verb: Token, last: int, first: int) -> int:
    """An order or accusation is about somebody: "[les soldats à partir]"."""
    parsed = scene.parsed
    for child in parsed.children(verb, "obj", "iobj", "obl", "nsubj", "xcomp"):
        below = [token for token in parsed.subtree(child) if token.index >= last] if last <= child.index < first else []
        if below and not (below[0].pos == "ADP" and parsed.tokens[below[0].index - 1].norm == ","):
            return below[0].index
    return first


def _oblique(scene: Scene, match: CueMatch) -> Content | None:
    parsed, verb = scene.parsed, scene.parsed.tokens[match.head]
    words = scene.cues.words
    forms = {form for after in match.cue.after for form in ({"de": words.of, "à": words.to}.get(after, (after,)))}
    for at in range(match.last, min(match.last + 6, scene.sentence_of(verb).last)):
        token = parsed.tokens[at]
        if token.norm in forms and (token.pos == "ADP" or token.norm in match.cue.after):
            return _with_complements(scene, verb, _phrase(scene, verb, at, "oblique"))
        if token.pos in ("VERB", "AUX", "PUNCT", "SCONJ") or token.norm in words.by:
            break
    return None


def _with_complements(scene: Scene, verb: Token, found: Content | None) -> Content | None:
    """A phrase with the prepositional ones behind it, which the parser often hangs on the verb ("fait état de maisons pillées [[à Touz]]")."""
    if found is None:
        return None
    first, last = found.tokens[0].index, found.tokens[-1].index
    end = object_end(scene, verb, first, last + 1)
    return Content(scene.parsed.tokens[first : max(end, last + 1)], found.shape)


def _phrase(scene: Scene, verb: Token, start: int, shape: Shape) -> Content | None:
    """The phrase after the preposition at `start`, as far as the tree carries it."""
    parsed = scene.parsed
    head = parsed.tokens[start].head
    if head <= start:
        head = start + 1
    if head >= len(parsed.tokens):
        return None
    last = max((token.index for token in parsed.subtree(parsed.tokens[head])), default=head)
    last = min(last, scene.sentence_of(verb).last - 1)
    end = with_colon(scene, verb, clause_end(scene, verb, start + 1, last + 1))
    return Content(parsed.tokens[start + 1 : end], shape) if end > start + 1 else None


def _quoted(scene: Scene, tokens: Iterable[Token]) -> bool:
    return any(scene.within[token.index] >= 0 for token in tokens)
