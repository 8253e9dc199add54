"""The map and the timeline in a real browser: what is drawn, what the keyboard reaches, what a choice does to the address."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page
from tests.web.browsing import Watch

from recoupe.web.basemap.archive import default_path

COLOURS = """() => {
  const seen = new Map();
  for (const canvas of document.querySelectorAll("#map canvas.leaflet-tile")) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < data.length; at += 4) {
      const key = `${data[at]},${data[at + 1]},${data[at + 2]}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
  }
  return Object.fromEntries(seen);
}"""


def colour(page: Page, name: str) -> str:
    """A colour of the style sheet as red, green, blue."""
    value: str = page.evaluate(f"getComputedStyle(document.body).getPropertyValue('--map-{name}').trim()")
    return ",".join(str(int(value[at : at + 2], 16)) for at in (1, 3, 5))


def open_events(page: Page, query: str = "") -> None:
    """The page of events with its map and timeline drawn."""
    page.goto(f"/events{query}")
    page.locator("#map .event-marker").first.wait_for(state="attached")
    page.locator("#timeline svg").first.wait_for()


def drawn(page: Page, wanted: str) -> dict[str, int]:
    """The colours of the map's ground, when `wanted` is among them."""
    page.wait_for_function(f"wanted => wanted in ({COLOURS})()", arg=wanted)
    found: dict[str, int] = page.evaluate(COLOURS)
    return found


@pytest.fixture
def basemap() -> Path:
    """The basemap of this environment."""
    path = default_path()
    assert path.is_file(), f"there is no basemap at {path}: run `recoupe basemap build`"
    return path


def test_land_and_water_and_names_are_drawn_without_webgl(page: Page, basemap: Path) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, "
                         "{ apply: (get, canvas, [kind, ...rest]) => kind === '2d' ? Reflect.apply(get, canvas, [kind, ...rest]) : null })")  # fmt: skip
    open_events(page)
    colours = drawn(page, colour(page, "land"))
    assert colours[colour(page, "water")] > 1000
    assert len(colours) > 100  # the edges of letters and lines


def test_a_disputed_border_is_drawn_as_disputed(page: Page, basemap: Path) -> None:
    page.goto("/events?box=42.2,20.2,43.3,21.9")  # around Kosovo, where the sample has no event
    assert drawn(page, colour(page, "disputed"))[colour(page, "disputed")] > 20


FIRST_OF_COLOUR = """wanted => {
  for (const canvas of document.querySelectorAll("#map canvas.leaflet-tile")) {
    const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const place = canvas.getBoundingClientRect();
    const map = document.getElementById("map").getBoundingClientRect();
    for (let at = 0; at < data.length; at += 4) {
      const x = place.x + ((at / 4) % width) * place.width / width;
      const y = place.y + Math.floor(at / 4 / width) * place.height / canvas.height;
      const inside = map.x + 60 < x && x < map.right - 200 && map.y + 50 < y && y < map.bottom - 70;
      if (inside && `${data[at]},${data[at + 1]},${data[at + 2]}` === wanted) return [x, y];
    }
  }
  return null;
}"""


def test_a_disputed_line_tells_what_it_is(page: Page, basemap: Path) -> None:
    page.goto("/events?box=42.2,20.2,43.3,21.9")
    wanted = colour(page, "disputed")
    drawn(page, wanted)
    x, y = page.evaluate(FIRST_OF_COLOUR, wanted)
    page.mouse.click(x, y)
    assert page.locator(".leaflet-popup").inner_text().startswith("Kosovo / Serbie")


def test_marks_of_the_map_are_reached_by_tab_and_arrows(page: Page) -> None:
    open_events(page)
    marks = page.locator("#map .event-marker")
    assert marks.count() > 1
    assert page.locator("#map .event-marker[tabindex='0']").count() == 1
    page.locator("#map .event-marker[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") != first
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == first


def test_the_mark_of_one_event_leads_to_it(page: Page) -> None:
    open_events(page, "?words=Paris")
    page.locator("#map .event-marker:not(:has(.many))").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/events/\w+$"))


def test_a_place_known_roughly_is_a_ring_with_its_radius_and_no_point(page: Page, server: str) -> None:
    points = page.request.get(f"{server}/api/events/map").json()["points"]
    rough = [point for point in points if point["count"] == 1 and (point["precision_km"] or 0) > 5]
    open_events(page)
    assert page.locator("#map .event-mark.rough").count() == len(rough) > 0
    page.locator("#map .event-mark.rough").first.hover(force=True)
    assert "±" in page.locator(".leaflet-tooltip").inner_text()


def answer_with(page: Page, points: list[dict[str, object]]) -> None:
    """Let the map be given these points, whatever it asks for."""
    page.route("**/api/events/map*", lambda route: route.fulfill(json={"points": points, "unplaced": 0}))


def point(number: int, latitude: float, longitude: float, **more: object) -> dict[str, object]:
    made = {
        "latitude": latitude,
        "longitude": longitude,
        "count": 1,
        "id": f"e{number}",
        "precision_km": 2.0,
        "label": f"n° {number}",
        "disputed": number % 2,
    }
    return {**made, **more}


def test_five_hundred_points_make_marks_that_do_not_cover_one_another(page: Page) -> None:
    answer_with(page, [point(n, 33 + (n % 25) / 10, 35 + (n // 25) / 10) for n in range(500)])
    open_events(page)
    marks = page.locator("#map .event-marker")
    boxes = marks.evaluate_all(
        "marks => marks.map((mark) => mark.getBoundingClientRect()).map(({ x, y, width }) => [x + width / 2, y + width / 2, width])"
    )
    assert 1 < len(boxes) < 200
    for n, (x, y, width) in enumerate(boxes):
        assert all(
            ((x - other[0]) ** 2 + (y - other[1]) ** 2) ** 0.5 >= (width + other[2]) / 2 - 9 for other in boxes[:n]
        )  # a cluster grows as it takes in
    told = marks.evaluate_all("marks => marks.map((mark) => parseInt(mark.getAttribute('aria-label').replace(/^n° .*/, '1'), 10))")
    assert sum(told) == 500
    page.get_by_role("button", name="Zoomer", exact=True).click()
    page.wait_for_function("before => document.querySelectorAll('#map .event-marker').length > before", arg=len(boxes))


def test_a_hostile_label_is_text(page: Page) -> None:
    answer_with(page, [point(1, 33.5, 36.3, label="<img src=x onerror=\"document.title='run'\">\u202egnp"), point(2, 36.2, 37.2)])
    open_events(page)
    page.locator("#map .event-marker").first.hover(force=True)
    page.locator("#map .event-marker").last.hover(force=True)
    assert page.locator("#map img:not(.leaflet-marker-icon)").count() == 0
    assert page.title() != "run"


def test_searching_the_area_puts_it_into_the_address(page: Page) -> None:
    open_events(page)
    page.get_by_role("button", name="Chercher dans cette zone").click()
    page.wait_for_url(re.compile("box="))
    box = parse_qs(urlsplit(page.url).query)["box"][0].split(",")
    assert len(box) == 4
    assert float(box[0]) < float(box[2])


def test_dragging_with_shift_chooses_a_box(page: Page) -> None:
    open_events(page)
    place = page.locator("#map").bounding_box()
    assert place is not None
    page.keyboard.down("Shift")
    page.mouse.move(place["x"] + 150, place["y"] + 90)
    page.mouse.down()
    page.mouse.move(place["x"] + 400, place["y"] + 250, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    page.wait_for_url(re.compile("box="))


def test_days_are_chosen_by_keys_and_let_go_by_the_button(page: Page) -> None:
    open_events(page)
    page.locator(".time-figure").focus()
    page.keyboard.press("ArrowRight")
    assert re.search(r"\d", page.locator(".time-told").inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("since=.*until="))
    page.locator(".time-clear").click()
    page.wait_for_url(lambda address: "since=" not in address)


def test_days_are_chosen_by_pointer(page: Page) -> None:
    open_events(page)
    place = page.locator("#timeline svg").first.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 50, place["y"] + 60)
    page.mouse.down()
    page.mouse.move(place["x"] + 200, place["y"] + 60, steps=3)
    page.mouse.up()
    page.wait_for_url(re.compile("since=.*until="))


def test_a_circle_of_the_address_is_drawn_and_looked_at(page: Page) -> None:
    open_events(page, "?near=43.3,-2.7,60")
    mark = page.locator("#map .event-marker").first.bounding_box()
    place = page.locator("#map").bounding_box()
    assert mark is not None
    assert place is not None
    assert abs(mark["x"] - place["x"] - place["width"] / 2) < place["width"] / 10


def test_without_a_basemap_the_events_still_show(page: Page, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUPE_BASEMAP", "nowhere.pmtiles")
    open_events(page)
    assert page.locator("#map .event-marker").count() > 1
    assert all("404" in error for error in watch.errors)
    watch.errors.clear()


def test_the_first_paint_weighs_less_than_400_kilobytes(page: Page) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(0 if "basemap.pmtiles" in request.url else request.sizes()["responseBodySize"]))
    open_events(page)
    page.wait_for_load_state("networkidle")
    assert 50_000 < sum(sizes) < 400_000
