"""How is a record read at a terminal? Tables of events and readings, and one event with its versions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from recoupe.model import Attribution, Claim, Dispute, Document, Event, Mention, Origin, Position, Positions, Problem, Reading

FIGURES = ("killed", "wounded", "captured", "missing", "displaced")
ATTRIBUTES = (*FIGURES, "date", "place", "actor", "recipient", "occurred", "label")
_WORDS = {"date": "day", "actor": "who did it", "recipient": "to whom", "occurred": "happened", "label": "called"}
_SURELY = {
    "CT+": "says it happened", "PR+": "says it probably happened", "PS+": "says it may have happened", "CT-": "says it did not happen",
    "PR-": "says it probably did not happen", "PS-": "says it may not have happened", "Uu": "leaves open whether it happened",
}  # fmt: skip


class Told(Struct, frozen=True):
    """A claim of an event with what is needed to print it: its document's text and its reading."""

    document: Document
    reading: Reading
    claim: Claim


def events_table(console: Console, events: Iterable[Event]) -> int:
    """Print one row an event; returns how many there were."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("event", "day", "what", "where", "who", "killed", "articles", "origins", "disputed"):
        table.add_column(title, justify="right" if title in {"articles", "origins"} else "left", no_wrap=title in {"event", "day"})
    for event in events:
        table.add_row(
            event.id[:8],
            interval(event.date_start, event.date_end),
            event.acled or event.type.lower(),
            escape(_where(event)),
            escape(_who(event)),
            " / ".join(bounds(position) for position in event.positions.killed),
            str(len(event.documents)),
            str(event.independent_origins),
            ", ".join(sorted({_WORDS.get(dispute.attribute, dispute.attribute) for dispute in event.disputes})),
        )
    if table.row_count:
        console.print(table)
    return table.row_count


def show_event(console: Console, event: Event, told: Sequence[Told]) -> None:
    """Print an event: what all agree on, its versions side by side, what is disputed, who repeats whom, and the words."""
    heading = Text(
        f"{event.acled or event.type.lower()} · {_where(event) or 'place unknown'} · {interval(event.date_start, event.date_end) or 'day unknown'}",
        "bold",
    )
    console.print(heading)
    articles, origins = len(event.documents), event.independent_origins
    console.print(f"event {event.id} · {event.type} · {_count(articles, 'article')} · {_count(origins, 'independent origin')}", style="dim")
    _versions(console, event)
    _disputes(console, event)
    _copies(console, event)
    _words(console, event, told)


def _versions(console: Console, event: Event) -> None:
    told_of = [name for name in ATTRIBUTES if getattr(event.positions, name) and name not in {"place", "date"}]
    disputed = {dispute.attribute for dispute in event.disputes}
    told_of += [name for name in ("date", "place") if name in disputed]
    table = Table(
        title="Who says what", title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0)
    )
    table.add_column("origin", overflow="fold")
    table.add_column("first said", no_wrap=True)
    table.add_column("carried by", justify="right")
    for name in told_of:
        mark = " ≠" if name in disputed else ""
        table.add_column(f"{_WORDS.get(name, name)}{mark}", overflow="fold")
    for origin in sorted(event.origins, key=lambda origin: (origin.first_said or "9", origin.name)):
        cells = [_said(getattr(event.positions, name), origin, name) for name in told_of]
        table.add_row(escape(origin.name), origin.first_said or "?", _count(len(origin.documents), "article"), *(escape(cell) for cell in cells))
    console.print()
    console.print(table)


def _said(positions: Sequence[Position], origin: Origin, attribute: str) -> str:
    return "; ".join(value(position, attribute) for position in positions if origin.name in position.origins)


def _disputes(console: Console, event: Event) -> None:
    if not event.disputes:
        return
    console.print()
    console.print("Disputed", style="bold")
    for dispute in event.disputes:
        console.print(f"  ≠ {_WORDS.get(dispute.attribute, dispute.attribute)}: {escape(_worded(event.positions, dispute))}", soft_wrap=False)
        console.print(f"    {escape(dispute.reason)}", style="dim")


def _worded(positions: Positions, dispute: Dispute) -> str:
    held: Sequence[Position] = getattr(positions, dispute.attribute)
    sides = []
    for index in dispute.positions:
        position = held[index]
        says = "says" if position.independent_origins == 1 else "say"
        sides.append(f"{_count(position.independent_origins, 'origin')} {says} {value(position, dispute.attribute)}")
    return ", ".join(sides)


def _copies(console: Console, event: Event) -> None:
    names = {reference.id: reference.outlet or reference.key for reference in event.documents}
    groups = [[names[identity] for identity in group if identity in names] for group in event.copies]
    groups = [group for group in groups if len(group) > 1]
    if groups:
        console.print()
        console.print("One text, counted once", style="bold")
        for group in groups:
            console.print("  " + escape(" = ".join(group)))


def _words(console: Console, event: Event, told: Sequence[Told]) -> None:
    console.print()
    console.print("In their words", style="bold")
    published = {reference.id: reference.published or "undated" for reference in event.documents}
    for each in sorted(told, key=lambda each: (published.get(each.document.info.id, "undated"), each.document.info.key, each.claim.trigger)):
        info, claim = each.document.info, each.claim
        voices = " → ".join((info.outlet or info.key, *chain_names(each)))
        console.print(f"  {published.get(info.id, 'undated')}  {escape(voices)}", style="cyan")
        console.print(f"    {_SURELY[claim.factuality]}", style="dim")
        sentence = Text("    " + " ".join(each.document.text[claim.sentence.start : claim.trigger.start].split()))
        before = each.document.text[claim.trigger.start - 1 : claim.trigger.start].isspace()
        sentence.append((" " if before else "") + each.document.text[claim.trigger.start : claim.trigger.end], "bold underline")
        rest = each.document.text[claim.trigger.end : claim.sentence.end]
        sentence.append((" " if rest[:1].isspace() else "") + " ".join(rest.split()))
        console.print(sentence)
        console.print(f"    {escape(info.key)} · characters {claim.sentence.start}–{claim.sentence.end}", style="dim")


def chain_names(told: Told) -> tuple[str, ...]:
    """The voices of a claim from the outlet's first source to its origin, by name or in the words of the text."""
    by_id = {attribution.id: attribution for attribution in told.reading.attributions}
    return tuple(source_name(by_id[identity], told.document.text) for identity in told.claim.chain if identity in by_id)


