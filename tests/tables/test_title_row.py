from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]  # it has no types of its own
import pytest

from pairmatch import InputError, Problem

RECIPIENTS = {"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]}
ROWS = "cadre_id,unit_id,rank,area\nc1,u,staff,a\n"


def kinds(cadres: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        Problem.from_tables(cadres=cadres, recipients=RECIPIENTS)
    assert "红崖" not in caught.value.text()
    return [one.kind for one in caught.value.findings]


@pytest.mark.parametrize(
    "title", ["红崖县干部名册,,,\n", "红崖县干部名册\n", ",红崖县干部名册,,\n"]
)
def test_a_title_is_told_and_not_what_follows_from_it(tmp_path: Path, title: str) -> None:
    path = tmp_path / "cadres.csv"
    path.write_text(title + ROWS, encoding="utf-8")
    assert kinds(path) == ["bad_header.title"]
    frame = pd.read_csv(path, skip_blank_lines=False) if title.count(",") else None
    if frame is not None:
        assert kinds(frame) == ["bad_header.title"]


def test_one_name_of_a_column_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "cadres.csv"
    path.write_text("cadre_id,\nc1,\n", encoding="utf-8")
    assert "bad_header.title" not in kinds(path)


def test_one_column_alone_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "cadres.csv"
    path.write_text("other\nc1\n", encoding="utf-8")
    assert set(kinds(path)) == {"missing_column.all"}


def test_names_that_occur_twice_are_still_told(tmp_path: Path) -> None:
    path = tmp_path / "cadres.csv"
    path.write_text("cadre_id,cadre_id,rank\nc1,c1,staff\n", encoding="utf-8")
    assert kinds(path) == ["bad_header.twice"]
