"""The solvers that are compared, each behind the same protocol in a module of its own."""

from benchmarks.peers.highs import Highs
from benchmarks.peers.lapx import LapxDense, LapxSparse
from benchmarks.peers.lemon import Lemon
from benchmarks.peers.networkx_simplex import NetworkX
from benchmarks.peers.or_tools import OrTools
from benchmarks.peers.own import OwnEngine, taken_by_auto
from benchmarks.peers.peer import Peer, WrongAnswerError, refusal, version_of
from benchmarks.peers.pot import PotLazy, PotMatrix
from benchmarks.peers.scipy_matching import ScipyAssignment, ScipyMatching

OWN = OwnEngine("simplex")
OWN_ENGINES = {own.engine: own for own in (OWN, OwnEngine("scaling"))}
PEERS: tuple[Peer, ...] = (
    *OWN_ENGINES.values(),
    OrTools(),
    Lemon(),
    Highs(),
    NetworkX(),
    ScipyAssignment(),
    ScipyMatching(),
    LapxDense(),
    LapxSparse(),
    PotMatrix(),
    PotLazy(),
)

__all__ = [
    "OWN",
    "OWN_ENGINES",
    "PEERS",
    "Peer",
    "WrongAnswerError",
    "refusal",
    "taken_by_auto",
    "version_of",
]
