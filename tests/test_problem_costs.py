from typing import Any

import numpy as np
import pytest

from pairmatch import InputError
from tests.agreement.cases import CadreCase, Case, RecipientCase
from tests.agreement.random_problems import drawn_problem

CASE = Case(
    cadres=(CadreCase(place=1, capacity=3), CadreCase(place=1, rank=1, capacity=1)),
    recipients=(RecipientCase(place=1), RecipientCase(place=1, category=1), RecipientCase(place=3)),
    current=((0, 0),),
    bans=((1, 1),),
    adjustments=(((2, 0), -3),),
    marginal_km=(0, 15),
)


def test_costs_hold_adjustment_and_saving_and_neither_load_nor_coverage() -> None:
    cost, eligible = CASE.problem().costs(["c0", "c1"], ["r0", "r1", "r2"])
    assert cost.dtype == np.int64
    assert eligible.tolist() == [[True, True, True], [True, False, True]]
    # beside each other: nothing but the saving; an orphan with staff: the penalty
    assert cost[0, :2].tolist() == [-50_000, 60_000]
    assert cost[1, :2].tolist() == [0, 0]
    assert cost[1, 2] - cost[0, 2] == 3000


def test_ids_are_answered_in_the_order_and_number_asked_for() -> None:
    problem = CASE.problem()
    cost, eligible = problem.costs(["c0", "c1"], ["r0", "r1", "r2"])
    turned, allowed = problem.costs(["c1", "c0", "c1"], ["r2", "r0"])
    assert turned.tolist() == cost[[1, 0, 1]][:, [2, 0]].tolist()
    assert allowed.tolist() == eligible[[1, 0, 1]][:, [2, 0]].tolist()
    assert problem.costs([], ["r0"])[0].shape == (0, 1)
    assert problem.costs(["c0"], [])[1].shape == (1, 0)


def test_load_cost_ends_with_the_capacity() -> None:
    problem = CASE.problem()
    assert problem.load_cost(["c0", "c1"]).tolist() == [[0, 15_000, 15_000], [0, -1, -1]]
    assert problem.load_cost(["c1"]).tolist() == [[0]]
    assert problem.load_cost([]).shape == (0, 0)


@pytest.mark.parametrize(
    ("cadres", "recipients", "code"),
    [(["c9"], ["r0"], "unknown_cadre"), (["c0"], ["r0", "r9"], "unknown_recipient")],
)
def test_unknown_ids_are_refused_by_their_place_in_the_question(
    cadres: list[str], recipients: list[str], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        CASE.problem().costs(cadres, recipients)
    assert caught.value.counts == {code: 1}
    assert next(caught.value.failures()).row == max(len(cadres), len(recipients))


def test_costs_of_random_problems_are_their_terms() -> None:
    for seed in range(16_000, 16_040):
        problem = drawn_problem(seed)
        formulation = problem.formulation
        cadre_ids = problem.cadres.column("cadre_id").to_pylist()
        recipient_ids = problem.recipients.column("recipient_id").to_pylist()
        cost, eligible = problem.costs(cadre_ids, recipient_ids)
        assert (cost[~eligible] == 0).all()
        row, column = np.nonzero(eligible)
        expected = formulation.costs.terms_of_pairs(row, column).sum(axis=0)
        pairs = formulation.special_pairs
        for cadre, recipient, extra in zip(
            pairs.cadre, pairs.recipient, pairs.adjustment_m - pairs.saving_m, strict=True
        ):
            expected[(row == cadre) & (column == recipient)] += extra
        assert cost[row, column].tolist() == expected.tolist()


@pytest.mark.parametrize("ids", [[1], 5, None, "c0", [["c0"]]])
def test_what_is_no_list_of_ids_is_refused(ids: Any) -> None:
    problem = CASE.problem()
    for ask in (lambda: problem.costs(ids, ["r0"]), lambda: problem.load_cost(ids)):
        with pytest.raises(InputError, match="not a list of ids") as caught:
            ask()
        assert caught.value.counts == {"wrong_type": 1}
