"""The commands as a new user runs them: real processes, real files, their exit codes and what they print."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest

from recoupe.cli import main

SAMPLE = str(resources.files("recoupe") / "sample")
SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
ARTICLE = "L'armée a bombardé le village d'Al-Baghouz lundi 11 février 2019. Selon l'ONU, 13 civils ont été tués et sept autres blessés.\n"


class Done(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: bytes
    stderr: bytes


def recoupe(*words: str, folder: Path, given: bytes = b"") -> Done:
    """Run a command in this process, where the language models are loaded already; what needs a process of its own starts one."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = {"stdin": io.TextIOWrapper(io.BufferedReader(io.BytesIO(given))), "stdout": io.TextIOWrapper(out), "stderr": io.TextIOWrapper(err)}
    with contextlib.chdir(folder), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["recoupe", *words])
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as left:
            main()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        code = left.value.code
        return Done(code if isinstance(code, int) else 0, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook of the sample, cross-checked."""
    folder = tmp_path_factory.mktemp("sample")
    added = recoupe("add", SAMPLE, folder=folder)
    assert added.returncode == 0, added.stderr.decode()
    checked = recoupe("check", folder=folder)
    assert checked.returncode == 0, checked.stderr.decode()
    return folder


def events(folder: Path, *words: str) -> list[dict[str, object]]:
    done = recoupe("events", "--json", *words, folder=folder)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_readings_are_as_their_schema_says_and_point_to_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = recoupe("read", "--json", "a.txt", SAMPLE, folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "reading-1.json").read_bytes()))
    for reading in readings:
        validator.validate(reading)
    assert len(readings) == 13
    first = readings[0]
    assert first["document"]["path"] == "a.txt"
    for mention in first["mentions"]:
        assert ARTICLE[mention["start"] : mention["end"]] == mention["text"]
    figures = {(m["measure"], m["low"], m["high"]) for m in first["mentions"] if m["kind"] == "figure"}
    assert ("killed", 13.0, 13.0) in figures


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert recoupe("read", "--json", "a.txt", folder=tmp_path).stdout == recoupe("read", "--json", "a.txt", folder=tmp_path).stdout


def test_events_are_as_their_schema_says(casebook: Path) -> None:
    validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "event-1.json").read_bytes()))
    found = events(casebook)
    assert found
    for event in found:
        validator.validate(event)


def test_the_sample_is_one_event_with_its_tolls_and_its_denial(casebook: Path) -> None:
    bombing = max(events(casebook), key=lambda event: len(event["documents"]))  # type: ignore[arg-type]
    positions = bombing["positions"]
    assert isinstance(positions, dict)
    killed = {(position["low"], position["high"]) for position in positions["killed"]}
    assert (1654.0, 1654.0) in killed
    assert (150.0, 300.0) in killed
    assert len(killed) >= 4
    disputed = {dispute["attribute"] for dispute in bombing["disputes"]}  # type: ignore[attr-defined]
    assert {"killed", "occurred"} <= disputed or {"killed", "actor"} <= disputed


def test_a_reprint_is_no_further_origin(casebook: Path) -> None:
    bombing = max(events(casebook), key=lambda event: len(event["documents"]))  # type: ignore[arg-type]
    keys = {document["id"]: document["key"] for document in bombing["documents"]}  # type: ignore[attr-defined]
    copies = [{Path(keys[identity]).stem for identity in group if identity in keys} for group in bombing["copies"]]  # type: ignore[attr-defined]
    assert {"04_paris_fr", "05_lyon_fr"} in copies


def test_show_prints_versions_and_words(casebook: Path) -> None:
    bombing = max(events(casebook), key=lambda event: len(event["documents"]))  # type: ignore[arg-type]
    done = recoupe("show", str(bombing["id"])[:8], folder=casebook)
    printed = done.stdout.decode()
    assert done.returncode == 0
    for words in ("Who says what", "1,654", "150–300", "Disputed", "In their words", "One text, counted once"):
        assert words in printed


def test_show_adds_the_readings_of_acled_and_ucdp_on_request(casebook: Path) -> None:
    bombing = max(events(casebook), key=lambda event: len(event["documents"]))  # type: ignore[arg-type]
    plain = recoupe("show", str(bombing["id"]), folder=casebook).stdout.decode()
    printed = recoupe("show", str(bombing["id"]), "--estimates", folder=casebook).stdout.decode()
    assert "ACLED" not in plain
    assert printed.startswith(plain.rstrip("\n"))
    assert "UCDP, low / best / high: " in printed
    made = json.loads(recoupe("show", str(bombing["id"]), "--estimates", "--json", folder=casebook).stdout.splitlines()[1])
    assert made["acled"] == made["ucdp_low"] <= made["ucdp_best"] <= made["ucdp_high"] == 1654


def test_search_ignores_accents_and_finds_both_languages(casebook: Path) -> None:
    found = recoupe("search", "guernica", "--json", folder=casebook).stdout.splitlines()
    assert len(found) == 12
    assert recoupe("search", "incendiee", "--json", folder=casebook).stdout.splitlines()


def test_exports_are_written(casebook: Path, tmp_path: Path) -> None:
    for name in ("csv", "jsonl"):
        done = recoupe("export", name, str(tmp_path / name), folder=casebook)
        assert done.returncode == 0, done.stderr.decode()
        assert list((tmp_path / name).iterdir())


def test_a_dossier_is_written_once_and_stands_by_itself(casebook: Path, tmp_path: Path) -> None:
    place = casebook / "recoupe.casebook"
    listed = recoupe("events", "--order", "weight", "--limit", "2", "--json", folder=casebook)
    first, second = (json.loads(line)["id"] for line in listed.stdout.splitlines())
    words = ("dossier", first[:8], second, "--casebook", str(place), "--language", "en")
    done = recoupe(*words[:3], "two.html", *words[3:], folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    html = (tmp_path / "two.html").read_text("utf-8")
    assert "1 origin says at most 120" in html
    assert html.count('class="sheet') == 2
    assert "<script" not in html
    again = recoupe(*words[:3], "two.html", *words[3:], folder=tmp_path)
    assert again.returncode == 1
    assert b"--force" in again.stderr
    assert recoupe(*words[:3], "two.html", "--force", *words[3:], folder=tmp_path).returncode == 0
    assert recoupe(*words[:3], "nowhere/two.html", *words[3:], folder=tmp_path).returncode == 1
    assert recoupe("dossier", "zzzz", "x.html", "--casebook", str(place), folder=tmp_path).returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["two.html"]


def test_the_casebook_may_be_named_before_the_command_or_by_the_environment(casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = str(casebook / "recoupe.casebook")
    rows = recoupe("events", "--casebook", there, "--json", folder=tmp_path).stdout
    assert rows
    assert recoupe("--casebook", there, "events", "--json", folder=tmp_path).stdout == rows
    assert recoupe("--casebook", "nowhere.casebook", "events", "--casebook", there, "--json", folder=tmp_path).stdout == rows
    monkeypatch.setenv("RECOUPE_CASEBOOK", there)
    assert recoupe("events", "--json", folder=tmp_path).stdout == rows
    assert recoupe("--casebook", "nowhere.casebook", "events", folder=tmp_path).returncode == 1


def test_adding_twice_changes_nothing(casebook: Path) -> None:
    before = events(casebook)
    again = recoupe("add", SAMPLE, folder=casebook)
    assert again.returncode == 0
    assert recoupe("check", folder=casebook).returncode == 0
    assert events(casebook) == before


def test_what_cannot_be_read_becomes_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "rows.jsonl").write_text(
        json.dumps({"id": "one", "text": ARTICLE}) + '\n{"id": "two", "text": \n' + json.dumps({"id": 3}) + "\n", "utf-8"
    )
    done = recoupe("add", ".", folder=tmp_path)
    assert done.returncode == 3
    said = done.stderr.decode()
    for words in ("empty.txt", "picture.txt", "rows.jsonl"):
        assert words in said
    assert recoupe("search", "Baghouz", "--json", folder=tmp_path).stdout.count(b"\n") == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("read",), 2),
        (("show", "nothing"), 1),
        (("events", "--since", "yesterday"), 2),
        (("export", "dbase", "x"), 2),
        (("nonsense",), 2),
        (("read", "no-such-file.txt"), 3),
    ],
)
def test_wrong_use_says_what_to_do(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    done = recoupe(*words, folder=tmp_path)
    assert done.returncode == code
    assert done.stderr
    assert b"Traceback" not in done.stderr


def test_standard_input_is_read(tmp_path: Path) -> None:
    done = recoupe("read", "--json", "-", folder=tmp_path, given=ARTICLE.encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["document"]["characters"] == len(ARTICLE)


def test_other_column_names_are_mapped(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({"nr": "x1", "corps": ARTICLE, "date": "2019-02-12"}), encoding="utf-8")
    done = recoupe("read", "--json", "rows.jsonl", "--field", "text=corps", "--field", "id=nr", "--field", "published=date", folder=tmp_path)
    document = json.loads(done.stdout)["document"]
    assert (document["key"], document["published"]["value"]) == ("x1", "2019-02-12")


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_loses_nothing_and_is_completed(tmp_path: Path, blow: signal.Signals) -> None:
    rows = [
        json.dumps({"id": f"row {number}", "outlet": f"outlet {number}", "text": ARTICLE.replace("13", str(20 + number))}) for number in range(150)
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, "-c", "from recoupe.cli import main; main()", "add", "rows.jsonl"]
    run = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not (tmp_path / "recoupe.casebook").exists():
        time.sleep(0.05)
    time.sleep(1.0)
    run.send_signal(blow)
    _, said = run.communicate(timeout=60)
    assert run.returncode in {130, -signal.SIGKILL, 0}, said.decode()
    again = recoupe("add", "rows.jsonl", folder=tmp_path)
    assert again.returncode == 0, again.stderr.decode()
    assert recoupe("doctor", folder=tmp_path).returncode == 0
    assert recoupe("search", "village", "--json", "--limit", "1000", folder=tmp_path).stdout.count(b"\n") == 150


# --------------------------------------------------------------------------------------------------------------- events and show


def bombing_of(folder: Path) -> dict[str, object]:
    """The event that most articles of the sample tell of."""
    return events(folder, "--order", "weight", "--limit", "1")[0]


@pytest.mark.parametrize(
    ("words", "there"),
    [
        (("--since", "1937-04-26", "--until", "1937-04-26"), True),
        (("--since", "1937-04-27"), False),
        (("--until", "1937-04-25"), False),
        (("--box", "43,-3,44,-2"), True),
        (("--box", "50,-3,52,2"), False),
        (("--near", "43.26,-2.93,30"), True),
        (("--near", "43.26,-2.93,5"), False),
        (("--actor", "Condor Legion"), True),
        (("--actor", "LÉGION DES ABSENTS"), False),
        (("--type", "assault"), True),
        (("--type", "protest"), False),
        (("--outlet", "service de presse, bilbao"), True),
        (("--outlet", "Nobody's Daily"), False),
        (("--language", "en"), True),
        (("--disputed",), True),
        (("--origins", "5"), True),
        (("--origins", "500"), False),
        (("--words", "décombres"), True),
        (("--words", "Stalingrad"), False),
        (("--type", "ASSAULT", "--disputed", "--origins", "3", "--near", "43.3,-2.7,20", "--since", "1937-04-01", "--words", "bombing"), True),
    ],
)
def test_events_are_filtered(casebook: Path, words: tuple[str, ...], *, there: bool) -> None:
    assert (bombing_of(casebook)["id"] in {event["id"] for event in events(casebook, *words)}) is there


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--box", "1,2,3"), "SOUTH,WEST,NORTH,EAST"),
        (("--near", "here"), "LATITUDE,LONGITUDE,KM"),
        (("--near", "1,2,3", "--box", "1,2,3,4"), "exclude each other"),
        (("--type", "WAR"), "WAR"),
        (("--origins", "many"), "many"),
    ],
)
def test_a_filter_that_is_none_is_named(casebook: Path, words: tuple[str, ...], said: str) -> None:
    done = recoupe("events", *words, folder=casebook)
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_events_are_listed_by_day_or_by_weight(casebook: Path) -> None:
    by_day = [str(event["date_start"] or "") for event in events(casebook)]
    assert by_day == sorted(by_day, reverse=True)
    by_weight = [(event["independent_origins"], len(event["documents"])) for event in events(casebook, "--order", "weight")]  # type: ignore[arg-type]
    assert by_weight == sorted(by_weight, reverse=True)
    assert len(events(casebook, "--limit", "2")) == 2


def test_no_answer_says_why(casebook: Path) -> None:
    assert "no event answers this" in recoupe("events", "--words", "Stalingrad", folder=casebook).stdout.decode()


def test_show_prints_every_passage_once_and_its_claims_can_be_asked_for(casebook: Path) -> None:
    bombing = bombing_of(casebook)
    printed = recoupe("show", str(bombing["id"]), folder=casebook).stdout.decode()
    refs = [f"{claim['document']}/{claim['claim']}" for claim in bombing["claims"]]  # type: ignore[attr-defined]
    assert all(ref in printed for ref in refs)
    assert printed.replace("\n", " ").count("a fait 1 654 morts") == 1
    explained = recoupe("explain", refs[0], refs[-1], folder=casebook)
    assert explained.returncode == 0
    assert "score" in explained.stdout.decode()


def test_the_sample_names_one_voice_once_and_no_town_as_a_party(casebook: Path) -> None:
    bombing = bombing_of(casebook)
    names = [origin["name"] for origin in bombing["origins"]]  # type: ignore[attr-defined]
    assert len(names) == len(set(names))
    assert "M. Aguirre" not in names
    assert "Guernica" not in {*bombing["actors"], *bombing["recipients"]}  # type: ignore[misc]
    assert bombing["independent_origins"] < len(bombing["documents"]) + 1  # type: ignore[operator, arg-type]
    (who,) = (dispute for dispute in bombing["disputes"] if dispute["attribute"] == "actor")  # type: ignore[attr-defined]
    held = [position["value"] for position in bombing["positions"]["actor"]]  # type: ignore[index]
    sides = [{held[index] for index in side} for side in who["sides"]]
    assert {"German Air Force", "Condor Legion"} <= next(side for side in sides if "Condor Legion" in side)
    assert {"Spanish Republicans"} in sides


def test_a_decision_is_taken_into_account_by_the_next_check(tmp_path: Path) -> None:
    assert recoupe("add", SAMPLE, folder=tmp_path).returncode == 0
    assert recoupe("check", folder=tmp_path).returncode == 0
    bombing = bombing_of(tmp_path)
    claims = bombing["claims"]
    assert isinstance(claims, list)
    left, right = (f"{claim['document']}/{claim['claim']}" for claim in (claims[0], claims[-1]))
    assert recoupe("review", "different", left, right, "--reviewer", "coder-1", folder=tmp_path).returncode == 0
    assert recoupe("check", folder=tmp_path).returncode == 0
    homes = {event["id"] for event in events(tmp_path) for claim in event["claims"] if claim in (claims[0], claims[-1])}  # type: ignore[attr-defined]
    assert len(homes) == 2
    assert recoupe("review", "same", left, right, "--reviewer", "coder-1", folder=tmp_path).returncode == 0
    assert recoupe("check", folder=tmp_path).returncode == 0
    assert "a person decided" in recoupe("explain", left, right, folder=tmp_path).stdout.decode()


def test_a_reference_that_is_none_is_named(casebook: Path) -> None:
    for wrong in ("nonsense", "abc/def"):
        done = recoupe("explain", wrong, wrong, folder=casebook)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
