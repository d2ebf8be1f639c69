"""Processes write what one writes, and what they do not write is written all the same."""

from pathlib import Path

import pytest

import pairmatch as pm
from pairmatch.lists import writers
from pairmatch.lists.prepare import prepare_lists
from pairmatch.lists.prepared import Prepared
from tests.lists.test_hand_out import every_list, problem


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare_lists(pm.solve(problem(), threads=1), "unit", "zh", None)


def written(prepared: Prepared, where: Path, threads: int) -> list[int]:
    (where / "aside").mkdir(parents=True)
    with writers.Writers(prepared, where, where / "aside", threads) as several:
        return list(several.write())


def test_processes_write_what_one_writes(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written(prepared, tmp_path / "one", 1)[-1] == 2
    monkeypatch.setattr(writers, "_WORTH_A_PROCESS", 1)
    alone: list[int] = []
    monkeypatch.setattr(writers, "write_list", lambda *_: alone.append(1))
    assert written(prepared, tmp_path / "two", 2)[-1] == 2
    assert alone == []
    assert every_list(tmp_path / "two") == every_list(tmp_path / "one")


def test_what_processes_do_not_write_is_written_here(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "_WORTH_A_PROCESS", 1)

    def refused(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(writers, "_Process", refused)
    assert written(prepared, tmp_path / "lists", 2) == [1, 2]
    assert len(every_list(tmp_path / "lists")) == 2


def test_shares_take_about_as_long() -> None:
    weights = [100, 10, 10, 10, 10, 60]
    shares = writers._shares(weights, 2)
    assert sorted(number for share in shares for number in share) == list(range(6))
    assert [sum(weights[number] for number in share) for share in shares] == [100, 100]
