"""Who says an event happened, how surely, how far has it come, and how sure is it who did it?

Factuality is FactBank's (Saurí and Pustejovsky 2009) from the origin's view: from the event up the tree to the verb of saying that carries it,
every hedge, negation and condition on the way counts, then what kind of saying it is. Responsibility is MUC-4's scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from recoupe.extract.enclosing import Enclosing
from recoupe.extract.occurrence import Assessment, Occurrence
from recoupe.language.cues import Cue, noun_cue, verb_cue
from recoupe.language.hedges import OUTCOMES, Effect, effects, hedge_table
from recoupe.language.mood import conditional_kind, finite_of, helpers, is_conditional, is_imperfect, own_stage
from recoupe.language.mood import negated as negated
from recoupe.language.parsed import Parsed, Token
from recoupe.language.sources import source_words
from recoupe.model import ActorMention, Attribution, Factuality, Responsibility, Stage

_VERBAL = frozenset({"VERB", "AUX"})
_CARRIED = ("obj", "nsubj:pass", "obl:arg", "obl", "iobj", "attr")
_DENIED: dict[Factuality, Factuality] = {"CT+": "CT-", "PR+": "PR-", "PS+": "PS-", "CT-": "CT+", "PR-": "PR+", "PS-": "PS+", "Uu": "Uu"}
_WISHED = frozenset({"demand", "threat", "promise", "hope", "ask"})
_HARM = frozenset({"ASSAULT", "COERCE", "AID", "CONSULT", "THREATEN", "MOBILIZE", "SANCTION"})
_VERBAL_ACTS = frozenset({"REQUEST", "ACCUSE", "REJECT", "AGREE", "THREATEN", "SUPPORT", "CONCEDE"})  # said once, even in the present
_DEEPEST = 12


class View(Struct, frozen=True):
    """How sure, and how far the event has come, as far as it is known on the way up the tree."""

    factuality: Factuality
    stage: Stage | None


def assess_all(
    parsed: Parsed, occurrences: tuple[Occurrence, ...], attributions: tuple[Attribution, ...], actors: tuple[ActorMention, ...]
) -> tuple[Assessment, ...]:
    """For each occurrence the voice behind it, its chain, and its factuality, stage and responsibility from the origin's view.

    >>> from recoupe.language.parse import parse_text
    >>> from recoupe.model import Span
    >>> parsed = parse_text("L'armée n'a pas bombardé la ville.", "fr")
    >>> event = Occurrence(Span(16, 24), 5, Span(0, 34), "ASSAULT", None, None, (), (), (), (), None, None, (), None, "example")
    >>> [one.factuality for one in assess_all(parsed, (event,), (), ())]
    ['CT-']
    """
    by_id = {attribution.id: attribution for attribution in attributions}
    said = Enclosing((span, attribution) for attribution in attributions if attribution.style != "scare" for span in attribution.content)
    known = {actor.id: actor for actor in actors}
    return tuple(
        _assess(parsed, occurrence, _chain(said.around(occurrence.trigger), by_id), [known[name] for name in occurrence.actors if name in known])
        for occurrence in occurrences
    )


def _assess(parsed: Parsed, occurrence: Occurrence, chain: tuple[Attribution, ...], acting: Sequence[ActorMention]) -> Assessment:
    origin = chain[-1] if chain else None
    cue = cue_of(parsed, origin) if origin is not None else None
    view = _view(parsed, parsed.tokens[occurrence.token], origin)
    if view.factuality == "CT-" and _names_the_negation(parsed, occurrence):
        view = View("CT+", view.stage)
    view = _as_said(view, origin, cue)
    if view.stage == "ongoing" and occurrence.type in _VERBAL_ACTS and parsed.tokens[occurrence.token].pos in _VERBAL:
        view = View(view.factuality, "accomplished")
    stage = occurrence.stage or view.stage or "accomplished"
    return Assessment(
        voice=origin.id if origin is not None else "outlet",
        chain=tuple(link.id for link in chain),
        factuality=view.factuality,
        stage=stage,
        responsibility=_responsibility(parsed, occurrence, view, stage, origin, acting) if occurrence.actors else None,
    )


def _names_the_negation(parsed: Parsed, occurrence: Occurrence) -> bool:
    """Whether the negation is part of the event's own words, so that it is not denied by them."""
    words = hedge_table(parsed.language).negation
    inside = parsed.tokens_in(occurrence.trigger.start, occurrence.trigger.end)
    return any(token.norm in words.particles or token.norm in words.closers for token in inside)


