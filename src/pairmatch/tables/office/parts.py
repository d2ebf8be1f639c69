"""Which files of a folder, of the folders in it, and which sheets of workbooks are which tables.

A folder may be one office's, with a file a table or a workbook with a sheet a table. Or it holds
a folder or a workbook for each of many offices, whose tables are parts of the province's.
"""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path

from pairmatch.errors import Source
from pairmatch.model.other_kinds import refuse_other_kinds
from pairmatch.model.read_limits import ReadLimits, RefusedError, check_file
from pairmatch.model.shown_names import shown_file_name
from pairmatch.model.unreadable import unreadable
from pairmatch.tables.findings import Findings
from pairmatch.tables.grids.grid import Grid
from pairmatch.tables.grids.workbook import read_workbook
from pairmatch.tables.office.folder_files import ENDINGS, POLICY, assign_files
from pairmatch.tables.office.user_names import FILES as NAMES_OF_USER
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.reading import WORKBOOK
from pairmatch.words import Value

NEEDED = ("cadres", "recipients")
_DEEPEST = 3
# of a folder that solve has made
_PLAN = "plan.json"
# sheets that a template or a report of checks adds
_NOT_TABLES = frozenset({"说明", "read me", "检查结果", "check results", "错误清单", "failures"})


@dataclass(frozen=True, eq=False)
class Part:
    """A file or a sheet that is one office's part of a table.

    Attributes
    ----------
    path
        Of the file.
    file
        Its name below the folder that is read, as far as it may be shown.
    grid
        The sheet of a workbook; None for any other file.
    """

    path: Path
    file: str
    grid: Grid | None = None


@dataclass
class Parts:
    """What was found.

    Attributes
    ----------
    tables
        The parts of each table; those of the policy are files alone.
    ignored
        Names of files that are no table, as far as they may be shown.
    doubtful
        Tables with a part that is in doubt or cannot be read; what is wrong was reported.
    """

    tables: dict[str, list[Part]] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)

    def add(self, table: str, part: Part) -> None:
        """Add a part of a table."""
        self.tables.setdefault(table, []).append(part)


def parts_of_workbook(
    path: Path,
    replaced: Collection[str],
    vocabulary: Vocabulary,
    findings: Findings,
    limits: ReadLimits,
    executor: Executor,
) -> Parts:
    """Return the sheets of one workbook that are tables; ``replaced`` come from elsewhere."""
    parts = Parts()
    search = _Search(parts, replaced, vocabulary, findings, limits, executor)
    search.workbook(path, shown_file_name(path.name))
    return parts


def parts_of_folder(
    folder: Path,
    replaced: Collection[str],
    vocabulary: Vocabulary,
    findings: Findings,
    limits: ReadLimits,
    executor: Executor,
) -> Parts:
    """Return the files and sheets of a folder that are tables.

    The folders in it are looked into if it has not both files of cadres and of recipients itself.

    Parameters
    ----------
    replaced
        Tables, or the policy, that come from elsewhere.

    Raises
    ------
    OSError
        If the folder cannot be read.
    """
    parts = Parts()
    _Search(parts, replaced, vocabulary, findings, limits, executor).folder(folder, "", 0)
    parts.ignored.sort()
    return parts


