import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from tests.agreement.cases import CadreCase, Case, Pair, RecipientCase, cases

from pairmatch.formulate.columns import ids_at
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.formulate.special_pairs import SpecialPairs


def _named(pairs: SpecialPairs, flags: npt.ArrayLike) -> set[Pair]:
    at = np.flatnonzero(flags)
    return set(zip(pairs.recipient[at].tolist(), pairs.cadre[at].tolist(), strict=True))


@settings(max_examples=100, deadline=None)
@given(cases())
def test_every_named_pair_stands_once_with_all_that_is_said_of_it(case: Case) -> None:
    formulation = case.problem().formulation
    pairs = formulation.special_pairs
    every = {*case.current, *case.bans, *case.locks, *(pair for pair, _ in case.adjustments)}
    assert _named(pairs, [True] * pairs.cadre.shape[0]) == every
    assert pairs.cadre.shape[0] == len(every)
    assert _named(pairs, pairs.current) == set(case.current)
    assert _named(pairs, pairs.banned) == set(case.bans)
    assert _named(pairs, pairs.locked) == set(case.locks)
    keys = list(zip(pairs.cadre.tolist(), pairs.recipient.tolist(), strict=True))
    assert keys == sorted(keys)
    extra = dict(case.adjustments)
    for n, (cadre, recipient) in enumerate(keys):
        assert pairs.adjustment_m[n] == 1000 * extra.get((recipient, cadre), 0)
        assert pairs.saving_m[n] == 1000 * case.keep_km * ((recipient, cadre) in case.current)
        assert pairs.eligible[n] == (
            pairs.base_m[n] != INELIGIBLE and (recipient, cadre) not in case.bans
        )
    np.testing.assert_array_equal(
        pairs.base_m, formulation.costs.of_pairs(pairs.cadre, pairs.recipient)
    )


@settings(max_examples=50, deadline=None)
@given(cases())
def test_pairs_are_found_and_others_are_not(case: Case) -> None:
    pairs = case.problem().formulation.special_pairs
    every = case.every_pair()
    found = pairs.find(
        np.array([cadre for _, cadre in every]), np.array([recipient for recipient, _ in every])
    )
    named = _named(pairs, [True] * pairs.cadre.shape[0])
    assert [at >= 0 for at in found] == [pair in named for pair in every]
    for at, (recipient, cadre) in zip(found, every, strict=True):
        assert at < 0 or (pairs.recipient[at], pairs.cadre[at]) == (recipient, cadre)


def test_ids_are_given_by_position() -> None:
    case = Case((CadreCase(),) * 3, (RecipientCase(),))
    column = case.problem().cadres.column("cadre_id")
    assert ids_at(column, np.array([2, 0])) == ["c2", "c0"]
