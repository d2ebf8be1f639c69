"""The smallest instance of each family, through every peer that is installed."""

from importlib.util import find_spec

import pytest
from benchmarks.netgen import family_8, netgen
from benchmarks.peers import OWN, PEERS, refusal
from benchmarks.registry import FLOWS, SOLVES, WARM, FlowInstance, SolveInstance
from benchmarks.solve_phase import BASELINE, SOLVE, run_solve
from benchmarks.timing import disagreements, take_turns
from benchmarks.warm_phase import run_warm

# slow peers take part up to a quarter of what they can take
SHARE = 4
SMALLEST = [instance for instance in FLOWS if "smoke" in instance.sets]


@pytest.mark.parametrize("instance", SMALLEST, ids=lambda instance: instance.name)
def test_all_peers_agree_on_the_smallest_instance_of_a_family(instance: FlowInstance) -> None:
    network = instance.make()
    found = {}
    for peer in PEERS:
        reason = refusal(peer, network, SHARE)
        if reason is None:
            found[peer.name] = peer.solve(network)
        else:
            # nobody is left out without a reason that is so
            assert (
                find_spec(peer.module) is None
                or peer.cannot(network) is not None
                or network.arcs > peer.largest // SHARE
            ), peer.name
    assert OWN.name in found
    # these two come with pairmatch itself
    assert "OR-Tools" in found
    assert len(set(found.values())) == 1, found


def test_every_family_has_a_smallest_instance() -> None:
    assert {instance.family for instance in SMALLEST} == {instance.family for instance in FLOWS}


def test_a_peer_that_is_not_installed_says_so() -> None:
    class Absent:
        name = "absent"
        module = "no_such_module_anywhere"
        distribution = "no-such-package"
        largest = 10

        def cannot(self, network: object) -> str | None:
            raise AssertionError(f"asked about {network} although it is not installed")

        def solve(self, network: object) -> int:
            raise AssertionError(f"run on {network} although it is not installed")

    assert refusal(Absent(), netgen(family_8(8))) == "no-such-package is not installed"


def test_peers_for_assignments_refuse_general_networks_by_name() -> None:
    network = netgen(family_8(8))
    refused = {peer.name for peer in PEERS if peer.cannot(network) is not None}
    assert refused == {
        "scipy linear_sum_assignment",
        "scipy min_weight_full_bipartite_matching",
        "lapx lapjv",
        "lapx lapmod",
        "POT emd",
        "POT emd2_lazy",
    }


def test_a_wrong_objective_is_a_disagreement() -> None:
    assert disagreements({"a": {1}, "b": {1}}, None) == ()
    assert disagreements({"a": {1}, "b": {2}}, None) == ("b found [2], not [1]",)
    assert disagreements({"a": {1}, "b": {1}}, 3) == (
        "a found [1], not [3]",
        "b found [1], not [3]",
    )
    assert disagreements({"a": {1, 2}}, None) == ("a found [1, 2], not [1, 2]",)


def test_solvers_take_turns_and_begin_in_turn() -> None:
    order: list[str] = []

    def noted(name: str) -> int:
        order.append(name)
        return 7

    seconds, objectives = take_turns({"a": lambda: noted("a"), "b": lambda: noted("b")})
    assert "".join(order) == "abbaabbaab"
    assert {name: len(runs) for name, runs in seconds.items()} == {"a": 5, "b": 5}
    assert objectives == {"a": {7}, "b": {7}}


def test_a_solver_that_takes_long_runs_once() -> None:
    seconds, _ = take_turns({"a": lambda: 1, "b": lambda: 1}, long_seconds=0.0)
    assert {name: len(runs) for name, runs in seconds.items()} == {"a": 1, "b": 1}


@pytest.mark.parametrize(
    "instance",
    [instance for instance in SOLVES if "smoke" in instance.sets],
    ids=lambda instance: instance.name,
)
def test_the_smallest_whole_solves_are_proven(instance: SolveInstance) -> None:
    outcome = run_solve(instance, memory=False)
    assert outcome.wrong == ()
    ours = outcome.of(SOLVE)
    assert ours is not None
    assert (ours.gap, ours.scope) == (0, "ALL_PAIRS")
    served = instance.variant not in {"unservable", "hard sponsorship"}
    assert (ours.detail["missing"] == 0) == served
    baseline = outcome.of(BASELINE)
    if instance.against is not None:
        assert baseline is not None
        assert baseline.objective >= ours.objective


def test_warm_edits_end_as_cold_solves_do() -> None:
    outcome = run_warm(WARM[0], "smoke")
    assert outcome.wrong == ()
    assert outcome.timings[0].detail["edits"] == 5
