"""Voices, labels, outlets, search, adding, dossiers: what the server answers."""

from __future__ import annotations

import csv
import gzip
import io
import re
import threading
import time
from collections.abc import Iterator
from html import unescape
from importlib import resources
from pathlib import Path
from typing import get_args
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from tests.web.hostile import LONG, harm, hostile_casebook

from recoupe.casebook import open_casebook
from recoupe.errors import KnowledgeError
from recoupe.ingest import Item, pasted
from recoupe.model import EventPlace, Problem
from recoupe.web import Settings, make_app
from recoupe.web.dossier import style_hash
from recoupe.web.locator import HEIGHT, WIDTH, locate, open_basemap
from recoupe.web.reading import Batch, Pasted, Upload, items_of
from recoupe.web.tiles import TileArchive

BASE = "http://127.0.0.1"
DESK = ("/voices", "/voices?view=how", "/labels", "/outlets", "/search", "/add")


@pytest.fixture(scope="module")
def client(casebook_file: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Settings(casebook_file)), base_url=BASE) as opened:
        yield opened


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str]]:
    place = tmp_path_factory.mktemp("hostile") / "hostile.casebook"
    event = hostile_casebook(place)
    with TestClient(make_app(Settings(place)), base_url=BASE) as opened:
        yield opened, event


