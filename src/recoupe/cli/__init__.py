"""The words of command.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done in part (some documents became Problems), 130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import sys

import rich_click as click
from rich.markup import escape

from recoupe import __version__
from recoupe.cli.console import messages
from recoupe.cli.options import CASEBOOK
from recoupe.errors import RecoupeError

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130

_MODULES = {
    "demo": "demo", "doctor": "casebooks", "serve": "serve", "read": "read", "add": "casebooks", "check": "casebooks", "events": "events", "show": "events",
    "explain": "events", "review": "review", "search": "events", "export": "casebooks", "dossier": "dossier", "places": "knowledge", "actors": "knowledge",
    "basemap": "basemap",
}  # fmt: skip

click.rich_click.COMMAND_GROUPS = {
    "recoupe": [
        {"name": "Begin", "commands": ["demo", "doctor"]},
        {"name": "Work", "commands": ["serve"]},
        {"name": "Read", "commands": ["read", "add"]},
        {"name": "Cross-check", "commands": ["check", "events", "show", "explain", "review", "search"]},
        {"name": "Take away", "commands": ["export", "dossier"]},
        {"name": "Knowledge", "commands": ["places", "actors", "basemap"]},
    ]
}


class Commands(click.RichGroup):
    """A command's module is imported when the command is asked for, so that each starts as fast as it can."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None where there is none."""
        if cmd_name not in _MODULES:
            return None
        found: click.Command = getattr(importlib.import_module(f"recoupe.cli.{_MODULES[cmd_name]}"), cmd_name)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="recoupe")
@click.option("--casebook", type=click.Path(dir_okay=False), envvar=CASEBOOK, help="The casebook's file, for whichever command follows.")
def recoupe(casebook: str | None) -> None:
    """Read conflict news and keep a record of what it says happened, who says it, how surely, and who says otherwise."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = recoupe.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        messages().print("interrupted: what was stored stays; the same command again goes on from there")
        sys.exit(INTERRUPTED)
    except RecoupeError as error:
        messages().print(f"[red]error:[/] {escape(str(error))}", soft_wrap=True)
        sys.exit(FAILED)
    except BrokenPipeError:
        # Who reads our output has read enough ("recoupe events | head").
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
