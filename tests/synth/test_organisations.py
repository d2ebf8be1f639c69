from collections import Counter
from pathlib import Path

import pytest

from pairmatch.errors import OptionError
from pairmatch.model import Policy
from pairmatch.problem import read_problem
from pairmatch.synth import PUBLISHED, organisation, scenario_names

# as published: cadres; orphans, severely disabled, destitute households
FIGURES = {
    "education_department": (52, (11, 24, 18)),
    "universities": (528, (414, 132, 117)),
    "state_assets_commission": (28, (31, 3, 0)),
    "enterprises_78": (1303, (810, 518, 333)),
    "institutions_24": (153, (38, 102, 35)),
}
TOTALS = {"public_security": (106, 106), "social_organisations": (5375, 27_020)}


def test_every_scenario_is_named() -> None:
    assert set(scenario_names()) == {*FIGURES, *TOTALS}


@pytest.mark.parametrize("name", FIGURES)
def test_counts_are_the_published_ones(name: str) -> None:
    cadres, recipients = FIGURES[name]
    scenario = organisation(name)
    assert scenario.cadres.num_rows == cadres
    category = Counter(scenario.recipients.column("category").to_pylist())
    found = tuple(category[of] for of in ("orphan", "severely_disabled", "destitute_household"))
    assert found == recipients
    assert scenario.recipients.num_rows == sum(recipients)


@pytest.mark.parametrize("name", TOTALS)
def test_totals_are_the_published_ones(name: str) -> None:
    scenario = organisation(name)
    assert (scenario.cadres.num_rows, scenario.recipients.num_rows) == TOTALS[name]


@pytest.mark.parametrize("name", scenario_names())
@pytest.mark.parametrize("seed", [0, 1])
def test_scenarios_pass_every_check_and_read_back(name: str, seed: int, tmp_path: Path) -> None:
    scenario = organisation(name, capacity=1, seed=seed)
    made = scenario.problem()
    assert {note.code for note in made.notes} == {"point_of_area"}
    assert set(made.capacity().tolist()) == {1}
    scenario.write(tmp_path)
    read = read_problem(tmp_path)
    assert read.policy == made.policy
    assert read.cadres.equals(made.cadres)
    assert read.recipients.equals(made.recipients)


@pytest.mark.parametrize(
    ("name", "led"), [("universities", 12), ("enterprises_78", 78), ("institutions_24", 24)]
)
def test_a_lead_unit_answers_for_the_others(name: str, led: int) -> None:
    units = organisation(name).units.to_pylist()
    assert Counter(unit["lead_unit_id"] for unit in units) == {None: 1, "U0000": led}
    assert [unit["unit_id"] for unit in units if not unit["sponsors"]] == ["U0000"]


@pytest.mark.parametrize("name", ["universities", "enterprises_78", "institutions_24"])
def test_every_unit_that_is_led_has_a_cadre(name: str) -> None:
    scenario = organisation(name)
    assert len(set(scenario.cadres.column("unit_id").to_pylist())) == PUBLISHED[name].units


def test_the_enterprises_serve_44_counties_as_a_preference() -> None:
    scenario = organisation("enterprises_78")
    sponsored = {area for areas in scenario.units.column("sponsors").to_pylist() for area in areas}
    lived_in = {area[:6] for area in scenario.recipients.column("area").to_pylist()}
    assert len(sponsored) == 44
    assert lived_in == sponsored
    assert scenario.policy.sponsorship.mode == "prefer"


@pytest.mark.parametrize(
    ("name", "county"),
    [("state_assets_commission", "灵台县"), ("public_security", "积石山保安族东乡族撒拉族自治县")],
)
def test_published_counties_are_served(name: str, county: str) -> None:
    scenario = organisation(name)
    names = dict(
        zip(
            scenario.areas.column("area").to_pylist(),
            scenario.areas.column("name").to_pylist(),
            strict=True,
        )
    )
    lived_in = {names[area[:6]] for area in scenario.recipients.column("area").to_pylist()}
    assert lived_in == {county}


def test_public_security_has_82_leaders_and_24_stationed_in_villages() -> None:
    cadres = organisation("public_security").cadres.to_pylist()
    leaders = [row for row in cadres if row["rank"] in ("provincial", "bureau", "division")]
    stationed = [row for row in cadres if row["area"] is not None]
    assert len(leaders) == 82
    assert len(stationed) == 24
    assert all(row["area"].startswith("622927") and len(row["area"]) == 12 for row in stationed)
    assert not [row for row in leaders if row["area"] is not None]


def test_capacity_defaults_to_two_and_six() -> None:
    assert organisation("enterprises_78").policy == Policy()
    assert organisation("social_organisations").policy.load.default_capacity == 6


def test_unknown_scenarios_and_negative_numbers_are_named() -> None:
    with pytest.raises(OptionError, match="name: no such name"):
        organisation("army")
    with pytest.raises(OptionError) as caught:
        organisation("universities", -1, seed=-2)
    assert {finding.column for finding in caught.value.findings} == {"capacity", "seed"}