@pytest.fixture(autouse=True)
def a_new_visitor(client: TestClient) -> None:
    client.cookies.clear()


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def links(html: str, beginning: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', html) if unescape(found).startswith(beginning)]


# ------------------------------------------------------------------------------------------------------------------- the tables


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("address", DESK)
def test_every_page_opens_in_both_languages(client: TestClient, address: str, language: str) -> None:
    answer = client.get(address, params={"lang": language} if "?" not in address else None)
    assert answer.status_code == 200
    assert harm(answer.text) == []


@pytest.mark.parametrize("address", ["/voices", "/voices?view=how", "/labels", "/outlets", "/voices?language=en&kind=named"])
def test_every_number_of_a_table_leads_to_as_many_pieces_of_evidence(client: TestClient, address: str) -> None:
    html = client.get(address, headers={"accept-language": "en"}).text
    cells = re.findall(r'<td class="n heat\d"><a href="([^"]+)">([\d,]+)</a>', html)
    assert cells or address == "/labels"
    for where, number in cells[:60]:
        answer = client.get(unescape(where), headers={"accept-language": "en"})
        assert answer.status_code == 200
        counted = re.search(r'<h2 id="results-title">([\d,]+)', answer.text)
        assert counted is not None
        if "/outlets/articles" in where and "which" not in where and address == "/outlets":
            continue  # the claims of an outlet lead to its articles
        assert counted[1] == number, where


def test_sorting_paging_filters_and_fragments(client: TestClient) -> None:
    html = client.get("/voices?view=how&order=denials").text
    assert 'aria-sort="descending"' in html
    denials = [int(cell) for cell in re.findall(r'denial=1">(\d+)</a>', html)]
    assert denials == sorted(denials, reverse=True)
    assert len(denials) > 1
    fragment = client.get("/voices", headers={"hx-request": "true"}).text
    assert fragment.lstrip().startswith('<div id="desk"')
    assert "<html" not in fragment
    nothing = client.get("/voices?outlet=nobody").text
    assert "Rien ne répond" in nothing
    for wrong in (
        "/voices?order=x",
        "/voices?kind=outlet",
        "/voices?page=0",
        "/labels?since=2019-13-01",
        "/outlets?order=1",
        "/voices/said?style=loud",
    ):
        assert client.get(wrong).status_code == 400, wrong
    assert client.get("/voices/said?voice=nobody").status_code == 404


@pytest.mark.parametrize("table", ["voices", "labels", "outlets"])
def test_a_table_is_downloaded_as_csv(client: TestClient, table: str) -> None:
    answer = client.get(f"/{table}.csv")
    assert answer.headers["content-disposition"] == f'attachment; filename="{table}.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert all(len(row) == len(rows[0]) for row in rows)
    if table == "voices":
        (steer,) = [dict(zip(rows[0], row, strict=True)) for row in rows if row[1] == "George Steer"]
        assert (steer["quotations"], steer["style_according"], steer["Morning paper, London"]) == ("5", "1", "5")
    if table == "outlets":
        shared = {row[0]: row[rows[0].index("shared_text")] for row in rows}
        assert (shared["Journal du soir, Paris"], shared["Gazette de province, Lyon"], shared["Radio, Salamanque"]) == ("1", "1", "0")


def test_the_words_of_a_voice_are_marked_and_lead_into_the_article(client: TestClient) -> None:
    html = client.get("/voices/said?voice=steer").text
    assert '<mark class="source">Steer</mark>' in html
    address = next(each for each in links(html, "/articles/") if "at=" in each)
    article = client.get(address.partition("#")[0])
    assert article.status_code == 200
    assert 'id="at"' in article.text
    assert client.get(address.partition("?")[0] + "?at=7-3").status_code == 400


# ----------------------------------------------------------------------------------------------------------------------- search


def test_search_shows_excerpts_with_what_was_found_and_the_events(client: TestClient) -> None:
    html = client.get("/search", params={"words": "bombardements -survivants"}).text
    assert "<mark>bombardement</mark>" in html
    assert "Gazette de province" not in html.partition("<datalist")[0] + html.partition("</datalist>")[2]
    event = links(html, "/events/")[0]
    assert client.get(event).status_code == 200
    only = client.get("/search", params={"words": "Guernica", "language": "en", "since": "1937-05-01"}).text
    assert set(re.findall(r'<p class="from"><span dir="auto">([^<]+)', only)) == {
        "Morning paper, London",
        "News bureau, Berlin",
        "News agency, Berlin",
    }
    assert "Aucun article" in client.get("/search?words=zeppelin").text
    assert client.get("/search", params={"words": '"' * 400 + "*-"}).status_code == 200


# ----------------------------------------------------------------------------------------------------------------- what is hostile


def test_a_hostile_article_shows_as_text_and_does_nothing(hostile: tuple[TestClient, str]) -> None:
    client, event = hostile
    pages = [*DESK, "/events", f"/events/{event}", "/search?words=zeppelin", f"/dossier?event={event}", f"/dossier/file?event={event}", "/add/jobs"]
    pages += links(client.get("/voices?view=how").text, "/voices/")
    pages += links(client.get("/labels").text, "/labels/") + links(client.get("/outlets").text, "/outlets/")
    pages += links(client.get("/search?words=zeppelin").text, "/articles/")
    for address in dict.fromkeys(pages):
        answer = client.get(address.partition("#")[0])
        assert answer.status_code == 200, address
        assert harm(answer.text) == [], address
        assert "49" not in text_of(answer.text.replace("{{ 7 * 7 }}", "")).split()
    for table in ("voices", "labels", "outlets"):
        rows = list(csv.reader(io.StringIO(client.get(f"/{table}.csv").content.decode("utf-8-sig"))))
        assert len(rows) == 2
    assert len(client.get("/search?words=zeppelin").content) < 40_000
    assert LONG not in client.get("/voices/said").text


def test_a_hostile_question_comes_back_as_text(client: TestClient) -> None:
    for page in ("/search?words=", "/voices?outlet=", "/labels?actor=", "/outlets?words=", "/voices/said?voice=", "/dossier?words="):
        answer = client.get(page + quote('"><script>alert(1)</script>{{7*7}}'))
        assert answer.status_code in {200, 404}
        assert harm(answer.text) == []


# ------------------------------------------------------------------------------------------------------------------------ adding


def test_what_is_given_becomes_articles_or_problems(tmp_path: Path) -> None:
    files = {
        "raid.txt": b"Guernica burns.",
        "rows.jsonl": b'{"id": "r1", "text": "One."}\n{"text": "Two."}\n',
        "image.png": b"\x89PNG",
        "empty.html": b"",
    }
    uploads = []
    for number, (name, content) in enumerate(files.items()):
        (tmp_path / str(number)).write_bytes(content)
        uploads.append(Upload(name, str(tmp_path / str(number)), len(content)))
    uploads.append(Upload("huge.txt", str(tmp_path / "0"), 20_000_001))
    given = Pasted("Alep\n\nUne frappe.", "https://example.org/a", "Alep", "2018-11-12", "Le Courrier", "fr")
    found = list(items_of(Batch(None, tuple(uploads), given)))
    items = [each for each in found if isinstance(each, Item)]
    assert [item.key for item in items] == ["https://example.org/a", f"raid.txt {items[1].sha256[:8]}", "r1", f"rows.jsonl {items[3].sha256[:8]}"]
    assert all(item.path is None for item in items)
    assert (items[0].published, items[0].outlet, items[0].language) == ("2018-11-12", "Le Courrier", "fr")
    reasons = [each.reason for each in found if isinstance(each, Problem)]
    assert ["not read" in reason or "is empty" in reason or "larger than 20 MB" in reason for reason in reasons] == [True] * 3


def test_a_pasted_page_is_read_as_a_page_and_blanks_are_a_problem() -> None:
    page = pasted("<!DOCTYPE html><html><body><p>Une frappe.</p></body></html>", url="https://example.org/b")
    assert isinstance(page, Item)
    assert page.kind == "html"
    assert isinstance(pasted(" \n\t"), Problem)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Rien n’a été donné"),
        ({"text": "  "}, "Rien n’a été donné"),
        ({"text": "a", "published": "12/11/2018"}, "n’est pas un jour"),
        ({"text": "a", "url": "javascript:alert(1)"}, "n’est pas une adresse"),
        ({"text": "a", "pasted_language": "tlh"}, "n’est pas une langue"),
    ],
)
def test_a_wrong_form_is_refused_in_words(client: TestClient, fields: dict[str, str], said: str) -> None:
    answer = client.post("/add", data=fields, files={"files": ("", b"")})
    assert answer.status_code == 400
    assert said in answer.text


