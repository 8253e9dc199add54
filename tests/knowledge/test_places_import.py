"""Places of other gazetteers come in whole, once, and stay; what can't be right is refused with its line."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.knowledge.small_gazetteer import small_gazetteer

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places import import_places, importer, open_gazetteer, store
from recoupe.knowledge.places.import_rows import WOF_COLUMNS
from recoupe.knowledge.places.imported import carry
from recoupe.knowledge.places.store import create

BAGHOUZ = {"wof:id": 1, "wof:name": "Al Baghuz", "wof:placetype": "locality", "geom:latitude": 34.46, "geom:longitude": 40.95, "iso:country": "SY"}


def geonames(number: int, name: str, *, others: str = "", code: str = "PPL", point: tuple[object, object] = (34.4, 40.9), country: str = "SY") -> str:
    cells = [
        str(number),
        name,
        name,
        others,
        str(point[0]),
        str(point[1]),
        "P",
        code,
        country,
        "",
        "07",
        "",
        "",
        "",
        "120",
        "",
        "",
        "Asia/Damascus",
        "2018-11-14",
    ]
    return "\t".join(cells) + "\n"


def wof(number: int, name: str, names: str = "", *, placetype: str = "locality", point: str = "34.4\t40.9", gn: str = "") -> str:
    return f"{number}\t{name}\t{placetype}\t{point}\tSY\tDeir ez-Zor\t\t{gn}\t\t\t\t{names}\n"


def record(**properties: object) -> str:
    named = {key.replace("__", ":"): value for key, value in properties.items()}
    return json.dumps({"type": "Feature", "properties": BAGHOUZ | named, "geometry": {"type": "Point", "coordinates": [0, 0]}})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return small_gazetteer(tmp_path / "places.sqlite")


def text(folder: Path, content: str, name: str = "SY.txt") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def held(file: Path) -> list[object]:
    with closing(sqlite3.connect(file)) as link:
        places = link.execute("select id, name, kind, country, latitude, longitude, source from place order by id").fetchall()
        names = link.execute("select p.id, n.key, n.tier from name n join place p on p.number = n.place order by 1, 2, 3").fetchall()
        return [places, names]


def test_a_dump_of_geonames_brings_its_places_with_their_names_and_divisions(file: Path, tmp_path: Path) -> None:
    dump = geonames(7001, "Hajīn", others="Hajin,Hadjine,هجين,HJN") + geonames(7002, "Jabal Bishri", code="MT") + geonames(7003, "Bir", code="WLL")
    with closing(open_gazetteer(file)) as places:
        before = places.about()
    report = import_places(file, text(tmp_path, dump))
    assert (report.rows, report.added, report.known, report.refused) == (3, 2, 0, 0)
    with closing(open_gazetteer(file)) as places:
        assert [entry.id for entry in places.find("Hadjine")] == ["gn:7001"]
        assert places.find("Hajin")[0].division == "iso:SY-DY"
        assert places.find("Jabal Bishri")[0].kind == "mountain"
        assert places.find("Bir") == places.find("HJN") == ()
        assert places.about() != before, "a reading with the new places is another one"


def test_an_archive_of_geonames_is_read_by_its_table(file: Path, tmp_path: Path) -> None:
    archive = tmp_path / "SY.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("readme.txt", "What the columns mean.\n" * 500)
        packed.writestr("SY.txt", geonames(7001, "Hajin"))
    assert import_places(file, archive).added == 1


def in_folder(folder: Path, *records: str) -> Path:
    for number, each in enumerate(records):
        path = folder / "data" / str(number) / f"{number}.geojson"
        path.parent.mkdir(parents=True)
        path.write_text(each, encoding="utf-8")
        path.with_name(f"{number}-alt-quattroshapes.geojson").write_text("{}", encoding="utf-8")
    return folder / "data"


def in_archive(folder: Path, *records: str) -> Path:
    with zipfile.ZipFile(folder / "wof.zip", "w") as packed:
        for number, each in enumerate(records):
            packed.writestr(f"repo/data/{number}.geojson", each)
    return folder / "wof.zip"


def in_database(folder: Path, *records: str) -> Path:
    with closing(sqlite3.connect(folder / "wof.db")) as link, link:
        link.execute("create table geojson (id integer, body text, source text, is_alt boolean, lastmodified integer)")
        link.executemany("insert into geojson values (?, ?, '', 0, 0)", enumerate(records))
        link.execute("insert into geojson values (0, '{}', 'quattroshapes', 1, 0)")
    return folder / "wof.db"


@pytest.mark.parametrize("packed", [in_folder, in_archive, in_database])
def test_records_of_whos_on_first_come_as_they_are_published(file: Path, tmp_path: Path, packed: Callable[..., Path]) -> None:
    records = (
        record(name__fra_x_preferred=["Baghouz"], name__ara_x_preferred=["الباغوز"], wof__concordances={"gn:id": 173000}, wof__population=None),
        record(wof__id=2, wof__name="Old Baghuz", edtf__deprecated="2019-01-02"),
        record(wof__id=3, wof__name="Former Baghuz", wof__superseded_by=[1]),
        record(wof__id=4, wof__name="No Baghuz", mz__is_current=0),
        record(wof__id=5, wof__name="Somewhere else", placetype="venue", wof__placetype="venue"),
        record(wof__id=6, wof__name="Sousse", lbl__latitude=34.5, lbl__longitude=40.98, geom__latitude=0.0),
    )
    report = import_places(file, packed(tmp_path, *records))
    assert (report.rows, report.added, report.refused) == (6, 2, 0)
    with closing(open_gazetteer(file)) as places:
        assert places.find("Baghouz")[0].id == "gn:173000"
        assert places.find("Sousse")[0].latitude == 34.5
        assert places.find("Old Baghuz") == places.find("Former Baghuz") == places.find("No Baghuz") == ()


def test_a_place_that_is_there_already_only_gains_names(file: Path, tmp_path: Path) -> None:
    table = "\t".join(WOF_COLUMNS) + "\n" + wof(1, "Halab", "fra:Halep|eng:Aleppo", point="36.21\t37.15") + wof(2, "Paris", point="36.4\t37.1")
    table += wof(3, "Haleb", gn="170063", point="0\t0")
    report = import_places(file, text(tmp_path, table))
    assert (report.added, report.known) == (1, 2)
    with closing(open_gazetteer(file)) as places:
        assert [entry.id for entry in places.find("Halab")] == ["gn:170063"]
        assert [entry.id for entry in places.find("Haleb")] == ["gn:170063"]
        assert places.find("Aleppo") == (places.by_id("gn:170063"),)
        assert [entry.id for entry in places.find("Paris")] == ["gn:2988507", "wof:2"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (geonames(7, "Nowhere", point=(91, 40)), "lies on no map"), (geonames(7, "Nowhere", point=("nan", 40)), "lies on no map"),
        (geonames(7, "Nowhere", point=("north", 40)), "is no point"), (geonames(7, "Nowhere", country="Syria"), "no code of two capitals"),
        (geonames(7, "--"), "no name"), (geonames(7, "Nowhere").replace("\t120\t", "\tinf\t"), "population"),
        (geonames(7, "Nowhere").replace("\tPPL\t", "\t"), "18 cells, want 19"), ("\n", "1 cells, want 19"), ("\0\n", "1 cells"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_right_is_refused_and_the_rest_goes_on(file: Path, tmp_path: Path, line: str, reason: str) -> None:
    report = import_places(file, text(tmp_path, geonames(7001, "Hajin") + line + geonames(7002, "Gharanij")))
    assert (report.added, report.refused) == (2, 1)
    assert report.reasons[0].startswith("line 2: ")
    assert reason in report.reasons[0]


def test_bytes_that_are_no_text_are_refused(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_bytes(geonames(7001, "Hajin").encode() + geonames(7, "Nowhere").encode("utf-16") + geonames(7002, "Gharanij").encode())
    report = import_places(file, path)
    assert report.added >= 1
    assert "can't decode" in report.reasons[0]


def test_an_import_that_was_stopped_goes_on_and_gives_what_one_in_one_go_gives(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = text(tmp_path, "".join(geonames(8000 + number, f"Tell {chr(65 + number)}bas") for number in range(20)))
    whole = small_gazetteer(tmp_path / "whole.sqlite")
    import_places(whole, source)
    monkeypatch.setattr(importer, "_BATCH", 6)

    def stop(done: int, _: int) -> None:
        if done > source.stat().st_size / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_places(file, source, stop)
    with closing(open_gazetteer(file)) as places:
        assert places.find("Tell Abas")
        assert not places.find("Tell Tbas")
    rest = import_places(file, source)
    assert rest.rows == 8
    assert held(file) == held(whole)
    assert import_places(file, source).finished_before


def test_a_changed_file_is_read_again(file: Path, tmp_path: Path) -> None:
    import_places(file, text(tmp_path, geonames(7001, "Hajin")))
    report = import_places(file, text(tmp_path, geonames(7001, "Hajin") + geonames(7002, "Gharanij")))
    assert (report.added, report.known) == (1, 1)


def test_progress_ends_at_the_whole(file: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    source = text(tmp_path, geonames(7001, "Hajin"))
    import_places(file, source, lambda done, whole: told.append((done, whole)))
    assert told[-1] == (source.stat().st_size, source.stat().st_size)


def test_a_rebuild_keeps_what_was_imported(file: Path, tmp_path: Path) -> None:
    table = "\t".join(WOF_COLUMNS) + "\n" + wof(1, "Halab", "fra:Alep", point="36.21\t37.15") + wof(2, "Sousse", "fra:As-Soussa|und:As Sūsah")
    import_places(file, text(tmp_path, table, "wof.tsv"))
    rebuilt = small_gazetteer(tmp_path / "rebuilt.sqlite")
    with closing(sqlite3.connect(rebuilt)) as link, link:
        carried = carry(file, link)
    assert (carried.sources, carried.places) == (("wof.tsv",), 1)
    assert held(rebuilt) == held(file)
    assert import_places(rebuilt, tmp_path / "wof.tsv").finished_before


def test_nothing_is_carried_from_no_file_or_an_older_one_and_a_broken_one_says_so(tmp_path: Path) -> None:
    old, broken = tmp_path / "old.sqlite", text(tmp_path, "no database" * 100, "broken.sqlite")
    with closing(sqlite3.connect(old)) as link:
        link.execute("create table place (id text)")
    with closing(create(tmp_path / "new.sqlite")) as link:
        assert carry(tmp_path / "none.sqlite", link).places == carry(old, link).places == 0
        with pytest.raises(KnowledgeError, match="--fresh"):
            carry(broken, link)


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"name,lat,lon\nParis,1,2\n", b"SQLite format 3\0 and no more", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_gazetteer_says_what_is_wanted(file: Path, tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "other"
    source.write_bytes(content)
    with pytest.raises(KnowledgeError, match="GeoNames"):
        import_places(file, source)
    (tmp_path / "empty").mkdir()
    with pytest.raises(KnowledgeError, match=r"no \.geojson"):
        import_places(file, tmp_path / "empty")
    with pytest.raises(KnowledgeError, match="can't read"):
        import_places(file, tmp_path / "none.txt")


def test_a_broken_archive_keeps_what_was_read(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "_BATCH", 5)
    archive = tmp_path / "SY.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("SY.txt", "".join(geonames(8000 + number, f"Tell {number}bas") for number in range(500)))
    content = archive.read_bytes()
    at = content.index(b"Tell 499bas")
    archive.write_bytes(content[:at] + b"Fell" + content[at + 4 :])
    with pytest.raises(KnowledgeError, match="to its end"):
        import_places(file, archive)
    with closing(open_gazetteer(file)) as places:
        assert places.by_id("gn:8000")


def test_two_imports_at_once_are_told_apart(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    source = text(tmp_path, geonames(7001, "Hajin"))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(KnowledgeError, match="another import"):
            import_places(file, source)
        other.execute("rollback")
    assert import_places(file, source).added == 1
