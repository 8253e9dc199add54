"""What is promised or threatened? An announcement of harm is a threat, and the harm gives the threat its mode."""

from __future__ import annotations

import msgspec

from recoupe.extract.events.grammar import Grammar
from recoupe.extract.events.roles import Roles
from recoupe.extract.events.senses import Found
from recoupe.language.parsed import Sentence
from recoupe.language.triggers import Trigger

Part = tuple[Found, Roles, Sentence]

_BY_TYPE = {"ASSAULT": "violence", "SANCTION": "relations", "COERCE": "restrict", "MOBILIZE": "violence"}
_BY_MODE = {"arrest": "arrest", "deport": "expel", "expel": "relations", "seize": "territory", "troops": "violence"}


def with_contents(grammar: Grammar, cast: list[Part]) -> list[Part]:
    """The events with promises of harm turned to threats, and threats given the mode of what they announce (PLOVER 2024: the mode is the content)."""
    return [_with_content(grammar, part, cast) for part in cast]


def _with_content(grammar: Grammar, part: Part, cast: list[Part]) -> Part:
    found, roles, sentence = part
    entry = found.entry
    if entry.kind not in {"AGREE", "THREATEN"} or entry.mode is not None or not found.verb:
        return part
    below = set()
    for governor in (found.token, found.last):
        for clause in grammar.parsed.children(governor, "xcomp", "ccomp", "obj"):
            below |= {clause.index, *(part.index for part in grammar.parsed.children(clause, "obj", "conj", "xcomp"))}
    harm = next((other[0].entry for other in cast if other[0].token.index in below and other[2] == sentence), None)
    if harm is None or harm.kind not in _BY_TYPE or not _announces(entry, harm):
        return part
    mode = _BY_MODE.get(harm.mode or "", _BY_TYPE[harm.kind])
    return msgspec.structs.replace(found, entry=msgspec.structs.replace(entry, type="THREATEN", mode=mode)), roles, sentence


def _announces(entry: Trigger, harm: Trigger) -> bool:
    return entry.kind == "THREATEN" or (entry.acled is None and not entry.mutual and harm.kind != "MOBILIZE")
