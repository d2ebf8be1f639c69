"""Too few places, against the same people and priorities with places enough."""

from collections.abc import Callable
from time import process_time

import numpy as np
import pyarrow as pa

import pairmatch as pm
from benchmarks.province import Tables, province_tables
from benchmarks.registry import ShortageInstance
from benchmarks.results import Outcome, Timing
from benchmarks.timing import take_turns
from pairmatch.synth import Geometry

SHORT, TWIN = "short of places", "its twin"
LIMIT, GOAL = 3.0, 2.0
_RUNS = 3
# one run each is enough where it takes so long
_LONG_SECONDS = 4.0
# per cent short of places with one for each cadre
_ONE_EACH = 6


def shortage_tables(
    geometry: Geometry, scale: float, percent: int, priorities: int
) -> tuple[Tables, Tables]:
    """Return a province that is short of places, and its twin.

    Places are dealt out evenly, those that are over by lot: 6 % short is one for each cadre. The
    twin has one more for each cadre.

    Parameters
    ----------
    percent
        Of the recipients, how many go without.
    priorities
        How many priorities there are, drawn by lot; 0 for one of its own for everybody.
    """
    tables = province_tables(geometry, scale)
    cadres, recipients = tables["cadres"].num_rows, tables["recipients"].num_rows
    rng = np.random.default_rng(0)
    drawn = rng.integers(0, priorities, recipients) if priorities else rng.permutation(recipients)
    tables["recipients"] = _with_column(tables["recipients"], "priority", drawn)
    # the province has 1.064 recipients for each cadre
    places = cadres if percent == _ONE_EACH else round(recipients * (100 - percent) / 100)
    capacity = np.full(cadres, places // cadres)
    capacity[rng.permutation(cadres)[: places % cadres]] += 1
    short = tables | {"cadres": _with_column(tables["cadres"], "capacity", capacity)}
    twin = tables | {"cadres": _with_column(tables["cadres"], "capacity", capacity + 1)}
    return short, twin


def run_shortage(instance: ShortageInstance) -> Outcome:
    """Time both by turns: tables in, plan out, proven over all pairs."""
    both = shortage_tables(instance.geometry, instance.scale, instance.percent, instance.priorities)
    solves = {name: _Solve(tables) for name, tables in zip((SHORT, TWIN), both, strict=True)}
    every: dict[str, Callable[[], int]] = dict(solves)
    seconds, objectives = take_turns(every, runs=_RUNS, long_seconds=_LONG_SECONDS)
    wrong = [
        f"{name} found {sorted(found)}" for name, found in objectives.items() if len(found) > 1
    ]
    wrong += [
        f"{name} ended {solve.last.status}, {solve.last.missing} missing"
        for name, solve in solves.items()
        if solve.last.status is not pm.Status.OPTIMAL or (solve.last.missing > 0) != (name == SHORT)
    ]
    return Outcome(
        instance=instance.name,
        family=f"shortage {instance.geometry}",
        phase="shortage",
        size={
            "cadres": both[0]["cadres"].num_rows,
            "recipients": both[0]["recipients"].num_rows,
            "percent": instance.percent,
            "priorities": instance.priorities,
        },
        timings=tuple(solve.timed(name, seconds[name]) for name, solve in solves.items()),
        wrong=tuple(wrong),
    )


class _Solve:
    """One province, solved again and again."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._cpu: list[float] = []
        self._last: pm.Plan | None = None

    def __call__(self) -> int:
        self._last = None
        begin = process_time()
        self._last = pm.solve(pm.Problem.from_tables(**self._tables))
        self._cpu.append(process_time() - begin)
        return self._last.objective

    @property
    def last(self) -> pm.Plan:
        if self._last is None:
            raise RuntimeError("nothing was solved")
        return self._last

    def timed(self, name: str, seconds: list[float]) -> Timing:
        plan = self.last
        return Timing.of(
            name,
            seconds,
            plan.objective,
            gap=plan.certificate.gap,
            scope=str(plan.certificate.scope),
            detail={
                "missing": float(plan.missing),
                "cpu": float(np.median(self._cpu)),
                "rounds": float(plan.stats.rounds),
                "arcs": float(plan.stats.arcs),
                **{f"seconds {phase}": value for phase, value in plan.stats.seconds.items()},
            },
        )


def ratio_of(outcome: Outcome) -> float:
    """Return how many times as long a shortage takes as its twin, by medians."""
    short, twin = outcome.timings
    return short.median / twin.median


def shortage_lines(outcomes: list[Outcome]) -> list[str]:
    """Return the table of all cells, and in front of it how many keep the limit."""
    ratios = [ratio_of(outcome) for outcome in outcomes]
    kept, reached = (sum(ratio <= most for ratio in ratios) for most in (LIMIT, GOAL))
    lines = [
        (
            f"At most {LIMIT:g} times the twin in {kept} of {len(ratios)}, at most {GOAL:g} times, "
            f"which is the goal, in {reached}; the largest ratio is {max(ratios):.2f}."
        ),
        "",
        (
            "| instance | short | priorities | missing | seconds | twin | runs | ratio | ratio of "
            "processor time | reached | quality |"
        ),
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for outcome, ratio in zip(outcomes, ratios, strict=True):
        short, twin = outcome.timings
        worked = short.detail["cpu"] / twin.detail["cpu"]
        quality = "; ".join(f"gap {timing.gap}, {timing.scope}" for timing in (short, twin))
        lines.append(
            f"| {outcome.instance} | {outcome.size['percent']} % | "
            f"{outcome.size['priorities'] or 'all distinct'} | {short.detail['missing']:.0f} | "
            f"{short.median:.3g} | {twin.median:.3g} | {short.runs} | {ratio:.2f} | "
            f"{worked:.2f} | {'yes' if ratio <= LIMIT else '**missed**'} | "
            f"{'**' + '; '.join(outcome.wrong) + '**' if outcome.wrong else quality} |"
        )
    return lines


def _with_column(
    table: pa.Table, name: str, values: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, pa.array(values, pa.int64()))