def _chain(holding: Iterable[Attribution], by_id: Mapping[str, Attribution]) -> tuple[Attribution, ...]:
    """The voices through which an occurrence is told, from the outlet to the origin; none when the outlet tells it itself."""
    around = tuple(holding)
    if not around:
        return ()
    innermost = min(around, key=lambda one: (sum(span.end - span.start for span in one.content), -len(_above(one, by_id)), one.id))
    return (*reversed(_above(innermost, by_id)), innermost)


def _above(attribution: Attribution, by_id: Mapping[str, Attribution]) -> list[Attribution]:
    """The attributions around one, the nearest first."""
    found: list[Attribution] = []
    while attribution.parent is not None and attribution.parent in by_id and len(found) < _DEEPEST:
        attribution = by_id[attribution.parent]
        found.append(attribution)
    return found


def cue_of(parsed: Parsed, attribution: Attribution) -> Cue | None:
    """The pack's entry behind an attribution's cue."""
    for span in attribution.cue:
        for token in reversed(parsed.tokens_in(span.start, span.end)):
            match = verb_cue(parsed, token) if token.pos in _VERBAL else noun_cue(parsed, token)
            if match is not None:
                return match.cue
    return None


# ------------------------------------------------------------------------------------------------------ from the event upwards


def _view(parsed: Parsed, token: Token, origin: Attribution | None) -> View:
    view = _own(parsed, token)
    view = _by_neighbour(parsed, token, view)
    node = token
    for _ in range(_DEEPEST):
        head = parsed.head(node)
        view = _opened(parsed, node, view)
        if head is None or _is_cue(head, origin):
            break
        if _independent(parsed, node, head):
            view = _taken_for_granted(parsed, node, head, view)
            break
        view = _under(parsed, node, head, view)
        node = head
    view = _in_condition(parsed, token, _unsaid(parsed, token, view))
    if _asked(parsed, token):
        view = View("Uu", view.stage)
    if view.stage == "ongoing" and _habitual(parsed, token):
        view = View(view.factuality, "habitual")
    return view


def _unsaid(parsed: Parsed, token: Token, view: View) -> View:
    """Where no tense says how far it has come: courses of action go on, bare infinitives are still to come."""
    tense = hedge_table(parsed.language).tense
    if token.pos in _VERBAL:
        if view.stage is None and "VerbForm=Inf" in token.morph and not helpers(parsed, token) and view.factuality == "CT+":
            return View("Uu", "planned")
        if view.stage is None and "VerbForm=Part" in token.morph and "Tense=Pres" in token.morph:
            return View(view.factuality, "ongoing")
        return view
    head = parsed.head(token)
    acted = head is not None and head.pos in _VERBAL and token.dep in ("obj", "nsubj:pass")
    if token.lemma in tense.courses and view.stage in (None, "accomplished") and not acted:
        return View(view.factuality, "ongoing")
    return view


def _own(parsed: Parsed, token: Token) -> View:
    """What the event's own words say: tense, mood, negation, adverbs and adjectives."""
    predicate = token.pos in _VERBAL or any(child.dep == "cop" for child in helpers(parsed, token))
    stage = own_stage(parsed, token) if predicate else None
    view = View("CT-" if negated(parsed, token) else "CT+", stage)
    view = _by_mood(parsed, token, view)
    for part, deps in (("adverbs", ("advmod", "obl", "parataxis")), ("adjectives", ("amod", "acl"))):
        table = effects(parsed.language, "adverbs" if part == "adverbs" else "adjectives")
        for child in parsed.children(token, *deps):
            if part == "adverbs" and token.pos not in _VERBAL and abs(child.index - token.index) > 1:
                continue
            effect = table.get(child.lemma) or table.get(child.norm) or table.get(_with_next(parsed, child))
            if effect is not None:
                view = _applied(view, effect)
    for child in parsed.children(token, "aux"):
        effect = effects(parsed.language, "verbs").get(child.norm) if parsed.language == "en" else None
        if effect is not None:
            view = _applied(view, effect)
    return view


