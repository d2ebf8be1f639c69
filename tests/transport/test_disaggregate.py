import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agreement.cases import CadreCase, Case, RecipientCase, cases
from tests.agreement.random_problems import drawn_problem

from pairmatch import Plan, Problem, Status, solve
from pairmatch.formulate.formulation import Formulation
from pairmatch.transport.disaggregate import ClassFlow, disaggregate
from pairmatch.transport.transportation import TransportationProblem, transportation_problem

NO_FLOW = np.zeros(0, dtype=np.int64)


def _uneven(counts: np.ndarray, of_person: np.ndarray) -> list[int]:
    """Return the classes whose members' counts differ by more than one."""
    classes = np.unique(of_person[of_person >= 0])
    return [int(n) for n in classes if np.ptp(counts[of_person == n]) > 1]


def _blocks(
    cadres: tuple[int, ...], recipients: tuple[int, ...]
) -> tuple[Formulation, TransportationProblem]:
    """Return classes of the given sizes, in which everybody may have everybody."""
    case = Case(
        tuple(
            CadreCase(place=place, capacity=sum(recipients))
            for place, size in enumerate(cadres)
            for _ in range(size)
        ),
        tuple(
            RecipientCase(place=place, demand=sum(cadres))
            for place, size in enumerate(recipients)
            for _ in range(size)
        ),
        outside="ignore",
    )
    formulation = case.problem().formulation
    return formulation, transportation_problem(formulation, soft_locks=False)


def _check_deal(
    cadres: tuple[int, ...], recipients: tuple[int, ...], amounts: dict[tuple[int, int], int]
) -> None:
    formulation, problem = _blocks(cadres, recipients)
    # classes are numbered by their first member in the order of ids, which is not that of places
    row = problem.cadres.of_person
    column = problem.recipients.of_person
    blocks = [(i, j, amount) for (i, j), amount in amounts.items() if amount]
    flow = ClassFlow(*(np.array(part, dtype=np.int64) for part in zip(*blocks, strict=True)))
    sizes = problem.cadres.size[flow.cadre] * problem.recipients.size[flow.recipient]
    assert (flow.amount <= sizes).all()
    pairs = disaggregate(formulation, problem, NO_FLOW, flow)
    assert isinstance(pairs, tuple)
    cadre, recipient = pairs
    assert len(set(zip(cadre.tolist(), recipient.tolist(), strict=True))) == flow.amount.sum()
    for i, j, amount in blocks:
        assert ((row[cadre] == i) & (column[recipient] == j)).sum() == amount
    assert _uneven(np.bincount(cadre, minlength=row.shape[0]), row) == []
    assert _uneven(np.bincount(recipient, minlength=column.shape[0]), column) == []


@pytest.mark.parametrize("cadres", range(1, 7))
@pytest.mark.parametrize("recipients", range(1, 7))
def test_a_block_has_distinct_pairs_and_even_sums_at_every_amount(
    cadres: int, recipients: int
) -> None:
    for amount in range(1, cadres * recipients + 1):
        _check_deal((cadres,), (recipients,), {(0, 0): amount})


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=3),
    st.lists(st.integers(1, 6), min_size=1, max_size=3),
    st.lists(st.floats(0, 1), min_size=9, max_size=9),
)
def test_several_blocks_have_distinct_pairs_and_even_sums(
    cadres: list[int], recipients: list[int], shares: list[float]
) -> None:
    _, problem = _blocks(tuple(cadres), tuple(recipients))
    amounts = {
        (i, j): round(shares[3 * i + j] * int(m) * int(n))
        for i, m in enumerate(problem.cadres.size)
        for j, n in enumerate(problem.recipients.size)
    }
    if any(amounts.values()):
        _check_deal(tuple(cadres), tuple(recipients), amounts)


def _check_even(problem: Problem, plan: Plan) -> None:
    pairs = plan.pairs.select(["recipient_id", "cadre_id"]).to_pylist()
    assert len({tuple(pair.values()) for pair in pairs}) == len(pairs)
    assert [tuple(pair.values()) for pair in pairs] == sorted(tuple(p.values()) for p in pairs)
    formulation = problem.formulation
    classes = transportation_problem(formulation, soft_locks=plan.certificate.locks_may_break)
    loads = plan.loads.column("load").to_numpy()
    assert _uneven(loads, classes.cadres.of_person) == []
    recipient_ids = problem.recipients.column("recipient_id").to_pylist()
    served = np.zeros(len(recipient_ids), dtype=np.int64)
    # a class is made of what its members still want: locks that were made beforehand do not count
    np.subtract.at(served, formulation.special_pairs.recipient[classes.roles.fixed], 1)
    for pair in pairs:
        served[recipient_ids.index(pair["recipient_id"])] += 1
    assert _uneven(served, classes.recipients.of_person) == []


@settings(max_examples=100, deadline=None)
@given(cases())
def test_plans_have_distinct_pairs_in_order_and_even_classes(case: Case) -> None:
    problem = case.problem()
    _check_even(problem, solve(problem, threads=1))


@pytest.mark.parametrize("first", range(11_000, 11_120, 40))
def test_random_plans_have_distinct_pairs_and_even_classes(first: int) -> None:
    for seed in range(first, first + 40):
        problem = drawn_problem(seed, largest=25)
        _check_even(problem, solve(problem, threads=1))


def test_demand_of_everybody_for_everybody_is_met() -> None:
    case = Case((CadreCase(capacity=5),) * 4, (RecipientCase(demand=4),) * 5)
    plan = solve(case.problem())
    assert plan.status is Status.OPTIMAL
    assert plan.pairs.num_rows == 20
    assert plan.missing == 0


def test_current_pairs_of_interchangeable_cadres_are_kept_in_turns() -> None:
    # each of two cadres has two of four alike recipients; capacity 1 lets each keep one
    case = Case(
        (CadreCase(capacity=1),) * 2,
        (RecipientCase(),) * 4,
        current=((0, 0), (1, 0), (2, 1), (3, 1)),
    )
    plan = solve(case.problem())
    assert plan.pairs.column("kept").to_pylist() == [True, True]
    assert plan.loads.column("load").to_pylist() == [1, 1]
