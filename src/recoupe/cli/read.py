"""`recoupe read`: readings of articles, without a casebook."""

from __future__ import annotations

import rich_click as click

from recoupe.cli.console import messages, output, progress, write_json
from recoupe.cli.options import fields_option, json_option
from recoupe.cli.render import problems_list, reading_summary
from recoupe.ingest import Fields, read_items
from recoupe.model import Problem
from recoupe.pipeline import open_knowledge, read_all


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@fields_option
@json_option
def read(paths: tuple[str, ...], fields: Fields, as_json: bool) -> int:
    """Read articles and print what they say; nothing is stored.

    FILE is a text or HTML file, JSON Lines, a folder, a pattern, or - for standard input.
    """
    knowledge, problems = open_knowledge(), []
    console = output()
    with progress("reading", None) as advance:
        for found in read_all(read_items(paths, fields), knowledge):
            if isinstance(found, Problem):
                problems.append(found)
            elif as_json:
                write_json([found[1]])
            else:
                reading_summary(console, *found)
            advance()
    problems_list(messages(), problems)
    return 3 if problems else 0
