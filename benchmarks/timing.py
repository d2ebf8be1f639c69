"""Solvers that take turns on one instance."""

import gc
from collections.abc import Callable, Mapping
from time import perf_counter

RUNS = 5
LONG_SECONDS = 20.0


def take_turns(
    solvers: Mapping[str, Callable[[], int]],
    *,
    runs: int = RUNS,
    long_seconds: float = LONG_SECONDS,
) -> tuple[dict[str, list[float]], dict[str, set[int]]]:
    """Time each solver in turn, again and again, so that a busy machine slows down all alike.

    ``runs`` each, but one where it takes ``long_seconds`` or more. The solver that begins changes
    from round to round.

    Returns
    -------
    seconds, objectives
        Of each solver: every run's time, and the distinct objectives that it found.
    """
    seconds: dict[str, list[float]] = {name: [] for name in solvers}
    objectives: dict[str, set[int]] = {name: set() for name in solvers}
    names = list(solvers)
    for turn in range(runs):
        gc.collect()
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            done = seconds[name]
            if not done or done[0] < long_seconds:
                begin = perf_counter()
                objectives[name].add(solvers[name]())
                done.append(perf_counter() - begin)
    return seconds, objectives


def disagreements(objectives: Mapping[str, set[int]], published: int | None) -> tuple[str, ...]:
    """Say which solvers found something else than the first one, or than what was published."""
    first = next(iter(objectives))
    right = {published} if published is not None else objectives[first]
    wrong = [
        f"{name} found {sorted(found)}, not {sorted(right)}"
        for name, found in objectives.items()
        if found != right or len(found) != 1
    ]
    return tuple(wrong)
