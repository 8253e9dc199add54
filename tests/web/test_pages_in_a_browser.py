"""Every page in a real browser: no serious fault of accessibility, nothing wider than a telephone, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.web.browsing import grave_faults

SECTIONS = "header nav a"


def every_page(page: Page) -> list[str]:
    """The addresses of all sections, of one event and of one article."""
    page.goto("/events")
    sections: list[str] = page.eval_on_selector_all(SECTIONS, "links => links.map((link) => link.getAttribute('href'))")
    event = page.locator("tr[data-event] a").first.get_attribute("href")
    assert event is not None
    page.goto(event)
    article = page.locator("a[href^='/articles/']").first.get_attribute("href")
    assert article is not None
    return [*sections, event, article]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_has_a_serious_fault_of_accessibility(page: Page, language: str) -> None:
    faults = {}
    for address in every_page(page):
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        page.wait_for_load_state("networkidle")
        faults[address] = grave_faults(page)
    assert {address: found for address, found in faults.items() if found} == {}


def test_no_page_is_wider_than_a_telephone(page: Page) -> None:
    addresses = every_page(page)
    page.set_viewport_size({"width": 390, "height": 844})
    wide = {}
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        wide[address] = page.evaluate("document.documentElement.scrollWidth")
    assert {address: width for address, width in wide.items() if width > 390} == {}
