"""The register knows its actors by every form, and refuses rows that are not as they should be, naming the line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import KnowledgeError
from recoupe.knowledge.actors import code_actor, import_actors, open_register, read_actors
from recoupe.knowledge.actors.load import OWN

HEADER = "id\tname\tkind\tcountry\tsector\tsince\tuntil\tnames_fr\n"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("les États-Unis", "us"), ("Etats-Unis", "us"), ("US", "us"), ("Américains", "us"), ("américaines", "us"), ("Washington", "us"),
        ("la Maison Blanche", "us-white-house"), ("le Kremlin", "ru"), ("le Pentagone", "us-dod"), ("Damas", "sy"), ("Tsahal", "il-armed-forces"),
        ("Daech", "islamic-state"), ("ISIS", "islamic-state"), ("Hachd al-Chaabi", "popular-mobilization-forces"), ("FDS", "syrian-democratic-forces"),
        ("Brigades Seyyed al-Chohada", "kataib-sayyid-al-shuhada"), ("l'ONU", "un"), ("Légion Condor", "condor-legion"), ("dinamiteros", "dinamiteros"),
        ("Aviazione Legionaria", "aviazione-legionaria"), ("SANA", "sana"), ("Al-Arabiya", "al-arabiya"), ("Reuters", "reuters"), ("Sputnik", "sputnik"),
    ],
)  # fmt: skip
def test_find(name: str, wanted: str) -> None:
    assert wanted in [entry.id for entry in open_register().find(name)]


def test_register_is_large_and_consistent() -> None:
    register = open_register()
    assert len(register.entries) >= 700
    assert sum(entry.kind == "armed-group" for entry in register.entries) >= 150
    assert all(entry.part_of is None or entry.part_of in register.by_id for entry in register.entries)
    assert all(entry.names_en for entry in register.entries)
    states = [entry for entry in register.entries if entry.kind == "state" and entry.until is None]
    assert all(len(entry.adjectives_fr) >= 2 and entry.names_fr for entry in states)
    assert all(entry.country is None or len(entry.country) in {3, 4} for entry in register.entries)


def test_same_words_mean_another_actor_in_another_time() -> None:
    register = open_register()
    assert [entry.id for entry in register.find("Résistance", on="1943-05-01")] == ["french-resistance"]
    assert [entry.id for entry in register.find("Résistance", on="2018-11-11")] == ["axis-of-resistance"]


def test_every_state_has_its_institutions() -> None:
    register = open_register()
    army = register.of(register.by_id["pt"], "armed-forces")
    assert army is not None
    assert (army.id, army.country, army.sector, army.part_of) == ("pt-armed-forces", "PRT", "MIL", "pt")
    assert register.get("sy-armed-forces") is register.by_id["sy-armed-forces"]
    assert register.get("islamic-state-armed-forces") is None
    assert register.get("nobody") is None


@pytest.mark.parametrize(
    ("name", "country", "sector"),
    [
        ("Spanish Foreign Ministry", "ESP", "GOV"), ("Portuguese soldiers", "PRT", "MIL"), ("Hezbollah fighters", "LBN", "REB"), ("protesters", "", "CVL"),
        ("the Kenyan parliament", "KEN", "LEG"), ("a former Danish minister", "DNK", "ELI"), ("Norway", "NOR", ""), ("Moscow", "RUS", "GOV"), ("", "", ""),
        ("members of the Taliban", "AFG", "REB"), ("Norwegian police", "NOR", "COP"),
    ],
)  # fmt: skip
def test_codes(name: str, country: str, sector: str) -> None:
    code = code_actor(name, open_register())
    assert (code.country, code.sector) == (country, sector)


def test_code_follows_context_and_date() -> None:
    register = open_register()
    assert code_actor("Angela Merkel", register, on="2010-01-01").sector == "GOV"
    assert code_actor("Angela Merkel", register, on="2023-01-01").sector == "ELI"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name\tkind\nX\tstate\n", 1, "'id' is missing"),
        ("id\tname\tcolour\nx\tX\tred\n", 1, "unknown column 'colour'"),
        (HEADER + "Upper\tX\n", 2, "no slug"),
        (HEADER + "x\t\n", 2, "is empty"),
        (HEADER + "ok\tOk\n\nx\tX\tgroup\tSyria\n", 4, "country 'Syria'"),
        (HEADER + "x\tX\tgroup\tSYR\tREB\t2014-1\n", 2, "since '2014-1'"),
        (HEADER + "x\tX\tgroup\tSYR\tREB\t2015\t2014\n", 2, "after until"),
        (HEADER + "x\tX\nx\tY\n", 3, "stands on line 2"),
        (HEADER + "x\tX\t\t\t\t\t\ta\tb\tc\n", 2, "10 cells under 8"),
        ("", 1, "is missing"),
    ],
)
def test_a_wrong_row_names_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    file = tmp_path / "own.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=f"own.tsv, line {line}") as error:
        read_actors(file)
    assert words in str(error.value)


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="can't be read"):
        read_actors(tmp_path / "none.tsv")
    (tmp_path / "latin.tsv").write_bytes(b"id\tname\nx\t\xe9\n")
    with pytest.raises(KnowledgeError, match="not UTF-8"):
        read_actors(tmp_path / "latin.tsv")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the user's own that the register reads."""
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setenv(OWN, str(folder))
    open_register.cache_clear()
    yield folder
    open_register.cache_clear()


