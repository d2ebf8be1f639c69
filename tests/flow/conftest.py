"""What several tests of the flow room share."""

from collections.abc import Iterator

import pytest

from pairmatch.flow import network_simplex
from pairmatch.flow.pricing_rule import BLOCKS, LISTS, PricingRule


@pytest.fixture(scope="module", params=[LISTS, BLOCKS], ids=["lists", "blocks"])
def every_rule(request: pytest.FixtureRequest) -> Iterator[PricingRule]:
    """Let sessions price by each rule in turn: networks as small as those here get blocks only."""
    rule: PricingRule = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network_simplex, "pricing_rule", lambda *_: rule)
        yield rule
