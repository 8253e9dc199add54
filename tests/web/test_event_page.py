"""One event in the workbench: what it shows, and how it is parted and joined by a person."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from recoupe.casebook import EventFilter, open_casebook
from recoupe.model import Event
from recoupe.web import Settings, make_app
from recoupe.web.reviewer import named

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def place(casebook_file: Path, tmp_path: Path) -> Path:
    """A copy of the sample's casebook, to decide in."""
    return Path(shutil.copy(casebook_file, tmp_path / "sample.casebook"))


@pytest.fixture
def client(place: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Settings(place)), headers=ENGLISH) as opened:
        opened.cookies.set("recoupe-reviewer", "Anne")
        yield opened


def weightiest(place: Path, many: int = 1) -> list[Event]:
    with open_casebook(place) as casebook:
        return list(casebook.events(EventFilter(order="weight", limit=many)))


def test_every_value_leads_to_its_words(client: TestClient, place: Path) -> None:
    (event,) = weightiest(place)
    page = client.get(f"/events/{event.id}").text
    said = re.findall(r'class="said"[^>]*><a href="([^"]+)"', page)
    assert len(said) > 10
    for address in set(said):
        path, _, anchor = address.replace("&amp;", "&").partition("#")
        assert f'id="{unquote(anchor)}"' in client.get(path).text, address


def test_why_claims_are_one_event_is_told_in_the_language_of_the_page(client: TestClient, place: Path) -> None:
    (event,) = weightiest(place)
    english, french = (client.get(f"/events/{event.id}", headers={"accept-language": language}).text for language in ("en", "fr"))
    assert "both name" in english
    assert "les deux nomment" in french
    assert "both name" not in french


def test_a_passage_held_apart_is_another_event_until_it_is_joined_again(client: TestClient, place: Path) -> None:
    (event,) = weightiest(place)
    last = event.claims[-1]
    apart = client.post(
        f"/events/{event.id}/separate", data={"claim": f"{last.document}/{last.claim}", "note": "another raid"}, follow_redirects=False
    )
    assert apart.status_code == 303
    with open_casebook(place) as casebook:
        homes = casebook.events_of(event.claims)
        assert homes[last] not in {home for claim, home in homes.items() if claim != last}
        assert {(review.reviewer, review.judgement, review.note) for review in casebook.reviews()} == {("Anne", "different", "another raid")}
    alone, rest = homes[last], homes[event.claims[0]]
    assert apart.headers["location"] == f"/events/{alone}"
    joined = client.post(f"/events/{alone}/join", data={"other": f"http://testserver/events/{rest}"}, follow_redirects=False)
    assert joined.status_code == 303
    with open_casebook(place) as casebook:
        after = casebook.events_of(event.claims)
        assert after[last] == after[event.claims[0]]


@pytest.mark.parametrize(
    ("act", "form", "status", "words"),
    [
        ("separate", {}, 400, "choose some"),
        ("separate", {"claim": "x/y"}, 400, "choose some"),
        ("join", {}, 404, "there is no event"),
        ("join", {"other": "nothing"}, 404, "there is no event"),
        ("join", {"other": "THIS"}, 400, "that is this event"),
        ("join", {"other": "OTHER", "note": "x" * 5_000}, 400, "shorten it"),
    ],
)
def test_a_decision_that_is_none_says_why(client: TestClient, place: Path, act: str, form: dict[str, str], status: int, words: str) -> None:
    event, other = weightiest(place, 2)
    data = {name: {"THIS": event.id, "OTHER": other.id}.get(value, value) for name, value in form.items()}
    answer = client.post(f"/events/{event.id}/{act}", data=data)
    assert (answer.status_code, words in answer.text) == (status, True)
    with open_casebook(place) as casebook:
        assert list(casebook.reviews()) == []


def test_the_name_of_a_reviewer_is_one_or_none() -> None:
    def asked(cookie: str) -> Request:
        return Request({"type": "http", "headers": [(b"cookie", f"recoupe-reviewer={cookie}".encode())]})

    assert [named(asked(cookie)) for cookie in ("Anne%20B.", "%07", "x" * 200, "")] == ["Anne B.", "", "", ""]
