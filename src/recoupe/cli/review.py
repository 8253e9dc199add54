"""`recoupe review`: what people decide, on single claims and on pairs."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, get_args

import msgspec
import rich_click as click
from msgspec import Struct
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from recoupe.casebook import Casebook, Doubt, QueueFilter, Waiting, open_casebook
from recoupe.casebook.coding import draft
from recoupe.casebook.form import filled, written
from recoupe.casebook.queue import MANY, QueueOrder, Readers
from recoupe.checking import explain as explain_claims
from recoupe.cli.console import output, write_json
from recoupe.cli.options import Day, casebook_option, json_option, reference
from recoupe.decision import Binding, Coding, Decision, Rejection, Verdict, corrected_fields
from recoupe.errors import CasebookError, InputError
from recoupe.model import ClaimRef, Document, EventType, Judgement, Reading, Review, Span

Command = TypeVar("Command", bound=Callable[..., Any])


class Next(Struct, frozen=True):
    """A claim of the queue as JSON: where it stands, its words, the draft, and why it is asked."""

    claim: ClaimRef
    weight: int
    doubt: int
    stake: int
    read_twice: bool
    key: str
    outlet: str | None
    published: str | None
    sentence: str
    trigger: str
    draft: Coding
    fields: dict[str, str]
    reasons: tuple[Doubt, ...]


class Logged(Struct, frozen=True):
    """A decision and what became of its claim since."""

    decision: Decision
    claim_now: Binding


def reviewer_option(command: Command) -> Command:
    """`--reviewer NAME`."""
    return click.option("--reviewer", default=getpass.getuser, help="Who decides; your user name if not given.")(command)


def note_option(command: Command) -> Command:
    """`--note TEXT`."""
    return click.option("--note", default="", help="Why.")(command)


@click.group()
def review() -> None:
    """Accept, correct or reject what was read, claim by claim; say which claims are of one event; see how far reviewers agree.

    Decisions are appended and never changed: a later one takes the place of an earlier, `undo` withdraws the last.
    CLAIM is DOCUMENT/CLAIM as `next` and `recoupe show` print it.
    """


# ------------------------------------------------------------------------------------------------------------------- the queue


@review.command("next")
@casebook_option
@json_option
@reviewer_option
@click.option("--type", "kind", type=click.Choice(get_args(EventType), case_sensitive=False), help="Claims of a type.")
@click.option("--outlet", help="Claims of articles of this outlet.")
@click.option("--since", type=Day(), help="Claims of this day or later.")
@click.option("--until", type=Day(), help="Claims of this day or earlier.")
@click.option("--actor", help="Claims with this actor, by name or id of the register.")
@click.option("--document", help="Claims of one document, by its id.")
@click.option(
    "--order",
    type=click.Choice(get_args(QueueOrder)),
    default="weight",
    show_default=True,
    help="What is doubtful and important, drawn, or as the text runs.",
)
@click.option(
    "--readers",
    type=click.Choice(get_args(Readers)),
    default="sample",
    show_default=True,
    help="Which claims that others decided come again: none, a fifth, or all.",
)
@click.option("--limit", type=click.IntRange(1), default=1, show_default=True, help="How many.")
def next_claims(
    casebook_path: Path, as_json: bool, reviewer: str, kind: EventType | None, outlet: str | None, since: str | None, until: str | None,
    actor: str | None, document: str | None, order: QueueOrder, readers: Readers, limit: int,
) -> int:  # fmt: skip
    """Show what you should look at next, and why; what others decided is not shown."""
    wanted = QueueFilter(kind, outlet, since, until, actor, document, order, readers)
    with open_casebook(casebook_path, create=False) as casebook:
        found = [_next(casebook, waiting) for waiting in casebook.waiting(reviewer, wanted, limit)]
        if as_json:
            write_json(found)
            return 0
        count = casebook.count_waiting(reviewer, wanted)
        for each in found:
            _print_next(output(), each)
        output().print(f"{count}{' or more' if count >= MANY else ''} claims wait for {escape(reviewer)}", soft_wrap=True)
    return 0


def _next(casebook: Casebook, waiting: Waiting) -> Next:
    document, reading, claim_draft, sentence = _opened(casebook, waiting.claim)
    text = document.text
    fields = {name: value for name, value in written(claim_draft, reading, text).items() if value}
    words = text[claim_draft.trigger.start : claim_draft.trigger.end]
    return Next(
        waiting.claim, waiting.weight, waiting.doubt, waiting.stake, waiting.read_twice, document.info.key, document.info.outlet,
        reading.document.published.value, " ".join(text[sentence.start : sentence.end].split()), words, claim_draft, fields, casebook.reasons(waiting.claim),
    )  # fmt: skip


def _opened(casebook: Casebook, claim: ClaimRef) -> tuple[Document, Reading, Coding, Span]:
    """The article of a claim, its reading, the claim as drafted, and its sentence."""
    document, reading = casebook.record(claim.document)
    found = next((each for each in reading.claims if each.id == claim.claim), None)
    if found is None:
        raise CasebookError(f"{casebook.path}: document {claim.document} has no claim {claim.claim!r}: `recoupe review next` names one")
    return document, reading, draft(found, reading, document.text), found.sentence


def _print_next(console: Console, each: Next) -> None:
    console.print(Text(f"{each.claim.document}/{each.claim.claim}", "bold"))
    console.print(Text(f"{each.outlet or each.key} · {each.published or 'undated'}", "dim"))
    sentence = Text(each.sentence)
    sentence.highlight_words([each.trigger], "bold underline")
    console.print(sentence)
    for name, value in each.fields.items():
        console.print(f"  {name:14} {escape(value)}", soft_wrap=True)
    for reason in each.reasons:
        console.print(f"  [dim]{reason.weight:>4}[/] {escape(reason.detail)}", soft_wrap=True)
    console.print()


# ----------------------------------------------------------------------------------------------------------------- single claims


@review.command()
@click.argument("claim", metavar="CLAIM")
@casebook_option
@json_option
@reviewer_option
@note_option
def accept(claim: str, casebook_path: Path, as_json: bool, reviewer: str, note: str) -> int:
    """Accept a claim as it was read."""
    return _decide(casebook_path, claim, "accepted", reviewer, note, as_json=as_json)


@review.command()
@click.argument("claim", metavar="CLAIM")
@click.option("--reason", type=click.Choice(get_args(Rejection)), required=True, help="Why it is no claim.")
@casebook_option
@json_option
@reviewer_option
@note_option
def reject(claim: str, reason: Rejection, casebook_path: Path, as_json: bool, reviewer: str, note: str) -> int:
    """Reject a claim, for a reason."""
    return _decide(casebook_path, claim, "rejected", reviewer, note, reason=reason, as_json=as_json)


def set_option(command: Command) -> Command:
    """`--set FIELD=VALUE`, several times."""
    return click.option(
        "--set", "fields", multiple=True, metavar="FIELD=VALUE", callback=_pairs,
        help='A field and its value, such as type=COERCE, actors="FDS; Hachd al-Chaabi", figures="killed 22-28" or date_start= (not said).',
    )(command)  # fmt: skip


def _pairs(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.BadParameter(f"{pair!r} is not FIELD=VALUE")
        found[name.strip()] = value
    return found


@review.command()
@click.argument("claim", metavar="CLAIM")
@set_option
@casebook_option
@json_option
@reviewer_option
@note_option
def correct(claim: str, fields: dict[str, str], casebook_path: Path, as_json: bool, reviewer: str, note: str) -> int:
    """Correct some fields of a claim; the others are accepted."""
    if not fields:
        raise click.UsageError("nothing to correct: give --set FIELD=VALUE, or accept the claim")
    return _decide(casebook_path, claim, "corrected", reviewer, note, fields=fields, as_json=as_json)


@review.command("note")
@click.argument("claim", metavar="CLAIM")
@click.argument("words", metavar="TEXT")
@casebook_option
@json_option
@reviewer_option
def make_note(claim: str, words: str, casebook_path: Path, as_json: bool, reviewer: str) -> int:
    """Write a note on a claim without deciding."""
    return _decide(casebook_path, claim, "noted", reviewer, words, as_json=as_json)


@review.command("add")
@click.argument("document", metavar="DOCUMENT")
@click.argument("place", metavar="START-END")
@click.argument("kind", metavar="TYPE", type=click.Choice(get_args(EventType), case_sensitive=False))
@set_option
@casebook_option
@json_option
@reviewer_option
@note_option
def add_missed(
    document: str, place: str, kind: EventType, fields: dict[str, str], casebook_path: Path, as_json: bool, reviewer: str, note: str
) -> int:
    """Add a claim that was missed: the document's id, the offsets of its trigger in the text, and its type."""
    with open_casebook(casebook_path, create=False) as casebook:
        stored, reading = casebook.record(document)
        coding = filled(Coding(kind, Span(0, 0)), {**fields, "trigger": place}, reading, stored.text)
        _said(casebook.add_claim(document, coding, reviewer, note=note), as_json=as_json)
    return 0


