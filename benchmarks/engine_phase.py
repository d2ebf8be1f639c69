"""Engine against engine: the same arcs for all, cold, building included."""

from functools import partial

from benchmarks.memory import peak_of_engine
from benchmarks.peers import PEERS, Peer, refusal, taken_by_auto
from benchmarks.registry import FlowInstance
from benchmarks.results import Outcome, Timing
from benchmarks.timing import disagreements, take_turns

# in the quick set, slow peers take part up to this share of what they can take
QUICK_SHARE = 4


def run_engines(instance: FlowInstance, which: str, *, memory: bool) -> Outcome:
    """Time every solver that can take the instance; memory in processes of their own."""
    network = instance.make()
    taking_part: dict[str, Peer] = {}
    skipped: dict[str, str] = {}
    for peer in PEERS:
        reason = refusal(peer, network, 1 if which == "full" else QUICK_SHARE)
        if reason is None:
            taking_part[peer.name] = peer
        else:
            skipped[peer.name] = reason
    seconds, objectives = take_turns(
        {name: partial(peer.solve, network) for name, peer in taking_part.items()}
    )
    peaks = peak_of_engine(network, list(taking_part)) if memory else {}
    return Outcome(
        instance=instance.name,
        family=instance.family,
        phase="engine",
        size={"nodes": network.nodes, "arcs": network.arcs},
        timings=tuple(
            Timing.of(name, seconds[name], min(objectives[name]), peak_mb=peaks.get(name))
            for name in taking_part
        ),
        skipped=skipped,
        published=instance.published,
        wrong=disagreements(objectives, instance.published),
        auto=taken_by_auto(network),
    )
