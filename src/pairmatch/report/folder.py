"""The folder that a solve leaves: a saved plan, its tables as CSV too, and the summary."""

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from pairmatch.errors import PlanFileError
from pairmatch.plan import Plan
from pairmatch.plan.files import write_plan
from pairmatch.report.people import pairs_for_people, unmatched_for_people
from pairmatch.report.text import summary_markdown
from pairmatch.tables.csv_for_people import write_csv
from pairmatch.whole_folder import cannot_write, name_beside, settled, write_folder

PLAN = ("plan.json", "summary.json")
"""Files by which a folder with a plan is known."""


def check_target(target: Path, *, replace: bool = False, ours: Sequence[str] = PLAN) -> None:
    """Find out whether a folder can be written, before anything long is started.

    Parameters
    ----------
    target
        The folder to come: new, or empty; or with ``replace`` one made by `write_result`.
    replace
        Whether an earlier result may be replaced.
    ours
        Files by which such a result is known.

    Raises
    ------
    PlanFileError
        Saying what is in the way.
    """
    try:
        place = settled(target)
        if place.exists() and place.samefile(Path.cwd()):
            raise PlanFileError("here", {"folder": str(target)})
        if _is_taken(place):
            if not replace:
                kind = "taken_force" if ours is PLAN else "taken_lists"
                raise PlanFileError(kind, {"folder": str(target)})
            if not all((place / name).is_file() for name in ours):
                kind = "not_ours" if ours is PLAN else "not_lists"
                raise PlanFileError(kind, {"folder": str(target)})
        existing = place.parent
        while not existing.exists():
            existing = existing.parent
        with tempfile.TemporaryDirectory(prefix=".pairmatch-", dir=existing):
            pass
    except OSError as error:
        raise cannot_write(target, error) from None


def write_result(
    plan: Plan,
    target: Path,
    language: str = "en",
    *,
    replace: bool = False,
    unbroken: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> None:
    """Write a plan for people and programs, whole or not at all.

    Parameters
    ----------
    plan
        Any plan.
    target
        See `check_target`.
    language
        Of what is said in tables for people and in the summary; the saved plan has none.
    replace
        Whether an earlier result may be replaced; it stays until the new one is complete.
    unbroken
        A context in which no signal interrupts: where the new result takes the old one's place.

    Raises
    ------
    PlanFileError
        If the target is taken, or the disk refuses.
    """
    write_result_folder(
        target,
        lambda folder: _write(plan, folder, language),
        replace=replace,
        unbroken=unbroken,
    )


def write_result_folder(
    target: Path,
    write: Callable[[Path], None],
    *,
    replace: bool,
    unbroken: Callable[[], AbstractContextManager[None]] = nullcontext,
    ours: Sequence[str] = PLAN,
) -> None:
    """Let ``write`` fill a folder, whole or not at all.

    Parameters
    ----------
    target
        See `check_target`.
    write
        Is given a folder that is there and empty.
    replace, unbroken
        See `write_result`.
    ours
        See `check_target`.

    Raises
    ------
    PlanFileError
        If the target is taken, or the disk refuses.
    """
    check_target(target, replace=replace, ours=ours)
    place = settled(target)
    if not _is_taken(place):
        write_folder(target, write)
        return
    aside = name_beside(place)
    try:
        try:
            try:
                (aside / "new").mkdir(parents=True)
                write(aside / "new")
                with unbroken():
                    place.rename(aside / "old")
                    (aside / "new").rename(place)
            finally:
                _clear(aside, place)
        finally:
            # once more, should the first one have been interrupted
            _clear(aside, place)
    except OSError as error:
        raise cannot_write(target, error) from None


def _clear(aside: Path, target: Path) -> None:
    """Put the old result back unless there is a new one, and remove whatever else there is."""
    if (aside / "old").exists() and not target.exists():
        (aside / "old").rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _write(plan: Plan, folder: Path, language: str) -> None:
    write_plan(plan, folder)
    write_csv(pairs_for_people(plan, language), folder / "pairs.csv")
    write_csv(unmatched_for_people(plan, language), folder / "unmatched.csv")
    write_csv(plan.loads, folder / "loads.csv")
    summary = plan.summary(language)
    text = json.dumps(summary, ensure_ascii=False, indent=1)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    page = summary_markdown(summary, language)
    (folder / "summary.md").write_text(page + "\n", encoding="utf-8")


def _is_taken(target: Path) -> bool:
    return target.is_symlink() or (
        target.exists() and (not target.is_dir() or any(target.iterdir()))
    )
