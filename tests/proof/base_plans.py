"""Small plans of every kind, to be tampered with."""

from functools import cache

from tests.agreement.cases import CadreCase, Case, RecipientCase
from tests.stop_at import StopAt

from pairmatch import Plan, Status, solve

# places: 0 and 1 lie in one county, 2 and 3 in the other; category 1 has a forbidden rank in none
_CADRES = (
    CadreCase(place=0, capacity=1),
    CadreCase(place=1, capacity=2),
    CadreCase(place=2, rank=1, capacity=1),
)
_RECIPIENTS = (
    RecipientCase(place=0, priority=7),
    RecipientCase(place=1, category=1, priority=1),
    RecipientCase(place=2, priority=2),
    RecipientCase(place=3, priority=1),
)

CASES = {
    # two more are wanted than there are places
    "shortage": Case(
        _CADRES, (*_RECIPIENTS, RecipientCase(place=1, demand=2)), current=((0, 1), (2, 2))
    ),
    # everybody is served and places are left
    "roomy": Case(
        tuple(CadreCase(place=n % 4, rank=n % 2, capacity=2) for n in range(5)),
        _RECIPIENTS,
        current=((0, 0), (1, 4)),
        adjustments=(((2, 0), 7),),
    ),
    # a lock that nobody would make by choice, a ban on the nearest pair
    "locks": Case(
        tuple(CadreCase(place=n, capacity=2) for n in range(4)),
        _RECIPIENTS,
        locks=((0, 3),),
        bans=((2, 2),),
    ),
    "priced": Case(_CADRES, (*_RECIPIENTS, RecipientCase(place=1, demand=2)), priced_km=60),
    "minimum loads": Case(
        (CadreCase(place=0, capacity=4), CadreCase(place=2, min_load=2), CadreCase(place=3)),
        (RecipientCase(), RecipientCase(), RecipientCase(place=1)),
    ),
    # three locks on a cadre with one place, and a minimum load out of reach
    "clash": Case(
        (CadreCase(capacity=1), CadreCase(place=2, min_load=2), CadreCase(place=1, capacity=3)),
        (RecipientCase(), RecipientCase(place=1), RecipientCase(place=2)),
        locks=((0, 0), (1, 0), (2, 0)),
        max_km=70,
    ),
    # one place beside three who could have it, and three who could not: one lives outside of what
    # the cadre's unit sponsors, one too far away, and one is banned
    "every reason": Case(
        (CadreCase(place=2, unit=1, capacity=1),),
        (
            RecipientCase(place=0),
            RecipientCase(place=3),
            RecipientCase(place=2),
            RecipientCase(place=2, category=1, priority=2),
            RecipientCase(place=2),
            RecipientCase(place=2),
        ),
        bans=((2, 0),),
        max_km=5,
        outside="require",
    ),
}


@cache
def base_plan(name: str) -> Plan:
    """Return the plan of a case; ``stopped`` is not proven, ``unsolved`` is no plan."""
    if name == "unsolved":
        return solve(CASES["roomy"].problem(), time_limit=1e-9, threads=1)
    if name == "stopped":
        # questions that are asked while kernels are loaded are no moments of the solve
        base_plan("shortage")
        plans = (
            solve(CASES["shortage"].problem(), threads=1, cancel=StopAt(questions))
            for questions in range(1000)
        )
        return next(plan for plan in plans if plan.status is Status.CANCELLED)
    return solve(CASES[name].problem(), threads=1)
