"""A real browser on a real server: the bundled sample, read and checked once, in the workbench as a reader opens it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from tests.web.browsing import FLAGS, Watch, chromium, serving

from recoupe.cli.casebooks import add_to, check_in
from recoupe.ingest import Fields


@pytest.fixture(scope="session")
def casebook_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook of the bundled sample, cross-checked."""
    path = tmp_path_factory.mktemp("workbench") / "sample.casebook"
    with resources.as_file(resources.files("recoupe") / "sample") as sample:
        assert add_to(path, (str(sample),), Fields()) == 0
    check_in(path)
    return path


@pytest.fixture(scope="session")
def server(casebook_file: Path) -> Iterator[str]:
    """The address of the workbench on the sample."""
    yield from serving(casebook_file)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def watch() -> Watch:
    """What goes wrong in the pages of this test; clear what is meant to."""
    return Watch()


@pytest.fixture
def context(browser: Browser, server: str, watch: Watch) -> Iterator[BrowserContext]:
    """A reader who speaks French, at a desk. No request leaves the machine, no script fails: both are asserted at the end."""
    made = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR", base_url=server, reduced_motion="reduce")
    made.set_default_timeout(10_000)

    def guard(route: Route) -> None:
        if route.request.url.startswith((f"{server}/", "data:", "blob:")):
            route.continue_()
        else:
            watch.strangers.append(route.request.url)
            route.abort()

    made.route("**/*", guard)
    made.on("console", lambda message: watch.errors.append(message.text) if message.type == "error" else None)
    made.on("weberror", lambda error: watch.errors.append(str(error.error)))
    yield made
    made.close()
    assert watch.strangers == []
    assert watch.errors == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page of that reader."""
    return context.new_page()
