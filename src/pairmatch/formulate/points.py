"""Places as integer-metre points in three dimensions, and an order of them."""

import numpy as np

from pairmatch.arrays import FloatArray, IntArray

# WGS84 (NIMA TR8350.2, table 3.1): semi-major axis in metres and flattening.
SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1.0 / 298.257223563

_MORTON_BITS = 20  # a dimension, three of which fit into 62
# shifts, and the bits that belong there afterwards
_SPREAD = (
    (32, 0x001F00000000FFFF),
    (16, 0x001F0000FF0000FF),
    (8, 0x100F00F00F00F00F),
    (4, 0x10C30C30C30C30C3),
    (2, 0x1249249249249249),
)


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


def morton(point: FloatArray) -> IntArray:
    """Return the Morton codes :cite:p:`morton1966` of points of shape ``(3, n)``, in metres.

    Neighbours mostly have close codes.
    """
    if point.shape[1] == 0:
        return np.zeros(0, dtype=np.int64)
    whole = (point - point.min(axis=1, keepdims=True)).astype(np.int64)
    whole >>= max(0, int(whole.max()).bit_length() - _MORTON_BITS)
    # moves bits two places apart, half of a run of them at a time, whatever their number
    for distance, kept in _SPREAD:
        whole = (whole | whole << distance) & kept
    code: IntArray = whole[0] | whole[1] << 1 | whole[2] << 2
    return code
