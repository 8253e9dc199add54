from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.casebook.made import document, reading

from recoupe.casebook import Box, Casebook, Circle, Count, EventFilter, EventIndex, count_facets, in_order, open_casebook, points, timeline
from recoupe.errors import CasebookError
from recoupe.model import ClaimRef, Dispute, Event, EventPlace, EventType, Language, Position, Positions

WORDS = ("tombent", "volent", "burn")
OUTLETS = ("Le Courrier", "ABC", "ABC")
LANGUAGES: tuple[Language, ...] = ("fr", "fr", "en")
ARTICLES = [
    document(f"Article {number}\n\nDes avions {word}.\n", f"{number}.txt", outlet=outlet, language=language)
    for number, (word, outlet, language) in enumerate(zip(WORDS, OUTLETS, LANGUAGES, strict=True))
]
TYPES: tuple[EventType, ...] = ("ASSAULT", "COERCE", "PROTEST")
PLACES = ((43.31, -2.68), (40.42, -3.70), (0.0, 179.9), (0.0, -179.9), (89.5, 10.0), None)
DAYS = ("1937-04-19", "1937-04-26", "1937-05-30", "1940-01-01", None)
ACTORS = ("unit:condor", "gov:Bilbao", "Légion Condor")


def made(number: int, article: int, kind: int, place: int, day: int, actor: int, origins: int, *, disputed: bool) -> Event:
    ref = ClaimRef(ARTICLES[article].info.id, f"ASSAULT:{number}-{number + 1}")
    at = PLACES[place]
    where = EventPlace(None, "Guernica", "ES", *at, 5.0) if at else None
    said = Positions(actor=(Position(("Bilbao",), 1, (ref,), value=ACTORS[actor]),))
    disputes = (Dispute("killed", (0, 1), "22 and 1654 can't both be true"),) if disputed else ()
    return Event(f"e{number:03}", TYPES[kind], None, DAYS[day], DAYS[day], where, (ACTORS[actor],), (), (ref,), (), (), origins, (), said, disputes)


