"""Files, folders, globs and standard input become items, and what can't be read a Problem that says why."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from recoupe.ingest import Fields, Item, read_items, rows, sources
from recoupe.ingest import item as limits
from recoupe.model import Problem


def read(*paths: object) -> list[Item | Problem]:
    return list(read_items([str(path) for path in paths], Fields()))


def reasons(found: list[Item | Problem]) -> list[str]:
    return [each.reason for each in found if isinstance(each, Problem)]


def keys(found: list[Item | Problem]) -> list[str]:
    return [Path(each.key).name for each in found if isinstance(each, Item)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("c.txt", "a.HTML", "b/z.txt", ".hidden/x.txt", ".x.txt", "notes.pdf", "b/d.htm"):
        (tmp_path / name).write_text("<html><p>Un texte.</p></html>" if "htm" in name.lower() else "Un texte.", encoding="utf-8")
    (tmp_path / "d.jsonl").write_text('{"text": "un"}\n\n{"text": "deux", "id": 7}\n', encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_in_the_order_of_its_names_without_hidden_ones(folder: Path) -> None:
    found = read(folder)
    assert keys(found) == ["a.HTML", "d.htm", "z.txt", "c.txt", "d.jsonl:1", "7"]
    assert reasons(found) == []
    assert [each.kind for each in found if isinstance(each, Item)] == ["html", "html", "text", "text", "row", "row"]


def test_a_glob_finds_below_and_one_without_a_file_says_so(folder: Path) -> None:
    assert keys(read(folder / "**" / "*.txt")) == ["z.txt", "c.txt"]
    assert "no file fits this pattern" in reasons(read(folder / "*.md"))[0]


def test_a_name_that_looks_like_a_pattern_is_a_file_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("Un texte.", encoding="utf-8")
    assert keys(read(tmp_path / "a[1].txt")) == ["a[1].txt"]


def test_items_come_one_at_a_time(folder: Path) -> None:
    found = read_items([str(folder), "missing"], Fields())
    assert isinstance(next(found), Item)
    (folder / "c.txt").unlink()
    assert any("no such file" in reason for reason in reasons(list(found)))


@pytest.mark.parametrize(
    ("name", "reason"), [("notes.pdf", "files named *.pdf are not read"), ("gone.txt", "there is no such file"), ("c.txt/x.txt", "it can't be read")]
)
def test_what_is_named_and_cannot_be_read_says_why(folder: Path, name: str, reason: str) -> None:
    (found,) = read(folder / name)
    assert isinstance(found, Problem)
    assert reason in found.reason
    assert found.document is not None
    assert name.split("/")[0] in found.document


def test_empty_files_are_problems(tmp_path: Path) -> None:
    for name, data in (("a.txt", b""), ("b.txt", b" \r\n\t"), ("c.jsonl", b"\n\n"), ("d.html", b"\xef\xbb\xbf"), ("e.json", b"")):
        (tmp_path / name).write_bytes(data)
    assert [reason.endswith("is empty: there is nothing to read") for reason in reasons(read(tmp_path))] == [True] * 5


def test_links_are_followed_once_and_loops_are_said(folder: Path) -> None:
    (folder / "b" / "up").symlink_to(folder)
    (folder / "dead.txt").symlink_to(folder / "gone.txt")
    (folder / "self.txt").symlink_to("self.txt")
    found = read(folder)
    assert keys(found) == ["a.HTML", "d.htm", "z.txt", "c.txt", "d.jsonl:1", "7"]
    said = reasons(found)
    assert len(said) == 3
    assert "leads back to a folder that holds it" in said[0]
    assert "no such file" in said[1]
    assert "can't be read" in said[2]


def test_a_folder_that_may_not_be_read_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_scan = os.scandir

    def scan(path: str) -> object:
        if str(path).endswith("/b"):
            raise PermissionError(13, "Permission denied", path)
        return true_scan(path)

    monkeypatch.setattr(os, "scandir", scan)
    found = read(folder)
    assert len(reasons(found)) == 1
    assert "chmod" in reasons(found)[0]
    assert keys(found)[-1] == "7"


def test_a_file_that_may_not_be_read_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, *_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(sources, "open", refuse, raising=False)
    assert "chmod" in reasons(read(folder / "c.txt"))[0]


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(limits.LARGEST_ITEM + 1)  # a hole: takes no room
    (tmp_path / "small.txt").write_text("Un texte.", encoding="utf-8")
    found = read(tmp_path)
    assert "is larger than 50 MB" in reasons(found)[0]
    assert keys(found) == ["small.txt"]


def test_a_row_too_large_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "LARGEST_ITEM", 1000)
    big = '{"text": "' + "a " * 3000 + '"}'
    (tmp_path / "a.jsonl").write_text(f'{{"text": "un"}}\n{big}\n{{"text": "trois"}}\n', encoding="utf-8")
    found = read(tmp_path)
    assert keys(found) == ["a.jsonl:1", "a.jsonl:3"]
    assert "row 2 is longer than" in reasons(found)[0]


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> list[Item | Problem]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    return read("-")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("Le pont a sauté.".encode(), "text"),
        (b"\n <!DOCTYPE html><html><p>a</p></html>", "html"),
        (b'{"text": "a"}\n{"text": "b"}\n', "row"),
        (b'{"text": "' + b"a" * 100_000 + b'"}', "row"),
        (b'[{"text": "a"}]', "row"),
        (b'{\n  "text": "a"\n}', "row"),
        (b"[Reuters] Le pont.", "text"),
    ],
)
def test_standard_input_shows_what_it_is(monkeypatch: pytest.MonkeyPatch, data: bytes, kind: str) -> None:
    found = stdin(monkeypatch, data)
    assert [each.kind for each in found if isinstance(each, Item)] == [kind] * len(found)
    assert all(isinstance(each, Item) and each.path is None and each.key.startswith("stdin:") for each in found)


def test_different_texts_on_standard_input_have_different_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    (first,), (second,) = stdin(monkeypatch, b"Un texte."), stdin(monkeypatch, b"Un autre texte.")
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert first.key != second.key


def test_nothing_on_standard_input_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reasons(stdin(monkeypatch, b"")) == ["standard input is empty: there is nothing to read"]


def test_a_name_that_is_no_utf8_can_still_be_stored(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as stream:
        stream.write(b"Un texte.")
    (item,) = read(tmp_path)
    assert isinstance(item, Item)
    assert item.key.endswith("caf\ufffd.txt")
    item.key.encode("utf-8")


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_is_read_as_rows_whatever_its_shape(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"text": "un", "id": "x"}\n{"text": "deux", "id": "y"}\n', encoding="utf-8")
    assert keys(read(tmp_path)) == ["x", "y"]


def test_a_json_array_is_read_and_a_cut_one_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[\n {"text": "un", "id": "x"},\n {"text": "deux", "id": "y"}\n]', encoding="utf-8")
    (tmp_path / "b.json").write_text('[{"text": "un"}, {"text": "de', encoding="utf-8")
    found = read(tmp_path)
    assert keys(found) == ["x", "y"]
    assert "b.json is not JSON" in reasons(found)[0]