def _by_neighbour(parsed: Parsed, token: Token, view: View) -> View:
    """An infinitive whose hedging verb the parser missed (behind a quotation mark): "ont tenté d'« évacuer »"."""
    head = parsed.head(token)
    if "VerbForm=Inf" not in token.morph or helpers(parsed, token) or (head is not None and _hedge_of(parsed, head) is not None):
        return view
    for at in range(token.index - 1, max(-1, token.index - 9), -1):
        other = parsed.tokens[at]
        if other.pos in ("VERB", "ADJ"):
            effect = _hedge_of(parsed, other)
            return _governed(parsed, other, view, effect) if effect is not None else view
        if other.pos in ("NOUN", "PROPN", "SCONJ") or other.norm in (".", ";", ":"):
            break
    return view


def _hedge_of(parsed: Parsed, word: Token) -> Effect | None:
    table = effects(parsed.language, "verbs" if word.pos in _VERBAL else "adjectives" if word.pos == "ADJ" else "nouns")
    return table.get(word.lemma) or effects(parsed.language, "adjectives").get(word.lemma)


def _with_next(parsed: Parsed, token: Token) -> str:
    first = token if token.index == 0 else parsed.tokens[token.index - 1]
    return f"{first.norm} {token.norm}"


def _by_mood(parsed: Parsed, token: Token, view: View) -> View:
    kind = conditional_kind(parsed, token) if token.pos in _VERBAL and parsed.language == "fr" else None
    if kind is None:
        return view
    perfect = any(child.dep == "aux:tense" for child in parsed.children(token, "aux"))
    if kind == "reportative":
        return View(_weaker(view.factuality, "PR"), "accomplished" if perfect else "ongoing")
    if kind in ("future-in-past", "forecast"):
        return View(view.factuality, "planned")
    return View("Uu", "planned")


def _weaker(factuality: Factuality, to: str) -> Factuality:
    negative = factuality.endswith("-")
    return {("PR", False): "PR+", ("PR", True): "PR-", ("PS", False): "PS+", ("PS", True): "PS-"}[(to, negative)]  # type: ignore[return-value]


def _applied(view: View, effect: Effect) -> View:
    outcome = OUTCOMES[effect]
    stage = outcome.stage or view.stage
    if effect == "ongoing":
        stage = "planned" if view.stage == "planned" else "ongoing"
    if effect in ("ended", "achieved") and view.stage in ("planned",):
        stage = "planned"
    if outcome.factuality is None or view.factuality == "Uu":
        return View(view.factuality, stage)
    if outcome.factuality == "Uu":
        return View("Uu", stage)
    if outcome.factuality in ("PR+", "PS+"):
        return View(_weaker(view.factuality, outcome.factuality[:2]), stage)
    if outcome.factuality == "CT-":
        return View(_DENIED[view.factuality], stage)
    return View(view.factuality, stage)


def _opened(parsed: Parsed, node: Token, view: View) -> View:
    """A conjunction or preposition that opens the clause: "si", "pour", "en cas de"."""
    table = effects(parsed.language, "marks")
    for child in parsed.children(node, "mark", "case", "fixed"):
        if child.index > node.index:
            continue
        words = " ".join(token.norm for token in parsed.tokens[child.index : child.index + 3]).replace("d'", "de")
        phrase = max((entry for entry in table if words == entry or words.startswith(entry + " ")), key=len, default=None)
        if phrase is None:
            continue
        effect = table[phrase]
        if node.pos not in _VERBAL and effect == "aim":
            continue
        if effect == "aim" and "VerbForm=Fin" in node.morph and parsed.language == "fr" and phrase == "pour":
            continue
        view = _applied(view, effect)
    if parsed.language == "en" and node.dep == "advcl" and any(child.norm == "to" and child.dep == "aux" for child in parsed.children(node)):
        view = _applied(view, "aim")
    return view


def _is_cue(head: Token, origin: Attribution | None) -> bool:
    return origin is not None and any(span.start <= head.start < span.end for span in origin.cue)