@review.command()
@casebook_option
@json_option
@reviewer_option
def undo(casebook_path: Path, as_json: bool, reviewer: str) -> int:
    """Withdraw your last decision; the one before it stands again."""
    with open_casebook(casebook_path, create=False) as casebook:
        undone = casebook.undo(reviewer)
    if undone is None:
        output().print(f"{escape(reviewer)} has no decision to undo", soft_wrap=True)
        return 1
    if as_json:
        write_json([undone])
    else:
        output().print(f"undone: {undone.verdict} {undone.document}/{undone.claim}", soft_wrap=True)
    return 0


def _decide(
    place: Path, name: str, verdict: Verdict, reviewer: str, note: str, *, as_json: bool, reason: Rejection | None = None,
    fields: Mapping[str, str] | None = None,
) -> int:  # fmt: skip
    claim = reference(name)
    with open_casebook(place, create=False) as casebook:
        coding = None
        if fields is not None:
            document, reading, read, _ = _opened(casebook, claim)
            coding = filled(read, fields, reading, document.text)
        _said(casebook.decide(claim, verdict, reviewer, coding=coding, reason=reason, note=note), as_json=as_json)
    return 0


def _said(decision: Decision, *, as_json: bool) -> None:
    if as_json:
        write_json([decision])
        return
    fields = corrected_fields(decision)
    what = f"{decision.verdict} ({', '.join(fields)})" if fields else f"{decision.verdict}{f' ({decision.reason})' if decision.reason else ''}"
    output().print(f"{what} {decision.document}/{decision.claim}, decision {decision.id}", soft_wrap=True)


