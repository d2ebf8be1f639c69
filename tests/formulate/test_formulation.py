import numpy as np
import pytest
from tests.agreement.cases import CadreCase, Case, RecipientCase

from pairmatch import CostRangeError, Problem
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.points import earth_centred

CASE = Case(
    cadres=(CadreCase(place=0, capacity=3, min_load=2), CadreCase(place=3, rank=1, unit=1)),
    recipients=(RecipientCase(place=1, demand=2, priority=7), RecipientCase(place=2, category=1)),
)


def _point(lon: float, lat: float) -> list[int]:
    return [int(part) for part in earth_centred(np.array([lon]), np.array([lat]))[0]]


def test_people_stand_in_the_order_of_their_ids() -> None:
    formulation = CASE.problem().formulation
    assert (formulation.cadre_count, formulation.recipient_count) == (2, 2)
    assert formulation.capacity.tolist() == [3, 2]
    assert formulation.min_load.tolist() == [2, 0]
    assert formulation.demand.tolist() == [2, 1]
    assert formulation.priority.tolist() == [7, 1]
    assert formulation.coverage_first


def test_places_are_those_of_the_area_or_of_the_one_above_that_has_a_point() -> None:
    side = CASE.problem().formulation.costs.cadres
    # A1 has no point of its own: the county's holds
    assert side.point.T.tolist() == [_point(103.3, 36.1), _point(103.9, 36.1)]
    assert side.inherited.tolist() == [True, False]


def test_a_point_of_ones_own_comes_before_the_areas() -> None:
    tables = CASE.tables()
    tables["cadres"]["lon"], tables["cadres"]["lat"] = [103.5, None], [36.5, None]
    side = Problem.from_tables(**tables).formulation.costs.cadres
    assert side.point.T.tolist() == [_point(103.5, 36.5), _point(103.9, 36.1)]
    assert side.inherited.tolist() == [False, False]


def _without(*names: str) -> Formulation:
    tables = {name: table for name, table in CASE.tables().items() if name not in names}
    return Problem.from_tables(**tables).formulation


def test_without_areas_codes_are_only_compared_and_distances_count_nothing() -> None:
    formulation = _without("areas")
    assert not formulation.costs.cadres.point.any()
    assert not formulation.costs.tables.locality_m.any()
    assert not formulation.costs.cadres.inherited.any()
    # the second unit sponsors B, and nobody lives at that very code
    first, second = formulation.costs.cadres.sponsor_set.tolist()
    assert first == 0 != second
    assert formulation.costs.tables.outside_m[second, formulation.costs.recipients.zone].all()


def test_without_units_nobody_sponsors_anything() -> None:
    assert _without("units").costs.cadres.sponsor_set.tolist() == [0, 0]


def test_prices_are_metres() -> None:
    tables = CASE.tables()
    tables["policy"]["coverage"] = {"mode": "priced", "price_km": 12.345}
    formulation = Problem.from_tables(**tables).formulation
    assert not formulation.coverage_first
    assert formulation.objective.missing_price_m == 12_345


def test_the_dearest_policy_that_can_be_written_is_within_range() -> None:
    tables = CASE.tables()
    most = 100_000
    levels = ("village", "township", "county", "prefecture", "province", "above")
    tables["policy"] |= {
        "distance": {"detour": 10, "inherited_km": most},
        "locality": dict.fromkeys(levels, most),
        "sponsorship": {"outside_km": most},
    }
    formulation = Problem.from_tables(**tables).formulation
    assert formulation.costs.tables.locality_m.tolist() == [most * 1000] * 6
    assert issubclass(CostRangeError, ValueError)


@pytest.mark.parametrize("rank", [0, 1])
def test_pairs_merely_allowed_are_marked_by_rank_and_category(rank: int) -> None:
    formulation = CASE.problem().formulation
    staff_with_orphan = (
        formulation.costs.cadres.rank[rank],
        formulation.costs.recipients.category[1],
    )
    assert formulation.by_exception[staff_with_orphan] == (rank == 0)
