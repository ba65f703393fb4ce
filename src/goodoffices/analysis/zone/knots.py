"""Positions that can be stuck with one another, split into knots that cannot touch each other.

Positions that are in no conflict drop out first: an autarky is a partial package that meets every
clause touching the issues it settles; such clauses are in no minimal conflict. What remains is
split where positions share no issue.

Source: Kullmann, "Investigations on autark assignments" (2000); the lean part is what no autarky
touches. The largest autarky is found by asking a solver for ever larger ones.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from pysat.solvers import Solver

from goodoffices.analysis.zone.clauses import Clause
from goodoffices.analysis.zone.system import System


@dataclass(frozen=True, slots=True)
class Region:
    """Positions that share issues, directly or through others, apart from all the rest.

    Attributes:
        positions: numbers of the positions, sorted.
        groups: for each of them, the clauses that can be part of a conflict.
        hard: the hard clauses on the same issues.
        axes: the axes that these clauses touch, sorted.
    """

    positions: tuple[int, ...]
    groups: tuple[tuple[Clause, ...], ...]
    hard: tuple[Clause, ...]
    axes: tuple[int, ...]


def lean(clauses: Sequence[Clause], weights: Sequence[Sequence[int]]) -> list[bool]:
    """Tell for each clause whether no autarky touches it.

    >>> lean([((0, 1),), ((0, 2),), ((1, 1),)], [(1, 1), (1, 1)])
    [True, True, False]
    """
    touching: dict[int, dict[int, int]] = {}
    for number, clause in enumerate(clauses):
        for axis, mask in clause:
            touching.setdefault(axis, {})[number] = mask
    settled = _settle_alone(clauses, touching)
    left = [n for n, clause in enumerate(clauses) if settled.isdisjoint(axis for axis, _ in clause)]
    rest = [clauses[number] for number in left]
    variables = _AutarkyVariables(rest, weights)
    settled |= variables.largest(rest)
    return [settled.isdisjoint(axis for axis, _ in clause) for clause in clauses]


def _settle_alone(clauses: Sequence[Clause], touching: dict[int, dict[int, int]]) -> set[int]:
    """Return axes that can be settled one after another, each by one cell that meets all it has to.

    Most issues of a large case fall to this, and a solver would take long over them.
    """
    settled: set[int] = set()
    queue = deque(touching)
    while queue:
        axis = queue.popleft()
        if axis in settled or not reduce(and_, touching[axis].values(), -1):
            continue
        settled.add(axis)
        for number in touching[axis]:
            for other, _ in clauses[number]:
                if other != axis:
                    del touching[other][number]
                    queue.append(other)
        touching[axis] = {}
    return settled


class _AutarkyVariables:
    """One variable for each axis (it is settled), cell (it is settled so) and clause (touched)."""

    def __init__(self, clauses: Sequence[Clause], weights: Sequence[Sequence[int]]) -> None:
        self.touching: dict[int, list[int]] = {}
        for number, clause in enumerate(clauses):
            for axis, _ in clause:
                self.touching.setdefault(axis, []).append(number)
        self.settled = {axis: number for number, axis in enumerate(sorted(self.touching), 1)}
        top = len(self.settled)
        self.touched = list(range(top + 1, top + len(clauses) + 1))
        top += len(clauses)
        self.first: dict[int, int] = {}
        for axis in sorted(self.touching):
            self.first[axis] = top + 1
            top += len(weights[axis])
        self.sizes = {axis: len(weights[axis]) for axis in self.touching}

    def meaning(self, clauses: Sequence[Clause]) -> Iterable[list[int]]:
        """Yield what makes a choice of cells an autarky."""
        for axis, numbers in self.touching.items():
            cells = range(self.first[axis], self.first[axis] + self.sizes[axis])
            yield [-self.settled[axis], *cells]
            yield from ([-cell, self.settled[axis]] for cell in cells)
            yield from ([-one, -other] for one in cells for other in cells if one < other)
            yield from ([-self.settled[axis], self.touched[number]] for number in numbers)
        for number, clause in enumerate(clauses):
            met = [
                self.first[axis] + cell
                for axis, mask in clause
                for cell in range(self.sizes[axis])
                if mask >> cell & 1
            ]
            yield [-self.touched[number], *met]

    def largest(self, clauses: Sequence[Clause]) -> set[int]:
        """Return the axes that the largest autarky settles."""
        settled: set[int] = set()
        left = dict(self.settled)
        with Solver(name="g4", bootstrap_with=self.meaning(clauses)) as solver:
            solver.set_phases(list(left.values()))
            while left:
                solver.add_clause(list(left.values()))
                if not solver.solve():
                    break
                model = solver.get_model()
                found = {axis for axis, variable in left.items() if model[variable - 1] > 0}
                for axis in found:
                    solver.add_clause([left.pop(axis)])
                settled |= found
        return settled


def regions(system: System, chosen: Iterable[int] | None = None) -> tuple[Region, ...]:
    """Split the positions that can be part of a conflict into independent regions.

    Args:
        system: the compiled case.
        chosen: the positions to look at; all when None.

    Returns:
        The regions, ordered by their first position; hard clauses that touch no remaining position
        but contradict each other form a region without positions.
    """
    numbers = range(len(system.positions)) if chosen is None else sorted(chosen)
    owned: list[tuple[int | None, Clause]] = [(None, clause) for clause in system.hard]
    owned += [(number, clause) for number in numbers for clause in system.clauses_of[number]]
    kept = lean([clause for _, clause in owned], system.weights)
    rest = [pair for pair, keep in zip(owned, kept, strict=True) if keep]
    groups = _Groups()
    for owner, clause in rest:
        links = [("axis", axis) for axis, _ in clause]
        groups.join(links if owner is None else [("position", owner), *links])
    return tuple(sorted(groups.split(rest), key=lambda region: (region.positions, region.axes)))


class _Groups:
    """Union-find over axes and positions."""

    def __init__(self) -> None:
        self._parent: dict[tuple[str, int], tuple[str, int]] = {}

    def _root(self, item: tuple[str, int]) -> tuple[str, int]:
        self._parent.setdefault(item, item)
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, items: Sequence[tuple[str, int]]) -> None:
        """Put these into one group."""
        roots = [self._root(item) for item in items]
        for root in roots[1:]:
            self._parent[self._root(root)] = self._root(roots[0])

    def split(self, owned: Iterable[tuple[int | None, Clause]]) -> Iterable[Region]:
        """Yield a region for each group of these clauses."""
        parts: dict[tuple[str, int], list[tuple[int | None, Clause]]] = {}
        for owner, clause in owned:
            axis = clause[0][0] if clause else -1
            item = ("axis", axis) if owner is None else ("position", owner)
            parts.setdefault(self._root(item), []).append((owner, clause))
        for part in parts.values():
            positions = sorted({owner for owner, _ in part if owner is not None})
            groups: dict[int, list[Clause]] = {number: [] for number in positions}
            hard: list[Clause] = []
            for owner, clause in part:
                (hard if owner is None else groups[owner]).append(clause)
            yield Region(
                tuple(positions),
                tuple(tuple(groups[number]) for number in positions),
                tuple(hard),
                tuple(sorted({axis for _, clause in part for axis, _ in clause})),
            )