def _independent(parsed: Parsed, node: Token, head: Token) -> bool:
    """Clauses that stand for themselves, whatever the clause around them says: relatives, asides, subjects that are taken for granted."""
    if node.dep in ("acl:relcl", "parataxis", "appos", "nsubj", "csubj", "dislocated", "vocative"):
        return True
    if node.dep in ("advcl", "acl") and node.pos in _VERBAL and "VerbForm=Inf" not in node.morph:
        return True
    return (
        node.dep in ("obl", "obl:mod", "advcl")
        and node.pos not in _VERBAL
        and any(child.norm in hedge_table(parsed.language).tense.past_leads for child in parsed.children(node, "case", "mark"))
    )


def _taken_for_granted(parsed: Parsed, node: Token, head: Token, view: View) -> View:
    """A subject or a participle has no stage of its own: it has that of the clause around it."""
    if view.stage is not None or (node.pos in _VERBAL and "Tense=Pres" not in node.morph):
        return view
    above = head if head.pos in _VERBAL else next((other for other in parsed.ancestors(node) if other.pos in _VERBAL), None)
    if above is None or node.dep in ("obl", "obl:mod"):
        return view
    stage = own_stage(parsed, above)
    indefinite = any("Definite=Ind" in child.morph for child in parsed.children(node, "det"))
    return View("Uu" if stage == "planned" and indefinite else view.factuality, stage)


def _under(parsed: Parsed, node: Token, head: Token, view: View) -> View:
    """What the governing word makes of the event."""
    if node.dep == "conj":
        return View(view.factuality, view.stage or (own_stage(parsed, head) if head.pos in _VERBAL else None))
    if head.pos in _VERBAL:
        return _under_verb(parsed, node, head, view)
    if node.dep in ("nmod", "acl", "obl", "obl:arg", "advcl", "xcomp", "ccomp", "amod"):
        effect = effects(parsed.language, "nouns").get(head.lemma) or effects(parsed.language, "adjectives").get(head.lemma)
        if effect is not None:
            view = _applied(view, effect)
            if negated(parsed, head) and effect in ("negative", "failed", "possible"):
                view = View(_DENIED[view.factuality] if view.factuality != "Uu" else "Uu", view.stage)
    return view


def _under_verb(parsed: Parsed, node: Token, head: Token, view: View) -> View:
    effect = effects(parsed.language, "verbs").get(head.lemma)
    complement = node.dep in ("xcomp", "ccomp", "obj", "obl:arg", "obl", "advcl", "aux", "csubj", "nsubj:pass", "acl")
    if effect is not None and complement and (node.pos in _VERBAL or effect in ("failed_event", "ongoing", "ended", "negative", "aim")):
        return _governed(parsed, head, view, effect)
    if node.pos in _VERBAL and node.dep not in ("xcomp", "aux"):
        return view
    carried = node.dep in _CARRIED or node.dep == "xcomp"
    stage = view.stage or own_stage(parsed, head)
    if not carried:
        return View(view.factuality, stage)
    factuality = _DENIED[view.factuality] if negated(parsed, head) and node.dep in ("obj", "nsubj:pass", "xcomp", "obl:arg") else view.factuality
    if node.pos not in _VERBAL and is_conditional(parsed, head):
        moved = _by_mood(parsed, head, View(factuality, stage))
        return View(moved.factuality, moved.stage)
    return View(factuality, stage)


def _governed(parsed: Parsed, head: Token, view: View, effect: Effect) -> View:
    """Below a hedging verb, whose own tense decides: "a tenté" and "a dû" happened, "tente" and "doit" are open."""
    done = own_stage(parsed, head) == "accomplished"
    past = done or is_imperfect(parsed, finite_of(parsed, head))
    if effect == "attempt":
        view = View("CT+" if done and view.factuality != "Uu" else "Uu", "attempted" if past else "planned")
    elif effect in ("obligation", "possible") and done:
        return View("CT-" if negated(parsed, head) else view.factuality, "attempted" if negated(parsed, head) else "accomplished")
    else:
        view = _applied(view, effect)
    if effect == "possible" and conditional_kind(parsed, head) == "forecast":
        view = View(view.factuality, "planned")
    if negated(parsed, head) and effect in ("possible", "achieved", "ongoing", "future", "obligation", "open", "attempt"):
        return View("CT-", "attempted" if effect == "achieved" else view.stage)
    if negated(parsed, head) and effect in ("negative", "failed"):
        return View("CT+", view.stage)
    return view


