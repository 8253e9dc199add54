"""How far apart are two places?"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0


def distance_km(latitude: float, longitude: float, other_latitude: float | None, other_longitude: float | None) -> float | None:
    """The great-circle distance of two places in kilometres; None where one is unknown.

    >>> round(distance_km(48.85, 2.35, 43.31, -2.68))
    728
    """
    if other_latitude is None or other_longitude is None:
        return None
    north, east = radians(other_latitude - latitude), radians(other_longitude - longitude)
    chord = sin(north / 2) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, chord)))
