"""The words of command.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done in part (some documents became Problems), 130 interrupted.
"""

from __future__ import annotations

import os
import sys

import rich_click as click

from rich.markup import escape

from recoupe import __version__
from recoupe.cli.casebooks import add, check, doctor, export
from recoupe.cli.console import messages
from recoupe.cli.demo import demo
from recoupe.cli.events import events, explain, review, search, show
from recoupe.cli.knowledge import actors, places
from recoupe.cli.read import read
from recoupe.errors import RecoupeError

FAILED, WRONG_USE, PARTLY, INTERRUPTED = 1, 2, 3, 130

click.rich_click.COMMAND_GROUPS = {
    "recoupe": [
        {"name": "Begin", "commands": ["demo", "doctor"]},
        {"name": "Read", "commands": ["read", "add"]},
        {"name": "Cross-check", "commands": ["check", "events", "show", "explain", "review", "search"]},
        {"name": "Take away", "commands": ["export"]},
        {"name": "Knowledge", "commands": ["places", "actors"]},
    ]
}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="recoupe")
def recoupe() -> None:
    """Read conflict news and keep a record of what it says happened, who says it, how surely, and who says otherwise."""


for command in (demo, doctor, read, add, check, events, show, explain, review, search, export, places, actors):
    recoupe.add_command(command)


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
