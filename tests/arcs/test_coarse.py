import numpy as np
import pytest
from tests.arcs.problems import class_problems

from pairmatch.arcs import coarse as coarse_module
from pairmatch.arcs import coarsen


@pytest.mark.parametrize("many", [0, 2])
@pytest.mark.parametrize("merged", [2, 3, 8])
def test_clusters_hold_every_class_once_and_only_alike_ones(
    merged: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coarse_module, "_MERGED", merged)
    monkeypatch.setattr(coarse_module, "_MANY", many)
    smaller = 0
    for problem in class_problems(60, largest=60):
        coarse = coarsen(problem)
        small = coarse.problem
        assert coarse.cadre.shape == problem.limit.shape
        assert coarse.recipient.shape == problem.demand.shape
        for of_class, count in (
            (coarse.cadre, small.limit.shape[0]),
            (coarse.recipient, small.demand.shape[0]),
        ):
            members = np.bincount(of_class, minlength=count)
            assert members.shape == (count,)
            assert members.min() >= 1
            assert members.max() <= merged
        assert small.supply.sum() == problem.supply.sum()
        assert small.wanted.sum() == problem.wanted.sum()
        supply = np.zeros_like(small.limit)
        np.add.at(supply, coarse.cadre, problem.supply)
        assert supply.tolist() == small.supply.tolist()
        wanted = np.zeros_like(small.demand)
        np.add.at(wanted, coarse.recipient, problem.wanted)
        assert wanted.tolist() == small.wanted.tolist()
        for fine, few in (
            (problem.start, small.start),
            (problem.limit, small.limit),
            (problem.floor, small.floor),
            (problem.costs.cadres.rank, small.costs.cadres.rank),
            (problem.costs.cadres.sponsor_set, small.costs.cadres.sponsor_set),
        ):
            assert fine.tolist() == few[coarse.cadre].tolist()
        for fine, few in (
            (problem.rank, small.rank),
            (problem.costs.recipients.category, small.costs.recipients.category),
            (problem.costs.recipients.zone, small.costs.recipients.zone),
        ):
            assert fine.tolist() == few[coarse.recipient].tolist()
        # a cluster stands where one of its classes does
        for number, one in enumerate(small.cadres.representative):
            assert coarse.cadre[one] == number
        # clusters follow each other as classes do
        assert (np.diff(small.cadres.representative) > 0).all()
        assert (np.diff(small.recipients.representative) > 0).all()
        assert small.known.cadre.shape == small.closed_cadre.shape == (0,)
        smaller += small.demand.shape[0] < problem.demand.shape[0]
    assert smaller > 20


def test_cadres_stay_apart_unless_they_far_outnumber_clusters_of_recipients(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apart = merged = 0
    for many in (0, 1, 8):
        monkeypatch.setattr(coarse_module, "_MANY", many)
        for problem in class_problems(60, largest=60):
            coarse = coarsen(problem).problem
            cadres = problem.limit.shape[0]
            if cadres <= many * coarse.demand.shape[0]:
                assert coarse.limit.shape[0] == cadres
                apart += 1
            else:
                assert coarse.limit.shape[0] <= cadres
                merged += coarse.limit.shape[0] < cadres
    assert min(apart, merged) > 20


def test_coarsening_again_and_again_comes_to_an_end() -> None:
    for problem in class_problems(20, largest=60):
        smaller = problem
        sizes = [problem.demand.shape[0]]
        while len(sizes) < 3 or sizes[-1] < sizes[-2]:
            smaller = coarsen(smaller).problem
            sizes.append(problem.demand.shape[0])
        assert sizes == sorted(sizes, reverse=True)
        assert smaller.wanted.sum() == problem.wanted.sum()


@pytest.mark.parametrize("merged", [2, 8])
def test_refined_flows_keep_the_sums_and_everybodys_share(
    merged: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coarse_module, "_MERGED", merged)
    rng = np.random.default_rng(15)
    sent = 0
    for problem in class_problems(60, largest=60):
        coarse = coarsen(problem)
        supply, wanted = coarse.problem.supply.copy(), coarse.problem.wanted.copy()
        rows = []
        for i, j in rng.permutation(list(np.ndindex(supply.shape[0], wanted.shape[0]))):
            units = int(rng.integers(0, min(supply[i], wanted[j]) + 1))
            if units:
                rows.append((i, j, units))
                supply[i] -= units
                wanted[j] -= units
        cadre, recipient, amount = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        fine_cadre, fine_recipient, fine_amount = coarse.refined(problem, cadre, recipient, amount)
        keys = fine_cadre << 32 | fine_recipient
        assert np.unique(keys).shape == keys.shape
        assert (fine_amount > 0).all()
        assert fine_amount.sum() == amount.sum()
        total: dict[tuple[int, int], int] = {}
        for i, j, units in zip(
            coarse.cadre[fine_cadre].tolist(),
            coarse.recipient[fine_recipient].tolist(),
            fine_amount.tolist(),
            strict=True,
        ):
            total[i, j] = total.get((i, j), 0) + units
        assert total == {(int(i), int(j)): int(units) for i, j, units in rows}
        load = np.zeros_like(problem.limit)
        np.add.at(load, fine_cadre, fine_amount)
        assert (load <= problem.supply).all()
        served = np.zeros_like(problem.demand)
        np.add.at(served, fine_recipient, fine_amount)
        assert (served <= problem.wanted).all()
        # members of a cluster take turns
        for cluster in range(supply.shape[0]):
            inside = coarse.cadre == cluster
            size = problem.cadres.size[inside]
            low, high = load[inside] // size, -(-load[inside] // size)
            assert high.max() - low.min() <= 1
        sent += int(amount.sum())
    assert sent > 300


def test_no_flow_is_refined_to_none() -> None:
    problem = next(class_problems(1))
    none = np.zeros(0, dtype=np.int64)
    assert [part.shape for part in coarsen(problem).refined(problem, none, none, none)] == [
        (0,),
        (0,),
        (0,),
    ]
