"""What-ifs of one plan against cold solves of the same problems, and what they change.

A what-if is the edit, the problem, the solve with its bound over all pairs, and the diff. It is
asked of a plan that was saved and read again, by itself and in a session. A cold solve is
``from_tables`` and ``solve`` of the tables that the edit leaves. Kernels are warm, and nobody is
verified on either side.
"""

import gc
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np

import pairmatch as pm
from benchmarks.province import province_tables
from benchmarks.registry import WhatIfInstance
from benchmarks.results import Outcome, Timing
from benchmarks.whatif_edits import OPS, Edit, county_edit, person_edits

COLD, SAVED, SESSION = "cold solve", "from a saved plan", "in a session"
WAYS = (SAVED, SESSION)
COUNTY = "county"
# the part of a cold solve that a what-if may take: limit and goal
LIMITS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "codes": dict.fromkeys(WAYS, (0.6, 0.35)),
    "household": dict.fromkeys(WAYS, (0.25, 0.12)),
    "point": {SAVED: (0.25, 0.12), SESSION: (0.08, 0.03)},
}
COUNTY_LIMIT = 0.5
# pairs changed by a person-level edit of codes: the median, and the 95th percentile
MEDIAN_CHANGED, MOST_CHANGED = 3, 30


@dataclass
class _Asked:
    """What was measured of one way to ask, edit by edit."""

    ops: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    ties: list[int] = field(default_factory=list)
    proven: list[bool] = field(default_factory=list)
    went_cold: int = 0
    last: pm.Plan | None = None

    def ask(self, op: str, edit: Edit, base: pm.Plan, answer: Callable[..., pm.Plan]) -> pm.Plan:
        begin = perf_counter()
        after = answer(edit)
        diff = base.diff(after)
        self.seconds.append(perf_counter() - begin)
        self.ops.append(op)
        self.changed.append(diff.removed)
        self.ties.append(diff.counts["tie"])
        self.proven.append(all(level.gap == 0 for level in after.levels))
        self.went_cold += after.stats.start.startswith("cold")
        self.last = after
        return after

    def timed(self, name: str, cold: float) -> Timing:
        if self.last is None:
            raise RuntimeError("nothing was asked")
        of_op = {
            op: [s for s, one in zip(self.seconds, self.ops, strict=True) if one == op]
            for op in dict.fromkeys(self.ops)
        }
        ties = [tie for tie, proven in zip(self.ties, self.proven, strict=True) if proven]
        return Timing.of(
            name,
            self.seconds,
            self.last.objective,
            gap=self.last.certificate.gap,
            scope=str(self.last.certificate.scope),
            detail={
                "ratio": float(np.median(self.seconds)) / cold,
                "worst ratio": max(self.seconds) / cold,
                **{f"ratio, {op}": float(np.median(some)) / cold for op, some in of_op.items()},
                **{f"worst ratio, {op}": max(some) / cold for op, some in of_op.items()},
                "changed, median": float(np.median(self.changed)),
                "changed, 95th percentile": float(np.quantile(self.changed, 0.95, method="higher")),
                "changed, most": float(max(self.changed)),
                "went cold": float(self.went_cold),
                "not proven": float(self.proven.count(False)),
                "ties where proven": float(sum(ties)),
                "ties": float(sum(self.ties)),
            },
        )


@dataclass
class _Colds:
    """Cold solves of edited problems."""

    problem: pm.Problem
    seconds: list[float] = field(default_factory=list)
    plans: dict[int, pm.Plan] = field(default_factory=dict)

    def solve(self, nth: int, edit: Edit) -> None:
        edited = self.problem.edit(edit)
        tables, policy = edited.tables(), edited.policy
        del edited
        gc.collect()
        begin = perf_counter()
        self.plans[nth] = pm.solve(pm.Problem.from_tables(**tables, policy=policy))
        self.seconds.append(perf_counter() - begin)

    def wrong(self, warm: Mapping[int, Sequence[pm.Plan]], ops: Sequence[str]) -> tuple[str, ...]:
        """Say which what-ifs differ on a level from a cold solve, or from each other."""
        found = []
        for nth, plans in warm.items():
            cold = _values(self.plans[nth])
            if any(_values(plan)[: len(cold)] != cold for plan in plans):
                found.append(f"edit {nth}, {ops[nth]}: {[*map(_values, plans)]}, cold {cold}")
            elif any(_values(plan) != _values(plans[0]) for plan in plans):
                found.append(f"edit {nth}, {ops[nth]}: {[*map(_values, plans)]}")
        return tuple(found)


