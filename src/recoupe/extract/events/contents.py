"""What is promised, threatened, asked or refused? An announcement of harm is a threat, one of yielding a concession; a demand has the mode of its content."""

from __future__ import annotations

import msgspec

from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.roles import Roles
from recoupe.extract.events.senses import Found
from recoupe.language.parsed import Sentence, Token
from recoupe.language.triggers import Trigger
from recoupe.model import EventType

Part = tuple[Found, Roles, Sentence]

_BY_TYPE = {"ASSAULT": "violence", "SANCTION": "relations", "COERCE": "restrict", "MOBILIZE": "violence"}
_BY_MODE = {"arrest": "arrest", "deport": "expel", "expel": "relations", "seize": "territory", "troops": "violence"}
_WANTED: dict[EventType, str] = {"RETREAT": "yield", "CONCEDE": "yield", "AID": "assist", "CONSULT": "meet"}
_SAID: frozenset[EventType] = frozenset({"AGREE", "THREATEN", "REQUEST", "REJECT"})
_TAKEN_UP: frozenset[EventType] = frozenset({"ACCUSE", "REQUEST", "AGREE", "REJECT", "SANCTION", "SUPPORT", "COERCE"})
# What yields ends a punishment; who refuses takes up what he is told; who cuts help or talks gives and holds none.
_ENDED: dict[EventType, frozenset[EventType]] = {
    "RETREAT": frozenset({"SANCTION", "COERCE"}),
    "CONCEDE": frozenset({"SANCTION", "COERCE"}),
    "REJECT": frozenset({"ACCUSE", "REQUEST"}),
    "SANCTION": frozenset({"AID", "COOPERATE", "CONSULT"}),
}
_CONTENT = ("xcomp", "ccomp", "obj", "obl:arg", "acl", "nmod", "dep")


def with_contents(grammar: Grammar, cast: list[Part]) -> list[Part]:
    """The events with promises of harm turned to threats and those of yielding to concessions, and threats, demands and refusals given the mode
    of what they are about (PLOVER 2024: the mode is the content)."""
    kept = [part for part in cast if not _is_taken_up(grammar, part, cast)]
    return [_with_content(grammar, part, kept) for part in kept]


def _is_taken_up(grammar: Grammar, part: Part, cast: list[Part]) -> bool:
    """Whether a noun only takes up what was said before ("rejette [[ces accusations]]"), or what is now undone ("a levé [[les sanctions]]")."""
    found, roles, sentence = part
    if found.verb:
        return False
    if found.entry.kind in _TAKEN_UP and any(child.norm in grammar.words.demonstrative for child in grammar.parsed.children(found.token, "det")):
        return True
    above = next((other[0].entry.kind for other in cast if other[2] == sentence and other[0].token.index == found.token.head), None)
    return above is not None and found.entry.kind in _ENDED.get(above, ()) and (above != "REJECT" or not roles.actors)


def _with_content(grammar: Grammar, part: Part, cast: list[Part]) -> Part:
    found, roles, sentence = part
    entry = found.entry
    if entry.kind not in _SAID or entry.mode is not None:
        return part
    below = _below(grammar, found)
    content = next((other[0].entry for other in cast if other[0].token.index in below and other[2] == sentence and other is not part), None)
    told = _told(found, content) if content is not None else None
    return (msgspec.structs.replace(found, entry=told), roles, sentence) if told is not None else part


def _below(grammar: Grammar, found: Found) -> frozenset[int]:
    """The words that say what is announced or wanted, behind the one that does."""
    below: set[int] = set()
    for governor in (found.token, found.last):
        for clause in grammar.parsed.children(governor, *_CONTENT):
            if clause.index > governor.index and _says_what(grammar, found, clause):
                below |= {clause.index, *(part.index for part in grammar.parsed.children(clause, "obj", "conj", "xcomp"))}
    return frozenset(below)


def _says_what(grammar: Grammar, found: Found, clause: Token) -> bool:
    """Whether a word below a noun is its complement and not what merely describes it ("le refus [[de négocier]]", not "un appel lancé")."""
    return found.verb or "VerbForm=Inf" in clause.morph or bool(grammar.parsed.children(clause, "case"))


def _told(found: Found, content: Trigger) -> Trigger | None:
    entry = found.entry
    if entry.kind in {"REQUEST", "REJECT"}:
        mode = _WANTED.get(content.kind)
        return msgspec.structs.replace(entry, mode=mode) if mode is not None else None
    if not found.verb:
        return None
    promised = entry.kind == "AGREE" and entry.acled is None and not entry.mutual
    # Readiness ("is willing to withdraw") is no promise yet.
    if promised and content.kind == "RETREAT" and found.last.pos != "ADJ":
        return msgspec.structs.replace(entry, type="CONCEDE")
    if content.kind not in _BY_TYPE or not (entry.kind == "THREATEN" or (promised and content.kind != "MOBILIZE")):
        return None
    mode = _BY_MODE.get(content.mode or "", _BY_TYPE[content.kind])
    return msgspec.structs.replace(entry, type="THREATEN", mode=mode)
