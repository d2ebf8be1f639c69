"""How much memory this process has taken."""

import sys
from importlib import import_module


def peak_memory_mb() -> float:
    """Return the largest resident size of this process so far, in megabytes.

    0 where the system does not tell (Windows has no ``resource``).
    """
    try:
        resource = import_module("resource")
    except ImportError:
        return 0.0
    peak: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
