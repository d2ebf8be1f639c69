import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.formulate.places import earth_centred

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
