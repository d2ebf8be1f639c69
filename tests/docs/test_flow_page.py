"""The page on flow names every status, method and engine, and the ranges that are checked."""

import pytest

from pairmatch.flow import ENGINES, FlowNetwork, FlowRangeError, FlowStatus, SimplexSession
from tests.docs.markdown_tables import REFERENCE, tables_under

TABLES = tables_under(REFERENCE / "flow.md")


def _first_column(heading: str) -> list[str]:
    return [row[0].strip("`").partition("(")[0] for row in TABLES[heading]]


def test_statuses_are_explained() -> None:
    assert _first_column("How it ends") == [status.name for status in FlowStatus]


def test_engines_are_compared() -> None:
    assert _first_column("Engines") == list(ENGINES)


def test_all_that_a_session_can_do_is_there() -> None:
    session = SimplexSession(FlowNetwork([], [], [], [], []))
    public = {name for name in dir(session) if not name.startswith("_")}
    assert set(_first_column("Sessions")) == public - {"nodes", "arcs"}


@pytest.mark.parametrize("name", ["capacity", "supply", "unit_cost"])
def test_ranges_end_where_the_page_says(name: str) -> None:
    assert [row[1] for row in TABLES["Ranges"]] == ["2^60", "2^62", "2^62"]
    # two arcs, three nodes
    largest = {
        "unit_cost": (2**60 - 1) // 4 - 1,
        "capacity": (2**62 - 1) // 2,
        "supply": (2**62 - 1) // 3,
    }[name]

    def network(number: int) -> FlowNetwork:
        arrays = {"capacity": [1, 1], "unit_cost": [1, 1], "supply": [1, 0, -1]}
        arrays[name] = [number, *arrays[name][1:]]
        return FlowNetwork([0, 1], [1, 2], **arrays)

    assert getattr(network(largest), name)[0] == largest
    with pytest.raises(FlowRangeError, match="overflow"):
        network(largest + 1)
