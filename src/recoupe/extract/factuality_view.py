"""What do the words around an event make of it: how sure is it, and how far has it come?

From the event up the tree to the verb of saying that carries it, every tense, hedge, negation and condition on the way counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from recoupe.extract.factuality_granted import did_not_occur, is_over, is_scene
from recoupe.extract.factuality_mood import as_joined, by_modals, by_mood
from recoupe.extract.factuality_open import in_condition, is_asked
from recoupe.extract.factuality_predicate import copula_above, of_ability, of_predicate, of_subject
from recoupe.extract.factuality_scale import DENIED, DOUBTS, View, applied
from recoupe.extract.factuality_words import adjective, adverb, hedge_of, is_fulfilled
from recoupe.language.cues import cue_table, verb_cue
from recoupe.language.hedges import Effect, effects, hedge_table, phrases
from recoupe.language.mood import conditional_kind, finite_of, helpers, is_condition, is_imperfect, is_possible_of_past, negated, own_stage
from recoupe.language.parsed import Parsed, Token
from recoupe.language.triggers import carrying_verbs
from recoupe.model import Attribution

_VERBAL = frozenset({"VERB", "AUX"})
_CARRIED = ("obj", "nsubj:pass", "obl:arg", "obl", "iobj", "attr")
_DEEPEST = 12
_NEAR = 7  # tokens beside the event's word in which a phrase qualifies it
_BETWEEN_VERB = frozenset({"AUX", "ADV", "PUNCT", "PRON"})
_HEARSAY = frozenset({"say", "opinion", "suspect"})
_COURSE = frozenset({"ongoing", "ended", "achieved"})
_STOPS = frozenset({".", ";", ":", "!", "?"})
_BETWEEN_NOUN = frozenset({"DET", "ADJ"})


def view_of(parsed: Parsed, token: Token, origin: Attribution | None) -> View:
    """How sure and how far along an event is by its own words and those above it, up to the cue of `origin`."""
    view = _own(parsed, token)
    view = _by_neighbour(parsed, token, view)
    node = token
    for _ in range(_DEEPEST):
        head = parsed.head(node)
        view = _opened(parsed, node, view)
        if head is None or _is_cue(head, origin):
            view = view if head is None or origin is None else _by_cue(parsed, node, head, view)
            break
        if did_not_occur(parsed, node, head):
            view = View(DENIED[view.factuality], view.stage)
            break
        if _independent(parsed, node, head):
            view = _taken_for_granted(parsed, token, node, view)
            break
        if (node.dep == "pcomp" and head.norm in hedge_table(parsed.language).tense.gerunds) or _is_torn_off(parsed, node, head):
            head = parsed.head(head) or head
        below = _under(parsed, node, head, view)
        view = view if below.stage == "planned" and view.stage is None and _is_mere_matter(parsed, token, node) else below
        node = head
    if view.factuality == "CT-" and is_scene(parsed, token):
        view = View("CT+", view.stage)
    view = in_condition(parsed, token, _unsaid(parsed, token, view, origin))
    if is_asked(parsed, token) and not is_over(parsed, token):
        view = View("Uu", view.stage)
    if view.stage == "ongoing" and _habitual(parsed, token):
        view = View(view.factuality, "habitual")
    return view


def _is_mere_matter(parsed: Parsed, token: Token, node: Token) -> bool:
    """Whether a known event only says which thing another noun means: "will find the planners of [[this attack]]", "in the [[murder]] case"."""
    if token.index == node.index or token.pos in _VERBAL:
        return False
    return token.dep == "compound" or any("Definite=Def" in child.morph or "PronType=Dem" in child.morph for child in parsed.children(token, "det"))


def _is_torn_off(parsed: Parsed, node: Token, head: Token) -> bool:
    """Whether an infinitive hangs on a noun between it and the verb that governs it: "ont tenté sans succès [[de reprendre]] la ville"."""
    if node.dep != "acl" or "VerbForm=Inf" not in node.morph or not head.dep.startswith("obl") or hedge_of(parsed, head) is not None:
        return False
    above = parsed.head(head)
    return above is not None and above.pos in _VERBAL and hedge_of(parsed, above) is not None


def _unsaid(parsed: Parsed, token: Token, view: View, origin: Attribution | None) -> View:
    """Where no tense says how far it has come: courses of action go on, bare infinitives are still to come."""
    tense = hedge_table(parsed.language).tense
    if token.pos in _VERBAL:
        if view.stage is None and "VerbForm=Inf" in token.morph and all(child.pos == "PART" for child in helpers(parsed, token)):
            left = origin is not None and origin.denial  # "a exclu d'envoyer"
            return View("CT+" if left else "Uu", "planned") if view.factuality == "CT+" else view
        head = parsed.head(token)
        if (view.stage is None or _is_charged(parsed, token)) and "VerbForm=Part" in token.morph and "Tense=Pres" in token.morph:
            charged = token.dep == "pcomp" and head is not None and head.norm in tense.charged
            admitted = origin is not None and (origin.denial or origin.stance == "endorsing")  # "denied bombing the port"
            charged |= admitted and head is not None and _is_cue(head, origin) and not helpers(parsed, token)
            return View(view.factuality, "accomplished" if charged else "ongoing")
        return view
    head = parsed.head(token)
    acted = head is not None and head.pos in _VERBAL and token.dep in ("obj", "obl:arg", "nsubj:pass")
    if token.lemma in tense.courses and view.stage in (None, "accomplished") and not acted:
        return View(view.factuality, "ongoing")
    return view


def _is_charged(parsed: Parsed, gerund: Token) -> bool:
    """Whether a gerund says what somebody is accused of, hung on who that is: "suspect the cartel of [[killing]] the judge"."""
    first = parsed.head(gerund) or gerund if gerund.dep == "conj" else gerund  # "of beating them and [[stealing]] their cattle"
    lead = parsed.head(first) if first.dep == "pcomp" else None
    accused = parsed.head(lead) if lead is not None and lead.norm in hedge_table(parsed.language).tense.charged else None
    verb = parsed.head(accused) if accused is not None and accused.dep == "obj" else None
    match = verb_cue(parsed, verb) if verb is not None else None
    return match is not None and match.cue.kind in ("accuse", "suspect")


def _own(parsed: Parsed, token: Token) -> View:
    """What the event's own words say: tense, mood, negation, adverbs and adjectives."""
    led = token.pos not in _VERBAL and bool(parsed.children(token, "case"))  # "ils seraient derrière l'attaque"
    predicate = token.pos in _VERBAL or (not led and any(child.dep == "cop" for child in helpers(parsed, token)))
    stage = own_stage(parsed, token) if predicate else None
    view = View("CT-" if negated(parsed, token) else "CT+", stage)
    if view == View("CT-", "accomplished") and _goes_off(parsed, token):
        view = View("CT-", "attempted")
    view = by_mood(parsed, token, view)
    for effect in _qualifying(parsed, token):
        view = applied(view, effect)
    return by_modals(parsed, token, view)