events = st.builds(
    made, st.integers(0, 39), st.integers(0, 2), st.integers(0, 2), st.integers(0, 5), st.integers(0, 4), st.integers(0, 2), st.integers(1, 5),
    disputed=st.booleans(),
)  # fmt: skip
several = st.lists(events, max_size=12, unique_by=lambda event: event.id)
areas = st.one_of(
    st.none(),
    st.builds(Box, st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180)),
    st.builds(Circle, st.floats(-90, 90), st.floats(-180, 180), st.floats(1, 5000)),
)
filters = st.builds(
    EventFilter, since=st.sampled_from([None, "1937-04-20", "1937-05-30"]), until=st.sampled_from([None, "1937-04-26", "1941-01-01"]), area=areas,
    actor=st.sampled_from([None, "condor", "legion condor", "nobody"]), type=st.sampled_from([None, *TYPES]),
    outlet=st.sampled_from([None, "abc", "Le Courrier", "x"]), language=st.sampled_from([None, "fr", "en"]), disputed=st.booleans(),
    minimum_origins=st.sampled_from([None, 2, 4]), words=st.sampled_from([None, "avions", "tombent", "-burn avions", "*"]),
    order=st.sampled_from(["day", "weight"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with open_casebook(tmp_path_factory.mktemp("index") / "war.db") as opened:
        for article in ARTICLES:
            opened.add(article, reading(article, place="Guernica", claims=40))
        yield opened


def ids(casebook: Casebook, index: EventIndex, wanted: EventFilter) -> list[str]:
    numbers = in_order(index, casebook.select(index, wanted).all(), wanted.order, 0, 1000)
    return [event.id for event in casebook.events_at(numbers)]


def keep(casebook: Casebook, found: list[Event]) -> None:
    stale = [event.id for event in casebook.events()]
    casebook.replace_events([(found, ())], stale)


@settings(max_examples=60)
@given(several, st.lists(filters, min_size=4, max_size=4))
def test_the_index_finds_what_the_file_finds_in_the_same_order(casebook: Casebook, found: list[Event], asked: list[EventFilter]) -> None:
    keep(casebook, found)
    index = casebook.event_index()
    for wanted in asked:
        assert ids(casebook, index, wanted) == [event.id for event in casebook.events(wanted)]


@settings(max_examples=40)
@given(st.lists(several, min_size=2, max_size=4), filters)
def test_an_index_that_follows_is_the_one_made_anew(casebook: Casebook, steps: list[list[Event]], wanted: EventFilter) -> None:
    index = casebook.event_index()
    for found in steps:
        keep(casebook, found)
        index = casebook.event_index(index)
        anew = casebook.event_index()
        assert ids(casebook, index, wanted) == ids(casebook, anew, wanted)
        assert count_facets(index, casebook.select(index, wanted)) == count_facets(anew, casebook.select(anew, wanted))
        assert casebook.event_index(index) is index


@settings(max_examples=40)
@given(several, filters)
def test_a_count_is_what_choosing_the_value_gives(casebook: Casebook, found: list[Event], wanted: EventFilter) -> None:
    keep(casebook, found)
    index = casebook.event_index()
    counted = count_facets(index, casebook.select(index, wanted))
    assert counted.total == casebook.count_events(wanted)
    for each in counted.types:
        assert each.count == casebook.count_events(_with(wanted, "type", each.value))
    for each in counted.actors:
        assert each.count == casebook.count_events(_with(wanted, "actor", each.value))
    for each in counted.outlets:
        assert each.count == casebook.count_events(_with(wanted, "outlet", each.value))
    for each in counted.origins:
        assert each.count == casebook.count_events(_with(wanted, "minimum_origins", int(each.value)))
    assert counted.disputed == casebook.count_events(_with(wanted, "disputed", value=True))


def _with(wanted: EventFilter, name: str, value: object) -> EventFilter:
    fields = {field: getattr(wanted, field) for field in EventFilter.__struct_fields__}
    return EventFilter(**{**fields, name: value})


def test_the_timeline_and_the_map_count_every_event_once(casebook: Casebook) -> None:
    keep(casebook, [made(number, number % 3, number % 3, number % 6, number % 5, number % 3, 1, disputed=number == 1) for number in range(30)])
    index = casebook.event_index()
    everything = casebook.select(index, EventFilter())
    along = timeline(index, everything)
    assert sum(each.count for each in along.bins) + along.undated == 30
    assert along.unit == "month"
    assert all(each.start <= each.end for each in along.bins)
    shown = points(index, everything)
    assert sum(point.count for point in shown) + count_facets(index, everything).unplaced == 30
    assert sum(point.disputed for point in shown) == 1
    assert all(point.one_place for point in shown)
    assert sum(point.count for point in points(index, everything, (40, -4, 44, -2))) == 10


@pytest.mark.parametrize(("span", "unit"), [(60, "day"), (700, "week"), (3000, "month"), (20_000, "year")])
def test_the_unit_of_time_fits_the_span(casebook: Casebook, span: int, unit: str) -> None:
    from datetime import date, timedelta

    days = [(date(1937, 4, 26) + timedelta(days=span * part // 20)).isoformat() for part in range(21)]
    found = [made(number, 0, 0, 0, 4, 0, 1, disputed=False) for number in range(21)]
    keep(casebook, [_with_day(event, day) for event, day in zip(found, days, strict=True)])
    index = casebook.event_index()
    along = timeline(index, casebook.select(index, EventFilter()))
    assert along.unit == unit
    assert along.bins[0].start <= days[0] <= along.bins[0].end
    assert along.bins[-1].start <= days[-1] <= along.bins[-1].end


def _with_day(event: Event, day: str) -> Event:
    from msgspec.structs import replace

    return replace(event, date_start=day, date_end=day)


def test_a_day_that_is_none_is_refused(casebook: Casebook) -> None:
    with pytest.raises(CasebookError, match="is no day"):
        casebook.select(casebook.event_index(), EventFilter(since="tomorrow"))


def test_no_event_makes_no_count(tmp_path: Path) -> None:
    with open_casebook(tmp_path / "empty.db") as opened:
        index = opened.event_index()
        counted = count_facets(index, opened.select(index, EventFilter(actor="x", words="y")))
        assert (counted.total, counted.types, counted.languages) == (0, (), ())
        assert counted.origins == tuple(Count(str(least), 0) for least in (2, 3, 5, 10))
        assert points(index, opened.select(index, EventFilter())) == ()
        assert timeline(index, opened.select(index, EventFilter())).bins == ()
