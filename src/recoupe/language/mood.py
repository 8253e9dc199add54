"""In which form does a verb stand? Negated or not, in which conditional, at which point of its course."""

from __future__ import annotations

from typing import Literal

from recoupe.language.hedges import effects, hedge_table
from recoupe.language.parsed import Parsed, Token
from recoupe.language.triggers import event_words
from recoupe.model import Stage

ConditionalKind = Literal["reportative", "future-in-past", "hypothetical", "forecast", "attenuation"]
_VERBAL = frozenset({"VERB", "AUX"})
_AUXILIARY = frozenset({"aux", "cop"})
SUBJECTS = ("nsubj", "nsubj:pass")


def helpers(parsed: Parsed, token: Token) -> tuple[Token, ...]:
    """The auxiliaries and copulas of a verb or predicate."""
    return tuple(child for child in parsed.children(token, "aux", "cop"))


def finite_of(parsed: Parsed, token: Token) -> Token:
    """The finite form of a verb: its first auxiliary or copula where it has one, else the verb."""
    return next((child for child in helpers(parsed, token) if child.pos in _VERBAL), token)


def shares_auxiliary(parsed: Parsed, verb: Token, first: Token) -> bool:
    """Whether a verb has its auxiliary and subject from the one it is joined to, both infinitives or both participles, which the model may call pasts.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("L'armée aurait saisi des armes et arrêté dix hommes.", "fr")
    >>> shares_auxiliary(parsed, parsed.tokens[7], parsed.tokens[3])
    True
    """
    if helpers(parsed, verb) or not helpers(parsed, first) or parsed.children(verb, *SUBJECTS):
        return False
    return any(form in verb.morph and form in first.morph for form in ("VerbForm=Inf", "VerbForm=Part", "Tense=Past"))


def negated(parsed: Parsed, token: Token) -> bool:
    """Whether a verb, predicate or noun is itself negated; expletive *ne* and *ne … que* negate nothing.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("L'armée n'a pas bombardé la ville.", "fr")
    >>> negated(parsed, parsed.tokens[5])
    True
    """
    words = hedge_table(parsed.language).negation
    children = parsed.children(token)
    opened = next((child for child in children if child.dep == "mark" and child.index and parsed.tokens[child.index - 1].norm in words.clauses), None)
    if opened is not None and token.pos in _VERBAL:
        head = parsed.head(token)
        return parsed.tokens[opened.index - 1].norm in words.without and not (head is not None and negated(parsed, head))
    if token.pos not in _VERBAL and any(child.norm in words.determiners and child.dep in ("det", "advmod") for child in children):
        return True
    if any(child.norm in words.without and child.dep in ("case", "mark") for child in children):
        return True
    above = parsed.head(token)
    if above is not None and above.norm in words.without and token.dep in ("pcomp", "pobj"):
        return True
    if not words.particles:
        near = [child for part in (token, *helpers(parsed, token)) for child in parsed.children(part)]
        return any(child.norm in words.closers and child.dep in ("advmod", "neg") for child in near) or _of_nobody(parsed, token)
    return _with_particle(parsed, token)


def _of_nobody(parsed: Parsed, verb: Token) -> bool:
    """Whether nobody is a verb's subject: "no soldier was hurt", "neither he nor his wife", "nobody"."""
    words = hedge_table(parsed.language).negation
    subjects = parsed.children(verb, "nsubj", "nsubj:pass") if verb.pos in _VERBAL else ()
    without = (child for subject in subjects for child in parsed.children(subject, "det", "cc", "cc:preconj", "advmod"))
    return any(subject.norm in words.subjects for subject in subjects) or any(child.norm in words.determiners for child in without)


def _with_particle(parsed: Parsed, token: Token) -> bool:
    """French: *ne* before the finite form, and a closer in the clause (or a verb that needs none)."""
    words = hedge_table(parsed.language).negation
    finite = finite_of(parsed, token)
    start = min(finite.index, token.index)
    particle = None
    for at in range(start - 1, max(-1, start - 5), -1):
        other = parsed.tokens[at]
        if other.norm in words.particles:
            particle = other
            break
        if other.pos not in ("PRON", "ADV", "ADP") and not (token.index == finite.index and other.norm in words.closers):
            break
    if particle is None:
        return False
    if token.lemma in words.alone and not any(parsed.tokens[at].norm in words.restricting for at in range(particle.index, token.index)):
        return True
    window = parsed.tokens[max(0, particle.index - 6) : min(len(parsed.tokens), max(token.index, finite.index) + 8)]
    sentence = parsed.sentence_of(token)
    return any(other.norm in words.closers and sentence.first <= other.index < sentence.last for other in window)


def is_conditional(parsed: Parsed, token: Token) -> bool:
    """Whether a verb stands in the French conditional, by its own form or that of its auxiliary."""
    return any(_conditional_form(parsed, part) for part in (token, *helpers(parsed, token)))


