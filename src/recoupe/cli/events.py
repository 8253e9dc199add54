"""`recoupe events`, `show`, `explain` and `search`: look into a casebook."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import rich_click as click
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from recoupe.casebook import Box, Casebook, Circle, EventFilter, Hit, Order, open_casebook
from recoupe.checking import explain as explain_claims
from recoupe.cli.console import output, write_json
from recoupe.cli.options import Day, casebook_option, json_option, reference
from recoupe.cli.render import Told, events_table, print_estimates, show_event
from recoupe.crosscheck.estimates import estimate
from recoupe.model import Event, EventType, Language


class Numbers(click.ParamType[tuple[float, ...]]):
    """Numbers with commas between them, as many as `names`."""

    def __init__(self, *names: str) -> None:
        self.names, self.name = names, ",".join(names).upper()

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        """The numbers; fails where there are others or not as many."""
        try:
            found = tuple(float(part) for part in value.split(","))
        except ValueError:
            found = ()
        if len(found) != len(self.names):
            self.fail(f"{value!r} is not {self.name}", param, ctx)
        return found


@click.command()
@casebook_option
@json_option
@click.option("--since", type=Day(), help="Events on this day or later.")
@click.option("--until", type=Day(), help="Events on this day or earlier.")
@click.option("--box", type=Numbers("south", "west", "north", "east"), help="Events inside a box, in degrees.")
@click.option("--near", type=Numbers("latitude", "longitude", "km"), help="Events within so many kilometres of a point.")
@click.option("--actor", help="Events with this actor, by name or id of the register.")
@click.option("--type", "kind", type=click.Choice(get_args(EventType), case_sensitive=False), help="Events of a type.")
@click.option("--outlet", help="Events that this outlet reports.")
@click.option("--language", type=click.Choice(get_args(Language)), help="Events with an article in this language.")
@click.option("--disputed", is_flag=True, help="Only events on which sources differ.")
@click.option("--origins", type=int, help="Events with at least so many independent origins.")
@click.option("--words", help="Events whose articles hold these words.")
@click.option("--order", type=click.Choice(get_args(Order)), default="day", show_default=True, help="The latest first, or those with most origins.")
@click.option("--limit", type=int, help="At most so many.")
def events(
    casebook_path: Path, as_json: bool, since: str | None, until: str | None, box: tuple[float, ...] | None, near: tuple[float, ...] | None,
    actor: str | None, kind: EventType | None, outlet: str | None, language: Language | None, disputed: bool, origins: int | None,
    words: str | None, order: Order, limit: int | None,
) -> int:  # fmt: skip
    """List events, a row each."""
    if box and near:
        raise click.UsageError("--box and --near exclude each other")
    area = Box(*box) if box else Circle(*near) if near else None
    wanted = EventFilter(
        since=since, until=until, area=area, actor=actor, type=kind, outlet=outlet, language=language, disputed=disputed,
        minimum_origins=origins, words=words, limit=limit, order=order,
    )  # fmt: skip
    with open_casebook(casebook_path, create=False) as casebook:
        if as_json:
            write_json(casebook.events(wanted))
        elif not events_table(output(), casebook.events(wanted)):
            unchecked = len(casebook.unchecked())
            output().print(f"no event; {unchecked} articles are not checked yet: run `recoupe check`" if unchecked else "no event answers this")
    return 0


@click.command()
@click.argument("name", metavar="ID")
@casebook_option
@json_option
@click.option("--estimates", is_flag=True, help="Add how ACLED (conservative) and UCDP (low, best, high) would read its death toll.")
def show(name: str, casebook_path: Path, as_json: bool, estimates: bool) -> int:
    """Show one event: its versions side by side, what is disputed, and the words. ID may be the beginning of one."""
    with open_casebook(casebook_path, create=False) as casebook:
        event = casebook.event(name)
        if as_json:
            write_json([event])
        else:
            print_event(output(), casebook, event)
    if estimates:
        made = estimate(event.positions.killed)
        if as_json:
            write_json([made] if made is not None else [])
        else:
            print_estimates(output(), made)
    return 0


def print_event(console: Console, casebook: Casebook, event: Event) -> None:
    """Print an event of a casebook with the words of its articles."""
    told: list[Told] = []
    for source in event.documents:
        document, reading = casebook.record(source.id)
        wanted = {ref.claim for ref in event.claims if ref.document == source.id}
        told.extend(Told(document, reading, claim) for claim in reading.claims if claim.id in wanted)
    show_event(console, event, told)


@click.command()
@click.argument("left", metavar="CLAIM")
@click.argument("right", metavar="CLAIM")
@casebook_option
@json_option
def explain(left: str, right: str, casebook_path: Path, as_json: bool) -> int:
    """Say why two claims are held to be of one event, or not. CLAIM is DOCUMENT/CLAIM as `show` prints it."""
    with open_casebook(casebook_path, create=False) as casebook:
        link = explain_claims(casebook, reference(left), reference(right))
    if as_json:
        write_json([link])
        return 0
    console = output()
    console.print(f"[bold]{'one event' if link.score > 0 else 'not one event'}[/], score {link.score:+.2f} (natural logarithm of the odds)")
    for reason in link.reasons:
        console.print(f"  {reason.weight:+7.2f}  {escape(reason.feature)}: {escape(reason.detail)}")
    return 0


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS")
@casebook_option
@json_option
@click.option("--language", type=click.Choice(get_args(Language)), help="Only articles in this language.")
@click.option("--limit", type=int, default=20, show_default=True, help="At most so many, the best first.")
def search(words: tuple[str, ...], casebook_path: Path, as_json: bool, language: Language | None, limit: int) -> int:
    """Search the articles: "words in quotes" are a phrase, -word excludes, word* is a beginning; accents don't matter."""
    with open_casebook(casebook_path, create=False) as casebook:
        hits = casebook.search(" ".join(words), limit, language)
        if as_json:
            write_json(hits)
            return 0
        console, found = output(), False
        for hit in hits:
            found = True
            _print_hit(console, hit)
        if not found:
            console.print("no article holds these words")
    return 0


def _print_hit(console: Console, hit: Hit) -> None:
    console.print(Text(hit.title or hit.key, "bold"))
    console.print(f"{escape(hit.outlet or 'outlet unknown')} · {hit.published or 'undated'} · {escape(hit.key)}", style="dim")
    excerpt = Text(hit.excerpt)
    for span in hit.found:
        excerpt.stylize("bold underline", span.start, span.end)
    console.print(Text(" ").join(excerpt.split()))
    console.print()
