"""Two concepts of their own kind: simultaneous sanctions, and looking several moves ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.analysis.stability.graph import Graph, improvements
from goodoffices.analysis.stability.states import Array, States

MOST_COMBINATIONS = 1_000_000
"""Joint moves of the others from one state, beyond which simultaneous sanctions are not sought."""
MOST_ROUNDS = 10_000
"""Horizons after which a limit that has not come is given up."""


class TooManyError(Exception):
    """Raised inside when a search would take too long; the answer says so."""


def simultaneous_verdicts(graph: Graph, states: States) -> dict[str, list[bool]]:
    """Return for each party which states are stable by simultaneous sanctions.

    An improvement of a party is sanctioned when some of the others, each by an improvement of its
    own from the same state, move at the same moment, and where all these moves lead together is
    feasible and no better for the party than the state they left. A state is stable when every
    improvement is sanctioned.

    Source: Fraser & Hipel, Conflict Analysis: Models and Resolutions (1984), simultaneous
    stability; for more than two parties any number of the others may move.

    Raises:
        TooManyError: from some state the others have too many joint moves.
    """
    better = {
        name: [improvements(graph, name, state) for state in range(len(states))]
        for name in {*graph.scores, *(mover.name for mover in graph.movers)}
    }
    return {
        party: [_is_stable(graph, states, better, (party, state)) for state in range(len(states))]
        for party in graph.scores
    }


def _is_stable(
    graph: Graph, states: States, better: Mapping[str, Sequence[Array]], asked: tuple[str, int]
) -> bool:
    party, state = asked
    if not len(better[party][state]):
        return True
    here = int(states.codes[state])
    together = np.zeros(1, dtype=np.int64)
    own = 0
    for mover in graph.movers:
        if mover.name == party:
            own = mover.mask
            continue
        choices = np.append(states.codes[better[mover.name][state]], here)
        parts = choices.astype(np.int64) & mover.mask
        if len(together) * len(parts) > MOST_COMBINATIONS:
            raise TooManyError
        together = (together[:, None] | parts[None, :]).ravel()
    scores = graph.scores[party]
    for improvement in better[party][state]:
        codes = together | (int(states.codes[improvement]) & own)
        place = np.searchsorted(states.codes, codes)
        known = place < len(states)
        known[known] = states.codes[place[known]] == codes[known]
        if not (scores[place[known]] <= scores[state]).any():
            return False
    return True


@dataclass(frozen=True)
class Anticipation:
    """What limited foresight says.

    Attributes:
        stable: by horizon, from 1, and party: whether each state is stable.
        non_myopic: by party: whether each state is stable from some horizon on; None when that
            has not come to pass within `MOST_ROUNDS`.
    """

    stable: dict[int, dict[str, list[bool]]]
    non_myopic: dict[str, list[bool]] | None


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
    ends = [np.arange(size), np.arange(size)]
    history: list[tuple[Array, Array]] = []
    seen: dict[bytes, int] = {}
    while True:
        key = ends[0].tobytes() + ends[1].tobytes()
        if (key in seen and len(history) >= horizon) or len(history) > MOST_ROUNDS:
            break
        seen.setdefault(key, len(history))
        ends = [_ends(moves[own], scores[own], ends[1 - own]) for own in (0, 1)]
        history.append((ends[0], ends[1]))
    stay = np.arange(size)
    stable = {
        h: {party: (history[h - 1][own] == stay).tolist() for own, party in enumerate(parties)}
        for h in range(1, horizon + 1)
    }
    first = seen.get(key)
    if first is None:
        return Anticipation(stable, None)
    cycle = history[first:]
    settled = {
        party: np.logical_and.reduce([ends[own] == stay for ends in cycle]).tolist()
        for own, party in enumerate(parties)
    }
    return Anticipation(stable, settled)


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
