"""`recoupe demo`: the bundled sample, read and cross-checked."""

from __future__ import annotations

import tempfile
from importlib import resources
from pathlib import Path

import rich_click as click

from recoupe.casebook import EventFilter, open_casebook
from recoupe.cli.casebooks import add_to, check_in
from recoupe.cli.console import output
from recoupe.cli.events import print_event
from recoupe.cli.render import events_table
from recoupe.ingest import Fields

SHOWN = 8  # events of the demo's table


@click.command()
@click.option("--keep", "kept", type=click.Path(dir_okay=False, path_type=Path), help="Keep the casebook of the demo in this file.")
def demo(kept: Path | None) -> int:
    """Read the bundled sample (the bombing of Guernica, 1937, as both sides told it) and show what it is for."""
    console = output()
    with tempfile.TemporaryDirectory() as folder, resources.as_file(resources.files("recoupe") / "sample") as sample:
        place = kept or Path(folder) / "demo.casebook"
        console.print(f"Twelve dispatches on one event, retold for this project: {sample}")
        code = add_to(place, (str(sample),), Fields())
        check_in(place)
        with open_casebook(place, create=False) as casebook:
            weightiest = tuple(casebook.events(EventFilter(limit=SHOWN, order="weight")))
            console.print(f"\n[bold]$ recoupe events --order weight --limit {SHOWN}[/]\n")
            events_table(console, weightiest)
            if weightiest:
                console.print(f"\n[bold]$ recoupe show {weightiest[0].id[:8]}[/]\n")
                print_event(console, casebook, weightiest[0])
    console.print("\nNow with articles of your own:  recoupe add FOLDER && recoupe check && recoupe events,  or in a browser:  recoupe serve")
    return code
