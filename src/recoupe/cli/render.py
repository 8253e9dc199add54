"""How is a record read at a terminal? Tables of events and readings, and one event with its versions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from recoupe.crosscheck.estimates import Estimates
from recoupe.model import Attribution, Claim, Dispute, Document, Event, Mention, Origin, Position, Positions, Problem, Reading, Span, Toll

FIGURES = ("killed", "wounded", "captured", "missing", "displaced")
ATTRIBUTES = (*FIGURES, "date", "place", "actor", "recipient", "occurred", "label")
_WHAT = {
    "Shelling/artillery/missile attack": "shelling", "Remote explosive/landmine/IED": "explosive", "Looting/property destruction": "destruction",
    "Abduction/forced disappearance": "abduction", "Non-violent transfer of territory": "transfer", "Government regains territory": "regained",
    "Non-state actor overtakes territory": "overtaken", "Excessive force against protesters": "excessive force",
    "Headquarters or base established": "base", "Change to group/activity": "change", "Disrupted weapons use": "disrupted",
}  # fmt: skip
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
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    for title in ("event", "day", "what", "where", "who", "killed", "articles", "origins", "disputed"):
        number, whole = title in {"articles", "origins"}, title in {"event", "day"}
        table.add_column(title, justify="right" if number else "left", no_wrap=whole, min_width=len(title), overflow="fold" if whole else "ellipsis")
    for event in events:
        table.add_row(
            event.id[:8],
            short_interval(event.date_start, event.date_end),
            _WHAT.get(event.acled or "", event.acled or event.type.lower()),
            escape(_where(event)),
            escape(_who(event)),
            _some([bounds(position) for position in event.positions.killed], 4, " / "),
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
    told_of = [name for name in ATTRIBUTES if getattr(event.positions, name) and name not in {"place", "date", "label"}]
    disputed = {dispute.attribute for dispute in event.disputes}
    told_of += [name for name in ("date", "place", "label") if name in disputed]
    table = Table(
        title="Who says what", title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0)
    )
    table.add_column("origin", overflow="fold")
    table.add_column("first said", no_wrap=True)
    table.add_column("articles", justify="right")
    for name in told_of:
        mark = " ≠" if name in disputed else ""
        table.add_column(f"{_WORDS.get(name, name)}{mark}", overflow="fold")
    for origin in _by_origin(event.origins):
        cells = [_said(getattr(event.positions, name), origin, name) for name in told_of]
        name = f"  = {origin.name}" if origin.one_with else origin.name
        table.add_row(escape(name), origin.first_said or "?", str(len(origin.documents)), *(escape(cell) for cell in cells))
    console.print()
    console.print(table)
    if any(origin.one_with for origin in event.origins):
        console.print("= counted as one with the origin above: the same side, the same text, or a medium without its name", style="dim")


def _by_origin(origins: Sequence[Origin]) -> list[Origin]:
    """The origins by their first word, each followed by those that are counted as one with it."""
    ordered = sorted(origins, key=lambda origin: (origin.first_said or "9", origin.name))
    beside: dict[str, list[Origin]] = {}
    for origin in ordered:
        if origin.one_with:
            beside.setdefault(origin.one_with, []).append(origin)
    found: list[Origin] = []
    waiting = [origin for origin in reversed(ordered) if not origin.one_with]
    while waiting:
        found.append(waiting.pop())
        waiting.extend(reversed(beside.pop(found[-1].name, [])))
    return found


def _said(positions: Sequence[Position], origin: Origin, attribute: str) -> str:
    return "; ".join(value(position, attribute) for position in positions if origin.name in position.origins)


def _disputes(console: Console, event: Event) -> None:
    if not event.disputes:
        return
    console.print()
    console.print("Disputed", style="bold")
    for dispute in event.disputes:
        console.print(f"  ≠ {_WORDS.get(dispute.attribute, dispute.attribute)}: {escape(dispute.reason.partition(': ')[0])}")
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        for width in (2, None, None):
            table.add_column(overflow="fold", min_width=width)
        for held, names in _sides(event.positions, dispute):
            table.add_row("", escape(held), escape(names))
        console.print(table)


def _sides(positions: Positions, dispute: Dispute) -> Iterator[tuple[str, str]]:
    """Each side of a dispute and who holds it."""
    held: Sequence[Position] = getattr(positions, dispute.attribute)
    for side in dispute.sides or tuple((index,) for index in dispute.positions):
        names = dict.fromkeys(name for index in side for name in held[index].origins)
        yield " or ".join(value(held[index], dispute.attribute) for index in side), "; ".join(names)


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
    """Every passage once, with the claims that stand in it."""
    console.print()
    console.print("In their words", style="bold")
    published = {reference.id: reference.published or "undated" for reference in event.documents}
    passages: dict[tuple[str, Span], list[Told]] = {}
    for each in sorted(told, key=lambda each: (published[each.document.info.id], each.document.info.key, each.claim.trigger, each.claim.id)):
        passages.setdefault((each.document.info.id, each.claim.sentence), []).append(each)
    for (identity, sentence), inside in passages.items():
        info = inside[0].document.info
        console.print(f"  {published[identity]}  {escape(info.outlet or info.key)}", style="cyan")
        console.print(Padding(_passage(inside[0].document.text, sentence, [each.claim.trigger for each in inside]), (0, 0, 0, 4)))
        for said, claims in _by_voice(inside).items():
            refs = " ".join(f"{identity}/{each.claim.id}" for each in claims)
            console.print(f"    {escape(said)} · {escape(refs)}", style="dim", soft_wrap=True)
        console.print(f"    {escape(info.key)} · characters {sentence.start}–{sentence.end}", style="dim", soft_wrap=True)


def _by_voice(inside: Sequence[Told]) -> dict[str, list[Told]]:
    """The claims of a passage by who says them how surely."""
    found: dict[str, list[Told]] = {}
    for each in inside:
        voice = " → ".join(chain_names(each)) or "the outlet"
        found.setdefault(f"{voice} {_SURELY[each.claim.factuality]}", []).append(each)
    return found


def _passage(text: str, sentence: Span, triggers: Sequence[Span]) -> Text:
    """A sentence on one line, with its triggers marked."""
    found = Text(text[sentence.start : sentence.end].replace("\n", " "))
    for trigger in triggers:
        found.stylize("bold underline", trigger.start - sentence.start, trigger.end - sentence.start)
    return found


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


def print_estimates(console: Console, made: Estimates | None) -> None:
    """Print the readings of a death toll that ACLED and UCDP would make."""
    console.print()
    console.print("Death toll as others would code it", style="bold")
    if made is None:
        console.print("  nobody gives a number")
        return
    console.print(f"  ACLED, conservative: {_number(made.acled)}")
    console.print(f"  UCDP, low / best / high: {_number(made.ucdp_low)} / {_number(made.ucdp_best)} / {_number(made.ucdp_high)}")
    console.print(f"  from {_count(made.used, 'version')} of {made.given}: what each origin said last", style="dim")


def interval(start: str | None, end: str | None) -> str:
    """A day, or the first and the last day of an interval.

    >>> interval("1937-04-26", "1937-04-27")
    '1937-04-26 – 1937-04-27'
    """
    if not start or not end:
        return start or end or ""
    return start if start == end else f"{start} – {end}"


def short_interval(start: str | None, end: str | None) -> str:
    """A day or an interval as ISO 8601 shortens it.

    >>> short_interval("1937-04-26", "1937-04-27"), short_interval("1937-04-29", "1937-05-01")
    ('1937-04-26/27', '1937-04-29/05-01')
    """
    if not start or not end or start == end:
        return start or end or ""
    shared = 8 if start[:7] == end[:7] else 5 if start[:4] == end[:4] else 0
    return f"{start}/{end[shared:]}"


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
    if reading.toll is not None:
        console.print(f"in all: {_toll(reading.toll)}", style="dim")
    console.print()


def _toll(toll: Toll) -> str:
    counted = (("killed", toll.killed), ("wounded", toll.wounded))
    return ", ".join(f"{number} {name}" for name, number in counted if number is not None)


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
    actors, recipients = _some(event.actors, 2, ", "), _some(event.recipients, 2, ", ")
    return f"{actors} → {recipients}" if recipients else actors


def _some(names: Sequence[str], most: int, between: str) -> str:
    """The first names, and how many more there are."""
    return between.join(names[:most]) + (f" +{len(names) - most}" if len(names) > most else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _number(number: float | None) -> str | None:
    if number is None:
        return None
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"