def test_another_site_may_not_add_and_too_much_is_cut_off(tmp_path: Path) -> None:
    place = tmp_path / "new.casebook"
    with TestClient(make_app(Settings(place, largest_upload=100_000)), base_url=BASE) as client:
        assert client.post("/add", data={"text": "a"}, headers={"origin": "https://evil.example"}).status_code == 403
        big = {"files": ("big.txt", b"x" * 200_000)}
        assert client.post("/add", files=big).status_code == 413

        def endless() -> Iterator[bytes]:
            yield b'--b\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
            for _ in range(200):
                yield b"x" * 1000

        answer = client.post("/add", content=endless(), headers={"content-type": "multipart/form-data; boundary=b"})
        assert answer.status_code == 413
        with open_casebook(place) as casebook:
            assert casebook.count_documents() == 0


def test_files_are_read_beside_the_pages_with_progress_problems_and_events(tmp_path: Path) -> None:
    place = tmp_path / "new.casebook"
    sample = resources.files("recoupe") / "sample"
    files = [("files", (file.name, file.read_bytes())) for file in sample.iterdir() if file.name.startswith(("03", "04", "05"))]
    with TestClient(make_app(Settings(place)), base_url=BASE) as client:
        sent = client.post("/add", files=[*files, ("files", ("C:\\tmp\\a.pdf", b"%PDF"))], follow_redirects=False)
        assert (sent.status_code, sent.headers["location"]) == (303, "/add#jobs")
        client.post(
            "/add",
            data={"text": "Londres\n\nLe ministre a démenti mardi que des avions aient bombardé Alep.", "outlet": "Courrier"},
            files={"files": ("", b"")},
        )
        assert "every 1s" in client.get("/add").text
        slowest, deadline = 0.0, time.monotonic() + 240
        while "every 1s" in client.get("/add/jobs").text:
            begun = time.monotonic()
            assert client.get("/outlets").status_code == 200
            slowest = max(slowest, time.monotonic() - begun)
            assert time.monotonic() < deadline
            time.sleep(0.3)
        said = text_of(client.get("/add").text)
        assert "3 nouveaux articles" in said
        assert "1 non lu a.pdf: files named *.pdf are not read" in said
        assert "lu et recoupé · 1 / 1 article" in said
        assert slowest < 5  # pages go on while a batch is read
        assert re.search(r"\d+ voix", text_of(client.get("/voices").text))
        assert "data-event" in client.get("/events").text
    assert not any(thread.name == "intake" for thread in threading.enumerate())


# ---------------------------------------------------------------------------------------------------------------------- dossiers


def weightiest(client: TestClient) -> str:
    return links(client.get("/events?order=weight").text, "/events/")[0].removeprefix("/events/")


def test_a_dossier_holds_everything_and_needs_nothing(client: TestClient) -> None:
    event = weightiest(client)
    page = client.get(f"/dossier?event={event}")
    assert harm(page.text) == []
    answer = client.get(links(page.text, "/dossier/file")[0])
    html = answer.text
    assert harm(html) == []
    assert not re.search(r"\s(?:src|href)=[\"']?(?!#|[\"']#)", html)
    assert "@import" not in html
    assert "url(" not in html
    assert style_hash(html) in answer.headers["content-security-policy"]
    said = text_of(html)
    for expected in (
        "Frappe aérienne · Guernica",
        "Désaccords",
        "1 origine dit au plus 120",
        "Qui répète qui",
        "signes",
        "est répété par",
        "Recoupe 0.1.0",
        "SHA-256",
    ):
        assert expected in said, expected
    assert html.count("<svg") == 2
    kept = client.get(f"/dossier/file?event={event}&download=1&lang=en")
    assert kept.headers["content-disposition"] == f'attachment; filename="recoupe-{event[:8]}.html"'
    assert "Who repeats whom" in kept.text


