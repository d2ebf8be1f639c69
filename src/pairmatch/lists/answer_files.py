"""What answers amount to, as files: a scenario, all that needs a look, and every pair."""

from pathlib import Path

import pyarrow as pa

from pairmatch.errors import InputError, PlanFileError
from pairmatch.lists.answers import Answers
from pairmatch.whole_folder import cannot_write, name_beside

_ENDINGS = (".yaml", ".yml", ".json")


def check_scenario_file(path: Path, *, replace: bool) -> None:
    """Find out whether a scenario may be written.

    Raises
    ------
    PlanFileError
        Saying what is in the way.
    """
    parameters = {"folder": str(path)}
    if path.suffix.lower() not in _ENDINGS:
        raise PlanFileError("not_scenario", parameters)
    if path.is_dir() or (path.exists() and not replace):
        raise PlanFileError("taken_file", parameters)


def write_scenario(answers: Answers, path: Path, language: str) -> None:
    """Write the scenario of answers, whole or not at all.

    Raises
    ------
    PlanFileError
        If the system will not write it.
    """
    aside = name_beside(path)
    try:
        try:
            aside.write_text(answers.scenario(language).to_json(), encoding="utf-8")
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None


def findings_table(answers: Answers, language: str) -> pa.Table:
    """Return a row for each cell or file that needs a look, in the words of a language."""
    failures = list(InputError(answers.findings).failures(language))
    columns = ("code", "file", "sheet", "row", "cell", "found", "advice")
    return pa.table(
        {
            name: pa.array(
                [getattr(one, name) for one in failures],
                pa.int64() if name == "row" else pa.string(),
            )
            for name in columns
        }
    )
