import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.tables.office.coordinates import decimal_degrees


@pytest.mark.parametrize(
    ("column", "text", "means"),
    [
        ("lon", "102.87°", "102.87"),
        ("lon", "E102.87", "102.87"),
        ("lon", "102.87 e", "102.87"),
        ("lon", "东经102.87度", "102.87"),
        ("lon", "东经：102.87", "102.87"),
        ("lon", "W0.5°", "-0.5"),
        ("lon", "102°52′12″", "102.87"),
        ("lon", "102°52'12\"E", "102.87"),
        ("lon", "102度52分12秒", "102.87"),
        ("lon", "102°52’12’’", "102.87"),
        ("lon", "102º52.2'", "102.87"),
        ("lat", "N36°3′", "36.05"),
        ("lat", "36.05S", "-36.05"),
        ("lat", "-36°30′", "-36.5"),
        ("lat", "北纬 36°", "36"),
        ("lat", "33°20′20″", "33.338888889"),
        ("lat", "S0", "0"),
        ("lat", "无", None),
        # nothing that is certain
        ("lat", "E102.87", None),
        ("lat", "36", None),
        ("lat", "３６．０５", None),
        ("lat", "N36N", None),
        ("lat", "-N36", None),
        ("lat", "N-36", None),
        ("lon", "102°75′", None),
        ("lon", "102.5°30′", None),
        ("lon", "102.87,36.05", None),
        ("lon", "1.0287E+02", None),
    ],
)
def test_degrees_are_decimal_numbers(column: str, text: str, means: str | None) -> None:
    found = decimal_degrees(pa.array([text, "x", None, text]), column).to_pylist()
    assert found == [means, None, None, means]


@given(
    st.sampled_from(["lon", "lat"]),
    st.integers(0, 179),
    st.integers(0, 59),
    st.integers(0, 59),
    st.booleans(),
)
def test_seconds_come_back(
    column: str, degrees: int, minutes: int, seconds: int, below: bool
) -> None:
    side = {("lon", False): "E", ("lon", True): "西经", ("lat", False): "北纬", ("lat", True): "s"}
    text = f"{side[column, below]}{degrees}°{minutes}′{seconds}″"
    (found,) = decimal_degrees(pa.array([text]), column).to_pylist()
    total = degrees * 3600 + minutes * 60 + seconds
    assert round(float(found) * 3600) == (-total if below else total)
    assert abs(abs(float(found)) * 3600 - total) < 1e-5