def test_a_dossier_of_a_selection_says_what_was_chosen_and_what_is_left(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recoupe.web.pages.dossier.MOST_EVENTS", 2)
    said = text_of(client.get("/dossier/file?type=ASSAULT&outlet=Morning+paper,+London").text)
    assert "Choisis par : Morning paper, London · attaque" in said
    html = client.get("/dossier?order=weight").text
    assert "un dossier en contient 2 au plus" in html
    whole = client.get("/dossier/file?order=weight").text
    assert whole.count('class="sheet') == 2
    assert re.search(r"\d+ événements de cette sélection ne sont pas dans ce dossier", whole)
    assert client.get("/dossier/file?outlet=nobody").status_code == 400
    assert client.get("/dossier?event=nothing").status_code == 404


def test_a_place_is_drawn_without_a_basemap_and_one_unknown_is_not(tmp_path: Path) -> None:
    found = locate(EventPlace(None, "Guernica", "ES", 43.3, -2.7, 40.0), "fr", open_basemap(tmp_path / "none"))
    assert found is not None
    assert (found.drawn_from, found.middle) == ("net", (WIDTH / 2, HEIGHT / 2))
    assert found.radius > 20
    for odd in (EventPlace(None, "Pole", None, 90.0, 180.0, 1.0), EventPlace(None, "World", None, 0.0, -180.0, 20_000.0)):
        assert locate(odd, "en", None) is not None
    assert locate(EventPlace(None, "?", None, None, None, None), "fr", None) is None
    assert locate(None, "fr", None) is None


def test_a_small_archive_of_tiles_is_read_and_drawn(tmp_path: Path) -> None:
    """Written by the libraries that build the basemap, read by our own few lines."""
    vector, writer = pytest.importorskip("mapbox_vector_tile"), pytest.importorskip("pmtiles.writer")
    kinds = pytest.importorskip("pmtiles.tile")
    square = [(0, 0), (4096, 0), (4096, 4096), (0, 4096), (0, 0)]
    layers = [
        {"name": "land", "features": [{"geometry": {"type": "Polygon", "coordinates": [square]}, "properties": {}}]},
        {"name": "borders", "features": [{"geometry": {"type": "LineString", "coordinates": [(0, 100), (4000, 90)]}, "properties": {"kind": "disputed"}}]},
        {"name": "places", "features": [{"geometry": {"type": "Point", "coordinates": (2600, 1500)},
                                         "properties": {"kind": "town", "en": "Aleppo <b>", "fr": "Alep <b>", "zoom": 4.5, "population": 2_000_000}}]},
    ]  # fmt: skip
    path = tmp_path / "small.pmtiles"
    with path.open("wb") as file:
        archive = writer.Writer(file)
        packed = gzip.compress(vector.encode(layers, default_options={"y_coord_down": True, "extents": 4096}))
        for number in sorted(kinds.zxy_to_tileid(*place) for place in ((0, 0, 0), (2, 1, 1), (4, 7, 7), (4, 8, 8))):
            archive.write_tile(number, packed)
        archive.finalize({"tile_type": kinds.TileType.MVT, "tile_compression": kinds.Compression.GZIP, "min_zoom": 0, "max_zoom": 7}, {})
    opened = TileArchive(path)
    assert [feature.layer for feature in opened.features(0, 0, 0)] == ["land", "borders", "places"]
    assert opened.features(0, 0, 0)[0].lines == (((0, 0), (4096, 0), (4096, 4096), (0, 4096), (0, 0)),)
    assert opened.features(0, 0, 0)[2].properties["population"] == 2_000_000
    assert opened.features(2, 1, 1)
    assert not opened.features(2, 3, 0)
    found = locate(EventPlace(None, "Alep", "SY", 0.0, 0.0, 2000.0), "fr", opened)
    assert found is not None
    assert {shape.kind for shape in found.shapes} == {"land", "disputed"}
    assert "Alep <b>" in {name.text for name in found.names}
    path.write_bytes(path.read_bytes()[:300])
    broken = TileArchive(path)
    with pytest.raises(KnowledgeError, match="damaged"):
        broken.features(0, 0, 0)
    path.write_bytes(b"no tiles")
    with pytest.raises(KnowledgeError, match="no PMTiles archive"):
        TileArchive(path)


def test_every_word_of_the_interface_is_there_in_both_languages() -> None:
    from recoupe.casebook.tallies import KINDS, POLARITIES, STANCES, STYLES
    from recoupe.casebook.voices import CERTAINTIES
    from recoupe.model import Language
    from recoupe.web.wording import keys

    wanted = (
        {f"style.{each}" for each in STYLES} | {f"kind.{each}" for each in KINDS if each != "outlet"} | {f"certainty.{each}" for each in CERTAINTIES}
    )
    wanted |= {f"stance.{each}" for each in STANCES if each != "neutral"} | {f"polarity.{each}" for each in POLARITIES}
    for language in get_args(Language):
        assert wanted <= keys(language)
    assert keys("fr") == keys("en")
