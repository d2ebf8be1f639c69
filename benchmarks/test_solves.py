"""Whole solves with pytest-benchmark; the set is chosen as in `benchmarks.test_engines`."""

import os

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import pairmatch as pm
from benchmarks.province import province_tables
from benchmarks.registry import SOLVES, SolveInstance, chosen

CHOSEN = chosen(SOLVES, os.environ.get("PAIRMATCH_BENCH", "smoke"))


@pytest.mark.parametrize("instance", CHOSEN, ids=lambda instance: instance.name)
def test_solve(benchmark: BenchmarkFixture, instance: SolveInstance) -> None:
    tables = province_tables(instance.geometry, instance.scale, instance.variant)
    benchmark.group = instance.family
    plan = benchmark(lambda: pm.solve(pm.Problem.from_tables(**tables)))
    assert plan.status is pm.Status.OPTIMAL
    assert plan.certificate.gap == 0
