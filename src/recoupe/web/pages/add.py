"""How do articles come in through the browser? Files, a pasted text, or a page's saved source; nothing is ever fetched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path, PurePath
from typing import get_args

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from recoupe.casebook import Casebook
from recoupe.model import Language, Problem
from recoupe.web.desk import desk_of
from recoupe.web.intake import Intake, Job
from recoupe.web.query import AddressError
from recoupe.web.reading import LARGEST_FILE, Batch, Pasted, Upload
from recoupe.web.view import language_of, render
from recoupe.web.wording import Wording, wording

PATH = "/add"
MOST_FILES = 1000
LONGEST_TEXT = 5_000_000  # bytes of a pasted text
LONGEST_FIELD = 2_000
SHOWN = 100  # problems that are listed


class JobLine(Struct, frozen=True):
    """A batch as the page shows it."""

    number: int
    name: str
    state: str
    said: str
    done: int
    total: int | None
    outcomes: str
    events: int
    reason: str
    problems: tuple[Problem, ...]
    more_problems: int
    active: bool


class AddPage(Struct, frozen=True):
    """The page."""

    jobs: tuple[JobLine, ...]
    active: bool
    problems: tuple[Problem, ...]
    more_problems: int
    unchecked: int
    read_only: bool
    largest_file: int
    largest_upload: int


def show_add(request: Request) -> Response:
    """The page with its forms."""
    return render(request, "add.html", _page(request))


def show_jobs(request: Request) -> Response:
    """How far the batches are: asked for again and again while one is worked on."""
    return render(request, "parts/jobs.html", _page(request))


async def receive(request: Request) -> Response:
    """Take in what a form holds and go back to the page; reading goes on beside it."""
    async with request.form(max_files=MOST_FILES, max_fields=20, max_part_size=LONGEST_TEXT) as form:
        await run_in_threadpool(_submit, request, form)
    return RedirectResponse(f"{PATH}#jobs", 303)


def _submit(request: Request, form: FormData) -> None:
    say = wording(language_of(request))
    with desk_of(request).reading() as casebook:
        _refuse_read_only(casebook, say)
    if intake_of(request).full:
        raise AddressError(say("add.full"))
    text = _field(form, "text", LONGEST_TEXT)
    if text:
        given = _pasted(form, text, say)
        intake_of(request).submit(Batch(pasted=given), say("add.pasted", title=_short(given.title or given.url or text)))
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
    if files:
        folder = tempfile.mkdtemp(prefix="recoupe-add-")
        uploads = tuple(_stored(files, Path(folder)))
        named = uploads[0].name if len(uploads) == 1 else say("add.files", n=len(uploads))
        intake_of(request).submit(Batch(folder, uploads), _short(named))
    if not text and not files:
        raise AddressError(say("add.nothing"))


def _stored(files: Iterable[UploadFile], folder: Path) -> Iterator[Upload]:
    for number, file in enumerate(files):
        path = folder / str(number)
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy, 1 << 20)
        yield Upload(_file_name(file.filename or ""), str(path), path.stat().st_size)


def _file_name(sent: str) -> str:
    """The last part of the name that a browser sent, without what can't be shown."""
    name = PurePath(sent.replace("\\", "/")).name
    return "".join(mark for mark in name if mark.isprintable())[:200] or "?"


def _pasted(form: FormData, text: str, say: Wording) -> Pasted:
    published, url, language = (_field(form, name, LONGEST_FIELD) for name in ("published", "url", "pasted_language"))
    if published:
        try:
            date.fromisoformat(published)
        except ValueError:
            raise AddressError(say("add.no_day", day=published)) from None
    if url and not url.lower().startswith(("http://", "https://")):
        raise AddressError(say("add.no_address", address=url))
    if language and language not in get_args(Language):
        raise AddressError(say("add.no_language", language=language))
    title, outlet = (_field(form, name, LONGEST_FIELD) for name in ("title", "outlet"))
    return Pasted(text, url or None, title or None, published or None, outlet or None, language or None)


def _field(form: FormData, name: str, longest: int) -> str:
    value = form.get(name)
    return value.strip()[:longest] if isinstance(value, str) else ""


def _refuse_read_only(casebook: Casebook, say: Wording) -> None:
    if casebook.read_only:
        raise AddressError(say("add.read_only"))


def _page(request: Request) -> AddPage:
    say = wording(language_of(request))
    jobs = tuple(_line(job, say) for job in intake_of(request).jobs())
    with desk_of(request).reading() as casebook:
        problems = casebook.problems()
        return AddPage(
            jobs, any(job.active for job in jobs), problems[:SHOWN], max(0, len(problems) - SHOWN), casebook.count_unchecked(), casebook.read_only,
            LARGEST_FILE // 1_000_000, desk_of(request).settings.largest_upload // 1_000_000,
        )  # fmt: skip


def _line(job: Job, say: Wording) -> JobLine:
    problems = job.result.problems if job.result else ()
    outcomes = [say(f"outcome.{name}", n=count) for name, count in job.result.outcomes if count] if job.result else []
    return JobLine(
        job.number, job.name, job.state, say("add.preparing" if job.state == "reading" and not job.done else f"add.{job.state}"), job.done, job.total, ", ".join(outcomes), job.result.events if job.result else 0,
        job.reason or "", problems[:SHOWN], max(0, len(problems) - SHOWN), job.active,
    )  # fmt: skip


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def intake_of(request: Request) -> Intake:
    """The intake of the application that a request came to."""
    intake: Intake = request.app.state.intake
    return intake


ROUTES = (Route(PATH, show_add, methods=["GET"]), Route(PATH, receive, methods=["POST"]), Route("/add/jobs", show_jobs))
