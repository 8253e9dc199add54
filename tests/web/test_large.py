"""Every page on a casebook of a hundred thousand synthetic claims, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bench.web import make
from playwright.sync_api import Browser, Page, expect
from tests.web.browsing import serving

CLAIMS = 100_000
SLOW = 5.0  # seconds in which even a busy machine shows a page whole


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a workbench on a large casebook."""
    place = tmp_path_factory.mktemp("large") / "large.casebook"
    make(place, CLAIMS)
    yield from serving(place)


@pytest.fixture(scope="module")
def reader(browser: Browser, large: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR", base_url=large, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_every_page_opens(reader: Page) -> None:
    errors: list[str] = []
    reader.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    reader.on("pageerror", lambda error: errors.append(str(error)))
    reader.goto("/events")
    sections = reader.eval_on_selector_all("header nav a", "links => links.map((link) => link.getAttribute('href'))")
    event = reader.locator("tr[data-event] a").first.get_attribute("href")
    reader.goto(str(event))
    article = reader.locator("a[href^='/articles/']").first.get_attribute("href")
    for address in (*sections, event, article, "/events?disputed=1&origins=3", "/events?page=300", "/search?words=article"):
        answer = reader.goto(str(address))
        assert answer is not None
        assert answer.status == 200, address
        assert reader.locator("main").inner_text().strip(), address
        slow = reader.evaluate("performance.getEntriesByType('navigation')[0].responseEnd / 1000")
        assert slow < SLOW, f"{address}: {slow:.1f} s"
        assert reader.evaluate("document.documentElement.scrollWidth") <= 1440, address
    assert errors == []


def test_a_long_list_is_shown_in_pages_and_a_full_map_in_clusters(reader: Page) -> None:
    reader.goto("/events")
    expect(reader.locator("tr[data-event]")).to_have_count(30)
    answer = reader.request.get("/api/events/map").json()
    assert 0 < len(answer["points"]) <= 500
    assert sum(point["count"] for point in answer["points"]) + answer["unplaced"] == reader.request.get("/api/events?limit=0").json()["total"]


def test_a_filter_changes_list_map_and_counts_at_once(reader: Page) -> None:
    reader.goto("/events")
    before = reader.locator("#results-title").inner_text()
    reader.get_by_label("Sources en désaccord").check()
    expect(reader.locator("#results-title")).not_to_have_text(before)
    assert "disputed=1" in reader.url
    total = reader.request.get("/api/events?disputed=1&limit=0").json()["total"]
    assert "".join(filter(str.isdigit, reader.locator("#results-title").inner_text())) == str(total)
