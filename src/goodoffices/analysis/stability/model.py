"""The states, moves and preferences of a case, put together as one graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.analysis.stability.boxed import BoxedGraph
from goodoffices.analysis.stability.checks import raise_problems
from goodoffices.analysis.stability.graph import Graph
from goodoffices.analysis.stability.listed import ListedGraph
from goodoffices.analysis.stability.movers import movers_of
from goodoffices.analysis.stability.scores import state_scores
from goodoffices.analysis.stability.states import Array, States
from goodoffices.errors import CallError
from goodoffices.model import Case

_BOX_BITS = 27
_BOX_WASTE = 64
"""A box is used while it is at most this many times as large as the number of states."""


@dataclass(frozen=True, eq=False)
class Model:
    """A case as the concepts see it.

    Attributes:
        states: its states.
        graph: its moves and scores.
        unknown: by party, pairs of states whose order is not known.
        greatly: by party, pairs of states, the first greatly preferred.
        strict: whether no party has two states of the same score.
    """

    states: States
    graph: Graph
    unknown: Mapping[str, tuple[tuple[int, int], ...]]
    greatly: Mapping[str, tuple[tuple[int, int], ...]]

    @classmethod
    def of(cls, case: Case) -> Model:
        """Return the model of a case that has moves.

        Raises:
            CallError: the case has no moves, or something is wrong with them.
        """
        if case.moves is None or not case.moves.options:
            raise CallError("moves", expected="a case with moves")
        raise_problems(case)
        states = States.of(case.moves)
        scores = {
            party: state_scores(case.moves.preferences[party], states)
            for party in (*case.parties, *case.third_parties)
            if party in case.moves.preferences
        }
        pairs = {
            key: {
                party: tuple(
                    (states.index(one), states.index(other))
                    for one, other in getattr(preference, key)
                )
                for party, preference in case.moves.preferences.items()
                if getattr(preference, key)
            }
            for key in ("unknown", "greatly")
        }
        graph = _graph(case, states, scores)
        return cls(states, graph, pairs["unknown"], pairs["greatly"])

    @property
    def strict(self) -> bool:
        """Whether no party has two states of the same score."""
        return all(
            len(set(scores.tolist())) == len(scores) for scores in self.graph.scores.values()
        )


def _graph(case: Case, states: States, scores: Mapping[str, Array]) -> Graph:
    assert case.moves is not None
    movers = movers_of(case.moves.options, case)
    removed = {
        (move.by, states.index(move.from_), states.index(move.to)) for move in case.moves.removed
    }
    bits = len(states.moves)
    boxed = bits <= _BOX_BITS and 1 << bits <= max(4096, _BOX_WASTE * len(states))
    if boxed and not removed and states.merged_into is None:
        return BoxedGraph(states, movers, scores)
    return ListedGraph(states, movers, scores, removed)
