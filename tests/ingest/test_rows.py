"""Every row of JSON Lines is an item or a Problem of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import InputError
from recoupe.ingest import Fields, Item, read_items, to_document
from recoupe.ingest.rows import read_row
from recoupe.model import Problem

TEXT = "Le pont de la ville a sauté dans la nuit, selon des habitants."


def row(**columns: object) -> Item | Problem:
    return read_row(json.dumps(columns).encode(), "a.jsonl", 4, Fields())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a"', "row 4 is not JSON"),
        (b"\xff\xfe\xff", "row 4"),
        (b'["text"]', "is a list where an object"),
        (b'"text"', "is a text where an object"),
        (b"{}", "has no column `text` (it has no column at all)"),
        (b'{"body": "a", "date": 3}', "has no column `text` (it has `body`, `date`): name the column"),
        (b'{"text": null}', "`text` is null where a text is wanted"),
        (b'{"text": 5}', "`text` is a number where a text is wanted"),
        (b'{"text": ["a"]}', "`text` is a list"),
        (b'{"text": {"a": 1}}', "`text` is an object"),
        (b'{"text": true}', "`text` is true or false"),
        (b'{"text": "  "}', "`text` is empty"),
        (b'{"text": "a", "title": ["b"]}', "`title` is a list where a text is wanted: name another column"),
        (b'{"text": "a", "text": "b"}', "has the column `text` twice"),
        (b'{"text": "a", "id": ' + b"9" * 5000 + b"}", "row 4 is not JSON"),
        (b'{"text": ' + b"[" * 100_000 + b"}", "row 4 is not JSON"),
    ],
)
def test_a_broken_row_says_what_is_wrong_and_where(line: bytes, reason: str) -> None:
    found = read_row(line, "a.jsonl", 4, Fields())
    assert isinstance(found, Problem)
    assert reason in found.reason
    assert found.document == "a.jsonl:4"


def test_one_broken_row_stops_nothing(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT}).encode()
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + good + b"\r\n{broken\r\n\r\n" + good + b"\r\n" + good)
    found = list(read_items([str(tmp_path / "a.jsonl")], Fields()))
    assert [each.row if isinstance(each, Item) else None for each in found] == [1, None, 4, 5]
    assert isinstance(found[1], Problem)
    assert "row 2" in found[1].reason


def test_other_columns_are_mapped() -> None:
    line = json.dumps(
        {"content": TEXT, "uid": 12, "headline": "Le pont", "date": 1542009600, "source": "Radio", "lang": "fr", "link": "https://e.org/1"}
    ).encode()
    fields = Fields(text="content", id="uid", title="headline", published="date", outlet="source", language="lang", url="link")
    item = read_row(line, "a.jsonl", 1, fields)
    assert isinstance(item, Item)
    info = to_document(item).info
    assert (info.key, info.title, info.outlet, info.language, info.url) == ("12", "Le pont", "Radio", "fr", "https://e.org/1")
    assert info.published.value == "2018-11-12"


def test_the_key_is_the_id_then_the_address_then_the_place() -> None:
    found = [row(text=TEXT, id="x", url="https://e.org"), row(text=TEXT, url="https://e.org"), row(text=TEXT, id=None)]
    assert [each.key for each in found if isinstance(each, Item)] == ["x", "https://e.org", "a.jsonl:4"]


def test_a_changed_column_is_a_new_version() -> None:
    first, second = row(text=TEXT, title="un"), row(text=TEXT, title="deux")
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert first.sha256 != second.sha256
    assert first.data == second.data


def test_half_of_a_pair_is_replaced_so_that_it_can_be_stored() -> None:
    item = read_row(b'{"text": "Le pont \\ud83d a saut\\u00e9 hier soir dans la ville", "title": "\\ud83d"}', "a.jsonl", 1, Fields())
    assert isinstance(item, Item)
    document = to_document(item)
    document.text.encode("utf-8")
    assert len(document.text) == len("Le pont ? a sauté hier soir dans la ville")


def test_a_row_that_holds_a_page_is_read_as_one() -> None:
    item = row(text=f"<!DOCTYPE html><html><body><p>{TEXT}</p><script>alert('x')</script></body></html>")
    assert isinstance(item, Item)
    assert to_document(item).text == TEXT


def test_a_row_in_windows_1252_is_read() -> None:
    item = read_row('{"text": "L’été à Hôms, selon l’armée, a coûté 5 € à la ville."}'.encode("cp1252"), "a.jsonl", 1, Fields())
    assert isinstance(item, Item)
    assert item.data.decode() == "L’été à Hôms, selon l’armée, a coûté 5 € à la ville."


def test_rows_in_utf16_are_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "a"}\n'.encode("utf-16"))
    (found,) = read_items([str(tmp_path / "a.jsonl")], Fields())
    assert isinstance(found, Problem)
    assert "save it as UTF-8" in found.reason


@given(st.text(min_size=1))
def test_the_text_of_a_row_is_the_text_of_its_document(text: str) -> None:
    found = row(text=text, language="fr")
    if isinstance(found, Problem):
        assert not text.strip()
        return
    try:
        document = to_document(found)
    except InputError:
        return
    if not text.lstrip().startswith("<") and "\0" not in text and not text.startswith("\ufeff"):
        assert document.text == text.encode("utf-8", "replace").decode()
