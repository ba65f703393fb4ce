"""The order in which a part's axes are taken, so that little has to be kept in mind at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log2

from goodoffices.analysis.zone.clauses import ClauseSet

_PRICES = (1.0, 0.3, 2.0, 4.0, 0.1)
_STARTS = 6
_MORE_STARTS = 30
_EASY = 2.0**10
_HARD = 2.0**20


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
    for place, start in enumerate(starts[:_MORE_STARTS]):
        if best.states < _EASY or (place >= _STARTS and best.states < _HARD):
            break
        tries = [_greedy(graph, start, price) for price in _PRICES]
        best = min(best, *tries, key=lambda order: order.states)
    return best


class _Graph:
    """Which axes share a clause, which clauses an axis is in, and the sizes of the axes in bits."""

    def __init__(self, zone: ClauseSet) -> None:
        count = len(zone.weights)
        self.size = [log2(len(row)) for row in zone.weights]
        self.near: list[set[int]] = [set() for _ in range(count)]
        self.occurs: list[list[int]] = [[] for _ in range(count)]
        self.width = [len(clause) for clause in zone.clauses]
        for index, clause in enumerate(zone.clauses):
            axes = {axis for axis, _ in clause}
            for axis in axes:
                self.occurs[axis].append(index)
                self.near[axis] |= axes
        for axis, near in enumerate(self.near):
            near.discard(axis)


def _greedy(graph: _Graph, start: int, price: float) -> Order:
    """Take next the axis that leaves the least in mind.

    Args:
        graph: the part.
        start: the first axis.
        price: what an open clause weighs against a bit of the cells held.
    """
    walk = _Walk(graph, price)
    todo = set(range(len(graph.near))) - {start}
    walk.take(start)
    while todo:
        axis = min(walk.border or todo, key=walk.cost)
        todo.discard(axis)
        walk.take(axis)
    return Order(tuple(walk.taken), walk.states)


class _Walk:
    """Axes taken so far: which of them later axes still touch, and which clauses are open."""

    def __init__(self, graph: _Graph, price: float) -> None:
        self.graph = graph
        self.price = price
        self.taken: list[int] = []
        self.border: set[int] = set()
        self._done: set[int] = set()
        self.states = 0.0
        self._later = [len(near) for near in graph.near]
        self._left = list(graph.width)
        self._held: set[int] = set()
        self._held_size = 0.0
        self._taken_size = 0.0
        self._open = 0

    def cost(self, axis: int) -> tuple[float, int]:
        """How much more is held once an axis is taken, cells and clauses."""
        graph = self.graph
        held = graph.size[axis] if self._later[axis] else 0.0
        for other in graph.near[axis]:
            if other in self._held and self._later[other] == 1:
                held -= graph.size[other]
        return held + self.price * self._opened(axis), axis

    def _opened(self, axis: int) -> int:
        change = 0
        for clause in self.graph.occurs[axis]:
            left = self._left[clause]
            change += (left == self.graph.width[clause]) - (left == 1)
        return change

    def take(self, axis: int) -> None:
        """Take an axis."""
        graph = self.graph
        self._open += self._opened(axis)
        for clause in graph.occurs[axis]:
            self._left[clause] -= 1
        self.taken.append(axis)
        self._done.add(axis)
        self.border.discard(axis)
        self._taken_size += graph.size[axis]
        if self._later[axis]:
            self._held.add(axis)
            self._held_size += graph.size[axis]
        for other in graph.near[axis]:
            self._later[other] -= 1
            if other in self._held:
                if not self._later[other]:
                    self._held.discard(other)
                    self._held_size -= graph.size[other]
            elif other not in self._done:
                self.border.add(other)
        self.states += 2.0 ** min(self._held_size, self._open, self._taken_size, 1000.0)
