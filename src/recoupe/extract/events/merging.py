"""Which triggers of a sentence tell one event? What an attack did ("tuant 13 soldats") is no event beside the attack."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.roles import Roles
from recoupe.extract.events.senses import Found
from recoupe.language.parsed import Sentence, Token
from recoupe.language.triggers import Trigger, event_words

Part = tuple[Found, Roles, Sentence]

_BESIDE = 14  # words
_AND = 2  # from a verb to the one that "and" joins to it
_CLAUSE = frozenset({"advcl", "pcomp", "xcomp", "acl", "obl:mod"})
_CHARGE = "crowd-control"
_CEASEFIRE = "ceasefire"
_OWN = frozenset({"abduct", "sexual", "destroy"})  # what is done to others than those whom the same men kill


def merge(grammar: Grammar, cast: list[Part]) -> list[Part]:
    """The events with their results joined to them: a result gives its victims, and lends its words as an anchor for figures."""
    kept: list[Part] = []
    by_sentence: dict[int, list[Part]] = {}
    for part in cast:
        by_sentence.setdefault(part[2].index, []).append(part)
    for parts in by_sentence.values():
        kept += _merge_sentence(grammar, parts)
    return kept


def _merge_sentence(grammar: Grammar, parts: list[Part]) -> list[Part]:
    parts = [part for part in parts if not (_is_target(part, parts) or _is_vote(part, parts))]
    attacks = [part for part in parts if _is_deadly(part[0].entry) and not part[0].entry.result]
    kept = list(parts)
    for part in parts:
        if not part[0].entry.result or _is_earlier(grammar, part):
            continue
        others = [
            attack for attack in attacks if not (_befalls_the_attacker(attack, part) or _is_by_another(attack, part) or _is_apart(attack, part))
        ]
        cause = _cause(grammar, part, others) or _beside(grammar, part, others)
        if cause is None:
            if _is_taken_up(grammar, part):
                kept.remove(part)
            continue
        kept.remove(part)
        place = next(number for number, other in enumerate(kept) if other[0].token == cause[0].token)
        kept[place] = _joined(kept[place], part)
    return _named_again(grammar, _named_twice(_with_shots(grammar, _with_aims(grammar, _with_ways(grammar, _told_together(grammar, kept))))))


def _is_deadly(entry: Trigger) -> bool:
    """Whether an event may have dead: an assault, a riot."""
    return entry.kind == "ASSAULT" or (entry.kind == "PROTEST" and entry.mode == "riot")


def _is_target(part: Part, parts: list[Part]) -> bool:
    """Whether a gathering or deployment is what an attack is aimed at ("viser un [[rassemblement]] de combattants"), or an attack what is ended ("cesser
    [[les frappes]]"), and told for nothing else."""
    noun = part[0]
    if noun.verb:
        return False
    if noun.entry.kind == "ASSAULT":
        return any(one[0].verb and one[0].entry.mode == _CEASEFIRE and noun.token in one[0].slots.object for one in parts)
    if noun.entry.kind != "MOBILIZE":
        return False
    return any(one[0].verb and one[0].entry.kind in {"ASSAULT", "COERCE"} and noun.token in one[0].slots.object for one in parts)


def _is_vote(part: Part, parts: list[Part]) -> bool:
    """Whether the adoption of a text is told for what the text demands ("a adopté une résolution [[exigeant]] le retrait")."""
    vote = part[0]
    if not vote.verb or vote.entry.kind != "SUPPORT":
        return False
    texts = {noun.index for noun in vote.slots.object}
    return any(one[0].verb and one[0].entry.kind == "REQUEST" and one[0].token.head in texts for one in parts)


def _folded(parts: list[Part], is_one: Callable[[Part, Part], bool], join: Callable[[Part, Part], Part]) -> list[Part]:
    """The parts without those that are one with another, to which they are joined."""
    kept = list(parts)
    for part in parts:
        if not any(one is part for one in kept):  # it was joined to another
            continue
        over = next((one for one in kept if one is not part and is_one(one, part)), None)
        if over is not None:
            kept.remove(part)
            kept[kept.index(over)] = join(over, part)
    return kept


def _named_again(grammar: Grammar, parts: list[Part]) -> list[Part]:
    """One event where a definite noun further on takes up a verb of its kind: "ont signé un accord …, à l'issue de [[la signature]]"."""
    return _folded(parts, partial(_is_taken_up_by, grammar), _with_evidence)


def _with_evidence(told: Part, named: Part) -> Part:
    found, roles, sentence = told
    return found, msgspec.structs.replace(roles, evidence=(*roles.evidence, named[0])), sentence


def _is_taken_up_by(grammar: Grammar, told: Part, named: Part) -> bool:
    """Whether a definite noun adds nothing to a verb before it that its kind, its stage and those who take part contradict."""
    verb, noun = told[0], named[0]
    if noun.verb or not grammar.is_definite(noun.token):
        return False
    if not verb.verb or verb.token.index > noun.token.index or verb.entry.kind != noun.entry.kind or told[1].stage != named[1].stage:
        return False
    if noun.entry.mode not in {None, verb.entry.mode} or verb.entry.result:
        return False
    if any(noun.token == other for _, other in verb.slots.obliques):  # "riposter à l'attaque" is of two
        return False
    pairs = ((told[1].actors, named[1].actors), (told[1].recipients, named[1].recipients))
    return all(set(later) <= set(first) for first, later in pairs) or (verb.entry.mutual and not told[1].recipients and not named[1].actors)


def _with_aims(grammar: Grammar, parts: list[Part]) -> list[Part]:
    """One event where a participle says what an attack was aimed at: "ont tiré des missiles, visant la base", "fired rockets, hitting a house"."""
    return _folded(parts, partial(_is_aimed, grammar), _both)


def _with_shots(grammar: Grammar, parts: list[Part]) -> list[Part]:
    """One event where a participle says who fired what hits or is caught: "a missile fired by rebels struck a ship", "a intercepté trois missiles tirés"."""
    return _folded(parts, lambda one, shot: _is_caught(one, shot) or _is_sent(grammar, one, shot), _both)


def _is_sent(grammar: Grammar, hit: Part, launch: Part) -> bool:
    """Whether a participle says who sent what then hits: "a missile [[fired]] by rebels struck a ship"."""
    a, b = launch[0], hit[0]
    sent = a.verb and b.verb and a.token.dep in {"acl", "acl:relcl"} and grammar.parsed.head(a.token) in b.slots.subject
    return sent and a.entry.kind == b.entry.kind == "ASSAULT" and a.entry.mode is not None and b.entry.mode in {None, a.entry.mode}


def _is_aimed(grammar: Grammar, attack: Part, aim: Part) -> bool:
    if aim[0].token.lemma not in grammar.words.aiming or not _is_gerund(aim[0].token):
        return False
    told = {attack[0].token.index, *(support.verb.index for support in attack[1].supports)}
    below = aim[0].token.head in told and aim[0].token.index > attack[0].token.index
    return below and attack[0].entry.kind == aim[0].entry.kind == "ASSAULT" and attack[1].stage == aim[1].stage


def _is_caught(interception: Part, shot: Part) -> bool:
    a, b = interception[0], shot[0]
    fired = any(b.token.head == noun.index for noun in (*a.slots.object, *a.slots.subject)) and b.token.dep == "acl"
    return fired and a.verb and b.verb and interception[1].stage == "attempted" and a.entry.kind == b.entry.kind == "ASSAULT"


def _is_gerund(token: Token) -> bool:
    return "VerbForm=Ger" in token.morph or ("Tense=Pres" in token.morph and "VerbForm=Part" in token.morph)


def _with_ways(grammar: Grammar, parts: list[Part]) -> list[Part]:
    """One event where a gerund says how an attack was done: "l'armée a riposté en tirant un missile", "retaliated by firing a missile"."""
    kept = list(parts)
    for way in parts:
        above = next((one for one in kept if _is_way(grammar, one, way)), None)
        if above is not None:
            kept.remove(above)
            found, roles, sentence = way
            done = found, msgspec.structs.replace(roles, actors=above[1].actors or roles.actors), sentence
            kept[kept.index(way)] = _both(done, above)
    return kept


def _is_way(grammar: Grammar, attack: Part, way: Part) -> bool:
    a, b = attack[0], way[0]
    if _is_answer(grammar, attack, way):
        return True
    if not (a.verb and b.verb and b.token.head == a.token.index and b.token.dep in _CLAUSE and b.token.index > a.token.index):
        return False
    by = bool(grammar.parsed.children(b.token, "mark", "case"))
    return _is_gerund(b.token) and by and a.entry.kind == b.entry.kind == "ASSAULT" and a.entry.mode is None and attack[1].stage == way[1].stage


def _is_answer(grammar: Grammar, attack: Part, way: Part) -> bool:
    """Whether a noun says what somebody struck back with ("ont riposté [[par des tirs]] de roquettes", "retaliated [[with strikes]]")."""
    a, b = attack[0], way[0]
    if not a.verb or b.verb or not a.entry.bare or a.entry.mode is not None or not a.entry.kind == b.entry.kind == "ASSAULT":
        return False
    prepositions = {*grammar.words.agent, *grammar.words.with_words}
    return any(noun == b.token and preposition in prepositions for preposition, noun in a.slots.obliques)


def _is_earlier(grammar: Grammar, result: Part) -> bool:
    """Whether a result is of an event that the sentence only looks back to: "the deadliest attack since gas killed hundreds in 2013"."""
    words = event_words(grammar.parsed.language).since
    return any(child.norm in words for child in grammar.parsed.children(result[0].token, "mark"))


def _told_together(grammar: Grammar, parts: list[Part]) -> list[Part]:
    """One event where a sentence counts its dead and its wounded side by side ("cinq soldats ont été tués et trois autres blessés"), or says it twice."""
    kept: list[Part] = []
    for part in parts:
        first = next((number for number, other in enumerate(kept) if _is_told_with(grammar, other, part)), None)
        if first is None:
            kept.append(part)
            continue
        found, roles, sentence = kept[first]
        actors = roles.actors or part[1].actors
        recipients = tuple(dict.fromkeys(mention for mention in (*roles.recipients, *part[1].recipients) if mention not in actors))
        # What makes force excessive is a toll among its evidence, not a second word for it.
        again = () if _is_same_charge((found, roles, sentence), part) else (part[0],)
        evidence = (*roles.evidence, *again, *part[1].evidence)
        kept[first] = found, msgspec.structs.replace(roles, actors=actors, recipients=recipients, evidence=evidence), sentence
    return kept


def _is_told_with(grammar: Grammar, first: Part, later: Part) -> bool:
    return _is_same_toll(grammar, first, later) or _is_doubled(first, later) or _is_same_charge(first, later)


def _is_same_charge(first: Part, later: Part) -> bool:
    """Whether a sentence tells twice how a crowd is driven off ("[[fired tear gas]] to [[disperse]] the protesters"): nobody else does it, or to others."""
    if not first[0].entry.mode == later[0].entry.mode == _CHARGE:
        return False
    sides = (first[1].actors, later[1].actors), (first[1].recipients, later[1].recipients)
    return all(not a or not b or set(a) & set(b) for a, b in sides)


def _is_doubled(first: Part, later: Part) -> bool:
    """Whether two verbs side by side have one object ("ont visé et atteint un entrepôt"), or tell what a crowd did ("bloqué les routes et brûlé des pneus")."""
    a, b = first[0], later[0]
    joined = a.verb and b.verb and b.token.dep == "conj" and b.token.head == a.token.index
    if joined and a.entry.kind == b.entry.kind == "PROTEST" and first[1].stage == later[1].stage:
        return True
    together = joined and b.token.index - a.token.index == _AND
    return together and a.entry.kind == b.entry.kind and a.slots.object in {(), b.slots.object} and first[1].stage == later[1].stage


def _is_same_toll(grammar: Grammar, first: Part, later: Part) -> bool:
    """Whether two results, of which no attack is told, are of one: different harms, near each other, nobody else doing the second."""
    if not (first[0].entry.result and later[0].entry.result) or first[0].entry.id == later[0].entry.id:
        return False
    if first[1].stage != later[1].stage or (first[1].actors and later[1].actors and first[1].actors != later[1].actors):
        return False
    start, end = sorted((first[0].token.index, later[0].token.index))
    between = grammar.parsed.tokens[start + 1 : end]
    return end - start <= _BESIDE and not any(token.norm in {";", ":", "("} for token in between)


def _named_twice(parts: list[Part]) -> list[Part]:
    """One event where a verb and a noun of it name it both: "signer un accord", "repousser une attaque", "les frappes ont pris pour cible"."""
    kept = list(parts)
    for part in parts:
        noun, roles, _ = part
        if noun.verb:
            continue
        over = next((one for one in kept if one[0].verb and _may_be_one(one[0].entry, noun.entry) and _is_part_of(one[0], noun)), None)
        if over is None:
            below = next((one for one in kept if part in kept and one[0].verb and _is_subject_of(one, part)), None)
            if below is not None:
                kept.remove(below)
                kept[kept.index(part)] = _told_by(below, noun.entry) if "self" in noun.entry.actor else _both(part, below)
            continue
        if part not in kept:
            continue
        if any(support.verb == over[0].token and support.light.stage is not None for support in roles.supports):
            kept.remove(over)
            continue
        kept.remove(part)
        kept[kept.index(over)] = _both(over, part)
    return kept


def _may_be_one(verb: Trigger, noun: Trigger) -> bool:
    """Whether a verb and its noun may name one event: of one type, or a street fight ("the students [[fought]] pitched [[battles]]")."""
    return verb.kind == noun.kind or (_is_deadly(verb) and noun.kind == "ASSAULT" and noun.mutual)


def _is_part_of(verb: Found, noun: Found) -> bool:
    """Whether a noun is what a verb governs, or the means of it ("dispersé la foule [[au gaz lacrymogène]]")."""
    means = verb.entry.mode is not None and verb.entry.mode == noun.entry.mode and any(noun.token == other for _, other in verb.slots.obliques)
    return noun.token in verb.slots.object or means


def _is_subject_of(verb: Part, noun: Part) -> bool:
    entry = verb[0].entry
    return entry.kind == noun[0].entry.kind == "ASSAULT" and not entry.result and not entry.mutual and noun[0].token in verb[0].slots.subject


def _told_by(verb: Part, entry: Trigger) -> Part:
    """A verb whose subject says how its deed is done ("[[a suicide bomber]] attacked")."""
    return msgspec.structs.replace(verb[0], entry=entry), verb[1], verb[2]


def _both(verb: Part, noun: Part) -> Part:
    found, roles, sentence = verb
    actors = roles.actors or noun[1].actors
    recipients = roles.recipients or tuple(mention for mention in noun[1].recipients if mention not in actors)
    if found.entry.acled is None and noun[0].entry.acled is not None:
        found = msgspec.structs.replace(found, entry=msgspec.structs.replace(found.entry, acled=noun[0].entry.acled))
    level = roles.responsibility or noun[1].responsibility
    evidence = (*roles.evidence, noun[0])
    return found, msgspec.structs.replace(roles, actors=actors, recipients=recipients, evidence=evidence, responsibility=level), sentence


def _cause(grammar: Grammar, result: Part, attacks: list[Part]) -> Part | None:
    """The attack that a result belongs to: its subject, or an event above it in the same clause chain, or one that its clause follows."""
    token = result[0].token
    subjects = {noun.index for noun in result[0].slots.subject} | {noun.index for preposition, noun in result[0].slots.obliques}
    above = {other.index for other in grammar.parsed.ancestors(token)}
    below = {other.index for other in grammar.parsed.subtree(token)}
    for attack in attacks:
        anchors = {attack[0].token.index, *(support.verb.index for support in attack[1].supports)}
        if anchors & subjects or anchors & above or attack[0].token.index in below:
            return attack
    return None


def _beside(grammar: Grammar, result: Part, attacks: list[Part]) -> Part | None:
    """The only attack of the sentence, where no other clause stands between: parsers lose "tuées lundi dans le bombardement"."""
    if len(attacks) != 1:
        return None
    (attack,) = attacks
    first, last = sorted((attack[0].token.index, result[0].token.index))
    carrying = {support.verb.index for support in attack[1].supports}
    between = grammar.parsed.tokens[first + 1 : last]
    apart = any((token.pos == "VERB" and token.index not in carrying) or token.norm in {";", ":", "(", "«", '"'} for token in between)
    return None if apart or last - first > _BESIDE else attack


def _befalls_the_attacker(attack: Part, result: Part) -> bool:
    """Whether those harmed are the attackers: then somebody else did it ("[[a man]] was shot when [[he]] tried to stab a soldier")."""
    harmed = {mention.id for mention in result[1].recipients}
    return bool(harmed) and harmed <= {mention.id for mention in attack[1].actors}


def _is_by_another(attack: Part, result: Part) -> bool:
    """Whether a result is joined to an attack and has another subject of its own: "soldiers retook the hill, but [[a landmine]] killed five"."""
    a, b = attack[0], result[0]
    joined = a.verb and b.verb and b.token.dep == "conj" and b.token.head == a.token.index
    return joined and bool(b.slots.subject) and bool(a.slots.subject) and not set(a.slots.subject) & set(b.slots.subject)


def _is_apart(attack: Part, result: Part) -> bool:
    """Whether a deed stands beside a result and befalls others ("killed eight farmers and [[abducted]] two nurses", "… and [[opened fire]] on refugees")."""
    a, b = attack[0], result[0]
    joined = a.token.dep == "conj" and a.token.index > b.token.index
    if not (a.verb and b.verb and joined and (a.token.head == b.token.index or a.token.head > b.token.index)):
        return False
    on_others = bool(attack[1].recipients and result[1].recipients) and not set(attack[1].recipients) & set(result[1].recipients)
    return on_others or (a.entry.mode in _OWN and bool(a.slots.object) and a.slots.object != b.slots.object)


def _is_taken_up(grammar: Grammar, result: Part) -> bool:
    """Whether a noun only takes up the dead of an event told elsewhere ("il a compté les victimes"): nobody named, nothing counted."""
    found, roles, _ = result
    if found.verb or roles.actors or roles.recipients:
        return False
    head = grammar.parsed.head(found.token)
    counted = any(child.pos == "NUM" or child.dep == "nummod" for child in grammar.parsed.children(found.token))
    return not counted and not (head is not None and head.lemma.lower() in grammar.words.collective)


def _joined(attack: Part, result: Part) -> Part:
    found, roles, sentence = attack
    victims = roles.recipients or tuple(mention for mention in result[1].recipients if mention not in roles.actors)
    doers = roles.actors or tuple(mention for mention in result[1].actors if mention not in victims)
    level = roles.responsibility if roles.actors else result[1].responsibility
    evidence = (*roles.evidence, result[0])
    return found, msgspec.structs.replace(roles, actors=doers, recipients=victims, evidence=evidence, responsibility=level), sentence
