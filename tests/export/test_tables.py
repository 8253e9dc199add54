from __future__ import annotations

import csv
import errno
import hashlib
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import ExportError
from recoupe.export import FORMATS, write_csv, write_csv_bom, write_jsonl
from recoupe.export.csv import TABLES
from recoupe.export.event_rows import _EVENT_TYPES
from recoupe.export.sheet import guarded
from recoupe.model import (
    AcledType,
    ActorMention,
    Attribution,
    Block,
    Claim,
    ClaimRef,
    Dispute,
    Document,
    DocumentInfo,
    DocumentRef,
    Event,
    EventPlace,
    FigureMention,
    Label,
    Origin,
    PlaceMention,
    Position,
    Positions,
    Published,
    Reading,
    Span,
    TimeMention,
)

TEXT = "=SOMME(1) à Guernica\n\nSelon Bilbao, la Légion Condor, « ces barbares », a tué\nau moins 1654 habitants lundi.\n"


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def record() -> tuple[Document, Reading]:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    when = Published("1937-04-27", "1937-04-27", "1937-04-27", "metadata")
    info = DocumentInfo(digest[:16], "a;b.txt", None, None, "Le Courrier", "fr", "=SOMME(1) à Guernica", when, len(TEXT), digest)
    blocks = (Block("title", 0, 20), Block("body", 22, len(TEXT)))
    condor, place, day, dead = span("la Légion Condor"), span("Guernica"), span("lundi"), span("au moins 1654 habitants")
    claim = Claim(
        id="ASSAULT:66-70", trigger=span("tué"), sentence=span("Selon Bilbao, la Légion Condor, « ces barbares », a tué\nau moins 1654 habitants lundi."),
        type="ASSAULT", mode="aerial", acled="Air/drone strike", actors=("actor:1",), recipients=(), places=("place:1",), times=("time:1",),
        date_start="1937-04-26", date_end="1937-04-26", figures=("figure:1",), voice="said:1", chain=("said:0", "said:1"), factuality="CT+",
        stage="accomplished", responsibility="accused", rule="kill",
    )  # fmt: skip
    mentions = (
        ActorMention("actor:1", condor.start, condor.end, "la Légion Condor", "unit:condor", "Légion Condor"),
        PlaceMention("place:1", place.start, place.end, "Guernica", "gn:1", "Guernica", "ES", 43.31, -2.68, "town", 3.0),
        TimeMention("time:1", day.start, day.end, "lundi", "DATE", "1937-04-26", "1937-04-26", "1937-04-26"),
        FigureMention("figure:1", dead.start, dead.end, "au moins 1654 habitants", "killed", 1654, None, approximate=False),
    )
    outer = Attribution("said:0", (), "outlet", None, None, (), (), "indirect", "neutral", denial=False, parent=None, rule="r")
    inner = Attribution(
        "said:1", (span("Bilbao"),), "office", None, None, (span("Selon"),), (span("la Légion Condor"), span("a tué\nau moins 1654 habitants lundi")),
        "according", "neutral", denial=False, parent="said:0", rule="selon",
    )  # fmt: skip
    barbarians = span("ces barbares")
    label = Label(barbarians.start, barbarians.end, "unit:condor", "negative", "said:1", "judged")
    return Document(info, TEXT, blocks), Reading(info, blocks, mentions, (outer, inner), (claim,), (label,))


