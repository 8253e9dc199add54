"""How does a person's decision on a claim come into the casebook, and how does it come out?

Decisions are only ever appended. One is bound to its claim by document, trigger and type, which together are the claim's id: it stays attached
when the document is read anew, and where the claim is no more, `binding` says so. Which decision of a reviewer stands is kept beside them, made
anew with each, so that the queue can leave out what is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b

import msgspec

from recoupe.casebook.coding import checked_coding, checked_note, checked_reviewer, draft
from recoupe.casebook.connection import Store
from recoupe.casebook.documents import load_document, load_reading, number_of
from recoupe.casebook.standing import Standing, deciding, fold
from recoupe.decision import Binding, Coding, Decision, Rejection, Verdict
from recoupe.errors import NotInCasebookError, ReviewError
from recoupe.model import Claim, ClaimRef, Reading, Span

_decision = msgspec.json.Decoder(Decision)


def decide(
    store: Store,
    claim: ClaimRef,
    verdict: Verdict,
    reviewer: str,
    *,
    coding: Coding | None = None,
    reason: Rejection | None = None,
    note: str = "",
) -> Decision:
    """Append a decision on a stored claim: "accepted", "corrected" (with the whole `coding`), "rejected" (with a `reason`) or "noted".

    A correction that changes nothing is an acceptance. Raises CasebookError where there is no such claim, ReviewError where it can't be kept.
    """
    document, reading = load_document(store, claim.document), load_reading(store, claim.document)
    found = _claim_of(reading, claim.claim)
    if found is None:
        raise NotInCasebookError(
            f"{store.path}: document {claim.document} has no claim {claim.claim!r} now: it may have been read anew; ask for the next one"
        )
    read = draft(found, reading, document.text)
    held = {"accepted": read, "corrected": checked_coding(coding or read, document.text, read)}.get(verdict)
    if verdict == "corrected" and held == read:
        verdict = "accepted"
    if (verdict == "rejected") != (reason is not None):
        raise ReviewError("a rejection, and only a rejection, has a reason: give one of those that the codebook lists")
    if verdict == "noted" and not note.strip():
        raise ReviewError("an empty note: write something, or go on without")
    if verdict in {"added", "withdrawn"}:
        raise ReviewError(f"a claim that is there can't be {verdict}")
    return _append(store, claim, found.trigger, found.type, verdict, reviewer, read, held, reason, note, None)


def draft_of(store: Store, claim: ClaimRef) -> Coding | None:
    """A claim as the program reads it now; None where it reads none of this name."""
    reading = load_reading(store, claim.document)
    found = _claim_of(reading, claim.claim)
    return None if found is None else draft(found, reading, load_document(store, claim.document).text)


def add_claim(store: Store, document: str, coding: Coding, reviewer: str, *, note: str = "") -> Decision:
    """Append a claim that the program missed; its trigger was selected in the text.

    Raises ReviewError when the program has a claim of this type on these words, or the coding can't be kept.
    """
    stored, reading = load_document(store, document), load_reading(store, document)
    held = checked_coding(coding, stored.text)
    name = claim_id(coding.type, coding.trigger)
    if _claim_of(reading, name) is not None:
        raise ReviewError(f"the program has this claim already ({name}): accept or correct it")
    return _append(store, ClaimRef(document, name), coding.trigger, coding.type, "added", reviewer, None, held, None, note, None)


def recode_added(store: Store, claim: ClaimRef, coding: Coding, reviewer: str, *, note: str = "") -> Decision:
    """Append another coding of a claim that this reviewer had added; it keeps its name."""
    stored = load_document(store, claim.document)
    held = checked_coding(coding, stored.text)
    mine = [each for each in of_claim(store, claim) if each.reviewer == checked_reviewer(reviewer) and each.decision is not None]
    if not mine or mine[0].decision is None or mine[0].decision.verdict != "added":
        raise ReviewError(f"{claim.claim}: you have not added this claim, or have withdrawn it")
    last = mine[0].decision
    return _append(store, claim, last.trigger, last.type, "added", reviewer, None, held, None, note, None)


def withdraw(store: Store, decision: str, reviewer: str) -> Decision:
    """Undo one decision of this reviewer by a later one; raises ReviewError when it is another's, or undone already."""
    with store.transaction():
        row = store.one("SELECT record FROM decision WHERE id = ?", (decision,))
        if row is None:
            raise ReviewError(f"there is no decision {decision[:20]!r}: `recoupe review log` lists them")
        undone = _decision.decode(row[0])
        if undone.reviewer != checked_reviewer(reviewer):
            raise ReviewError(f"decision {decision} is {undone.reviewer}'s: only who made a decision can undo it")
        if undone.verdict == "withdrawn" or store.one("SELECT 1 FROM decision WHERE withdraws = ?", (decision,)) is not None:
            raise ReviewError(f"decision {decision} is undone already: decide anew")
        claim = ClaimRef(undone.document, undone.claim)
        return _append(store, claim, undone.trigger, undone.type, "withdrawn", reviewer, undone.draft, None, None, "", decision)


def undo(store: Store, reviewer: str) -> Decision | None:
    """Undo the last decision of this reviewer that still stands; what was undone, or None when there is nothing to undo."""
    with store.transaction():
        for undone in latest(store, checked_reviewer(reviewer), 1):
            withdraw(store, undone.id, reviewer)
            return undone
    return None


