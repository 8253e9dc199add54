"""What does the workbench look like? Pictures of its pages on the bundled sample, for the README, made in a real browser.

python -m bench.screenshots docs/pictures
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from importlib import resources
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.web.browsing import FLAGS, chromium, serving

from recoupe.cli.casebooks import add_to, check_in
from recoupe.ingest import Fields

SIZES = {"desk": (1440, 900), "laptop": (1024, 768), "telephone": (390, 844)}
SHOWN = {"events-desk", "event-desk", "article-desk", "review-desk", "events-telephone"}
DOCUMENTATION = Path("docs/pictures")
PATIENCE = 400  # milliseconds after the last answer, for tiles to be painted


def settle(page: Page) -> None:
    """Wait until nothing is asked for any more and the map is painted."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(PATIENCE)


def addresses(page: Page) -> dict[str, str]:
    """The pages that are shown: all sections, the event with the most articles, and an article of it."""
    page.goto("/events?order=weight")
    sections: list[str] = page.eval_on_selector_all("header nav a", "links => links.map((link) => link.getAttribute('href'))")
    found = {section.strip("/"): section for section in sections}
    event = page.locator("tr[data-event] a").first.get_attribute("href") or "/events"
    page.goto(event)
    article = page.locator("a[href^='/articles/']").first.get_attribute("href") or "/events"
    return {**found, "events": "/events?order=weight", "event": event, "article": article}


def begin_review(page: Page) -> None:
    """Give a name, as a reader who checks claims does first."""
    page.get_by_role("textbox").first.fill("Claire")
    page.keyboard.press("Enter")
    settle(page)


def take(casebook: Path, folder: Path, wanted: set[str] | None = None) -> None:
    """Write the pictures into `folder`, one for each page and size, or those that are wanted."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for address in serving(casebook):
            for size, (width, height) in SIZES.items():
                context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR", base_url=address, reduced_motion="reduce")
                page = context.new_page()
                for name, path in addresses(page).items():
                    if wanted is not None and f"{name}-{size}" not in wanted:
                        continue
                    page.goto(path)
                    settle(page)
                    if name == "review":
                        begin_review(page)
                    page.screenshot(path=folder / f"{name}-{size}.png")
                    print(folder / f"{name}-{size}.png")
                context.close()
        browser.close()


def main() -> None:
    """Read the sample and take the pictures."""
    with tempfile.TemporaryDirectory() as place, resources.as_file(resources.files("recoupe") / "sample") as sample:
        casebook = Path(place) / "sample.casebook"
        with contextlib.chdir(sample.parent):  # so that pages show the paths as a user gives them
            add_to(casebook, (sample.name,), Fields())
        check_in(casebook)
        if len(sys.argv) > 1:
            take(casebook, Path(sys.argv[1]))
        else:
            take(casebook, DOCUMENTATION, SHOWN)


if __name__ == "__main__":
    main()
