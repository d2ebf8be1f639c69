import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.formulate.points import earth_centred, morton

LONGITUDE = st.floats(-180, 180, allow_nan=False)
LATITUDE = st.floats(-90, 90, allow_nan=False)


def test_points_on_the_axes_of_the_ellipsoid() -> None:
    points = earth_centred(np.array([0.0, 90.0, 0.0]), np.array([0.0, 0.0, 90.0]))
    assert points.tolist() == [[6378137, 0, 0], [0, 6378137, 0], [0, 0, 6356752]]


def test_lanzhou_to_dunhuang_is_some_900_km() -> None:
    points = earth_centred(np.array([103.82269, 94.66159]), np.array([36.05752, 40.14096]))
    chord = math.dist(points[0].tolist(), points[1].tolist())
    assert 910_000 < chord < 925_000


@given(LONGITUDE, LATITUDE)
def test_every_point_lies_between_the_two_axes(lon: float, lat: float) -> None:
    point = earth_centred(np.array([lon]), np.array([lat]))[0].tolist()
    assert 6_356_751 <= math.hypot(*point) <= 6_378_138


def test_morton_codes_are_interleaved_bit_by_bit() -> None:
    point = np.array([[0.0, 1, 0, 0, 3, 2], [0, 0, 1, 0, 3, 0], [0, 0, 0, 1, 3, 5]])
    by_hand = []
    for x, y, z in point.astype(int).T.tolist():
        code = 0
        for bit in range(3):
            code |= (x >> bit & 1) << 3 * bit
            code |= (y >> bit & 1) << 3 * bit + 1
            code |= (z >> bit & 1) << 3 * bit + 2
        by_hand.append(code)
    assert morton(point).tolist() == by_hand
    # where they lie does not matter, only how they lie to each other
    assert morton(point + 6_000_000).tolist() == by_hand
    assert morton(point[:, :0]).tolist() == []
    assert morton(np.full((3, 2), 7.0)).tolist() == [0, 0]


def test_codes_of_the_widest_points_stay_within_62_bits_and_apart() -> None:
    corners = np.array(np.meshgrid([-6.4e6, 6.4e6], [-6.4e6, 6.4e6], [-6.4e6, 6.4e6]))
    code = morton(corners.reshape(3, 8))
    assert np.unique(code).shape == (8,)
    assert code.min() == 0
    assert code.max() < 1 << 62


def test_neighbours_mostly_have_close_codes() -> None:
    rng = np.random.default_rng(0)
    point = rng.integers(0, 10**6, (3, 4000)).astype(np.float64)
    ordered = point[:, np.argsort(morton(point))]
    step = np.sqrt((np.diff(ordered, axis=1) ** 2).sum(axis=0))
    at_random = np.sqrt((np.diff(point, axis=1) ** 2).sum(axis=0))
    assert np.median(step) < np.median(at_random) / 5
