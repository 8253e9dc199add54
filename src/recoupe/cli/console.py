"""Where does the program write? Records to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

import msgspec
from msgspec import Struct
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

PLAIN_WIDTH = 120  # columns of a table that goes to a file or a pipe


def output() -> Console:
    """The console on standard output."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PLAIN_WIDTH)


def messages() -> Console:
    """The console on standard error."""
    return Console(stderr=True, highlight=False)


def write_json(records: Iterable[Struct]) -> None:
    """One JSON object a line on standard output, UTF-8 whatever the terminal's encoding."""
    encoder = msgspec.json.Encoder()
    for record in records:
        sys.stdout.buffer.write(encoder.encode(record) + b"\n")
    sys.stdout.buffer.flush()


class Advance(Protocol):
    """Tells a progress bar that `steps` more are done."""

    def __call__(self, steps: int = 1) -> None:
        """So many more are done."""
        ...


class _Rate(ProgressColumn):
    """Steps a second."""

    def render(self, task: Task) -> Text:
        return Text("" if not task.speed else f"{task.speed:.1f}/s" if task.speed < 100 else f"{task.speed:,.0f}/s", style="progress.data.speed")


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Advance]:
    """A bar with rate and remaining time on standard error where that is a terminal; elsewhere nothing is written."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=messages(), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=total)

        def advance(steps: int = 1) -> None:
            bar.advance(task, steps)

        yield advance


@contextmanager
def progress_to(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar like progress() for work that tells how far it is, as (done, in all); nothing is written where standard error is no terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=messages(), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)
