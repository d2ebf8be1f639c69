"""What holds for all tests."""

import pytest
from hypothesis import HealthCheck, settings

from tests.unlisted_skips import register

# kernels may be compiled within an example, and others may use the machine: no time is a failure
settings.register_profile("pairmatch", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pairmatch")

pytest_configure = register


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands speak English in tests, whatever the language of who runs them."""
    monkeypatch.setenv("LANGUAGE", "en")
