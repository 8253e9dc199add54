"""`recoupe places` and `recoupe actors`: what is known before reading."""

from __future__ import annotations

from pathlib import Path

import rich_click as click
from rich.markup import escape
from rich.table import Table

from recoupe.cli.console import messages, output, progress, progress_to, write_json
from recoupe.cli.options import json_option
from recoupe.cli.render import problems_list
from recoupe.knowledge.actors import import_actors, open_register
from recoupe.knowledge.places import STEPS, build_gazetteer, default_path, import_places, open_gazetteer


@click.group()
def places() -> None:
    """The gazetteer: build it, add to it, look a name up."""


@places.command("build")
@click.option("--fresh", is_flag=True, help="Leave out what was imported.")
def build_places(*, fresh: bool) -> int:
    """Build the gazetteer from the installed packages and our supplement; `make setup` does it. What was imported is kept."""
    path = default_path()
    with progress("building the gazetteer", len(STEPS)) as advance:
        report = build_gazetteer(path, lambda _step, _done, _steps: advance(1), fresh=fresh)
    counted = f"{sum(report.places.values()):,} places under {report.names:,} names"
    output().print(f"{path}: {counted}, {report.bytes / 1e6:.0f} MB, {report.seconds:.0f} s", soft_wrap=True)
    if report.carried:
        output().print(f"kept {report.carried_places:,} places imported from {', '.join(report.carried)}", soft_wrap=True)
    return 0


@places.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, path_type=Path))
def import_gazetteers(sources: tuple[Path, ...]) -> int:
    """Add the places of GeoNames country dumps or of Who's On First to the gazetteer.

    FILE is a dump of GeoNames (SY.zip, SY.txt), or data of Who's On First: a folder or archive of .geojson records, a SQLite distribution, a
    table. An import that was stopped goes on where it was; one that is done is not done again.
    """
    refused = 0
    for source in sources:
        with progress_to(f"importing {source.name}") as advance:
            report = import_places(default_path(), source, advance)
        if report.finished_before:
            output().print(f"{source}: imported before, nothing to do", soft_wrap=True)
            continue
        output().print(f"{source}: {report.added:,} added, {report.known:,} known already, {report.refused:,} refused", soft_wrap=True)
        for reason in report.reasons:
            messages().print(f"  {escape(reason)}", soft_wrap=True)
        if report.refused > len(report.reasons):
            messages().print(f"  and {report.refused - len(report.reasons):,} more")
        refused += report.refused
    return 3 if refused else 0


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
