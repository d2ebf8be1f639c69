"""What is checked: what a plan says of itself, as far as the check reads it."""

from collections.abc import Sequence
from typing import Protocol

import pyarrow as pa

from pairmatch.model.start import Start
from pairmatch.model.status import Status
from pairmatch.proof.certificate import Certificate, Level


class ClaimedShortage(Protocol):
    """What is checked of a shortage."""

    @property
    def areas(self) -> Sequence[tuple[str, int]]:
        """Where those who go without live."""

    @property
    def categories(self) -> Sequence[tuple[str, int]]:
        """Of which category they are."""

    @property
    def recipients(self) -> int:
        """How many compete."""

    @property
    def wanted(self) -> int:
        """Cadres they want."""

    @property
    def cadres(self) -> int:
        """Cadres in reach."""

    @property
    def places(self) -> int:
        """What these can give."""

    @property
    def short(self) -> int:
        """What is missing."""


class ClaimedDiagnosis(Protocol):
    """What is checked of a diagnosis."""

    @property
    def shortages(self) -> Sequence[ClaimedShortage]:
        """Groups who compete for the same places."""

    @property
    def below_min_load(self) -> Sequence[tuple[str, int]]:
        """Cadres below their minimum loads."""

    @property
    def broken_locks(self) -> Sequence[tuple[str, str]]:
        """Locks that are not kept."""


class Claimed(Protocol):
    """What is checked; a `pairmatch.Plan` has all of it."""

    @property
    def status(self) -> Status:
        """How the solve ended."""

    @property
    def objective(self) -> int:
        """Metre-equivalents."""

    @property
    def objective_terms(self) -> dict[str, int]:
        """Terms by name, adding up to the objective."""

    @property
    def levels(self) -> Sequence[Level]:
        """Levels, most important first."""

    @property
    def pairs(self) -> pa.Table:
        """Who serves whom."""

    @property
    def unmatched(self) -> pa.Table:
        """Who is short of cadres."""

    @property
    def loads(self) -> pa.Table:
        """What each cadre has."""

    @property
    def start(self) -> Start | None:
        """What it began with and is held to."""

    @property
    def certificate(self) -> Certificate:
        """Bounds and duals."""

    @property
    def by_exception(self) -> int:
        """Pairs that an eligibility rule merely allows."""

    @property
    def diagnosis(self) -> ClaimedDiagnosis | None:
        """What is short or clashes."""
