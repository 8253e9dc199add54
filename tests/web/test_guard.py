from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from recoupe.web import Settings, make_app
from recoupe.web.security import POLICY
from recoupe.web.server import ServeError, listen

HOST = "127.0.0.1:8700"


@pytest.fixture
def local(tmp_path: Path) -> Iterator[TestClient]:
    app = make_app(Settings(tmp_path / "war.casebook", frozenset({HOST, "localhost:8700"}), largest_form=1_000))
    with TestClient(app, base_url=f"http://{HOST}") as client:
        yield client


@pytest.fixture
def public(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Settings(tmp_path / "war.casebook", token="sésame-1937")), base_url="http://newsroom:8700") as client:
        yield client


def test_a_page_may_run_and_load_nothing_but_its_own(local: TestClient) -> None:
    answer = local.get("/events")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    assert " onclick=" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8700", "127.0.0.1:9999", ""])
def test_another_name_for_this_machine_is_refused(local: TestClient, host: str) -> None:
    assert local.get("/events", headers={"host": host}).status_code == 421
    assert local.get("/api/events", headers={"host": host}).status_code == 421
    assert local.get("/static/css/recoupe.css", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
     {"origin": "http://localhost:8700"}, {"origin": f"http://{HOST}.evil.example"}],
)  # fmt: skip
def test_a_form_of_another_site_may_not_write(local: TestClient, headers: dict[str, str]) -> None:
    assert local.post("/events/x/join", data={"other": "y"}, headers=headers).status_code == 403


def test_a_form_of_this_site_may_write(local: TestClient) -> None:
    headers = {"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}
    assert local.post("/events/x/join", data={"other": "y"}, headers=headers).status_code == 404


def test_a_body_that_is_too_long_is_cut_off_whatever_its_head_says(local: TestClient) -> None:
    assert local.post("/events/x/join", data={"other": "y" * 2_000}).status_code == 413

    def parts() -> Iterator[bytes]:
        yield b"other="
        for _ in range(30):
            yield b"y" * 100

    answer = local.post("/events/x/join", content=parts(), headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413
    assert "at once" in answer.text


def test_without_the_token_nothing_is_shown(public: TestClient) -> None:
    for address in ("/events", "/api/events", "/static/css/recoupe.css", "/events?token=wrong", "/events?token="):
        assert public.get(address, follow_redirects=False).status_code == 401


def test_the_token_is_asked_once_and_leaves_the_address(public: TestClient) -> None:
    answer = public.get("/events?token=s%C3%A9same-1937&words=x", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/events?words=x"
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert public.get("/events").status_code == 200


def test_a_token_leads_to_no_other_host(public: TestClient) -> None:
    answer = public.get("http://newsroom:8700//evil.example/?token=s%C3%A9same-1937", follow_redirects=False)
    assert answer.headers["location"].startswith("/evil.example")


@pytest.mark.parametrize(
    "address", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/", "/static/css", "/static//etc/passwd"]
)
def test_only_static_files_are_served(local: TestClient, address: str) -> None:
    assert local.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "words"),
    [("/events?since=tomorrow", "since=2018-11-11"), ("/events?type=WAR", "ASSAULT"), ("/events?page=0", "page=2"), ("/events?origins=-1", "origins=2"),
     ("/events?box=1,2", "box=south,west,north,east"), ("/api/events?limit=x", "limit=20"), ("/api/events/map?view=1", "view=south"),
     ("/events?near=nan,0,5", "near=latitude")],
)  # fmt: skip
def test_an_address_that_asks_for_nothing_says_how_to_write_it(local: TestClient, address: str, words: str) -> None:
    answer = local.get(address)
    assert answer.status_code == 400
    assert words in (answer.json()["error"] if address.startswith("/api") else answer.text)


def test_what_is_not_there_is_said_in_words(local: TestClient) -> None:
    for address in ("/events/nothing", "/articles/nothing", "/nowhere"):
        answer = local.get(address, headers={"accept-language": "en"})
        assert answer.status_code == 404
        assert "That did not work" in answer.text
    assert local.get("/api/events/nothing").json()["error"].endswith("`recoupe events` lists them")


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        with pytest.raises(ServeError, match="--port"):
            listen("127.0.0.1", taken.getsockname()[1])


def test_an_address_that_is_none_of_this_machine_is_said() -> None:
    with pytest.raises(ServeError, match="can't be had"):
        listen("203.0.113.7", 0)
