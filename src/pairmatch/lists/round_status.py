"""How far a round of confirmation is, by county and unit, and what became of the plan before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import check_language
from pairmatch.lists.answers import Answers, answers_in
from pairmatch.lists.judged import SAID, positions_of_codes
from pairmatch.lists.pair_groups import counties_of_pairs, units_of_pairs
from pairmatch.lists.places import names_of_areas
from pairmatch.lists.round_text import round_text
from pairmatch.model.edits import Scenario
from pairmatch.plan import Plan
from pairmatch.tables.positions import positions


@dataclass(frozen=True, eq=False)
class RoundStatus:
    """How many pairs are confirmed, rejected and open.

    Attributes
    ----------
    counts
        Of all pairs: pairs, confirmed, rejected, open.
    counties
        Arrow, by the county that recipients live in: county, name and the counts, sorted by county.
    units
        Arrow, by the unit of the cadre: unit_id and the counts, in the order in which to chase
        them: units without any answer first, and those with most open pairs.
    since
        What became of the pairs of the plan before, by name; None if the plan has no start:
        confirmed and confirmed_stand, rejected and of these rejected_replaced (the recipient has
        another cadre), rejected_without and rejected_back (which never is), and of pairs that
        nobody had answered for unanswered_stand and unanswered_changed.
    """

    counts: Mapping[str, int]
    counties: pa.Table
    units: pa.Table
    since: Mapping[str, int] | None = None

    @property
    def silent(self) -> int:
        """How many units have not answered for any of their pairs."""
        return int(pc.sum(_is_silent(self.units)).as_py() or 0)

    def summary(self) -> dict[str, Any]:
        """Return everything, ready for JSON."""
        return {
            **self.counts,
            "units_without_answer": self.silent,
            "counties": self.counties.to_pylist(),
            "units": self.units.to_pylist(),
            "since": None if self.since is None else dict(self.since),
        }

    def text(self, language: str = "en") -> str:
        """Return the counts, and whom to chase, for people.

        Raises
        ------
        OptionError
            If there are no words in the language.
        """
        check_language(language)
        return round_text(self.summary(), language)


def round_status(plan: Plan, answers: "Answers | Scenario | None" = None) -> RoundStatus:
    """Tell how far a round is; see `Plan.round_status`."""
    if answers is None or isinstance(answers, Scenario):
        answers = answers_in(plan, answers or Scenario(edits=()))
    pairs = answers.pairs
    counties, units = counties_of_pairs(plan), units_of_pairs(plan)
    names = names_of_areas(plan.problem, counties.codes)
    said = {name: pc.equal(pairs.column("answer"), name).to_numpy() for name in SAID}
    by_county = _counted(counties.of_pair, len(counties.codes), said)
    by_unit = _counted(units.of_pair, len(units.codes), said)
    return RoundStatus(
        {"pairs": pairs.num_rows, **{name: int(marked.sum()) for name, marked in said.items()}},
        pa.table({"county": counties.codes, "name": names, **by_county}),
        _in_order(pa.table({"unit_id": units.codes, **by_unit})),
        None if plan.start is None else _since(plan, plan.start.pairs),
    )


def _counted(group: IntArray, groups: int, said: Mapping[str, BoolArray]) -> dict[str, IntArray]:
    counts = {"pairs": np.bincount(group, minlength=groups)}
    for name, marked in said.items():
        counts[name] = np.bincount(group[marked], minlength=groups)
    return counts


def _is_silent(units: pa.Table) -> pa.ChunkedArray:
    return pc.equal(units.column("open"), units.column("pairs"))


def _in_order(units: pa.Table) -> pa.Table:
    """Return units with those to chase first."""
    order = pc.sort_indices(
        units.append_column("silent", _is_silent(units).cast(pa.int8())),
        [("silent", "descending"), ("open", "descending"), ("unit_id", "ascending")],
    )
    return units.take(order)


def _since(plan: Plan, before: pa.Table) -> dict[str, int]:
    """Return what became of the pairs of an earlier plan."""
    problem = plan.problem

    def codes(pairs: pa.Table) -> IntArray:
        recipient, cadre = (
            positions(pairs.column(f"{one}_id"), getattr(problem, f"{one}s").column(f"{one}_id"))
            for one in ("recipient", "cadre")
        )
        code: IntArray = np.where((recipient < 0) | (cadre < 0), -1, (recipient << 32) + cadre)
        return code

    was, now = codes(before), codes(plan.pairs)
    stands = positions_of_codes(was, now) >= 0
    # pairs of people who are gone are nobody's any more
    there = was >= 0
    locked = np.isin(was, codes(problem.locks)) & there
    banned = np.isin(was, codes(problem.bans)) & there
    served = np.isin(was >> 32, now >> 32)
    others = there & ~locked & ~banned
    return {
        "pairs": int(was.shape[0]),
        "confirmed": int(locked.sum()),
        "confirmed_stand": int((locked & stands).sum()),
        "rejected": int(banned.sum()),
        "rejected_back": int((banned & stands).sum()),
        "rejected_replaced": int((banned & ~stands & served).sum()),
        "rejected_without": int((banned & ~stands & ~served).sum()),
        "unanswered_stand": int((others & stands).sum()),
        "unanswered_changed": int((others & ~stands).sum()),
        "gone": int((~there).sum()),
    }
