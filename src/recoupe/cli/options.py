"""Which options and arguments do several commands share?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import rich_click as click

from recoupe.errors import CasebookError
from recoupe.ingest import Fields
from recoupe.model import ClaimRef

Command = TypeVar("Command", bound=Callable[..., Any])
CASEBOOK = "RECOUPE_CASEBOOK"  # names the casebook where no option does
HERE = "recoupe.casebook"
_COLUMNS = ("text", "id", "title", "published", "outlet", "language", "url")


class Day(click.ParamType[str]):
    """A calendar day, ISO 8601."""

    name = "YYYY-MM-DD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day as it was written; fails where it is none."""
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no day: write it as 2018-11-11", param, ctx)


def casebook_option(command: Command) -> Command:
    """`--casebook FILE`."""
    return click.option(
        "--casebook", "casebook_path", type=click.Path(dir_okay=False, path_type=Path), default=_named_before, show_default=HERE,
        help="The casebook's file.",
    )(command)  # fmt: skip


def _named_before() -> Path:
    """The casebook that was named before the command, or by the environment; else one in this folder."""
    context = click.get_current_context(silent=True)
    return Path((context.find_root().params.get("casebook") if context is not None else None) or HERE)


def json_option(command: Command) -> Command:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")(command)


def fields_option(command: Command) -> Command:
    """`--field OURS=THEIRS`, several times, for JSON Lines with other column names; the command gets it as `fields`."""
    return click.option(
        "--field", "fields", multiple=True, metavar="OURS=THEIRS", callback=_fields,
        help=f"A column of JSON Lines that has another name, such as text=body; ours are {', '.join(_COLUMNS)}.",
    )(command)  # fmt: skip


def _fields(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> Fields:
    names: dict[str, str] = {}
    for pair in given:
        ours, equals, theirs = pair.partition("=")
        if not equals or ours not in _COLUMNS or not theirs:
            raise click.BadParameter(f"{pair!r} is not OURS=THEIRS with OURS one of {', '.join(_COLUMNS)}")
        names[ours] = theirs
    return Fields(**names)


def reference(written: str) -> ClaimRef:
    """The claim of a name as `show` prints it, DOCUMENT/CLAIM; raises CasebookError where it names none.

    >>> reference("0123abcd/ASSAULT:4-9").claim
    'ASSAULT:4-9'
    """
    document, slash, claim = written.partition("/")
    if not slash or not document or not claim:
        raise CasebookError(f"{written!r} names no claim: write DOCUMENT/CLAIM as `recoupe show` prints it")
    return ClaimRef(document, claim)
