"""What becomes of a casebook when the disk, another process, or the file itself fails?"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.casebook.made import document, reading

from recoupe.casebook import open_casebook
from recoupe.errors import CasebookBusyError, CasebookError

ROOT = Path(__file__).parents[2]
ADD = """
import sys
from recoupe.casebook import open_casebook
from tests.casebook.made import document, reading
place, first, last, batched = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "batch"
with open_casebook(place) as casebook:
    def add_all():
        for number in range(first, last):
            made = document(f"Article {number}\\n\\n" + f"Un obus tombe sur la ville numéro {number}. " * 40, f"{number}.txt")
            casebook.add(made, reading(made, place="Guernica", actor="unit:condor", claims=5), ("a", str(number)))
            print(number, flush=True)
    if batched:
        with casebook.batch():
            add_all()
    else:
        add_all()
"""


def start(place: Path, first: int, last: int, *, batched: bool = False) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-c", textwrap.dedent(ADD), str(place), str(first), str(last), "batch" if batched else "single"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> list[str]:
    told, failure = process.communicate(timeout=60)
    assert process.returncode == 0, failure
    return told.split()


def whole(place: Path) -> set[str]:
    """The keys of a casebook, after a check that nothing in it is half."""
    with open_casebook(place, create=False) as casebook:
        health = casebook.health()
        assert health.faults == ()
        stored = list(casebook.documents())
        assert health.claims == 5 * len(stored)
        assert len(list(casebook.search("obus", limit=10_000))) == len(stored)
        for article in stored:
            assert casebook.reading(article.info.id).document == article.info
        return {article.info.key for article in stored}


@pytest.mark.parametrize(("batched", "ending"), [(False, signal.SIGKILL), (True, signal.SIGKILL), (False, signal.SIGINT), (True, signal.SIGINT)])
def test_a_killed_run_leaves_whole_documents_and_a_second_run_completes_it(tmp_path: Path, batched: bool, ending: int) -> None:  # noqa: FBT001
    place = tmp_path / "war.db"
    process = start(place, 0, 100_000, batched=batched)
    assert process.stdout is not None
    for _ in range(150 if batched else 25):
        process.stdout.readline()
    process.send_signal(ending)
    told = process.stdout.read().split()
    process.wait(timeout=60)
    process.stdout.close()
    assert process.stderr is not None
    process.stderr.close()
    assert process.returncode != 0
    kept = whole(place)
    count = (150 if batched else 25) + len(told)
    if not batched or ending == signal.SIGINT:
        assert {f"{number}.txt" for number in range(count - 1)} <= kept
    assert kept == {f"{number}.txt" for number in range(len(kept))}
    finish(start(place, 0, len(kept) + 5))
    assert whole(place) == {f"{number}.txt" for number in range(len(kept) + 5)}


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    place = tmp_path / "war.db"
    processes = [start(place, 0, 60), start(place, 30, 90, batched=True), start(place, 80, 120)]  # a new file, and the same articles too
    for process in processes:
        finish(process)
    assert whole(place) == {f"{number}.txt" for number in range(120)}


def test_a_writer_that_does_not_finish_is_named(tmp_path: Path) -> None:
    place = tmp_path / "war.db"
    made = document("Titre\n\nUn obus.\n")
    with open_casebook(place) as casebook:
        casebook.add(made, reading(made, claims=5))
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with open_casebook(place, wait_seconds=0.05) as waiting:
            begun = time.monotonic()
            with pytest.raises(CasebookBusyError, match=r"war\.db: another process is writing"):
                waiting.add(document("Autre"), reading(document("Autre")))
            assert time.monotonic() - begun < 5
            assert [found.info.key for found in waiting.documents()] == ["a.txt"]  # reading goes on beside it
        other.execute("ROLLBACK")
        other.close()
        assert casebook.add(document("Autre", "b.txt"), reading(document("Autre", "b.txt"))) == "new"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if mount is None or unmount is None or os.geteuid() != 0:
        pytest.skip("only the superuser may mount a small disk")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "none", str(folder)], check=False, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run([unmount, "-l", str(folder)], check=True)


@pytest.mark.parametrize("batched", [False, True])
def test_a_full_disk_loses_nothing_and_a_second_run_completes_it(small_disk: Path, batched: bool) -> None:  # noqa: FBT001
    ballast, place = small_disk / "ballast", small_disk / "war.db"
    ballast.write_bytes(b"x" * 900_000)
    process = start(place, 0, 1000, batched=batched)
    _, failure = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "CasebookError" in failure
    assert "the disk is full: free some space and run the same command again" in failure
    told = start(place, 0, 1000).communicate(timeout=60)[0].split()  # still full: the same error, and reading goes on
    ballast.unlink()
    kept = whole(place)
    assert len(kept) >= len(told) - 1 > 0
    finish(start(place, 0, len(kept) + 10, batched=batched))
    assert whole(place) == {f"{number}.txt" for number in range(len(kept) + 10)}


def test_a_file_that_may_not_grow_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    place = tmp_path / "war.db"
    with open_casebook(place) as casebook:
        pages = casebook._store.value("PRAGMA page_count")
        casebook._store.run(f"PRAGMA max_page_count = {pages + 20}")
        kept = []
        made = document("Article")
        with pytest.raises(CasebookError, match="disk is full"):  # noqa: PT012 - the one that no longer fits
            for number in range(1000):
                made = document(f"Article {number}\n\n" + os.urandom(2000).hex(), f"{number}.txt")
                casebook.add(made, reading(made, claims=5))
                kept.append(made)
        assert kept
        assert list(casebook.documents()) == kept
        casebook._store.run("PRAGMA max_page_count = 1000000")
        assert casebook.add(made, reading(made, claims=5)) == "new"
        assert casebook.health().faults == ()


def test_what_is_no_casebook_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    database = sqlite3.connect(other)
    database.execute("CREATE TABLE mine (a)")
    database.commit()
    database.close()
    text = tmp_path / "notes.txt"
    text.write_text("Ceci n'est pas un dossier. " * 100)
    for place, message in (
        (other, "an SQLite file of another program"),
        (text, "not a casebook"),
        (tmp_path, "is a folder: name a file in it"),
        (tmp_path / "no" / "such.db", "does not exist: make it first"),
    ):
        before = place.read_bytes() if place.is_file() else b""
        with pytest.raises(CasebookError, match=message), open_casebook(place):
            pass
        assert not place.is_file() or place.read_bytes() == before
    with pytest.raises(CasebookError, match="there is no casebook: make one"), open_casebook(tmp_path / "absent.db", create=False):
        pass
    assert not (tmp_path / "absent.db").exists()


def test_an_empty_file_becomes_a_casebook(tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    with open_casebook(tmp_path / "new.db") as casebook:
        assert list(casebook.documents()) == []


def test_a_run_killed_while_it_made_the_file_is_completed(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "new.db")
    database.execute("PRAGMA journal_mode = WAL")
    database.close()
    with open_casebook(tmp_path / "new.db") as casebook:
        assert casebook.health().faults == ()


def test_a_damaged_file_is_found_by_the_doctor_and_named_on_use(tmp_path: Path) -> None:
    place = tmp_path / "war.db"
    finish(start(place, 0, 150, batched=True))
    raw = bytearray(place.read_bytes())
    spared = len(raw) * 2 // 3  # the first pages say which tables there are
    raw[spared:] = os.urandom(len(raw) - spared)
    place.write_bytes(raw)
    with open_casebook(place) as casebook:
        assert casebook.health().faults
        with pytest.raises(CasebookError, match="damaged"):
            list(casebook.readings())
    place.write_bytes(raw[:5000])
    with pytest.raises(CasebookError, match="damaged"), open_casebook(place) as casebook:
        list(casebook.readings())


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a casebook in it that can't be written: the superuser's by a read-only mount, another user's by its permissions."""
    folder = tmp_path / "closed"
    folder.mkdir()
    root, mount, unmount = os.geteuid() == 0, shutil.which("mount"), shutil.which("umount")
    if root and (mount is None or unmount is None or subprocess.run([mount, "--bind", folder, folder], check=False, capture_output=True).returncode):
        pytest.skip("the superuser may write everywhere, and no read-only file system may be mounted here")
    finish(start(folder / "war.db", 0, 3))
    old = sqlite3.connect(folder / "old.db")
    old.executescript((Path(__file__).parent / "old" / "version1.sql").read_text(encoding="utf-8"))
    old.close()
    if root:
        subprocess.run([str(mount), "-o", "remount,ro,bind", folder], check=True)
    else:
        folder.chmod(0o500)
        (folder / "war.db").chmod(0o400)
    yield folder
    if root:
        subprocess.run([str(unmount), "-l", folder], check=True)
    else:
        folder.chmod(0o700)


