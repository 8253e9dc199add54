"""Two users at work in a real browser: a journalist from a word to a dossier, a researcher from a voice to a table; and what is hostile, opened."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.browsing import Watch, chromium, grave_faults, serving
from tests.web.hostile import hostile_casebook

DESK = ("/voices", "/voices?view=how", "/voices/said?voice=steer", "/labels", "/outlets", "/search?words=Guernica", "/add", "/dossier?type=ASSAULT")


def test_a_journalist_goes_from_a_word_to_an_event_and_takes_its_dossier(page: Page, tmp_path: Path) -> None:
    page.goto("/search")
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.type("bombardé")
    page.keyboard.press("Enter")
    expect(page.locator("#results-title")).to_contain_text("articles")
    assert page.url.endswith("/search?words=bombard%C3%A9&language=&outlet=&actor=&since=&until=")
    expect(page.locator("mark").first).to_contain_text(re.compile("bombard", re.IGNORECASE))
    page.locator(".its-events a", has_text="Guernica (ES)").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Guernica")
    page.get_by_role("link", name=re.compile("dossier", re.IGNORECASE)).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dossier")
    with page.expect_download() as download:
        page.get_by_role("link", name="Enregistrer le fichier").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    html = kept.read_text("utf-8")
    assert "Qui répète qui" in html
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Ouvrir pour lire ou imprimer").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Guernica")
    printed = tmp_path / "dossier.pdf"
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--no-pdf-header-footer")
    subprocess.run(
        [chromium(), *flags, f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}", kept.as_uri()], check=True, timeout=120
    )
    content = printed.read_bytes()
    assert content.startswith(b"%PDF")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", content)) <= 12


def test_a_researcher_goes_from_the_voices_to_the_words_and_takes_the_table(page: Page) -> None:
    page.goto("/voices")
    page.get_by_label("Sorte de source").select_option("named")
    expect(page.locator("#results-title")).to_have_text(re.compile(r"\d+ voix"))
    page.wait_for_url("**/voices?*kind=named*")
    row = page.locator("tbody tr", has_text="George Steer")
    number = row.locator("td a").first.inner_text()
    row.locator("td a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("George Steer")
    expect(page.locator("#results-title")).to_have_text(f"{number} citations")
    page.locator(".excerpts a").first.click()
    expect(page.locator("#at")).to_be_attached()
    expect(page.locator(".lit").first).to_be_visible()
    page.go_back()
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger en CSV").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    steer = next(row for row in rows if row[1] == "George Steer")
    assert steer[rows[0].index("quotations")] == number
    page.get_by_role("link", name="Comment").click()
    page.get_by_role("link", name="démentis").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("démentis")


@pytest.mark.parametrize("address", DESK)
def test_no_page_of_the_desk_has_a_serious_fault_or_is_wider_than_a_telephone(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert grave_faults(page) == []
    for width in (1024, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_dossier_is_readable_for_everybody(page: Page) -> None:
    page.goto("/dossier/file?type=ASSAULT&order=weight")
    assert page.evaluate("document.scripts.length") == 0
    for width in (1024, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"  # its own style is let through


def test_what_is_hostile_runs_nothing_and_breaks_no_page(browser: Browser, tmp_path: Path) -> None:
    event = hostile_casebook(tmp_path / "hostile.casebook")
    watch = Watch()
    for base in serving(tmp_path / "hostile.casebook"):
        opened = browser.new_context(viewport={"width": 390, "height": 844}, base_url=base, locale="fr-FR")
        opened.on("console", lambda message: watch.errors.append(message.text) if message.type == "error" else None)
        opened.on("weberror", lambda error: watch.errors.append(str(error.error)))
        page = opened.new_page()
        page.on("dialog", lambda dialog: watch.errors.append(dialog.message))
        for address in ("/voices", "/voices?view=how", "/voices/said", "/labels", "/labels/used", "/outlets", "/outlets/articles", "/search?words=zeppelin",
                        f"/dossier?event={event}", f"/dossier/file?event={event}", "/add"):  # fmt: skip
            page.goto(address)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.hacked") is None, address
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        opened.close()
    assert watch.errors == []
