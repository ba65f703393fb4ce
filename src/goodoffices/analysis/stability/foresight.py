"""Foresight: two parties who move by turns and look several moves ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.analysis.stability.graph import Graph
from goodoffices.analysis.stability.result import Sanction, Step, Witness
from goodoffices.analysis.stability.states import Array, States

MOST_ROUNDS = 10_000
"""Horizons after which a limit that has not come is given up."""


@dataclass(frozen=True)
class Anticipation:
    """What limited foresight says.

    Attributes:
        stable: by horizon, from 1, and party: whether each state is stable.
        non_myopic: by party: whether each state is stable from some horizon on; None when that
            has not come to pass within `MOST_ROUNDS`.
        ends: by horizon, from 0, and party, in their order: where the talks end from each state
            if that party moves first.
        settled: the horizons after which the ends repeat themselves, as a range; empty when that
            has not come to pass.
    """

    stable: dict[int, dict[str, list[bool]]]
    non_myopic: dict[str, list[bool]] | None
    ends: Sequence[tuple[Array, Array]]
    settled: range


def limited_move_verdicts(graph: Graph, parties: Sequence[str], horizon: int) -> Anticipation:
    """Return limited-move stability of every horizon up to one, and non-myopic stability.

    Two parties move by turns. With horizon ``h`` a party compares staying with the best of its
    moves, each valued at the state in which the other, looking ``h - 1`` moves ahead, would let
    the talks end; it moves only to gain. A state is stable if its party stays, and non-myopically
    stable if it stays for all horizons from some one on. Both parties' preferences are strict, so
    that what each would do is never in doubt.

    Source: Kilgour, Hipel & Fang, "The graph model for conflicts", Automatica 23 (1987); Fang,
    Hipel & Kilgour (1993), Definition of limited-move stability L_h.
    """
    size = len(graph.scores[parties[0]])
    moves = [[graph.targets(party, state) for state in range(size)] for party in parties]
    scores = [graph.scores[party] for party in parties]
    stay = np.arange(size)
    ends: list[tuple[Array, Array]] = [(stay, stay)]
    seen: dict[bytes, int] = {}
    while True:
        key = ends[-1][0].tobytes() + ends[-1][1].tobytes()
        if (key in seen and len(ends) > horizon) or len(ends) > MOST_ROUNDS + 1:
            break
        seen.setdefault(key, len(ends) - 1)
        last = ends[-1]
        ends.append(
            (
                _ends(moves[0], scores[0], last[1]),
                _ends(moves[1], scores[1], last[0]),
            )
        )
    stable = {
        h: {party: (ends[h][own] == stay).tolist() for own, party in enumerate(parties)}
        for h in range(1, horizon + 1)
    }
    if key not in seen:
        return Anticipation(stable, None, ends, range(0))
    settled = range(seen[key] + 1, len(ends))
    non_myopic = {
        party: np.logical_and.reduce([ends[h][own] == stay for h in settled]).tolist()
        for own, party in enumerate(parties)
    }
    return Anticipation(stable, non_myopic, ends, settled)


def _ends(moves: Sequence[Array], scores: Array, after: Array) -> Array:
    """Return where the talks end if a party moves first, given where they end if the other does."""
    ends = np.arange(len(moves))
    for state, targets in enumerate(moves):
        if len(targets):
            ending = after[targets]
            best = ending[np.argmax(scores[ending])]
            if scores[best] > scores[state]:
                ends[state] = best
    return ends


class Foresight:
    """Tells what the parties foresee, as the reason of verdicts."""

    def __init__(self, graph: Graph, states: States, found: Anticipation) -> None:
        self._graph, self._states, self._found = graph, states, found
        self._parties = tuple(graph.scores)

    def limited(self, party: str, state: int, *, horizon: int) -> Iterator[Witness]:
        """Yield why a state is limited-move stable of a horizon, or why not."""
        yield self._witness(f"limited-move-{horizon}", party, state, horizon)

    def non_myopic(self, party: str, state: int) -> Iterator[Witness]:
        """Yield why a state is non-myopically stable, for every horizon that comes round again.

        Where it is not, one horizon at which the party leaves is reason enough.
        """
        own, settled = self._parties.index(party), self._found.settled
        leaving = [h for h in settled if self._found.ends[h][own][state] != state]
        for horizon in leaving[:1] or settled:
            yield self._witness("non-myopic", party, state, horizon)

    def _witness(self, concept: str, party: str, state: int, horizon: int) -> Witness:
        own, ids = self._parties.index(party), self._states.id
        scores, after = self._graph.scores[party], self._found.ends[horizon - 1][1 - own]
        targets = self._graph.targets(party, state).tolist()
        best = max(targets, key=lambda to: int(scores[after[to]]), default=state)
        stays = best == state or not scores[after[best]] > scores[state]
        sanctions = tuple(
            self._following(own, to, horizon - 1) for to in (targets if stays else [best])
        )
        free = None if stays else ids(best)
        return Witness(ids(state), party, concept, stays, free, sanctions, horizon)

    def _following(self, own: int, moved: int, left: int) -> Sanction:
        """Return what follows when a party has moved and so many moves are left."""
        steps, here, mover = [], moved, 1 - own
        while left and self._found.ends[left][mover][here] != here:
            after = self._found.ends[left - 1][1 - mover]
            scores = self._graph.scores[self._parties[mover]]
            targets = self._graph.targets(self._parties[mover], here).tolist()
            here = max(targets, key=lambda to: int(scores[after[to]]))
            steps.append(Step(self._parties[mover], self._states.id(here)))
            mover, left = 1 - mover, left - 1
        return Sanction(self._states.id(moved), tuple(steps), self._states.id(here))
