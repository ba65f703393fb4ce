"""From the state now to an equilibrium: shortest sequences of moves, by improvements or by any."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from goodoffices.analysis.stability.graph import Graph, improvements
from goodoffices.analysis.stability.result import Evolution, Step
from goodoffices.analysis.stability.states import States

Node = tuple[int, str]
"""A state and who made the last move to it; "" when nobody has moved."""


def evolutions(graph: Graph, states: States, targets: Sequence[int]) -> Iterator[Evolution]:
    """Yield for each target a shortest legal sequence of improvements, and of any moves."""
    assert states.now is not None
    trees = [
        (improving, _tree(graph, states.now, improving=improving)) for improving in (True, False)
    ]
    for target in targets:
        for improving, (first, came) in trees:
            nodes = _back(came, first[target]) if target in first else []
            steps = tuple(Step(mover, states.id(state)) for state, mover in nodes if mover)
            yield Evolution(states.id(target), improving, target in first, steps)


def _tree(graph: Graph, start: int, *, improving: bool) -> tuple[dict[int, Node], dict[Node, Node]]:
    """Return the node by which each state is first reached, and the node before each node."""
    first: dict[int, Node] = {start: (start, "")}
    came: dict[Node, Node] = {}
    queue = deque([(start, "")])
    while queue:
        here = queue.popleft()
        for mover in graph.movers:
            if mover.name == here[1]:
                continue
            step = improvements if improving else type(graph).targets
            for target in step(graph, mover.name, here[0]).tolist():
                there = (target, mover.name)
                # Of a transitive relation nothing is lost by keeping the first arrival only.
                if there in came or (graph.transitive and target in first):
                    continue
                came[there] = here
                first.setdefault(target, there)
                queue.append(there)
    return first, came


def _back(came: dict[Node, Node], last: Node) -> list[Node]:
    nodes = [last]
    while nodes[-1] in came:
        nodes.append(came[nodes[-1]])
    return nodes[::-1]
