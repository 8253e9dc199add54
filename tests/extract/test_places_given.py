"""Stretches that are known to be places get one each; what the gazetteer doesn't hold lies by what it does."""

from __future__ import annotations

from tests.knowledge.gazetteers import gazetteer

from recoupe.extract.places_given import resolve_given, resolve_near
from recoupe.language.parse import parse_text
from recoupe.model import PlaceMention, Span


def _spans(text: str, names: tuple[str, ...]) -> list[Span]:
    return [Span(text.index(name), text.index(name) + len(name)) for name in names]


def _near(text: str, *names: str) -> list[PlaceMention | None]:
    return list(resolve_near(parse_text(text, "en"), _spans(text, names), gazetteer()))


def _country(mention: PlaceMention | None) -> str | None:
    return mention.country if mention else None


def test_a_street_lies_in_the_town_that_is_named_beside_it() -> None:
    street, town = _near("A fire broke out in Xyzzy Street, in Liverpool, on Friday.", "Xyzzy Street", "Liverpool")
    assert street is not None
    assert town is not None
    assert (street.latitude, street.longitude) == (town.latitude, town.longitude)
    assert town.country == "GB"


def test_a_part_of_a_name_that_lies_elsewhere_gives_way_to_the_town_beside_it() -> None:
    text = "He studied at Washington University in St. Louis, Missouri."
    school, town, _ = _near(text, "Washington University", "St. Louis", "Missouri")
    assert school is not None
    assert town is not None
    assert school.place == town.place


def test_a_bank_or_ministry_is_its_countrys() -> None:
    found = _near("The Bank of Mexico and the Russian Senate met in Geneva.", "Bank of Mexico", "Russian Senate", "Geneva")
    assert [_country(mention) for mention in found] == ["MX", "RU", "CH"]


def test_an_abbreviation_of_two_divisions_is_told_by_the_text() -> None:
    text = "Sydney and Perth were hit; the premier of WA spoke."
    *_, state = _near(text, "Sydney", "Perth", "WA")
    assert _country(state) == "AU"


def test_without_a_town_in_the_text_an_unknown_name_stays_unknown() -> None:
    assert _near("A fire broke out in Xyzzy Street.", "Xyzzy Street") == [None]
    text = "A fire broke out in Xyzzy Street, in Liverpool."
    assert resolve_given(parse_text(text, "en"), _spans(text, ("Xyzzy Street",)), gazetteer()) == (None,)


def test_no_spans_give_no_places() -> None:
    assert _near("A fire broke out.") == []
