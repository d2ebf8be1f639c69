"""Whole solves of tables in memory, with proof over all pairs, against OR-Tools on the baseline."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

import pairmatch as pm
from benchmarks.memory import peak_of_engine, peak_of_solve
from benchmarks.network import Network
from benchmarks.peers.or_tools import OrTools
from benchmarks.province import Tables, province_tables
from benchmarks.registry import SolveInstance, flow_instance
from benchmarks.results import Outcome, Timing
from benchmarks.timing import take_turns

SOLVE = "pairmatch solve()"
BASELINE = "OR-Tools, baseline network"


class _WholeSolve:
    """Tables in, plan out; checking the tables is timed apart as well."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.checking: list[float] = []
        self.plan: pm.Plan | None = None

    def __call__(self) -> int:
        self.plan = None
        begin = perf_counter()
        problem = pm.Problem.from_tables(**self._tables)
        self.checking.append(perf_counter() - begin)
        self.plan = pm.solve(problem)
        return self.plan.objective


def run_solve(instance: SolveInstance, *, memory: bool) -> Outcome:
    """Time a whole solve, and OR-Tools alone on the baseline network if there is one."""
    tables = province_tables(instance.geometry, instance.scale, instance.variant)
    ours = _WholeSolve(tables)
    network: Network | None = None
    every: dict[str, Callable[[], int]] = {SOLVE: ours}
    if instance.against is not None:
        network = flow_instance(instance.against).make()
        every[BASELINE] = partial(OrTools().solve, network)
    seconds, objectives = take_turns(every)
    plan = ours.plan
    if plan is None:
        raise RuntimeError("nothing was solved")
    wrong = [
        f"{name} found {sorted(found)}" for name, found in objectives.items() if len(found) > 1
    ]
    if plan.status is not pm.Status.OPTIMAL:
        wrong.append(f"{SOLVE} ended {plan.status}")
    timings = [
        Timing.of(
            SOLVE,
            seconds[SOLVE],
            plan.objective,
            gap=plan.certificate.gap,
            scope=str(plan.certificate.scope),
            peak_mb=peak_of_solve(tables) if memory else None,
            detail={
                "missing": float(plan.missing),
                "rounds": float(plan.stats.rounds),
                "arcs": float(plan.stats.arcs),
                "checking": sorted(ours.checking)[len(ours.checking) // 2],
                **{f"seconds {name}": value for name, value in plan.stats.seconds.items()},
            },
        )
    ]
    if network is not None:
        peak = peak_of_engine(network, [OrTools.name])[OrTools.name] if memory else None
        baseline = min(objectives[BASELINE])
        timings.append(
            Timing.of(
                BASELINE,
                seconds[BASELINE],
                baseline,
                gap=None,
                scope="its arcs only",
                peak_mb=peak,
            )
        )
        if baseline < plan.objective:
            wrong.append(f"the baseline is better: {baseline} against {plan.objective}")
    return Outcome(
        instance=instance.name,
        family=instance.family,
        phase="solve",
        size={
            "cadres": plan.problem.cadres.num_rows,
            "recipients": plan.problem.recipients.num_rows,
            **({} if network is None else {"baseline arcs": network.arcs}),
        },
        timings=tuple(timings),
        wrong=tuple(wrong),
    )