def _conditional_form(parsed: Parsed, token: Token) -> bool:
    if token.pos not in _VERBAL:
        return False
    if "Mood=Cnd" in token.morph:
        return True
    return _ends(token, hedge_table(parsed.language).conditional.endings)


def _ends(token: Token, endings: tuple[str, ...]) -> bool:
    """Whether the form has one of the endings behind the whole infinitive stem ("attirait" is no conditional of *attirer*)."""
    for ending in endings:
        if token.norm.endswith(ending) and len(token.norm) > len(ending) + 1:
            stem = token.lemma[:-2]
            return not (stem.endswith("r") and token.norm == stem + ending[1:])
    return False


def conditional_kind(parsed: Parsed, token: Token) -> ConditionalKind | None:
    """What a French conditional means here, None where the verb stands in another mood.

    A condition in the sentence makes it hypothetical, a past verb of saying above it future in the past; wishes are attenuation, *devoir* and
    *pouvoir* forecast; what is left reports what others say.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("La ville serait tombée.", "fr")
    >>> conditional_kind(parsed, parsed.tokens[3])
    'reportative'
    """
    if not is_conditional(parsed, token):
        return None
    words = hedge_table(parsed.language).conditional
    perfect = any(child.dep == "aux:tense" and _conditional_form(parsed, child) for child in helpers(parsed, token))
    if _has_condition(parsed, token):
        return "hypothetical"
    if token.lemma in words.polite or token.lemma in words.necessity:
        return "attenuation" if not perfect else "reportative"
    if token.lemma in words.forecast:
        return "forecast"
    if not perfect and _under_past(parsed, token):
        return "future-in-past"
    if any(child.norm in words.first for child in parsed.children(token, "nsubj")):
        return "attenuation" if not perfect else "hypothetical"
    if _free_relative(parsed, token):
        return "hypothetical"
    if not perfect and _impersonal(parsed, token):
        return "attenuation"
    return "reportative"


def is_possible_of_past(parsed: Parsed, modal: Token) -> bool:
    """Whether a verb of possibility governs a perfect: what it says may have happened: "pourrait avoir été menée".

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("L'attaque pourrait avoir été menée par les rebelles.", "fr")
    >>> is_possible_of_past(parsed, parsed.tokens[2])
    True
    """
    possible = effects(parsed.language, "verbs").get(modal.lemma) == "possible"
    return possible and any(child.dep == "aux:tense" for clause in parsed.children(modal, "xcomp") for child in helpers(parsed, clause))


