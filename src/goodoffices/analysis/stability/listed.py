"""The graph of a case with its moves written out one by one: for merged states, removed moves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from goodoffices.analysis.stability.condensation import least_reached
from goodoffices.analysis.stability.movers import Mover
from goodoffices.analysis.stability.states import Array, States

Removed = Collection[tuple[str, int, int]]
"""Single moves that cannot be made: mover, state that is left, state that is reached."""


class ListedGraph:
    """The one-step relations as arcs between states.

    A merged state is left and reached by every move that leaves or reaches a code of it. Where a
    relation is not transitive, what a group reaches is found over pairs of a state and the last
    mover, since nobody moves twice in succession.
    """

    def __init__(
        self,
        states: States,
        movers: Sequence[Mover],
        scores: Mapping[str, Array],
        removed: Removed = (),
    ) -> None:
        self.movers = tuple(movers)
        self.scores = scores
        self._size = len(states)
        self._arcs = {mover.name: _arcs(states, mover, removed) for mover in movers}
        changed = bool(removed) or states.merged_into is not None
        self.transitive = not changed or all(
            _transitive(*arcs, self._size) for arcs in self._arcs.values()
        )

    def native(self, values: Array) -> Array:
        """Return the values: arrays over states are worked on as they are."""
        return values.copy()

    def over_states(self, values: Array) -> Array:
        """Return the values."""
        return values

    def targets(self, mover: str, state: int) -> Array:
        """Return the states that a mover reaches from a state in one step, in order."""
        if mover not in self._arcs:
            return np.zeros(0, dtype=np.int64)
        sources, targets = self._arcs[mover]
        first, last = np.searchsorted(sources, [state, state + 1])
        return np.asarray(targets[first:last])

    def best(self, mover: str, values: Array) -> Array:
        """Return the largest value among each state and those that a mover reaches in a step."""
        found = values.copy()
        if mover in self._arcs:
            sources, targets = self._arcs[mover]
            np.maximum.at(found, sources, values[targets])
        return found

    def least(self, movers: Sequence[str], values: Array, *, improving: bool) -> Array:
        """Return the smallest value among each state and those that movers reach together."""
        arcs = [self._steps(name, improving=improving) for name in movers]
        if not arcs:
            return values.copy()
        if self.transitive:
            sources, targets = (np.concatenate(ends) for ends in zip(*arcs, strict=True))
            return least_reached(values, sources, targets)
        return self._least_by_last_mover(arcs, values)

    def _steps(self, mover: str, *, improving: bool) -> tuple[Array, Array]:
        sources, targets = self._arcs[mover]
        if not improving:
            return sources, targets
        if mover not in self.scores:
            return sources[:0], targets[:0]
        scores = self.scores[mover]
        better = scores[targets] > scores[sources]
        return sources[better], targets[better]

    def _least_by_last_mover(self, arcs: Sequence[tuple[Array, Array]], values: Array) -> Array:
        """Node ``s`` is a state that nobody has moved to yet; ``s + (k+1)*size`` mover k has."""
        size = self._size
        pairs = [
            (sources + last * size, targets + (mover + 1) * size)
            for mover, (sources, targets) in enumerate(arcs)
            for last in range(len(arcs) + 1)
            if last != mover + 1
        ]
        sources, targets = (np.concatenate(ends) for ends in zip(*pairs, strict=True))
        return least_reached(np.tile(values, len(arcs) + 1), sources, targets)[:size]


def _arcs(states: States, mover: Mover, removed: Removed) -> tuple[Array, Array]:
    """Return the states that a mover's single moves leave and reach, sorted by both."""
    codes = states.feasible.astype(np.int64)
    fibre = codes & ~mover.mask
    order = np.argsort(fibre, kind="stable")
    _, first, count = np.unique(fibre[order], return_index=True, return_counts=True)
    here = np.repeat(order, np.repeat(count, count))
    starts = np.repeat(np.repeat(first, count), np.repeat(count, count))
    offset = np.arange(len(here)) - np.repeat(
        np.cumsum(np.repeat(count, count)) - np.repeat(count, count), np.repeat(count, count)
    )
    there = order[starts + offset]
    if states.merged_into is None:
        ends = here, there
    else:
        ends = states.merged_into[here], states.merged_into[there]
    keep = (ends[0] != ends[1]) & mover.may_go(codes[here], codes[there])
    pairs = np.unique(ends[0][keep] * len(states) + ends[1][keep])
    gone = [leaves * len(states) + to for name, leaves, to in removed if name == mover.name]
    pairs = pairs[~np.isin(pairs, gone)]
    return pairs // max(1, len(states)), pairs % max(1, len(states))


def _transitive(sources: Array, targets: Array, size: int) -> bool:
    """Whether two steps of a mover, unless they lead back, are always one step, too."""
    from scipy.sparse import csr_array

    arcs = csr_array((np.ones(len(sources), dtype=np.bool_), (sources, targets)), (size, size))
    beyond = (arcs @ arcs).tocoo()
    rows, columns = beyond.coords
    pairs = (rows.astype(np.int64) * size + columns)[rows != columns]
    return bool(np.isin(pairs, sources * size + targets).all())
