"""`recoupe places` and `recoupe actors`: what is known before reading."""

from __future__ import annotations

from pathlib import Path

import rich_click as click
from rich.table import Table

from recoupe.cli.console import messages, output, progress, write_json
from recoupe.cli.options import json_option
from recoupe.cli.render import problems_list
from recoupe.knowledge.actors import import_actors, open_register
from recoupe.knowledge.places import build_gazetteer, default_path, open_gazetteer


@click.group()
def places() -> None:
    """The gazetteer: build it, add to it, look a name up."""


@places.command("build")
def build_places() -> int:
    """Build the gazetteer from the installed packages and our supplement; `make setup` does it."""
    path = default_path()
    with progress("building the gazetteer", 6) as advance:
        report = build_gazetteer(path, lambda _step, _done, _steps: advance(1))
    counted = f"{sum(report.places.values()):,} places under {report.names:,} names"
    output().print(f"{path}: {counted}, {report.bytes / 1e6:.0f} MB, {report.seconds:.0f} s", soft_wrap=True)
    return 0


@places.command("find")
@click.argument("name")
@json_option
def find_place(name: str, as_json: bool) -> int:
    """Print the places that a name may mean."""
    found = open_gazetteer().find(name)
    if as_json:
        write_json(found)
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("id", "name", "kind", "country", "latitude", "longitude", "± km", "population"):
        table.add_column(title)
    for entry in found:
        point = (f"{entry.latitude:.3f}", f"{entry.longitude:.3f}", f"{entry.precision_km:g}", f"{entry.population:,}" if entry.population else "")
        table.add_row(entry.id, entry.name, entry.kind, entry.country or "", *point)
    output().print(table if found else f"no place of the name {name!r}")
    return 0


@click.group()
def actors() -> None:
    """The register of actors: look a name up, add to it."""


@actors.command("find")
@click.argument("name")
@json_option
def find_actor(name: str, as_json: bool) -> int:
    """Print the actors that a name may mean."""
    found = open_register().find(name)
    if as_json:
        write_json(found)
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("id", "name", "kind", "country", "sector", "since", "until"):
        table.add_column(title)
    for entry in found:
        table.add_row(entry.id, entry.name, entry.kind, entry.country or "", entry.sector or "", entry.since or "", entry.until or "")
    output().print(table if found else f"no actor of the name {name!r}")
    return 0


@actors.command("import")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Keep them here; RECOUPE_ACTORS must then name it when articles are read."
)
def import_register(source: Path, folder: Path | None) -> int:
    """Add the actors of FILE to the register: a table of its own columns, OpenSanctions' targets.simple.csv, or a Wikidata query result.

    Rows that are wrong are told with their line, and the others kept: the exit code is then 3. The same file again replaces its rows.
    """
    done = import_actors(source, folder)
    left_out = f"{done.known} known already, {done.passed} no actors, {len(done.problems)} wrong"
    output().print(f"{done.kept_in or 'nothing kept'}: {len(done.entries)} actors; {left_out}", soft_wrap=True)
    problems_list(messages(), done.problems)
    return 3 if done.problems else 0
