"""Places as integer-metre points in three dimensions."""

import numpy as np

from pairmatch.formulate.arrays import FloatArray, IntArray

# WGS84 (NIMA TR8350.2, table 3.1): semi-major axis in metres and flattening.
SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1.0 / 298.257223563


def earth_centred(lon: FloatArray, lat: FloatArray) -> IntArray:
    """Return WGS84 points on the ellipsoid as earth-centred coordinates, rounded once.

    Everything after this rounding is integer arithmetic, so that engine, pricing and proof agree
    to the metre on any machine.

    Parameters
    ----------
    lon, lat
        Shape ``(n,)``, degrees.

    Returns
    -------
    IntArray
        Shape ``(n, 3)``, metres.
    """
    longitude = np.radians(lon)
    latitude = np.radians(lat)
    eccentricity_squared = FLATTENING * (2.0 - FLATTENING)
    normal = SEMI_MAJOR_M / np.sqrt(1.0 - eccentricity_squared * np.sin(latitude) ** 2)
    point = np.empty((lon.shape[0], 3), dtype=np.float64)
    point[:, 0] = normal * np.cos(latitude) * np.cos(longitude)
    point[:, 1] = normal * np.cos(latitude) * np.sin(longitude)
    point[:, 2] = normal * (1.0 - eccentricity_squared) * np.sin(latitude)
    return np.rint(point).astype(np.int64)