def test_import_keeps_a_checked_file_and_the_register_reads_it(tmp_path: Path, own: Path) -> None:
    source = tmp_path / "mine.tsv"
    source.write_text(HEADER + "shire-watch\tShire Watch\tpolice\tGBR\tCOP\t2014\t\tGarde de la Comté\n", encoding="utf-8")
    done = import_actors(source)
    assert [entry.id for entry in done.entries] == ["shire-watch"]
    assert (done.kept_in, done.problems) == (own / "mine.tsv", ())
    open_register.cache_clear()
    found = open_register().find("la Garde de la Comté")
    assert [(entry.id, entry.since, entry.sector) for entry in found] == [("shire-watch", "2014", "COP")]


def test_import_tells_every_wrong_row_and_keeps_the_others(tmp_path: Path, own: Path) -> None:
    source = tmp_path / "mine.csv"
    rows = [
        "id,name,country,part_of,names_en", 'good,"Good, Ltd",GBR,,Good Company|Goodies', "Bad Slug,Bad,,,", "lost,Lost,,nobody,", "child,Child,,lost,", "good,Again,,,",
        "wide,Wide,,,,,", "north,North,Syria,,", "", "part,Part of Good,,good,",
    ]  # fmt: skip
    source.write_text("\n".join(rows), encoding="utf-8")
    done = import_actors(source)
    assert [entry.id for entry in done.entries] == ["good", "part"]
    assert {problem.reason.partition(":")[0] for problem in done.problems} == {f"line {number}" for number in (3, 4, 5, 6, 7, 8)}
    assert {problem.document for problem in done.problems} == {str(source)}
    assert [entry.name for entry in read_actors(own)] == ["Good, Ltd", "Part of Good"]
    assert import_actors(source).entries == done.entries
    assert sorted(path.name for path in own.iterdir()) == ["mine.tsv"]


def test_import_of_a_sanctions_list(tmp_path: Path, own: Path) -> None:
    source = tmp_path / "targets.simple.csv"
    source.write_text(
        "id,schema,name,aliases,birth_date,countries\n"
        '"NK-1","Organization","Shire Liberation Front","Hobbit Brigades;الهوبيت;SLF;X","","gb"\n'
        '"NK-2","Vessel","Black Pearl","","","pa"\n'
        '"NK-3","Organization","Hezbollah","Hizballah","","lb"\n'
        '"NK-4","Person","Lotho Sackville","Lotho","","zz"\n',
        encoding="utf-8",
    )
    done = import_actors(source)
    assert [(entry.id, entry.country, entry.names_fr) for entry in done.entries] == [
        ("nk-1", "GBR", ("Shire Liberation Front", "Hobbit Brigades", "SLF?"))
    ]
    assert (done.known, done.passed) == (1, 1)
    assert [problem.reason.partition(":")[0] for problem in done.problems] == ["line 5"]


def test_import_of_a_wikidata_result(tmp_path: Path, own: Path) -> None:
    source = tmp_path / "query.csv"
    source.write_text(
        "item,itemLabel,itemAltLabel,countryLabel,inception,dissolved\n"
        'http://www.wikidata.org/entity/Q1,Shire Guard,"Bounders, Shirriffs",Royaume-Uni,1987-06-01T00:00:00Z,2001-01-01T00:00:00Z\n',
        encoding="utf-8",
    )
    (entry,) = import_actors(source).entries
    assert (entry.id, entry.country, entry.since, entry.until) == ("q1", "GBR", "1987-06-01", "2001")
    assert entry.names_en == ("Shire Guard", "Bounders?", "Shirriffs?")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "name\tkind\nX\tstate\n", "\x00", '"'])
def test_import_of_something_else_keeps_nothing(tmp_path: Path, own: Path, text: str) -> None:
    source = tmp_path / "mine.csv"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="line 1"):
        import_actors(source)
    assert not list(own.iterdir())


def test_import_stops_at_a_quotation_that_never_ends(tmp_path: Path, own: Path) -> None:
    source = tmp_path / "mine.csv"
    source.write_text('id,name\ngood,Good\nbad,"Bad\nmore,More\n', encoding="utf-8")
    done = import_actors(source)
    assert [entry.id for entry in done.entries] == ["good"]
    assert done.problems[0].reason.startswith("line 3")


@given(st.lists(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=8), max_size=4), max_size=5))
def test_any_table_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("any")
    source = folder / "any.tsv"
    source.write_text("id\tname\tsector\n" + "\n".join("\t".join(cells) for cells in rows), encoding="utf-8")
    done = import_actors(source, folder / "kept")
    if done.kept_in is not None:
        assert [entry.id for entry in read_actors(done.kept_in)] == [entry.id for entry in done.entries]


@given(st.text(max_size=40))
def test_any_name_can_be_asked(name: str) -> None:
    open_register().find(name)
    code_actor(name, open_register())
