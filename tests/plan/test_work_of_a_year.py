"""The work of a year: counted pair by pair here, and the same by the plan."""

from collections import defaultdict
from typing import Any

import pytest
from tests.agreement.random_problems import drawn_problem

import pairmatch as pm
from pairmatch.plan.work_of_a_year import CONTACTS, VISITS
from pairmatch.report.text import summary_text


def counted_one_by_one(plan: pm.Plan, by: str) -> list[dict[str, Any]]:
    """Return the work as it would be counted with a list of homes in hand."""
    home = {
        row["recipient_id"]: row["household_id"] or ("alone", row["recipient_id"])
        for row in plan.problem.recipients.to_pylist()
    }
    unit = {row["cadre_id"]: row["unit_id"] for row in plan.problem.cadres.to_pylist()}
    farthest: dict[tuple[str, Any], int] = defaultdict(int)
    found: dict[tuple[str, ...], dict[str, int]] = {}

    def row_of(cadre: str) -> dict[str, int]:
        key = (unit[cadre], cadre) if by == "cadre" else (unit[cadre],)
        return found.setdefault(key, dict.fromkeys(("pairs", "contacts", "visits", "travel_m"), 0))

    for pair in plan.pairs.to_pylist():
        row_of(pair["cadre_id"])["pairs"] += 1
        row_of(pair["cadre_id"])["contacts"] += CONTACTS
        at = pair["cadre_id"], home[pair["recipient_id"]]
        farthest[at] = max(farthest[at], pair["distance_m"])
    for (cadre, _), distance in farthest.items():
        row_of(cadre)["visits"] += VISITS
        row_of(cadre)["travel_m"] += VISITS * 2 * distance
    names = ("unit_id", "cadre_id")
    return [{**dict(zip(names, key, strict=False)), **row} for key, row in sorted(found.items())]


@pytest.fixture(scope="module", params=range(6))
def plan(request: pytest.FixtureRequest) -> pm.Plan:
    return pm.solve(drawn_problem(request.param), threads=1)


@pytest.mark.parametrize("by", ["cadre", "unit"])
def test_the_work_is_what_one_counts_by_hand(plan: pm.Plan, by: str) -> None:
    assert plan.work_of_a_year(by).to_pylist() == counted_one_by_one(plan, by)


def homes() -> pm.Problem:
    """Return a problem in which a cadre has two at one home, a kilometre apart, and one alone."""
    return pm.Problem.from_tables(
        cadres={
            "cadre_id": ["c1"],
            "unit_id": ["u"],
            "rank": ["staff"],
            "capacity": [3],
            "lon": [103.0],
            "lat": [36.0],
        },
        recipients={
            "recipient_id": ["r1", "r2", "r3"],
            "category": ["destitute_household"] * 3,
            "area": ["a"] * 3,
            "household_id": ["h", "h", None],
            "lon": [103.1, 103.11, 103.2],
            "lat": [36.0] * 3,
        },
    )


def test_one_visit_sees_all_at_one_home_and_goes_as_far_as_the_farthest() -> None:
    plan = pm.solve(homes(), threads=1)
    far = {row["recipient_id"]: row["distance_m"] for row in plan.pairs.to_pylist()}
    assert far["r1"] < far["r2"] < far["r3"]
    assert plan.work_of_a_year("unit").to_pylist() == [
        {
            "unit_id": "u",
            "pairs": 3,
            "contacts": 12,
            "visits": 4,
            "travel_m": 4 * (far["r2"] + far["r3"]),
        }
    ]


def test_the_summary_has_it_in_all_and_the_most(plan: pm.Plan) -> None:
    work = plan.summary()["work_of_a_year"]
    for by in ("cadre", "unit"):
        table = plan.work_of_a_year(by)
        for name in ("contacts", "visits", "travel_m"):
            values = table.column(name).to_pylist()
            assert work["total"][name] == sum(values)
            assert work[f"most_of_a_{by}"][name] == max(values)
    text = summary_text(plan)
    assert "Work of a year: 4 contacts and 2 visits for each recipient" in text
    assert "全年工作量：每名关爱对象联系 4 次、走访 2 次" in summary_text(plan, "zh")


def test_a_plan_without_pairs_makes_no_work() -> None:
    plan = pm.solve(homes(), time_limit=1e-9)
    assert plan.pairs.num_rows == 0
    assert plan.summary()["work_of_a_year"]["total"] == dict.fromkeys(
        ("contacts", "visits", "travel_m"), 0
    )
    assert plan.work_of_a_year().num_rows == 0
    assert "Work of a year" not in summary_text(plan)


def test_it_is_by_cadre_or_unit() -> None:
    with pytest.raises(pm.OptionError, match="by"):
        pm.solve(homes(), threads=1).work_of_a_year("county")
