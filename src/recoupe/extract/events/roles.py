"""Who acts and who undergoes? The slots of a trigger as mentions, with pronouns resolved and new mentions where none covers a participant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from recoupe.extract.events.antecedents import antecedent, owner
from recoupe.extract.events.grammar import Grammar, Slots
from recoupe.extract.events.mentions import MentionIndex
from recoupe.extract.events.senses import Found
from recoupe.extract.events.support import Support, carrier_of, supports
from recoupe.language.parsed import Token
from recoupe.model import ActorMention, EventType, Responsibility, Stage

_BESIDE = frozenset({"amod", "compound", "nmod", "flat:name", "flat", "appos", "obl:mod"})
_DEEPEST = 6  # levels of the tree in which what a protest is about names a party
_DESCRIBING = frozenset({"amod", "compound", "nmod", "conj", "nummod"})
# In these events one party addresses another, so that "accused Paris" has Paris for its recipient.
SPOKEN: frozenset[EventType] = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"}
)
_ACTS = frozenset({"nsubj", "nsubj:caus", "obl:agent"})
# Force bears the name of those who use it: "police firing", "rebel attack".
_FORCE: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_INSIDE = frozenset({"amod", "compound", "flat:name", "flat", "flat:foreign", "nmod", "fixed", "nummod"})


class Roles(Struct, frozen=True):
    """The participants of an event as mentions, the carrying verbs, and the stage that the words around tell."""

    actors: tuple[ActorMention, ...]
    recipients: tuple[ActorMention, ...]
    supports: tuple[Support, ...]
    stage: Stage | None
    evidence: tuple[Found, ...] = ()
    responsibility: Responsibility | None = None


class Casting:
    """Gives each trigger its participants; keeps one mention for each noun phrase that it had to add."""

    def __init__(self, grammar: Grammar, mentions: MentionIndex) -> None:
        self.grammar = grammar
        self.parsed = grammar.parsed
        self.words = grammar.words
        self.mentions = mentions
        self.added: dict[tuple[int, int], ActorMention] = {}

    def roles(self, found: Found) -> Roles:
        """Actors and recipients of a trigger."""
        carried: list[Support] = []
        stage: Stage | None = None
        if found.verb:
            actors, recipients = self._of_verb(found)
        else:
            actors, recipients, carried, stage = self._of_noun(found)
        if found.entry.mutual:
            actors, recipients = [*actors, *recipients], []
        named = self._mentions(actors)
        if found.entry.site:
            recipients = [token for token in recipients if token.pos != "PROPN" or self.mentions.actor_at(token) is not None]
        undergoing = _others(self._mentions(recipients, spoken=found.entry.kind in SPOKEN), named)
        if not undergoing and found.entry.kind in SPOKEN and not found.entry.mutual:
            undergoing = _others(self._of_content(found), named)
        if not undergoing and found.entry.kind == "PROTEST":
            undergoing = _others(self._of_cause(found, carried), named)
        return Roles(named, undergoing, tuple(carried), found.entry.stage or stage)

    def parties(self, names: Iterable[str], slots: Slots, word: Token) -> tuple[ActorMention, ...]:
        """The mentions in the first of some slots of a word that has any."""
        return self._mentions(self._first(names, slots, word))

    # ------------------------------------------------------------------------------------------------------------------ verbs

    def _of_verb(self, found: Found) -> tuple[list[Token], list[Token]]:
        entry = found.entry
        actors = self._first(entry.actor or ("subject",), found.slots, found.token)
        moved = entry.kind == "MOBILIZE" and entry.mode in {"troops", "weapons"}
        recipients = self._first(
            entry.recipient or (("against",) if moved else ("object", "against")), found.slots, found.token, spoken=entry.kind in SPOKEN
        )
        if entry.mutual:
            actors = [*actors, *self._fill("with", found.slots, found.token), *self._fill("against", found.slots, found.token)]
        return actors, recipients

    def _first(self, names: Iterable[str], slots: Slots, token: Token, *, spoken: bool = False) -> list[Token]:
        for name in names:
            filled = self._fill(name, slots, token)
            if self._mentions(filled, spoken=spoken):
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
            return self._modifiers(token)
        group = self._group(name)
        return [noun for preposition, noun in slots.obliques if preposition in group]

    def _group(self, name: str) -> tuple[str, ...]:
        groups = {
            "against": self.words.against, "between": self.words.between, "of": self.words.of, "to": self.words.to, "with": self.words.with_words,
            "agent": self.words.agent,
        }  # fmt: skip
        return groups.get(name, (name,))

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
            recipients += self._first(support.light.recipient, support.slots, support.verb)
            stage = support.light.stage or stage
        wanted = entry.recipient or ("against",)
        recipients = recipients or self._first(wanted, slots, noun, spoken=entry.kind in SPOKEN)
        taken = {token.index for token in recipients}
        names = entry.actor or tuple(name for name in ("agent", "adjective", "of", "between") if name not in wanted or name == "agent")
        if not actors:
            actors = [token for name in names for token in self._fill(name, slots, noun) if token.index not in taken]
            if top != noun:
                actors += [token for token in self._modifiers(top) if token.index not in taken]
        if not actors and entry.kind in _FORCE:
            actors = [child for child in self.parsed.children(noun, "compound") if self.mentions.is_armed_noun(child) and child.index not in taken]
        if entry.mutual:
            actors += [token for name in ("between", "with", "against") for token in self._fill(name, slots, noun)]
        return actors, recipients, carried, stage

    def _joined(self, own: Slots, noun: Token, top: Token, carried: list[Support]) -> Slots:
        """The noun's complements with those of its carriers, among which the parser spreads them."""
        obliques = list(own.obliques)
        head = self.parsed.head(noun)
        if noun != top and head is not None:
            obliques += [pair for pair in self.grammar.obliques(head) if pair[1] != noun]
        for support in carried:
            obliques += [pair for pair in support.slots.obliques if pair[1] != noun and pair[0] not in self.words.of]
        if not any(preposition in self.words.against for preposition, _ in obliques):
            obliques += self._later(noun, self.words.against[:2])
        if not any(preposition in self.words.agent for preposition, _ in obliques):
            obliques += self._later(noun, self.words.agent)
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

    def _modifiers(self, noun: Token) -> list[Token]:
        """Words before or beside a noun that name whose it is: "frappe américaine", "US strike", "Israel's raid", "leurs attaques"."""
        return [
            child
            for child in self.parsed.children(noun)
            if child.dep in {"nmod:poss", "poss"}
            or child.norm in self.words.possessives
            or (child.dep in _BESIDE and self.mentions.actor_at(child) is not None and not self.parsed.children(child, "case"))
        ]

    def _of_content(self, found: Found) -> tuple[ActorMention, ...]:
        """Whom a promise, demand, refusal or threat is about: the parties of the clause or noun that says what."""
        clauses = self.parsed.children(found.token, "xcomp", "ccomp", "acl", "advcl")
        for clause in [clause for clause in clauses if clause.index > found.token.index][:2]:
            slots = self.grammar.verb(clause)
            acting = self._mentions(slots.subject, spoken=True)
            mine = {mention.id for noun in found.slots.subject for mention in self.mentions_of(noun)}
            acting = tuple(one for one in acting if one.id not in mine)
            below = [*slots.object, *(noun for preposition, noun in slots.obliques if preposition in self._dealing)]
            deeper = [noun for part in slots.object for preposition, noun in self.grammar.obliques(part) if preposition in self._dealing]
            others = acting or self._mentions([*below, *deeper], spoken=True)
            if others:
                return others
        nouns = [noun for part in found.slots.object for preposition, noun in self.grammar.obliques(part) if preposition in self._dealing]
        owners = [noun for part in found.slots.object for noun in self._modifiers(part)]
        found_below = self._mentions([*owners, *nouns], spoken=True)
        if not found_below:
            mine = {mention.id for noun in found.slots.subject for mention in self.mentions_of(noun)}
            for top in found.slots.object:
                party = self._nearest_party(top)
                if party is not None and party.id not in mine:
                    return (party,)
        return found_below

    def _of_cause(self, found: Found, carried: list[Support]) -> tuple[ActorMention, ...]:
        """Whom a protest is against: the nearest party in what it demands or denounces ("[[Sweden]]'s decision", "the resignation of the president")."""
        verbs = (found.token, *(support.verb for support in carried), *list(self.parsed.ancestors(found.token))[:1])
        for word in dict.fromkeys(verbs):
            for child in self.parsed.children(word, "xcomp", "advcl", "acl", "ccomp", "obl", "nmod", "conj"):
                case = self.parsed.children(child, "case")
                against = bool(case) and case[0].norm in self.words.against
                if child.index > found.token.index and (against or child.lemma.lower() in self.words.demanding):
                    party = self._nearest_party(child)
                    if party is not None:
                        return (party,)
        return ()

    def _nearest_party(self, top: Token) -> ActorMention | None:
        """The party that stands highest below a word, the earlier of two as high."""
        level = [top]
        for _ in range(_DEEPEST):
            level = [child for token in level for child in self.parsed.children(token)]
            for token in level:
                known = self.mentions.actor_at(token)
                if known is not None and known.id in self.mentions.given and not self.mentions.is_time(token):
                    return known
        return None

    @cached_property
    def _dealing(self) -> frozenset[str]:
        return frozenset((*self.words.to, *self.words.with_words, *self.words.against, *self.words.of, *self.words.origin))

    # --------------------------------------------------------------------------------------------------------------- mentions

    def _mentions(self, tokens: Iterable[Token], *, spoken: bool = False) -> tuple[ActorMention, ...]:
        found: dict[str, ActorMention] = {}
        for token in tokens:
            for mention in self.mentions_of(token, spoken=spoken):
                found.setdefault(mention.id, mention)
        return tuple(found.values())

    def mentions_of(self, token: Token, depth: int = 0, *, spoken: bool = False) -> Iterator[ActorMention]:
        """The actor mentions that a participant's word stands for; where words are exchanged (`spoken`), a place's name stands for its rulers."""
        if self.mentions.is_time(token):
            return
        if token.norm in self.words.possessives:
            whose = owner(self.grammar, self.mentions, token)
            if whose is not None and depth < 3:
                yield from self.mentions_of(whose, depth + 1)
            return
        if self._stands_for_another(token):
            meant = antecedent(self.grammar, self.mentions, token)
            if meant is not None and depth < 3:
                yield from self.mentions_of(meant, depth + 1)
            return
        known = self.mentions.actor_at(token)
        if known is not None:
            yield known
            yield from self._joined_by_adjective(token, known)
            yield from self._owned_beside(token, known, depth)
            return
        inside = list(self._inside(token))
        if inside and not self.mentions.is_party(token):
            yield from inside
        elif self._is_participant(token) or (spoken and self.mentions.is_metonym(token) and token.pos == "PROPN"):
            yield self._add(token)
        elif inside:
            yield from inside

    def _stands_for_another(self, token: Token) -> bool:
        if token.pos == "PRON":
            return token.norm in self.words.pronouns
        return token.pos in {"ADJ", "NOUN"} and token.lemma.lower() in self.words.anaphoric and not self.parsed.children(token, "nmod")

    def _joined_by_adjective(self, token: Token, known: ActorMention) -> Iterator[ActorMention]:
        """The other party of a noun with two adjectives: "forces syriennes et [[russes]]", "[[U.S.]] and Russian negotiators"."""
        inside = self.parsed.tokens_in(known.start, known.end)
        for joint, beyond in ((inside[0].index - 1, inside[0].index - 2), (inside[-1].index + 1, inside[-1].index + 2)):
            if beyond < 0 or beyond >= len(self.parsed.tokens) or self.parsed.tokens[joint].pos != "CCONJ":
                continue
            adjective = self.parsed.tokens[beyond]
            other = self.mentions.actor_at(adjective)
            above = [adjective, *list(self.parsed.ancestors(adjective))[:2]]
            if other is not None and other != known and adjective.dep in _DESCRIBING and token in above:
                yield other

    def _owned_beside(self, token: Token, known: ActorMention, depth: int) -> Iterator[ActorMention]:
        """The other owners of what merely belongs to parties: "les positions de l'armée et de la Résistance"."""
        if depth > 0 or not {token.lemma.lower(), token.norm} & {*self.words.vessels}:
            return
        for preposition, noun in self.grammar.obliques(token):
            if preposition in self.words.of and self.parsed.tokens[noun.head] != token and not known.start <= noun.start < known.end:
                yield from self.mentions_of(noun, depth + 1)

    def _inside(self, token: Token) -> Iterator[ActorMention]:
        """The mentions below a noun that merely belongs to a party: "les missiles des Hachd", "les positions de l'armée"."""
        for child in self.parsed.children(token):
            case = self.parsed.children(child, "case")
            if case and case[0].norm not in self.words.of and child.dep != "nmod:poss":
                continue
            if child.dep in _INSIDE or child.dep in {"appos", "nmod:poss", "obl:mod", "obl:arg"} or (case and child.dep == "obl"):
                for part in self.grammar.coordinated(child):
                    known = self.mentions.actor_at(part)
                    if known is not None:
                        yield known
                    elif case and depth_limited(self.parsed.children(part)):
                        yield from self._inside(part)
            elif child.norm in self.words.possessives:
                whose = owner(self.grammar, self.mentions, child)
                known = self.mentions.actor_at(whose) if whose is not None else None
                if known is not None:
                    yield known

    def _is_participant(self, token: Token) -> bool:
        if self.mentions.is_party(token):
            return True
        if token.pos != "PROPN":
            return False
        above = self.parsed.tokens[token.head] if token.dep == "conj" else token
        return above.dep in _ACTS or (self.mentions.place_at(token) is None and not self.mentions.is_place_like(token))

    def _add(self, head: Token) -> ActorMention:
        first, last = head.index, head.index
        for child in self.parsed.children(head):
            if (child.dep in _INSIDE or child.dep == "nmod:poss") and self._belongs(child):
                below = self.parsed.subtree(child)
                if len(below) <= 6 and not self.mentions.is_time(child) and all(part.pos != "PUNCT" or part.norm == "-" for part in below):
                    if below[0].index < first and child.index < head.index:
                        first = below[0].index
                    elif below[0].index == last + 1:
                        last = below[-1].index
        start, end = self.parsed.tokens[first].start, self.parsed.tokens[last].end
        if (start, end) not in self.added:
            text = self.parsed.text[start:end]
            self.added[start, end] = ActorMention(f"actor:{start}-{end}", start, end, text, None, text)
        return self.added[start, end]

    def _belongs(self, child: Token) -> bool:
        """Whether a noun below another is part of its name, and not one who acts or is aimed at beside it."""
        case = self.parsed.children(child, "case")
        return not case or case[0].norm not in (*self.words.agent, *self.words.against)


def _others(mentions: Iterable[ActorMention], acting: tuple[ActorMention, ...]) -> tuple[ActorMention, ...]:
    """Those who are not the acting party itself, under whatever words."""
    known = {one.actor for one in acting if one.actor is not None}
    return tuple(one for one in mentions if one not in acting and one.actor not in known)


def depth_limited(children: tuple[Token, ...]) -> bool:
    """Whether a noun is small enough to look into for the party it belongs to."""
    return 0 < len(children) <= 8
