"""`recoupe add`, `check`, `export` and `doctor`: keep a casebook."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import metadata
from pathlib import Path

import rich_click as click
from rich.markup import escape

from recoupe import __version__
from recoupe.casebook import Casebook, open_casebook
from recoupe.casebook.reviewed import Kept, kept
from recoupe.checking import CheckTally, check_casebook
from recoupe.cli.console import messages, output, progress, progress_to
from recoupe.cli.options import casebook_option, fields_option
from recoupe.cli.render import problems_list
from recoupe.errors import CasebookError, KnowledgeError, ModelMissingError
from recoupe.export import FORMATS
from recoupe.export.decisions import Reviewed, words_at, write_decisions
from recoupe.ingest import Fields, Item, read_items
from recoupe.knowledge.actors import open_register
from recoupe.knowledge.places import default_path, open_gazetteer
from recoupe.language.pack import LANGUAGES
from recoupe.language.parse import load_model
from recoupe.model import ClaimRef, Problem
from recoupe.pipeline import add_all, add_reviewed, open_knowledge

WEIGHED_AT_ONCE = 500  # documents of one transaction
_OUTCOMES = {"new": "new", "version": "new versions of articles", "reread": "read again", "known": "known already"}


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@casebook_option
@fields_option
def add(paths: tuple[str, ...], casebook_path: Path, fields: Fields) -> int:
    """Read articles into a casebook; the same bytes twice change nothing.

    PATH is a text or HTML file, JSON Lines, a folder, a pattern, or - for standard input.
    """
    return add_to(casebook_path, paths, fields)


@click.command()
@casebook_option
def check(casebook_path: Path) -> int:
    """Cross-check what was added since the last time."""
    check_in(casebook_path)
    return 0


@click.command()
@click.argument("name", metavar="FORMAT", type=click.Choice([each.name for each in FORMATS]))
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@casebook_option
@click.option("--force", is_flag=True, help="Replace files of these names that are there already.")
@click.option("--reviewed", is_flag=True, help="Write what people decided: corrections applied, rejected claims left out, events checked anew.")
@click.option("--only-decided", is_flag=True, help="With --reviewed: leave out the claims that nobody has decided on.")
@click.option("--reviewer", help="With --reviewed: apply only what this reviewer decided.")
def export(name: str, folder: Path, casebook_path: Path, force: bool, reviewed: bool, only_decided: bool, reviewer: str | None) -> int:
    """Write the record as tables (csv, csv-bom for Excel) or as records (jsonl) into a folder, with the decisions of reviewers.

    With --reviewed, reviewed.csv has the claims that people let stand, one a row, in the columns that users of ACLED know.
    """
    if (only_decided or reviewer) and not reviewed:
        raise click.UsageError("--only-decided and --reviewer go with --reviewed")
    (chosen,) = (each for each in FORMATS if each.name == name)
    with ExitStack() as stack:
        casebook = stack.enter_context(open_casebook(casebook_path, create=False))
        written = casebook
        if reviewed:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "reviewed.casebook"
            written = stack.enter_context(open_casebook(place))
            add_reviewed(casebook, written, reviewer, only_decided=only_decided)
            check_casebook(written)
        files = list(chosen.write(written.records(), written.events(), folder, replace=force))
        if reviewed or casebook.reviewers():
            rows = (_reviewed(each, written) for each in kept(casebook, reviewer)) if reviewed else None
            files += write_decisions(casebook.decisions(), rows, folder, replace=force, tables=name != "jsonl", bom=name == "csv-bom")
    for path in files:
        output().print(str(path), soft_wrap=True)
    return 0


def _reviewed(each: Kept, checked: Casebook) -> Reviewed:
    claim = ClaimRef(each.decision.document, each.decision.claim)
    words = words_at(each.document.text, each.decision.coding.trigger) if each.decision.coding else ""
    sentence = words_at(each.document.text, each.sentence)
    return Reviewed(
        each.decision, each.document.info, words, sentence, checked.events_of([claim]).get(claim), each.reviewers, each.differing, each.binding
    )


@click.command()
@casebook_option
def doctor(casebook_path: Path) -> int:
    """Look whether everything needed is there and whole, and say what to do where it is not."""
    console, faults = output(), 0
    for what, state, good in _examined(casebook_path):
        faults += not good
        console.print(f"{'[green]✓[/]' if good else '[red]✗[/]'} {what}: {escape(state)}", soft_wrap=True)
    return 1 if faults else 0


def add_to(place: Path, paths: tuple[str, ...], fields: Fields) -> int:
    """Add articles to the casebook at `place`; returns the exit code."""
    knowledge = open_knowledge()
    with open_casebook(place) as casebook, progress("reading", _count(paths, fields)) as step:
        tally = add_all(read_items(paths, fields), casebook, knowledge, step)
    said = [f"{count} {_OUTCOMES[outcome]}" for outcome, count in tally.outcomes]
    if tally.problems:
        said.append(f"{len(tally.problems)} with problems")
    output().print(f"{place}: {', '.join(said) or 'nothing to read'}", soft_wrap=True)
    problems_list(messages(), tally.problems)
    return 3 if tally.problems else 0


def check_in(place: Path) -> CheckTally:
    """Cross-check the casebook at `place` and say what came of it."""
    with open_casebook(place, create=False) as casebook:
        while casebook.weigh(WEIGHED_AT_ONCE):  # documents that an older version stored come into the queue of the review
            continue
        with progress_to("checking") as tell:
            tally = check_casebook(casebook, tell)
        total = casebook.count_events()
    output().print(f"{place}: {tally.changed} changed articles checked with {tally.compared}; {total} events", soft_wrap=True)
    return tally


def _count(paths: tuple[str, ...], fields: Fields) -> int | None:
    """How many articles there are to read, where counting is worth its time: for a bar that nobody sees it is not."""
    if not sys.stderr.isatty() or "-" in paths:
        return None
    return sum(1 for item in read_items(paths, fields) if isinstance(item, Item | Problem))


def _examined(casebook_path: Path) -> Iterator[tuple[str, str, bool]]:
    """What was looked at, its state in words, and whether it is well."""
    yield "recoupe", f"{__version__}, Python {sys.version.split()[0]}, spaCy {metadata.version('spacy')}", True
    for language in LANGUAGES:
        try:
            meta = load_model(language).meta
            yield f"language model {language}", f"{meta['name']} {meta['version']}", True
        except ModelMissingError as error:
            yield f"language model {language}", str(error), False
    yield "actors", f"{len(open_register().entries)} in the register", True
    try:
        about = open_gazetteer().about()
        yield "places", f"{default_path()}, content {about.get('content', '?')[:12]}", True
    except KnowledgeError as error:
        yield "places", str(error), False
    yield _map_state()
    if not casebook_path.exists():
        yield "casebook", f"{casebook_path} is not there yet: `recoupe add` makes it", True
        return
    try:
        with open_casebook(casebook_path, create=False) as casebook:
            yield from _casebook_state(casebook)
    except CasebookError as error:
        yield "casebook", str(error), False


def _map_state() -> tuple[str, str, bool]:
    from recoupe.web.basemap import archive  # only here: the other commands start without the workbench

    path = archive.default_path()
    try:
        about = archive.read_about(path)
    except KnowledgeError as error:
        return "map", str(error), False
    if about is None:
        return "map", f"there is none at {path}: `recoupe basemap build` makes it; without it the workbench shows events on an empty ground", True
    return "map", f"{path}, content {about.content[:12]}", True


def _casebook_state(casebook: Casebook) -> Iterator[tuple[str, str, bool]]:
    health = casebook.health()
    held = f"{health.documents} documents ({health.superseded} superseded), {health.claims} claims, {health.events} events, {health.reviews} decisions on pairs, {health.decisions} on claims"
    yield "casebook", f"{health.path}: {held}, {health.file_bytes / 1e6:.1f} MB, version {health.version}", not health.faults
    for fault in health.faults:
        yield "casebook", fault, False
    if health.unchecked:
        yield "cross-check", f"{health.unchecked} articles are not checked yet: run `recoupe check`", True
    for problem in casebook.problems():
        yield "problem", f"{problem.document} ({problem.stage}): {problem.reason}", True
