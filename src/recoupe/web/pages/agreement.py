"""How far do reviewers agree, and where do they differ, side by side?

A visitor who reviews too sees only what concerns claims that they have decided themselves; the disagreements on others are counted.
"""

from __future__ import annotations

from urllib.parse import quote

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from recoupe.casebook import Casebook, Standing, visible
from recoupe.casebook.agreement import Agreement, Disagreement, FieldAgreement, Judged, agreement
from recoupe.model import ClaimRef
from recoupe.web.desk import desk_of
from recoupe.web.query import read_queue
from recoupe.web.reviewer import named
from recoupe.web.view import language_of, render
from recoupe.web.wording import Wording, wording

MOST_SHOWN = 200  # disagreements on one page
MOST_JSON = 100  # claims of the queue in one answer


class Measured(Struct, frozen=True):
    """The agreement on one field, in words, and how often the program had it as reviewers have it."""

    label: str
    level: str
    units: int
    same: float | None
    alpha: float | None
    drafts: int
    right: int


class Side(Struct, frozen=True):
    """A claim on which reviewers differ: its words, where to review it, the field, and what each has."""

    words: str
    address: str
    label: str
    values: tuple[tuple[str, str, str], ...]
    settled: bool


class AgreementPage(Struct, frozen=True):
    """The page of the agreement."""

    reviewer: str
    reviewers: tuple[tuple[str, int], ...]
    claims: int
    fields: tuple[Measured, ...]
    differences: tuple[Side, ...]
    added: tuple[Side, ...]
    left: int
    hidden: int


def show_agreement(request: Request) -> Response:
    """Alpha for every field, and the disagreements."""
    say, reviewer = wording(language_of(request)), named(request)
    with desk_of(request).reading() as casebook:
        found, hidden = _seen(casebook.standings(), reviewer)
        words = _Words(casebook)
        page = AgreementPage(
            reviewer=reviewer,
            reviewers=tuple(casebook.reviewers().items()),
            claims=found.claims,
            fields=tuple(
                _measured(each, program, say) for each, program in zip(found.fields, found.program, strict=True) if each.units or program.drafts
            ),
            differences=tuple(_side(each, words, say) for each in found.disagreements[:MOST_SHOWN]),
            added=tuple(_side(each, words, say) for each in found.added[:MOST_SHOWN]),
            left=max(0, len(found.disagreements) - MOST_SHOWN) + max(0, len(found.added) - MOST_SHOWN),
            hidden=hidden,
        )
    return render(request, "agreement.html", page)


def agreement_json(request: Request) -> Response:
    """The agreement as `recoupe review agreement --json` prints it, of disagreements what the visitor may see."""
    with desk_of(request).reading() as casebook:
        found, _ = _seen(casebook.standings(), named(request))
    return _json(found)


def queue_json(request: Request) -> Response:
    """The claims that wait for the visitor, with the draft and the reasons: `{"reviewer", "claims"}`; nothing that others decided."""
    reviewer, wanted = named(request), read_queue(request.query_params)
    with desk_of(request).writing() as casebook:
        found = casebook.waiting(reviewer, wanted, MOST_JSON)
        rows = [{"waiting": each, "draft": casebook.draft(each.claim), "reasons": casebook.reasons(each.claim)} for each in found]
    return _json({"reviewer": reviewer, "claims": rows})


def _json(record: object) -> Response:
    return Response(msgspec.json.encode(record), media_type="application/json")


def _seen(standings: tuple[Standing, ...], reviewer: str) -> tuple[Agreement, int]:
    """The agreement as far as a visitor may see it, and how many disagreements are kept back; who gives no name does not review, and sees all."""
    everything = agreement(standings)
    if not reviewer:
        return everything, 0
    found = agreement(visible(standings, reviewer))
    return found, len(everything.disagreements) + len(everything.added) - len(found.disagreements) - len(found.added)


def _measured(each: FieldAgreement, program: Judged, say: Wording) -> Measured:
    return Measured(
        say(f"field.{each.field}"), say(f"review.level_{each.level}"), each.units, each.same, each.alpha, program.drafts, program.right
    )  # fmt: skip


class _Words:
    """The words of claims, each document opened once."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook
        self._texts: dict[str, str] = {}

    def __call__(self, claim: ClaimRef) -> str:
        """The words of the trigger, which the claim's name tells."""
        if claim.document not in self._texts:
            self._texts[claim.document] = self._casebook.document(claim.document).text
        start, _, end = claim.claim.partition(":")[2].partition(".")[0].partition("-")
        words = self._texts[claim.document][int(start) : int(end)] if start.isdecimal() and end.isdecimal() else claim.claim
        return " ".join(words.split())


def _side(each: Disagreement, words: _Words, say: Wording) -> Side:
    field = "type" if each.field == "added" else each.field
    values = tuple((said.reviewer, _shown(said.value, field, say), said.note) for said in each.said)
    return Side(
        words(each.claim),
        f"/review?claim={quote(f'{each.claim.document}/{each.claim.claim}', safe='/:')}",
        say(f"field.{field}"),
        values,
        each.settled,
    )


def _shown(value: str | None, field: str, say: Wording) -> str:
    if value is None:
        return "—"
    kind, colon, reason = value.partition(": ")
    if field == "claim":
        return f"{say('verdict.rejected')} : {say(f'rejection.{reason}')}" if colon else say("verdict.accepted")
    return say(f"{field}.{kind}") if say.has(f"{field}.{kind}") else value


ROUTES = (Route("/review/agreement", show_agreement), Route("/api/review/agreement", agreement_json), Route("/api/review/queue", queue_json))
