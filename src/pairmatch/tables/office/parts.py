"""Which files of a folder, of the folders in it, and which sheets of workbooks are which tables.

A folder may be one office's, with a file a table or a workbook with a sheet a table. Or it holds
a folder or a workbook for each of many offices, whose tables are parts of the province's.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pairmatch.errors import Source
from pairmatch.model.other_kinds import refuse_other_kinds
from pairmatch.model.read_limits import ReadLimits, RefusedError, check_file
from pairmatch.model.shown_names import shown_file_name
from pairmatch.model.unreadable import unreadable
from pairmatch.tables.findings import Findings
from pairmatch.tables.folder_files import ENDINGS, POLICY, assign_files
from pairmatch.tables.office.grid import Grid
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.office.workbook import read_workbook
from pairmatch.tables.reading import WORKBOOK, out_of_memory

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
) -> Parts:
    """Return the sheets of one workbook that are tables; ``replaced`` come from elsewhere."""
    parts = Parts()
    _Search(parts, replaced, vocabulary, findings, limits).workbook(path, shown_file_name(path.name))
    return parts


def parts_of_folder(
    folder: Path,
    replaced: Collection[str],
    vocabulary: Vocabulary,
    findings: Findings,
    limits: ReadLimits,
) -> Parts:
    """Return the files and sheets of a folder that are tables.

    The folders in it are looked into if it has not both cadres and recipients itself.

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
    _Search(parts, replaced, vocabulary, findings, limits).folder(folder, "", 0)
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

    def folder(self, folder: Path, above: str, depth: int) -> None:
        """Look at the files of a folder, then at the folders in it."""
        every = sorted(folder.iterdir())
        inner = [path for path in every if self._is_inner(path)]
        names = [path.name for path in every if path not in inner]
        files = assign_files(names, self.replaced, self.vocabulary, self.findings)
        self.parts.doubtful |= files.doubtful
        shown = dict(_shown(names, above))
        for table, name in files.found.items():
            path = folder / name
            if path.suffix.lower() == WORKBOOK:
                self.workbook(path, shown[name], table)
            else:
                self.parts.add(table, Part(path, shown[name]))
        for name in files.workbooks:
            self.workbook(folder / name, shown[name])
        self.parts.ignored += [shown[name] for name in files.others]
        there = {*self.parts.tables, *self.parts.doubtful, *self.replaced}
        if depth == _DEEPEST or (not depth and there.issuperset(NEEDED)):
            self.parts.ignored += [shown_file_name(path.name) for path in inner]
            return
        for path, (_, name) in zip(inner, _shown([path.name for path in inner], above), strict=True):
            if (path / _PLAN).exists():
                self.parts.ignored.append(name)
            else:
                self.folder(path, f"{name}/", depth + 1)

    def _is_inner(self, path: Path) -> bool:
        """Tell whether a path is a folder that is not called like the file of a table."""
        is_hidden = path.name.startswith((".", "~$"))
        return path.is_dir() and not is_hidden and path.suffix.lower() not in _ENDINGS

    def workbook(self, path: Path, name: str, table: str | None = None) -> None:
        """Look at the sheets of a workbook, which may be called like a table itself."""
        grids = self._grids(path, name, table)
        if grids is None:
            return
        found: dict[str, list[Grid]] = {}
        others = []
        for grid in grids:
            meant = self.vocabulary.table_of(grid.title)
            if meant in (None, POLICY):
                others.append(grid)
            else:
                found.setdefault(meant, []).append(grid)
        others = [grid for grid in others if grid.title.strip().casefold() not in _NOT_TABLES]
        if table is not None and table not in found:
            if len(others) == 1:
                found, others = {**found, table: others}, []
            else:
                self._doubtful("which_sheet", table, name, count=len(others))
        for meant, same in found.items():
            if meant in self.replaced:
                continue
            if len(same) > 1:
                names = tuple(grid.sheet for grid in same)
                self._doubtful("two_sheets", meant, name, count=len(same), names=names)
            else:
                self.parts.add(meant, Part(path, name, same[0]))
        if not found and table is None:
            self.parts.ignored.append(name)
        elif others:
            sheets = [grid.sheet for grid in others]
            self.findings.note("ignored_sheet", "folder", count=len(sheets), names=sheets)

    def _grids(self, path: Path, name: str, table: str | None) -> list[Grid] | None:
        """Return the sheets of a workbook, or None after adding why it cannot be read."""
        try:
            checked = check_file(path, self.limits.max_bytes)
            refuse_other_kinds(checked, is_table=True)
            return read_workbook(checked, name, self.limits)
        except RefusedError as error:
            why = error
        except MemoryError:
            out_of_memory(table or "folder", self.findings)
            self.parts.doubtful.update([table] if table else NEEDED)
            return None
        except OSError as error:
            why = unreadable(error)
        self._doubtful(why.kind, table, name, **why.parameters)
        return None

    def _doubtful(self, kind: str, table: str | None, file: str, **parameters: object) -> None:
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