def is_only_possible(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb is weakened to a possibility: "may have been the work of", "serait l'œuvre de".

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("The attack may have been ordered abroad.", "en")
    >>> is_only_possible(parsed, parsed.tokens[5])
    True
    """
    verbs, adverbs = effects(parsed.language, "verbs"), effects(parsed.language, "adverbs")
    helping = (child.norm for child in parsed.children(verb, "aux"))
    said = (child.norm for child in parsed.children(verb, "advmod"))
    return (
        any(verbs.get(word) == "possible" for word in (verb.lemma, *helping))
        or any(adverbs.get(word) == "possible" for word in said)
        or conditional_kind(parsed, verb) == "reportative"
        or is_possible_of_past(parsed, verb)
    )


def _has_condition(parsed: Parsed, token: Token) -> bool:
    words = hedge_table(parsed.language).conditional
    sentence = parsed.sentence_of(token)
    inside = parsed.tokens_of(sentence)
    text = " ".join(other.norm for other in inside).replace("' ", "'")
    if any(phrase in text for phrase in words.condition_phrases) or _but_for(parsed, token):
        return True
    return any(is_condition(parsed, other) for other in inside)


def _but_for(parsed: Parsed, verb: Token) -> bool:
    """Whether a complement says without what something would have happened: "[[sans]] l'armée, la foule aurait brûlé la mairie"."""
    without = hedge_table(parsed.language).negation.without
    beside = parsed.children(verb, "obl", "obl:mod", "obl:arg", "nmod")
    return any(case.norm in without for part in beside if part.index < verb.index for case in parsed.children(part, "case"))


def is_condition(parsed: Parsed, token: Token) -> bool:
    """Whether a word opens a condition: "si" that no verb of asking governs and that is not "even if", "s'" before a subject.

    >>> from recoupe.language.parse import parse_text
    >>> parsed = parse_text("Il demande si le pont tient.", "fr")
    >>> is_condition(parsed, parsed.tokens[2])
    False
    """
    words = hedge_table(parsed.language).conditional
    if token.norm not in words.conditions or token.index + 1 >= len(parsed.tokens):
        return False
    before, behind = parsed.tokens[token.index - 1] if token.index else token, parsed.tokens[token.index + 1]
    clause = parsed.head(token)
    if (before is not token and before.lemma in words.not_after) or (clause is not None and clause.dep == "ccomp" and token.dep == "mark"):
        return False
    return token.pos == "SCONJ" or (token.pos == "PRON" and behind.dep.startswith("nsubj"))


def _under_past(parsed: Parsed, token: Token) -> bool:
    """Whether the conditional stands in a "que" clause below a verb in the past."""
    if token.dep not in ("ccomp", "conj", "acl:relcl", "xcomp", "ROOT", "advcl"):
        return False
    for above in parsed.ancestors(token):
        if above.pos in _VERBAL and token.dep in ("ccomp", "conj", "xcomp"):
            form = finite_of(parsed, above)
            return "Tense=Past" in form.morph or is_imperfect(parsed, form) or "Tense=Past" in above.morph
    return False


def _impersonal(parsed: Parsed, token: Token) -> bool:
    """ "Ce serait une erreur", "il serait temps": a judgement put softly."""
    words = hedge_table(parsed.language).conditional
    linked = any(child.dep == "cop" for child in parsed.children(token))
    clause = bool(parsed.children(token, "ccomp", "xcomp", "csubj", "acl", "advcl", "dep"))
    return linked and any(
        child.norm in words.impersonal or (clause and child.dep == "expl:subj") for child in parsed.children(token, "nsubj", "expl")
    )


def _free_relative(parsed: Parsed, token: Token) -> bool:
    """ "ce que coûterait …", "une entité qui s'étendrait …": nothing is reported of what has no existence yet."""
    if token.dep != "acl:relcl":
        return False
    head = parsed.head(token)
    return head is not None and head.norm in ("ce", "celui", "celle", "ceux", "celles")


def is_imperfect(parsed: Parsed, finite: Token) -> bool:
    """Whether a finite form is an imperfect, which the model often calls a present."""
    tense = hedge_table(parsed.language).tense
    if "Tense=Imp" in finite.morph:
        return True
    long_enough = len(finite.norm) > 4 and finite.lemma not in tense.no_imperfect and "VerbForm=Fin" in finite.morph
    return long_enough and finite.norm.endswith(tense.imperfect_endings) and not _conditional_form(parsed, finite)


def _takes_be(parsed: Parsed, verb: Token) -> bool:
    """Whether "être" makes a verb's perfect and no passive: "les roquettes sont tombées"."""
    return verb.lemma in event_words(parsed.language).unaccusative


def _is_still_to_come(parsed: Parsed, verb: Token, finite: Token) -> bool:
    """Whether an auxiliary, or the verb of what is due, puts a verb into the future: "will begin", "doit commencer", "devait commencer", "US to send troops"."""
    table = effects(parsed.language, "verbs")
    helping = helpers(parsed, verb)
    if any(child.dep == "aux" and table.get(child.norm) == "future" for child in helping):
        return True
    due = verb.lemma in hedge_table(parsed.language).conditional.forecast and bool(parsed.children(verb, "xcomp"))
    if due and ("Tense=Pres" in finite.morph or is_imperfect(parsed, finite)) and finite.index == verb.index:
        return True
    return verb.dep == "ROOT" and "VerbForm=Inf" in verb.morph and [child.pos for child in helping] == ["PART"]


def _makes_perfect(parsed: Parsed, verb: Token, helper: Token) -> bool:
    """Whether an auxiliary makes a verb's perfect, by whatever name the parser hung it there: "[[have]] fled", "[[sont]] tombés"."""
    if helper.dep == "aux":
        return helper.lemma in ("have", "having", "be")
    if helper.lemma in hedge_table(parsed.language).tense.states:  # "se trouvaient positionnés"
        return False
    return helper.dep == "aux:tense" or (helper.dep == "cop" and helper.lemma == "avoir") or (helper.dep == "aux:pass" and _takes_be(parsed, verb))


def own_stage(parsed: Parsed, token: Token) -> Stage | None:
    """How far an event has come by the tense of its verb, None for forms that do not say."""
    finite = finite_of(parsed, token)
    morph = finite.morph
    if _is_still_to_come(parsed, token, finite):
        return "planned"
    if "Tense=Fut" in morph or (
        finite.pos in _VERBAL and "Tense=Past" not in morph and _ends(finite, hedge_table(parsed.language).tense.future_endings)
    ):
        return "planned"
    if "VerbForm=Inf" in token.morph and not helpers(parsed, token):
        present = token.dep == "ROOT" and parsed.language == "en" and parsed.children(token, "nsubj")  # "Gunmen abduct two men"
        return "ongoing" if present else None
    if "Tense=Past" in token.morph and any(_makes_perfect(parsed, token, child) for child in helpers(parsed, token)):
        return "accomplished"
    if is_imperfect(parsed, finite):
        return "ongoing"
    if "Tense=Past" in morph and finite.pos in _VERBAL and (finite.index == token.index or parsed.language == "en"):
        return "accomplished"
    if "VerbForm=Part" in token.morph and "Tense=Pres" in token.morph:
        return None
    if "Tense=Pres" in morph:
        return "accomplished" if any(child.dep == "aux:tense" for child in helpers(parsed, token)) else "ongoing"
    return None
