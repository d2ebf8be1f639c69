"""What a re-solve begins with, and what holds it to its start."""

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, eq=False)
class Start:
    """An earlier plan as a later one needs it: plain data, by id.

    Attributes
    ----------
    pairs
        Arrow: recipient_id, cadre_id, one row for each pair of the earlier plan.
    digest
        The earlier plan's `Plan.digest`.
    only
        Areas, units and ids; pairs with nobody of these stand as they are. None for no such bound.
    most_changes
        Most pairs of the start that may change; None for any number.
    change_m
        What each changed pair costs, metre-equivalents.
    """

    pairs: pa.Table
    digest: str
    only: tuple[str, ...] | None = None
    most_changes: int | None = None
    change_m: int = 0

    @property
    def is_bound(self) -> bool:
        """Whether a plan of it may be worse than one without a start."""
        bounded = self.only is not None or self.most_changes is not None
        return bounded or self.change_m > 0
