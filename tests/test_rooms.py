"""The import contract, the README's table of rooms, and modules that do not import each other."""

import ast
import re
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "pairmatch"
MODULES = {
    ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
}


def contract(kind: str) -> dict[str, Any]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return next(one for one in contracts if one["type"] == kind)


def exceptions() -> set[tuple[str, str]]:
    """Return the imports that the contract excepts, each with its reason beside it."""
    named = [line.split(" -> ") for line in contract("acyclic_siblings")["ignore_imports"]]
    return {(importer, imported) for importer, imported in named}


def imported_by(name: str) -> Iterator[str]:
    """Yield what a module imports: at its top, in functions and for type checkers alike."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


# the package itself hands out names of all rooms, and imports them when they are used
IMPORTS = {
    name: {other for other in imported_by(name) if other in MODULES} - {"pairmatch"}
    for name in MODULES
    if name != "pairmatch"
}


def layers() -> list[set[str]]:
    """Return the layers as the README writes them, the lowest first."""
    listed = [layer.split(" | ") for layer in reversed(contract("layers")["layers"])]
    return [
        {f"{name}/" if (SOURCE / name).is_dir() else f"{name}.py" for name in names}
        for names in listed
    ]


def test_the_readme_has_the_rooms_of_the_import_contract_in_their_order() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("\n| room in `src/pairmatch/` |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    shown = iter([name for cell in cells for name in re.findall("`(.*?)`", cell)])
    assert [{next(shown) for _ in layer} for layer in layers()] == layers()
    assert list(shown) == []


def test_every_module_has_a_layer() -> None:
    assert contract("layers")["exhaustive"] is True
    tops = {path.relative_to(SOURCE).parts[0] for path in MODULES.values()} - {"__init__.py"}
    assert {name.removesuffix("/") for layer in layers() for name in layer} == tops


def test_no_modules_import_each_other_not_even_for_type_checkers() -> None:
    kept = {
        name: {other for other in imported if (name, other) not in exceptions()}
        for name, imported in IMPORTS.items()
    }
    order = list(TopologicalSorter(kept).static_order())
    assert len(order) == len(kept) > 100


def test_every_exception_is_still_needed_and_only_a_plan_leads_on() -> None:
    leading = [line.split(" -> ") for line in contract("layers")["ignore_imports"]]
    assert {importer for importer, _ in leading} == {"pairmatch.plan.plan"}
    assert {(importer, imported) for importer, imported in leading} <= exceptions()
    for importer, imported in exceptions():
        assert imported in IMPORTS[importer]


def test_what_the_readme_says_about_adding_things_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("| to add | go to |")[1].split("\n\n")[0]
    named = re.findall(r"`(src/pairmatch/[^`]+)`", table)
    assert len(named) > 8
    assert [path for path in named if not (ROOT / path).exists()] == []
