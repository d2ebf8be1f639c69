"""Points on the ground: distances, and made-up points around given ones."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import FloatArray, IntArray

_KM_PER_DEGREE = 111.32
_DECIMALS = 5  # about a metre


@dataclass(frozen=True, eq=False)
class Points:
    """``lon`` and ``lat`` in WGS84 degrees, shape ``(n,)`` each."""

    lon: FloatArray
    lat: FloatArray

    def take(self, idx: IntArray) -> "Points":
        """Return the points at the given positions."""
        return Points(self.lon[idx], self.lat[idx])


def distances_km(points: Points) -> FloatArray:
    """Return approximate distances between all points, shape ``(n, n)``, to about a percent."""
    mid = np.radians((points.lat[:, None] + points.lat[None, :]) / 2)
    east = (points.lon[:, None] - points.lon[None, :]) * np.cos(mid)
    north = points.lat[:, None] - points.lat[None, :]
    away: FloatArray = np.hypot(east, north) * _KM_PER_DEGREE
    return away


def within_circles(
    rng: np.random.Generator, centres: Points, radius_km: FloatArray | float
) -> Points:
    """Return one point for each centre, evenly spread over the circle around it."""
    count = centres.lon.shape[0]
    away = np.sqrt(rng.random(count)) * radius_km
    angle = rng.random(count) * 2 * np.pi
    return _moved(centres, away * np.cos(angle), away * np.sin(angle))


def scattered(rng: np.random.Generator, centres: Points, spread_km: FloatArray | float) -> Points:
    """Return one point for each centre, normally distributed around it."""
    count = centres.lon.shape[0]
    east = rng.standard_normal(count) * spread_km
    north = rng.standard_normal(count) * spread_km
    return _moved(centres, east, north)


def _moved(points: Points, east_km: FloatArray | float, north_km: FloatArray | float) -> Points:
    lat = points.lat + north_km / _KM_PER_DEGREE
    lon = points.lon + east_km / (_KM_PER_DEGREE * np.cos(np.radians(points.lat)))
    return Points(np.round(lon, _DECIMALS), np.round(lat, _DECIMALS))