def _goes_off(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb tells what a weapon does when all goes well, so that somebody tried where it did not: "the bomb did not explode"."""
    words = " ".join((verb.lemma, *(particle.norm for particle in parsed.children(verb, "prt"))))
    return words in hedge_table(parsed.language).tense.mechanisms and not parsed.children(verb, "obj")


def _qualifying(parsed: Parsed, token: Token) -> Iterator[Effect]:
    """The effects of the adverbs and adjectives that belong to the event's word, and of phrases beside it."""
    for child in parsed.children(token, "advmod", "obl", "parataxis"):
        if token.pos in _VERBAL or abs(child.index - token.index) <= 1:
            said = adverb(parsed, child)
            if said is not None:
                yield said
    for child in parsed.children(token, "amod", "acl"):
        said = adjective(parsed, child)
        if said is not None:
            yield said
    part: Literal["adverbs", "adjectives"] = "adverbs" if token.pos in _VERBAL else "adjectives"
    for words, effect in phrases(parsed.language, part):
        if _beside(parsed, token, words):
            yield effect


def _beside(parsed: Parsed, token: Token, words: tuple[str, ...]) -> bool:
    """Whether a phrase of several words stands before the event's word, or right behind it: "a, semble-t-il, bombardé"."""
    between = _BETWEEN_VERB if token.pos in _VERBAL else _BETWEEN_NOUN
    behind = [word for other in parsed.tokens[token.index + 1 : token.index + _NEAR] if (word := other.norm.strip("-,"))]
    if behind[: len(words)] == list(words):
        return True
    before = [other for other in parsed.tokens[max(token.index - _NEAR, 0) : token.index] if other.norm.strip("-")]
    for end in range(len(before), len(words) - 1, -1):
        if tuple(other.norm.strip("-") for other in before[end - len(words) : end]) == words:
            return all(other.pos in between and other.norm not in _STOPS for other in before[end:])
    return False


def _by_neighbour(parsed: Parsed, token: Token, view: View) -> View:
    """An infinitive whose hedging verb the parser missed (behind a quotation mark): "ont tenté d'« évacuer »"."""
    head = parsed.head(token)
    if "VerbForm=Inf" not in token.morph or helpers(parsed, token) or (head is not None and hedge_of(parsed, head) is not None):
        return view
    for at in range(token.index - 1, max(-1, token.index - 9), -1):
        other = parsed.tokens[at]
        if other.pos in ("VERB", "ADJ"):
            effect = hedge_of(parsed, other)
            return _governed(parsed, other, view, effect) if effect is not None else view
        if other.pos in ("NOUN", "PROPN", "SCONJ") or other.norm in (".", ";", ":"):
            break
    return view


def _opened(parsed: Parsed, node: Token, view: View) -> View:
    """A conjunction or preposition that opens the clause: "si", "pour", "en cas de"."""
    for child in parsed.children(node, "mark", "case", "fixed", "aux", "obj"):
        if child.index > node.index or (child.dep == "aux" and child.pos != "PART"):
            continue
        effect = _opening(parsed, child)
        if effect is None or (node.pos not in _VERBAL and effect == "aim"):
            continue
        if effect == "aim" and "VerbForm=Fin" in node.morph and child.norm == "pour":
            continue
        view = applied(view, effect)
    head = parsed.head(node)
    caused = head is not None and hedge_of(parsed, head) == "achieved"
    to = any(child.norm == "to" and child.dep == "aux" for child in parsed.children(node))
    if parsed.language == "en" and node.dep == "advcl" and to and not caused:
        view = applied(view, "aim")
    return view


def _opening(parsed: Parsed, mark: Token) -> Effect | None:
    """The effect of the conjunction that a small word is, or that it ends or begins: "à condition que", "afin de"."""
    table = hedge_table(parsed.language)
    sentence = parsed.sentence_of(mark)
    for words, effect in phrases(parsed.language, "marks"):
        for first in (mark.index - len(words) + 1, mark.index):
            if first >= sentence.first and _spelled(parsed, first, len(words)) == words:
                return effect
    if mark.dep in ("aux", "obj"):
        return None if mark.dep == "aux" or not is_condition(parsed, mark) else "open"
    if mark.norm in table.conditional.conditions:
        return "open" if is_condition(parsed, mark) else None
    return effects(parsed.language, "marks").get(mark.norm)


def _spelled(parsed: Parsed, first: int, count: int) -> tuple[str, ...]:
    """The words of a stretch with contractions and elisions undone: "faute d'" is "faute de", "au cas où" stands as it is."""
    whole = hedge_table(parsed.language).elided
    return tuple(
        whole.get(token.norm, token.norm) if place == count - 1 else token.norm for place, token in enumerate(parsed.tokens[first : first + count])
    )


def _is_cue(head: Token, origin: Attribution | None) -> bool:
    return origin is not None and any(span.start <= head.start < span.end for span in origin.cue)


def _by_cue(parsed: Parsed, node: Token, cue: Token, view: View) -> View:
    """What a verb of saying makes of what its own subject does or leaves ("is considering sending"), a conditional of the verb joined to it."""
    if node.dep == "conj":
        return as_joined(parsed, node, cue, view)
    effect = hedge_of(parsed, cue) if node.dep == "xcomp" and node.pos in _VERBAL else None
    match = verb_cue(parsed, cue)
    if effect is None and node.dep == "xcomp" and match is not None and match.cue.kind in _HEARSAY and parsed.children(cue, "aux:pass"):
        return View(applied(view, "probable").factuality, view.stage)  # "is believed to have fled"
    return applied(view, effect) if effect in ("aim", "negative") and not (match is not None and match.cue.denial) else view


def _independent(parsed: Parsed, node: Token, head: Token) -> bool:
    """Clauses that stand for themselves, whatever the clause around them says: relatives, asides, subjects that are taken for granted."""
    if node.dep in ("acl:relcl", "parataxis", "appos", "nsubj", "csubj", "dislocated", "vocative"):
        return True
    if node.dep in ("advcl", "acl") and node.pos in _VERBAL and "VerbForm=Inf" not in node.morph:
        return True
    return _is_own_clause(parsed, node, head) or is_over(parsed, node)


def _is_own_clause(parsed: Parsed, node: Token, head: Token) -> bool:
    """Whether a verb with a subject or finite auxiliary of its own is no pair of the infinitive before it: "tenté de prendre le pont puis se [[sont]] repliés"."""
    if node.dep != "conj" or node.pos not in _VERBAL or "VerbForm=Inf" not in head.morph:
        return False
    return bool(parsed.children(node, "nsubj", "nsubj:pass")) or (bool(helpers(parsed, node)) and "VerbForm=Inf" not in finite_of(parsed, node).morph)


def _taken_for_granted(parsed: Parsed, token: Token, node: Token, view: View) -> View:
    """A subject or a participle has no stage of its own: it has that of the clause around it."""
    head = parsed.tokens[node.head]
    if view.stage is not None or (node.pos in _VERBAL and "Tense=Pres" not in node.morph):
        return view
    if _is_mere_matter(parsed, token, node):  # "the inquiry into the massacre goes on"
        return View(view.factuality, "accomplished")
    said = of_predicate(parsed, node, head)
    if said is not None:
        return applied(view, said)
    alone = node.dep == "nsubj" and not parsed.children(head, "obj", "xcomp", "ccomp", "obl:arg")
    if alone and hedge_of(parsed, head) in ("failed", "failed_event") and not negated(parsed, head):  # "the attack failed"
        return View(view.factuality, "attempted")
    if alone and hedge_of(parsed, head) == "ongoing" and own_stage(parsed, head) != "planned":  # "the evacuation has begun"
        return View(view.factuality, "ongoing")
    if is_over(parsed, node):
        return View(view.factuality, "accomplished")
    if node.dep in ("obl", "obl:mod"):
        return view
    stage = next((found for above in (head, *parsed.ancestors(head)) if above.pos in _VERBAL and (found := own_stage(parsed, above))), None)
    if stage is None:
        return view
    if (stage == "ongoing" and node.dep.startswith("nsubj") and _is_past_fact(parsed, node, head)) or is_possible_of_past(parsed, head):
        stage = "accomplished"
    indefinite = any("Definite=Ind" in child.morph for child in parsed.children(node, "det"))
    return View("Uu" if stage == "planned" and indefinite else view.factuality, stage)


def _is_past_fact(parsed: Parsed, noun: Token, verb: Token) -> bool:
    """Whether a definite noun of an event stands before a present that says something about it, and not that it goes on: "le raid montre que …"."""
    courses = hedge_table(parsed.language).tense.courses
    definite = any("Definite=Def" in child.morph for child in parsed.children(noun, "det"))
    single = "Number=Sing" in noun.morph
    return noun.pos == "NOUN" and definite and single and noun.lemma not in courses and hedge_of(parsed, verb) is None


def _under(parsed: Parsed, node: Token, head: Token, view: View) -> View:
    """What the governing word makes of the event."""
    if node.dep == "conj":
        return as_joined(parsed, node, head, View(view.factuality, view.stage or (own_stage(parsed, head) if head.pos in _VERBAL else None)))
    if head.pos in _VERBAL:
        return _under_verb(parsed, node, head, view)
    if node.dep in ("nmod", "acl", "obl", "obl:arg", "advcl", "xcomp", "ccomp", "amod", "pcomp"):
        effect = hedge_of(parsed, head)
        if effect == "future" and head.pos == "ADJ" and node.pos not in _VERBAL and parsed.children(node, "case"):  # "due to an alliance"
            effect = None
        if effect == "possible" and (copula := copula_above(parsed, head)) is not None:
            return of_ability(parsed, copula, view)
        if effect is not None:
            view = applied(view, effect)
            if negated(parsed, head) and effect in ("negative", "failed", "possible"):
                view = View(DENIED[view.factuality] if view.factuality != "Uu" else "Uu", view.stage)
    return view


def _under_verb(parsed: Parsed, node: Token, head: Token, view: View) -> View:
    effect = hedge_of(parsed, head) or of_subject(parsed, head)
    if effect == "averted":
        effect = "negative" if node.pos in _VERBAL else "failed"
    complement = node.dep in ("xcomp", "ccomp", "obj", "obl:arg", "obl", "advcl", "aux", "csubj", "nsubj:pass", "acl", "pcomp")
    if effect in ("ongoing", "ended") and node.dep == "obl" and node.pos not in _VERBAL and not _is_reached(parsed, node):
        effect = None  # "began with the murder"
    if hedge_of(parsed, node) == "aim" and is_fulfilled(parsed, node):
        return View("CT+", "accomplished")
    if effect is not None and complement and (node.pos in _VERBAL or effect in ("failed_event", "failed", "ongoing", "ended", "negative", "aim")):
        governed = _governed(parsed, head, view, effect)
        over = effect in ("possible", "obligation") and any(child.dep == "aux:tense" for child in helpers(parsed, node))  # "pourraient avoir tiré"
        return View(governed.factuality, "accomplished") if over else governed
    if node.pos in _VERBAL and node.dep not in ("xcomp", "aux"):
        return view
    if node.dep == "xcomp" and "Tense=Past" in node.morph and head.lemma in hedge_table(parsed.language).tense.states:  # "restent déployés"
        return View(view.factuality, own_stage(parsed, head) or view.stage)
    if node.dep == "xcomp" and parsed.language == "en" and head.lemma in hedge_table(parsed.language).tense.copulas:  # "is to withdraw"
        return View(view.factuality, "planned")
    carried = node.dep in _CARRIED or node.dep == "xcomp"
    stage = view.stage or own_stage(parsed, head)
    if not carried:
        return View(view.factuality, stage)
    factuality = DENIED[view.factuality] if negated(parsed, head) and node.dep in ("obj", "nsubj:pass", "xcomp", "obl:arg") else view.factuality
    if node.pos in _VERBAL:
        return View(factuality, stage)
    return _carried(parsed, node, head, View(factuality, stage))


def _carried(parsed: Parsed, noun: Token, verb: Token, view: View) -> View:
    """What doubt, modals and mood of the verb that carries an event's noun make of it: "has probably launched an attack", "may launch an attack"."""
    if noun.dep in ("obj", "nsubj:pass"):
        for said in (said for child in parsed.children(verb, "advmod") if (said := adverb(parsed, child)) in DOUBTS):
            view = View(applied(view, said).factuality, view.stage)
        moved = by_modals(parsed, verb, view) if verb.lemma in carrying_verbs(parsed.language) else view
        if noun.dep == "obj" or moved.stage == "planned":  # and not "the attack may have been launched by …"
            view = moved
    return by_mood(parsed, verb, view)


def _is_reached(parsed: Parsed, noun: Token) -> bool:
    """Whether a noun is what a verb is about, and not how or when: "put an end to the siege"."""
    return any(child.norm in cue_table(parsed.language).words.to for child in parsed.children(noun, "case"))


def _governed(parsed: Parsed, head: Token, view: View, effect: Effect) -> View:
    """Below a hedging verb, whose own tense decides: "a tenté" and "a dû" happened, "tente" and "doit" are open."""
    done = own_stage(parsed, head) == "accomplished"
    past = done or is_imperfect(parsed, finite_of(parsed, head))
    if effect == "attempt":
        view = View("CT+" if done and view.factuality != "Uu" else "Uu", "attempted" if past else "planned")
    elif effect in _COURSE and own_stage(parsed, head) == "planned" and not negated(parsed, head):
        return View(view.factuality, "planned")  # "l'armée [[reprendra]] ses bombardements"
    elif effect in ("obligation", "possible") and done:
        return View("CT-" if negated(parsed, head) else view.factuality, "attempted" if negated(parsed, head) else "accomplished")
    else:
        view = applied(view, effect)
    if effect == "possible" and conditional_kind(parsed, head) == "forecast":
        view = View(view.factuality, "planned")
    if negated(parsed, head) and effect in ("possible", "achieved", "ongoing", "future", "obligation", "open", "attempt"):
        return View("CT-", "attempted" if effect == "achieved" else view.stage)
    if negated(parsed, head) and effect in ("negative", "failed"):
        return View("CT+", view.stage)
    return view


def _habitual(parsed: Parsed, token: Token) -> bool:
    habits = hedge_table(parsed.language).tense.habit
    near = [token, *list(parsed.ancestors(token))[:2]]
    below = [child for word in near for child in (*parsed.children(word), word)]
    times = (part for child in below if child.pos == "NOUN" and not child.dep.startswith("nsubj") for part in parsed.children(child, "det"))
    return any(word.norm in habits for word in (*below, *times))
