"""What a coder types becomes a coding, and what nobody touched stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casebook.made import document, reading
from tests.knowledge.small_gazetteer import PARIS, small_gazetteer

from recoupe.casebook.coding import draft
from recoupe.casebook.form import FIELDS, filled, written
from recoupe.casebook.typed_places import typed_place
from recoupe.decision import CodedFigure, CodedPlace, Coding, Named
from recoupe.errors import ReviewError
from recoupe.knowledge.actors import open_register
from recoupe.knowledge.places import open_gazetteer
from recoupe.knowledge.places.store import connect, write
from recoupe.model import EventType, FigureMention, Span

TEXT = "Guernica bombardée\n\nDes avions ont détruit la ville, dit Bilbao.\n"
MADE = document(TEXT)
PLAIN = reading(MADE, place="Guernica", actor="unit:condor", day="1937-04-26")
FIGURE = FigureMention("figure:20-23", 20, 23, "Des", "killed", 22, 28, approximate=True)
READ = msgspec.structs.replace(
    PLAIN, mentions=(*PLAIN.mentions, FIGURE), claims=(msgspec.structs.replace(PLAIN.claims[0], figures=("figure:20-23",)),)
)
DRAFT = draft(READ.claims[0], READ, TEXT)


@pytest.fixture(autouse=True, scope="module")
def without_gazetteer() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recoupe.casebook.form.gazetteer_at_hand", lambda: None)
        yield


def test_the_fields_are_all_of_a_coding() -> None:
    assert set(FIELDS) == set(Coding.__struct_fields__)
    assert set(written(DRAFT, READ, TEXT)) == set(FIELDS)


def test_a_form_sent_back_untouched_changes_nothing() -> None:
    assert filled(DRAFT, written(DRAFT, READ, TEXT), READ, TEXT) == DRAFT


def test_names_of_the_article_bring_what_is_known_of_them() -> None:
    bare = Coding("ASSAULT", Span(0, 8))
    made = filled(bare, {"actors": "unit:CONDOR; Mola", "places": "guernica", "figures": "killed ~22-28 @20-23", "voice": "unit:condor"}, READ, TEXT)
    assert made.actors == (*DRAFT.actors, Named("Mola", "mola"))
    assert made.places == DRAFT.places
    assert made.figures == DRAFT.figures
    assert made.voice is not None
    assert made.voice.id == "unit:condor"
    lit = filled(bare, {"places": "Guernica @0-8; Durango @3-9"}, READ, TEXT)
    assert [(each.country, each.span) for each in lit.places] == [("ES", Span(0, 8)), (None, Span(3, 9))]


def test_a_place_that_leaves_no_doubt_gets_its_coordinates(tmp_path: Path) -> None:
    gazetteer = open_gazetteer(small_gazetteer(tmp_path / "places.sqlite"))
    found = typed_place("alep", {"SY"}, gazetteer)
    assert found == CodedPlace("alep", "gn:170063", "SY", 36.2, 37.16, 10.0)
    assert typed_place("Paris", {"SY"}, gazetteer) is not None
    assert typed_place("Ville-inconnue", {"SY"}, gazetteer) is None
    assert typed_place("Alep", (), None) is None


def test_a_name_of_several_places_is_not_guessed(tmp_path: Path) -> None:
    path = small_gazetteer(tmp_path / "places.sqlite")
    with closing(connect(path, write=True)) as link:
        write(link, (msgspec.structs.replace(PARIS, id="gn:4717560", country="US", latitude=33.66, longitude=-95.55, population=25171),), 9)
        link.commit()
    gazetteer = open_gazetteer(path)
    assert typed_place("Paris", {"SY"}, gazetteer) is None
    assert (typed_place("Paris", {"US", "SY"}, gazetteer) or CodedPlace("")).country == "US"


def test_an_actor_of_the_register_gets_its_id() -> None:
    entry = open_register().entries[0]
    (named,) = filled(Coding("ASSAULT", Span(0, 8)), {"actors": entry.names_fr[0]}, READ, TEXT).actors
    assert named == Named(entry.names_fr[0], entry.id)


def test_words_of_the_text_are_found_nearest_to_the_trigger() -> None:
    made = filled(DRAFT, {"trigger": "détruit", "time": "ville", "actors": "avions", "places": "Biarritz"}, READ, TEXT)
    assert made.time is not None
    assert [TEXT[span.start : span.end] for span in (made.trigger, made.time)] == ["détruit", "ville"]
    assert made.actors == (Named("avions", None, Span(24, 30)),)
    assert made.places == (CodedPlace("Biarritz"),)


FIGURES = [
    ("killed 13", CodedFigure("killed", 13, 13)),
    ("killed ≥13", CodedFigure("killed", 13, None)),
    ("wounded <= 40", CodedFigure("wounded", None, 40)),
    ("civilians ~ 40", CodedFigure("civilians", 40, 40, approximate=True)),
    ("money 1.5–2", CodedFigure("money", 1.5, 2)),
]


@pytest.mark.parametrize(("typed", "figure"), FIGURES)
def test_figures(typed: str, figure: CodedFigure) -> None:
    made = filled(DRAFT, {"figures": typed}, READ, TEXT)
    assert made.figures == (figure,)
    assert filled(Coding("AID", Span(0, 1)), {"figures": written(made, READ, TEXT)["figures"]}, READ, TEXT).figures == (figure,)


@pytest.mark.parametrize(
    ("name", "value"),
    [("type", ""), ("type", "WAR"), ("acled", "Bombing"), ("factuality", ""), ("stage", "done"), ("figures", "killed"), ("figures", "13 dead"),
     ("trigger", ""), ("trigger", "a-b"), ("trigger", "1-" + "9" * 400), ("time", "demain"), ("voice", "A; B"), ("colour", "red")],
)  # fmt: skip
def test_what_can_t_be_read_is_refused_with_words(name: str, value: str) -> None:
    with pytest.raises(ReviewError):
        filled(DRAFT, {name: value}, READ, TEXT)


names = st.text("XYZξ-'", min_size=1, max_size=12)
spans = st.tuples(st.integers(0, 20), st.integers(21, 60)).map(lambda pair: Span(*pair))
figures = st.builds(
    lambda measure, low, more, approximate, span: CodedFigure(measure, low, low + more, approximate, span),
    st.sampled_from(["killed", "wounded", "civilians"]), st.integers(0, 10**6).map(float), st.integers(0, 10**6).map(float), st.booleans(),
    st.none() | spans,
)  # fmt: skip
codings = st.builds(
    Coding,
    type=st.sampled_from(get_args(EventType)),
    trigger=spans,
    actors=st.lists(st.builds(Named, names, span=st.none() | spans), max_size=3).map(tuple),
    places=st.lists(st.builds(CodedPlace, names, span=st.none() | spans), max_size=3).map(tuple),
    figures=st.lists(figures, max_size=3).map(tuple),
    date_start=st.none() | st.dates().map(lambda day: day.isoformat()),
    voice=st.none() | st.builds(Named, names, span=spans),
)


@given(codings)
def test_what_is_written_reads_back(coding: Coding) -> None:
    assert filled(coding, written(coding, READ, TEXT), READ, TEXT) == coding
    again = filled(Coding("AID", coding.trigger), written(coding, READ, TEXT), READ, TEXT)
    shown = written(coding, READ, TEXT)
    assert written(again, READ, TEXT) == shown


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=40)))
def test_whatever_is_typed_is_a_coding_or_is_refused_with_words(fields: dict[str, str]) -> None:
    try:
        assert isinstance(filled(DRAFT, fields, READ, TEXT), Coding)
    except ReviewError:
        return
