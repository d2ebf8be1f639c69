import numpy as np
import pyarrow as pa

from pairmatch.formulate.area_tree import AreaTree, area_tree
from pairmatch.model.places import AREA_LEVELS
from pairmatch.tables.keys import encode

COLUMNS = {"area": pa.string(), "parent": pa.string(), "level": pa.string(), "lon": pa.float64()}


def _tree(*rows: tuple[str, str | None, str, float | None]) -> AreaTree:
    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
    table = pa.table({name: pa.array(columns[name], kind) for name, kind in COLUMNS.items()})
    return area_tree(table.append_column("lat", table.column("lon")), encode({"areas": table}))


def _ancestors(tree: AreaTree, codes: str, code: str) -> dict[str, str]:
    row = tree.ancestor[codes.index(code)]
    return {level: codes[at] for level, at in zip(AREA_LEVELS, row, strict=True) if at >= 0}


def test_every_area_knows_its_ancestors_by_level_and_itself() -> None:
    # children may stand before their parents, as ids are sorted
    tree = _tree(
        ("a", "b", "village", 1.0),
        ("b", "c", "township", 2.0),
        ("c", "d", "county", 3.0),
        ("d", "e", "prefecture", 4.0),
        ("e", None, "province", 5.0),
    )
    assert _ancestors(tree, "abcde", "a") == dict(zip(AREA_LEVELS, "edcba", strict=True))
    assert _ancestors(tree, "abcde", "c") == {"province": "e", "prefecture": "d", "county": "c"}
    assert not tree.inherited.any()
    assert tree.lon.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0]


def test_levels_that_a_chain_skips_have_no_ancestor() -> None:
    tree = _tree(("p", None, "province", 1.0), ("t", "p", "township", 2.0))
    assert _ancestors(tree, "pt", "t") == {"province": "p", "township": "t"}


def test_a_root_need_not_be_a_province() -> None:
    tree = _tree(("c", None, "county", 1.0), ("v", "c", "village", None))
    assert _ancestors(tree, "cv", "v") == {"county": "c", "village": "v"}
    assert tree.lon.tolist() == [1.0, 1.0]
    assert tree.inherited.tolist() == [False, True]


def test_a_point_comes_from_the_nearest_ancestor_that_has_one() -> None:
    tree = _tree(
        ("p", None, "province", 1.0),
        ("q", "p", "prefecture", 2.0),
        ("r", "q", "county", None),
        ("s", "r", "township", None),
        ("t", "s", "village", 9.0),
    )
    assert tree.lon.tolist() == [1.0, 2.0, 2.0, 2.0, 9.0]
    assert tree.lat.tolist() == tree.lon.tolist()
    assert tree.inherited.tolist() == [False, False, True, True, False]


def test_without_a_point_anywhere_above_there_is_none_and_nothing_is_inherited() -> None:
    tree = _tree(("p", None, "province", None), ("q", "p", "prefecture", None))
    assert np.isnan(tree.lon).all()
    assert not tree.inherited.any()
