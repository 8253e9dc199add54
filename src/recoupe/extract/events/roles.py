"""Who acts and who undergoes? The slots of a trigger and of the verbs that carry it, each part filled by the first slot that has a party."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from recoupe.extract.events.blasts import beside
from recoupe.extract.events.concerned import Concern
from recoupe.extract.events.grammar import Grammar, Slots
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.parties import Parties
from recoupe.extract.events.senses import Found
from recoupe.extract.events.support import Support, carrier_of, supports
from recoupe.language.parsed import Token
from recoupe.language.triggers import Trigger
from recoupe.model import ActorMention, EventType, Responsibility, Stage

_GIVEN = frozenset({"to", "with", "against", "from"})
# In these events one party addresses another, so that "accused Paris" has Paris for its recipient.
SPOKEN: frozenset[EventType] = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"}
)
# Mutual events in which somebody named first turns to somebody named with a preposition.
_ADDRESSED: frozenset[EventType] = frozenset({"CONSULT", "AGREE"})
# Force bears the name of those who use it: "police firing", "rebel attack".
_FORCE: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# What is done to one person bears the name of who undergoes it: "the senator's murder".
_OF_ONE = frozenset({"targeted", "abduct", "arrest"})


class Roles(Struct, frozen=True):
    """The participants of an event as mentions, the carrying verbs, and the stage that the words around tell."""

    actors: tuple[ActorMention, ...]
    recipients: tuple[ActorMention, ...]
    supports: tuple[Support, ...]
    stage: Stage | None
    evidence: tuple[Found, ...] = ()
    responsibility: Responsibility | None = None


class Casting:
    """Gives each trigger its participants."""

    def __init__(self, grammar: Grammar, mentions: MentionIndex) -> None:
        self.grammar = grammar
        self.parsed = grammar.parsed
        self.words = grammar.words
        self.mentions = mentions
        self.parties_of = Parties(grammar, mentions)
        self.concern = Concern(grammar, mentions, self.parties_of)

    def roles(self, found: Found) -> Roles:
        """Actors and recipients of a trigger."""
        carried: list[Support] = []
        stage: Stage | None = None
        if found.verb:
            actors, recipients = self._of_verb(found)
        else:
            actors, recipients, carried, stage = self._of_noun(found)
        if self._is_joint(found.entry, actors):
            actors, recipients = [*actors, *recipients], []
        actors = [*actors, *self._other_side(found, actors), *(self._through(found, carried) if actors else ())]
        actors = [token for token in actors if not self._is_mere_means(found, token)]
        named = self._whose_men(found, self.parties_of.of_all(actors))
        recipients = [token for token in recipients if not self._is_own(token, found)]
        if found.entry.site:
            recipients = [token for token in recipients if token.pos != "PROPN" or self.mentions.actor_at(token) is not None]
        undergoing = _others(self.parties_of.of_all(recipients, spoken=found.entry.kind in SPOKEN), named)
        if not undergoing and found.entry.kind in SPOKEN and not found.entry.mutual:
            undergoing = _others(self.concern.of_content(found, named), named)
        if not undergoing and found.entry.kind == "ASSAULT" and not found.entry.mutual:
            undergoing = _others(self.parties_of.of_all(self._aimed_at(found, carried)), named)
        if not undergoing and found.entry.kind == "AID":
            undergoing = _others(self._states(found, carried), named)
        if not undergoing and found.entry.kind == "PROTEST":
            undergoing = _others(self.concern.of_cause(found, carried), named)
        return Roles(named, undergoing, tuple(carried), found.entry.stage or stage)

    def parties(self, names: Iterable[str], slots: Slots, word: Token) -> tuple[ActorMention, ...]:
        """The mentions in the first of some slots of a word that has any."""
        return self.parties_of.of_all(self._first(names, slots, word))

    # ------------------------------------------------------------------------------------------------------------------ verbs

    def _of_verb(self, found: Found) -> tuple[list[Token], list[Token]]:
        entry = found.entry
        actors = self._first(entry.actor or ("subject",), found.slots, found.token)
        moved = entry.kind == "MOBILIZE" and entry.mode in {"troops", "weapons"}
        names = entry.recipient or (("against",) if moved else ("object", "against"))
        if entry.result and any(map(self.parties_of.is_deed, found.slots.subject)):  # "le bombardement a coûté la vie à dix civils"
            names = tuple(name for name in names if name != "subject")
        recipients = self._first(names, found.slots, found.token, spoken=entry.kind in SPOKEN)
        if not recipients and not entry.mutual:
            lower = self._lower(found.slots, force=entry.kind in _FORCE)
            beyond = ("against", "to") if entry.kind in _FORCE else tuple(name for name in entry.recipient if name in _GIVEN)
            recipients = self._first(beyond, lower, found.token, spoken=entry.kind in SPOKEN)
        if not recipients and found.last != found.token and found.last.pos == "VERB":
            recipients = self._aim(found.last)
        if self._is_joint(entry, actors):
            actors = [*actors, *(noun for name in _sides(entry.kind) for noun in self._fill(name, found.slots, found.token))]
        return actors, recipients

    def _is_joint(self, entry: Trigger, actors: list[Token]) -> bool:
        """Whether all who take part are actors: in fights, and where the text names no one who meets or signs with another."""
        return entry.mutual and (entry.kind not in _ADDRESSED or not self.parties_of.of_all(actors))

    def _is_own(self, token: Token, found: Found) -> bool:
        """Whether a word of the phrase itself looks like a party ("ont fait [[prisonniers]] dix hommes")."""
        inside = token != found.token and found.first.index <= token.index <= found.last.index
        return inside and self.mentions.is_party(token)

    def _aim(self, verb: Token) -> list[Token]:
        """Whom the last verb of a phrase is to hit ("prepared to attack [[the rebels]]"), or the one below it ("to resume shelling [[the rebels]]")."""
        below = (self.grammar.verb(clause) for clause in (verb, *self.parsed.children(verb, "xcomp")))
        return next((filled for slots in below if self.parties_of.of_all(filled := [*slots.object, *self._against(slots)])), [])

    def _against(self, slots: Slots) -> list[Token]:
        return [noun for preposition, noun in slots.obliques if preposition in self.words.against]

    def _lower(self, slots: Slots, *, force: bool) -> Slots:
        """The complements that the parser hung on the arguments of a verb ("ont repris la ville [[aux rebelles]]"), two levels down."""
        nouns = (*slots.object, *slots.subject, *(() if force else (noun for _, noun in slots.obliques)))
        pairs = [pair for noun in nouns for pair in self.grammar.obliques(noun)]
        pairs += [pair for _, noun in tuple(pairs) for pair in self.grammar.obliques(noun)]
        pairs += [pair for _, noun in slots.obliques for pair in self.grammar.obliques(noun) if force and self._faces(*pair)]
        return Slots(obliques=tuple(pair for pair in pairs if not force or self._is_armed(pair[1]) or self._faces(*pair)))

    def _faces(self, preposition: str, noun: Token) -> bool:
        """Whether a complement names people against whom something is done, or what they hold ("du chlore [[contre la population]]")."""
        return preposition == self.words.against[0] and (self.mentions.is_party(noun) or bool(self.parties_of.of_all([noun])))

    def _is_armed(self, noun: Token) -> bool:
        """Whether a noun names a force, or something that is said to be one's ("des dépôts [[du Hezbollah]]")."""
        if self.mentions.is_force(noun):
            return True
        owned = noun.lemma.lower() in self.words.vessels or noun.norm in self.words.vessels
        return owned and bool(self.parties_of.of_all([noun]))

    def _first(self, names: Iterable[str], slots: Slots, token: Token, *, spoken: bool = False) -> list[Token]:
        for name in names:
            filled = self._fill(name, slots, token)
            if self.parties_of.of_all(filled, spoken=spoken):
                return filled
        return []

    def _fill(self, name: str, slots: Slots, token: Token) -> list[Token]:
        if name == "subject":
            return list(slots.subject)
        if name == "object":
            return list(slots.object)
        if name == "self":
            return [token]
        if name == "adjective":
            return self.concern.modifiers(token)
        if name == "owner":
            return [owner for noun in slots.object for owner in self._owners(noun)]
        if name == "beside":
            return list(beside(self.grammar, token))
        group = self._group(name)
        return [noun for preposition, noun in slots.obliques if preposition in group and not self._is_backing(preposition, noun)]

    def _is_backing(self, preposition: str, noun: Token) -> bool:
        """Whether a complement says with whose help something is done ("avec l'[[appui]] de l'armée")."""
        return preposition in self.words.with_words and noun.lemma in self.words.patronage

    def _owners(self, noun: Token) -> list[Token]:
        """Whose a thing is, or who fired it ("un drone [[israélien]]", "des missiles tirés par [[les rebelles]]")."""
        of = [part for preposition, part in self.grammar.obliques(noun) if preposition in (*self.words.of, *self.words.agent)]
        fired = [part for clause in self.parsed.children(noun, "acl") for part in self.grammar.verb(clause).subject if part != noun]
        return [*self.concern.modifiers(noun), *of, *fired]

    def _group(self, name: str) -> tuple[str, ...]:
        groups = {
            "against": self.words.against, "between": self.words.between, "of": self.words.of, "to": self.words.to, "with": self.words.with_words,
            "agent": self.words.agent,
        }  # fmt: skip
        return groups.get(name, (name,))

    def _through(self, found: Found, carried: list[Support]) -> list[Token]:
        """Parties by whose hand the actor does it ("via Daech", "par terroristes interposés")."""
        verbs = [found.token, *(support.verb for support in carried)]
        head = self.parsed.head(found.token)
        if head is not None and found.token.dep == "xcomp":
            verbs.append(head)
        pairs = [pair for verb in verbs for pair in self.grammar.obliques(verb)]
        return [noun for preposition, noun in pairs if preposition in self.words.through and self.mentions.is_fighter(noun)]

    def _aimed_at(self, found: Found, carried: list[Support]) -> list[Token]:
        """What a clause beside an attack says that it hit ("a tiré des missiles, [[visant]] un convoi")."""
        for verb in (found.token, *(support.verb for support in carried)):
            for clause in self.parsed.children(verb, "advcl", "acl", "xcomp", "conj", "parataxis"):
                if clause.index > verb.index and clause.lemma in self.words.aiming and "VerbForm=Part" in clause.morph:
                    return list(self.grammar.verb(clause).object)
        return []

    def _whose_men(self, found: Found, actors: tuple[ActorMention, ...]) -> tuple[ActorMention, ...]:
        """Whose troops are moved, where nobody or only planes or lorries move them ("deux avions ont déplacé des troupes [[américaines]]")."""
        if found.entry.kind != "MOBILIZE" or found.entry.mode != "troops" or any(one.actor is not None for one in actors):
            return actors
        if self.are_means(actors):
            return tuple(one for one in self.parties_of.of_all(found.slots.object) if one.actor is not None) or actors
        return actors

    def _is_mere_means(self, found: Found, token: Token) -> bool:
        """Whether a noun only says what a deed was done with ("une attaque de [[drone]]", "tirs de chars")."""
        return not found.verb and self._is_means(token) and token.pos == "NOUN" and not self.parsed.children(token, "det", "amod", "nmod", "acl")

    def are_means(self, actors: tuple[ActorMention, ...]) -> bool:
        """Whether those named are only planes, drones or vehicles that are nobody's."""
        heads = [self.mentions.head_of(one) for one in actors if one.actor is None]
        return len(heads) == len(actors) and all(head is not None and self._is_means(head) for head in heads)

    def _is_means(self, token: Token) -> bool:
        return token.lemma.lower() in self._means or token.norm in self._means

    @cached_property
    def _means(self) -> frozenset[str]:
        return self.words.members("aircraft") | self.words.members("vehicle")

    def _states(self, found: Found, carried: list[Support]) -> list[ActorMention]:
        """The countries that help goes to."""
        every = (found.slots, *(support.slots for support in carried))
        pairs = [pair for slots in every for pair in (*slots.obliques, *self._lower(slots, force=False).obliques)]
        rulers = (self.parties_of.ruler(noun) for preposition, noun in pairs if preposition in self.words.to)
        return [ruler for ruler in rulers if ruler is not None]

    def _other_side(self, found: Found, actors: list[Token]) -> list[Token]:
        """Who fights the one side that a noun names: the subject of its clause ("après des [[combats]] contre l'armée, les rebelles …")."""
        if found.verb or not found.entry.mutual or found.entry.kind != "ASSAULT" or len(self.parties_of.of_all(actors)) != 1:
            return []
        against = (*self.words.against, *self.words.with_words)
        if not any(preposition in against for preposition, _ in self.grammar.obliques(found.token)) or not self.parsed.children(found.token, "case"):
            return []
        verb = next((above for above in self.parsed.ancestors(found.token) if above.pos == "VERB"), None)
        return list(self.grammar.grammatical_subject(verb)) if verb is not None else []

    # ------------------------------------------------------------------------------------------------------------------ nouns

    def _of_noun(self, found: Found) -> tuple[list[Token], list[Token], list[Support], Stage | None]:
        entry, noun = found.entry, found.token
        top, stage = carrier_of(self.grammar, noun)
        carried = list(supports(self.grammar, top))
        if any(key in self.words.failed for child in self.parsed.children(noun, "amod", "acl") for key in (child.lemma.lower(), child.norm)):
            stage = "attempted"
        slots = self._joined(found.slots, noun, top, carried)
        actors: list[Token] = []
        recipients: list[Token] = []
        for support in carried:
            actors += self._first(support.light.actor, support.slots, support.verb)
            actors += self._beyond(support.light.also, support)
            recipients += self._first(support.light.recipient, support.slots, support.verb)
            stage = support.light.stage or stage
        wanted = entry.recipient or ("against",)
        owned = self._undergoing_owner(noun, slots, entry) if "of" in wanted else []
        recipients = recipients or self._first(wanted, slots, noun, spoken=entry.kind in SPOKEN) or owned
        taken = {token.index for token in (*recipients, *owned)}
        agents = self._fill("agent", slots, noun)
        if not actors and self.parties_of.of_all(agents):
            actors = agents
            if not recipients and entry.kind in {"ASSAULT", "COERCE"} and not entry.mutual:
                recipients = self._fill("of", slots, noun) or self._of_agent(agents)
        names = entry.actor or tuple(name for name in ("adjective", "of", "between") if name not in wanted)
        hit = self._attacked(slots, noun) if entry.kind == "ASSAULT" and "of" in names and not entry.mutual else []
        recipients = recipients or [token for token in hit if self.parties_of.of_all([token])]
        taken.update(token.index for token in hit)
        if not actors:
            actors = [token for name in names for token in self._fill(name, slots, noun) if token.index not in taken]
            if top != noun:
                actors += [token for token in self.concern.modifiers(top) if token.index not in taken]
        if not actors and entry.kind in _FORCE:
            actors = [child for child in self.parsed.children(noun, "compound") if self.mentions.is_armed_noun(child) and child.index not in taken]
        if entry.mode == "withdraw" and "of" in entry.actor:  # "ordonné le retrait des troupes turques": those who withdraw act
            leaving = [token for token in self._fill("of", slots, noun) if self.mentions.is_named_force(token)]
            actors = leaving or actors
        if entry.mutual:
            others = _sides(entry.kind) if self._is_joint(entry, actors) else ()
            actors += [token for name in ("between", *others) for token in self._fill(name, slots, noun)]
        return actors, recipients, carried, stage

    def _attacked(self, slots: Slots, noun: Token) -> list[Token]:
        """The places and vehicles behind "of" that an attack was on ("l'attaque [[du convoi]]"); whoever stands there attacked."""
        found = self._fill("of", slots, noun)
        return [token for token in found if not {token.lemma.lower(), token.norm}.isdisjoint(self.words.members("attacked"))]

    def _of_agent(self, agents: list[Token]) -> list[Token]:
        """Who undergoes a deed, named behind who did it ("l'assassinat par un commando [[du chef rebelle]]"): a person by name, or whoever is no force."""
        pairs = [pair for agent in agents for pair in self.grammar.obliques(agent) if pair[0] in self.words.of]
        return [
            noun
            for _, noun in pairs
            if self.mentions.is_party(noun) and (self.parsed.children(noun, "appos", "flat:name") or not self.mentions.is_force(noun))
        ]

    def _beyond(self, names: tuple[str, ...], support: Support) -> list[Token]:
        """The parties in slots of a carrying verb, though the parser hung them on its object ("opposent l'armée [[aux rebelles]]")."""
        lower = [pair for noun in support.slots.object for pair in self.grammar.obliques(noun)]
        slots = Slots(obliques=(*support.slots.obliques, *lower))
        return [token for name in names for token in self._fill(name, slots, support.verb)]

    def _undergoing_owner(self, noun: Token, slots: Slots, entry: Trigger) -> list[Token]:
        """The possessive of a deed that somebody undergoes ("[[son]] arrestation", "the [[senator]]'s murder"), unless the noun says who else does."""
        if self._fill("of", slots, noun):
            return []
        possessing = self.parsed.children(noun)
        of_one = entry.mode in _OF_ONE and not any(preposition in self.words.of for preposition, _ in self.grammar.obliques(noun))
        named = [child for child in possessing if of_one and child.dep == "nmod:poss" and not self.mentions.is_force(child)]
        return named or [child for child in possessing if child.norm in self.words.possessives]

    def _joined(self, own: Slots, noun: Token, top: Token, carried: list[Support]) -> Slots:
        """The noun's complements with those of its carriers, among which the parser spreads them."""
        obliques = list(own.obliques)
        head = self.parsed.head(noun)
        if noun != top and head is not None:
            obliques += [pair for pair in self.grammar.obliques(head) if pair[1] != noun]
        for support in carried:
            obliques += [pair for pair in support.slots.obliques if pair[1] != noun and pair[0] not in self.words.of]
        if not any(preposition in self.words.against for preposition, _ in obliques):
            found = (self._later(word, self.words.against[:2]) for word in (noun, *(support.verb for support in carried)))
            obliques += next((pairs for pairs in found if pairs), [])
        for group in (self.words.agent, self.words.with_words):
            if not any(preposition in group for preposition, _ in obliques):
                obliques += self._later(noun, group)
        return Slots(obliques=tuple(obliques))

    def _later(self, noun: Token, prepositions: tuple[str, ...]) -> list[tuple[str, Token]]:
        """ "contre X" or "par X" that follows the noun within a few words and no verb between, wherever the parser hung it."""
        for token in self.parsed.tokens[noun.index + 1 : noun.index + 12]:
            if token.pos == "PUNCT" and token.norm not in {'"', "«", "»", "(", ")", "-"}:
                return []
            if prepositions == self.words.agent and (token.pos == "VERB" or token.dep == "acl"):
                return []
            if token.norm in prepositions and token.dep == "case":
                head = self.parsed.head(token)
                if head is not None:
                    return [(token.norm, part) for part in self.grammar.coordinated(head)]
        return []


def _sides(kind: EventType) -> tuple[str, ...]:
    """Where the other side of a mutual event stands: who cooperates against somebody does so with another."""
    return ("with",) if kind in SPOKEN else ("with", "against")


def _others(mentions: Iterable[ActorMention], acting: tuple[ActorMention, ...]) -> tuple[ActorMention, ...]:
    """Those who are not the acting party itself, under whatever words; a party that is named twice counts once."""
    known = {one.actor for one in acting if one.actor is not None}
    found: dict[str, ActorMention] = {}
    for one in mentions:
        if one not in acting and one.actor not in known:
            found.setdefault(one.actor or one.id, one)
    return tuple(found.values())
