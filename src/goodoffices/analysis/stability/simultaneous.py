"""Simultaneous sanctions: the others answer an improvement at the same moment."""

from __future__ import annotations

import numpy as np

from goodoffices.analysis.stability.graph import Graph, improvements
from goodoffices.analysis.stability.movers import Mover
from goodoffices.analysis.stability.result import Sanction, Step, Witness
from goodoffices.analysis.stability.states import Array, States

MOST_COMBINATIONS = 1_000_000
"""Joint moves of the others from one state, beyond which simultaneous sanctions are not sought."""


class TooManyError(Exception):
    """Raised inside when a search would take too long; the answer says so."""


class Simultaneous:
    """Simultaneous stability of the states of a graph none of which are merged.

    An improvement of a party is sanctioned when some of the others, each by an improvement of its
    own from the same state, move at the same moment, and where all these moves lead together is
    feasible and no better for the party than the state they left. A state is stable when every
    improvement is sanctioned.

    Source: Fraser & Hipel, Conflict Analysis: Models and Resolutions (1984), simultaneous
    stability; for more than two parties any number of the others may move.
    """

    def __init__(self, graph: Graph, states: States) -> None:
        self._graph, self._states = graph, states
        self._better = {
            name: [improvements(graph, name, state) for state in range(len(states))]
            for name in {*graph.scores, *(mover.name for mover in graph.movers)}
        }

    def verdicts(self) -> dict[str, list[bool]]:
        """Return for each party which states are stable.

        Raises:
            TooManyError: from some state the others have too many joint moves.
        """
        states = range(len(self._states))
        return {
            party: [None not in self._ends(party, state) for state in states]
            for party in self._graph.scores
        }

    def witness(self, party: str, state: int) -> Witness:
        """Return why a state is stable for a party, or why not."""
        ids, sanctions = self._states.id, []
        improved = self._better[party][state].tolist()
        for improvement, end in zip(improved, self._ends(party, state), strict=True):
            if end is None:
                return Witness(ids(state), party, "sim", False, ids(improvement), ())
            place, joint = end
            steps = tuple(
                Step(mover.name, ids(int(choices[chosen])))
                for (mover, choices), chosen in zip(self._choices(party, state), joint, strict=True)
                if choices[chosen] != state
            )
            sanctions.append(Sanction(ids(improvement), steps, ids(place)))
        return Witness(ids(state), party, "sim", True, None, tuple(sanctions))

    def _choices(self, party: str, state: int) -> list[tuple[Mover, Array]]:
        """Return the others, with the states each would go to and last the one it stays in."""
        return [
            (mover, np.append(self._better[mover.name][state], state))
            for mover in self._graph.movers
            if mover.name != party
        ]

    def _ends(self, party: str, state: int) -> list[tuple[int, tuple[int, ...]] | None]:
        """Return for each improvement where a sanction leads, and which choices make it."""
        improved = self._better[party][state]
        if not len(improved):
            return []
        codes, scores = self._states.codes, self._graph.scores[party]
        together, shape = np.zeros(1, dtype=np.int64), []
        for mover, choices in self._choices(party, state):
            if len(together) * len(choices) > MOST_COMBINATIONS:
                raise TooManyError
            parts = codes[choices].astype(np.int64) & mover.mask
            together = (together[:, None] | parts[None, :]).ravel()
            shape.append(len(choices))
        own = sum(mover.mask for mover in self._graph.movers if mover.name == party)
        found: list[tuple[int, tuple[int, ...]] | None] = []
        for improvement in improved.tolist():
            joint = together | (int(codes[improvement]) & own)
            place = np.searchsorted(codes, joint)
            known = place < len(codes)
            known[known] = codes[place[known]] == joint[known]
            known[known] = scores[place[known]] <= scores[state]
            first = int(np.argmax(known)) if known.any() else None
            if first is None:
                found.append(None)
            else:
                chosen = tuple(int(n) for n in np.unravel_index(first, tuple(shape)))
                found.append((int(place[first]), chosen))
        return found


def simultaneous_verdicts(graph: Graph, states: States) -> dict[str, list[bool]]:
    """Return for each party which states are stable by simultaneous sanctions.

    Raises:
        TooManyError: from some state the others have too many joint moves.
    """
    return Simultaneous(graph, states).verdicts()
