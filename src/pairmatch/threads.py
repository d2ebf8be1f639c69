"""How many threads kernels run on."""

import os


def available_threads(threads: int | None) -> int:
    """Return the number of threads asked for, or the cores that this process may use.

    Raises
    ------
    ValueError
        If fewer than one is asked for.
    """
    if threads is not None:
        if threads < 1:
            raise ValueError(f"threads is {threads}; give at least 1, or None for all cores")
        return threads
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
