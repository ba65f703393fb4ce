"""What the concepts ask of a graph of states, and the verdicts that follow.

For a party with scores ``p`` let ``best(v)(s)`` be the largest ``v`` among ``s`` and the states
that the party reaches from it in one step, and ``least(v)(x)`` the smallest ``v`` among ``x`` and
the states that the others reach from it by legal sequences. With ``q = best(p)`` and, for each
concept, ``u`` as below, a state is stable exactly if ``best(min(u, p))(s) <= p(s)``:

========  ===================================
nash      ``p``
gmr       ``least(p)``
smr       ``least(q)``
seq       ``least(p)``, the others improving
sseq      ``least(q)``, the others improving
========  ===================================

An improvement ``x`` has ``p(x) > p(s)``, and is sanctioned exactly if ``u(x) <= p(s)``; any other
``x`` has ``min(u(x), p(x)) <= p(s)`` whatever ``u`` is, so that no case needs to be told apart.
That the least value counts ``x`` itself changes nothing: ``p(x) > p(s)`` sanctions nothing.

Source: Fang, Hipel & Kilgour, Interactive Decision Making (1993), for Nash, GMR, SMR and SEQ;
Rego & Vieira, "Symmetric sequential stability in the graph model for conflict resolution with
multiple decision makers", Group Decision and Negotiation 26 (2017), for SSEQ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Protocol

import numpy as np

from goodoffices.analysis.stability.movers import Mover
from goodoffices.analysis.stability.states import Array

Concept = Literal["nash", "gmr", "smr", "seq", "sseq"]
CONCEPTS: tuple[Concept, ...] = ("nash", "gmr", "smr", "seq", "sseq")
"""The concepts that are decided for every case, each implied by the first."""

Verdicts = Mapping[Concept, Mapping[str, Array]]
"""By concept and party: whether each state is stable, in the order of the states."""


class Graph(Protocol):
    """The states and the one-step relation of each mover.

    ``scores`` has an array over states for each party with preferences; a mover without scores
    moves, but never improves. Native arrays may have another layout than the order of states.
    """

    movers: tuple[Mover, ...]
    scores: Mapping[str, Array]
    transitive: bool

    def native(self, values: Array) -> Array:
        """Return an array over states in the layout that the other methods work on."""

    def over_states(self, values: Array) -> Array:
        """Return a native array as one over states."""

    def best(self, mover: str, values: Array) -> Array:
        """Return the largest value among each state and those that a mover reaches in a step."""

    def least(self, movers: Sequence[str], values: Array, *, improving: bool) -> Array:
        """Return the smallest value among each state and those reached by legal sequences."""

    def targets(self, mover: str, state: int) -> Array:
        """Return the states that somebody reaches from a state in one step, in order."""


def improvements(graph: Graph, mover: str, state: int) -> Array:
    """Return the states that a mover reaches in one step and prefers to the one it leaves."""
    found = graph.targets(mover, state)
    if mover not in graph.scores:
        return found[:0]
    scores = graph.scores[mover]
    return np.asarray(found[scores[found] > scores[state]])


def verdicts(graph: Graph) -> Verdicts:
    """Return which states are stable for which party, by every concept of `CONCEPTS`."""
    found: dict[Concept, dict[str, Array]] = {concept: {} for concept in CONCEPTS}
    for party in graph.scores:
        for concept, stable in _party_verdicts(graph, party):
            found[concept][party] = stable
    return found


def _party_verdicts(graph: Graph, party: str) -> Iterator[tuple[Concept, Array]]:
    scores = graph.native(graph.scores[party])
    best = graph.best(party, scores)
    others = [mover.name for mover in graph.movers if mover.name != party]
    yield "nash", graph.over_states(best <= scores)
    for improving, concept, symmetric in ((False, "gmr", "smr"), (True, "seq", "sseq")):
        for name, values in ((concept, scores), (symmetric, best)):
            sanction = graph.least(others, values, improving=improving)
            np.minimum(sanction, scores, out=sanction)
            stable = graph.best(party, sanction) <= scores
            yield name, graph.over_states(stable)  # type: ignore[misc]


def equilibria(verdicts: Verdicts) -> dict[Concept, Array]:
    """Return the states that are stable for every party, by concept."""
    return {
        concept: np.flatnonzero(np.logical_and.reduce(list(stable.values())))
        for concept, stable in verdicts.items()
        if stable
    }