def run_whatif(instance: WhatIfInstance) -> Outcome:
    """Ask the plan of a province what if, person by person and for a county."""
    problem = pm.Problem.from_tables(**province_tables(instance.geometry, instance.scale))
    solved = pm.solve(problem)
    edits = list(person_edits(solved, instance.edits, np.random.default_rng(1)))
    edits.append((COUNTY, county_edit(problem, instance.scale)))
    # for these the levels are compared with those of a cold solve
    also_cold = set(np.linspace(0, instance.edits - 1, instance.colds).astype(int).tolist())
    also_cold.add(instance.edits)
    colds = _Colds(problem)
    warm: dict[int, list[pm.Plan]] = {}
    asked = {name: _Asked() for way in WAYS for name in (way, _of_county(way))}
    with ExitStack() as stack:
        # each has a plan of its own, and takes its turn, as a busy machine slows down all alike
        bases = {way: _saved_and_read(solved) for way in WAYS}
        answers = {way: stack.enter_context(_opened(bases[way], way)) for way in WAYS}
        for answer in answers.values():
            # what is made once for all edits is of none of them
            answer(edits[0][1])
        for nth, (op, edit) in enumerate(edits):
            for way in WAYS[:: (-1) ** nth]:
                gc.collect()
                one = asked[_of_county(way) if op == COUNTY else way]
                after = one.ask(op, edit, bases[way], answers[way])
                if nth in also_cold:
                    warm.setdefault(nth, []).append(after)
                del after
            if nth in also_cold:
                colds.solve(nth, edit)
    cold = float(np.median(colds.seconds))
    return Outcome(
        instance=instance.name,
        family=f"what if {instance.geometry}",
        phase="whatif",
        size={
            "cadres": problem.cadres.num_rows,
            "recipients": problem.recipients.num_rows,
            "edits": instance.edits,
            "county": len(edits[-1][1]["ids"]),
        },
        timings=(
            *(one.timed(name, cold) for name, one in asked.items()),
            Timing.of(COLD, colds.seconds, solved.objective),
        ),
        wrong=colds.wrong(warm, [op for op, _ in edits]),
    )


@contextmanager
def _opened(plan: pm.Plan, way: str) -> Iterator[Callable[..., pm.Plan]]:
    """Return what answers an edit."""
    if way == SAVED:
        yield plan.what_if
        return
    with plan.session() as session:
        yield session.what_if


def _saved_and_read(plan: pm.Plan) -> pm.Plan:
    with tempfile.TemporaryDirectory() as folder:
        plan.save(Path(folder) / "plan")
        return pm.Plan.load(Path(folder) / "plan")


def _of_county(way: str) -> str:
    return f"{way}, a county"


def _values(plan: pm.Plan) -> list[tuple[str, int]]:
    return [(level.name, level.value) for level in plan.levels]


def missed_by(outcome: Outcome) -> list[str]:
    """Say what was to be reached and was not."""
    geometry = outcome.family.rpartition(" ")[2]
    found = []
    for way in WAYS:
        single, county = outcome.of(way), outcome.of(_of_county(way))
        if single is None or county is None:
            continue
        limit, _ = LIMITS[geometry][way]
        for op in OPS:
            ratio = single.detail.get(f"ratio, {op}", 0.0)
            if ratio > limit:
                found.append(f"{way}: {op} {ratio:.3f}")
        if county.detail["ratio"] > COUNTY_LIMIT:
            found.append(f"{way}: {COUNTY} {county.detail['ratio']:.3f}")
        if geometry == "codes":
            median, most = (single.detail[f"changed, {name}"] for name in _CHANGED)
            if median > MEDIAN_CHANGED or most > MOST_CHANGED:
                found.append(f"{way}: {median:g} changed, {most:g} at the 95th percentile")
        if single.detail["ties where proven"]:
            found.append(f"{way}: {single.detail['ties where proven']:g} ties")
    return found


_CHANGED = ("median", "95th percentile")


def whatif_lines(outcomes: list[Outcome]) -> list[str]:
    """Return the tables of ratios by kind of edit, and of what changed."""
    names = [*OPS, "all", COUNTY]
    lines = [
        (
            "Parts of a cold solve, medians and in brackets the worst. A cold solve is from_tables "
            "and solve; a what-if is the edit, the problem, the solve with its bound over all "
            "pairs, and the diff. The limit is on the median of each kind, "
            f"{COUNTY_LIMIT:g} for a county."
        ),
        "",
        f"| instance | asked | {' | '.join(names)} | cold, s | limit (goal) | reached |",
        "|---" * (len(names) + 5) + "|",
    ]
    changes = [
        "",
        (
            "| instance | asked | changed, median | 95th percentile | most | went cold "
            "| not proven | ties | ties where proven | quality |"
        ),
        "|---" * 10 + "|",
    ]
    for outcome in outcomes:
        cold = outcome.timings[-1]
        missed = missed_by(outcome)
        geometry = outcome.family.rpartition(" ")[2]
        for way in WAYS:
            single, county = outcome.of(way), outcome.of(_of_county(way))
            if single is None or county is None:
                continue
            keys = [*(f", {op}" for op in OPS), ""]
            cells = [_cell(single, key) for key in keys] + [_cell(county, "")]
            limit, goal = LIMITS[geometry][way]
            here = [one.removeprefix(f"{way}: ") for one in missed if one.startswith(way)]
            lines.append(
                f"| {outcome.instance} | {way} | {' | '.join(cells)} | {cold.median:.3g} "
                f"| {limit:g} ({goal:g}) | {_reached(here)} |"
            )
            detail = single.detail
            quality = f"**{'; '.join(outcome.wrong)}**" if outcome.wrong else "levels as cold"
            changes.append(
                f"| {outcome.instance} | {way} | {detail['changed, median']:g} "
                f"| {detail['changed, 95th percentile']:g} | {detail['changed, most']:g} "
                f"| {detail['went cold']:g} | {detail['not proven']:g} | {detail['ties']:g} "
                f"| {detail['ties where proven']:g} | {quality} |"
            )
    return [*lines, *changes]


def _cell(timing: Timing, key: str) -> str:
    if f"ratio{key}" not in timing.detail:
        return ""
    return f"{timing.detail[f'ratio{key}']:.3f} ({timing.detail[f'worst ratio{key}']:.3f})"


def _reached(missed: Sequence[str]) -> str:
    return f"**missed**: {'; '.join(missed)}" if missed else "yes"
