"""Lists to hand out: from a plan to a folder of workbooks."""

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pyarrow as pa

from pairmatch.limits import Limits, Progress
from pairmatch.lists.layout import BY, INDEX
from pairmatch.lists.prepare import prepare_lists
from pairmatch.lists.prepared import Prepared
from pairmatch.lists.writers import Writers
from pairmatch.model.status import Status
from pairmatch.options import Options
from pairmatch.plan import Plan
from pairmatch.report.folder import check_target, write_result_folder
from pairmatch.tables.csv_for_people import write_csv
from pairmatch.words import LANGUAGES
from pairmatch.workbooks.sheets import check_can_write_workbooks

OURS = (INDEX,)
"""Files by which a folder of lists is known."""

_PHASE = "write_lists"


def write_lists(
    plan: Plan,
    folder: Path,
    by: str = "county",
    language: str = "en",
    *,
    before: Plan | None = None,
    replace: bool = False,
    threads: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    unbroken: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> pa.Table:
    """Write a workbook for each county or unit, whole or not at all; see `Plan.workbooks`.

    Parameters
    ----------
    unbroken
        A context in which no signal interrupts: where new lists take the place of old ones.
    """
    options = Options()
    options.one_of("by", by, BY)
    options.one_of("language", language, tuple(LANGUAGES))
    if before is not None:
        options.instance("before", before, Plan, "plan_or_none")
    options.threads(threads)
    options.progress(progress)
    options.check()
    plans = {"plan": plan, **({} if before is None else {"before": before})}
    for name, one in plans.items():
        if one.status is Status.UNSOLVED:
            options.refuse("unsolved_plan", name)
    options.check()
    check_can_write_workbooks()
    check_target(folder, replace=replace, ours=OURS)
    limits = Limits(progress=progress)
    limits.enter("prepare_lists")
    prepared = prepare_lists(plan, by, language, before)
    limits.enter(_PHASE, prepared.lists.num_rows)
    write_result_folder(
        folder,
        lambda place: _write(prepared, place, threads, limits),
        replace=replace,
        unbroken=unbroken,
        ours=OURS,
    )
    limits.finish()
    return index(prepared)


def index(prepared: Prepared) -> pa.Table:
    """Return which workbook is whose, with the counts that apply."""
    lists = prepared.lists
    names = [name for name in lists.column_names if not name.startswith("rows_")]
    return lists.select([name for name in names if lists.column(name).null_count < len(lists)])


def _write(prepared: Prepared, folder: Path, threads: int | None, limits: Limits) -> None:
    write_csv(index(prepared), folder / INDEX)
    with (
        tempfile.TemporaryDirectory(prefix=".pairmatch-", dir=folder) as aside,
        Writers(prepared, folder, Path(aside), threads) as writers,
    ):
        for done in writers.write():
            limits.report(done, prepared.lists.num_rows)
