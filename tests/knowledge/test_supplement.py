"""The curated tables: enough places, each with its names in both languages, kind, precision, a point in its country, and a public source."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from tests.knowledge.gazetteers import gazetteer

from recoupe.errors import KnowledgeError
from recoupe.knowledge.places import supplement
from recoupe.knowledge.places.names import exact_key
from recoupe.knowledge.places.supplement import COLUMNS, read_supplement
from recoupe.knowledge.places.tables import TABLES, rows

CONFLICTS = ("divisions", "levant", "iraq", "gulf", "sahel", "libya", "sudan", "ukraine", "borders")
_HEAD = "\t".join(COLUMNS)


def test_the_regions_of_conflicts_have_six_hundred_places_of_every_kind_asked_for() -> None:
    held = [row for table in CONFLICTS for row in rows(table, COLUMNS)]
    assert len(held) >= 600
    kinds = Counter(row["kind"] for row in held)
    assert not {"base", "crossing", "oilfield", "camp", "division", "river", "region", "strait", "border", "dam", "island"} - set(kinds)
    for table, least in {"levant": 150, "iraq": 60, "gulf": 45, "sahel": 80, "libya": 40, "sudan": 45, "ukraine": 80}.items():
        assert sum(1 for _ in rows(table, COLUMNS)) >= least, table


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_names_in_both_languages_and_a_source(table: str) -> None:
    for row in rows(table, COLUMNS):
        assert row["name"], row
        assert row["fr"], row["id"]
        assert row["en"], row["id"]
        assert row["source"].strip(), row["id"]
        names = [row["name"], *row["fr"].split("|"), *row["en"].split("|")]
        assert all(name == name.strip() and exact_key(name) and exact_key(name).isascii() for name in names), row["id"]
        assert len(row["country"]) in (0, 2), row["id"]


def test_ids_are_unique_over_all_tables_and_every_place_is_in_the_gazetteer_under_all_its_names() -> None:
    places = tuple(read_supplement())
    assert len({place.id for place in places}) == len(places)
    for place in places:
        for name in place.names:
            found = gazetteer().find_exact(name)
            assert any(_stands_for(place.latitude, place.longitude, entry.latitude, entry.longitude) for entry in found), (place.id, name)


def _stands_for(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> bool:
    """Whether two points are near enough for a small town of ours to have taken the point of GeoNames."""
    return math.hypot(latitude - other_latitude, longitude - other_longitude) < 1.0


def test_a_point_of_ours_lies_in_or_near_its_country() -> None:
    for place in read_supplement():
        country = gazetteer().by_id(f"country:{place.country}")
        if country is None or place.kind in ("sea", "region") or place.country in ("RU", "US", "ES", "FR", "PT", "NO", "CL", "EC", "YE", "IN", "PF"):
            continue  # far islands and exclaves
        away = math.hypot(place.latitude - country.latitude, (place.longitude - country.longitude) * math.cos(math.radians(place.latitude))) * 111.2
        assert away < 3 * country.precision_km + 100, (place.id, place.country, round(away))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a\tcastle\tSY\t33\t38\t\tA\tA\tA\t\tWikipedia: A", "kind 'castle'"), ("a\tbase\tSY\tnorth\t38\t\tA\tA\tA\t\tWikipedia: A", "north"),
        ("a\tbase\tSY\t93\t38\t\tA\tA\tA\t\tWikipedia: A", "impossible point"), ("a\tbase\tSY\t33\t38\t\tA\tA\tA\t\t", "no source"),
        ("a\tbase\tSY\t33\t38\t\t\tA\tA\t\tWikipedia: A", "no name"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_right_is_told_with_its_table(row: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supplement, "rows", lambda table, columns: iter([dict(zip(columns, row.split("\t"), strict=True))]))
    with pytest.raises(KnowledgeError, match=reason):
        tuple(read_supplement())
