"""Examples of what a way out opens: packages in which numbers move no further than they must.

A side that gives up "at least 61 days" wants to know that 60 would do, not that 0 would. So on the
ranges that the positions given up speak of, an example has the number nearest to what they asked;
elsewhere it has the first option that fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from goodoffices.analysis.zone.counting import Stopped, ZoneCounter
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.space import Axis
from goodoffices.analysis.zone.system import System


@dataclass
class Examples:
    """Finds packages of a zone.

    Attributes:
        system: the compiled case.
        solver: a solver of the whole case.
        counter: the counter of the same case; it finds the same package every time.
        stop: asked on the way; when it answers True a package of the solver's choice will do.
    """

    system: System
    solver: ZoneSolver
    counter: ZoneCounter
    stop: Callable[[], bool]

    def package(self, kept: Sequence[int], given_up: Sequence[int] = ()) -> dict[str, str]:
        """Return a package that meets the positions kept, near to what those given up asked.

        Args:
            kept: numbers of positions that fit together.
            given_up: numbers of the positions given up for it.
        """
        near: dict[int, tuple[int, int]] = {}
        held: list[int] = []
        for axis, mask in self._pulls(given_up):
            if axis not in near and not self.stop():
                cell = self._nearest(kept, held, axis, mask)
                near[axis] = (cell, mask)
                held += self.solver.encoding.cell_literals(axis, cell)
        within = {axis: 1 << cell for axis, (cell, _) in near.items()}
        space = self.system.space
        package = space.package(self._cells(kept, within, held)[: len(space.axes)])
        for number, (cell, mask) in near.items():
            issue = space.issues[space.axes[number].name]
            package[space.axes[number].name] = issue.option(
                _end_towards(space.axes[number], cell, mask)
            )
        return package

    def _pulls(self, given_up: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the bands of ranges that positions ask for, in the order of the case."""
        axes = self.system.space.axes
        for number in given_up:
            for clause in self.system.clauses_of[number]:
                for axis, mask in clause:
                    if axis < len(axes) and axes[axis].ordered:
                        yield axis, mask

    def _nearest(self, kept: Sequence[int], held: Sequence[int], number: int, mask: int) -> int:
        """Return the cell nearest to a mask that a package with all this may have."""
        axis = self.system.space.axes[number]
        cells = sorted(range(len(axis.cells)), key=lambda cell: (_distance(axis, cell, mask), cell))
        return next(
            cell
            for cell in cells
            if self.solver.fits(kept, [*held, *self.solver.encoding.cell_literals(number, cell)])
        )

    def _cells(
        self, kept: Sequence[int], within: dict[int, int], held: Sequence[int]
    ) -> tuple[int, ...]:
        try:
            if not self.stop():
                active = self.system.active(kept)
                found = self.counter.example(active, within=within, stop=self.stop)
                if found is not None:
                    return found
        except Stopped:
            pass
        self.solver.fits(kept, held)
        return self.solver.cells()


def _distance(axis: Axis, cell: int, mask: int) -> int:
    """Return by how many steps of the range a cell misses a mask."""
    low, high = axis.cells[cell][0]
    gaps = []
    for other, ((start, end), *_) in enumerate(axis.cells):
        if mask >> other & 1:
            gaps.append(max(0, start - high + 1, low - end + 1))
    return min(gaps, default=0)


def _end_towards(axis: Axis, cell: int, mask: int) -> int:
    """Return the option index of a cell that is nearest to a mask."""
    low, high = axis.cells[cell][0]
    if mask >> cell & 1:
        return low
    above = [start for other, ((start, _), *_) in enumerate(axis.cells) if mask >> other & 1]
    nearest = min(above, key=lambda start: abs(start - low), default=low)
    return high - 1 if nearest > low else low