# --------------------------------------------------------------------------------------------------------- looking back, agreement


@review.command()
@casebook_option
@json_option
@reviewer_option
@click.option("--everyone", is_flag=True, help="What everybody decided; who still has to decide should not look.")
@click.option("--document", help="Only what was decided on this document.")
def log(casebook_path: Path, as_json: bool, reviewer: str, everyone: bool, document: str | None) -> int:
    """List your decisions in their order, and what became of their claims since."""
    with open_casebook(casebook_path, create=False) as casebook:
        found = (Logged(decision, casebook.binding(decision)) for decision in casebook.decisions(None if everyone else reviewer, document))
        if as_json:
            write_json(found)
            return 0
        for each in found:
            made = each.decision
            since = {
                "stands": "",
                "changed": " — reads otherwise now",
                "retyped": " — of another type now",
                "gone": " — is no more",
                "superseded": " — its article has a newer version",
            }[each.claim_now]
            output().print(
                f"{made.decided_at[:19]} {escape(made.reviewer)} {made.verdict} {made.document}/{made.claim}{since}"
                f"{f': {escape(made.note)}' if made.note else ''}",
                soft_wrap=True,
            )  # fmt: skip
    return 0


@review.command("agreement")
@casebook_option
@json_option
@click.option("--between", "names", multiple=True, metavar="REVIEWER", help="Only these reviewers; give it several times.")
def show_agreement(casebook_path: Path, as_json: bool, names: tuple[str, ...]) -> int:
    """Say how far reviewers agree on claims that two or more decided (Krippendorff's alpha), and list where they differ."""
    from recoupe.casebook.agreement import agreement  # numpy takes a tenth of a second

    with open_casebook(casebook_path, create=False) as casebook:
        found = agreement(casebook.standings(), names)
    if as_json:
        write_json([found])
        return 0
    console, judged = output(), {each.field: each for each in found.program}
    head = f"{found.claims} claims read by two or more of {', '.join(found.reviewers) or 'nobody'}"
    table = Table("field", "level", "claims", "same", "alpha", "program right", "", title=head)
    for each in found.fields:
        same = "" if each.same is None else f"{each.same:.0%}"
        program = judged[each.field]
        right = f"{program.right} of {program.drafts}" if program.drafts else ""
        table.add_row(each.field, each.level, str(each.units), same, "" if each.alpha is None else f"{each.alpha:.3f}", right, each.why or "")
    console.print(table)
    for one in (*found.disagreements, *found.added):
        values = " | ".join(f"{said.reviewer}: {said.value or '—'}" for said in one.said)
        settled = " (settled since)" if one.settled else ""
        console.print(f"{one.claim.document}/{one.claim.claim} {one.field}: {escape(values)}{settled}", soft_wrap=True)
    return 0


@review.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@casebook_option
def take(files: tuple[Path, ...], casebook_path: Path) -> int:
    """Take over the decisions of another copy of the casebook, from the decisions.jsonl that it exported."""
    new = 0
    with open_casebook(casebook_path, create=False) as casebook:
        for file in files:
            new += casebook.keep_decisions(_decisions_in(file))
    output().print(f"{new} decisions taken over")
    return 0


def _decisions_in(file: Path) -> list[Decision]:
    decoder = msgspec.json.Decoder(Decision)
    found = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        try:
            found.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{file}, line {number}: no decision ({error}): take the decisions.jsonl of `recoupe export`") from error
    return found


# ------------------------------------------------------------------------------------------------------------------------ pairs


def _pair_command(judgement: Judgement) -> click.Command:
    @click.command(judgement, help=f"Decide that two claims are of {_EVENTS[judgement]}; later decisions undo earlier ones.")
    @click.argument("left", metavar="CLAIM")
    @click.argument("right", metavar="CLAIM")
    @casebook_option
    @reviewer_option
    @note_option
    def decide(left: str, right: str, casebook_path: Path, reviewer: str, note: str) -> int:
        with open_casebook(casebook_path, create=False) as casebook:
            one, other = reference(left), reference(right)
            explain_claims(casebook, one, other)  # raises where a claim is not there
            casebook.add_review(Review(one, other, judgement, reviewer, datetime.now(UTC).isoformat(timespec="seconds"), note))
        output().print("kept; `recoupe check` takes it into account")
        return 0

    return decide


_EVENTS: dict[Judgement, str] = {"same": "the same event", "different": "different events"}
for _judgement in _EVENTS:
    review.add_command(_pair_command(_judgement))