def test_a_read_only_casebook_can_be_read_and_says_why_it_takes_nothing(read_only_folder: Path) -> None:
    with open_casebook(read_only_folder / "war.db") as casebook:
        assert casebook.read_only
        assert casebook.health().faults == ()
        assert len(list(casebook.search("obus"))) == 3
        with pytest.raises(CasebookError, match="may only be read: make the file and its folder writable"):
            casebook.add(document("Autre"), reading(document("Autre")))
        assert len(list(casebook.documents())) == 3
    with (
        pytest.raises(CasebookError, match=r"version 1 and must be brought to .* but may only be read: copy it"),
        open_casebook(read_only_folder / "old.db"),
    ):
        pass
    message = "can't be opened: check that the folder exists and that you may write in it"
    with pytest.raises(CasebookError, match=message), open_casebook(read_only_folder / "new.db"):
        pass


def test_an_error_inside_a_batch_keeps_what_was_whole(tmp_path: Path) -> None:
    place = tmp_path / "war.db"
    first, second = document("Un obus", "1.txt"), document("Deux obus", "2.txt")
    with open_casebook(place) as casebook, pytest.raises(KeyboardInterrupt), casebook.batch():  # noqa: PT012 - what comes before it counts
        casebook.add(first, reading(first, claims=5))
        casebook.add(second, reading(second, claims=5))
        raise KeyboardInterrupt
    assert whole(place) == {"1.txt", "2.txt"}
