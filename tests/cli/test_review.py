"""Reviewing on the command line, as a coder without a browser does it: real files, exit codes, and what is printed."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from tests.casebook.made import document, reading
from tests.cli.test_commands import recoupe

from recoupe.casebook import open_casebook

TEXT = "Guernica bombardée\n\nDes avions ont détruit la ville. On parle de 1654 morts, dit Bilbao.\n"
MADE = document(TEXT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_casebook(tmp_path / "recoupe.casebook") as casebook:
        casebook.add(MADE, reading(MADE, place="Guernica", actor="unit:condor", day="1937-04-26", claims=3), code_version="1")
    return tmp_path


def lines(folder: Path, *words: str) -> list[dict[str, object]]:
    done = recoupe("review", *words, "--json", folder=folder)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


def claim(folder: Path, reviewer: str = "Anne") -> str:
    (found,) = lines(folder, "next", "--reviewer", reviewer)
    ref = found["claim"]
    assert isinstance(ref, dict)
    return f"{ref['document']}/{ref['claim']}"


def test_a_coder_s_hour(folder: Path) -> None:
    shown = recoupe("review", "next", "--reviewer", "Anne", folder=folder).stdout.decode()
    assert "3 claims wait for Anne" in shown
    assert "nobody was found to whom it was done" in shown
    first = claim(folder)
    assert recoupe("review", "accept", first, "--reviewer", "Anne", folder=folder).returncode == 0
    second = claim(folder)
    assert second != first
    (corrected,) = lines(
        folder, "correct", second, "--reviewer", "Anne", "--set", "type=COERCE", "--set", "figures=killed >=13; wounded 5-7", "--set", "places=Durango",
        "--set", "date_start=",
    )  # fmt: skip
    assert corrected["verdict"] == "corrected"
    third = claim(folder)
    assert recoupe("review", "note", third, "see page 2", "--reviewer", "Anne", folder=folder).returncode == 0
    assert recoupe("review", "reject", third, "--reason", "no-event", "--reviewer", "Anne", folder=folder).returncode == 0
    assert lines(folder, "next", "--reviewer", "Anne") == []
    assert recoupe("review", "undo", "--reviewer", "Anne", folder=folder).stdout.decode().startswith("undone: rejected")
    assert claim(folder) == third
    verdicts = [each["decision"]["verdict"] for each in lines(folder, "log", "--reviewer", "Anne")]  # type: ignore[index]
    assert verdicts == ["accepted", "corrected", "noted", "rejected", "withdrawn"]
    assert lines(folder, "log", "--reviewer", "Bernard") == []
    assert len(lines(folder, "log", "--everyone")) == 5


def test_what_another_decided_is_not_shown_to_who_decides_next(folder: Path) -> None:
    first = claim(folder)
    recoupe("review", "correct", first, "--reviewer", "Anne", "--set", "type=PROTEST", "--note", "a secret", folder=folder)
    told = recoupe("review", "next", "--reviewer", "Bernard", "--readers", "all", "--limit", "9", "--json", folder=folder).stdout.decode()
    assert first.partition("/")[2] in told
    assert "PROTEST" not in told
    assert "secret" not in told


def test_agreement_and_the_table_of_what_stands(folder: Path) -> None:
    claims = [f"{MADE.info.id}/ASSAULT:{n}-{n + 1}" for n in range(3)]
    for name in claims:
        recoupe("review", "accept", name, "--reviewer", "Anne", folder=folder)
    recoupe("review", "accept", claims[0], "--reviewer", "Bernard", folder=folder)
    recoupe("review", "correct", claims[1], "--reviewer", "Bernard", "--set", "mode=aerial", "--set", "figures=killed 1654", folder=folder)
    recoupe("review", "reject", claims[2], "--reason", "duplicate", "--reviewer", "Bernard", folder=folder)
    recoupe("review", "add", MADE.info.id, "24-30", "COERCE", "--reviewer", "Bernard", "--set", "actors==cmd|x", folder=folder)
    (found,) = lines(folder, "agreement")
    assert (found["claims"], found["reviewers"]) == (3, ["Anne", "Bernard"])
    shown = recoupe("review", "agreement", folder=folder).stdout.decode()
    assert "Anne: kept | Bernard: rejected: duplicate" in shown
    done = recoupe("export", "csv", "out", "--reviewed", folder=folder)
    assert done.returncode == 0, done.stderr.decode()
    with (folder / "out" / "reviewed.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["claim_id"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"ASSAULT:0-1", "ASSAULT:1-2", "COERCE:24-30"}
    aerial = rows["ASSAULT:1-2"]
    assert (aerial["plover_mode"], aerial["fatalities_low"], aerial["event_date"], aerial["location"]) == ("aerial", "1654", "1937-04-26", "Guernica")
    assert (aerial["actor1"], aerial["actor2"]) == ("unit:condor", "")
    assert (aerial["verdict"], aerial["corrected"], aerial["reviewers"], aerial["differing"]) == (
        "corrected",
        "mode; figures",
        "Anne; Bernard",
        "mode; figures",
    )
    assert rows["COERCE:24-30"]["actor1"] == "'=cmd|x"
    assert rows["COERCE:24-30"]["notes"].startswith("Des avions")
    with (folder / "out" / "claims.csv").open(encoding="utf-8", newline="") as file:
        claims_now = {row["claim_id"]: row for row in csv.DictReader(file)}
    assert {name: row["rule"] for name, row in claims_now.items()} == {"ASSAULT:0-1": "made", "ASSAULT:1-2": "reviewer", "COERCE:24-30": "reviewer"}
    assert claims_now["ASSAULT:1-2"]["plover_mode"] == "aerial"
    with (folder / "out" / "events.csv").open(encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file))
    assert {row["event_id"] for row in rows.values()} == {row["event_id"] for row in events}
    assert "1654" in {row["fatalities_high"] for row in events}
    with (folder / "out" / "decisions.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 7
    one = recoupe("export", "csv", "anne", "--reviewed", "--reviewer", "Anne", folder=folder)
    assert one.returncode == 0
    assert len((folder / "anne" / "reviewed.csv").read_text(encoding="utf-8").splitlines()) == 4


def test_only_what_was_decided(folder: Path) -> None:
    recoupe("review", "accept", f"{MADE.info.id}/ASSAULT:1-2", "--reviewer", "Anne", folder=folder)
    assert recoupe("export", "jsonl", "out", "--reviewed", "--only-decided", folder=folder).returncode == 0
    (read,) = [json.loads(line) for line in (folder / "out" / "readings.jsonl").read_bytes().splitlines()]
    assert [each["id"] for each in read["claims"]] == ["ASSAULT:1-2"]
    assert len((folder / "out" / "events.jsonl").read_bytes().splitlines()) == 1
    assert recoupe("export", "jsonl", "out2", "--only-decided", folder=folder).returncode == 2


def test_decisions_travel_between_copies(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    shutil.copy(folder / "recoupe.casebook", other)
    recoupe("review", "accept", claim(other), "--reviewer", "Bernard", folder=other)
    assert recoupe("export", "jsonl", "out", folder=other).returncode == 0
    sent = str(other / "out" / "decisions.jsonl")
    assert recoupe("review", "take", sent, folder=folder).stdout == b"1 decisions taken over\n"
    assert recoupe("review", "take", sent, sent, folder=folder).stdout == b"0 decisions taken over\n"
    (folder / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    done = recoupe("review", "take", "bad.jsonl", folder=folder)
    assert done.returncode == 1
    assert b"line 1: no decision" in done.stderr


def test_wrong_use_is_said_in_words(folder: Path) -> None:
    first = claim(folder)
    for words, code, said in (
        (("accept", "nonsense"), 1, b"names no claim"),
        (("accept", f"{MADE.info.id}/ASSAULT:99-100"), 1, b"has no claim"),
        (("reject", first), 2, b"--reason"),
        (("correct", first), 2, b"--set"),
        (("correct", first, "--set", "colour=red"), 1, b"is no field"),
        (("correct", first, "--set", "type=WAR"), 1, b"codebook"),
        (("correct", first, "--set", "figures=many dead"), 1, b"no figure"),
        (("correct", first, "--set", "figures=killed 4.000.000"), 1, b"write 4000"),
        (("correct", first, "--set", "trigger=here"), 1, b"does not stand in the text"),
        (("note", first, "n" * 10**6), 1, b"4,000 can be kept"),
        (("undo", "--reviewer", "Zoe"), 1, b"nothing to undo"),
    ):
        done = recoupe("review", *words, folder=folder)
        said_there = done.stdout if words[0] == "undo" else done.stderr
        assert (done.returncode, said in b" ".join(said_there.replace("│".encode(), b"").split()) or words[0] == "undo") == (code, True), (
            words,
            done,
        )


def test_an_export_without_decisions_is_as_it_was(folder: Path) -> None:
    recoupe("export", "csv", "out", folder=folder)
    assert not (folder / "out" / "decisions.csv").exists()