def keep(store: Store, decisions: Iterable[Decision]) -> int:
    """Append decisions made in another copy of the casebook, leaving out those that are here already; how many were new.

    Raises ReviewError where the id of one is not that of its content.
    """
    new = 0
    with store.transaction():
        for decision in decisions:
            if _identity(decision) != decision.id:
                raise ReviewError(
                    f"decision {decision.id!r} of {decision.reviewer!r} was changed after it was made: take the file as it was exported"
                )
            if store.one("SELECT 1 FROM decision WHERE id = ?", (decision.id,)) is None:
                _insert(store, decision)
                new += 1
    return new


def load(store: Store, reviewer: str | None = None, document: str | None = None) -> Iterator[Decision]:
    """The decisions in the order in which they came, all or those of a reviewer or on a document."""
    asked = [("reviewer = ?", reviewer), ("document = ?", document)]
    condition = " AND ".join(["1", *(sql for sql, value in asked if value is not None)])
    values = [value for _, value in asked if value is not None]
    rows = store.rows(f"SELECT record FROM decision WHERE {condition} ORDER BY number", values)  # noqa: S608 - constants
    return (_decision.decode(record) for (record,) in rows)


def latest(store: Store, reviewer: str, most: int) -> tuple[Decision, ...]:
    """The last decisions of a reviewer that are not undone, the latest first."""
    sql = """SELECT record FROM decision AS made WHERE reviewer = ? AND verdict <> 'withdrawn'
             AND NOT EXISTS (SELECT 1 FROM decision WHERE withdraws = made.id) ORDER BY number DESC LIMIT ?"""
    return tuple(_decision.decode(record) for (record,) in store.rows(sql, (reviewer, most)))


def of_claim(store: Store, claim: ClaimRef) -> tuple[Standing, ...]:
    """Where every reviewer stands on one claim."""
    return fold(_on(store, claim))


def standings(store: Store) -> tuple[Standing, ...]:
    """Where every reviewer stands on every claim that was decided or noted."""
    return fold(load(store))


def reviewers(store: Store) -> dict[str, int]:
    """Every reviewer with the number of claims that they have decided, by name."""
    return dict(store.rows("SELECT reviewer, count(*) FROM standing GROUP BY reviewer ORDER BY reviewer"))


def binding(store: Store, decision: Decision) -> Binding:
    """What became of the claim of a decision: "stands", "changed" (fields read otherwise now), "retyped", "gone", or its article has a newer version."""
    document, reading = load_document(store, decision.document), load_reading(store, decision.document)
    if not store.value("SELECT current FROM document WHERE id = ?", (decision.document,)):
        return "superseded"
    found = _claim_of(reading, decision.claim)
    if found is None:
        return "retyped" if any(claim.trigger == decision.trigger for claim in reading.claims) else "gone"
    return "stands" if decision.draft in {None, draft(found, reading, document.text)} else "changed"


def claim_id(kind: str, trigger: Span) -> str:
    """The id that a claim of this type on these words has."""
    return f"{kind}:{trigger.start}-{trigger.end}"


def code_version(store: Store, document: str) -> str:
    """The version of the code that made the stored reading of a document."""
    found: str = store.value("SELECT code_version FROM document WHERE number = ?", (number_of(store, document),))
    return found


# ------------------------------------------------------------------------------------------------------------------- the steps


def _append(
    store: Store, claim: ClaimRef, trigger: Span, kind: str, verdict: Verdict, reviewer: str, read: Coding | None, held: Coding | None,
    reason: Rejection | None, note: str, withdraws: str | None,
) -> Decision:  # fmt: skip
    made = Decision(
        id="",
        document=claim.document,
        claim=claim.claim,
        trigger=trigger,
        type=kind,  # type: ignore[arg-type]
        verdict=verdict,
        reviewer=checked_reviewer(reviewer),
        decided_at=datetime.now(UTC).isoformat(timespec="microseconds"),
        code_version=code_version(store, claim.document),
        draft=read,
        coding=held,
        reason=reason,
        note=checked_note(note),
        withdraws=withdraws,
    )
    decision = msgspec.structs.replace(made, id=_identity(made))
    with store.transaction():
        _insert(store, decision)
    return decision


def _identity(decision: Decision) -> str:
    return blake2b(msgspec.json.encode(msgspec.structs.replace(decision, id="")), digest_size=8).hexdigest()


def _insert(store: Store, decision: Decision) -> None:
    number = store.run(
        "INSERT INTO decision (id, document, claim, reviewer, verdict, decided_at, withdraws, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (decision.id, decision.document, decision.claim, decision.reviewer, decision.verdict, decision.decided_at, decision.withdraws,
         msgspec.json.encode(decision)),
    )  # fmt: skip
    where = (decision.document, decision.claim, decision.reviewer)
    if decision.verdict == "withdrawn":
        mine = [each for each in _on(store, ClaimRef(decision.document, decision.claim)) if each.reviewer == decision.reviewer]
        undone = {each.withdraws for each in mine}
        last = deciding(each for each in mine if each.id not in undone)
        store.run("DELETE FROM standing WHERE document = ? AND claim = ? AND reviewer = ?", where)
        if last is not None:
            sql = "INSERT INTO standing (document, claim, reviewer, decision) SELECT ?, ?, ?, number FROM decision WHERE id = ?"
            store.run(sql, (*where, last.id))
    elif decision.verdict != "noted":
        store.run("INSERT OR REPLACE INTO standing (document, claim, reviewer, decision) VALUES (?, ?, ?, ?)", (*where, number))


def _on(store: Store, claim: ClaimRef) -> Iterator[Decision]:
    sql = "SELECT record FROM decision WHERE document = ? AND claim = ? ORDER BY number"
    return (_decision.decode(record) for (record,) in store.rows(sql, (claim.document, claim.claim)))


def _claim_of(reading: Reading, name: str) -> Claim | None:
    return next((claim for claim in reading.claims if claim.id == name), None)
