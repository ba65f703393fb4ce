"""Why a state is stable or not, move by move: the sanctions, or the improvement without one."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from goodoffices.analysis.stability.graph import Concept, Graph, improvements
from goodoffices.analysis.stability.result import Sanction, Step, Witness
from goodoffices.analysis.stability.states import Array, States

Moves = list[tuple[str, int]]
"""Who moves and to which state, in order."""


def shortest_moves(
    graph: Graph, movers: Sequence[str], start: int, wanted: Array, *, improving: bool
) -> Moves | None:
    """Return a shortest legal sequence from a state to a wanted one; None when there is none.

    Nobody moves twice in succession, and somebody moves. Among the shortest the one found first:
    movers in their order, states in the order of their codes.

    Args:
        graph: the states and moves.
        movers: who may move.
        start: where the sequence starts.
        wanted: for each state whether it may end there.
        improving: whether each move has to be an improvement for the one who makes it.
    """
    came: dict[tuple[int, str], tuple[int, str]] = {}
    queue = deque([(start, "")])
    while queue:
        here = queue.popleft()
        for mover in movers:
            if mover == here[1]:
                continue
            step = improvements if improving else type(graph).targets
            for target in step(graph, mover, here[0]).tolist():
                there = (target, mover)
                if there in came:
                    continue
                came[there] = here
                if wanted[target]:
                    return _back(came, there)
                queue.append(there)
    return None


def _back(came: dict[tuple[int, str], tuple[int, str]], last: tuple[int, str]) -> Moves:
    moves: Moves = []
    while last[1]:
        moves.append((last[1], last[0]))
        last = came[last]
    return moves[::-1]


@dataclass
class Explainer:
    """Finds the witness of verdicts on one graph."""

    graph: Graph
    states: States
    _best: dict[str, Array] = field(default_factory=dict)

    def witness(self, party: str, state: int, concept: Concept) -> Witness:
        """Return why a state is stable for a party by a concept, or why not.

        For Nash any improvement is one that nobody sanctions.
        """
        id = self.states.id(state)
        sanctions = []
        for improvement in improvements(self.graph, party, state).tolist():
            moves = self._sanction(party, state, improvement, concept)
            if moves is None:
                return Witness(id, party, concept, False, self.states.id(improvement), ())
            end = self.states.id(moves[-1][1])
            sanctions.append(Sanction(self.states.id(improvement), self.steps(moves), end))
        return Witness(id, party, concept, True, None, tuple(sanctions))

    def steps(self, moves: Moves) -> tuple[Step, ...]:
        """Return moves with the ids of the states they reach."""
        return tuple(Step(mover, self.states.id(state)) for mover, state in moves)

    def _sanction(self, party: str, state: int, improvement: int, concept: Concept) -> Moves | None:
        """Return moves of the others that make an improvement no better than where it began."""
        if concept == "nash":
            return None
        scores = self.graph.scores[party]
        judged = self._best_answer(party) if concept in {"smr", "sseq"} else scores
        wanted = judged <= scores[state]
        others = [mover.name for mover in self.graph.movers if mover.name != party]
        improving = concept in {"seq", "sseq"}
        return shortest_moves(self.graph, others, improvement, wanted, improving=improving)

    def _best_answer(self, party: str) -> Array:
        """Return for each state the best that a party can make of it by itself."""
        if party not in self._best:
            scores = self.graph.native(self.graph.scores[party])
            best = self.graph.best(party, scores)
            self._best[party] = np.asarray(self.graph.over_states(best))
        return self._best[party]