def source_name(attribution: Attribution, text: str) -> str:
    """A source's name, or else its words; "unnamed source" where the text leaves it open."""
    words = " ".join(" ".join(text[span.start : span.end].split()) for span in attribution.source)
    return attribution.source_name or words or "unnamed source"


def value(position: Position, attribute: str) -> str:
    """A position's value in words."""
    if attribute in FIGURES:
        return bounds(position)
    return position.value or "?"


def bounds(position: Position) -> str:
    """Bounds as they are read: `13`, `about 13`, `12–15`, `at least 13`, `at most 120`.

    >>> bounds(Position((), 0, (), low=13, high=None))
    'at least 13'
    """
    low, high = _number(position.low), _number(position.high)
    about = "about " if position.approximate else ""
    if low is None or high is None:
        return f"at least {low}" if low is not None else f"at most {high}" if high is not None else "?"
    return f"{about}{low}" if low == high else f"{about}{low}–{high}"


def interval(start: str | None, end: str | None) -> str:
    """A day, or the first and the last day of an interval.

    >>> interval("1937-04-26", "1937-04-27")
    '1937-04-26 – 1937-04-27'
    """
    if not start or not end:
        return start or end or ""
    return start if start == end else f"{start} – {end}"


def reading_summary(console: Console, document: Document, reading: Reading) -> None:
    """Print what one article says, a line a claim."""
    info = reading.document
    console.print(Text(info.title or info.key, "bold"))
    console.print(
        f"{escape(info.key)} · {escape(info.outlet or 'outlet unknown')} · {info.published.value or 'undated'} ({escape(info.published.evidence)})",
        style="dim",
    )
    mentions: Mapping[str, Mention] = {mention.id: mention for mention in reading.mentions}
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("what", "who", "to whom", "where", "when", "figures", "says", "how surely"):
        table.add_column(title, overflow="fold")
    for claim in reading.claims:
        told = Told(document, reading, claim)
        what = f"{claim.type.lower()}: {document.text[claim.trigger.start : claim.trigger.end]}"
        lists = (claim.actors, claim.recipients, claim.places)
        named = [", ".join(dict.fromkeys(_name(mentions[identity]) for identity in identities)) for identities in lists]
        counted = ", ".join(" ".join(mentions[identity].text.split()) for identity in claim.figures)
        voice = (chain_names(told) or ("the outlet",))[-1]
        when = interval(claim.date_start, claim.date_end)
        table.add_row(*(escape(cell) for cell in (what, *named, when, counted, voice, f"{claim.factuality} {claim.stage}")))
    if reading.claims:
        console.print(table)
    else:
        console.print("no event is told of", style="dim")
    console.print()


def problems_list(console: Console, problems: Sequence[Problem]) -> None:
    """Print what could not be read, and why."""
    for problem in problems:
        console.print(f"[yellow]problem[/] {escape(problem.document or '')} ({problem.stage}): {escape(problem.reason)}", soft_wrap=True)


def _name(mention: Mention) -> str:
    return str(getattr(mention, "name", None) or " ".join(mention.text.split()))


def _where(event: Event) -> str:
    if event.place is None:
        return ""
    return f"{event.place.name} ({event.place.country})" if event.place.country else event.place.name


def _who(event: Event) -> str:
    actors, recipients = ", ".join(event.actors[:3]), ", ".join(event.recipients[:3])
    return f"{actors} → {recipients}" if recipients else actors


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _number(number: float | None) -> str | None:
    if number is None:
        return None
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"
