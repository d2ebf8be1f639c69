"""Tables and a policy that belong together, to be solved or written to a folder."""

from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from pairmatch.model.policy import Policy
from pairmatch.tables import Problem


@dataclass(frozen=True)
class Scenario:
    """Made-up tables and a policy.

    ``current`` is None where nobody is paired yet.
    """

    cadres: pa.Table
    recipients: pa.Table
    units: pa.Table
    areas: pa.Table
    current: pa.Table | None
    policy: Policy

    def problem(self) -> Problem:
        """Return the checked problem."""
        return Problem.from_tables(
            cadres=self.cadres,
            recipients=self.recipients,
            units=self.units,
            areas=self.areas,
            current=self.current,
            policy=self.policy,
        )

    def with_policy(self, policy: Policy) -> "Scenario":
        """Return the same people under another policy."""
        return replace(self, policy=policy)

    def write(self, folder: str | Path) -> None:
        """Write the tables as Parquet and the policy as YAML into an existing folder."""
        where = Path(folder)
        for name in ("cadres", "recipients", "units", "areas", "current"):
            table = getattr(self, name)
            if table is not None:
                parquet.write_table(table, where / f"{name}.parquet")
        (where / "policy.yaml").write_text(self.policy.to_yaml(), encoding="utf-8")
