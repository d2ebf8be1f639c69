"""A folder or a workbook, of one office or of many, with the tables of a problem and a policy."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

from pairmatch.errors import InputError, Source
from pairmatch.model.notes import Files
from pairmatch.model.policy import Policy
from pairmatch.model.read_limits import ReadLimits, RefusedError, check_not_url
from pairmatch.model.shown_names import shown_file_name
from pairmatch.model.unreadable import unreadable
from pairmatch.options import Options
from pairmatch.tables.canonical import names_of_attributes
from pairmatch.tables.checked import CheckedTables, check_tables, read_policy
from pairmatch.tables.findings import Findings
from pairmatch.tables.office.folder_files import POLICY
from pairmatch.tables.office.parts import NEEDED, Parts, parts_of_folder, parts_of_workbook
from pairmatch.tables.office.read import read_parts
from pairmatch.tables.office.references import mended_references
from pairmatch.tables.office.user_names import user_names_of
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.reading import WORKBOOK
from pairmatch.tables.schema import SCHEMAS
from pairmatch.threads import PlainThreads, available_threads


def tables_of_folder(
    where: Path,
    sources: Mapping[str, Any],
    unknown_current: str,
    limits: ReadLimits,
    *,
    strict: bool,
) -> tuple[CheckedTables, Policy]:
    """Read and check the tables and the policy of a folder or a workbook.

    Parameters
    ----------
    where
        Holds tables and a policy by name, as `pairmatch.read_problem` says.
    sources
        Tables to take instead of those there, by name, and ``attributes``.
    unknown_current, limits
        As `check_tables` takes them.
    strict
        Whether what could be repaired is a failure.

    Raises
    ------
    OptionError
        If a source has another name, or ``unknown_current`` is not one of its names.
    InputError
        With every failure in every table.
    """
    findings = Findings(strict=strict)
    tables = (*(schema.name for schema in SCHEMAS), POLICY)
    options = Options()
    for name in sources:
        options.one_of("sources", name, (*tables, "attributes"))
    options.one_of("unknown_current", unknown_current, ("drop", "fail"))
    options.check()
    given = {name: sources[name] for name in tables if sources.get(name) is not None}
    own = user_names_of(where, findings)
    vocabulary = Vocabulary.standard().with_user(own.names)
    with PlainThreads(available_threads(None)) as pool:
        parts = _parts(where, given, vocabulary, findings, limits, pool)
    for name in parts.doubtful:
        findings.unread(name)
    if parts.ignored:
        findings.note("ignored_file", "folder", count=len(parts.ignored), names=parts.ignored)
    present = {*given, *parts.tables, *parts.doubtful}
    for name in NEEDED:
        if name not in present:
            findings.table("missing_table", name, wanted=name)
            findings.unread(name)
    if POLICY not in present:
        findings.note("default_policy", POLICY)
    if "units" not in present:
        findings.note("no_units", "units")
    policy = _policy(parts, given, findings)
    if policy is not None:
        findings.found.extend(own.check(policy))
        vocabulary = vocabulary.with_labels(policy)
        given[POLICY] = policy
    with PlainThreads(available_threads(None)) as pool:
        attributes = names_of_attributes(sources.get("attributes", ()), Findings())
        read = read_parts(parts, vocabulary, pool, limits, strict=strict, attributes=attributes)
    before = {name: found for name, (_, found) in read.items()}
    tables_read = {name: table for name, (table, _) in read.items() if table is not None}
    given.update(mended_references(tables_read, before))
    return check_tables(
        given,
        sources.get("attributes", ()),
        unknown_current,
        limits,
        findings,
        Files(tuple(_used(parts, sources, tables)), tuple(parts.ignored)),
        before,
    )


def _used(parts: Parts, sources: Mapping[str, Any], tables: Sequence[str]) -> list[str]:
    """Return the names of the files that were read, in the order of the tables."""
    used = []
    for name in tables:
        source = sources.get(name)
        if isinstance(source, str | os.PathLike):
            used.append(shown_file_name(Path(source).name))
        used += [part.file for part in parts.tables.get(name, [])]
    return list(dict.fromkeys(used))


def _parts(
    where: Path,
    given: Mapping[str, Any],
    vocabulary: Vocabulary,
    findings: Findings,
    limits: ReadLimits,
    executor: Executor,
) -> Parts:
    """Return which files and sheets are tables."""
    try:
        check_not_url(where)
        if where.suffix.lower() == WORKBOOK and where.is_file():
            return parts_of_workbook(where, given, vocabulary, findings, limits, executor)
        return parts_of_folder(where, given, vocabulary, findings, limits, executor)
    except RefusedError as error:
        why = error
    except (FileNotFoundError, NotADirectoryError):
        kind = "not_a_folder" if where.is_file() else "no_folder"
        why = RefusedError(f"unreadable_file.{kind}")
    except PermissionError:
        why = RefusedError("unreadable_file.folder_permission")
    except (OSError, ValueError) as error:
        why = unreadable(error)
    raise InputError([why.finding("folder")])


def _policy(parts: Parts, given: Mapping[str, Any], findings: Findings) -> Policy | None:
    """Return the policy, or None after adding what is wrong with it.

    Parts of a province may have a copy each.
    """
    if given.get(POLICY) is not None:
        return read_policy(given[POLICY], findings)
    policies = []
    for part in parts.tables.get(POLICY, []):
        before = len(findings.found)
        policies.append(read_policy(part.path, findings))
        findings.found[before:] = [
            replace(one, source=Source(part.file)) for one in findings.found[before:]
        ]
    if None in policies:
        findings.unread(POLICY)
        return None
    if any(policy != policies[0] for policy in policies):
        names = [part.file for part in parts.tables[POLICY]]
        findings.table("two_policies", POLICY, count=len(names), names=tuple(names))
        findings.unread(POLICY)
        return None
    return policies[0] if policies else Policy()
