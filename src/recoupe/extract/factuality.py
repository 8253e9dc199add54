"""Who says an event happened, how surely, how far has it come, and how sure is it who did it?

Factuality is FactBank's (Saurí and Pustejovsky 2009) from the origin's view: from the event up the tree to the verb of saying that carries it,
every hedge, negation and condition on the way counts, then what kind of saying it is. Responsibility is MUC-4's scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recoupe.extract.factuality_granted import is_over
from recoupe.extract.factuality_headlines import is_news
from recoupe.extract.factuality_open import presupposes
from recoupe.extract.factuality_scale import DENIED, DOUBTS, View, weaker
from recoupe.extract.factuality_view import view_of
from recoupe.extract.factuality_words import is_fulfilled
from recoupe.extract.occurrence import Assessment, Occurrence
from recoupe.knowledge.actors import open_register
from recoupe.language.cues import Cue, noun_cue, verb_cue
from recoupe.language.enclosing import Enclosing
from recoupe.language.forms import without_agreement
from recoupe.language.hedges import Effect, effects, hedge_table
from recoupe.language.mood import SUBJECTS, is_only_possible, negated
from recoupe.language.parsed import Parsed, Token
from recoupe.language.sources import source_table, source_words
from recoupe.language.triggers import event_words
from recoupe.model import ActorMention, Attribution, Responsibility, Stage

_VERBAL = frozenset({"VERB", "AUX"})
_WISHED = frozenset({"demand", "threat", "promise", "hope", "ask"})
_HARM = frozenset({"ASSAULT", "COERCE", "AID", "CONSULT", "THREATEN", "SANCTION"})
_VERBAL_ACTS = frozenset({"REQUEST", "ACCUSE", "REJECT", "AGREE", "THREATEN", "SUPPORT", "CONCEDE"})  # said once, even in the present
_LEADING = 4  # words before an actor among which an adverb and its preposition stand
_OWNING = frozenset({"det", "nmod:poss", "poss"})
_DEEPEST = 12
_OFFICES = frozenset({"GOV", "MIL", "COP", "JUD", "SPY"})
_BESIDE_CUE = 20  # characters from a verb of saying to its speaker's own men


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
    if chain and (_is_fulfilled(parsed, chain[-1]) or _is_judged(parsed, occurrence, chain[-1])):
        chain = chain[:-1]
    origin = chain[-1] if chain else None
    cue = cue_of(parsed, origin) if origin is not None else None
    view = view_of(parsed, parsed.tokens[occurrence.token], origin)
    if cue is not None and cue.kind == "demand" and view.stage == "ongoing" and parsed.tokens[occurrence.token].pos in _VERBAL:
        view = View(view.factuality, None)  # "exige que l'armée se retire": the present of a demand is to come
    if view.factuality == "CT-" and _names_the_negation(parsed, occurrence):
        view = View("CT+", view.stage)
    if origin is None or not origin.denial or not is_over(parsed, parsed.tokens[occurrence.token]):  # "refused to discuss the raid"
        view = _as_said(parsed, parsed.tokens[occurrence.token], view, origin, cue)
    if view.stage == "ongoing" and (_is_said_once(parsed, occurrence) or is_news(parsed, occurrence)):
        view = View(view.factuality, "accomplished")
    held = _held(parsed, occurrence, view, origin, acting)
    if occurrence.definite and _is_about_the_doer(held, view):
        view = View("CT+", "accomplished" if view.stage == "planned" else view.stage)
    stage = occurrence.stage or view.stage or "accomplished"
    return Assessment(
        voice=origin.id if origin is not None else "outlet",
        chain=tuple(link.id for link in chain),
        factuality=view.factuality,
        stage=stage,
        responsibility=(held or _responsibility(parsed, occurrence, view, stage, origin, acting)) if occurrence.actors else None,
    )


def _is_fulfilled(parsed: Parsed, origin: Attribution) -> bool:
    """Whether what an attribution threatens or promises has been done, so that the text itself tells it: "carried out its threat to kill"."""
    return any(is_fulfilled(parsed, token) for span in origin.cue for token in parsed.tokens_in(span.start, span.end))


def _is_judged(parsed: Parsed, occurrence: Occurrence, origin: Attribution) -> bool:
    """Whether a voice only judges an event that is known: "Paris a condamné cette attaque"."""
    cue = cue_of(parsed, origin) if occurrence.definite and origin.style != "direct" else None
    above = parsed.head(parsed.tokens[occurrence.token])
    return cue is not None and cue.kind == "judge" and above is not None and any(span.start <= above.start < span.end for span in origin.cue)


def _is_about_the_doer(held: Responsibility | None, view: View) -> bool:
    """Whether doubt or denial is of who did it, and not of the event: "suspects them of being behind the attack", "n'a rien à voir avec l'attaque"."""
    if held == "denied":
        return view.factuality == "CT-"
    return held is not None and (view.factuality in ("PR+", "PS+") or view.stage == "planned")


def _is_said_once(parsed: Parsed, occurrence: Occurrence) -> bool:
    return occurrence.type in _VERBAL_ACTS and parsed.tokens[occurrence.token].pos in _VERBAL


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
    """The pack's entry behind an attribution's cue: the one that its rule names, whatever part of speech the model gave the word."""
    lemma = attribution.rule.rpartition("+")[0]
    tokens = [token for span in attribution.cue for token in reversed(parsed.tokens_in(span.start, span.end))]
    matches = [match for token in tokens for match in (verb_cue(parsed, token), noun_cue(parsed, token)) if match is not None]
    return next((match.cue for match in matches if match.cue.lemma == lemma), matches[0].cue if matches else None)


def _as_said(parsed: Parsed, token: Token, view: View, origin: Attribution | None, cue: Cue | None) -> View:
    """What the saying itself makes of the event: demands and promises leave it open, denials turn it round."""
    if origin is None or origin.style == "according":
        return view
    if origin.denial:
        if _is_denied(parsed, origin):  # "did not rule out that …"
            return View("Uu" if view.factuality == "Uu" else weaker(view.factuality, "PS"), view.stage)
        return View(DENIED[view.factuality], view.stage)
    if cue is None or origin.style == "direct":
        return view
    if cue.kind in _WISHED and view.stage not in ("accomplished", "ongoing", "habitual"):
        return View("Uu", "planned")
    if cue.kind in ("fear", "warn") and view.stage not in ("accomplished", "ongoing"):
        return View("PS+" if view.factuality == "CT+" else view.factuality, "planned")
    if cue.kind == "suspect":
        return View(weaker(view.factuality, "PR") if view.factuality != "Uu" else "Uu", view.stage)
    if cue.kind in ("doubt", "ask"):
        return view if presupposes(parsed, token) else View("Uu", view.stage)
    return view


def _is_denied(parsed: Parsed, origin: Attribution) -> bool:
    """Whether the cue of a denial is negated itself."""
    cues = (token for span in origin.cue for token in parsed.tokens_in(span.start, span.end))
    return any(token.pos in _VERBAL and negated(parsed, token) for token in cues)


def _held(parsed: Parsed, occurrence: Occurrence, view: View, origin: Attribution | None, acting: Sequence[ActorMention]) -> Responsibility | None:
    """The responsibility that the words around the event give it, as the one who says so weighs: authorities accuse by office."""
    level = occurrence.responsibility
    if level != "accused" or origin is None:
        return level
    if view.factuality.startswith("PS"):
        return "possible"
    if _speaks_for_itself(parsed, origin, acting):
        return "denied" if origin.denial else "claimed"
    return "accused-by-authorities" if _is_authority(parsed, origin) else level


def _responsibility(
    parsed: Parsed, occurrence: Occurrence, view: View, stage: Stage, origin: Attribution | None, acting: Sequence[ActorMention]
) -> Responsibility:
    if view.factuality.endswith("-") and (stage != "attempted" or (origin is not None and origin.denial)):
        return "denied"
    own = any(_is_speakers_own(parsed, actor, origin) for actor in acting) or (origin is not None and _speaks_for_itself(parsed, origin, acting))
    if own:
        return "claimed"
    doubt = _doubt(parsed, acting)
    if doubt is not None and view.factuality in ("CT+", "PR+"):
        return "possible" if doubt == "possible" else "accused" if origin is None or not _is_authority(parsed, origin) else "accused-by-authorities"
    if view.factuality == "CT+" and _is_perhaps_done_by(parsed, parsed.tokens[occurrence.token]):
        return "possible"
    if origin is None:
        return "fact" if view.factuality in ("CT+", "CT-") else "possible"
    if view.factuality in ("PS+", "PR+"):
        return "possible"
    if view.factuality == "Uu" and occurrence.type not in _HARM:
        return "possible"
    if occurrence.type not in _HARM or _is_fought_by_both(occurrence) or _is_known_to_all(parsed, origin):
        return "fact"
    return "accused-by-authorities" if _is_authority(parsed, origin) else "accused"


def _is_known_to_all(parsed: Parsed, origin: Attribution) -> bool:
    """Whether a deed is told as what everybody knows: "on sait que l'armée a armé des milices"."""
    cue = cue_of(parsed, origin)
    return cue is not None and cue.kind == "know" and origin.source_kind == "unnamed"


def _is_fought_by_both(occurrence: Occurrence) -> bool:
    """Whether two sides fight each other, which accuses neither: "selon des témoins, l'armée et les rebelles se sont affrontés"."""
    return occurrence.acled == "Armed clash" and len(occurrence.actors) > 1 and not occurrence.recipients


def _is_perhaps_done_by(parsed: Parsed, event: Token) -> bool:
    """Whether it is only possible who did what has happened: "the attack may have been carried out by the rebels", "aurait été commis par"."""
    verb = parsed.head(event)
    return event.pos not in _VERBAL and event.dep in SUBJECTS and verb is not None and is_only_possible(parsed, verb)


def _doubt(parsed: Parsed, acting: Sequence[ActorMention]) -> Effect | None:
    """How a doubt about who it was weakens it: "suspected rebels", "des insurgés présumés", "presumably by the rebels"."""
    table, adverbs = effects(parsed.language, "adjectives"), effects(parsed.language, "adverbs")
    agreement = hedge_table(parsed.language).agreement
    for actor in acting:
        inside = parsed.tokens_in(actor.start, actor.end)
        below = [child for token in inside for child in (token, *parsed.children(token, "amod", "acl"))]
        first = inside[0].index if inside else 0
        below += [
            token for token in parsed.tokens[max(first - 1, 0) : first] if token.pos in ("ADJ", "PROPN", "VERB")
        ]  # "[[Suspected]] Boko Haram men"
        said = [table.get(form) for token in below for form in (token.lemma, *without_agreement(token.norm, agreement))]
        before = [token for token in parsed.tokens[max(first - _LEADING, 0) : first] if token.pos not in ("DET", "ADJ")]
        if len(before) > 1 and before[-1].pos == "ADP":
            said.append(adverbs.get(before[-2].norm))
        found = next((effect for effect in said if effect in DOUBTS), None)
        if found is not None:
            return found
    return None


def _is_authority(parsed: Parsed, origin: Attribution) -> bool:
    """Police, courts, ministries: who accuses by office, by the words of the source or by what the register knows of it."""
    words = source_words(parsed.language).authority
    entry = open_register().by_id.get(origin.source_actor) if origin.source_actor is not None else None
    if entry is not None and entry.kind != "state" and entry.sector in _OFFICES:
        return True
    inside = (token for span in origin.source for token in parsed.tokens_in(span.start, span.end))
    return any(word in words for token in inside for word in (token.lemma.lower(), token.norm))


def _speaks_for_itself(parsed: Parsed, origin: Attribution, acting: Sequence[ActorMention]) -> bool:
    """Whether the source is one of the actors, or speaks for one: "le communiqué des Hachd" of what the Hachd did."""
    if origin.source_actor is not None and any(actor.actor == origin.source_actor for actor in acting):
        return True
    source = _words(" ".join(parsed.text[span.start : span.end] for span in origin.source) + " " + (origin.source_name or ""))
    return any(source & (_words(actor.text) | _words(actor.name)) for actor in acting)


def _is_speakers_own(parsed: Parsed, actor: ActorMention, origin: Attribution | None) -> bool:
    """Whether an actor is the speaker's own: "nos combattants", or "a reconnu que [[ses hommes]] ont tiré" right behind the verb of saying."""
    table = source_table(parsed.language)
    inside = parsed.tokens_in(actor.start, actor.end)
    owners = {child.norm for token in inside for child in (token, *parsed.children(token)) if child.dep in _OWNING}
    if not owners.isdisjoint(table.first):
        return True
    if origin is None or owners.isdisjoint(table.possessive) or not inside:
        return False
    armed = event_words(parsed.language).members("troops")
    behind = any(0 < inside[0].start - span.end <= _BESIDE_CUE for span in origin.cue)
    return behind and any(token.lemma.lower() in armed for token in inside)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split() if len(word) > 3)