def event() -> Event:
    document, reading = record()
    ref = ClaimRef(document.info.id, reading.claims[0].id)
    killed = (
        Position(("Bilbao",), 1, (ref,), low=1654, high=None, first_said="1937-04-27"),
        Position(("historians", "town"), 2, (ref,), low=150, high=300, approximate=True),
    )
    occurred = (Position(("Bilbao",), 1, (ref,), value="yes"), Position(("Salamanca",), 1, (), value="no"))
    return Event(
        id="3f2a", type="ASSAULT", acled="Air/drone strike", date_start="1937-04-26", date_end="1937-04-26",
        place=EventPlace("gn:1", "Guernica", "ES", 43.31, -2.68, 3.0), actors=("Légion Condor", "Aviazione Legionaria"), recipients=(),
        claims=(ref,), documents=(DocumentRef(document.info.id, "a;b.txt", None, "Le Courrier", "1937-04-27"),),
        origins=(Origin("Bilbao", "office", (document.info.id,), "1937-04-27"),), independent_origins=3, copies=(),
        positions=Positions(killed=killed, occurred=occurred), disputes=(Dispute("killed", (0, 1), "at least 1654 and 150 to 300"),),
    )  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_hold_what_the_record_says(tmp_path: Path) -> None:
    written = write_csv([record()], [event()], tmp_path / "out")
    assert [path.name for path in written] == [table.name for table in TABLES]
    (told,) = rows(tmp_path / "out" / "events.csv")
    expected = {
        "event_id": "3f2a", "event_date": "1937-04-26", "year": "1937", "time_precision": "1", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike", "plover_type": "ASSAULT", "plover_mode": "aerial", "actor1": "Légion Condor",
        "actor2": "Aviazione Legionaria", "country": "Spain", "iso2": "ES", "location": "Guernica", "latitude": "43.31", "longitude": "-2.68",
        "geo_precision": "1", "sources": "Le Courrier", "documents": "1", "independent_origins": "3", "fatalities_low": "150",
        "fatalities_high": "1654", "fatalities": "≥1654 (1 origin) | ~150–300 (2 origins)", "wounded_low": "", "occurred": "disputed",
        "disputed": "killed", "notes": "killed: at least 1654 and 150 to 300",
    }  # fmt: skip
    assert {column: told[column] for column in expected} == expected
    positions = rows(tmp_path / "out" / "positions.csv")
    assert [(one["attribute"], one["low"], one["high"], one["value"], one["disputed"]) for one in positions] == [
        ("killed", "1654", "", "", "yes"), ("killed", "150", "300", "", "yes"), ("occurred", "", "", "yes", "no"), ("occurred", "", "", "no", "no"),
    ]  # fmt: skip
    (claim,) = rows(tmp_path / "out" / "claims.csv")
    assert claim["sentence"] == "Selon Bilbao, la Légion Condor, « ces barbares », a tué au moins 1654 habitants lundi."
    assert (claim["voice"], claim["voice_kind"], claim["chain"]) == ("Bilbao", "office", "Le Courrier > Bilbao")
    assert (claim["actors"], claim["places"], claim["figures"]) == ("Légion Condor", "Guernica", "killed ≥1654")
    said = rows(tmp_path / "out" / "attributions.csv")[1]
    assert said["content"] == "la Légion Condor … a tué au moins 1654 habitants lundi"
    assert [one["kind"] for one in rows(tmp_path / "out" / "mentions.csv")] == ["actor", "place", "time", "figure"]
    assert rows(tmp_path / "out" / "labels.csv")[0]["text"] == "ces barbares"
    assert rows(tmp_path / "out" / "members.csv") == [{"event_id": "3f2a", "document_id": record()[0].info.id, "claim_id": "ASSAULT:66-70"}]
    (document,) = rows(tmp_path / "out" / "documents.csv")
    assert (document["title"], document["key"], document["claims"]) == ("'=SOMME(1) à Guernica", "a;b.txt", "1")
    assert all(TEXT[int(one["start"]) : int(one["end"])] == one["text"] for one in rows(tmp_path / "out" / "mentions.csv"))


def test_excel_is_told_the_encoding_when_asked(tmp_path: Path) -> None:
    write_csv_bom([record()], [event()], tmp_path / "bom")
    write_csv([record()], [event()], tmp_path / "plain")
    for table in TABLES:
        raw = (tmp_path / "bom" / table.name).read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw[3:] == (tmp_path / "plain" / table.name).read_bytes()


def test_json_lines_are_the_records(tmp_path: Path) -> None:
    readings, events = write_jsonl([record()], [event(), event()], tmp_path)
    assert [msgspec.json.decode(line, type=Reading) for line in readings.read_bytes().splitlines()] == [record()[1]]
    assert [msgspec.json.decode(line, type=Event) for line in events.read_bytes().splitlines()] == [event(), event()]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_writes_an_empty_record_and_clobbers_nothing(tmp_path: Path, form: object) -> None:
    write = form.write  # type: ignore[attr-defined]
    (tmp_path / "mine.txt").write_text("mine")
    written = write([], [], tmp_path)
    assert all(path.exists() for path in written)
    written[0].write_text("edited by hand")
    with pytest.raises(ExportError, match=f"{written[0].name}.* is there already: name another folder"):
        write([record()], [event()], tmp_path)
    assert written[0].read_text() == "edited by hand"
    write([record()], [event()], tmp_path, replace=True)
    assert written[0].read_text() != "edited by hand"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["mine.txt", *(path.name for path in written)])


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_what_fails_leaves_nothing(tmp_path: Path, form: object, monkeypatch: pytest.MonkeyPatch) -> None:
    write = form.write  # type: ignore[attr-defined]

    def broken() -> object:
        yield event()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write([record()], broken(), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match=r"No space left on device.*free space or name another folder"):
        write([record()], [event()], tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="the folder can't be made"):
        write([record()], [event()], tmp_path / "file" / "out")


@given(st.text(max_size=12))
def test_no_cell_runs(text: str) -> None:
    cell = guarded(text)
    assert isinstance(cell, str)
    assert not cell.lstrip(" \u00a0\u200b\ufeff").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert cell in (text, f"'{text}") or any(ord(mark) < 32 for mark in text)


@pytest.mark.parametrize("number", [-2.68, 0, 3.0, None, True])
def test_numbers_stay_numbers(number: float | None) -> None:
    assert not isinstance(guarded(number), str) or isinstance(number, bool)


def test_every_sub_type_has_one_event_type() -> None:
    listed = [sub_type for sub_types in _EVENT_TYPES.values() for sub_type in sub_types]
    assert sorted(listed) == sorted(AcledType.__args__)  # type: ignore[attr-defined]


def test_half_characters_and_line_breaks_pass(tmp_path: Path) -> None:
    document, reading = record()
    odd = Document(document.info, "\ud83d" + document.text[1:].replace("Bilbao", 'B"i,\nl'), document.blocks)
    write_csv([(odd, reading)], [], tmp_path)
    assert rows(tmp_path / "attributions.csv")[1]["source"] == 'B"i, l'
