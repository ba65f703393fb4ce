"""What the zone leaves of each issue, and by whose positions the rest is excluded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goodoffices.analysis.impasse_result import IssueZone
from goodoffices.analysis.zone.solving import ZoneSolver
from goodoffices.analysis.zone.space import Axis
from goodoffices.analysis.zone.system import System
from goodoffices.model import Issue

LISTED_VALUES = 1000
"""A range with more values than this is listed in bands, not value by value."""


@dataclass
class IssueZones:
    """Asks, issue by issue, which options are left.

    Attributes:
        system: the compiled case.
        solver: a solver of the whole case.
        nearly: sets of positions that fit, each as large as can be: what excludes an option when
            no package meets all positions is looked for in these first.
    """

    system: System
    solver: ZoneSolver
    nearly: Sequence[Sequence[int]] = ()

    def all(self) -> dict[str, IssueZone]:
        """Return what is left of each issue."""
        everybody = range(len(self.system.positions))
        seen: list[set[int]] = [set() for _ in self.system.space.axes]
        empty = not self.solver.fits(everybody)
        if not empty:
            self._note(seen)
        return {axis.name: self._zone(n, axis, seen, empty) for n, axis in enumerate(self._axes)}

    @property
    def _axes(self) -> tuple[Axis, ...]:
        return self.system.space.axes

    def _note(self, seen: list[set[int]]) -> None:
        for number, cell in enumerate(self.solver.cells()[: len(seen)]):
            seen[number].add(cell)

    def _zone(self, number: int, axis: Axis, seen: list[set[int]], empty: bool) -> IssueZone:
        issue = self.system.space.issues[axis.name]
        excluded_cells: dict[int, tuple[str, ...]] = {}
        for cell in range(len(axis.cells)):
            if cell in seen[number]:
                continue
            held = self.solver.encoding.cell_literals(number, cell)
            if not empty and self.solver.fits(range(len(self.system.positions)), held):
                self._note(seen)
            else:
                excluded_cells[cell] = self.system.ids(self._against(held, empty))
        possible = tuple(
            text
            for cell in range(len(axis.cells))
            if cell not in excluded_cells
            for text in names(issue, axis, cell)
        )
        excluded = {
            text: against
            for cell, against in excluded_cells.items()
            for text in names(issue, axis, cell)
        }
        return IssueZone(ordered(issue, possible), settled(issue, possible), excluded)

    def _against(self, held: list[int], empty: bool) -> Iterable[int]:
        """Return positions that, with the rules, leave no package with an option."""
        for kept in self.nearly if empty else ():
            if not self.solver.fits(kept, held):
                return self.solver.shrink_last(held)
        self.solver.fits(range(len(self.system.positions)), held)
        return self.solver.shrink_last(held)


def names(issue: Issue, axis: Axis, cell: int) -> Iterator[str]:
    """Yield the options of a cell; of a long range its bands, written ``low..high``."""
    if not axis.ordered or issue.size <= LISTED_VALUES:
        yield from (issue.option(index) for index in axis.indexes(cell))
        return
    for low, high in axis.cells[cell]:
        if high - low == 1:
            yield issue.option(low)
        else:
            yield f"{issue.option(low)}..{issue.option(high - 1)}"


def ordered(issue: Issue, options: Sequence[str]) -> tuple[str, ...]:
    """Return options in the order of the issue; bands are in it already."""
    if issue.numeric:
        return tuple(options)
    return tuple(sorted(options, key=lambda option: issue.index(option) or 0))


def settled(issue: Issue, possible: Sequence[str]) -> str | None:
    """Return the only option that is left, or None."""
    return possible[0] if len(possible) == 1 and issue.index(possible[0]) is not None else None
