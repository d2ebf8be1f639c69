from pairmatch.problem import Problem
from tests.tables.good import good_tables


def test_a_cadre_s_own_capacity_goes_before_the_rank_s_and_the_default() -> None:
    policy = {"load": {"default_capacity": 5, "capacity_by_rank": {"bureau": 7}}}
    tables = good_tables()
    tables["cadres"]["capacity"] = [None, None, 0]
    tables["cadres"]["min_load"] = [0, 0, 0]
    assert Problem.from_tables(**tables, policy=policy).capacity().tolist() == [7, 5, 0]
