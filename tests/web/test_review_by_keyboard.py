"""A review in a real browser: by keyboard alone, by words selected in the text, on every width."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.web.browsing import grave_faults

from recoupe.casebook import open_casebook
from recoupe.model import Span


def said(page: Page, words: str) -> None:
    expect(page.locator("#live")).to_contain_text(words)


@pytest.fixture
def reviewing(page: Page, request: pytest.FixtureRequest) -> Page:
    """The first claim of the queue, opened by a reviewer with a name of this test."""
    page.goto("/review")
    page.get_by_label("Votre nom").fill(request.node.name[:50])
    page.keyboard.press("Enter")
    expect(page.locator("html.scripted #claim-title")).to_be_visible()
    return page


def waiting(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator(".queue-head b").inner_text()))


def test_ten_claims_by_keyboard_alone(reviewing: Page, casebook_file: Path) -> None:
    """No pointer: ten claims accepted, rejected, corrected, with notes and an undo, each announced."""
    page, keys = reviewing, reviewing.keyboard
    before = waiting(page)
    for _ in range(4):
        keys.press("a")
        said(page, "acceptée")
        expect(page.locator("#claim-title")).to_be_focused()
        page.evaluate("document.getElementById('live').textContent = ''")
    for reason, words in (("1", "aucun événement"), ("4", "mots mal compris")):
        keys.press("r")
        expect(page.locator("#reject ol button").first).to_be_focused()
        keys.press(reason)
        said(page, words)
    for place in ("Durango", "Bilbao", "Guernica; Durango"):
        keys.press("e")
        expect(page.locator("#f-type")).to_be_focused()
        while page.evaluate("document.activeElement.id") != "f-places":
            keys.press("Tab")
        keys.press("Control+A")
        keys.type(place)
        while page.evaluate("document.activeElement.id") != "f-figures":
            keys.press("Tab")
        keys.press("Control+A")
        keys.type("killed 22-28")
        keys.press("Control+Enter")
        said(page, "corrigée")
        page.evaluate("document.getElementById('live').textContent = ''")
    keys.press("n")
    keys.type("à vérifier : deux dates")
    keys.press("Control+Enter")
    said(page, "note gardée")
    keys.press("a")
    said(page, "acceptée")
    assert waiting(page) == before - 10
    keys.press("u")
    said(page, "Annulé (acceptée)")
    assert waiting(page) == before - 9
    expect(page.locator(".mine .note")).to_have_text("à vérifier : deux dates")
    here = page.url
    keys.press("j")
    page.wait_for_function("here => location.href !== here", arg=here)
    keys.press("k")
    page.wait_for_function("here => location.href === here", arg=here)
    keys.press("?")
    expect(page.locator("#help")).to_have_attribute("open", "")
    name = page.locator(".queue-head [dir=auto]").first.inner_text()
    with open_casebook(casebook_file) as casebook:
        verdicts = [each.verdict for each in casebook.decisions(name)]
    assert verdicts == ["accepted"] * 4 + ["rejected"] * 2 + ["corrected"] * 3 + ["noted", "accepted", "withdrawn"]


def test_words_selected_in_the_text_become_a_span(reviewing: Page, casebook_file: Path) -> None:
    page = reviewing
    start, end = page.evaluate("""() => {
        const pieces = [...document.querySelectorAll('#text [data-s]')].filter((each) => /\\w{4}/.test(each.textContent));
        const piece = pieces[pieces.length - 1];
        const at = piece.textContent.search(/\\w{4}/);
        const range = document.createRange();
        range.setStart(piece.firstChild, at);
        range.setEnd(piece.firstChild, at + 4);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        const start = Number(piece.dataset.s) + [...piece.textContent.slice(0, at)].length;
        return [start, start + 4];
    }""")
    expect(page.locator("#respan")).to_be_visible()
    page.locator("#respan [data-field=trigger]").click()
    expect(page.locator("#f-trigger")).to_have_value(f"{start}-{end}")
    page.locator("#f-trigger").press("Control+Enter")
    said(page, "corrigée")
    with open_casebook(casebook_file) as casebook:
        *_, made = casebook.decisions()
    assert made.coding is not None
    assert made.coding.trigger == Span(start, end)


SELECT = """() => {
    const piece = [...document.querySelectorAll('#text [data-s]')].find((each) => /\\w{5}/.test(each.textContent));
    const at = piece.textContent.search(/\\w{5}/);
    const range = document.createRange();
    range.setStart(piece.firstChild, at);
    range.setEnd(piece.firstChild, at + 5);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const start = Number(piece.dataset.s) + [...piece.textContent.slice(0, at)].length;
    return [piece.textContent.slice(at, at + 5), start];
}"""


def test_words_selected_in_the_article_go_to_the_claim_in_hand_or_begin_another(reviewing: Page) -> None:
    page = reviewing
    claim = page.locator("#respan").get_attribute("data-claim") or ""
    page.locator(".claim-text .meta a").first.click()
    expect(page.locator(".claim.chosen")).to_have_count(1)
    words, start = page.evaluate(SELECT)
    page.locator("#respan [data-field=places]").click()
    page.wait_for_url("**/review?**")
    expect(page.locator("#f-places")).to_have_value(f"{words} @{start}-{start + 5}")
    assert page.locator("#respan").get_attribute("data-claim") == claim
    page.go_back()
    expect(page.locator("#reader")).to_be_visible()
    words, start = page.evaluate(SELECT)
    page.locator("#respan [data-field=new]").click()
    page.wait_for_url("**/review/add?**")
    expect(page.locator("#f-trigger")).to_have_value(words)


def test_what_can_t_be_kept_is_said_aloud_and_the_page_stays(reviewing: Page) -> None:
    page = reviewing
    page.keyboard.press("e")
    page.locator("#f-figures").fill("beaucoup")
    page.locator("#f-figures").press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("beaucoup")
    expect(page.locator("#f-figures")).to_have_value("beaucoup")
    page.keyboard.press("Escape")
    expect(page.locator("#edit")).not_to_have_attribute("open", "")


def test_single_keys_can_be_turned_off(reviewing: Page) -> None:
    page = reviewing
    before = waiting(page)
    page.keyboard.press("?")
    page.get_by_label("touches simples actives").uncheck()
    page.locator("#claim-title").focus()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert waiting(page) == before
    page.locator("#act-accept").press("Enter")
    said(page, "acceptée")
    assert waiting(page) == before - 1


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_nothing_is_wider_than_the_screen(reviewing: Page, width: int) -> None:
    page = reviewing
    page.set_viewport_size({"width": width, "height": 800})
    for key in ("e", "Escape", "r", "Escape", "n", "Escape"):
        page.keyboard.press(key)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), key


def test_no_grave_fault_for_who_listens_or_uses_keys_alone(reviewing: Page) -> None:
    page = reviewing
    for key in ("", "r", "Escape", "e", "Escape", "n", "Escape", "?"):
        if key:
            page.keyboard.press(key)
        assert grave_faults(page) == [], key
    page.goto("/review/agreement")
    assert grave_faults(page) == []
