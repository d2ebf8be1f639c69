"""The solvers that are compared, each behind the same protocol in a module of its own."""

from benchmarks.peers.highs import Highs
from benchmarks.peers.lapx import LapxDense, LapxSparse
from benchmarks.peers.lemon import Lemon
from benchmarks.peers.networkx_simplex import NetworkX
from benchmarks.peers.or_tools import OrTools
from benchmarks.peers.own import OwnSimplex
from benchmarks.peers.peer import Peer, WrongAnswerError, refusal, version_of
from benchmarks.peers.pot import PotLazy, PotMatrix
from benchmarks.peers.scipy_matching import ScipyAssignment, ScipyMatching

OWN: Peer = OwnSimplex()
PEERS: tuple[Peer, ...] = (
    OWN,
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

__all__ = ["OWN", "PEERS", "Peer", "WrongAnswerError", "refusal", "version_of"]
