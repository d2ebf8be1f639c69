"""The benchmark of reading compares what was read, and calls a miss a miss."""

from dataclasses import replace

import pytest
from benchmarks.read import missed_by, read_lines, run_read
from benchmarks.registry import READ, READ_LIMITS, ReadInstance, chosen, read_instances
from benchmarks.results import Outcome, Timing

GOOD = Outcome(
    "read_csv",
    ".csv in GB18030",
    "read",
    {"cadres": 251_000, "recipients": 267_000},
    (Timing("read_problem", 1.9, 3, 0, peak_mb=900, detail={"limit": 2.0, "megabytes": 24.0}),),
)


def test_what_takes_longer_than_its_limit_is_called_missed() -> None:
    slow = replace(GOOD, timings=(replace(GOOD.timings[0], median=2.1),))
    assert (missed_by(GOOD), missed_by(slow)) == (False, True)
    assert "| 1.90 | 2 | yes |" in read_lines([GOOD])[-1]
    assert "| 2.10 | 2 | **missed** |" in read_lines([slow])[-1]


def test_every_kind_of_file_has_a_limit() -> None:
    instances = chosen(read_instances(), READ)
    assert [one.name for one in instances] == [
        "read_xlsx_inline_1",
        "read_xlsx_shared_1",
        "read_csv_gb18030_1",
    ]
    assert {one.kind for one in instances} == set(READ_LIMITS)


@pytest.mark.parametrize("instance", read_instances(0.005)[1:], ids=str)
def test_a_small_province_is_read_as_it_was_written(instance: ReadInstance) -> None:
    outcome = run_read(instance, runs=1)
    assert outcome.wrong == ()
    assert outcome.timings[0].runs == 1
    assert outcome.size["recipients"] == 1335
