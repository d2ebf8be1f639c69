"""warm_up(): every kernel is compiled ahead, so that no solve has to."""

import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from pairmatch._first_use import load_kernels, load_restarts
from pairmatch._kernel_cache import folders
from pairmatch._kernels import kept_in, kernels
from pairmatch._second_process import SecondProcess
from pairmatch._solve import solve
from pairmatch._tiny import (
    tiny_choice,
    tiny_clash,
    tiny_network,
    tiny_problem,
    tiny_shortage,
)
from pairmatch.flow import ENGINES, engine_named, min_cost_flow
from pairmatch.plan import Plan


@dataclass(frozen=True)
class WarmUp:
    """What a warm-up came to.

    Attributes
    ----------
    seconds
        How long it took.
    kernels
        Kernels that are ready in this process.
    compiled
        How many of them were compiled just now; the others were on the disk.
    kept
        How many of them are on the disk now, where other processes find them.
    folder
        Where they are kept; None if they are not.
    """

    seconds: float
    kernels: int
    compiled: int
    kept: int
    folder: Path | None


def warm_up() -> WarmUp:
    """Compile all kernels ahead and keep them on disk, or load those that are there.

    For images, where what is compiled while they are built need not be compiled by any container,
    and for servers that fork: what is loaded before is there in every process. It takes some twenty
    to thirty seconds the first time, and about one after that.

    Returns
    -------
    WarmUp
        How long it took, how many kernels there are and where they are kept. Where no folder can
        be written they are ready in this process, and lost with it.
    """
    start = time.perf_counter()
    before, files = _compiled(), _files()
    for name in ENGINES:
        with SecondProcess(name) as second:
            load_kernels(engine_named(name), Event(), second.start)
            load_restarts(engine_named(name), Event())
        network = tiny_network()
        columns = (network.tail, network.head, network.capacity, network.unit_cost)
        min_cost_flow(*columns, network.supply, engine=name)
        min_cost_flow(*columns, 4 * network.supply, engine=name)
    for problem in (tiny_problem(), tiny_shortage(), tiny_choice(), tiny_clash()):
        plan = solve(problem)
        _look_at(plan)
        _look_at(solve(problem, start=plan))
    signatures = [(kernel, signature) for kernel in kernels() for signature in kernel.signatures]
    paths = [kept_in(kernel, signature) for kernel, signature in signatures]
    found = [path for path in paths if path is not None]
    # the second process compiles too, and this one what is kept nowhere
    new = sum(files.get(path) != _written(path) for path in found)
    return WarmUp(
        seconds=time.perf_counter() - start,
        kernels=len(signatures),
        compiled=max(new, _compiled() - before),
        kept=len(found),
        folder=found[0].parent if found else None,
    )


def _look_at(plan: Plan) -> None:
    """Do with a plan and its problem what callers do."""
    plan.verify()
    problem = plan.problem
    cadre_ids = problem.cadres.column("cadre_id").to_pylist()
    recipient_ids = problem.recipients.column("recipient_id").to_pylist()
    problem.costs(cadre_ids, recipient_ids)
    plan.explain(recipient_ids[-1], cadre_ids[0]).document()


def _compiled() -> int:
    return sum(sum(kernel.stats.cache_misses.values()) for kernel in kernels())


def _files() -> dict[Path, int]:
    """Return what is on the disk, and when it was written."""
    return {path: _written(path) for folder in folders() for path in folder.glob("*.nbc")}


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        # another process has just cleared the folder
        return 0
