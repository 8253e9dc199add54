"""Every page that a link leads to, in a real browser: no serious fault of accessibility, nothing wider than the screen, in both languages and colours."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient
from tests.web.browsing import grave_faults

from recoupe.web import Settings, make_app

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"]*)"')
SECTIONS = {"/events", "/search", "/voices", "/labels", "/outlets", "/review", "/add"}


@pytest.fixture(scope="module")
def addresses(casebook_file: Path) -> tuple[str, ...]:
    """One address of each kind of page that links lead to from the events: /events/*, /articles/* and so on."""
    found: dict[str, str] = {}
    with TestClient(make_app(Settings(casebook_file))) as client:
        waiting = ["/events"]
        while waiting:
            address = waiting.pop(0)
            kind = re.sub(r"/[^/]*\d[^/]*", "/*", urlsplit(address).path)
            if kind in found or kind.startswith(("/api/", "/static/")):
                continue
            answer = client.get(address)
            assert answer.status_code == 200, f"a link leads to {address}, which answers {answer.status_code}"
            page = answer.headers["content-type"].startswith("text/html") and "attachment" not in answer.headers.get("content-disposition", "")
            if page:
                found[kind] = address
                main = re.search(r"<main.*</main>|<body.*</body>", answer.text, re.DOTALL)
                assert main is not None
                assert len(re.sub(r"<[^>]+>|\s", "", main[0])) > 20, f"{address} says nothing to who has no scripts"
                waiting += [link.replace("&amp;", "&") for link in LINK.findall(answer.text)]
    assert found.keys() >= SECTIONS | {"/events/*", "/articles/*"}
    return tuple(found.values())


@pytest.mark.parametrize(("language", "scheme"), [("fr", "light"), ("en", "dark")])
def test_pages_have_no_serious_fault_and_fit_every_screen(page: Page, addresses: tuple[str, ...], language: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"/events?lang={language}")
    assert page.locator("html").get_attribute("lang") == language
    faults: dict[str, list[str]] = {}
    for address in addresses:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(address)
        faults[address] = grave_faults(page)
        for width in (1024, 390):
            page.set_viewport_size({"width": width, "height": 844})
            wide = page.evaluate("document.documentElement.scrollWidth")
            faults[address] += [f"{wide} pixels wide on a screen of {width}"] if wide > width else []
    assert {address: found for address, found in faults.items() if found} == {}
