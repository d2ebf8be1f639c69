"""What the figures were measured on."""

import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.peers import PEERS, version_of

_ALSO = ("numpy", "numba")


def describe_machine() -> dict[str, str]:
    """Return processor, cores, memory and system."""
    processor, memory = platform.processor() or platform.machine(), "unknown"
    cpu, mem = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if cpu.exists():
        names = [line for line in cpu.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].split(":", 1)[1].strip() if names else processor
    if mem.exists():
        memory = f"{int(mem.read_text().split()[1]) / 2**20:.1f} GiB"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "processor": processor,
        "cores": str(cores),
        "memory": memory,
        "system": f"{platform.system()} {platform.release()}",
        "python": sys.version.split()[0],
    }


def versions() -> dict[str, str]:
    """Return the versions of the solvers, and of what they stand on."""
    found = {peer.distribution: version_of(peer) or "not installed" for peer in PEERS}
    return found | {name: version(name) for name in _ALSO}


def commit() -> str:
    """Return the commit that is checked out, marked where the source differs from it."""
    root = Path(__file__).parents[1]

    def git(*arguments: str) -> str:
        answer = subprocess.run(  # noqa: S603  # fixed arguments
            ["git", *arguments],  # noqa: S607  # git from the path, as its user does
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        return answer.stdout.strip()

    head = git("rev-parse", "--short", "HEAD") or "unknown"
    changed = git("status", "--porcelain", "--", "src", "benchmarks")
    return f"{head} (changed since)" if changed else head