@dataclass(frozen=True)
class _Search:
    """One search, whose results are added to ``parts``."""

    parts: Parts
    replaced: Collection[str]
    vocabulary: Vocabulary
    findings: Findings
    limits: ReadLimits
    executor: Executor

    def folder(self, folder: Path, above: str, depth: int) -> None:
        """Look at the files of a folder, then at the folders in it."""
        every = sorted(folder.iterdir())
        inner = [path for path in every if self._is_inner(path)]
        names = [path.name for path in every if path not in inner]
        if not depth:
            names = [name for name in names if name not in NAMES_OF_USER]
        files = assign_files(names, self.replaced, self.vocabulary, self.findings)
        self.parts.doubtful |= files.doubtful
        shown = dict(_shown(names, above))
        workbooks: list[tuple[str, str | None]] = []
        for table, name in files.found.items():
            if name.lower().endswith(WORKBOOK):
                workbooks.append((name, table))
            else:
                self.parts.add(table, Part(folder / name, shown[name]))
        workbooks += [(name, None) for name in files.workbooks]
        opened = self.executor.map(
            self._opened, [folder / name for name, _ in workbooks], [shown[n] for n, _ in workbooks]
        )
        for (name, meant), grids in zip(workbooks, opened, strict=True):
            self._assign(grids, folder / name, shown[name], meant)
        self.parts.ignored += [shown[name] for name in files.others]
        # workbooks may be offices' own, beside the folders of others
        there = {*files.found, *files.doubtful, *self.replaced}
        if depth == _DEEPEST or (not depth and there.issuperset(NEEDED)):
            self.parts.ignored += [shown_file_name(path.name) for path in inner]
            return
        folders = _shown([path.name for path in inner], above)
        for path, (_, name) in zip(inner, folders, strict=True):
            if (path / _PLAN).exists():
                self.parts.ignored.append(name)
            else:
                self.folder(path, f"{name}/", depth + 1)

    def _is_inner(self, path: Path) -> bool:
        """Tell whether a path is a folder that is not called like the file of a table."""
        is_hidden = path.name.startswith((".", "~$"))
        return path.is_dir() and not is_hidden and path.suffix.lower() not in _ENDINGS

    def workbook(self, path: Path, name: str) -> None:
        """Look at the sheets of a workbook by itself."""
        self._assign(self._opened(path, name), path, name, None)

    def _assign(
        self, grids: list[Grid] | RefusedError, path: Path, name: str, table: str | None
    ) -> None:
        """Find the tables of the sheets of a workbook, which may be called like a table itself."""
        if isinstance(grids, RefusedError):
            self._doubtful(grids.kind, table, name, **grids.parameters)
            return
        found, others = self._by_table(grids)
        if table is not None and table not in found:
            if len(others) == 1:
                found, others = {**found, table: others}, []
            else:
                kind = "which_sheet" if grids else "bad_header"
                self._doubtful(kind, table, name, count=len(grids))
        for meant, same in found.items():
            self._add_sheet(meant, same, path, name)
        if not found and table is None:
            self.parts.ignored.append(name)
        elif others:
            sheets = [grid.sheet for grid in others]
            self.findings.note("ignored_sheet", "folder", count=len(sheets), names=sheets)

    def _by_table(self, grids: Sequence[Grid]) -> tuple[dict[str, list[Grid]], list[Grid]]:
        """Return the sheets by the table that each is called like, and those called otherwise."""
        found: dict[str, list[Grid]] = {}
        others = []
        for grid in grids:
            meant = self.vocabulary.table_of(grid.title)
            if meant is not None and meant != POLICY:
                found.setdefault(meant, []).append(grid)
            elif grid.title.strip().casefold() not in _NOT_TABLES:
                others.append(grid)
        return found, others

    def _add_sheet(self, table: str, same: Sequence[Grid], path: Path, name: str) -> None:
        """Add the sheet of a table; two of them are a failure."""
        if table in self.replaced:
            return
        if len(same) > 1:
            names = tuple(grid.sheet for grid in same)
            self._doubtful("two_sheets", table, name, count=len(same), names=names)
        else:
            self.parts.add(table, Part(path, name, same[0]))

    def _opened(self, path: Path, name: str) -> list[Grid] | RefusedError:
        """Return the sheets of a workbook, or why it cannot be read."""
        try:
            checked = check_file(path, self.limits.max_bytes)
            refuse_other_kinds(checked, is_table=True)
            return read_workbook(checked, name, self.limits)
        except RefusedError as error:
            return error
        except MemoryError:
            return RefusedError("out_of_memory")
        except OSError as error:
            return unreadable(error)

    def _doubtful(self, kind: str, table: str | None, file: str, **parameters: Value) -> None:
        """Report a file that may hold a table, or any."""
        error = RefusedError(kind, **parameters)
        self.findings.found.append(replace(error.finding(table or "folder"), source=Source(file)))
        self.parts.doubtful.update([table] if table else NEEDED)


_ENDINGS = frozenset(ending for endings in ENDINGS.values() for ending in endings)


def _shown(names: Collection[str], above: str) -> Iterator[tuple[str, str]]:
    """Yield names of files with how they are shown: one that may not be is shown by its number."""
    for number, name in enumerate(names, 1):
        shown = shown_file_name(name)
        yield name, above + (shown if not shown.startswith("*") else f"#{number}{shown[1:]}")
