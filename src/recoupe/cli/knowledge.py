"""`recoupe places` and `recoupe actors`: what is known before reading."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from recoupe.cli.console import messages, output
from recoupe.knowledge.places import build_gazetteer, default_path, import_places, open_gazetteer


@click.group()
def places() -> None:
    """The gazetteer: build it, add to it, look a name up."""


@click.group()
def actors() -> None:
    """The register of actors: look a name up, add to it."""
