"""The network of people, pair by pair, and what networkx finds in it.

It is built from `Problem.costs`, the tables and the rows of a plan, and shares nothing with the
engine: no kinds, no blocks, no cut of its own.
"""

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from pairmatch import Plan

Matrix = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class People:
    """A plan as matrices of shape (cadres, recipients), in the order of the tables."""

    cadre_ids: list[str]
    recipient_ids: list[str]
    eligible: Matrix
    made: Matrix
    locked: Matrix
    capacity: list[int]
    demand: list[int]

    @property
    def missing(self) -> list[int]:
        served = self.made.sum(axis=0).tolist()
        return [wanted - has for wanted, has in zip(self.demand, served, strict=True)]

    def most_served(self) -> int:
        """Return how many can be served at the most if the locks that are kept stand."""
        graph = self._graph()
        return int(nx.maximum_flow_value(graph, "source", "sink")) + int(self.locked.sum())

    def one_more_is_possible_for(self, recipient: int) -> bool:
        """Tell whether a recipient can get one more while everybody else has as many as now."""
        graph = self._graph()
        served = (self.made & ~self.locked).sum(axis=0)
        for j, has in enumerate(served.tolist()):
            graph["recipient", j]["sink"]["capacity"] = has + (j == recipient)
        return bool(nx.maximum_flow_value(graph, "source", "sink") == served.sum() + 1)

    def _graph(self) -> Any:
        graph: nx.DiGraph[object] = nx.DiGraph()
        graph.add_nodes_from(["source", "sink"])
        for i, limit in enumerate(self.capacity):
            left = limit - int(self.locked[i].sum())
            graph.add_edge("source", ("cadre", i), capacity=left)
        for j, wanted in enumerate(self.demand):
            left = wanted - int(self.locked[:, j].sum())
            graph.add_edge(("recipient", j), "sink", capacity=left)
        for i, j in zip(*np.nonzero(self.eligible & ~self.locked), strict=True):
            graph.add_edge(("cadre", int(i)), ("recipient", int(j)), capacity=1)
        return graph

    def groups(self) -> list[tuple[list[int], list[int]]]:
        """Return recipients and cadres of each group of those whom paths come to."""
        inside = np.array(self.missing) > 0
        full = np.zeros(len(self.cadre_ids), dtype=np.bool_)
        movable = self.made & ~self.locked
        while True:
            more_full = full | (self.eligible & ~self.made)[:, inside].any(axis=1)
            more_inside = inside | movable[more_full].any(axis=0)
            if (more_full == full).all() and (more_inside == inside).all():
                break
            full, inside = more_full, more_inside
        graph: nx.Graph[tuple[str, int]] = nx.Graph()
        graph.add_nodes_from(("recipient", int(j)) for j in np.flatnonzero(inside))
        pairs = self.eligible & full[:, None] & inside[None, :]
        graph.add_edges_from(
            (("cadre", int(i)), ("recipient", int(j)))
            for i, j in zip(*np.nonzero(pairs), strict=True)
        )
        found: list[tuple[list[int], list[int]]] = []
        alone: list[int] = []
        for component in nx.connected_components(graph):
            people: list[tuple[str, int]] = list(component)
            recipients = sorted(n for kind, n in people if kind == "recipient")
            cadres = sorted(n for kind, n in people if kind == "cadre")
            if cadres:
                found.append((recipients, cadres))
            else:
                alone += recipients
        return [*found, (sorted(alone), [])] if alone else found

    def places(self, recipients: list[int]) -> int:
        """Return the most that all cadres together can give to some recipients, locks kept."""
        others = [j for j in range(len(self.demand)) if j not in recipients]
        graph = self._graph()
        graph.remove_nodes_from([("recipient", j) for j in others])
        # as much as they want: what limits them is what cadres and pairs can give
        for j in recipients:
            graph["recipient", j]["sink"]["capacity"] = len(self.cadre_ids)
        locked = int(self.locked[:, recipients].sum())
        return int(nx.maximum_flow_value(graph, "source", "sink")) + locked


def people_of(plan: Plan) -> People:
    """Read a plan."""
    problem = plan.problem
    cadres = problem.cadres.column("cadre_id").to_pylist()
    recipients = problem.recipients.column("recipient_id").to_pylist()
    _, eligible = problem.costs(cadres, recipients)
    made, locked = np.zeros_like(eligible), np.zeros_like(eligible)
    locks = {(row["recipient_id"], row["cadre_id"]) for row in problem.locks.to_pylist()}
    for row in plan.pairs.to_pylist():
        at = (cadres.index(row["cadre_id"]), recipients.index(row["recipient_id"]))
        made[at] = True
        locked[at] = (row["recipient_id"], row["cadre_id"]) in locks
    return People(
        cadres,
        recipients,
        eligible,
        made,
        locked,
        problem.capacity().tolist(),
        problem.recipients.column("demand").to_pylist(),
    )
