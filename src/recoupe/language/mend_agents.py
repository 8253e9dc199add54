"""Whose agent is a noun with "par" or "by"? The nearest participle's that has none, never an infinitive's."""

from __future__ import annotations

from recoupe.language.mend_relations import PAST, Relations
from recoupe.language.parsed import Token


class Agents(Relations):
    """Mends the agents of passives."""

    def agents(self, verb: Token) -> None:
        """Hang the agents around one verb where they belong."""
        self._none_of_its_own(verb)
        self._of_the_passive_above(verb)
        self._behind_participle(verb)
        self._second_agent(verb)

    def participle_with_agent(self, token: Token) -> bool:
        """Whether a word that the tagger took for a noun is a participle, by the agent below it; it is made one ("la ville, [[assiégée]] par l'armée")."""
        plain = self.infinitive(token)
        if plain is None or not self.has(token.index, "obl:agent") or self.has(token.index, "det", "case"):
            return False
        if self.tokens[self.head(token.index)].pos not in {"NOUN", "PROPN"} or self.head(token.index) > token.index:
            return False
        self.verbs[token.index] = (plain, PAST)
        self.hang(token.index, self.head(token.index), "acl")
        return True

    def _none_of_its_own(self, verb: Token) -> None:
        """What a deed is aimed at is no agent of a participle on the way ("fait exploser une voiture piégée [[contre un barrage]]")."""
        for noun in list(self.children(verb.index, "obl:agent")) if self.dep(verb.index) == "acl" else ():
            if not any(case.norm in self.words.against for case in self.children(noun.index, "case")):
                continue
            above = next((index for index in list(self.above(verb.index))[1:] if self.is_verb(index)), None)
            if above is not None:
                self.hang(noun.index, above, "obl:mod")

    def _of_the_passive_above(self, verb: Token) -> None:
        """An active infinitive has no agent: it is the passive's above ("empêchés de quitter la ville [[par les jihadistes]]")."""
        above = self.tokens[self.head(verb.index)]
        if (
            "VerbForm=Inf" not in verb.morph
            or self.has(verb.index, "aux:pass")
            or verb.lemma in self.words.causative
            or above.lemma in self.words.causative
        ):
            return
        if above.index >= verb.index or not self._lacks_agent(above) or not self.has(above.index, "aux:pass"):
            return
        for agent in list(self.children(verb.index, "obl:agent")):
            self.hang(agent.index, above.index, "obl:agent")

    def _behind_participle(self, verb: Token) -> None:
        """An agent right behind a participle that has none is its own, whatever it hangs on ("tombés dans une embuscade tendue [[par des inconnus]]")."""
        if not self._lacks_agent(verb) or verb.index + 1 >= self.last or self.has(verb.index, "aux", "aux:tense"):
            return
        case = self.tokens[verb.index + 1]
        noun = self.head(case.index)
        if case.norm not in self.words.agent or self.dep(case.index) != "case" or noun in self.above(verb.index):
            return
        if self.dep(noun) in {"obl:agent", "obl", "obl:mod", "obl:arg", "nmod"} and self.head(noun) != verb.index:
            self.hang(noun, verb.index, "obl:agent")

    def _lacks_agent(self, verb: Token) -> bool:
        """Whether a word is a participle of the past and names nobody by whom."""
        return PAST in verb.morph and verb.lemma not in self.words.unaccusative and not self.has(verb.index, "obl:agent")

    def _second_agent(self, verb: Token) -> None:
        """Who is joined to the agent of a participle between commas is one too ("…, appuyées par l'aviation et leurs [[alliés]], ont pris …")."""
        noun = self.head(verb.index)
        if self.dep(verb.index) != "acl" or self.tokens[verb.index - 1].norm != ",":
            return
        agent = next((child for child in self.children(verb.index, "obl:agent", "obl") if child.index > verb.index), None)
        if agent is None or not any(case.norm in self.words.agent for case in self.children(agent.index, "case")):
            return
        for second in [*self.children(noun, "conj"), *self.children(verb.index, "conj")]:
            if second.pos not in {"NOUN", "PROPN"}:
                continue
            joint = next((child for child in self.children(second.index, "cc") if agent.index < child.index < second.index), None)
            if joint is not None and self._ends_at(agent.index, joint.index) and not self.has(second.index, "case"):
                self.hang(second.index, agent.index, "conj")

    def _ends_at(self, noun: int, end: int) -> bool:
        """Whether what a noun governs is all that stands up to a word."""
        return all(noun in self.above(index) for index in range(noun, end))
