"""All points of contention and all ways out of a region, each found once.

Source: the MARCO scheme (Liffiton, Previti, Malik & Marques-Silva, "Fast, flexible MUS
enumeration", Constraints 21, 2016): a map of the sets of positions not yet explored yields a
largest one; if it fits, what it leaves out is a way out, and else it is shrunk to a conflict.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Literal

from pysat.solvers import Solver

from goodoffices.analysis.zone.knots import Region
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.system import System


@dataclass(frozen=True, slots=True)
class Found:
    """A point of contention or a way out of a region, as sorted numbers of positions."""

    kind: Literal["conflict", "way-out"]
    positions: tuple[int, ...]


def region_solver(system: System, region: Region) -> ZoneSolver:
    """Return a solver of one region; its groups are the region's positions, in their order."""
    local = {axis: number for number, axis in enumerate(region.axes)}
    known = len(system.space.axes)
    return ZoneSolver(
        [system.weights[axis] for axis in region.axes],
        [axis < known and system.space.axes[axis].ordered for axis in region.axes],
        [tuple((local[axis], mask) for axis, mask in clause) for clause in region.hard],
        [
            [tuple((local[axis], mask) for axis, mask in clause) for clause in group]
            for group in region.groups
        ],
    )


def explore(solver: ZoneSolver, positions: Sequence[int]) -> Generator[Found, None, None]:
    """Yield every point of contention and every way out of a region, in a fixed order.

    Args:
        solver: the region's solver.
        positions: the number of the position that each group of the solver stands for.
    """
    chart = _Chart(len(positions))
    try:
        while (seed := chart.largest()) is not None:
            if solver.fits(seed):
                chosen = frozenset(seed)
                left = [group for group in range(len(positions)) if group not in chosen]
                chart.block_below(left)
                yield Found("way-out", tuple(positions[group] for group in left))
            else:
                conflict = solver.shrink_last()
                chart.block_above(conflict)
                yield Found("conflict", tuple(positions[group] for group in conflict))
    finally:
        chart.close()


class _Chart:
    """The sets of groups not yet explored: those that meet every clause of a solver."""

    def __init__(self, groups: int) -> None:
        self._variables = list(range(1, groups + 1))
        self._solver = Solver(name="g4", bootstrap_with=[[v, -v] for v in self._variables])
        self._solver.set_phases(self._variables)

    def close(self) -> None:
        """Free the solver."""
        self._solver.delete()

    def largest(self) -> list[int] | None:
        """Return a set not yet explored to which no group can be added, or None."""
        if not self._solver.solve():
            return None
        chosen, open_ = self._split()
        while open_:
            gate = self._add_gate(open_)
            grown = self._solver.solve(assumptions=[*chosen, gate])
            if grown:
                chosen, open_ = self._split()
            self._solver.add_clause([-gate])
            if not grown:
                break
        return [variable - 1 for variable in chosen]

    def _split(self) -> tuple[list[int], list[int]]:
        model = self._solver.get_model()
        chosen = [variable for variable in self._variables if model[variable - 1] > 0]
        return chosen, [variable for variable in self._variables if model[variable - 1] <= 0]

    def _add_gate(self, one_of: list[int]) -> int:
        gate: int = self._solver.nof_vars() + 1
        self._solver.add_clause([-gate, *one_of])
        return gate

    def block_below(self, left: Sequence[int]) -> None:
        """Leave out every set that has none of these groups."""
        self._solver.add_clause([group + 1 for group in left])

    def block_above(self, conflict: Sequence[int]) -> None:
        """Leave out every set that has all of these groups."""
        self._solver.add_clause([-(group + 1) for group in conflict])
