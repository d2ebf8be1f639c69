"""What was to be reached, against what was measured."""

from dataclasses import dataclass

from benchmarks.peers import OWN, OWN_ENGINES
from benchmarks.results import Outcome, Report
from benchmarks.solve_phase import BASELINE, SOLVE
from benchmarks.warm_phase import WARM

_RIVALS = ("OR-Tools", "LEMON (pylmcf)")
_LITERATURE = ("netgen", "gridgen", "goto")


@dataclass(frozen=True)
class Target:
    """One target; ``reached`` is None where nothing was measured."""

    what: str
    limit: str
    measured: str
    reached: bool | None


def targets(report: Report) -> list[Target]:
    """Hold a report against the targets, in the order in which they were set."""
    by_name = {outcome.instance: outcome for outcome in report.outcomes}
    return [
        _against_baseline(by_name, "solve_codes_1", 0.1, "1/10; the goal is 1/25"),
        _memory(by_name, "solve_codes_1", 1.5),
        _against_baseline(by_name, "solve_household_1", 1.0, "1"),
        _seconds(by_name, "solve_point_0.1", 10.0),
        _against_baseline(by_name, "solve_point_1", 10.0, "10; the goal is 4"),
        _memory(by_name, "solve_point_1", 6.0),
        _engine(
            [o for o in report.outcomes if 4e6 <= o.size.get("arcs", 0) <= 9e6],
            "networks of people with 4 to 9 million arcs",
            0.5,
        ),
        _engine(
            [o for o in report.outcomes if o.family in _LITERATURE],
            "NETGEN, GRIDGEN-like and GOTO-like networks (a goal)",
            1.0,
        ),
        *_warm(by_name.get("warm_codes_1")),
        _compared(by_name, "solve_unservable_1", "solve_codes_1", 2.0, "2 % unservable, time"),
        _compared(by_name, "solve_codes_10", "solve_codes_1", 12.0, "codes, scale 1 to 10, time"),
        _growth_of_memory(by_name),
    ]


def _none(what: str, limit: str) -> Target:
    return Target(what, limit, "not measured in this run", None)


def _against_baseline(by_name: dict[str, Outcome], name: str, limit: float, text: str) -> Target:
    what = f"{name}: tables to plan, with proof, over OR-Tools alone on the baseline"
    outcome = by_name.get(name)
    ours, theirs = (outcome.of(SOLVE), outcome.of(BASELINE)) if outcome else (None, None)
    if ours is None or theirs is None:
        return _none(what, f"at most {text}")
    ratio = ours.median / theirs.median
    alone = (ours.median - ours.detail["checking"]) / theirs.median
    return Target(
        what,
        f"at most {text}",
        f"{ratio:.3f} ({ours.median:.2f} s over {theirs.median:.2f} s); "
        f"{alone:.3f} without checking the tables",
        ratio <= limit,
    )


def _memory(by_name: dict[str, Outcome], name: str, limit: float) -> Target:
    what = f"{name}: peak memory"
    ours = by_name[name].of(SOLVE) if name in by_name else None
    if ours is None or ours.peak_mb is None:
        return _none(what, f"at most {limit} GB")
    # gigabytes of 10**9 bytes
    peak = ours.peak_mb * 2**20 / 1e9
    return Target(what, f"at most {limit} GB", f"{peak:.2f} GB", peak <= limit)


def _seconds(by_name: dict[str, Outcome], name: str, limit: float) -> Target:
    what = f"{name}: tables to plan, with proof"
    ours = by_name[name].of(SOLVE) if name in by_name else None
    if ours is None:
        return _none(what, f"under {limit:g} s")
    return Target(what, f"under {limit:g} s", f"{ours.median:.2f} s", ours.median < limit)


def taken_of(outcome: Outcome) -> str:
    """Return the name of the solver that is pairmatch by ``engine="auto"``."""
    return OWN_ENGINES[outcome.auto[0]].name if outcome.auto else OWN.name


def ratio_to_fastest(outcome: Outcome, solver: str) -> float | None:
    """Return a solver's time over that of the faster of OR-Tools and LEMON, if measured."""
    own = outcome.of(solver)
    rivals = [timing for name in _RIVALS if (timing := outcome.of(name)) is not None]
    if own is None or not rivals:
        return None
    return own.median / min(timing.median for timing in rivals)


def _engine(outcomes: list[Outcome], which: str, limit: float) -> Target:
    what = f"engine over the faster of OR-Tools and LEMON, {which}"
    ratios = {
        outcome.instance: ratio
        for outcome in outcomes
        if (ratio := ratio_to_fastest(outcome, taken_of(outcome))) is not None
    }
    if not ratios:
        return _none(what, f"at most {limit}")
    worst = max(ratios, key=lambda name: ratios[name])
    over = sum(ratio > limit for ratio in ratios.values())
    return Target(
        what,
        f"at most {limit}",
        f"at most {ratios[worst]:.2f} ({worst}); above the limit on {over} of {len(ratios)}",
        over == 0,
    )


def _warm(outcome: Outcome | None) -> list[Target]:
    ours = outcome.of(WARM) if outcome else None
    found = []
    for name, key, limit in (
        ("median", "median ratio", 50),
        ("95th percentile", "95th percentile ratio", 10),
    ):
        what = f"warm_codes_1: warm over cold, {name} of single edits"
        if ours is None:
            found.append(_none(what, f"at most 1/{limit}"))
        else:
            ratio = ours.detail[key]
            measured = f"1/{1 / ratio:.0f} over {ours.detail['edits']:.0f} edits"
            found.append(Target(what, f"at most 1/{limit}", measured, ratio <= 1 / limit))
    return found


def _compared(
    by_name: dict[str, Outcome], name: str, other: str, limit: float, what: str
) -> Target:
    if name not in by_name or other not in by_name:
        return _none(what, f"at most {limit:g} times")
    ratio = by_name[name].timings[0].median / by_name[other].timings[0].median
    return Target(what, f"at most {limit:g} times", f"{ratio:.2f} times", ratio <= limit)


def _growth_of_memory(by_name: dict[str, Outcome]) -> Target:
    what, limit = "codes, scale 1 to 10, memory", 10.0
    pair = [
        by_name[name].timings[0] for name in ("solve_codes_10", "solve_codes_1") if name in by_name
    ]
    peaks = [timing.peak_mb for timing in pair if timing.peak_mb is not None]
    if len(peaks) < 2:  # a pair
        return _none(what, f"at most {limit:g} times")
    ratio = peaks[0] / peaks[1]
    return Target(what, f"at most {limit:g} times", f"{ratio:.2f} times", ratio <= limit)
