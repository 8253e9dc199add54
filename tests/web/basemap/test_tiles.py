"""Tiles: what is cut into them is read back by another program's decoder."""

from __future__ import annotations

from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from recoupe.web.basemap.labels import Label
from recoupe.web.basemap.rivers import rank_rivers
from recoupe.web.basemap.tiles import EXTENT, Layer, Points, Properties, Tile, cut, project

NOWHERE = Points(np.empty((0, 2)), np.empty(0), ())


def layer(name: str, dimensions: int, *geometries: shapely.Geometry, zoom: float = 0.0) -> Layer:
    properties: Properties = {"kind": "line"}
    return Layer(name, dimensions, np.array(geometries, dtype=object), (properties,) * len(geometries), np.full(len(geometries), zoom))


def points(*labels: Label) -> Points:
    return Points(project(np.array([(label.longitude, label.latitude) for label in labels])), np.array([label.zoom for label in labels]), labels)


def tiles(*layers: Layer, at: Points = NOWHERE, last: int = 2) -> dict[tuple[int, int, int], dict[str, Any]]:
    return {(tile.zoom, tile.x, tile.y): decoded(tile) for tile in cut(layers, at, last)}


def decoded(tile: Tile) -> dict[str, Any]:
    found: dict[str, Any] = mapbox_vector_tile.decode(tile.content, default_options={"y_coord_down": True})
    return found


def test_a_land_that_fills_a_quarter_is_in_its_tiles_and_no_other() -> None:
    found = tiles(layer("land", 2, shapely.box(0.05, 0.05, 0.45, 0.45)), last=1)
    assert set(found) == {(0, 0, 0), (1, 0, 0)}
    shape = found[(1, 0, 0)]["land"]["features"][0]["geometry"]
    assert shapely.geometry.shape(shape).bounds == (410, 410, 3686, 3686)


def test_an_area_with_a_hole_keeps_it() -> None:
    ring = shapely.box(0.1, 0.1, 0.9, 0.9).difference(shapely.box(0.4, 0.4, 0.6, 0.6))
    shape = shapely.geometry.shape(tiles(layer("land", 2, ring), last=0)[(0, 0, 0)]["land"]["features"][0]["geometry"])
    assert len(shape.interiors) == 1


def test_a_line_over_the_edge_goes_on_in_the_margin_of_both_tiles() -> None:
    found = tiles(layer("borders", 1, shapely.LineString([(0.3, 0.25), (0.7, 0.25)])), last=1)
    west, east = (shapely.geometry.shape(found[(1, x, 0)]["borders"]["features"][0]["geometry"]).bounds for x in (0, 1))
    assert west[2] > EXTENT
    assert east[0] < 0


def test_a_line_shows_from_its_zoom_and_always_in_the_last() -> None:
    late = layer("divisions", 1, shapely.LineString([(0.1, 0.1), (0.2, 0.15)]), zoom=5.0)
    assert {zoom for zoom, _, _ in tiles(late, last=2)} == {2}


def test_a_label_shows_one_zoom_before_its_own_tiles() -> None:
    aleppo = Label("places", "town", 37.16, 36.2, 2.0, "Aleppo", "Alep", 2_098_210)
    found = tiles(at=points(aleppo), last=2)
    assert {zoom for zoom, _, _ in found} == {1, 2}
    assert found[(1, 1, 0)]["places"]["features"][0]["properties"] == {
        "kind": "town",
        "en": "Aleppo",
        "fr": "Alep",
        "zoom": 2.0,
        "population": 2_098_210,
    }


def test_the_same_shapes_give_the_same_bytes() -> None:
    land = layer("land", 2, shapely.Point(0.4, 0.4).buffer(0.2))
    first, second = ([tile.content for tile in cut((land,), NOWHERE, 3)] for _ in range(2))
    assert first == second


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_place_of_the_world_is_on_the_map(longitude: float, latitude: float) -> None:
    ((x, y),) = project(np.array([[longitude, latitude]])).tolist()
    assert -1e-9 <= x <= 1 + 1e-9
    assert -1e-9 <= y <= 1 + 1e-9


def test_a_river_is_ranked_by_its_whole_course() -> None:
    """Two pieces that go on into each other are one course of 0.06; the brook that joins them from aside is its own."""
    pieces = [np.array([[0.10, 0.5], [0.13, 0.5]]), np.array([[0.13, 0.5], [0.16, 0.5]]), np.array([[0.13, 0.49], [0.13, 0.5]])]
    courses, zooms = rank_rivers(pieces)
    assert sorted(zooms.tolist()) == [3.0, 3.0, 6.0]
    assert shapely.length(courses[zooms == 6.0]).round(3).tolist() == [0.01]
