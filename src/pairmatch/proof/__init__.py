"""Certificates and their check.

This package shares nothing with the engine: it knows people, their costs and the duals of a
certificate, groups people by itself and evaluates the bound over all pairs. Classes, arcs, flows
and the loop are not imported here.
"""

from pairmatch.proof.bound import BoundTerms
from pairmatch.proof.certificate import Certificate, Level, Scope
from pairmatch.proof.check import Figures, verify

__all__ = [
    "BoundTerms",
    "Certificate",
    "Figures",
    "Level",
    "Scope",
    "verify",
]
