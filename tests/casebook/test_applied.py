"""A reading with people's decisions applied says what they said, and nothing else of it changes."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.casebook.test_form import DRAFT, READ, TEXT, codings

from recoupe.casebook.applied import RULE, applied
from recoupe.casebook.coding import draft
from recoupe.decision import Coding, Decision, Named, Verdict
from recoupe.model import Reading, Span

CLAIM = READ.claims[0]


def decision(verdict: Verdict, coding: Coding | None, claim: str = CLAIM.id) -> Decision:
    return Decision("0", READ.document.id, claim, Span(0, 1), "ASSAULT", verdict, "Anne", "", "", DRAFT, coding)


def test_what_is_accepted_or_not_decided_stays_byte_for_byte() -> None:
    assert applied(READ, TEXT, []) == READ
    assert applied(READ, TEXT, [decision("accepted", DRAFT)]) == READ
    assert applied(READ, TEXT, [], only_decided=True).claims == ()
    assert applied(READ, TEXT, [decision("accepted", DRAFT)], only_decided=True) == READ


def test_what_is_rejected_goes() -> None:
    found = applied(READ, TEXT, [decision("rejected", None)])
    assert (found.claims, found.mentions) == ((), READ.mentions)


def test_what_was_missed_or_is_read_no_more_is_there() -> None:
    found = applied(READ, TEXT, [decision("added", Coding("COERCE", Span(30, 33)), "COERCE:30-33")])
    assert [(claim.id, claim.rule) for claim in found.claims] == [(CLAIM.id, CLAIM.rule), ("COERCE:30-33", RULE)]
    assert TEXT[found.claims[1].sentence.start : found.claims[1].sentence.end].startswith("Des avions")
    gone = msgspec.structs.replace(READ, claims=())
    assert [claim.id for claim in applied(gone, TEXT, [decision("accepted", DRAFT)]).claims] == [CLAIM.id]


def test_a_voice_of_the_article_brings_its_chain_and_a_new_one_is_its_own() -> None:
    (said,) = READ.attributions
    known = applied(READ, TEXT, [decision("corrected", msgspec.structs.replace(DRAFT, factuality="PR+"))])
    assert (known.claims[0].voice, known.claims[0].chain, known.attributions) == (said.id, (said.id,), READ.attributions)
    other = applied(READ, TEXT, [decision("corrected", msgspec.structs.replace(DRAFT, voice=Named("Mola", None, Span(50, 53))))])
    (_, made) = other.attributions
    assert (made.source_name, other.claims[0].voice, other.claims[0].chain) == ("Mola", made.id, (made.id,))
    own = applied(READ, TEXT, [decision("corrected", msgspec.structs.replace(DRAFT, voice=None))])
    assert (own.claims[0].voice, own.claims[0].chain) == ("outlet", ())


@given(st.lists(codings, min_size=1, max_size=4))
def test_a_corrected_claim_reads_back_as_it_was_coded(made: list[Coding]) -> None:
    names = [CLAIM.id, *(f"ADDED:{number}" for number in range(1, len(made)))]
    found = applied(READ, TEXT, [decision("corrected", coding, name) for name, coding in zip(names, made, strict=True)])
    by_id = {claim.id: claim for claim in found.claims}
    for name, coding in zip(names, made, strict=True):
        read = draft(by_id[name], found, TEXT)
        for field in ("type", "mode", "trigger", "date_start", "date_end", "factuality", "stage"):
            assert getattr(read, field) == getattr(coding, field), field
        for field in ("actors", "recipients", "places"):
            assert [(each.name, each.id) for each in getattr(read, field)] == [(each.name, each.id) for each in getattr(coding, field)]
        assert [(each.measure, each.low, each.high) for each in read.figures] == [(each.measure, each.low, each.high) for each in coding.figures]
        assert (read.voice.name if read.voice else None) == (coding.voice.name if coding.voice else None)
    ids = [each.id for each in (*found.mentions, *found.attributions)]
    assert len(ids) == len(set(ids))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Reading) == found
