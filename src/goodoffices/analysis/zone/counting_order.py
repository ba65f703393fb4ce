"""The order in which a part's axes are taken, so that little has to be kept in mind at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log2

from goodoffices.analysis.zone.clauses import ClauseSet

_PRICES = (1.0, 0.3, 2.0, 4.0, 0.1)
_TRIES = ((2.0**10, 0), (2.0**18, 4), (2.0**24, 8), (inf, 30))


@dataclass(frozen=True, slots=True)
class Order:
    """Axes in turn, and an upper limit of the states that taking them so can meet.

    Attributes:
        axes: every axis once.
        states: the most states that there can be after each axis, summed over the axes.
    """

    axes: tuple[int, ...]
    states: float


def good_order(zone: ClauseSet) -> Order:
    """The best of some greedy orders, each from another axis.

    >>> chain = ClauseSet(((1, 1),) * 3, (((0, 1), (1, 1)), ((1, 1), (2, 1))))
    >>> good_order(chain)
    Order(axes=(0, 1, 2), states=5.0)
    """
    graph = _Graph(zone)
    best = Order(tuple(range(len(zone.weights))), inf)
    starts = sorted(best.axes, key=lambda axis: (len(graph.near[axis]), axis))
    for place, start in enumerate(starts):
        if any(best.states < limit and place >= tried for limit, tried in _TRIES):
            break
        for price in _PRICES:
            best = _greedy(graph, start, price, best.states) or best
    return best


class _Graph:
    """Which axes share a clause, which clauses an axis is in, and the sizes of the axes in bits."""

    def __init__(self, zone: ClauseSet) -> None:
        count = len(zone.weights)
        self.size = [log2(len(row)) for row in zone.weights]
        self.near: list[set[int]] = [set() for _ in range(count)]
        self.occurs: list[list[int]] = [[] for _ in range(count)]
        self.joined = [[axis for axis, _ in clause] for clause in zone.clauses]
        for index, axes in enumerate(self.joined):
            for axis in axes:
                self.occurs[axis].append(index)
                self.near[axis].update(axes)
        for axis, near in enumerate(self.near):
            near.discard(axis)


def _greedy(graph: _Graph, start: int, price: float, limit: float) -> Order | None:
    """Take next the axis that leaves the least in mind; None once it is no better than a limit.

    Args:
        graph: the part.
        start: the first axis.
        price: what an open clause weighs against a bit of the cells held.
        limit: number of states from which the order is not wanted.
    """
    walk = _Walk(graph, price)
    walk.take(start)
    while len(walk.taken) < len(graph.near):
        near = walk.border or set(range(len(graph.near))) - walk.taken.keys()
        walk.take(min(near, key=walk.cost))
        if walk.states >= limit:
            return None
    return Order(tuple(walk.taken), walk.states)


class _Walk:
    """Axes of a part taken so far: what later axes still touch, and which clauses are open."""

    def __init__(self, graph: _Graph, price: float) -> None:
        self.graph = graph
        self.price = price
        self.taken: dict[int, None] = {}
        self.border: set[int] = set()
        self.states = 0.0
        self._later = [len(near) for near in graph.near]
        self._left = [len(axes) for axes in graph.joined]
        self._opens = [len(clauses) for clauses in graph.occurs]
        self._frees = [0.0] * len(graph.near)
        self._held_size = 0.0
        self._taken_size = 0.0
        self._open = 0

    def cost(self, axis: int) -> tuple[float, int]:
        """How much more is held once an axis is taken, cells and clauses."""
        held = self.graph.size[axis] if self._later[axis] else 0.0
        return held - self._frees[axis] + self.price * self._opens[axis], axis

    def take(self, axis: int) -> None:
        """Take an axis."""
        self.taken[axis] = None
        self.border.discard(axis)
        self._open += self._opens[axis]
        self._taken_size += self.graph.size[axis]
        for clause in self.graph.occurs[axis]:
            self._touch(clause)
        if self._later[axis]:
            self._held_size += self.graph.size[axis]
            self._note_last(axis)
        for other in self.graph.near[axis]:
            self._later[other] -= 1
            if other not in self.taken:
                self.border.add(other)
            elif self._later[other]:
                self._note_last(other)
            else:
                self._held_size -= self.graph.size[other]
        self.states += 2.0 ** min(self._held_size, self._open, self._taken_size, 1000.0)

    def _touch(self, clause: int) -> None:
        """Note a clause's next axis: the first opens it for the others, the last closes it."""
        axes = self.graph.joined[clause]
        if self._left[clause] == len(axes):
            for axis in axes:
                self._opens[axis] -= 1
        self._left[clause] -= 1
        if self._left[clause] == 1:
            self._opens[next(axis for axis in axes if axis not in self.taken)] -= 1

    def _note_last(self, axis: int) -> None:
        """When one axis alone still touches an axis that is held, taking that one frees it."""
        if self._later[axis] == 1:
            last = next(near for near in self.graph.near[axis] if near not in self.taken)
            self._frees[last] += self.graph.size[axis]
