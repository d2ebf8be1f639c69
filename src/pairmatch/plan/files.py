"""A plan in a folder: tables as Parquet, the rest as JSON."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from pairmatch.diagnosis.cures import Cure
from pairmatch.diagnosis.diagnosis import Diagnosis, Shortage
from pairmatch.errors import InputError, PlanFileError
from pairmatch.model.levels import COST, MISSING, VIOLATION, with_changes
from pairmatch.model.notes import Files, Note
from pairmatch.model.read_limits import ReadLimits, RefusedError, check_file, check_not_url
from pairmatch.model.reasons import COUNTS
from pairmatch.model.start import Start
from pairmatch.model.status import Status
from pairmatch.plan.plan import Plan, Stats
from pairmatch.problem import Problem, read_problem
from pairmatch.proof import BoundTerms, Certificate, Level, Scope
from pairmatch.proof.certificate import LevelCertificate
from pairmatch.tables.decode import decoded
from pairmatch.tables.parquet_file import read_parquet
from pairmatch.tables.unpacked import check_unpacked
from pairmatch.whole_folder import write_folder
from pairmatch.words import Value

_LIMITS = ReadLimits()
# what is read as JSON takes many times its bytes
_MOST_BYTES_OF_JSON = 1 << 28
# versions of saved plans: what is written, and what is read
SCHEMA_VERSION = 3
_READ = (1, 2, SCHEMA_VERSION)
_FIRST_LEVELS = (VIOLATION.name, MISSING.name, COST.name)
_TABLES = ("pairs", "unmatched", "loads")
_DUALS = ("cadre_duals", "recipient_duals")
_START_PAIRS = "start_pairs.parquet"


def save_plan(plan: Plan, folder: Path) -> None:
    """Write a plan; see `Plan.save`."""
    write_folder(folder, lambda aside: write_plan(plan, aside))


def write_plan(plan: Plan, folder: Path) -> None:
    """Write a plan into an existing folder."""
    for name in _TABLES:
        parquet.write_table(getattr(plan, name), folder / f"{name}.parquet")
    for name in _DUALS:
        parquet.write_table(getattr(plan.certificate, name), folder / f"{name}.parquet")
    if plan.start is not None:
        parquet.write_table(plan.start.pairs, folder / _START_PAIRS)
    inputs = folder / "problem"
    inputs.mkdir()
    for name, table in plan.problem.tables().items():
        parquet.write_table(table, inputs / f"{name}.parquet")
    (inputs / "policy.yaml").write_text(plan.problem.policy.to_yaml(), encoding="utf-8")
    text = json.dumps(_document(plan), ensure_ascii=False, indent=1)
    (folder / "plan.json").write_text(text + "\n", encoding="utf-8")


def _document(plan: Plan) -> dict[str, Any]:
    certificate = plan.certificate
    diagnosis = plan.diagnosis
    return {
        "schema_version": SCHEMA_VERSION,
        "status": str(plan.status),
        "objective": plan.objective,
        "objective_terms": plan.objective_terms,
        "levels": [list(level) for level in plan.levels],
        "by_exception": plan.by_exception,
        "attributes": list(plan.problem.attributes),
        "notes": [note.document() for note in plan.notes],
        "files": {
            "used": list(plan.problem.files.used),
            "ignored": list(plan.problem.files.ignored),
        },
        "digest": plan.problem.digest(),
        "certificate": {
            "lower_bound": certificate.lower_bound,
            "gap": certificate.gap,
            "relative_gap": certificate.relative_gap,
            "scope": str(certificate.scope),
            "locks_may_break": certificate.locks_may_break,
            "levels": [
                {
                    "level": entry.level,
                    "prices": dict(
                        zip(_level_names(plan.problem, plan.start), entry.prices, strict=True)
                    ),
                    "terms": list(entry.terms),
                }
                for entry in certificate.levels
            ],
        },
        "diagnosis": None
        if diagnosis is None
        else {
            "shortages": [asdict(shortage) for shortage in diagnosis.shortages],
            "policy_cures": [asdict(cure) for cure in diagnosis.policy_cures],
            "below_min_load": diagnosis.below_min_load,
            "broken_locks": diagnosis.broken_locks,
        },
        "start": None
        if plan.start is None
        else {
            "digest": plan.start.digest,
            "only": None if plan.start.only is None else list(plan.start.only),
            "most_changes": plan.start.most_changes,
            "change_m": plan.start.change_m,
        },
        "stats": {**vars(plan.stats), "seconds": dict(plan.stats.seconds)},
    }


def load_plan(folder: Path, limits: ReadLimits = _LIMITS) -> Plan:
    """Read a plan; see `Plan.load`."""
    parameters: dict[str, Value] = {"folder": str(folder)}
    try:
        return _load(folder, limits)
    except (PlanFileError, InputError):
        raise
    except RefusedError as error:
        parameters = {**parameters, "kind": error.kind, **error.parameters}
        key, why = "refused", ""
    except NotADirectoryError:
        key, why = "no_folder", ""
    except FileNotFoundError as error:
        missing = Path(error.filename).name if error.filename else ""
        key, why = "missing" if missing else "missing_file", missing
    except MemoryError:
        key, why = "too_large", ""
    except PermissionError:
        key, why = "permission", ""
    except (OSError, UnicodeDecodeError, pa.ArrowException) as error:
        key, why = "unreadable", type(error).__name__
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        key, why = "changed", type(error).__name__
    # out here, as an error that came of a changed file may quote it, and would hang on to this one
    raise PlanFileError(key, {**parameters, "why": why})


def _load(folder: Path, limits: ReadLimits) -> Plan:
    check_not_url(folder)
    text = check_file(folder / "plan.json", min(limits.max_bytes, _MOST_BYTES_OF_JSON))
    document = json.loads(text.read_text(encoding="utf-8"))
    version = document.get("schema_version")
    if version not in _READ:
        parameters: dict[str, Value] = {"folder": str(folder), "reads": SCHEMA_VERSION}
        if isinstance(version, int):
            raise PlanFileError("version", {**parameters, "found": version})
        raise PlanFileError("no_version", parameters)
    tables = {
        name: _read_parquet(folder / f"{name}.parquet", limits) for name in (*_TABLES, *_DUALS)
    }
    problem = _read_inputs(folder / "problem", document, limits)
    said = document.get("start")
    start = None
    if said is not None:
        start = _start(said, _read_parquet(folder / _START_PAIRS, limits))
    return _plan(document, tables, problem, start)


def _start(said: dict[str, Any], pairs: pa.Table) -> Start:
    only, most = said["only"], said["most_changes"]
    return Start(
        pairs=pairs.select(["recipient_id", "cadre_id"]),
        digest=str(said["digest"]),
        only=None if only is None else tuple(map(str, only)),
        most_changes=None if most is None else int(most),
        change_m=int(said["change_m"]),
    )


def _read_parquet(path: Path, limits: ReadLimits) -> pa.Table:
    table = read_parquet(check_file(path, limits.max_bytes), limits)
    table.validate(full=True)
    check_unpacked(table, limits)
    return pa.table([decoded(column) for column in table.columns], names=table.column_names)


def _read_inputs(folder: Path, document: dict[str, Any], limits: ReadLimits) -> Problem:
    """Return the problem; what was noted of it when it was first read stands in the document."""
    if not folder.is_dir():
        raise PlanFileError("no_problem", {"folder": str(folder.parent)})
    said = document["files"]
    problem = read_problem(
        folder,
        attributes=document["attributes"],
        max_rows=limits.max_rows,
        max_bytes=limits.max_bytes,
    )
    checked = replace(
        problem.checked,
        notes=tuple(Note.from_document(note) for note in document["notes"]),
        files=Files(*(tuple(map(str, said[kind])) for kind in ("used", "ignored"))),
    )
    return Problem(checked, problem.policy)


def _plan(
    document: dict[str, Any],
    tables: dict[str, pa.Table],
    problem: Problem,
    start: Start | None,
) -> Plan:
    said = document["certificate"]
    found = document["diagnosis"]
    certificate = Certificate(
        lower_bound=said["lower_bound"],
        gap=said["gap"],
        relative_gap=said["relative_gap"],
        scope=Scope(said["scope"]),
        locks_may_break=said["locks_may_break"],
        levels=tuple(
            LevelCertificate(
                entry["level"],
                _prices(entry["prices"], problem, start),
                BoundTerms(*entry["terms"]),
            )
            for entry in said["levels"]
        ),
        cadre_duals=tables["cadre_duals"],
        recipient_duals=tables["recipient_duals"],
    )
    return Plan(
        problem=problem,
        status=Status(document["status"]),
        objective=document["objective"],
        objective_terms=document["objective_terms"],
        levels=tuple(Level(*level) for level in document["levels"]),
        pairs=tables["pairs"],
        unmatched=_with_counts(tables["unmatched"]),
        loads=tables["loads"],
        certificate=certificate,
        diagnosis=None if found is None else _diagnosis(found),
        by_exception=document["by_exception"],
        stats=Stats(**document["stats"]),
        start=start,
    )


def _with_counts(unmatched: pa.Table) -> pa.Table:
    """Return the unmatched with the counts of their reasons, null in a plan saved without them."""
    for name in COUNTS if "allowed" not in unmatched.column_names else ():
        unmatched = unmatched.append_column(name, pa.nulls(unmatched.num_rows, pa.int64()))
    return unmatched


def _level_names(problem: Problem, start: Start | None) -> list[str]:
    levels = problem.policy.objective
    if start is not None:
        levels = with_changes(levels, priced=start.change_m > 0)
    return [level.name for level in levels]


def _prices(
    said: dict[str, int] | list[int], problem: Problem, start: Start | None
) -> tuple[int, ...]:
    """Return prices by level; the first schema listed those of three levels, used or not."""
    by_name = said if isinstance(said, dict) else dict(zip(_FIRST_LEVELS, said, strict=True))
    return tuple(by_name[name] for name in _level_names(problem, start))


def _diagnosis(found: dict[str, Any]) -> Diagnosis:
    def pairs(rows: list[list[Any]]) -> tuple[tuple[Any, Any], ...]:
        return tuple((row[0], row[1]) for row in rows)

    return Diagnosis(
        shortages=tuple(
            Shortage(
                **{
                    **shortage,
                    "areas": pairs(shortage["areas"]),
                    "categories": pairs(shortage["categories"]),
                    "cures": tuple(map(_cure, shortage["cures"])),
                }
            )
            for shortage in found["shortages"]
        ),
        below_min_load=pairs(found["below_min_load"]),
        broken_locks=pairs(found["broken_locks"]),
        policy_cures=tuple(map(_cure, found["policy_cures"])),
    )


def _cure(found: dict[str, Any]) -> Cure:
    listed = {
        name: tuple((row[0], row[1]) for row in found[name])
        for name in ("places", "pairs", "rules")
    }
    return Cure(**{**found, **listed})