# ------------------------------------------------------------------------------------------------------- around the event


def _in_condition(parsed: Parsed, token: Token, view: View) -> View:
    """What would follow from a condition in the same sentence has not happened."""
    if view.stage != "planned" or view.factuality == "Uu":
        return view
    words = hedge_table(parsed.language).conditional
    for other in parsed.tokens_of(parsed.sentence_of(token)):
        if other.norm in words.conditions and other.pos == "SCONJ" and other.dep == "mark":
            clause = parsed.head(other)
            if clause is not None and clause.dep == "advcl":
                return View("Uu", view.stage)
    return view


def _asked(parsed: Parsed, token: Token) -> bool:
    sentence = parsed.sentence_of(token)
    last = parsed.tokens[sentence.last - 1]
    before = parsed.tokens[sentence.last - 2] if sentence.last - 2 >= sentence.first else last
    marks = hedge_table(parsed.language).tense.questions
    return last.norm in marks or (before.norm in marks and last.pos == "PUNCT")


def _habitual(parsed: Parsed, token: Token) -> bool:
    habits = hedge_table(parsed.language).tense.habit
    near = [token, *list(parsed.ancestors(token))[:2]]
    return any(child.norm in habits for word in near for child in (*parsed.children(word), word))


def _as_said(view: View, origin: Attribution | None, cue: Cue | None) -> View:
    """What the saying itself makes of the event: demands and promises leave it open, denials turn it round."""
    if origin is None or cue is None or origin.style in ("direct", "according"):
        return View(_DENIED[view.factuality], view.stage) if origin is not None and origin.denial and origin.style == "direct" else view
    if origin.denial:
        return View(_DENIED[view.factuality], view.stage)
    if cue.kind in _WISHED and view.stage not in ("accomplished", "ongoing", "habitual"):
        return View("Uu", "planned")
    if cue.kind in ("fear", "warn") and view.stage not in ("accomplished", "ongoing"):
        return View("PS+" if view.factuality == "CT+" else view.factuality, "planned")
    if cue.kind == "suspect":
        return View(_weaker(view.factuality, "PR") if view.factuality != "Uu" else "Uu", view.stage)
    if cue.kind in ("doubt", "ask"):
        return View("Uu", view.stage)
    return view


# ----------------------------------------------------------------------------------------------------------- who did it


def _responsibility(
    parsed: Parsed, occurrence: Occurrence, view: View, stage: Stage, origin: Attribution | None, acting: Sequence[ActorMention]
) -> Responsibility:
    if view.factuality.endswith("-"):
        return "fact" if stage == "attempted" and origin is None else "denied"
    own = origin is not None and _speaks_for_itself(parsed, origin, acting)
    if own:
        return "claimed"
    if origin is None:
        return "fact" if view.factuality == "CT+" else "possible"
    if view.factuality in ("PS+", "PR+"):
        return "possible"
    if view.factuality == "Uu" and occurrence.type not in _HARM:
        return "possible"
    if occurrence.type not in _HARM:
        return "fact"
    return "accused-by-authorities" if _is_authority(parsed, origin) else "accused"


def _is_authority(parsed: Parsed, origin: Attribution) -> bool:
    """Police, courts, ministries: who accuses by office."""
    words = source_words(parsed.language).authority
    return any(token.lemma in words for span in origin.source for token in parsed.tokens_in(span.start, span.end))


def _speaks_for_itself(parsed: Parsed, origin: Attribution, acting: Sequence[ActorMention]) -> bool:
    """Whether the source is one of the actors, or speaks for one: "le communiqué des Hachd" of what the Hachd did."""
    if origin.source_actor is not None and any(actor.actor == origin.source_actor for actor in acting):
        return True
    source = _words(" ".join(parsed.text[span.start : span.end] for span in origin.source) + " " + (origin.source_name or ""))
    return any(source & (_words(actor.text) | _words(actor.name)) for actor in acting)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split() if len(word) > 3)
