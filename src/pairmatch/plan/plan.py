"""The plan: pure data, with its certificate."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.diagnosis.diagnosis import Diagnosis
from pairmatch.errors import StatusError, check_language
from pairmatch.limits import Progress
from pairmatch.model.notes import Note
from pairmatch.model.read_limits import MAX_BYTES, MAX_ROWS, ReadLimits
from pairmatch.model.start import Start
from pairmatch.model.status import Status
from pairmatch.options import Options
from pairmatch.plan.work_of_a_year import Work, work_in_all, work_of_pairs, work_table
from pairmatch.problem import Problem
from pairmatch.proof import Certificate, Figures, Level, verify
from pairmatch.tables.digest import digest_of_pairs
from pairmatch.tables.positions import positions, whole
from pairmatch.threads import Once
from pairmatch.words import say
from pairmatch.words.en.grammar import counted

if TYPE_CHECKING:
    from pairmatch.explain.differences import Diff
    from pairmatch.explain.explainer import Explanation
    from pairmatch.lists.answers import Answers
    from pairmatch.lists.round_status import RoundStatus
    from pairmatch.model.edits import Edit, Scenario
    from pairmatch.report.plots.plots import Plots
    from pairmatch.whatif.session import Session

# of the summary
_SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Stats:
    """How a plan came about; for information, never needed to check it.

    ``arcs`` are candidate arcs at the end, ``pairs_priced`` class pairs visited in all rounds.
    ``seconds`` are by phase; ``peak_memory_mb`` is the process's, so far.
    """

    engine: str
    cadre_classes: int
    recipient_classes: int
    arcs: int
    rounds: int
    pairs_priced: int
    start: str
    seconds: Mapping[str, float] = field(default_factory=dict)
    total_seconds: float = 0.0
    peak_memory_mb: float = 0.0


@dataclass(frozen=True, eq=False)
class Plan:
    """Who serves whom, who is left, and why no plan is better.

    Attributes
    ----------
    problem
        What was asked.
    status
        How the solve ended; ``status.advice`` says what it means.
    objective, objective_terms
        Metre-equivalents; the terms add up to the objective.
    levels
        (name, value, bound, gap), most important first.
    pairs
        Arrow: recipient_id, cadre_id, cost_m, distance_m, kept; sorted by recipient, then cadre.
    unmatched
        Arrow: recipient_id, missing, reason, detail.
    loads
        Arrow: cadre_id, load, capacity, min_load.
    certificate
        Bounds, scope and duals.
    diagnosis
        What is short or clashes, or None.
    by_exception
        Pairs that an eligibility rule merely allows.
    stats
        Sizes and times.
    start
        The earlier plan that a re-solve began with and is held to, or None.
    """

    problem: Problem
    status: Status
    objective: int
    objective_terms: dict[str, int]
    levels: tuple[Level, ...]
    pairs: pa.Table
    unmatched: pa.Table
    loads: pa.Table
    certificate: Certificate
    diagnosis: Diagnosis | None
    by_exception: int
    stats: Stats
    start: Start | None = None
    _digest: Once[str] = field(default_factory=Once, init=False, repr=False)
    _positions: Once[tuple[IntArray, IntArray]] = field(
        default_factory=Once, init=False, repr=False
    )

    def __reduce__(self) -> tuple[type["Plan"], tuple[Any, ...]]:
        """Copy what the plan is, and not what is kept to save time."""
        return Plan, tuple(getattr(self, one.name) for one in fields(self) if one.name[0] != "_")

    def __repr__(self) -> str:
        """Return the status, the levels and the sizes in a few lines, without any id."""
        pairs = counted(self.pairs.num_rows, "pair")
        lines = [f"<Plan {self.status}: {pairs}, {self.missing:,} missing"]
        for level in self.levels:
            bound, gap = (
                "not known" if number is None else f"{number:,}"
                for number in (level.bound, level.gap)
            )
            lines.append(f"  {level.name}: {level.value:,}, bound {bound}, gap {gap}")
        cadres = counted(self.problem.cadres.num_rows, "cadre")
        recipients = counted(self.problem.recipients.num_rows, "recipient")
        lines.append(
            f"  {cadres}, {recipients}, scope {self.certificate.scope}, "
            f"{self.stats.total_seconds:.2f} s>"
        )
        return "\n".join(lines)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the reader must know of the problem: dropped columns, ignored files, defaults."""
        return self.problem.notes

    @property
    def missing(self) -> int:
        """Cadres wanted by recipients and not found, in all."""
        return int(pc.sum(self.unmatched.column("missing")).as_py() or 0)

    def positions(self) -> tuple[IntArray, IntArray]:
        """Return the pairs as positions in the tables of the problem.

        Returns
        -------
        cadre, recipient
            Shape ``(pairs,)``, in the order of `pairs`.
        """
        return self._positions.value(
            lambda: (
                positions(self.pairs.column("cadre_id"), self.problem.cadres.column("cadre_id")),
                positions(
                    self.pairs.column("recipient_id"),
                    self.problem.recipients.column("recipient_id"),
                ),
            )
        )

    def digest(self) -> str:
        """Return the SHA-256 of the problem and the pairs: 64 hexadecimal digits.

        A plan that started from this one names it.
        """
        return self._digest.value(lambda: digest_of_pairs(self.problem.digest(), self.pairs))

    def verify(self) -> Figures:
        """Check the plan from the tables alone; see `pairmatch.proof.verify`.

        Raises
        ------
        CertificateError
            Naming everything that does not hold.
        """
        return verify(self.problem, self)

    def explain(
        self,
        recipient_id: str | None = None,
        cadre_id: str | None = None,
        *,
        alternatives: int = 5,
    ) -> "Explanation":
        """Explain a pair, a recipient or a cadre.

        Parameters
        ----------
        recipient_id, cadre_id
            Both: why the plan makes the pair or not, by which rule it may not be made, and what the
            whole plan would have more with it, exactly and by level, with the chain of moves. A
            recipient alone: its pairs beside the best others. A cadre alone: whom it has, and who
            else could have it for the least.
        alternatives
            How many others, from 0.

        Returns
        -------
        Explanation
            Bounds are there at once; exact prices are found when they are first asked for.

        Raises
        ------
        OptionError
            If nobody is named, an id is no text, or ``alternatives`` is no integer from 0.
        InputError
            If an id is not in the tables.

        Notes
        -----
        What all questions share is made with the first one and kept as long as the plan.
        """
        from pairmatch.explain.explainer import explain  # noqa: PLC0415  # explain stands above

        return explain(self, recipient_id, cadre_id, alternatives)

    def raise_for_status(self) -> None:
        """Raise `StatusError` with the status's advice unless the plan is OPTIMAL."""
        if self.status is not Status.OPTIMAL:
            raise StatusError("not_optimal", {"status": str(self.status)})

    def _advice(self, language: str) -> str:
        """Return what the status means, and of a proven shortage where to look."""
        status = self.status.text(language)
        if self.status is not Status.OPTIMAL or not self.missing:
            return status
        is_explained = self.diagnosis is not None and self.diagnosis.shortages
        key = "plan.shortages" if is_explained else "plan.reasons"
        return say(key, {"status": status}, language)

    def split_households(self) -> int:
        """Count the households whose members went to different cadres."""
        household = self.problem.recipients.select(["recipient_id", "household_id"])
        household = household.filter(household.column("household_id").is_valid())
        if not household.num_rows:
            return 0
        joined = self.pairs.select(["recipient_id", "cadre_id"]).join(
            household, "recipient_id", join_type="inner"
        )
        groups = joined.group_by("household_id").aggregate([("cadre_id", "count_distinct")])
        return int(pc.sum(pc.greater(groups.column("cadre_id_count_distinct"), 1)).as_py() or 0)

    def missing_by_priority(self) -> dict[int, int]:
        """Return the cadres not found by priority, the highest first, where any is missing."""
        ids = whole(self.problem.recipients.column("recipient_id"))
        at = pc.index_in(self.unmatched.column("recipient_id"), value_set=ids)
        priority = self.problem.recipients.column("priority").take(at).to_numpy()
        missing = self.unmatched.column("missing").to_numpy()
        return {
            int(value): int(missing[priority == value].sum()) for value in np.unique(priority)[::-1]
        }

    def work_of_pairs(self) -> Work:
        """Return what each pair adds to the work of a year, in the order of `pairs`."""
        return work_of_pairs(self.problem, self.pairs, *self.positions())

    def work_of_a_year(self, by: str = "cadre") -> pa.Table:
        """Return contacts, visits and the way there and back in a year.

        Each recipient is owed four contacts and two visits; one visit sees all whom a cadre has in
        one household, and goes as far as the farthest of them.

        Parameters
        ----------
        by
            ``"cadre"`` or ``"unit"``.

        Returns
        -------
        pyarrow.Table
            unit_id, cadre_id (by cadre alone), pairs, contacts, visits, travel_m (metres there and
            back, of all visits); sorted by ids. Who has nobody has no row.

        Raises
        ------
        OptionError
            If ``by`` is neither.
        """
        options = Options()
        options.one_of("by", by, ("cadre", "unit"))
        options.check()
        return work_table(self.problem, self.positions()[0], self.work_of_pairs(), by)

    def summary(self, language: str = "en") -> dict[str, Any]:
        """Return what the plan amounts to, ready for JSON."""
        check_language(language)
        from pairmatch import __version__  # noqa: PLC0415  # the package's own name, at its left

        reasons = self.unmatched.group_by("reason").aggregate([("missing", "sum")]).to_pylist()
        return {
            "schema_version": _SCHEMA_VERSION,
            "version": __version__,
            "status": str(self.status),
            "advice": self._advice(language),
            "objective": self.objective,
            "objective_terms": dict(self.objective_terms),
            "levels": [level._asdict() for level in self.levels],
            "pairs": self.pairs.num_rows,
            "kept": int(pc.sum(self.pairs.column("kept")).as_py() or 0),
            "by_exception": self.by_exception,
            "missing": self.missing,
            "missing_by_priority": {str(k): v for k, v in self.missing_by_priority().items()},
            "unmatched": self.unmatched.num_rows,
            "unmatched_by_reason": {
                row["reason"]: row["missing_sum"]
                for row in sorted(reasons, key=lambda row: str(row["reason"]))
            },
            "households_split": self.split_households(),
            "work_of_a_year": work_in_all(self.problem, self.positions()[0], self.work_of_pairs()),
            "lower_bound": self.certificate.lower_bound,
            "gap": self.certificate.gap,
            "relative_gap": self.certificate.relative_gap,
            "scope": str(self.certificate.scope),
            "diagnosis": None
            if self.diagnosis is None
            else self.diagnosis.text(language, self.problem.policy.labels),
            "cadres": self.problem.cadres.num_rows,
            "recipients": self.problem.recipients.num_rows,
            "notes": [note.document(language) for note in self.notes],
            "files": {
                "used": list(self.problem.files.used),
                "ignored": list(self.problem.files.ignored),
            },
            "digest": self.problem.digest(),
            "plan_digest": self.digest(),
            "start_digest": None if self.start is None else self.start.digest,
            "cadre_classes": self.stats.cadre_classes,
            "recipient_classes": self.stats.recipient_classes,
            "arcs": self.stats.arcs,
            "rounds": self.stats.rounds,
            "engine": self.stats.engine,
            "seconds": {
                **{name: round(value, 3) for name, value in self.stats.seconds.items()},
                "total": round(self.stats.total_seconds, 3),
            },
            "peak_memory_mb": round(self.stats.peak_memory_mb, 1),
        }

    def text(self, language: str = "en") -> str:
        """Return the summary for people; no line is about one person.

        Parameters
        ----------
        language
            ``"en"`` or ``"zh"``.

        Raises
        ------
        OptionError
            If there are no words in the language.
        """
        from pairmatch.report.text import summary_text  # noqa: PLC0415  # report stands above

        check_language(language)
        return summary_text(self, language)

    def workbooks(
        self,
        folder: str | Path,
        by: str = "county",
        language: str = "en",
        *,
        before: "Plan | None" = None,
        replace: bool = False,
        threads: int | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> pa.Table:
        """Write lists to hand out: a workbook for each county or unit, with the pairs to answer.

        Each pair is on one list: that of the county where its recipient lives, or that of the unit
        of its cadre. The folder appears whole or not at all.

        Parameters
        ----------
        folder
            To make.
        by
            ``"county"`` or ``"unit"``.
        language
            ``"en"`` or ``"zh"``.
        before
            The plan before: changes are told from it, with causes. Without it they are told from
            the plan that this one started from, or else from the current pairs, without causes;
            without these there is no sheet of changes.
        replace
            Whether earlier lists in the folder may be replaced.
        threads
            Processes that write; None for one a core.
        progress
            As `pairmatch.solve` takes it.

        Returns
        -------
        pyarrow.Table
            A row for each list, as lists.csv in the folder has it: file, code, name, and counts.

        Raises
        ------
        OptionError
            If an option is wrong, a plan is UNSOLVED, the package that writes workbooks is not
            installed, or a list does not fit into a workbook.
        PlanFileError
            If the folder is taken, or cannot be written.
        """
        from pairmatch.lists.hand_out import write_lists  # noqa: PLC0415  # it leads on

        return write_lists(
            self,
            Path(folder),
            by,
            language,
            before=before,
            replace=replace,
            threads=threads,
            progress=progress,
        )

    @property
    def plot(self) -> "Plots":
        """Plots for scripts, on matplotlib axes: ``loads``, ``distances`` and ``flows``."""
        from pairmatch.report.plots.plots import Plots  # noqa: PLC0415  # report stands above

        return Plots(self)

    def what_if(self, *edits: "Edit | Scenario | Mapping[str, Any]", **options: Any) -> "Plan":
        """Solve the edited problem again, from this plan.

        It is ``solve(self.problem.edit(*edits), start=self, **options)``.

        Parameters
        ----------
        edits
            As `Problem.edit` takes them.
        options
            As `pairmatch.solve` takes them: ``only``, ``most_changes``, ``change_km``, a limit.

        Raises
        ------
        InputError
            With everything that is wrong in any edit, before anything is solved.
        OptionError
            If an option cannot be honoured.
        """
        from pairmatch.whatif.session import what_if  # noqa: PLC0415  # it leads on

        return what_if(self, edits, options)

    def session(self) -> "Session":
        """Return a context manager that keeps what many questions about this plan share.

        Its ``what_if``, ``explain`` and ``run`` give the same answers as without, quicker.
        """
        from pairmatch.whatif.session import Session  # noqa: PLC0415  # it leads on

        return Session(self)

    def diff(self, after: "Plan") -> "Diff":
        """Tell what differs in another plan, with causes and costs that add up.

        This is the plan before. The problems may differ: people are matched by id.

        Parameters
        ----------
        after
            The plan after.

        Raises
        ------
        OptionError
            If it is no plan, or one of both is UNSOLVED.
        CertificateError
            If a plan has a pair of somebody who is not in its tables.
        """
        from pairmatch.explain.differences import difference  # noqa: PLC0415  # it leads on

        return difference(self, after)

    def answers(
        self,
        files: "str | PathLike[str] | Iterable[str | PathLike[str]]",
        *,
        max_rows: int = MAX_ROWS,
        max_bytes: int = MAX_BYTES,
    ) -> "Answers":
        """Read lists that units have sent back, and tell what they confirm and reject.

        Nothing is guessed: what is missing, contradictory, not understood or of another plan is
        listed, and its pairs stay open. ``answers(...).scenario()`` is what `what_if` takes.

        Parameters
        ----------
        files
            Paths of workbooks and text files, or of folders with them.
        max_rows, max_bytes
            Most rows of a sheet, and most bytes of a file and of a sheet in memory.

        Raises
        ------
        InputError
            If a path leads nowhere. A file that cannot be read is a finding.
        """
        from pairmatch.lists.answers import answers_of  # noqa: PLC0415  # it leads on

        return answers_of(self, files, ReadLimits(max_rows, max_bytes))

    def round_status(self, answers: "Answers | Scenario | None" = None) -> "RoundStatus":
        """Tell how far a round of confirmation is, by county and unit, and whom to chase.

        Parameters
        ----------
        answers
            What `answers` has returned, or the scenario of it. Pairs that are locked count as
            confirmed in any case.
        """
        from pairmatch.lists.round_status import round_status  # noqa: PLC0415  # it leads on

        return round_status(self, answers)

    def save(self, folder: str | Path) -> None:
        """Write everything that is needed to verify the plan again.

        The folder appears whole or not at all.

        Raises
        ------
        PlanFileError
            If it exists and is not empty, or cannot be written.
        """
        from pairmatch.plan.files import save_plan  # noqa: PLC0415  # files imports this module

        save_plan(self, Path(folder))

    @classmethod
    def load(
        cls, folder: str | Path, *, max_rows: int = MAX_ROWS, max_bytes: int = MAX_BYTES
    ) -> "Plan":
        """Read a saved plan.

        Parameters
        ----------
        folder
            As `save` has made it.
        max_rows, max_bytes
            Most rows of a table, and most bytes of a file and of a table in memory.

        Raises
        ------
        PlanFileError
            If the folder is not a plan, or of a newer schema, or has more than the limits allow.
        InputError
            If the tables of its problem do not pass the checks, or have more.
        OptionError
            If a limit is no whole number above 0.
        """
        from pairmatch.plan.files import load_plan  # noqa: PLC0415  # files imports this module

        return load_plan(Path(folder), ReadLimits(max_rows, max_bytes))
