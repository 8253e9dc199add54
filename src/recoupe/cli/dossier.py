"""`recoupe dossier`: events as one HTML file to read, print and keep."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import rich_click as click

from recoupe.casebook import open_casebook
from recoupe.cli.console import output
from recoupe.cli.options import casebook_option
from recoupe.errors import ExportError
from recoupe.model import Language


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="ID…")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@casebook_option
@click.option("--language", type=click.Choice(get_args(Language)), default="fr", show_default=True, help="The language of the dossier's own words.")
@click.option("--force", is_flag=True, help="Replace a file of this name that is there already.")
def dossier(names: tuple[str, ...], file: Path, casebook_path: Path, language: Language, force: bool) -> int:
    """Write one event or several into an HTML file that needs nothing else: versions, disputes, quotations, articles. ID may be the beginning of one."""
    from recoupe.web.dossier import dossier as written

    if file.exists() and not force:
        raise ExportError(f"{file}: is there already: name another file, or give --force to replace it")
    with open_casebook(casebook_path, create=False) as casebook:
        events = {event.id: event for event in (casebook.event(name) for name in names)}
        html = written(casebook, tuple(events.values()), language)
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        beside.write_text(html, encoding="utf-8", errors="replace")
        beside.replace(file)
    except OSError as error:
        raise ExportError(f"{file}: it could not be written ({error.strerror}): name another file, or free space; nothing is left there") from error
    finally:
        beside.unlink(missing_ok=True)
    output().print(str(file), soft_wrap=True)
    return 0
