"""Peak memory, each in a process of its own.

``python -m benchmarks.memory engine FILE SOLVER`` or ``... solve FILE``
prints the peak in megabytes: of the whole process, with the interpreter and the data given to it.
"""

import pickle
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.network import Network
from benchmarks.peers import PEERS
from benchmarks.province import Tables


def peak_of_engine(network: Network, solvers: Sequence[str]) -> dict[str, float]:
    """Return each solver's peak in megabytes on a network."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.npz"
        network.save(path)
        return {name: _peak("engine", str(path), name) for name in solvers}


def peak_of_solve(tables: Tables) -> float:
    """Return the peak in megabytes of solving tables."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tables.pickle"
        path.write_bytes(pickle.dumps(tables))
        return _peak("solve", str(path))


def _peak(*arguments: str) -> float:
    answer = subprocess.run(  # noqa: S603  # this very interpreter, names from the registry
        [sys.executable, "-m", "benchmarks.memory", *arguments],
        cwd=Path(__file__).parents[1],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(answer.stdout.strip().splitlines()[-1])


def _main(what: str, path: str, *solver: str) -> None:
    if what == "engine":
        network = Network.load(Path(path))
        next(peer for peer in PEERS if peer.name == solver[0]).solve(network)
    else:
        import pairmatch as pm  # noqa: PLC0415  # peers are measured without it

        tables = pickle.loads(Path(path).read_bytes())  # noqa: S301  # written by this package
        pm.solve(pm.Problem.from_tables(**tables))
    print(own_peak())


def own_peak() -> float:
    """Return this process's peak in megabytes.

    On Linux ``ru_maxrss`` begins with the peak of the process that started this one, so the
    kernel's figure for this address space is read instead.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 2**10
    # kilobytes, but bytes on macOS
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    _main(*sys.argv[1:])
