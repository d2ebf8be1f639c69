"""What differs between two plans: changed pairs in chains, with causes and costs that add up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, exact_sum
from pairmatch.errors import check_language
from pairmatch.explain.causes import (
    CAUSES,
    NO_REASON,
    REASONS,
    chain_causes,
    forced_reasons,
    level_changes,
    pair_causes,
)
from pairmatch.explain.chains import Chains, trace_chains
from pairmatch.explain.changed_pairs import ChangedPairs, changed_pairs
from pairmatch.explain.diff_file import write_table
from pairmatch.explain.diff_tables import Rows, chains_table, changes_table
from pairmatch.explain.diff_text import diff_text
from pairmatch.explain.effects import Effects, effects, standing
from pairmatch.explain.totals import (
    areas_of_changes,
    totals_of_areas,
    totals_of_cadres,
    totals_of_recipients,
)
from pairmatch.model.labels import LabelsPolicy
from pairmatch.model.status import Status
from pairmatch.options import Options
from pairmatch.plan import Plan
from pairmatch.tables.positions import whole

_CONTINUITY = "continuity"


class Compared(NamedTuple):
    """A number of the plan before and of the plan after."""

    before: int
    after: int

    @property
    def difference(self) -> int:
        """After minus before."""
        return self.after - self.before


class Repriced(NamedTuple):
    """What the difference of two objectives has besides the chains, metre-equivalents.

    Attributes
    ----------
    pairs
        Pairs that both plans have, at other costs.
    load
        Loads that cadres have in both plans, at other load curves.
    coverage
        Recipients left out at another price, and those left out who are new, or gone, or want more
        or fewer cadres.
    changes
        The price of changed pairs, where a plan was solved with one.
    """

    pairs: int
    load: int
    coverage: int
    changes: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.pairs + self.load + self.coverage + self.changes


@dataclass(frozen=True, eq=False)
class Diff:
    """What differs between two plans; people are matched by id.

    Attributes
    ----------
    changes
        Arrow, a row for each recipient and changed unit of demand, by recipient: recipient_id,
        cadre_before, cadre_after (null where there was or is none), cause (forced, cascade, gain,
        tie or loss), chain, cost_before_m, cost_after_m, reason (why it had to change, null where
        it had not), category, area, unit_before, unit_after, rank_before, rank_after.
    chains
        Arrow, a row for each chain: chain, cause, removed and added (pairs), missing (how many more
        are missing), cost_m (what it adds to the objective), what it changes on each level at the
        costs after (null where it is forced), and moves: the pairs in order, each with change
        (removed or added), recipient_id, cadre_id and cost_m.
    terms
        Arrow: term, before_m, after_m, difference_m; all terms of the objective but continuity.
    continuity
        The term that current pairs save, metre-equivalents.
    objective
        Metre-equivalents: terms and continuity.
    missing
        Cadres not found.
    repriced
        What the difference of the objectives has besides the chains.
    repriced_missing
        The same of the cadres not found: people who are new or gone, and other demands.
    kept
        Pairs that both plans have.
    status
        Of the plan before and the plan after.
    """

    changes: pa.Table
    chains: pa.Table
    terms: pa.Table
    continuity: Compared
    objective: Compared
    missing: Compared
    repriced: Repriced
    repriced_missing: int
    kept: int
    status: tuple[Status, Status]
    _areas: pa.Table
    _labels: LabelsPolicy

    @cached_property
    def by_area(self) -> pa.Table:
        """Arrow: totals of changes by the areas of recipients and all areas above them."""
        return totals_of_areas(self.changes, self._areas)

    @cached_property
    def by_unit(self) -> pa.Table:
        """Arrow: totals of changes by the units of cadres."""
        return totals_of_cadres(self.changes, "unit")

    @cached_property
    def by_rank(self) -> pa.Table:
        """Arrow: totals of changes by the ranks of cadres."""
        return totals_of_cadres(self.changes, "rank")

    @cached_property
    def by_category(self) -> pa.Table:
        """Arrow: totals of changes by the categories of recipients."""
        return totals_of_recipients(self.changes, "category")

    @property
    def removed(self) -> int:
        """Pairs of the plan before that the plan after does not have."""
        return int(self.changes.num_rows - self.changes.column("cadre_before").null_count)

    @property
    def added(self) -> int:
        """Pairs of the plan after that the plan before does not have."""
        return int(self.changes.num_rows - self.changes.column("cadre_after").null_count)

    @property
    def counts(self) -> dict[str, int]:
        """Changes by cause."""
        return dict(_counts(self.changes, "cause", CAUSES))

    @property
    def chain_counts(self) -> dict[str, int]:
        """Chains by cause."""
        return dict(_counts(self.chains, "cause", CAUSES))

    @property
    def reasons(self) -> dict[str, int]:
        """Changes that had to be made, by reason."""
        return {
            reason: count for reason, count in _counts(self.changes, "reason", REASONS) if count
        }

    @property
    def chains_m(self) -> dict[str, int]:
        """What chains add to the objective, by cause, metre-equivalents."""
        cost, cause = self.chains.column("cost_m"), self.chains.column("cause")
        return {name: exact_sum(cost.filter(pc.equal(cause, name)).to_numpy()) for name in CAUSES}

    def __repr__(self) -> str:
        """Return the counts and the difference of the objectives in a line, without any id."""
        counts = ", ".join(f"{cause} {count:,}" for cause, count in self.counts.items() if count)
        return (
            f"<Diff: {self.removed:,} pairs removed, {self.added:,} added, {self.kept:,} kept; "
            f"{counts or 'no changes'}; objective {self.objective.difference:+,} "
            f"({self.repriced.total:+,} repriced)>"
        )

    def text(self, language: str = "en") -> str:
        """Return what changed, for a planner.

        It names the first few people who move, by their ids.
        """
        check_language(language)
        return diff_text(self.summary(), self.chains, language, self._labels)

    def summary(self) -> dict[str, Any]:
        """Return counts, costs and totals, ready for JSON; no single person is in it."""
        tables = ("by_area", "by_unit", "by_rank", "by_category", "terms")
        return {
            "status": {"before": str(self.status[0]), "after": str(self.status[1])},
            "removed": self.removed,
            "added": self.added,
            "kept": self.kept,
            "changes": self.changes.num_rows,
            "changes_by_cause": self.counts,
            "chains": self.chains.num_rows,
            "chains_by_cause": self.chain_counts,
            "reasons": self.reasons,
            "objective": _document(self.objective),
            "continuity": _document(self.continuity),
            "missing": _document(self.missing),
            "chains_m": {**self.chains_m, "total": sum(self.chains_m.values())},
            "repriced_m": {**self.repriced._asdict(), "total": self.repriced.total},
            "repriced_missing": self.repriced_missing,
            **{name: getattr(self, name).to_pylist() for name in tables},
        }

    def to_table(self) -> pa.Table:
        """Return the changes for people: with costs in kilometres and names of areas too."""
        table = self.changes
        code = table.column("area")
        names = self._areas.column("name")
        at = pc.index_in(code, value_set=whole(self._areas.column("area")))
        table = table.add_column(
            table.column_names.index("area") + 1, "area_name", names.take(whole(at))
        )
        for name in ("cost_before", "cost_after"):
            at = table.column_names.index(f"{name}_m")
            km = pc.divide(table.column(at).cast(pa.float64()), 1000.0)
            table = table.add_column(at, f"{name}_km", km)
        return table

    def write(self, path: str | Path, *, replace: bool = False) -> None:
        """Write `to_table` as a file that a spreadsheet program opens, whole or not at all.

        Parameters
        ----------
        path
            Ends in .csv, or in .xlsx (a workbook).
        replace
            Whether a file that is there may be replaced.

        Raises
        ------
        PlanFileError
            If it ends otherwise, is there already, or cannot be written.
        OptionError
            If the package that writes workbooks is missing.
        """
        write_table(self.to_table(), Path(path), replace=replace)


def difference(before: Plan, after: Plan) -> Diff:
    """Compare two plans; see `Plan.diff`."""
    _check(before, after)
    changed = changed_pairs(before, after)
    has = standing(before, after, changed)
    formulation = after.problem.formulation
    reason = forced_reasons(changed, has, formulation)
    is_forced = reason != NO_REASON
    chains = _chains(changed, is_forced)
    forced = chains.with_any(is_forced)
    levels = level_changes(changed, has, chains, forced, formulation)
    cause = chain_causes(forced, levels, ~chains.with_any(~changed.is_added))
    names = [level.name for level in formulation.objective.levels]
    of_pairs = effects(before, after, changed, has)
    rows = Rows.of(changed)
    changes = changes_table(
        before,
        after,
        changed,
        rows,
        chains.number,
        pair_causes(cause[chains.number], is_forced),
        reason,
    )
    objective = Compared(before.objective, after.objective)
    missing = Compared(before.missing, after.missing)
    continuity = Compared(*(plan.objective_terms[_CONTINUITY] for plan in (before, after)))
    return Diff(
        changes=changes,
        chains=chains_table(
            changed, chains, of_pairs, cause, dict(zip(names, levels, strict=True))
        ),
        terms=_terms(before, after),
        continuity=continuity,
        objective=objective,
        missing=missing,
        repriced=_repriced(before, after, of_pairs),
        repriced_missing=missing.difference - exact_sum(of_pairs.missing),
        kept=after.pairs.num_rows - int(changed.is_added.sum()),
        status=(before.status, after.status),
        _areas=areas_of_changes(before, after, changed.recipients, changed.recipient[rows.first]),
        _labels=after.problem.policy.labels,
    )


def _chains(changed: ChangedPairs, is_forced: BoolArray) -> Chains:
    """Return the chains; a cycle begins with somebody who has to leave, or has to go elsewhere."""
    at_recipient, at_cadre = changed.at_recipient.partner, changed.at_cadre.partner
    begin_at = ~changed.is_added & (is_forced | np.append(is_forced, False)[at_recipient])
    return trace_chains(changed.is_added, at_recipient, at_cadre, begin_at)


def _check(before: Plan, after: object) -> None:
    options = Options()
    options.instance("after", after, Plan, "plan")
    for name, plan in (("before", before), ("after", after)):
        if isinstance(plan, Plan) and plan.status is Status.UNSOLVED:
            options.refuse("unsolved_plan", name)
    options.check()


def _repriced(before: Plan, after: Plan, of_pairs: Effects) -> Repriced:
    """Return what is left of the difference of the objectives when chains are taken off."""

    def rest(name: str, of_chains: int) -> int:
        was, now = (plan.objective_terms.get(name, 0) for plan in (before, after))
        return now - was - of_chains

    load = rest("load", exact_sum(of_pairs.load_m))
    coverage = rest("coverage", exact_sum(of_pairs.coverage_m))
    changes = rest("changes", 0)
    whole = after.objective - before.objective - exact_sum(of_pairs.cost_m)
    return Repriced(whole - load - coverage - changes, load, coverage, changes)


def _terms(before: Plan, after: Plan) -> pa.Table:
    # a term that only one of the plans has is 0 in the other
    every = {**before.objective_terms, **after.objective_terms}
    names = [name for name in every if name != _CONTINUITY]
    sides = [
        np.array([plan.objective_terms.get(name, 0) for name in names], dtype=np.int64)
        for plan in (before, after)
    ]
    return pa.table(
        {
            "term": names,
            "before_m": sides[0],
            "after_m": sides[1],
            "difference_m": sides[1] - sides[0],
        }
    )


def _counts(table: pa.Table, column: str, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield how many rows have each name in a column."""
    found = {
        row["values"]: row["counts"] for row in table.column(column).value_counts().to_pylist()
    }
    for name in names:
        yield name, found.get(name, 0)


def _document(compared: Compared) -> dict[str, int]:
    return {**compared._asdict(), "difference": compared.difference}
