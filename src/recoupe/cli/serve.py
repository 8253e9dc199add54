"""`recoupe serve`: the workbench in a browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import rich_click as click

from recoupe.casebook import open_casebook
from recoupe.cli.console import output
from recoupe.cli.options import casebook_option


@click.command()
@casebook_option
@click.option("--port", type=click.IntRange(0, 65_535), default=8700, show_default=True, help="The port; 0 takes one that is free.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen at; any but this machine's own asks visitors for a token."
)
@click.option("--browser", is_flag=True, help="Open the page in the browser.")
def serve(casebook_path: Path, port: int, host: str, browser: bool) -> int:
    """Open the workbench: a local page to see the record, check it and correct it. Ctrl-C ends it."""
    from recoupe.web import serve as serve_pages

    with open_casebook(casebook_path):
        pass  # made, or refused with a reason, before anything is served

    def started(address: str) -> None:
        output().print(f"{casebook_path}: {address}", soft_wrap=True)
        if host != "127.0.0.1":
            output().print("every visitor needs the token of this address; whoever has it can read and write the casebook", style="yellow")
        if browser:
            webbrowser.open(address)

    serve_pages(casebook_path, host, port, started)
    return 0
